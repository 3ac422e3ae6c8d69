"""What tiers of leaders spare the one on top, and what they cost in clarity (ATLAS D-20)."""

from __future__ import annotations

from ...games.exact import Number
from ...games.message import say
from ...games.organisation.resident_tiers import ResidentTiers
from .analysis import Analysis, figure


class TiersAnalysis(Analysis[ResidentTiers]):
    """A tree in which every leader of a tier leads as many as its span says."""

    @figure(say("residents at the bottom"))
    def reached(self) -> int:
        """The product of the spans."""
        return self.model.residents

    @figure(say("leaders in each tier, from the bottom up"))
    def leaders(self) -> list[int]:
        """Residents over the first span, these over the second, and so on; 1 at the top."""
        counts, left = list[int](), self.model.residents
        for span in self.model.spans:
            left //= span
            counts.append(left)
        return counts

    @figure(say("tiers"))
    def tiers(self) -> int:
        """How many spans there are."""
        return len(self.model.spans)

    @figure(say("people whom the one on top deals with"))
    def load_on_top(self) -> int:
        """The last span."""
        return self.model.spans[-1]

    @figure(say("people whom it would deal with without the tiers"))
    def load_without(self) -> int:
        """Everybody."""
        return self.model.residents

    @figure(say("probability that a message from below arrives unchanged"))
    def clarity(self) -> Number:
        """fidelity ^ tiers."""
        return self.model.fidelity ** len(self.model.spans)
