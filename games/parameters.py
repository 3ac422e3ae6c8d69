"""The parameters of families of games: checked once, at the door, and turned into tables of whole numbers."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from math import ceil, lcm

import numpy as np

from .counted_game import SymmetricGame, check_counts, count_vectors
from .errors import InputError, SizeError
from .exact import Array, Number, number
from .message import short

LARGEST_BITS = 10**9  # in all numerators of a list over one denominator
_SAFE = 2**60  # entries that leave room for sums of a few of them in 64 bits

Term = tuple[Number, Array]  # a coefficient and what it multiplies, whole numbers
Edge = Sequence[int]


def whole(value: object, name: str, least: int = 1, most: int | None = None) -> int:
    """``value`` as a whole number between ``least`` and ``most``."""
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, (int, np.integer)) or value < least:
        raise InputError("{name}={value!r} must be a whole number, at least {least}", name=name, value=value, least=least)
    if most is not None and value > most:
        raise InputError("{name}={value} must be at most {most}", name=name, value=value, most=most)
    return int(value)


def amount(value: object, name: str, least: Number | None = None, most: Number | None = None, above: Number | None = None) -> Number:
    """``value`` as a number, exact unless it is a float, not below ``least``, not over ``most``, and more than ``above``."""
    found = number(value, name)
    if least is not None and found < least:
        raise InputError("{name}={value} must not be less than {least}", name=name, value=found, least=least)
    if above is not None and found <= above:
        raise InputError("{name}={value} must be more than {least}", name=name, value=found, least=above)
    if most is not None and found > most:
        raise InputError("{name}={value} must be at most {most}", name=name, value=found, most=most)
    return found


def amounts(values: object, name: str, size: int | None = None, least: Number | None = None) -> tuple[Number, ...]:
    """A list of numbers, each checked as by :func:`amount`; ``size`` many if given, one at least."""
    if isinstance(values, (str, bytes)) or not hasattr(values, "__iter__"):
        raise InputError("{name}={value!r} must be a list of numbers", name=name, value=values)
    found = tuple(amount(value, name, least) for value in values)  # type: ignore[attr-defined]
    if not found or (size is not None and len(found) != size):
        raise InputError("{name} lists {n} numbers; {size} are needed", name=name, n=len(found), size=size or "one or more")
    return found


def grid_of(values: object, name: str = "grid", least: Number | None = Fraction(0), most: Number | None = None) -> tuple[Number, ...]:
    """The amounts a player can choose, rising, no two equal."""
    found = amounts(values, name, least=least)
    if any(b <= a for a, b in pairwise(found)):
        raise InputError("{name} must rise, without repeating a number: {value}", name=name, value=found)
    if most is not None and found[-1] > most:
        raise InputError("{name}={value} must be at most {most}", name=name, value=found[-1], most=most)
    return found


def label(value: Number) -> str:
    """An amount as the name of an action: ``"1/2"``, or a short decimal if it is a float."""
    return str(value) if isinstance(value, Fraction) else short(value)


def labels(grid: Sequence[Number]) -> tuple[str, ...]:
    """The amounts of ``grid`` as names of actions."""
    return tuple(map(label, grid))


def whole_units(grid: Sequence[Number]) -> tuple[Array, Number]:
    """``grid`` as whole numbers of some unit: ``(numbers, unit)``. In floats the numbers are the amounts themselves, the unit 1."""
    if any(isinstance(x, float) for x in grid):
        return np.array([float(x) for x in grid]), Fraction(1)
    exact = [Fraction(x) for x in grid]
    denominator = lcm(*(x.denominator for x in exact))
    if denominator.bit_length() * len(exact) > LARGEST_BITS:  # such as shares of a cost among 1, 2, ..., 100000 people
        digits = f"{denominator.bit_length() * 0.30103:,.0f}"
        raise SizeError(
            "{n} amounts over a common denominator of {digits} digits do not fit; give them as floats", n=len(exact), digits=digits
        )
    return integers([x.numerator * (denominator // x.denominator) for x in exact]), Fraction(1, denominator)


def integers(values: Sequence[int]) -> Array:
    """Whole numbers in 64 bits where they fit with room, Python's otherwise."""
    fits = max(map(abs, values), default=0) < 2**31  # so that they can be multiplied by one another and by counts
    return np.array(values, dtype=np.int64 if fits else object)


def combined(terms: Sequence[Term]) -> tuple[Array, int]:
    """``sum(coefficient * numbers)`` as whole numbers over one denominator; floats, over 1, if anything is a float."""
    if any(isinstance(c, float) or x.dtype == np.float64 for c, x in terms):
        return np.asarray(sum(float(c) * x.astype(np.float64) for c, x in terms)), 1
    exact = [(Fraction(c), x) for c, x in terms]
    denominator = lcm(*(c.denominator for c, _ in exact))
    factors = [c.numerator * (denominator // c.denominator) for c, _ in exact]
    sizes = [abs(f) * max(abs(int(x.max())), abs(int(x.min())), 1) if x.size else 0 for f, (_, x) in zip(factors, exact)]
    kind: type = np.int64 if sum(sizes) < _SAFE else object
    return np.asarray(sum(f * x.astype(kind) for f, (_, x) in zip(factors, exact))), denominator


def counted(rows: Sequence[Sequence[Term]], n: int, actions: Sequence[str], role: str = "player") -> SymmetricGame:
    """The game of ``n`` players alike whose action a pays ``combined(rows[a])``, by the count index of the others."""
    tables = [combined(row) for row in rows]
    if any(table.dtype == np.float64 for table, _ in tables):
        return SymmetricGame(np.stack([(table / d).astype(np.float64) for table, d in tables]), n, actions, role)
    common = lcm(*(d for _, d in tables))
    raised = [combined([(Fraction(common, d), table)])[0] for table, d in tables]
    kind = np.int64 if all(table.dtype == np.int64 for table in raised) else object
    return SymmetricGame.from_integers(np.stack([table.astype(kind) for table in raised]), common, n, actions, role)


def reaches(numbers: Array, target: Number) -> Array:
    """1 where ``numbers`` are at least ``target``, else 0."""
    return (numbers >= (float(target) if numbers.dtype == np.float64 or isinstance(target, float) else ceil(target))).astype(np.int64)


def as_money(table: Array, denominator: int) -> Array:
    """``table / denominator`` as exact numbers, one Fraction for each that differs; floats as they are."""
    if table.dtype == np.float64:
        return table
    money = {int(x): Fraction(int(x), denominator) for x in set(table.ravel().tolist())}
    result = np.empty(table.size, dtype=object)
    result[:] = [money[int(x)] for x in table.ravel().tolist()]
    return result.reshape(table.shape)


def others_acting(n: int) -> Array:
    """0, 1, ..., n - 1: how many of the others take the second of two actions, by count index."""
    check_counts([n], [2])
    return np.arange(n)


def others_total(n: int, grid: Array) -> Array:
    """What the n - 1 others choose in all, by count index, when action a is ``grid[a]``."""
    check_counts([n], [len(grid)])
    return count_vectors(n - 1, len(grid)) @ grid


def edges_of(n: int, edges: Sequence[Edge], name: str = "edges") -> tuple[frozenset[int], ...]:
    """The neighbours of every node 0..n-1 of an undirected graph. Raises :class:`InputError` for loops and unknown nodes."""
    near: list[set[int]] = [set() for _ in range(n)]
    for edge in edges:
        if len(edge) != 2 or edge[0] == edge[1] or not all(0 <= x < n for x in edge):
            raise InputError("{name}: {edge} does not join two of the nodes 0 to {last}", name=name, edge=list(edge), last=n - 1)
        near[edge[0]].add(edge[1])
        near[edge[1]].add(edge[0])
    return tuple(map(frozenset, near))
