"""Who helps whom: two sides to be paired, each with its own gains (ATLAS CASE-18; Gale and Shapley 1962; Shapley and Shubik 1971)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from ..errors import InputError, SizeError
from ..exact import Number
from ..parameters import amounts

MOST = 200  # on one side

_F = Fraction


@dataclass(frozen=True)
class Pairing:
    """``helped[i][j]``: what person i in need gains from helper j; ``helpers[i][j]``: what helper j gains from it, joy less cost.

    Who stays alone gains 0; a pair is acceptable to a side if it gains at least 0. Raises :class:`InputError` or :class:`SizeError`.
    """

    helped: tuple[tuple[Number, ...], ...] = ((_F(6), _F(5), _F(1)), (_F(5), _F(2), _F(1)), (_F(3), _F(2), _F(1)))
    helpers: tuple[tuple[Number, ...], ...] = ((_F(1), _F(3), _F(1)), (_F(2), _F(1), _F(2)), (_F(3), _F(2), _F(3)))

    def __post_init__(self) -> None:
        helped = _matrix(self.helped, "helped")
        helpers = _matrix(self.helpers, "helpers")
        if len(helpers) != len(helped) or len(helpers[0]) != len(helped[0]):
            raise InputError("helped and helpers must have a row for each person in need and a column for each helper, the same of both")
        object.__setattr__(self, "helped", helped)
        object.__setattr__(self, "helpers", helpers)

    @property
    def worth(self) -> list[list[Number]]:
        """What a pair gains together."""
        return [[a + b for a, b in zip(row, other)] for row, other in zip(self.helped, self.helpers)]


def _matrix(rows: Any, name: str) -> tuple[tuple[Number, ...], ...]:
    if isinstance(rows, (str, bytes)) or not hasattr(rows, "__iter__"):
        raise InputError("{name} must be a list of rows of equal length", name=name)
    found = tuple(amounts(row, name) for row in rows)
    if not found or any(len(row) != len(found[0]) for row in found):
        raise InputError("{name} must be a list of rows of equal length", name=name)
    if len(found) > MOST or len(found[0]) > MOST:
        raise SizeError("{n} people on one side; at most {most} fit", n=max(len(found), len(found[0])), most=MOST)
    return found
