"""Commons: what one takes lessens what the others get.

Symbols: n users, x_i what i takes, X = sum x; A - B X the average yield of a unit, w what it would earn elsewhere (Gordon 1954;
Ostrom, Gardner and Walker 1994). Payoffs depend on the own amount and the sum only (aggregative), so that a game too large to be
tabled can still be asked for its symmetric equilibria.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from .counted_game import SymmetricGame, check_counts
from .exact import Array, Number
from .parameters import amount, counted, grid_of, labels, others_total, whole, whole_units


@dataclass(frozen=True, eq=False)
class Aggregative:
    """``n`` players alike choose amounts of ``grid``; one who takes x while the others take Y in all gets ``payoff(x, Y)``."""

    n: int
    grid: tuple[Number, ...]
    payoff: Callable[[Number, Number], Number]

    def game(self) -> SymmetricGame:
        """The same as a counted game. Raises :class:`SizeError` where its table does not fit."""
        check_counts([self.n], [len(self.grid)])
        units, unit = whole_units(self.grid)
        totals = others_total(self.n, units)
        distinct, place = np.unique(totals, return_inverse=True)
        table = np.empty((len(self.grid), len(distinct)), dtype=object)
        for a, x in enumerate(self.grid):
            table[a] = [self.payoff(x, _entry(total) * unit) for total in distinct]
        return SymmetricGame(table[:, place.reshape(-1)], self.n, labels(self.grid))


def _entry(total: object) -> Number:
    return total if isinstance(total, float) else Fraction(int(total))  # type: ignore[call-overload]


def common_pool(n: int, A: object, B: object, w: object = 0, grid: object = range(11)) -> SymmetricGame:
    """Rent ``x (A - B X) - w x`` of the tokens x one puts into a common pool (Walker, Gardner and Ostrom 1990)."""
    n, a, b = whole(n, "n"), amount(A, "A"), amount(B, "B", least=0)
    net, given = a - amount(w, "w"), grid_of(grid)
    units, unit = whole_units(given)
    others = others_total(n, units)
    one = np.ones_like(others)
    rows: list[Sequence[tuple[Number, Array]]] = [[(x * (net - b * x), one), (-x * b * unit, others)] for x in given]
    return counted(rows, n, labels(given))


def pool_of_tokens(n: int, A: object, B: object, w: object, most: int) -> Aggregative:
    """:func:`common_pool` with whole tokens 0..``most``, any number of users and tokens."""
    a, b, outside = amount(A, "A"), amount(B, "B", least=0), amount(w, "w")
    grid = tuple(Fraction(x) for x in range(whole(most, "most") + 1))
    return Aggregative(whole(n, "n"), grid, lambda x, Y: x * (a - b * (x + Y)) - outside * x)


def attention(m: int, load: object, value: object = 1, grid: object = range(11), fee: object = 0) -> SymmetricGame:
    """``m`` departments ask one committee for g groups each: ``value * g (1 - load * G) - fee * g`` (ATLAS game 5a, P5.1, P5.5).

    A Cournot commons; continuous amounts are in :func:`encompass.solvers.moves.continuous_goods.attention_commons`.
    """
    v, share = amount(value, "value", above=0), amount(load, "load", above=0)
    return common_pool(m, v, v * share, fee, grid)


__all__ = ["Aggregative", "attention", "common_pool", "pool_of_tokens"]
