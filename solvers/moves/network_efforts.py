"""Local public goods with continuous efforts on a network: the equilibria in which everybody takes part (Bramoulle and Kranton 2007).

Efforts of neighbours are substitutes: i wants ``x_i + sum of the neighbours' x = full``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from ...games.exact import Number, as_json
from ...games.linear_program import maximise
from ...games.parameters import Edge, amount, edges_of, whole

ZERO, ONE = Fraction(0), Fraction(1)


@dataclass(frozen=True, eq=False)
class Efforts:
    """Efforts by node in which everybody takes part. ``unique`` among such (all positive); the network may have specialised ones too."""

    efforts: tuple[Number, ...]
    unique: bool

    def to_dict(self) -> dict[str, Any]:
        """The JSON form, schema ``encompass/efforts/1``."""
        return {"schema": "encompass/efforts/1", "efforts": as_json(self.efforts), "unique": self.unique}


def distributed(n: int, edges: Sequence[Edge], full: object = 1) -> Efforts | None:
    """Efforts with ``x_i + sum of the neighbours' x = full`` and all x positive: everybody takes part (Bramoulle and Kranton 2007).

    None if there are none: proved, since the linear system is solved in exact arithmetic. On a regular network of degree k the
    symmetric one, full / (1 + k) each; otherwise, where there are many, the one whose least effort is largest.
    """
    near = edges_of(whole(n, "n"), edges)
    e = amount(full, "full", above=0)
    degrees = {len(x) for x in near}
    x, free = _solved([[Fraction(int(i == j or j in near[i])) for j in range(n)] for i in range(n)])
    if len(degrees) == 1:
        return Efforts((e / (1 + degrees.pop()),) * n, not free)
    if x is None:
        return None
    x = _largest_least(x, free) if free else x
    return Efforts(tuple(e * v for v in x), not free) if min(x) > 0 else None


def _solved(rows: list[list[Fraction]]) -> tuple[list[Fraction] | None, list[list[Fraction]]]:
    """A solution of ``rows x = (1, ..., 1)`` by elimination (None: there is none), and the directions in which there are more."""
    n = len(rows)
    table = [[*row, ONE] for row in rows]
    pivots: list[int] = []
    for column in range(n):
        k = len(pivots)
        row = next((r for r in range(k, n) if table[r][column]), None)
        if row is None:
            continue
        table[k], table[row] = table[row], table[k]
        table[k] = [x / table[k][column] for x in table[k]]
        for r in range(n):
            if r != k and table[r][column]:
                factor = table[r][column]
                table[r] = [x - factor * y for x, y in zip(table[r], table[k])]
        pivots.append(column)
    free: list[list[Fraction]] = []
    for column in (c for c in range(n) if c not in pivots):
        where = {c: -table[r][column] for r, c in enumerate(pivots)} | {column: ONE}
        free.append([where.get(c, ZERO) for c in range(n)])
    if any(table[r][n] for r in range(len(pivots), n)):
        return None, free
    value = {c: table[r][n] for r, c in enumerate(pivots)}
    return [value.get(c, ZERO) for c in range(n)], free


def _largest_least(x: list[Fraction], free: list[list[Fraction]]) -> list[Fraction]:
    """The solution ``x + sum of multiples of free`` whose least entry t is largest: t - (multiples) <= x, raised so that x >= 0."""
    lift = max(ZERO, -min(x))
    rows = [[ONE, *(-v[j] for v in free), *(v[j] for v in free)] for j in range(len(x))]
    c = np.array([ONE, *[ZERO] * (2 * len(free))], dtype=object)
    found = maximise(c, np.array(rows, dtype=object), np.array([v + lift for v in x], dtype=object)).x
    weights = [found[1 + k] - found[1 + len(free) + k] for k in range(len(free))]
    return [v + sum((w * d[j] for w, d in zip(weights, free)), start=ZERO) for j, v in enumerate(x)]
