"""DL-7, preferences with a structure: how near a profile is to single-peakedness, and whether the majority goes in circles.

An *axis* orders the alternatives. A resident is single-peaked on it if no alternative is worse than some on both sides of it (Black 1948;
indifference is allowed). Deliberation brings profiles nearer to a common axis (List, Luskin, Fishkin and McLean 2013); where all are on one
the majority relation has no cycle. ``restructured`` is our own rendering of that change: utilities move towards ones that fall evenly along
the axis from the resident's own peak.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, pairwise, permutations

import numpy as np

from ..errors import InputError, SizeError
from ..exact import Array, Number, array
from ..parameters import amount

MOST_ALTERNATIVES = 8  # whose axes are all tried
_MOST_KINDS = 2_000  # different residents


@dataclass(frozen=True)
class Proximity:
    """The largest share of residents who are single-peaked on one ``axis``, and which rows they are."""

    share: Fraction
    axis: tuple[int, ...]
    rows: tuple[int, ...]


def _table(utilities: object) -> Array:
    U = array(utilities, "utilities")
    if U.ndim != 2 or not U.size:
        raise InputError("utilities must be a non-empty table of residents by alternatives, not of shape {shape}", shape=U.shape)
    return U


def single_peaked(utilities: Sequence[Number], axis: Sequence[int]) -> bool:
    """Whether a resident with these ``utilities`` is single-peaked on ``axis``."""
    along = [utilities[x] for x in axis]
    return all(along[k] >= min(max(along[:k]), max(along[k + 1 :])) for k in range(1, len(along) - 1))


def proximity(utilities: object, counts: Sequence[int] | None = None) -> Proximity:
    """How near the profile ``utilities`` (residents by alternatives; ``counts`` residents a row) is to single-peakedness, exactly.

    All axes are tried; the first in lexicographic order wins ties. Raises :class:`SizeError` for more than eight alternatives.
    """
    U = _table(utilities)
    n, m = U.shape
    heads = np.ones(n, dtype=np.int64) if counts is None else np.asarray(counts, dtype=np.int64)
    if heads.shape != (n,) or (heads < 1).any():
        raise InputError("counts must be whole numbers of at least 1, one a row")
    ranks = np.array([np.unique(row.astype(float) if U.dtype != object else row, return_inverse=True)[1] for row in U]).reshape(n, m)
    kinds, kind = np.unique(ranks, axis=0, return_inverse=True)
    if m > MOST_ALTERNATIVES or len(kinds) > _MOST_KINDS:
        raise SizeError("all axes are tried for at most {m} alternatives and {k} kinds of residents", m=MOST_ALTERNATIVES, k=_MOST_KINDS)
    axes = np.array([axis for axis in permutations(range(m)) if axis[0] <= axis[-1]])  # an axis and its mirror are one
    fits = np.stack([_fits(row, axes) for row in kinds], axis=1)
    support = fits @ np.bincount(kind.ravel(), weights=heads).astype(np.int64)
    best = int(np.argmax(support))
    rows = tuple(i for i in range(n) if fits[best, kind.ravel()[i]])
    return Proximity(Fraction(int(support[best]), int(heads.sum())), tuple(axes[best].tolist()), rows)


def _fits(ranks: Array, axes: Array) -> Array:
    """For every axis, whether ranks have no valley along it."""
    along = ranks[axes]
    left = np.maximum.accumulate(along, axis=1)
    right = np.maximum.accumulate(along[:, ::-1], axis=1)[:, ::-1]
    valleys = along < np.minimum(left, right)
    return np.asarray(~valleys.any(axis=1))


def majority_cycle(utilities: object, counts: Sequence[int] | None = None) -> tuple[int, ...] | None:
    """A cycle of alternatives each of which more residents prefer to the next than the other way round; None if there is none."""
    U = _table(utilities)
    heads = np.ones(len(U), dtype=np.int64) if counts is None else np.asarray(counts, dtype=np.int64)
    m = U.shape[1]
    beats = [[int(heads @ (np.sign(U[:, x] - U[:, y]).astype(np.int64))) > 0 for y in range(m)] for x in range(m)]
    left = set(range(m))
    while left:  # whoever beats nobody that is left cannot be in a cycle
        idle = [x for x in left if not any(beats[x][y] for y in left)]
        if not idle:
            return _cycle(beats, left)
        left -= set(idle)
    return None


def _cycle(beats: list[list[bool]], left: set[int]) -> tuple[int, ...]:
    walk = [min(left)]
    while True:
        following = next(y for y in sorted(left) if beats[walk[-1]][y])
        if following in walk:
            return tuple(walk[walk.index(following) :])
        walk.append(following)


def structured(utilities: object, axis: Sequence[int]) -> Array:
    """Utilities that fall evenly along ``axis`` from each resident's peak (the first best on the axis), between its best and its worst."""
    U = _table(utilities)
    m = U.shape[1]
    if sorted(axis) != list(range(m)):
        raise InputError("axis={axis} must list every alternative once", axis=list(axis))
    place = {x: k for k, x in enumerate(axis)}
    result = U.copy()
    for i, row in enumerate(U):
        peak = next(k for k, x in enumerate(axis) if row[x] == row.max())
        step = (row.max() - row.min()) / max(m - 1, 1)
        result[i] = [row.max() - step * abs(place[x] - peak) for x in range(m)]
    return result


def restructured(utilities: object, axis: Sequence[int], weight: object) -> Array:
    """(1 - w) u + w (structured u): the profile after talk with weight ``weight`` in [0, 1]."""
    w = amount(weight, "weight", Fraction(0), Fraction(1))
    return (1 - w) * _table(utilities) + w * structured(utilities, axis)


def least_weight(utilities: object, axis: Sequence[int]) -> Fraction | None:
    """The least w from which on, up to 1, the majority of the restructured profile has no cycle; excluded itself if a cycle is there.

    Between two alternatives a resident changes its mind at most at one w, so finitely many decide. None if there is a cycle at w = 1.
    """
    U = _table(utilities)
    U = np.array([[Fraction(x) for x in row] for row in U.tolist()], dtype=object)
    target = structured(U, axis)
    turns = {Fraction(0), Fraction(1)}
    for x, y in combinations(range(U.shape[1]), 2):
        for before, after in zip(U[:, x] - U[:, y], target[:, x] - target[:, y]):
            if before != after and 0 < before / (before - after) < 1:
                turns.add(before / (before - after))
    points = sorted(turns)
    inside = [w for pair in pairwise(points) for w in (pair[0], (pair[0] + pair[1]) / 2)] + [Fraction(1)]
    last = next((k for k in reversed(range(len(inside))) if majority_cycle(restructured(U, axis, inside[k]))), None)
    if last is None:
        return Fraction(0)
    if last == len(inside) - 1:
        return None
    return inside[last] if last % 2 == 0 else inside[last + 1]
