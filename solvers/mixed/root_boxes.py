"""All roots of a multilinear system inside a product of simplices, by subdivision, each certified and none missed.

A region is a product of smaller simplices. It is done with

1. when a form, or an integer combination of the equations that straightens them, has one sign at all its corners: no root inside;
2. when the Jacobian varies so little over a somewhat larger region that the system is one-to-one there (``|I - Y J| < 1`` for all J
   in the hull of its corner values) and the one root there is known and certified;

otherwise it is halved along its longest edge. What is left when edges are short is *unresolved*: a root that is not isolated, one
where the Jacobian is singular, or one that cannot be told from the edge of its simplex.

Corners are dyadic, so floats hold all signs exactly as long as the bits suffice; beyond, fractions do.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations
from typing import Any

import numpy as np

from ...games.exact import Array
from .certified_root import RADII, Root, certify
from .multilinear import System, full

MOST_REGIONS = 4000
SHORTEST = 2.0**-11  # edges of a region that is given up as unresolved
_WIDER = 0.25  # by how much a region is widened to be proved one-to-one
_BITS = 42  # that are left for payoffs and corners in a float, the rest is for combinations
_STRAIGHT = 128  # to which the coefficients of combinations are rounded


@dataclass(frozen=True, eq=False)
class Region:
    """``corners[j][r]``: corner r of block j, a mixture; the forms are written by their values at the corners."""

    corners: tuple[Array, ...]
    equations: tuple[Array, ...]
    inequalities: tuple[Array, ...]
    halvings: int = 0

    @property
    def centre(self) -> list[Array]:
        """The middle of every block, in floats."""
        return [np.asarray(block, dtype=float).mean(axis=0) for block in self.corners]


@dataclass(eq=False)
class Found:
    """The certified ``roots`` inside; ``edges``, roots in fractions that lie on or beyond the edge; ``unresolved`` regions, in whose
    midst a non-isolated root may lie; whether all was searched.
    """

    roots: list[Root] = field(default_factory=list)
    edges: list[Root] = field(default_factory=list)
    unresolved: list[list[Array]] = field(default_factory=list)
    exhausted: bool = True

    @property
    def complete(self) -> bool:
        """Whether the roots are proved to be all."""
        return self.exhausted and not self.unresolved


def whole(system: System) -> Region:
    """The product of the simplices themselves."""
    bits = max((int(abs(form).max()).bit_length() for form in (*system.equations, *system.inequalities)), default=0)
    whole_numbers = all(x == int(x) for form in (*system.equations, *system.inequalities) for x in form.ravel().tolist())
    floats = whole_numbers and bits <= _BITS
    kind: type = float if floats else object
    corners = tuple(np.eye(s) if floats else np.array([[Fraction(int(a == b)) for a in range(s)] for b in range(s)]) for s in system.sizes)
    forms = [tuple(form.astype(kind) for form in group) for group in (system.equations, system.inequalities)]
    return Region(corners, forms[0], forms[1], bits if floats else 0)


def all_roots(system: System, give_up: Callable[[list[Array]], bool] | None = None, most: int = MOST_REGIONS) -> Found:
    """All roots inside the open simplices at which no inequality is broken for sure. ``give_up(centre)`` is asked at every
    unresolved region whether the search is pointless (say, because infinitely many roots are proved).
    """
    found, stack, seen = Found(), [whole(system)], 0
    square = len(system.equations) == system.unknowns
    known: list[Root] = []  # roots anywhere, inside or not
    while stack:
        region = stack.pop()
        seen += 1
        if seen > most:
            found.exhausted = False
            return found
        if _empty(region) or (square and _settled(system, region, known)):
            continue
        block, edge, length = longest_edge(region)
        if length <= SHORTEST:
            found.unresolved.append(region.centre)
            if give_up is not None and give_up(region.centre):
                found.exhausted = False
                return found
            continue
        stack += halves(region, block, edge)
    for root in known:
        inside = is_inside(root)
        if inside is None:
            found.unresolved.append([np.array([float(p) for p in mix]) for mix in root.point])
        elif inside:
            found.roots.append(root)
        elif not root.radius:
            found.edges.append(root)
    return found


def is_inside(root: Root) -> bool | None:
    """Whether all probabilities are positive; None if the box is too wide to tell."""
    bounds = [root.bounds(j, k) for j, mix in enumerate(root.point) for k in range(len(mix))]
    if any(high < 0 or high == low == 0 for low, high in bounds):
        return False
    return True if all(low > 0 for low, _ in bounds) else None


def longest_edge(region: Region) -> tuple[int, tuple[int, int], float]:
    """Block, corners and length of the longest edge."""
    best = (0, (0, 1), -1.0)
    for j, corners in enumerate(region.corners):
        block = np.asarray(corners, dtype=float)
        for r, q in combinations(range(len(block)), 2):
            length = float(np.abs(block[r] - block[q]).max())
            if length > best[2]:
                best = (j, (r, q), length)
    return best


def halves(region: Region, block: int, edge: tuple[int, int]) -> list[Region]:
    """The two halves when an edge is cut in the middle."""
    exact = region if region.halvings < _BITS or region.corners[0].dtype == object else _in_fractions(region)
    half: Any = 0.5 if exact.corners[0].dtype == float else Fraction(1, 2)
    result: list[Region] = []
    for corner in edge:

        def cut(form: Array, axis: int, corner: int = corner) -> Array:
            if form.shape[axis] == 1:
                return form
            child = form.copy()
            place = (slice(None),) * axis
            child[(*place, corner)] = (form[(*place, edge[0])] + form[(*place, edge[1])]) * half
            return child

        corners = tuple(cut(c, 0) if j == block else c for j, c in enumerate(exact.corners))
        forms = [tuple(cut(form, block) for form in group) for group in (exact.equations, exact.inequalities)]
        result.append(Region(corners, forms[0], forms[1], exact.halvings + 1))
    return result


def _in_fractions(region: Region) -> Region:
    def exact(values: Array) -> Array:
        result = np.empty(values.size, dtype=object)
        result[:] = [Fraction(float(x)) for x in values.ravel()]
        return result.reshape(values.shape)

    groups = [tuple(map(exact, group)) for group in (region.corners, region.equations, region.inequalities)]
    return Region(groups[0], groups[1], groups[2], region.halvings)


def _empty(region: Region) -> bool:
    """Whether some form proves that no solution inside the simplices lies in the region."""
    if any(_signed(form, region) for form in region.equations):
        return True
    if any(form.min() >= 0 and _signed(form, region) for form in region.inequalities):
        return True
    return len(region.equations) > 1 and any(_signed(form, region) for form in _straightened(region))


def _signed(form: Array, region: Region) -> bool:
    """Whether the form is positive, or negative, at all points of the region inside the simplices.

    A zero at a corner does no harm where every point inside has weight on other corners as well: any point inside has positive
    weight on corners that together leave no action out (a cover), in every block.
    """
    low, high = form.min(), form.max()
    if low > 0 or high < 0:
        return True
    if (low < 0 < high) or low == high == 0:
        return False
    nonzero = form != 0
    for j, corners in enumerate(region.corners):
        if form.shape[j] > 1:
            nonzero = np.stack([nonzero.take(cover, axis=j).any(axis=j) for cover in _covers(corners)], axis=j)
    return bool(nonzero.all())


def _covers(corners: Array) -> list[list[int]]:
    """The least sets of corners that together give weight to every action."""
    there = corners != 0
    found: list[list[int]] = []
    for size in range(1, len(corners) + 1):
        for rows in combinations(range(len(corners)), size):
            if not any(set(cover) <= set(rows) for cover in found) and there[list(rows)].any(axis=0).all():
                found.append(list(rows))
    return found


def _straightened(region: Region) -> list[Array]:
    """Combinations of the equations, with small integer coefficients, of which each depends mostly on one unknown."""
    sizes = [len(corners) for corners in region.corners]
    J = np.array([_slopes(np.asarray(form, dtype=float), sizes)[0] for form in region.equations])
    if not np.isfinite(J).all() or not J.any():
        return []
    Y = np.linalg.pinv(J)
    Y = Y[np.abs(Y).max(axis=1) > 0]
    weights = np.rint(Y / np.abs(Y).max(axis=1, keepdims=True) * _STRAIGHT)
    forms = [full(form, sizes) for form in region.equations]
    return [sum((int(w) * form for w, form in zip(row, forms)), start=0 * forms[0]) for row in weights]


def _slopes(form: Array, sizes: Sequence[int]) -> tuple[Array, Array]:
    """Middle and half width of the derivatives along the edges from corner 0 of every block, over the region."""
    middle: list[float] = []
    width: list[float] = []
    for j, s in enumerate(sizes):
        for k in range(1, s):
            if form.shape[j] == 1:
                middle.append(0.0)
                width.append(0.0)
                continue
            slope = form.take(k, axis=j) - form.take(0, axis=j)
            low, high = float(slope.min()), float(slope.max())
            middle.append((low + high) / 2)
            width.append((high - low) / 2)
    return np.array(middle), np.array(width)


def _settled(system: System, region: Region, known: list[Root]) -> bool:
    """Whether at most one root is in a somewhat wider region, and that one is among the ``known``, where it is put if new."""
    sizes = [len(corners) for corners in region.corners]
    wide = [np.eye(s) * (1 + s * _WIDER) - _WIDER for s in sizes]
    forms = [_spread(np.asarray(form, dtype=float), wide) for form in region.equations]
    slopes = [_slopes(form, sizes) for form in forms]
    J, width = np.array([m for m, _ in slopes]), np.array([w for _, w in slopes])
    width = width + 1e-13 * max(float(np.abs(form).max()) for form in forms)  # more than floats can have lost
    with np.errstate(all="ignore"):
        try:
            Y = np.linalg.inv(J)
        except np.linalg.LinAlgError:
            return False
        off = np.abs(np.eye(len(J)) - Y @ J) + np.abs(Y) @ width
        loss = 1e-12 * (np.abs(Y) @ np.abs(J)).sum(axis=1)
        if not np.isfinite(off).all() or (off.sum(axis=1) + loss).max() >= 0.95:
            return False
    weights = _newton(forms, sizes)
    if weights is None or min(float(w.min()) for w in weights) < 1e-3:
        return False
    corners = [w @ np.asarray(c, dtype=float) for w, c in zip(wide, region.corners)]
    near = [w @ c for w, c in zip(weights, corners)]
    if any(_close(root, near) for root in known):
        return True
    root = certify(system, near)
    if root is not None and root.radius and is_inside(root) is None:
        root = certify(system, near, RADII[1])
    if root is None or not _close(root, near):
        return False
    known.append(root)
    return True


def _close(root: Root, near: Sequence[Array]) -> bool:
    """Whether the root lies within 1e-9 of a point, which the margin inside a widened region allows for."""
    return all(abs(float(p) - float(x)) < 1e-9 for mix, other in zip(root.point, near) for p, x in zip(mix, other))


def _spread(form: Array, maps: Sequence[Array]) -> Array:
    for j, W in enumerate(maps):
        if form.shape[j] > 1:
            form = np.moveaxis(np.tensordot(W, form, axes=(1, j)), 0, j)
    return form


def _newton(forms: Sequence[Array], sizes: Sequence[int]) -> list[Array] | None:
    """The root of the forms as weights on the corners, by Newton's method from the middle; None if it does not settle nearby."""
    weights, step = [np.full(s, 1 / s) for s in sizes], np.ones(1)
    for _ in range(30):
        F, J = linearised(forms, weights)
        try:
            step = np.linalg.solve(J, F)
        except np.linalg.LinAlgError:
            return None
        at = 0
        for j, s in enumerate(sizes):
            free = weights[j][1:] - step[at : at + s - 1]
            weights[j] = np.array([1 - free.sum(), *free])
            at += s - 1
        if not np.isfinite(step).all() or max(float(np.abs(w).max()) for w in weights) > 5:
            return None
        if np.abs(step).max() < 1e-13:
            return weights
    return weights if np.abs(step).max() < 1e-9 else None


def linearised(forms: Sequence[Array], weights: Sequence[Array]) -> tuple[Array, Array]:
    """Values of the forms at mixtures, and their derivatives by all entries of all blocks but the first ones, in floats."""
    values: list[float] = []
    slopes: list[list[float]] = []
    for form in forms:
        row: list[float] = []
        values_at = float(form.ravel()[0])  # of a form that depends on nothing
        for j, own in enumerate(weights):
            if form.shape[j] == 1:
                row += [0.0] * (len(own) - 1)
                continue
            rest = form
            for other in reversed(range(len(weights))):
                if other != j:
                    rest = rest.take(0, axis=other) if form.shape[other] == 1 else np.tensordot(rest, weights[other], axes=(other, 0))
            row += (rest[1:] - rest[0]).tolist()
            values_at = float(rest @ own)
        values.append(values_at)
        slopes.append(row)
    return np.array(values), np.array(slopes)
