"""Who is shut out of a resource that like units claim, and by which rule claims are honest (ATLAS game 8d, M-33)."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import Any

from ...games.exact import Number
from ...games.message import say
from ...games.organisation.shared_capacity import SharedCapacity
from ..solution import Solution
from ..solve import solve
from .analysis import Analysis, figure
from .written import certified

MOST_SOLVED = 3  # units of the game of claims
ZERO = Fraction(0)


class CapacityAnalysis(Analysis[SharedCapacity]):
    """The uniform rule is the only one that is strategy-proof, efficient and anonymous; nobody envies another's share (Sprumont 1991)."""

    @figure(say("what all need together"))
    def needed(self) -> Number:
        """The sum."""
        return sum(self.model.needs, start=ZERO)

    @figure(say("part of true claims that cannot be met"))
    def excess(self) -> Number:
        """(claims - capacity)^+."""
        return max(ZERO, self.needed - self.model.capacity)

    @figure(say("what each gets by the uniform rule"))
    def shares(self) -> list[Number]:
        """Up to one level for all."""
        return self.model.levelled(self.model.needs)

    @figure(say("most that anybody gains by another claim under the uniform rule"))
    def lie_gain(self) -> Number:
        """0: tried over all claims that can be written."""
        return self._lie_gain(level=True)

    @figure(say("what each gets in proportion, if claims are true"))
    def proportional(self) -> list[Number]:
        """Scaled down to fit."""
        return self.model.in_proportion(self.model.needs)

    @figure(say("most that anybody gains by another claim where claims are met in proportion"))
    def proportional_lie_gain(self) -> Number:
        """Over all claims that can be written, the others' true."""
        return self._lie_gain(level=False)

    def _lie_gain(self, level: bool) -> Number:
        m = self.model
        share = m.levelled if level else m.in_proportion
        honest = share(m.needs)
        gain = ZERO
        for i, need in enumerate(m.needs):
            for claim in m.claims():
                got = share([*m.needs[:i], claim, *m.needs[i + 1 :]])[i]
                gain = max(gain, abs(honest[i] - need) - abs(got - need))
        return gain

    @cached_property
    def _solution(self) -> Solution | None:
        return solve(self.model.game()) if len(self.model.needs) <= MOST_SOLVED else None

    @figure(say("all claims together in every equilibrium where they are met in proportion; none where there are too many units"))
    def claimed(self) -> list[Number] | None:
        """Solved, each total once."""
        if self._solution is None or not self._solution.complete:
            return None
        grid = self.model.claims()
        totals = {sum((grid[list(play).index(1)] for play in e.profile), start=ZERO) for e in self._solution.equilibria}
        return sorted(totals)

    @figure(say("part of claims that cannot be met in the equilibrium with most; none where it is not solved, or there is no equilibrium"))
    def claimed_excess(self) -> Number | None:
        """(claims - capacity)^+."""
        return max(ZERO, self.claimed[-1] - self.model.capacity) if self.claimed else None

    @property
    def certificates(self) -> tuple[dict[str, Any], ...]:
        """All pure equilibria of the game of claims."""
        return certified(self._solution)


__all__ = ["CapacityAnalysis"]
