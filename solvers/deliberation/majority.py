"""What majorities choose: Condorcet winner, core, top cycle, uncovered set, and how often there is no winner.

All take ``beats[x, y]``: whether x beats y, from :func:`games.ranking_profile.beats`. Ties (neither beats the other) are allowed.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from itertools import combinations
from math import factorial

import numpy as np

from ...games.errors import SizeError
from ...games.exact import Array
from ...games.parameters import whole

LARGEST_CULTURE = 30_000_000  # steps of the exact probability of a Condorcet winner


def condorcet_winner(beats: Array) -> int | None:
    """The alternative that beats every other; None if there is none."""
    m = len(beats)
    return next((x for x in range(m) if beats[x].sum() == m - 1), None)


def core(beats: Array) -> tuple[int, ...]:
    """The alternatives that nothing beats."""
    return tuple(x for x in range(len(beats)) if not beats[:, x].any())


def top_cycle(beats: Array) -> tuple[int, ...]:
    """The smallest set whose members beat everything outside (Good 1971; Smith 1973): who reaches all by "is not beaten by"."""
    reach = ~np.array(beats, dtype=bool).T  # x is not beaten by y
    for k in range(len(beats)):
        reach |= reach[:, k : k + 1] & reach[k : k + 1]
    return tuple(x for x in range(len(beats)) if reach[x].all())


def uncovered(beats: Array) -> tuple[int, ...]:
    """What nothing covers: x covers y if it beats y and all that y beats, and all that beats x beats y (Miller 1980; McKelvey 1986)."""
    return tuple(y for y in range(len(beats)) if not any(covers(beats, x, y) for x in range(len(beats))))


def covers(beats: Array, x: int, y: int) -> bool:
    """Whether x covers y."""
    return bool(beats[x, y] and (beats[x] >= beats[y]).all() and (beats[:, x] <= beats[:, y]).all())


def cycle_index(beats: Array) -> Fraction:
    """D-07: the share of alternatives in the top cycle, 0 if it is a single one."""
    top = len(top_cycle(beats))
    return Fraction(0) if top == 1 else Fraction(top, len(beats))


def impartial_culture(voters: int, alternatives: int) -> Fraction:
    """The chance that no alternative beats every other when all rankings are equally likely (Guilbaud 1952; Niemi and Weisberg 1968).

    Exact: by how many voters put the first alternative over each other one. Raises :class:`SizeError`.
    """
    n, m = whole(voters, "voters"), whole(alternatives, "alternatives")
    steps = (n + 1) ** (m - 1) * n * 2 ** (m - 1) if m <= 20 else 10**21
    if steps > LARGEST_CULTURE:
        work = "over 1e20" if steps > 10**20 else f"{float(steps):.2g}"
        raise SizeError("the chance of a winner needs {work} steps; at most {limit}", work=work, limit=f"{LARGEST_CULTURE:,}")
    moves = [
        (tuple(int(j in below) for j in range(m - 1)), factorial(k) * factorial(m - 1 - k))
        for k in range(m)
        for below in map(set, combinations(range(m - 1), k))
    ]
    table: Counter[tuple[int, ...]] = Counter({(0,) * (m - 1): 1})
    for voter in range(n):
        fresh: Counter[tuple[int, ...]] = Counter()
        for counts, ways in table.items():
            for step, weight in moves:
                after = tuple(a + b for a, b in zip(counts, step))
                if all(2 * (c + n - 1 - voter) > n for c in after):  # can still win
                    fresh[after] += ways * weight
        table = fresh
    return 1 - m * Fraction(sum(table.values()), factorial(m) ** n)
