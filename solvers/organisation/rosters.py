"""Whose names stand on the rosters when a count is asked for and names cost what they cost (ATLAS P6.3, D-18, D-20, S-068)."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import Any

from ...games.exact import Number
from ...games.message import say
from ...games.organisation.rosters import Rosters
from .analysis import Analysis, figure
from .formalism import overlap_index
from .written import best_choice


class RostersAnalysis(Analysis[Rosters]):
    """The cheapest filling: the k-th body of one of the staff costs ``staff_cost + fatigue (k - 1)`` more, which rises in k, so that staff
    take their first bodies, then all their second ones, and so on while that is cheaper than a resident. Going round the staff in order
    puts nobody twice in a body and keeps everybody's number of bodies within one of another's: no filling is cheaper (each place saved
    costs at least as much elsewhere). Where both cost the same the resident is taken.
    """

    @cached_property
    def _levels(self) -> int:
        """How many bodies one of the staff is in before a resident is no dearer."""
        m = self.model
        if m.staff_cost >= m.resident_cost:
            return 0
        if not m.fatigue:
            return m.bodies
        return min(m.bodies, int(-((m.staff_cost - m.resident_cost) // m.fatigue)))

    @cached_property
    def _staff(self) -> list[list[int]]:
        """The staff of each body, numbered from 0: round the staff in order."""
        m = self.model
        even, more = divmod(min(m.most_staff_places, m.staff * self._levels), m.bodies)
        next_one = 0
        found: list[list[int]] = []
        for body in range(m.bodies):
            size = even + (body < more)
            found.append([(next_one + k) % m.staff for k in range(size)])
            next_one += size
        return found

    @figure(say("places on all rosters"))
    def memberships(self) -> int:
        """bodies times roster."""
        return self.model.bodies * self.model.roster

    @figure(say("places that staff fill"))
    def staff_places(self) -> int:
        """As many as are cheaper so, at most one a body for each of the staff."""
        return sum(map(len, self._staff))

    @figure(say("places that residents fill"))
    def resident_places(self) -> int:
        """The rest."""
        return self.memberships - self.staff_places

    @figure(say("whether all rosters hold nobody but staff"))
    def all_staff(self) -> bool:
        """P6.3: where staff names are cheaper and a roster is no longer than the staff."""
        return not self.resident_places

    @figure(say("bodies that each of the staff is in, on the mean"))
    def mean_bodies(self) -> Number:
        """staff_places / staff: J r / L if all are staff."""
        return Fraction(self.staff_places, self.model.staff)

    @figure(say("bodies that the busiest of the staff is in"))
    def most_bodies(self) -> int:
        """The mean, rounded up."""
        return -(-self.staff_places // self.model.staff)

    @figure(say("different people on all rosters"))
    def distinct(self) -> int:
        """Staff who are in some body, and every resident."""
        return min(self.model.staff, self.staff_places) + self.resident_places

    @figure(say("overlap index"))
    def overlap(self) -> Number:
        """1 - distinct / memberships (D-18): 1 - L / (J r) if all are staff and there are places for each of them, 0 with fewer places."""
        return 1 - Fraction(self.distinct, self.memberships)

    @figure(say("overlap index of the places that staff fill"))
    def staff_overlap(self) -> Number:
        """1 - different staff / places that staff fill."""
        return overlap_index(self._staff)

    @figure(say("administrative share"))
    def administrative_share(self) -> Number:
        """Places of staff over all places (D-18)."""
        return Fraction(self.staff_places, self.memberships)

    @figure(say("what the names cost"))
    def cost(self) -> Number:
        """staff_cost and resident_cost for each place, fatigue for each pair of bodies of each of the staff."""
        return self.model.cost_of(self.staff_places)

    @figure(say("what the names would cost if all were residents"))
    def resident_filling(self) -> Number:
        """resident_cost for each place."""
        return self.model.resident_cost * self.memberships

    @figure(say("pairs of bodies between which staff go to and fro"))
    def switching_pairs(self) -> int:
        """The sum of k (k - 1) / 2 over staff who are in k bodies, which is the number of people in common summed over pairs of bodies."""
        return self.model.pairs(self.staff_places)

    @figure(say("reports"))
    def reports(self) -> int:
        """bodies times lines."""
        return self.model.bodies * self.model.lines

    @figure(say("coordination load"))
    def coordination(self) -> Number:
        """D-20: switching for each of those pairs and reporting for each report; pairs counted once."""
        return self.model.switching * self.switching_pairs + self.model.reporting * self.reports

    @figure(say("share of the staff's hours that coordination takes"))
    def coordination_share(self) -> Number:
        """coordination / (staff hours); over 1 it does not fit."""
        return self.coordination / (self.model.staff * self.model.hours)

    @property
    def certificates(self) -> tuple[dict[str, Any], ...]:
        """That no other number of places filled by staff is cheaper."""
        return best_choice(self.model.game, self.model.most_staff_places + 1)

    @property
    def rosters(self) -> list[list[str]]:
        """The names by body: staff ``s1, s2, ...``, residents ``r1, r2, ...``, each of these once."""
        number, found = 0, list[list[str]]()
        for staff in self._staff:
            rest = self.model.roster - len(staff)
            found.append([*(f"s{k + 1}" for k in staff), *(f"r{number + k + 1}" for k in range(rest))])
            number += rest
        return found
