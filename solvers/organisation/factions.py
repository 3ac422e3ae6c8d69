"""How much of what there is to get is spent on getting it (ATLAS game 7d; Tullock 1980)."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from ...games.exact import Number
from ...games.message import say
from ...games.organisation.factions import Factions
from ..moves.continuous_goods import Contest, tullock
from .analysis import Analysis, figure
from .smooth import smooth_certificate

MOST_CERTIFIED = 30  # factions


class FactionsAnalysis(Analysis[Factions]):
    """The equilibrium of a lottery contest is unique (Cornes and Hartley 2005)."""

    @cached_property
    def contest(self) -> Contest:
        """The equilibrium."""
        return tullock(self.model.worth)

    @figure(say("what there is to get"))
    def prize(self) -> Number:
        """rent * residents."""
        return self.model.rents

    @figure(say("what each faction spends"))
    def efforts(self) -> list[Number]:
        """X (1 - X / V) each."""
        return list(self.contest.efforts)

    @figure(say("what all factions spend"))
    def spent(self) -> Number:
        """(k - 1) / k of the rents among k alike."""
        return self.contest.total

    @figure(say("part of the rents that is spent on getting them"))
    def dissipation(self) -> Number:
        """(k - 1) / k among k alike."""
        return self.contest.dissipation(self.model.rents)

    @figure(say("how often each faction gets them"))
    def chances(self) -> list[Number]:
        """x / X."""
        return list(self.contest.shares)

    @figure(say("what the factions have left together"))
    def left(self) -> Number:
        """The sum of payoffs: 1 / k of the rents among k alike."""
        return sum(self.contest.payoffs, start=0 * self.spent)

    @property
    def certificates(self) -> tuple[dict[str, Any], ...]:
        """That no faction gains by another effort."""
        m = self.model
        if m.factions > MOST_CERTIFIED:
            return ()
        names = [f"x{k + 1}" for k in range(m.factions)]
        everything = " + ".join(names)
        payoffs = {x: f"v{k + 1} * {x} / ({everything}) - {x}" for k, x in enumerate(names)}
        constants = {f"v{k + 1}": v for k, v in enumerate(m.worth)}
        return (smooth_certificate(payoffs, constants, dict(zip(names, self.efforts)), dict.fromkeys(names, (0, None))),)


__all__ = ["FactionsAnalysis"]
