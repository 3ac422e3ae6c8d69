"""How large communities make a good that others pay for, and which local share makes it the right size (ATLAS P9.1, P9.2)."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from ...games.exact import Number
from ...games.message import say
from ...games.organisation.grant_budget import GrantBudget
from .analysis import Analysis, figure
from .smooth import smooth_certificate

ZERO = Fraction(0)
MOST_CERTIFIED = 20  # communities whose payoffs a certificate writes out


class BudgetAnalysis(Analysis[GrantBudget]):
    """What a community chooses does not depend on what others do: ``2 worth s - own_share s^2`` in the root s of its size is strictly
    concave, so that s = worth / own_share is strictly dominant and the equilibrium is the only one.
    """

    @figure(say("what a community pays of one more unit of its own good, taxes for the grant included"))
    def own_share(self) -> Number:
        """share + (1 - share) tax / n."""
        return self.model.own_share

    @figure(say("sizes that the communities choose"))
    def sizes(self) -> list[Number]:
        """(worth / own_share)^2 each."""
        return [(theta / self.own_share) ** 2 for theta in self.model.worths]

    @figure(say("best sizes for all together"))
    def best_sizes(self) -> list[Number]:
        """((1 + spill) worth)^2 each."""
        return [r * r for r in self.model.goods.best]

    @figure(say("size that the first community chooses"))
    def size(self) -> Number:
        """Of the first."""
        return self.sizes[0]

    @figure(say("best size for the first community's good"))
    def best_size(self) -> Number:
        """Of the first."""
        return self.best_sizes[0]

    @figure(say("how many times the best size is chosen"))
    def factor(self) -> Number:
        """1 / (own_share (1 + spill))^2, the same in all: n^2 where only taxes are paid and nothing spills over (P9.1)."""
        return 1 / (self.own_share * (1 + self.model.spill)) ** 2

    @figure(say("what is spent on all goods together"))
    def spending(self) -> Number:
        """The sum of sizes."""
        return sum(self.sizes, start=ZERO)

    @figure(say("what would be spent at the best sizes"))
    def best_spending(self) -> Number:
        """The sum of best sizes."""
        return sum(self.best_sizes, start=ZERO)

    @figure(say("what grants come to"))
    def grants(self) -> Number:
        """(1 - share) of all that is spent."""
        return (1 - self.model.share) * self.spending

    @figure(say("what the goods are worth to all, less what they cost"))
    def net(self) -> Number:
        """sum 2 (1 + spill) worth s - s^2."""
        gains = [2 * (1 + self.model.spill) * theta * theta / self.own_share for theta in self.model.worths]
        return sum(gains, start=ZERO) - self.spending

    @figure(say("what they would be worth, less what they cost, at the best sizes"))
    def best_net(self) -> Number:
        """The sum of best sizes."""
        return self.model.goods.most

    @figure(say("share of the best net worth that is lost"))
    def lost(self) -> Number:
        """1 - net / best_net; above 1 where the goods cost more than they are worth."""
        return 1 - self.net / self.best_net

    @figure(say("local share at which the sizes would be the best ones if the grant came from elsewhere"))
    def untaxed_share(self) -> Number:
        """1 / (1 + spill) (P9.2)."""
        return 1 / (1 + self.model.spill)

    @figure(say("local share at which the sizes are the best ones, taxes taken into account"))
    def best_share(self) -> Number | None:
        """(1 / (1 + spill) - tax / n) / (1 - tax / n): below 1 / (1 + spill) where the communities feel the taxes; None where taxes
        alone are too much already.
        """
        felt = self.model.tax / self.model.communities
        needed = self.untaxed_share - felt
        return needed / (1 - felt) if needed >= 0 else None

    @property
    def certificates(self) -> tuple[dict[str, Any], ...]:
        """That no community gains by another size, in roots s of sizes; for up to ``MOST_CERTIFIED`` communities."""
        m, n = self.model, self.model.communities
        if n > MOST_CERTIFIED:
            return ()
        names = [f"s{c + 1}" for c in range(n)]
        worths = {f"worth{c + 1}": theta for c, theta in enumerate(m.worths)}
        all_sizes = " + ".join(f"{s}**2" for s in names)
        gains = [f"2 * worth{c + 1} * {s}" for c, s in enumerate(names)]
        payoffs = {
            s: f"{gains[c]} + spill / {n - 1} * ({' + '.join(gains[:c] + gains[c + 1 :])}) - share * {s}**2 - taxed * ({all_sizes})"
            for c, s in enumerate(names)
        }
        constants = {**worths, "spill": m.spill, "share": m.share, "taxed": (1 - m.share) * m.tax / n}
        roots = {s: theta / self.own_share for s, theta in zip(names, m.worths)}
        return (smooth_certificate(payoffs, constants, roots, dict.fromkeys(names, (0, None))),)
