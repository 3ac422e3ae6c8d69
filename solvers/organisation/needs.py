"""Into how many units a district can be divided so that everybody gains (ATLAS P8.2, D-22)."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import Any

from ...games.exact import Number, root
from ...games.maximin import maximin_lottery
from ...games.message import say
from ...games.organisation.needs import DifferingNeeds
from ..solution import Solution
from ..solve import solve
from .analysis import Analysis, figure
from .written import certified

MOST_LISTED = 1_000  # numbers of units listed
WRITTEN = 4  # numbers of units of the game written out


class NeedsAnalysis(Analysis[DifferingNeeds]):
    """The resident at a border of its unit gains least, g - t' / (2 J) - K J / n with t' = t (1 - share / 2); it is concave in J, so that
    the numbers of units at which everybody gains are an interval, and its ends the roots of (K / n) J^2 - g J + t' / 2."""

    @property
    def _weight(self) -> Number:
        """t': how much differences count once everybody's mean gain counts too."""
        return self.model.difference * (1 - self.model.share / 2)

    @cached_property
    def _discriminant(self) -> Number:
        m = self.model
        return m.worth**2 - 2 * self._weight * m.fee

    def _least(self, units: int) -> Number:
        """What the resident at a border counts."""
        m = self.model
        return m.worth - self._weight / (2 * units) - m.fee * units

    # the window

    @figure(say("whether some number of units, whole or not, lets everybody gain"))
    def possible(self) -> bool:
        """g^2 >= 2 t' K / n, decided without roots; something must be worth doing."""
        return self._discriminant >= 0 and self.model.worth > 0

    @figure(say("least number of units, whole or not, at which everybody gains; none if none"))
    def window_low(self) -> Number | None:
        """(g - root) / (2 K / n)."""
        return (self.model.worth - root(self._discriminant)) / (2 * self.model.fee) if self.possible else None

    @figure(say("largest number of units, whole or not, at which everybody gains; none if none"))
    def window_high(self) -> Number | None:
        """(g + root) / (2 K / n)."""
        return (self.model.worth + root(self._discriminant)) / (2 * self.model.fee) if self.possible else None

    @figure(say("whole numbers of units at which everybody gains; the ends alone where there are very many"))
    def window(self) -> list[int]:
        """Decided exactly, between 1 and the number of residents."""
        low, high = self._ends
        return [] if low > high else list(range(low, high + 1)) if high - low < MOST_LISTED else [low, high]

    @cached_property
    def _ends(self) -> tuple[int, int]:
        """Least and largest whole number of units at which the resident at a border gains; (1, 0) if there is none."""
        peak = self._fairest
        if self._least(peak) < 0:
            return 1, 0
        return self._edge(1, peak), self._edge(self.model.residents, peak)

    def _edge(self, far: int, near: int) -> int:
        """The furthest number from ``near`` towards ``far`` at which everybody gains, by bisection on a concave function."""
        if self._least(far) >= 0:
            return far
        while abs(far - near) > 1:
            middle = (far + near) // 2
            far, near = (far, middle) if self._least(middle) >= 0 else (middle, near)
        return near

    @figure(say("how many whole numbers of units let everybody gain"))
    def room(self) -> int:
        """0: nothing can be agreed."""
        low, high = self._ends
        return max(0, high - low + 1)

    @figure(say("largest less least number of units at which everybody gains; none if none"))
    def spread(self) -> int | None:
        """D-22."""
        low, high = self._ends
        return high - low if high >= low else None

    @figure(say("difference of needs above which no number of units, whole or not, lets everybody gain"))
    def closing(self) -> Number:
        """t-bar = n g^2 / (2 K), over 1 - share / 2."""
        return self.model.worth**2 / (2 * self.model.fee) / (1 - self.model.share / 2)

    @figure(say("the same for whole numbers of units"))
    def closing_whole(self) -> Number:
        """max over J of 2 J (g - K J / n), at a whole number next to g n / (2 K); 0 where not even like needs are worth one project."""
        m = self.model
        middle = int(m.worth / (2 * m.fee))
        tried = {min(max(J, 1), m.residents) for J in (middle, middle + 1)}
        return max(0 * m.worth, max(2 * J * (m.worth - m.fee * J) for J in tried)) / (1 - m.share / 2)

    # what would be best

    @figure(say("number of units, whole or not, with the largest total gain"))
    def best_units(self) -> Number:
        """J* = root(t n / K) / 2."""
        return root(self.model.difference / self.model.fee) / 2

    @figure(say("whole number of units with the largest total gain; the smaller of two"))
    def best_whole(self) -> int:
        """The mean gain is concave in J: a whole number next to J*, never fewer than 1 or more than residents."""
        near = int(self.best_units)
        tried = {min(max(J, 1), self.model.residents) for J in range(near - 1, near + 3)}
        return max(tried, key=lambda J: (self.model.mean_gain(J), -J))

    @figure(say("whether everybody gains with the number that is best in total"))
    def best_is_unanimous(self) -> bool:
        """Whether it lies in the window."""
        low, high = self._ends
        return low <= self.best_whole <= high

    @figure(say("mean gain with the number that is best in total"))
    def best_mean_gain(self) -> Number:
        """g - t / (4 J) - K J / n."""
        return self.model.mean_gain(self.best_whole)

    @figure(say("whole number of units that is best for whoever gains least; the smaller of two"))
    def fairest_units(self) -> int:
        """Next to root(t' n / (2 K))."""
        return self._fairest

    @cached_property
    def _fairest(self) -> int:
        near = int(root(self._weight / (2 * self.model.fee)))
        tried = {min(max(J, 1), self.model.residents) for J in range(near - 1, near + 3)}
        return max(tried, key=lambda J: (self._least(J), -J))

    @figure(say("what whoever gains least gains with that number"))
    def fairest_gain(self) -> Number:
        """g - t' / (2 J) - K J / n."""
        return self._least(self._fairest)

    # the number at hand

    @figure(say("least gain with the number of units at hand"))
    def least_gain(self) -> Number:
        """At a border."""
        return self._least(self.model.units)

    @figure(say("mean gain with the number of units at hand"))
    def mean_gain(self) -> Number:
        """g - t / (4 J) - K J / n."""
        return self.model.mean_gain(self.model.units)

    # remedies

    @figure(say("difference of needs up to which everybody can gain if those near the project pay those far from it"))
    def closing_paid(self) -> Number:
        """n g^2 / K: the mean distance counts, half of the largest."""
        return self.model.worth**2 / self.model.fee

    @figure(say("what whoever gains least gains from two projects decided together, where who is far from the one is near the other"))
    def package_gain(self) -> Number:
        """With the number of units at hand; needs of the second lie half a unit further along within the unit. What a resident gains of
        both is linear between a border, the middle and the next border, so that these stand for all."""
        m = self.model
        places = [(Fraction(0), Fraction(1, 2)), (Fraction(1, 4), Fraction(3, 4)), (Fraction(1, 2), Fraction(1))]
        both = [(m.gain(x / m.units, m.units), m.gain(y / m.units, m.units)) for x, y in places]
        return min(first + second for first, second in both)

    @figure(say("the same if two projects are decided together, and who is far from the one is near the other"))
    def closing_package(self) -> Number:
        """``package_gain`` is twice the mean gain: the two distances sum to half a unit for everybody, so that it is as with pay."""
        return self.closing_paid

    @figure(say("what whoever gains least expects of the best lottery over numbers of units"))
    def lottery_gain(self) -> Number:
        """Whoever is at the end of the line is at a border in every design, and gains least in each: a lottery over designs is no better
        than the best of them, or than nothing. Found again by linear program where the designs up to the best one are written out."""
        if self._fairest > WRITTEN:
            return max(0 * self.model.worth, self.fairest_gain)
        return maximin_lottery(self.model.game(WRITTEN)).value

    @cached_property
    def _solution(self) -> Solution:
        return solve(self.model.game())

    @figure(say("numbers of units that all consent to in some equilibrium, of those written out; x0 is doing nothing"))
    def agreed(self) -> list[str]:
        """Solved with a veto for everybody."""
        return list(self._solution.outcomes or ())

    @property
    def certificates(self) -> tuple[dict[str, Any], ...]:
        """That these and no others are equilibria of consent."""
        return certified(self._solution)


__all__ = ["NeedsAnalysis"]
