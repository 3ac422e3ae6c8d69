"""Selfishness level: how much of the whole everybody must take to heart before a social optimum is an equilibrium.

In Gamma^alpha player i gets u_i + alpha W, W the sum of payoffs. The level is the least alpha >= 0 for which some social
optimum is a pure equilibrium (Apt and Schaefer 2014; M-29)::

    min over optima s of max over gaining deviations of (u_i(d, s_-i) - u_i(s)) / (W(s) - W(d, s_-i))

For unique implementation every pure equilibrium must be optimal. A profile is an equilibrium on one closed interval of alpha,
because each deviation sets one linear bound; so the answer is read off finitely many intervals (ATLAS D-10).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import inf
from typing import Any

import numpy as np

from ...games.errors import InputError, SizeError
from ...games.exact import Array, Number, as_json, number
from ...games.normal_form import NormalForm, Profile

LARGEST_INT64 = 30_000_000  # deviations compared in machine integers or floats
LARGEST_BIG = 1_000_000  # in integers of any length


@dataclass(frozen=True, eq=False)
class Selfishness:
    """``level``: the least alpha (``inf`` if none) for which the social optimum ``optimum`` is a pure equilibrium.

    ``unique_level`` is where alphas begin for which all pure equilibria are social optima, and there is one: itself such an
    alpha if ``unique_attained``, otherwise all above it; up to ``unique_until``, from which on the next bad equilibrium stands.
    """

    level: Number
    optimum: Profile | None
    unique_level: Number
    unique_attained: bool
    unique_until: Number

    @property
    def altruism(self) -> Number:
        """beta = alpha / (1 + alpha), the weight on the others' payoffs that has the same effect (M-29); 1 if alpha is infinite."""
        return Fraction(1) if self.level == inf else self.level / (1 + self.level)

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return as_json(vars(self) | {"altruism": self.altruism})


@dataclass(frozen=True, eq=False)
class _Bounds:
    """Every profile's interval of alpha: from ``low`` to ``high`` (numerators and denominators; 1 / 0 is infinite), if ``possible``."""

    low: tuple[Array, Array]
    high: tuple[Array, Array]
    possible: Array


def selfishness(game: NormalForm) -> Selfishness:
    """The selfishness level of ``game`` and its version for unique implementation; exact if the game is. Raises :class:`SizeError`."""
    table = _checked(game)
    welfare = table.sum(axis=0)
    bounds = _bounds(table, welfare, float(game.slack) if not game.exact else 0)
    optimal = np.asarray(welfare >= welfare.max() - game.slack * len(table), dtype=bool)
    level, optimum = _least(bounds, optimal & bounds.possible)
    start, attained, until = _unique(level, _intervals(bounds, bounds.possible & ~optimal))
    return Selfishness(level, optimum, start, attained, until)


def altruistic_game(game: NormalForm, alpha: object) -> NormalForm:
    """Gamma^alpha, in which player i gets u_i + alpha W. Raises :class:`InputError` if ``alpha`` is negative."""
    share = number(alpha, "alpha")
    if share < 0:
        raise InputError("alpha={alpha} must not be negative", alpha=share)
    if game.exact and isinstance(share, Fraction):
        table = game.table.astype(object) * share.denominator + share.numerator * game.welfare.astype(object)
        return NormalForm.from_integers(table, game.denominator * share.denominator, game.players, game.actions)
    floats = (game.table / game.denominator).astype(np.float64)
    return NormalForm(floats + float(share) * floats.sum(axis=0), game.players, game.actions)


def _checked(game: NormalForm) -> Array:
    """The table, in machine integers where products of two differences fit. Raises :class:`SizeError`."""
    table = game.table
    if game.exact:
        largest = max(abs(int(table.max())), abs(int(table.min())))
        table = table.astype(np.int64 if 4 * len(table) * largest**2 < 2**62 else object)
    work = game.welfare.size * sum(game.shape)
    limit = LARGEST_BIG if table.dtype == object else LARGEST_INT64
    if work > limit:
        raise SizeError("{pairs} deviations to compare; at most {limit} fit", pairs=f"{work:,}", limit=f"{limit:,}")
    return table


def _bounds(table: Array, welfare: Array, slack: float) -> _Bounds:
    one, zero = np.ones_like(welfare), np.zeros_like(welfare)
    low, low_of, high, high_of = zero, one, one, zero
    possible = np.ones(welfare.shape, dtype=bool)
    for i, u in enumerate(table):
        for move in range(welfare.shape[i]):
            gain = np.take(u, [move], axis=i) - u
            lost = welfare - np.take(welfare, [move], axis=i)  # what the whole loses by the deviation
            gains, loses, helps = gain > slack, lost > slack * len(table), lost < -slack * len(table)
            possible &= ~np.asarray(gains & ~loses, dtype=bool)  # nothing stops who gains while the whole does not lose
            raises = gains & loses & (gain * low_of > low * lost)
            low, low_of = np.where(raises, gain, low), np.where(raises, lost, low_of)
            caps = ~gains & helps & (-gain * high_of < -high * lost)
            high, high_of = np.where(caps, -gain, high), np.where(caps, -lost, high_of)
    return _Bounds((low, low_of), (high, high_of), possible & np.asarray(low * high_of <= high * low_of, dtype=bool))


def _ratio(top: Any, bottom: Any) -> Number:
    if not bottom:
        return inf
    return top / bottom if isinstance(top, float) else Fraction(int(top), int(bottom))


def _least(bounds: _Bounds, among: Array) -> tuple[Number, Profile | None]:
    """The least lower bound over the profiles ``among``, and the first profile that has it."""
    places = np.argwhere(among)
    pairs = list(zip(bounds.low[0][among].tolist(), bounds.low[1][among].tolist()))
    if not pairs:
        return inf, None
    values = {pair: _ratio(*pair) for pair in set(pairs)}
    best = min(values.values())
    first = next(k for k, pair in enumerate(pairs) if values[pair] == best)
    return best, tuple(map(int, places[first]))


def _intervals(bounds: _Bounds, among: Array) -> list[tuple[Number, Number]]:
    columns = [x[among].tolist() for x in (*bounds.low, *bounds.high)]
    return sorted({(_ratio(a, b), _ratio(c, d)) for a, b, c, d in set(zip(*columns))})


def _unique(level: Number, bad: list[tuple[Number, Number]]) -> tuple[Number, bool, Number]:
    """Where [level, inf) less the closed intervals ``bad`` begins, whether that point belongs to it, and where the next ``bad`` starts."""
    start, attained = level, level != inf
    for low, high in bad:  # by rising lower bound
        if low > start:
            break
        if high > start or (high == start and attained):
            start, attained = high, False
    return start, attained, min((low for low, _ in bad if low > start), default=inf)
