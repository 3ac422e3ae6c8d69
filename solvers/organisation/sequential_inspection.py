"""What a few visits over many periods are worth, and when to make the first (Dresher 1962)."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from itertools import accumulate
from math import comb
from typing import Any

from ...games.exact import Number
from ...games.message import say
from ...games.organisation.sequential_inspection import SequentialInspection
from ..solution import Solution
from ..solve import solve
from .analysis import Analysis, figure


class SequentialAnalysis(Analysis[SequentialInspection]):
    """By recursion over zero-sum games of two by two actions, one for every pair of periods and visits left; the value of a zero-sum game
    is the same in all equilibria (von Neumann 1928).
    """

    @cached_property
    def _values(self) -> list[list[Number]]:
        return self.model.values()

    @cached_property
    def _first(self) -> Solution:
        return solve(self.model.game(), "nash")

    @figure(say("what the visits are worth to the inspector, breaches that are missed counted as losses"))
    def value(self) -> Number:
        """I(n, m)."""
        return self._values[-1][-1]

    @figure(say("the same by the published formula, where a breach caught counts as much as one missed"))
    def published(self) -> Number | None:
        """-missed C(n - 1, m) / sum_{i <= m} C(n, i); None for other payoffs."""
        m, n, k = self.model, self.model.periods, self.model.visits
        if m.caught != m.missed:
            return None
        return -m.missed * Fraction(comb(n - 1, k), sum(comb(n, i) for i in range(min(k, n) + 1)))

    @figure(say("what 0, 1, 2 and more visits are worth, up to those there are"))
    def value_by_visits(self) -> list[Number]:
        """I(n, 0), ..., I(n, m)."""
        return list(self._values[-1])

    @figure(say("what one visit more would be worth"))
    def next_visit(self) -> Number:
        """I(n, m + 1) - I(n, m)."""
        m = self.model
        more = type(m)(m.periods, m.visits + 1, m.caught, m.missed).values()
        return more[-1][min(m.visits + 1, m.periods)] - self.value

    @figure(say("probability of a visit in the first period"))
    def visit_now(self) -> Number | None:
        """In the first period's game with the rest in place; None where it is not the same in all equilibria."""
        if not self.model.visits:
            return Fraction(0)
        return _same([e.profile[0][0] for e in self._first.equilibria])

    @figure(say("probability of a breach in the first period"))
    def breach_now(self) -> Number | None:
        """In the first period's game with the rest in place; None where it is not the same in all equilibria."""
        return _same([e.profile[1][1] for e in self._first.equilibria])

    @property
    def certificates(self) -> tuple[dict[str, Any], ...]:
        """The first period's equilibria, the rest in place."""
        return () if self._first.certificate is None else (self._first.certificate,)


def _same(values: list[Number]) -> Number | None:
    return values[0] if len(set(values)) == 1 else None


def dresher_values(periods: int, visits: int) -> list[Fraction]:
    """The published values for 0 to ``visits`` visits in ``periods``, all at once: a second way (Dresher 1962)."""
    sums = accumulate(comb(periods, i) for i in range(visits + 1))
    return [-Fraction(comb(periods - 1, m), total) for m, total in enumerate(sums)]
