"""Where self-organisation comes to rest under a constant or a myopic take-over, without cultivation (ATLAS P4.2, P4.4).

Without cultivation s' = s + s phi(s), phi(s) = eta (1 - s)(1 - chi a(s)) - decay. With the myopic a(s), phi falls while a is at its upper
limit, is a quadratic in s with a falling second derivative while a falls, and falls again once a = 0: so there is at most one
rest point s > 0 at which phi turns from minus to plus. Starts below it sink to the next rest point underneath. Starts above it never
come below it again, because s + s phi rises through it and has one peak at most, and its value at s = 1, 1 - decay, is above it.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from ...games.exact import Number, root
from ...games.organisation.hand_over import HandOver

ZERO, ONE = Fraction(0), Fraction(1)


@dataclass(frozen=True)
class Rest:
    """A state that stays as it is, and whether states nearby move towards it (from above, for s = 0)."""

    s: Number
    stable: bool


def resting_share(model: HandOver, a: Number) -> Number:
    """P4.2: where s goes under the constant take-over ``a`` without cultivation, from any start above 0.

    max(0, 1 - decay / (eta (1 - chi a))): s' = s (1 - decay + growth (1 - s)) has one hump and a slope above -1 at the rest point, so
    all starts in (0, 1] go there (with growth and decay at most 1). The start itself where nothing grows and nothing decays, and where it
    is 0: nothing comes of nothing.
    """
    growth = model.growth * (1 - model.crowding * a)
    if model.start == 0:
        return ZERO
    if growth == 0:
        return model.start if model.decay == 0 else ZERO
    return max(ZERO, 1 - model.decay / growth)


def extinction_from(model: HandOver) -> Number | None:
    """P4.2: the least constant take-over under which s dies out from any start, (1 - decay / eta) / chi; None if none in [0, 1] does."""
    if model.decay == 0:
        return None
    if model.decay >= model.growth:
        return ZERO
    if model.crowding == 0:
        return None
    least = (1 - model.decay / model.growth) / model.crowding
    return least if least <= 1 else None


def rest_points(model: HandOver) -> tuple[Rest, ...]:
    """The rest points of the myopic controller who does not cultivate, from 0 upwards; stretches of rest points by their ends."""
    edges = _edges(model)
    found = {ZERO}
    for low, high in pairwise(edges):
        found |= {s for s in _roots(model, low, high) if low <= s <= high}
    points = sorted(found)
    return tuple(Rest(s, _stable(model, points, k)) for k, s in enumerate(points))


def trap_threshold(model: HandOver) -> Number:
    """P4.4: the start below which the myopic controller lets self-organisation sink: 0 if it never does, 1 if it always does."""
    points = rest_points(model)
    turning = [point.s for k, point in enumerate(points) if _sign_before(model, points, k) < 0 < _sign_after(model, points, k)]
    if turning:
        return turning[0]
    return ONE if _sign_after(model, points, 0) < 0 else ZERO


def myopic_limit(model: HandOver, start: Number) -> Number:
    """Where the myopic controller without cultivation ends: the rest point below the start where phi < 0, the one above where phi > 0."""
    sign = _growth(model, start)
    points = [point.s for point in rest_points(model)]
    if start == 0 or sign == 0:
        return start
    if sign < 0:
        return max(s for s in points if s <= start)
    return min((s for s in points if s >= start), default=ONE)


def _growth(model: HandOver, s: Number) -> Number:
    """phi(s)."""
    return model.growth * (1 - s) * (1 - model.crowding * model.myopic(s)) - model.decay


def _edges(model: HandOver) -> list[Number]:
    """0, 1, and where the myopic take-over leaves its upper and reaches its lower limit."""
    inner = [] if model.autonomy == 0 else [(model.administration - x * model.strain) / model.autonomy for x in (model.cap, ZERO)]
    return [ZERO, *(s for s in inner if 0 < s < 1), ONE]


def _roots(model: HandOver, low: Number, high: Number) -> list[Number]:
    """The zeros of phi where the take-over is c - d s on [low, high]: eta (1 - s)(1 - chi c + chi d s) = decay."""
    middle = (low + high) / 2
    inside = 0 < (model.administration - model.autonomy * middle) / model.strain < model.cap
    c = model.administration / model.strain if inside else model.myopic(middle)
    d = model.autonomy / model.strain if inside else ZERO
    g0, g1 = 1 - model.crowding * c, model.crowding * d
    # eta (g0 + (g1 - g0) s - g1 s^2) - decay = 0
    two, one, zero = -model.growth * g1, model.growth * (g1 - g0), model.growth * g0 - model.decay
    if two == 0:
        return [low, high] if one == zero == 0 else [] if one == 0 else [-zero / one]
    under = one * one - 4 * two * zero
    if under < 0:
        return []
    width = root(under)
    return sorted({(-one + width) / (2 * two), (-one - width) / (2 * two)})


def _sign_after(model: HandOver, points: tuple[Rest, ...], k: int) -> int:
    """The sign of phi between rest point k and the next."""
    above = points[k + 1].s if k + 1 < len(points) else ONE
    value = _growth(model, (points[k].s + above) / 2) if above > points[k].s else -model.decay
    return (value > 0) - (value < 0)


def _sign_before(model: HandOver, points: tuple[Rest, ...], k: int) -> int:
    return _sign_after(model, points, k - 1) if k else 0


def _stable(model: HandOver, points: list[Number], k: int) -> bool:
    rests = tuple(Rest(s, False) for s in points)
    from_below = k == 0 or _sign_before(model, rests, k) > 0
    return from_below and (points[k] == 1 or _sign_after(model, rests, k) < 0)
