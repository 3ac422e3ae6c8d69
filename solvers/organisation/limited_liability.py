"""The cheapest pay for effort where nobody can be fined, and what the agent keeps of it (Laffont and Martimort 2002, chapter 4)."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np

from ...games.exact import Number
from ...games.linear_program import maximise
from ...games.message import say
from ...games.organisation.limited_liability import LimitedLiability
from ..solve import solve
from .analysis import Analysis, figure
from .written import certified


class LiabilityAnalysis(Analysis[LimitedLiability]):
    """For each effort the cheapest pay is a linear program: least expected pay, at least 0 for each result, such that no other effort and
    not walking away is better. It is solved exactly; its dual proves that nothing is cheaper. Where the agent does not care, it does as
    the principal likes.
    """

    @cached_property
    def _pays(self) -> list[tuple[Number, ...] | None]:
        return [cheapest_pay(self.model, effort) for effort in range(len(self.model.costs))]

    @figure(say("cheapest pay by result for each effort; none where no pay brings it about"))
    def pays(self) -> list[list[Number] | None]:
        """By effort."""
        return [None if pay is None else list(pay) for pay in self._pays]

    @figure(say("expected pay of each effort; none where no pay brings it about"))
    def expected_pays(self) -> list[Number | None]:
        """By effort."""
        return [None if pay is None else self.model.expected(pay, k) for k, pay in enumerate(self._pays)]

    @figure(say("what the agent keeps of the pay for each effort, over its cost and what it could walk away with"))
    def rents(self) -> list[Number | None]:
        """Expected pay - cost - outside."""
        m = self.model
        return [None if paid is None else paid - m.costs[k] - m.outside for k, paid in enumerate(self.expected_pays)]

    @cached_property
    def _profits(self) -> list[Number | None]:
        m = self.model
        return [None if paid is None else m.expected(m.values, k) - paid for k, paid in enumerate(self.expected_pays)]

    @cached_property
    def _together(self) -> list[Number]:
        """Expected value less cost, by effort."""
        return [self.model.expected(self.model.values, k) - cost for k, cost in enumerate(self.model.costs)]

    @figure(say("effort that is best for the principal; of several the best for both, none where no pay brings any about"))
    def chosen(self) -> int | None:
        """The largest expected value less expected pay; where that leaves a choice, the largest for both together, the first of these."""
        possible = [k for k, profit in enumerate(self._profits) if profit is not None]
        return max(possible, key=lambda k: (self._profits[k], self._together[k], -k)) if possible else None

    @figure(say("effort that is best for both together; the first of several"))
    def best(self) -> int:
        """The largest expected value less cost."""
        return self._together.index(max(self._together))

    @figure(say("pay for the last result that brings about the costliest effort; none where no pay does"))
    def bonus(self) -> Number | None:
        """cost / (chance with effort - chance without) for success or failure, effort or none."""
        pay = self._pays[self._costliest]
        return None if pay is None else pay[-1]

    @figure(say("what the agent keeps for the costliest effort; none where no pay brings it about"))
    def rent(self) -> Number | None:
        """chance without effort times the bonus for success or failure, effort or none."""
        return self.rents[self._costliest]

    @cached_property
    def _costliest(self) -> int:
        return self.model.costs.index(max(self.model.costs))

    @figure(say("whether effort that is best for both together is not worth its pay to the principal"))
    def forgone(self) -> bool:
        """Whether the effort chosen yields less for both than the best one."""
        return self.chosen is None or self._together[self.chosen] < self._together[self.best]

    @property
    def certificates(self) -> tuple[dict[str, Any], ...]:
        """That the agent gains by no other effort at the pay for each that can be brought about."""
        return certified(*(solve(self.model.game(pay), "pure") for pay in self._pays if pay is not None))


def cheapest_pay(model: LimitedLiability, effort: int) -> tuple[Number, ...] | None:
    """The least expected pay by result that makes ``effort`` a best answer worth staying for; None if there is none.

    With d_k = chances[effort] - chances[k]: minimise chances[effort] . w over w >= 0 with d_k . w >= cost[effort] - cost[k] and
    chances[effort] . w >= cost[effort] + outside. Solved through its dual, for which 0 is a first vertex; an infinite dual means that
    there is no such pay.
    """
    p = model.chances[effort]
    rows = [[a - b for a, b in zip(p, row)] for k, row in enumerate(model.chances) if k != effort]
    needs = [model.costs[effort] - cost for k, cost in enumerate(model.costs) if k != effort]
    rows.append(list(p))
    needs.append(model.costs[effort] + model.outside)
    A = np.array([[Fraction(x) for x in row] for row in rows], dtype=object)
    b = np.array([Fraction(x) for x in needs], dtype=object)
    if _nothing_reaches(A, b):
        return None
    found = maximise(b, A.T, np.array([Fraction(x) for x in p], dtype=object)).y
    exact = all(isinstance(x, Fraction) for row in (*model.chances, model.costs) for x in row)
    return tuple(x if exact else float(x) for x in found)


def _nothing_reaches(A: Any, b: Any) -> bool:
    """Whether no w >= 0 has A w >= b: some mixture y of the rows, adding up to 1 at most, has y'A <= 0 and y.b > 0 (Farkas 1902)."""
    limits = np.vstack([A.T, np.array([[Fraction(1)] * len(b)], dtype=object)])
    return maximise(b, limits, np.array([*[Fraction(0)] * A.shape[1], Fraction(1)], dtype=object)).value > 0


__all__ = ["LiabilityAnalysis", "cheapest_pay"]
