"""A common good that everybody may pay for and whose worth differs: who pays, and for how much (ATLAS game 7b).

Bergstrom, Blume and Varian 1986, with payoffs that are linear in money.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ..exact import Number
from ..parameters import amount, amounts


@dataclass(frozen=True)
class Scope:
    """Resident i gives g_i >= 0 and gains ``stakes[i] * ln Q - g_i``, Q = (1 + ``match``) times the sum of all gifts.

    ``target`` is the amount of the good that a project worth starting needs. Raises :class:`InputError` for stakes below 0 or all 0.
    """

    stakes: tuple[Number, ...] = (Fraction(4), Fraction(2), Fraction(1), Fraction(1))
    match: Number = Fraction(0)
    target: Number = Fraction(3)

    def __post_init__(self) -> None:
        object.__setattr__(self, "stakes", amounts(self.stakes, "stakes", least=Fraction(0)))
        amount(max(self.stakes), "max(stakes)", above=0)
        object.__setattr__(self, "match", amount(self.match, "match", least=0))
        object.__setattr__(self, "target", amount(self.target, "target", above=0))


__all__ = ["Scope"]
