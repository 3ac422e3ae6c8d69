"""When helping one another lasts, between two and in a community that remembers (ATLAS P18.1).

Grim trigger: who refuses is never helped again. Helping when asked is best iff (1 - delta) c <= delta pi (b - c), by the one-shot
deviation principle; the needs of both are seen before one decides, so the cost is weighed when it falls due.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from ...games.exact import Number
from ...games.message import say
from ...games.organisation.favour_exchange import FavourExchange
from ..control.bellman_certificate import chain_certificate
from ..control.optimal_control import Controlled, optimal_control
from ..dynamics.repeated import least_discount
from .analysis import Analysis, figure


class FavourAnalysis(Analysis[FavourExchange]):
    """Exact."""

    @figure(say("least discount factor at which a pair, meeting every period, keeps helping"))
    def critical(self) -> Number:
        """P18.1: c / (c + pi (b - c))."""
        m = self.model
        return _least(m.cost, m.need * (m.benefit - m.cost))

    @figure(say("least discount factor where one of several partners comes each period and only the one refused stops helping"))
    def critical_alone(self) -> Number:
        """c / (c + (pi / N)(b - c)): the partner refused is met once in N periods."""
        m = self.model
        return _least(m.cost, m.need / m.partners * (m.benefit - m.cost))

    @figure(say("least discount factor where refusals are on record and all partners stop helping"))
    def critical_recorded(self) -> Number:
        """c / (c + pi (b - c)), as if one partner were met every period: records multiply what is at stake by N."""
        return self.critical

    @figure(say("least discount factor where all partners may ask in the same period and all stop helping at one refusal"))
    def critical_at_once(self) -> Number:
        """N c against N pi (b - c): as for one pair. Pooling favours that fall due together buys nothing (Bernheim and Whinston 1990)."""
        m = self.model
        return _least(m.partners * m.cost, m.partners * m.need * (m.benefit - m.cost))

    @figure(say("whether helping lasts in a pair that meets every period"))
    def lasts(self) -> bool:
        """discount >= critical."""
        return self.model.discount >= self.critical

    @figure(say("whether helping lasts among several partners without records"))
    def lasts_alone(self) -> bool:
        """discount >= critical_alone."""
        return self.model.discount >= self.critical_alone

    @figure(say("whether helping lasts among several partners with records"))
    def lasts_recorded(self) -> bool:
        """discount >= critical_recorded."""
        return self.model.discount >= self.critical_recorded

    @figure(say("least probability of need at which helping lasts in a pair; none if even certain need is not enough"))
    def least_need(self) -> Number | None:
        """pi >= c (1 - delta) / (delta (b - c))."""
        m = self.model
        if m.discount == 0:
            return None
        needed = m.cost * (1 - m.discount) / (m.discount * (m.benefit - m.cost))
        return needed if needed <= 1 else None

    @figure(say("most partners among whom helping lasts without records; 0 if not even between two"))
    def most_partners(self) -> int:
        """N <= delta pi (b - c) / ((1 - delta) c)."""
        m = self.model
        return int(m.discount * m.need * (m.benefit - m.cost) / ((1 - m.discount) * m.cost))

    @property
    def optimum(self) -> Controlled:
        """The best plan of one who is asked, against a partner who never forgives: solved, not derived."""
        if "optimum" not in self.known:
            self.known["optimum"] = optimal_control(self.model.game())
        return self.known["optimum"]

    @figure(say("whether helping is best for one who is asked, solved as a controlled chain"))
    def helping_is_best(self) -> bool:
        """Of the plan found; helping where both are as good."""
        return self.optimum.policy[0] == 0

    @property
    def optimum_alone(self) -> Controlled:
        """The same against one partner of several, of whom each period brings one, each as likely."""
        if "optimum_alone" not in self.known:
            self.known["optimum_alone"] = optimal_control(self.model.with_one().game())
        return self.known["optimum_alone"]

    @figure(say("whether helping is best where only the one refused stops helping, solved as a controlled chain"))
    def helping_is_best_alone(self) -> bool:
        """Of the plan found; helping where both are as good."""
        return self.optimum_alone.policy[0] == 0

    @figure(say("mean gain of each in a period while helping lasts"))
    def gain(self) -> Number:
        """pi (b - c)."""
        return self.model.need * (self.model.benefit - self.model.cost)

    @property
    def certificates(self) -> tuple[dict[str, Any], ...]:
        """That the plan of one who is asked is best, in a pair and among several partners."""
        plans = ((self.model, self.optimum), (self.model.with_one(), self.optimum_alone))
        return tuple(found for m, plan in plans if (found := chain_certificate(m.game(), plan)) is not None)


def _least(gain: Number, loss: Number) -> Number:
    found = least_discount(gain, loss)
    assert found is not None  # the loss is positive
    return Fraction(found) if isinstance(found, int) else found
