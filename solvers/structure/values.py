"""Values of strategic games by threats: coco for two players (Kalai and Kalai 2013), Kohlberg and Neyman (2021) for n.

delta(S) is the value of the zero-sum game in which a coalition S and its complement each act as one, and S gets what its
members get beyond the others: sum_S u - sum_{N \\ S} u. So delta(N) = max W and delta(N \\ S) = -delta(S). The value of
player i is the average, over all orders, of delta of the players up to and with i::

    gamma_i = 1/n sum_{k=1..n} mean of delta(S) over the S of size k with i in S

It sums to max W; for two players it is coco: max(A + B)/2 plus and minus the value of (A - B)/2.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import comb, prod
from typing import Any

import numpy as np

from ...games.errors import NotApplicable, SizeError
from ...games.exact import Array, Number, as_json
from ...games.linear_program import matrix_game
from ...games.normal_form import NormalForm, Profile

MOST_PLAYERS = 12
LARGEST_MATRIX = 100_000  # profiles, that is entries of one threat game
LARGEST_THREATS = 20_000_000  # entries of all threat games together

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, eq=False)
class Threat:
    """``value`` = delta(coalition), guaranteed by the joint mixture ``mix`` of its members and capped by the others' ``reply``.

    A mixture gives joint actions, in the order of the players, their probabilities.
    """

    coalition: tuple[int, ...]
    value: Number
    mix: Mapping[Profile, Fraction]
    reply: Mapping[Profile, Fraction]


@dataclass(frozen=True, eq=False)
class StrategicValue:
    """``value[i]`` of every player, money; ``profile`` is where the total is largest, ``payments[i]`` what i then gets on top.

    ``threats`` has one coalition of every kind, ``classes`` numbers players so that equal numbers are interchangeable.
    """

    concept: str
    value: tuple[Number, ...]
    total: Number
    profile: Profile
    payments: tuple[Number, ...]
    classes: tuple[int, ...]
    threats: tuple[Threat, ...]

    def delta(self, coalition: Iterable[int]) -> Number:
        """The threat of ``coalition``: what it gets beyond the others where both sides do their worst."""
        kind = _kind(tuple(coalition), self.classes)
        if not any(kind):
            return -self.total
        return next(t.value for t in self.threats if _kind(t.coalition, self.classes) == kind)

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        threats = [{"coalition": t.coalition, "value": t.value} for t in self.threats]
        names = ("concept", "value", "total", "profile", "payments")
        return as_json({name: getattr(self, name) for name in names} | {"threats": threats})


def coco_value(game: NormalForm) -> StrategicValue:
    """The cooperative-competitive value of a two-player game (Kalai and Kalai 2013). Raises :class:`NotApplicable` for others."""
    if len(game.shape) != 2:
        raise NotApplicable("the coco value is for two players; this game has {n}", n=len(game.shape))
    return kohlberg_neyman_value(game)


def kohlberg_neyman_value(game: NormalForm, progress: Progress | None = None) -> StrategicValue:
    """The value of an n-player game by the threats of its 2^n coalitions (Kohlberg and Neyman 2021, Theorem 1); coco for n = 2.

    Every threat is an exact optimum of a matrix game (a float game's numbers are taken for the binary fractions they are).
    Interchangeable players are found, and one coalition of a kind is solved. Raises :class:`SizeError`; n is at most 12.
    """
    n = len(game.shape)
    classes = interchangeable(game)
    coalitions = kinds(classes)
    check_threats(game, len(coalitions))
    table = game.table.astype(object) if game.exact else _binary(game.table)
    by_kind: dict[tuple[int, ...], Threat] = {}
    for done, S in enumerate(coalitions):
        by_kind[_kind(S, classes)] = _opposite(by_kind, S, classes) or _threat(game, table, S)
        if progress is not None:
            progress(done + 1, len(coalitions), "threats")
    deltas = {kind: threat.value for kind, threat in by_kind.items()}
    value = tuple(shares(deltas, classes))
    peak = int(np.argmax(game.welfare))
    profile = tuple(map(int, np.unravel_index(peak, game.shape)))
    payments = tuple(v - u for v, u in zip(value, game.payoffs(profile)))
    concept = "coco" if n == 2 else "kohlberg-neyman"
    return StrategicValue(concept, value, game.money(game.welfare.max()), profile, payments, classes, tuple(by_kind.values()))


def check_threats(game: NormalForm, coalitions: int) -> None:
    """Raises :class:`SizeError` where the threats of so many coalitions do not fit."""
    n, cells = len(game.shape), game.welfare.size
    if n > MOST_PLAYERS:
        raise SizeError("{n} players have 2^{n} coalitions to threaten with; at most {limit} players fit", n=n, limit=MOST_PLAYERS)
    if cells > LARGEST_MATRIX or cells * coalitions > LARGEST_THREATS:
        raise SizeError(
            "{coalitions} threats of {cells} profiles each; at most {limit} profiles, {all} in all fit",
            coalitions=coalitions, cells=f"{cells:,}", limit=f"{LARGEST_MATRIX:,}", all=f"{LARGEST_THREATS:,}",
        )  # fmt: skip


def shares(deltas: Mapping[tuple[int, ...], Number], classes: tuple[int, ...]) -> Iterator[Number]:
    """gamma_i of every player from delta by kind of coalition (how many players of every class)."""
    n, sizes = len(classes), [classes.count(c) for c in range(max(classes) + 1)]
    for own in classes:
        total: Number = Fraction(0)
        for kind, delta in deltas.items():
            if kind[own]:
                ways = prod(comb(size - (c == own), k - (c == own)) for c, (size, k) in enumerate(zip(sizes, kind)))
                total += delta * Fraction(ways, comb(n - 1, sum(kind) - 1)) / n
        yield total


def interchangeable(game: NormalForm) -> tuple[int, ...]:
    """A number for every player: equal ones may be exchanged, with their actions as they stand, and the game stays the same."""
    classes: list[int] = []
    for j in range(len(game.shape)):
        i = next((i for i in range(j) if classes.index(classes[i]) == i and _same_role(game, i, j)), None)
        classes.append(max(classes, default=-1) + 1 if i is None else classes[i])
    return tuple(classes)


def _same_role(game: NormalForm, i: int, j: int) -> bool:
    if game.shape[i] != game.shape[j]:
        return False
    order = list(range(len(game.shape)))
    order[i], order[j] = j, i
    return bool((np.swapaxes(game.table, i + 1, j + 1)[order] == game.table).all())


def kinds(classes: tuple[int, ...]) -> list[tuple[int, ...]]:
    """One coalition of every kind, smallest first, none empty: the first players of each class."""
    members = [[i for i, c in enumerate(classes) if c == own] for own in range(max(classes) + 1)]
    choices = product(*(range(len(m) + 1) for m in members))
    found = [tuple(sorted(i for m, k in zip(members, counts) for i in m[:k])) for counts in choices]
    return sorted((S for S in found if S), key=lambda S: (len(S), S))


def _kind(S: tuple[int, ...], classes: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(sum(classes[i] == own for i in S) for own in range(max(classes) + 1))


def _opposite(known: Mapping[tuple[int, ...], Threat], S: tuple[int, ...], classes: tuple[int, ...]) -> Threat | None:
    """The threat of S where that of its very complement is known: the same game from the other side."""
    rest = tuple(i for i in range(len(classes)) if i not in S)
    other = known.get(_kind(rest, classes))
    return Threat(S, -other.value, other.reply, other.mix) if other is not None and other.coalition == rest else None


def _binary(table: Array) -> Array:
    result = np.empty(table.shape, dtype=object)
    result.ravel()[:] = [Fraction(x) for x in table.ravel().tolist()]
    return result


def _threat(game: NormalForm, table: Array, S: tuple[int, ...]) -> Threat:
    """delta(S), with optimal joint mixtures of both sides."""
    rest = tuple(i for i in range(len(game.shape)) if i not in S)
    gap = table[list(S)].sum(axis=0) - (table[list(rest)].sum(axis=0) if rest else 0)
    mine, theirs = ([*product(*(range(game.shape[i]) for i in side))] for side in (S, rest))
    M = np.transpose(gap, (*S, *rest)).reshape(len(mine), len(theirs))
    value, p, q = solve_matrix(M)
    unit = Fraction(value) / game.denominator
    mixes = [{joint[k]: x for k, x in mix.items()} for joint, mix in ((mine, p), (theirs, q))]
    return Threat(S, unit if game.exact else float(unit), *mixes)


def solve_matrix(M: Array) -> tuple[Fraction, dict[int, Fraction], dict[int, Fraction]]:
    """Value and optimal mixtures of the zero-sum game that pays ``M[row, column]`` to the chooser of rows.

    A saddle point is seen at once; equal rows and columns are kept once; the rest goes to the exact linear program.
    """
    rows, columns = _distinct(M), _distinct(M.T)
    small = M[np.ix_(rows, columns)]
    low, high = small.min(axis=1), small.max(axis=0)
    if low.max() == high.min():
        return Fraction(low.max()), {rows[int(np.argmax(low))]: Fraction(1)}, {columns[int(np.argmin(high))]: Fraction(1)}
    value, p, q = matrix_game(small.T)  # its columns belong to the chooser
    return value, {rows[k]: x for k, x in enumerate(p) if x}, {columns[k]: x for k, x in enumerate(q) if x}


def _distinct(rows: Array) -> list[int]:
    first: dict[tuple[Any, ...], int] = {}
    for k, row in enumerate(rows.tolist()):
        first.setdefault(tuple(row), k)
    return list(first.values())
