"""What lobbying a facility away costs (ATLAS P1.14)."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from ...games.exact import Number
from ...games.message import say
from ...games.organisation.lobbying import Lobbying
from ..moves.continuous_goods import Contest, avoidance
from .analysis import Analysis, figure
from .smooth import smooth_certificate

MOST_CERTIFIED = 12  # units


class LobbyingAnalysis(Analysis[Lobbying]):
    """A lottery contest for prizes d_i / (n - 1), being spared: the payoffs are concave in the own effort, and the equilibrium is unique
    (Szidarovszky and Okuguchi 1997)."""

    @cached_property
    def contest(self) -> Contest:
        """The equilibrium."""
        return avoidance(self.model.damage)

    @figure(say("what each spends on lobbying"))
    def efforts(self) -> list[Number]:
        """d / n^2 each where all damages are alike."""
        return list(self.contest.efforts)

    @figure(say("what all spend on lobbying"))
    def waste(self) -> Number:
        """d / n where all damages are alike."""
        return self.contest.total

    @figure(say("how often each hosts"))
    def hosting(self) -> list[Number]:
        """(1 - e_i / E) / (n - 1)."""
        return [(1 - share) / (self.model.units - 1) for share in self.contest.shares]

    @figure(say("expected damage at the site that comes out"))
    def expected_damage(self) -> Number:
        """By how often each hosts."""
        return sum((p * d for p, d in zip(self.hosting, self.model.damage)), start=0 * self.waste)

    @figure(say("expected damage if the site is drawn by lot and lobbying is idle"))
    def drawn_damage(self) -> Number:
        """The mean of all."""
        return sum(self.model.damage, start=0 * self.waste) / self.model.units

    @figure(say("what all lose together, lobbying included"))
    def loss(self) -> Number:
        """The expected damage and the efforts."""
        return -sum(self.contest.payoffs, start=0 * self.waste)

    @property
    def certificates(self) -> tuple[dict[str, Any], ...]:
        """That nobody gains by another effort."""
        m = self.model
        if m.units > MOST_CERTIFIED or any(isinstance(d, float) for d in m.damage):
            return ()
        names = [f"e{k + 1}" for k in range(m.units)]
        everything = " + ".join(names)
        payoffs = {e: f"-d{k + 1} * (1 - {e} / ({everything})) / {m.units - 1} - {e}" for k, e in enumerate(names)}
        constants = {f"d{k + 1}": d for k, d in enumerate(m.damage)}
        return (smooth_certificate(payoffs, constants, dict(zip(names, self.efforts)), dict.fromkeys(names, (0, None))),)
