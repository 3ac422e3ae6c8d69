"""A good that one careless household spoils, such as sorted garbage: it is there only if everybody does its part (ATLAS CASE-12)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ..counted_game import RoleSymmetricGame, SymmetricGame
from ..errors import InputError
from ..exact import Number
from ..parameters import amount, whole
from ..public_goods import weakest_link
from .stairwell_threshold import MOST_HOUSEHOLDS, with_paid


@dataclass(frozen=True)
class BeliefThreshold:
    """Each of ``households`` does its part, at ``cost``, or not; if all do, the good is worth ``benefit`` >= cost to each.

    ``belief`` is how sure a household is of each single neighbour, independently; ``margin`` what a subsidy adds to make a reason
    strict. Raises :class:`InputError`.
    """

    households: int = 12
    benefit: Number = Fraction(10)
    cost: Number = Fraction(4)
    belief: Number = Fraction(9, 10)
    margin: Number = Fraction(1, 100)

    def __post_init__(self) -> None:
        object.__setattr__(self, "households", whole(self.households, "households", 2, MOST_HOUSEHOLDS))
        object.__setattr__(self, "benefit", amount(self.benefit, "benefit", above=0))
        object.__setattr__(self, "cost", amount(self.cost, "cost", least=0))
        if self.cost > self.benefit:
            raise InputError("a part that costs {cost} for a good worth {benefit} is never done", cost=self.cost, benefit=self.benefit)
        object.__setattr__(self, "belief", amount(self.belief, "belief", least=0, most=1))
        object.__setattr__(self, "margin", amount(self.margin, "margin", above=0))

    def game(self) -> SymmetricGame:
        """The weakest-link game with effort or none (Hirshleifer 1983)."""
        return weakest_link(self.households, self.benefit, self.cost, grid=(0, 1)).named(["household"], [("wait", "act")])

    def subsidised(self, paid: int) -> RoleSymmetricGame:
        """The same with ``paid`` households paid cost + margin for doing their part, and the others the margin alone."""
        return with_paid(self.households, paid, self.households, self.benefit, self.cost, self.cost + self.margin, self.margin)
