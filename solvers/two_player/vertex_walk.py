"""All vertices of a best-response polytope: a walk from basis to basis along the edges, many bases at a time.

The perturbed polytope (head of :mod:`.best_response_polytope`) is simple: each of the d labels of a basis can be given up in exactly
one way, which leads to the one other basis that shares the d - 1 that stay. So a set of bases that holds all neighbours of its
members is, the graph being connected (Balinski 1961), the set of all bases, provided only that every member *is* a basis of the
perturbed polytope. Pivots may therefore be made in floats: each basis is judged afterwards, by rigorous bounds
(:mod:`.vertex_bounds`) and, where a constraint seems tight beside the basis, by solving for the vertex in integers. Where that
settles nothing the walk is made anew in integers.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from ...games.exact import Array
from .best_response_polytope import Point, Polytope
from .exact_walk import exact_bases
from .vertex_bounds import Block, Bounds

Progress = Callable[[int, int, str], None]

_EPSILON = 2.0**-30  # size of the perturbation by which floats choose among ties
_CELLS = 2**18  # entries of the dictionaries that are worked on at a time


@dataclass(frozen=True, eq=False)
class Vertices:
    """``tight[v, k]`` whether vertex v has label k, each vertex once, 0 among them; ``bases[b, k]`` all bases of the perturbed
    ``polytope`` that were visited, ``of[v]`` one of them for each vertex. ``complete`` if these are all,
    ``interrupted`` if the user ended it.
    """

    polytope: Polytope
    tight: Array
    bases: Array
    of: Array
    complete: bool
    interrupted: bool = False

    def point(self, v: int) -> Point:
        """Vertex v."""
        point = self.polytope.point(np.flatnonzero(self.bases[self.of[v]]).tolist())
        assert point is not None  # every basis is proved regular
        return point

    @property
    def simple(self) -> bool:
        """Whether no vertex has more labels than the dimension."""
        return bool((self.tight.sum(axis=1) == self.polytope.own).all())


def vertices(polytope: Polytope, limit: int, progress: Progress | None = None) -> Vertices:
    """All vertices of ``polytope``, or those met on about ``limit`` bases or before an interrupt."""
    met = _Met(polytope, limit, progress)
    if met.walk():
        return _distinct(polytope, np.concatenate(met.bases), np.concatenate(met.tight), met.complete, met.interrupted)
    return _distinct(*exact_bases(polytope, limit))


def _distinct(polytope: Polytope, bases: Array, tight: Array, complete: bool, interrupted: bool) -> Vertices:
    _, of = np.unique(packed(tight), return_index=True)
    of.sort()
    return Vertices(polytope, tight[of], bases, of, complete, interrupted)


def packed(flags: Array) -> Array:
    """One value a row of ``flags``, equal where the rows are equal."""
    bits = np.packbits(flags, axis=1)
    bits = np.pad(bits, ((0, 0), (0, -bits.shape[1] % 8)))
    return bits.view(np.uint64 if bits.shape[1] == 8 else np.dtype((np.void, bits.shape[1]))).ravel()


@dataclass(frozen=True, eq=False)
class _Front:
    """F bases with their dictionaries: slack ``rows[k]`` = T[d, k] - sum_c T[c, k] (slack ``columns[c]``), ``T`` of shape (F, d + 1, r).

    ``keys`` hold the set of the labels in ``columns`` as bits.
    """

    T: Array
    rows: Array
    columns: Array
    keys: Array

    def parts(self, most: int) -> Iterator[_Front]:
        for k in range(0, len(self.T), most):
            cut = slice(k, k + most)
            yield _Front(self.T[cut], self.rows[cut], self.columns[cut], self.keys[cut])


class _Met:
    """The bases met so far on a walk in floats."""

    def __init__(self, polytope: Polytope, limit: int, progress: Progress | None) -> None:
        self.polytope, self.limit, self.progress = polytope, limit, progress
        self.bounds = Bounds(polytope)
        self.bases: list[Array] = []
        self.tight: list[Array] = []
        self.are_tight: dict[bytes, bool] = {}
        self.complete = self.interrupted = False
        self.bit = _bits(polytope.labels)

    def walk(self) -> bool:
        """Visit bases until none is new; False if a basis cannot be decided."""
        start = self._start()
        seen: set[int] = set(start.keys.tolist())
        queue, done, most = deque([start]), 0, max(1, _CELLS // start.T[0].size)
        waiting: list[_Front] = []
        try:
            while queue:
                front = queue.popleft()
                waiting.append(front)
                done += len(front.T)
                if len(seen) <= self.limit:
                    queue.extend(self._ahead(front, seen).parts(most))
                if sum(len(part.T) for part in waiting) >= most or not queue:
                    if not self._judged(waiting):
                        return False
                    waiting = []
                if self.progress is not None:
                    self.progress(done, len(seen), "bases")
            self.complete = len(seen) <= self.limit
        except KeyboardInterrupt:
            self.interrupted = True
            return self._judged(waiting or [start])
        return True

    def _start(self) -> _Front:
        """The point 0."""
        d, r = self.polytope.own, self.polytope.replies
        right = 1 + _EPSILON * self.polytope.delta / 2.0**20
        T = np.concatenate([self.polytope.M.T, right[None]])
        keys = self.bit[:d].sum(keepdims=True)
        return _Front(T[None], np.arange(d, d + r)[None], np.arange(d)[None], keys)

    def _judged(self, fronts: Sequence[_Front]) -> bool:
        """Whether all of ``fronts`` are bases of the perturbed polytope, proved; then they are noted with what is tight there."""
        T, rows, columns = (np.concatenate(parts) for parts in zip(*((front.T, front.rows, front.columns) for front in fronts)))
        labels, f = self.polytope.labels, np.arange(len(T))[:, None]
        basis, place = np.zeros((len(T), labels), dtype=bool), np.empty((len(T), labels), dtype=np.int64)
        basis[f, columns] = True
        place[f, columns], place[f, rows] = np.arange(columns.shape[1]), np.arange(rows.shape[1])

        def inverse(block: Block) -> Array:
            """Read off the dictionaries, where x_S = z_S - R s_J."""
            g = block.f[:, None]
            held, free = place[g, self.polytope.own + block.J], place[g, block.S]
            return T[g[:, :, None], held[:, None, :], free[:, :, None]]

        signs = self.bounds.signs(basis, inverse)
        if not (signs.regular & signs.inside).all():
            return False
        for k in np.flatnonzero(signs.near.any(axis=1)):
            if not self._is_tight(basis[k], basis[k] | signs.near[k]):
                return False
        self.bases.append(basis)
        self.tight.append(basis | signs.near)
        return True

    def _is_tight(self, basis: Array, labels: Array) -> bool:
        """Whether all ``labels`` are tight, exactly, at the point of ``basis``; solved once for all bases of a vertex."""
        key = labels.tobytes()
        if key not in self.are_tight:
            point = self.polytope.point(np.flatnonzero(basis).tolist())
            self.are_tight[key] = point is not None and self.polytope.is_tight(point, np.flatnonzero(labels).tolist())
        return self.are_tight[key]

    def _ahead(self, front: _Front, seen: set[int]) -> _Front:
        """All neighbours that were not ``seen``, which then are."""
        d = front.columns.shape[1]
        with np.errstate(all="ignore"):  # a pivot gone wrong leads to what is no basis, and is found out
            leaving = (front.T[:, :d] * (1 / front.T[:, d:])).argmax(axis=2)  # (F, d): least right-hand side over positive entry
        f = np.arange(len(leaving))[:, None]
        keys = (front.keys[:, None] ^ self.bit[front.columns] ^ self.bit[front.rows[f, leaving]]).ravel()
        place = dict(zip(keys.tolist(), range(len(keys))))
        fresh = place.keys() - seen
        seen |= fresh
        index = np.sort(np.array([place[key] for key in fresh], dtype=np.int64))
        f, c = np.divmod(index, d)
        return _pivot(front, f, c, leaving[f, c], keys[index])


def _bits(labels: int) -> Array:
    """``bit[k]``: the number in which only bit k stands; Python's where the machine's are too short."""
    return np.array([1 << k for k in range(labels)], dtype=np.uint64 if labels <= 64 else object)


def _pivot(front: _Front, f: Array, c: Array, k: Array, keys: Array) -> _Front:
    """The bases in which the label in column ``c[j]`` of basis ``f[j]`` has changed places with that in row ``k[j]``."""
    T, rows, columns, j = front.T[f], front.rows[f], front.columns[f], np.arange(len(f))
    lead, column = T[j, :, k], T[j, c]
    with np.errstate(all="ignore"):
        inverse = 1 / column[j, k]
        lead *= inverse[:, None]
        column[j, k] = 0
        T[j, c] = 0
        T -= lead[:, :, None] * column[:, None, :]
        T[j, :, k] = lead
        T[j, c] = -column * inverse[:, None]
    T[j, c, k] = inverse
    rows[j, k], columns[j, c] = columns[j, c], rows[j, k]
    return _Front(T, rows, columns, keys)
