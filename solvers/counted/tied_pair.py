"""Two kinds of mixers who are each pivotal with the same given probability: the pair p < q, enclosed.

With Z = Bin(a, p) + Bin(b, q) the pair solves P(Z = s) = P(Z = s - 1) = gamma. The ties form an arc on which q falls strictly in p,
and the common value falls strictly in p up to p = q (proved in :mod:`.pivotal_equilibria`). So a pair is enclosed by two values of p
whose tie values lie above and below gamma.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import lru_cache
from math import comb

import numpy as np

from ...games.count_distribution import binomial
from ...games.exact import Array
from .bernstein import Root

EXACT = 20_000  # trials x terms of a sum up to which probabilities are compared in integers
SHORT = 30  # trials up to which lists are faster than arrays
FLOAT_ERROR = 1e-11  # of a sum of products of binomial probabilities in floats, with room
Bracket = tuple[Fraction, Fraction]


def tied_pair(a: int, b: int, s: int, gamma: Fraction) -> tuple[Root, Root]:
    """The only p < q with P(Z = s) = P(Z = s - 1) = ``gamma``; that it exists is for the caller to know."""
    target, diagonal = float(gamma), s / (a + b + 1)

    def tie(p: float) -> float | None:
        """q on the arc; None where p is too small for any."""
        first = _weights(a, p)
        if s > b and _step(a, b, s, first, p, 1.0) <= 0:
            return None
        return _crossing(lambda q: _step(a, b, s, first, p, q), p, 1.0)

    def above(p: float) -> float:
        q = tie(p)
        return 1.0 if q is None else float(_pair(a, b, s, p, q)[0]) - target

    p = _crossing(lambda x: -above(x), 0.0, diagonal)
    q = tie(p) or 1.0
    exact = _rational(a, b, s, p, q, gamma)
    return exact if exact is not None else _enclosed(a, b, s, p, tie, gamma)


def _rational(a: int, b: int, s: int, p: float, q: float, gamma: Fraction) -> tuple[Root, Root] | None:
    x, y = Fraction(p).limit_denominator(1000), Fraction(q).limit_denominator(1000)
    if abs(x - p) > 1e-9 or abs(y - q) > 1e-9 or not _short(a, b) or x in (0, 1) or y in (0, 1):
        return None
    scale = gamma * x.denominator**a * y.denominator**b
    if any(_numerator(a, b, i, x, y) != scale for i in (s, s - 1)):
        return None
    return Root(x, x), Root(y, y)


def _enclosed(a: int, b: int, s: int, p: float, tie: Callable[[float], float | None], gamma: Fraction) -> tuple[Root, Root]:
    reach = 2.0**-38 * p
    while reach < p:
        low, high = p - reach, p + reach
        upper, lower = (_tie_bracket(a, b, s, x, tie(x), reach, gamma, side) for x, side in ((low, 1), (high, -1)))
        if upper is not None and lower is not None:
            return Root(Fraction(low), Fraction(high)), Root(lower[0], upper[1])
        reach *= 16
    raise ArithmeticError("a pair of probabilities could not be enclosed")


def _tie_bracket(a: int, b: int, s: int, p: float, q: float | None, reach: float, gamma: Fraction, side: int) -> Bracket | None:
    """q enclosed on the arc at ``p``, if there the common value is certainly on that ``side`` of gamma."""
    if q is None:
        return None
    x, width = Fraction(p), Fraction(reach / (2048 * b))
    left, right = Fraction(q) - width, min(Fraction(q) + width, Fraction(1))
    at_left, at_right = (_certain(a, b, s, x, y) for y in (left, right))
    if at_left[1] + at_left[3] >= 0 or at_right[1] - at_right[3] <= 0:
        return None
    slack = b * (right - left)  # the probability changes by at most b times as much as q
    here, _, scale, error = at_left
    c, d = gamma.numerator, gamma.denominator
    gap = side * (here * d - c * scale) - error * d
    return (left, right) if gap * slack.denominator > slack.numerator * d * scale else None


def _certain(a: int, b: int, s: int, p: Fraction, q: Fraction) -> tuple[float, float, float, float]:
    """P(Z = s) and P(Z = s) - P(Z = s - 1), both times a scale, the scale, and a bound on their errors; integers where short."""
    if _short(a, b):
        here, before = (_numerator(a, b, i, p, q) for i in (s, s - 1))
        return here, here - before, p.denominator**a * q.denominator**b, 0
    here, before = _pair(a, b, s, float(p), float(q))
    return here, here - before, 1.0, FLOAT_ERROR


def _short(a: int, b: int) -> bool:
    return (min(a, b) + 1) * (a + b) <= EXACT


def _numerator(a: int, b: int, i: int, p: Fraction, q: Fraction) -> int:
    """P(Z = i) times the denominators of p and q to the powers a and b."""
    x, y = p.denominator - p.numerator, q.denominator - q.numerator
    return sum(
        comb(a, h) * p.numerator**h * x ** (a - h) * comb(b, i - h) * q.numerator ** (i - h) * y ** (b - i + h)
        for h in range(max(0, i - b), min(a, i) + 1)
    )


def _pair(a: int, b: int, s: int, p: float, q: float) -> tuple[float, float]:
    """P(Z = s) and P(Z = s - 1) in floats."""
    return _met(a, b, s, _weights(a, p), q)


def _met(a: int, b: int, s: int, first: Sequence[float] | Array, q: float) -> tuple[float, float]:
    second = _weights(b, q)
    if a <= SHORT and b <= SHORT:
        here, before = (sum(first[h] * second[i - h] for h in range(max(0, i - b), min(a, i) + 1)) for i in (s, s - 1))
        return float(here), float(before)
    x, y = np.asarray(first, dtype=float), np.asarray(second, dtype=float)
    here, before = (x[max(0, i - b) : min(a, i) + 1] @ y[max(0, i - a) : min(b, i) + 1][::-1] for i in (s, s - 1))
    return float(here), float(before)


def _weights(d: int, p: float) -> Sequence[float] | Array:
    if d > SHORT:
        return np.asarray(binomial(d, p), dtype=float)
    return [c * p**i * (1 - p) ** (d - i) for i, c in enumerate(_binomials(d))]


@lru_cache(maxsize=64)
def _binomials(d: int) -> tuple[float, ...]:
    return tuple(float(comb(d, i)) for i in range(d + 1))


def _step(a: int, b: int, s: int, first: Sequence[float] | Array, p: float, q: float) -> float:
    """P(Z = s) - P(Z = s - 1); where both are too small for floats, the side of the mode."""
    here, before = _met(a, b, s, first, q)
    return here - before if here or before else a * p + b * q - s


def _crossing(rising: Callable[[float], float], low: float, high: float) -> float:
    """Where ``rising`` passes zero from below: false position with halving (Illinois)."""
    a, b, fa, fb, side = low, high, -1.0, 1.0, 0
    for step in range(100):
        x = (a * fb - b * fa) / (fb - fa) if step > 2 and step % 4 else (a + b) / 2
        if not a < x < b:
            x = (a + b) / 2
        fx = rising(x)
        if fx == 0 or b - a <= 4e-16 * b:
            return x
        if fx > 0:
            b, fb = x, fx
            fa, side = (fa / 2, -1) if side == -1 else (fa, -1)
        else:
            a, fa = x, fx
            fb, side = (fb / 2, 1) if side == 1 else (fb, 1)
    return (a + b) / 2
