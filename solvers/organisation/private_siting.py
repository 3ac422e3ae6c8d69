"""How much outside money private knowledge costs, and what more candidate sites save (ATLAS P1.13, O-05)."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from itertools import product
from typing import Any, TypeVar

from ...games.environment import Environment
from ...games.exact import Number
from ...games.mechanisms.expected_externality import ExpectedExternality
from ...games.message import say
from ...games.organisation.private_siting import CandidateSites, PrivateHosts, chances
from ..design.direct_mechanism import best_mechanism, least_subsidy
from .analysis import Analysis, figure

P = TypeVar("P", CandidateSites, PrivateHosts)


class _Private(Analysis[P]):
    """What both have in common: exact linear programs over finite types (:mod:`..design.direct_mechanism`)."""

    @cached_property
    def environment(self) -> Environment:
        """Who may be of which type, and what is then to decide."""
        return self.model.environment()

    @cached_property
    def _cases(self) -> list[tuple[tuple[Any, ...], Fraction]]:
        """Every profile of types with its probability."""
        prior: Any = self.environment.prior
        kinds: Any = self.environment.types
        return [(t, Fraction(prior[tuple(of.index(x) for of, x in zip(kinds, t))])) for t in product(*kinds)]

    @figure(say("expected surplus if everything were known"))
    def first_best(self) -> Number:
        """E max(0, W)."""
        total = Fraction(0)
        for t, p in self._cases:
            game = self.environment.problem(t)
            total += p * game.surplus[game.best]
        return total

    @figure(say("least outside money, expected, with which the efficient choice is truthful and voluntary; below 0 money is left"))
    def subsidy(self) -> Number:
        """Bayesian incentive compatible, interim individually rational: the optimum of an exact linear program."""
        return least_subsidy(self.environment)

    @figure(say("whether the efficient choice pays for itself"))
    def self_financing(self) -> bool:
        """No outside money is needed (Myerson and Satterthwaite 1983)."""
        return self.subsidy <= 0

    @figure(say("largest expected surplus that pays for itself"))
    def second_best(self) -> Number:
        """Truthful, voluntary, without outside money in expectation; lotteries allowed."""
        return best_mechanism(self.environment).welfare

    @figure(say("least that any type of any player expects under the expected-externality rule"))
    def least_interim(self) -> Number:
        """Balanced and truthful (d'Aspremont and Gerard-Varet 1979); below 0 somebody would rather stay away."""
        return min(min(row) for row in self._interim)

    @cached_property
    def _interim(self) -> list[list[Fraction]]:
        """U(type) of every player under the expected-externality rule, by type."""
        rule, kinds = ExpectedExternality.of(self.environment), self.environment.types
        worth = [{x: Fraction(0) for x in of} for of in kinds]  # type: ignore[union-attr]
        weight = [{x: Fraction(0) for x in of} for of in kinds]  # type: ignore[union-attr]
        for t, p in self._cases:
            game = self.environment.problem(t)
            outcome = rule.outcome(game)
            for i, x in enumerate(t):
                worth[i][x] += p * Fraction(game.worth(i, outcome))
                weight[i][x] += p
        return [[total / weight[i][x] for x, total in row.items()] for i, row in enumerate(worth)]


class CandidateSitesAnalysis(_Private[CandidateSites]):
    """One user, some candidate hosts."""

    @figure(say("what a host of each damage expects under the expected-externality rule"))
    def host_interim(self) -> list[Number]:
        """The first host, by damage."""
        return list(self._interim[0])

    @figure(say("what the user of each value expects under the expected-externality rule"))
    def user_interim(self) -> list[Number]:
        """By value."""
        return list(self._interim[-1])

    @figure(say("expected surplus counted in virtual values: the outside money, with the other sign"))
    def virtual_surplus(self) -> Number:
        """A second way to the subsidy (Myerson 1981): what is left after everybody's information rent. A host of damage d_j counts as
        d_j + F(d_(j-1)) / p_j (d_j - d_(j-1)), a user worth v_j as v_j - (1 - F(v_j)) / p_j (v_(j+1) - v_j)."""
        m, total = self.model, Fraction(0)
        cost, worth = virtual_costs(m.damage, m.damage_weight), virtual_values(m.value, m.value_weight)
        for t, p in self._cases:
            game = self.environment.problem(t)
            if game.best != game.status_quo:
                host = game.sites.index(game.best)
                total += p * (worth[t[-1][host]] - cost[-t[host][host]])
        return total


class PrivateHostsAnalysis(_Private[PrivateHosts]):
    """Units that all gain and could all host."""


def virtual_costs(damage: tuple[Number, ...], weight: tuple[Number, ...]) -> dict[Number, Number]:
    """By damage, rising: the damage and the rent that it leaves to all lower ones."""
    p = chances(weight)
    below = [sum(p[:j], start=Fraction(0)) for j in range(len(p))]
    return {d: d + (below[j] / p[j] * (d - damage[j - 1]) if j else 0) for j, d in enumerate(damage)}


def virtual_values(value: tuple[Number, ...], weight: tuple[Number, ...]) -> dict[Number, Number]:
    """By value, rising: the value less the rent that it leaves to all higher ones."""
    p = chances(weight)
    above = [sum(p[j + 1 :], start=Fraction(0)) for j in range(len(p))]
    return {v: v - (above[j] / p[j] * (value[j + 1] - v) if j + 1 < len(value) else 0) for j, v in enumerate(value)}
