"""One root of a multilinear system, made as precise as wanted, with a proof that it is there (Krawczyk 1969; Rump 1983).

With Y close to the inverse of the Jacobian J at the centre c, a box of radius d round c holds exactly one root if for every free
probability k::

    |Y F(c)|_k  +  sum over l of max over the box of |I - Y J|_kl * d  <  d

F(c) and J(c) are computed in fractions; over the box J differs from J(c) by no more than
``max|form| * (prod over blocks of (|c_j| + 2 (s_j - 1) d) - prod |c_j|)``, since a block moves by at most 2 (s_j - 1) d in sum.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Any

import numpy as np

from ...games.exact import Array
from .multilinear import Point, System, gradient, value

RADII = (80, 300)  # boxes of radius 2**-80, and where that leaves a sign open 2**-300
_MOST_STEPS = 20
_SIMPLE = 10**4  # denominators of roots that are tried as fractions


@dataclass(frozen=True, eq=False)
class Root:
    """The one root within ``radius`` of ``point`` in every free probability (all but the first of a block); 0: the root itself."""

    point: Point
    radius: Fraction

    def bounds(self, block: int, entry: int) -> tuple[Fraction, Fraction]:
        """Between what a probability lies."""
        slack = self.radius * (len(self.point[block]) - 1 if entry == 0 else 1)
        return self.point[block][entry] - slack, self.point[block][entry] + slack

    def sign(self, form: Array) -> int | None:
        """The sign of a form at the root; None if the box is too wide to tell."""
        at = value(form.astype(object), self.point)
        if at == 0 and not self.radius:
            return 0
        spread = drift(form, self.point, self.radius)
        return (at > 0) - (at < 0) if abs(at) > spread else None


def drift(form: Array, point: Point, radius: Fraction) -> Fraction:
    """By how much a form can differ from its value at the centre of a box."""
    size, largest = Fraction(1), Fraction(1)
    for mix in point:
        norm = sum(map(abs, mix), start=Fraction(0))  # 1 unless the point lies outside
        size, largest = size * norm, largest * (norm + 2 * (len(mix) - 1) * radius)
    return Fraction(abs(form).max()) * (largest - size)


def certify(system: System, start: Sequence[Any], bits: int = RADII[0]) -> Root | None:
    """The root near ``start`` (floats, by block), certified; as the fraction it is where that is simple. None if none is proved."""
    point = dyadic(start, bits)
    inverse = _inverse(system, [[float(p) for p in mix] for mix in point])
    if inverse is None:
        return None
    for _ in range(_MOST_STEPS):
        F = _values(system, point)
        step = [sum((y * f for y, f in zip(row, F)), start=Fraction(0)) for row in inverse]
        if max(map(abs, step)) > 1:
            return None
        if max(map(abs, step)) > Fraction(1, 2**20):  # far away: the slopes change as well
            inverse = _inverse(system, [[float(p) for p in mix] for mix in point]) or inverse
        point = _moved(point, step, bits)
        if max(map(abs, step)) < Fraction(1, 2 ** (bits + 20)):
            break
    simple = exact_root(system, [[float(p) for p in mix] for mix in point])
    if simple is not None:
        return simple
    root = Root(point, Fraction(1, 2**bits))
    return root if contracts(system, root) else None


def exact_root(system: System, start: Sequence[Any]) -> Root | None:
    """The root near ``start`` if it consists of simple fractions; it may not be isolated if the Jacobian is singular there."""
    near = tuple(tuple(Fraction(float(p)).limit_denominator(_SIMPLE) for p in mix[1:]) for mix in start)
    point = tuple((1 - sum(mix, start=Fraction(0)), *mix) for mix in near)
    if any(_values(system, point)):
        return None
    return Root(point, Fraction(0)) if _inverse(system, point) is not None else None


def dyadic(start: Sequence[Any], bits: int) -> Point:
    """``start`` with free probabilities rounded to multiples of 2**-(bits + 40)."""
    scale = 2 ** (bits + 40)
    free = [[Fraction(round(Fraction(p) * scale), scale) for p in mix[1:]] for mix in start]
    return tuple((1 - sum(mix, start=Fraction(0)), *mix) for mix in free)


def _moved(point: Point, step: list[Fraction], bits: int) -> Point:
    """The point less the step in the free probabilities."""
    blocks: list[list[Fraction]] = []
    at = 0
    for mix in point:
        free = [p - d for p, d in zip(mix[1:], step[at : at + len(mix) - 1])]
        blocks.append([Fraction(0), *free])
        at += len(mix) - 1
    return dyadic(blocks, bits)


def _values(system: System, point: Point) -> list[Fraction]:
    """The equations at a point, in integers over one denominator: much faster than in fractions."""
    unit = lcm(*(p.denominator for mix in point for p in mix))
    whole = [np.array([int(p * unit) for p in mix], dtype=object) for mix in point]
    result: list[Fraction] = []
    for form in system.equations:
        blocks = sum(1 for s in form.shape if s > 1)
        result.append(Fraction(value(form, whole)) / unit**blocks)
    return result


def _inverse(system: System, point: Sequence[Sequence[Any]]) -> list[list[Fraction]] | None:
    """About the inverse of the Jacobian, as floats and so as fractions; None if it is as good as singular."""
    floats = [[float(p) for p in mix] for mix in point]
    J = np.array([[float(x) for x in gradient(form.astype(float), floats)] for form in system.equations])
    size = np.abs(J).max(initial=0.0)
    if J.ndim != 2 or J.shape[0] != J.shape[1] or not size or np.linalg.cond(J / size) > 1e9:
        return None
    return [[Fraction(float(x)) for x in row] for row in np.linalg.inv(J)]


def contracts(system: System, root: Root) -> bool:
    """Whether the Krawczyk operator maps the box of ``root`` into its inside: exactly one root is there."""
    inverse = _inverse(system, root.point)
    if inverse is None:
        return False
    forms = [form.astype(object) for form in system.equations]
    F, J = _values(system, root.point), [gradient(form, root.point) for form in forms]
    spread = [2 * drift(form, root.point, root.radius) for form in forms]  # a derivative is a difference of two forms
    columns = range(len(J))
    for k, row in enumerate(inverse):
        off = abs(sum((y * f for y, f in zip(row, F)), start=Fraction(0)))
        for column in columns:
            centre = sum((y * line[column] for y, line in zip(row, J)), start=Fraction(0))
            off += (abs(int(k == column) - centre) + sum((abs(y) * s for y, s in zip(row, spread)), start=Fraction(0))) * root.radius
        if off >= root.radius:
            return False
    return True
