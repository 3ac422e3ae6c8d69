"""How long everybody waits for another to host (ATLAS P1.6; Bliss and Nalebuff 1984)."""

from __future__ import annotations

from math import exp, isfinite

from ...games.message import say
from ...games.organisation.waiting import Waiting
from ..advice.war_of_attrition import Concession, concession_time, delay_quantile, regret, solve_war_of_attrition
from .analysis import Analysis, figure

MOST_CHECKED = 50  # units for which other times are tried; beyond, the probabilities are too peaked to be integrated


class WaitingAnalysis(Analysis[Waiting]):
    """The symmetric equilibrium, in which a unit of cost c gives in at a time T(c) with T' = (n-1) c f / (rate (b-c) (1-F)): unique among
    symmetric equilibria with T increasing from T(least cost) = 0. Times are floats."""

    @property
    def concession(self) -> Concession:
        """The equilibrium."""
        return solve_war_of_attrition(self.model.attrition)

    @figure(say("when a unit of the cost looked at gives in; none if never"))
    def time(self) -> float | None:
        """T(cost)."""
        found = concession_time(self.model.attrition, float(self.model.cost))
        return found if isfinite(found) else None

    @figure(say("by when somebody has given in with probability one half; none if that probability is never reached"))
    def median_delay(self) -> float | None:
        """Of the first to give in."""
        return self.concession.median_delay if isfinite(self.concession.median_delay) else None

    @figure(say("probability that nobody ever gives in"))
    def never(self) -> float:
        """All costs above the benefit."""
        return float(self.concession.infinite)

    @figure(say("whether every unit's cost is more than its benefit, so that nobody ever gives in"))
    def hopeless(self) -> bool:
        """The study's case: each would rather have nothing than host."""
        return self.model.least_cost >= self.model.benefit

    @figure(say("what a unit expects before it knows its cost, waiting for the others"))
    def expected(self) -> float:
        """E[exp(-rate T)(b - c / n)] over the least cost c of n, by quadrature over its probability."""
        from scipy.integrate import quad

        m, game = self.model, self.model.attrition
        low, width, b, n = float(m.least_cost), float(m.most_cost - m.least_cost), float(m.benefit), m.units

        def worth(share: float) -> float:
            cost = low + width * (1 - (1 - share) ** (1 / n))
            return exp(-float(m.rate) * delay_quantile(game, share)) * (b - cost / n) if cost < b else 0.0

        return float(quad(worth, 0, 1 - self.never, limit=200)[0]) if self.never < 1 else 0.0

    @figure(say("what it expects of a host drawn by lot at once"))
    def lot(self) -> float:
        """b - E[c] / n."""
        m = self.model
        return float(m.benefit - (m.least_cost + m.most_cost) / 2 / m.units)

    @figure(
        say("most that the unit looked at gains by giving in at another time; none where it never gives in or there are too many units")
    )
    def regret(self) -> float | None:
        """Over fifty times at which other costs give in, by integrating the payoff anew."""
        m = self.model
        if not m.least_cost <= m.cost < min(m.benefit, m.most_cost) or m.units > MOST_CHECKED:
            return None
        return regret(m.attrition, float(m.cost))
