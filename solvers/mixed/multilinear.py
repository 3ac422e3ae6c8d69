"""Systems of multilinear equations and inequalities on a product of simplices: what mixed equilibria with given supports solve.

Block j is the mixture of one player over its support, ``x_j`` with ``sizes[j]`` entries that sum to 1. A *form* is an array of
shape ``sizes`` (length 1 along blocks it does not depend on): its value at x is the array contracted with every ``x_j``. Between the
corners of any product of simplices a form takes values between those at the corners, which is what all bounds here rest on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from ...games.exact import Array

Point = tuple[tuple[Fraction, ...], ...]


@dataclass(frozen=True, eq=False)
class System:
    """``equations`` (forms that vanish) and ``inequalities`` (forms that are at most 0), integers or fractions, in the open simplices."""

    sizes: tuple[int, ...]
    equations: tuple[Array, ...]
    inequalities: tuple[Array, ...]

    def __post_init__(self) -> None:
        """Machine integers become Python's, which neither overflow nor truncate fractions."""
        for name in ("equations", "inequalities"):
            object.__setattr__(self, name, tuple(np.asarray(form, dtype=object) for form in getattr(self, name)))

    @property
    def unknowns(self) -> int:
        """How many probabilities are free."""
        return sum(self.sizes) - len(self.sizes)


def value(form: Any, point: Sequence[Any]) -> Any:
    """The form at a point."""
    for mix in reversed(point):
        form = form[..., 0] if form.shape[-1] == 1 else form @ np.array(mix, dtype=form.dtype)
    return np.asarray(form, dtype=object)[()]


def contract(form: Array, block: int, mix: Sequence[Any]) -> Array:
    """The form with one block fixed; that axis is gone."""
    if form.shape[block] == 1:
        return form.take(0, axis=block)
    return np.tensordot(form, np.array(mix, dtype=form.dtype), axes=(block, 0))


def fixed(system: System, block: int, mix: Sequence[Any]) -> System:
    """The system in the other blocks when one is fixed."""
    return System(
        system.sizes[:block] + system.sizes[block + 1 :],
        tuple(contract(form, block, mix) for form in system.equations),
        tuple(contract(form, block, mix) for form in system.inequalities),
    )


def gradient(form: Array, point: Sequence[Sequence[Any]]) -> list[Any]:
    """Derivatives by the free probabilities: of every block those after the first, which gives way."""
    result: list[Any] = []
    for j, mix in enumerate(point):
        if form.shape[j] == 1:
            result += [0 * mix[0]] * (len(mix) - 1)
            continue
        rest = form
        for other in reversed(range(len(point))):
            if other != j:
                rest = contract(rest, other, point[other])
        result += [rest[k] - rest[0] for k in range(1, len(mix))]
    return result


def jacobian(system: System, point: Sequence[Sequence[Any]]) -> list[list[Any]]:
    """The gradients of all equations."""
    return [gradient(form, point) for form in system.equations]


def full(form: Array, sizes: Sequence[int]) -> Array:
    """The form written on all blocks: forms are equal as functions exactly where these arrays are."""
    return np.broadcast_to(form, tuple(sizes))


def reduced(rows: Sequence[Sequence[Any]]) -> list[int]:
    """The indices of rows that are linearly independent of those before them, in exact arithmetic."""
    basis: list[tuple[int, list[Fraction]]] = []
    kept: list[int] = []
    for index, given in enumerate(rows):
        row = [Fraction(x) for x in given]
        for pivot, base in basis:
            if row[pivot]:
                factor = row[pivot] / base[pivot]
                row = [x - factor * y if y else x for x, y in zip(row, base)]
        pivot = next((k for k, x in enumerate(row) if x), None)
        if pivot is not None:
            basis.append((pivot, row))
            kept.append(index)
    return kept


def independent(system: System) -> System:
    """The same system without equations that follow linearly from others, and without inequalities that hold of themselves:
    everywhere, or as equations, wherever the equations do.
    """
    rows = [full(form, system.sizes).ravel().tolist() for form in system.equations]
    equations = tuple(system.equations[k] for k in reduced(rows))
    base = [full(form, system.sizes).ravel().tolist() for form in equations]
    inequalities: list[Array] = []
    for form in system.inequalities:
        if (form <= 0).all() or len(reduced([*base, full(form, system.sizes).ravel().tolist()])) == len(base):
            continue
        inequalities.append(form)
    return System(system.sizes, equations, tuple(inequalities))


def impossible(system: System) -> bool:
    """Whether some form has one sign at all corners and is not zero at all: then it has it everywhere inside."""
    if any((form >= 0).all() != (form <= 0).all() for form in system.equations):
        return True
    return any((form >= 0).all() and (form > 0).any() for form in system.inequalities)


def solve_exactly(matrix: Sequence[Sequence[Any]], right: Sequence[Any], free: Sequence[Any]) -> list[Fraction] | None:
    """A solution of ``matrix x = right`` in fractions, undetermined entries taken from ``free``; None if there is none."""
    rows = [[Fraction(x) for x in row] + [Fraction(b)] for row, b in zip(matrix, right)]
    n, pivots, top = len(free), [], 0
    for column in range(n):
        place = next((r for r in range(top, len(rows)) if rows[r][column]), None)
        if place is None:
            continue
        rows[top], rows[place] = rows[place], rows[top]
        lead = rows[top][column]
        rows[top] = [x / lead for x in rows[top]]
        for r in range(len(rows)):
            if r != top and rows[r][column]:
                factor = rows[r][column]
                rows[r] = [x - factor * y for x, y in zip(rows[r], rows[top])]
        pivots.append(column)
        top += 1
    if any(row[-1] and not any(row[:-1]) for row in rows):
        return None
    x = [Fraction(v) for v in free]
    for r, column in enumerate(pivots):
        x[column] = rows[r][-1] - sum((rows[r][k] * x[k] for k in range(n) if k not in pivots), start=Fraction(0))
    return x
