"""Prices for a grant round, and what they prove: nothing feasible is worth more than budget, quotas and minima at their prices.

Everything is in whole numbers, so that a bound is exact however the prices were found: for a budget alone by sorting (Dantzig 1957), with
groups by HiGHS in floats, then rounded.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

import numpy as np

from ...games.exact import TOLERANCE, Array
from .grant_problem import GrantProblem

ZERO = Fraction(0)
PRICE_UNIT = 2**40


@dataclass(frozen=True)
class Prices:
    """Of money, of a place under each quota, of a place owed to each group: whole numbers over ``unit``."""

    money: int
    most: tuple[int, ...]
    least: tuple[int, ...]
    unit: int


class Scaled:
    """The problem in whole numbers: worths over ``D``, draws and budget over ``parts``."""

    def __init__(self, problem: GrantProblem) -> None:
        self.problem, self.n, self.groups = problem, len(problem.worths), problem.groups
        worths, draws = [Fraction(w) for w in problem.worths], [Fraction(c) for c in problem.draws]
        budget = sum(draws, start=ZERO) if problem.budget is None else Fraction(problem.budget)
        self.D, self.parts = lcm(*(w.denominator for w in worths)), lcm(budget.denominator, *(c.denominator for c in draws))
        self.W, self.C, self.B = [int(w * self.D) for w in worths], [int(c * self.parts) for c in draws], int(budget * self.parts)
        self.of: list[list[int]] = [[] for _ in range(self.n if self.groups else 0)]
        for g, group in enumerate(self.groups):
            for j in group.members:
                self.of[j].append(g)
        floats = any(isinstance(x, float) for x in problem.worths)
        self.slack = int(TOLERANCE * max(abs(w) for w in self.W)) if floats else 0
        self.floor = sum(min(w, 0) for w in self.W)  # no choice is worth less
        self.order = sorted((j for j in range(self.n) if self.W[j] > 0), key=self._first)
        self.huge = 2 * sum(abs(w) for w in self.W) + 1

    def _first(self, j: int) -> tuple[bool, Fraction, int]:
        return (self.C[j] > 0, -Fraction(self.W[j], self.C[j]) if self.C[j] else ZERO, j)

    def most(self, g: int) -> int:
        """The quota of the group."""
        group = self.groups[g]
        return len(group.members) if group.most is None else group.most

    def feasible(self, chosen: Sequence[int]) -> bool:
        """Whether ``chosen`` keeps to the budget and to every group."""
        if sum(self.C[j] for j in chosen) > self.B:
            return False
        counts = self.counts(chosen)
        return all(group.least <= counts[g] <= self.most(g) for g, group in enumerate(self.groups))

    def counts(self, chosen: Sequence[int]) -> list[int]:
        """How many of ``chosen`` are in each group."""
        counts = [0] * len(self.groups)
        for j in chosen if self.groups else ():
            for g in self.of[j]:
                counts[g] += 1
        return counts

    def bound(self, prices: Prices, fixed: Mapping[int, int]) -> Fraction:
        """What nothing that keeps to ``fixed`` is worth more than, in parts of 1/D."""
        q = prices.unit
        total = prices.money * self.B
        total += sum(a * self.most(g) - b * group.least for g, (a, b, group) in enumerate(zip(prices.most, prices.least, self.groups)))
        for j in range(self.n):
            left = q * self.W[j] - prices.money * self.C[j]
            if self.groups:
                left -= sum(prices.most[g] - prices.least[g] for g in self.of[j])
            total += left * fixed[j] if j in fixed else max(left, 0)
        return Fraction(total, q)

    def decided(self, fixed: Mapping[int, int]) -> Prices:
        """Prices where every project is decided: none, or a huge one for what is violated."""
        chosen = [j for j, x in fixed.items() if x]
        counts = self.counts(chosen)
        money = self.huge if sum(self.C[j] for j in chosen) > self.B else 0
        most = tuple(self.huge * (counts[g] > self.most(g)) for g in range(len(self.groups)))
        least = tuple(self.huge * (counts[g] < group.least) for g, group in enumerate(self.groups))
        return Prices(money, most, least, 1)


def sorted_out(scaled: Scaled, fixed: Mapping[int, int]) -> tuple[Prices, dict[int, Fraction]]:
    """The relaxation of a budget alone: projects in the order of worth for money until it is used up; the price is where it ends."""
    room = scaled.B - sum(scaled.C[j] for j, x in fixed.items() if x)
    if room < 0:
        return Prices(scaled.huge, (), (), 1), {}
    taken: dict[int, Fraction] = {}
    for j in scaled.order:
        if j in fixed:
            continue
        if scaled.C[j] > room:
            taken[j] = Fraction(room, scaled.C[j])
            return Prices(scaled.W[j], (), (), scaled.C[j]), taken
        taken[j], room = Fraction(1), room - scaled.C[j]
    return Prices(0, (), (), 1), taken


class Programs:
    """The relaxation with groups, by HiGHS; every row may be broken at a high price, so that it always has a solution and prices."""

    def __init__(self, scaled: Scaled) -> None:
        from scipy.sparse import csr_array, eye_array, hstack

        self.scaled = scaled
        self.worth = float(max(1, max(abs(w) for w in scaled.W)))
        self.money = float(max(1, max(scaled.C)))
        rows, columns, entries = [0] * scaled.n, list(range(scaled.n)), [c / self.money for c in scaled.C]
        limits, k = [scaled.B / self.money], 1
        for sign in (1, -1):
            for g, group in enumerate(scaled.groups):
                rows, columns = rows + [k] * len(group.members), columns + list(group.members)
                entries = entries + [float(sign)] * len(group.members)
                limits, k = [*limits, float(scaled.most(g) if sign == 1 else -group.least)], k + 1
        table = csr_array((entries, (rows, columns)), shape=(k, scaled.n))
        self.A, self.b = hstack([table, -eye_array(k)]).tocsr(), np.array(limits)
        self.c = np.concatenate([-np.array([w / self.worth for w in scaled.W]), np.full(k, 2.0 * scaled.n + 2)])

    def __call__(self, fixed: Mapping[int, int]) -> tuple[Prices, dict[int, Fraction]]:
        """Prices, and how much of each open project the relaxation builds."""
        from scipy.optimize import linprog

        n, scaled = self.scaled.n, self.scaled
        bounds: Array = np.array([(0.0, 1.0)] * n + [(0.0, np.inf)] * len(self.b))
        for j, x in fixed.items():
            bounds[j] = x, x
        found = linprog(self.c, A_ub=self.A, b_ub=self.b, bounds=bounds, method="highs")
        if found.status != 0:
            return scaled.decided(fixed), dict.fromkeys(range(n), Fraction(1, 2))
        prices = np.maximum(-found.ineqlin.marginals, 0) * self.worth
        whole_prices = [round(x * PRICE_UNIT) for x in [prices[0] / self.money, *prices[1:].tolist()]]
        G = len(scaled.groups)
        taken = {j: Fraction(float(x)) for j, x in enumerate(found.x[:n]) if j not in fixed and x > TOLERANCE}
        taken = {j: Fraction(1) if x > 1 - TOLERANCE else x for j, x in taken.items()}
        return Prices(whole_prices[0], tuple(whole_prices[1 : G + 1]), tuple(whole_prices[G + 1 :]), PRICE_UNIT), taken


__all__ = ["Prices", "Programs", "Scaled", "sorted_out"]
