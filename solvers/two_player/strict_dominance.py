"""Iterated elimination of actions that another action beats strictly (Moulin 1979): they are played in no equilibrium."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ...games.normal_form import NormalForm

Step = tuple[int, int, int]


def eliminations(game: NormalForm) -> Iterator[Step]:
    """The actions that go, in turn: ``(player, action, by)``, the action ``by`` being better against all that is left of the others."""
    alive = [list(range(k)) for k in game.shape]
    while (step := _dominated(game, alive)) is not None:
        alive[step[0]].remove(step[1])
        yield step


def strict_dominance(game: NormalForm) -> list[list[int]]:
    """The actions that survive iterated elimination of those strictly dominated by another pure action, by player."""
    gone = {(player, action) for player, action, _ in eliminations(game)}
    return [[a for a in range(k) if (player, a) not in gone] for player, k in enumerate(game.shape)]


def _dominated(game: NormalForm, alive: list[list[int]]) -> Step | None:
    for player, actions in enumerate(alive):
        own = np.moveaxis(game.table[player][np.ix_(*alive)], player, 0).reshape(len(actions), -1)
        for k, action in enumerate(actions):
            least = own[k] if game.exact else own[k] + float(game.slack)
            better = np.flatnonzero((own > least).all(axis=1))
            if len(better):
                return player, action, actions[better[0]]
    return None
