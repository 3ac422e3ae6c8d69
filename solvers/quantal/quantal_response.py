"""Quantal response equilibria (logit): one, all that can be proved, or the whole path (McKelvey and Palfrey 1995).

Rationality is in units of 1 / money: multiply all payoffs by 100 (yuan to cents) and it must be divided by 100 for the same answer.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from ...games.counted_game import RoleSymmetricGame, SymmetricGame
from ...games.errors import NotApplicable
from ...games.exact import frozen
from ...games.message import Message, say
from ...games.normal_form import NormalForm
from ..describe import describe
from ..solution import Equilibrium, Solution
from .quantal_gain import Gain
from .quantal_homotopy import Trace, corrected, trace
from .quantal_model import Logit
from .quantal_path import Branch, Critical, FixedPoint, FixedPoints, QuantalPath, Strategies
from .quantal_symmetric import checked, fixed_points, is_binary, on_principal, symmetric_path

FAR = 1e6  # rationality, in units of 1 / the largest spread of payoffs, to which a branch is followed

Progress = Callable[[int, int, str], None]

ALIKE = say("players who are alike may also answer differently; that is not searched")
FOLLOWED = say("one branch was followed from uniform play; others are not searched")


def refuses_quantal(game: object) -> Message | None:
    """Why ``game`` has no quantal response here; None if it has."""
    if isinstance(game, (NormalForm, RoleSymmetricGame)):
        return None
    return say("quantal responses need a normal form or a counted game")


def quantal_path(game: NormalForm | RoleSymmetricGame, rationality: float | None = None, progress: Progress | None = None) -> QuantalPath:
    """The path of logit quantal responses of ``game``.

    Like players with two actions: every branch at which they answer alike, in closed form, any n (``rationality`` is not needed).
    Otherwise the principal branch, followed from uniform play to ``rationality`` (default: 10^6 over the largest spread of payoffs), with
    its turning and branching points. Raises :class:`NotApplicable` for other games, :class:`SizeError` where a step is too much work.
    """
    _demand(game)
    if isinstance(game, SymmetricGame) and is_binary(game):
        return symmetric_path(game)
    model = Logit(game)
    goal = FAR if rationality is None else checked(rationality) * model.spread
    traced = trace(model, goal, progress)
    return _followed(model, traced, goal)


def quantal(game: NormalForm | RoleSymmetricGame, rationality: float, progress: Progress | None = None) -> FixedPoint:
    """The quantal response at ``rationality`` (1 / money) that the principal branch meets first.

    Raises :class:`NotApplicable` where the branch could not be followed that far, and as :func:`quantal_path`.
    """
    _demand(game)
    rationality = checked(rationality)
    if isinstance(game, SymmetricGame) and is_binary(game):
        return on_principal(Gain(game), rationality)
    model = Logit(game)
    points = _found(model, trace(model, rationality * model.spread, progress), rationality)
    if not points:
        raise NotApplicable("the branch from uniform play could not be followed to rationality {value}", value=rationality)
    return points[0]


def solve_quantal(game: NormalForm | RoleSymmetricGame, rationality: float = 1.0, progress: Progress | None = None) -> Solution:
    """The quantal responses at ``rationality`` (1 / money), each with its regret recomputed from the game and its residual in ``proof``.

    Complete where the logit response is a contraction (then there is exactly one). In a game of like players with two actions all
    at which they answer alike are listed, and ``proof`` says whether that is proved; otherwise the one on the branch from uniform play.
    """
    _demand(game)
    rationality = checked(rationality)
    model: Logit | None = None
    if isinstance(game, SymmetricGame) and is_binary(game):
        found = fixed_points(Gain(game), rationality)
        unique = rationality * _steepest(game) < 1
        method = "closed-form"
    else:
        model = Logit(game)
        traced = trace(model, rationality * model.spread, progress)
        points = _found(model, traced, rationality)
        stop = FOLLOWED if points else say("the branch from uniform play could not be followed to rationality {value}", value=rationality)
        found = FixedPoints(rationality, points, False, stop)
        unique = bool(points) and rationality * model.spread < model.influence
        method = "homotopy"
    stop = None if unique else ALIKE if found.complete else found.stop
    proof = {
        "rationality": rationality,
        "residuals": [point.residual for point in found.points],
        "contraction": unique,
        "all_alike": found.complete or unique,
    }
    return Solution(
        game=describe(game),
        concept="quantal",
        method=method,
        complete=unique,
        stop=stop,
        equilibria=tuple(_equilibrium(game, point) for point in found.points),
        limited=not found.points,
        proof=proof,
    )


def _demand(game: object) -> None:
    reason = refuses_quantal(game)
    if reason is not None:
        raise NotApplicable(reason)


def _steepest(game: SymmetricGame) -> float:
    """The Lipschitz constant of the logit response at rationality 1: p (1 - p) is at most 1/4, each of n - 1 others moves the gain
    by at most the largest step of it. (A little too large, to be safe from rounding.)
    """
    steps = np.abs(np.diff(game.gain.astype(object)))
    return 0.0 if len(steps) == 0 else len(steps) / 4 * float(steps.max() / game.denominator) * (1 + 1e-9)


def _equilibrium(game: NormalForm | RoleSymmetricGame, point: FixedPoint) -> Equilibrium:
    profile: object = tuple(tuple(map(float, strategy)) for strategy in point.strategies)
    if isinstance(game, RoleSymmetricGame):
        profile = [
            {"role": role, "players": n, "strategy": [float(p) for p in strategy]}
            for role, n, strategy in zip(game.roles, game.players, point.strategies)
        ]
    return Equilibrium(profile, point.payoffs, point.regret)


def _followed(model: Logit, traced: Trace, goal: float) -> QuantalPath:
    """The answer to a trace."""
    spots = traced.spots
    rows = [model.strategies(spot.y[:-1]) for spot in spots]
    strategies = tuple(frozen(np.array([row[i] for row in rows])) for i in range(len(model.sizes)))
    payoffs = frozen(np.array([model.payoffs(row) for row in rows]))
    rationality = frozen(np.array([spot.y[-1] / model.spread for spot in spots]))
    critical = tuple(
        Critical(kind, float(y[-1]) / model.spread, model.strategies(y[:-1]), None if role is None else model.names[role])
        for kind, y, role in traced.critical
    )
    stop = FOLLOWED
    if not traced.reached:
        stop = say("limit: the branch from uniform play was followed to rationality {value} only", value=float(rationality[-1]))
    return QuantalPath(
        game=describe(model.game),
        method="homotopy",
        branches=(Branch(True, rationality, strategies, payoffs),),
        critical=critical,
        limit=rows[-1] if traced.reached else None,
        limit_regret=model.regret(rows[-1]),
        complete=False,
        stop=stop,
        find=partial(_at, model, traced, goal),
        limited=not traced.reached,
    )


def _at(model: Logit, traced: Trace, goal: float, rationality: float) -> FixedPoints:
    rationality = checked(rationality)
    if rationality * model.spread > goal:
        traced = trace(model, rationality * model.spread)
    points = _found(model, traced, rationality)
    unique = bool(points) and rationality * model.spread < model.influence
    return FixedPoints(rationality, points, unique, None if unique else FOLLOWED)


def _found(model: Logit, traced: Trace, rationality: float) -> tuple[FixedPoint, ...]:
    """Where the trace crosses ``rationality``, each crossing corrected at exactly that value."""
    L = rationality * model.spread
    found: list[FixedPoint] = []
    for before, after in zip(traced.spots, traced.spots[1:]):
        a, b = float(before.y[-1]), float(after.y[-1])
        if not min(a, b) <= L <= max(a, b):
            continue
        share = 0.0 if a == b else (L - a) / (b - a)
        guess = before.y[:-1] + share * (after.y[:-1] - before.y[:-1])
        z = corrected(model, guess, L)
        if z is None or np.linalg.norm(z - guess) > 0.5 + np.linalg.norm(after.y - before.y):
            continue
        point = _point(model, model.strategies(z), rationality)
        if not any(_same(point.strategies, other.strategies) for other in found):
            found.append(point)
    return tuple(found)


def _point(model: Logit, strategies: Strategies, rationality: float) -> FixedPoint:
    residual = model.residual(strategies, rationality * model.spread)
    return FixedPoint(rationality, strategies, model.payoffs(strategies), residual, model.regret(strategies))


def _same(one: Strategies, other: Strategies) -> bool:
    return all(np.allclose(p, q, rtol=1e-7, atol=1e-12) for p, q in zip(one, other))
