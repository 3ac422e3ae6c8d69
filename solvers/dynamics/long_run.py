"""How often every state is seen in the long run, at a given rate of mistakes or a given temperature.

The processes are those of :mod:`.stochastic_stability`; there their limits are computed, here the distributions themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from ...games.counted_game import SymmetricGame
from ...games.errors import InputError, SizeError
from ...games.exact import Array, Number, as_json, number
from ...games.normal_form import NormalForm
from .revision import Game, count_states, revision, transition_matrix
from .stochastic_stability import line_potential

LARGEST_CHAIN = 2_000  # states of a chain whose stationary distribution is computed


@dataclass(frozen=True, eq=False)
class LongRun:
    """How often every state is seen in the long run. ``states``: profiles, or counts by role and action; probabilities sum to 1."""

    states: tuple[Any, ...]
    probability: Array

    def to_dict(self) -> dict[str, Any]:
        """The JSON form, schema ``encompass/long-run/1``."""
        return {"schema": "encompass/long-run/1", "states": as_json(self.states), "probability": as_json(self.probability)}


def long_run(game: Game, epsilon: object) -> LongRun:
    """The stationary distribution of the process with uniform mistakes at ``epsilon`` in (0, 1].

    Exact where ``epsilon`` is rational and states lie on a line (two actions, players alike); else in floats by elimination without
    subtraction (Grassmann, Taksar and Heyman 1985), accurate to the last digits however small. Raises :class:`SizeError`.
    """
    e = number(epsilon, "epsilon")
    if not 0 < e <= 1:
        raise InputError("epsilon={value} must be more than 0 and at most 1", value=e)
    if isinstance(game, SymmetricGame) and len(game.actions[0]) == 2:
        return LongRun(tuple(((game.n - m, m),) for m in range(game.n + 1)), _line_distribution(game, e))
    process = revision(game)
    _check_chain(process.states)
    states = tuple(game.profiles()) if isinstance(game, NormalForm) else tuple(count_states(game))
    return LongRun(states, stationary(transition_matrix(process, float(e))))


def _check_chain(states: int) -> None:
    if states > LARGEST_CHAIN:
        raise SizeError("a chain of {n} states is too large to solve; at most {limit}", n=states, limit=LARGEST_CHAIN)


def _line_distribution(game: SymmetricGame, epsilon: Number) -> Array:
    """Detailed balance along the line: pi(m + 1) / pi(m) = up(m) / down(m + 1)."""
    n = game.n
    _check_chain(n + 1)
    weights: list[Number] = [Fraction(1) if isinstance(epsilon, Fraction) else 1.0]
    for m, gain in enumerate(game.gain):
        joins = (gain > game.slack) + Fraction(1, 2) * (abs(gain) <= game.slack)  # the chance that a best reply is the second action
        up = (n - m) * ((1 - epsilon) * joins + epsilon / 2)
        down = (m + 1) * ((1 - epsilon) * (1 - joins) + epsilon / 2)
        weights.append(weights[-1] * up / down)
    total = sum(weights)
    return np.array([w / total for w in weights], dtype=object if isinstance(epsilon, Fraction) else float)


def stationary(P: Array) -> Array:
    """The stationary distribution of an irreducible chain with transition matrix ``P``; floats or rational numbers (dtype object)."""
    P = np.array(P)
    n = len(P)
    for k in range(n - 1, 0, -1):  # leave out state k: what went through it goes on in proportion
        P[:k, k] = P[:k, k] / P[k, :k].sum()
        P[:k, :k] = P[:k, :k] + np.outer(P[:k, k], P[k, :k])
    pi = np.zeros(n, dtype=P.dtype)
    pi[0] = P[0, 0] * 0 + 1
    for k in range(1, n):
        pi[k] = (pi[:k] * P[:k, k]).sum()
    return pi / pi.sum()


def logit_long_run(game: SymmetricGame, temperature: float) -> LongRun:
    """The stationary distribution of logit dynamics in a two-action game of players who are alike: C(n, m) exp(Phi(m) / T), in floats."""
    if not temperature > 0:
        raise InputError("temperature={value} must be positive", value=temperature)
    heights = line_potential(game).astype(float) / game.denominator / temperature
    n = game.n
    choose = np.concatenate([[0.0], np.cumsum(np.log(np.arange(n, 0, -1.0)) - np.log(np.arange(1.0, n + 1)))])
    weight = heights + choose
    probability = np.exp(weight - weight.max())
    return LongRun(tuple(((n - m, m),) for m in range(n + 1)), probability / probability.sum())
