"""Small linear programs solved in exact arithmetic: maximise c'x subject to A x <= b, x >= 0, where b >= 0.

Every proof of encompass rests on an optimal vertex and its dual, so both must be rational numbers, not floats. The
tableau is condensed (basic rows, non-basic columns) and kept in integers over one common denominator, the last pivot
(Edmonds 1967; Bareiss 1968: each division below is exact). Largest-coefficient pivots, and Bland's rule (1977) while the
objective stalls, so it always ends. ``b >= 0`` makes x = 0 a first vertex; no problem of ours needs another.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce

import numpy as np

from .errors import InputError
from .exact import Array

_LARGE = 1000  # entries of a matrix game from which floats look first
_IN_USE = 1e-9  # probability from which a row or column counts as used
_STALLED = 8  # degenerate pivots in a row before Bland's rule takes over


@dataclass(frozen=True, eq=False)
class Optimum:
    """``value`` = c'x = b'y with the optimal vertex ``x`` and the dual vertex ``y``, all rational."""

    value: Fraction
    x: tuple[Fraction, ...]
    y: tuple[Fraction, ...]


def _denominator(entries: Array) -> int:
    return reduce(math.lcm, (Fraction(x).denominator for x in entries), 1)


def _integers(entries: Array, scale: int) -> list[int]:
    return [int(Fraction(x) * scale) for x in entries]


def maximise(c: Array, A: Array, b: Array) -> Optimum:
    """The maximum of c'x over A x <= b, x >= 0, with its dual.

    ``c`` of shape ``(n,)``, ``A`` of shape ``(m, n)``, ``b`` of shape ``(m,)``, entries rational (or floats, taken for the
    binary fractions they are). Raises :class:`InputError` if some ``b`` is negative or the maximum is infinite.
    """
    m, n = A.shape
    if any(entry < 0 for entry in b):
        raise InputError("the right-hand side must not be negative")
    scales = [_denominator(np.append(A[i], b[i])) for i in range(m)]
    cost_scale = _denominator(c)
    tableau = np.empty((m + 1, n + 1), dtype=object)
    for i in range(m):
        tableau[i] = _integers(np.append(A[i], b[i]), scales[i])
    tableau[m] = _integers(np.append(-c, 0), cost_scale)
    rows, columns = list(range(n, n + m)), list(range(n))  # labels: x_j is j, the slack of row i is n + i
    denominator = _run(tableau, rows, columns)
    values = {label: Fraction(int(tableau[i, n]), denominator) for i, label in enumerate(rows)}
    prices = {label: Fraction(int(tableau[m, j]), denominator) / cost_scale for j, label in enumerate(columns)}
    x = tuple(values.get(j, Fraction(0)) for j in range(n))
    y = tuple(prices.get(n + i, Fraction(0)) * scales[i] for i in range(m))
    return Optimum(Fraction(int(tableau[m, n]), denominator) / cost_scale, x, y)


def _run(tableau: Array, rows: list[int], columns: list[int]) -> int:
    """Pivot to optimality in place; returns the common denominator."""
    denominator, stalled = 1, 0
    while True:
        column = _entering(tableau[-1, :-1], columns, bland=stalled >= _STALLED)
        if column is None:
            return denominator
        row = _leaving(tableau, column, rows)
        stalled = stalled + 1 if tableau[row, -1] == 0 else 0
        denominator = _pivot(tableau, row, column, denominator)
        rows[row], columns[column] = columns[column], rows[row]


def _entering(costs: Array, columns: list[int], bland: bool) -> int | None:
    improving = [j for j, cost in enumerate(costs) if cost < 0]
    if not improving:
        return None
    if bland:
        return min(improving, key=lambda j: columns[j])
    return min(improving, key=lambda j: (costs[j], columns[j]))


def _leaving(tableau: Array, column: int, rows: list[int]) -> int:
    candidates = [i for i in range(len(rows)) if tableau[i, column] > 0]
    if not candidates:
        raise InputError("the linear program is unbounded")
    return min(candidates, key=lambda i: (Fraction(int(tableau[i, -1]), int(tableau[i, column])), rows[i]))


def _pivot(tableau: Array, row: int, column: int, denominator: int) -> int:
    pivot = tableau[row, column]
    pivot_row, pivot_column = tableau[row].copy(), tableau[:, column].copy()
    tableau[...] = (tableau * pivot - np.outer(pivot_column, pivot_row)) // denominator
    tableau[row] = pivot_row
    tableau[:, column] = -pivot_column
    tableau[row, column] = denominator
    return int(pivot)


def matrix_game(A: Array) -> tuple[Fraction, tuple[Fraction, ...], tuple[Fraction, ...]]:
    """Value and optimal strategies of the zero-sum game that pays ``A[i, x]`` to the chooser of column ``x``.

    Returns ``(v, p, weights)`` with (A p)_i >= v for every row and weights'A <= v for every column (von Neumann 1928).
    Large games are solved in floats first; their optimum is made exact on the rows and columns in use, and taken only if it
    then meets every inequality exactly.
    """
    exact = np.array([[Fraction(x) for x in row] for row in A.tolist()], dtype=object)  # no numpy integers inside
    polished = _polished(exact) if exact.size > _LARGE else None
    return polished if polished is not None else _by_simplex(exact)


def _by_simplex(A: Array) -> tuple[Fraction, tuple[Fraction, ...], tuple[Fraction, ...]]:
    positive = A + (shift := 1 - A.min())  # every entry at least 1, so the value is positive
    n_rows, n_columns = A.shape
    ones = np.array([Fraction(1)] * max(n_rows, n_columns), dtype=object)
    optimum = maximise(ones[:n_rows], positive.T, ones[:n_columns])
    weights = tuple(y / optimum.value for y in optimum.x)
    p = tuple(x / optimum.value for x in optimum.y)
    return 1 / optimum.value - shift, p, weights


def _polished(A: Array) -> tuple[Fraction, tuple[Fraction, ...], tuple[Fraction, ...]] | None:
    """The optimum that HiGHS finds, solved exactly for its support; None if that is not an optimum to the last digit."""
    from scipy.optimize import linprog

    (rows, columns), F = A.shape, A.astype(float)
    A_ub, c = np.hstack([-F, np.ones((rows, 1))]) / max(np.abs(F).max(), 1e-300), np.append(np.zeros(columns), -1.0)
    A_eq, bounds = np.append(np.ones(columns), 0.0)[None, :], [(0, None)] * columns + [(None, None)]
    found = linprog(c, A_ub=A_ub, b_ub=np.zeros(rows), A_eq=A_eq, b_eq=[1.0], bounds=bounds, method="highs-ds")
    if found.status != 0:
        return None
    I, J = np.flatnonzero(-found.ineqlin.marginals > _IN_USE), np.flatnonzero(found.x[:columns] > _IN_USE)
    if len(I) != len(J):
        return None  # degenerate: the support does not settle the solution
    chooser, other = _equalising(A[np.ix_(I, J)]), _equalising(A[np.ix_(I, J)].T)
    if chooser is None or other is None:
        return None
    value, p_J = chooser
    weights_I = other[1]
    p, weights = np.array([Fraction(0)] * columns, dtype=object), np.array([Fraction(0)] * rows, dtype=object)
    p[J], weights[I] = p_J, weights_I
    holds = p.min() >= 0 and weights.min() >= 0 and (A @ p).min() >= value >= (weights @ A).max()
    return (value, tuple(p), tuple(weights)) if holds else None


def _equalising(A: Array) -> tuple[Fraction, list[Fraction]] | None:
    """``v`` and p with A p = v for every row and sum p = 1, for a square ``A``; None if that does not determine them."""
    k = len(A)
    scale = _denominator(A.ravel())
    M = np.zeros((k + 1, k + 2), dtype=object)
    M[:k, :k] = [_integers(row, scale) for row in A]
    M[:k, k], M[k, :k], M[k, k + 1] = -1, 1, 1
    previous = 1
    for j in range(k + 1):  # Bareiss (1968), all rows above and below: one common denominator, each division exact
        pivot = next((i for i in range(j, k + 1) if M[i, j]), None)
        if pivot is None:
            return None
        M[[j, pivot]] = M[[pivot, j]]
        others = [i for i in range(k + 1) if i != j]
        M[others] = (M[others] * M[j, j] - np.outer(M[others, j], M[j])) // previous
        previous = M[j, j]
    solution = [Fraction(int(M[i, k + 1]), int(M[i, i])) for i in range(k + 1)]
    return solution[k] / scale, solution[:k]
