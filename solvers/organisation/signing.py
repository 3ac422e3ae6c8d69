"""What all having signed and nobody hosting can mean (ATLAS P1.7)."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from ...games.exact import Number
from ...games.message import say
from ...games.organisation.signing import Signing
from ..solution import Solution
from ..solve import solve
from .analysis import Analysis, figure


class SigningAnalysis(Analysis[Signing]):
    """Stage 2 has one symmetric equilibrium. An unwilling unit refuses. With q the probability that another accepts, a willing one gains by
    accepting a P(no other accepts) - d E[1 / (1 + how many others do)], in proportion to a P(exactly one of n) - d P(some of n). The ratio
    of the two probabilities falls in q (a monotone likelihood ratio), so that the gain changes sign at most once. Willing units may thus
    leave it to one another, a volunteer's dilemma, and all of them accept only where hosting is easy enough. A unit that would not host
    signs exactly if what the others may do is worth the signature."""

    @figure(say("probability that a willing unit accepts its own site"))
    def accepts(self) -> Number:
        """The symmetric Bayesian equilibrium, solved."""
        return max(self._acceptance)

    @figure(say("probability that the facility is built once all have signed"))
    def success(self) -> Number:
        """1 - (1 - q)^m."""
        return 1 - self.unlucky

    @figure(say("probability that nobody hosts although all have signed"))
    def unlucky(self) -> Number:
        """(1 - q)^m."""
        return (1 - self._q) ** self.model.units

    @figure(say("probability that it is built if every willing unit accepted"))
    def hoped(self) -> Number:
        """pi = 1 - (1 - F)^m, the success rate of ATLAS P1.7."""
        return 1 - (1 - self.model.willing) ** self.model.units

    @figure(say("whether willing units leave it to one another"))
    def shirking(self) -> bool:
        """Some willing unit refuses with positive probability, and there may be one."""
        return self.accepts < 1 and self.model.willing > 0

    @figure(say("what the others' hosting is worth to a unit that would not host"))
    def worth(self) -> Number:
        """a (1 - (1 - q)^(m-1)): the largest cost of a signature at which all still sign."""
        return self.model.benefit * (1 - (1 - self._q) ** (self.model.units - 1))

    @figure(say("whether units that would not host sign"))
    def all_sign(self) -> bool:
        """All sign in an equilibrium: without one signature there is nothing, and a willing unit gains no less than another."""
        return self.worth >= self.model.cost

    @figure(say("reading of a petition that all signed and nobody hosts: beliefs were naive"))
    def naive(self) -> bool:
        """Rational units would not all have signed."""
        return not self.all_sign

    @figure(say("reading: signatures cost nothing"))
    def free(self) -> bool:
        """Then signing says nothing about hosting."""
        return self.all_sign and self.model.cost == 0

    @figure(say("reading: some might have hosted, and it was bad luck"))
    def luck(self) -> bool:
        """An unlucky draw, of probability ``unlucky``."""
        return self.all_sign and self._q > 0

    @figure(say("probability that a further unit is willing, learned from so many refusals, all having been thought equally likely"))
    def learned(self) -> Number:
        """1 / (m + 2), the rule of succession (Laplace 1774), read as if every willing unit accepted."""
        return self._one / (self.model.units + 2)

    @property
    def certificates(self) -> tuple[dict[str, Any], ...]:
        """Of stage 2."""
        return () if self._stage.certificate is None else (self._stage.certificate,)

    @cached_property
    def _stage(self) -> Solution:
        return solve(self.model.game(), "bayes-nash")

    @property
    def _acceptance(self) -> list[Number]:
        rows = [row for e in self._stage.equilibria for row in e.profile if row["type"] == "willing"]
        return [row["strategy"][1] for row in rows]

    @property
    def _q(self) -> Number:
        """The probability that a unit accepts."""
        return self.model.willing * self.accepts

    @property
    def _one(self) -> Number:
        return self.model.benefit / self.model.benefit
