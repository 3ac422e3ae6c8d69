"""The revision process behind stochastic stability, as a graph of states and moves.

In every period one player, drawn at random, revises. With probability 1 - epsilon it takes a best reply to what the others do now (all
best replies equally likely, the present action among them if it is one), with probability epsilon an action at random, all equally
likely. A move to an action that is no best reply is a mistake and costs 1; all other moves are free.

States are profiles; in games of players who are counted, how many of each role take each action. ``targets[s, m]`` is the state that
move m leads to from state s, ``free[s, m]`` whether it needs no mistake. Moves that change nothing lead to s itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Any

import numpy as np

from ...games.counted_game import RoleSymmetricGame, count_index, count_vectors, ways, without
from ...games.errors import SizeError
from ...games.exact import Array
from ...games.normal_form import NormalForm

LARGEST = 20_000_000  # states x moves held in memory

Game = NormalForm | RoleSymmetricGame


@dataclass(frozen=True, eq=False)
class Revision:
    """See the head of the file. ``movers[s, m]`` is the share of players who make move m when drawn, ``best[s, m]`` how many best
    replies they have, ``actions[m]`` how many actions.
    """

    targets: Array
    free: Array
    movers: Array
    best: Array
    actions: Array

    @property
    def states(self) -> int:
        """How many states there are."""
        return len(self.targets)


def forecast(game: Game) -> int:
    """States times moves. Raises :class:`SizeError`, with the figure, where they do not fit."""
    if isinstance(game, NormalForm):
        cells = prod(game.shape) * sum(game.shape)
    else:
        cells = prod(ways(n, len(a)) for n, a in zip(game.players, game.actions)) * sum(len(a) ** 2 for a in game.actions)
    if cells > LARGEST:
        raise SizeError("the revision process has {cells} moves; at most {limit} fit", cells=f"{cells:,}", limit=f"{LARGEST:,}")
    return cells


def revision(game: Game) -> Revision:
    """The revision process of ``game``. Raises :class:`SizeError`."""
    forecast(game)
    return _of_profiles(game) if isinstance(game, NormalForm) else _of_counts(game)


def _of_profiles(game: NormalForm) -> Revision:
    shape, n = game.shape, len(game.shape)
    index = np.arange(prod(shape)).reshape(shape)
    parts: list[list[Array]] = [[], [], [], []]
    for i, k in enumerate(shape):
        best = game.table[i] >= game.table[i].max(axis=i, keepdims=True) - game.slack
        for b in range(k):
            parts[0].append(np.broadcast_to(np.take(index, [b], axis=i), shape).ravel())
            parts[1].append(np.broadcast_to(np.take(best, [b], axis=i), shape).ravel())
            parts[2].append(np.full(index.size, 1 / n))
            parts[3].append(np.broadcast_to(best.sum(axis=i, keepdims=True), shape).ravel())
    actions = np.repeat(shape, shape)
    return Revision(*(np.stack(part, axis=1) for part in parts), actions)  # type: ignore[arg-type]


def count_states(game: RoleSymmetricGame) -> list[tuple[tuple[int, ...], ...]]:
    """All states of a counted game: how many of each role take each action."""
    spreads = [[tuple(map(int, row)) for row in count_vectors(n, len(a))] for n, a in zip(game.players, game.actions)]
    return list(product(*spreads))


def _of_counts(game: RoleSymmetricGame) -> Revision:
    states = count_states(game)
    place = {state: s for s, state in enumerate(states)}
    pairs = [(r, a, b) for r, names in enumerate(game.actions) for a in range(len(names)) for b in range(len(names))]
    shape = (len(states), len(pairs))
    targets, free = np.empty(shape, dtype=np.int64), np.zeros(shape, dtype=bool)
    movers, best = np.zeros(shape), np.ones(shape, dtype=np.int64)
    for s, state in enumerate(states):
        replying: dict[tuple[int, int], list[bool]] = {}
        for m, (r, a, b) in enumerate(pairs):
            targets[s, m] = s
            if not state[r][a]:
                continue
            if (r, a) not in replying:
                replying[r, a] = best_replies(game, state, r, a)
            replies = replying[r, a]
            targets[s, m] = place[moved(state, r, a, b)]
            free[s, m], movers[s, m], best[s, m] = replies[b], state[r][a] / game.n, sum(replies)
    return Revision(targets, free, movers, best, np.array([len(game.actions[r]) for r, _, _ in pairs]))


def best_replies(game: RoleSymmetricGame, state: Sequence[Sequence[int]], role: int, action: int) -> list[bool]:
    """Which actions are best replies for a player of ``role`` who now takes ``action``."""
    others = tuple(map(count_index, without(state, role, action)))
    values: list[Any] = [game.tables[role][(b, *others)] for b in range(len(game.actions[role]))]
    top = max(values)
    return [bool(x >= top - game.slack) for x in values]


def moved(state: Sequence[Sequence[int]], role: int, a: int, b: int) -> tuple[tuple[int, ...], ...]:
    """``state`` after one player of ``role`` has gone from action a to action b."""
    return tuple(tuple(k - (r == role and c == a) + (r == role and c == b) for c, k in enumerate(taken)) for r, taken in enumerate(state))


def recurrent_classes(process: Revision) -> list[Array]:
    """The sets of states that free moves lead around in and never out of, each sorted, in the order of their first states."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    S, M = process.targets.shape
    rows, columns = np.repeat(np.arange(S), M)[process.free.ravel()], process.targets.ravel()[process.free.ravel()]
    labels = connected_components(csr_array((np.ones(len(rows), dtype=np.int8), (rows, columns)), shape=(S, S)), connection="strong")[1]
    closed = np.ones(labels.max() + 1, dtype=bool)
    closed[labels[rows[labels[rows] != labels[columns]]]] = False
    inside = np.flatnonzero(closed[labels])
    order = inside[np.argsort(labels[inside], kind="stable")]
    parts = np.split(order, np.flatnonzero(np.diff(labels[order])) + 1)
    return sorted(parts, key=lambda part: int(part[0]))


def mistakes_from(process: Revision, sources: Array) -> Array:
    """The fewest mistakes by which every state can be reached from ``sources``: a 0-1 breadth-first search; shape ``(states,)``."""
    distance = np.full(process.states, -1, dtype=np.int64)
    level, frontier = 0, np.asarray(sources)
    while frontier.size:
        reached = [frontier]
        distance[frontier] = level
        while reached[-1].size:  # everything that free moves add at this level
            onward = process.targets[reached[-1]][process.free[reached[-1]]]
            fresh = np.unique(onward[distance[onward] < 0])
            distance[fresh] = level
            reached.append(fresh)
        onward = process.targets[np.concatenate(reached)].ravel()
        frontier = np.unique(onward[distance[onward] < 0])
        level += 1
    return distance


def transition_matrix(process: Revision, epsilon: float) -> Array:
    """Probabilities of going from state to state in a period, shape ``(states, states)``."""
    S, M = process.targets.shape
    chance = process.movers * ((1 - epsilon) * process.free / process.best + epsilon / process.actions)
    P = np.zeros((S, S))
    np.add.at(P, (np.repeat(np.arange(S), M), process.targets.ravel()), chance.ravel())
    return P
