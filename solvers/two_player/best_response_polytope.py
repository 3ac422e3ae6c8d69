"""The best-response polytope of one player of a bimatrix game, and its points in exact arithmetic.

With payoffs shifted to be positive, ``M[k, i]`` what reply k of the *other* player earns against own action i::

    P = {x >= 0 : M x <= 1},  own actions i = 0..d-1,  replies k = 0..r-1

Its points other than 0, divided by their sum, are the mixtures x of the player; M x = 1 where a reply is best. A *label* is a
constraint: i for x_i >= 0, d + k for (M x)_k <= 1; a point has the labels of its tight constraints. (von Stengel 2002, Computing
equilibria for two-person games, section 2.) A *basis* is a set of d labels whose constraints determine a point.

Right-hand sides are perturbed to 1 + epsilon ``delta[k]`` with epsilon > 0 smaller than every positive number, so that no point of
the perturbed polytope has more than d labels, whatever ties the game has (Charnes 1952).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import comb, gcd

import numpy as np

from ...games.exact import Array, frozen
from ...games.normal_form import NormalForm

Point = tuple[tuple[int, ...], int]  # integers X and a positive D: the point X / D

_DELTA_BITS = 20


@dataclass(frozen=True, eq=False)
class Polytope:
    """``rows[k]`` the integers M[k, :] of reply k, payoffs plus ``shift``; ``M`` the same as floats over ``scale``, the largest;
    ``delta`` integers, one a reply.
    """

    rows: tuple[tuple[int, ...], ...]
    shift: int
    scale: int
    M: Array
    delta: Array

    @property
    def own(self) -> int:
        """The dimension d."""
        return self.M.shape[1]

    @property
    def replies(self) -> int:
        """The number r of replies of the other player."""
        return self.M.shape[0]

    @property
    def labels(self) -> int:
        """The number of constraints."""
        return self.own + self.replies

    def perturbed(self, seed: int) -> Polytope:
        """The same polytope with other perturbations."""
        return replace(self, delta=_chosen(len(self.rows), seed))

    def point(self, basis: Sequence[int]) -> Point | None:
        """Integers ``X`` and a positive D with x = X / D (M not divided by ``scale``) the point that has the labels ``basis``."""
        support, tight = self._split(basis)
        solved = unique_solution([[self.rows[k][i] for i in support] for k in tight])
        if solved is None:
            return None
        shared = gcd(*solved[0], solved[1])
        X = [0] * self.own
        for i, value in zip(support, solved[0]):
            X[i] = value // shared
        return tuple(X), solved[1] // shared

    def _split(self, basis: Sequence[int]) -> tuple[list[int], list[int]]:
        """Own actions that may be positive, and replies that are best."""
        d, held = self.own, set(basis)
        return [i for i in range(d) if i not in held], [label - d for label in basis if label >= d]

    def contains(self, point: Point) -> bool:
        """Whether ``X / D`` meets every constraint."""
        X, D = point
        return min(X) >= 0 and all(sum(a * x for a, x in zip(row, X)) <= D for row in self.rows)

    def is_tight(self, point: Point, labels: Sequence[int]) -> bool:
        """Whether all ``labels`` belong to the point ``X / D``."""
        X, D = point
        d = self.own
        return all(X[k] == 0 if k < d else sum(a * x for a, x in zip(self.rows[k - d], X)) == D for k in labels)


def unit(game: NormalForm) -> int:
    """The common denominator of the numbers in the table of ``game``: 1, or for floats the power of two that makes them integers."""
    return 1 if game.exact else max(Fraction(float(x)).denominator for x in game.table.ravel())


def integers(game: NormalForm) -> Array:
    """The table of ``game`` times its :func:`unit`, as Python integers ``(2, m, n)``."""
    if game.exact:
        return game.table.astype(object)
    shared = unit(game)
    result = np.empty(game.table.size, dtype=object)
    result[:] = [int(Fraction(float(x)) * shared) for x in game.table.ravel()]
    return result.reshape(game.table.shape)


def polytope(M: Array) -> Polytope:
    """The polytope of integers ``M`` (Python's, any sign) of shape ``(replies, own)``, shifted to positive ones."""
    low, high = int(M.min()), int(M.max())
    shift = (high - low) // 4 + 1 - low  # well above 0, so that no coordinate is huge
    positive = M + shift
    scale = high + shift
    rows = tuple(tuple(int(v) for v in row) for row in positive)
    floats = np.array([[v / scale for v in row] for row in rows])  # each correctly rounded
    return Polytope(rows, shift, scale, frozen(floats), _chosen(len(rows), 0))


def _chosen(replies: int, seed: int) -> Array:
    """Perturbations: generic, and the same on every machine."""
    return frozen(np.random.default_rng([replies, seed]).integers(2 ** (_DELTA_BITS - 1), 2**_DELTA_BITS, replies))


def unique_solution(K: list[list[int]]) -> tuple[list[int], int] | None:
    """``X``, ``D > 0`` with K X = D for every row, where that determines X / D; None otherwise (K has at least as many rows as columns).

    Fraction-free elimination (Bareiss 1968) with a common denominator: every division is exact.
    """
    width = len(K[0]) if K else 0
    rows = [[*row, 1] for row in K]
    previous = 1
    for c in range(width):
        chosen = next((r for r in range(c, len(rows)) if rows[r][c]), None)
        if chosen is None:
            return None
        rows[c], rows[chosen] = rows[chosen], rows[c]
        lead = rows[c]
        pivot = lead[c]
        for r, row in enumerate(rows):
            if r != c:
                factor = row[c]
                rows[r] = [(v * pivot - factor * w) // previous for v, w in zip(row, lead)]
        previous = pivot
    if any(row[width] for row in rows[width:]):
        return None
    sign = 1 if previous > 0 else -1
    return [sign * rows[c][width] for c in range(width)], sign * previous


def most_vertices(dimension: int, facets: int) -> int:
    """How many vertices a polytope with so many facets has at most, and so how many bases (McMullen 1970, upper bound theorem)."""
    d, spare = dimension, facets - dimension
    return comb(facets - (d + 1) // 2, spare) + comb(facets - d // 2 - 1, spare)
