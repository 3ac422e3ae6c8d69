"""The mixtures of one block that satisfy linear equations and inequalities: none, one, or infinitely many, decided exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from ...games.exact import Array
from ...games.linear_program import maximise
from .multilinear import System, reduced

Row = tuple[Fraction, ...]


@dataclass(frozen=True)
class Mixtures:
    """A relatively innermost one of the mixtures, ``centre``, and of how many ``dimensions`` the set of them is (0: it is alone)."""

    centre: Row
    dimensions: int


def mixtures(size: int, equations: Sequence[Sequence[Fraction]], inequalities: Sequence[Sequence[Fraction]]) -> Mixtures | None:
    """The positive x with sum 1, ``equations @ x = 0`` and ``inequalities @ x <= 0``; None if there is none."""
    zero, one = Fraction(0), Fraction(1)
    rows = [(*e, zero) for e in equations] + [(*(-v for v in e), zero) for e in equations] + [(*a, zero) for a in inequalities]
    least = [(*(-one if k == j else zero for k in range(size)), one) for j in range(size)]  # the last variable is below every x
    first = _best(size, [*rows, *least], (zero,) * size + (one,))
    if first is None:
        return None
    points, tight = [first], [list(e) for e in equations]
    for a in inequalities:
        loose = _best(size, rows, (*(-v for v in a), zero))
        if loose is None:  # holds as an equation wherever all hold
            tight.append(list(a))
        else:
            points.append(loose)
    centre = tuple(sum((p[k] for p in points), start=zero) / len(points) for k in range(size))
    ones = [one] * size
    return Mixtures(centre, size - 1 - (len(reduced([ones, *tight])) - 1))


def _best(size: int, rows: Sequence[Sequence[Fraction]], objective: Sequence[Fraction]) -> Row | None:
    """The mixture on which a linear function is largest, if it can be positive there."""
    total = (*(Fraction(1) for _ in range(size)), Fraction(0))
    A = np.array([[*row] for row in (*rows, total)], dtype=object)
    b = np.array([Fraction(0)] * len(rows) + [Fraction(1)], dtype=object)
    best = maximise(np.array(objective, dtype=object), A, b)
    if best.value <= 0:
        return None
    mass = sum(best.x[:size], start=Fraction(0))
    return tuple(x / mass for x in best.x[:size])


def depends_on(form: Array, sizes: Sequence[int]) -> list[int]:
    """The blocks along which the form is not constant."""
    wide = [j for j in range(len(sizes)) if form.shape[j] > 1]
    return [j for j in wide if np.any(np.asarray(form.take(range(1, sizes[j]), axis=j) != form.take([0], axis=j)))]


def alone(form: Array, block: int) -> list[Fraction]:
    """A form of one block only as a row of coefficients."""
    index = tuple(slice(None) if j == block else 0 for j in range(form.ndim))
    return [Fraction(x) for x in form[index].tolist()]


def of_block(system: System, block: int) -> Mixtures | None:
    """The mixtures of one block that meet the equations and inequalities which depend on no other."""
    mine = [[alone(f, block) for f in forms if depends_on(f, system.sizes) == [block]] for forms in (system.equations, system.inequalities)]
    return mixtures(system.sizes[block], mine[0], mine[1])
