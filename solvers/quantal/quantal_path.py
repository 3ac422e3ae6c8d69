"""What a quantal-response path is: branches of logit fixed points over rationality, and the points where branches turn or meet.

A logit quantal response (McKelvey and Palfrey 1995) at rationality lambda >= 0 (unit: 1 / money): every player takes action a with
probability proportional to exp(lambda u_a), u_a being what a is worth against the others' probabilities. At 0 everybody is
uniform; the branch that starts there is the *principal* one, and what it tends to selects an equilibrium.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from ...games.exact import Array, as_json
from ...games.message import Message, say

Strategies = tuple[Array, ...]  # probabilities over its actions, by player (or by role in a counted game)


@dataclass(frozen=True, eq=False)
class FixedPoint:
    """One quantal response. ``payoffs`` by player or role, money. ``residual`` is the largest difference between a probability and
    the logit answer to it; ``regret`` the most anybody gains by deviating, recomputed from the game.
    """

    rationality: float
    strategies: Strategies
    payoffs: tuple[float, ...]
    residual: float
    regret: float

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return as_json(
            {
                "rationality": self.rationality,
                "strategies": list(self.strategies),
                "payoffs": self.payoffs,
                "residual": self.residual,
                "regret": self.regret,
            }
        )


@dataclass(frozen=True, eq=False)
class FixedPoints:
    """The quantal responses at one rationality. ``complete`` only where it is proved that there are no others *of the kind
    sought* (in counted games: like players answering alike); ``stop`` says why otherwise.
    """

    rationality: float
    points: tuple[FixedPoint, ...]
    complete: bool
    stop: Message | None


@dataclass(frozen=True, eq=False)
class Critical:
    """Where the path turns (``kind="turning"``: rationality has an extremum along the branch) or where other branches leave it
    (``"branching"``: by like players who answer alike on both; ``"symmetry-breaking"``: like players begin to differ).
    """

    kind: str
    rationality: float
    strategies: Strategies
    role: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return as_json({"kind": self.kind, "rationality": self.rationality, "strategies": list(self.strategies), "role": self.role})


@dataclass(frozen=True, eq=False)
class Branch:
    """A curve of m quantal responses, in the order of the curve.

    ``rationality`` has shape ``(m,)``, ``strategies[i]`` shape ``(m, actions of i)``, ``payoffs`` shape ``(m, players or roles)``.
    ``ends`` are the strategies to which the curve tends as rationality grows without bound, where it does and this is known.
    """

    principal: bool
    rationality: Array
    strategies: Strategies
    payoffs: Array
    ends: tuple[Strategies, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return as_json(
            {
                "principal": self.principal,
                "rationality": self.rationality,
                "strategies": list(self.strategies),
                "payoffs": self.payoffs,
                "ends": [list(end) for end in self.ends],
            }
        )


@dataclass(frozen=True, eq=False)
class QuantalPath:
    """Branches of quantal responses. ``complete``: proved that these are all (in counted games, all at which like players answer
    alike) and that every turning point is listed. ``limit`` is the equilibrium that the principal branch selects, None where it
    was only followed to some rationality; ``limit_regret`` its regret.
    """

    game: dict[str, Any]
    method: str
    branches: tuple[Branch, ...]
    critical: tuple[Critical, ...]
    limit: Strategies | None
    limit_regret: float | None
    complete: bool
    stop: Message | None
    find: Callable[[float], FixedPoints] = field(repr=False)
    limited: bool = False

    @property
    def principal(self) -> Branch:
        """The branch that starts at uniform play."""
        return next(branch for branch in self.branches if branch.principal)

    @property
    def turning(self) -> tuple[Critical, ...]:
        """The turning points."""
        return tuple(point for point in self.critical if point.kind == "turning")

    @property
    def branching(self) -> tuple[Critical, ...]:
        """The points at which other branches leave."""
        return tuple(point for point in self.critical if point.kind != "turning")

    def at(self, rationality: float) -> FixedPoints:
        """The quantal responses at ``rationality``: all of the branches' (see ``complete`` of the answer)."""
        return self.find(rationality)

    def to_dict(self, read: Callable[[object], str] = str) -> dict[str, Any]:
        """The JSON form, schema ``encompass/quantal-path/1``; ``read`` turns sentences into text."""
        return {
            "schema": "encompass/quantal-path/1",
            "game": as_json(self.game),
            "method": self.method,
            "complete": self.complete,
            "stop": None if self.stop is None else read(self.stop),
            "branches": [branch.to_dict() for branch in self.branches],
            "critical": [point.to_dict() for point in self.critical],
            "limit": None if self.limit is None else as_json(list(self.limit)),
            "limit_regret": as_json(self.limit_regret),
        }

    def __repr__(self) -> str:
        how = "all" if self.complete else "some"
        return f"QuantalPath({how} {len(self.branches)} branches, {len(self.critical)} critical points, by {self.method})"


UNPROVED = say("found by sign changes; that there are no others is not proved")
