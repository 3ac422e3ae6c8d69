"""Median graphs (paths, trees, grids, cubes): any three nodes have exactly one node between them.

A *cut* parts the nodes in two halves between which shortest paths cross at most once; every node is the list of its sides, distances count
the cuts between, and the median of three nodes takes the majority's side of every cut (Djokovic 1973; Mulder 1978).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import combinations

import numpy as np

from ..errors import InputError, SizeError
from ..exact import Array, Number
from ..parameters import amounts, edges_of, whole

LARGEST_SPACE = 1000  # nodes
_ALL_TRIPLES = 40  # nodes up to which every three are seen to have a median; beyond, those that are asked for


@dataclass(frozen=True, eq=False)
class MedianSpace:
    """``codes[x]``: the sides of node x as bits, one a cut; ``lengths``: how long a step over each cut is."""

    codes: tuple[int, ...]
    lengths: tuple[Number, ...]

    @classmethod
    def from_edges(cls, n: int, edges: Sequence[Sequence[int]], lengths: Sequence[object] | None = None) -> MedianSpace:
        """The graph of ``n`` nodes with these ``edges`` (and their lengths, 1 each if not given).

        Raises :class:`InputError` if it is not a connected median graph, or if edges over the same cut differ in length.
        """
        if whole(n, "n") > LARGEST_SPACE:
            raise SizeError("a space of {n} nodes does not fit; at most {limit}", n=n, limit=LARGEST_SPACE)
        listed = [tuple(edge) for edge in edges]
        given = (Fraction(1),) * len(listed) if lengths is None else amounts(lengths, "lengths", len(listed), Fraction(0))
        steps = _steps(edges_of(n, listed))
        sides, of_cut = _cuts(steps, listed, given)
        B = np.array(sides, dtype=float).reshape(len(sides), n).T
        if not np.array_equal(B @ (1 - B).T + (1 - B) @ B.T, steps):
            raise _not_median()
        codes = [sum(1 << k for k, side in enumerate(sides) if side[x]) for x in range(n)]
        space = cls(tuple(codes), tuple(of_cut))
        if n <= _ALL_TRIPLES:
            for u, v, w in combinations(range(n), 3):
                space.median(u, v, w)
        return space

    @property
    def nodes(self) -> int:
        """How many nodes there are."""
        return len(self.codes)

    @cached_property
    def _node(self) -> dict[int, int]:
        return {code: x for x, code in enumerate(self.codes)}

    def side(self, node: int, cut: int) -> int:
        """0 or 1: the side of ``cut`` on which ``node`` lies."""
        return self.codes[node] >> cut & 1

    def distance(self, x: int, y: int) -> Number:
        """The length of a shortest path."""
        apart = self.codes[x] ^ self.codes[y]
        return sum((length for k, length in enumerate(self.lengths) if apart >> k & 1), start=Fraction(0))

    def median(self, u: int, v: int, w: int) -> int:
        """The one node that lies between every two of the three."""
        a, b, c = self.codes[u], self.codes[v], self.codes[w]
        found = self._node.get(a & b | a & c | b & c)
        if found is None:
            raise _not_median()
        return found


def _not_median() -> InputError:
    return InputError("not a connected median graph: three nodes have no single node between them")


def _steps(near: Sequence[frozenset[int]]) -> Array:
    """Edges on a shortest path between every two nodes."""
    n = len(near)
    steps = np.full((n, n), -1.0)
    for x in range(n):
        steps[x, x], reached = 0, [x]
        for y in reached:
            for z in near[y]:
                if steps[x, z] < 0:
                    steps[x, z] = steps[x, y] + 1
                    reached.append(z)
    if (steps < 0).any():
        raise _not_median()
    return steps


def _cuts(steps: Array, edges: Sequence[tuple[int, ...]], lengths: Sequence[Number]) -> tuple[list[list[bool]], list[Number]]:
    """The halves that edges part (nodes nearer to their second end) and the length of a step between them."""
    found: dict[tuple[bool, ...], Number] = {}
    for (a, b), length in zip(edges, lengths):
        side = tuple((steps[:, b] < steps[:, a]).tolist())
        half = tuple(not s for s in side) if side[0] else side
        if found.setdefault(half, length) != length:
            raise InputError("edges over the same cut must have the same length, not {a} and {b}", a=found[half], b=length)
    return [list(half) for half in found], list(found.values())


def path(n: int, lengths: Sequence[object] | None = None) -> MedianSpace:
    """Nodes 0..n-1 in a row."""
    return MedianSpace.from_edges(n, [(x, x + 1) for x in range(n - 1)], lengths)


def grid(rows: int, columns: int) -> MedianSpace:
    """Node ``row * columns + column``, joined to the next in its row and in its column."""
    across = [(r * columns + c, r * columns + c + 1) for r in range(rows) for c in range(columns - 1)]
    down = [(r * columns + c, (r + 1) * columns + c) for r in range(rows - 1) for c in range(columns)]
    return MedianSpace.from_edges(rows * columns, across + down)
