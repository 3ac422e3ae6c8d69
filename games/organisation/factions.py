"""Factions that spend effort on who gets what the agenda has to give (ATLAS game 7d; Tullock 1980)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ..exact import Number
from ..normal_form import NormalForm
from ..parameters import amount, whole


@dataclass(frozen=True)
class Factions:
    """``factions`` spend x_f >= 0 each; faction f gets the rents, ``rent`` a head of ``residents``, with probability x_f / X.

    To the first they are worth ``favour`` times as much. Raises :class:`InputError`.
    """

    factions: int = 3
    rent: Number = Fraction(1)
    residents: int = 90
    favour: Number = Fraction(1)

    def __post_init__(self) -> None:
        object.__setattr__(self, "factions", whole(self.factions, "factions", 2, 1_000))
        object.__setattr__(self, "rent", amount(self.rent, "rent", above=0))
        object.__setattr__(self, "residents", whole(self.residents, "residents", 1, 10**9))
        object.__setattr__(self, "favour", amount(self.favour, "favour", above=0))

    @property
    def rents(self) -> Number:
        """All there is to get."""
        return self.rent * self.residents

    @property
    def worth(self) -> tuple[Number, ...]:
        """What the rents are worth to each faction."""
        return (self.favour * self.rents, *(self.rents,) * (self.factions - 1))

    def game(self, steps: int = 12) -> NormalForm:
        """The contest with efforts in equal steps up to half the largest worth."""
        from ..contests import tullock

        top = max(self.worth) / 2
        return tullock(self.worth, [top * k / whole(steps, "steps") for k in range(steps + 1)])


__all__ = ["Factions"]
