"""Stationary bargains of members who differ (DL-10): who is bought by all, by some, by nobody.

Let kappa be the quota-th smallest cost of a vote. Members are *free* (c = 0), *cheap* (0 < c < kappa: bought by all), *marginal*
(c = kappa: bought by some) or *dear* (never bought). Given who is what, values, kappa and how often each marginal member is bought solve
linear equations; who is what is found by policy iteration in floats and proved by solving those equations in fractions and checking every
inequality, and every deviation from the offers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

import numpy as np

from ...games.deliberation.bargaining import Council
from ...games.linear_program import maximise
from .votes_bought import Bargain, Shares, assembled, reservation_of

ALL_PATTERNS = 5  # members up to which every pattern of costs is tried
_ROUNDS = 1500  # of policy iteration


def unlike_members(council: Council) -> Bargain | None:
    """A stationary equilibrium in which every offer passes, exact; None if none is found."""
    for pattern in _patterns(council):
        bargain = _solved(council, pattern)
        if bargain is not None and bargain.regret == 0:
            return bargain
    return None


@dataclass(frozen=True)
class _Pattern:
    """Who is what."""

    free: frozenset[int]
    cheap: frozenset[int]
    marginal: frozenset[int]
    dear: frozenset[int]


def _patterns(council: Council) -> Iterator[_Pattern]:
    """Who may be free, cheap, marginal and dear: nearest to what policy iteration says first, then everything for few members."""
    n, q = council.members, council.quota
    costs = _iterated(council)
    order = sorted(range(n), key=lambda j: (costs[j], j))
    size = float(council.pie - sum(council.floors)) or 1.0
    near = sum(costs[j] <= -1e-3 * size for j in order)
    edge = costs[order[q - 1]]
    start, stop = sum(costs[j] < edge - 1e-3 * size for j in order), sum(costs[j] <= edge + 1e-3 * size for j in order)
    cuts = [(f, a, b) for f in range(n + 1) for a in range(f, q) for b in range(q, n + 1)]
    cuts.sort(key=lambda cut: (abs(cut[0] - near) + abs(cut[1] - start) + abs(cut[2] - stop), cut))
    yield from (_cut(order, *cut) for cut in cuts)
    yield from (_Pattern(frozenset(order[:f]), frozenset(), frozenset(), frozenset(order[f:])) for f in range(q, n + 1))
    if n <= ALL_PATTERNS:
        for kinds in product(range(4), repeat=n):
            yield _Pattern(*(frozenset(j for j in range(n) if kinds[j] == kind) for kind in range(4)))


def _cut(order: Sequence[int], free: int, start: int, stop: int) -> _Pattern:
    return _Pattern(*map(frozenset, (order[:free], order[free:start], order[start:stop], order[stop:])))


def _iterated(council: Council) -> list[float]:
    """About what each vote costs above the floor (negative if it is free), by averaged policy iteration in floats."""
    n, q = council.members, council.quota
    floors, p, d, r = (
        np.array([float(x) for x in xs]) for xs in (council.floors, council.recognition, council.discounts, council.disagreement)
    )
    above = float(council.pie) - floors.sum()
    v = np.full(n, float(council.pie) / n)
    signed = v * 0
    for step in range(1, _ROUNDS + 1):
        signed = (1 - d) * r + d * v - floors
        c = np.maximum(signed, 0.0)
        order = np.argsort(c, kind="stable")
        paid = c[order[: q - 1]].sum()
        inside = np.zeros(n, dtype=bool)
        inside[order[: q - 1]] = True
        spent = np.where(inside, paid - c + (c[order[q - 1]] if q > 1 else 0.0), paid)  # a proposer among the cheapest buys the next one
        often = np.where(inside, 1 - p, 0.0)
        if q > 1:
            often[order[q - 1]] += p[order[: q - 1]].sum()
        new = floors + p * (above - spent) + often * c
        v = v + (new - v) * (0.5 if step < _ROUNDS // 3 else 1 / (2 + (step - _ROUNDS // 3) ** 0.7))
    return signed.tolist()


def _solved(council: Council, pattern: _Pattern) -> Bargain | None:
    """The equilibrium in which the members are as ``pattern`` says, or None."""
    n, q = council.members, council.quota
    bought = pattern.free | pattern.cheap
    needs = [q - len(bought) if i in bought else q - 1 - len(bought) for i in range(n)]
    if not pattern.marginal:
        if len(pattern.free) < q or pattern.cheap:
            return None
        needs = [0] * n
    if any(m < 0 or m > len(pattern.marginal - {i}) for i, m in enumerate(needs)):
        return None
    found = _linear(council, pattern, needs)
    if found is None:
        return None
    values, kappa, z = found
    reservation = reservation_of(council, values)
    signed = [w - f for w, f in zip(reservation, council.floors)]
    fits = (
        all(signed[j] <= 0 for j in pattern.free)
        and all(0 < signed[j] < kappa for j in pattern.cheap)
        and all(signed[j] > kappa for j in pattern.dear)
        and (not pattern.marginal or kappa > 0)
        and all(0 <= z[j] <= kappa * (1 - council.recognition[j]) for j in pattern.marginal)
    )
    often = _who_buys(council, pattern, needs, {j: z[j] / kappa for j in pattern.marginal}) if fits else None
    if often is None:
        return None
    bargain = assembled(council, reservation, often)
    return bargain if all(bargain.agreed) and bargain.values == values else None


def _linear(council: Council, pattern: _Pattern, needs: Sequence[int]) -> tuple[Shares, Fraction, dict[int, Fraction]] | None:
    """Values, kappa and z_j = kappa times how often marginal j is bought, from the linear equations; None where they have no one solution.

    Unknowns: u_j = v_j - floor_j for all j, kappa, z_j for marginal j. e_j + delta_j u_j is what j's vote costs above its floor.
    """
    n, above = council.members, council.pie - sum(council.floors)
    p, delta = council.recognition, council.discounts
    e = [(1 - d) * (r - f) for d, r, f in zip(delta, council.disagreement, council.floors)]
    marginal = sorted(pattern.marginal)
    width = n + 1 + len(marginal)
    rows: list[list[Fraction]] = []

    def row() -> list[Fraction]:
        rows.append([Fraction(0)] * (width + 1))
        return rows[-1]

    for j in range(n):  # u_j - p_j (above - costs of those j buys) - what j is paid by others = 0
        line = row()
        line[j] += 1
        line[width] += p[j] * above
        for k in pattern.cheap - {j}:
            line[k] += p[j] * delta[k]
            line[width] -= p[j] * e[k]
        line[n] += p[j] * needs[j]
        if j in pattern.cheap:
            line[j] -= (1 - p[j]) * delta[j]
            line[width] += (1 - p[j]) * e[j]
        if j in pattern.marginal:
            line[n + 1 + marginal.index(j)] -= 1
    for j in marginal:
        line = row()
        line[j], line[n], line[width] = delta[j], Fraction(-1), -e[j]
    line = row()
    if marginal:
        for k in range(len(marginal)):
            line[n + 1 + k] = Fraction(1)
        line[n] = -sum((p[i] * needs[i] for i in range(n)), start=Fraction(0))
    else:
        line[n] = Fraction(1)
    x = solve_exactly(rows)
    if x is None:
        return None
    return tuple(u + f for u, f in zip(x, council.floors)), x[n], {j: x[n + 1 + k] for k, j in enumerate(marginal)}


def _who_buys(council: Council, pattern: _Pattern, needs: Sequence[int], often: dict[int, Fraction]) -> list[list[Fraction]] | None:
    """How often each proposer buys each vote, marginal member j in all with probability ``often[j]``; None if that cannot be.

    A transport problem, solved as a linear program: what i buys of j is at most p_i, i needs p_i needs[i], and j is bought often[j].
    """
    n, p = council.members, council.recognition
    sure = [
        [Fraction(int(j in pattern.cheap or (j in pattern.free and bool(pattern.marginal))) * (i != j)) for j in range(n)] for i in range(n)
    ]
    if not pattern.marginal:  # enough votes are free: the first of them
        free = sorted(pattern.free)
        for i in range(n):
            for j in [k for k in free if k != i][: council.quota - 1]:
                sure[i][j] = Fraction(1)
        return sure
    pairs = [(i, j) for i in range(n) for j in sorted(pattern.marginal) if i != j and p[i]]
    groups = [[k for k, pair in enumerate(pairs) if pair[0] == i] for i in range(n)] + [
        [k for k, pair in enumerate(pairs) if pair[1] == j] for j in sorted(pattern.marginal)
    ]
    limits = [p[i] * needs[i] for i in range(n)] + [often[j] for j in sorted(pattern.marginal)]
    A = np.full((len(pairs) + len(groups), len(pairs)), Fraction(0), dtype=object)
    for k in range(len(pairs)):
        A[k, k] = Fraction(1)
    for g, group in enumerate(groups):
        A[len(pairs) + g, group] = Fraction(1)
    b = np.array([*(p[i] for i, _ in pairs), *limits], dtype=object)
    best = maximise(np.array([Fraction(1)] * len(pairs), dtype=object), A, b)
    if best.value != sum(limits[:n], start=Fraction(0)):
        return None
    for (i, j), x in zip(pairs, best.x):
        sure[i][j] = x / p[i]
    for i in range(n):
        if not p[i]:  # never proposes: any cheapest coalition will do
            for j in sorted(pattern.marginal - {i})[: needs[i]]:
                sure[i][j] = Fraction(1)
    return sure


def solve_exactly(rows: list[list[Fraction]]) -> list[Fraction] | None:
    """The one solution of linear equations (the right-hand side in the last column); None if there is none, or more."""
    n = len(rows)
    table = [list(row) for row in rows]
    for k in range(n):
        pivot = next((i for i in range(k, n) if table[i][k]), None)
        if pivot is None:
            return None
        table[k], table[pivot] = table[pivot], table[k]
        top = table[k][k]
        table[k] = [x / top for x in table[k]]
        for i in range(n):
            if i != k and table[i][k]:
                factor = table[i][k]
                table[i] = [x - factor * y if y else x for x, y in zip(table[i], table[k])]
    return [row[-1] for row in table]
