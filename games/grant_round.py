"""Grants of a street office to communities (ATLAS CASE-09): goods of any size or given projects, of which others gain a share too.

sigma (``spill``) is what all others together gain of what a community gains from its own. Communities bear the costs; grants are
transfers. Weingast, Shepsle and Johnsen 1981; Oates 1972.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from .environment import Environment, Interval, Types
from .errors import InputError
from .exact import Array, Number
from .fund import kinds_of, prior_of
from .parameters import amount, amounts

ZERO = Fraction(0)


@dataclass(frozen=True, eq=False)
class Levels:
    """Community c's own good has the size ``roots[c]`` squared; ``transfers`` is what it receives towards the cost."""

    roots: tuple[Number, ...]
    transfers: Array


@dataclass(frozen=True, eq=False)
class Grants:
    """Which projects are ``built``, and what each community receives (``transfers``)."""

    built: tuple[bool, ...]
    transfers: Array


@dataclass(frozen=True)
class LocalGoods:
    """A good of any size g in each community, at a cost of g, worth ``2 weights[c] sqrt(g)`` there and ``spill`` times that elsewhere."""

    weights: tuple[Number, ...]
    spill: Number = ZERO

    def __post_init__(self) -> None:
        object.__setattr__(self, "weights", amounts(self.weights, "weights", least=ZERO))
        object.__setattr__(self, "spill", amount(self.spill, "spill", least=ZERO))

    @property
    def players(self) -> tuple[str, ...]:
        """The communities."""
        return tuple(str(c + 1) for c in range(len(self.weights)))

    @property
    def best(self) -> tuple[Number, ...]:
        """The roots of the efficient sizes, (1 + sigma) theta_c (P9.2)."""
        return tuple((1 + self.spill) * theta for theta in self.weights)

    @property
    def most(self) -> Number:
        """The largest welfare."""
        return sum((r * r for r in self.best), start=ZERO)

    def _gains(self, outcome: Levels) -> list[Number]:
        return [2 * theta * r for theta, r in zip(self.weights, outcome.roots)]

    def worth(self, player: int, outcome: Levels) -> Number:
        """The own good less its cost, the spill of the others' goods, shared equally, and the money received."""
        gains, r = self._gains(outcome), outcome.roots[player]
        return gains[player] - r * r + _spilled(gains, player, self.spill) + outcome.transfers[player]

    def welfare(self, outcome: Levels) -> Number:
        """All gains, the spilled ones included, less all costs."""
        return (1 + self.spill) * sum(self._gains(outcome), start=ZERO) - sum((r * r for r in outcome.roots), start=ZERO)


@dataclass(frozen=True)
class GrantRound:
    """Projects j of cost ``costs[j]``, worth ``values[j]`` to the community ``owners[j]`` and ``spill`` times that to all others together.

    ``budget`` is what the office may grant (None: as much as is asked for). Raises :class:`InputError` if the lists do not fit.
    """

    values: tuple[Number, ...]
    costs: tuple[Number, ...]
    owners: tuple[int, ...]
    spill: Number = ZERO
    budget: Number | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", amounts(self.values, "values"))
        object.__setattr__(self, "costs", amounts(self.costs, "costs", len(self.values), least=ZERO))
        object.__setattr__(self, "spill", amount(self.spill, "spill", least=ZERO))
        if self.budget is not None:
            object.__setattr__(self, "budget", amount(self.budget, "budget", least=ZERO))
        if len(self.owners) != len(self.values) or set(self.owners) != set(range(max(self.owners, default=-1) + 1)):
            raise InputError("owners must name a community for each of {n} projects, numbered from 0 without gaps", n=len(self.values))

    @property
    def players(self) -> tuple[str, ...]:
        """The communities."""
        return tuple(str(c + 1) for c in range(max(self.owners) + 1))

    @property
    def social(self) -> tuple[Number, ...]:
        """(1 + sigma) v_j - K_j of every project."""
        return tuple((1 + self.spill) * v - K for v, K in zip(self.values, self.costs))

    @property
    def most(self) -> Number:
        """The largest welfare: every project of positive social value. The budget binds grants, not what may be built."""
        return sum((max(s, ZERO) for s in self.social), start=ZERO)

    def worth(self, player: int, outcome: Grants) -> Number:
        """Own projects less their costs, the spill of the others', shared equally, and the money received."""
        gains: list[Number] = [ZERO] * len(self.players)
        cost = ZERO
        for j in range(len(self.values)):
            if outcome.built[j]:
                gains[self.owners[j]] += self.values[j]
                cost += self.costs[j] if self.owners[j] == player else 0
        return gains[player] - cost + _spilled(gains, player, self.spill) + outcome.transfers[player]

    def welfare(self, outcome: Grants) -> Number:
        """The social value of what is built."""
        return sum((s for s, built in zip(self.social, outcome.built) if built), start=ZERO)

    @property
    def utilities(self) -> tuple[tuple[Number, ...], ...]:
        """What each project is worth to each community, costs aside: to its owner v_j, to each other an equal part of sigma v_j."""
        n = len(self.players)
        part = self.spill / (n - 1) if n > 1 else ZERO
        return tuple(tuple(v if c == owner else part * v for v, owner in zip(self.values, self.owners)) for c in range(n))


def _spilled(gains: Sequence[Number], player: int, spill: Number) -> Number:
    others = len(gains) - 1
    return spill * (sum(gains, start=ZERO) - gains[player]) / others if others else ZERO


def sixteen_projects(spill: object = "1/4", budget: object = 500) -> GrantRound:
    """S16 of ATLAS CASE-09, synthetic: 16 projects of 12 communities, K_j = 18 + 3 (7j mod 13), v_j = K_j (1/2 + (5j mod 12) / 10)."""
    projects = range(1, 17)
    costs = tuple(Fraction(18 + 3 * (7 * j % 13)) for j in projects)
    values = tuple(K * (Fraction(1, 2) + Fraction(5 * j % 12, 10)) for j, K in zip(projects, costs))
    owners = (*range(12), 0, 3, 6, 9)
    return GrantRound(values, costs, owners, amount(spill, "spill"), amount(budget, "budget"))


def local_goods(weights: Sequence[Sequence[object] | Interval], spill: object = 0, prior: object = None) -> Environment:
    """Goods of any size; ``weights[c]`` lists the theta_c that may be true of community c, its types."""
    kinds, sigma = kinds_of(weights, "weights"), amount(spill, "spill", least=ZERO)

    def problem(types: Types) -> LocalGoods:
        return LocalGoods(types, sigma)

    return Environment(kinds, problem, prior_of(prior), alike=len(set(kinds)) == 1)


def grant_rounds(
    values: Sequence[Sequence[Sequence[object]]], costs: object, owners: Sequence[int], spill: object = 0, budget: object = None
) -> Environment:
    """Given projects; ``values[c]`` lists types of community c, each the values of its own projects in their order."""
    kinds = tuple(tuple(amounts(kind, "values") for kind in of_one) for of_one in values)
    K, sigma = amounts(costs, "costs"), amount(spill, "spill", least=ZERO)
    places = [list(owners)[:j].count(c) for j, c in enumerate(owners)]  # which of its owner's projects each is
    B = None if budget is None else amount(budget, "budget", least=ZERO)

    def problem(types: Types) -> GrantRound:
        return GrantRound(tuple(types[c][k] for c, k in zip(owners, places)), K, tuple(owners), sigma, B)

    return Environment(kinds, problem)
