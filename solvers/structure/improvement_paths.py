"""Improvement paths: one player after the other changes its action, each time to its own gain. Do they end?

All paths end exactly if a generalised ordinal potential exists (Monderer and Shapley 1996, Lemma 2.5); some path from
everywhere ends in a pure equilibrium in a weakly acyclic game (Young 1993). The graph of deviations is kept small by rungs:
the k profiles among which a player chooses form a ladder, a rung for each payoff, so that k actions need 3k edges, not k^2.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from ...games.errors import SizeError
from ...games.exact import Array
from ...games.normal_form import NormalForm
from ..pure import pure_profiles

LARGEST_PATHS = 2_000_000  # payoffs


@dataclass(frozen=True, eq=False)
class _Ladders:
    """Edges ``origins[e] -> ends[e]`` between ``nodes`` nodes, the first of them the profiles; ``up`` marks those from rung to rung."""

    origins: Array
    ends: Array
    up: Array
    nodes: int


def is_weakly_acyclic(game: NormalForm) -> bool:
    """Whether from every profile some improvement path ends in a pure equilibrium (Young 1993). Raises :class:`SizeError`."""
    from scipy.sparse.csgraph import breadth_first_order

    ladders, cells = _ladders(game, first=1), game.welfare.size
    goals = [int(np.ravel_multi_index(a, game.shape)) for a in pure_profiles(game)]
    source = np.full(len(goals), ladders.nodes)  # one more node, from which the equilibria are walked back from
    backwards = _graph(np.append(ladders.ends, source), np.append(ladders.origins, goals).astype(np.int64), ladders.nodes + 1)
    reached = breadth_first_order(backwards, ladders.nodes, directed=True, return_predecessors=False)
    return int((reached < cells).sum()) == cells


def has_finite_improvement(game: NormalForm) -> bool:
    """Whether every improvement path ends: no cycle of gains. Raises :class:`SizeError`."""
    ladders = _ladders(game, first=1)
    return len(np.unique(_components(ladders))) == ladders.nodes


def has_ordinal_potential(game: NormalForm) -> bool:
    """Whether some P rises exactly where deviators gain: no cycle of harmless deviations helps a deviator (Voorneveld, Norde 1997).

    Raises :class:`SizeError`.
    """
    ladders = _ladders(game, first=0)
    label = _components(ladders)
    return not bool((label[ladders.origins[ladders.up]] == label[ladders.ends[ladders.up]]).any())


def _ladders(game: NormalForm, first: int) -> _Ladders:
    """From every profile to the rung ``first`` steps above its own (0: equal payoffs), from every rung to its profiles and one up."""
    if game.table.size > LARGEST_PATHS:
        raise SizeError(
            "improvement paths through {cells} payoffs; at most {limit} fit", cells=f"{game.table.size:,}", limit=f"{LARGEST_PATHS:,}"
        )
    cells = game.welfare.size
    slack: Any = game.slack
    index = np.arange(cells).reshape(game.shape)
    origins, ends, up = list[Array](), list[Array](), list[Array]()
    for i, k in enumerate(game.shape):
        u = np.moveaxis(game.table[i], i, -1).reshape(-1, k)
        order = np.argsort(u, axis=1, kind="stable")
        rises = np.asarray(np.diff(np.take_along_axis(u, order, axis=1), axis=1) > slack, dtype=bool)
        rung = np.concatenate([np.zeros((len(u), 1), dtype=np.int64), np.cumsum(rises, axis=1)], axis=1)
        profile = np.take_along_axis(np.moveaxis(index, i, -1).reshape(-1, k), order, axis=1)
        base = cells * (i + 1) + k * np.arange(len(u))[:, None]
        able = rung + first <= rung[:, -1:]
        origins += [(base + rung).ravel(), profile[able], (base + rung)[:, :-1][rises]]
        ends += [profile.ravel(), (base + rung + first)[able], (base + rung)[:, 1:][rises]]
        up += [np.zeros(profile.size + int(able.sum()), dtype=bool), np.ones(int(rises.sum()), dtype=bool)]
    return _Ladders(np.concatenate(origins), np.concatenate(ends), np.concatenate(up), cells * (len(game.shape) + 1))


def _graph(origins: Array, ends: Array, nodes: int) -> Any:
    from scipy.sparse import csr_matrix

    return csr_matrix((np.ones(len(origins), dtype=np.int8), (origins, ends)), shape=(nodes, nodes))


def _components(ladders: _Ladders) -> Array:
    """The strongly connected component of every node, as a number."""
    from scipy.sparse.csgraph import connected_components

    return connected_components(_graph(ladders.origins, ladders.ends, ladders.nodes), directed=True, connection="strong")[1]
