"""Environments: what may be true of each player, told apart by types, and what a mechanism then has to decide.

A mechanism that is told ``reports`` decides as if they were the truth: on ``problem(reports)``. What comes of it is worth
to each player what it is worth in ``problem(types)``, the true one. An audit compares the two (Hurwicz 1972).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import prod
from typing import Any, Protocol

import numpy as np

from .errors import InputError
from .exact import Array, Number, array, number
from .outcome_game import OutcomeGame, Parts
from .parameters import amounts
from .rights import HostConsent

Type = Hashable  # a number, or a tuple: of values by alternative, of benefit and damage, of a ranking
Types = tuple[Any, ...]  # one type a player


@dataclass(frozen=True)
class Interval:
    """The types of a player that may be any number from ``low`` to ``high``."""

    low: Number
    high: Number

    def __contains__(self, value: object) -> bool:
        return isinstance(value, (int, float, Fraction)) and self.low <= value <= self.high


class Problem(Protocol):
    """What a mechanism decides on, with everybody's preferences: an :class:`OutcomeGame`, or any class with these four."""

    @property
    def players(self) -> tuple[str, ...]:
        """Their names."""
        ...

    @property
    def most(self) -> Number:
        """The largest welfare that any decision gives."""
        ...

    def worth(self, player: int, outcome: Any) -> Number:
        """What ``outcome`` is worth to ``player``, in money over the status quo, what it pays or receives included."""
        ...

    def welfare(self, outcome: Any) -> Number:
        """The real surplus of ``outcome`` over the status quo: money that changes hands cancels."""
        ...


@dataclass(frozen=True, eq=False)
class Environment:
    """Finite ``types`` by player (or an :class:`Interval`), and the ``problem`` that is true when they are.

    ``prior`` has one axis a player and gives the probability of each profile of types; only Bayesian properties need it.
    ``alike`` says that players are exchangeable: permuting the types permutes the problem, so that profiles may be counted instead of
    listed. Raises :class:`InputError` for a prior that does not fit.
    """

    types: tuple[tuple[Type, ...] | Interval, ...]
    problem: Callable[[Types], Any]
    prior: Array | None = None
    alike: bool = False
    name: str = ""

    def __post_init__(self) -> None:
        if not self.types or any(not isinstance(kinds, Interval) and not kinds for kinds in self.types):
            raise InputError("an environment needs at least one player, and every player at least one type")
        if self.prior is not None and (not self.finite or self.prior.shape != self.sizes):
            raise InputError("prior of shape {shape} must have one entry for every profile of types", shape=self.prior.shape)
        if self.prior is not None and ((self.prior < 0).any() or abs(self.prior.sum() - 1) > (0 if self.prior.dtype == object else 1e-9)):
            raise InputError("prior must be probabilities that sum to one")

    @property
    def finite(self) -> bool:
        """Whether every player has finitely many types."""
        return not any(isinstance(kinds, Interval) for kinds in self.types)

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many types each player has. For finite environments."""
        return tuple(len(kinds) for kinds in self.types)  # type: ignore[arg-type]

    @property
    def profiles(self) -> int:
        """How many profiles of types there are. For finite environments."""
        return prod(self.sizes)


def hosting(benefits: object, damages: Sequence[Sequence[object] | Interval], prior: object = None) -> Environment:
    """A siting in which every player has a site of its own, gains ``benefits[i]`` wherever it is built, and alone knows its damage.

    ``damages[i]`` lists the damages that may be true of player i (or an :class:`Interval`): its types. Everybody may refuse its own site.
    """
    gains = amounts(benefits, "benefits")
    if len(gains) != len(damages):
        raise InputError("{benefits} benefits for {damages} players", benefits=len(gains), damages=len(damages))

    def problem(types: Types) -> OutcomeGame:
        return own_sites(gains, types)

    beliefs = _prior(prior)
    return Environment(_kinds(damages), problem, beliefs, alike=len({*gains}) == len({*_kinds(damages)}) == 1 and _even(beliefs))


def own_sites(benefits: Sequence[Number], damages: Sequence[Number]) -> OutcomeGame:
    """The siting with one site a player: benefit i everywhere, damage i at its own site, which it may refuse."""
    n = len(benefits)
    b, d = array(list(benefits)), array(list(damages))
    exact = b.dtype == object and d.dtype == object
    kind: Any = object if exact else np.float64
    zero = np.full((n, n + 1), Fraction(0) if exact else 0.0, dtype=kind)
    gain, harm = zero.copy(), zero.copy()
    gain[:, 1:] = b.astype(kind)[:, None]
    harm[range(n), range(1, n + 1)] = d.astype(kind)
    consent = (frozenset[int](), *(frozenset({i}) for i in range(n)))
    return OutcomeGame.from_parts(Parts(gain, harm, zero, zero[0], zero[0]), rights=HostConsent(consent))


def projects(values: Sequence[Sequence[Sequence[object]]], prior: object = None, costs: object = None) -> Environment:
    """A choice among projects: a type of player i, one of ``values[i]``, is what each project is worth to it over doing nothing.

    ``costs`` are borne by the funder (player 0), one a project. Nobody may refuse: what is chosen is done.
    """
    kinds = tuple(tuple(tuple(number(v) for v in kind) for kind in of_player) for of_player in values)
    width = {len(kind) for of_player in kinds for kind in of_player}
    if len(width) != 1:
        raise InputError("every type must give one value for every project")
    grants = [0, *amounts([0] * min(width) if costs is None else costs, "costs", min(width))]

    def problem(types: Types) -> OutcomeGame:
        from .rights import Imposition

        return OutcomeGame([[0, *kind] for kind in types], rights=Imposition(), grants=grants)

    beliefs = _prior(prior)
    return Environment(kinds, problem, beliefs, alike=len(set(kinds)) == 1 and _even(beliefs))


def _kinds(given: Sequence[Sequence[object] | Interval]) -> tuple[tuple[Number, ...] | Interval, ...]:
    return tuple(kinds if isinstance(kinds, Interval) else tuple(number(kind) for kind in kinds) for kinds in given)


def _prior(given: object) -> Array | None:
    return None if given is None else array(given, "prior")


def _even(prior: Array | None) -> bool:
    """Whether exchanging two players leaves the prior as it is."""
    return prior is None or (len(set(prior.shape)) == 1 and all((prior == prior.swapaxes(0, i)).all() for i in range(1, prior.ndim)))
