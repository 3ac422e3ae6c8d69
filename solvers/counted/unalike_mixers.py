"""Equilibria of like players with two actions in which those who mix do so in different ways: by subdivision, for few players.

With multiplicities m_1..m_d the probabilities solve u(0) = ... = u(d-1) = 0, u(t) = E g(k1 + t + Z), Z the sum of Bin(m_i - 1, p_i)
(see :mod:`.symmetric_equilibria`). As u vanishes there, those who take action 0 need u(d) <= 0, those who take action 1 u(-1) >= 0.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

import numpy as np

from ...games.exact import Array
from .bernstein import Root, sign_changes
from .bernstein_box import Enclosed, common_roots, rational_root, sign_near
from .mixing_pattern import Pattern

MOST_PLAYERS = 12

Progress = Callable[[int, int, str], None]


def unalike_patterns(g: Array, progress: Progress | None = None) -> tuple[list[Pattern], bool]:
    """The patterns with at least two ways to mix, and whether they are proved to be all; none are searched for many players."""
    n, found, proved = len(g), list[Pattern](), True
    if n > MOST_PLAYERS:
        return [], max((sign_changes(g[k : k + m]) for k in range(n) for m in range(3, n - k + 1)), default=0) < 2
    for ones in range(n):
        if progress is not None:
            progress(ones, n, "ways to mix unalike")
        for total in range(3, n - ones + 1):
            changes = sign_changes(g[ones : ones + total])
            for kinds in range(2, min(changes, total) + 1):
                for sizes in partitions(total, kinds):
                    more, sure = _solve(g, ones, sizes)
                    found += more
                    proved &= sure
    return found, proved


def partitions(total: int, parts: int, most: int | None = None) -> Iterator[tuple[int, ...]]:
    """``total`` as a sum of so many falling numbers."""
    if parts == 1:
        if total <= (most or total):
            yield (total,)
        return
    for first in range(min(most or total, total - parts + 1), 0, -1):
        for rest in partitions(total - first, parts - 1, first):
            yield (first, *rest)


def _form(g: Array, start: int, sizes: Sequence[int]) -> Array:
    """u as coefficients: axis i counts the m_i - 1 trials of kind i."""
    index = np.indices([m for m in sizes if m > 1]).sum(axis=0)
    return g[start + index].astype(object)


def _solve(g: Array, ones: int, sizes: tuple[int, ...]) -> tuple[list[Pattern], bool]:
    kinds, unknowns = len(sizes), sum(m > 1 for m in sizes)
    if unknowns == 0:
        return [], True  # all u(t) are entries of g, which is not zero all along
    zeros = len(g) - ones - sum(sizes)
    equations = [_form(g, ones + t, sizes) for t in range(kinds)]
    sides = [_form(g, ones + kinds, sizes)] if zeros else []
    sides += [-_form(g, ones - 1, sizes)] if ones else []
    if any(not form.any() for form in equations):
        return [], False
    answer = common_roots(equations, sides)
    found: list[Pattern] = []
    proved = answer.complete
    for root in answer.roots:
        if any(a == b and x > y for a, b, x, y in zip(sizes, sizes[1:], root.point, root.point[1:])):
            continue  # the same equilibrium with the kinds exchanged
        rational = rational_root(equations, root)
        signs = [sign_near(form, root, rational) for form in sides]
        if any(s == 1 for s in signs):
            continue
        if None in signs or _together(root, sizes):
            proved = False
            continue
        found.append(Pattern(zeros, ones, tuple(sorted(zip(sizes, _enclosure(root, rational)), key=lambda group: group[1].low))))
    return found, proved


def _together(root: Enclosed, sizes: Sequence[int]) -> bool:
    points = sorted(map(float, root.point))
    return any(y - x <= 2 * root.radius for x, y in pairwise(points)) or len(points) < len(sizes)


def _enclosure(root: Enclosed, rational: Sequence[Fraction] | None) -> list[Root]:
    if rational is not None:
        return [Root(p, p) for p in rational]
    return [Root(Fraction(float(x - root.radius)), Fraction(float(x + root.radius))) for x in root.point]
