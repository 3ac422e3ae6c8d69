"""Whether enough households of a stairwell act, what is selected in the long run, and what pledges and subsidies change (ATLAS P12.2,
P12.3)."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import Any

from ...games.exact import Number
from ...games.message import say
from ...games.organisation.stairwell_threshold import StairwellThreshold
from ..dynamics.cascade import critical_mass
from ..dynamics.long_run import LongRun, long_run
from ..dynamics.stochastic_stability import line_potential
from ..solution import Solution
from ..solve import solve
from .acting import acting_chances, acting_counts, stable_counts
from .analysis import Analysis, figure


class StairwellAnalysis(Analysis[StairwellThreshold]):
    """An exact potential game: whoever joins changes ``benefit 1[m >= needed] - cost m`` by what it gains (ATLAS F-P12.2)."""

    @cached_property
    def _pure(self) -> Solution:
        return solve(self.model.game(), "pure")

    @figure(say("households that act in pure equilibria"))
    def counts(self) -> list[int]:
        """All of them, by counting."""
        return acting_counts(self._pure)

    @figure(say("probabilities of acting in symmetric equilibria that mix"))
    def chances(self) -> list[Number]:
        """All of them where the search is complete."""
        return acting_chances(solve(self.model.game(), "symmetric"))

    @figure(say("how many others must act for joining them to pay"))
    def mass(self) -> int | None:
        """needed - 1, if the benefit exceeds the cost; None if it never pays (D-11)."""
        return critical_mass(self.model.game())

    @figure(say("households that would act if the sum of gains were largest"))
    def best_count(self) -> int:
        """``needed``, or none where that costs more than it is worth to all."""
        m = self.model
        return m.needed if m.households * m.benefit > m.needed * m.cost else 0

    @figure(say("what all then gain together"))
    def best_total(self) -> Number:
        """households benefit - needed cost, or 0."""
        m = self.model
        return max(Fraction(0), m.households * m.benefit - m.needed * m.cost)

    @figure(say("the potential, by how many act"))
    def potential(self) -> list[Number]:
        """Sums of the gains of those who join one after another, 0 when nobody acts."""
        game = self.model.game()
        return [game.money(x) for x in line_potential(game)]

    @cached_property
    def _logit(self) -> Solution:
        return solve(self.model.game(), "stochastically-stable", dynamics="logit")

    @cached_property
    def _mistakes(self) -> Solution:
        return solve(self.model.game(), "stochastically-stable", dynamics="mistakes")

    @figure(say("households that act in the long run, if mistakes are rarer the more they cost"))
    def long_run(self) -> list[int]:
        """Where the potential is largest (Blume 1993); several at a tie."""
        return stable_counts(self._logit)

    @figure(say("whether the good is then there"))
    def long_run_provides(self) -> bool:
        """In every state that remains."""
        return min(self.long_run) >= self.model.needed

    @figure(say("households that act in the long run, if all mistakes are as rare"))
    def long_run_by_mistakes(self) -> list[int]:
        """The states with the cheapest trees of mistakes (Young 1993)."""
        return stable_counts(self._mistakes)

    @cached_property
    def _time(self) -> LongRun:
        return long_run(self.model.game(), self.model.mistakes)

    @figure(say("share of time in which nobody acts, at that rate of mistakes"))
    def idle_time(self) -> Number:
        """From the stationary distribution; exact for exact rates."""
        return self._time.probability[0]

    @figure(say("share of time in which the good is not there"))
    def time_without(self) -> Number:
        """Fewer than ``needed`` act."""
        return sum(self._time.probability[: self.model.needed], start=self._time.probability[0] * 0)

    @cached_property
    def _paid(self) -> Solution:
        return solve(self.model.subsidised(), "pure")

    @figure(say("households that act in pure equilibria once some are paid"))
    def with_paid(self) -> list[int]:
        """Those paid included; acting is dominant for them."""
        return acting_counts(self._paid)

    @figure(say("what that costs at least"))
    def paid_total(self) -> Number:
        """paid cost, an infimum."""
        return self.model.paid * self.model.cost

    @cached_property
    def _refunded(self) -> Solution:
        return solve(self.model.refunded(), "pure")

    @figure(say("pledges in pure equilibria if they fall due only when enough pledge"))
    def with_refund(self) -> list[int]:
        """Too few may still pledge: then nothing depends on anybody, and these equilibria are weak."""
        return acting_counts(self._refunded)

    @figure(say("pledges in the long run then, if all mistakes are as rare"))
    def with_refund_long_run(self) -> list[int]:
        """A lost pledge costs nothing, so the way up needs no mistakes."""
        return stable_counts(solve(self.model.refunded(), "stochastically-stable", dynamics="mistakes"))

    @figure(say("pledges in pure equilibria if those beyond what is needed lower everybody's cost"))
    def with_shared_cost(self) -> list[int]:
        """As with refunds: one more pledge still costs its giver."""
        return acting_counts(solve(self.model.shared_cost(), "pure"))

    @figure(say("pledges in the long run then, if all mistakes are as rare"))
    def with_shared_cost_long_run(self) -> list[int]:
        """The signs of all gains are those of a plain refund."""
        return stable_counts(solve(self.model.shared_cost(), "stochastically-stable", dynamics="mistakes"))

    @cached_property
    def _bonus(self) -> Solution:
        return solve(self.model.with_bonus(), "pure")

    @figure(say("pledges in pure equilibria if a failed collection pays a bonus"))
    def with_bonus(self) -> list[int]:
        """Pledging pays while too few do; where the benefit exceeds the cost it goes on until enough have."""
        return acting_counts(self._bonus)

    @property
    def certificates(self) -> tuple[dict[str, Any], ...]:
        """Equilibria of all variants, and the long run."""
        found = (self._pure, self._logit, self._mistakes, self._paid, self._refunded, self._bonus)
        return tuple(answer.certificate for answer in found if answer.certificate is not None)
