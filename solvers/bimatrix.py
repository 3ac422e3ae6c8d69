"""Mixed equilibria of two-player games: Nashpy proposes, exact arithmetic decides.

Nashpy's enumerations work in floats and miss equilibria of degenerate games, so each profile is rounded to small
fractions, its regret recomputed from the game, and completeness claimed only where iterated strict dominance leaves a
single profile, which is then the only equilibrium of any kind (Moulin 1979).
"""

from __future__ import annotations

import warnings
from fractions import Fraction
from math import comb

import numpy as np

from ..games.exact import TOLERANCE, Number
from ..games.message import say
from ..games.normal_form import MixedProfile, NormalForm
from .pure import describe, pure_profiles
from .regret import regrets
from .solution import Equilibrium, Solution

LARGEST_SUPPORTS = 20_000  # pairs of equal-sized supports that Nashpy is asked to walk
LARGEST_DENOMINATOR = 10**6


def solve_bimatrix(game: NormalForm) -> Solution:
    """The equilibria of a two-player game that Nashpy's support enumeration and all pure profiles give, each with its regret."""
    survivors = strict_dominance(game)
    if all(len(actions) == 1 for actions in survivors):
        only = game.pure(tuple(a[0] for a in survivors))
        equilibrium = _equilibrium(game, only, regrets(game, only))
        return Solution(describe(game), "nash", "strict-dominance", True, None, (equilibrium,))
    found: dict[MixedProfile, Equilibrium] = {}
    for profile in (*map(game.pure, pure_profiles(game)), *_proposed(game)):
        regret = regrets(game, profile)
        if max(regret) <= (0 if _is_rational(regret) else _forgiven(game)):
            found.setdefault(profile, _equilibrium(game, profile, regret))
    stop = say("every profile listed is an equilibrium; that no other exists is not proved")
    return Solution(describe(game), "nash", "nashpy-supports", False, stop, tuple(found.values()))


def too_large(game: NormalForm) -> bool:
    """Whether Nashpy would have to walk more pairs of supports than is reasonable."""
    rows, columns = game.shape
    return sum(comb(rows, k) * comb(columns, k) for k in range(1, min(rows, columns) + 1)) > LARGEST_SUPPORTS


def _proposed(game: NormalForm) -> list[MixedProfile]:
    import nashpy

    largest = max(abs(game.table.max()), abs(game.table.min())) or 1  # payoffs of size 1: Nashpy's comparisons are absolute
    scaled = (game.table / largest).astype(float)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # degenerate games: said by us, in the answer
        found = list(nashpy.Game(*scaled).support_enumeration(non_degenerate=False))
    pairs = [tuple(np.asarray(mix, dtype=float) for mix in pair) for pair in found]
    proposals: list[MixedProfile] = []
    for pair in pairs:
        if all(np.isfinite(mix).all() for mix in pair):
            rational = tuple(_rational(mix) for mix in pair)
            exact = game.exact and all(sum(mix) == 1 for mix in rational) and max(regrets(game, rational)) == 0
            proposals.append(rational if exact else tuple(tuple(map(float, mix)) for mix in pair))
    return proposals


def _rational(mix: np.ndarray) -> tuple[Fraction, ...]:
    return tuple(Fraction(float(p)).limit_denominator(LARGEST_DENOMINATOR) for p in mix)


def _forgiven(game: NormalForm) -> float:
    """How much regret a profile in floats may have: a billionth of the largest payoff."""
    return float(TOLERANCE * max(abs(game.table.max()), abs(game.table.min())) / game.denominator)


def _is_rational(values: tuple[Number, ...]) -> bool:
    return all(isinstance(x, Fraction) for x in values)


def _equilibrium(game: NormalForm, profile: MixedProfile, regret: tuple[Number, ...]) -> Equilibrium:
    payoffs = tuple(sum(p * v for p, v in zip(mix, game.mixed_payoffs(i, profile))) for i, mix in enumerate(profile))
    return Equilibrium(profile, payoffs, max(regret))


def strict_dominance(game: NormalForm) -> list[list[int]]:
    """The actions that survive iterated elimination of those strictly dominated by another pure action, by player."""
    alive = [list(range(k)) for k in game.shape]
    while True:
        dominated = _dominated(game, alive)
        if dominated is None:
            return alive
        player, action = dominated
        alive[player].remove(action)


def _dominated(game: NormalForm, alive: list[list[int]]) -> tuple[int, int] | None:
    for player, actions in enumerate(alive):
        own = np.moveaxis(game.table[player][np.ix_(*alive)], player, 0)
        for k, action in enumerate(actions):
            if any((own[other] > own[k] + game.slack).all() for other in range(len(actions)) if other != k):
                return player, action
    return None
