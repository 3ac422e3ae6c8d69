"""Equilibria of interchangeable players with any number of actions in which all act alike: support by support.

With the support A = (a_1..a_r) the mixture is x_1, (1 - x_1) x_2, ..., so that it fills the open cube of r - 1 unknowns once, and the
expected gains between actions of A are Bernstein polynomials in them: how many of the n - 1 others take a_1 is binomial, how many of
the rest take a_2 is binomial again, and so on. Pure mixtures are compared, pairs have isolated roots in exact arithmetic, larger
supports are subdivided (:mod:`.bernstein_box`).
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations
from math import comb

import numpy as np

from ...games.counted_game import SymmetricGame, count_index
from ...games.errors import SizeError
from ...games.exact import Array, Number
from ...games.message import Message, say
from .bernstein import Bernstein, sign_at
from .bernstein_box import EPS, Enclosed, common_roots, rational_root, sign_near

MOST_NUMBERS = 20_000  # coefficients of a polynomial that is subdivided
Mixture = tuple[Number, ...]


def symmetric_mixtures(game: SymmetricGame) -> tuple[list[Mixture], Message | None]:
    """The mixtures that all play in equilibrium, and why they may not be all (None if they are). Raises :class:`SizeError`."""
    k, n = len(game.actions[0]), game.n
    if n ** (k - 1) > MOST_NUMBERS:
        raise SizeError("{n} players who mix over {k} actions alike make too many numbers to search", n=n, k=k)
    table = _integers(game)
    found: list[Mixture] = []
    stuck = 0
    for size in range(1, k + 1):
        for support in combinations(range(k), size):
            mixtures, sure = _pure(table, n, support) if size == 1 else _pair(table, n, support) if size == 2 else _cube(table, n, support)
            found += mixtures
            stuck += not sure
    stop = say("{n} sets of actions could not be decided: there may be more, or a continuum", n=stuck) if stuck else None
    return found, stop


def _integers(game: SymmetricGame) -> Array:
    """The payoffs as integers; of a game given in floats rounded far below its slack, so that what counts as equal is."""
    if game.exact:
        return game.table.astype(object)
    unit = 2.0 ** np.floor(np.log2(float(game.slack) or 1.0))  # a power of two, so that short numbers stay what they are
    return np.rint(game.table / unit).astype(np.int64).astype(object)


def _pure(table: Array, n: int, support: tuple[int, ...]) -> tuple[list[Mixture], bool]:
    k, (a,) = len(table), support
    place = count_index([(n - 1) * (b == a) for b in range(k)])
    holds = all(table[b, place] <= table[a, place] for b in range(k))
    return [tuple(Fraction(int(b == a)) for b in range(k))] if holds else [], True


def _pair(table: Array, n: int, support: tuple[int, ...]) -> tuple[list[Mixture], bool]:
    k, (a, b) = len(table), support
    places = [count_index([(n - 1 - j) * (c == a) + j * (c == b) for c in range(k)]) for j in range(n)]
    gain = table[b, places] - table[a, places]
    if not gain.any():
        others = [table[c, places] - table[a, places] for c in range(k) if c not in support]
        return [], any((form > 0).all() for form in others)  # indifferent all along: a continuum, unless another action is better
    polynomial = Bernstein(gain)
    found: list[Mixture] = []
    for root in polynomial.roots():
        others = (Bernstein(table[c, places] - table[a, places]) for c in range(k) if c not in support)
        if all(sign_at(root, polynomial, other) <= 0 for other in others):
            p = root.value
            found.append(tuple(1 - p if c == a else p if c == b else Fraction(0) for c in range(k)))
    return found, True


def _cube(table: Array, n: int, support: tuple[int, ...]) -> tuple[list[Mixture], bool]:
    k = len(table)
    forms = {c: _collapsed(table[c] - table[support[0]], n - 1, support, k) for c in range(k) if c != support[0]}
    equations, sides = [forms[c] for c in support[1:]], [forms[c] for c in forms if c not in support]
    if any(not form.any() for form in equations):
        return [], any((form > 0).all() for form in sides)
    answer = common_roots(equations, sides, 2 * EPS)
    found: list[Mixture] = []
    sure = answer.complete
    for root in answer.roots:
        rational = rational_root(equations, root)
        signs = [sign_near(form, root, rational) for form in sides]
        if 1 not in signs:
            sure = sure and None not in signs
            if None not in signs:
                found.append(_mixture(root, rational, support, k))
    return found, sure


def _mixture(root: Enclosed, rational: Sequence[Fraction] | None, support: tuple[int, ...], k: int) -> Mixture:
    points: list[Number] = list(rational) if rational is not None else [float(x) for x in root.point]
    mix: list[Number] = [Fraction(0)] * k
    rest: Number = Fraction(1)
    for a, x in zip(support, points):
        mix[a] = rest * x
        rest = rest * (1 - x)
    mix[support[-1]] = rest
    return tuple(mix)


def _collapsed(values: Array, total: int, support: tuple[int, ...], k: int) -> Array:
    """Coefficients, ``total + 1`` along each axis, of E values(counts) when ``total`` players mix over ``support`` alike."""

    def build(taken: tuple[int, ...], left: int) -> Array:
        depth = len(taken)
        if depth == len(support) - 1:
            counts = [0] * k
            for a, c in zip(support, (*taken, left)):
                counts[a] = c
            return np.array(values[count_index(counts)], dtype=object)
        rows = np.stack([build((*taken, j), left - j) for j in range(left + 1)])
        return np.tensordot(_elevation(left, total), rows, axes=(1, 0))

    return build((), total)


def _elevation(degree: int, to: int) -> Array:
    """The matrix that writes Bernstein coefficients of one degree in a higher one."""
    rows = [
        [Fraction(comb(degree, j) * comb(to - degree, i - j), comb(to, i)) if i >= j else Fraction(0) for j in range(degree + 1)]
        for i in range(to + 1)
    ]
    return np.array(rows, dtype=object)


__all__ = ["symmetric_mixtures"]
