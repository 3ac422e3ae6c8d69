"""Which of several uniform amounts is the least, exactly; and what a lottery guarantees in many sitings at once."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

import numpy as np

from ...games.errors import SizeError
from ...games.exact import Array, Number

MOST = 20  # amounts; the work grows with their fourth power
_HALVINGS = 60


def chances_of_least(lows: Sequence[Number], highs: Sequence[Number]) -> list[Fraction]:
    """The probability that the i-th is the least of independent amounts, uniform between ``lows[i]`` and ``highs[i]``; sure where both are
    equal (the first among equals). Between ends of intervals the chances are polynomials and are integrated as such.
    """
    n = len(lows)
    if n > MOST:
        raise SizeError("the least of {n} uncertain amounts is found for at most {limit}", n=n, limit=MOST)
    low, high = [Fraction(x) for x in lows], [Fraction(x) for x in highs]
    sure = [i for i in range(n) if low[i] == high[i]]
    first = min(sure, key=lambda i: (low[i], i)) if sure else None
    top: Fraction = min(high) if first is None else min(min(high), low[first])  # above it, something is less for sure
    ends = sorted({x for x in (*low, *high, top) if x <= top})
    loose = [i for i in range(n) if low[i] < high[i]]
    chances = [Fraction(0)] * n
    for i in loose:
        for p, q in pairwise(ends):
            if low[i] <= p:
                above = [[high[j] / (high[j] - low[j]), -1 / (high[j] - low[j])] for j in loose if j != i and low[j] <= p]
                chances[i] += _integral(_product(above), p, q) / (high[i] - low[i])
    if first is not None:
        chances[first] = 1 - sum(chances, start=Fraction(0))
    return chances


def _product(factors: Sequence[Sequence[Fraction]]) -> list[Fraction]:
    """The product of linear polynomials, constant terms first."""
    result = [Fraction(1)]
    for a, b in factors:
        result = [a * x + b * y for x, y in zip([*result, Fraction(0)], [Fraction(0), *result])]
    return result


def _integral(p: Sequence[Fraction], low: Fraction, high: Fraction) -> Fraction:
    return sum((c * (high ** (k + 1) - low ** (k + 1)) / (k + 1) for k, c in enumerate(p)), start=Fraction(0))


def guaranteed_by_lottery(elsewhere: Array, harm: Array) -> Array:
    """max over lotteries p of min_i (a_i - d_i p_i), not below 0 (nothing need be built), for many sitings: arrays ``(samples, units)``.

    Unit i gains a_i from a facility elsewhere and d_i less from one at home. A guarantee t asks p_i <= (a_i - t) / d_i, or for those who
    gain at home (d_i < 0) p_i >= (t - a_i) / -d_i; some lottery does it while the least shares sum to at most 1 and the largest to at
    least 1. Found by halving, to the last digits of a float.
    """
    a, d = np.asarray(elsewhere, dtype=float), np.asarray(harm, dtype=float)
    low, high = np.zeros(len(a)), np.maximum(a, a - d).max(axis=1).clip(min=0)

    def held(t: Array) -> Array:
        room = a - t[:, None]
        with np.errstate(divide="ignore", invalid="ignore"):
            most = np.where(d > 0, room / d, np.where((d < 0) | (room >= 0), np.inf, -1))
            least = np.where(d < 0, (-room / -d).clip(min=0), 0.0)
        return (most >= 0).all(axis=1) & (most.sum(axis=1) >= 1) & (least.sum(axis=1) <= 1)

    low = np.where(held(high), high, low)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        fits = held(middle)
        low, high = np.where(fits, middle, low), np.where(fits, high, middle)
    return low


__all__ = ["chances_of_least", "guaranteed_by_lottery"]
