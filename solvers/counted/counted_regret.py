"""Regrets and payoffs in profiles of counted players, recomputed from the payoffs of the game and from nothing else.

A profile is a list of groups ``{"role", "players", "strategy"}`` of like players who act alike. A float probability stands for the
binary fraction it is. Where the numbers stay short everything is computed in integers, and a float regret is the exact one rounded
up; elsewhere sums are in floats and a bound on their error is added.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import comb, inf, nextafter
from typing import Any

import numpy as np

from ...games.count_distribution import Group, expected, spread
from ...games.counted_game import RoleSymmetricGame
from ...games.exact import Array, Number
from .bernstein import Bernstein
from .binomial_window import window_mean

Profile = Sequence[Mapping[str, Any]]
Value = tuple[Number, Number]  # a number and a bound on its error: exact if that is Fraction(0)

EXACT_DENSE = 200  # players over whose counts sums are exact
EXACT_SPARSE = 3000  # the same where all but a few counts pay the same
MOST_BITS = 6000  # of a denominator that is kept as a fraction
MOST_CELLS = 5000  # payoffs that are summed in fractions
FLOAT_ERROR = 2e-12  # relative error of a sum over products of distributions in floats, with room


def counted_regret(game: RoleSymmetricGame, profile: Profile) -> tuple[tuple[Number, ...], Number]:
    """The payoff of each group of ``profile``, and the most anybody gains by deviating alone (never too small a figure)."""
    binary = len(game.players) == 1 and len(game.actions[0]) == 2
    payoffs: list[Number] = []
    worst: Number = Fraction(0)
    for place in range(len(profile)):
        payoff, regret = _binary(game, profile, place) if binary else _general(game, profile, place)
        payoffs.append(payoff)
        worst = max(worst, regret)
    return tuple(payoffs), worst


def without_one(profile: Profile, place: int) -> list[Mapping[str, Any]]:
    """The groups as a player of group ``place`` sees the others."""
    groups = [dict(group, players=group["players"] - (i == place)) for i, group in enumerate(profile)]
    return [group for group in groups if group["players"]]


def _binary(game: RoleSymmetricGame, profile: Profile, place: int) -> tuple[Number, Number]:
    """Payoff and regret of a group: with G the gain from the second action, ``(1-p) G`` or ``-p G``."""
    others = without_one(profile, place)
    p = profile[place]["strategy"][1]
    first, gain = (_mean(game, row, others) for row in (game.tables[0][0], game.tables[0][1] - game.tables[0][0]))
    exact = not first[1] and not gain[1] and isinstance(p, Fraction) and isinstance(gain[0], Fraction) and isinstance(first[0], Fraction)
    chance = p if exact else float(p)
    payoff = first[0] + chance * gain[0] if p else first[0]
    regret = max((1 - chance) * gain[0], -chance * gain[0], 0 * gain[0])
    if exact:
        return payoff / game.denominator, regret / game.denominator
    if regret or gain[1]:
        regret = nextafter(float(regret) + float(gain[1]) + 4e-16 * abs(float(gain[0])), inf)
    return payoff / game.denominator, regret / game.denominator


def _mean(game: RoleSymmetricGame, values: Array, others: Profile) -> Value:
    """The expectation of ``values`` at the number of ``others`` who take the second action, in units of 1 / ``denominator``."""
    sure = sum(g["players"] for g in others if g["strategy"][1] == 1)
    mixing = [(g["players"], g["strategy"][1]) for g in others if 0 < g["strategy"][1] < 1]
    total = sum(m for m, _ in mixing)
    part = values[sure : sure + total + 1]
    if not mixing:
        return (Fraction(int(part[0])) if game.exact else float(part[0])), Fraction(0)
    if game.exact and len(mixing) == 1:
        polynomial, p = Bernstein(part), Fraction(mixing[0][1])
        if total <= EXACT_DENSE or (total <= EXACT_SPARSE and polynomial.sparse is not None):
            if isinstance(mixing[0][1], Fraction) and p.denominator.bit_length() * total <= MOST_BITS:
                return polynomial.value(p), Fraction(0)
            value = polynomial.float_value(p)
            return value, 4e-16 * abs(value)
    if game.exact and total <= 24:
        value = _joint(part, [(m, Fraction(p)) for m, p in mixing])
        if all(isinstance(p, Fraction) for _, p in mixing):
            return value, Fraction(0)
        return float(value), 4e-16 * abs(float(value))
    if len(mixing) == 1:
        return window_mean(part, total, float(mixing[0][1]))
    weights = spread([(m, (1 - float(p), float(p))) for m, p in mixing]).astype(float)
    return float(weights @ part.astype(float)), FLOAT_ERROR * float(weights @ np.abs(part.astype(float)))


def _joint(values: Array, mixing: Sequence[tuple[int, Fraction]]) -> Fraction:
    """The exact expectation over several groups, one after the other."""
    (m, p), rest = mixing[0], mixing[1:]
    if not rest:
        return Bernstein(values).value(p)
    inner = [_joint(values[i : len(values) - m + i], rest) for i in range(m + 1)]
    return sum((comb(m, i) * p**i * (1 - p) ** (m - i) * x for i, x in enumerate(inner)), start=Fraction(0))


def _general(game: RoleSymmetricGame, profile: Profile, place: int) -> tuple[Number, Number]:
    """Payoff and regret of a group among any roles and actions."""
    role = game.roles.index(profile[place]["role"])
    others = without_one(profile, place)
    exact = game.exact and game.tables[role].size <= MOST_CELLS and game.n <= EXACT_DENSE // 4
    groups: list[list[Group]] = []
    for s, name in enumerate(game.roles):
        mine: list[Group] = [(g["players"], _whole(g["strategy"], exact)) for g in others if g["role"] == name]
        groups.append(mine or [(0, _whole([Fraction(1)] + [Fraction(0)] * (len(game.actions[s]) - 1), exact))])
    values = expected(game, role, groups)
    mix = _whole(profile[place]["strategy"], exact)
    payoff = sum((p * v for p, v in zip(mix, values) if p), start=Fraction(0))
    regret = max(values) - payoff
    if exact and all(isinstance(p, Fraction) for g in profile for p in g["strategy"]):
        return payoff, regret
    size = max(abs(float(v)) for v in values) if exact else float(np.abs(game.tables[role].astype(float)).max()) / game.denominator
    rounding = 4e-16 * size if exact else FLOAT_ERROR * size
    return float(payoff), max(0.0, nextafter(float(regret) + rounding, inf)) if regret > 0 or not exact else 0.0


def _whole(strategy: Sequence[Number], exact: bool) -> tuple[Number, ...]:
    """``strategy`` with a sum of exactly 1: the largest entry is what the others leave."""
    if not exact:
        return tuple(float(p) for p in strategy)
    mix = [Fraction(p) for p in strategy]
    top = max(range(len(mix)), key=lambda a: mix[a])
    mix[top] = 1 - sum((p for a, p in enumerate(mix) if a != top), start=Fraction(0))
    return tuple(mix)


__all__ = ["Profile", "counted_regret", "without_one"]
