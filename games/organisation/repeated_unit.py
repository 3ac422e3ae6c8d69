"""A unit of households that meets again and again: who stops contributing is found out and nobody contributes after (ATLAS P3.2)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ..counted_game import SymmetricGame
from ..exact import Number
from ..parameters import amount, whole
from ..public_goods import linear

MOST_HOUSEHOLDS = 2000


@dataclass(frozen=True)
class RepeatedUnit:
    """``size`` households; a contribution of 1 is worth ``share + multiplier / size`` to each of them.

    ``share`` is a good that all enjoy undiminished, ``multiplier`` one that is divided. A defection is seen with probability
    ``detection``; ``discount`` is the households' own discount factor. Raises :class:`InputError`.
    """

    size: int = 5
    share: Number = Fraction(2, 5)
    multiplier: Number = Fraction(0)
    detection: Number = Fraction(1)
    discount: Number = Fraction(9, 10)

    def __post_init__(self) -> None:
        object.__setattr__(self, "size", whole(self.size, "size", 2, MOST_HOUSEHOLDS))
        for name in ("share", "multiplier"):
            object.__setattr__(self, name, amount(getattr(self, name), name, least=0))
        for name in ("detection", "discount"):
            object.__setattr__(self, name, amount(getattr(self, name), name, least=0, most=1))

    @property
    def worth(self) -> Number:
        """What a contribution is worth to each: the marginal per-capita return r."""
        return self.share + self.multiplier / self.size

    def game(self) -> SymmetricGame:
        """One round: all or nothing."""
        return linear(self.size, self.worth)
