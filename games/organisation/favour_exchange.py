"""Neighbours who help each other when one of them is in need (ATLAS CASE-18; Möbius 2001; Kandori 1992)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from ..exact import Number
from ..parameters import amount, whole
from ..stochastic_control import StochasticControl, by_matrices


@dataclass(frozen=True)
class FavourExchange:
    """Each period each of a pair needs help with probability ``need``; help costs ``cost`` and is worth ``benefit`` > ``cost``.

    Needs are seen by both. Each weighs the next period by ``discount``. With several ``partners`` a period brings one of them, each
    as likely. Raises :class:`InputError`.
    """

    need: Number = Fraction(1, 10)
    benefit: Number = Fraction(3)
    cost: Number = Fraction(1)
    discount: Number = Fraction(9, 10)
    partners: int = 1

    def __post_init__(self) -> None:
        object.__setattr__(self, "need", amount(self.need, "need", above=0, most=1))
        object.__setattr__(self, "cost", amount(self.cost, "cost", above=0))
        object.__setattr__(self, "benefit", amount(self.benefit, "benefit", above=self.cost))
        object.__setattr__(self, "discount", amount(self.discount, "discount", least=0, most=Fraction(99_999, 100_000)))
        object.__setattr__(self, "partners", whole(self.partners, "partners", 1, 1_000_000))

    def game(self) -> StochasticControl:
        """What one of a pair who faces a partner that never forgives can do: state "asked", "not asked" or "shunned", help or refuse.

        Each state's reward holds what is received on average. Refusing when asked leads to being shunned for ever.
        """
        p, received = self.need, self.need * self.benefit
        rewards = [[received - self.cost, received], [received, received], [Fraction(0), Fraction(0)]]
        go_on, shunned = [p, 1 - p, Fraction(0)], [Fraction(0), Fraction(0), Fraction(1)]
        matrices = [[go_on, go_on, shunned], [shunned, go_on, shunned]]
        return by_matrices(rewards, matrices, self.discount, states=("asked", "not asked", "shunned"), controls=("help", "refuse"))

    def with_one(self) -> FavourExchange:
        """The exchange with one partner alone of several, whose turn comes only now and then."""
        return replace(self, need=self.need / self.partners, partners=1)
