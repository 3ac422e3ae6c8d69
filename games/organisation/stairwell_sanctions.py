"""Neighbours who make it costly not to contribute, one by one or through a common fund (ATLAS M-26, M-27, for CASE-12)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ..counted_game import SymmetricGame
from ..exact import Number
from ..parameters import amount, whole
from ..public_goods import linear
from ..punishment import peer, pool

MOST_HOUSEHOLDS = 20


@dataclass(frozen=True)
class StairwellSanctions:
    """``households`` give 1 or nothing; a gift is worth ``share`` to each. A neighbour who punishes takes ``harm`` from every defector at
    ``effort``; a fund takes ``fine`` from every defector once somebody has paid the ``fee`` into it. Raises :class:`InputError`.
    """

    households: int = 5
    share: Number = Fraction(2, 5)
    harm: Number = Fraction(1, 5)
    effort: Number = Fraction(1, 10)
    fee: Number = Fraction(1, 10)
    fine: Number = Fraction(7, 10)

    def __post_init__(self) -> None:
        object.__setattr__(self, "households", whole(self.households, "households", 2, MOST_HOUSEHOLDS))
        object.__setattr__(self, "share", amount(self.share, "share", least=0, most=1))
        object.__setattr__(self, "harm", amount(self.harm, "harm", above=0))
        for name in ("effort", "fee", "fine"):
            object.__setattr__(self, name, amount(getattr(self, name), name, least=0))

    def game(self) -> SymmetricGame:
        """Without any sanction."""
        return linear(self.households, self.share)

    def peers(self) -> SymmetricGame:
        """Defect, contribute, or contribute and punish (Boyd and Richerson 1992)."""
        return peer(self.households, self.share, self.effort, self.harm)

    def fund(self, second_order: bool) -> SymmetricGame:
        """Defect, contribute, or contribute and pay; ``second_order``: who only contributes is fined too (Sigmund and others 2010)."""
        return pool(self.households, self.share * self.households, self.fee, self.fine, second_order)
