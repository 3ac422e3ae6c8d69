"""The best direct mechanism of a finite environment, in exact arithmetic (automated mechanism design, Conitzer and Sandholm 2002).

Types are independent and private, one's gain depends on one's own type alone. In expectation only *interim* transfers matter, T_i(report):
what i may expect to receive for a report. All programs below start from a feasible point (doing nothing, or a Groves rule), so that the
exact simplex applies; each optimum comes with the dual that proves it.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import product
from math import prod
from typing import Any

import numpy as np

from ...games.environment import Environment, Types
from ...games.errors import NotApplicable, SizeError
from ...games.exact import Array
from ...games.linear_program import Optimum, maximise
from ...games.outcome_game import OutcomeGame

LARGEST = 250_000  # entries of a program
ZERO = Fraction(0)


@dataclass(frozen=True, eq=False)
class DirectMechanism:
    """``welfare`` expected; ``decisions[types]`` gives a probability to every alternative but the status quo (types in order where players
    are alike); ``provision`` is the expected probability that anything is done; ``transfers[i][k]`` what player i expects to receive in its
    type k; ``dual`` the multipliers, by constraint."""

    welfare: Fraction
    provision: Fraction
    decisions: dict[Types, tuple[Fraction, ...]]
    transfers: tuple[tuple[Fraction, ...], ...]
    dual: tuple[Fraction, ...]


class _Program:
    """An environment read for the programs: its problems by profile, what each type gains, and who is like whom."""

    def __init__(self, environment: Environment) -> None:
        prior = environment.prior
        if prior is None or prior.dtype != object:
            raise NotApplicable("a best mechanism is found for finite types with a prior in exact probabilities")
        self.types: tuple[tuple[Any, ...], ...] = environment.types  # type: ignore[assignment]
        self.profiles = list(product(*self.types))
        axes = range(prior.ndim)
        self.marginals = [[Fraction(p) for p in prior.sum(axis=tuple(k for k in axes if k != i))] for i in axes]
        self.weight = {t: Fraction(prior[tuple(kinds.index(x) for kinds, x in zip(self.types, t))]) for t in self.profiles}
        if any(self.weight[t] != prod(m[k.index(x)] for m, k, x in zip(self.marginals, self.types, t)) for t in self.profiles):
            raise NotApplicable("a best mechanism is found for types that are independent of one another")
        self.problems: dict[Types, OutcomeGame] = {t: environment.problem(t) for t in self.profiles}
        self.sites = next(iter(self.problems.values())).sites
        self.alike = environment.alike and self._permutes()

    def _permutes(self) -> bool:
        """Whether alternatives stay what they are when players swap types: then decisions may depend on counts of types alone."""
        for t, game in self.problems.items():
            order = sorted(range(len(t)), key=lambda i: self.types[0].index(t[i]))
            if (game.utilities[order] != self.problems[tuple(t[i] for i in order)].utilities).any():
                return False
        return True

    def place(self, t: Types) -> Types:
        """The profile that stands for ``t``: types in order where players are alike."""
        return tuple(sorted(t, key=self.types[0].index)) if self.alike else t

    @cached_property
    def orbits(self) -> dict[Types, int]:
        """A number for every profile that stands for others."""
        return {t: k for k, t in enumerate(dict.fromkeys(map(self.place, self.profiles)))}

    @cached_property
    def players(self) -> list[tuple[int, int]]:
        """Who has transfers of its own, and for how many it stands."""
        return [(0, len(self.types))] if self.alike else [(i, 1) for i in range(len(self.types))]

    def others(self, i: int) -> list[tuple[Types, Fraction]]:
        """The profiles of all but i (None in its place) with their probabilities."""
        first = self.types[i][0]
        rest = [t for t in self.profiles if t[i] == first]
        return [(t, self.weight[t] / self.marginals[i][0]) for t in rest]

    def gain(self, i: int, t: Types) -> Array:
        """What player i gains from every site when ``t`` is true."""
        return self.problems[t].utilities[i, list(self.sites)]


def _put(t: Types, i: int, x: Any) -> Types:
    return (*t[:i], x, *t[i + 1 :])


def best_mechanism(environment: Environment) -> DirectMechanism:
    """The largest expected welfare of a mechanism that is Bayesian incentive compatible, interim individually rational and needs no money
    from outside in expectation; lotteries over alternatives are allowed.

    Raises :class:`NotApplicable` unless types are finite, independent and known with exact probabilities, :class:`SizeError` where the
    program does not fit.
    """
    program = _Program(environment)
    columns = _Columns(program)
    rows, bounds = _truthful(program, columns)
    budget = columns.row()
    objective = columns.row()
    for t in program.profiles:
        game = program.problems[t]
        place = columns.decision(t)
        budget[place] += program.weight[t] * game.grants[list(program.sites)]
        objective[place] += program.weight[t] * game.surplus[list(program.sites)]
    for i, stands_for in program.players:
        for k, p in enumerate(program.marginals[i]):
            budget[columns.transfer(i, k)] += np.array([p, -p], dtype=object) * stands_for
    for number in range(len(program.orbits)):
        whole = columns.row()
        whole[number * columns.width : (number + 1) * columns.width] = Fraction(1)
        rows.append(whole)
        bounds.append(Fraction(1))
    found = maximise(objective, np.array([*rows, budget]), np.array([*bounds, ZERO], dtype=object))
    return _read(program, columns, found)


class _Columns:
    """Where each variable stands: decisions by orbit and site, then transfers received and paid by player and type."""

    def __init__(self, program: _Program) -> None:
        self.program, self.width = program, len(program.sites)
        self.decisions = len(program.orbits) * self.width
        self.first = {}
        place = self.decisions
        for i, _ in program.players:
            self.first[i] = place
            place += 2 * len(program.types[i])
        self.count = place
        rows = sum(len(program.types[i]) ** 2 for i, _ in program.players) + len(program.orbits) + 1
        if rows * place > LARGEST:
            raise SizeError("the program has {n} entries; at most {limit} fit", n=f"{rows * place:,}", limit=f"{LARGEST:,}")

    def row(self) -> Array:
        return np.full(self.count, ZERO, dtype=object)

    def decision(self, t: Types) -> slice:
        k = self.program.orbits[self.program.place(t)] * self.width
        return slice(k, k + self.width)

    def transfer(self, i: int, k: int) -> slice:
        return slice(self.first[i] + 2 * k, self.first[i] + 2 * k + 2)


def _truthful(program: _Program, columns: _Columns) -> tuple[list[Array], list[Fraction]]:
    """Incentive and participation rows: U(report | type) - U(type | type) <= 0 and -U(type | type) <= 0."""
    money = np.array([Fraction(1), Fraction(-1)], dtype=object)

    def expected(i: int, true: int, report: int) -> Array:
        row = columns.row()
        for t, p in program.others(i):
            row[columns.decision(_put(t, i, program.types[i][report]))] += p * program.gain(i, _put(t, i, program.types[i][true]))
        row[columns.transfer(i, report)] += money
        return row

    rows: list[Array] = []
    for i, _ in program.players:
        for k in range(len(program.types[i])):
            honest = expected(i, k, k)
            rows.append(-honest)
            rows += [expected(i, k, r) - honest for r in range(len(program.types[i])) if r != k]
    return rows, [ZERO] * len(rows)


def _read(program: _Program, columns: _Columns, found: Optimum) -> DirectMechanism:
    decisions = {t: found.x[columns.decision(t)] for t in program.orbits}
    whose = {i: 0 if program.alike else i for i in range(len(program.types))}
    money = tuple(
        tuple(received - paid for received, paid in (found.x[columns.transfer(whose[i], k)] for k in range(len(kinds))))
        for i, kinds in enumerate(program.types)
    )
    provision = sum((program.weight[t] * sum(decisions[program.place(t)]) for t in program.profiles), start=ZERO)
    return DirectMechanism(found.value, provision, decisions, money, found.y)


def least_subsidy(environment: Environment) -> Fraction:
    """The least expected money from outside with which the efficient decision is Bayesian incentive compatible and interim individually
    rational; negative where money is left over. More than 0 proves that nothing efficient, truthful and voluntary pays for itself
    (Myerson and Satterthwaite 1983).
    """
    program = _Program(environment)
    told = {t: _groves(game) for t, game in program.problems.items()}
    counts = [len(kinds) for kinds in program.types]
    first = np.cumsum([0, *counts]).tolist()
    rows: list[Array] = []
    bounds: list[Fraction] = []
    start = [_interim(program, told, i) for i in range(len(counts))]
    lump = [-min(table[k][k] for k in range(len(table))) for table in start]  # so that the worst type just takes part
    for i, table in enumerate(start):
        for k in range(counts[i]):
            for r in range(counts[i]):
                row = np.full(2 * first[-1], ZERO, dtype=object)
                row[2 * (first[i] + k) : 2 * (first[i] + k) + 2] = [Fraction(-1), Fraction(1)]
                if r != k:
                    row[2 * (first[i] + r) : 2 * (first[i] + r) + 2] = [Fraction(1), Fraction(-1)]
                rows.append(row)
                bounds.append(table[k][k] - table[k][r] if r != k else table[k][k] + lump[i])
    cost = np.full(2 * first[-1], ZERO, dtype=object)
    for i, marginal in enumerate(program.marginals):
        for k, p in enumerate(marginal):
            cost[2 * (first[i] + k) : 2 * (first[i] + k) + 2] = [-p, p]
    paid = sum((program.weight[t] * (sum(told[t]) + game.grants[game.best]) for t, game in program.problems.items()), start=ZERO)
    return paid + sum(lump) - maximise(cost, np.array(rows), np.array(bounds, dtype=object)).value


def _groves(game: OutcomeGame) -> list[Fraction]:
    """What everybody receives under the plain Groves rule: the surplus of all others, the funder among them."""
    chosen = game.best
    return [Fraction(game.surplus[chosen] - game.utilities[i, chosen]) for i in range(len(game.players))]


def _interim(program: _Program, told: dict[Types, list[Fraction]], i: int) -> list[list[Fraction]]:
    """U(report | type) of player i under the Groves rule, by type and report."""
    kinds = program.types[i]
    table = [[ZERO] * len(kinds) for _ in kinds]
    for t, p in program.others(i):
        for k, true in enumerate(kinds):
            for r, report in enumerate(kinds):
                said = program.problems[_put(t, i, report)]
                gain = program.problems[_put(t, i, true)].utilities[i, said.best]
                table[k][r] += p * (gain + told[_put(t, i, report)][i])
    return table


def least_imbalance(environment: Environment) -> Fraction:
    """The least M such that some efficient mechanism in which truth is dominant never has transfers that sum to more than M either way.

    0 where the budget can be balanced; on rich domains it cannot (Green and Laffont 1979; Hurwicz and Walker 1990).
    """
    program = _Program(environment)
    n = len(program.types)
    told = {t: _groves(game) for t, game in program.problems.items()}
    place = {(i, t): 2 * (i * len(program.profiles) + k) for i in range(n) for k, t in enumerate(program.profiles)}
    width = 2 * n * len(program.profiles) + 1
    rows: list[Array] = []
    bounds: list[Fraction] = []
    largest = max(abs(sum(paid, start=ZERO)) for paid in told.values())

    def row(terms: list[tuple[tuple[int, Types], int]], last: int = 0) -> Array:
        made = np.full(width, ZERO, dtype=object)
        for key, sign in terms:
            made[place[key]] += sign
            made[place[key] + 1] -= sign
        made[-1] = Fraction(last)
        return made

    for t in program.profiles:
        for i in range(n):
            for report in program.types[i]:
                lie = _put(t, i, report)
                if lie != t:
                    gain = program.problems[t].utilities[i]
                    rows.append(row([((i, lie), 1), ((i, t), -1)]))
                    bounds.append(Fraction(gain[program.problems[t].best] + told[t][i] - gain[program.problems[lie].best] - told[lie][i]))
        for sign in (1, -1):
            rows.append(row([((i, t), sign) for i in range(n)], last=1))
            bounds.append(largest - sign * sum(told[t], start=ZERO))
    if len(rows) * width > LARGEST:
        raise SizeError("the program has {n} entries; at most {limit} fit", n=f"{len(rows) * width:,}", limit=f"{LARGEST:,}")
    objective = row([], last=1)
    return largest - maximise(objective, np.array(rows), np.array(bounds, dtype=object)).value
