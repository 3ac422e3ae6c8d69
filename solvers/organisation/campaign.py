"""When pressure crowds in, what a campaign leaves behind, and how far a committee that must reach a target goes (ATLAS P2.1 to P2.3)."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import Any

from ...games.exact import Number, number
from ...games.message import say
from ...games.organisation.campaign import Campaign
from ..solution import Solution
from ..solve import solve
from .analysis import Analysis, figure
from .smooth import smooth_certificate

ZERO = Fraction(0)
MOST_WAIT = 100_000  # periods looked ahead for motivation to come back


class CampaignAnalysis(Analysis[Campaign]):
    """Residents have nothing to gain from each other's choices, so each follows its own drive and the committee's problem is one of a
    single amount: without the target nothing is worth its expense, with it only the least intensity that meets it is.
    """

    @figure(say("share of residents who comply of their own accord"))
    def before(self) -> Number:
        """F(motivation)."""
        return self.model.participation(ZERO, self.model.motivation)

    @figure(say("share that complies during the campaign"))
    def during(self) -> Number:
        """F(motivation (1 - crowding a) + enforcement a) at ``intensity``."""
        return self.model.participation(self.model.intensity, self.model.motivation)

    @figure(say("motivation after the campaign"))
    def motivation_after(self) -> Number:
        """motivation (1 - erosion a) + recovery (1 - a) (1 - motivation)."""
        return self.model.next_motivation(self.model.intensity, self.model.motivation)

    @figure(say("share that complies when the campaign has been withdrawn"))
    def after(self) -> Number:
        """F(motivation after)."""
        return self.model.participation(ZERO, self.motivation_after)

    @figure(say("change of participation by the whole episode, as a share of what it was"))
    def lasting_change(self) -> Number | None:
        """(after - before) / before (D-19); None where nobody complied before."""
        return (self.after - self.before) / self.before if self.before else None

    @figure(say("what more pressure adds to the drive of residents"))
    def push(self) -> Number:
        """enforcement - crowding * motivation: the sign of crowding (P2.1)."""
        return self.model.enforcement - self.model.crowding * self.model.motivation

    @figure(say("residents on the margin, for a unit of drive"))
    def density(self) -> Number:
        """F' on the side to which pressure moves the drive from none."""
        m = self.model
        inside = m.lowest_cost <= m.motivation < m.highest_cost if self.push > 0 else m.lowest_cost < m.motivation <= m.highest_cost
        return 1 / (m.highest_cost - m.lowest_cost) if inside else ZERO

    @figure(say("what the first pressure adds to participation"))
    def marginal(self) -> Number:
        """dq/da at a = 0: F' (enforcement - crowding * motivation)."""
        return self.density * self.push

    @figure(say("part of it that is motivation crowded out"))
    def crowded_out(self) -> Number:
        """-crowding * motivation * F' (D-19)."""
        return -self.model.crowding * self.model.motivation * self.density

    @figure(say("whether some intensity reaches the target"))
    def reachable(self) -> bool:
        """See ``least_intensity``."""
        return self.least_intensity is not None

    @figure(say("least intensity that reaches the target"))
    def least_intensity(self) -> Number | None:
        """(F^-1(target) - motivation) / push; None where none does."""
        return self.model.least_intensity(self.model.motivation)

    @figure(say("reward from which the campaign is worth its expense"))
    def break_even(self) -> Number | None:
        """effort_cost a^2 / 2 at the least intensity."""
        return None if self.least_intensity is None else self.model.expense(self.least_intensity)

    @figure(say("intensities that are best for the committee"))
    def best(self) -> list[Number]:
        """None, the least that reaches the target, or both at the reward that makes it indifferent (P2.3)."""
        least, m = self.least_intensity, self.model
        if not least or self.break_even is None:
            return [ZERO]
        return [ZERO] * (m.reward <= self.break_even) + [least] * (m.reward >= self.break_even)

    @figure(say("participation at the best intensity (the highest, if there are two)"))
    def reached(self) -> Number:
        """The target and nothing above it, unless it was met without a campaign."""
        return self.model.participation(self.best[-1], self.model.motivation)

    @figure(say("the committee's payoff at its best"))
    def payoff(self) -> Number:
        """reward less expense, or nothing."""
        m = self.model
        return (m.reward if self.reached >= m.target else ZERO) - m.expense(self.best[-1])

    @figure(say("participation in the period after the best intensity"))
    def left_behind(self) -> Number:
        """F of the motivation that is left."""
        return self.model.participation(ZERO, self.model.next_motivation(self.best[-1], self.model.motivation))

    @figure(say("periods without pressure until motivation is what it was before the campaign"))
    def healing(self) -> int | None:
        """The least t with ``(1 - recovery)^t (1 - after) <= 1 - before``; None if it takes too long to say, or never happens."""
        return _periods(self.motivation_after, self.model.motivation, self.model.recovery)

    @figure(say("periods without pressure until the target is met of residents' own accord"))
    def patience_needed(self) -> int | None:
        """As ``healing``, from today's motivation to F^-1(target); None if never."""
        m = self.model
        return _periods(m.motivation, m.lowest_cost + m.target * (m.highest_cost - m.lowest_cost) if m.target else ZERO, m.recovery)

    @cached_property
    def _finite(self) -> Solution:
        return solve(self.model.game(), "subgame-perfect")

    @figure(say("intensities in subgame-perfect equilibria of the game with named residents"))
    def finite_best(self) -> list[Number]:
        """From the tree of ``steps`` intensities, solved backward."""
        return sorted({number(e.profile[0]["moves"]["committee"]) for e in self._finite.equilibria})

    @cached_property
    def _office(self) -> Solution:
        return solve(self.model.office(), "subgame-perfect")

    @figure(say("what the committee does in each period if it looks ahead over its time in office"))
    def farsighted(self) -> list[Number]:
        """The intensities of the plan that is worth most (the first of several)."""
        return self._intensities([stage["moves"]["committee"] for stage in self._office.equilibria[0].profile])

    @figure(say("what it does in each period if it looks at that period only"))
    def myopic(self) -> list[Number]:
        """In every period the least intensity that meets the target, if the reward covers it."""
        m, motivation, path = self.model, self.model.motivation, list[Number]()
        for _ in range(m.periods):
            least = m.least_intensity(motivation)
            path.append(least if least is not None and m.reward >= m.expense(least) else ZERO)
            motivation = m.next_motivation(path[-1], motivation)
        return path

    @figure(say("worth of the far-sighted plan"))
    def farsighted_value(self) -> Number:
        """Discounted to the first period."""
        return self._worth(self.farsighted)

    @figure(say("worth of the short-sighted plan"))
    def myopic_value(self) -> Number:
        """Discounted to the first period."""
        return self._worth(self.myopic)

    @figure(say("motivation in each period of the short-sighted plan, and after it"))
    def motivation_path(self) -> list[Number]:
        """One entry more than there are periods."""
        path = [self.model.motivation]
        for a in self.myopic:
            path.append(self.model.next_motivation(a, path[-1]))
        return path

    def _intensities(self, choices: list[str]) -> list[Number]:
        m, motivation, path = self.model, self.model.motivation, list[Number]()
        for choice in choices:
            path.append((m.least_intensity(motivation) or ZERO) if choice == "drive" else ZERO)
            motivation = m.next_motivation(path[-1], motivation)
        return path

    def _worth(self, path: list[Number]) -> Number:
        m, motivation, total = self.model, self.model.motivation, ZERO
        for t, a in enumerate(path):
            met = m.participation(a, motivation) >= m.target
            total = total + m.discount**t * ((m.reward if met else ZERO) - m.expense(a))
            motivation = m.next_motivation(a, motivation)
        return total

    @property
    def certificates(self) -> tuple[dict[str, Any], ...]:
        """That none of the intensities below, and none above the least that reaches the target does better; the two trees."""
        m, least = self.model, self.least_intensity
        one: Number = Fraction(1)
        payoffs = {"below": "-cost * below**2 / 2"}
        profile: dict[str, Number] = {"below": ZERO}
        bounds: dict[str, tuple[Number, Number | None]] = {"below": (ZERO, least or one)}
        if least:
            payoffs["above"], profile["above"], bounds["above"] = "reward - cost * above**2 / 2", least, (least, one)
        smooth = smooth_certificate(payoffs, {"cost": m.effort_cost, "reward": m.reward}, profile, bounds)
        trees = [solution.certificate for solution in (self._finite, self._office)]
        return (smooth, *(tree for tree in trees if tree is not None))


def _periods(start: Number, end: Number, recovery: Number) -> int | None:
    """Periods of recovery from motivation ``start`` until it is at least ``end``; motivation lacks ``(1 - recovery)^t (1 - start)``."""
    missing, t = 1 - start, 0
    while missing > 1 - end:
        if t == MOST_WAIT or recovery == 0 or end >= 1 > recovery:
            return None
        # in floats: only the count of periods is asked for, and exact powers grow without end
        missing, t = float(missing) * float(1 - recovery) if t > 60 else missing * (1 - recovery), t + 1
    return t
