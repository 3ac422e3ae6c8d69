"""Several parties who must all consent, each for a price of its own (ATLAS game 8a; Buchanan and Yoon 2000; Cournot 1838)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from ..counted_game import SymmetricGame
from ..errors import InputError, SizeError
from ..exact import Number
from ..parameters import amount, amounts, label, whole

MOST_WRITTEN = 6  # parties of the game written out


@dataclass(frozen=True)
class Anticommons:
    """``parties`` each ask a price p_j for consent; at the total price P the use is ``slope * max(0, top - P)``.

    A unit of use does party j the ``harm`` (one number, or one a party); j gets ``(p_j - harm) * use``. Raises :class:`InputError`, also
    where all harms together reach ``top``, so that nothing is worth doing.
    """

    parties: int = 3
    top: Number = Fraction(1)
    slope: Number = Fraction(1)
    harm: Number | tuple[Number, ...] = Fraction(0)

    def __post_init__(self) -> None:
        object.__setattr__(self, "parties", whole(self.parties, "parties", 1, 1_000))
        for name in ("top", "slope"):
            object.__setattr__(self, name, amount(getattr(self, name), name, above=0))
        if isinstance(self.harm, (tuple, list)):
            object.__setattr__(self, "harm", amounts(self.harm, "harm", self.parties, least=Fraction(0)))
        else:
            object.__setattr__(self, "harm", amount(self.harm, "harm", least=0))
        if sum(self.harms) >= self.top:
            raise InputError("all parties are harmed by {harm} a unit, no less than top={top}", harm=sum(self.harms), top=self.top)

    @property
    def harms(self) -> tuple[Number, ...]:
        """By party."""
        return self.harm if isinstance(self.harm, tuple) else (self.harm,) * self.parties

    def use(self, price: Number) -> Number:
        """What is used at the total price."""
        return self.slope * max(Fraction(0), self.top - price)

    def payoffs(self, prices: Sequence[Number]) -> list[Number]:
        """By party."""
        used = self.use(sum(prices, start=Fraction(0)))
        return [(p - c) * used for p, c in zip(prices, self.harms)]

    def grid(self, steps: int = 2) -> tuple[Number, ...]:
        """Prices from 0 to ``top`` in steps of ``top / (steps (parties + 1))``; without harm the equilibrium's is one of them."""
        parts = whole(steps, "steps") * (self.parties + 1)
        return tuple(self.top * k / parts for k in range(parts + 1))

    def game(self, steps: int = 2) -> SymmetricGame:
        """Parties alike that ask prices of :meth:`grid`. Raises :class:`InputError` if they are not alike, :class:`SizeError`."""
        if len(set(self.harms)) > 1:
            raise InputError("parties must be alike for the game to be written out")
        if self.parties > MOST_WRITTEN:
            raise SizeError("the game of {n} parties is not written out; at most {limit}", n=self.parties, limit=MOST_WRITTEN)
        prices = self.grid(steps)

        def payoff(own: int, others: Sequence[int]) -> Number:
            rest = sum((c * p for c, p in zip(others, prices)), start=Fraction(0))
            return (prices[own] - self.harms[0]) * self.use(prices[own] + rest)

        return SymmetricGame.of(payoff, self.parties, tuple(map(label, prices)), "party")


__all__ = ["Anticommons"]
