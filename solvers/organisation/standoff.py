"""What leads out of the standoff over a site: prices, groups, signatures, rules; and misjudged numbers (ATLAS P1.10 to P1.18)."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np

from ...games.coalitional_game import CoalitionalGame, LeastCore, least_core, nucleolus
from ...games.errors import NotApplicable
from ...games.exact import Array, Number
from ...games.maximin import maximin_lottery
from ...games.mechanisms.binding_petition import BindingPetition
from ...games.mechanisms.composition import mechanism_named
from ...games.mechanisms.side_payments import SoloPayoff, efficiency_is_supportable, solo_payoffs
from ...games.message import say
from ..standoff.compare import compare
from ..standoff.comparison import Comparison
from ..structure.values import coco_value
from .analysis import figure
from .least_of_uniforms import chances_of_least, guaranteed_by_lottery
from .standoff_window import WindowFigures

RULES = (
    "M-01:EQ", "M-01:FC", "M-01:ES", "M-02", "M-02:rebate", "M-04", "M-05", "M-06:veto", "M-06:imposition", "M-08", "M-11", "M-12", "M-13",
    "M-19", "M-21:maxmin", "M-21:uniform", "M-22", "M-24(M-21:uniform)", "M-24(M-01:EQ)", "M-28", "M-31", "M-32", "M-34", "DL-1", "DL-3",
    "DL-5:constructive", "DL-6", "DL-8", "DL-8:unanimity", "DL-14", "DL-14:money",
)  # fmt: skip
"""The rules tried on a standoff: all of the atlas that can be played at once, whether they help or not."""


class StandoffAnalysis(WindowFigures):
    """Everything is computed from the residents-by-sites table of the model: the consent game by its structure, the core by its least
    excess, lotteries by exact linear programs. Figures over all profiles or coalitions raise :class:`SizeError` where they do not fit."""

    @cached_property
    def _tried(self) -> Comparison:
        return compare(self.siting, RULES)

    @cached_property
    def _core(self) -> LeastCore:
        return least_core(self._groups)

    @cached_property
    def _groups(self) -> CoalitionalGame:
        return CoalitionalGame.siting(self.siting)

    # prices and coalitions (P1.10, P1.11)

    @figure(say("what the host may be paid so that nobody envies anybody: least and most"))
    def fair_price(self) -> list[Number]:
        """[(n-1) d_(1) / n, (n-1) d_(2) / n]: also the common bids that are equilibria of the low-bid auction (P1.10)."""
        least, second = sorted(self.model.harm)[:2]
        part = Fraction(self.model.units - 1, self.model.units)
        return [part * least, part * second] if isinstance(least, Fraction) else [float(part) * least, float(part) * second]

    @figure(say("largest envy at the price asked about"))
    def price_envy(self) -> Number:
        """Between the host of least damage, paid the price, and the others, who pay it in equal shares."""
        harm, c = self.model.harm, self.model.price
        host, paid = min(harm), c / (self.model.units - 1)
        rest = sorted(harm)[1:]
        return max(0 * c, -paid - (c - host), *((c - d) + paid for d in rest))

    @figure(say("most that anybody gains by another bid when all bid the price asked about"))
    def price_regret(self) -> Number:
        """In the low-bid auction, where the lowest bid hosts and is paid that bid, and everybody else pays its own bid / (n-1): bidding a
        little more frees the host, bidding a little less makes a payer host (Kunreuther and Kleindorfer 1986)."""
        harm, x = sorted(self.model.harm), self.model.price
        pays = -x / (self.model.units - 1)
        return max(0 * x, pays - (x - harm[0]), *((x - d) - pays for d in harm[1:]))

    @figure(say("the least that the unhappiest group lacks: above 0 the core is empty"))
    def least_excess(self) -> Number:
        """The least core's epsilon (P1.11)."""
        return self._core.epsilon

    @figure(say("whether some division of the gain is stable against every group"))
    def stable(self) -> bool:
        """Whether the core has anything in it."""
        return self._core.epsilon <= 0

    @figure(say("the division that leaves the unhappiest group least unhappy (nucleolus); none if the units are worth more one by one"))
    def fairest_stable(self) -> list[Number] | None:
        """By unit (Schmeidler 1969)."""
        try:
            return list(nucleolus(self._groups))
        except NotApplicable:
            return None

    # signatures that bind (P1.15)

    @figure(say("what each expects of a site drawn among all"))
    def drawn_gains(self) -> list[Number]:
        """Under the uniform lottery over the sites there are."""
        return list(BindingPetition().gains(self.siting))

    @figure(say("how many sign if signing binds them to a site drawn by lot"))
    def bound(self) -> int:
        """Signing is weakly dominant for exactly those who expect to gain."""
        return int(BindingPetition().signs(self.siting).sum())

    @figure(say("least bond that keeps every drawn host to its word"))
    def bond(self) -> Number:
        """max(d_i - a_i)."""
        return BindingPetition().bond_needed(self.siting)

    @figure(say("least bond if besides everybody bears an equal part of the damage"))
    def shared_bond(self) -> Number | None:
        """Not above 0: no bond is needed. None where damage cannot be told."""
        rule = BindingPetition(mechanism_named("M-01:EQ+M-21:uniform"))
        return None if rule.refuses(self.siting) is not None else rule.bond_needed(self.siting)

    @figure(say("what the host of the best site expects of signing if it is known beforehand that the site will be its own"))
    def told_gain(self) -> Number:
        """The failure of M-24: a known site is signed against."""
        prior = tuple(Fraction(int(i == self.host)) for i in range(self.model.units))
        return BindingPetition(prior=prior).gains(self.siting)[self.host]

    # margins and rules (P1.16, P1.17, 4.1.3)

    @figure(say("what the best lottery over sites guarantees everybody"))
    def lottery_margin(self) -> Number:
        """t*_L of ATLAS 4.1.3."""
        return maximin_lottery(self.siting).value

    @figure(say("what everybody gains in the worst equilibrium under each rule; none where it does not apply"))
    def tau(self) -> dict[str, Number | None]:
        """tau_strong by rule, over all of today's equilibria, the funder counted (Theorem 4.2)."""
        return {rule: self._tried[rule].tau_strong for rule in RULES}

    @figure(say("what everybody gains in the best equilibrium under each rule"))
    def tau_best(self) -> dict[str, Number | None]:
        """tau_weak by rule."""
        return {rule: self._tried[rule].tau_weak for rule in RULES}

    @figure(say("what everybody gains at least if the lowest bidder hosts for the second-lowest bid; none where that does not apply"))
    def second_price_gain(self) -> Number | None:
        """tau_strong of M-03 by itself: all equilibria on a grid of bids take longer than the other rules together."""
        return compare(self.siting, ("M-03",))["M-03"].tau_strong

    @figure(say("prices that can come out if both sides announce one and the best host then decides: least and most"))
    def announced_prices(self) -> list[Number]:
        """[d_h - a_h, what the others gain together]. Hosting is all or nothing, so that every price between is a subgame-perfect one
        of M-09: both announce it and pay no penalty, the host pays the penalty if it asks for another, the others do not change what
        they pay by offering another, and the host accepts whatever covers its loss (Varian 1994; the smooth case has one price)."""
        m, h = self.model, self.host
        return [-m.home[h], sum((a for i, a in enumerate(m.elsewhere) if i != h), start=0 * m.cost)]

    @figure(say("money that each rule needs from outside"))
    def outside(self) -> dict[str, Number | None]:
        """What the funder pays, negative where money is left."""
        budgets = {rule: self._tried[rule].budget for rule in RULES}
        return {rule: None if budget is None else -budget for rule, budget in budgets.items()}

    # two alone (P1.12)

    @figure(say("of two: what each can secure by promising money alone; none for more"))
    def solo(self) -> list[Number] | None:
        """The solo payoffs of Jackson and Wilkie 2005; the lower bounds where only bounds are known."""
        return None if self.model.units != 2 else [alone.lower for alone in self._solo]

    @figure(say("of two: whether promises can support the best site; none for more, or where it is not known"))
    def supportable(self) -> bool | None:
        """No where the solo payoffs sum to more than it is worth."""
        return efficiency_is_supportable(self.form) if self.model.units == 2 else None

    @figure(say("of two: the division by threats (coco value); none for more"))
    def by_threats(self) -> list[Number] | None:
        """Kalai and Kalai 2013."""
        return list(coco_value(self.form).value) if self.model.units == 2 else None

    @cached_property
    def _solo(self) -> tuple[SoloPayoff, SoloPayoff]:
        return solo_payoffs(self.form)

    # misjudged numbers (P1.18)

    @figure(say("chance of each site to be the best if damages are misjudged; none where benefits differ by site"))
    def best_chances(self) -> list[Number] | None:
        """Exact: where benefits reach everybody, the best site is that of the least damage."""
        m = self.model
        if m.reach != 1:
            return None
        return list(chances_of_least([d * (1 - Fraction(m.error)) for d in m.damage], [d * (1 + Fraction(m.error)) for d in m.damage]))

    @figure(say("share of the sample in which each site is the best"))
    def best_shares(self) -> list[float]:
        """Of ``draws`` samples; never nothing."""
        elsewhere, harm = self._sample
        best = (elsewhere.sum(axis=1, keepdims=True) - harm).argmax(axis=1)
        return (np.bincount(best, minlength=self.model.units) / self.model.draws).tolist()

    @figure(say("what the best lottery guarantees if benefits and damages are misjudged: 5th percentile, median, 95th"))
    def lottery_spread(self) -> list[float]:
        """Of ``draws`` samples, always the same ones for the same numbers."""
        return np.quantile(guaranteed_by_lottery(*self._sample), [0.05, 0.5, 0.95]).tolist()

    @cached_property
    def _sample(self) -> tuple[Array, Array]:
        """Gains elsewhere and harms, shape ``(draws, units)``."""
        m, rng = self.model, np.random.default_rng(1)
        shape, error, reach = (m.draws, m.units), float(m.error), float(m.reach)
        benefit = np.array([float(b) for b in m.benefit]) * rng.uniform(1 - error, 1 + error, shape)
        damage = np.array([float(d) for d in m.damage]) * rng.uniform(1 - error, 1 + error, shape)
        return reach * benefit - float(m.fee), damage - (1 - reach) * benefit

    @property
    def certificates(self) -> tuple[dict[str, Any], ...]:
        """The equilibria of the consent game, the best advice, and the rules that the checker knows."""
        answers = (self.impasse, self.advice, self._tried)
        return tuple(answer.certificate for answer in answers if answer.certificate is not None)
