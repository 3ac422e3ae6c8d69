"""What departments make of one committee's attention, and what would be best (ATLAS P5.1 to P5.5)."""

from __future__ import annotations

from typing import Any

from ...games.exact import Number
from ...games.message import say
from ...games.organisation.attention_commons import AttentionCommons
from .analysis import Analysis, figure
from .smooth import smooth_certificate


class AttentionAnalysis(Analysis[AttentionCommons]):
    """The only equilibrium: every department's worth is strictly concave in its own groups, and the sum of the first-order conditions
    fixes G, so that all demand alike (a Cournot commons; Cournot 1838, Gordon 1954)."""

    @figure(say("groups that one department demands in equilibrium"))
    def each(self) -> Number:
        """g = (1 - fee/worth) / (share (m + 1)), from worth (1 - share G - share g) = fee."""
        m = self.model
        return (1 - m.fee / m.worth) / (m.share * (m.departments + 1))

    @figure(say("groups that all departments demand together in equilibrium"))
    def total(self) -> Number:
        """G = m g."""
        return self.model.departments * self.each

    @figure(say("groups that would be worth most to all departments together"))
    def best_total(self) -> Number:
        """G (1 - share G) is largest at half of what the committee could bear."""
        return 1 / (2 * self.model.share)

    @figure(say("share of the committee's time left for its own task"))
    def residual(self) -> Number:
        """1 - share G: 1/(m + 1) without a fee."""
        return 1 - self.model.share * self.total

    @figure(say("share that would be left at the best number of groups"))
    def best_residual(self) -> Number:
        """One half."""
        return 1 - self.model.share * self.best_total

    @figure(say("worth of the best number of groups over that of the equilibrium"))
    def price_of_anarchy(self) -> Number | None:
        """(m + 1)^2 / (4 m) without a fee; None where nothing is demanded."""
        m = self.model
        worth = m.worth * self.total * self.residual
        return m.worth * self.best_total * self.best_residual / worth if worth else None

    @figure(say("fee a group at which departments demand the best number"))
    def best_fee(self) -> Number:
        """worth (m - 1) / (2 m)."""
        m = self.model
        return m.worth * (m.departments - 1) / (2 * m.departments)

    @figure(say("mean time a resident's request waits and is served, in services of a free committee"))
    def delay(self) -> Number | None:
        """1 / (residual - requests), an M/M/1 queue; None where requests arrive faster than they are served."""
        free = self.residual - self.model.requests
        return 1 / free if free > 0 else None

    @figure(say("number of departments from which requests pile up without end"))
    def overload_from(self) -> Number | None:
        """m >= 1 / requests - 1; None where nothing is requested."""
        return 1 / self.model.requests - 1 if self.model.requests else None

    @property
    def certificates(self) -> tuple[dict[str, Any], ...]:
        """That no department gains by any other number of groups."""
        m = self.model
        names = [f"g{k + 1}" for k in range(m.departments)]
        payoffs = {name: f"{name} * (worth * (1 - share * ({' + '.join(names)})) - fee)" for name in names}
        constants = {"worth": m.worth, "share": m.share, "fee": m.fee}
        return (smooth_certificate(payoffs, constants, dict.fromkeys(names, self.each), dict.fromkeys(names, (0, None))),)
