"""A few visits over many periods, against somebody who breaks the rule at most once (Dresher 1962; Avenhaus, von Stengel and Zamir 2002).

In each of n periods the inspector, with m visits left, visits or not, and the other breaks the rule or not, not knowing. A violation that
is visited pays the inspector ``caught``, one that is not costs it ``missed``; either ends the game, worth 0 if nothing ever happens.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ..errors import SizeError
from ..exact import Number
from ..normal_form import NormalForm
from ..parameters import amount, whole

ZERO, ONE = Fraction(0), Fraction(1)
MOST_CELLS = 200_000


@dataclass(frozen=True)
class SequentialInspection:
    """``visits`` in ``periods``. Raises :class:`InputError`, :class:`SizeError` where the recursion does not fit."""

    periods: int = 12
    visits: int = 3
    caught: Number = ONE
    missed: Number = ONE

    def __post_init__(self) -> None:
        object.__setattr__(self, "periods", whole(self.periods, "periods"))
        object.__setattr__(self, "visits", whole(self.visits, "visits", 0))
        object.__setattr__(self, "caught", amount(self.caught, "caught", least=0))
        object.__setattr__(self, "missed", amount(self.missed, "missed", above=0))
        cells = self.periods * min(self.visits + 1, self.periods)
        if cells > MOST_CELLS:
            raise SizeError("a recursion over {n} pairs of periods and visits does not fit; at most {limit}", n=cells, limit=MOST_CELLS)

    def values(self) -> list[list[Number]]:
        """``values()[n][m]``: what n periods with m visits are worth to the inspector, up to those asked for.

        I(n, m) is the value of the first period with the rest in place; I(n, 0) = -missed, and 0 where every period can be visited.
        """
        most = min(self.visits, self.periods)
        rows: list[list[Number]] = [[ZERO] * (most + 1)]
        for n in range(1, self.periods + 1):
            row: list[Number] = [-self.missed]
            for m in range(1, most + 1):
                row.append(ZERO if m >= n else zero_sum_value(self.first(rows[-1], m)))
            rows.append(row)
        return rows

    def first(self, later: list[Number], m: int) -> list[list[Number]]:
        """What the first period pays the inspector with m > 0 visits left; rows visit or not, columns keep the rule or break it."""
        return [[later[m - 1], self.caught], [later[m], -self.missed]]

    def game(self) -> NormalForm:
        """The first period, with what the rest is worth in place; without visits there is only one thing to do."""
        rows = self.values()
        m = min(self.visits, self.periods)
        table = self.first(rows[-2], m) if m else [[rows[-2][0] if self.periods > 1 else ZERO, -self.missed]]
        other = [[-x for x in row] for row in table]
        actions = (("visit", "not") if m else ("not",), ("keep", "break"))
        return NormalForm.from_arrays(table, other, players=("inspector", "landlord"), actions=actions)


def zero_sum_value(table: list[list[Number]]) -> Number:
    """The value of a zero-sum game of two by two actions that pays ``table`` to the chooser of rows."""
    (a, b), (c, d) = table
    low, high = max(min(a, b), min(c, d)), min(max(a, c), max(b, d))
    return low if low == high else (a * d - b * c) / (a + d - b - c)
