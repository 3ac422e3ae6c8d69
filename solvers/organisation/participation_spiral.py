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
from ..dynamics.participation_basins import MOST_COUNTED, Rest, beginnings, ending, rests
from ..solution import Solution
from ..solve import solve
from .analysis import Analysis, figure
from .participation_hours import gini
from .written import certified

MOST_SOLVED = 10  # residents of one meeting as a game
MOST_CHAMBERS = 4_096
ZERO = Fraction(0)


class SpiralAnalysis(Analysis[ParticipationSpiral]):
    """Every spiral comes to rest, and all states of rest are found (:mod:`..dynamics.participation_basins`, where the proof is)."""

    @cached_property
    def _end(self) -> Rest:
        return ending(self.model, self.model.start)[0]

    @cached_property
    def _from_all(self) -> Rest:
        return ending(self.model, range(1, self.model.residents + 1))[0]

    @cached_property
    def _rests(self) -> tuple[Rest, ...]:
        return rests(self.model)

    # where it ends

    @figure(say("issues on the agenda in the long run"))
    def agenda(self) -> list[int]:
        """From ``start``; numbers from 1."""
        return list(self._end.agenda)

    @figure(say("meetings until then"))
    def meetings(self) -> int:
        """0 where the first agenda is the one that stays."""
        return ending(self.model, self.model.start)[1]

    @figure(say("residents who come in the long run"))
    def present(self) -> list[int]:
        """Numbers from 1, seats included."""
        return sorted(self._end.present)

    @figure(say("number of residents at a meeting in the long run"))
    def attendees(self) -> int:
        """How many they are."""
        return len(self._end.present)

    @figure(say("agenda in the long run if everybody comes at first"))
    def agenda_from_all(self) -> list[int]:
        """As ``agenda``."""
        return list(self._from_all.agenda)

    @figure(say("number of residents at a meeting in the long run if everybody comes at first"))
    def attendees_from_all(self) -> int:
        """How many they are."""
        return len(self._from_all.present)

    @figure(say("whether where it ends depends on who comes at first"))
    def path_dependent(self) -> bool:
        """The end from ``start`` is not that from everybody."""
        return self._end.agenda != self._from_all.agenda

    @figure(say("number of states of rest that the spiral can end in"))
    def ends(self) -> int:
        """All of them."""
        return len(self._rests)

    @figure(say("agendas of those states of rest"))
    def end_agendas(self) -> list[list[int]]:
        """In their order."""
        return [list(rest.agenda) for rest in self._rests]

    @figure(say("residents at a meeting in each of those states of rest"))
    def end_attendees(self) -> list[int]:
        """In the order of their agendas."""
        return [len(rest.present) for rest in self._rests]

    @figure(say("from how many of all sets of residents each of those states of rest is reached; none where there are too many to count"))
    def basins(self) -> list[int] | None:
        """They sum to 2^n."""
        return [rest.basin for rest in self._rests if rest.basin is not None] if self._countable else None

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
        return certified(self._meeting)

    # remedies

    @figure(say("least number of issues on the agenda with which everybody comes in the long run; none if none is enough"))
    def least_capacity(self) -> int | None:
        """From ``start``."""
        return next((k for k in range(1, self.model.issues + 1) if self._all_come(replace(self.model, capacity=k))), None)

    @staticmethod
    def _all_come(model: ParticipationSpiral) -> bool:
        return len(ending(model, model.start)[0].present) == model.residents

    @property
    def _outsiders(self) -> list[tuple[Number, Number]]:
        """For everybody who is absent: what coming is worth, and the cost that it does not reach."""
        m = self.model
        absent = [i for i in range(1, m.residents + 1) if i not in self._end.present]
        return [(m.worth(i, self._end.agenda), m.costs[i - 1]) for i in absent]

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

    def _seated(self, seats: Collection[int]) -> Rest:
        return ending(replace(self.model, seats=(*self.model.seats, *seats)), self.model.start)[0]

    def _flips(self, seats: Collection[int]) -> bool:
        return self._seated(seats).agenda != self._end.agenda

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
        there = self._seated(self._eligible).present
        return ending(self.model, there)[0].agenda != self._end.agenda

    # capture

    @figure(say("part of the agenda that the elite alone would set"))
    def elite_overlap(self) -> Fraction:
        """D-17: |A and the elite's agenda| / capacity."""
        return self._overlap(self.model.elite)

    @figure(say("part of the agenda that all the others alone would set"))
    def mass_overlap(self) -> Fraction:
        """As for the elite."""
        return self._overlap(self.model.mass)

    def _overlap(self, group: Collection[int]) -> Fraction:
        return Fraction(len({*self.model.top(group)} & {*self._end.agenda}), self.model.capacity)

    @figure(say("the elite's part of what is at stake on the agenda, less its part of residents; none where nothing is at stake"))
    def profit_gap(self) -> Number | None:
        """D-17, profit-seeking."""
        m = self.model
        gained = [sum((row[k - 1] for k in self._end.agenda), start=ZERO) for row in m.stakes]
        total = sum(gained, start=ZERO)
        own = sum((gained[i - 1] for i in m.elite), start=ZERO)
        return own / total - Fraction(len(m.elite), m.residents) if total else None

    @figure(say("how unequally residents attend: Gini; none where nobody does"))
    def attendance_gini(self) -> Number | None:
        """D-16 of meetings attended, oligarchy in D-17: 1 - attendees / residents."""
        absent = self.model.residents - self.attendees
        return gini((absent, self.attendees), (ZERO, Fraction(1)))

    @figure(say("part of residents who were not there when it was decided"))
    def uninformed(self) -> Fraction:
        """1 - attendees / residents, suspension in D-17: who was there knows."""
        return 1 - Fraction(self.attendees, self.model.residents)

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


__all__ = ["SpiralAnalysis"]
