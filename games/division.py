"""A budget B divided among players who each have a best amount (single peaked), and the level of the uniform rule.

Peaks p_i, shares x_i with sum B. A division is efficient iff all shares are on the same side of their peaks: at most p_i if sum p >= B, at
least p_i otherwise (Sprumont 1991), which is when sum |x_i - p_i| = |sum p - B|.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from .environment import Environment, Interval, Types
from .errors import InputError
from .exact import Array, Number, array, frozen, is_exact, machine_integers, scaled, zeros
from .fund import kinds_of, prior_of
from .parameters import amount, as_money

ZERO = Fraction(0)


@dataclass(frozen=True, eq=False)
class Shares:
    """``shares[i]`` of the budget to player i. No money beside it moves."""

    shares: Array

    @property
    def transfers(self) -> Array:
        """Zeros."""
        return zeros(self.shares.shape, like=self.shares)


@dataclass(frozen=True, eq=False)
class Division:
    """``budget`` for players who like amounts the better the nearer they are to ``peaks[i]``: worth -|x - p|, a distance, not money.

    Peaks may be given as an array of whole numbers (int64) or floats, which then are not turned into fractions one by one. Raises
    :class:`InputError` for negative amounts.
    """

    peaks: Any
    budget: Number

    def __post_init__(self) -> None:
        peaks = self.peaks
        if not (isinstance(peaks, np.ndarray) and peaks.dtype == np.int64 and _fits(peaks)):
            peaks = array(peaks, "peaks")
        if peaks.ndim != 1 or not len(peaks) or peaks.min() < 0:
            raise InputError("peaks must be one amount for each player, none negative")
        object.__setattr__(self, "peaks", frozen(peaks.copy()) if peaks.flags.writeable else peaks)
        object.__setattr__(self, "budget", amount(self.budget, "budget", least=ZERO))

    @property
    def players(self) -> tuple[str, ...]:
        """Their names."""
        return tuple(str(i + 1) for i in range(len(self.peaks)))

    @property
    def asked(self) -> Number:
        """The sum of the peaks."""
        total = self.peaks.sum()
        return Fraction(int(total)) if self.peaks.dtype == np.int64 else total

    @property
    def most(self) -> Number:
        """The least possible distance of all from their peaks, as a negative number."""
        return -abs(self.asked - self.budget)

    def worth(self, player: int, outcome: Shares) -> Number:
        """-|x_i - p_i|."""
        return -abs(outcome.shares[player] - plain(self.peaks[player]))

    def welfare(self, outcome: Shares) -> Number:
        """-sum |x - p|."""
        return -sum((abs(x - plain(p)) for x, p in zip(outcome.shares, self.peaks)), start=ZERO)

    def envy(self, outcome: Shares) -> Number:
        """The most that anybody would gain with another's share."""
        others = set(outcome.shares.tolist())
        return max(-abs(x - plain(p)) - self.worth(i, outcome) for i, p in enumerate(self.peaks) for x in others)


def _fits(peaks: Array) -> bool:
    return not peaks.size or int(peaks.max()) * len(peaks) < 2**60


def plain(value: Any) -> Any:
    """A number that is not NumPy's, so that fractions can be made of it."""
    return int(value) if isinstance(value, np.integer) else value


def divisions(peaks: Sequence[Sequence[object] | Interval], budget: object, prior: object = None) -> Environment:
    """A budget; ``peaks[i]`` lists the best amounts that may be true of player i (or an :class:`Interval`), its types."""
    kinds, B = kinds_of(peaks, "peaks"), amount(budget, "budget", least=ZERO)

    def problem(types: Types) -> Division:
        return Division(types, B)

    return Environment(kinds, problem, prior_of(prior), alike=len(set(kinds)) == 1)


def water_level(peaks: Array, budget: Number) -> Number:
    """lambda with sum min(p, lambda) = B if sum p >= B, and sum max(p, lambda) = B otherwise: sorted once, O(n log n).

    ``peaks`` int64, Python's whole numbers, fractions or floats; the level is rational unless they are floats.
    """
    p = np.sort(peaks if peaks.dtype == np.float64 else machine_integers(peaks, 2 * len(peaks)) if _whole(peaks) else peaks)
    n, below = len(p), np.concatenate(([p[0] * 0], np.cumsum(p)))  # below[k]: the k smallest together
    k = np.arange(n)
    if below[n] >= budget:
        filled = below[:-1] + (n - k) * p  # sum min(p, lambda) at lambda = p_k
        first = min(_first(filled, budget), n - 1)
        return _ratio(budget - plain(below[first]), n - first)
    filled = (k + 1) * p + below[n] - below[1:]  # sum max(p, lambda) at lambda = p_k
    last = _first(filled, budget)  # how many are lifted to the level
    return _ratio(budget - plain(below[n] - below[last]), last) if last else plain(p[0])


def _whole(peaks: Array) -> bool:
    return peaks.dtype == np.int64 or all(isinstance(p, int) for p in peaks)


def _first(rising: Array, budget: Number) -> int:
    """The first place at which ``rising`` is at least the budget; its length if nowhere."""
    reached = rising >= (budget if is_exact(rising) or rising.dtype == np.float64 else -(-budget // 1))
    return int(np.argmax(reached)) if reached.any() else len(rising)


def _ratio(amount_left: Any, heads: int) -> Number:
    return amount_left / heads if isinstance(amount_left, float | Fraction) else Fraction(amount_left, heads)


def uniform_shares(peaks: Array, budget: Number) -> Array:
    """The shares of the uniform rule: floats for floats, rational otherwise."""
    level_of = np.minimum if peaks.sum() >= budget else np.maximum
    if peaks.dtype == np.float64:
        return frozen(level_of(peaks, float(water_level(peaks, float(budget)))))
    units, unit = (peaks, 1) if peaks.dtype == np.int64 else scaled(peaks)
    level = Fraction(water_level(units, Fraction(budget) * unit))
    whole = machine_integers(np.append(units, -(-level // 1)), level.denominator)[:-1]  # room for the level too
    return frozen(as_money(level_of(whole * level.denominator, level.numerator), unit * level.denominator))
