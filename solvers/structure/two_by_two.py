"""Two-by-two games by the order of their payoffs: the taxonomy of Rapoport and Guyer (1966), with the names in use.

Two games are of one kind if relabelling rows, columns and players makes their orders the same. There are 78 kinds without
ties (144 where the players are kept distinct, Robinson and Goforth 2005), 12 of them symmetric. A symmetric kind has its name
from the order of R (both take the first action), S (first against second), T (second against first) and P (both the second),
where the first action is the one with R >= P (names after Rapoport 1967 and Bruns 2015).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Any

import numpy as np

from ...games.errors import NotApplicable
from ...games.exact import Array
from ...games.normal_form import NormalForm, Profile

Ranks = tuple[int, int, int, int]  # of the cells (0, 0), (0, 1), (1, 0), (1, 1); 1 is the worst, ties share a rank

SYMMETRIC_NAMES: dict[str, str] = {
    "TRPS": "PD",
    "TRSP": "Chicken",
    "TSRP": "Leader",
    "STRP": "Hero",
    "SRTP": "Compromise",
    "SRPT": "Deadlock",
    "RTPS": "StagHunt",
    "RPTS": "Assurance",
    "RPST": "Coordination",
    "RSPT": "Peace",
    "RSTP": "Harmony",
    "RTSP": "Concord",
}
OTHER_NAMES: dict[str, tuple[str, ...]] = {
    "PD": ("Prisoner's Dilemma", "Martyr"),
    "Chicken": ("Exploiter", "Hawk-Dove", "Snowdrift"),
    "Leader": ("Battle", "Battle of the Sexes"),
    "Hero": ("Apology",),
    "Deadlock": ("Anti-Prisoner's Dilemma",),
    "StagHunt": ("Stag Hunt",),
    "Concord": ("No Conflict",),
}


@dataclass(frozen=True)
class Class2x2:
    """The ordinal kind of a 2x2 game.

    ``ranks`` are each player's, cell by cell, as the game stands; ``canonical`` is the least of all relabellings, the same for
    equivalent games, ``canonical_distinct`` the same without exchanging the players. ``name`` for the 12 symmetric kinds without
    ties; ``names`` those reached by breaking ties alike for both.
    """

    ranks: tuple[Ranks, Ranks]

    @property
    def strict(self) -> bool:
        """Whether no player is indifferent between two cells."""
        return all(sorted(r) == [1, 2, 3, 4] for r in self.ranks)

    @cached_property
    def canonical(self) -> tuple[Ranks, Ranks]:
        """The least relabelling of rows, columns and players."""
        return min(_relabelled(self.ranks, players=True))

    @cached_property
    def canonical_distinct(self) -> tuple[Ranks, Ranks]:
        """The least relabelling of rows and columns."""
        return min(_relabelled(self.ranks, players=False))

    @cached_property
    def orders(self) -> tuple[Ranks, ...]:
        """The ranks of (R, S, T, P) in every labelling in which the game is symmetric; none if it is not."""
        return tuple(a for a, b in _relabelled(self.ranks, players=False) if b == _swapped(a))

    @property
    def symmetric(self) -> bool:
        """Whether exchanging the players, with some matching of their actions, changes nothing."""
        return bool(self.orders)

    @property
    def names(self) -> tuple[str, ...]:
        """The named kinds that the order allows, ties broken either way; one if there are no ties, none if it is not symmetric."""
        return tuple(name for order, name in SYMMETRIC_NAMES.items() if any(_allows(ranks, order) for ranks in self.orders))

    @property
    def name(self) -> str | None:
        """The name of a symmetric kind without ties."""
        return self.names[0] if self.strict and self.symmetric else None

    @property
    def aliases(self) -> tuple[str, ...]:
        """Other names of the same kind."""
        return OTHER_NAMES.get(self.name or "", ())

    @property
    def no_conflict(self) -> bool:
        """Whether some cell is best for both."""
        return any(a == max(self.ranks[0]) and b == max(self.ranks[1]) for a, b in zip(*self.ranks))

    @property
    def dominant(self) -> tuple[int | None, int | None]:
        """Each player's strictly dominant action, or None."""
        found = [[action for action in (0, 1) if _dominates(own, action)] for own in self._own]
        return (found[0][0] if found[0] else None, found[1][0] if found[1] else None)

    @property
    def pure_equilibria(self) -> tuple[Profile, ...]:
        """The pure Nash equilibria."""
        mine, theirs = self._own
        return tuple((r, c) for r, c in product((0, 1), repeat=2) if mine[r][c] >= mine[1 - r][c] and theirs[c][r] >= theirs[1 - c][r])

    @property
    def maximin(self) -> tuple[Profile, ...]:
        """The profiles in which both play an action whose worst cell is best."""
        safe = [[a for a in (0, 1) if min(own[a]) == max(map(min, own))] for own in self._own]
        return tuple((r, c) for r, c in product(*safe))

    @property
    def maximin_is_ne(self) -> bool:
        """Whether (every) maximin profile is an equilibrium: the natural outcome is stable."""
        return set(self.maximin) <= set(self.pure_equilibria)

    @property
    def _own(self) -> list[list[list[int]]]:
        """Each player's ranks by own action, then the other's."""
        a, b = self.ranks
        return [[[a[0], a[1]], [a[2], a[3]]], [[b[0], b[2]], [b[1], b[3]]]]

    def to_dict(self) -> dict[str, Any]:
        """The JSON form; profiles are lists of action indices."""
        return {
            "name": self.name,
            "names": list(self.names),
            "strict": self.strict,
            "symmetric": self.symmetric,
            "ranks": [list(r) for r in self.ranks],
            "canonical": [list(r) for r in self.canonical],
            "no_conflict": self.no_conflict,
            "dominant": list(self.dominant),
            "pure_equilibria": [list(a) for a in self.pure_equilibria],
            "maximin": [list(a) for a in self.maximin],
            "maximin_is_ne": self.maximin_is_ne,
        }


def classify(game: NormalForm) -> Class2x2:
    """The ordinal kind of a game of two players with two actions each. Raises :class:`NotApplicable` for any other."""
    if game.shape != (2, 2):
        raise NotApplicable("the taxonomy is of games with two players and two actions each; this one has {shape}", shape=list(game.shape))
    return Class2x2((_ranked(game.table[0], game.slack), _ranked(game.table[1], game.slack)))


def ordinal_games(strict: bool = True, players_distinct: bool = False) -> tuple[Class2x2, ...]:
    """One game of every kind: 78 strict ones, 144 with the players kept distinct; 726 and 1,413 with ties (Fraser and Kilgour 1986)."""
    all_ranks = [(a, b, c, d) for a, b, c, d in product((1, 2, 3, 4), repeat=4)]
    orders = [ranks for ranks in all_ranks if set(ranks) == set(range(1, (4 if strict else max(ranks)) + 1))]
    found = {min(_relabelled((a, b), players=not players_distinct)) for a, b in product(orders, repeat=2)}
    return tuple(Class2x2(ranks) for ranks in sorted(found))


def taxonomy() -> dict[str, Any]:
    """The counts of Rapoport and Guyer (1966) over the kinds without ties, each recomputed by listing all games."""
    games = ordinal_games()
    dominated = [sum(action is not None for action in game.dominant) for game in games]
    equilibria = [len(game.pure_equilibria) for game in games]
    return {
        "games": len(games),
        "players_distinct": len(ordinal_games(players_distinct=True)),
        "symmetric": sum(game.symmetric for game in games),
        "no_conflict": sum(game.no_conflict for game in games),
        "dominant": {"both": dominated.count(2), "one": dominated.count(1), "none": dominated.count(0)},
        "pure_equilibria": {str(k): equilibria.count(k) for k in (0, 1, 2)},
        "maximin_is_ne": sum(game.maximin_is_ne for game in games),
    }


def _ranked(values: Array, slack: Any) -> Ranks:
    """Dense ranks, 1 the least; values within ``slack`` of the next lower one share its rank."""
    order, rank = np.argsort(values.ravel(), kind="stable"), 0
    flat, ranks = values.ravel(), [0, 0, 0, 0]
    for before, k in zip([None, *order[:-1]], order):
        rank += int(before is None or flat[k] > flat[before] + slack)
        ranks[int(k)] = rank
    return (ranks[0], ranks[1], ranks[2], ranks[3])


def _relabelled(ranks: tuple[Ranks, Ranks], players: bool) -> Iterator[tuple[Ranks, Ranks]]:
    """All relabellings of rows and columns, and of the players if ``players``."""
    for a, b in (ranks, (_swapped(ranks[1]), _swapped(ranks[0])))[: 1 + players]:
        for order in ((0, 1, 2, 3), (2, 3, 0, 1), (1, 0, 3, 2), (3, 2, 1, 0)):
            yield _picked(a, order), _picked(b, order)


def _picked(ranks: Ranks, order: Sequence[int]) -> Ranks:
    return (ranks[order[0]], ranks[order[1]], ranks[order[2]], ranks[order[3]])


def _swapped(ranks: Ranks) -> Ranks:
    """The transpose: rows become columns."""
    return _picked(ranks, (0, 2, 1, 3))


def _allows(ranks: Ranks, order: str) -> bool:
    """Whether ranks of (R, S, T, P) fall weakly along ``order``."""
    along = [ranks["RSTP".index(letter)] for letter in order]
    return along == sorted(along, reverse=True)


def _dominates(own: list[list[int]], action: int) -> bool:
    return all(x > y for x, y in zip(own[action], own[1 - action]))


def same_kind(game: NormalForm, other: NormalForm, players_distinct: bool = False) -> bool:
    """Whether two 2x2 games are ordinally equivalent under relabelling (of the players too, unless ``players_distinct``)."""
    first, second = classify(game), classify(other)
    return first.canonical_distinct == second.canonical_distinct if players_distinct else first.canonical == second.canonical
