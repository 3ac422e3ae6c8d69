"""One equilibrium for each label that may be dropped first: the path of Lemke and Howson (1964), walked by Nashpy, made exact here.

Nashpy works in floats. Of its end point only the supports are taken: the probabilities that make every best reply in use equally
good are solved for in integers, and the regret is recomputed from the game. A profile whose supports do not settle it stays in floats,
with the regret that it has.
"""

from __future__ import annotations

import warnings
from fractions import Fraction
from typing import Any

import numpy as np

from ...games.errors import InputError, NotApplicable
from ...games.exact import TOLERANCE, Array
from ...games.message import say
from ...games.normal_form import NormalForm
from ..describe import describe
from ..solution import Equilibrium, Solution
from .best_response_polytope import Polytope, integers, polytope, unique_solution
from .bimatrix import listed_equilibria, refuses_bimatrix

_IN_USE = 1e-7  # probability above which an action is taken to be played, and share of payoff within which a reply to be best


def lemke_howson(game: NormalForm, label: int = 0) -> Equilibrium | None:
    """Where the path ends that drops ``label`` first (0, .., m + n - 1, rows before columns); None if Nashpy's walk fails.

    Raises :class:`NotApplicable` unless there are two players, :class:`InputError` if the label is none of theirs.
    """
    refusal = refuses_bimatrix(game)
    if refusal is not None:
        raise NotApplicable(refusal)
    if not 0 <= label < sum(game.shape):
        raise InputError("label={value!r} must be an action of either player, from 0 to {last}", value=label, last=sum(game.shape) - 1)
    if game.shape == (1, 1):  # nothing to walk; Nashpy would not end
        (only,) = listed_equilibria(game, [game.pure((0, 0))])
        return only
    A, B = integers(game)
    P, Q = polytope(B.T), polytope(A)
    ended = _walked(P, Q, label)
    if ended is None:
        return None
    x, y = ended
    exact = _settled(P, x, y), _settled(Q, y, x)
    if exact[0] is not None and exact[1] is not None:
        (equilibrium,) = listed_equilibria(game, [(exact[0], exact[1])])
        if equilibrium.regret <= game.slack / game.denominator:
            return equilibrium
    (equilibrium,) = listed_equilibria(game, [(tuple(map(float, x)), tuple(map(float, y)))])
    return equilibrium


def solve_lemke_howson(game: NormalForm) -> Solution:
    """The equilibria on which the paths of all labels end, each once: some equilibria, never a proof that these are all."""
    ends = [lemke_howson(game, label) for label in range(sum(game.shape))]
    once: dict[Any, Equilibrium] = {end.profile: end for end in ends if end is not None}
    stop = say("paths were followed from every action of both players; they need not reach all equilibria")
    return Solution(describe(game), "nash", "lemke-howson", False, stop, tuple(once.values()))


def _walked(P: Polytope, Q: Polytope, label: int) -> tuple[Array, Array] | None:
    import nashpy

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # ties: judged by the regret of what comes out
        try:
            ended = nashpy.Game(np.array(Q.M), np.array(P.M.T)).lemke_howson(initial_dropped_label=label)
        except (ValueError, IndexError, ZeroDivisionError):
            return None
    x, y = (np.asarray(mix, dtype=float) for mix in ended)
    sound = x.shape == (P.own,) and y.shape == (Q.own,) and bool(np.isfinite(x).all() and np.isfinite(y).all())
    sound = sound and min(x.min(), y.min()) > -TOLERANCE and max(abs(x.sum() - 1), abs(y.sum() - 1)) < TOLERANCE
    return (np.maximum(x, 0), np.maximum(y, 0)) if sound else None


def _settled(own: Polytope, mix: Array, against: Array) -> tuple[Fraction, ...] | None:
    """The mixture on the actions that ``mix`` plays which makes all best replies, ``against`` among them, equally good."""
    support = np.flatnonzero(mix > _IN_USE).tolist()
    earned = own.M @ mix
    best = np.flatnonzero((earned > earned.max() - _IN_USE) | (against > _IN_USE)).tolist()
    if len(best) < len(support):
        return None
    solved = unique_solution([[own.rows[k][i] for i in support] for k in best])
    if solved is None or min(solved[0]) < 0 or sum(solved[0]) == 0:
        return None
    weight = dict(zip(support, solved[0]))
    return tuple(Fraction(weight.get(i, 0), sum(solved[0])) for i in range(own.own))


__all__ = ["lemke_howson", "solve_lemke_howson"]
