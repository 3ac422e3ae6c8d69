"""Following the principal branch of quantal responses of any game from uniform play: predictor and corrector along arc length.

At y = (z, L) with F(y) = 0 the tangent spans the kernel of [F_z F_L]; a step along it is corrected by Newton in the plane across it, so
that the curve is followed around turning points (Turocy 2005; Allgower and Georg 1990, chapters 2 and 8). A turning point is a
change of sign of the tangent's L; a branching point a change in the number of eigenvalues of F_z with negative real part where one
passes zero; the curve is followed straight on. In a counted game the same is watched for players of one role who begin to differ.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from ...games.exact import Array
from .quantal_model import Logit

MOST_STEPS = 4000
SHORTEST, LONGEST = 1e-9, 0.25  # steps, the longest as a share of the distance from the start
SHARPEST = 0.97  # least cosine between neighbouring tangents
MOST_NEWTON = 7
PRECISION = 1e-11


@dataclass(frozen=True, eq=False)
class Spot:
    """A point of the curve: ``y = (z, L)``, its unit ``tangent``, and how many eigenvalues are negative: of F_z, then by role."""

    y: Array
    tangent: Array
    negative: tuple[int, ...]


@dataclass(eq=False)
class Trace:
    """The spots of a curve, the critical points among them (kind, y, role), and whether it reached its goal."""

    spots: list[Spot] = field(default_factory=list[Spot])
    critical: list[tuple[str, Array, int | None]] = field(default_factory=list[tuple[str, Array, int | None]])
    reached: bool = False


def trace(model: Logit, goal: float, progress: Callable[[int, int, str], None] | None = None) -> Trace:
    """The principal branch of ``model`` from L = 0 to ``goal``, or as far as it could be followed in ``MOST_STEPS`` steps.

    An interrupt ends it; what was followed so far is returned, not ``reached``.
    """
    size = int(model.cuts[-1])
    result = Trace()
    if size == 0:
        result.spots = [_spot(model, np.zeros(1), np.ones(1)), _spot(model, np.array([goal]), np.ones(1))]
        result.reached = True
        return result
    up = np.zeros(size + 1)
    up[-1] = 1.0
    spot = _spot(model, np.zeros(size + 1), up)
    result.spots.append(spot)
    step = 0.05
    try:
        for k in range(MOST_STEPS):
            if progress is not None and k % 20 == 0:
                progress(k, MOST_STEPS, "quantal path")
            after = advance(model, spot, step)
            if after is None:
                step /= 2
                if step < SHORTEST * (1 + float(np.linalg.norm(spot.y))):
                    return result
                continue
            following, quick = after
            _note(model, result, spot, following, step)
            result.spots.append(following)
            spot = following
            if spot.y[-1] >= goal:
                result.reached = True
                return result
            if quick:
                step = min(1.6 * step, LONGEST * (1 + float(np.linalg.norm(spot.y))))
    except KeyboardInterrupt:
        pass
    return result


def advance(model: Logit, spot: Spot, step: float) -> tuple[Spot, bool] | None:
    """The spot a ``step`` further on, and whether it was reached easily; None where the step is too long to be safe."""
    guess = spot.y + step * spot.tangent
    y = guess.copy()
    for iteration in range(MOST_NEWTON):
        matrix, value = _augmented(model, y, spot.tangent)
        change = _solved(matrix, -np.append(value, spot.tangent @ (y - guess)))
        if change is None:
            return None
        y = y + change
        if np.linalg.norm(y - guess) > 0.5 * step:
            return None
        if np.linalg.norm(change) <= PRECISION * (1 + np.linalg.norm(y)):
            following = _spot(model, y, spot.tangent)
            cosine = float(following.tangent @ spot.tangent)
            if cosine < SHARPEST or y[-1] < 0:
                return None
            return following, iteration <= 3 and cosine > 0.995
    return None


def corrected(model: Logit, z: Array, L: float) -> Array | None:
    """The fixed point at ``L`` that Newton finds from ``z``; None if it does not settle."""
    for _ in range(30):
        value = model.F(z, L)
        change = _solved(np.eye(len(z)) - L * model.slope(model.strategies(z)), -value)
        if change is None:
            return None
        z = z + change
        if np.linalg.norm(change) <= PRECISION * (1 + np.linalg.norm(z)):
            return z
    return None


def _augmented(model: Logit, y: Array, tangent: Array) -> tuple[Array, Array]:
    """[F_z F_L] with the tangent below, and F, at ``y``."""
    z, L = y[:-1], float(y[-1])
    strategies = model.strategies(z)
    D = model.D(strategies)
    top = np.column_stack([np.eye(len(z)) - L * model.slope(strategies), -D])
    return np.vstack([top, tangent]), z - L * D


def _solved(matrix: Array, right: Array) -> Array | None:
    try:
        result = np.linalg.solve(matrix, right)
    except np.linalg.LinAlgError:
        return None
    return result if np.isfinite(result).all() else None


def _spot(model: Logit, y: Array, before: Array) -> Spot:
    """The spot at ``y``, its tangent pointing on as ``before`` did."""
    unit = np.zeros(len(y))
    unit[-1] = 1.0
    tangent = _solved(_augmented(model, y, before)[0], unit)
    tangent = before if tangent is None else tangent / np.linalg.norm(tangent)
    return Spot(y, tangent, tuple(sum(value.real < 0 for value in block) for _, block in _eigenvalues(model, y)))


def _eigenvalues(model: Logit, y: Array) -> list[tuple[int | None, list[complex]]]:
    """The eigenvalues of F_z (None), and by role those of the differences between its players."""
    L = float(y[-1])
    slope = model.slope(model.strategies(y[:-1]))
    result: list[tuple[int | None, list[complex]]] = [(None, np.linalg.eigvals(np.eye(len(slope)) - L * slope).astype(complex).tolist())]
    for role in range(len(model.sizes)):
        inner = model.within(slope, role)
        if inner is not None:
            result.append((role, np.linalg.eigvals(np.eye(len(inner)) + L * inner).astype(complex).tolist()))
    return result


def _note(model: Logit, result: Trace, before: Spot, after: Spot, step: float) -> None:
    """Put the critical points between two spots into ``result``, and turning points among its spots too."""
    turned = before.tangent[-1] * after.tangent[-1] < 0
    if turned:
        low, high = _between(model, before, after, step, lambda s: s.tangent[-1] * before.tangent[-1] > 0)
        y = _crossed(low.y, high.y, float(low.tangent[-1]), float(high.tangent[-1]))
        result.critical.append(("turning", y, None))
        result.spots.append(Spot(y, low.tangent, low.negative))
    for place, (was, now) in enumerate(zip(before.negative, after.negative)):
        if was == now or (place == 0 and turned and abs(was - now) == 1):
            continue
        low, high = _between(model, before, after, step, lambda s, k=place, n=was: s.negative[k] == n)
        role, values = _eigenvalues(model, low.y)[place]
        a, b = _least(values), _least(_eigenvalues(model, high.y)[place][1])
        if abs(a.imag) <= 1e-3 * abs(a) + 1e-7 and a.real * b.real <= 0:  # otherwise a pair of complex ones passed by: nothing branches
            kind = "branching" if role is None else "symmetry-breaking"
            result.critical.append((kind, _crossed(low.y, high.y, a.real, b.real), role))


def _least(values: list[complex]) -> complex:
    return min(values, key=lambda value: abs(value.real))


def _crossed(low: Array, high: Array, a: float, b: float) -> Array:
    """The point between ``low`` and ``high`` where what is ``a`` and ``b`` there is 0."""
    return low if a == b else low + min(1.0, max(0.0, a / (a - b))) * (high - low)


def _between(model: Logit, start: Spot, end: Spot, step: float, early: Callable[[Spot], bool]) -> tuple[Spot, Spot]:
    """Two close spots within ``step`` of ``start``: up to the first ``early`` holds, at the second no more. By halving, as close as the
    corrector, which fails at a branching point itself, allows.
    """
    a, b, low, high = 0.0, step, start, end
    for share in (0.5, 0.45) * 14:
        middle = a + (b - a) * share
        after = advance(model, start, middle)
        if after is None:
            continue
        if early(after[0]):
            a, low = middle, after[0]
        else:
            b, high = middle, after[0]
    return low, high
