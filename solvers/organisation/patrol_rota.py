"""Whether residents keep to a rota of patrols, by patience or by a fine (ATLAS CASE-11 repeated; M-22, M-26)."""

from __future__ import annotations

from fractions import Fraction

from ...games.exact import Number
from ...games.message import say
from ...games.organisation.patrol_rota import PatrolRota
from ..dynamics.rotation import rotation
from .analysis import Analysis, figure

ZERO, ONE = Fraction(0), Fraction(1)


class PatrolAnalysis(Analysis[PatrolRota]):
    """Grim trigger: only whoever's turn it is can do anything, so that the rota is a subgame-perfect equilibrium iff no single turn is
    worth skipping (one-shot deviation, Blackwell 1965). A turn that would just pay for itself is taken.
    """

    @figure(say("what the rota is worth from the next period on to whoever has just patrolled"))
    def future(self) -> Number:
        """worth d / (1 - d) - cost d^n / (1 - d^n)."""
        m, d = self.model, self.model.discount
        cycle = d**m.residents
        return m.worth * d / (1 - d) - m.cost * cycle / (1 - cycle)

    @figure(say("what skipping a turn gains; not more than 0 where the rota holds"))
    def temptation(self) -> Number:
        """cost - worth - seen (fine + future): an unseen skip leaves the rota as it is, without this period's patrol."""
        m = self.model
        return m.cost - m.worth - m.seen * (m.fine + self.future)

    @figure(say("whether everybody takes its turn"))
    def holds(self) -> bool:
        """No temptation."""
        return self.temptation <= 0

    @figure(say("what the next period must count at least if every skipped turn is seen and nobody is fined"))
    def least_patience(self) -> float | None:
        """The root of worth (1 + d + ... + d^(n - 1)) = cost; None where no patience suffices (M-22)."""
        m = self.model
        return rotation([m.worth], [m.cost], m.residents).least

    @figure(say("fine from which everybody takes its turn"))
    def least_fine(self) -> Number | None:
        """(cost - worth) / seen - future, if positive; None where nothing is ever seen and skipping pays (M-26)."""
        m = self.model
        if not m.seen:
            return ZERO if m.cost <= m.worth else None
        return max(ZERO, (m.cost - m.worth) / m.seen - self.future)

    @figure(say("fine that is needed in a single round, or if nobody looks ahead"))
    def least_fine_once(self) -> Number | None:
        """(cost - worth) / seen, if positive; None where nothing is ever seen and skipping pays."""
        m = self.model
        if not m.seen:
            return ZERO if m.cost <= m.worth else None
        return max(ZERO, (m.cost - m.worth) / m.seen)

    @figure(say("probability of being seen from which everybody takes its turn"))
    def least_seen(self) -> Number | None:
        """(cost - worth) / (fine + future); None where even certainty does not suffice."""
        m, stake = self.model, self.model.fine + self.future
        if m.cost <= m.worth:
            return ZERO if stake >= 0 else None
        needed = (m.cost - m.worth) / stake if stake > 0 else None
        return needed if needed is not None and needed <= ONE else None

    @figure(say("what each gains a period on average"))
    def average(self) -> Number:
        """worth - cost / n."""
        return self.model.worth - self.model.cost / self.model.residents
