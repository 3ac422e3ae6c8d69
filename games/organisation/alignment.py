"""Residents whose gains are replaced by shares of the whole gain (ATLAS P15.4)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ..environment import own_sites
from ..errors import InputError
from ..exact import TOLERANCE, Array, Number
from ..outcome_game import OutcomeGame
from ..parameters import amounts


@dataclass(frozen=True)
class Alignment:
    """A siting with ``gain_i`` anywhere and ``damage_i`` at home, and money after which unit i has ``beta_i + weights_i W`` at every site.

    W is the surplus of the site, ``weights`` sum to 1 (equal if not given), and beta_i leaves unit i's mean over the sites as it was, so
    the money sums to zero everywhere. Weights may be negative. Raises :class:`InputError`.
    """

    gain: tuple[Number, ...] = (Fraction(4), Fraction(5), Fraction(6), Fraction(7), Fraction(8))
    damage: tuple[Number, ...] = (Fraction(12), Fraction(15), Fraction(18), Fraction(25), Fraction(30))
    weights: tuple[Number, ...] = ()

    def __post_init__(self) -> None:
        gain = amounts(self.gain, "gain", least=Fraction(0))
        n = len(gain)
        object.__setattr__(self, "gain", gain)
        object.__setattr__(self, "damage", amounts(self.damage, "damage", n, least=Fraction(0)))
        weights = amounts(self.weights, "weights", n) if self.weights else ()
        if weights and abs(sum(weights) - 1) > (TOLERANCE if any(isinstance(w, float) for w in weights) else 0):
            raise InputError("the weights must sum to 1; they sum to {sum}", sum=sum(weights))
        object.__setattr__(self, "weights", weights)

    @property
    def parts(self) -> tuple[Number, ...]:
        """The weights, written out where they are equal."""
        return self.weights or (Fraction(1, len(self.gain)),) * len(self.gain)

    def before(self) -> OutcomeGame:
        """The siting as it is."""
        return own_sites(self.gain, self.damage)

    def after(self) -> OutcomeGame:
        """The siting once the money has moved."""
        game = self.before()
        return game.with_utilities(game.utilities + self.transfers())

    def transfers(self) -> Array:
        """What every unit gets (pays, if negative) at every alternative; columns sum to zero, the status quo moves nothing."""
        game = self.before()
        sites = list(game.sites)
        paid = game.utilities * 0
        mean_surplus = game.surplus[sites].sum() / len(sites)
        for i, weight in enumerate(self.parts):
            base = game.utilities[i, sites].sum() / len(sites) - weight * mean_surplus
            paid[i, sites] = base + weight * game.surplus[sites] - game.utilities[i, sites]
        return paid
