"""A finite controlled chain: states, controls, a reward, a law of motion, a discount factor (Bellman 1957; Puterman 1994).

In state s the controller picks a control u, gets ``rewards[s, u]`` and moves to ``successors[s, u, k]`` with probability
``weights[s, u, k]``; rewards of later periods are discounted by ``discount`` each. Where the state is a number that moves to a place
between two points of a grid, the two weights are those of linear interpolation (:func:`on_grid`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np

from .errors import InputError, SizeError
from .exact import Array, Number, array, frozen, is_exact
from .parameters import amount

LARGEST = 20_000_000  # states times controls times successors
_SUM = 1e-9  # probabilities given in floats may miss 1 by so much


@dataclass(frozen=True, eq=False)
class StochasticControl:
    """``rewards`` of shape (states, controls), ``successors`` and ``weights`` of shape (states, controls, successors).

    Exact where rewards, weights and the discount are; ``discount`` in [0, 1). Raises :class:`InputError` or :class:`SizeError`.
    """

    rewards: Array
    successors: Array
    weights: Array
    discount: Number
    states: tuple[str, ...] = ()
    controls: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        rewards, weights = array(self.rewards, "rewards"), array(self.weights, "weights")
        places = np.array(self.successors)
        if rewards.ndim != 2 or not rewards.size:
            raise InputError("rewards must have a row for each state and a column for each control")
        if weights.ndim != 3 or weights.shape[:2] != rewards.shape or places.shape != weights.shape:
            raise InputError("successors and weights must have an entry for each state, control and successor")
        check_room(*weights.shape)
        if places.dtype.kind not in "iu" or places.min() < 0 or places.max() >= len(rewards):
            raise InputError("successors must be states 0 to {last}", last=len(rewards) - 1)
        _check_weights(weights)
        discount = amount(self.discount, "discount", least=0)
        if discount >= 1:
            raise InputError("discount={value} must be less than 1", value=discount)
        for name, kept in (("rewards", rewards), ("weights", weights), ("successors", frozen(places)), ("discount", discount)):
            object.__setattr__(self, name, kept)
        object.__setattr__(self, "states", _names(self.states, len(rewards), "states"))
        object.__setattr__(self, "controls", _names(self.controls, rewards.shape[1], "controls"))

    @property
    def players(self) -> tuple[str, ...]:
        """The one who controls."""
        return ("controller",)

    @property
    def actions(self) -> tuple[tuple[str, ...], ...]:
        """What can be done in every state."""
        return (self.controls,)

    @property
    def exact(self) -> bool:
        """Whether every number is rational."""
        return is_exact(self.rewards) and is_exact(self.weights) and isinstance(self.discount, Fraction)

    def backed_up(self, values: Array) -> Array:
        """What each control is worth now if states are worth ``values`` afterwards; shape (states, controls)."""
        ahead = self.expected(values)
        return self.rewards + (self.discount if is_exact(ahead) and self.exact else float(self.discount)) * ahead

    def expected(self, values: Array) -> Array:
        """What states are worth on average after each state and control; shape (states, controls)."""
        ahead = self.weights[:, :, 0] * values[self.successors[:, :, 0]]
        for k in range(1, self.weights.shape[2]):
            ahead = ahead + self.weights[:, :, k] * values[self.successors[:, :, k]]
        return ahead

    def motion(self, policy: Sequence[int]) -> Array:
        """The stochastic matrix of ``policy`` (a control for each state), in the kind of numbers of the weights."""
        chosen = np.asarray(policy, dtype=np.intp)
        if chosen.shape != (len(self.rewards),) or chosen.min() < 0 or chosen.max() >= self.rewards.shape[1]:
            raise InputError("a policy names one of {n} controls for each of {m} states", n=self.rewards.shape[1], m=len(self.rewards))
        rows = np.arange(len(chosen))
        matrix = np.zeros((len(chosen), len(chosen)), dtype=self.weights.dtype)
        if is_exact(self.weights):
            matrix[...] = Fraction(0)
        for k in range(self.weights.shape[2]):
            np.add.at(matrix, (rows, self.successors[rows, chosen, k]), self.weights[rows, chosen, k])
        return matrix


def check_room(states: int, controls: int, successors: int = 1) -> None:
    """Raises :class:`SizeError` for a chain that would not fit."""
    if states * controls * successors > LARGEST:
        raise SizeError(
            "{states} states x {controls} controls x {successors} successors make {n:,} numbers; at most {most:,} fit",
            states=states,
            controls=controls,
            successors=successors,
            n=states * controls * successors,
            most=LARGEST,
        )


def by_matrices(rewards: object, matrices: object, discount: object, **names: Sequence[str]) -> StochasticControl:
    """The chain whose control u moves by the stochastic matrix ``matrices[u]`` (row: from, column: to).

    ``names``: ``states`` and ``controls``. Raises :class:`InputError` or :class:`SizeError`.
    """
    P = array(matrices, "matrices")
    if P.ndim != 3 or P.shape[1] != P.shape[2]:
        raise InputError("matrices must be one square matrix for each control")
    used = [[[j for j in range(P.shape[2]) if P[u, s, j] != 0] for u in range(len(P))] for s in range(P.shape[1])]
    width = max(1, *(len(row) for rows in used for row in rows))
    check_room(P.shape[1], len(P), width)
    successors = np.zeros((P.shape[1], len(P), width), dtype=np.intp)
    weights = np.zeros(successors.shape, dtype=P.dtype)
    if is_exact(P):
        weights[...] = Fraction(0)
    for s, rows in enumerate(used):
        for u, row in enumerate(rows):
            successors[s, u, : len(row)] = row
            weights[s, u, : len(row)] = P[u, s, row]
    return StochasticControl(array(rewards, "rewards"), successors, weights, amount(discount, "discount"), **_tuples(names))


def on_grid(grid: object, rewards: object, following: object, discount: object, **names: Sequence[str]) -> StochasticControl:
    """The chain on the rising ``grid`` whose state moves to ``following[s, u]``, shared between the two neighbouring points.

    That is linear interpolation of the value. States beyond the grid are put on its end. Raises :class:`InputError`.
    """
    points, target = array(grid, "grid"), array(following, "following")
    if points.ndim != 1 or len(points) < 2 or any(b <= a for a, b in pairwise(points)):
        raise InputError("grid must list two or more rising numbers")
    kept = np.minimum(np.maximum(target, points[0]), points[-1])
    flat = [kept.ravel(), points]
    low = np.clip(np.searchsorted(flat[1], flat[0], side="right") - 1, 0, len(points) - 2).reshape(kept.shape)
    share = (kept - points[low]) / (points[low + 1] - points[low])
    successors, weights = np.stack([low, low + 1], axis=-1), np.stack([1 - share, share], axis=-1)
    return StochasticControl(array(rewards, "rewards"), successors, weights, amount(discount, "discount"), **_tuples(names))


def _tuples(names: dict[str, Sequence[str]]) -> dict[str, Any]:
    return {name: tuple(values) for name, values in names.items()}


def _check_weights(weights: Array) -> None:
    sums = weights.sum(axis=2)
    off = np.abs(sums - 1).max()
    if weights.min() < 0 or off > (0 if is_exact(weights) else _SUM):
        raise InputError("the probabilities after each state and control must not be negative and must add up to 1")


def _names(given: Sequence[str], size: int, name: str) -> tuple[str, ...]:
    names = tuple(given) or tuple(map(str, range(size)))
    if len(names) != size or len(set(names)) != size:
        raise InputError("{name} lists {n} names; {size} are needed, each once", name=name, n=len(names), size=size)
    return names
