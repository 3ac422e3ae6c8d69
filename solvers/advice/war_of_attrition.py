"""The symmetric equilibrium of the war of attrition (P1.6): a unit of cost c concedes at the time T(c).

    T'(c) = (n-1) c f(c) / (rho (b - c) (1 - F(c))),   T(c_min) = 0;   types with c >= b never concede.

Who waits a moment longer gains c times the hazard h = (n-1) f x' / (1 - F) that another concedes (x is the inverse of T) and loses
rho (b - c). Written in x, the slope of the payoff of type c that concedes as type x would is a positive factor times
c - x (b - c) / (b - x), which is positive below c and negative above: conceding at T(c) is the best reply to the others'.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import exp, inf, log1p
from typing import Any

from ...games.exact import Number, as_json
from ...games.message import Message, say
from ...games.private_costs import Uniform
from ...games.war_of_attrition import WarOfAttrition

_CLOSE = 1e-12  # relative width to which quantiles are halved


@dataclass(frozen=True)
class Concession:
    """The equilibrium. ``median_delay`` and ``infinite`` (the probability that nobody ever concedes) are of the first concession;
    ``stop`` says where nobody can concede.
    """

    game: WarOfAttrition
    median_delay: float
    infinite: float
    stop: Message | None

    def time(self, cost: Number) -> float:
        """T(cost): when a unit of that cost concedes, infinite if never."""
        return concession_time(self.game, float(cost))

    def slope(self, cost: Number) -> float:
        """T'(cost)."""
        return slope(self.game, float(cost))

    def quantile(self, share: float) -> float:
        """The delay by which somebody has conceded with probability ``share``."""
        return delay_quantile(self.game, share)

    def to_dict(self, read: Callable[[object], str] = str) -> dict[str, Any]:
        """The JSON form, schema ``encompass/war-of-attrition/1``: the times of eleven costs up to the benefit beside the figures."""
        game = self.game
        low, top = float(game.costs.low), float(min(game.costs.high, game.benefit))
        costs = [low + (top - low) * k / 10 for k in range(11)] if top > low else []
        return as_json(
            {
                "schema": "encompass/war-of-attrition/1",
                "players": game.players,
                "benefit": game.benefit,
                "rate": game.rate,
                "median_delay": self.median_delay,
                "infinite": self.infinite,
                "times": [{"cost": c, "time": self.time(c)} for c in costs],
                "stop": None if self.stop is None else read(self.stop),
            }
        )


def solve_war_of_attrition(game: WarOfAttrition) -> Concession:
    """The symmetric equilibrium: in closed form with uniform costs, by quadrature otherwise; times are floats."""
    infinite = (1 - game.costs.cdf(float(game.benefit))) ** game.players
    stop = say("every cost is at least the benefit: nobody ever concedes") if game.costs.low >= game.benefit else None
    return Concession(game, delay_quantile(game, 0.5), infinite, stop)


def slope(game: WarOfAttrition, c: float) -> float:
    """T'(c); infinite where the type never concedes, 0 for a unit alone."""
    b, left = float(game.benefit), 1 - game.costs.cdf(c)
    if c >= b:
        return inf
    top = (game.players - 1) * c * game.costs.pdf(c)
    return top / (float(game.rate) * (b - c) * left) if left > 0 else (inf if top else 0.0)


def concession_time(game: WarOfAttrition, c: float) -> float:
    """T(c); infinite from the benefit on."""
    low, high, b = float(game.costs.low), float(game.costs.high), float(game.benefit)
    if c >= b:
        return inf
    if c <= low or game.players == 1:
        return 0.0
    if c >= high:
        return inf
    if isinstance(game.costs, Uniform):
        return (game.players - 1) / float(game.rate) * _uniform(low, high, b, c)
    from scipy.integrate import quad

    return float(quad(lambda x: slope(game, x), low, c, epsabs=0, epsrel=1e-10, limit=400)[0])


def _uniform(low: float, high: float, b: float, c: float) -> float:
    """The integral of x / ((b - x)(high - x)) from ``low`` to ``c``, in partial fractions."""
    at_b, at_high = -log1p(-(c - low) / (b - low)), -log1p(-(c - low) / (high - low))  # integrals of 1/(b-x) and 1/(high-x)
    if abs(high - b) > 1e-6 * high:
        return (b * at_b - high * at_high) / (high - b)
    middle = (b + high) / 2  # nearly equal: x / (m - x)^2 is right to the second order of their distance
    return middle * (1 / (middle - c) - 1 / (middle - low)) + log1p(-(c - low) / (middle - low))


def delay_quantile(game: WarOfAttrition, share: float) -> float:
    """The delay by which the first has conceded with probability ``share``: T at that quantile of the least of n costs."""
    target = 1 - (1 - share) ** (1 / game.players)
    low, high = float(game.costs.low), float(game.costs.high)
    if isinstance(game.costs, Uniform):
        return concession_time(game, low + (high - low) * target)
    while high - low > _CLOSE * max(1.0, abs(high)):
        middle = (low + high) / 2
        low, high = (middle, high) if game.costs.cdf(middle) < target else (low, middle)
    return concession_time(game, (low + high) / 2)


def payoff(game: WarOfAttrition, c: float, as_type: float) -> float:
    """What a unit of cost ``c`` expects if it concedes when a unit of cost ``as_type`` would (below the benefit), the others
    following the equilibrium.
    """
    from scipy.integrate import quad

    b, rate, others = float(game.benefit), float(game.rate), game.players - 1
    low = float(game.costs.low)

    def density(x: float) -> float:  # of the least of the others' costs
        return others * game.costs.pdf(x) * (1 - game.costs.cdf(x)) ** (others - 1) if others else 0.0

    waited = quad(lambda x: b * exp(-rate * concession_time(game, x)) * density(x), low, as_type, limit=200)[0] if as_type > low else 0.0
    alone = (1 - game.costs.cdf(as_type)) ** others
    return float(waited) + alone * (b - c) * exp(-rate * concession_time(game, as_type))


def regret(game: WarOfAttrition, c: float, grid: int = 50) -> float:
    """The most that a unit of cost ``c`` gains by conceding at the time of another type, over a ``grid`` of types (A-31)."""
    low, top = float(game.costs.low), float(min(game.costs.high, game.benefit))
    types = [low + (top - low) * k / grid for k in range(grid)]
    return max(0.0, max(payoff(game, c, x) for x in types) - payoff(game, c, c))
