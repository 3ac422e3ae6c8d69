"""Residents who all want something done and differ in what (ATLAS game 8b; Alesina and Spolaore 1997)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ..exact import Number
from ..outcome_game import OutcomeGame
from ..parameters import amount, whole
from ..rights import Unanimity

MOST_RESIDENTS = 1_000_000
MOST_DESIGNS = 12  # numbers of units of the game written out


@dataclass(frozen=True)
class DifferingNeeds:
    """``residents`` with needs spread evenly over [0, 1] are divided into units of equal length; each builds one project, at its middle.

    A project is worth ``worth`` to a resident at its place and ``difference`` less for each unit of distance; it costs ``cost``, which the
    unit shares. A resident counts its own gain for 1 - ``share`` and everybody's mean gain for ``share``. ``units`` is the number at hand.
    Raises :class:`InputError`.
    """

    residents: int = 100
    worth: Number = Fraction(40)
    difference: Number = Fraction(100)
    cost: Number = Fraction(500)
    share: Number = Fraction(0)
    units: int = 1

    def __post_init__(self) -> None:
        object.__setattr__(self, "residents", whole(self.residents, "residents", 1, MOST_RESIDENTS))
        object.__setattr__(self, "units", whole(self.units, "units", 1, self.residents))
        for name in ("worth", "difference"):
            object.__setattr__(self, name, amount(getattr(self, name), name, least=0))
        object.__setattr__(self, "cost", amount(self.cost, "cost", above=0))
        object.__setattr__(self, "share", amount(self.share, "share", least=0, most=1))

    @property
    def fee(self) -> Number:
        """What each more unit costs a resident: a project's cost over all residents."""
        return self.cost / self.residents

    def distance(self, need: Number, units: int) -> Number:
        """From a need to the middle of its unit (from the nearest one, at a border)."""
        k = min(int(need * units), units - 1)
        return abs(need - Fraction(2 * k + 1, 2 * units))

    def gain(self, need: Number, units: int) -> Number:
        """What a resident with that need gains itself."""
        return self.worth - self.difference * self.distance(need, units) - self.fee * units

    def mean_gain(self, units: int) -> Number:
        """The mean over all needs: the mean distance is a quarter of a unit."""
        return self.worth - self.difference / (4 * units) - self.fee * units

    def felt(self, need: Number, units: int) -> Number:
        """What the resident counts: its own gain and everybody's."""
        return (1 - self.share) * self.gain(need, units) + self.share * self.mean_gain(units)

    def game(self, most: int = 4) -> OutcomeGame:
        """Every number of units up to ``most`` against doing nothing, with a veto for everybody.

        Gains are linear between the borders and the middles of units, so residents at those places stand for all. Alternatives are named
        by the number of units.
        """
        designs = range(1, min(whole(most, "most", 1, MOST_DESIGNS), self.residents) + 1)
        needs = sorted({Fraction(k, 2 * J) for J in designs for k in range(2 * J + 1)})
        table = [[Fraction(0), *(self.felt(need, J) for J in designs)] for need in needs]
        return OutcomeGame(table, ("x0", *map(str, designs)), rights=Unanimity(), players=[str(need) for need in needs])


__all__ = ["DifferingNeeds"]
