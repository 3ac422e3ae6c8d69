"""Coarse correlated equilibria (Moulin and Vial 1978): obedience is decided before the recommendation is heard.

Over mu in Delta(A): sum over a of mu(a)[u_i(a) - u_i(b, a_-i)] >= 0 for every player i and action b. Every correlated equilibrium is
one; learning without regret ends in them, and with n players of k actions there are only n k constraints.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import prod

import numpy as np

from ...games.errors import SizeError
from ...games.exact import Array, Number
from ...games.normal_form import NormalForm, Profile
from ..solution import Equilibrium, Solution
from . import advice_program
from .advice import Question, advised, best_device, dense, given_disagreement, proposed, security
from .advice_program import Program


def commitment(game: NormalForm) -> Array:
    """Gains from playing one action whatever is recommended, shape ``(sum |A_i|, profiles)``, in units of 1/denominator."""
    rows: list[Array] = []
    for player, k in enumerate(game.shape):
        own = game.table[player]
        for action in range(k):
            rows.append((np.broadcast_to(np.take(own, [action], axis=player), own.shape) - own).reshape(-1))
    return dense(rows, prod(game.shape), game.table)


def solve_coarse_correlated(
    game: NormalForm,
    objective: str = "welfare",
    sense: str = "max",
    player: int | None = None,
    disagreement: Sequence[Number] | None = None,
) -> Solution:
    """The coarse correlated equilibrium that is best or worst for ``objective``; arguments and errors as in
    :func:`~.correlated.solve_correlated`.
    """
    question = Question.checked(objective, sense, player, len(game.players))
    rows, columns = sum(game.shape), prod(game.shape)
    if rows * columns > advice_program.LARGEST:
        raise SizeError(
            "a coarse correlated equilibrium is a program of {rows} constraints on {columns} profiles; at most {limit} entries fit",
            rows=rows, columns=f"{columns:,}", limit=f"{advice_program.LARGEST:,}",
        )  # fmt: skip
    given = None if disagreement is None else given_disagreement(disagreement, len(game.players))
    flat = game.table.reshape(len(game.players), -1)
    program = Program(flat, commitment(game), game.denominator, (1,) * len(game.players), game.slack)
    device = best_device(program, question, lambda: given or security(game))
    return advised(game, "coarse-correlated", question, program, device, lambda drawn: coarse_regret(game, drawn))


def check_coarse_correlated(game: NormalForm, device: Sequence[tuple[Sequence[int], object]]) -> Equilibrium:
    """What a given ``device`` pays, and the most anybody gains by committing to one action; see
    :func:`~.correlated.check_correlated`.
    """
    return proposed(game, device, lambda drawn: coarse_regret(game, drawn))


def coarse_regret(game: NormalForm, device: list[tuple[Profile, Number]]) -> Number:
    """The most anybody gains by playing one action whatever the recommendation; 0 if nobody gains."""
    worst: list[Number] = []
    for player, k in enumerate(game.shape):
        gains: list[Number] = [Fraction(0)] * k
        for profile, p in device:
            now = game.payoffs(profile)[player]
            for action in range(k):
                gains[action] += p * (game.payoffs((*profile[:player], action, *profile[player + 1 :]))[player] - now)
        worst.append(max(gains))
    return max([Fraction(0), *worst])
