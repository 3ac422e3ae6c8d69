"""Polynomials in one unknown with rational coefficients, for the checker: remainders, square-free parts, roots counted by Sturm (1829).

A polynomial is a list of coefficients, the constant first, without zeros at the end; the empty list is the polynomial 0. An end of an
interval is a number, or None for infinity on that side.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from math import gcd, lcm

HIGHEST = 80  # degree
MOST_BITS = 20_000  # of one coefficient

Polynomial = list[Fraction]
End = Fraction | None


def plain(p: Sequence[Fraction]) -> Polynomial:
    """``p`` without zeros at the end. Raises ValueError where it is larger than is read."""
    kept = list(p)
    while kept and kept[-1] == 0:
        kept.pop()
    if len(kept) > HIGHEST + 1 or any(x.numerator.bit_length() + x.denominator.bit_length() > MOST_BITS for x in kept):
        raise ValueError(f"a polynomial of a degree over {HIGHEST} or with coefficients of over {MOST_BITS} bits is not read")
    return kept


def added(a: Polynomial, b: Polynomial, factor: int = 1) -> Polynomial:
    """a + factor b."""
    size = max(len(a), len(b))
    zero = Fraction(0)
    return plain([(a[k] if k < len(a) else zero) + factor * (b[k] if k < len(b) else zero) for k in range(size)])


def multiplied(a: Polynomial, b: Polynomial) -> Polynomial:
    """a b."""
    if len(a) + len(b) > HIGHEST + 2:
        raise ValueError(f"a polynomial of a degree over {HIGHEST} is not read")
    product = [Fraction(0)] * max(len(a) + len(b) - 1, 0)
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            product[i + j] += x * y
    return plain(product)


def divided(a: Polynomial, b: Polynomial) -> tuple[Polynomial, Polynomial]:
    """Quotient and remainder of a by b, which is not 0."""
    rest, quotient = list(a), [Fraction(0)] * max(len(a) - len(b) + 1, 0)
    while len(rest) >= len(b):
        shift, factor = len(rest) - len(b), rest[-1] / b[-1]
        quotient[shift] = factor
        for k, y in enumerate(b):
            rest[k + shift] -= factor * y
        rest.pop()  # zero by the choice of the factor
        rest = plain(rest)
    return plain(quotient), rest


def common_divisor(a: Polynomial, b: Polynomial) -> Polynomial:
    """The greatest common divisor, in whole coefficients without a common factor (Euclid)."""
    x, y = primitive(a), primitive(b)
    while y:
        x, y = y, remainder(x, y)
    return x


def remainder(a: Polynomial, b: Polynomial) -> Polynomial:
    """The remainder of a by b, which is not 0, times the positive number that makes its coefficients whole and without a common factor."""
    rest, by = ([int(x) for x in primitive(p)] for p in (a, b))
    lead, sign = abs(by[-1]), 1 if by[-1] > 0 else -1
    while len(rest) >= len(by):
        shift, factor = len(rest) - len(by), sign * rest[-1]
        rest = [lead * x for x in rest]
        for k, y in enumerate(by):
            rest[k + shift] -= factor * y
        while rest and not rest[-1]:
            rest.pop()
    shared = gcd(*rest) or 1
    return plain([Fraction(x // shared) for x in rest])


def primitive(p: Polynomial) -> Polynomial:
    """``p`` times the positive number that makes its coefficients whole, without a common factor."""
    scale = lcm(*(x.denominator for x in p)) if p else 1
    whole = [int(x * scale) for x in p]
    shared = gcd(*whole) or 1
    return [Fraction(x // shared) for x in whole]


def derivative(p: Polynomial) -> Polynomial:
    """p'."""
    return plain([k * x for k, x in enumerate(p)][1:])


def value(p: Polynomial, at: Fraction) -> Fraction:
    """p(at), by Horner's rule."""
    total = Fraction(0)
    for x in reversed(p):
        total = total * at + x
    return total


def odd_part(p: Polynomial) -> Polynomial:
    """The polynomial whose roots, all simple, are the roots of ``p`` of odd multiplicity: where ``p`` changes its sign (Yun 1976)."""
    c = common_divisor(p, derivative(p))
    w, y = divided(p, c)[0], divided(derivative(p), c)[0]
    odd, multiplicity = [Fraction(1)], 1
    while len(w) > 1:
        z = added(y, derivative(w), -1)
        factor = common_divisor(w, z)
        if multiplicity % 2:
            odd = multiplied(odd, factor)
        w, y = divided(w, factor)[0], divided(z, factor)[0]
        multiplicity += 1
    return odd


def roots_between(p: Polynomial, low: End, high: End) -> int:
    """How many different roots ``p``, which is not 0, has strictly between ``low`` and ``high`` (Sturm's theorem)."""
    simple = divided(p, common_divisor(p, derivative(p)))[0] if len(p) > 1 else p
    for end in (low, high):
        if end is not None and value(simple, end) == 0:
            simple = divided(simple, [-end, Fraction(1)])[0]
    if len(simple) < 2:
        return 0
    chain = [primitive(simple), primitive(derivative(simple))]
    while rest := remainder(chain[-2], chain[-1]):
        chain.append([-x for x in rest])
    return _changes([_sign_at(q, low, -1) for q in chain]) - _changes([_sign_at(q, high, 1) for q in chain])


def _sign_at(p: Polynomial, end: End, side: int) -> int:
    """The sign of ``p``, not 0, at ``end``; at infinity on that ``side`` for None."""
    found = value(p, end) if end is not None else p[-1] * (side if len(p) % 2 == 0 else 1)
    return (found > 0) - (found < 0)


def _changes(signs: Sequence[int]) -> int:
    return sum(a != b for a, b in pairwise(s for s in signs if s))


def never_negative(p: Polynomial, low: End, high: End) -> bool:
    """Whether p(x) >= 0 for every x from ``low`` to ``high``, where ``low < high``: decided exactly.

    A polynomial keeps its sign between its roots of odd multiplicity, so one value where it is not 0 tells the rest; at the ends it
    follows by continuity.
    """
    if not p:
        return True
    return roots_between(odd_part(p), low, high) == 0 and value(p, _not_a_root(p, low, high)) > 0


def _not_a_root(p: Polynomial, low: End, high: End) -> Fraction:
    """A number between the ends where ``p``, which is not 0, is not 0 either: one of any degree + 1 numbers is none of its roots."""
    for k in range(1, len(p) + 1):
        x = inside(low, high, Fraction(k, len(p) + 1))
        if value(p, x) != 0:
            return x
    raise ArithmeticError("a polynomial has more roots than its degree")


def inside(low: End, high: End, share: Fraction) -> Fraction:
    """A number strictly between the ends, another for every ``share`` in (0, 1)."""
    if low is not None and high is not None:
        return low + share * (high - low)
    if low is not None:
        return low + share / (1 - share)
    return (high or Fraction(0)) - share / (1 - share)


__all__ = [
    "End",
    "Polynomial",
    "added",
    "common_divisor",
    "divided",
    "inside",
    "multiplied",
    "never_negative",
    "plain",
    "primitive",
    "roots_between",
    "value",
]
