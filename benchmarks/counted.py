"""B3: all equilibria of volunteer's dilemmas and k-of-n thresholds, up to permutation, beside a general solver.

Usage: ``python benchmarks/counted.py``. The peer is pygambit's ``enumpoly`` on the game with every player named, in a child process
with a time limit, by the Python that ``PYGAMBIT_PYTHON`` names; benefit 1, cost 2/5. Exit code 1 if a target is missed.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

import numpy as np
from row import Row, told

from encompass.games.counted_game import SymmetricGame
from encompass.solvers.counted.symmetric_equilibria import solve_symmetric, solve_symmetric_only
from encompass.solvers.solution import Solution

COST = Fraction(2, 5)
PEER = "pygambit enumpoly"
LIMIT = 20  # seconds for the peer
CHILD = """
import sys, time, numpy, pygambit
n, k = int(sys.argv[1]), int(sys.argv[2])
acting = numpy.indices((2,) * n)
payoffs = [5 * (acting.sum(axis=0) >= k) - 2 * acting[i] for i in range(n)]
game = (getattr(pygambit, "StrategicGame", None) or pygambit.Game).from_arrays(*payoffs)
begun = time.perf_counter()
found = pygambit.nash.enumpoly_solve(game).equilibria
print(time.perf_counter() - begun, len(found))
"""


@dataclass(frozen=True)
class Work:
    """Threshold ``k`` of ``n``, what is asked, in how many seconds, and how many profiles there are where that is known."""

    n: int
    k: int
    solve: Callable[[SymmetricGame], Solution]
    target: float | None
    profiles: int | None = None

    @property
    def name(self) -> str:
        kind = "volunteer's dilemma" if self.k == 1 else f"threshold {self.k}"
        what = "symmetric" if self.solve is solve_symmetric_only else "all"
        return f"{kind}, n={self.n:,}, {what}"


WORKS = (
    Work(3, 1, solve_symmetric, None, 7),
    Work(4, 1, solve_symmetric, None, 15),
    Work(5, 1, solve_symmetric, None, 31),
    Work(6, 1, solve_symmetric, None, 63),
    Work(3, 2, solve_symmetric, None, 9),
    Work(4, 2, solve_symmetric, None, 29),
    Work(6, 3, solve_symmetric, None, 431),
    Work(12, 1, solve_symmetric, 0.05, 4095),
    Work(12, 6, solve_symmetric, 0.05),
    Work(1000, 1, solve_symmetric, 5.0, 2**1000 - 1),
    Work(1000, 500, solve_symmetric, 5.0),
    Work(10**6, 1, solve_symmetric_only, 0.05, 1),
    Work(10**6, 500_000, solve_symmetric_only, 0.05, 1),
)


def threshold(n: int, k: int) -> SymmetricGame:
    """Benefit 1 to all if k contribute, 2/5 paid by each who does; as integers over 5."""
    others = np.arange(n)
    table = np.stack([5 * (others >= k), 5 * (others + 1 >= k) - 2]).astype(np.int64)
    return SymmetricGame.from_integers(table, COST.denominator, n, ["rest", "act"])


def ours(work: Work) -> tuple[float, Solution]:
    """Seconds (median of up to five runs) and the answer."""
    times: list[float] = []
    while True:
        game = threshold(work.n, work.k)
        begun = time.perf_counter()
        answer = work.solve(game)
        times.append(time.perf_counter() - begun)
        if len(times) == 5 or sum(times) > 2:
            return median(times), answer


def peer(work: Work) -> tuple[float | None, str]:
    """Seconds of the peer, and how its answer compares."""
    if work.solve is solve_symmetric_only or work.n > 12:
        return None, "does not fit the peer"
    python = os.environ.get("PYGAMBIT_PYTHON", sys.executable)
    try:
        run = subprocess.run([python, "-c", CHILD, str(work.n), str(work.k)], capture_output=True, text=True, timeout=LIMIT, check=True)
    except subprocess.TimeoutExpired:
        return None, f"no answer in {LIMIT} s"
    except subprocess.CalledProcessError:
        return None, "not installed"
    seconds, found = run.stdout.split()
    return float(seconds), f"{found} profiles"


def rows() -> list[Row]:
    """One row a piece of work."""
    table: list[Row] = []
    for work in WORKS:
        seconds, answer = ours(work)
        theirs, note = peer(work)
        profiles = sum(e.orbit_size or 0 for e in answer.equilibria)
        right = answer.complete and max(e.regret for e in answer.equilibria) < 1e-9 and work.profiles in (None, profiles)
        said = f"{len(answer.equilibria)} classes, {'proved complete' if right else 'NOT as expected'}; peer: {note}"
        reached = right and (work.target is None or seconds <= work.target)
        table.append(Row("B3", work.name, seconds, PEER, theirs, said, reached))
    return table


if __name__ == "__main__":
    sys.exit(told(rows()))
