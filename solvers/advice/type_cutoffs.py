"""Symmetric cut-off equilibria with private costs: act if and only if your cost is at most c.

With q = F(c) each other player acts, so the player at the cut-off gains h(c) = sum_k C(n-1, k) q^k (1-q)^(n-1-k) value[k] - c by acting:
an inner cut-off is a zero of h, nobody acts where h(low) <= 0, everybody where h(high) >= 0. With costs uniform on [low, high], h is
a polynomial in q with Bernstein coefficients value[k] - low - (high - low) k/(n-1), and its roots are isolated exactly: complete.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from ...games.count_distribution import binomial
from ...games.errors import InputError
from ...games.exact import Array, Number, as_json, scaled
from ...games.message import Message, say
from ...games.private_costs import PrivateCostGame, Uniform
from ..counted.bernstein import Bernstein, sign_changes

GRID = 4_000  # points at which h is looked at where it is no polynomial
LONGEST = 1_000  # others up to which roots are isolated exactly


@dataclass(frozen=True)
class Cutoff:
    """One equilibrium: who acts has a cost of at most ``cutoff``, which happens with ``probability``; ``success`` is the probability
    that somebody does. ``stable``: best replies to slightly higher cut-offs are lower than those. ``regret``: the most that a type
    near the cut-off gains otherwise (money).
    """

    cutoff: Number
    probability: Number
    success: float
    stable: bool
    regret: float


@dataclass(frozen=True)
class Cutoffs:
    """All cut-offs found; ``complete`` only where it is proved, else ``stop`` says what was done."""

    players: int
    equilibria: tuple[Cutoff, ...]
    complete: bool
    stop: Message | None

    def to_dict(self, read: Callable[[object], str] = str) -> dict[str, Any]:
        """The JSON form, schema ``encompass/cutoffs/1``."""
        found = [{name: getattr(e, name) for name in ("cutoff", "probability", "success", "stable", "regret")} for e in self.equilibria]
        stop = None if self.stop is None else read(self.stop)
        head = {"schema": "encompass/cutoffs/1", "players": self.players, "complete": self.complete, "stop": stop}
        return as_json(head | {"equilibria": found})


def cutoff_equilibria(game: PrivateCostGame, grid: int = GRID) -> Cutoffs:
    """Every symmetric cut-off equilibrium: all, proved, with uniform costs and rational numbers; else all that a ``grid`` shows."""
    if grid < 2:
        raise InputError("grid={grid} must be at least 2", grid=grid)
    uniform = game.costs if isinstance(game.costs, Uniform) else None
    if uniform is not None and game.value.dtype == object and isinstance(uniform.low, Fraction) and isinstance(uniform.high, Fraction):
        exact = _uniform(game, uniform.low, uniform.high)
        if exact is not None:
            return exact
    found = [game.costs.low, *_zeros(game, grid), game.costs.high]
    kept = [c for c in found if _holds(game, c)]
    stop = say("a cut-off between two of the {n} costs looked at may be missing", n=grid)
    return Cutoffs(game.players, tuple(_cutoff(game, c, game.costs.cdf(float(c))) for c in dict.fromkeys(kept)), False, stop)


def gain(game: PrivateCostGame, c: float) -> float:
    """h(c): what the player at the cut-off c gains by acting, everybody else following it."""
    chances = binomial(game.players - 1, game.costs.cdf(c)).astype(float)
    return float(chances @ game.value.astype(float)) - c


def _uniform(game: PrivateCostGame, low: Fraction, high: Fraction) -> Cutoffs | None:
    """All cut-offs by exact roots; None where there would be too many digits, or h is zero throughout."""
    others = game.players - 1
    coefficients = np.array([v - low - (high - low) * Fraction(k, others) for k, v in enumerate(game.value)], dtype=object)
    h = Bernstein(scaled(coefficients)[0])
    if not any(h.c) or (others > LONGEST and sign_changes(h.values) > 1):
        return None
    try:
        roots = [root.value for root in h.roots()]
    except ArithmeticError:
        return None
    chances: list[Number] = [Fraction(0)] if coefficients[0] <= 0 else []
    chances += roots + ([Fraction(1)] if coefficients[-1] >= 0 else [])
    return Cutoffs(game.players, tuple(_cutoff(game, low + (high - low) * q, q) for q in chances), True, None)


def _zeros(game: PrivateCostGame, grid: int) -> list[Number]:
    """Zeros of h between neighbouring points of a grid at which its sign changes."""
    from scipy.optimize import brentq

    points: Array = np.linspace(float(game.costs.low), float(game.costs.high), grid)
    values = [gain(game, c) for c in points]
    zeros: list[Number] = []
    for a, b, x, y in zip(points, points[1:], values, values[1:]):
        if x * y < 0:
            zeros.append(float(brentq(lambda c: gain(game, c), a, b, xtol=1e-14 * max(1.0, abs(b)))))  # pyright: ignore[reportArgumentType]
        elif x == 0 and a > points[0]:
            zeros.append(float(a))
    return zeros


def _holds(game: PrivateCostGame, c: Number) -> bool:
    if c == game.costs.low:
        return gain(game, float(c)) <= 0
    return c != game.costs.high or gain(game, float(c)) >= 0


def _cutoff(game: PrivateCostGame, c: Number, q: Number) -> Cutoff:
    here, low, high = float(c), float(game.costs.low), float(game.costs.high)
    width = (high - low) * 1e-6
    stable = gain(game, min(high, here + width)) < (0 if here < high else np.inf) and gain(game, max(low, here - width)) > (
        0 if here > low else -np.inf
    )
    slip = gain(game, here)
    regret = max(0.0, -slip if here >= high else slip if here <= low else abs(slip))
    return Cutoff(c, q, 1.0 - (1.0 - float(q)) ** game.players, bool(stable), regret)
