"""How much of a team's possible surplus its members reach, and by which means all of it (ATLAS P16.1, P16.2)."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import Any

from ...games.exact import TOLERANCE, Number
from ...games.message import say
from ...games.organisation.team import Team
from ..control.bellman_certificate import chain_certificate
from ..control.optimal_control import Controlled, optimal_control
from ..dynamics.repeated import least_discount
from ..solution import Equilibrium, Solution
from ..solve import solve
from .analysis import Analysis, figure
from .smooth import smooth_certificate

ZERO, ONE = Fraction(0), Fraction(1)
MOST_SOLVED = 4  # partners among whom all equilibria of the group penalty are listed


def balanced(shares: tuple[Number, ...]) -> bool:
    """Whether the output is divided, no more and no less."""
    return abs(sum(shares, start=ZERO) - 1) <= (TOLERANCE if any(isinstance(s, float) for s in shares) else 0)


class TeamAnalysis(Analysis[Team]):
    """Effort e_i = share_i is strictly dominant, so the equilibrium is the only one; best is e_i = 1 (Holmstroem 1982)."""

    @figure(say("what each partner puts in"))
    def efforts(self) -> list[Number]:
        """share_i, from share_i - e_i = 0, whatever the others do."""
        return list(self.model.shares)

    @figure(say("what they produce"))
    def output(self) -> Number:
        """The sum of efforts."""
        return sum(self.efforts, start=ZERO)

    @figure(say("output less all costs of effort"))
    def surplus(self) -> Number:
        """sum share - sum share^2 / 2."""
        return self.output - sum((e * e for e in self.efforts), start=ZERO) / 2

    @figure(say("largest surplus"))
    def best_surplus(self) -> Number:
        """n / 2, where each puts in 1."""
        return Fraction(self._n, 2)

    @figure(say("surplus over the largest"))
    def efficiency(self) -> Number:
        """See ``surplus`` and ``best_surplus``."""
        return self.surplus / self.best_surplus

    @property
    def _n(self) -> int:
        return len(self.model.shares)

    @figure(say("whether the shares divide the output, no more and no less"))
    def divides(self) -> bool:
        """sum share = 1."""
        return balanced(self.model.shares)

    @figure(say("largest surplus at shares that divide the output"))
    def divided_most(self) -> Number:
        """1 - 1 / (2 n), at equal shares: sum share^2 is least there."""
        return 1 - Fraction(1, 2 * self._n)

    @figure(say("what partners lack, on average, to be held to their best by any division of the output"))
    def division_gap(self) -> Number:
        """((n - 1) / n)^2 / 2 > 0, so that none does it.

        Under any rule s_i(y) with sum s_i(y) = y, add up over i what must hold for e_i = 1 against 1 - h:
        ``s_i(n - h) - (1 - h)^2 / 2 <= s_i(n) - 1/2``. It gives ``(n - 1) h - n h^2 / 2 <= 0``, false for 0 < h < 2 (n - 1) / n; the
        gap a head is largest at h = (n - 1) / n. No smoothness is needed (Holmstroem 1982, theorem 1, assumes it).
        """
        return Fraction(self._n - 1, self._n) ** 2 / 2

    @figure(say("what somebody outside pays beyond the output"))
    def outside_pays(self) -> Number:
        """(sum share - 1) y; negative if it keeps some."""
        return (sum(self.model.shares, start=ZERO) - 1) * self.output

    # the group penalty

    @figure(say("whether all doing their best is an equilibrium under the group penalty"))
    def penalty_best(self) -> bool:
        """On the grid of efforts: all get an equal part of the output if it reaches n, else nobody anything."""
        return self._penalty_stands(self.model.steps)

    @figure(say("whether all doing nothing is one"))
    def penalty_nothing(self) -> bool:
        """On the grid of efforts."""
        return self._penalty_stands(0)

    def _penalty_stands(self, level: int) -> bool:
        """Whether ``level`` steps by everybody are an equilibrium: every other step of one partner tried."""
        n, q = self._n, self.model.steps

        def worth(own: int) -> Fraction:
            output = own + (n - 1) * level
            return Fraction(output if output >= n * q else 0, n * q) - Fraction(own * own, 2 * q * q)

        return all(worth(k) <= worth(level) for k in range(2 * q + 1))

    @cached_property
    def _penalty(self) -> Solution | None:
        return solve(self.model.penalty(), "pure") if self._n <= MOST_SOLVED else None

    @figure(say("efforts in equilibria under the group penalty"))
    def penalty_equilibria(self) -> list[list[Number]] | None:
        """All pure ones on the grid, each as rising efforts; None for more than four partners."""
        if self._penalty is None:
            return None
        unit = Fraction(1, self.model.steps)
        return sorted(sorted(unit * step for step in _steps(e)) for e in self._penalty.equilibria)

    @figure(say("least output in these equilibria, and the most"))
    def penalty_outputs(self) -> list[Number] | None:
        """Two numbers; None for more than four partners."""
        if self.penalty_equilibria is None:
            return None
        totals = [sum(row, start=ZERO) for row in self.penalty_equilibria]
        return [min(totals), max(totals)]

    # the budget breaker

    @figure(say("least bonus to each, on top of its share, for an output that all at their best reach"))
    def bonuses(self) -> list[Number]:
        """(1 - share)^2 / 2: what one who does its best forgoes against its own best effort below the mark; none where a share is 1."""
        return [(1 - s) ** 2 / 2 for s in self.model.shares]

    @figure(say("what the bonuses cost together"))
    def bonus_total(self) -> Number:
        """As much as the surplus they add: best_surplus - surplus."""
        return sum(self.bonuses, start=ZERO)

    @figure(say("whether the old efforts stay an equilibrium beside these bonuses"))
    def bonus_may_fail(self) -> bool:
        """Whether no partner alone would close the gap to the mark."""
        m, n = self.model, self._n
        for i, (share, bonus) in enumerate(zip(m.shares, self.bonuses)):
            others = self.output - share
            alone = n - others
            if m.payoff(i, alone, others) + bonus > m.payoff(i, share, others):
                return False
        return True

    # working together for long

    @figure(say("what each has while all do their best"))
    def together(self) -> list[Number]:
        """share n - 1/2."""
        return [self.model.payoff(i, ONE, Fraction(self._n - 1)) for i in range(self._n)]

    @figure(say("what each has in the equilibrium of one period"))
    def apart(self) -> list[Number]:
        """share y - share^2 / 2."""
        return [self.model.payoff(i, e, self.output - e) for i, e in enumerate(self.efforts)]

    @figure(say("what each has once by slackening while the others do their best"))
    def slackening(self) -> list[Number]:
        """share (n - 1) + share^2 / 2."""
        return [self.model.payoff(i, s, Fraction(self._n - 1)) for i, s in enumerate(self.model.shares)]

    @figure(say("least discount factor at which the threat to part keeps all at their best"))
    def critical(self) -> Number | None:
        """The largest gain / (gain + loss) of any partner (Friedman 1971); None where somebody has no reason to stay."""
        needed = [least_discount(d - c, c - e) for c, e, d in zip(self.together, self.apart, self.slackening)]
        return None if None in needed else max(x for x in needed if x is not None)

    @figure(say("whether they are patient enough"))
    def lasts(self) -> bool:
        """discount >= critical."""
        return self.critical is not None and self.model.discount >= self.critical

    @property
    def _plans(self) -> dict[Number, tuple[int, Controlled]]:
        """By share: a partner that has it, and its best plan against the threat."""
        if "plans" not in self.known:
            first = {s: self.model.shares.index(s) for s in self.model.shares}
            self.known["plans"] = {s: (i, optimal_control(self.model.trigger(i))) for s, i in first.items()}
        return self.known["plans"]

    @figure(say("whether working is the best plan of every partner against the threat, solved as a controlled chain"))
    def work_is_best(self) -> bool:
        """Among the efforts 1 and share: other efforts now gain less, and lead to the same parting."""
        return all(plan.policy[0] == 0 for _, plan in self._plans.values())

    @property
    def certificates(self) -> tuple[dict[str, Any], ...]:
        """That no partner gains by another effort; the penalty's equilibria; the plans against the threat."""
        m = self.model
        names = [f"e{k + 1}" for k in range(self._n)]
        constants = {f"s{k + 1}": s for k, s in enumerate(m.shares)}
        payoffs = {name: f"s{k + 1} * ({' + '.join(names)}) - {name} * {name} / 2" for k, name in enumerate(names)}
        smooth = smooth_certificate(payoffs, constants, dict(zip(names, self.efforts)), dict.fromkeys(names, (ZERO, None)))
        chains = [chain_certificate(m.trigger(i), plan) for i, plan in self._plans.values()]
        penalty = None if self._penalty is None else self._penalty.certificate
        return tuple(c for c in (smooth, penalty, *chains) if c is not None)


def _steps(equilibrium: Equilibrium) -> list[int]:
    """The effort of every partner, in steps, where partners alike do so many alike."""
    return [role["strategy"].index(1) for role in equilibrium.profile for _ in range(role["players"])]


__all__ = ["TeamAnalysis", "balanced"]
