"""Games of coalitions with money: what every group of players can make on its own, and the divisions no group can improve on.

v(S) is the worth of coalition S, v of nobody 0; x(S) = sum of x_i over S; the excess of S at x is v(S) - x(S). Coalitions are bit masks:
bit i stands for player i. All numbers are rational (floats are taken for the binary fractions they are).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np

from .errors import InputError, NotApplicable, SizeError
from .exact import Array, array, frozen, number
from .linear_program import maximise
from .maximin import rational
from .outcome_game import OutcomeGame

MOST_PLAYERS = 16  # whose coalitions are listed
MOST_ENUMERATED = 12  # players whose coalitions all stand in one linear program
MOST_NUCLEOLUS = 10

Row = tuple[int, Fraction]  # a coalition and its worth


@dataclass(frozen=True, eq=False)
class CoalitionalGame:
    """``values[S]`` is the worth of coalition ``S`` (bit mask), shape ``(2^n,)``, rational; ``values[0]`` is 0.

    Raises :class:`InputError` for a wrong number of values or a worth of nobody, :class:`SizeError` for too many players.
    """

    players: tuple[str, ...]
    values: Array

    def __post_init__(self) -> None:
        check_players(len(self.players), MOST_PLAYERS)
        values = rational(array(self.values, "values"))
        if values.shape != (2 ** len(self.players),):
            raise InputError("{given} coalitions have a worth; {n} players form {needed}", given=values.size, n=self.n, needed=2**self.n)
        if values[0] != 0:
            raise InputError("the coalition of nobody must be worth 0, not {value}", value=values[0])
        object.__setattr__(self, "values", frozen(values.copy()))

    @classmethod
    def from_function(cls, players: Sequence[str], worth: Callable[[frozenset[int]], object]) -> CoalitionalGame:
        """The game in which ``worth(S)`` is the worth of the non-empty set S of player numbers."""
        check_players(len(players), MOST_PLAYERS)
        values: list[object] = [worth(members(S, len(players))) if S else 0 for S in range(2 ** len(players))]
        return cls(tuple(players), array(values, "values"))

    @classmethod
    def from_dict(cls, players: Sequence[str], worth: Mapping[Any, object]) -> CoalitionalGame:
        """The game in which ``worth`` has an entry for every non-empty coalition: a collection of names of players (or one name)."""
        check_players(len(players), MOST_PLAYERS)
        place = {name: i for i, name in enumerate(players)}
        values: dict[int, object] = {0: 0}
        for names, value in worth.items():
            group = (names,) if isinstance(names, str) else tuple(names)
            wrong = next((name for name in group if name not in place), None)
            if wrong is not None:
                raise InputError("{name!r} is not one of the players {players}", name=wrong, players=list(players))
            values[mask(place[name] for name in group)] = number(value, "worth")
        missing = next((S for S in range(2 ** len(players)) if S not in values), None)
        if missing is not None:
            raise InputError(
                "no worth is given for the coalition of {names}", names=[players[i] for i in sorted(members(missing, len(players)))]
            )
        return cls(tuple(players), array([values[S] for S in range(2 ** len(players))], "values"))

    @classmethod
    def siting(cls, game: OutcomeGame) -> CoalitionalGame:
        """v(S): the most a group can make of a site whose whole consent set it holds, paying what the funder does not (ATLAS O-08).

        Every resident is a player. Raises :class:`NotApplicable` where no consent is asked.
        """
        stakes = Stakes.of(game)
        names = tuple(
            game.players[row] if game.counts[row] == 1 else f"{game.players[row]}.{k + 1}"
            for row in range(game.rows) for k in range(int(game.counts[row]))
        )  # fmt: skip
        return cls.from_function(names, stakes.worth)

    @property
    def n(self) -> int:
        """How many players there are."""
        return len(self.players)

    @property
    def everybody(self) -> int:
        """The coalition of all."""
        return 2**self.n - 1

    def worth(self, coalition: Iterable[int]) -> Fraction:
        """v(S) of a set of player numbers."""
        return self.values[mask(coalition)]

    @property
    def largest(self) -> Fraction:
        """The largest worth of any coalition, without its sign."""
        return max(map(abs, self.values))

    @cached_property
    def proper(self) -> list[Row]:
        """Every coalition that is neither nobody nor everybody, with its worth."""
        return [(S, self.values[S]) for S in range(1, self.everybody)]


@dataclass(frozen=True, eq=False)
class Stakes:
    """A siting as a game of coalitions: ``gains`` (benefit less damage, residents by sites), ``costs`` by site, and who must consent
    to each, ``forced`` (residents by sites, bool).
    """

    gains: Array
    costs: Array
    forced: Array

    @classmethod
    def of(cls, game: OutcomeGame) -> Stakes:
        """What is at stake in ``game``, every resident one by one. Without benefits and damages told apart, gains are taken as they are.

        Raises :class:`NotApplicable` where no consent is asked, or gains are streamed.
        """
        if not game.consented:
            raise NotApplicable("groups can build alone only where consent is asked, and {regime} asks nobody", regime=game.rights.id)
        rows, sites, parts = np.repeat(np.arange(len(game.utilities)), game.counts), list(game.sites), game.parts
        table = game.utilities if parts is None else parts.benefits - parts.damages
        costs = -game.grants if parts is None else parts.costs - parts.grants
        held = np.array([[row in game.consent_set(x) for x in sites] for row in range(game.rows)], dtype=bool)
        cost = rational(costs[sites]) if parts is not None else rational(costs[sites] * 0)
        return cls(rational(table[:, sites])[rows], cost, held[rows])

    def worth(self, coalition: frozenset[int]) -> Fraction:
        """v(S) = max(0, the most it makes at a site it controls)."""
        inside = np.zeros(len(self.gains), dtype=bool)
        inside[list(coalition)] = True
        best = Fraction(0)
        for s in range(len(self.costs)):
            if not (self.forced[:, s] & ~inside).any():
                best = max(best, self.gains[inside, s].sum() - self.costs[s])
        return best

    def worst(self, x: Array) -> list[tuple[Fraction, int]]:
        """The excess and mask of the best proper coalition for each site, and for building nothing (ATLAS H-3); all there are.

        For one site the excess adds up over members, so that the consent set and exactly those who gain join.
        """
        found = [self._nothing(x)]
        for s in range(len(self.costs)):
            gain, forced = self.gains[:, s] - x, self.forced[:, s]
            if forced.all():
                continue
            joins = forced | (gain > 0)
            free = np.flatnonzero(~forced)
            if joins.all():
                joins[min(free, key=lambda i: gain[i])] = False
            if not joins.any():
                joins[max(free, key=lambda i: gain[i])] = True
            found.append((gain[joins].sum() - self.costs[s], mask(np.flatnonzero(joins))))
        return found

    @staticmethod
    def _nothing(x: Array) -> tuple[Fraction, int]:
        losing = [i for i in range(len(x)) if x[i] < 0]
        group = losing if 0 < len(losing) < len(x) else [min(range(len(x)), key=lambda i: x[i])]
        return -sum((x[i] for i in group), start=Fraction(0)), mask(group)


def check_players(n: int, most: int) -> None:
    """Raises :class:`InputError` without players, :class:`SizeError` for more than ``most``."""
    if n < 1:
        raise InputError("a game of coalitions needs a player")
    if n > most:
        raise SizeError("{n} players form 2^{n} coalitions; they are gone through for at most {most} players", n=n, most=most)


def mask(coalition: Iterable[int]) -> int:
    """A set of player numbers as bits."""
    return sum(1 << int(i) for i in set(coalition))


def members(S: int, n: int) -> frozenset[int]:
    """The player numbers of a mask."""
    return frozenset(i for i in range(n) if S >> i & 1)


@dataclass(frozen=True, eq=False)
class LeastCore:
    """The least ``epsilon`` such that some division ``x`` leaves no proper coalition an excess above it, and one such ``x``.

    ``weights`` (coalition mask: weight, sums to 1) prove that none is smaller: the coalitions in it bind in every such division.
    The core is empty exactly if ``epsilon`` > 0 (Bondareva 1963; Shapley 1967).
    """

    epsilon: Fraction
    x: tuple[Fraction, ...]
    weights: dict[int, Fraction]


def least_core(game: CoalitionalGame) -> LeastCore:
    """The least core over proper coalitions (Maschler, Peleg and Shapley 1979), exact. Raises :class:`SizeError`."""
    check_players(game.n, MOST_ENUMERATED)
    if game.n < 2:
        raise NotApplicable("one player alone has no coalition to fear")
    return least_excess(game.n, game.proper, [(game.everybody, game.values[game.everybody])], game.largest)


def siting_least_core(stakes: Stakes, total: Fraction, progress: Callable[[int, int, str], None] | None = None) -> LeastCore:
    """The least core of a siting at any size: coalitions join the program as the oracle of :meth:`Stakes.worst` finds them."""
    n = len(stakes.gains)
    rows: dict[int, Fraction] = {1 << i: stakes.worth(frozenset({i})) for i in range(n)}
    while True:
        found = least_excess(n, list(rows.items()), [(2**n - 1, total)], max(map(abs, (total, *rows.values()))))
        x = np.array(found.x, dtype=object)
        fresh = {S: stakes.worth(members(S, n)) for excess, S in stakes.worst(x) if excess > found.epsilon and S not in rows}
        if not fresh:
            return found
        rows |= fresh
        if progress is not None:
            progress(len(rows), 0, "coalitions")


def least_excess(n: int, rows: Sequence[Row], fixed: Sequence[Row], bound: Fraction, floors: Sequence[Fraction] | None = None) -> LeastCore:
    """Minimise epsilon subject to x(S) + epsilon >= v for ``rows``, x(F) = r for ``fixed``, everybody among them, and x >= ``floors``.

    ``bound`` B is no smaller than any worth in the game. Without floors the program must imply x_i >= -3B, as it does when single players
    are among the rows; then epsilon > -3nB - 1, and variables counted from there are not negative. Solved as its dual, in which 0 is
    feasible.
    """
    low = [-3 * bound - 1] * n if floors is None else list(floors)  # so low that it never binds
    base = -3 * n * bound - 1
    bits = [(*_bits(S, n), 1) for S, _ in rows] + [tuple(k * bit for bit in (*_bits(F, n), 0)) for F, _ in fixed for k in (1, -1)]
    b = [v - base - _sum(low, S) for S, v in rows] + [k * (r - _sum(low, F)) for F, r in fixed for k in (1, -1)]
    c = np.array([Fraction(0)] * n + [Fraction(1)], dtype=object)
    found = maximise(np.array(b, dtype=object), np.array(bits, dtype=object).T, c)
    x = tuple(s + floor for s, floor in zip(found.y[:n], low))
    return LeastCore(found.y[n] + base, x, {S: w for (S, _), w in zip(rows, found.x) if w > 0})


def nucleolus(game: CoalitionalGame) -> tuple[Fraction, ...]:
    """The division that makes the excesses, ordered from the worst, lexicographically least (Schmeidler 1969), nobody below v({i}).

    Exact. Raises :class:`NotApplicable` if the single players alone are worth more than everybody, :class:`SizeError`.
    """
    alone = [game.values[1 << i] for i in range(game.n)]
    if sum(alone, start=Fraction(0)) > game.values[game.everybody]:
        raise NotApplicable("the players are worth more one by one than together: no division gives everybody its own worth")
    return _lexicographic(game, alone)


def prenucleolus(game: CoalitionalGame) -> tuple[Fraction, ...]:
    """As :func:`nucleolus`, but players may get less than they are worth alone."""
    return _lexicographic(game, None)


def _lexicographic(game: CoalitionalGame, floors: Sequence[Fraction] | None) -> tuple[Fraction, ...]:
    """Linear programs one after the other; the coalitions that bind in all optima are fixed (Kopelowitz 1967)."""
    n = game.n
    check_players(n, MOST_NUCLEOLUS)
    fixed: list[Row] = [(game.everybody, game.values[game.everybody])]
    rows, x = game.proper, (game.values[game.everybody],)
    while rows:
        found = least_excess(n, rows, fixed, game.largest, floors)  # in later rounds the first still holds: x_i >= -3B
        x = found.x
        fixed = _independent([*fixed, *((S, v - found.epsilon) for S, v in rows if S in found.weights)], n)
        basis, pivots = _echelon([_bits(S, n) for S, _ in fixed])
        V = np.array([_bits(S, n) for S, _ in rows], dtype=object)
        outside = ((V - V[:, pivots] @ basis) != 0).any(axis=1)
        rows = [row for row, keep in zip(rows, outside) if keep]
    return x


def _independent(fixed: Sequence[Row], n: int) -> list[Row]:
    kept: list[Row] = []
    for row in fixed:
        if len(_echelon([_bits(S, n) for S, _ in (*kept, row)])[1]) > len(kept):
            kept.append(row)
    return kept


def _echelon(vectors: Sequence[Sequence[int]]) -> tuple[Array, list[int]]:
    """The reduced row echelon form of ``vectors`` without its zero rows, and its pivot columns."""
    M = [[Fraction(x) for x in row] for row in vectors]
    pivots: list[int] = []
    for j in range(len(M[0])):
        k = next((i for i in range(len(pivots), len(M)) if M[i][j]), None)
        if k is None:
            continue
        top = len(pivots)
        M[top], M[k] = M[k], M[top]
        M[top] = [x / M[top][j] for x in M[top]]
        for i in range(len(M)):
            if i != top and M[i][j]:
                M[i] = [x - M[i][j] * y for x, y in zip(M[i], M[top])]
        pivots.append(j)
    return np.array(M[: len(pivots)], dtype=object), pivots


def _bits(S: int, n: int) -> tuple[int, ...]:
    return tuple(S >> i & 1 for i in range(n))


def _sum(values: Sequence[Fraction], S: int) -> Fraction:
    return sum((value for i, value in enumerate(values) if S >> i & 1), start=Fraction(0))
