"""Symmetric equilibria in pure amounts of players alike whose payoff depends on the own amount and the others' sum: any number of them.

The counted game of such a family outgrows memory soon (8 users with 26 tokens each: 10^8 payoffs); one pass over the grid does not.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from ...games.commons import Aggregative
from ...games.errors import InputError, SizeError
from ...games.exact import TOLERANCE, Number

LARGEST = 2_000_000  # payoffs tried for the best total


@dataclass(frozen=True, eq=False)
class Symmetric:
    """``amounts`` that are equilibria when everybody chooses them (all of them), with what each player then gets."""

    amounts: tuple[Number, ...]
    payoffs: tuple[Number, ...]


def symmetric_amounts(game: Aggregative) -> Symmetric:
    """Every x of the grid that is a best answer to n - 1 others at x. Complete; exact if payoffs are."""
    found: list[tuple[Number, Number]] = []
    for x in game.grid:
        others = x * (game.n - 1)
        values = [game.payoff(y, others) for y in game.grid]
        mine = game.payoff(x, others)
        if max(values) - mine <= _slack(values):
            found.append((x, mine))
    return Symmetric(tuple(x for x, _ in found), tuple(v for _, v in found))


def best_totals(game: Aggregative) -> tuple[tuple[Number, ...], Number]:
    """The sums at which all players together get most, and how much that is, where what they get together depends on the sum only.

    That is so if at every sum payoffs are in proportion to the own amounts, as in a commons; it is checked. The totals tried are those
    that n players can reach on a grid of equal steps. Raises :class:`InputError` for another game or grid, :class:`SizeError`, with
    the figure, beyond ``LARGEST`` payoffs.
    """
    steps = {b - a for a, b in pairwise(game.grid)} or {Fraction(1)}
    low, step = game.grid[0] * game.n, min(steps)
    count = int((game.grid[-1] * game.n - low) / step) + 1
    if max(steps) - step > _slack(list(game.grid)):
        raise InputError("the best total needs amounts in equal steps")
    if count * len(game.grid) > LARGEST:
        raise SizeError("{n} payoffs must be tried for the best total; at most {limit}", n=count * len(game.grid), limit=LARGEST)
    values = [_together(game, low + step * k) for k in range(count)]
    top = max(values)
    return tuple(low + step * k for k, v in enumerate(values) if top - v <= _slack(values)), top


def _together(game: Aggregative, X: Number) -> Number:
    """What all get at the sum X: as if one player took it, which is right where payoffs are in proportion to the own amount."""
    whole = game.payoff(X, X - X)
    shares = [(x, game.payoff(x, X - x) * X - whole * x) for x in game.grid if x <= X]
    if any(abs(gap) > _slack([whole * X, whole * x]) for x, gap in shares):
        raise InputError("payoffs are not in proportion to the own amount: their sum depends on who takes what")
    return whole


def _slack(values: list[Number]) -> Number:
    if any(isinstance(v, float) for v in values):
        return TOLERANCE * max(abs(float(v)) for v in values)
    return Fraction(0)
