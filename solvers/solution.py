"""The answer of every solver: equilibria with recomputed regrets, whether they are all, and why the search stopped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from ..games.exact import Array, Number, as_json
from ..games.message import Message


@dataclass(frozen=True, eq=False)
class Equilibrium:
    """One equilibrium, or a class of them that differ only in actions that change nothing.

    ``profile[i]`` is player i's probabilities over its actions; in a counted game a list of
    ``{"role", "players", "strategy"}``; under a correlated device a list of ``{"profile", "probability"}``.
    ``payoffs`` a row each, money. ``regret`` is the most any player gains by deviating, recomputed from the game.
    ``orbit_size`` counts the profiles it stands for (None: not counted). ``outcome`` is the alternative it ends in.
    """

    profile: Any
    payoffs: Sequence[Number] | Array
    regret: Number
    orbit_size: int | None = 1
    outcome: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        fields = {"profile": self.profile, "payoffs": self.payoffs, "regret": self.regret, "orbit_size": self.orbit_size}
        return as_json(fields | ({} if self.outcome is None else {"outcome": self.outcome}))


@dataclass(frozen=True, eq=False)
class Solution:
    """What ``solve`` returns. ``complete`` is said only where it is proved; ``stop`` says why the search ended otherwise,
    ``limited`` that a declared limit cut it off.

    ``game`` describes what was solved: ``players``, ``actions``, ``representation``. ``certificate`` stands alone;
    ``proof`` holds the dual weights that show an optimal answer optimal.
    """

    game: dict[str, Any]
    concept: str
    method: str
    complete: bool
    stop: Message | None
    equilibria: tuple[Equilibrium, ...]
    components: tuple[Any, ...] = ()
    welfare: Number | None = None
    case: str | None = None
    certificate: dict[str, Any] | None = None
    limited: bool = False
    proof: dict[str, Any] | None = None

    @property
    def outcomes(self) -> tuple[str, ...] | None:
        """The alternatives that equilibria end in, each once; None for games that have no alternatives."""
        named = [e.outcome for e in self.equilibria]
        return None if None in named else tuple(dict.fromkeys(named))  # type: ignore[arg-type]

    def to_dict(self, read: Callable[[object], str] = str) -> dict[str, Any]:
        """The JSON form, schema ``encompass/solve/1``; ``read`` turns sentences into text."""
        return {
            "schema": "encompass/solve/1",
            "case": self.case,
            "game": as_json(self.game),
            "concept": self.concept,
            "method": self.method,
            "complete": self.complete,
            "stop": None if self.stop is None else read(self.stop),
            "equilibria": [e.to_dict() for e in self.equilibria],
            "components": as_json(self.components),
            "outcomes": as_json(self.outcomes),
            "welfare": as_json(self.welfare),
            "certificate": self.certificate,
        }

    def __repr__(self) -> str:
        how = "all" if self.complete else "some"
        return f"Solution({self.concept}: {how} {len(self.equilibria)} by {self.method})"
