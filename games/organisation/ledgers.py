"""Ledgers for every organisation that is counted, out of the time for real work (ATLAS game 6d, D-18)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ..exact import Number
from ..normal_form import NormalForm
from ..parameters import amount, whole
from .choice import choice_game

MOST = 1_000_000


@dataclass(frozen=True)
class Ledgers:
    """``organisations`` whose ledgers take the share ``ledger`` of the committee's time each; what is left is real work.

    ``reward`` is what one more organisation on the count earns the committee, ``worth`` what all its time on real work is worth to it;
    ``most`` organisations can be founded. ``reference`` is the number of organisations D-18 compares with. Raises :class:`InputError`.
    """

    organisations: int = 7
    ledger: Number = Fraction(1, 20)
    reward: Number = Fraction(1, 10)
    worth: Number = Fraction(1)
    most: int = 1_000
    reference: int = 1

    def __post_init__(self) -> None:
        object.__setattr__(self, "organisations", whole(self.organisations, "organisations", 0, MOST))
        object.__setattr__(self, "ledger", amount(self.ledger, "ledger", least=0, most=1))
        for name in ("reward", "worth"):
            object.__setattr__(self, name, amount(getattr(self, name), name, least=0))
        object.__setattr__(self, "most", whole(self.most, "most", 0, MOST))
        object.__setattr__(self, "reference", whole(self.reference, "reference", 1, MOST))

    def real_work(self, organisations: int) -> Number:
        """The share of time that so many organisations leave."""
        return max(1 - self.ledger * organisations, Fraction(0))

    @property
    def most_possible(self) -> int:
        """Organisations whose ledgers there is time for, at most those that can be founded."""
        return min(self.most, int(1 / self.ledger)) if self.ledger else self.most

    def game(self) -> NormalForm:
        """The choice of how many organisations to found where the committee is free to choose. Raises :class:`SizeError`."""
        return choice_game(lambda count: self.reward * count + self.worth * self.real_work(count), range(self.most_possible + 1))
