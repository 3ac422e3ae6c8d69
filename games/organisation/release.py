"""Which projects to release: the communities know what a project is worth to them, and do not count what it is worth next door.

A project at level g costs g and is worth ``2 theta sqrt(g)`` at home and ``spillover`` times as much again elsewhere. Its community
knows theta, one of ``values`` with equal chances; the street office counts all, and must set one level for all without knowing it
(Oates 1972; ATLAS P13.4 with P9.2).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ..exact import Number
from ..parameters import amounts


@dataclass(frozen=True)
class Release:
    """Projects with ``spillovers``, and the ``values`` that each may have at home. Raises :class:`InputError`."""

    spillovers: tuple[Number, ...] = (Fraction(1, 10), Fraction(1, 4), Fraction(1, 2), Fraction(3, 4), Fraction(1))
    values: tuple[Number, ...] = (Fraction(7), Fraction(17))

    def __post_init__(self) -> None:
        object.__setattr__(self, "spillovers", amounts(self.spillovers, "spillovers", least=Fraction(0)))
        object.__setattr__(self, "values", amounts(self.values, "values", least=Fraction(0)))

    @property
    def mean(self) -> Number:
        """The mean of theta."""
        return sum(self.values, start=Fraction(0)) / len(self.values)

    @property
    def mean_square(self) -> Number:
        """The mean of theta^2."""
        return sum((v * v for v in self.values), start=Fraction(0)) / len(self.values)
