"""Petition first, siting later, among units that alone know whether they could bear to host (ATLAS CASE-01, form 1e)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ..errors import InputError
from ..exact import Number
from ..parameters import amount, whole
from ..symmetric_bayesian_game import SymmetricBayesianGame

MOST_UNITS = 1_000


@dataclass(frozen=True)
class Signing:
    """Stage 1: ``units`` sign at ``cost`` each or do not; the petition goes ahead if all have signed. Stage 2: each accepts its own site or
    refuses; one of those that accept is drawn to host, and everybody gains ``benefit``.

    A unit is *willing* with probability ``willing``: hosting then costs it ``easy``, at most the benefit; otherwise ``hard``, which is more
    than the benefit. Only the unit itself knows (money).
    """

    units: int = 10
    benefit: Number = Fraction(6)
    willing: Number = Fraction(1, 10)
    easy: Number = Fraction(2)
    hard: Number = Fraction(18)
    cost: Number = Fraction(0)

    def __post_init__(self) -> None:
        object.__setattr__(self, "units", whole(self.units, "units", 2, MOST_UNITS))
        object.__setattr__(self, "benefit", amount(self.benefit, "benefit", above=Fraction(0)))
        object.__setattr__(self, "willing", amount(self.willing, "willing", least=Fraction(0), most=Fraction(1)))
        object.__setattr__(self, "easy", amount(self.easy, "easy", least=Fraction(0)))
        object.__setattr__(self, "hard", amount(self.hard, "hard"))
        object.__setattr__(self, "cost", amount(self.cost, "cost", least=Fraction(0)))
        if not self.easy <= self.benefit < self.hard:
            raise InputError(
                "a willing unit must lose at most the benefit {benefit} by hosting, another more, not {easy} and {hard}",
                benefit=self.benefit, easy=self.easy, hard=self.hard,
            )  # fmt: skip

    def game(self) -> SymmetricBayesianGame:
        """Stage 2, once everybody has signed: refuse, or accept and host if drawn among those that accept."""
        burdens = (self.easy, self.hard)

        def payoff(kind: int, accepts: int, others: int) -> Number:
            if accepts:
                return self.benefit - burdens[kind] / (others + 1)
            return self.benefit if others else 0 * self.benefit

        prior = (self.willing, 1 - self.willing)
        return SymmetricBayesianGame.from_function(payoff, prior, self.units, ("willing", "unwilling"), ("refuse", "accept"))


__all__ = ["Signing"]
