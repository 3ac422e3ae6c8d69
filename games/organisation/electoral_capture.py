"""Parties that promise a budget to classes of voters, not all of whom notice (Bardhan and Mookherjee 2000)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ..exact import Number
from ..parameters import amount, amounts, whole


@dataclass(frozen=True)
class ElectoralCapture:
    """Class c counts ``population[c]`` (heads or shares), of whom the share ``aware[c]`` notices what is promised.

    A voter's utility is the logarithm of what its class gets a head; parties promise what most pleases those who notice. The first class
    is the elite. Raises :class:`InputError`.
    """

    population: tuple[Number, ...] = (Fraction(1, 5), Fraction(4, 5))
    aware: tuple[Number, ...] = (Fraction(4, 5), Fraction(1, 5))

    def __post_init__(self) -> None:
        population = amounts(self.population, "population")
        object.__setattr__(self, "population", tuple(amount(n, "population", above=0) for n in population))
        whole(len(population), "len(population)", 2, 1_000)
        aware = amounts(self.aware, "aware", len(population), least=Fraction(0))
        object.__setattr__(self, "aware", tuple(amount(a, "aware", most=1) for a in aware))
        amount(max(self.aware), "max(aware)", above=0)

    @property
    def weights(self) -> tuple[Number, ...]:
        """Those who notice, by class."""
        return tuple(n * a for n, a in zip(self.population, self.aware))


__all__ = ["ElectoralCapture"]
