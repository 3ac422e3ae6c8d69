"""A common good that people give to: what a lump sum, a match, and a match of many small gifts do to it (ATLAS P9.5, M-20).

Two kinds of taste. With Cobb-Douglas tastes ``(1 - taste) ln(own money) + taste ln(good)`` and given ``wealth``, a ``grant`` raised from
the givers in equal parts is tried (Warr 1983; Bergstrom, Blume and Varian 1986). With ``stakes`` theta, a good Q worth ``theta ln Q`` to
each, or a good F worth ``2 theta sqrt(F)``, a ``match`` from outside for every unit given.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ..errors import InputError
from ..exact import Number
from ..parameters import amount, amounts, whole

MOST_GIVERS = 200


@dataclass(frozen=True)
class GrantOrMatch:
    """``names``: under how many names the first of those with ``stakes`` gives in quadratic funding. Raises :class:`InputError`."""

    wealth: tuple[Number, ...] = (Fraction(10), Fraction(10), Fraction(10))
    taste: Number = Fraction(1, 2)
    grant: Number = Fraction(3)
    stakes: tuple[Number, ...] = (Fraction(1), Fraction(1))
    match: Number = Fraction(1, 4)
    names: int = 2

    def __post_init__(self) -> None:
        wealth = amounts(self.wealth, "wealth")
        if len(wealth) > MOST_GIVERS:
            raise InputError("{name}={value} must be at most {most}", name="givers", value=len(wealth), most=MOST_GIVERS)
        for value in wealth:
            amount(value, "wealth", above=0)
        object.__setattr__(self, "wealth", wealth)
        taste = amount(self.taste, "taste", above=0)
        if taste >= 1:
            raise InputError("{name}={value} must be less than {most}", name="taste", value=taste, most=1)
        object.__setattr__(self, "taste", taste)
        object.__setattr__(self, "grant", amount(self.grant, "grant", least=0))
        if self.grant / len(wealth) >= min(wealth):
            raise InputError(
                "a grant of {grant} raised in equal parts is more than somebody has; wealth {wealth}", grant=self.grant, wealth=min(wealth)
            )
        stakes = amounts(self.stakes, "stakes", least=Fraction(0))
        amount(max(stakes), "stakes", above=0)
        object.__setattr__(self, "stakes", stakes)
        object.__setattr__(self, "match", amount(self.match, "match", least=0))
        object.__setattr__(self, "names", whole(self.names, "names", 1, MOST_GIVERS))
