"""Pairs of two sides: deferred acceptance, what is unstable about a pairing, and the pairing that is worth most, with prices that prove it.

A pairing is a list with the column of each row, None for a row that stays alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from ...games.exact import Number

Rows = Sequence[Sequence[Number]]
Pairs = tuple[int | None, ...]
ZERO = Fraction(0)


def deferred_acceptance(rows: Rows, columns: Rows) -> Pairs:
    """The pairing of Gale and Shapley (1962) in which rows propose: stable, and of all stable ones the best for every row if no gains tie.

    ``rows[i][j]`` and ``columns[i][j]``: what row i and column j gain from each other; alone is 0, and only gains of at least 0 are
    accepted. Ties go to the lower number.
    """
    m = len(rows[0])
    wanted = [sorted((j for j in range(m) if row[j] >= 0), key=lambda j: (-row[j], j)) for row in rows]
    held: list[int | None] = [None] * m
    free = list(range(len(rows) - 1, -1, -1))
    while free:
        i = free.pop()
        while wanted[i]:
            j = wanted[i].pop(0)
            now = held[j]
            if columns[i][j] >= 0 and (now is None or (-columns[i][j], i) < (-columns[now][j], now)):
                held[j] = i
                if now is not None:
                    free.append(now)
                break
    found: list[int | None] = [None] * len(rows)
    for j, i in enumerate(held):
        if i is not None:
            found[i] = j
    return tuple(found)


def turned(pairs: Pairs, columns: int) -> Pairs:
    """The same pairing, by column."""
    found: list[int | None] = [None] * columns
    for i, j in enumerate(pairs):
        if j is not None:
            found[j] = i
    return tuple(found)


def transposed(rows: Rows) -> list[list[Number]]:
    """Columns as rows."""
    return [list(column) for column in zip(*rows)]


def blocking(pairs: Pairs, rows: Rows, columns: Rows) -> list[tuple[int | None, int | None]]:
    """Who makes ``pairs`` unstable: (i, j) who both gain by leaving for each other; (i, None), (None, j) who would rather be alone."""
    m = len(rows[0])
    other = turned(pairs, m)
    mine = [ZERO if j is None else rows[i][j] for i, j in enumerate(pairs)]
    theirs = [ZERO if i is None else columns[i][j] for j, i in enumerate(other)]
    found: list[tuple[int | None, int | None]] = [(i, None) for i in range(len(rows)) if mine[i] < 0]
    found += [(None, j) for j in range(m) if theirs[j] < 0]
    return found + [(i, j) for i in range(len(rows)) for j in range(m) if rows[i][j] > mine[i] and columns[i][j] > theirs[j]]


@dataclass(frozen=True)
class Assignment:
    """``pairs`` worth ``total``; ``row_prices`` u and ``column_prices`` v, at least 0, with u_i + v_j >= worth[i][j] and sum = total.

    The prices prove that no pairing is worth more, and are shares with which no pair would rather part (the core; Shapley and Shubik 1971).
    """

    pairs: Pairs
    total: Number
    row_prices: tuple[Number, ...]
    column_prices: tuple[Number, ...]

    def proves(self, worth: Rows) -> bool:
        """Whether the prices are at least 0, cover every pair, and add up to the total (exactly, or to a billionth in floats)."""
        slack = 0 if all(isinstance(x, Fraction) for row in worth for x in row) else 1e-9 * (1 + max(abs(x) for row in worth for x in row))
        covered = all(u + v >= worth[i][j] - slack for i, u in enumerate(self.row_prices) for j, v in enumerate(self.column_prices))
        sums = sum(self.row_prices, start=ZERO) + sum(self.column_prices, start=ZERO)
        return covered and min((*self.row_prices, *self.column_prices)) >= 0 and abs(sums - self.total) <= slack * (len(worth) + 1)


def best_assignment(worth: Rows) -> Assignment:
    """The pairing with the largest sum of worths, pairs worth less than 0 left out (Kuhn 1955, shortest augmenting paths).

    Exact in rationals; O(n^3).
    """
    n, m = len(worth), len(worth[0])
    size = n + m  # everybody may stay alone, with a partner of their own that is worth 0
    cost = [[-worth[i][j] if i < n and j < m else ZERO for j in range(size)] for i in range(size)]
    u, v, match = _augmented(cost, size)
    pairs: list[int | None] = [None] * n
    for j in range(m):
        if match[j] < n and worth[match[j]][j] >= 0:
            pairs[match[j]] = j
    total = sum((worth[i][j] for i, j in enumerate(pairs) if j is not None), start=ZERO)
    # prices of the padded problem, shifted so that a partner who stands for staying alone costs nothing
    shift = max(u[n:], default=ZERO) if m else ZERO
    return Assignment(tuple(pairs), total, tuple(-(x - shift) for x in u[:n]), tuple(-(x + shift) for x in v[:m]))


def _augmented(cost: Rows, size: int) -> tuple[list[Number], list[Number], list[int]]:
    """Prices u, v with u_i + v_j <= cost and equality on the pairing ``match`` (the row of each column), which costs least."""
    u: list[Number] = [ZERO] * size
    v: list[Number] = [ZERO] * size
    match = [-1] * size
    for row in range(size):
        far: list[Number | None] = [None] * size
        back, done, i, column = [-1] * size, [False] * size, row, -1
        reached: list[int] = []
        at: Number = ZERO
        while True:
            for j in range(size):
                if not done[j]:
                    step = at + cost[i][j] - u[i] - v[j]
                    if far[j] is None or step < far[j]:  # type: ignore[operator]
                        far[j], back[j] = step, column
            column = min((j for j in range(size) if not done[j]), key=lambda j: far[j])  # type: ignore[arg-type,return-value]
            at = far[column]  # type: ignore[assignment]
            if match[column] < 0:
                break
            done[column] = True
            reached.append(column)
            i = match[column]
        u[row] += at
        for j in reached:
            u[match[j]] += at - far[j]  # type: ignore[operator]
            v[j] -= at - far[j]  # type: ignore[operator]
        while column >= 0:
            before = back[column]
            match[column] = match[before] if before >= 0 else row
            column = before
    return u, v, match
