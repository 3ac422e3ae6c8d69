"""A record without a case: what so many months without one say about how often there is one (ATLAS P11.4)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ..errors import InputError
from ..exact import Number
from ..parameters import amount, whole


@dataclass(frozen=True)
class CleanRecord:
    """``months`` without a case; ``level``: how improbable a record must be for a rate to be ruled out; ``rate``: cases a month that are
    looked at. Raises :class:`InputError`.
    """

    months: int = 42
    level: Number = Fraction(1, 20)
    rate: Number = Fraction(1, 50)

    def __post_init__(self) -> None:
        object.__setattr__(self, "months", whole(self.months, "months", 1, 1_000_000))
        level = amount(self.level, "level", above=0)
        if level >= 1:
            raise InputError("{name}={value} must be less than {most}", name="level", value=level, most=1)
        object.__setattr__(self, "level", level)
        object.__setattr__(self, "rate", amount(self.rate, "rate", least=0))
