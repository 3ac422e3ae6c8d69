"""Somebody who holds a part of the whole gain and may pay for what makes it possible (ATLAS P15.2; McGuire and Olson 1996)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ..environment import own_sites
from ..exact import Number
from ..outcome_game import OutcomeGame
from ..parameters import amount, amounts
from ..staged_game import End, Stage, StagedGame


@dataclass(frozen=True)
class PublicGoodFunder:
    """Unit i gains ``gain_i`` wherever a facility stands and bears ``damage_i`` where it stands at home, so each host needs
    ``damage_i - gain_i``, if positive, to agree. The funder counts the ``stake`` of all units' surplus as its own and pays the host.
    Raises :class:`InputError`.
    """

    gain: tuple[Number, ...] = (Fraction(4), Fraction(5), Fraction(6), Fraction(7), Fraction(8))
    damage: tuple[Number, ...] = (Fraction(12), Fraction(15), Fraction(18), Fraction(25), Fraction(30))
    stake: Number = Fraction(1, 2)

    def __post_init__(self) -> None:
        gain = amounts(self.gain, "gain", least=Fraction(0))
        object.__setattr__(self, "gain", gain)
        object.__setattr__(self, "damage", amounts(self.damage, "damage", len(gain), least=Fraction(0)))
        object.__setattr__(self, "stake", amount(self.stake, "stake", least=0, most=1))

    @property
    def surplus(self) -> tuple[Number, ...]:
        """The whole gain of building at each site; the payment moves money only."""
        return tuple(sum(self.gain, start=Fraction(0)) - d for d in self.damage)

    @property
    def outlays(self) -> tuple[Number, ...]:
        """What the host of each site must be paid at least."""
        return tuple(max(Fraction(0), d - a) for a, d in zip(self.gain, self.damage))

    def siting(self) -> OutcomeGame:
        """The siting without a funder, hosts free to refuse."""
        return own_sites(self.gain, self.damage)

    def game(self) -> StagedGame:
        """The funder offers the host of one site its outlay, or nothing to anybody; the host agrees or refuses."""
        units = len(self.gain)
        nothing = End((Fraction(0),) * (units + 1))
        children: list[End | Stage] = [nothing]
        for site in range(units):
            own = [self.gain[i] - (self.damage[site] - self.outlays[site] if i == site else 0) for i in range(units)]
            built = End((self.stake * self.surplus[site] - self.outlays[site], *own))
            children.append(Stage((site + 1,), (("agree", "refuse"),), (built, nothing)))
        offers = ("nothing", *(f"site {site + 1}" for site in range(units)))
        return StagedGame(("funder", *(f"unit {i + 1}" for i in range(units))), Stage((0,), (offers,), tuple(children)))
