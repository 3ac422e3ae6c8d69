"""Which of several groups of unequal size wins (Katz, Nitzan and Rosenberg 1990; Olson 1965)."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import Any

from ...games.exact import Number
from ...games.message import say
from ...games.organisation.group_contest import GroupContest
from ..moves.continuous_goods import Contest, tullock
from .analysis import Analysis, figure
from .smooth import smooth_certificate

MOST_CERTIFIED = 30  # groups


class GroupContestAnalysis(Analysis[GroupContest]):
    """A member's first-order condition, v_g (X - X_g) / X^2 = 1, holds of its group's effort alone: group efforts are those of a contest
    between single players with the members' worths, which is unique (Cornes and Hartley 2005). How members share their group's effort is
    open; equal shares are shown."""

    @cached_property
    def contest(self) -> Contest:
        """The contest between groups."""
        return tullock(self.model.worth)

    @figure(say("what each group spends"))
    def efforts(self) -> list[Number]:
        """In all; X / k among k groups to whose members winning is worth the same, whatever their sizes."""
        return list(self.contest.efforts)

    @figure(say("what a member of each group spends, where members share alike"))
    def member_efforts(self) -> list[Number]:
        """Group effort over size."""
        return [x / n for x, n in zip(self.contest.efforts, self.model.sizes)]

    @figure(say("what all spend"))
    def spent(self) -> Number:
        """X."""
        return self.contest.total

    @figure(say("how often each group wins"))
    def chances(self) -> list[Number]:
        """Its share of effort."""
        return list(self.contest.shares)

    @figure(say("what a member of each group expects, where members share alike"))
    def member_payoffs(self) -> list[Number]:
        """v_g p_g less the own effort."""
        return [v * p - x for v, p, x in zip(self.model.worth, self.chances, self.member_efforts)]

    @figure(say("whether the smallest group wins more often than the largest"))
    def small_wins(self) -> bool:
        """The group-size paradox; False where sizes are alike."""
        ranked = sorted(zip(self.model.sizes, self.chances))
        return ranked[0][0] < ranked[-1][0] and ranked[0][1] > ranked[-1][1]

    @property
    def certificates(self) -> tuple[dict[str, Any], ...]:
        """That no member gains by another effort: one of each group stands for all, the others of its group spend as much as it."""
        m = self.model
        if len(m.sizes) > MOST_CERTIFIED:
            return ()
        names = [f"x{g + 1}" for g in range(len(m.sizes))]
        payoffs: dict[str, str] = {}
        for g, x in enumerate(names):
            rest = " + ".join([f"rest{g + 1}", *(f"n{h + 1} * {y}" for h, y in enumerate(names) if h != g)])
            payoffs[x] = f"v{g + 1} * (rest{g + 1} + {x}) / ({x} + {rest}) - {x}"
        constants = {f"v{g + 1}": v for g, v in enumerate(m.worth)} | {f"n{g + 1}": Fraction(n) for g, n in enumerate(m.sizes)}
        constants |= {f"rest{g + 1}": (n - 1) * x for g, (n, x) in enumerate(zip(m.sizes, self.member_efforts))}
        return (smooth_certificate(payoffs, constants, dict(zip(names, self.member_efforts)), dict.fromkeys(names, (0, None))),)


__all__ = ["GroupContestAnalysis"]
