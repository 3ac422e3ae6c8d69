"""What equilibrium costs a game: the prices of anarchy and of stability over its equilibria, for any social objective.

Gains: optimum over worst, and over best, equilibrium (Koutsoupias and Papadimitriou 1999; Anshelevich et al. 2008; ATLAS
D-09). Costs: worst, and best, over optimum. Costs are payoffs with a minus sign, so that players still maximise payoffs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import inf
from typing import Any, Literal, cast

import numpy as np

from ...games.errors import InputError, SizeError
from ...games.exact import Array, Number, as_json, number
from ...games.normal_form import MixedProfile, NormalForm, Profile
from ..pure import pure_profiles
from ..regret import regrets
from ..solution import Equilibrium
from ..standoff.efficiency import price

LARGEST_SOCIAL = 1_000_000  # profiles at which a social objective of the caller's is computed
MOST_CHECKED = 10_000  # given equilibria

Objective = Callable[[tuple[Number, ...]], Number]
Social = Literal["welfare", "min"] | Objective
Given = Profile | MixedProfile | Equilibrium


@dataclass(frozen=True, eq=False)
class Efficiency:
    """The social optimum, the worst and the best equilibrium, and their ratios; money, or costs if ``costs``.

    ``poa`` and ``pos`` are None where a ratio has no meaning (no equilibrium, an optimum without surplus, a loss in
    equilibrium), and ``inf`` where it is infinite. ``complete``: over all pure equilibria, not over a list that was given.
    ``regret`` is the largest of any player in any equilibrium, recomputed; 0 shows that all are equilibria.
    """

    social: str
    costs: bool
    optimum: Number
    optimum_profile: Profile
    worst: Number | None
    worst_profile: Profile | MixedProfile | None
    best: Number | None
    best_profile: Profile | MixedProfile | None
    poa: Number | None
    pos: Number | None
    equilibria: int
    complete: bool
    regret: Number

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return as_json(vars(self))


def price_of_anarchy(
    game: NormalForm, equilibria: Sequence[Given] | None = None, social: Social = "welfare", costs: bool = False
) -> Efficiency:
    """Prices of anarchy and stability over all pure equilibria, or over the ``equilibria`` given (strong or mixed ones, say).

    ``social``: ``"welfare"`` the sum, ``"min"`` the worst-off player, or a function of what every player gets (of what every
    player pays if ``costs``: ``max`` is the makespan). Of a mixed profile its expectation is taken. Exact if the game is.
    Raises :class:`InputError` if a profile does not fit, :class:`SizeError`.
    """
    values, denominator = social_values(game, social, costs)
    found: list[Given] = list(pure_profiles(game)) if equilibria is None else list(equilibria)
    optimum_at = int(np.argmin(values) if costs else np.argmax(values))
    optimum = _money(values.ravel()[optimum_at], denominator)
    kept = [_opened(entry) for entry in found]
    worth = [_expected(game, values, entry, denominator) for entry in kept]
    worst = _extreme(worth, max if costs else min)
    best = _extreme(worth, min if costs else max)
    ratio = _cost_ratio if costs else price
    return Efficiency(
        social=social if isinstance(social, str) else getattr(social, "__name__", "given"),
        costs=costs,
        optimum=optimum,
        optimum_profile=tuple(map(int, np.unravel_index(optimum_at, game.shape))),
        worst=None if worst is None else worth[worst],
        worst_profile=None if worst is None else kept[worst],
        best=None if best is None else worth[best],
        best_profile=None if best is None else kept[best],
        poa=None if worst is None else ratio(optimum, worth[worst]),
        pos=None if best is None else ratio(optimum, worth[best]),
        equilibria=len(kept),
        complete=equilibria is None,
        regret=Fraction(0) if equilibria is None else _regret(game, kept),
    )


def expected_social(game: NormalForm, profile: Profile | MixedProfile, social: Social = "welfare", costs: bool = False) -> Number:
    """The expectation of the social objective when players act independently as in ``profile``; see :func:`price_of_anarchy`."""
    values, denominator = social_values(game, social, costs)
    return _expected(game, values, profile, denominator)


def social_values(game: NormalForm, social: Social, costs: bool) -> tuple[Array, int]:
    """The social objective in every profile, shape ``(|A1|, ..., |An|)``, and the denominator of its entries."""
    sign = -1 if costs else 1
    if social == "welfare":
        return sign * game.welfare, game.denominator
    if social == "min":
        return sign * game.table.min(axis=0), game.denominator
    if not callable(social):
        raise InputError("social={social!r} is not 'welfare', 'min' or a function of what players get", social=social)
    if game.welfare.size > LARGEST_SOCIAL:
        cells = f"{game.welfare.size:,}"
        raise SizeError("a social objective at {cells} profiles; at most {limit} fit", cells=cells, limit=f"{LARGEST_SOCIAL:,}")
    values = [number(social(tuple(sign * x for x in game.payoffs(a))), "social") for a in game.profiles()]
    kind = object if all(isinstance(x, Fraction) for x in values) else np.float64
    result = np.empty(len(values), dtype=kind)
    result[:] = values
    return result.reshape(game.shape), 1


def _money(value: Any, denominator: int) -> Number:
    if isinstance(value, np.integer):  # machine integers inside a Fraction would overflow unseen
        value = int(value)
    return float(value) / denominator if isinstance(value, float) else Fraction(value) / denominator


def _opened(entry: Given) -> Profile | MixedProfile:
    return entry.profile if isinstance(entry, Equilibrium) else entry


def _is_pure(profile: Profile | MixedProfile) -> bool:
    return all(isinstance(a, (int, np.integer)) for a in profile)


def _expected(game: NormalForm, values: Array, profile: Profile | MixedProfile, denominator: int) -> Number:
    if len(profile) != len(game.shape):
        raise InputError("a profile of {n} entries does not fit {m} players", n=len(profile), m=len(game.shape))
    if _is_pure(profile):
        if not all(0 <= a < k for a, k in zip(cast("Profile", profile), game.shape)):
            raise InputError("the profile {profile} does not fit a game of {shape} actions", profile=list(profile), shape=list(game.shape))
        return _money(values[tuple(int(a) for a in cast("Profile", profile))], denominator)
    mixed = _mixed(game, cast("MixedProfile", profile))
    exact = values.dtype != np.float64 and all(isinstance(p, Fraction) for mix in mixed for p in mix)
    total = values.astype(object if exact else np.float64)
    for mix in reversed(mixed):
        total = total @ np.array(mix, dtype=total.dtype)
    return _money(total if exact else float(total), denominator)


def _mixed(game: NormalForm, profile: MixedProfile) -> MixedProfile:
    mixed = tuple(tuple(number(p, "probability") for p in mix) for mix in profile)
    slack = Fraction(1, 10**9)
    proper = all(len(m) == k and min(m) >= 0 and abs(sum(m) - 1) <= slack for m, k in zip(mixed, game.shape))
    if not proper:
        raise InputError("the probabilities {profile} do not fit a game of {shape} actions", profile=list(profile), shape=list(game.shape))
    return mixed


def _regret(game: NormalForm, profiles: Sequence[Profile | MixedProfile]) -> Number:
    """The largest regret in any of ``profiles``."""
    if len(profiles) > MOST_CHECKED:
        raise SizeError("{n} equilibria are given; at most {limit} are checked", n=len(profiles), limit=MOST_CHECKED)
    mixed = [game.pure(cast("Profile", a)) if _is_pure(a) else _mixed(game, cast("MixedProfile", a)) for a in profiles]
    return max((max(regrets(game, profile)) for profile in mixed), default=Fraction(0))


def _extreme(worth: Sequence[Number], choose: Callable[..., int]) -> int | None:
    return choose(range(len(worth)), key=lambda k: worth[k]) if worth else None


def _cost_ratio(optimum: Number, cost: Number) -> Number | None:
    """``cost / optimum``: infinite over a free optimum, 1 if both are free; None if somebody is paid for it."""
    if optimum < 0:
        return None
    return cost / optimum if optimum else (inf if cost else Fraction(1))
