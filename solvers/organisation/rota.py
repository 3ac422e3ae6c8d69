"""How patient everybody must be for a rota to hold (ATLAS P1.8)."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from ...games.exact import Number
from ...games.message import say
from ...games.organisation.rota import Rota
from ..dynamics.rotation import Rotation, rotation
from ..solution import Solution
from ..solve import solve
from .analysis import Analysis, figure


class RotaAnalysis(Analysis[Rota]):
    """At its turn a unit compares the cycle that begins there with nothing for ever: by the one-shot deviation principle the rota is a
    subgame-perfect equilibrium if and only if a_i (1 + discount + ... + discount^(n-1)) >= d_i for all. With a known end there is nothing
    to lose at the last turn, and so on back to the first: solved by backward induction."""

    @cached_property
    def turns(self) -> Rotation:
        """The least discount factors, bracketed."""
        return rotation(self.model.gain, self.model.damage)

    @figure(say("least discount factor at which each hosts in its turn; none if no patience suffices"))
    def patience(self) -> list[float | None]:
        """The root of a (1 + x + ... + x^(n-1)) = d, 0 for whoever hosts gladly."""
        return [turn.least for turn in self.turns.turns]

    @figure(say("least discount factor at which all do; none if no patience suffices"))
    def needed(self) -> float | None:
        """The largest of them."""
        return self.turns.least

    @figure(say("whether some patience suffices"))
    def feasible(self) -> bool:
        """d_i / a_i < n for all: the right edge of the standoff window."""
        return self.turns.feasible

    @figure(say("whether hosting costs everybody more than a period brings"))
    def reluctant(self) -> bool:
        """d_i > a_i for all; otherwise somebody may host even in the last turn."""
        return all(d > a for a, d in zip(self.model.gain, self.model.damage))

    @figure(say("what each gains in the cycle that begins with its own turn"))
    def cycle(self) -> list[Number]:
        """a_i (1 + discount + ... + discount^(n-1)) - d_i; below 0 it refuses."""
        m = self.model
        weight = sum(m.discount**k for k in range(m.units))
        return [a * weight - d for a, d in zip(m.gain, m.damage)]

    @figure(say("whether the rota holds at the discount factor given"))
    def holds(self) -> bool:
        """Nobody refuses at its turn."""
        return all(gain >= 0 for gain in self.cycle)

    @figure(say("what each gains in a period on average, if the rota holds"))
    def average(self) -> list[Number]:
        """a_i - d_i / n."""
        return [a - d / self.model.units for a, d in zip(self.model.gain, self.model.damage)]

    @figure(say("whether nobody ever hosts when the number of turns is known"))
    def unravels(self) -> bool:
        """In every subgame-perfect equilibrium."""
        return self._ending.complete and all(x == 0 for e in self._ending.equilibria for x in e.payoffs)

    @property
    def certificates(self) -> tuple[dict[str, Any], ...]:
        """The rota with a known end."""
        return () if self._ending.certificate is None else (self._ending.certificate,)

    @cached_property
    def _ending(self) -> Solution:
        return solve(self.model.game(), "subgame-perfect")
