"""Extreme equilibria by their definition, in fractions: every pair of supports, every vertex of what supports each other.

A mixture x on support S is extreme with best replies T if it is the only one on S to which all of T are best; so all (S, T) of any
sizes are tried whose equations have exactly one solution. Shares no code with the package.
"""

from fractions import Fraction
from itertools import combinations, product


def subsets(k):
    return [S for size in range(1, k + 1) for S in combinations(range(k), size)]


def unique(rows, width):
    """The one solution of the equations ``rows`` (right-hand side last), or None."""
    rows = [list(map(Fraction, row)) for row in rows]
    for c in range(width):
        at = next((r for r in range(c, len(rows)) if rows[r][c]), None)
        if at is None:
            return None
        rows[c], rows[at] = rows[at], rows[c]
        rows[c] = [v / rows[c][c] for v in rows[c]]
        for r in range(len(rows)):
            if r != c and rows[r][c]:
                rows[r] = [v - rows[r][c] * w for v, w in zip(rows[r], rows[c])]
    return None if any(row[width] for row in rows[width:]) else [row[width] for row in rows[:width]]


def extreme_mixtures(M):
    """All mixtures x, with what replies k earn M[k] x, that are the only one with their support and best replies."""
    replies, own = len(M), len(M[0])
    found = set()
    for S, T in product(subsets(own), subsets(replies)):
        equations = [[*(M[k][i] for i in S), -1, 0] for k in T] + [[1] * len(S) + [0, 1]]
        solved = unique(equations, len(S) + 1)
        if solved is None or min(solved[:-1]) < 0:
            continue
        x = [Fraction(0)] * own
        for i, p in zip(S, solved):
            x[i] = p
        if all(sum(a * p for a, p in zip(row, x)) <= solved[-1] for row in M):
            found.add(tuple(x))
    return found


def best(M, x):
    earned = [sum(a * p for a, p in zip(row, x)) for row in M]
    return {k for k, v in enumerate(earned) if v == max(earned)}


def played(x):
    return {i for i, p in enumerate(x) if p}


def extreme_equilibria(A, B):
    """All (x, y), both extreme mixtures, each playing only best replies to the other. A, B lists of rows of numbers."""
    transposed = [list(column) for column in zip(*B)]
    xs = [(x, best(transposed, x)) for x in extreme_mixtures(transposed)]
    ys = [(y, best(A, y)) for y in extreme_mixtures(A)]
    return {(x, y) for (x, J), (y, I) in product(xs, ys) if played(x) <= I and played(y) <= J}


def is_nondegenerate(A, B):
    transposed = [list(column) for column in zip(*B)]
    return all(len(best(M, x)) <= len(played(x)) for M in (transposed, A) for x in extreme_mixtures(M))
