"""What is left of a project to which several parties must consent for a price each (ATLAS P8.1)."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import Any

from ...games.errors import SizeError
from ...games.exact import Number
from ...games.message import say
from ...games.organisation.anticommons import MOST_WRITTEN, Anticommons
from ..solution import Solution
from ..solve import solve
from .analysis import Analysis, figure
from .smooth import smooth_certificate
from .written import certified

MOST_CERTIFIED = 60  # parties
MOST_SOLVED = 3  # parties of the game on a grid


class AnticommonsAnalysis(Analysis[Anticommons]):
    """The only equilibrium with any use: use is linear, each payoff strictly concave in the own price as long as there is use, and the
    first-order conditions sum to one price (Cournot 1838). With two parties or more there are others without use: if the rest ask for
    ``top`` already, no own price changes anything. They are the standoff, and are reported beside it."""

    @figure(say("total price asked where there is any use"))
    def price(self) -> Number:
        """P = (m top + sum of harms) / (m + 1): m / (m + 1) of what the first unit is worth, without harm."""
        m = self.model
        return (m.parties * m.top + self.total_harm) / (m.parties + 1)

    @figure(say("harm that a unit of use does all parties together"))
    def total_harm(self) -> Number:
        """The sum."""
        return sum(self.model.harms, start=Fraction(0))

    @figure(say("price that each party asks"))
    def prices(self) -> list[Number]:
        """top - P + harm, from top - P - (p - harm) = 0."""
        return [self.model.top - self.price + c for c in self.model.harms]

    @figure(say("how much use is made"))
    def used(self) -> Number:
        """At that price."""
        return self.model.use(self.price)

    @figure(say("what users and parties gain together"))
    def surplus(self) -> Number:
        """Worth of the units used less harm."""
        return self._surplus(self.price)

    def _surplus(self, price: Number) -> Number:
        q = self.model.use(price)
        return q * (self.model.top - self.total_harm) - q * q / (2 * self.model.slope)

    @figure(say("what they would gain together if parties asked for no more than their harm"))
    def best_surplus(self) -> Number:
        """At the total harm as price."""
        return self._surplus(self.total_harm)

    @figure(say("part of the best surplus that is left"))
    def surplus_ratio(self) -> Number:
        """1 - (m / (m + 1))^2."""
        return self.surplus / self.best_surplus

    @figure(say("what the parties earn together"))
    def earned(self) -> Number:
        """Prices above harm, on every unit used."""
        return (self.price - self.total_harm) * self.used

    @figure(say("total price if one agent asks it for all parties"))
    def bundled_price(self) -> Number:
        """(top + harm) / 2: one half of what the first unit is worth, without harm."""
        return (self.model.top + self.total_harm) / 2

    @figure(say("part of the best surplus with one agent"))
    def bundled_ratio(self) -> Number:
        """Three quarters."""
        return self._surplus(self.bundled_price) / self.best_surplus

    @figure(say("what the parties earn together with one agent"))
    def bundled_earned(self) -> Number:
        """Never less than apart: the agent could ask the same."""
        return (self.bundled_price - self.total_harm) * self.model.use(self.bundled_price)

    @figure(say("price at which, if each asks it, nothing is used and nobody can change that alone; none for one party"))
    def standoff_price(self) -> Number | None:
        """top / (m - 1): the others ask for all that the first unit is worth."""
        return self.model.top / (self.model.parties - 1) if self.model.parties > 1 else None

    @figure(say("whether such a standoff is made of prices that may make sense: none is dominated"))
    def standoff_undominated(self) -> bool:
        """Prices up to (top + harm) / 2 are best against nothing asked by others; higher ones are never better and sometimes worse. So for
        parties without harm from three on; with harm, where the price of each party lies between its harm and that."""
        asked = self.standoff_price
        return asked is not None and all(c < asked <= (self.model.top + c) / 2 for c in self.model.harms)

    @cached_property
    def _solution(self) -> Solution | None:
        m = self.model
        if m.parties > min(MOST_SOLVED, MOST_WRITTEN) or len(set(m.harms)) > 1:
            return None
        try:
            return solve(m.game())
        except SizeError:
            return None

    @figure(say("total prices in the equilibria with use of the game on a grid, solved; none where it is not written out"))
    def solved_prices(self) -> list[Number] | None:
        """Each once, rising; on a grid as coarse as this one there may be some beside the one above."""
        if self._solution is None or not self._solution.complete:
            return None
        grid = self.model.grid()
        totals = {
            sum((g["players"] * grid[g["strategy"].index(1)] for g in e.profile), start=Fraction(0)) for e in self._solution.equilibria
        }
        return sorted(total for total in totals if total < self.model.top)

    @property
    def certificates(self) -> tuple[dict[str, Any], ...]:
        """That no party gains by another price; written with use as ``slope * (top - P)`` also where that is below 0, which only takes
        away from what a higher price earns."""
        m = self.model
        found = certified(self._solution)
        if m.parties > MOST_CERTIFIED:
            return found
        names = [f"p{j + 1}" for j in range(m.parties)]
        payoffs = {p: f"({p} - c{j + 1}) * slope * (top - ({' + '.join(names)}))" for j, p in enumerate(names)}
        constants = {"top": m.top, "slope": m.slope} | {f"c{j + 1}": c for j, c in enumerate(m.harms)}
        return (smooth_certificate(payoffs, constants, dict(zip(names, self.prices)), dict.fromkeys(names, (0, None))), *found)


__all__ = ["AnticommonsAnalysis"]
