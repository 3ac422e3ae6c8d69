"""Potential games: one function of the profile that moves as every deviator's payoff does.

``P`` is an exact potential if u_i(b) - u_i(a) = P(b) - P(a) for every player i and all profiles a, b that differ in i's
action only (Monderer and Shapley 1996); a weighted one if u_i(b) - u_i(a) = w_i (P(b) - P(a)) with w_i > 0. Tables have
one axis a player.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import prod
from typing import Any

import numpy as np

from ...games.errors import InputError, SizeError
from ...games.exact import Array, Number, frozen
from ...games.normal_form import NormalForm, Profile

LARGEST_TABLE = 4_000_000  # payoffs of a game whose potential is computed


@dataclass(frozen=True)
class FourCycle:
    """Two players' deviations around ``profile`` whose gains, summed around the cycle, are ``sum``: 0 in every potential game.

    ``players`` (i, j) move from their actions in ``profile`` to ``actions`` and back, i first.
    """

    profile: Profile
    players: tuple[int, int]
    actions: tuple[int, int]
    sum: Number


def check_cells(cells: int, limit: int) -> None:
    """Raises :class:`SizeError` if a game has more payoffs than are decomposed."""
    if cells > limit:
        raise SizeError("this game has {cells} payoffs to take apart; at most {limit} fit", cells=f"{cells:,}", limit=f"{limit:,}")


def rationals(integers: Array, denominator: int) -> Array:
    """``integers / denominator`` as a read-only array: rational numbers, or floats where ``integers`` are floats."""
    if integers.dtype == np.float64:
        return frozen(integers / denominator)
    result = np.empty(integers.shape, dtype=object)
    result.ravel()[:] = [Fraction(x, denominator) for x in integers.ravel().tolist()]
    return frozen(result)


def find_potential(game: NormalForm, zero_at: Sequence[int] | None = None) -> Array | None:
    """The exact potential of ``game``, shape ``(|A1|, ..., |An|)``, 0 at the profile ``zero_at`` (all first actions); None if it has none.

    Sums gains along the path that changes one player's action after the other, then demands every deviation to agree
    (Monderer and Shapley 1996, Theorem 2.8). Exact if the game is. Raises :class:`SizeError`, :class:`InputError`.
    """
    start = (0,) * len(game.shape) if zero_at is None else tuple(int(a) for a in zero_at)
    if len(start) != len(game.shape) or not all(0 <= a < k for a, k in zip(start, game.shape)):
        raise InputError("the profile {profile} does not fit a game of {shape} actions", profile=list(start), shape=list(game.shape))
    check_cells(game.table.size, LARGEST_TABLE)
    table = _roomy(game.table)
    P = _path_sums(table, start)
    if any(_spread(table[i] - P, i) > game.slack for i in range(len(game.shape))):
        return None
    return rationals(P, game.denominator)


def is_exact_potential_game(game: NormalForm) -> bool:
    """Whether some exact potential exists. Raises :class:`SizeError`."""
    return find_potential(game) is not None


def potential_error(game: NormalForm, P: Array) -> Number:
    """The most by which a deviation's gain differs from its change of ``P``: 0 if P is an exact potential, money."""
    scaled = _roomy(game.table) - np.asarray(P) * game.denominator
    worst = max(_spread(scaled[i], i) for i in range(len(game.shape)))
    return Fraction(worst) / game.denominator if game.exact and np.asarray(P).dtype == object else float(worst) / game.denominator


def find_four_cycle(game: NormalForm) -> FourCycle | None:
    """Deviations that no exact potential allows (Monderer and Shapley 1996, Corollary 2.9); None if there are none.

    Cycles through the first actions of the two players suffice: every other is a sum of such.
    """
    check_cells(game.table.size, LARGEST_TABLE)
    table = _roomy(game.table)
    loose: Any = 4 * game.slack
    for i, j in combinations(range(len(game.shape)), 2):
        gap = second_difference(table[j], i, j) - second_difference(table[i], i, j)
        where = np.argwhere(abs(gap) > loose)
        if len(where):
            there = tuple(map(int, where[0]))
            profile = tuple(0 if k in (i, j) else a for k, a in enumerate(there))
            return FourCycle(profile, (i, j), (there[i], there[j]), game.money(gap[there]))
    return None


def find_weighted_potential(game: NormalForm) -> tuple[tuple[Number, ...], Array] | None:
    """Weights ``w_i > 0`` and a potential ``P`` with u_i(b) - u_i(a) = w_i (P(b) - P(a)); None if there is no such pair.

    What two players' actions do together must be the same in both payoffs up to w_i / w_j; players that do nothing
    together are free, and get weight 1. Exact games only; raises :class:`InputError` for a game in floats.
    """
    if not game.exact:
        raise InputError("weights of a potential are read off exact payoffs; this game is given in floats")
    check_cells(game.table.size, LARGEST_TABLE)
    table = _roomy(game.table)
    weights: dict[int, Fraction] = {}
    for first in range(len(game.shape)):
        if first in weights:
            continue
        weights[first], reached = Fraction(1), [first]
        while reached:
            i = reached.pop()
            for j in (j for j in range(len(game.shape)) if j not in weights):
                ratio = _ratio(second_difference(table[j], i, j), second_difference(table[i], i, j))
                if ratio is not None and ratio > 0:
                    weights[j] = weights[i] * ratio
                    reached.append(j)
    w = tuple(weights[i] for i in range(len(game.shape)))
    scale = prod(x.numerator for x in w)
    unit = [int(scale / x) for x in w]  # integers: 1 / w_i times one common factor
    levelled = table.astype(object) * np.array(unit, dtype=object).reshape(-1, *[1] * len(game.shape))
    P = find_potential(NormalForm.from_integers(levelled, game.denominator * scale, game.players, game.actions))
    return None if P is None else (w, P)


def second_difference(values: Array, i: int, j: int) -> Array:
    """What the actions of i and j do together: v(a) - v(a without i's move) - v(without j's) + v(without both), moves from action 0."""
    moved = values - np.take(values, [0], axis=i)
    return moved - np.take(moved, [0], axis=j)


def _ratio(of: Array, to: Array) -> Fraction | None:
    """``of / to`` at the first entry where either is not 0; None if both vanish, or one does there."""
    where = np.flatnonzero((of != 0) | (to != 0))
    if not len(where):
        return None
    top, bottom = int(of.ravel()[where[0]]), int(to.ravel()[where[0]])
    return Fraction(top, bottom) if top and bottom else None


def _path_sums(table: Array, start: Profile) -> Array:
    """P by changing the actions of player 1, 2, ... in turn from ``start``; shape of the profiles."""
    total = np.zeros(table.shape[1:], dtype=table.dtype)
    for i, values in enumerate(table):
        for j in range(i + 1, len(start)):
            values = np.take(values, [start[j]], axis=j)
        total = total + (values - np.take(values, [start[i]], axis=i))
    return total


def _spread(values: Array, axis: int) -> Number:
    """The largest difference along ``axis``."""
    return (values.max(axis=axis) - values.min(axis=axis)).max()


def _roomy(table: Array) -> Array:
    """``table`` with room for sums of some dozen entries: Python integers where 64 bits might not hold them."""
    if table.dtype == np.int64 and table.size and max(abs(int(table.max())), abs(int(table.min()))) * 8 * len(table) >= 2**62:
        return table.astype(object)
    return table
