"""The standoff over a site: everybody wants the facility somewhere, nobody at home (ATLAS CASE-01, form 1a, with what surrounds it)."""

from __future__ import annotations

from dataclasses import dataclass, fields
from fractions import Fraction
from typing import Any

import numpy as np

from ..errors import InputError
from ..exact import Array, Number
from ..outcome_game import OutcomeGame, Parts
from ..parameters import amount, amounts, whole
from ..rights import HostConsent


@dataclass(frozen=True)
class Standoff:
    """Units with one site each: unit i draws ``benefit[i]`` from a facility at its own site, ``reach * benefit[i]`` from one elsewhere,
    and bears ``damage[i]`` from one at home, which it may refuse. Building costs ``cost``, of which a funder pays ``grant``; the rest is
    paid in equal fees (money).

    ``sites``: among how many sites, one of them each unit's own, a draw would choose. ``price``: what the host would be paid, in equal
    shares by all others. ``error``: by which share benefits and damages may be misjudged either way, uniformly and independently;
    ``draws``: how many such misjudgements are sampled. If any number is a float, all become floats. Raises :class:`InputError`.
    """

    benefit: tuple[Number, ...] = (Fraction(8), Fraction(9), Fraction(10), Fraction(11), Fraction(12))
    damage: tuple[Number, ...] = (Fraction(12), Fraction(15), Fraction(18), Fraction(25), Fraction(30))
    cost: Number = Fraction(20)
    grant: Number = Fraction(0)
    reach: Number = Fraction(1)
    sites: int = 5
    price: Number = Fraction(10)
    error: Number = Fraction(1, 5)
    draws: int = 2_000

    def __post_init__(self) -> None:
        benefit = amounts(self.benefit, "benefit", least=Fraction(0))
        if len(benefit) < 2:
            raise InputError("{name} must list at least two units, not {n}", name="benefit", n=len(benefit))
        checked: dict[str, Any] = {
            "benefit": benefit,
            "damage": amounts(self.damage, "damage", len(benefit), least=Fraction(0)),
            "cost": amount(self.cost, "cost", least=Fraction(0)),
            "grant": amount(self.grant, "grant", least=Fraction(0)),
            "reach": amount(self.reach, "reach", least=Fraction(0), most=Fraction(1)),
            "price": amount(self.price, "price", least=Fraction(0)),
        }
        if any(isinstance(x, float) for value in checked.values() for x in (value if isinstance(value, tuple) else (value,))):
            checked = {name: tuple(map(float, v)) if isinstance(v, tuple) else float(v) for name, v in checked.items()}
        checked["error"] = amount(self.error, "error", least=Fraction(0), most=Fraction(9, 10))
        checked["sites"] = whole(self.sites, "sites")
        checked["draws"] = whole(self.draws, "draws", 2, 1_000_000)
        for field in fields(self):
            object.__setattr__(self, field.name, checked[field.name])

    @property
    def units(self) -> int:
        """How many units there are."""
        return len(self.benefit)

    @property
    def fee(self) -> Number:
        """What each pays of the cost."""
        return max(self.cost - self.grant, 0 * self.cost) / self.units

    @property
    def elsewhere(self) -> tuple[Number, ...]:
        """a_i: what each gains from a facility at the site of another."""
        return tuple(self.reach * b - self.fee for b in self.benefit)

    @property
    def home(self) -> tuple[Number, ...]:
        """What each gains from a facility at its own site."""
        return tuple(b - d - self.fee for b, d in zip(self.benefit, self.damage))

    @property
    def harm(self) -> tuple[Number, ...]:
        """d_i: how much less each gains at home than elsewhere; the damage where ``reach`` is 1."""
        return tuple(a - h for a, h in zip(self.elsewhere, self.home))

    def game(self) -> OutcomeGame:
        """Residents by sites; each may refuse its own site."""
        n = self.units
        zero = 0 * self.cost
        gain, hurt, fees = (np.full((n, n + 1), zero, dtype=float if isinstance(zero, float) else object) for _ in range(3))
        fees[:, 1:] = self.fee
        for i in range(n):
            gain[i, 1:] = self.reach * self.benefit[i]
            gain[i, i + 1], hurt[i, i + 1] = self.benefit[i], self.damage[i]
        parts = Parts(gain, hurt, fees, _by_site(self.cost, n), _by_site(min(self.grant, self.cost), n))
        return OutcomeGame.from_parts(parts, rights=HostConsent((frozenset(), *(frozenset({i}) for i in range(n)))))


def _by_site(value: Number, n: int) -> Array:
    """``value`` at every site, nothing at the status quo."""
    return np.array([0 * value] + [value] * n, dtype=float if isinstance(value, float) else object)


__all__ = ["Standoff"]
