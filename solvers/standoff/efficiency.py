"""What equilibrium costs: impasse index, prices of anarchy and stability, selfishness level, zero-sum share of the game form."""

from __future__ import annotations

from fractions import Fraction
from itertools import chain, combinations
from math import inf, lcm, prod

import numpy as np

from ...games.exact import Array, Number
from ...games.normal_form import NormalForm

LARGEST_DECOMPOSITION = 2_000_000  # subsets of players x payoffs
LARGEST_SELFISHNESS = 200_000  # payoffs


def impasse(best: Number, welfare: list[Number]) -> dict[str, Number] | None:
    """The share of the best surplus lost in the worst and in the best equilibrium (ATLAS 4.1.4); None without surplus."""
    if best <= 0 or not welfare:
        return None
    return {"worst": 1 - min(welfare) / best, "best": 1 - max(welfare) / best}


def price(best: Number, welfare: Number) -> Number | None:
    """``best / welfare`` for gains (Koutsoupias and Papadimitriou 1999): infinite at 0; None if it has no meaning."""
    if best <= 0 or welfare < 0:
        return None
    return best / welfare if welfare else inf


def selfishness_level(game: NormalForm) -> Number | None:
    """The smallest alpha >= 0 such that u_i + alpha * welfare has a social optimum as pure equilibrium (Apt and Schaefer 2014).

    min over optima s of max over profitable deviations of gain / (welfare lost); ``inf`` if no alpha will do; None if the
    game is too large.
    """
    if game.table.size > LARGEST_SELFISHNESS:
        return None
    welfare = game.welfare
    optima = np.argwhere(welfare == welfare.max())
    return min((_needed(game, welfare, tuple(map(int, s))) for s in optima), default=inf)


def _needed(game: NormalForm, welfare: Array, optimum: tuple[int, ...]) -> Number:
    needed: Number = Fraction(0)
    for player, size in enumerate(game.shape):
        for action in range(size):
            deviation = (*optimum[:player], action, *optimum[player + 1 :])
            gain = game.money(game.table[(player, *deviation)] - game.table[(player, *optimum)])
            lost = game.money(welfare[optimum] - welfare[deviation])
            if gain > 0:
                needed = max(needed, gain / lost if lost else inf)
    return needed


def zero_sum_share(game: NormalForm) -> Number | None:
    """|Z|^2 / |Z + I + B|^2 of the decomposition of Hwang and Rey-Bellet (2020): 0 exactly for potential games.

    For every set T of players, the interaction of T in each payoff is split into its mean over T and the rest; the rest is
    zero-sum. In integers: payoffs are scaled so that every mean divides. None if the game is too large.
    """
    n = len(game.players)
    if 2**n * game.table.size > LARGEST_DECOMPOSITION:
        return None
    scale = prod(game.shape) * lcm(*range(1, n + 1)) if game.exact else 1
    table = game.table.astype(object) * scale if game.exact else game.table
    zero_sum, strategic = np.zeros_like(table), np.zeros_like(table)
    for T in chain.from_iterable(combinations(range(n), k) for k in range(1, n + 1)):
        inside = list(T)
        parts = _interaction(table, T, game.exact)[inside]
        mean = parts.sum(axis=0) // len(T) if game.exact else parts.sum(axis=0) / len(T)
        zero_sum[inside] += parts - mean
        strategic[inside] += parts
    whole = (strategic * strategic).sum()
    if whole == 0:
        return Fraction(0)
    share = (zero_sum * zero_sum).sum()
    return Fraction(int(share), int(whole)) if game.exact else float(share / whole)


def _interaction(table: Array, T: tuple[int, ...], exact: bool) -> Array:
    """The component of every payoff that depends on exactly the actions of T: averaged out elsewhere, centred on T."""
    for axis in range(1, table.ndim):
        total = table.sum(axis=axis, keepdims=True)
        mean = total // table.shape[axis] if exact else total / table.shape[axis]
        table = table - mean if axis - 1 in T else np.broadcast_to(mean, table.shape)
    return table
