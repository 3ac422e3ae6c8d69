"""Linear equations of the analyses: solved in rational numbers, floats where some number given is one."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from ...games.exact import Number
from ..mixed.multilinear import solve_exactly

Vector = list[Number]
Matrix = Sequence[Sequence[Number]]


def dot(a: Sequence[Number], b: Sequence[Number]) -> Number:
    """a . b."""
    return sum((x * y for x, y in zip(a, b)), start=Fraction(0))


def times(M: Matrix, x: Sequence[Number]) -> Vector:
    """M x."""
    return [dot(row, x) for row in M]


def transposed(M: Matrix) -> list[Vector]:
    """M'."""
    return [list(column) for column in zip(*M)]


def quadratic(x: Sequence[Number], M: Matrix) -> Number:
    """x' M x."""
    return dot(x, times(M, x))


def added(A: Matrix, B: Matrix, factor: Number = Fraction(1)) -> list[Vector]:
    """A + factor B."""
    return [[a + factor * b for a, b in zip(row, other)] for row, other in zip(A, B)]


def inverse(M: Matrix) -> list[Vector]:
    """The inverse of a matrix that has one."""
    size = len(M)
    columns = [solved(M, [Fraction(j == k) for j in range(size)]) for k in range(size)]
    return transposed([column for column in columns if column is not None])


def solved(M: Matrix, right: Sequence[Number]) -> Vector | None:
    """A solution of M x = right, 0 where nothing decides; None if there is none."""
    found = solve_exactly(M, right, [0] * len(M[0]))
    exact = all(isinstance(x, Fraction) for row in (*M, right) for x in row)
    return None if found is None else [x if exact else float(x) for x in found]


def rank(M: Matrix) -> int:
    """How many rows of a square matrix are independent: as many as unit vectors of the null space are missing."""
    size = len(M[0])
    zero = [0] * len(M)
    free = 0
    for k in range(size):
        unit = [Fraction(j == k) for j in range(size)]
        kept = solve_exactly(M, zero, unit)
        free += kept is not None and kept[k] == 1
    return size - free


__all__ = ["added", "dot", "inverse", "quadratic", "rank", "solved", "times", "transposed"]
