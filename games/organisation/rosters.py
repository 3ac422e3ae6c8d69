"""Organisations that must have members: names of staff are cheap, those of residents dear (ATLAS game 6b, D-18, D-20)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ..errors import SizeError
from ..exact import Number
from ..normal_form import NormalForm
from ..parameters import amount, whole
from .choice import choice_game

MOST_PLACES = 200_000


@dataclass(frozen=True)
class Rosters:
    """``bodies`` that each need ``roster`` members, nobody twice in one of them, and ``staff`` who may stand in several.

    A staff name costs ``staff_cost`` and ``fatigue`` more for every other body that its bearer is in already; a resident's costs
    ``resident_cost``, and residents are plenty. Each body reports to ``lines``. ``switching`` is what it costs to go to and fro between two
    bodies, for each pair of bodies of each of the staff, ``reporting`` what a report costs, ``hours`` what one of the staff has.
    Raises :class:`InputError` or :class:`SizeError`.
    """

    staff: int = 13
    bodies: int = 7
    roster: int = 5
    staff_cost: Number = Fraction(1)
    resident_cost: Number = Fraction(3)
    fatigue: Number = Fraction(0)
    lines: int = 1
    switching: Number = Fraction(1)
    reporting: Number = Fraction(1)
    hours: Number = Fraction(40)

    def __post_init__(self) -> None:
        for name in ("staff", "bodies", "roster"):
            object.__setattr__(self, name, whole(getattr(self, name), name, 1, MOST_PLACES))
        object.__setattr__(self, "lines", whole(self.lines, "lines", 0, MOST_PLACES))
        for name in ("staff_cost", "resident_cost", "fatigue", "switching", "reporting"):
            object.__setattr__(self, name, amount(getattr(self, name), name, least=0))
        object.__setattr__(self, "hours", amount(self.hours, "hours", above=0))
        cells = self.bodies * max(self.roster, self.staff)
        if cells > MOST_PLACES:
            raise SizeError("rosters of {n:,} places do not fit; at most {most:,} do", n=cells, most=MOST_PLACES)

    @property
    def most_staff_places(self) -> int:
        """Places that staff can fill, each of them once in a body."""
        return self.bodies * min(self.roster, self.staff)

    def pairs(self, staff_places: int) -> int:
        """Pairs of bodies of the same person when so many places are spread evenly over the staff."""
        even, more = divmod(staff_places, self.staff)
        return more * (even + 1) * even // 2 + (self.staff - more) * even * (even - 1) // 2

    def cost_of(self, staff_places: int) -> Number:
        """The least that names cost when staff fill so many places: spread evenly, because ``fatigue`` grows with every further body."""
        residents = self.bodies * self.roster - staff_places
        return self.staff_cost * staff_places + self.resident_cost * residents + self.fatigue * self.pairs(staff_places)

    def game(self) -> NormalForm:
        """The choice of how many places staff fill. Raises :class:`SizeError`."""
        return choice_game(lambda places: -self.cost_of(places), range(self.most_staff_places + 1))
