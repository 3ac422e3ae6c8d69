"""Correlated and coarse correlated equilibria over counts: players who are alike are advised alike (O-04).

A device draws *how many* of each role take each action and then, within a role, who. Averaging any equilibrium over permutations
of players who are alike gives such a device with the same welfare, a maximin and a Nash product no smaller. So with n players of
two actions there are n + 1 cells and two obedience rows instead of 2^n cells and 2n rows; three cells suffice at the optimum.

Row (r, a, b):  sum over counts c of mu(c) c_r[a] [u_r(b; c - e_a) - u_r(a; c - e_a)] <= 0; coarse: summed over a.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import permutations
from math import comb, prod

import numpy as np

from ...games.counted_game import RoleSymmetricGame, count_vectors, ways, without
from ...games.errors import SizeError
from ...games.exact import Array, Number
from ...games.one_apart import apart, fewer
from ..describe import describe
from ..solution import Solution
from . import advice_program
from .advice import Question, best_device, dense, given_disagreement, secured, solution
from .advice_program import Program

KINDS = ("correlated", "coarse-correlated")


def solve_counted_correlated(
    game: RoleSymmetricGame,
    objective: str = "welfare",
    sense: str = "max",
    player: int | None = None,
    disagreement: Sequence[Number] | None = None,
    kind: str = "correlated",
) -> Solution:
    """The (coarse) correlated equilibrium that is best or worst for ``objective``, over counts.

    The profile is a list of ``{"counts", "probability"}`` with ``counts[role][action]`` players; who of a role takes what is drawn
    evenly. ``payoffs`` are by role, what one player of it gets. ``player`` names a role: the objective is then the payoff of one
    player of that role, who is set apart as a role of its own (the last; ``game`` of the answer
    then says ``apart``, the role it was in). ``disagreement`` is by role.
    Raises :class:`SizeError` and :class:`InputError` as :func:`~.correlated.solve_correlated`.
    """
    question = Question.checked(objective, sense, player, len(game.players))
    about: dict[str, object] = {}
    if question.player is not None and game.players[question.player] > 1:
        about = {"apart": question.player}
        game, question = apart(game, question.player), Question(objective, sense, len(game.players))
    program = counted_program(game, kind)
    given = None if disagreement is None else given_disagreement(disagreement, len(game.players))
    device = best_device(program, question, lambda: given or security_of_roles(game))
    cells = Cells(game)
    drawn = [(cells.counts(x), p) for x, p in sorted(device.mu.items())]
    shown = [{"counts": counts, "probability": p} for counts, p in drawn]
    return solution(describe(game) | about, kind, question, program, device, shown, counted_regret(game, drawn, kind))


def solve_counted_coarse(
    game: RoleSymmetricGame,
    objective: str = "welfare",
    sense: str = "max",
    player: int | None = None,
    disagreement: Sequence[Number] | None = None,
) -> Solution:
    """As :func:`solve_counted_correlated`, for coarse correlated equilibria."""
    return solve_counted_correlated(game, objective, sense, player, disagreement, kind="coarse-correlated")


class Cells:
    """All ways in which everybody can act, counted: one cell for every choice of a count vector in every role."""

    def __init__(self, game: RoleSymmetricGame) -> None:
        self.vectors = [count_vectors(n, len(a)) for n, a in zip(game.players, game.actions)]
        self.shape = tuple(map(len, self.vectors))
        self.places: list[Array] = [part.reshape(-1) for part in np.indices(self.shape)]

    def counts(self, cell: int) -> list[list[int]]:
        """``counts[role][action]`` of a cell."""
        return [[int(k) for k in self.vectors[r][int(place[cell])]] for r, place in enumerate(self.places)]

    def taken(self, role: int, action: int) -> Array:
        """How many players of ``role`` take ``action``, by cell."""
        return self.vectors[role][:, action][self.places[role]]

    def seen(self, game: RoleSymmetricGame, role: int, own: int) -> tuple[Array, ...]:
        """The count indices of the others as a player of ``role`` who takes ``own`` sees them, by cell (0 where nobody does)."""
        mine = fewer(game.players[role], len(game.actions[role]), own)
        return tuple(mine[place] if s == role else place for s, place in enumerate(self.places))


def counted_program(game: RoleSymmetricGame, kind: str = "correlated") -> Program:
    """The program of ``kind`` over counts: one voice a role. Raises :class:`SizeError`, with the figure, where it does not fit."""
    sizes = [len(a) for a in game.actions]
    rows = sum(k * (k - 1) if kind == "correlated" else k for k in sizes)
    cells = prod(ways(n, k) for n, k in zip(game.players, sizes))
    if max(rows, 1) * cells > advice_program.LARGEST:
        raise SizeError(
            "advice over counts is a program of {rows} constraints on {cells} counts; at most {limit} entries fit",
            rows=rows, cells=f"{cells:,}" if cells < 10**15 else f"{cells:.3g}", limit=f"{advice_program.LARGEST:,}",
        )  # fmt: skip
    counted, payoffs, gains = Cells(game), [], []
    for r, k in enumerate(sizes):
        table = _roomy(game.tables[r], game.players[r] * k)
        total, by_action = np.zeros(cells, dtype=table.dtype), list[list[Array]]()
        for told in range(k):
            heads, seen = counted.taken(r, told).astype(table.dtype), counted.seen(game, r, told)
            values = [heads * table[(other, *seen)] for other in range(k)]
            total = total + values[told]
            by_action.append(values)
        payoffs.append(total)
        if kind == "correlated":
            gains += [by_action[told][other] - by_action[told][told] for told, other in permutations(range(k), 2)]
        else:
            gains += [sum(by_action[told][other] for told in range(k)) - total for other in range(k)]
    return Program(np.array(payoffs), dense(gains, cells, payoffs[0]), game.denominator, game.players, game.slack)


def _roomy(table: Array, times: int) -> Array:
    """``table`` as numbers that ``times`` of fit into one."""
    fits = table.dtype != np.int64 or int(np.abs(table).max()) * times < 2**61
    return table if fits else table.astype(object)


Drawn = list[tuple[list[list[int]], Number]]


def counted_regret(game: RoleSymmetricGame, device: Drawn, kind: str = "correlated") -> Number:
    """The most a player gains by answering one recommendation with another action, on average over who is who; coarse: by playing
    one action whatever the recommendation. Recomputed from the payoffs; 0 if nobody gains.
    """
    gains: dict[tuple[int, int, int], Number] = {}
    for counts, p in device:
        for r, taken in enumerate(counts):
            for told, k in enumerate(taken):
                if not k:
                    continue
                others = tuple(map(_place, without(counts, r, told)))
                now = game.money(game.tables[r][(told, *others)])
                for other in range(len(taken)):
                    key = (r, told if kind == "correlated" else -1, other)
                    gains[key] = gains.get(key, Fraction(0)) + p * k * (game.money(game.tables[r][(other, *others)]) - now)
    return max([Fraction(0), *(gain / game.players[r] for (r, _, _), gain in gains.items())])


def _place(counts: Sequence[int]) -> int:
    """The count index: how many vectors come before ``counts``, in closed form (a sum of neighbouring binomial coefficients)."""
    left, place = sum(counts), 0
    for k, taken in enumerate(counts[1:], start=1):
        later = len(counts) - k
        place += comb(left + later, later) - comb(left - taken + later, later)
        left -= taken
    return place


def security_of_roles(game: RoleSymmetricGame) -> tuple[Number, ...]:
    """What one player of each role can secure alone by mixing, whatever the others do."""
    values = [secured(table.reshape(len(table), -1)) / game.denominator for table in game.tables]
    return tuple(value if game.exact else float(value) for value in values)
