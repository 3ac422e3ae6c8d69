"""Reading a certificate back: plain Python and fractions, nothing shared with the code that wrote it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from math import isfinite
from typing import Any

from ...games.message import Message, say

TOLERANCE = Fraction(1, 10**9)  # of the largest gain, for games given in floats
LOOSE = Fraction(1, 10**6)  # for shares and ratios of float games
Claims = Iterator[tuple[Message, bool]]


def real(value: object) -> Fraction:
    """A number of a certificate: an integer, a text ``"p/q"``, or a float, which is the binary fraction it is."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)) or (isinstance(value, float) and not isfinite(value)):
        raise TypeError(f"{value!r} is not a number")
    if isinstance(value, str) and "e" in value.lower():  # a few characters such as 1e999999999 would fill the memory
        raise ValueError(f"{value[:40]!r} is not written as p/q")
    return Fraction(value)


def reals(values: Iterable[object]) -> list[Fraction]:
    """A list of numbers."""
    return [real(value) for value in values]


def _has_float(values: object) -> bool:
    return isinstance(values, float) or (isinstance(values, list) and any(map(_has_float, values)))


def needed_votes(rule: Mapping[str, Any], residents: int, cast: int) -> tuple[int, int]:
    """Yes votes and turnout that a quota asks for: heads if JSON integers, shares if texts."""

    def heads(share: object, base: int, strict: bool) -> int:
        if isinstance(share, int):
            return share
        exact = real(share) * base
        return int(exact) + 1 if strict else -((-exact.numerator) // exact.denominator)

    yes = heads(rule["quota"], cast if rule["of_votes"] else residents, bool(rule["strict"]))
    return max(yes, 0 if isinstance(rule["quota"], int) else 1), heads(rule["quorum"], residents, False)


class Siting:
    """A game over outcomes as a certificate writes it: ``U[i][x]`` gains, ``counts[i]`` residents alike.

    ``priority`` is the order in which sites are taken: by falling surplus, lowest index among equals, unless one is given.
    """

    def __init__(
        self,
        game: Mapping[str, Any],
        gains: Sequence[Sequence[Fraction]] | None = None,
        rights: Mapping[str, Any] | None = None,
        priority: Sequence[int] | None = None,
        slack: Fraction | None = None,
    ) -> None:
        self.data = game
        self.names: list[str] = list(game["alternatives"])
        self.quo: int = game["status_quo"]
        self.U = [reals(row) for row in game["gains"]] if gains is None else [list(row) for row in gains]
        self.counts: list[int] = [int(c) for c in game["counts"]]
        self.grants = reals(game["grants"])
        self.weight = real(game["funder_weight"])
        self.rights: Mapping[str, Any] = game["rights"] if rights is None else rights
        self.n = sum(self.counts)
        self.sites = [x for x in range(len(self.names)) if x != self.quo]
        self.by_surplus = sorted(self.sites, key=lambda x: (-self.surplus[x], x))
        self.priority = self.by_surplus if priority is None else list(priority)
        numbers = (game["gains"], game["grants"], game["funder_weight"], self.rights.get("assessed"))
        self.exact = not any(map(_has_float, numbers))
        self.slack = self._slack() if slack is None else slack

    def _slack(self) -> Fraction:
        """What counts as nothing: 0 in exact games, else a billionth of the largest gain (or grant a head, or assessment)."""
        if self.exact:
            return Fraction(0)
        assessed = (abs(real(x)) for row in self.rights.get("assessed") or () for x in row)
        grants = (abs(g) / self.n for g in self.grants)
        return TOLERANCE * max([*(abs(u) for row in self.U for u in row), *grants, *assessed], default=Fraction(0))

    @property
    def rounding(self) -> Fraction:
        """How far a sum of probabilities computed in floats may be off."""
        return Fraction(0) if self.exact else TOLERANCE

    @property
    def loose(self) -> Fraction:
        """How far a pure number (a share, a ratio) computed in floats may be off."""
        return Fraction(0) if self.exact else LOOSE

    def ordered(self, priority: Sequence[int]) -> Siting:
        """The same game with sites taken in the order ``priority``."""
        return Siting(self.data, self.U, self.rights, priority, self.slack)

    def after(self, gains: Sequence[Sequence[Fraction]]) -> Siting:
        """The same residents and rights with other gains; what counts as rounding stays."""
        return Siting(self.data, gains, slack=self.slack)

    def in_order(self) -> bool:
        """Whether ``priority`` is the order of falling surplus; in float games up to the slack of a sum over residents."""
        if self.exact:
            return self.priority == self.by_surplus
        falls = [self.surplus[x] for x in self.priority]
        return sorted(self.priority) == self.sites and all(b - a <= self.slack * self.n for a, b in pairwise(falls))

    @cached_property
    def surplus(self) -> list[Fraction]:
        """W(x): the sum of gains less what the funder bears."""
        columns = range(len(self.names))
        return [sum((c * row[x] for c, row in zip(self.counts, self.U)), start=Fraction(0)) - self.grants[x] for x in columns]

    def equal(self, a: object, b: Fraction, scale: int = 1) -> bool:
        """Whether a written number is ``b``: exactly, or within the slack (times ``scale``) for float games."""
        return abs(real(a) - b) <= self.slack * scale

    def same(self, written: Sequence[object], true: Sequence[Fraction], scale: int = 1) -> bool:
        """Whether two lists are equal, entry by entry."""
        return len(written) == len(true) and all(self.equal(a, b, scale) for a, b in zip(written, true))

    def well_formed(self) -> bool:
        """Shapes agree, counts are positive, the status quo is worth zero, no name is used twice."""
        shapes = all(len(row) == len(self.names) for row in self.U) and len(self.U) == len(self.counts) == len(self.data["players"])
        damages = self.data.get("damages") or []
        if any(len(row) != len(self.names) or real(row[self.quo]) != 0 for row in damages) or len(damages) not in (0, len(self.U)):
            return False
        if self.rights["id"] == "R-LIAB" and not self._damages_agree():
            return False
        names = len(set(self.names)) == len(self.names) == len(self.grants)
        return shapes and names and min(self.counts) >= 1 and all(row[self.quo] == 0 for row in self.U)

    def _damages_agree(self) -> bool:
        """Whether the damages by which the liability rule chooses are those of the game, or where it has none, the losses."""
        true = self.data.get("damages") or [[max(-u, Fraction(0)) for u in row] for row in self.U]
        written = self.rights["damages"]
        return len(written) == len(true) and all(reals(a) == reals(b) for a, b in zip(written, true))

    def after_choice(self, alternative: int) -> list[Fraction]:
        """What every row gets when ``alternative`` is chosen; under the liability rule with the assessed damage."""
        assessed = self.rights.get("assessed")
        return [row[alternative] + (real(assessed[i][alternative]) if assessed else 0) for i, row in enumerate(self.U)]

    def funder_after(self, alternative: int) -> Fraction:
        """What the funder gets then: its weight on the surplus, less what it bears and, under the liability rule, pays."""
        assessed = self.rights.get("assessed")
        owed = sum((c * real(row[alternative]) for c, row in zip(self.counts, assessed)), start=Fraction(0)) if assessed else Fraction(0)
        return self.weight * self.surplus[alternative] - self.grants[alternative] - owed

    @property
    def consented(self) -> bool:
        """Whether residents are asked for their consent."""
        return self.rights["id"] in ("R-HOST", "R-UNAN")

    def consent_set(self, site: int) -> set[int]:
        """The rows that must agree to a site; empty under regimes without vetoes."""
        if self.rights["id"] == "R-HOST":
            return set(self.rights["consent"][site])
        return set(range(len(self.U))) if self.rights["id"] == "R-UNAN" and site != self.quo else set()

    @cached_property
    def sole(self) -> dict[int, int]:
        """The sites over which one single resident holds the only veto, and its row."""
        sets = {x: self.consent_set(x) for x in self.sites}
        return {x: min(H) for x, H in sets.items() if len(H) == 1 and self.counts[min(H)] == 1}

    def first(self, accepted: Iterable[int]) -> int:
        """The outcome when the sites ``accepted`` stand open."""
        return next((x for x in self.priority if x in set(accepted)), self.quo)

    def prefers(self, row: int, x: int, y: int) -> bool:
        """Whether a resident of ``row`` is better off at x than at y."""
        return self.U[row][x] > self.U[row][y] + self.slack

    def deters(self, accepted: set[int]) -> bool:
        """Whether no resident gains by withdrawing a consent, or by granting one that nobody else refuses."""
        outcome, sets = self.first(accepted), {x: self.consent_set(x) for x in self.priority}
        for row in range(len(self.U)):
            for x in self.priority:
                if (x in accepted or self.sole.get(x) == row) and self.prefers(row, x, outcome):
                    return False
                if x in accepted and row not in sets[x]:
                    break
            else:
                if self.prefers(row, self.quo, outcome):
                    return False
        return True

    def supports(self, outcome: int) -> bool:
        """Whether some set of open sites makes ``outcome`` a pure equilibrium of the consent game.

        The fewer residents can withdraw, the easier: opening every site that none of them likes better is never wrong.
        """
        order, able = self.priority, self.consent_set(outcome)
        start = len(order) if outcome == self.quo else order.index(outcome)
        if any(x in self.sole and self.prefers(self.sole[x], x, outcome) for x in order[:start]):
            return False
        for x in order[start + 1 :]:
            if not any(self.prefers(row, x, outcome) for row in able):
                able = able & self.consent_set(x)
            elif self.sole.get(x) in able and self.prefers(self.sole[x], x, outcome):
                return False
        return not any(self.prefers(row, self.quo, outcome) for row in able)

    def is_rule_outcome(self, outcome: int) -> bool:
        """Whether ``outcome`` is chosen where nobody is asked: the first site to pass the vote, or the authority's choice."""
        if self.rights["id"] == "R-QUOTA":
            return outcome == next((x for x in self.priority if self.passes(x)), self.quo)
        worth = list(self.surplus)
        if self.rights["id"] == "R-LIAB":
            pairs = zip(self.rights["damages"], self.rights["assessed"])
            for count, (damages, assessed) in zip(self.counts, pairs):
                worth = [w + count * (real(d) - real(a)) for w, d, a in zip(worth, damages, assessed)]
        if not self.exact:
            return worth[outcome] >= max(worth) - self.slack * self.n
        return outcome == max(range(len(worth)), key=lambda x: (worth[x], x == self.quo, -x))

    def passes(self, site: int) -> bool:
        """Whether a sincere vote on ``site`` against the status quo passes."""
        yes = sum(c for c, row in zip(self.counts, self.U) if row[site] > self.slack)
        no = sum(c for c, row in zip(self.counts, self.U) if row[site] < -self.slack)
        needed, turnout = needed_votes(self.rights, self.n, yes + no)
        return yes >= needed and yes + no >= turnout


def written_game(siting: Siting) -> Claims:
    """The game of a certificate is one, and its surplus is what it says."""
    yield say("the game is well-formed"), siting.well_formed()
    what = say("the surplus of every alternative is the sum of gains less the grant")
    yield what, siting.same(siting.data["surplus"], siting.surplus, siting.n)


def ends_claims(siting: Siting, ends: Mapping[str, Any], given: bool = False, all_needed: bool = True) -> Claims:
    """The outcomes a siting game ends in: each follows from the rights regime, and if so claimed there is no other.

    Sites are taken in order of surplus, unless the order is ``given`` with the game. ``all_needed`` where something is said of
    the best or worst of them.
    """
    ordered = siting.ordered(ends["priority"])
    yield say("every site has its place in the order"), sorted(ordered.priority) == ordered.sites
    yield say("sites are taken in order of surplus"), ordered.in_order() or (given and siting.consented)
    outcomes = [siting.names.index(end["outcome"]) for end in ends["ends"]]
    if not siting.consented:
        yield say("the outcome is what the rights regime leads to"), len(outcomes) == 1 and ordered.is_rule_outcome(outcomes[0])
        if siting.rights["id"] == "R-QUOTA":
            yield say("sincere votes are not claimed to be all equilibria"), ends["complete"] is False
        return
    yield say("there is an equilibrium, and none is listed twice"), bool(outcomes) and len(set(outcomes)) == len(outcomes)
    for x, end in zip(outcomes, ends["ends"]):
        accepted = {siting.names.index(name) for name in end["open"]}
        holds = ordered.first(accepted) == x and ordered.deters(accepted)
        yield say("{site} is a pure equilibrium outcome", site=end["outcome"]), holds
    yield say("all equilibria are listed"), ends["complete"] is True or not all_needed
    if ends["complete"]:
        others = [x for x in range(len(siting.names)) if x not in outcomes]
        yield say("no other outcome is a pure equilibrium outcome"), not any(ordered.supports(x) for x in others)
