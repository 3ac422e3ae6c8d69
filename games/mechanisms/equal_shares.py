"""M-36, the method of equal shares for a common budget (Peters and Skowron 2020; Peters, Pierczynski and Skowron 2021).

Everybody starts with B/n. A project j of cost K_j can be bought at the price rho if those who like it pay min(money_i, rho u_ij) and that
makes K_j. The project with the smallest rho is bought, again and again (ties: the lowest index). What is chosen represents groups that
agree up to one project. Floats are taken for the rational numbers that they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from ..environment import Environment, Types
from ..errors import InputError, SizeError
from ..exact import Array, Number, array, is_exact, zeros
from ..fund import prior_of
from ..message import Message, say
from ..parameters import amount, amounts
from .mechanism import Claim, Knowledge, accept

ZERO = Fraction(0)
MOST_PROJECTS = 24  # of which all subsets may be looked through
COMPLETIONS = ("none", "greedy")


@dataclass(frozen=True, eq=False)
class Chosen:
    """The projects ``chosen``, in the order in which they were bought, and what each player paid of its share of the budget (``paid``)."""

    chosen: tuple[int, ...]
    paid: Array

    @property
    def transfers(self) -> Array:
        """Zeros: the budget is given, nobody's own money moves."""
        return zeros(self.paid.shape, like=self.paid)


@dataclass(frozen=True, eq=False)
class CommonBudget:
    """``utilities[i][j]`` of player i for project j (1 or 0 for approvals), which costs ``costs[j]``; ``budget`` for all projects together.

    Welfare is the sum of utilities, which need not be money; the budget is there to be spent. Raises :class:`InputError` for shapes that
    do not fit and for negative utilities.
    """

    utilities: Any
    costs: tuple[Number, ...]
    budget: Number

    def __post_init__(self) -> None:
        u = array(self.utilities, "utilities")
        object.__setattr__(self, "costs", amounts(self.costs, "costs"))
        if u.ndim != 2 or u.shape[1] != len(self.costs) or not u.size or u.min() < 0 or min(self.costs) <= 0:
            raise InputError("utilities must be one for each player and project, none negative, and every cost above 0")
        object.__setattr__(self, "utilities", u)
        object.__setattr__(self, "budget", amount(self.budget, "budget", least=ZERO))

    @property
    def players(self) -> tuple[str, ...]:
        """Their names."""
        return tuple(str(i + 1) for i in range(len(self.utilities)))

    @property
    def most(self) -> Number:
        """The largest sum of utilities that the budget can buy. Raises :class:`SizeError` for more than ``MOST_PROJECTS`` projects."""
        if len(self.costs) > MOST_PROJECTS:
            raise SizeError(
                "the best of 2^{n} sets of projects is not looked for; at most {limit} projects", n=len(self.costs), limit=MOST_PROJECTS
            )
        best: dict[Any, Any] = {ZERO: ZERO}  # the most by what is spent; whatever costs more must be worth more
        for cost, worth in zip(self.costs, self.utilities.sum(axis=0)):
            for spent, value in list(best.items()):
                if spent + cost <= self.budget:
                    best[spent + cost] = max(best.get(spent + cost, value + worth), value + worth)
            best = _rising(best)
        return max(best.values())

    def worth(self, player: int, outcome: Chosen) -> Number:
        """The utilities of what is chosen."""
        return sum((self.utilities[player, j] for j in outcome.chosen), start=ZERO)

    def welfare(self, outcome: Chosen) -> Number:
        """The sum of everybody's."""
        return sum((self.worth(i, outcome) for i in range(len(self.utilities))), start=ZERO)

    def describe(self, outcome: Chosen) -> str:
        """The projects chosen, numbered from 1."""
        return "+".join(str(j + 1) for j in sorted(outcome.chosen)) or "0"


def _rising(best: dict[Any, Any]) -> dict[Any, Any]:
    kept: dict[Any, Any] = {}
    top = None
    for spent in sorted(best):
        if top is None or best[spent] > top:
            kept[spent] = top = best[spent]
    return kept


def common_budgets(ballots: Sequence[Sequence[Sequence[object]]], costs: object, budget: object, prior: object = None) -> Environment:
    """A common budget; ``ballots[i]`` lists the rows of utilities (one a project) that may be true of player i, its types."""
    kinds = tuple(tuple(amounts(kind, "ballots") for kind in of_one) for of_one in ballots)
    K, B = amounts(costs, "costs"), amount(budget, "budget", least=ZERO)

    def problem(types: Types) -> CommonBudget:
        return CommonBudget(types, K, B)

    return Environment(kinds, problem, prior_of(prior), alike=len(set(kinds)) == 1)


@dataclass(frozen=True)
class EqualShares:
    """M-36; ``completion="greedy"`` then buys from what is left, by utility for cost, as long as something fits."""

    completion: str = "none"

    def __post_init__(self) -> None:
        if self.completion not in COMPLETIONS:
            raise InputError(
                "{name}={value!r} is not known; one of {known}", name="completion", value=self.completion, known=list(COMPLETIONS)
            )

    @property
    def id(self) -> str:
        """The identifier."""
        return "M-36" if self.completion == "none" else "M-36:greedy"

    @property
    def title(self) -> Message:
        """What it is called."""
        if self.completion == "none":
            return say("method of equal shares: everybody has an equal part of the budget to spend on projects")
        return say("method of equal shares, what is left spent on the projects most liked for their cost")

    @property
    def requires(self) -> tuple[Knowledge, ...]:
        """Approvals or utilities, as they are told."""
        return (Knowledge.NONE,)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """As in ATLAS M-36."""
        return (
            Claim("strategy-proof", False, "Peters 2018: no proportional rule is"),
            Claim("efficient", False, "ATLAS M-36"),
            Claim("individually-rational", True, "nobody dislikes a project"),
            Claim("budget-balanced", True, "nobody's own money moves"),
            Claim("anonymous", True, "by construction"),
        )

    def refuses(self, game: Any) -> Message | None:
        """It acts on a common budget."""
        return None if isinstance(game, CommonBudget) else say("acts on a common budget for projects that everybody likes or not")

    def outcome(self, game: CommonBudget) -> Chosen:
        """The projects bought, and who paid for them."""
        accept(self.refuses(game))
        exact = is_exact(game.utilities) and all(isinstance(x, Fraction) for x in (*game.costs, game.budget))
        likes = np.array([[Fraction(x) for x in row] for row in game.utilities.tolist()], dtype=object)
        costs, share = [Fraction(K) for K in game.costs], Fraction(game.budget) / len(likes)
        money, chosen = [share] * len(likes), list[int]()
        while True:
            prices = {
                j: price for j in range(len(costs)) if j not in chosen and (price := _price(likes[:, j], costs[j], money)) is not None
            }
            if not prices:
                break
            bought = min(prices, key=lambda j: (prices[j], j))
            money = [m - min(m, prices[bought] * u) for m, u in zip(money, likes[:, bought])]
            chosen.append(bought)
        paid = array([share - m if exact else float(share - m) for m in money])
        return Chosen((*chosen, *(_greedy(game, chosen) if self.completion == "greedy" else ())), paid)


def _price(likes: Array, cost: Fraction, money: Sequence[Fraction]) -> Fraction | None:
    """The smallest rho with sum_i min(money_i, rho u_i) = cost; None if those who like it have less."""
    fans = sorted((m / u, m, u) for m, u in zip(money, likes) if u > 0)
    if not fans or sum((m for _, m, _ in fans), start=ZERO) < cost:
        return None
    left, weight = cost, sum((u for _, _, u in fans), start=ZERO)
    for most, m, u in fans:
        if left <= most * weight:  # everybody from here on can pay rho u
            return left / weight
        left, weight = left - m, weight - u
    raise AssertionError("whoever has the most money for its liking can pay the rest")


def _greedy(game: CommonBudget, chosen: Sequence[int]) -> list[int]:
    left = game.budget - sum((game.costs[j] for j in chosen), start=ZERO)
    liked = game.utilities.sum(axis=0)
    added: list[int] = []
    for j in sorted(set(range(len(game.costs))) - set(chosen), key=lambda j: (-liked[j] / game.costs[j], j)):
        if liked[j] > 0 and game.costs[j] <= left:
            left -= game.costs[j]
            added.append(j)
    return added
