"""Siting among units whose damages only they know: what a direct mechanism has to decide (ATLAS CASE-01, form 1f; instances A1 and A3)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from math import prod

import numpy as np

from ..environment import Environment, hosting, projects
from ..errors import InputError, SizeError
from ..exact import Array, Number
from ..parameters import amount, amounts, grid_of, whole

LARGEST = 2_000  # profiles of types


@dataclass(frozen=True)
class CandidateSites:
    """One body would use a facility, worth one of ``value`` to it; each of ``sites`` hosts would bear one of ``damage``. All types are
    private and independent, in the proportions of the weights. With one site: bilateral trade over a site (Myerson and Satterthwaite 1983).
    """

    sites: int = 1
    damage: tuple[Number, ...] = (Fraction(2), Fraction(7))
    damage_weight: tuple[Number, ...] = (Fraction(1), Fraction(1))
    value: tuple[Number, ...] = (Fraction(3), Fraction(8))
    value_weight: tuple[Number, ...] = (Fraction(1), Fraction(1))

    def __post_init__(self) -> None:
        object.__setattr__(self, "sites", whole(self.sites, "sites"))
        for name in ("damage", "value"):
            kinds = _rising(getattr(self, name), name)
            object.__setattr__(self, name, kinds)
            object.__setattr__(self, f"{name}_weight", _weights(getattr(self, f"{name}_weight"), f"{name}_weight", len(kinds)))
        _forecast([len(self.damage)] * self.sites + [len(self.value)])

    def environment(self) -> Environment:
        """The hosts in order, then the user of the facility."""
        hosts = [[tuple(-d if s == i else Fraction(0) for s in range(self.sites)) for d in self.damage] for i in range(self.sites)]
        user = [(v,) * self.sites for v in self.value]
        return projects([*hosts, user], _prior([self.damage_weight] * self.sites + [self.value_weight]))


@dataclass(frozen=True)
class PrivateHosts:
    """``units`` alike: each gains ``benefit`` from a facility anywhere and would bear one of ``damage`` from one at its own site, which it
    alone knows; drawn independently in the proportions of ``weight``.
    """

    units: int = 3
    benefit: Number = Fraction(6)
    damage: tuple[Number, ...] = (Fraction(12), Fraction(24))
    weight: tuple[Number, ...] = (Fraction(1), Fraction(1))

    def __post_init__(self) -> None:
        object.__setattr__(self, "units", whole(self.units, "units", 2))
        object.__setattr__(self, "benefit", Fraction(amount(self.benefit, "benefit", least=Fraction(0))))
        object.__setattr__(self, "damage", _rising(self.damage, "damage"))
        object.__setattr__(self, "weight", _weights(self.weight, "weight", len(self.damage)))
        _forecast([len(self.damage)] * self.units)

    def environment(self) -> Environment:
        """Everybody may host, and everybody gains."""
        return hosting([self.benefit] * self.units, [list(self.damage)] * self.units, _prior([self.weight] * self.units))


def chances(weights: tuple[Number, ...]) -> list[Fraction]:
    """Probabilities in the proportions of ``weights``."""
    exact = [Fraction(w) for w in weights]
    return [w / sum(exact) for w in exact]


def _rising(values: object, name: str) -> tuple[Fraction, ...]:
    return tuple(Fraction(x) for x in grid_of(values, name))


def _weights(values: object, name: str, size: int) -> tuple[Fraction, ...]:
    weights = tuple(Fraction(x) for x in amounts(values, name, size, least=Fraction(0)))
    if 0 in weights:
        raise InputError("{name}={value} must be more than {least}", name=name, value=list(weights), least=0)
    return weights


def _forecast(sizes: list[int]) -> None:
    if prod(sizes) > LARGEST:
        raise SizeError("there are {n} profiles of types; at most {limit} fit", n=f"{prod(sizes):,}", limit=f"{LARGEST:,}")


def _prior(weights: list[tuple[Number, ...]]) -> Array:
    rows = [np.array(chances(w), dtype=object) for w in weights]
    return np.array(reduce(np.multiply.outer, rows))


__all__ = ["CandidateSites", "PrivateHosts", "chances"]
