"""Every lie in a rule for a facility on a line: exhaustive search over a grid of addresses, and the worst ratio to the best point.

All pairs of true addresses and reports are compared; whoever reports falsely in a pair is its coalition. Where only the reports count, not
who made them, true addresses are counted up to order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations_with_replacement, product
from math import comb
from typing import Any

import numpy as np

from ...games.errors import SizeError
from ...games.exact import Array, Number, array, as_json, scaled
from ...games.facility_line import FAR, Addresses, LineRule, Profile
from ...games.parameters import amount, grid_of, whole

MOST_PAIRS = 100_000_000  # true addresses x reports x residents of an exhaustive search


@dataclass(frozen=True)
class Lie:
    """A profitable lie: where everybody lives, what is reported, who lies, and what each liar gains."""

    truth: Profile
    reports: Profile
    liars: tuple[int, ...]
    gains: tuple[Number, ...]


@dataclass(frozen=True)
class RuleCheck:
    """What an exhaustive search over a grid finds: a lie of one, a lie of a coalition (both with the fewest liars, then the first), the
    worst ratio to the best point, and where."""

    rule: str
    lie: Lie | None
    group_lie: Lie | None
    worst_ratio: Number
    worst: Profile

    @property
    def strategyproof(self) -> bool:
        """Whether nobody gains by a false report."""
        return self.lie is None

    @property
    def group_strategyproof(self) -> bool:
        """Whether no coalition has false reports by which all its members gain."""
        return self.group_lie is None

    def to_dict(self) -> dict[str, Any]:
        """The JSON form, schema ``encompass/line-rule/1``."""
        found = {name: None if lie is None else vars(lie) for name, lie in (("lie", self.lie), ("group_lie", self.group_lie))}
        asked = {"strategyproof": self.strategyproof, "group_strategyproof": self.group_strategyproof}
        return as_json(
            {"schema": "encompass/line-rule/1", "rule": self.rule, **asked, **found, "worst_ratio": self.worst_ratio, "worst": self.worst}
        )


def check_rule(
    rule: str | LineRule, grid: Sequence[object], n: int, far: bool | None = None, objective: str = "sum", low: object = 0, high: object = 1
) -> RuleCheck:
    """Every lie of every coalition, and the worst ratio, among ``n`` residents on ``grid``; exact if the grid is.

    ``far`` defaults to what the rule is for. Raises :class:`SizeError` before a search that does not fit.
    """
    rule = LineRule(rule) if isinstance(rule, str) else rule
    points = grid_of(grid, "grid", least=None)
    k = len(points)
    truths = comb(k + whole(n, "n") - 1, n) if rule.anonymous else k**n
    if truths * k**n * n > MOST_PAIRS:
        raise SizeError(
            "{n} residents on {k} points have {pairs} pairs of truth and report to compare; at most {limit}",
            n=n,
            k=k,
            pairs=f"{truths * k**n:,}",
            limit=f"{MOST_PAIRS // n:,}",
        )
    wanted_far = rule.name in FAR if far is None else far

    def problem(places: Profile) -> Addresses:
        return Addresses(places, wanted_far, amount(low, "low"), amount(high, "high"), objective)

    reports = list(product(points, repeat=n))
    spots = [rule.spots(problem(reported)) for reported in reports]
    table = array([[problem((point,) * n).distance(0, spot) for spot in spots] for point in points])
    worth, _ = scaled(table if wanted_far else -table)
    slack = 0 if table.dtype == object else 1e-9 * float(np.abs(table).max())
    indices = np.indices((k,) * n).reshape(n, -1).T  # row: a profile, as it is listed
    pick = combinations_with_replacement(range(k), n) if rule.anonymous else product(range(k), repeat=n)
    worst: Number = Fraction(0)
    at = reports[0]
    lies: dict[bool, tuple[int, Array, int]] = {}
    for truth in map(np.array, pick):
        here = int(np.ravel_multi_index(truth, (k,) * n))
        ratio = problem(reports[here]).ratio(spots[here])
        if ratio > worst:
            worst, at = ratio, reports[here]
        gain = worth[truth] - worth[truth, here][:, None] > slack
        false = truth[:, None] != indices.T
        liars = false.sum(axis=0)
        paying = (liars > 0) & (gain | ~false).all(axis=0)
        for single, fit in ((True, paying & (liars == 1)), (False, paying)):
            if fit.any():
                least = int(np.where(fit, liars, n + 1).argmin())
                if single not in lies or liars[least] < lies[single][2]:
                    lies[single] = least, truth, int(liars[least])

    def witness(single: bool) -> Lie | None:
        if single not in lies:
            return None
        told, truth, _ = lies[single]
        who = tuple(np.flatnonzero(indices[told] != truth).tolist())
        true = problem(tuple(points[t] for t in truth))
        sign = 1 if wanted_far else -1
        gains = tuple(sign * (true.distance(i, spots[told]) - true.distance(i, rule.spots(true))) for i in who)
        return Lie(true.places, reports[told], who, gains)

    return RuleCheck(rule.name, witness(True), witness(False), worst, at)
