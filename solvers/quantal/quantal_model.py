"""The logit response of a game, and its derivative: the equations F(z, L) = z - L D(z) = 0 that a path of quantal responses follows.

Every player (in a counted game, every role: like players answer alike) i has log-odds z_i of its actions 1, 2, ... against action 0,
and D_i holds what these are worth more than action 0 when all mix by the logits of z. Payoffs are divided by their largest
spread, so that L is a pure number: rationality times that spread.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cached_property, lru_cache
from itertools import combinations

import numpy as np

from ...games.count_distribution import counts_of
from ...games.counted_game import RoleSymmetricGame, count_index, count_vectors
from ...games.errors import SizeError
from ...games.exact import Array, Number, frozen
from ...games.normal_form import NormalForm
from .quantal_path import Strategies

MOST_WORK = 40_000_000  # payoffs read for one derivative
MOST_UNKNOWNS = 400


class Logit:
    """The logit response of ``game``. ``sizes[i]`` actions, ``alike[i]`` players at i; ``spread`` turns L into rationality.

    Raises :class:`SizeError`, with the figure, where one derivative would be too much work.
    """

    def __init__(self, game: NormalForm | RoleSymmetricGame) -> None:
        self.game = game
        counted = isinstance(game, RoleSymmetricGame)
        self.sizes = tuple(map(len, game.actions))
        self.alike = game.players if isinstance(game, RoleSymmetricGame) else (1,) * len(self.sizes)
        self.names = game.roles if isinstance(game, RoleSymmetricGame) else game.players
        cells = sum(t.size for t in game.tables) if isinstance(game, RoleSymmetricGame) else game.table.size
        work = cells * len(self.sizes)
        unknowns = sum(self.sizes) - len(self.sizes)
        if work > MOST_WORK or unknowns > MOST_UNKNOWNS:
            raise SizeError(
                "a quantal path of {unknowns} probabilities reads {work} payoffs a step; at most {most} and {limit} fit",
                unknowns=unknowns, work=f"{work:,}", most=MOST_UNKNOWNS, limit=f"{MOST_WORK:,}",
            )  # fmt: skip
        tables = game.tables if isinstance(game, RoleSymmetricGame) else tuple(game.table)
        raw = [_floats(table, game.denominator) for table in tables]
        self.spread = max(float(table.max() - table.min()) for table in raw) or 1.0
        self.tables = [table / self.spread for table in raw]
        self.counted = counted
        self.cuts = np.cumsum([0, *(k - 1 for k in self.sizes)])

    def strategies(self, z: Array) -> Strategies:
        """The logits of ``z``."""
        result: list[Array] = []
        for a, b in zip(self.cuts, self.cuts[1:]):
            full = np.concatenate([[0.0], z[a:b]])
            weights = np.exp(full - full.max())
            result.append(weights / weights.sum())
        return tuple(result)

    def worth(self, strategies: Sequence[Array]) -> list[Array]:
        """What every action is worth, in units of ``spread``."""
        return [self._worth(i, strategies) for i in range(len(self.sizes))]

    def F(self, z: Array, L: float) -> Array:
        """z - L D(z)."""
        return z - L * self.D(self.strategies(z))

    def D(self, strategies: Sequence[Array]) -> Array:
        """What the actions are worth more than action 0."""
        return np.concatenate([u[1:] - u[0] for u in self.worth(strategies)])

    def slope(self, strategies: Sequence[Array]) -> Array:
        """dD/dz, a square matrix."""
        size = int(self.cuts[-1])
        result = np.zeros((size, size))
        tilts = [(np.diag(p) - np.outer(p, p))[:, 1:] for p in strategies]
        for i in range(len(self.sizes)):
            for j in range(len(self.sizes)):
                if i != j or self.alike[i] > 1:
                    block = self._slope(i, j, strategies)
                    rows, columns = slice(self.cuts[i], self.cuts[i + 1]), slice(self.cuts[j], self.cuts[j + 1])
                    result[rows, columns] = (block[1:] - block[0]) @ tilts[j]
        return result

    def within(self, slope: Array, role: int) -> Array | None:
        """dD/dz of one player of ``role`` by *one* other player of it; None if it has no other."""
        if self.alike[role] < 2:
            return None
        part = slice(self.cuts[role], self.cuts[role + 1])
        return slope[part, part] / (self.alike[role] - 1)

    def payoffs(self, strategies: Sequence[Array]) -> tuple[float, ...]:
        """What each player (role) gets, money."""
        return tuple(float(p @ u) * self.spread for p, u in zip(strategies, self.worth(strategies)))

    def regret(self, strategies: Sequence[Array]) -> float:
        """The most anybody gains by deviating, money."""
        return max(float(p @ (u.max() - u)) * self.spread for p, u in zip(strategies, self.worth(strategies)))

    def residual(self, strategies: Sequence[Array], L: float) -> float:
        """The largest difference between a probability and the logit answer to it."""
        again = self.strategies(L * self.D(strategies))
        return max(float(np.abs(p - q).max()) for p, q in zip(strategies, again))

    @cached_property
    def influence(self) -> Number:
        """An L below which the logit response is a contraction, so that there is one fixed point and no other, like players
        answering alike or not: 4 / max over i and pairs of its actions of the sum over the others j of the most that j alone can change
        the gain from one action to the other.

        If the worths of two actions change by at most D apart, the logit changes by at most L D / 2 in the sum norm (a mean absolute
        deviation is at most half the range); and a change of j's probabilities by d in that norm moves a gain by at most d / 2 times
        what j alone can.
        """
        worst = max(self._influenced(i) for i in range(len(self.sizes)))
        return float("inf") if worst == 0 else 4 / worst * (1 - 1e-9)

    def _influenced(self, i: int) -> float:
        """The largest sum for player (role) ``i``."""
        worths = self.tables[i] if self.counted else np.moveaxis(self.tables[i], i, 0)
        worst = 0.0
        for a, b in combinations(range(self.sizes[i]), 2):
            gain, total = worths[b] - worths[a], 0.0
            for j in range(len(self.sizes)):
                others = self.alike[j] - (i == j)
                if self.counted and others:
                    total += others * _step(gain, j, others, self.sizes[j])
                elif others:
                    axis = j - (j > i)
                    total += float((gain.max(axis=axis) - gain.min(axis=axis)).max())
            worst = max(worst, total)
        return worst

    def _worth(self, i: int, strategies: Sequence[Array], kept: int | None = None) -> Array:
        """u_i by own action; with ``kept``, by own action and by what stands on the axis of that player or role."""
        values = self.tables[i]
        if not self.counted:
            axes = [j for j in range(len(self.sizes)) if j not in (i, kept)]
            for j in reversed(axes):
                values = np.tensordot(values, strategies[j], axes=(j, 0))
            return values.T if kept is not None and kept < i else values
        for j in reversed(range(len(self.sizes))):
            if j != kept:
                values = np.tensordot(values, _spread(self.alike[j] - (i == j), strategies[j]), axes=(j + 1, 0))
        return values

    def _slope(self, i: int, j: int, strategies: Sequence[Array]) -> Array:
        """How u_i changes with each probability of player (role) j; shape ``(|A_i|, |A_j|)``."""
        values = self._worth(i, strategies, j)
        if not self.counted:
            return values
        others = self.alike[j] - (i == j)
        rest = _spread(others - 1, strategies[j])
        return others * np.stack([values[:, _one_more(others - 1, self.sizes[j], b)] @ rest for b in range(self.sizes[j])], axis=1)


def _floats(table: Array, denominator: int) -> Array:
    if table.dtype == object:
        return np.array([float(Fraction(int(x), denominator)) for x in table.ravel()]).reshape(table.shape)
    return table.astype(float) / denominator


def _spread(n: int, strategy: Array) -> Array:
    return counts_of(n, strategy.tolist()).astype(float) if n else np.ones(1)


@lru_cache(maxsize=256)
def _one_more(n: int, actions: int, action: int) -> Array:
    """The count index of ``n`` players and one who takes ``action``, by the count index of the ``n``."""
    if actions == 2:
        return frozen(np.arange(n + 1) + action)
    vectors = count_vectors(n, actions).copy()
    vectors[:, action] += 1
    return frozen(np.array([count_index(list(map(int, v))) for v in vectors]))


def _step(table: Array, axis: int, others: int, actions: int) -> float:
    """The most that one of the ``others`` on ``axis`` can change by choosing another action."""
    moved = np.stack([np.take(table, _one_more(others - 1, actions, b), axis=axis) for b in range(actions)])
    return float((moved.max(axis=0) - moved.min(axis=0)).max())
