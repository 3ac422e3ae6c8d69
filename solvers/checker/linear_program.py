"""The part of the checker for linear programs: feasible on both sides with one value, or a contradiction, or growth without end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from ...games.message import say
from .reread import Claims
from .sizes import common_denominator, whole
from .smooth import written_number

Vector = list[Fraction]


def linear_program_claims(certificate: Mapping[str, Any]) -> Claims:
    """Every claim of a certificate of kind ``linear-program``; all of it exact, without any slack."""
    c, b = _vector(certificate["objective"]), _vector(certificate["bounds"])
    A = [_vector(row) for row in certificate["rows"]]
    free = {whole(j) for j in certificate["free"]}
    x, y, ray = (_vector(certificate[key]) for key in ("x", "y", "ray"))
    shaped = bool(c) and bool(A) and len(A) == len(b) and all(len(row) == len(c) for row in A) and free <= set(range(len(c)))
    shaped = shaped and all(_named(certificate[key], size) for key, size in (("variables", len(c)), ("constraints", len(A))))
    yield say("the program has as many numbers in every row as variables, and one bound a row"), shaped
    end = certificate["end"]
    nothing = {"optimal": not ray, "infeasible": not x and not ray, "unbounded": not y}.get(end, False)
    yield say("the end is optimal, infeasible or unbounded"), nothing and (end == "optimal" or certificate["value"] is None)
    if not shaped:
        return
    if end in ("optimal", "unbounded"):
        yield say("the solution keeps every row and sign"), _feasible(A, b, x, free)
    if end in ("optimal", "infeasible"):
        yield say("no price of a row is negative"), len(y) == len(A) and all(price >= 0 for price in y)
    if end == "optimal":
        yield say("the prices cover what every variable is worth"), _covered(A, y, c, free)
        value = written_number(certificate["value"])
        yield say("solution and prices have the value that is written: {value}", value=value), _dot(c, x) == value == _dot(b, y)
    if end == "infeasible":
        contradiction = _covered(A, y, [Fraction(0)] * len(c), free) and _dot(b, y) < 0
        yield say("the rows, added up by their prices, contradict themselves"), contradiction
    if end == "unbounded":
        yield say("along the direction no row is ever reached"), _feasible(A, [Fraction(0)] * len(A), ray, free)
        yield say("along the direction the value grows"), _dot(c, ray) > 0


def _feasible(A: Sequence[Vector], b: Vector, x: Vector, free: set[int]) -> bool:
    signs = all(v >= 0 for j, v in enumerate(x) if j not in free)
    return len(x) == len(A[0]) and signs and all(_dot(row, x) <= most for row, most in zip(A, b))


def _covered(A: Sequence[Vector], y: Vector, c: Vector, free: set[int]) -> bool:
    """y A >= c, with equality where a variable is free."""
    priced = [_dot(y, [row[j] for row in A]) for j in range(len(c))]
    return all(v == w if j in free else v >= w for j, (v, w) in enumerate(zip(priced, c)))


def _dot(a: Vector, b: Vector) -> Fraction:
    return sum((v * w for v, w in zip(a, b, strict=True)), start=Fraction(0))


def _named(names: Any, size: int) -> bool:
    """Whether there is a name for each, or none at all."""
    return isinstance(names, list) and all(isinstance(name, str) for name in names) and len(names) in (0, size)


def _vector(values: Any) -> Vector:
    if not isinstance(values, list):
        raise TypeError("a row of numbers is a list")
    numbers = [written_number(value) for value in values]
    common_denominator(numbers)
    return numbers
