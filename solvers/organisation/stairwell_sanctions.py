"""Whether neighbours' anger or a common fund keeps everybody contributing (ATLAS M-26, M-27)."""

from __future__ import annotations

from functools import cached_property
from math import ceil
from typing import Any

from ...games.exact import Number
from ...games.message import say
from ...games.organisation.stairwell_sanctions import StairwellSanctions
from ..solution import Solution
from ..solve import solve
from .acting import acting_counts
from .analysis import Analysis, figure


class SanctionsAnalysis(Analysis[StairwellSanctions]):
    """Equilibria are all pure ones, by counting (:func:`encompass.solve`); the inequalities are their reasons."""

    @cached_property
    def _bare(self) -> Solution:
        return solve(self.model.game(), "pure")

    @figure(say("households that give in equilibrium without sanctions"))
    def bare_counts(self) -> list[int]:
        """None where a gift is worth less to its giver than it costs."""
        return acting_counts(self._bare)

    @cached_property
    def _peers(self) -> Solution:
        return solve(self.model.peers(), "pure")

    @figure(say("punishers that keep everybody giving"))
    def punishers_needed(self) -> int:
        """The least k with k harm >= 1 - share."""
        return ceil((1 - self.model.share) / self.model.harm)

    @figure(say("fewest punishers among equilibria in which everybody gives"))
    def punishers(self) -> int | None:
        """From the equilibria; None if there is no such equilibrium. A punisher among punishers is needed one by one: each may also
        defect, and then faces the others."""
        found = [_taking(e, 2) for e in self._peers.equilibria if _taking(e, 0) == 0]
        return min(found, default=None)

    @figure(say("whether nobody giving stays an equilibrium among punishers"))
    def peers_may_fail(self) -> bool:
        """The threat must be there from the beginning."""
        return any(_taking(e, 0) == self.model.households for e in self._peers.equilibria)

    @figure(say("what each has where all give and pay into the fund"))
    def payer(self) -> Number:
        """share n - 1 - fee."""
        m = self.model
        return m.share * m.households - 1 - m.fee

    @figure(say("what one has who gives but does not pay into it"))
    def dodger(self) -> Number:
        """share n - 1, where only defectors are fined."""
        return self.model.share * self.model.households - 1

    @figure(say("the same where it is fined too"))
    def fined_dodger(self) -> Number:
        """share n - 1 - fine."""
        return self.dodger - self.model.fine

    @figure(say("what one has who does not give"))
    def defector(self) -> Number:
        """share (n - 1) - fine."""
        return self.model.share * (self.model.households - 1) - self.model.fine

    @cached_property
    def _funds(self) -> tuple[Solution, Solution]:
        return solve(self.model.fund(False), "pure"), solve(self.model.fund(True), "pure")

    @figure(say("whether all give and pay in an equilibrium, only defectors being fined"))
    def fund_holds(self) -> bool:
        """From the equilibria."""
        return any(_taking(e, 2) == self.model.households for e in self._funds[0].equilibria)

    @figure(say("whether they do where dodgers are fined too"))
    def strict_fund_holds(self) -> bool:
        """From the equilibria."""
        return any(_taking(e, 2) == self.model.households for e in self._funds[1].equilibria)

    @property
    def certificates(self) -> tuple[dict[str, Any], ...]:
        """All pure equilibria."""
        return tuple(a.certificate for a in (self._bare, self._peers, *self._funds) if a.certificate is not None)


def _taking(equilibrium: Any, action: int) -> int:
    return sum(role["players"] for role in equilibrium.profile if role["strategy"][action] == 1)
