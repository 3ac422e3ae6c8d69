"""Linear programs of any sign solved exactly, each with a certificate that stands alone.

    maximise c x   subject to   A x <= b,   x_j >= 0 except for the variables that are free.

Three ends: an optimal x with prices y >= 0 of the rows (c x = b y, and y A >= c, with equality where x_j is free); a combination y >= 0 of
the rows that contradicts itself (y A >= 0, = 0 where free, and b y < 0: Farkas 1902); or a feasible x and a direction along which c x grows
without end. The simplex of :mod:`encompass.games.linear_program` needs b >= 0, so a first program finds a feasible x, from which the
second one moves.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from ..games.errors import InputError, SizeError
from ..games.exact import Array, as_json, number
from ..games.linear_program import maximise
from .certificate import LARGEST, sealed

ZERO, ONE = Fraction(0), Fraction(1)
OPTIMAL, INFEASIBLE, UNBOUNDED = "optimal", "infeasible", "unbounded"

Vector = tuple[Fraction, ...]


@dataclass(frozen=True)
class LinearAnswer:
    """``end``: ``"optimal"`` (``value``, ``x`` and prices ``y``), ``"infeasible"`` (``y``) or ``"unbounded"`` (``x`` and ``ray``)."""

    end: str
    certificate: dict[str, Any]
    value: Fraction | None = None
    x: Vector = ()
    y: Vector = ()
    ray: Vector = ()


def linear_program(
    c: Sequence[object],
    A: Sequence[Sequence[object]],
    b: Sequence[object],
    free: Collection[int] = (),
    variables: Sequence[str] = (),
    constraints: Sequence[str] = (),
) -> LinearAnswer:
    """The maximum of c x over A x <= b, with x_j >= 0 except for the j in ``free``, proved.

    Numbers are exact; floats are taken for the binary fractions they are. ``variables`` and ``constraints`` are names for whoever reads
    the certificate. Raises :class:`InputError` for shapes that do not fit, :class:`SizeError` for programs too large to be written down.
    """
    program = _Program(c, A, b, free, variables, constraints)
    start = program.start()
    if isinstance(start, LinearAnswer):
        return start
    return program.from_there(start)


class _Program:
    def __init__(
        self,
        c: Sequence[object],
        A: Sequence[Sequence[object]],
        b: Sequence[object],
        free: Collection[int],
        variables: Sequence[str],
        constraints: Sequence[str],
    ) -> None:
        self.n, self.m = len(c), len(A)
        if not self.n or not self.m or len(b) != self.m or any(len(row) != self.n for row in A) or not set(free) <= set(range(self.n)):
            raise InputError("a linear program of {n} variables and {m} rows does not fit together", n=self.n, m=self.m)
        if (variables and len(variables) != self.n) or (constraints and len(constraints) != self.m):
            raise InputError("a linear program of {n} variables and {m} rows does not fit together", n=self.n, m=self.m)
        if self.n * self.m > LARGEST:
            raise SizeError("the program has {n} entries; at most {limit} fit", n=f"{self.n * self.m:,}", limit=f"{LARGEST:,}")
        self.c, self.b = _exact(c), _exact(b)
        self.A = np.array([_exact(row) for row in A], dtype=object).reshape(self.m, self.n)
        self.free = sorted(free)
        self.names = {"variables": list(variables), "constraints": list(constraints)}

    def split(self, table: Array) -> Array:
        """Columns for the negative parts of free variables, behind the others."""
        return np.concatenate([table, -table[..., self.free]], axis=-1)

    def joined(self, x: Sequence[Fraction]) -> Vector:
        """The variables themselves, from their parts."""
        whole = list(x[: self.n])
        for place, j in enumerate(self.free):
            whole[j] -= x[self.n + place]
        return tuple(whole)

    def start(self) -> Vector | LinearAnswer:
        """A feasible x, or that there is none.

        With T the largest -b_i: the rows with b_i < 0 are A_i x + t <= b_i + T, and t <= T; x is feasible where t reaches T. Otherwise the
        prices of the rows contradict them.
        """
        if all(x >= 0 for x in self.b):
            return (ZERO,) * self.n
        T = max(-x for x in self.b)
        short = np.array([ONE if x < 0 else ZERO for x in self.b], dtype=object)
        rows = np.concatenate([self.split(self.A), short[:, None]], axis=1)
        last = np.array([ZERO] * (rows.shape[1] - 1) + [ONE], dtype=object)
        found = maximise(last, np.concatenate([rows, last[None, :]]), np.append(self.b + short * T, T))
        if found.value < T:
            return self.answer(INFEASIBLE, y=found.y[: self.m])
        return self.joined(found.x[:-1])

    def from_there(self, x: Vector) -> LinearAnswer:
        """The best point, by steps d from the feasible ``x``: A d <= b - A x, and -d_j <= x_j where x_j is not free."""
        at = np.array(x, dtype=object)
        steps = any(x)
        bound = [j for j in range(self.n) if j not in self.free] if steps else []
        parts = self.A, -np.array([[ONE if k == j else ZERO for k in range(self.n)] for j in bound], dtype=object).reshape(-1, self.n)
        rows, room = np.concatenate(parts), np.append(self.b - self.A @ at, at[bound])
        if steps:  # every d_j may be of either sign
            wide, cost = np.concatenate([rows, -rows], axis=1), np.append(self.c, -self.c)
        else:
            wide, cost = self.split(rows), self.split(self.c)
        try:
            found = maximise(cost, wide, room)
        except InputError:  # no other fault is left: it grows without end
            return self.endless(x)
        d = [p - q for p, q in zip(found.x[: self.n], found.x[self.n :])] if steps else self.joined(found.x)
        best = tuple(p + q for p, q in zip(x, d))
        return self.answer(OPTIMAL, sum((p * q for p, q in zip(self.c, best)), start=ZERO), best, found.y[: self.m])

    def endless(self, x: Vector) -> LinearAnswer:
        """A direction in which c x grows and no row is ever reached."""
        cost = self.split(self.c)
        rows = np.concatenate([self.split(self.A), cost[None, :]])
        found = maximise(cost, rows, np.array([ZERO] * self.m + [ONE], dtype=object))
        return self.answer(UNBOUNDED, x=x, ray=self.joined(found.x))

    def answer(self, end: str, value: Fraction | None = None, x: Vector = (), y: Vector = (), ray: Vector = ()) -> LinearAnswer:
        """The end with its certificate."""
        program = {"kind": "linear-program", "objective": self.c, "rows": self.A, "bounds": self.b, "free": self.free, **self.names}
        proof = {"end": end, "value": value, "x": x, "y": y, "ray": ray}
        return LinearAnswer(end, sealed(as_json({**program, **proof})), value, tuple(x), tuple(y), tuple(ray))


def _exact(values: Sequence[object]) -> Array:
    return np.array([Fraction(number(x)) for x in values], dtype=object)


__all__ = ["INFEASIBLE", "OPTIMAL", "UNBOUNDED", "LinearAnswer", "linear_program"]
