"""Actors who each grab from a common product or add to it: encompassing against exclusive interest (ATLAS CASE-15; Olson 1982)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ..errors import InputError
from ..exact import TOLERANCE, Number
from ..parameters import amount, amounts, whole

MOST_ACTORS = 50


@dataclass(frozen=True)
class SharedProduct:
    """Each of ``actors`` splits one unit of effort into grabbing, f_i, and producing, 1 - f_i; the product is Y = sum (1 - f_j).

    Actor i gets ``(encompassing * shares_i + (1 - encompassing) f_i / sum f) Y``: a guaranteed part of the product and a part that is
    contested (divided equally if nobody grabs). ``shares`` sum to 1, equal if not given. Raises :class:`InputError`.
    """

    actors: int = 5
    encompassing: Number = Fraction(1, 4)
    shares: tuple[Number, ...] = ()

    def __post_init__(self) -> None:
        n = whole(self.actors, "actors", 2, MOST_ACTORS)
        object.__setattr__(self, "actors", n)
        object.__setattr__(self, "encompassing", amount(self.encompassing, "encompassing", least=0, most=1))
        shares = amounts(self.shares, "shares", n, least=Fraction(0)) if self.shares else ()
        if shares and abs(sum(shares) - 1) > (TOLERANCE if any(isinstance(s, float) for s in shares) else 0):
            raise InputError("the shares must sum to 1; they sum to {sum}", sum=sum(shares))
        object.__setattr__(self, "shares", shares)

    @property
    def guaranteed(self) -> tuple[Number, ...]:
        """The shares, written out where they are equal."""
        return self.shares or (Fraction(1, self.actors),) * self.actors

    @property
    def contested(self) -> Number:
        """The part of the product that goes to who grabs."""
        return 1 - self.encompassing

    def payoff(self, actor: int, grabbing: Number, others: Number) -> Number:
        """What ``actor`` gets when it grabs so much and all others together ``others``."""
        total = grabbing + others
        part = grabbing / total if total else Fraction(1, self.actors)
        return (self.encompassing * self.guaranteed[actor] + self.contested * part) * (self.actors - total)
