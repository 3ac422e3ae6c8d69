"""Goods that a group pays for together, as problems that a mechanism decides on.

* :class:`Fund`: a good of given cost C is made or not; v_i is what it is worth to player i.
* :class:`RootGood`: a good of any size F, which costs F; it is worth 2 theta_i sqrt(F) to player i, so that theta_i^2 is what i alone
  would spend, and (sum theta)^2 is efficient.

Transfers are money received: who pays has a negative one. What is spent beyond what the players pay in is borne by player 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from .environment import Environment, Interval, Types
from .errors import InputError
from .exact import Array, Number, array
from .parameters import amount, amounts

ZERO = Fraction(0)


@dataclass(frozen=True, eq=False)
class Provision:
    """Who enjoys a good (``served[i]`` = 1, else 0), the money each player receives (``transfers``), and what the good ``cost``."""

    served: Array
    transfers: Array
    cost: Number


@dataclass(frozen=True, eq=False)
class Funding:
    """A good of size ``root`` squared, and the money that each player receives (``transfers``, what it pays being negative)."""

    root: Number
    transfers: Array

    @property
    def funding(self) -> Number:
        """F, what is spent on the good."""
        return self.root * self.root

    @property
    def subsidy(self) -> Number:
        """What player 0 adds to the players' contributions."""
        return self.funding + self.transfers.sum()


@dataclass(frozen=True)
class Fund:
    """A good of ``cost`` that is worth ``values[i]`` to player i, made or not. Raises :class:`InputError` unless the cost is positive."""

    values: tuple[Number, ...]
    cost: Number
    names: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", amounts(self.values, "values"))
        object.__setattr__(self, "cost", amount(self.cost, "cost", above=0))
        _check_names(self.names, len(self.values))

    @property
    def players(self) -> tuple[str, ...]:
        """Their names."""
        return self.names or _numbered(len(self.values))

    @property
    def net(self) -> Number:
        """What the good is worth to all, less its cost."""
        return sum(self.values, start=ZERO) - self.cost

    @property
    def most(self) -> Number:
        """The largest welfare: the good for everybody, if it is worth its cost to those who value it."""
        return max(sum((v for v in self.values if v > 0), start=ZERO) - self.cost, ZERO)

    def worth(self, player: int, outcome: Provision) -> Number:
        """v_i if served, and the money received."""
        return self.values[player] * outcome.served[player] + outcome.transfers[player]

    def welfare(self, outcome: Provision) -> Number:
        """The values of those served, less the cost."""
        return sum((v * s for v, s in zip(self.values, outcome.served)), start=ZERO) - outcome.cost

    def spent(self, outcome: Provision) -> Number:
        """What the good costs: player 0 pays for it from what it collects."""
        return outcome.cost

    def envy(self, outcome: Provision) -> Number:
        """The most that anybody would gain in another's place."""
        ends = set(zip(outcome.served, outcome.transfers))
        return max(v * s + t - self.worth(i, outcome) for i, v in enumerate(self.values) for s, t in ends)

    def split(self, player: int, rows: Sequence[Fund]) -> Fund:
        """The fund told when ``player`` comes under several names, as the player of each of ``rows``; the first in its own place."""
        return Fund(_split(self.values, player, [row.values[player] for row in rows]), self.cost)

    def without(self, player: int) -> Fund:
        """The fund told when ``player`` asks for nothing."""
        return Fund(_split(self.values, player, [ZERO]), self.cost)

    def describe(self, outcome: Provision) -> str:
        """Who is served, by 1 and 0."""
        return "".join(str(int(s)) for s in outcome.served)


@dataclass(frozen=True)
class RootGood:
    """A good of any size F, worth ``2 weights[i] sqrt(F)`` to player i. Raises :class:`InputError` for negative weights."""

    weights: tuple[Number, ...]
    names: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "weights", amounts(self.weights, "weights", least=ZERO))
        _check_names(self.names, len(self.weights))

    @property
    def players(self) -> tuple[str, ...]:
        """Their names."""
        return self.names or _numbered(len(self.weights))

    @property
    def most(self) -> Number:
        """The largest welfare, (sum theta)^2, at F = (sum theta)^2."""
        total = sum(self.weights, start=ZERO)
        return total * total

    def worth(self, player: int, outcome: Funding) -> Number:
        """2 theta_i sqrt(F), and the money received."""
        return 2 * self.weights[player] * outcome.root + outcome.transfers[player]

    def welfare(self, outcome: Funding) -> Number:
        """2 sum(theta) sqrt(F) - F."""
        return 2 * sum(self.weights, start=ZERO) * outcome.root - outcome.funding

    def spent(self, outcome: Funding) -> Number:
        """F, paid by player 0 from what it collects."""
        return outcome.funding

    def split(self, player: int, rows: Sequence[RootGood]) -> RootGood:
        """The good told when ``player`` comes under several names, as the player of each of ``rows``; the first in its own place."""
        return RootGood(_split(self.weights, player, [row.weights[player] for row in rows]))

    def without(self, player: int) -> RootGood:
        """The good told when ``player`` stays away."""
        return RootGood(_split(self.weights, player, [ZERO]))

    def describe(self, outcome: Funding) -> str:
        """The size of the good."""
        return f"F={outcome.funding}"


def funds(values: Sequence[Sequence[object] | Interval], cost: object, prior: object = None) -> Environment:
    """A good of ``cost``; ``values[i]`` lists what it may be worth to player i (or an :class:`Interval`), its types."""
    kinds = kinds_of(values, "values")

    def problem(types: Types) -> Fund:
        return Fund(types, amount(cost, "cost", above=0))

    return Environment(kinds, problem, prior_of(prior), alike=len(set(kinds)) == 1)


def root_goods(weights: Sequence[Sequence[object] | Interval], prior: object = None) -> Environment:
    """A good of any size; ``weights[i]`` lists the theta_i that may be true of player i, its types."""
    kinds = kinds_of(weights, "weights")
    return Environment(kinds, RootGood, prior_of(prior), alike=len(set(kinds)) == 1)


def kinds_of(given: Sequence[Sequence[object] | Interval], name: str) -> tuple[tuple[Number, ...] | Interval, ...]:
    """Types that are numbers, player by player."""
    return tuple(kinds if isinstance(kinds, Interval) else amounts(kinds, name) for kinds in given)


def prior_of(given: object) -> Array | None:
    """A prior over profiles of types, if there is one."""
    return None if given is None else array(given, "prior")


def transfers_of(values: Sequence[Number]) -> Array:
    """Money by player as an array: rational where all are."""
    return array(list(values), "transfers")


def _split(values: tuple[Number, ...], player: int, under: Sequence[Number]) -> tuple[Number, ...]:
    return (*values[:player], under[0], *values[player + 1 :], *under[1:])


def _numbered(n: int) -> tuple[str, ...]:
    return tuple(str(i + 1) for i in range(n))


def _check_names(names: tuple[str, ...], n: int) -> None:
    if names and len(names) != n:
        raise InputError("{given} names for {n} players", given=len(names), n=n)
