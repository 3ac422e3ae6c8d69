"""Communication equilibria (Forges 1986; Myerson 1986): a mediator hears types in confidence and recommends actions (DL-2).

Over mu(a | t), a distribution for every profile of reports: nobody gains by reporting another type *and* then answering the
recommendation by any rule d: A_i -> A_i. For every player i, type t_i, report r and rule d, the prior p weighing the others' types:

    sum over t_-i, a of p(t) [ mu(a | r, t_-i) u_i(t; d(a_i), a_-i) - mu(a | t) u_i(t; a) ] <= 0.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product
from math import prod

import numpy as np

from ...games.bayesian_game import BayesianGame
from ...games.errors import SizeError
from ...games.exact import Array, Number
from ..describe import describe
from ..solution import Solution
from . import advice_program
from .advice import Question, best_device, dense, given_disagreement, secured, solution
from .advice_program import Program

Lie = tuple[int, int, int, tuple[int, ...]]  # player, type, report, and the action taken for every action recommended


def lies(game: BayesianGame) -> Iterator[Lie]:
    """Every way to misreport or disobey, in the order of the rows."""
    for player, (kinds, k) in enumerate(zip(game.kinds, game.shape)):
        for kind, report, rule in product(range(kinds), range(kinds), product(range(k), repeat=k)):
            if report != kind or rule != tuple(range(k)):
                yield player, kind, report, rule


def size(game: BayesianGame) -> tuple[int, int]:
    """Constraints and cells (reports and recommendations) of the program."""
    rows = sum(kinds * (kinds * k**k - 1) for kinds, k in zip(game.kinds, game.shape))
    return rows, prod(game.kinds) * prod(game.shape)


def incentives(game: BayesianGame) -> Array:
    """What every lie adds, shape ``(lies, cells)``, in units of 1 / (``denominator`` ``mass``); cells are (reports, actions)."""
    n = len(game.players)
    rows: list[Array] = []
    for player, kind, report, rule in lies(game):
        own = np.take(game.weighted[player], [kind], axis=player)  # p(t) u_i(t; a) for the true type
        changed = np.take(own, rule, axis=n + player)  # what the recommended action brings once it is changed by the rule
        row = np.zeros((*game.kinds, *game.shape), dtype=game.weighted.dtype)
        at = [slice(None)] * (2 * n)
        at[player] = slice(report, report + 1)
        row[tuple(at)] += changed
        at[player] = slice(kind, kind + 1)
        row[tuple(at)] -= own
        rows.append(row.reshape(-1))
    return dense(rows, prod(game.kinds) * prod(game.shape), game.weighted)


def communication_program(game: BayesianGame) -> Program:
    """The program of :mod:`.advice_program`: one total for every profile of reports. Raises :class:`SizeError`, with the figure."""
    rows, cells = size(game)
    if rows * cells > advice_program.LARGEST:
        raise SizeError(
            "a communication equilibrium is a program of {rows} constraints on {cells} cells; at most {limit} entries fit",
            rows=f"{rows:,}", cells=f"{cells:,}", limit=f"{advice_program.LARGEST:,}",
        )  # fmt: skip
    n, reports = len(game.players), prod(game.kinds)
    total_of = np.repeat(np.arange(reports), prod(game.shape))
    units = game.denominator * game.mass
    return Program(game.weighted.reshape(n, -1), incentives(game), units, (1,) * n, game.slack, total_of, reports)


def solve_communication(
    game: BayesianGame,
    objective: str = "welfare",
    sense: str = "max",
    player: int | None = None,
    disagreement: Sequence[Number] | None = None,
) -> Solution:
    """The communication equilibrium that is best or worst for ``objective`` before types are known.

    The profile is a list of ``{"reports", "profile", "probability"}``, the probability given the reports; ``payoffs`` are expected.
    Arguments and errors as in :func:`~.correlated.solve_correlated`; ``disagreement`` is by default what each player can secure
    alone by a plan, before types are known. Optimal with its dual as proof where the program is small, by HiGHS otherwise.
    """
    question = Question.checked(objective, sense, player, len(game.players))
    program = communication_program(game)
    given = None if disagreement is None else given_disagreement(disagreement, len(game.players))
    device = best_device(program, question, lambda: given or security_of_plans(game))
    reports, actions = list(game.type_profiles()), list(product(*map(range, game.shape)))
    drawn = [(reports[x // len(actions)], actions[x % len(actions)], p) for x, p in sorted(device.mu.items())]
    shown = [{"reports": list(t), "profile": list(a), "probability": p} for t, a, p in drawn]
    return solution(describe(game), "communication", question, program, device, shown, communication_regret(game, drawn))


def communication_regret(game: BayesianGame, device: Sequence[tuple[tuple[int, ...], tuple[int, ...], Number]]) -> Number:
    """The most a player gains, before types are known, by any lie of one of its types; recomputed from the payoffs, 0 if nobody does.

    For each type and report the best answer to each recommendation is chosen on its own, so that no rule is left out.
    """
    worst: Number = Fraction(0)
    for player, (kinds, k) in enumerate(zip(game.kinds, game.shape)):
        for kind, report in product(range(kinds), repeat=2):
            truth: Number = Fraction(0)
            values: list[list[Number]] = [[Fraction(0)] * k for _ in range(k)]  # by recommendation and answer
            for reports, a, p in device:
                types = (*reports[:player], kind, *reports[player + 1 :])
                if reports[player] == kind:
                    truth += p * game.chance(types) * game.payoffs(types, a)[player]
                if reports[player] == report:
                    for answer in range(k):
                        done = (*a[:player], answer, *a[player + 1 :])
                        values[a[player]][answer] += p * game.chance(types) * game.payoffs(types, done)[player]
            worst = max(worst, sum((max(row) for row in values), start=Fraction(0)) - truth)
    return worst


def security_of_plans(game: BayesianGame) -> tuple[Number, ...]:
    """What each player can secure by mixing over its plans, whatever plans the others follow together."""
    form = game.strategic_form()
    own = (np.moveaxis(form.table[player], player, 0).reshape(form.shape[player], -1) for player in range(len(form.players)))
    values = [secured(table) / form.denominator for table in own]
    return tuple(value if form.exact else float(value) for value in values)
