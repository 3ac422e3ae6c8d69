"""Lobbying a facility away: whoever pushes harder hosts less often (ATLAS CASE-01, form 1h)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ..errors import InputError
from ..exact import Number
from ..parameters import amounts


@dataclass(frozen=True)
class Lobbying:
    """Unit i spends e_i >= 0, hosts with probability ``(1 - e_i / E) / (n - 1)``, E the sum of all efforts, and then bears ``damage[i]``
    (money). At least two units must have something to lose, or there is nobody to push against.
    """

    damage: tuple[Number, ...] = (Fraction(20),) * 5

    def __post_init__(self) -> None:
        damage = amounts(self.damage, "damage", least=Fraction(0))
        if sum(d > 0 for d in damage) < 2:
            raise InputError("damage={value} must be more than 0 for at least two units", value=list(damage))
        object.__setattr__(self, "damage", damage)

    @property
    def units(self) -> int:
        """How many push."""
        return len(self.damage)


__all__ = ["Lobbying"]
