"""Which part of what is worth doing gets done when only those give who care most (ATLAS P7.2)."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from math import log
from typing import Any

from ...games.exact import Number
from ...games.message import say
from ...games.organisation.scope import Scope
from ..moves.continuous_goods import Provision, log_provision
from .analysis import Analysis, figure
from .smooth import smooth_certificate

MOST_CERTIFIED = 30  # residents


class ScopeAnalysis(Analysis[Scope]):
    """A gift's marginal gain is theta_i / G - 1 whatever the match, G the sum of gifts: only the largest stake can be content, at
    G = max theta (Bergstrom, Blume and Varian 1986). How several with the largest stake share G is open; equal shares are shown."""

    @cached_property
    def provision(self) -> Provision:
        """The equilibrium in gifts."""
        return log_provision(self.model.stakes)

    @figure(say("what each gives"))
    def gifts(self) -> list[Number]:
        """Of several with the largest stake, equal parts."""
        return list(self.provision.gifts)

    @figure(say("residents who give something"))
    def givers(self) -> list[int]:
        """Numbered from 1."""
        return [i + 1 for i in self.provision.contributors]

    @figure(say("amount of the good that there is"))
    def provided(self) -> Number:
        """(1 + match) max theta."""
        return (1 + self.model.match) * self.provision.total

    @figure(say("amount that would be best for all"))
    def best_amount(self) -> Number:
        """The sum of stakes, where a unit costs all together what it is worth to them (Samuelson 1954)."""
        return sum(self.model.stakes, start=Fraction(0))

    @figure(say("part of the best amount that there is"))
    def scope_ratio(self) -> Number:
        """max theta / sum theta without a match."""
        return self.provided / self.best_amount

    @figure(say("match for each unit given at which the best amount comes about"))
    def best_match(self) -> Number:
        """sum theta / max theta - 1."""
        return self.best_amount / self.provision.total - 1

    @figure(say("prices a unit, one for each, at which everybody asks for the same amount"))
    def lindahl_prices(self) -> list[Number]:
        """theta_i / sum theta, the shares of the cost (Lindahl 1919)."""
        return [theta / self.best_amount for theta in self.model.stakes]

    @figure(say("amounts that all ask for at those prices"))
    def lindahl_amounts(self) -> list[Number]:
        """theta_i / p_i: the best amount, all alike; those without a stake ask for nothing and pay nothing."""
        return [theta / p for theta, p in zip(self.model.stakes, self.lindahl_prices) if p]

    @figure(say("whether the project starts only because of one who cares most"))
    def elite_needed(self) -> bool:
        """max theta >= target > the next stake: a privileged group (Olson 1965)."""
        ranked = sorted((*self.model.stakes, Fraction(0)))
        return ranked[-1] >= self.model.target > ranked[-2]

    @figure(say("what all lose together against the best amount"))
    def loss(self) -> float:
        """sum theta ln(best / provided) - (best - provided), in the unit of gifts; whoever pays the match is counted."""
        gap = float(self.best_amount) * log(self.best_amount / self.provided)
        return gap - float(self.best_amount - self.provided)

    @property
    def certificates(self) -> tuple[dict[str, Any], ...]:
        """That nobody gains by another gift.

        Written in the payoffs theta x - x * others - x^2 / 2, whose marginal gain theta - G is that of theta ln G - x times G > 0: the
        same gifts are best in both.
        """
        m = self.model
        if len(m.stakes) > MOST_CERTIFIED:
            return ()
        names = [f"g{i + 1}" for i in range(len(m.stakes))]
        everything = " + ".join(names)
        payoffs = {g: f"theta{i + 1} * {g} - {g} * ({everything} - {g}) - {g} ** 2 / 2" for i, g in enumerate(names)}
        constants = {f"theta{i + 1}": theta for i, theta in enumerate(m.stakes)}
        return (smooth_certificate(payoffs, constants, dict(zip(names, self.gifts)), dict.fromkeys(names, (0, None))),)


__all__ = ["ScopeAnalysis"]
