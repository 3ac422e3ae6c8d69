"""The least cost of a tree that leads from everywhere to a root, for every root at once.

``cost[x, y]`` is the cost of an edge from x to y. A tree rooted at x has one edge out of every other vertex and leads to x. Take from
every row its smallest entry r(x): a tree rooted at x gets cheaper by the sum of the others' r. Every vertex now has an edge that costs
nothing; the strong components of these edges can be entered and left anywhere for nothing, so they are contracted, and the question
is the same with fewer vertices (Chu and Liu 1965; Edmonds 1967, here without a root chosen beforehand).

The contracted sets S with their r(S) prove it: they are nested, sum of r(S) over the sets that an edge leaves is at most the edge's
cost, so no tree rooted at x costs less than  W(x) = sum of r(S) over the sets S that do not hold x.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...games.exact import Array


@dataclass(frozen=True, eq=False)
class Level:
    """A contraction: ``reduced`` costs between its vertices, what each was ``lowered`` by, and which ``group`` it goes into."""

    reduced: Array
    lowered: Array
    group: Array


@dataclass(frozen=True, eq=False)
class Trees:
    """``least[x]``: the cost of a cheapest tree rooted at x. ``sets``: the contracted sets of vertices with r(S) > 0, as the proof."""

    least: tuple[int, ...]
    sets: tuple[tuple[tuple[int, ...], int], ...]
    levels: tuple[Level, ...]

    def tree(self, root: int) -> tuple[tuple[int, int], ...]:
        """The edges (from, to) of a cheapest tree rooted at ``root``."""
        inside = [root]  # the root's vertex in every level
        for level in self.levels:
            inside.append(int(level.group[inside[-1]]))
        edges: dict[int, int] = {}
        for level, at in zip(reversed(self.levels), reversed(inside[:-1])):
            edges = _expanded(level, at, edges)
        return tuple(sorted(edges.items()))


def trees(cost: Array) -> Trees:
    """The cheapest trees to every root. ``cost`` of shape ``(n, n)``, whole numbers >= 0; the diagonal is not read."""
    n = len(cost)
    members = [[x] for x in range(n)]
    current = np.array(cost, dtype=np.int64)
    total, own = 0, np.zeros(n, dtype=np.int64)
    levels: list[Level] = []
    sets: list[tuple[tuple[int, ...], int]] = []
    while len(current) > 1:
        np.fill_diagonal(current, np.iinfo(np.int64).max)
        lowered = current.min(axis=1)
        for vertex, r in enumerate(lowered.tolist()):
            if r:
                sets.append((tuple(sorted(members[vertex])), r))
                own[members[vertex]] += r
        total += int(lowered.sum())
        current = current - lowered[:, None]
        np.fill_diagonal(current, -1)
        group = _strong_components(current == 0)
        levels.append(Level(current, lowered, group))
        members = [[x for v in np.flatnonzero(group == g) for x in members[v]] for g in range(group.max() + 1)]
        current = _contracted(current, group)
    return Trees(tuple((total - own).tolist()), tuple(sets), tuple(levels))


def _strong_components(edges: Array) -> Array:
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    return connected_components(csr_array(edges.astype(np.int8)), directed=True, connection="strong")[1].astype(np.int64)


def _contracted(reduced: Array, group: Array) -> Array:
    """The cheapest edge between every two groups."""
    order = np.argsort(group, kind="stable")
    starts = np.searchsorted(group[order], np.arange(group.max() + 1))
    rows = np.minimum.reduceat(reduced[order], starts, axis=0)
    return np.minimum.reduceat(rows[:, order], starts, axis=1)


def _expanded(level: Level, root: int, edges: dict[int, int]) -> dict[int, int]:
    """A tree between groups (``edges``: group to group) made one between the vertices of ``level``, rooted at the vertex ``root``."""
    result: dict[int, int] = {}
    for g in range(int(level.group.max()) + 1):
        S = np.flatnonzero(level.group == g)
        exit_ = root
        if g in edges:
            T = np.flatnonzero(level.group == edges[g])
            i, j = np.unravel_index(np.argmin(level.reduced[np.ix_(S, T)]), (len(S), len(T)))
            exit_ = int(S[i])
            result[exit_] = int(T[j])
        found = [exit_]
        for y in found:  # backwards along edges that cost nothing
            for x in S[level.reduced[S, y] == 0].tolist():
                if x not in result and x != exit_:
                    result[x] = y
                    found.append(x)
    return result
