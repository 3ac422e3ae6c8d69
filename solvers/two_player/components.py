"""The equilibrium set of a bimatrix game, put together from its extreme equilibria.

Draw a graph whose nodes are the mixtures of both players that occur in extreme equilibria and whose edges are those equilibria. The
equilibrium set is the union of ``conv(X) x conv(Y)`` over the maximal complete bipartite subgraphs (X, Y), the *maximal Nash subsets*,
and its connected components are those of the graph (Winkels 1979; Jansen 1981; Avis, Rosenberg, Savani and von Stengel 2010, section 4).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

MOST_SUBSETS = 2_000  # maximal Nash subsets listed of one component

Pair = tuple[int, int]


@dataclass(frozen=True)
class Component:
    """A connected component: the ``equilibria`` in it (indices of pairs), and its maximal Nash ``subsets``, each a set of row and one
    of column mixtures; None where they are more than ``MOST_SUBSETS``.
    """

    equilibria: tuple[int, ...]
    subsets: tuple[tuple[tuple[int, ...], tuple[int, ...]], ...] | None

    def to_dict(self) -> dict[str, object]:
        """The JSON form: indices of equilibria, and of the mixtures of rows and columns that they use."""
        subsets = None if self.subsets is None else [{"rows": list(rows), "columns": list(columns)} for rows, columns in self.subsets]
        return {"equilibria": list(self.equilibria), "subsets": subsets}


def components(pairs: Sequence[Pair]) -> tuple[Component, ...]:
    """The components of the graph with edges ``pairs`` (index of the row mixture, index of the column mixture), in order."""
    root: dict[tuple[str, int], tuple[str, int]] = {}

    def find(node: tuple[str, int]) -> tuple[str, int]:
        while root.setdefault(node, node) != node:
            root[node] = root[root[node]]
            node = root[node]
        return node

    for i, j in pairs:
        root[find(("row", i))] = find(("column", j))
    members: dict[tuple[str, int], list[int]] = {}
    for k, (i, _) in enumerate(pairs):
        members.setdefault(find(("row", i)), []).append(k)
    return tuple(Component(tuple(held), maximal_subsets([pairs[k] for k in held])) for held in members.values())


def maximal_subsets(pairs: Sequence[Pair]) -> tuple[tuple[tuple[int, ...], tuple[int, ...]], ...] | None:
    """All maximal (X, Y) with every (x, y) among ``pairs``; None where they are more than ``MOST_SUBSETS``.

    The sets Y are the intersections of the sets of partners of row mixtures (Ganter 1984); for each, X is all that have it among
    their partners.
    """
    partners: dict[int, set[int]] = {}
    for i, j in pairs:
        partners.setdefault(i, set()).add(j)
    closed: set[frozenset[int]] = set()
    for held in {frozenset(p) for p in partners.values()}:
        closed |= {held} | {held & other for other in closed}
        if len(closed) > MOST_SUBSETS:
            return None
    found = [(tuple(sorted(i for i, p in partners.items() if p >= Y)), tuple(sorted(Y))) for Y in closed if Y]
    return tuple(sorted(found))
