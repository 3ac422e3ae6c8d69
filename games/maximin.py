"""The lottery that is best for whoever gains least by it, and the weights that prove nothing is better.

Value of the zero-sum game between a proposer of a lottery p over alternatives and an objector with weights lambda over
residents (von Neumann 1928)::

    max_p min_i (U p)_i = min_lambda max_x (lambda' U)_x

Few residents bind, so the program is solved on a growing set of them: the worst-off under the current p join until nobody
is worse off than promised. Each program is solved in exact arithmetic; a million residents only pass by in blocks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from .exact import Array, Number, is_exact
from .linear_program import matrix_game
from .outcome_game import OutcomeGame

LARGEST_EXACT = 200_000  # gains checked in rational arithmetic; beyond, in floats
_ADDED = 8  # residents that join the program at a time


@dataclass(frozen=True, eq=False)
class Maximin:
    """What the lottery ``p`` (by alternative) guarantees everybody, and the objector's weights by row (they sum to 1)."""

    value: Fraction
    p: tuple[Fraction, ...]
    objector: dict[int, Fraction]


class Residents:
    """The rows of a game, read in rational arithmetic where they fit and block by block in floats otherwise."""

    def __init__(self, game: OutcomeGame) -> None:
        self.game = game
        self.exact = game.stream is None and game.utilities.size <= LARGEST_EXACT
        self.table = rational(game.utilities) if self.exact else None
        self.slack: Number = game.slack

    def blocks(self) -> Iterator[Array]:
        """Gains ``(rows, alternatives)``, some rows at a time."""
        if self.table is not None:
            yield self.table
        else:
            yield from (gains for _, gains in self.game.blocks())

    def worst(self, p: tuple[Fraction, ...]) -> list[tuple[Any, int, Array]]:
        """The few rows that gain least under the lottery ``p``: ``(gain, row, gains)``, least first."""
        weights = np.array(p, dtype=object) if self.exact else np.array(p, dtype=float)
        found: list[tuple[Any, int, Array]] = []
        first = 0
        for gains in self.blocks():
            expected = gains @ weights
            least = np.argsort(expected, kind="stable")[:_ADDED]
            found += [(expected[k], first + int(k), gains[k]) for k in least]
            first += len(gains)
        return sorted(found, key=lambda entry: (entry[0], entry[1]))[:_ADDED]


def rational(values: Array) -> Array:
    """``values`` as rational numbers: floats are the binary fractions they are."""
    if is_exact(values):
        return values
    result = np.empty(values.shape, dtype=object)
    result.ravel()[:] = [Fraction(float(x)) for x in values.ravel()]
    return result


def maximin_lottery(game: OutcomeGame) -> Maximin:
    """The maximin lottery over all alternatives, the status quo among them, so that it never guarantees less than 0."""
    residents = Residents(game)
    columns = len(game.alternatives)
    working = {row: gains for _, row, gains in residents.worst((Fraction(1, columns),) * columns)}
    while True:
        rows = sorted(working)
        value, p, weights = matrix_game(np.array([working[row] for row in rows]))
        fresh = {row: gains for gain, row, gains in residents.worst(p) if gain < value - residents.slack and row not in working}
        if not fresh:
            return Maximin(value, p, {row: weight for row, weight in zip(rows, weights) if weight})
        working |= fresh
