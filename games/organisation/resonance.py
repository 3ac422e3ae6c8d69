"""What the hours of an elite and of ordinary residents make together (ATLAS P7.6)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ..exact import Number
from ..parameters import amount


@dataclass(frozen=True)
class Resonance:
    """Output ``elite ** weight * mass ** (1 - weight)`` of the hours that both give; ``weight`` strictly between 0 and 1.

    Raises :class:`InputError`.
    """

    elite: Number = Fraction(9)
    mass: Number = Fraction(1)
    weight: Number = Fraction(1, 2)

    def __post_init__(self) -> None:
        for name in ("elite", "mass"):
            object.__setattr__(self, name, amount(getattr(self, name), name, least=0))
        amount(self.elite + self.mass, "elite + mass", above=0)
        object.__setattr__(self, "weight", amount(self.weight, "weight", above=0))
        amount(1 - self.weight, "1 - weight", above=0)


__all__ = ["Resonance"]
