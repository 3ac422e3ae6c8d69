"""Communities that each choose the size of a good of their own while others pay a part of it (ATLAS P9.1, P9.2).

A good of size g costs g, is worth ``2 worth sqrt(g)`` to its community, and ``spill`` times that to all others together. The community
pays the ``share`` of the cost itself; the rest is a grant, of which ``tax`` is raised from all communities in equal parts and the remainder
comes from elsewhere. Weingast, Shepsle and Johnsen 1981; Oates 1972.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ..errors import InputError
from ..exact import Number
from ..grant_round import LocalGoods
from ..parameters import amount, amounts, whole

ONE = Fraction(1)
MOST_COMMUNITIES = 1000


@dataclass(frozen=True)
class GrantBudget:
    """``worth`` is one number, or a list with one for each of the ``communities``. Raises :class:`InputError`, also where a community
    would pay nothing at all for what it asks.
    """

    communities: int = 12
    worth: Number | tuple[Number, ...] = ONE
    spill: Number = Fraction(1, 4)
    share: Number = Fraction(0)
    tax: Number = ONE

    def __post_init__(self) -> None:
        n = whole(self.communities, "communities", 2, MOST_COMMUNITIES)
        given = self.worth
        object.__setattr__(self, "worth", amounts(given, "worth", n) if isinstance(given, tuple | list) else amount(given, "worth"))
        for value in self.worths:
            amount(value, "worth", above=0)
        object.__setattr__(self, "spill", amount(self.spill, "spill", least=0))
        for name in ("share", "tax"):
            object.__setattr__(self, name, amount(getattr(self, name), name, least=0, most=1))
        if not self.own_share:
            raise InputError("a community that pays nothing for what it asks asks without end; share or tax must be more than 0")

    @property
    def worths(self) -> tuple[Number, ...]:
        """theta of every community."""
        return self.worth if isinstance(self.worth, tuple) else (self.worth,) * self.communities

    @property
    def own_share(self) -> Number:
        """What a community pays of one more unit of its own good: its share, and its part of the taxes for the grant."""
        return self.share + (1 - self.share) * self.tax / self.communities

    @property
    def goods(self) -> LocalGoods:
        """The same goods as mechanisms take them."""
        return LocalGoods(self.worths, self.spill)
