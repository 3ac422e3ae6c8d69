"""All common roots of a few polynomials in the open unit cube, certified and none missed: subdivision in Bernstein form.

A polynomial of degree d_k in x_k is an array of coefficients of shape ``(d_0 + 1, ..., d_(D-1) + 1)``; between the least and the
largest of them lie its values on the cube, and on any smaller box after de Casteljau's algorithm along every axis. A box is done with

1. when some polynomial has one sign on it: no root inside;
2. when the Jacobian J varies so little that ``|I - Y J| < 1``: the system is one-to-one there, and Krawczyk's test either encloses its
   one root inside or shows that it lies outside.

Everything is in floats with a bound on what rounding can have changed. Boxes are cut a little off the middle, so that no root of a
small denominator falls on a face. What is left when boxes are small is unresolved: a root that is not isolated or on the boundary.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import comb
from typing import Any

import numpy as np

from ...games.exact import Array

CUT = 0.48773193359375  # exact in binary, and no simple fraction
EPS = 2.0**-52
MOST_BOXES = 1500  # at a time
DEEPEST = 28  # cuts along each axis


@dataclass(frozen=True, eq=False)
class Enclosed:
    """A root within ``radius`` of ``point`` along every axis, and the only one there."""

    point: Array
    radius: float


@dataclass(frozen=True, eq=False)
class Roots:
    """The roots found, and whether they are proved to be all."""

    roots: tuple[Enclosed, ...]
    complete: bool


@dataclass(eq=False)
class _Boxes:
    """Boxes of one size: their corners, whether they touch 0 or 1 along each axis, and every polynomial on each."""

    low: Array
    high: Array
    forms: list[Array]
    zero: list[Array]  # coefficients that are exactly zero
    error: float

    def kept(self, keep: Array) -> _Boxes:
        return _Boxes(self.low[keep], self.high[keep], [f[keep] for f in self.forms], [z[keep] for z in self.zero], self.error)

    def cut(self, axis: int) -> _Boxes:
        """Every box cut in two along ``axis``."""
        middle = self.low.copy()
        middle[:, axis] += CUT * (self.high[:, axis] - self.low[:, axis])
        low, high = self.low.copy(), self.high.copy()
        low[:, axis] = high[:, axis] = middle[:, axis]
        forms: list[Array] = []
        zero: list[Array] = []
        for form, zeros in zip(self.forms, self.zero):
            d = form.shape[axis + 1] - 1
            sides = [_apply(form, W, axis + 1) for W in _casteljau(d)]
            forms.append(np.concatenate(sides))
            ends = [np.logical_and.accumulate(zeros, axis=axis + 1)]
            ends.append(np.flip(np.logical_and.accumulate(np.flip(zeros, axis + 1), axis=axis + 1), axis + 1))
            zero.append(np.concatenate(ends))
        worst = max(form.shape[axis + 1] for form in self.forms)
        error = self.error + (0 if worst == 1 else 8 * (worst + 2) * EPS)
        return _Boxes(np.concatenate([self.low, low]), np.concatenate([high, self.high]), forms, zero, error)


def common_roots(equations: Sequence[Array], inequalities: Sequence[Array] = (), error: float = EPS) -> Roots:
    """All points of the open cube where every one of ``equations`` vanishes and none of ``inequalities`` is certainly positive.

    Coefficients are numbers of any kind; ``error`` bounds what their conversion to floats may change, relative to the largest.
    """
    unknowns = equations[0].ndim
    boxes = _start([*equations, *inequalities], error)
    found: list[Enclosed] = []
    for level in range(DEEPEST * unknowns):
        boxes = boxes.kept(_alive(boxes, len(equations), level >= unknowns))
        count = len(boxes.low)
        if count == 0:
            return Roots(tuple(found), True)
        if count > MOST_BOXES:
            break
        if len(equations) == unknowns and level % unknowns == 0:
            open_ = np.array([not _settled(boxes, b, unknowns, found) for b in range(count)])
            boxes = boxes.kept(open_)
        boxes = boxes.cut(level % unknowns)
    return Roots(tuple(found), len(boxes.low) == 0)


def _start(forms: Sequence[Array], error: float) -> _Boxes:
    unknowns = forms[0].ndim
    floats: list[Array] = []
    zero: list[Array] = []
    for form in forms:
        exact = np.asarray(form, dtype=object)
        size = max((abs(x) for x in exact.ravel()), default=0) or 1
        floats.append(np.array([float(x / Fraction(size)) for x in exact.ravel()]).reshape((1, *exact.shape)))
        zero.append(np.array([x == 0 for x in exact.ravel()]).reshape((1, *exact.shape)))
    return _Boxes(np.zeros((1, unknowns)), np.ones((1, unknowns)), floats, zero, error)


def _casteljau(d: int) -> tuple[Array, Array]:
    left = np.array([[comb(i, k) * CUT**k * (1 - CUT) ** (i - k) if k <= i else 0.0 for k in range(d + 1)] for i in range(d + 1)])
    right = np.array(
        [[comb(d - i, k - i) * CUT ** (k - i) * (1 - CUT) ** (d - k) if k >= i else 0.0 for k in range(d + 1)] for i in range(d + 1)]
    )
    return left, right


def _apply(form: Array, W: Array, axis: int) -> Array:
    return np.moveaxis(np.tensordot(form, W, axes=(axis, 1)), -1, axis)


def _alive(boxes: _Boxes, equations: int, inner: bool) -> Array:
    """The boxes in which no polynomial shows that there is no solution."""
    alive = np.ones(len(boxes.low), dtype=bool)
    for e, (form, zero) in enumerate(zip(boxes.forms, boxes.zero)):
        axes = tuple(range(1, form.ndim))
        forgiven = zero & _harmless(boxes, form.shape) if inner else np.zeros(form.shape, dtype=bool)
        some = (~forgiven).any(axis=axes)
        positive = ((form > boxes.error) | forgiven).all(axis=axes) & some
        alive &= ~positive
        if e < equations:
            alive &= ~(((form < -boxes.error) | forgiven).all(axis=axes) & some)
    return alive


def _harmless(boxes: _Boxes, shape: tuple[int, ...]) -> Array:
    """Coefficients whose being zero does no harm: on faces of the box in the boundary of the cube, or on no face inside the cube.

    Once every axis was cut, each face of the box that has points inside the cube, and the box itself, has another coefficient: the
    one at the ends that are inside.
    """
    boundary, inside = np.zeros(shape, dtype=bool), np.zeros(shape, dtype=bool)
    for axis in range(len(shape) - 1):
        if shape[axis + 1] > 1:
            for end, touches in ((0, boxes.low[:, axis] == 0), (-1, boxes.high[:, axis] == 1)):
                place = (slice(None),) * (axis + 1) + (end,)
                flags = touches.reshape(-1, *([1] * (len(shape) - 2)))
                boundary[place] |= flags
                inside[place] |= ~flags
    return boundary | ~inside


def _settled(boxes: _Boxes, b: int, unknowns: int, found: list[Enclosed]) -> bool:
    """Whether a box is proved to hold one root, which is put to ``found``, or none. In coordinates 0..1 of the box."""
    forms = [form[b] for form in boxes.forms[:unknowns]]
    low, high = np.empty((unknowns, unknowns)), np.empty((unknowns, unknowns))
    for e, form in enumerate(forms):
        for axis in range(unknowns):
            d = form.shape[axis] - 1
            slope = d * np.diff(form, axis=axis) if d else np.zeros(1)
            low[e, axis], high[e, axis] = slope.min() - 2 * d * boxes.error, slope.max() + 2 * d * boxes.error
    J = (low + high) / 2
    try:
        Y = np.linalg.inv(J)
    except np.linalg.LinAlgError:
        return False
    off = np.abs(np.eye(unknowns) - Y @ J) + np.abs(Y) @ ((high - low) / 2) + 16 * EPS * np.abs(Y) @ np.abs(J)
    contraction = float(off.sum(axis=1).max())
    if not np.isfinite(contraction) or contraction >= 0.9:
        return False
    x = np.full(unknowns, 0.5)
    for _ in range(60):
        step = Y @ np.array([_at(form, x) for form in forms])
        x = x - step
        if not (np.abs(x - 0.5) < 4).all():
            x = np.full(unknowns, 0.5)
            break
        if np.abs(step).max() < 1e-16:
            break
    degree = sum(max(form.shape) for form in forms)
    if ((x >= 0) & (x <= 1)).all():
        rest = np.array([abs(_at(form, x)) for form in forms]) + boxes.error + 8 * degree * EPS
        radius = float((np.abs(Y) @ rest).max() / (1 - contraction)) * 1.01 + 1e-300
        if (x - radius > 0).all() and (x + radius < 1).all():
            size = boxes.high[b] - boxes.low[b]
            found.append(Enclosed(boxes.low[b] + x * size, float(radius * size.max()) + 4 * DEEPEST * EPS))
            return True
        return False
    middle = np.full(unknowns, 0.5)  # Krawczyk on the whole box: where its one root would have to be
    moved = middle - Y @ np.array([_at(form, middle) for form in forms])
    reach = off @ middle + np.abs(Y) @ np.full(unknowns, boxes.error + 8 * degree * EPS)
    return bool(((moved + reach < 0) | (moved - reach > 1)).any())


def _at(form: Array, x: Array) -> float:
    for axis in reversed(range(form.ndim)):
        d = form.shape[axis] - 1
        t = float(x[axis])
        form = form @ np.array([comb(d, i) * t**i * (1 - t) ** (d - i) for i in range(d + 1)])
    return float(form)


def exact_value(form: Array, point: Sequence[Fraction]) -> Fraction:
    """The polynomial at a rational point."""
    values: Any = np.asarray(form, dtype=object)
    for axis in reversed(range(values.ndim)):
        d, t = values.shape[axis] - 1, point[axis]
        values = values @ np.array([comb(d, i) * t**i * (1 - t) ** (d - i) for i in range(d + 1)], dtype=object)
    result: Any = values[()] if isinstance(values, np.ndarray) else values
    return Fraction(result)


def rational_root(equations: Sequence[Array], root: Enclosed, most: int = 2000) -> tuple[Fraction, ...] | None:
    """The root as the simple rational point that it is, if it is one."""
    point = tuple(Fraction(float(x)).limit_denominator(most) for x in root.point)
    near = all(abs(float(p) - x) <= root.radius for p, x in zip(point, root.point))
    return point if near and all(exact_value(form, point) == 0 for form in equations) else None


def sign_near(form: Array, root: Enclosed, rational: Sequence[Fraction] | None) -> int | None:
    """The sign of another polynomial at the root; None if it cannot be told from zero."""
    if rational is not None:
        value = exact_value(form, rational)
        return int(value > 0) - int(value < 0)
    values = np.array([float(x) for x in np.asarray(form, dtype=object).ravel()]).reshape(form.shape)
    size = float(np.abs(values).max(initial=0.0))
    steep = sum((d - 1) * float(np.abs(np.diff(values, axis=a)).max()) for a, d in enumerate(form.shape) if d > 1)
    value = _at(values, root.point)
    loose = steep * root.radius + 16 * sum(form.shape) * EPS * size
    return None if abs(value) <= loose else (1 if value > 0 else -1)
