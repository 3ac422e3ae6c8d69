"""B1 and B2: all extreme equilibria of two-player games, beside QuantEcon's and Nashpy's vertex enumerations, in one process.

Usage: ``python benchmarks/bimatrix.py [RUNS]`` (default 7) prints the figures, exit code 1 if a target is missed;
``python benchmarks/bimatrix.py random [N]`` compares N (default 20,000) random small games with payoffs -3..3 with brute force.
Each run times ours and the peer in turn, so that a slow moment of the machine falls on both; the figures are medians. QuantEcon's
code is compiled before it is timed. Needs ``pip install quantecon`` besides the package.
"""

from __future__ import annotations

import sys
import time
import warnings
from collections.abc import Callable
from statistics import median
from typing import Any

import numpy as np
from row import Row, told

from encompass.games.normal_form import NormalForm
from encompass.solvers.two_player.bimatrix import solve_bimatrix

SEEDS = range(5)


def random_game(n: int, seed: int) -> NormalForm:
    rng = np.random.default_rng(seed)
    return NormalForm(np.array([rng.integers(0, 50, (n, n)), rng.integers(0, 50, (n, n))]))


def quantecon(game: NormalForm) -> list[Any]:
    import quantecon.game_theory as gt

    A, B = (game.table / game.denominator).astype(float)
    return gt.vertex_enumeration(gt.NormalFormGame((gt.Player(A), gt.Player(B.T.copy()))))


def nashpy(game: NormalForm) -> list[Any]:
    return list(game.to_nashpy().vertex_enumeration())  # type: ignore[attr-defined]


def seconds(work: Callable[[NormalForm], Any], game: NormalForm) -> tuple[float, Any]:
    begun = time.perf_counter()
    found = work(game)
    return time.perf_counter() - begun, found


def race(name: str, work: str, games: list[NormalForm], peer: Callable[[NormalForm], list[Any]], target: float, runs: int) -> Row:
    """Sums over ``games`` of the median of ``runs``; reached if ours takes at most ``target`` times as long and loses nothing."""
    ours = theirs = 0.0
    counts: list[str] = []
    sound = True
    for game in games:
        timed = [(seconds(solve_bimatrix, game), seconds(peer, game)) for _ in range(1 if peer is nashpy else runs)]
        if peer is nashpy:  # takes seconds: once is enough
            timed += [(seconds(solve_bimatrix, game), timed[0][1]) for _ in range(runs)]
        ours += median(a for (a, _), _ in timed) / len(games)
        theirs += median(b for _, (b, _) in timed) / len(games)
        (_, solution), (_, found) = timed[0]
        extra = sum(not is_among(pair, solution) for pair in found)
        counts.append(f"{len(solution.equilibria)}/{len(found)}" + (f" ({extra} of theirs not ours)" if extra else ""))
        sound = sound and solution.complete and all(e.regret == 0 for e in solution.equilibria) and not extra
    found_by_both = "equilibria, ours/theirs: " + " ".join(counts)
    return Row(name, work, ours, peer.__name__, theirs, found_by_both, sound and ours <= target * theirs)


def is_among(pair: Any, solution: Any) -> bool:
    """Whether a foreign equilibrium is one of ours, up to rounding."""
    return any(all(np.allclose(np.array(a, dtype=float), b, atol=1e-6) for a, b in zip(e.profile, pair)) for e in solution.equilibria)


def minimum_effort(levels: int) -> NormalForm:
    r = range(1, levels + 1)
    A = np.array([[2 * min(i, j) - i for j in r] for i in r])
    return NormalForm.from_integers(np.array([A, A.T]), 2, ["1", "2"], [[str(i) for i in r]] * 2)


def linear_good(levels: int) -> NormalForm:
    r = range(levels)
    A = np.array([[levels - i + (i + j) for j in r] for i in r])
    return NormalForm(np.array([A, A.T]))


def two_households() -> NormalForm:
    A = np.array([[2 * (i + j >= 2) - i for j in range(3)] for i in range(3)])
    return NormalForm(np.array([A, A.T]))


def rows(runs: int = 7) -> list[Row]:
    """All lines of B1 and B2."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # nashpy: degenerate games
        quantecon(random_game(3, 0))
        lines = [race("B1", "random 8 x 8, one game", [random_game(8, 0)], nashpy, 1 / 1000, runs)]
        for n in (8, 10, 12):
            games = [random_game(n, seed) for seed in SEEDS]
            lines.append(race("B1", f"random {n} x {n}, {len(games)} games", games, quantecon, np.inf if n == 8 else 1.0, runs))
        degenerate = (("minimum effort, 8 levels", minimum_effort(8)), ("linear good at MPCR 1, 5 levels", linear_good(5)))
        for work, game in (*degenerate, ("two households, threshold 2", two_households())):
            lines.append(race("B2", work, [game], quantecon, np.inf, runs))
    return lines


def compare_with_brute_force(count: int) -> int:
    """How many of ``count`` random games of up to 3 x 3 (every tenth up to 4 x 4) differ from the twin in the tests."""
    from encompass.tests.solvers.bimatrix_twin import extreme_equilibria as twin

    rng, wrong, begun = np.random.default_rng(2026), 0, time.perf_counter()
    for k in range(count):
        m, n = rng.integers(1, 5 if k % 10 == 0 else 4, 2)
        table = rng.integers(-3, 4, (2, m, n))
        solution = solve_bimatrix(NormalForm(table))
        if not solution.complete or {e.profile for e in solution.equilibria} != twin(*table.tolist()):
            wrong += 1
            print("differs:", table.tolist())
    print(f"{count} random games, {wrong} differ from brute force ({time.perf_counter() - begun:.0f} s)")
    return wrong


def main(arguments: list[str]) -> int:
    if arguments and arguments[0] == "random":
        return min(1, compare_with_brute_force(int(arguments[1]) if len(arguments) > 1 else 20_000))
    return told(rows(int(arguments[0]) if arguments else 7))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
