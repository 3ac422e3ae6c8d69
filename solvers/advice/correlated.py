"""Correlated equilibria (Aumann 1974): what a mediator can recommend so that everybody follows (DL-1).

Over mu in Delta(A): sum over a_-i of mu(a)[u_i(a) - u_i(a_i', a_-i)] >= 0 for every player i and actions a_i, a_i'.
Best or worst for an objective of :mod:`.advice`; solved in exact arithmetic where it fits, by HiGHS with the violation recomputed
otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import permutations

import numpy as np

from ...games.errors import SizeError
from ...games.exact import Array, Number
from ...games.normal_form import NormalForm, Profile
from ..solution import Equilibrium, Solution
from . import advice_program
from .advice import Question, advised, best_device, dense, given_disagreement, proposed, security
from .advice_program import Program

SOLVER_TOLERANCE = Fraction(1, 10**6)  # of the largest payoff, to which HiGHS meets constraints, with room


def rows_and_columns(game: NormalForm) -> tuple[int, int]:
    """The size of the program: obedience constraints and profiles."""
    return sum(k * (k - 1) for k in game.shape), int(np.prod([float(k) for k in game.shape]))


def obedience(game: NormalForm) -> Array:
    """Gains from disobeying, shape ``(sum |A_i|(|A_i|-1), profiles)``, in units of 1/denominator: rows must not be positive in mu."""
    profiles = np.indices(game.shape).reshape(len(game.shape), -1)
    rows: list[Array] = []
    for player, k in enumerate(game.shape):
        own = game.table[player]
        for told, other in permutations(range(k), 2):
            gain = np.take(own, [other], axis=player) - np.take(own, [told], axis=player)
            full = np.broadcast_to(gain, game.shape).reshape(-1)
            rows.append(np.where(profiles[player] == told, full, 0))
    return dense(rows, profiles.shape[1], game.table)


def solve_correlated(
    game: NormalForm,
    objective: str = "welfare",
    sense: str = "max",
    player: int | None = None,
    disagreement: Sequence[Number] | None = None,
) -> Solution:
    """The correlated equilibrium that is best (``max``) or worst (``min``) for ``objective``:

    ``welfare``; ``player``, the payoff of one ``player`` (its index); and, best only, ``maximin`` (the least-off player) and
    ``nash-product``, the product of gains over ``disagreement`` (a payoff a player; by default what each can secure alone, its
    maximin in mixed actions). Raises :class:`SizeError` when the program does not fit, :class:`InputError` for a bad objective.
    """
    question = Question.checked(objective, sense, player, len(game.players))
    rows, columns = rows_and_columns(game)
    if float(rows) * columns > advice_program.LARGEST:
        raise SizeError(
            "a correlated equilibrium of this game is a program of {rows} constraints on {columns} profiles; at most {limit} entries fit",
            rows=rows, columns=f"{columns:,}", limit=f"{advice_program.LARGEST:,}",
        )  # fmt: skip
    given = None if disagreement is None else given_disagreement(disagreement, len(game.players))
    flat = game.table.reshape(len(game.players), -1)
    program = Program(flat, obedience(game), game.denominator, (1,) * len(game.players), game.slack)
    device = best_device(program, question, lambda: given or security(game))
    return advised(game, "correlated", question, program, device, lambda drawn: correlated_regret(game, drawn))


def check_correlated(game: NormalForm, device: Sequence[tuple[Sequence[int], object]]) -> Equilibrium:
    """What a given ``device`` (action indices and their probability, each) pays, and the most anybody gains by disobeying.

    It is a correlated equilibrium if and only if ``regret`` is at most 0 (``game.slack``). Raises :class:`InputError` if ``device``
    is no distribution over profiles.
    """
    return proposed(game, device, lambda drawn: correlated_regret(game, drawn))


def correlated_regret(game: NormalForm, device: list[tuple[Profile, Number]]) -> Number:
    """The most anybody gains by answering one recommendation with another action."""
    return max((disobedience(game, device, i) for i in range(len(game.players))), default=Fraction(0))


def disobedience(game: NormalForm, device: list[tuple[Profile, Number]], player: int) -> Number:
    """The most ``player`` gains by answering one recommendation with another action, weighted by how often it comes."""
    gains: dict[tuple[int, int], Number] = {}
    for profile, p in device:
        for action in range(game.shape[player]):
            deviation = (*profile[:player], action, *profile[player + 1 :])
            key = (profile[player], action)
            gains[key] = gains.get(key, Fraction(0)) + p * (game.payoffs(deviation)[player] - game.payoffs(profile)[player])
    return max(gains.values())
