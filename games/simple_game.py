"""Simple games: which coalitions win, and so can pass a motion; told by weights and a quota, or by a list (Shapley 1962).

Coalitions are bit masks: bit i stands for player i. Every superset of a winning coalition wins.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from .errors import InputError, SizeError
from .exact import number
from .parameters import whole

MOST_LISTED = 20  # players of a game given by its minimal winning coalitions


@dataclass(frozen=True)
class WeightedGame:
    """A coalition wins iff its weights sum to ``quota`` at least. Weights and quota are whole numbers, not negative.

    Raises :class:`InputError` unless nobody together loses and everybody together wins. :func:`weighted_game` takes fractions and vetoes.
    """

    weights: tuple[int, ...]
    quota: int

    def __post_init__(self) -> None:
        object.__setattr__(self, "weights", tuple(whole(w, "weights", 0) for w in self.weights))
        whole(self.quota, "quota", 1)
        if self.quota > sum(self.weights):
            raise InputError("quota={quota} is more than all weights together, {total}", quota=self.quota, total=sum(self.weights))

    @property
    def n(self) -> int:
        """How many players there are."""
        return len(self.weights)

    def wins(self, coalition: int) -> bool:
        """Whether ``coalition`` (bit mask) can pass a motion."""
        return sum(w for i, w in enumerate(self.weights) if coalition >> i & 1) >= self.quota


@dataclass(frozen=True)
class ListedGame:
    """A coalition wins iff it contains one of the ``winning`` ones (bit masks; kept without supersets of one another)."""

    n: int
    winning: tuple[int, ...]

    def __post_init__(self) -> None:
        if whole(self.n, "n") > MOST_LISTED:
            raise SizeError("coalitions of {n} players cannot be listed; at most {limit}", n=self.n, limit=MOST_LISTED)
        given = sorted({whole(S, "winning", 1, 2**self.n - 1) for S in self.winning}, key=lambda S: (S.bit_count(), S))
        if not given:
            raise InputError("at least one coalition must win")
        minimal: list[int] = []
        for S in given:
            if not any(T & S == T for T in minimal):
                minimal.append(S)
        object.__setattr__(self, "winning", tuple(minimal))

    @classmethod
    def of(cls, n: int, coalitions: Iterable[Iterable[int]]) -> ListedGame:
        """The game in which these sets of player numbers (from 0) win, and all larger ones."""
        return cls(n, tuple(sum(1 << whole(i, "player", 0, n - 1) for i in set(S)) for S in coalitions))

    def wins(self, coalition: int) -> bool:
        """Whether ``coalition`` (bit mask) can pass a motion."""
        return any(S & coalition == S for S in self.winning)


SimpleGame = WeightedGame | ListedGame


def weighted_game(weights: Sequence[object], quota: object, vetoes: Iterable[int] = ()) -> WeightedGame:
    """The game of ``weights`` and ``quota`` (rational) in which every player of ``vetoes`` must also agree.

    A veto is a weight: each such player gets more than all weights together on top, and the quota rises by as much for each.
    """
    exact = [Fraction(number(w, "weights")) for w in weights]
    needed = Fraction(number(quota, "quota"))
    scale = lcm(needed.denominator, *(w.denominator for w in exact))
    units = [int(w * scale) for w in exact]
    holders = {whole(i, "vetoes", 0, len(units) - 1) for i in vetoes}
    extra = sum(units) + 1
    if sum(units) < needed * scale:
        raise InputError("quota={quota} is more than all weights together, {total}", quota=needed, total=sum(exact))
    return WeightedGame(tuple(w + extra * (i in holders) for i, w in enumerate(units)), int(needed * scale) + extra * len(holders))


def quota_game(n: int, quota: int, vetoes: Iterable[int] = ()) -> WeightedGame:
    """At least ``quota`` of ``n`` players win, if all of ``vetoes`` are among them."""
    return weighted_game([1] * whole(n, "n"), whole(quota, "quota", 1, n), vetoes)
