"""Which number of units, and which division of tenure classes, can stand: everybody gains, keeps it up, trusts, and has a site (CASE-17).

Needs are taken as a continuum on [0, 1]; units are stretches of equal length, and the largest has ceil(n / J) members.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import Any

from ...games.exact import Number
from ...games.message import say
from ...games.organisation.needs import DifferingNeeds
from ...games.organisation.unit_design import UnitDesign, neighbouring
from ..dynamics.cascade import belief_threshold
from ..dynamics.repeated import unit_discount
from .analysis import Analysis, figure
from .needs import NeedsAnalysis
from .participation_hours import gini
from .smooth import smooth_certificate

ZERO = Fraction(0)
Division = tuple[tuple[int, ...], ...]


class UnitDesignAnalysis(Analysis[UnitDesign]):
    """Exact but for roots. Divisions are found by trying all of them."""

    # one project for each unit: everybody gains, or not

    @cached_property
    def _needs(self) -> NeedsAnalysis:
        """P8.2: the same residents with so different needs."""
        m = self.model
        return NeedsAnalysis(DifferingNeeds(m.residents, m.worth, m.distance, m.cost, units=m.units))

    @figure(say("gain of the resident who is worst placed, with the number of units at hand"))
    def edge_gain(self) -> Number:
        """P8.2: g - t / (2 J) - K J / n, at a border between two units."""
        return self._needs.model.gain(ZERO, self.model.units)

    @figure(say("total gain of the residents with the number of units at hand, before coordination"))
    def total(self) -> Number:
        """n (g - t / (4 J)) - K J: the mean distance is 1 / (4 J)."""
        return self._total(self.model.units)

    def _total(self, J: int) -> Number:
        return self.model.residents * self._needs.model.mean_gain(J)

    @figure(say("numbers of units, not rounded, between which everybody gains; none where there is none"))
    def window(self) -> list[Number] | None:
        """(g -+ sqrt(g^2 - 2 t K / n)) / (2 K / n)."""
        low, high = self._needs.window_low, self._needs.window_high
        return None if low is None or high is None else [low, high]

    @figure(say("numbers of units with which everybody gains"))
    def window_units(self) -> list[int]:
        """Whole numbers from 1 to n with an edge gain of at least 0, decided exactly."""
        found = self._needs.window
        return list(range(found[0], found[-1] + 1)) if found else []

    @figure(say("least and largest of these numbers; 0 and 0 where there is none"))
    def window_ends(self) -> list[int]:
        """The window closes from both sides."""
        return [self.window_units[0], self.window_units[-1]] if self.window_units else [0, 0]

    @figure(say("difference of needs above which no number of units, whole or not, lets everybody gain"))
    def heterogeneity_limit(self) -> Number:
        """n g^2 / (2 K)."""
        return self._needs.closing

    @figure(say("number of units, whole or not, with the largest total gain"))
    def best_real(self) -> Number:
        """sqrt(t n / K) / 2."""
        return self._needs.best_units

    @figure(say("whole number of units with the largest total gain; the smaller of two"))
    def best_units(self) -> int:
        """Before coordination."""
        return self._needs.best_whole

    @property
    def certificates(self) -> tuple[dict[str, Any], ...]:
        """That no other number of units, whole or not, from one to a unit for each resident, makes a larger total gain."""
        m = self.model
        best = min(max(self.best_real, Fraction(1)), Fraction(m.residents))
        total = {"units": "residents * (worth - distance / (4 * units)) - cost * units"}
        known = {"residents": Fraction(m.residents), "worth": m.worth, "distance": m.distance, "cost": m.cost}
        return (smooth_certificate(total, known, {"units": best}, {"units": (Fraction(1), Fraction(m.residents))}),)

    @figure(say("cost of the project for each resident"))
    def cost_each(self) -> Number:
        """K J / n."""
        return self.model.cost * self.model.units / self.model.residents

    @figure(say("whether a host is in the standoff window when units compete not to have one shared facility"))
    def standoff(self) -> bool:
        """P1.1: 1 < damage over gain < number of units."""
        return 1 < self.model.damage < self.model.units

    # a unit that keeps up what it built

    @figure(say("members of the largest unit"))
    def largest(self) -> int:
        """ceil(n / J)."""
        return self.model.size(self.model.units)

    @figure(say("least patience that keeps up a rival good in the largest unit; none where it is not worth it"))
    def patience_rival(self) -> Number | None:
        """P3.2 with r = returns / size."""
        return self._rival(self.model.units)

    def _rival(self, J: int) -> Number | None:
        size = self.model.size(J)
        return unit_discount(size, self.model.returns / size, self.model.detection)

    @figure(say("least patience that keeps up a good that is not rival in the largest unit; none where it is not worth it"))
    def patience_public(self) -> Number | None:
        """P3.2 with a fixed return to each: it falls with size."""
        return unit_discount(self.largest, self.model.public_return, self.model.detection)

    @figure(say("how sure each must be of each neighbour for a task that needs all"))
    def belief(self) -> float:
        """P12.1: (c / b)^(1 / (size - 1)); 0 for a unit of one."""
        return self._belief(self.model.units)

    def _belief(self, J: int) -> float:
        size = self.model.size(J)
        return 0.0 if size == 1 else belief_threshold(self.model.effort, self.model.benefit, size)

    # what coordination costs

    @figure(say("cost of coordinating the units"))
    def coordination(self) -> Number:
        """D-20: switching for each pair of units that one of the staff serves, and one report for each unit."""
        return self._load(self.model.units)

    def _load(self, J: int) -> Number:
        few, more = divmod(J, self.model.staff)
        pairs = more * (few + 1) * few // 2 + (self.model.staff - more) * few * (few - 1) // 2
        return self.model.switching * pairs + self.model.reporting * J

    # the design

    @figure(say("numbers of units that pass every test: all gain, keep it up, trust, and have a site"))
    def feasible_units(self) -> list[int]:
        """The window, P3.2 for the rival good, P12.1, and at least one site for each unit."""
        return [J for J in self.window_units if self.model.plots >= J and self._kept_up(J) and self.model.trust >= self._belief(J)]

    def _kept_up(self, J: int) -> bool:
        needed = self._rival(J)
        return needed is not None and self.model.patience >= needed

    @figure(say("number of units with the largest total gain less coordination, of those that pass; none where there is none"))
    def designed(self) -> int | None:
        """By trying each; the smaller of two equal ones."""
        return max(self.feasible_units, key=lambda J: (self._total(J) - self._load(J), -J), default=None)

    @figure(say("total gain less coordination with that number"))
    def designed_total(self) -> Number | None:
        """None where no number passes."""
        return None if self.designed is None else self._total(self.designed) - self._load(self.designed)

    # tenure classes

    @figure(say("worth of a project that makes one unit of all classes suit everybody"))
    def one_unit_needs(self) -> Number:
        """P17.3: t times half the stretch, and K / n: t / 2 + K / n for places from 0 to 1."""
        return self._worth_needed(tuple(range(len(self.model.mix))))

    @figure(say("worth that makes a unit for each class suit everybody"))
    def class_units_need(self) -> Number:
        """P17.3: K over the members of the smallest class; K J / n with equal classes, whatever t."""
        return max(self._worth_needed((k,)) for k in range(len(self.model.mix)))

    def _worth_needed(self, unit: tuple[int, ...]) -> Number:
        m = self.model
        half = (m.places[unit[-1]] - m.places[unit[0]]) / 2
        return m.distance * half + m.cost / (m.residents * sum((m.mix[k] for k in unit), start=ZERO))

    @figure(say("divisions of the classes into units of neighbours with which everybody gains"))
    def unanimous_divisions(self) -> list[str]:
        """Classes 1, 2, ... in the order of their places; units apart by |."""
        return [_written(d) for d in neighbouring(len(self.model.mix)) if all(self.model.worth >= self._worth_needed(unit) for unit in d)]

    @figure(say("the division with the largest total gain of those with which everybody gains; none where there is none"))
    def best_division(self) -> str | None:
        """By trying each; the coarsest of equal ones."""
        able = [d for d in neighbouring(len(self.model.mix)) if all(self.model.worth >= self._worth_needed(unit) for unit in d)]
        return _written(max(able, key=lambda d: (self._worth(d), -len(d)))) if able else None

    @figure(say("total gain of each division, coarsest first"))
    def division_totals(self) -> list[Number]:
        """In the order of cuts, as in :func:`neighbouring`."""
        return [self._worth(d) for d in neighbouring(len(self.model.mix))]

    def _worth(self, division: Division) -> Number:
        m = self.model
        walked = ZERO
        for unit in division:
            middle = (m.places[unit[0]] + m.places[unit[-1]]) / 2
            walked += sum((m.mix[k] * abs(m.places[k] - middle) for k in unit), start=ZERO)
        return m.residents * (m.worth - m.distance * walked) - m.cost * len(division)

    @figure(say("hours that the whole community gives"))
    def community_hours(self) -> Number:
        """The sum over classes."""
        m = self.model
        return m.residents * sum((w * h for w, h in zip(m.mix, m.hours)), start=ZERO)

    @figure(say("hours that each unit gives, a unit for each class"))
    def unit_hours(self) -> list[Number]:
        """Their sum is that of the community, and so it is for any division."""
        m = self.model
        return [m.residents * w * h for w, h in zip(m.mix, m.hours)]

    @figure(say("how unequally residents take part: Gini of their hours; none where nobody does"))
    def participation_gini(self) -> Number | None:
        """D-16, residents of a class alike."""
        shares = [Fraction(w) for w in self.model.mix]
        common = lcm(*(w.denominator for w in shares))
        return gini([int(w * common) for w in shares], self.model.hours)


def _written(division: Division) -> str:
    return "|".join("+".join(str(k + 1) for k in unit) for unit in division)
