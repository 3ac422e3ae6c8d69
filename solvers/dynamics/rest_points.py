"""The rest points in [0, 1] of a share x that moves by a polynomial drift, all of them, isolated and classified exactly.

The drift is given by its Bernstein coefficients b_0..b_d:  D(x) = sum_j C(d, j) x^j (1-x)^(d-j) b_j; its roots are isolated in
:mod:`..counted.bernstein`. A rest point is stable if the drift is positive below and negative above it, unstable if the reverse,
semistable if the sign is the same on both sides. All in integers; floats are taken for the binary fractions they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from itertools import pairwise
from math import gcd, lcm
from typing import Any

from ...games.errors import SizeError
from ...games.exact import Number, as_json
from ..counted.bernstein import Bernstein, Root, square_free


@dataclass(frozen=True, eq=False)
class RestPoint:
    """A rest point between ``low`` and ``high`` (equal where it is a rational number found exactly).

    ``stability``: ``stable``, ``unstable``, ``semistable``, or ``neutral`` where nothing moves at all.
    """

    low: Fraction
    high: Fraction
    stability: str

    @property
    def value(self) -> Number:
        """The rest point: rational if exact, otherwise the nearest float."""
        return self.low if self.low == self.high else float((self.low + self.high) / 2)

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return as_json({"value": self.value, "low": self.low, "high": self.high, "stability": self.stability})


def rest_points(drift: Sequence[Number], ends: str = "always") -> tuple[RestPoint, ...]:
    """All rest points of a drift with Bernstein coefficients ``drift``, in rising order.

    ``ends``: ``always`` where 0 and 1 are at rest whatever the drift there (replicator, whose drift is x(1-x) D(x)), ``if-zero``
    where they are only if D is zero. A drift that is zero everywhere has the two ends, ``neutral``. Raises :class:`SizeError` where a
    sign is not certain.
    """
    b = integers(drift)
    zero, one = Root(Fraction(0), Fraction(0)), Root(Fraction(1), Fraction(1))
    if not any(b):
        return tuple(RestPoint(end.low, end.high, "neutral") for end in (zero, one))
    D = Bernstein(b)
    try:
        points = _apart(D, D.roots())
    except ArithmeticError:
        raise _undecided(D) from None
    if ends == "always" or b[0] == 0:
        points.insert(0, zero)
    if ends == "always" or b[-1] == 0:
        points.append(one)
    signs = _signs_between(D, points)
    return tuple(RestPoint(p.low, p.high, _stability(signs[k], signs[k + 1])) for k, p in enumerate(points))


def _apart(D: Bernstein, points: list[Root]) -> list[Root]:
    """The same roots in intervals that touch neither each other nor 0 and 1."""
    result: list[Root] = []
    simple: Bernstein | None = None
    below = Fraction(0)
    for k, p in enumerate(points):
        above = points[k + 1].low if k + 1 < len(points) else Fraction(1)
        low, high = p.low, p.high
        while low < high and (low <= below or high >= above):
            simple = simple or Bernstein(square_free(D.c))
            low, high = simple.halved(low, high, _last(simple, high))
        result.append(Root(low, high))
        below = high
    return result


def _last(simple: Bernstein, high: Fraction) -> int:
    """The sign just below ``high``; where that is a (simple) root itself, by the slope there."""
    return simple.sign(high) or -Bernstein([y - x for x, y in pairwise(simple.c)]).sign(high)


def _signs_between(D: Bernstein, points: Sequence[Root]) -> list[int]:
    """The sign of the drift before the first point, between each two, and after the last.

    Beyond an end, where there is nothing, it counts as the opposite: an end is stable iff the drift inside pushes towards it.
    """
    if not points:
        return [_certain(D, Fraction(1, 2))]
    between = [_certain(D, (p.high + q.low) / 2) for p, q in pairwise(points)]
    lowest, highest = points[0].low, points[-1].high
    first = _certain(D, lowest / 2) if lowest > 0 else None
    last = _certain(D, (highest + 1) / 2) if highest < 1 else None
    inside = [*([first] if first is not None else []), *between, *([last] if last is not None else [])]
    return [-inside[0] if first is None else first, *between, -inside[-1] if last is None else last]


def _certain(D: Bernstein, x: Fraction) -> int:
    found = D.certain_sign(x)
    if found == 0:
        raise _undecided(D)
    return found


def _undecided(D: Bernstein) -> SizeError:
    return SizeError("the sign of a gain of degree {d} is too small to be certain", d=D.degree)


def _stability(below: int, above: int) -> str:
    return {(1, -1): "stable", (-1, 1): "unstable"}.get((below, above), "semistable")


def integers(coefficients: Sequence[Number]) -> list[int]:
    """``coefficients`` times a positive number that makes them whole, without a common factor."""
    fractions = [Fraction(x) for x in coefficients]
    scale = reduce(lcm, (x.denominator for x in fractions), 1)
    whole = [int(x * scale) for x in fractions]
    common = reduce(gcd, whole, 0)
    return [x // common for x in whole] if common > 1 else whole


__all__ = ["RestPoint", "integers", "rest_points"]
