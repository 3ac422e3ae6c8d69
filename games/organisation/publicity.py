"""Publicity for the common good: residents who weigh the gains of all, more or less, and listen to one another (ATLAS DL-7, S-149)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ..deliberation.opinions import Persuasion
from ..environment import own_sites
from ..exact import Number
from ..outcome_game import OutcomeGame
from ..parameters import amount, amounts


@dataclass(frozen=True)
class Publicity:
    """Unit i gains ``gain_i`` anywhere and bears ``damage_i`` at home; it gives its own gain the weight ``1 - hearts_i`` and the whole
    surplus ``hearts_i``.

    All listen to all with ``susceptibility``, so each weight moves that far towards their mean (Friedkin and Johnsen 1990). Money does
    not move. Raises :class:`InputError`.
    """

    gain: tuple[Number, ...] = (Fraction(4), Fraction(5), Fraction(6), Fraction(7), Fraction(8))
    damage: tuple[Number, ...] = (Fraction(12), Fraction(15), Fraction(18), Fraction(25), Fraction(30))
    hearts: tuple[Number, ...] = (Fraction(1, 5), Fraction(19, 50), Fraction(19, 50), Fraction(19, 50), Fraction(19, 50))
    susceptibility: Number = Fraction(9, 10)

    def __post_init__(self) -> None:
        gain = amounts(self.gain, "gain", least=Fraction(0))
        object.__setattr__(self, "gain", gain)
        object.__setattr__(self, "damage", amounts(self.damage, "damage", len(gain), least=Fraction(0)))
        hearts = amounts(self.hearts, "hearts", len(gain), least=Fraction(0))
        object.__setattr__(self, "hearts", tuple(amount(x, "hearts", most=1) for x in hearts))
        object.__setattr__(self, "susceptibility", amount(self.susceptibility, "susceptibility", least=0, most=1))

    def siting(self) -> OutcomeGame:
        """What is at stake in money."""
        return own_sites(self.gain, self.damage)

    def talk(self) -> Persuasion:
        """The rule by which the talk ends (DL-7)."""
        return Persuasion(self.hearts, self.susceptibility)
