"""The nomination, or blame game: everybody names a site, and the one named most often is built (ATLAS CASE-01, form 1b)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from ..errors import InputError
from ..exact import Number
from ..normal_form import NormalForm
from ..parameters import amounts


@dataclass(frozen=True)
class Nomination:
    """Unit i gains ``gain[i]`` wherever the facility stands and bears ``damage[i]`` if it stands at its own site (money). Every unit names
    a site; among the sites named most often one is drawn. Something is always built.
    """

    gain: tuple[Number, ...] = (Fraction(4), Fraction(5), Fraction(6), Fraction(7), Fraction(8))
    damage: tuple[Number, ...] = (Fraction(12), Fraction(15), Fraction(18), Fraction(25), Fraction(30))

    def __post_init__(self) -> None:
        gain = amounts(self.gain, "gain")
        if len(gain) < 2:
            raise InputError("{name} must list at least two units, not {n}", name="gain", n=len(gain))
        object.__setattr__(self, "gain", gain)
        object.__setattr__(self, "damage", amounts(self.damage, "damage", len(gain), least=Fraction(0)))

    @property
    def units(self) -> int:
        """How many units there are."""
        return len(self.gain)

    def chosen(self, named: Sequence[int]) -> list[int]:
        """The sites named most often when unit i names site ``named[i]``."""
        votes = [0] * self.units
        for site in named:
            votes[site] += 1
        return [site for site, k in enumerate(votes) if k == max(votes)]

    def payoffs(self, named: Sequence[int]) -> list[Number]:
        """What each expects when unit i names site ``named[i]``."""
        hosts = self.chosen(named)
        return [a - (d / len(hosts) if i in hosts else 0) for i, (a, d) in enumerate(zip(self.gain, self.damage))]

    def game(self) -> NormalForm:
        """The game written out: n players with n actions. Raises :class:`SizeError` where n^n profiles do not fit."""
        names = [str(site + 1) for site in range(self.units)]
        return NormalForm.from_function(self.payoffs, [names] * self.units)


__all__ = ["Nomination"]
