"""All extreme equilibria of a two-player game, ties or not, each an exact pair of mixtures.

A pair of vertices (x, y) other than 0 of the best-response polytopes is an equilibrium if and only if every action is either not
played or a best reply, that is if the labels of x and y together are all labels; these pairs are the extreme equilibria, and every
equilibrium is a convex combination of them (von Stengel 2002, section 2; Avis, Rosenberg, Savani and von Stengel 2010).

One polytope is walked in full (:mod:`.vertex_walk`). For a vertex x of it, y must have every label that x lacks. Mostly these are as
many as y has dimensions, and y is found by solving for it; where x has e labels too many they are completed by each choice of e of
x's own. Where that is too much work the other polytope is walked in full, too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np

from ...games.errors import SizeError
from ...games.exact import Array
from ...games.normal_form import NormalForm
from .best_response_polytope import Point, Polytope, integers, most_vertices, polytope
from .completing import completed
from .components import Component, components
from .strict_dominance import strict_dominance
from .vertex_walk import Progress, Vertices, vertices

LIMIT = 200_000  # bases of one polytope that are visited
MOST_ACTIONS = 400  # of both players together
MOST_NUMBERS = 60_000_000  # held by the walk: 0.5 GB
_TRIES = 20_000  # bases of the second polytope that are solved, besides one for each of the first, rather than walk it
UNREDUCED = 100_000  # bases that a polytope may have before strictly dominated actions are taken out of a game

Mixture = tuple[Fraction, ...]


@dataclass(frozen=True, eq=False)
class ExtremeEquilibria:
    """``rows`` and ``columns`` are mixtures, each once; ``pairs[k] = (i, j)`` says that ``rows[i]`` and ``columns[j]`` are an equilibrium.

    ``complete`` if there is no other extreme one, ``limited`` if a limit or an interrupt cut the search off. ``alive`` are the actions
    of both players that were searched: the others are strictly dominated. ``walked`` holds the vertices that prove it, by player.
    """

    game: NormalForm
    rows: tuple[Mixture, ...]
    columns: tuple[Mixture, ...]
    pairs: tuple[tuple[int, int], ...]
    complete: bool
    alive: tuple[tuple[int, ...], tuple[int, ...]]
    polytopes: tuple[Polytope, Polytope]
    walked: tuple[Vertices | None, Vertices | None]
    limit: int

    @property
    def profiles(self) -> tuple[tuple[Mixture, Mixture], ...]:
        """The equilibria as pairs of mixtures."""
        return tuple((self.rows[i], self.columns[j]) for i, j in self.pairs)

    @property
    def visited(self) -> int:
        """How many bases were visited."""
        return sum(len(held.bases) for held in self.walked if held is not None)

    @cached_property
    def components(self) -> tuple[Component, ...]:
        """The connected components of the equilibrium set and their maximal Nash subsets (of what was found)."""
        return components(self.pairs)

    @cached_property
    def both(self) -> tuple[Vertices, Vertices]:
        """The vertices of both polytopes; walks what was not needed before."""
        first, second = (held or vertices(P, self.limit) for held, P in zip(self.walked, self.polytopes))
        return first, second

    @cached_property
    def nondegenerate(self) -> bool | None:
        """Whether no mixture has more pure best replies than actions that it plays; None where this is not settled."""
        if any(held is not None and not held.simple for held in self.walked) or not all(held.simple for held in self.both):
            return False
        whole = tuple(map(len, self.alive)) == self.game.shape
        return True if whole and all(held.complete for held in self.both) else None


def extreme_equilibria(game: NormalForm, limit: int = LIMIT, progress: Progress | None = None) -> ExtremeEquilibria:
    """All extreme equilibria of a two-player ``game``; floats are taken as the binary fractions they are.

    At most about ``limit`` bases of a polytope are visited; what was found by then, or before an interrupt, is returned.
    Raises :class:`SizeError` for more than ``MOST_ACTIONS`` actions.
    """
    actions = sum(game.shape)
    if actions > MOST_ACTIONS:
        raise SizeError("{n} actions of two players have too many mixtures; at most {limit} actions fit", n=actions, limit=MOST_ACTIONS)
    limit = min(limit, max(1, MOST_NUMBERS // (game.shape[0] * game.shape[1])))
    sizes = [most_vertices(k, actions) for k in game.shape]
    alive = strict_dominance(game) if min(sizes) > UNREDUCED else [list(range(k)) for k in game.shape]
    A, B = integers(game)[:, alive[0]][:, :, alive[1]]
    sides = (polytope(B.T), polytope(A))
    found, walked = _search(sides, int(sizes[1] < sizes[0]), (A, B.T), limit, progress)
    return _listed(game, alive, sides, found, walked, limit)


Found = list[tuple[Point, Point]]


def _search(
    sides: tuple[Polytope, Polytope], first: int, own: tuple[Array, Array], limit: int, progress: Progress | None
) -> tuple[Found, list[Vertices | None]]:
    """The pairs of vertices that are equilibria, and the vertices walked, by player."""
    walked: list[Vertices | None] = [None, None]
    at = walked[first] = vertices(sides[first], limit, progress)
    solved = completed(at, sides[1 - first], own[first], most=_TRIES + len(at.bases))
    if solved is not None:
        pairs = [(at.point(v), y) for v, y in solved]
        return (pairs if first == 0 else [(x, y) for y, x in pairs]), walked
    walked[1 - first] = vertices(sides[1 - first], 1 if at.interrupted else limit, progress)
    P, Q = walked
    assert P is not None and Q is not None
    return [(P.point(v), Q.point(w)) for v, w in covering(P, Q)], walked


def covering(P: Vertices, Q: Vertices) -> Iterator[tuple[int, int]]:
    """All pairs of vertices, not 0, whose labels together are all labels."""
    m, n = P.polytope.own, Q.polytope.own
    xs, ys = np.flatnonzero(~P.tight[:, :m].all(axis=1)), np.flatnonzero(~Q.tight[:, :n].all(axis=1))
    held = np.concatenate([Q.tight[ys, n:], Q.tight[ys, :n]], axis=1).T  # by label of P
    having = [int.from_bytes(bits.tobytes(), "little") for bits in np.packbits(held, axis=1, bitorder="little")]
    everyone = (1 << len(ys)) - 1
    for v in xs:
        left = everyone
        for label in np.flatnonzero(~P.tight[v]):
            left &= having[label]
            if not left:
                break
        while left:
            lowest = left & -left
            yield int(v), int(ys[lowest.bit_length() - 1])
            left ^= lowest


def _listed(
    game: NormalForm, alive: list[list[int]], sides: tuple[Polytope, Polytope], found: Found, walked: list[Vertices | None], limit: int
) -> ExtremeEquilibria:
    """The answer, mixtures of first actions first."""
    mixtures = [{point: _mixture(point, alive[side], game.shape[side]) for point in {pair[side] for pair in found}} for side in (0, 1)]
    orders = [sorted(by_point, key=by_point.__getitem__, reverse=True) for by_point in mixtures]
    index = [{point: k for k, point in enumerate(order)} for order in orders]
    pairs = sorted((index[0][x], index[1][y]) for x, y in found)
    rows, columns = (tuple(by_point[point] for point in order) for by_point, order in zip(mixtures, orders))
    complete = all(held is None or held.complete for held in walked)
    kept = (tuple(alive[0]), tuple(alive[1]))
    return ExtremeEquilibria(game, rows, columns, tuple(pairs), complete, kept, sides, (walked[0], walked[1]), limit)


def _mixture(point: Point, alive: Sequence[int], actions: int) -> Mixture:
    X, total = point[0], sum(point[0])
    mixture = [Fraction(0)] * actions
    for a, value in zip(alive, X):
        mixture[a] = Fraction(value, total)
    return tuple(mixture)
