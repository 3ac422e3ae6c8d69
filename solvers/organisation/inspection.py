"""How much patrol it takes, at once and by commitment, and what happens when it is withdrawn (ATLAS P11.1 to P11.3)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cached_property
from typing import Any

from ...games.exact import Number
from ...games.inspection import patrol_needed
from ...games.message import say
from ...games.organisation.inspection import ReportedInspection
from ..solution import Solution
from ..solve import solve
from .analysis import Analysis, figure

ZERO = Fraction(0)


class InspectionAnalysis(Analysis[ReportedInspection]):
    """All equilibria are those of the bimatrix game, found by extreme-point enumeration; where they are many, a figure that is not the same
    in all of them is None. Commitment is the strong Stackelberg equilibrium: a landlord who is indifferent complies.
    """

    @cached_property
    def _nash(self) -> Solution:
        return solve(self.model.game(), "nash")

    @cached_property
    def _leading(self) -> Solution:
        return solve(self.model.game(), "stackelberg")

    @cached_property
    def _wary(self) -> Solution:
        return solve(self.model.game(), "stackelberg", follower="pessimistic")

    @figure(say("probability of detection at which breaking the rule stops to pay"))
    def deterring(self) -> Number:
        """gain / (gain + fine) (P11.1)."""
        return self.model.deterring

    @figure(say("probabilities of patrol and of a violation in every extreme equilibrium"))
    def equilibria(self) -> list[list[Number]]:
        """All equilibria are these, and mixtures within their components."""
        return [[e.profile[0][0], e.profile[1][0]] for e in self._nash.equilibria]

    @figure(say("whether there is only one equilibrium"))
    def unique(self) -> bool:
        """The enumeration is complete."""
        return self._nash.complete and len(self._nash.equilibria) == 1

    @figure(say("probability of patrol in equilibrium"))
    def inspect(self) -> Number | None:
        """max(0, (deterring - reports) / (1 - reports)) where the loss is worth a patrol (P11.2)."""
        return _same([x for x, _ in self.equilibria])

    @figure(say("probability of a violation in equilibrium"))
    def violate(self) -> Number | None:
        """cost / (loss (1 - reports)) where the loss is worth a patrol (P11.1)."""
        return _same([y for _, y in self.equilibria])

    @figure(say("what the inspector loses in equilibrium"))
    def equilibrium_cost(self) -> Number | None:
        """Patrols and undetected violations."""
        return _same([-e.payoffs[0] for e in self._nash.equilibria])

    @figure(say("probability of patrol that just deters, with the residents' reports"))
    def needed(self) -> Number:
        """The least x with x + (1 - x) reports >= deterring (P11.2)."""
        m = self.model
        return patrol_needed(m.gain, m.fine, m.reports)

    @figure(say("probability of reports from which no patrol is needed"))
    def enough_reports(self) -> Number:
        """deterring."""
        return self.model.deterring

    @figure(say("fine from which no patrol is needed at these reports"))
    def enough_fine(self) -> Number | None:
        """gain (1 - reports) / reports; None without reports."""
        m = self.model
        return m.gain * (1 - m.reports) / m.reports if m.reports else None

    @figure(say("probability of patrol that the inspector best commits to"))
    def committed(self) -> Number | None:
        """needed, or 0 where that would cost more than the violations; None where both are as good."""
        return _same([e.profile[0][0] for e in self._leading.equilibria])

    @figure(say("probability of a violation under that commitment"))
    def committed_violation(self) -> Number | None:
        """0 where patrols are worth their cost (P11.3)."""
        return _same([e.profile[1][0] for e in self._leading.equilibria])

    @figure(say("what the inspector loses under that commitment"))
    def committed_cost(self) -> Number:
        """min(cost needed, (1 - reports) loss)."""
        return -self._leading.equilibria[0].payoffs[0]

    @figure(say("what it loses at least if an indifferent landlord breaks the rule; it can come as near as it likes"))
    def wary_cost(self) -> Number:
        """The same: a patrol a little above what is needed leaves nobody indifferent."""
        return -self._wary.equilibria[0].payoffs[0]

    @figure(say("what commitment saves the inspector"))
    def commitment_gain(self) -> Number | None:
        """equilibrium_cost - committed_cost; None where equilibria differ."""
        return None if self.equilibrium_cost is None else self.equilibrium_cost - self.committed_cost

    @figure(say("what is detected once the patrol is withdrawn"))
    def left_detection(self) -> Number:
        """The reports that are left."""
        return self.model.left

    @figure(say("whether violations return once the patrol is withdrawn"))
    def returns(self) -> bool:
        """left < deterring: then breaking the rule pays at once. At left = deterring the landlord is indifferent and is taken to comply."""
        return self.model.left < self.deterring

    @figure(say("whether a landlord is just indifferent once the patrol is withdrawn"))
    def indifferent(self) -> bool:
        """left = deterring."""
        return self.model.left == self.deterring

    @property
    def certificates(self) -> tuple[dict[str, Any], ...]:
        """All equilibria, and the commitment for either kind of landlord."""
        return tuple(s.certificate for s in (self._nash, self._leading, self._wary) if s.certificate is not None)


def _same(values: Sequence[Number]) -> Number | None:
    """The one value that all have; None if they differ."""
    return values[0] if len(set(values)) == 1 else None
