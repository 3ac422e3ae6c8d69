"""Moving one player: the counts without it, and the same game with one player of a role as a role of its own."""

from __future__ import annotations

import numpy as np

from .counted_game import RoleSymmetricGame, count_vectors, ways
from .errors import InputError
from .exact import Array


def _keys(vectors: Array, players: int) -> Array:
    """Numbers that grow with the count index of ``vectors``."""
    base, places = players + 1, vectors.shape[1] - 1
    kind = np.int64 if base ** max(places, 1) < 2**62 else object
    powers = np.array([base ** (places - 1 - j) for j in range(places)], dtype=kind)
    return vectors[:, 1:].astype(kind) @ powers


def fewer(players: int, actions: int, action: int) -> Array:
    """By count index of ``players`` over ``actions``: the count index once one who took ``action`` is gone; 0 where nobody took it."""
    if actions == 2:
        return np.clip(np.arange(players + 1) - action, 0, max(players - 1, 0))
    vectors = count_vectors(players, actions).copy()
    taken = vectors[:, action] > 0
    vectors[:, action] -= 1
    found = np.searchsorted(_keys(count_vectors(players - 1, actions), players), _keys(vectors[taken], players))
    index = np.zeros(len(vectors), dtype=int)
    index[taken] = found
    return index


def more(players: int, actions: int, action: int) -> Array:
    """By count index of ``players`` over ``actions``: the count index of all when one more takes ``action``."""
    vectors = count_vectors(players, actions).copy()
    vectors[:, action] += 1
    all_keys = _keys(count_vectors(players + 1, actions), players + 1)
    return np.searchsorted(all_keys, _keys(vectors, players + 1)).astype(int)


def apart(game: RoleSymmetricGame, role: int) -> RoleSymmetricGame:
    """``game`` with one player of ``role`` as a new last role. Raises :class:`InputError` if the role has one player only."""
    n, k = game.players[role], len(game.actions[role])
    if n < 2:
        raise InputError("role {role!r} has one player only", role=game.roles[role])
    roles = len(game.players)
    tables = [_split(game.tables[r], role, k, n - (r == role)) for r in range(roles)]
    alone = np.expand_dims(game.tables[role], -1)  # the one apart sees the n - 1 others of its old role, and nobody beside itself
    players = [n - 1 if r == role else m for r, m in enumerate(game.players)]
    split = RoleSymmetricGame(
        [*tables, alone], [*players, 1], [*game.actions, game.actions[role]], [*game.roles, f"one {game.roles[role]}"]
    )
    split.denominator *= game.denominator  # the tables are integers over it
    return split


def _split(table: Array, role: int, actions: int, others: int) -> Array:
    """``table`` with its axis of ``others`` players of ``role`` as two: all but one of them there, the one on a new last axis."""
    chosen = count_vectors(1, actions).argmax(axis=1)  # the action of the one apart, in the order of its count index
    index = np.stack([more(others - 1, actions, int(a)) for a in chosen], axis=1)  # (ways(others - 1), actions)
    wide = np.take(table, index.reshape(-1), axis=role + 1)
    shape = (*table.shape[: role + 1], ways(others - 1, actions), actions, *table.shape[role + 2 :])
    return np.moveaxis(wide.reshape(shape), role + 2, -1)
