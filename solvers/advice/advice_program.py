"""The linear program behind every kind of advice: the best device that everybody is willing to follow, and the dual that proves it.

A device draws a *cell* (a profile; how many take each action; actions given reports) with probability mu. Over mu >= 0:

    gains @ mu <= 0      what each way of disobeying adds to somebody's payoff,
    mu sums to 1         over the cells of every *total* (one in all; one for each profile of reports).

Symbols: ``payoffs[v, x]`` is what the players of *voice* v (a player, or a role of ``heads[v]`` players) get together in cell x.
Few constraints bind and few cells are drawn, so the program is solved in exact arithmetic on growing sets of both (Gilmore and
Gomory 1961; Kelley 1960) until nothing is disobeyed and the dual holds in every cell: floats pass over the cells where rounding
cannot matter, rational numbers decide the others.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, reduce
from math import lcm
from typing import Any

import numpy as np

from ...games.errors import EncompassError
from ...games.exact import Array, Number
from ...games.linear_program import maximise

LARGEST_EXACT = 60_000  # constraints x cells of a program that is always solved in rational arithmetic
MOST_BINDING = 2_500  # constraints x cells of the part of a larger program that binds, up to which it is too
LARGEST = 20_000_000  # constraints x cells of a program that is held at all
_DENOMINATOR = 10**12  # to which probabilities found in floats are rounded
_BLOCK = 1 << 16  # cells priced at a time
_ADDED = 16  # cells or rows that join the program at a time
_FEW_ROWS = 24  # rows that are all in it from the beginning
_EPSILON = float(np.finfo(float).eps)


@dataclass(frozen=True, eq=False)
class Program:
    """``payoffs`` (voices, cells) and ``gains`` (rows, cells) as integers over ``denominator``, or floats; ``total_of`` (cells,)
    says to which of the ``totals`` a cell belongs, None if there is one.
    """

    payoffs: Array
    gains: Array
    denominator: int
    heads: tuple[int, ...]
    slack: Number
    total_of: Array | None = None
    totals: int = 1

    @property
    def cells(self) -> int:
        """How many cells there are."""
        return self.payoffs.shape[1]

    @property
    def exact(self) -> bool:
        """Whether it is given in rational numbers."""
        return self.payoffs.dtype != np.float64

    @cached_property
    def per_head(self) -> tuple[Array, int]:
        """Payoffs of one player of each voice, and what to divide them by: the same common multiple of ``heads`` for all."""
        common = lcm(*self.heads)
        if common == 1:
            return self.payoffs, 1
        factors = np.array([[common // n] for n in self.heads], dtype=object if self.payoffs.dtype == object else self.payoffs.dtype)
        safe = self.payoffs.dtype == np.float64 or int(np.abs(self.payoffs).max(initial=0)) * common < 2**62
        return (self.payoffs if safe else self.payoffs.astype(object)) * factors, common


@dataclass(frozen=True, eq=False)
class Device:
    """``mu`` by cell (only cells that are drawn), the ``method`` and, if solved exactly, the dual ``proof``.

    The proof: weights ``players`` z on voices, ``obedience`` y >= 0 on the rows of gains G and ``totals`` w with, in every cell x,
    sign * sum_v z_v payoffs_v(x) <= w of x's total + sum_r y_r G_r(x); the sum of w is ``bound``. Payoffs and gains in money.
    """

    mu: dict[int, Number]
    method: str
    proof: dict[str, Any] | None


def best_linear(program: Program, z: Sequence[Number], sign: int = 1) -> Device:
    """The device with the largest ``sign`` * sum_v z_v payoffs_v."""
    try:
        return _exact_linear(program, [Fraction(w) for w in z], sign)
    except _Outgrown:
        return Device(_by_highs(program, np.array([float(w) * sign for w in z]) @ _unit(program)[0], maximin=False), "highs", None)


def _exact_linear(program: Program, z: Sequence[Fraction], sign: int) -> Device:
    _check_exact(program)
    scale = reduce(lcm, (w.denominator for w in z), 1)
    weights = [int(w * scale) * sign for w in z]
    objective = _combined(weights, program.payoffs)
    shift = max(1, 1 - int(objective.min()))
    while True:
        mu, y, w = _columns(program, objective, shift)
        if _full(program, mu):
            break
        shift *= 16  # not every total is used up: make it dearer not to
    totals = [(value - shift) / (program.denominator * scale) for value in w]
    proof = {"sign": sign, "players": tuple(z), "obedience": tuple(value / scale for value in y)}
    return Device(mu, "exact-simplex", proof | _bound(program, totals))


def best_maximin(program: Program) -> Device:
    """The device under which the players of the voice that gets least a head get most."""
    try:
        return _exact_maximin(program)
    except _Outgrown:
        return Device(_by_highs(program, None, maximin=True), "highs", None)


def _exact_maximin(program: Program) -> Device:
    _check_exact(program)
    values, common = program.per_head
    shift = max(1, 1 - int(values.min()))
    while True:
        mu, y, w, shares = _maximin_columns(program, values, shift)
        if _full(program, mu):
            break
        shift *= 16
    totals = [(value - shift) / (program.denominator * common) for value in w]
    z = tuple(share / n for share, n in zip(shares, program.heads))
    proof = {"sign": 1, "players": z, "obedience": tuple(value / common for value in y)}
    return Device(mu, "exact-simplex", proof | _bound(program, totals))


class _Outgrown(Exception):
    """The program is given in floats, or the part that binds is too large for rational arithmetic."""


def _check_exact(program: Program) -> None:
    if not program.exact:
        raise _Outgrown


def _bound(program: Program, totals: list[Fraction]) -> dict[str, Any]:
    bound = sum(totals, start=Fraction(0))
    return {"bound": bound} if program.total_of is None else {"totals": tuple(totals), "bound": bound}


def _full(program: Program, mu: dict[int, Number]) -> bool:
    if program.total_of is None:  # one total: payoffs are positive and gains homogeneous, so scaling up always pays
        return True
    sums = [Fraction(0)] * program.totals
    for cell, p in mu.items():
        sums[int(program.total_of[cell])] += Fraction(p)
    return all(total == 1 for total in sums)


def _combined(weights: Sequence[int], rows: Array) -> Array:
    """sum_v weights_v rows_v in integers: ``int64`` where it fits."""
    size = sum(abs(w) * int(np.abs(row).max(initial=0)) for w, row in zip(weights, rows))
    if rows.dtype != object and size < 2**62:
        return np.array(weights, dtype=np.int64) @ rows
    return np.array(weights, dtype=object) @ rows.astype(object)


Solved = tuple[dict[int, Number], list[Fraction], Sequence[Fraction]]


def _columns(program: Program, objective: Array, shift: int) -> Solved:
    """mu, y, w of the program on all cells, with objective + shift > 0 and every total at most 1."""
    cells, rows = _first_cells(program, objective), _first_rows(program)
    while True:
        G, T = _entries(program, rows, cells), _total_rows(program, cells)
        c = objective[cells].astype(object) + shift
        best = maximise(c, np.vstack([G, T]), _right_side(len(G), program.totals))
        y, w = best.y[: len(G)], best.y[len(G) :]
        fresh = _violated(program, objective, rows, y, [value - shift for value in w])
        disobeyed = [] if fresh else _disobeyed(program, rows, cells, best.x)
        if not fresh and not disobeyed:
            return _drawn(cells, best.x), _by_row(program, rows, y), w
        cells, rows = np.union1d(cells, fresh).astype(int), [*rows, *disobeyed]


def _maximin_columns(program: Program, values: Array, shift: int) -> tuple[*Solved, Sequence[Fraction]]:
    """As :func:`_columns` with a last variable that is below every voice, and the dual weights of the voices."""
    voices, cells, rows = len(values), _first_cells(program, values.min(axis=0)), _first_rows(program)
    while True:
        k = len(cells)
        G, T = _entries(program, rows, cells), _total_rows(program, cells)
        below = -(values[:, cells].astype(object) + shift)
        last = np.array([[0]] * len(G) + [[1]] * voices + [[0]] * program.totals, dtype=object)
        c = np.array([0] * k + [1], dtype=object)
        best = maximise(c, np.hstack([np.vstack([G, below, T]), last]), _right_side(len(G) + voices, program.totals))
        y, shares, w = best.y[: len(G)], best.y[len(G) : len(G) + voices], best.y[len(G) + voices :]
        scale = reduce(lcm, (share.denominator for share in shares), 1)
        objective = _combined([int(share * scale) for share in shares], values)
        levels = [(value - shift * sum(shares)) * scale for value in w]
        fresh = _violated(program, objective, rows, [value * scale for value in y], levels)
        disobeyed = [] if fresh else _disobeyed(program, rows, cells, best.x[:k])
        if not fresh and not disobeyed:
            return _drawn(cells, best.x[:k]), _by_row(program, rows, y), w, shares
        cells, rows = np.union1d(cells, fresh).astype(int), [*rows, *disobeyed]


def _entries(program: Program, rows: list[int], cells: Array) -> Array:
    if len(rows) * len(cells) > (LARGEST_EXACT if program.gains.size <= LARGEST_EXACT else MOST_BINDING):
        raise _Outgrown
    return program.gains[np.array(rows, dtype=int)[:, None], cells].astype(object)


def _drawn(cells: Array, x: Sequence[Fraction]) -> dict[int, Number]:
    return {int(cell): p for cell, p in zip(cells, x) if p}


def _by_row(program: Program, rows: list[int], y: Sequence[Fraction]) -> list[Fraction]:
    """Dual weights of all rows: 0 where a row is not needed."""
    full = [Fraction(0)] * len(program.gains)
    for row, value in zip(rows, y):
        full[row] = value
    return full


def _first_rows(program: Program) -> list[int]:
    """All rows if few; else none, they join where they are broken."""
    return list(range(len(program.gains))) if len(program.gains) <= _FEW_ROWS else []


def _disobeyed(program: Program, rows: list[int], cells: Array, x: Sequence[Fraction]) -> list[int]:
    """The rows that the device breaks most; none of ``rows``, which it keeps."""
    if len(rows) == len(program.gains):
        return []
    used = [k for k, p in enumerate(x) if p]
    scale = reduce(lcm, (x[k].denominator for k in used), 1)
    gains = program.gains[:, cells[used]].astype(object) @ np.array([int(x[k] * scale) for k in used], dtype=object)
    order = np.argsort(-gains.astype(float) / scale, kind="stable") if scale < 10**300 else np.arange(len(gains))
    return [int(r) for r in order if gains[r] > 0][:_ADDED]


def _right_side(zeros: int, ones: int) -> Array:
    return np.array([0] * zeros + [1] * ones, dtype=object)


def _total_of(program: Program, cells: Array) -> Array:
    return np.zeros(len(cells), dtype=int) if program.total_of is None else program.total_of[cells]


def _total_rows(program: Program, cells: Array) -> Array:
    rows = np.zeros((program.totals, len(cells)), dtype=object)
    rows[_total_of(program, cells), np.arange(len(cells))] = 1
    return rows


def _first_cells(program: Program, objective: Array) -> Array:
    """The cells to begin with: all if few; else the best, those that nobody wants to leave, and some spread over the rest."""
    many = 4 * (len(program.gains) + program.totals) + 64
    if program.cells <= many:
        return np.arange(program.cells)
    spread = np.linspace(0, program.cells - 1, 32).astype(int)
    best = np.argmax(objective)
    stable = np.flatnonzero((program.gains <= 0).all(axis=0))[:32] if program.gains.size <= LARGEST else []
    return np.unique(np.concatenate([spread, [best], stable]).astype(int))


def _violated(program: Program, objective: Array, rows: list[int], y: Sequence[Fraction], w: Sequence[Fraction]) -> list[int]:
    """Cells x with objective(x) > w of x's total + sum_r y_r gains_r(x), the worst of each part of the cells; none proves the dual."""
    rows = [r for r, value in zip(rows, y) if value]
    prices = [value for value in y if value]
    found: list[int] = []
    for first in range(0, program.cells, _BLOCK):
        part = slice(first, first + _BLOCK)
        G, c = program.gains[rows, part], objective[part]
        total_of = _total_of(program, np.arange(first, first + len(c)))
        unsure = _unsure(G, c, total_of, prices, w)
        if len(unsure):
            excess = _excess(G[:, unsure], c[unsure], total_of[unsure], prices, w)
            found += [first + int(unsure[k]) for k in _worst(excess, parts=max(1, _ADDED * _BLOCK // max(program.cells, _BLOCK)))]
    return found


def _unsure(G: Array, c: Array, total_of: Array, y: Sequence[Fraction], w: Sequence[Fraction]) -> Array:
    """The cells of which floats cannot say that the dual holds, whatever the rounding."""
    if G.dtype == object or c.dtype == object:  # numbers beyond machine integers
        return np.arange(len(c))
    prices, level, gains = np.array([float(v) for v in y]), np.array([float(v) for v in w])[total_of], G.astype(float)
    excess = c.astype(float) - level - prices @ gains
    size = np.abs(c.astype(float)) + np.abs(level) + prices @ np.abs(gains)
    return np.flatnonzero(~(excess < -8 * (len(y) + 4) * _EPSILON * size))


def _excess(G: Array, c: Array, total_of: Array, y: Sequence[Fraction], w: Sequence[Fraction]) -> Array:
    """By how much the dual fails, in integers of some scale: positive where it does."""
    scale = reduce(lcm, (value.denominator for value in [*y, *w]), 1)
    level = np.array([int(value * scale) for value in w], dtype=object)[total_of]
    prices = np.array([int(value * scale) for value in y], dtype=object)
    return c.astype(object) * scale - level - (prices @ G.astype(object) if len(y) else 0)


def _worst(excess: Array, parts: int) -> list[int]:
    """Where ``excess`` is largest in each of some ``parts`` of the places where it is positive."""
    broken = np.flatnonzero(excess > 0)
    segments = np.array_split(broken, min(parts, len(broken))) if len(broken) else []
    return [int(segment[np.argmax(excess[segment])]) for segment in segments]


def _unit(program: Program) -> tuple[Array, Array]:
    """Payoffs and gains as floats of size 1: HiGHS's tolerances are absolute."""
    size = max(abs(program.payoffs.max()), abs(program.payoffs.min())) or 1
    return (program.payoffs / size).astype(float), (program.gains / size).astype(float)


def _by_highs(program: Program, objective: Array | None, maximin: bool) -> dict[int, Number]:
    from scipy.optimize import linprog
    from scipy.sparse import csr_array, hstack, vstack

    payoffs, gains = _unit(program)
    G, k = csr_array(gains), program.cells
    total_of = _total_of(program, np.arange(k))
    T = csr_array((np.ones(k), (total_of, np.arange(k))), shape=(program.totals, k))
    if not maximin:
        assert objective is not None
        result = linprog(-objective, A_ub=G, b_ub=np.zeros(len(gains)), A_eq=T, b_eq=np.ones(program.totals))
    else:
        heads = np.array(program.heads, dtype=float)[:, None]
        A = vstack([hstack([G, csr_array((len(gains), 1))]), hstack([csr_array(-payoffs / heads), np.ones((len(payoffs), 1))])])
        bounds = [(0, None)] * k + [(None, None)]
        c, total = np.append(np.zeros(k), -1.0), hstack([T, csr_array((program.totals, 1))])
        result = linprog(c, A_ub=A, b_ub=np.zeros(len(gains) + len(payoffs)), A_eq=total, b_eq=np.ones(program.totals), bounds=bounds)
    if result.status != 0:
        raise EncompassError("the best advice was not found: HiGHS says {status!r}", status=result.message)
    return _rounded(program, np.maximum(result.x[:k], 0.0), total_of)


def _rounded(program: Program, mu: Array, total_of: Array) -> dict[int, Number]:
    """Probabilities that sum to 1 over every total; rational where the game is, so that payoffs and regrets are exact."""
    number: Callable[[float], Number] = (lambda p: Fraction(p).limit_denominator(_DENOMINATOR)) if program.exact else float
    drawn = {int(x): number(float(mu[x])) for x in np.flatnonzero(mu)}
    sums: list[Number] = [Fraction(0)] * program.totals
    for x, p in drawn.items():
        sums[int(total_of[x])] += p
    return {x: p / sums[int(total_of[x])] for x, p in drawn.items() if p > 0}
