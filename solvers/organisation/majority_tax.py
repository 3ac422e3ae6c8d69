"""What a ruling group takes when it earns with all: from bandit to superencompassing interest (ATLAS P15.3)."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from ...games.exact import Number
from ...games.message import say
from ...games.organisation.majority_tax import MajorityTax
from .analysis import Analysis, figure
from .smooth import smooth_certificate


class MajorityAnalysis(Analysis[MajorityTax]):
    """``(t + (1 - t) stake)(1 - loss t)`` is strictly concave in t for stake < 1, so the first-order condition, held within bounds, has the
    one best t; for stake = 1 taking only loses (McGuire and Olson 1996).
    """

    @figure(say("share of all incomes that the ruling group takes"))
    def tax(self) -> Number:
        """((1 - stake) - loss stake) / (2 loss (1 - stake)), held between 0 and the largest share."""
        m = self.model
        if m.stake == 1:
            return Fraction(0)
        wanted = ((1 - m.stake) - m.loss * m.stake) / (2 * m.loss * (1 - m.stake))
        return min(m.most, max(wanted, Fraction(0)))

    @figure(say("incomes of all, of what they would be untouched"))
    def incomes(self) -> Number:
        """1 - loss t."""
        return self.model.income(self.tax)

    @figure(say("what the ruling group has of them"))
    def ruling_gain(self) -> Number:
        """(t + (1 - t) stake) (1 - loss t)."""
        return self.model.payoff(self.tax)

    @figure(say("what it would have if it took nothing"))
    def untouched_gain(self) -> Number:
        """stake."""
        return self.model.payoff(Fraction(0))

    @figure(say("what a ruler without incomes of its own would take"))
    def bandit_tax(self) -> Number:
        """1 / (2 loss), at most the largest share."""
        return min(self.model.most, 1 / (2 * self.model.loss))

    @figure(say("least stake from which on the ruling group takes nothing"))
    def super_stake(self) -> Number:
        """1 / (1 + loss)."""
        return 1 / (1 + self.model.loss)

    @property
    def certificates(self) -> tuple[dict[str, Any], ...]:
        """That no other share is worth more to the group."""
        m = self.model
        constants = {"stake": m.stake, "loss": m.loss}
        payoff = {"t": "(t + (1 - t) * stake) * (1 - loss * t)"}
        return (smooth_certificate(payoff, constants, {"t": self.tax}, {"t": (Fraction(0), m.most)}),)
