"""Waiting for another to give in: the war of attrition over who hosts, with uniform costs (ATLAS CASE-01, form 1c)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ..errors import InputError
from ..exact import Number
from ..parameters import amount, whole
from ..private_costs import Uniform
from ..war_of_attrition import WarOfAttrition

MOST_UNITS = 10**6


@dataclass(frozen=True)
class Waiting:
    """``units`` wait; once one gives in, all have ``benefit`` b, discounted at ``rate`` a period, and the one that gave in pays its cost.

    Costs are private, independent and uniform between ``least_cost`` and ``most_cost`` (money). ``cost`` is that of the unit looked at.
    """

    units: int = 5
    benefit: Number = Fraction(1)
    least_cost: Number = Fraction(0)
    most_cost: Number = Fraction(1)
    rate: Number = Fraction(1, 10)
    cost: Number = Fraction(3, 10)

    def __post_init__(self) -> None:
        object.__setattr__(self, "units", whole(self.units, "units", 2, MOST_UNITS))
        object.__setattr__(self, "benefit", amount(self.benefit, "benefit", above=Fraction(0)))
        object.__setattr__(self, "least_cost", amount(self.least_cost, "least_cost", least=Fraction(0)))
        object.__setattr__(self, "most_cost", amount(self.most_cost, "most_cost"))
        if self.most_cost <= self.least_cost:
            raise InputError("most_cost={most} must be more than least_cost={least}", most=self.most_cost, least=self.least_cost)
        object.__setattr__(self, "rate", amount(self.rate, "rate", above=Fraction(0)))
        object.__setattr__(self, "cost", amount(self.cost, "cost", least=Fraction(0)))

    @property
    def attrition(self) -> WarOfAttrition:
        """The game itself."""
        return WarOfAttrition(self.units, self.benefit, self.rate, Uniform(self.least_cost, self.most_cost))


__all__ = ["Waiting"]
