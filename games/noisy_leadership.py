"""A leader moves first, a follower sees its action through noise (Bagwell 1995): the normal form over the follower's replies."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import product

import numpy as np

from .errors import InputError
from .exact import Array, Number, array, is_exact
from .normal_form import NormalForm, check_size


def seen_with_error(actions: int, error: Number) -> Array:
    """Signals that are the leader's action but with probability ``error``, each other one as likely; shape ``(actions, actions)``."""
    spread = error / (actions - 1) if actions > 1 else error * 0
    table = np.full((actions, actions), spread, dtype=object)
    for a in range(actions):
        table[a, a] = 1 - error
    return array(table, "noise")


def noisy_leadership(game: NormalForm, noise: object, signals: Sequence[str] | None = None) -> NormalForm:
    """The game in which player 1 of ``game`` acts, player 2 sees signal s with probability ``noise[a1, s]`` and then acts.

    Player 2's actions are its plans, a reply to every signal in order, named by the replies (``"CC"``, or with commas where an
    action's name is longer). Raises :class:`InputError` for more than two players or rows that are no distributions.
    """
    if len(game.players) != 2:
        raise InputError("a leader and a follower are two players; this game has {n}", n=len(game.players))
    chances = array(noise, "noise")
    if chances.ndim != 2 or len(chances) != game.shape[0] or chances.min() < 0:
        raise InputError("noise of shape {shape} does not fit {n} actions of the leader", shape=chances.shape, n=game.shape[0])
    for row in chances:
        if abs(row.sum() - 1) > (0 if is_exact(chances) else 1e-9):
            raise InputError("noise: probabilities that sum to {total} are no distribution", total=row.sum())
    leaders, replies = game.shape
    heard = range(chances.shape[1])
    check_size([leaders, replies ** len(heard)])
    plans = list(product(range(replies), repeat=len(heard)))
    table = np.empty((2, leaders, len(plans)), dtype=object)
    for a in range(leaders):
        values = [game.payoffs((a, b)) for b in range(replies)]
        for j, plan in enumerate(plans):
            for i in range(2):
                table[i, a, j] = sum((chances[a, s] * values[plan[s]][i] for s in heard), start=Fraction(0))
    short = all(len(name) == 1 for name in game.actions[1])
    names = [("" if short else ", ").join(game.actions[1][b] for b in plan) for plan in plans]
    return NormalForm(table, game.players, [game.actions[0], names])
