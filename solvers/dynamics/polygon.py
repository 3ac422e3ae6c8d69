"""Convex polygons in rational coordinates: the hull of points, and the part of a polygon above a corner."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

Point = tuple[Fraction, Fraction]
Polygon = tuple[Point, ...]  # vertices counter-clockwise, from the lexicographically least; one point or two if degenerate, none if empty


def hull(points: Iterable[Point]) -> Polygon:
    """The vertices of the convex hull (Andrew 1979)."""
    ordered = sorted(set(points))
    if len(ordered) <= 2:
        return tuple(ordered)
    lower, upper = _chain(ordered), _chain(ordered[::-1])
    return tuple(lower[:-1] + upper[:-1])


def _chain(points: list[Point]) -> list[Point]:
    kept: list[Point] = []
    for p in points:
        while len(kept) >= 2 and _turn(kept[-2], kept[-1], p) <= 0:
            kept.pop()
        kept.append(p)
    return kept


def _turn(a: Point, b: Point, c: Point) -> Fraction:
    """Positive if a, b, c turn left."""
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def above(polygon: Polygon, corner: Point) -> Polygon:
    """The part of ``polygon`` in which both coordinates are at least those of ``corner``."""
    for axis in (0, 1):
        polygon = _cut(polygon, axis, corner[axis])
    return polygon


def _cut(polygon: Polygon, axis: int, least: Fraction) -> Polygon:
    """The part in which one coordinate is at least ``least`` (Sutherland and Hodgman 1974, one edge)."""
    kept = [p for p in polygon if p[axis] >= least]
    for p, q in zip(polygon, (*polygon[1:], *polygon[:1])):
        if (p[axis] < least) != (q[axis] < least):
            t = (least - p[axis]) / (q[axis] - p[axis])
            other = p[1 - axis] + t * (q[1 - axis] - p[1 - axis])
            kept.append((least, other) if axis == 0 else (other, least))
    return hull(kept)
