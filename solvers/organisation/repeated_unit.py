"""How patient the households of a unit must be to keep contributing (ATLAS P3.2)."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import Any

from ...games.exact import Number
from ...games.message import say
from ...games.organisation.repeated_unit import RepeatedUnit
from ..dynamics.repeated import critical_discount_counted, least_detection, least_discount
from ..solution import Solution
from ..solve import solve
from .analysis import Analysis, figure


class RepeatedUnitAnalysis(Analysis[RepeatedUnit]):
    """Grim trigger: all contribute until somebody is seen not to, and nobody does ever after (Friedman 1971).

    The punishment is an equilibrium of the round whenever a contribution is worth less to the giver than it costs; who is not seen is
    not punished.
    """

    @figure(say("what a contribution is worth to each household"))
    def worth(self) -> Number:
        """r = share + multiplier / size."""
        return self.model.worth

    @figure(say("what a household gains once by keeping its contribution"))
    def temptation(self) -> Number:
        """1 - r."""
        return 1 - self.worth

    @figure(say("what it loses in every later round if it is seen"))
    def loss(self) -> Number:
        """r size - 1."""
        return self.worth * self.model.size - 1

    @figure(say("whether a round is a dilemma"))
    def dilemma(self) -> bool:
        """Contributing costs the giver and serves all: 1 / size < r < 1."""
        return self.temptation > 0 and self.loss > 0

    @figure(say("least discount factor at which all contribute"))
    def critical(self) -> Number | None:
        """(1 - r) / (1 - r + detection (r size - 1)) in a dilemma; None where patience does not help.

        From the round solved as a game; where contributing is dominant there is nothing to sustain, and the answer is 0.
        """
        if self.temptation <= 0:
            return Fraction(0)
        n = self.model.size
        return critical_discount_counted(self.model.game(), (0, n), (n, 0), self.model.detection).delta

    @figure(say("least discount factor with one household more"))
    def critical_next(self) -> Number | None:
        """The same formula at size + 1."""
        m = self.model
        r = m.share + m.multiplier / (m.size + 1)
        return least_discount(1 - r, r * (m.size + 1) - 1, m.detection)

    @figure(say("whether the households are patient enough"))
    def sustained(self) -> bool:
        """discount >= critical."""
        return self.critical is not None and self.model.discount >= self.critical

    @figure(say("least probability of being seen at which they are"))
    def least_detection(self) -> Number | None:
        """(1 - r) (1 - discount) / (discount (r size - 1)); None if even certainty does not help."""
        return least_detection(self.temptation, self.loss, self.model.discount)

    @figure(say("least discount factor in units without bound"))
    def critical_limit(self) -> Number | None:
        """The limit as the unit grows: 0 where something is shared undiminished, else 1 / (1 + detection (multiplier - 1))."""
        m = self.model
        if m.share > 0:
            return Fraction(0) if m.detection > 0 else None
        return least_discount(Fraction(1), m.multiplier - 1, m.detection)

    @cached_property
    def _round(self) -> Solution:
        return solve(self.model.game(), "pure")

    @figure(say("equilibria of a single round: households that contribute"))
    def one_round(self) -> list[int]:
        """Numbers of contributors in its pure equilibria."""
        found = [sum(role["players"] for role in e.profile if role["strategy"][1] == 1) for e in self._round.equilibria]
        return sorted(set(found))

    @property
    def certificates(self) -> tuple[dict[str, Any], ...]:
        """The equilibria of one round, the threat among them."""
        return () if self._round.certificate is None else (self._round.certificate,)
