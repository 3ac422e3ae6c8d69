"""What suppliers leave undone who share the credit, and what a hub changes (ATLAS P8.3, M-37)."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import Any

from ...games.errors import SizeError
from ...games.exact import Number
from ...games.message import say
from ...games.organisation.duplication import Duplication
from ..solution import Solution
from ..solve import solve
from .analysis import Analysis, figure
from .written import certified

MOST_WRITTEN = 20_000  # ways to share out the suppliers among needs
ZERO = Fraction(0)


class DuplicationAnalysis(Analysis[Duplication]):
    """Shared credit: counts c are an equilibrium iff every v_k / c_k served is at least every v_k / (c_k + 1), that is, iff the suppliers
    hold the n largest of all quotients v_k / j (as seats are given by D'Hondt). Only quotients equal to the n-th leave a choice."""

    @cached_property
    def _solved(self) -> dict[bool, Solution | None]:
        return {hub: self._solve(hub) for hub in (False, True)}

    def _solve(self, hub: bool) -> Solution | None:
        from ...games.counted_game import ways

        try:
            return solve(self.model.game(hub)) if ways(self.model.suppliers, len(self.model.values)) <= MOST_WRITTEN else None
        except SizeError:
            return None

    def _counts(self, hub: bool) -> list[tuple[int, ...]] | None:
        """Suppliers by need in every pure equilibrium, the largest first."""
        found = self._solved[hub]
        if found is None or not found.complete:
            return None
        needs = range(len(self.model.values))
        return sorted(
            (tuple(sum(g["players"] * int(g["strategy"][k]) for g in e.profile) for k in needs) for e in found.equilibria), reverse=True
        )

    @figure(say("suppliers by need in every equilibrium where credit is shared; none where there are too many to try"))
    def equilibria(self) -> list[list[int]] | None:
        """Solved."""
        found = self._counts(hub=False)
        return None if found is None else [list(counts) for counts in found]

    @figure(say("suppliers by need in every equilibrium with the hub; none where there are too many to try"))
    def hub_equilibria(self) -> list[list[int]] | None:
        """Solved."""
        found = self._counts(hub=True)
        return None if found is None else [list(counts) for counts in found]

    @cached_property
    def _level(self) -> Number:
        """The n-th largest of all quotients v_k / j."""
        from heapq import heapify, heapreplace

        heads = [(-v, k, 1) for k, v in enumerate(self.model.values)]
        heapify(heads)
        for _ in range(self.model.suppliers - 1):
            _, k, j = heads[0]
            heapreplace(heads, (-self.model.values[k] / (j + 1), k, j + 1))
        return -heads[0][0]

    @cached_property
    def _taken(self) -> list[tuple[Number, int, bool]]:
        """By need its value, how many of its quotients exceed the n-th, and whether one equals it."""
        return [(v, *_beside(v, self._level)) for v in self.model.values]

    def _served(self, fresh: int) -> Number:
        """The value of needs with a quotient above the n-th, and of ``fresh`` needs whose first quotient it is."""
        return sum((v for v, above, _ in self._taken if above), start=ZERO) + fresh * self._level

    @property
    def _left(self) -> int:
        """Suppliers who hold a quotient equal to the n-th."""
        return self.model.suppliers - sum(above for _, above, _ in self._taken)

    @figure(say("value of the needs that are served in the worst equilibrium"))
    def worst_value(self) -> Number:
        """Those who hold a quotient equal to the n-th serve what is served already, as far as there are such quotients."""
        again = sum(tied and above > 0 for _, above, tied in self._taken)
        return self._served(max(0, self._left - again))

    @figure(say("value of the needs that are served in the best equilibrium"))
    def best_equilibrium_value(self) -> Number:
        """They serve as many new needs as they can."""
        return self._served(min(self._left, sum(tied and not above for _, above, tied in self._taken)))

    @figure(say("largest value that the suppliers can serve"))
    def best_value(self) -> Number:
        """One on each of the most valuable needs."""
        return sum(sorted(self.model.values, reverse=True)[: self.model.suppliers], start=ZERO)

    @figure(say("largest value over that of the worst equilibrium"))
    def price_of_anarchy(self) -> Number:
        """Below 2 (Vetta 2002)."""
        return self.best_value / self.worst_value

    @figure(say("value of the needs left undone in the worst equilibrium that the suppliers could serve"))
    def wasted(self) -> Number:
        """Largest less worst value."""
        return self.best_value - self.worst_value

    @figure(say("least value that is served in an equilibrium with the hub"))
    def hub_value(self) -> Number:
        """The largest value: a supplier that adds nothing would rather serve a need that nobody serves, and one that adds less would
        rather serve the more valuable one."""
        found = self._counts(hub=True)
        return self.best_value if found is None else min(self.model.served(counts) for counts in found)

    @figure(say("credits that the hub pays at most in an equilibrium"))
    def hub_credits(self) -> Number:
        """The value of needs that exactly one serves: never more than what is served. Suppliers for whom no need is left crowd on one that
        is worth nothing, or else on the one worth least."""
        least = min(self.model.values)
        return self.best_value if self.model.suppliers <= len(self.model.values) else self.best_value - least

    @property
    def certificates(self) -> tuple[dict[str, Any], ...]:
        """All pure equilibria of both games, where they were solved."""
        return certified(*self._solved.values())


def _beside(value: Number, level: Number) -> tuple[int, bool]:
    """How many of the quotients of ``value`` exceed ``level``, and whether the next one equals it."""
    above = int(value / level)
    while above and value / above <= level:
        above -= 1
    while value / (above + 1) > level:
        above += 1
    return above, value / (above + 1) == level


__all__ = ["DuplicationAnalysis"]
