"""Why a change that most would gain by is voted down (Fernandez and Rodrik 1991)."""

from __future__ import annotations

from ...games.exact import Number
from ...games.message import say
from ...games.organisation.uncertain_reform import UncertainReform
from .analysis import Analysis, figure


class ReformAnalysis(Analysis[UncertainReform]):
    """Everybody votes for what it expects to be better, which no other vote is ever better than; who expects nothing either way keeps what
    there is. It passes with more than half of all."""

    @figure(say("what one who does not know expects of the change; none where there is nobody"))
    def expected(self) -> Number | None:
        """(hidden winners * gain - losers * loss) / others."""
        m = self.model
        return (m.hidden_winners * m.gain - m.losers * m.loss) / m.others if m.others else None

    @figure(say("votes for it before anybody knows"))
    def yes_before(self) -> int:
        """The known winners, and all others if they expect a gain."""
        return self.model.known + (self.model.others if self.expected is not None and self.expected > 0 else 0)

    @figure(say("votes for it once all know"))
    def yes_after(self) -> int:
        """All winners."""
        return self.model.known + self.model.hidden_winners

    @figure(say("whether it passes before anybody knows"))
    def passes_before(self) -> bool:
        """More than half."""
        return 2 * self.yes_before > self.model.voters

    @figure(say("whether it would be kept once all know"))
    def passes_after(self) -> bool:
        """More than half."""
        return 2 * self.yes_after > self.model.voters

    @figure(say("what all gain together by the change"))
    def total(self) -> Number:
        """Winners' gains less losers' losses."""
        m = self.model
        return self.yes_after * m.gain - m.losers * m.loss

    @figure(say("whether a change that a majority would keep is never tried"))
    def stuck(self) -> bool:
        """Down before, up after: status quo bias. The other way round it is tried and repealed."""
        return self.passes_after and not self.passes_before

    @figure(say("pay to each who turns out to lose above which those who do not know vote for it; none where there is nobody who loses"))
    def least_insurance(self) -> Number | None:
        """loss - gain * hidden winners / losers, 0 if they vote for it anyway."""
        m = self.model
        return max(0 * m.loss, m.loss - m.gain * m.hidden_winners / m.losers) if m.losers else None

    @figure(say("whether the winners can pay that and still gain together"))
    def insurable(self) -> bool:
        """The winners' gains exceed the pay of all losers."""
        owed = 0 if self.least_insurance is None else self.model.losers * self.least_insurance
        return self.yes_after * self.model.gain > owed


__all__ = ["ReformAnalysis"]
