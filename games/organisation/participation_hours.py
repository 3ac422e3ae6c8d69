"""Who gives how many hours (ATLAS P7.5, D-16)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ..exact import Number
from ..parameters import amounts, whole


@dataclass(frozen=True)
class ParticipationHours:
    """``residents[k]`` of them give ``hours[k]`` each. Raises :class:`InputError`."""

    residents: tuple[int, ...] = (5, 95)
    hours: tuple[Number, ...] = (Fraction(1), Fraction(0))

    def __post_init__(self) -> None:
        object.__setattr__(self, "residents", tuple(whole(n, "residents", 0, 10**9) for n in self.residents))
        object.__setattr__(self, "hours", amounts(self.hours, "hours", len(self.residents), least=Fraction(0)))
        whole(sum(self.residents), "sum(residents)", 1)

    @property
    def total(self) -> int:
        """How many residents there are."""
        return sum(self.residents)


__all__ = ["ParticipationHours"]
