"""A task cut into steps: each is done better, and every two of them have to be fitted together (ATLAS game 5b)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ..exact import Number
from ..parameters import amount, whole

MOST_STEPS = 1_000_000


@dataclass(frozen=True)
class DivisionOfLabour:
    """A task in k steps yields ``k**returns - coordination * k (k - 1) / 2``; ``steps`` is how many there are now.

    ``returns`` lies between 0 and 1, ``coordination`` is what two steps cost (Becker and Murphy 1992). Raises :class:`InputError`.
    """

    returns: Number = Fraction(1, 2)
    coordination: Number = Fraction(1, 100)
    steps: int = 4

    def __post_init__(self) -> None:
        object.__setattr__(self, "returns", amount(self.returns, "returns", least=Fraction(1, 100), most=Fraction(99, 100)))
        object.__setattr__(self, "coordination", amount(self.coordination, "coordination", least=Fraction(1, 100_000)))
        object.__setattr__(self, "steps", whole(self.steps, "steps", 1, MOST_STEPS))
