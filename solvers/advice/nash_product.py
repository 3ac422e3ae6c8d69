"""The device with the largest product of gains over a disagreement point (Nash 1950), certified by a first-order bound.

log is concave: with g_v > 0 the gains of voice v under a device and z_v = heads_v / g_v, every other device has

    sum_v heads_v log g'_v  <=  sum_v heads_v log g_v + sum_v z_v g'_v - sum_v heads_v,

so the linear optimum at z, exact with its dual, bounds what any device could add. Each such optimum is a vertex; the mixture of
the vertices found so far that has the largest product is the next device (fully corrective Frank-Wolfe), obeyed exactly.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np

from ...games.exact import Array, Number
from .advice_program import Device, Program, best_linear, best_maximin

CLOSE = Fraction(1, 10**9)  # to which the logarithm of the product is brought to its bound
MOST_ROUNDS = 60
_COARSE, _FINE = 1_000, 10**12  # denominators of the mixture: a coarse one often hits a rational optimum


def best_nash_product(program: Program, disagreement: Sequence[Number]) -> Device:
    """The device of nearly or exactly largest product; the proof holds ``disagreement`` (per head) and ``gap`` (of the logarithm).

    Where no device gives every voice more than its disagreement, the product is at most 0 for all: the maximin device proves it
    (the proof then has ``gap`` 0 and the weights of the maximin of gains).
    """
    lowered = over(program, disagreement)
    device = best_maximin(lowered)
    vertices, gains = [device], [received(lowered, device)]
    if min(gains[0]) <= 0:
        return _told(program, device, disagreement, Fraction(0))
    mixed, gap, denominator = device, Fraction(1), _COARSE
    for _ in range(MOST_ROUNDS):
        now = received(lowered, mixed)
        z = [n / g for n, g in zip(program.heads, now)]
        vertex = best_linear(lowered, z)
        reached = received(lowered, vertex)
        gap = max(Fraction(0), Fraction(sum(a * b for a, b in zip(z, reached))) - sum(program.heads))
        mixed = replace(mixed, proof=vertex.proof, method=vertex.method)
        if gap <= CLOSE or (reached in gains and denominator == _FINE):
            break
        if reached in gains:  # only the rounding of the mixture is left to improve
            denominator = _FINE
        else:
            vertices, gains = [*vertices, vertex], [*gains, reached]
        mixed = _mixture(vertices, gains, program.heads, denominator)
    return _told(program, mixed, disagreement, gap)


def over(program: Program, disagreement: Sequence[Number]) -> Program:
    """``program`` with payoffs counted from ``disagreement`` (money per head of each voice)."""
    if program.payoffs.dtype == np.float64:
        offset = np.array([float(d) * n / program.totals for d, n in zip(disagreement, program.heads)])
        return replace(program, payoffs=program.payoffs - offset[:, None])
    offsets = [Fraction(d) * n * program.denominator / program.totals for d, n in zip(disagreement, program.heads)]
    scale = int(np.lcm.reduce(np.array([o.denominator for o in offsets], dtype=object)))
    offset = np.array([[int(o * scale)] for o in offsets], dtype=object)
    payoffs, gains = program.payoffs.astype(object) * scale - offset, program.gains.astype(object) * scale
    return replace(program, payoffs=payoffs, gains=gains, denominator=program.denominator * scale)


def received(program: Program, device: Device) -> list[Number]:
    """What each voice gets in all under ``device``, money."""
    exact = program.payoffs.dtype != np.float64
    result: list[Number] = []
    for row in program.payoffs:
        parts = (p * (int(row[x]) if exact else float(row[x])) for x, p in device.mu.items())
        result.append(sum(parts, start=Fraction(0)) / program.denominator)
    return result


def _told(program: Program, device: Device, disagreement: Sequence[Number], gap: Fraction) -> Device:
    """``device`` with its proof about the payoffs of ``program`` itself."""
    if device.proof is None:
        return device
    z: tuple[Fraction, ...] = device.proof["players"]
    owed = sum((a * n * Fraction(d) for a, n, d in zip(z, program.heads, disagreement)), start=Fraction(0))
    proof: dict[str, Any] = device.proof | {"bound": device.proof["bound"] + owed, "disagreement": tuple(disagreement), "gap": gap}
    if "totals" in proof:
        proof["totals"] = tuple(w + owed / program.totals for w in proof["totals"])
    return replace(device, proof=proof)


def _mixture(vertices: list[Device], gains: list[list[Number]], heads: tuple[int, ...], denominator: int) -> Device:
    V = np.array([[float(x) for x in row] for row in gains]).T
    p = best_weights(V, np.array(heads, dtype=float))
    weights = next((w for w in (_rational(p, denominator),) if (V @ np.array(w, dtype=float) > 0).all()), _rational(p, _FINE))
    mu: dict[int, Number] = {}
    for weight, vertex in zip(weights, vertices):
        for x, probability in vertex.mu.items():
            mu[x] = mu.get(x, Fraction(0)) + weight * probability
    return Device({x: q for x, q in sorted(mu.items()) if q}, vertices[-1].method, vertices[-1].proof)


def _rational(p: Array, denominator: int) -> list[Fraction]:
    parts = [Fraction(float(x)).limit_denominator(denominator) for x in p]
    return [part / sum(parts) for part in parts]


def best_weights(V: Array, heads: Array) -> Array:
    """The mixture p of the columns of ``V`` (gains by voice, some column positive) with the largest sum of heads log(V p).

    Pairwise Frank-Wolfe: weight moves from the worst column in use to the best one, as far as it pays.
    """
    p = np.zeros(V.shape[1])
    p[int(np.argmax(V.min(axis=0)))] = 1.0
    for _ in range(5_000):
        slope = V.T @ (heads / (V @ p))
        best, worst = int(np.argmax(slope)), int(np.argmin(np.where(p > 0, slope, np.inf)))
        if slope[best] - slope[worst] <= 1e-14 * heads.sum():
            break
        step = _step(V @ p, V[:, best] - V[:, worst], heads, p[worst])
        if step <= 0:
            break
        p[best] += step
        p[worst] = 0.0 if step >= p[worst] else p[worst] - step
    return p / p.sum()


def _step(x: Array, d: Array, heads: Array, most: float) -> float:
    """The step in [0, most] that maximises sum heads log(x + step d), by bisection of its slope."""
    low, high = 0.0, most

    def rising(t: float) -> bool:
        now = x + t * d
        return bool((now > 0).all()) and float((heads * d / now).sum()) > 0

    if rising(most):
        return most
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if rising(middle) else (low, middle)
    return low
