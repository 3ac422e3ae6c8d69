"""Votes on points: voters with ideal points and (squared) Euclidean loss; issue-by-issue medians and what beats them.

In one dimension the median wins; in two or more there is mostly nothing unbeaten (Plott 1967; McKelvey 1976), and rules that take one
issue at a time settle at the medians of each (Kramer 1972; Shepsle 1979): the structure-induced equilibrium.
"""

from __future__ import annotations

from itertools import product

import numpy as np

from ...games.errors import InputError, SizeError
from ...games.exact import Array, Number, array
from ...games.parameters import whole

MOST_POINTS = 20_000  # grid points compared with each other (times voters)
MOST_GRID = 2_000_000

Point = tuple[Number, ...]


def structure_induced(ideals: object) -> Point:
    """The median ideal on every issue (the lower one of two): ``ideals`` of shape ``(voters, issues)``."""
    table = _points(ideals, "ideals")
    ordered = np.sort(table, axis=0)
    return tuple(ordered[(len(table) - 1) // 2].tolist())


def integer_grid(low: int, high: int, issues: int) -> Array:
    """All points of whole numbers from ``low`` to ``high`` on every issue, shape ``(points, issues)``."""
    size = (whole(high, "high", low) - low + 1) ** whole(issues, "issues")
    if size > MOST_GRID:
        raise SizeError("a grid of {n} points does not fit; at most {limit}", n=f"{size:,}", limit=f"{MOST_GRID:,}")
    return array(list(product(range(low, high + 1), repeat=issues)), "grid")


def beating_points(ideals: object, point: object, grid: object, needed: int | None = None) -> tuple[Point, ...]:
    """The points of ``grid`` that beat ``point``: more voters are nearer to them than further, or at least ``needed`` are nearer."""
    table, others = _points(ideals, "ideals"), _points(grid, "grid")
    here, there = _losses(table, _points([point], "point"))[:, 0], _losses(table, others)
    nearer, further = (there < here[:, None]).sum(axis=0), (there > here[:, None]).sum(axis=0)
    better = nearer > further if needed is None else nearer >= whole(needed, "needed")
    return tuple(tuple(others[k].tolist()) for k in np.flatnonzero(better))


def condorcet_points(ideals: object, grid: object) -> tuple[Point, ...]:
    """The points of ``grid`` that beat every other point of it: one at most."""
    return tuple(point for point, lost in zip(map(tuple, _points(grid, "grid").tolist()), _unbeaten(ideals, grid, True)) if lost)


def unbeaten_points(ideals: object, grid: object) -> tuple[Point, ...]:
    """The points of ``grid`` that no other point of it beats: the core on the grid."""
    return tuple(point for point, kept in zip(map(tuple, _points(grid, "grid").tolist()), _unbeaten(ideals, grid, False)) if kept)


def _unbeaten(ideals: object, grid: object, strictly: bool) -> list[bool]:
    table, points = _points(ideals, "ideals"), _points(grid, "grid")
    if len(points) > MOST_POINTS:
        raise SizeError("a grid of {n} points does not fit; at most {limit}", n=f"{len(points):,}", limit=f"{MOST_POINTS:,}")
    losses, found = _losses(table, points), list[bool]()
    for k in range(len(points)):
        own = losses[:, k : k + 1]
        margin = (own < losses).sum(axis=0) - (own > losses).sum(axis=0)
        margin[k] = 1
        found.append(bool((margin > 0).all() if strictly else (margin >= 0).all()))
    return found


def _losses(ideals: Array, points: Array) -> Array:
    """Squared distances, shape ``(voters, points)``."""
    if ideals.shape[1] != points.shape[1]:
        raise InputError("points of {a} issues for ideals of {b}", a=points.shape[1], b=ideals.shape[1])
    kind = object if ideals.dtype == points.dtype == object else np.float64
    apart = ideals.astype(kind)[:, None, :] - points.astype(kind)[None, :, :]
    return (apart * apart).sum(axis=2)


def _points(values: object, name: str) -> Array:
    table = array(values, name)
    if table.ndim != 2 or not table.size:
        raise InputError("{name} must be a table of points by issues", name=name)
    return table
