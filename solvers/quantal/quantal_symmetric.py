"""All quantal responses of players who are alike and have two actions: in closed form, branch by branch (see :mod:`.quantal_gain`).

The fixed points at which all answer alike are the curve L(t) = t / G(t) over log-odds t, where it is positive: one branch between
any two neighbours among the zeros of G, 0 and the two ends. The branch at t = 0 is principal; it runs to the first zero of G in the
direction of the better action, or to that pure action: that is the equilibrium it selects, read off without following anything.
"""

from __future__ import annotations

from functools import partial
from itertools import pairwise

import numpy as np

from ...games.counted_game import SymmetricGame
from ...games.errors import InputError
from ...games.exact import frozen
from ...games.message import Message, say
from ..describe import describe
from .quantal_gain import EPS, FARTHEST, Gain, Signed, bisected, crossings, logistic
from .quantal_path import UNPROVED, Branch, Critical, FixedPoint, FixedPoints, QuantalPath, Strategies

CLOSEST = 1e-9  # relative error of G at which a branch is drawn no nearer to its asymptote
STEPS = [10 ** (-k / 4) for k in range(1, 45)]  # distances from an asymptote at which a branch is drawn


def is_binary(game: object) -> bool:
    """Whether the closed form serves."""
    return isinstance(game, SymmetricGame) and len(game.actions[0]) == 2


def symmetric_path(game: SymmetricGame) -> QuantalPath:
    """Every branch of quantal responses at which all answer alike, with its turning points, and the points of the branches where
    like players begin to differ. Complete where :class:`.Gain` proves its zeros to be all.
    """
    curve = Gain(game)
    pieces = _pieces(curve)
    branches = [_branch(curve, a, b) for a, b in pieces]
    if curve.ties_at_half:
        branches.insert(0, _level_branch(curve))
    limit = _limit(curve)
    return QuantalPath(
        game=describe(game),
        method="closed-form",
        branches=tuple(branches),
        critical=tuple(_critical(curve, pieces)),
        limit=_strategies(limit),
        limit_regret=_regret(curve, limit),
        complete=curve.proved,
        stop=None if curve.proved else _why(curve),
        find=partial(fixed_points, curve),
    )


def fixed_points(curve: Gain, rationality: float) -> FixedPoints:
    """All fixed points at ``rationality`` at which the players answer alike: one at most between neighbours among the zeros of G,
    the turning points, 0 and the ends, found by the sign of f = t - rationality G(t) at both.
    """
    rationality = checked(rationality)

    def f(t: float) -> tuple[float, float]:
        gain, off = curve.G(t)
        return t - rationality * gain, rationality * off + 4 * EPS * abs(t)

    far = 1 + rationality * float(np.abs(curve.g).max())  # beyond, f has the sign of t
    proved, found = curve.proved, list[float]()
    last, sign_after = -far, -1
    for t in sorted({t for t in (*curve.roots, *curve.turning, 0.0) if abs(t) < far}):
        before, after = _signs_beside(curve, f, rationality, t)
        if sign_after * before < 0:
            found.append(bisected(f, last, t, sign_after))
        if t == 0 and (curve.ties_at_half or rationality == 0):
            found.append(t)
            proved = proved and after != 0
        elif after == 0:  # a turning point at this very rationality: two solutions in one, or none
            found.append(t)
            proved = False
        last, sign_after = t, after
    if sign_after < 0:
        found.append(bisected(f, last, far, sign_after))
    points = tuple(_point(curve, rationality, t) for t in found)
    return FixedPoints(rationality, points, proved, None if proved else _why(curve))


def _signs_beside(curve: Gain, f: Signed, rationality: float, t: float) -> tuple[int, int]:
    """The signs of f just before and just after ``t``; 0 where they cannot be told."""
    if t == 0 and (curve.ties_at_half or rationality == 0):
        slope, off = curve.H(0.0)
        value = 1 - rationality * slope
        sign = 0 if abs(value) <= rationality * off + EPS else 1 if value > 0 else -1
        return -sign, sign
    if t in curve.roots:  # there f is t itself
        return (1, 1) if t > 0 else (-1, -1)
    value, off = f(t)
    sign = 0 if abs(value) <= off else 1 if value > 0 else -1
    return sign, sign


def checked(rationality: float) -> float:
    """``rationality`` as a float. Raises :class:`InputError` unless it is finite and not negative."""
    try:
        value = float(rationality)
    except (TypeError, ValueError):
        value = -1.0
    if not 0 <= value < float("inf"):
        raise InputError("rationality={value!r} must be a finite number, at least 0 (in units of 1 / money)", value=rationality)
    return value


def _why(curve: Gain) -> Message:
    if not curve.exact:
        return say("the payoffs are floats: these are found by sign changes, and that there are no others is not proved")
    return UNPROVED


def _pieces(curve: Gain) -> list[tuple[float, float]]:
    """The intervals of log-odds on which L(t) = t / G(t) is positive, each a branch. Where uniform play is itself a zero of G, the
    curve may run through it.
    """
    cuts = {-FARTHEST, *curve.roots, 0.0, FARTHEST}
    if curve.ties_at_half and curve.H(0.0)[0] > curve.H(0.0)[1]:
        cuts.remove(0.0)
    ordered = sorted(cuts)
    return [(a, b) for a, b in pairwise(ordered) if _positive(curve, a, b)]


def _positive(curve: Gain, a: float, b: float) -> bool:
    """Whether L is positive between ``a`` and ``b``: looked at where G is told from 0."""
    for part in (0.5, 0.3, 0.1, 0.01, 0.001, 0.9, 0.99, 0.999):
        t = a + (b - a) * part
        gain, off = curve.G(t)
        if t and abs(gain) > off:
            return t * gain > 0
    return False


def _samples(curve: Gain, a: float, b: float) -> list[float]:
    """Where the branch between ``a`` and ``b`` is drawn: the grid, its turning points, and closer and closer to its ends."""
    kept = [t for t in _inside(curve, a, b) if _told(curve, t)]
    if curve.ties_at_half and a < 0 < b:
        kept = sorted({*kept, 0.0})
    return [a, *kept] if a == 0 and not curve.ties_at_half else [*kept, b] if b == 0 and not curve.ties_at_half else kept


def _inside(curve: Gain, a: float, b: float) -> list[float]:
    near = [a + (b - a) * s / 2 for s in STEPS] + [b - (b - a) * s / 2 for s in STEPS]
    return sorted({t for t in (*curve.grid, *curve.turning, *near) if a < t < b and t})


def _told(curve: Gain, t: float) -> bool:
    gain, off = curve.G(t)
    return off <= CLOSEST * abs(gain)


def _rationality(curve: Gain, t: float) -> float:
    if t:
        return t / curve.G(t)[0]
    return 1 / curve.H(0.0)[0] if curve.ties_at_half else 0.0


def _branch(curve: Gain, a: float, b: float) -> Branch:
    drawn = _samples(curve, a, b)
    principal = not curve.ties_at_half and 0 in (a, b)
    ends = tuple(_strategies(end) for end in (a, b) if end or curve.ties_at_half)
    return _drawn(curve, drawn[::-1] if b == 0 else drawn, [], principal, ends)


def _level_branch(curve: Gain) -> Branch:
    """Uniform play at every rationality."""
    size = float(np.abs(curve.g).max()) or 1.0
    rationality = [0.0, *(np.geomspace(1e-2, 1e4, 61) / size).tolist()]
    return _drawn(curve, [0.0] * len(rationality), rationality, True, (_strategies(0.0),))


def _drawn(curve: Gain, ts: list[float], rationality: list[float], principal: bool, ends: tuple[Strategies, ...]) -> Branch:
    levels = rationality or [_rationality(curve, t) for t in ts]
    strategies = np.array([[logistic(-t), logistic(t)] for t in ts]).reshape(-1, 2)
    worth = np.array([curve.payoffs(t) for t in ts]).reshape(-1, 2)
    payoffs = (strategies * worth).sum(axis=1, keepdims=True)
    return Branch(principal, frozen(np.array(levels)), (frozen(strategies),), frozen(payoffs), ends)


def _critical(curve: Gain, pieces: list[tuple[float, float]]) -> list[Critical]:
    """Turning points and symmetry breaking on the branches, by rationality."""
    found: list[Critical] = []
    for a, b in pieces:
        turning = [t for t in curve.turning if a < t < b and _told(curve, t)]
        found += [Critical("turning", _rationality(curve, t), _strategies(t)) for t in turning]
        if curve.n > 1:
            breaking = crossings(lambda t: _signed(curve, t), _inside(curve, a, b))
            found += [Critical("symmetry-breaking", _rationality(curve, t), _strategies(t)) for t in breaking]
    slope, off = curve.H(0.0)
    if curve.ties_at_half and slope > off:
        found.append(Critical("branching", 1 / slope, _strategies(0.0)))
    if curve.ties_at_half and curve.n > 1 and slope < -off:
        found.append(Critical("symmetry-breaking", -(curve.n - 1) / slope, _strategies(0.0)))
    return sorted(found, key=lambda point: point.rationality)


def _signed(curve: Gain, t: float) -> tuple[float, float]:
    """S with the sign of t taken out: a branch through t = 0 does not break symmetry there."""
    value, off = curve.S(t)
    return (value if t > 0 else -value), off


def _limit(curve: Gain) -> float:
    """The log-odds that the principal branch tends to."""
    if curve.ties_at_half:
        return 0.0
    if curve.G(0.0)[0] > 0:
        return min((t for t in curve.roots if t > 0), default=np.inf)
    return max((t for t in curve.roots if t < 0), default=-np.inf)


def _strategies(t: float) -> Strategies:
    """(1 - p, p) at log-odds ``t``; the two ends are pure."""
    pair = (0.0, 1.0) if t >= FARTHEST else (1.0, 0.0) if t <= -FARTHEST else (logistic(-t), logistic(t))
    return (frozen(np.array(pair)),)


def _regret(curve: Gain, t: float) -> float:
    """What a player gains by its better action, the others at ``t``."""
    gain = curve.G(min(max(t, -FARTHEST), FARTHEST))[0]
    (q, p) = _strategies(t)[0]
    return float(max(q * gain, -p * gain, 0.0))


def _point(curve: Gain, rationality: float, t: float) -> FixedPoint:
    q, p = logistic(-t), logistic(t)
    first, second = curve.payoffs(max(-FARTHEST, min(FARTHEST, t)))
    gain = second - first
    residual = abs(p - logistic(rationality * curve.G(max(-FARTHEST, min(FARTHEST, t)))[0]))
    return FixedPoint(rationality, (frozen(np.array([q, p])),), (q * first + p * second,), residual, max(q * gain, -p * gain, 0.0))


def on_principal(curve: Gain, rationality: float) -> FixedPoint:
    """The fixed point at ``rationality`` that the principal branch meets first: the nearest to uniform play on its side."""
    points = fixed_points(curve, rationality).points
    side = 0.0 if curve.ties_at_half else curve.G(0.0)[0]
    own = [point for point in points if (point.strategies[0][1] - 0.5) * side >= 0]
    return min(own, key=lambda point: abs(float(point.strategies[0][1]) - 0.5))
