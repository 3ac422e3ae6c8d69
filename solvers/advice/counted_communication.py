"""Communication equilibria of interchangeable players with private types, over counts.

Given how many report each type (c), the mediator draws how many of each act (m), then who: averaging any communication equilibrium
over permutations of the players gives such a device with the same welfare. With P(c) the multinomial probability of the reports and
M = sum of m, a player of type t that reports r and answers by the rule d expects, times n prior_r,

    V_t(r, d) = sum over (c, m) of mu(m | c) P(c) [ m_r u_t(d(1), M - 1) + (c_r - m_r) u_t(d(0), M) ],

and the rows are  prior_t V_t(r, d) - prior_r V_t(t, obey) <= 0.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import factorial, lcm, prod

import numpy as np

from ...games.counted_game import count_vectors, ways
from ...games.errors import InputError, SizeError
from ...games.exact import Array, Number
from ...games.symmetric_bayesian_game import SymmetricBayesianGame
from ..describe import describe
from ..solution import Solution
from . import advice_program
from .advice import Question, best_device, solution
from .advice_program import Program

OBEY = (0, 1)
RULES = (OBEY, (0, 0), (1, 1), (1, 0))  # the action taken when action 0, 1 is recommended


def solve_counted_communication(game: SymmetricBayesianGame, objective: str = "welfare", sense: str = "max") -> Solution:
    """The communication equilibrium that is best or worst for ``welfare``; ``maximin`` is the same device, everybody being alike.

    The profile is a list of ``{"reports", "acting", "probability"}``: numbers by type of who reports it and who of them acts, the
    probability given the reports. ``payoffs`` has one number, what a player expects before types are known.
    Raises :class:`InputError` for an objective that needs named players, :class:`SizeError`, with the figure.
    """
    question = Question.checked(objective, sense, None, 1)
    if objective == "nash-product":
        raise InputError("objective={objective!r} needs named players; everybody is alike here", objective=objective)
    counted = _Counted(game)
    device = best_device(counted.program(), question, tuple[Number, ...])
    drawn = [(*counted.cells[x], p) for x, p in sorted(device.mu.items())]
    shown = [{"reports": list(c), "acting": list(m), "probability": p} for c, m, p in drawn]
    program = counted.program()
    return solution(describe(game), "communication", question, program, device, shown, counted_lie(game, drawn))


class _Counted:
    """The cells (reports c, acting m) and the rows over them."""

    def __init__(self, game: SymmetricBayesianGame) -> None:
        kinds, n = len(game.types), game.players
        if not game.exact or min(game.prior) == 0:
            raise InputError("advice over counted types needs rational numbers and types that all are possible")
        rows, cells = kinds * (kinds * len(RULES) - 1), ways(n, 2 * kinds)
        if rows * cells > advice_program.LARGEST // 4:
            raise SizeError(
                "advice over counts is a program of {rows} constraints on {cells} counts; at most {limit} entries fit",
                rows=rows, cells=f"{cells:,}", limit=f"{advice_program.LARGEST // 4:,}",
            )  # fmt: skip
        self.game = game
        self.reports = [tuple(map(int, c)) for c in count_vectors(n, kinds)]
        spread = [(i, m) for i, c in enumerate(self.reports) for m in product(*(range(k + 1) for k in c))]
        self.cells = [(self.reports[i], m) for i, m in spread]
        self.total_of = np.array([i for i, _ in spread])
        self.c, self.m = (np.array([cell[part] for cell in self.cells], dtype=object) for part in (0, 1))
        self.mass = lcm(*(Fraction(p).denominator for p in game.prior))
        self.weights = [int(Fraction(p) * self.mass) for p in game.prior]
        chance = [factorial(n) // prod(map(factorial, c)) * prod(w**k for w, k in zip(self.weights, c)) for c in self.reports]
        self.chance = np.array(chance, dtype=object)[self.total_of]  # P(c) times mass ** n

    def value(self, kind: int, report: int, rule: tuple[int, int]) -> Array:
        """V_t(r, d) of every cell, in units of 1 / (denominator mass ** n)."""
        acting = self.m.sum(axis=1).astype(int)
        table = self.game.table[kind].astype(object)
        told, others = table[rule[1], np.maximum(acting - 1, 0)], table[rule[0], np.minimum(acting, self.game.players - 1)]
        return self.chance * (self.m[:, report] * told + (self.c[:, report] - self.m[:, report]) * others)

    def program(self) -> Program:
        """One voice, all players together; one total for every count of reports."""
        kinds = range(len(self.game.types))
        truth = [self.value(t, t, OBEY) for t in kinds]
        rows = [
            self.weights[t] * self.value(t, r, d) - self.weights[r] * truth[t]
            for t, r, d in product(kinds, kinds, RULES)
            if (r, d) != (t, OBEY)
        ]
        units = self.game.denominator * self.mass**self.game.players
        together = sum(truth[1:], start=truth[0])
        n = self.game.players
        return Program(np.array([together]), np.array(rows), units, (n,), self.game.slack, self.total_of, len(self.reports))


def counted_lie(game: SymmetricBayesianGame, device: list[tuple[tuple[int, ...], tuple[int, ...], Number]]) -> Number:
    """The most a player gains, before its type is known, by a lie of one of its types; recomputed from the payoffs, 0 if nobody does."""
    n, kinds = game.players, len(game.types)
    worst: Number = Fraction(0)
    for t, r in product(range(kinds), repeat=2):
        honest: Number = Fraction(0)
        values: list[list[Number]] = [[Fraction(0)] * 2 for _ in range(2)]  # by recommendation and answer
        for c, m, p in device:
            for report, sums in ((t, None), (r, values)):
                if not c[report]:
                    continue
                others = [k - (s == report) for s, k in enumerate(c)]
                chance = Fraction(factorial(n - 1))
                for prior, k in zip(game.prior, others):
                    chance *= Fraction(prior) ** k / factorial(k)
                share = Fraction(m[report], c[report])
                for told, part, seen in ((1, share, sum(m) - 1), (0, 1 - share, sum(m))):
                    if part and sums is None:
                        honest += p * chance * part * game.payoff(t, told, seen)
                    elif part and sums is not None:
                        for answer in range(2):
                            sums[told][answer] += p * chance * part * game.payoff(t, answer, seen)
        worst = max(worst, game.prior[t] * (sum((max(row) for row in values), start=Fraction(0)) - honest))
    return worst
