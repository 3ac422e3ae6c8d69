"""Limited reasoning: level-k (Stahl and Wilson 1995; Nagel 1995) and the cognitive hierarchy (Camerer, Ho and Chong 2004).

Level 0 plays uniformly, or as given. A player of level k answers best to others who are all of level k - 1 (level-k), or who are drawn
independently from the levels below k in the proportions of a Poisson distribution with mean tau (cognitive hierarchy). Between
answers equally good a player chooses evenly; with a finite ``rationality`` (1 / money) it answers by the logit instead. Exact where the
game, level 0 and tau are, and no logit is asked for: in the truncated Poisson the irrational factor cancels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import exp, factorial
from typing import Any

import numpy as np

from ...games.count_distribution import expected
from ...games.counted_game import RoleSymmetricGame
from ...games.errors import InputError, NotApplicable
from ...games.exact import TOLERANCE, Number, as_json, number
from ...games.message import Message, say
from ...games.normal_form import NormalForm
from ..describe import describe
from .quantal_symmetric import checked

MOST_LEVELS = 100
LEFT_OUT = 1e-9  # share of players above the highest level, in a cognitive hierarchy that is given none

Mixes = tuple[tuple[Number, ...], ...]  # probabilities by player (or role) and action
Game = NormalForm | RoleSymmetricGame


@dataclass(frozen=True, eq=False)
class Levels:
    """What players of each level do. ``strategies[k][i]`` are the probabilities of player (or role) i at level k.

    In a cognitive hierarchy ``shares[k]`` is the proportion of level k among all up to the highest, ``population[i]`` what a player drawn
    from them does, ``payoffs[i]`` what it then gets, all drawn independently (in level-k: None). ``ties`` lists the (level, player) whose
    best answer is not the only one.
    """

    game: dict[str, Any]
    method: str
    strategies: tuple[Mixes, ...]
    ties: tuple[tuple[int, int], ...]
    rationality: float | None = None
    tau: Number | None = None
    shares: tuple[Number, ...] | None = None
    population: Mixes | None = None
    payoffs: tuple[Number, ...] | None = None

    def to_dict(self) -> dict[str, Any]:
        """The JSON form, schema ``encompass/levels/1``."""
        names = ("game", "method", "strategies", "ties", "rationality", "tau", "shares", "population", "payoffs")
        return {"schema": "encompass/levels/1"} | {name: as_json(getattr(self, name)) for name in names}

    def __repr__(self) -> str:
        return f"Levels({self.method}: {len(self.strategies)} levels)"


def refuses_levels(game: object) -> Message | None:
    """Why limited reasoning is not computed for ``game``; None if it is."""
    if isinstance(game, (NormalForm, RoleSymmetricGame)):
        return None
    return say("levels of reasoning need a normal form or a counted game")


def level_k(game: Game, levels: int = 4, start: Sequence[Sequence[object]] | None = None, rationality: float | None = None) -> Levels:
    """What players of levels 0 to ``levels`` do, each answering the level below.

    ``start[i]`` are the probabilities of player (or role) i at level 0; uniform if not given. Raises :class:`InputError` for
    probabilities that do not fit, :class:`NotApplicable` for other games.
    """
    played = [_start(game, start)]
    ties: list[tuple[int, int]] = []
    for k in range(1, _count(levels) + 1):
        played.append(_answers(game, played[-1], rationality, k, ties))
    return Levels(describe(game), "level-k", tuple(played), tuple(ties), _rationality(rationality))


def cognitive_hierarchy(
    game: Game,
    tau: object = Fraction(3, 2),
    levels: int | None = None,
    start: Sequence[Sequence[object]] | None = None,
    rationality: float | None = None,
) -> Levels:
    """What players of levels 0 to ``levels`` do, each answering the levels below in Poisson proportions of mean ``tau``.

    ``levels`` defaults to the first above which less than 10^-9 of a Poisson population stands. Raises as :func:`level_k`, and
    :class:`InputError` unless ``tau`` is a positive number.
    """
    mean = number(tau, "tau")
    if not 0 < mean <= MOST_LEVELS / 4:
        raise InputError("tau={value} must lie above 0 and be at most {most}", value=mean, most=MOST_LEVELS // 4)
    highest = _needed(float(mean)) if levels is None else _count(levels)
    weights = [mean**k / Fraction(factorial(k)) for k in range(highest + 1)]
    played = [_start(game, start)]
    ties: list[tuple[int, int]] = []
    for k in range(1, highest + 1):
        played.append(_answers(game, _mixed(played, weights[:k]), rationality, k, ties))
    population = _mixed(played, weights)
    return Levels(
        game=describe(game),
        method="cognitive-hierarchy",
        strategies=tuple(played),
        ties=tuple(ties),
        rationality=_rationality(rationality),
        tau=mean,
        shares=tuple(w / sum(weights) for w in weights),
        population=population,
        payoffs=tuple(sum(p * u for p, u in zip(mix, _worth(game, i, population))) for i, mix in enumerate(population)),
    )


def _rationality(rationality: float | None) -> float | None:
    return None if rationality is None else checked(rationality)


def _count(levels: object) -> int:
    if isinstance(levels, bool) or not isinstance(levels, (int, np.integer)) or not 0 <= levels <= MOST_LEVELS:
        raise InputError("levels={value!r} must be a whole number from 0 to {most}", value=levels, most=MOST_LEVELS)
    return int(levels)


def _needed(tau: float) -> int:
    """The first level above which less than ``LEFT_OUT`` of a Poisson distribution lies."""
    left, k, weight = 1.0, 0, exp(-tau)
    while (left := left - weight) > LEFT_OUT and k < MOST_LEVELS:
        k += 1
        weight *= tau / k
    return k


def _start(game: Game, start: Sequence[Sequence[object]] | None) -> Mixes:
    reason = refuses_levels(game)
    if reason is not None:
        raise NotApplicable(reason)
    sizes = tuple(map(len, game.actions))
    if start is None:
        return tuple((Fraction(1, k),) * k for k in sizes)
    given = tuple(tuple(number(p, "start") for p in mix) for mix in start)
    if tuple(map(len, given)) != sizes:
        raise InputError(
            "start has {given} probabilities by player; the game has {sizes} actions", given=tuple(map(len, given)), sizes=sizes
        )
    for mix in given:
        exact = all(isinstance(p, Fraction) for p in mix)
        if min(mix) < 0 or abs(sum(mix) - 1) > (0 if exact else TOLERANCE):
            raise InputError("start={mix} are not probabilities: they must not be negative and sum to 1", mix=mix)
    return given


def _mixed(played: Sequence[Mixes], weights: Sequence[Number]) -> Mixes:
    """What a player drawn from the levels does: drawn independently, that is all the others need to know of it."""
    total = sum(weights)
    return tuple(
        tuple(sum(w * level[i][a] for w, level in zip(weights, played)) / total for a in range(len(played[0][i])))
        for i in range(len(played[0]))
    )


def _worth(game: Game, i: int, mixes: Mixes) -> tuple[Number, ...]:
    """What each action of player (role) ``i`` is worth when everybody else plays ``mixes``."""
    if isinstance(game, NormalForm):
        return game.mixed_payoffs(i, mixes)
    return expected(game, i, [[(n - (s == i), mixes[s])] for s, n in enumerate(game.players)])


def _answers(game: Game, believed: Mixes, rationality: float | None, level: int, ties: list[tuple[int, int]]) -> Mixes:
    """Everybody's answer to ``believed``; notes in ``ties`` who had more than one."""
    result: list[tuple[Number, ...]] = []
    for i in range(len(game.actions)):
        values = _worth(game, i, believed)
        if rationality is not None:
            result.append(_logit(values, checked(rationality)))
            continue
        best = max(values)
        forgiven = 0 if all(isinstance(v, Fraction) for v in values) else TOLERANCE * max(abs(float(v)) for v in values)
        chosen = [v >= best - forgiven for v in values]
        if sum(chosen) > 1:
            ties.append((level, i))
        result.append(tuple(Fraction(int(c), sum(chosen)) for c in chosen))
    return tuple(result)


def _logit(values: Sequence[Number], rationality: float) -> tuple[Number, ...]:
    scaled = rationality * np.array([float(v) for v in values])
    weights = np.exp(scaled - scaled.max())
    return tuple(map(float, weights / weights.sum()))
