"""For every vertex x of one best-response polytope, the vertices y of the other that have all labels x lacks.

Of the other polytope only these are looked at. Call S the actions that x plays and J the best replies to it: y plays only actions of
J, and against it all of S must be best. Where an action of S is beaten strictly, on all of J, by another one, there is no such y
(conditional dominance: Porter, Nudelman and Shoham 2008), which settles most x by comparing payoffs.
"""

from __future__ import annotations

from itertools import combinations
from math import comb

import numpy as np

from ...games.exact import Array
from .best_response_polytope import Point, Polytope
from .vertex_bounds import Block, Bounds
from .vertex_walk import Vertices

_MOST_EXTRA = 4  # labels too many at x, up to which they are chosen from
_AT_A_TIME = 4096  # bases that are judged together
_MOST_DOUBTS = 500  # bases that are solved in integers because floats cannot tell
_NOISE = 1e-13  # so that numpy inverts singular matrices, too; the inverse is judged by what it does

Completed = list[tuple[int, Point]]


def completed(at: Vertices, other: Polytope, own: Array, most: int) -> Completed | None:
    """All ``(v, y)``: vertex v of ``at``, not 0, and a vertex y of ``other`` with all labels that v lacks.

    ``own[i, j]`` pays the player of ``at``, in integers. None where more than ``most`` bases would have to be solved, or where
    the constraints that y must meet are dependent, so that they and d - e others determine nothing.
    """
    d = at.polytope.own
    kept = np.flatnonzero(~at.tight[:, :d].all(axis=1))
    kept = kept[~_dominated(~at.tight[kept, :d], at.tight[kept, d:], own)]
    extra = at.tight[kept].sum(axis=1) - d
    if extra.max(initial=0) > _MOST_EXTRA or sum(comb(d + int(e), int(e)) for e in extra) > most:
        return None
    search = _Search(at, other)
    for e in np.unique(extra):
        if not search.solve(kept[extra == e], int(e)):
            return None
    return search.found


def _dominated(plays: Array, best: Array, own: Array) -> Array:
    """For each row: whether an action played is beaten strictly by some other action, on all replies that are best."""
    d = len(own)
    reaches = np.packbits(own[:, None, :] >= own[None, :, :], axis=2)  # [i, i'], bits of j: where i is at least as good as i'
    ever = np.zeros((len(best), d, d), dtype=np.uint8)
    for k, bits in enumerate(np.packbits(best, axis=1).T):
        ever |= bits[:, None, None] & reaches[:, :, k]
    return ((ever == 0).any(axis=2) & plays).any(axis=1)


def _inverse(block: Block) -> Array:
    noise = np.random.default_rng(0).standard_normal(block.K.shape[1:])
    return np.linalg.inv(block.K + _NOISE * noise)


class _Search:
    """The solving of many bases of ``other``, ``found`` what came of it."""

    def __init__(self, at: Vertices, other: Polytope) -> None:
        self.at, self.other, self.bounds = at, other, Bounds(other)
        self.found: Completed = []
        self.known: set[tuple[int, tuple[int, ...], int]] = set()
        self.doubts = 0

    def solve(self, chosen: Array, e: int) -> bool:
        """Complete the vertices ``chosen``, which have e labels too many; False if that cannot be settled."""
        d = self.at.polytope.own
        tight = np.concatenate([self.at.tight[chosen, d:], self.at.tight[chosen, :d]], axis=1)  # in the labels of the other
        needed = np.nonzero(~tight)[1].reshape(len(chosen), -1)
        held = np.nonzero(tight)[1].reshape(len(chosen), -1)
        choices = np.array(list(combinations(range(d + e), e)), dtype=np.int64).reshape(comb(d + e, e), e)
        vertex = np.repeat(np.arange(len(chosen)), len(choices))
        columns = np.concatenate([needed[vertex], np.take_along_axis(held[vertex], np.tile(choices, (len(chosen), 1)), axis=1)], axis=1)
        independent = np.zeros(len(chosen), dtype=bool)
        for k in range(0, len(columns), _AT_A_TIME):
            part, of = columns[k : k + _AT_A_TIME], vertex[k : k + _AT_A_TIME]
            regular, points = self._judged(part)
            independent[of[regular]] = True
            for f, point in points:
                self._note(int(chosen[of[f]]), point)
            if self.doubts > _MOST_DOUBTS:
                return False
        return bool(independent.all())

    def _judged(self, columns: Array) -> tuple[Array, list[tuple[int, Point]]]:
        """Which bases ``columns`` (F, d) are regular, and the points of those that lie in the polytope."""
        basis = np.zeros((len(columns), self.other.labels), dtype=bool)
        basis[np.arange(len(columns))[:, None], columns] = True
        signs = self.bounds.signs(basis, _inverse)
        doubtful = ~signs.regular | signs.near.any(axis=1)
        regular, points = signs.regular.copy(), list[tuple[int, Point]]()
        for f in np.flatnonzero(~signs.outside):
            point = self.other.point(columns[f].tolist())
            self.doubts += int(doubtful[f])
            regular[f] = point is not None
            if point is not None and (not doubtful[f] or self.other.contains(point)):
                points.append((int(f), point))
        return regular, points

    def _note(self, v: int, point: Point) -> None:
        name = (v, point[0], point[1])
        if name not in self.known:
            self.known.add(name)
            self.found.append((v, point))
