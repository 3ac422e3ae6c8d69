"""B5: the welfare-best correlated equilibrium of a binary symmetric game over counts, beside the program on all profiles.

Usage: ``python benchmarks/advice.py``. The peer is HiGHS (through SciPy) on the 2^n profiles; it is run up to n = 16, and counts
beyond have no peer. Exit code 1 if a target is missed or the answers differ.
"""

from __future__ import annotations

import sys
import time
from itertools import product

import numpy as np
from row import Row, told

from encompass.games.counted_game import SymmetricGame
from encompass.solvers.advice.counted_correlated import solve_counted_correlated

BENEFIT, COST = 10, 4
TARGETS = {18: 0.020, 1_000_000: 1.0}  # seconds
PEERS = (10, 14, 16)


def volunteers(n: int) -> SymmetricGame:
    """Action 0 acts at a cost; the count is of the others who wait."""
    table = np.full((2, n), BENEFIT, dtype=np.int64)
    table[0], table[1, n - 1] = BENEFIT - COST, 0
    return SymmetricGame(table, n, ["act", "wait"])


def dense(n: int) -> float:
    """The largest welfare by HiGHS on all profiles."""
    from scipy.optimize import linprog

    acts = np.array(list(product((1, 0), repeat=n)), dtype=float)
    some, others = acts.any(axis=1), acts.sum(axis=1)[:, None] - acts > 0
    welfare = n * BENEFIT * some - COST * acts.sum(axis=1)
    lost = np.where(others, COST, COST - BENEFIT)  # from acting to waiting
    rows = np.concatenate([(acts * lost).T, (-(1 - acts) * lost).T])
    found = linprog(-welfare, A_ub=rows, b_ub=np.zeros(len(rows)), A_eq=np.ones((1, len(acts))), b_eq=[1.0])
    return -float(found.fun)


def timed(run):
    begun = time.perf_counter()
    value = run()
    return value, time.perf_counter() - begun


def rows() -> list[Row]:
    """Ours beside the program written out over all profiles where that fits; beside the closed form where it does not."""
    solve_counted_correlated(volunteers(5))
    result: list[Row] = []
    for n in (*PEERS, *TARGETS):
        game = volunteers(n)
        answer, ours = min((timed(lambda game=game: solve_counted_correlated(game)) for _ in range(3)), key=lambda pair: pair[1])
        work = f"volunteer's dilemma, n = {n:,}, best correlated welfare"
        if n in PEERS:
            value, theirs = timed(lambda n=n: dense(n))
            right = answer.complete and abs(value - float(answer.welfare)) < 1e-6 * value
            result.append(Row("B5", work, ours, "HiGHS, all profiles", theirs, "agree, ours proved" if right else "DIFFER", right))
        else:
            right = answer.complete and answer.welfare == n * BENEFIT - COST
            said = "proved, equals the closed form" if right else "DIFFER"
            result.append(Row("B5", work, ours, "none", None, said, right and ours <= TARGETS[n]))
    return result


if __name__ == "__main__":
    sys.exit(told(rows()))
