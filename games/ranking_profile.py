"""Voters who rank alternatives: how many prefer what to what, and which beats which.

``support[x, y]`` voters prefer x to y. x *beats* y if more prefer x to y than y to x, or, under a quota, if at least so many do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import permutations
from math import factorial
from typing import Any

import numpy as np

from .environment import Environment, Types
from .errors import InputError, SizeError
from .exact import Array, Number, frozen
from .outcome_game import OutcomeGame
from .parameters import whole

MOST_ALTERNATIVES = 6  # of an environment in which every ranking may be true


@dataclass(frozen=True)
class RankingProfile:
    """``rankings[v]`` lists all ``alternatives``, best first; ``counts[v]`` voters have it (one each if None).

    As a problem: an alternative is worth to a voter the number of alternatives that it ranks below (our scale: ranks, not money).
    Raises :class:`InputError` for a ranking that is not a permutation.
    """

    alternatives: tuple[str, ...]
    rankings: tuple[tuple[str, ...], ...]
    counts: tuple[int, ...] | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "alternatives", tuple(self.alternatives))
        object.__setattr__(self, "rankings", tuple(tuple(ranking) for ranking in self.rankings))
        for ranking in self.rankings:
            if sorted(ranking) != sorted(set(self.alternatives)):
                raise InputError(
                    "the ranking {ranking} must name each of {alternatives} once", ranking=ranking, alternatives=self.alternatives
                )
        counts = (1,) * len(self.rankings) if self.counts is None else tuple(whole(c, "counts") for c in self.counts)
        if not self.rankings or len(counts) != len(self.rankings):
            raise InputError(
                "{counts} counts for {rankings} rankings; at least one is needed", counts=len(counts), rankings=len(self.rankings)
            )
        object.__setattr__(self, "counts", counts)

    @property
    def players(self) -> tuple[str, ...]:
        """The rows, numbered from 1; a row of several voters stands for all of them."""
        return tuple(str(v + 1) for v in range(len(self.rankings)))

    @cached_property
    def heads(self) -> Array:
        """How many voters each row stands for."""
        assert self.counts is not None
        return np.array(self.counts, dtype=np.int64)

    @cached_property
    def points(self) -> Array:
        """How many alternatives each row ranks below each: shape ``(rows, alternatives)``."""
        m = len(self.alternatives)
        return frozen(np.array([[m - 1 - ranking.index(x) for x in self.alternatives] for ranking in self.rankings], dtype=np.int64))

    @cached_property
    def support(self) -> Array:
        """How many voters prefer row x to column y."""
        return support_of(self.points, self.heads)

    @property
    def most(self) -> Number:
        """The most points in all that an alternative has."""
        return Fraction(int((self.heads @ self.points).max()))

    def worth(self, player: int, outcome: Any) -> Number:
        """Expected points of row ``player``."""
        return sum((p * int(v) for p, v in zip(outcome.lottery, self.points[player])), start=Fraction(0)) + outcome.transfers[player]

    def welfare(self, outcome: Any) -> Number:
        """Expected points of all voters."""
        return sum((p * int(v) for p, v in zip(outcome.lottery, self.heads @ self.points)), start=Fraction(0))


def support_of(points: Array, heads: Array, slack: Number = 0) -> Array:  # type: ignore[assignment]
    """How many heads value x over y by more than ``slack``, from values by row and alternative."""
    m = points.shape[1]
    result = np.zeros((m, m), dtype=np.int64)
    for x in range(m):
        result[x] = heads @ ((points[:, x : x + 1] - points) > slack).astype(np.int64)
    return frozen(result)


def outcome_support(game: OutcomeGame) -> Array:
    """How many residents of a game over outcomes prefer x to y; the indifferent count for neither."""
    m = len(game.alternatives)
    result = np.zeros((m, m), dtype=np.int64)
    for heads, gains in game.blocks():
        result += support_of(gains, heads, game.slack)
    return frozen(result)


def beats(support: Array, needed: int | None = None) -> Array:
    """Whether x beats y: more for x than for y, or (``needed`` given) at least ``needed`` heads for x."""
    return frozen(support > support.T if needed is None else support >= whole(needed, "needed"))


def ranking_environment(n: int, alternatives: Sequence[str]) -> Environment:
    """Every one of ``n`` voters may have any ranking of ``alternatives``."""
    names = tuple(alternatives)
    if len(names) > MOST_ALTERNATIVES:
        raise SizeError(
            "{n} alternatives have {k} rankings; at most {limit} alternatives fit",
            n=len(names),
            k=factorial(len(names)),
            limit=MOST_ALTERNATIVES,
        )

    def problem(types: Types) -> RankingProfile:
        return RankingProfile(names, tuple(types))

    return Environment((tuple(permutations(names)),) * whole(n, "n"), problem, alike=True)
