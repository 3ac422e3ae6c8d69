"""Lock-in of an agenda and of those who come for it, and what breaks it (ATLAS P7.3, P7.4, D-17)."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from fractions import Fraction
from functools import cached_property
from itertools import combinations
from math import comb
from typing import Any

from ...games.exact import Number
from ...games.message import say
from ...games.organisation.participation_spiral import ParticipationSpiral
from ..dynamics.participation_basins import MOST_COUNTED, Attractor, attractors, beginnings, ending
from ..solution import Solution
from ..solve import solve
from .analysis import Analysis, figure
from .participation_hours import gini

MOST_SOLVED = 10  # residents of one meeting as a game
MOST_CHAMBERS = 40_000
ZERO = Fraction(0)


class SpiralAnalysis(Analysis[ParticipationSpiral]):
    """Attractors are found as the cycles of the map of agendas, all of them (:mod:`..dynamics.participation_basins`)."""

    @cached_property
    def _end(self) -> Attractor:
        return ending(self.model, self.model.start)[0]

    @cached_property
    def _from_all(self) -> Attractor:
        return ending(self.model, range(1, self.model.residents + 1))[0]

    @cached_property
    def _attractors(self) -> tuple[Attractor, ...]:
        return attractors(self.model)

    # where it ends

    @figure(say("issues on the agenda in the long run; one list after the other where they take turns"))
    def agenda(self) -> list[int]:
        """From ``start``; issues from 1."""
        return [issue for agenda in self._end.agendas for issue in agenda]

    @figure(say("after how many meetings the agenda takes turns; 1 where it stays"))
    def period(self) -> int:
        """The length of the cycle."""
        return len(self._end.agendas)

    @figure(say("meetings until then"))
    def meetings(self) -> int:
        """0 where the first agenda is one of those that stay."""
        return ending(self.model, self.model.start)[1]

    @figure(say("residents who come in the long run"))
    def present(self) -> list[int]:
        """At some of the meetings at least, numbers from 1."""
        return sorted(frozenset[int]().union(*self._end.present))

    @figure(say("number of residents at a meeting in the long run"))
    def attendees(self) -> Number:
        """The mean over the cycle."""
        return _attendance(self._end)

    @figure(say("agenda in the long run if everybody comes at first"))
    def agenda_from_all(self) -> list[int]:
        """As ``agenda``."""
        return [issue for agenda in self._from_all.agendas for issue in agenda]

    @figure(say("number of residents at a meeting in the long run if everybody comes at first"))
    def attendees_from_all(self) -> Number:
        """The mean over the cycle."""
        return _attendance(self._from_all)

    @figure(say("whether where it ends depends on who comes at first"))
    def path_dependent(self) -> bool:
        """The end from ``start`` is not that from everybody."""
        return self._end.agendas != self._from_all.agendas

    @figure(say("number of states or cycles that the spiral can end in"))
    def ends(self) -> int:
        """All attractors."""
        return len(self._attractors)

    @figure(say("agendas of those ends"))
    def end_agendas(self) -> list[list[list[int]]]:
        """By end, the agendas of its cycle."""
        return [[list(agenda) for agenda in a.agendas] for a in self._attractors]

    @figure(say("residents at a meeting in each of those ends"))
    def end_attendees(self) -> list[Number]:
        """Means over their cycles."""
        return [_attendance(a) for a in self._attractors]

    @figure(say("from how many of all sets of residents each of those ends is reached; none where there are too many to count"))
    def basins(self) -> list[int] | None:
        """They sum to 2^n."""
        return [a.basin for a in self._attractors if a.basin is not None] if self._countable else None

    @figure(say("in how many of all sets of residents the order of issues decided which of equal ones is taken"))
    def ties(self) -> int | None:
        """Nobody at all is one of them, unless all issues fit."""
        return beginnings(self.model)[1] if self._countable else None

    @property
    def _countable(self) -> bool:
        return self.model.residents <= MOST_COUNTED

    # one meeting as a game

    @cached_property
    def _meeting(self) -> Solution | None:
        return solve(self.model.game()) if self.model.residents <= MOST_SOLVED else None

    @figure(say("sets of residents who come in an equilibrium of one meeting; none where there are too many residents"))
    def equilibria(self) -> list[list[int]] | None:
        """All pure equilibria, solved; residents foresee what their coming does to the agenda."""
        if self._meeting is None:
            return None
        return sorted([i + 1 for i, play in enumerate(e.profile) if play[1] == 1] for e in self._meeting.equilibria)

    @property
    def certificates(self) -> tuple[dict[str, Any], ...]:
        """All pure equilibria of one meeting."""
        certificate = None if self._meeting is None else self._meeting.certificate
        return () if certificate is None else (certificate,)

    # remedies

    @figure(say("least number of issues on the agenda with which everybody comes in the long run; none if none is enough"))
    def least_capacity(self) -> int | None:
        """From ``start``."""
        return next((k for k in range(1, self.model.issues + 1) if self._all_come(replace(self.model, capacity=k))), None)

    @staticmethod
    def _all_come(model: ParticipationSpiral) -> bool:
        return all(len(there) == model.residents for there in ending(model, model.start)[0].present)

    @property
    def _outsiders(self) -> list[tuple[Number, Number]]:
        """For everybody who is absent and each agenda of the long run: stakes there, and the cost that they do not reach."""
        m = self.model
        return [
            (m.worth(i, agenda), m.costs[i - 1])
            for agenda, there in zip(self._end.agendas, self._end.present)
            for i in range(1, m.residents + 1)
            if i not in there
        ]

    @figure(say("least further pay for coming that brings somebody in at the agenda that there is; none if everybody comes"))
    def least_pay(self) -> Number | None:
        """min c_i - stakes."""
        return min((cost - worth for worth, cost in self._outsiders), default=None)

    @figure(say("least further interest in every issue that brings somebody in at that agenda; none if everybody comes"))
    def least_link(self) -> Number | None:
        """min (c_i - stakes) / capacity: it counts for every issue on the agenda."""
        return None if self.least_pay is None else self.least_pay / self.model.capacity

    @figure(say("least factor on all stakes that brings somebody in at that agenda; none if no factor does"))
    def least_factor(self) -> Number | None:
        """min c_i / stakes over those with a stake in what is on the agenda; pay and links are left as they are."""
        m = self.model
        fixed = m.paid + m.link * m.capacity
        factors = [(cost - fixed) / (worth - fixed) for worth, cost in self._outsiders if worth > fixed]
        return min(factors, default=None)

    def _seated(self, seats: Collection[int]) -> Attractor:
        return ending(replace(self.model, seats=(*self.model.seats, *seats)), self.model.start)[0]

    def _flips(self, seats: Collection[int]) -> bool:
        return self._seated(seats).agendas != self._end.agendas

    @property
    def _eligible(self) -> list[int]:
        return [i for i in range(1, self.model.residents + 1) if i not in self.model.start and i not in self.model.seats]

    @figure(
        say("by number of seats from 0: chance that seats drawn by lot among those who do not come change the agenda; none if too many")
    )
    def flip_chances(self) -> list[Fraction] | None:
        """Over all equally likely draws; the seats are kept."""
        return self._chances(self._eligible)

    @figure(say("the same if the seats are drawn by lot among everybody"))
    def flip_chances_all(self) -> list[Fraction] | None:
        """Some seats then go to residents who come anyway."""
        return self._chances(list(range(1, self.model.residents + 1)))

    def _chances(self, pool: list[int]) -> list[Fraction] | None:
        if 2 ** len(pool) > MOST_CHAMBERS:
            return None
        ways = [comb(len(pool), k) for k in range(len(pool) + 1)]
        flips = [sum(self._flips(drawn) for drawn in combinations(pool, k)) for k in range(len(pool) + 1)]
        return [Fraction(f, n) for f, n in zip(flips, ways)]

    @figure(say("least number of such seats that can change the agenda; none if no number can"))
    def seats_needed(self) -> int | None:
        """The first with a chance above 0."""
        return self._first(lambda chance: chance > 0)

    @figure(say("least number of such seats that changes it for sure; none if no number does"))
    def seats_for_sure(self) -> int | None:
        """The first with chance 1."""
        return self._first(lambda chance: chance == 1)

    def _first(self, wanted: Callable[[Fraction], bool]) -> int | None:
        return None if self.flip_chances is None else next((k for k, p in enumerate(self.flip_chances) if wanted(p)), None)

    @figure(say("whether the agenda stays changed when all those seats are given up again; none if nothing changes it"))
    def flip_lasts(self) -> bool | None:
        """With seats for all who do not come, then none."""
        if not self._flips(self._eligible):
            return None
        there = self._seated(self._eligible).present[0]
        return ending(self.model, there)[0].agendas != self._end.agendas

    # capture

    @figure(say("part of the agenda that the elite alone would set"))
    def elite_overlap(self) -> Number:
        """D-17: |A and the elite's agenda| / capacity, the mean over the cycle."""
        return self._overlap(self.model.elite)

    @figure(say("part of the agenda that all the others alone would set"))
    def mass_overlap(self) -> Number:
        """As for the elite."""
        return self._overlap(self.model.mass)

    def _overlap(self, group: Collection[int]) -> Number:
        wanted = set(self.model.top(group))
        return _mean([Fraction(len(wanted & set(agenda)), self.model.capacity) for agenda in self._end.agendas])

    @figure(say("the elite's part of what is at stake on the agenda, less its part of residents; none where nothing is at stake"))
    def profit_gap(self) -> Number | None:
        """D-17, profit-seeking."""
        m = self.model
        gained = [sum((m.stakes[i][k - 1] for agenda in self._end.agendas for k in agenda), start=ZERO) for i in range(m.residents)]
        total = sum(gained, start=ZERO)
        own = sum((gained[i - 1] for i in m.elite), start=ZERO)
        return own / total - Fraction(len(m.elite), m.residents) if total else None

    @figure(say("how unequally residents attend: Gini; none where nobody does"))
    def attendance_gini(self) -> Number | None:
        """D-16 of meetings attended in a cycle, oligarchy in D-17."""
        attended = [sum(i in there for there in self._end.present) for i in range(1, self.model.residents + 1)]
        return gini((1,) * len(attended), tuple(map(Fraction, attended)))

    @figure(say("part of residents who were not there when it was decided"))
    def uninformed(self) -> Number:
        """1 - attendees / residents, suspension in D-17: who was there knows."""
        return 1 - self.attendees / self.model.residents

    @figure(say("how far residents fall into two camps that vote apart: modularity; none where nobody votes like another"))
    def camps(self) -> Number | None:
        """Faction in D-17: modularity (Newman 2006) of the division into elite and others, in the graph in which two residents are tied
        once for each issue that both would put on the agenda."""
        m = self.model
        ballots = [set(m.top([i])) for i in range(1, m.residents + 1)]
        ties = [[len(a & b) * (i != j) for j, b in enumerate(ballots)] for i, a in enumerate(ballots)]
        twice = sum(map(sum, ties))
        if not twice:
            return None
        total = ZERO
        for group in (m.elite, m.mass):
            inside = sum(ties[i - 1][j - 1] for i in group for j in group)
            total += Fraction(inside, twice) - Fraction(sum(sum(ties[i - 1]) for i in group), twice) ** 2
        return total


def _attendance(end: Attractor) -> Number:
    return _mean([Fraction(len(there)) for there in end.present])


def _mean(values: list[Fraction]) -> Fraction:
    return sum(values, start=ZERO) / len(values)


__all__ = ["SpiralAnalysis"]
