"""Bargaining solutions of a polygon: Nash, Kalai and Smorodinsky, egalitarian; all exact.

What can be agreed on is the convex hull of some points of payoffs and the disagreement point d, and what is left of it when payoffs are
thrown away. Every solution gives nobody less than d (Nash 1950; Kalai and Smorodinsky 1975; Kalai 1977).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

import numpy as np

from ...games.errors import InputError
from ...games.exact import Array, number
from ...games.linear_program import maximise

Point = tuple[Fraction, ...]


@dataclass(frozen=True, eq=False)
class Bargaining:
    """``points`` of shape ``(k, 2)`` and the ``disagreement`` point; all rational. Raises :class:`InputError` for other shapes."""

    points: Array
    disagreement: Point = (Fraction(0), Fraction(0))

    def __post_init__(self) -> None:
        rows = [[Fraction(number(value, "points")) for value in row] for row in self.points]
        d = tuple(Fraction(number(value, "disagreement")) for value in self.disagreement)
        if not rows or len(d) != 2 or any(len(row) != 2 for row in rows):
            raise InputError("a polygon needs points of two payoffs each, and a disagreement point of two")
        points = np.array(rows, dtype=object)
        points.setflags(write=False)
        object.__setattr__(self, "points", points)
        object.__setattr__(self, "disagreement", d)

    @property
    def gains(self) -> Array:
        """The points over the disagreement point, shape ``(k, 2)``."""
        return self.points - np.array(self.disagreement, dtype=object)

    def nash(self) -> Point:
        """The point with the largest product of gains. It lies on a side of the hull, so on a segment between two of the points."""
        corners = [(Fraction(0), Fraction(0)), *map(tuple, self.gains.tolist())]
        best = max((_best_on(p, q) for p, q in combinations(corners, 2)), key=lambda point: (point[0] * point[1], point))
        return self._at(best)

    def kalai_smorodinsky(self) -> Point:
        """The last point on the way from d to the ideal point, where each gets the most it can while the other loses nothing."""
        return self._along([self._most(0), self._most(1)])

    def egalitarian(self) -> Point:
        """The last point at which both gain the same."""
        return self._along([Fraction(1), Fraction(1)])

    def _most(self, player: int) -> Fraction:
        """The most ``player`` gains when the other loses nothing."""
        gains = self.gains
        A = np.array([-gains[:, 1 - player], [Fraction(1)] * len(gains)], dtype=object)
        return maximise(gains[:, player], A, _vector(0, 1)).value

    def _along(self, direction: Sequence[Fraction]) -> Point:
        """d + t * direction with the largest t such that it can be agreed on; weights w >= 0 on the points, w sums to at most 1."""
        if not any(direction):
            return self.disagreement
        gains, k = self.gains, len(self.gains)
        rows = [[*(-gains[:, i]), direction[i]] for i in (0, 1)]
        A = np.array([*rows, [Fraction(1)] * k + [Fraction(0)]], dtype=object)
        c = np.array([Fraction(0)] * k + [Fraction(1)], dtype=object)
        t = maximise(c, A, _vector(0, 0, 1)).value
        return self._at((t * direction[0], t * direction[1]))

    def _at(self, gain: Point) -> Point:
        return tuple(x + d for x, d in zip(gain, self.disagreement))


def _vector(*entries: int) -> Array:
    return np.array([Fraction(x) for x in entries], dtype=object)


def _best_on(p: Point, q: Point) -> Point:
    """The point of the segment from p to q with the largest product among those with no negative gain; (0, 0) if there is none."""
    low, high = Fraction(0), Fraction(1)
    step = (q[0] - p[0], q[1] - p[1])
    for at, by in zip(p, step):  # keep at + t * by >= 0
        if by > 0:
            low = max(low, -at / by)
        elif by < 0:
            high = min(high, -at / by)
        elif at < 0:
            high = Fraction(-1)
    if low > high:
        return (Fraction(0), Fraction(0))
    curve, slope = step[0] * step[1], p[0] * step[1] + p[1] * step[0]  # the product is curve t^2 + slope t + p0 p1
    stops = [low, high] + ([min(max(-slope / (2 * curve), low), high)] if curve < 0 else [])
    return max(((p[0] + t * step[0], p[1] + t * step[1]) for t in stops), key=lambda point: (point[0] * point[1], point))
