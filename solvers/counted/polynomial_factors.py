"""Common factors and square-free parts of polynomials in Bernstein form, exactly.

In t = x / (1 - x) the coefficients are c_i C(d, i), so that roots in (0, 1) are the positive roots of an ordinary polynomial, to which
Euclid's algorithm applies.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import comb, lcm


def square_free(coefficients: Sequence[int]) -> list[int]:
    """Coefficients of a polynomial with the same roots in (0, 1), each simple."""
    p = _monomials(coefficients)
    return _integers(_divided(p, _gcd(p, [i * x for i, x in enumerate(p)][1:]))[0])


def common_factor(a: Sequence[int], b: Sequence[int]) -> list[int]:
    """Coefficients of a polynomial whose roots in (0, 1) are the common roots of ``a`` and ``b``."""
    return _integers(_gcd(_monomials(a), _monomials(b)))


def _monomials(c: Sequence[int]) -> list[Fraction]:
    """The coefficients in t = x / (1 - x), factors t taken out: 0 is no root in the open interval."""
    d = len(c) - 1
    powers = [Fraction(comb(d, i) * x) for i, x in enumerate(c)]
    while powers and powers[-1] == 0:
        powers.pop()
    start = next((i for i, x in enumerate(powers) if x), 0)
    return powers[start:]


def _integers(p: Sequence[Fraction]) -> list[int]:
    e = len(p) - 1
    values = [x / comb(e, i) for i, x in enumerate(p)]
    scale = lcm(*(x.denominator for x in values))
    return [int(x * scale) for x in values]


def _divided(a: Sequence[Fraction], b: Sequence[Fraction]) -> tuple[list[Fraction], list[Fraction]]:
    rest, quotient = list(a), [Fraction(0)] * max(len(a) - len(b) + 1, 1)
    while len(rest) >= len(b) and any(rest):
        factor, shift = rest[-1] / b[-1], len(rest) - len(b)
        quotient[shift] = factor
        rest = [x - factor * b[i - shift] if i >= shift else x for i, x in enumerate(rest)][:-1]
    while rest and rest[-1] == 0:
        rest.pop()
    return quotient, rest


def _gcd(a: Sequence[Fraction], b: Sequence[Fraction]) -> list[Fraction]:
    x, y = list(a), list(b)
    while y:
        x, y = y, _divided(x, y)[1]
        y = [c / y[-1] for c in y]
    return [c / x[-1] for c in x]
