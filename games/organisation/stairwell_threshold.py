"""A good of the stairwell that a few of its households can provide for all: a lamp, a patrol, a clean landing (ATLAS CASE-12)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from ..counted_game import Counts, RoleSymmetricGame, SymmetricGame
from ..exact import Number
from ..parameters import amount, counted, others_acting, reaches, whole

MOST_HOUSEHOLDS = 60
ACTIONS = ("wait", "act")


@dataclass(frozen=True)
class StairwellThreshold:
    """The good is there, worth ``benefit`` to each of ``households``, if ``needed`` of them act; who acts bears ``cost``.

    ``needed`` = 1 is best shot, ``needed`` = ``households`` weakest link. ``mistakes``: how often a household acts at random; ``paid``: how
    many are paid for acting; ``bonus``: what a pledge earns if the collection fails; ``margin``: what makes a reason strict. Raises
    :class:`InputError`.
    """

    households: int = 12
    needed: int = 3
    benefit: Number = Fraction(10)
    cost: Number = Fraction(4)
    mistakes: Number = Fraction(1, 1000)
    paid: int = 2
    bonus: Number = Fraction(1)
    margin: Number = Fraction(1, 100)

    def __post_init__(self) -> None:
        object.__setattr__(self, "households", whole(self.households, "households", 2, MOST_HOUSEHOLDS))
        object.__setattr__(self, "needed", whole(self.needed, "needed", 1, self.households))
        object.__setattr__(self, "benefit", amount(self.benefit, "benefit", least=0))
        object.__setattr__(self, "cost", amount(self.cost, "cost", least=0))
        object.__setattr__(self, "mistakes", amount(self.mistakes, "mistakes", above=0, most=1))
        object.__setattr__(self, "paid", whole(self.paid, "paid", 0, self.households))
        object.__setattr__(self, "bonus", amount(self.bonus, "bonus", above=0))
        object.__setattr__(self, "margin", amount(self.margin, "margin", above=0))

    def game(self) -> SymmetricGame:
        """Acting costs whether or not the good comes about (Palfrey and Rosenthal 1984)."""
        return self._pledges(refund=False, bonus=Fraction(0))

    def refunded(self) -> SymmetricGame:
        """Acting is pledged, and falls due only if enough pledge (Bagnoli and Lipman 1989; M-15)."""
        return self._pledges(refund=True, bonus=Fraction(0))

    def with_bonus(self) -> SymmetricGame:
        """The same, and a pledge earns the bonus if too few pledge (Tabarrok 1998, M-17; Zubrickas 2014, M-18)."""
        return self._pledges(refund=True, bonus=self.bonus)

    def shared_cost(self) -> SymmetricGame:
        """Pledges are refunded if too few, and if more than enough act they share the cost of ``needed`` (Marks and Croson 1998; M-16)."""
        n, k, b, c = self.households, self.needed, self.benefit, self.cost

        def payoff(action: int, others: Counts) -> Number:
            acting = others[1] + action
            return (b if acting >= k else Fraction(0)) - (c * k / acting if action and acting >= k else 0)

        return SymmetricGame.of(payoff, n, ACTIONS, "household")

    def subsidised(self) -> RoleSymmetricGame:
        """``paid`` households are paid cost + margin for acting."""
        return with_paid(self.households, self.paid, self.needed, self.benefit, self.cost, self.cost + self.margin, Fraction(0))

    def _pledges(self, refund: bool, bonus: Number) -> SymmetricGame:
        others = others_acting(self.households)
        enough = reaches(others + 1, self.needed)
        due = enough if refund else np.ones_like(others)
        act = [(self.benefit, enough), (-self.cost, due), (bonus, 1 - enough)]
        return counted([[(self.benefit, reaches(others, self.needed))], act], self.households, ACTIONS, "household")


def with_paid(households: int, paid: int, needed: int, benefit: Number, cost: Number, subsidy: Number, others: Number) -> RoleSymmetricGame:
    """A threshold good in which ``paid`` of the ``households`` get ``subsidy`` for acting and the rest ``others``."""
    groups = [(size, extra, name) for size, extra, name in ((paid, subsidy, "paid"), (households - paid, others, "unpaid")) if size]

    def payoff(role: int, action: int, counts: tuple[Counts, ...]) -> Number:
        enough = action + sum(taken[1] for taken in counts) >= needed
        return (benefit if enough else Fraction(0)) + (groups[role][1] - cost if action else 0)

    sizes, names = [size for size, _, _ in groups], [name for _, _, name in groups]
    return RoleSymmetricGame.from_function(payoff, sizes, [ACTIONS] * len(groups), names)


__all__ = ["ACTIONS", "MOST_HOUSEHOLDS", "StairwellThreshold", "with_paid"]
