"""DL-13, sortition: a chamber drawn by lot sets the agenda or decides.

Residents of the same kind are counted, not listed: how many seats each kind gets is multivariate hypergeometric (drawing without
replacement), exact in whole numbers at any population; strata are drawn apart. The agenda of a chamber are the issues in which its members
have most at stake (CASE-07c). Where acceptances are unequal, lots over panels that make the least chance of a seat as large as possible,
then the next (leximin: Flanigan, Goelz, Gupta, Hennig and Procaccia 2021), come from exact linear programs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import comb, prod

import numpy as np

from ..errors import InputError, SizeError
from ..exact import Array, Number, zeros
from ..linear_program import maximise
from ..mechanisms.mechanism import ONLY_OUTCOMES, Claim, Knowledge, Outcome
from ..message import Message, say
from ..outcome_game import OutcomeGame
from ..parameters import amounts, whole
from ..siting import by_surplus

LARGEST_CHAMBERS = 200_000  # different chambers, by seats of each kind
MOST_PANELS = 3000  # panels in a program of leximin chances
MOST_SITES = 62  # so that a pattern of votes is one machine integer

Seats = tuple[int, ...]


def chambers(counts: Sequence[int], seats: int) -> Iterator[tuple[Seats, Fraction]]:
    """Every chamber of ``seats`` drawn from kinds with ``counts`` residents, with its chance: seats by kind.

    Raises :class:`InputError` for more seats than residents, :class:`SizeError` where there are too many chambers.
    """
    kinds = tuple(whole(c, "counts", 0) for c in counts)
    if whole(seats, "seats", 0) > sum(kinds):
        raise InputError("{seats} seats cannot be drawn from {n} residents", seats=seats, n=sum(kinds))
    if forecast(kinds, seats) > LARGEST_CHAMBERS:
        raise SizeError(
            "there are {n} different chambers; at most {limit} fit", n=f"{forecast(kinds, seats):.3g}", limit=f"{LARGEST_CHAMBERS:,}"
        )
    ways = comb(sum(kinds), seats)
    return ((taken, Fraction(prod(map(comb, kinds, taken)), ways)) for taken in _splits(kinds, seats))


def forecast(counts: Sequence[int], seats: int) -> int:
    """A bound on how many different chambers there are."""
    if not counts:
        return 1
    return min(comb(seats + len(counts) - 1, seats), prod(min(c, seats) + 1 for c in counts))


def _splits(kinds: Seats, seats: int) -> Iterator[Seats]:
    if not kinds:
        if seats == 0:
            yield ()
        return
    rest = sum(kinds[1:])
    for here in range(max(0, seats - rest), min(kinds[0], seats) + 1):
        for after in _splits(kinds[1:], seats - here):
            yield (here, *after)


def stratified(strata: Sequence[Sequence[int]], seats: Sequence[int]) -> Iterator[tuple[Seats, Fraction]]:
    """As :func:`chambers` with ``seats[k]`` drawn from stratum k, whose kinds count ``strata[k]``; kinds of all strata in one row."""
    if len(strata) != len(seats):
        raise InputError("{seats} numbers of seats for {strata} strata", seats=len(seats), strata=len(strata))
    size = prod(forecast(kinds, k) for kinds, k in zip(strata, seats))
    if size > LARGEST_CHAMBERS:
        raise SizeError("there are {n} different chambers; at most {limit} fit", n=f"{size:.3g}", limit=f"{LARGEST_CHAMBERS:,}")
    parts = product(*(list(chambers(kinds, k)) for kinds, k in zip(strata, seats)))
    return ((tuple(s for taken, _ in part for s in taken), prod((p for _, p in part), start=Fraction(1))) for part in parts)


def apportioned(sizes: Sequence[int], seats: int) -> Seats:
    """``seats`` shared in proportion to ``sizes``, largest remainders first, the lowest index among equals (Hamilton 1792)."""
    total = sum(whole(s, "sizes", 0) for s in sizes)
    if not total:
        raise InputError("{seats} seats cannot be drawn from {n} residents", seats=seats, n=0)
    given = [s * seats // total for s in sizes]
    for k in sorted(range(len(sizes)), key=lambda k: (-(sizes[k] * seats % total), k))[: seats - sum(given)]:
        given[k] += 1
    return tuple(given)


def agenda(stakes: Sequence[Sequence[object]], members: Sequence[int], capacity: int = 1) -> tuple[int, ...]:
    """The ``capacity`` issues with most at stake in a chamber of ``members[i]`` residents of kind i; the lowest index among equals."""
    table = [amounts(row, "stakes", len(stakes[0])) for row in stakes]
    total = [sum((m * row[k] for m, row in zip(members, table)), start=Fraction(0)) for k in range(len(table[0]))]
    return tuple(sorted(sorted(range(len(total)), key=lambda k: (-total[k], k))[: whole(capacity, "capacity")]))


def agenda_chances(
    stakes: Sequence[Sequence[object]], counts: Sequence[int], seats: int, capacity: int = 1, standing: Sequence[int] | None = None
) -> dict[tuple[int, ...], Fraction]:
    """The chance of every agenda when ``seats`` are drawn from ``counts`` by kind and sit with ``standing`` members (none if not given)."""
    found: dict[tuple[int, ...], Fraction] = {}
    fixed = (0,) * len(counts) if standing is None else standing
    for taken, p in chambers(counts, seats):
        issues = agenda(stakes, [a + b for a, b in zip(fixed, taken)], capacity)
        found[issues] = found.get(issues, Fraction(0)) + p
    return found


def expected_overlap(chances: dict[tuple[int, ...], Fraction], issues: Sequence[int]) -> Fraction:
    """The expected share of the agenda that is among ``issues``, say the elite's: agenda overlap in D-17."""
    return sum((p * Fraction(len(set(chosen) & set(issues)), len(chosen)) for chosen, p in chances.items()), start=Fraction(0))


def seats_to_flip(stakes: Sequence[Sequence[object]], standing: Sequence[int], kind: int, most: int, capacity: int = 1) -> int | None:
    """The fewest seats for residents of ``kind``, beside the ``standing`` members, that change the agenda; None up to ``most`` (P7.4)."""
    before = agenda(stakes, standing, capacity)
    for extra in range(1, most + 1):
        if agenda(stakes, [m + extra * (i == kind) for i, m in enumerate(standing)], capacity) != before:
            return extra
    return None


def leximin_chances(volunteers: int, panels: Sequence[Sequence[int]]) -> tuple[Fraction, ...]:
    """The chance of a seat of every volunteer (0..) under the leximin lottery over the allowed ``panels``; the chances are unique.

    The least chance is maximised; those whose dual weight says that they cannot have more are settled; then the next.
    """
    n = whole(volunteers, "volunteers")
    if not panels or any(not 0 <= i < n for panel in panels for i in panel):
        raise InputError("panels must be groups of the volunteers 0 to {last}, at least one", last=n - 1)
    if len(panels) > MOST_PANELS:
        raise SizeError("a lottery over {n} panels does not fit; at most {limit}", n=len(panels), limit=MOST_PANELS)
    sits = np.array([[int(i in set(panel)) for panel in panels] for i in range(n)], dtype=object)
    settled: dict[int, Fraction] = {}
    while len(settled) < n:
        open_ = [i for i in range(n) if i not in settled]
        rows = [[*(-sits[i]), 1] for i in open_] + [[*(f - sits[i]), 0] for i, f in settled.items()] + [[1] * len(panels) + [0]]
        A = np.array([[Fraction(x) for x in row] for row in rows], dtype=object)
        b = np.array([Fraction(0)] * n + [Fraction(1)], dtype=object)
        c = np.array([Fraction(0)] * len(panels) + [Fraction(1)], dtype=object)
        best = maximise(c, A, b)
        settled |= {i: best.value for i, weight in zip(open_, best.y) if weight > 0}
    return tuple(settled[i] for i in range(n))


@dataclass(frozen=True)
class Sortition:
    """DL-13: ``seats`` residents are drawn by lot and vote on the sites against the status quo, in order of surplus; the first with more
    than half of the seats is built, over the will of its host too. ``strata`` (groups of rows) are drawn apart, seats in proportion."""

    seats: int = 3
    strata: tuple[tuple[int, ...], ...] | None = None

    def __post_init__(self) -> None:
        whole(self.seats, "seats")
        if self.strata is not None:
            groups = tuple(tuple(whole(row, "strata", 0) for row in group) for group in self.strata)
            named = [row for group in groups for row in group]
            if len(set(named)) != len(named) or not all(groups):
                raise InputError("strata must be groups of rows, none empty and no row twice")
            object.__setattr__(self, "strata", groups)

    @property
    def id(self) -> str:
        """The identifier."""
        return "DL-13"

    @property
    def title(self) -> Message:
        """What it is called."""
        return say("a chamber of {n} drawn by lot decides", n=self.seats)

    @property
    def requires(self) -> tuple[Knowledge, ...]:
        """How members rank a site against the status quo; that the decision binds those who were not drawn."""
        return (Knowledge.ORDINAL, Knowledge.COMMITMENT)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """As in ATLAS DL-13; the rule itself is our rendering (a chamber that decides by sincere majority votes)."""
        return (
            Claim("budget-balanced", True, "no money moves"),
            *((Claim("anonymous", True, "seats are drawn alike"),) if self.strata is None else ()),
            Claim("individually-rational", False, "ATLAS P1.4: the host of what wins may lose"),
            Claim("efficient", False, "majorities weigh heads, not gains"),
        )

    def refuses(self, game: object) -> Message | None:
        """It needs enough residents, and not too many different chambers."""
        if not isinstance(game, OutcomeGame):
            return ONLY_OUTCOMES
        if self.seats > game.residents:
            return say("{seats} seats cannot be drawn from {n} residents", seats=self.seats, n=game.residents)
        if len(game.sites) > MOST_SITES:
            return say("a chamber votes on at most {limit} sites", limit=MOST_SITES)
        if self.strata is not None and sorted(row for group in self.strata for row in group) != list(range(game.rows)):
            return say("the strata must name each of the {n} rows once", n=game.rows)
        if self.strata is not None and game.stream is not None:
            return say("strata need every resident's gains in memory")
        groups = self._kinds(game)
        size = prod(forecast(list(kinds.values()), k) for kinds, k in zip(groups, self._shared(groups)))
        if size > LARGEST_CHAMBERS:
            return say(
                "there are {n} different chambers; at most {limit} fit", n=f"{float(min(size, 10**300)):.3g}", limit=f"{LARGEST_CHAMBERS:,}"
            )
        return None

    def outcome(self, game: OutcomeGame, reports: object = None) -> Outcome:
        """The chance of every alternative, over all draws; no transfers."""
        del reports  # audits of reports come with the game they are played in
        groups = self._kinds(game)
        patterns = [pattern for kinds in groups for pattern in kinds]
        chances: dict[int, Fraction] = {}
        for taken, p in stratified([list(kinds.values()) for kinds in groups], self._shared(groups)):
            chosen = self._decided(game, patterns, taken)
            chances[chosen] = chances.get(chosen, Fraction(0)) + p
        lottery = zeros(len(game.alternatives), like=game.surplus)
        for x, p in chances.items():
            lottery[x] = p if game.exact else float(p)
        return Outcome(lottery, zeros(game.rows, like=lottery))

    def _decided(self, game: OutcomeGame, patterns: Sequence[int], taken: Seats) -> int:
        for place, site in enumerate(by_surplus(game)):
            if 2 * sum(k for pattern, k in zip(patterns, taken) if pattern >> place & 1) > self.seats:
                return site
        return game.status_quo

    def _shared(self, groups: Sequence[dict[int, int]]) -> Seats:
        return apportioned([sum(kinds.values()) for kinds in groups], self.seats)

    def _kinds(self, game: OutcomeGame) -> list[dict[int, int]]:
        """By stratum, how many residents there are of each pattern: bit k says whether they like the k-th site in order."""
        order = list(by_surplus(game))
        if self.strata is not None:
            return [_patterns(game.counts[list(rows)], game.utilities[list(rows)][:, order], game.slack) for rows in self.strata]
        found: dict[int, int] = {}
        for heads, gains in game.blocks():
            for pattern, count in _patterns(heads, gains[:, order], game.slack).items():
                found[pattern] = found.get(pattern, 0) + count
        return [dict(sorted(found.items()))]


def _patterns(heads: Array, gains: Array, slack: Number) -> dict[int, int]:
    liked = (gains > slack).astype(np.int64) @ (1 << np.arange(gains.shape[1], dtype=np.int64))
    kinds, place = np.unique(liked, return_inverse=True)
    totals = np.zeros(len(kinds), dtype=np.int64)
    np.add.at(totals, place.ravel(), heads)
    return dict(zip(kinds.tolist(), totals.tolist()))
