"""A rota: the units host in turn, and a refusal closes the facility for good (ATLAS CASE-01, form 1g)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ..environment import own_sites
from ..exact import Number
from ..mechanisms.turns import Rotation
from ..parameters import amount, amounts, whole
from ..staged_game import StagedGame

MOST_ROUNDS = 60


@dataclass(frozen=True)
class Rota:
    """In every period unit i gains ``gain[i]`` while the facility is open, and bears ``damage[i]`` in its turn; the future counts
    ``discount`` a period. ``rounds``: how many turns a rota with a known end would have.
    """

    gain: tuple[Number, ...] = (Fraction(4), Fraction(5), Fraction(6), Fraction(7), Fraction(8))
    damage: tuple[Number, ...] = (Fraction(12), Fraction(15), Fraction(18), Fraction(25), Fraction(30))
    discount: Number = Fraction(9, 10)
    rounds: int = 5

    def __post_init__(self) -> None:
        gain = amounts(self.gain, "gain", least=Fraction(0))
        object.__setattr__(self, "gain", gain)
        object.__setattr__(self, "damage", amounts(self.damage, "damage", len(gain), least=Fraction(0)))
        object.__setattr__(self, "discount", amount(self.discount, "discount", least=Fraction(0), most=Fraction(999, 1000)))
        object.__setattr__(self, "rounds", whole(self.rounds, "rounds", 1, MOST_ROUNDS))

    @property
    def units(self) -> int:
        """How many take turns."""
        return len(self.gain)

    def game(self) -> StagedGame:
        """The rota with a known end: so many ``rounds``, then nothing more."""
        return Rotation(self.discount, None, 0).finite(own_sites(self.gain, self.damage), self.rounds)


__all__ = ["Rota"]
