"""What passes through the transient states of a chain: (I - Q)^-1 R, exactly where the entries are rational.

Q holds the chances between transient states, and every state leads out in the end, so I - Q is an M-matrix: all its leading minors are
positive and it is eliminated in order, without a search for pivots (Kemeny and Snell 1960, chapter 3, for what the solutions mean).
"""

from __future__ import annotations

import math
from fractions import Fraction
from functools import reduce

import numpy as np

from ..exact import Array, is_exact


def resolved(Q: Array, R: Array) -> Array:
    """(I - Q)^-1 R, for ``Q`` of shape ``(n, n)`` and ``R`` of shape ``(n, k)``."""
    n = len(Q)
    if not (is_exact(Q) and is_exact(R)):
        return np.linalg.solve(np.eye(n) - Q.astype(float), R.astype(float))
    M = np.hstack([-Q, R])
    M[range(n), range(n)] += Fraction(1)
    for i, row in enumerate(M.tolist()):
        scale = reduce(math.lcm, (x.denominator for x in row), 1)
        M[i] = [x.numerator * (scale // x.denominator) for x in row]
    previous = 1
    for j in range(n):  # Bareiss (1968), rows above and below: each division is exact
        others = [i for i in range(n) if i != j]
        M[others] = (M[others] * M[j, j] - np.outer(M[others, j], M[j])) // previous
        previous = M[j, j]
    result = np.empty(R.shape, dtype=object)
    for i in range(n):
        result[i] = [Fraction(int(x), int(M[i, i])) for x in M[i, n:]]
    return result


def long_run_shares(P: Array) -> Array:
    """The stationary distribution of an irreducible chain ``P``: how often each state is seen between two visits to the first."""
    visits = resolved(P[1:, 1:].T, P[0, 1:][:, None])[:, 0]
    first = np.array([Fraction(1) if is_exact(P) else 1.0], dtype=P.dtype)
    shares = np.concatenate([first, visits])
    return shares / shares.sum()
