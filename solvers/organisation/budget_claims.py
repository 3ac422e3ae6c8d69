"""Claims that are cut in proportion are exaggerated; under the uniform rule truth is safe (ATLAS P9.4, M-33, M-35)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cached_property
from typing import Any

from ...games.division import water_level
from ...games.exact import Number, array
from ...games.message import say
from ...games.organisation.budget_claims import BudgetClaims
from ..solution import Solution
from ..solve import solve
from .analysis import Analysis, figure

ZERO = Fraction(0)


class ClaimsAnalysis(Analysis[BudgetClaims]):
    """Equilibria are those of the finite game of claims; that nobody gains by a false claim under the uniform rule holds for all amounts
    (Sprumont 1991) and is tried here on all that can be claimed.
    """

    @cached_property
    def _solution(self) -> Solution:
        return solve(self.model.game(), "pure")

    @figure(say("shares under the uniform rule"))
    def uniform(self) -> list[Number]:
        """min(peak, level), or max where there is more than is wanted."""
        return list(self.model.shares(self.model.peaks, uniform=True))

    @figure(say("the amount up to which the uniform rule meets everybody's claim"))
    def level(self) -> Number:
        """lambda of water filling."""
        return water_level(array(list(self.model.peaks)), self.model.budget)

    @figure(say("shares if true claims are cut in proportion"))
    def rationed(self) -> list[Number]:
        """budget * peak / sum of peaks."""
        return list(self.model.shares(self.model.peaks, uniform=False))

    @figure(say("what the first community best claims if all others tell the truth and claims are cut in proportion"))
    def best_claim(self) -> Number:
        """The claim r with ``r budget / (r + others) = peak``, or all that can be claimed."""
        return self._best_claim(0)

    def _best_claim(self, player: int) -> Number:
        """The share rises in the claim, so that nothing comes nearer. Where nobody else claims anything every claim gets all, none an
        equal part.
        """
        m, peak = self.model, self.model.peaks[player]
        others = sum(m.peaks, start=ZERO) - peak
        if not others:
            return ZERO if abs(m.budget / len(m.peaks) - peak) < abs(m.budget - peak) else peak
        if not peak:
            return peak
        return m.most if m.budget <= peak else min(m.most, peak * others / (m.budget - peak))

    @figure(say("what it then gets"))
    def claimed_share(self) -> Number:
        """Its share."""
        return self._told(0, self.best_claim, uniform=False)

    @figure(say("by how much nearer to what it wants it comes"))
    def exaggeration_gain(self) -> Number:
        """Distance before less distance after."""
        return abs(self.rationed[0] - self.model.peaks[0]) - abs(self.claimed_share - self.model.peaks[0])

    @figure(say("the most that anybody gains by a false claim under the uniform rule"))
    def uniform_gain(self) -> Number:
        """Over all claims of the game, all others telling the truth."""
        return self._most_gain(uniform=True)

    @figure(say("the most that anybody gains by a false claim if claims are cut in proportion"))
    def proportional_gain(self) -> Number:
        """Over all claims up to ``most``, all others telling the truth: see ``best_claim``."""
        return self._most_gain(uniform=False)

    @figure(say("claims in every equilibrium without chance if they are cut in proportion"))
    def equilibrium_claims(self) -> list[list[Number]]:
        """By the finite game."""
        grid = self.model.grid
        return [[grid[list(strategy).index(1)] for strategy in e.profile] for e in self._solution.equilibria]

    @figure(say("whether in every such equilibrium in which anybody claims anything all claim all that can be claimed"))
    def all_claim_most(self) -> bool:
        """And there is one. Where nobody claims anything, all get the same: that can be an equilibrium too."""
        claims = [row for row in self.equilibrium_claims if any(row)]
        return bool(claims) and all(x == self.model.most for row in claims for x in row)

    @figure(say("shares in each of these equilibria"))
    def equilibrium_shares(self) -> list[list[Number]]:
        """By the rule."""
        return [list(self.model.shares(row, uniform=False)) for row in self.equilibrium_claims]

    def _told(self, player: int, claim: Number, uniform: bool) -> Number:
        claims: Sequence[Number] = [*self.model.peaks[:player], claim, *self.model.peaks[player + 1 :]]
        return self.model.shares(claims, uniform)[player]

    def _most_gain(self, uniform: bool) -> Number:
        truth = self.uniform if uniform else self.rationed
        return max(
            abs(truth[i] - peak) - abs(self._told(i, claim, uniform) - peak)
            for i, peak in enumerate(self.model.peaks)
            for claim in ((*self.model.grid, peak) if uniform else (self._best_claim(i),))
        )

    @property
    def certificates(self) -> tuple[dict[str, Any], ...]:
        """The equilibria of the game of claims."""
        return () if self._solution.certificate is None else (self._solution.certificate,)
