"""How finely a district is divided into units that govern themselves (ATLAS CASE-17).

Needs lie on [0, 1]. A unit builds one project for itself, in the middle of its stretch of needs, worth ``worth`` to a resident at that
place and ``distance`` less for each unit of distance; its cost is shared by the unit. Units then keep it up together.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, pairwise

from ..counted_game import SymmetricGame
from ..errors import InputError, SizeError
from ..exact import Number
from ..parameters import amount, amounts, whole
from ..public_goods import linear

MOST_CLASSES = 16  # 2^15 ways to divide them into neighbouring units
MOST_RESIDENTS = 100_000
_THIRD = Fraction(1, 3)


@dataclass(frozen=True)
class UnitDesign:
    """``residents`` with needs spread evenly over [0, 1], divided into ``units`` of equal length; a project costs ``cost``.

    Keeping it up is a linear good: a contribution of 1 returns ``returns`` to the unit in all (rival: shared by its members), or
    ``public_return`` to each member (not rival); a defector is seen with probability ``detection``; residents weigh the next period
    by ``patience``. A task that needs every member costs each ``effort`` and gives each ``benefit``; each is sure of each neighbour with
    probability ``trust``. ``plots`` are places where a project can stand, ``damage`` what a host bears over what it gains elsewhere.

    ``staff`` serve the units, as evenly as can be; going to and fro between two units costs ``switching``, a report from one
    ``reporting``. Classes of residents (``mix``: their shares)
    live at ``places`` in [0, 1] and give ``hours`` each. Raises :class:`InputError` or :class:`SizeError`.
    """

    residents: int = 100
    worth: Number = Fraction(40)
    distance: Number = Fraction(100)
    cost: Number = Fraction(500)
    units: int = 3
    returns: Number = Fraction(2)
    public_return: Number = Fraction(2, 5)
    detection: Number = Fraction(1)
    patience: Number = Fraction(9, 10)
    effort: Number = Fraction(4)
    benefit: Number = Fraction(10)
    trust: Number = Fraction(99, 100)
    plots: int = 10
    damage: Number = Fraction(3)
    staff: int = 13
    switching: Number = Fraction(1)
    reporting: Number = Fraction(1)
    mix: tuple[Number, ...] = (_THIRD, _THIRD, _THIRD)
    places: tuple[Number, ...] = (Fraction(0), Fraction(1, 2), Fraction(1))
    hours: tuple[Number, ...] = (Fraction(1), Fraction(2), Fraction(3))

    def __post_init__(self) -> None:
        for name in ("residents", "units", "plots", "staff"):
            object.__setattr__(self, name, whole(getattr(self, name), name, 1, MOST_RESIDENTS))
        if self.units > self.residents:
            raise InputError("{name}={value} must be at most {most}", name="units", value=self.units, most=self.residents)
        for name in ("worth", "distance", "returns", "public_return", "effort", "damage", "switching", "reporting"):
            object.__setattr__(self, name, amount(getattr(self, name), name, least=0))
        for name in ("cost", "benefit"):
            object.__setattr__(self, name, amount(getattr(self, name), name, above=0))
        for name in ("detection", "patience", "trust"):
            object.__setattr__(self, name, amount(getattr(self, name), name, least=0, most=1))
        if self.effort > self.benefit:
            raise InputError("{name}={value} must be at most {most}", name="effort", value=self.effort, most=self.benefit)
        _check_classes(self)

    def size(self, units: int) -> int:
        """Members of the largest of so many units."""
        return -(-self.residents // units)

    def stage(self, units: int | None = None, rival: bool = True) -> SymmetricGame:
        """The game of keeping up the project within the largest unit: contribute 1 or nothing."""
        members = self.size(self.units if units is None else units)
        return linear(members, self.returns / members if rival else self.public_return)


def _check_classes(model: UnitDesign) -> None:
    mix, places = amounts(model.mix, "mix", least=0), amounts(model.places, "places", least=0)
    hours = amounts(model.hours, "hours", len(mix), least=0)
    if len(mix) > MOST_CLASSES:
        ways = 2 ** (len(mix) - 1)
        raise SizeError("{n} classes can be divided in {ways:,} ways; at most {most} classes fit", n=len(mix), ways=ways, most=MOST_CLASSES)
    if len(places) != len(mix) or places[-1] > 1 or any(b < a for a, b in pairwise(places)):
        raise InputError("places must name one place in [0, 1] for each share of mix, in rising order")
    if min(mix) <= 0 or abs(sum(mix) - 1) > (0 if all(isinstance(x, Fraction) for x in mix) else 1e-9):
        raise InputError("the shares in mix must be more than 0 and add up to 1")
    for name, kept in (("mix", mix), ("places", places), ("hours", hours)):
        object.__setattr__(model, name, kept)


def neighbouring(classes: int) -> list[tuple[tuple[int, ...], ...]]:
    """Every way to divide ``classes`` in a row into units of neighbours, coarsest first."""
    found: list[tuple[tuple[int, ...], ...]] = []
    for cuts in range(classes):
        for at in combinations(range(1, classes), cuts):
            found.append(tuple(tuple(range(a, b)) for a, b in pairwise((0, *at, classes))))
    return found
