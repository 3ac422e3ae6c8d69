"""The walk of :mod:`.vertex_walk` in integers, one basis at a time: slower by a hundred times, and never in doubt.

A dictionary holds, for the basis it stands at, every other constraint's slack as integers over one common denominator (Bareiss
1968): a column for each label of the basis, one for the value at the vertex, one for the perturbation.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import numpy as np

from ...games.exact import Array
from .best_response_polytope import Polytope


@dataclass(frozen=True, eq=False)
class _Dictionary:
    T: Array  # (r, d + 2), integers
    denominator: int
    rows: tuple[int, ...]
    columns: tuple[int, ...]


class _Tied(Exception):
    """The perturbation leaves a tie."""


def exact_bases(polytope: Polytope, limit: int) -> tuple[Polytope, Array, Array, bool, bool]:
    """The polytope as perturbed, all bases ``(V, labels)`` in the order met, the tight constraints at each, whether these are all,
    and whether an interrupt ended it."""
    seed = 0
    while True:
        try:
            return polytope, *_walk(polytope, limit)
        except _Tied:
            seed += 1
            polytope = polytope.perturbed(seed)


def _walk(polytope: Polytope, limit: int) -> tuple[Array, Array, bool, bool]:
    d, r = polytope.own, polytope.replies
    T = np.array([[*row, 1, int(delta)] for row, delta in zip(polytope.rows, polytope.delta)], dtype=object)
    queue = deque([_Dictionary(T, 1, tuple(range(d, d + r)), tuple(range(d)))])
    seen = {frozenset(range(d))}
    bases: list[list[int]] = []
    tight: list[list[int]] = []
    complete, interrupted = True, False
    try:
        while queue:
            here = queue.popleft()
            bases.append(list(here.columns))
            tight.append([*here.columns, *(label for label, value in zip(here.rows, here.T[:, d]) if value == 0)])
            for c in range(d):
                k = _leaving(here.T, c, d)
                ahead = frozenset((*here.columns[:c], *here.columns[c + 1 :], here.rows[k]))
                if ahead in seen:
                    continue
                if len(seen) >= limit:
                    complete = False
                    continue
                seen.add(ahead)
                queue.append(_pivot(here, k, c))
    except KeyboardInterrupt:
        complete, interrupted = False, True
    both = min(len(bases), len(tight))
    return _flags(bases[:both], d + r), _flags(tight[:both], d + r), complete, interrupted


def _leaving(T: Array, c: int, d: int) -> int:
    """The basic row whose slack vanishes first along the edge on which the label in column ``c`` is given up."""
    best, tied = -1, False
    for k in range(len(T)):
        if T[k, c] <= 0:
            continue
        if best < 0:
            best = k
            continue
        order = T[k, d] * T[best, c] - T[best, d] * T[k, c] or T[k, d + 1] * T[best, c] - T[best, d + 1] * T[k, c]
        tied = order == 0 or (tied and order > 0)
        best = k if order < 0 else best
    if tied:
        raise _Tied
    return best


def _pivot(here: _Dictionary, k: int, c: int) -> _Dictionary:
    T, p = here.T, here.T[k, c]
    lead, column = T[k].copy(), T[:, c].copy()
    after = (T * p - np.outer(column, lead)) // here.denominator
    after[k] = lead
    after[:, c] = -column
    after[k, c] = here.denominator
    rows = (*here.rows[:k], here.columns[c], *here.rows[k + 1 :])
    columns = (*here.columns[:c], here.rows[k], *here.columns[c + 1 :])
    return _Dictionary(after, int(p), rows, columns)


def _flags(labels: list[list[int]], width: int) -> Array:
    flags = np.zeros((len(labels), width), dtype=bool)
    for row, held in zip(flags, labels):
        row[held] = True
    return flags
