"""A ruling group that takes from all and earns with all (ATLAS P15.3; McGuire and Olson 1996)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ..exact import Number
from ..parameters import amount


@dataclass(frozen=True)
class MajorityTax:
    """The ruling group earns the ``stake`` of all incomes and takes the share t of all of them for itself, 0 <= t <= 1.

    Incomes are ``1 - loss * t``, not below 0, in units of what they would be untouched: the group has ``(t + (1 - t) stake)`` of them.
    Raises :class:`InputError`.
    """

    stake: Number = Fraction(1, 4)
    loss: Number = Fraction(1)

    def __post_init__(self) -> None:
        object.__setattr__(self, "stake", amount(self.stake, "stake", least=0, most=1))
        object.__setattr__(self, "loss", amount(self.loss, "loss", above=0))

    @property
    def most(self) -> Number:
        """The largest share that leaves incomes at 0 or above."""
        return min(Fraction(1), 1 / self.loss)

    def income(self, tax: Number) -> Number:
        """What all earn."""
        return 1 - self.loss * tax

    def payoff(self, tax: Number) -> Number:
        """What the group has."""
        return (tax + (1 - tax) * self.stake) * self.income(tax)
