"""Proofs that infinitely many mixtures solve a multilinear system.

From an exact solution p: fix some blocks at p. If of the equations that remain r are linearly independent, they have full rank r in
p, and there are more than r unknowns, then by the implicit function theorem they hold on a surface through p; inequalities that are
strict at p hold nearby, and so do those that follow from the equations. All in fractions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations, product
from math import prod
from typing import Any

import numpy as np

from ...games.exact import Array
from .multilinear import Point, System, contract, fixed, independent, jacobian, reduced, solve_exactly, value
from .root_boxes import linearised

_GRIDS = (1, 2, 6, 60, 5040)  # denominators that are tried for the exact solution
MOST_BLOCKS = 6


def on_continuum(system: System, centre: Sequence[Any]) -> Point | None:
    """An exact solution near ``centre`` that is proved to lie among infinitely many; None if none was found."""
    near = descend(system, centre)
    if near is None or len(system.sizes) > MOST_BLOCKS:
        return None
    for point in _exact_solutions(system, near):
        if is_among_many(system, point):
            return point
    return None


def descend(system: System, centre: Sequence[Any]) -> list[Array] | None:
    """About a solution, by Gauss-Newton steps that stay inside."""
    forms = [form.astype(float) for form in system.equations]
    weights = [np.asarray(mix, dtype=float) for mix in centre]
    size = max((float(np.abs(form).max()) for form in forms), default=1.0) or 1.0
    if not forms:
        return weights
    F, J = linearised(forms, weights)
    for _ in range(60):
        if np.abs(F).max() < 1e-11 * size:
            return weights
        step = np.linalg.lstsq(J, F, rcond=1e-9)[0]
        at = 0
        for j, old in enumerate(weights):
            free = old[1:] - step[at : at + len(old) - 1]
            weights[j] = np.array([1 - free.sum(), *free])
            at += len(old) - 1
        if not np.isfinite(step).all() or min(float(w.min()) for w in weights) < -0.5:
            return None
        F, J = linearised(forms, weights)
    return weights if np.abs(F).max() < 1e-6 * size else None


def _exact_solutions(system: System, near: Sequence[Array]) -> Iterator[Point]:
    """Solutions inside in fractions: all blocks but one on a grid near the float solution, that one solved for."""
    for denominator in _GRIDS:
        snapped = [_snap(mix, denominator) for mix in near]
        for j in range(len(near)):
            others = [mix for k, mix in enumerate(snapped) if k != j]
            if any(min(mix) <= 0 for mix in others):
                continue
            rows: list[list[Fraction]] = []
            for form in system.equations:
                rest = form
                for k in reversed(range(len(near))):
                    if k != j:
                        rest = contract(rest, k, snapped[k])
                if rest.shape[0] == 1:
                    rest = np.repeat(rest, len(near[j]))
                rows.append([Fraction(x) for x in rest.tolist()])
            mix = solve_exactly([*rows, [1] * len(near[j])], [0] * len(rows) + [1], snapped[j])
            if mix is not None and min(mix) > 0:
                yield tuple(tuple(mix) if k == j else tuple(snapped[k]) for k in range(len(near)))


def _snap(mix: Array, denominator: int) -> list[Fraction]:
    free = [Fraction(round(float(p) * denominator), denominator) for p in mix[1:]]
    return [1 - sum(free, start=Fraction(0)), *free]


def is_among_many(system: System, point: Point) -> bool:
    """Whether the solution ``point`` is proved to lie on a surface of solutions."""
    if any(value(form, point) for form in system.equations) or any(value(form, point) > 0 for form in system.inequalities):
        return False
    blocks = range(len(point))
    return any(_surface(system, point, kept) for size in range(len(point) - 1, -1, -1) for kept in combinations(blocks, size))


def _surface(system: System, point: Point, kept: Sequence[int]) -> bool:
    """The same with the blocks ``kept`` fixed."""
    for j in reversed(kept):
        system = fixed(system, j, point[j])
    rest = tuple(mix for j, mix in enumerate(point) if j not in kept)
    system = independent(system)
    if len(system.equations) >= system.unknowns or any(value(form, rest) == 0 for form in system.inequalities):
        return False
    return len(reduced(jacobian(system, rest))) == len(system.equations)


def starts(sizes: Sequence[int]) -> Iterator[list[Array]]:
    """A few points inside, spread over the product of simplices."""
    shares = [[np.full(s, 1 / s), *(np.where(np.arange(s) == k, 0.7, 0.3 / (s - 1)) for k in range(s))] for s in sizes]
    total = prod(map(len, shares))
    step = max(1, total // 40)
    for index, point in enumerate(product(*shares)):
        if index % step == 0:
            yield list(point)
