"""How a coalition's worth is divided: Shapley value, whether the core is empty, what stability costs, who would leave.

The least core and the nucleolus are in :mod:`...games.coalitional_game`: mechanisms need them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import factorial

import numpy as np

from ...games.coalitional_game import (
    MOST_ENUMERATED,
    CoalitionalGame,
    LeastCore,
    check_players,
    least_core,
    members,
    nucleolus,
    prenucleolus,
)  # fmt: skip
from ...games.errors import InputError
from ...games.exact import Number, number
from ...games.linear_program import maximise

__all__ = [
    "Blocking",
    "LeastCore",
    "blocking_coalition",
    "core_is_empty",
    "cost_of_stability",
    "least_core",
    "nucleolus",
    "prenucleolus",
    "shapley",
]


def shapley(game: CoalitionalGame) -> tuple[Fraction, ...]:
    """What each player adds on average over all orders of arrival (Shapley 1953), exact."""
    n, v = game.n, game.values
    masks = np.arange(2**n)
    sizes = np.array([int(S).bit_count() for S in masks])
    weight = np.array([factorial(k) * factorial(n - 1 - k) for k in range(n)], dtype=object)
    result: list[Fraction] = []
    for i in range(n):
        without = masks[masks >> i & 1 == 0]
        added = (v[without | 1 << i] - v[without]) * weight[sizes[without]]
        result.append(Fraction(added.sum()) / factorial(n))
    return tuple(result)


def core_is_empty(game: CoalitionalGame) -> bool:
    """Whether every division leaves some coalition better off alone."""
    return game.n > 1 and least_core(game).epsilon > 0


def cost_of_stability(game: CoalitionalGame) -> Fraction:
    """The least outside money, paid to everybody together if no coalition leaves, with which some division is stable.

    Bachrach and others 2009. Every player gets at least its own worth, so that the program is in what is paid above it.
    """
    n, v = game.n, game.values
    check_players(n, MOST_ENUMERATED)
    alone = [v[1 << i] for i in range(n)]
    own = [sum((alone[i] for i in members(S, n)), start=Fraction(0)) for S in range(2**n)]
    groups = range(1, 2**n)
    b = np.array([v[S] - own[S] for S in groups], dtype=object)
    A = np.array([[S >> i & 1 for S in groups] for i in range(n)], dtype=object)
    needed = maximise(b, A, np.array([Fraction(1)] * n, dtype=object)).value
    return own[-1] + needed - v[game.everybody]


@dataclass(frozen=True)
class Blocking:
    """The proper ``coalition`` (player numbers) with the largest excess over a division; it would leave if ``excess`` > 0."""

    coalition: tuple[int, ...]
    excess: Fraction


def blocking_coalition(game: CoalitionalGame, x: Sequence[Number | int | str]) -> Blocking:
    """Who would gain most by leaving the division ``x``, one number a player; the first such coalition among equals.

    Raises :class:`InputError` for a division that does not share out v(N), or a single player.
    """
    shares = [Fraction(number(value, "x")) for value in x]
    if len(shares) != game.n or game.n < 2:
        raise InputError("x has {given} shares; the game has {n} players, and needs two", given=len(shares), n=game.n)
    if sum(shares) != game.values[game.everybody]:
        raise InputError(
            "the shares sum to {given}, not to the {total} that everybody is worth", given=sum(shares), total=game.values[game.everybody]
        )
    excess = {S: v - sum((shares[i] for i in members(S, game.n)), start=Fraction(0)) for S, v in game.proper}
    worst = max(excess, key=lambda S: (excess[S], -S))
    return Blocking(tuple(sorted(members(worst, game.n))), excess[worst])
