"""Symmetric matrices of numbers: costs of effort with tasks in each other's way, and covariances of what is measured."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from .errors import InputError, SizeError
from .exact import Number
from .parameters import amounts

MOST_ROWS = 30

Rows = tuple[tuple[Number, ...], ...]


def table(values: object, name: str, columns: int | None = None) -> Rows:
    """Rows of numbers, all as long as the first, or ``columns`` long. Raises :class:`InputError` or :class:`SizeError`."""
    if isinstance(values, (str, bytes)) or not hasattr(values, "__iter__"):
        raise InputError("{name}={value!r} must be a list of numbers", name=name, value=values)
    given = list(values)  # type: ignore[call-overload]
    if not given:
        raise InputError("{name} has no rows", name=name)
    rows = [amounts(given[0], f"{name}[0]", columns)]
    rows += [amounts(row, f"{name}[{k}]", len(rows[0])) for k, row in enumerate(given) if k]
    if max(len(rows), len(rows[0])) > MOST_ROWS:
        raise SizeError("{name} has {n} rows or columns; at most {most} fit", name=name, n=max(len(rows), len(rows[0])), most=MOST_ROWS)
    return tuple(rows)


def alike(size: int, diagonal: Number, beside: Number) -> Rows:
    """The matrix with ``diagonal`` on its diagonal and ``beside`` everywhere else."""
    return tuple(tuple(diagonal if j == k else beside for k in range(size)) for j in range(size))


def diagonal(entries: Sequence[Number]) -> Rows:
    """The matrix with ``entries`` on its diagonal and 0 everywhere else."""
    return tuple(tuple(x if j == k else Fraction(0) for k in range(len(entries))) for j, x in enumerate(entries))


def symmetric(values: object, name: str, size: int, strict: bool) -> Rows:
    """A symmetric matrix of ``size`` rows, positive definite if ``strict``, else at least nowhere negative.

    Decided by elimination in rational numbers (a float is the binary fraction it is). Raises :class:`InputError`.
    """
    rows = table(values, name, size)
    if len(rows) != size or any(rows[j][k] != rows[k][j] for j in range(size) for k in range(j)):
        raise InputError("{name} must be a symmetric matrix of {n} rows", name=name, n=size)
    if not _definite([[Fraction(x) for x in row] for row in rows], strict):
        if strict:
            raise InputError("{name} must be positive definite: every mixture of its rows must cost something", name=name)
        raise InputError("{name} must not be negative for any mixture of its rows", name=name)
    return rows


def _definite(rows: list[list[Fraction]], strict: bool) -> bool:
    """By pivots on the diagonal: all positive, or (not ``strict``) zero with nothing left in their row."""
    for j in range(len(rows)):
        pivot = rows[j][j]
        if pivot < 0 or (pivot == 0 and (strict or any(rows[j][j:]))):
            return False
        for k in range(j + 1, len(rows)):
            if rows[k][j]:
                factor = rows[k][j] / pivot
                rows[k] = [x - factor * y for x, y in zip(rows[k], rows[j])]
    return True


__all__ = ["MOST_ROWS", "Rows", "alike", "diagonal", "symmetric", "table"]
