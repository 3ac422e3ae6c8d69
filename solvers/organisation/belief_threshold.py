"""When it is worth doing one's part where a single careless household spoils it (ATLAS P12.1 to P12.3, weakest link)."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import Any

from ...games.exact import Number
from ...games.mechanisms.divide_and_conquer import subsidies_alike
from ...games.message import say
from ...games.organisation.belief_threshold import BeliefThreshold
from ..dynamics.cascade import belief_threshold
from ..solution import Solution
from ..solve import solve
from .acting import acting_counts, stable_counts
from .analysis import Analysis, figure

MOST_LOOKED = 1000  # households up to which units are looked at


class BeliefAnalysis(Analysis[BeliefThreshold]):
    """The others' doing their part is worth ``benefit belief^(g-1)`` to one who does its own (ATLAS F-P12.1)."""

    @figure(say("how sure a household must be of each neighbour for doing its part to pay"))
    def threshold(self) -> float:
        """(cost / benefit)^(1 / (households - 1))."""
        m = self.model
        return belief_threshold(m.cost, m.benefit, m.households)

    @figure(say("how sure it would have to be of the one neighbour in a unit of two"))
    def threshold_of_two(self) -> Number:
        """cost / benefit."""
        return self.model.cost / self.model.benefit

    @figure(say("whether a household of that belief does its part"))
    def acts(self) -> bool:
        """benefit belief^(g-1) >= cost, decided exactly; at equality it may."""
        m = self.model
        return m.benefit * m.belief ** (m.households - 1) >= m.cost

    @figure(say("households of the largest unit in which that belief is enough"))
    def largest_unit(self) -> int | None:
        """None if it is enough in every unit that is looked at (up to 1000 households)."""
        m = self.model
        sure: Number = m.belief / m.belief if m.belief else Fraction(1)
        for size in range(1, MOST_LOOKED):
            sure = sure * m.belief  # of all neighbours in a unit of size + 1
            if m.benefit * sure < m.cost:
                return size
        return None

    @cached_property
    def _pure(self) -> Solution:
        return solve(self.model.game(), "pure")

    @figure(say("households that do their part in pure equilibria"))
    def counts(self) -> list[int]:
        """All of them, by counting."""
        return acting_counts(self._pure)

    @figure(say("what each household gains when all do their part"))
    def gain(self) -> Number:
        """benefit - cost."""
        return self.model.benefit - self.model.cost

    @cached_property
    def _logit(self) -> Solution:
        return solve(self.model.game(), "stochastically-stable", dynamics="logit")

    @figure(say("households that do their part in the long run, if mistakes are rarer the more they cost"))
    def long_run(self) -> list[int]:
        """Where the potential ``benefit 1[m = g] - cost m`` is largest (Blume 1993)."""
        return stable_counts(self._logit)

    @figure(say("whether all then do their part"))
    def long_run_acts(self) -> bool:
        """In every state that remains; so iff g cost < benefit, or acting costs nothing."""
        return self.long_run == [self.model.households]

    @figure(say("subsidies that leave only the equilibrium in which all do their part, one after another"))
    def subsidies(self) -> list[Number]:
        """Infima: cost to all but the last, who is convinced by the others (Segal 2003; Winter 2004)."""
        return list(subsidies_alike(self.model.game()))

    @figure(say("what these subsidies cost together"))
    def subsidy_total(self) -> Number:
        """cost (households - 1)."""
        return sum(self.subsidies, start=Fraction(0))

    def paid_counts(self, paid: int) -> list[int]:
        """How many do their part in pure equilibria when so many are paid cost + margin, the rest the margin."""
        return acting_counts(self._solved(paid))

    def _solved(self, paid: int) -> Solution:
        answers = self.known.setdefault("solved", {})
        if paid not in answers:
            answers[paid] = solve(self.model.subsidised(paid), "pure")
        return answers[paid]

    @figure(say("households that do their part in equilibria once these are paid"))
    def with_subsidies(self) -> list[int]:
        """All, and it is the only equilibrium, mixed ones included: acting is dominant for the paid, then for the last."""
        return self.paid_counts(self.model.households - 1)

    @figure(say("the same if one household fewer is paid"))
    def with_one_fewer(self) -> list[int]:
        """Two unpaid households may still wait for each other, unless acting costs nothing."""
        return self.paid_counts(self.model.households - 2)

    @property
    def certificates(self) -> tuple[dict[str, Any], ...]:
        """Equilibria with and without subsidies, and the long run."""
        found = (self._pure, self._logit, self._solved(self.model.households - 1), self._solved(self.model.households - 2))
        return tuple(answer.certificate for answer in found if answer.certificate is not None)
