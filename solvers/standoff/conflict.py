"""How much of a standoff is common interest and how much conflict: conflict share, ordinal opposition, encompassing weights.

Over outcomes O with equal weights and gains u_i(o) in money (ATLAS 4.1.1)::

    zeta(O)  = 1 - n Var(mean_i u_i) / sum_i Var(u_i)     0 pure common interest, 1 constant-sum
    omega(O) = opposed / (opposed + aligned)              pairs of residents with strict preferences over two outcomes
    alpha_i  = Cov(u_i, W) / Var(W)                       how far resident i shares in the common surplus (sums to 1)

One pass over blocks of residents each, so a million residents never stand in memory.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

import numpy as np

from ...games.exact import Array, Number
from ...games.outcome_game import OutcomeGame


def conflict_share(game: OutcomeGame, whether: bool = False) -> Number:
    """zeta over the sites, or (``whether``) over the status quo and the uniform lottery on the sites; 0 if nothing varies."""
    columns = list(game.sites)
    total, spread = np.zeros(1, dtype=int), np.zeros((), dtype=int)
    for counts, gains in game.blocks():
        u = gains[:, columns]
        if whether:
            u = np.stack([u.sum(axis=1) / len(columns), u[:, 0] * 0], axis=1)
        total = total + counts @ u
        spread = spread + counts @ _variance(u)
    if spread <= game.slack**2 * game.residents:
        return Fraction(0)
    return 1 - _variance(total[None, :])[0] / game.residents / spread


def _variance(u: Array) -> Array:
    """The variance of each row of ``u`` over its columns, equally weighted."""
    deviation = u - (u.sum(axis=1) / u.shape[1])[:, None]
    return (deviation * deviation).sum(axis=1) / u.shape[1]


def opposition(game: OutcomeGame, whether: bool = False) -> Number:
    """omega over the sites, or over the status quo and the uniform lottery; 0 if no two residents have strict preferences."""
    columns = list(game.sites)
    opposed = aligned = 0
    pairs = [(0, 1)] if whether else list(combinations(range(len(columns)), 2))
    signs = np.zeros((len(pairs), 2), dtype=object)
    for counts, gains in game.blocks():
        u = gains[:, columns]
        if whether:
            u = np.stack([u.sum(axis=1), u[:, 0] * 0], axis=1)
        for k, (x, y) in enumerate(pairs):
            difference = u[:, x] - u[:, y]
            signs[k] += int(counts @ (difference > game.slack)), int(counts @ (difference < -game.slack))
    for up, down in signs:
        opposed += up * down
        aligned += up * (up - 1) // 2 + down * (down - 1) // 2
    return Fraction(opposed, opposed + aligned) if opposed + aligned else Fraction(0)


def encompassing(game: OutcomeGame) -> Array | None:
    """alpha_i by row over the sites: negative where somebody is harmed when the whole gains; None if the surplus does not vary."""
    columns = list(game.sites)
    total = sum((counts @ gains[:, columns] for counts, gains in game.blocks()), start=np.zeros(len(columns), dtype=int))
    deviation = total - total.sum() / len(columns)
    variance = (deviation * deviation).sum()
    if variance <= (game.slack * game.residents) ** 2 * len(columns):
        return None
    return np.concatenate([gains[:, columns] @ deviation for _, gains in game.blocks()]) / variance
