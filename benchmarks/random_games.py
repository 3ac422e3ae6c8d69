"""Random small games with many ties: every pure concept against its definition tried by brute force.

Usage: ``python benchmarks/random_games.py [GAMES] [SEED]`` (20,000 games by default). Games have 2 to 4 players, 1 to 4 actions each
and integer payoffs from -3 to 3. Pure, strict, strong, 2-strong and coalition-proof equilibria and iterated elimination (strict and
weak) are compared with the twins of the tests; like players with two actions are also counted and compared with themselves named.
Exit code 1 if any answer differs.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from encompass.games.counted_game import SymmetricGame
from encompass.games.normal_form import NormalForm
from encompass.solvers.coalitions.coalition_proof import coalition_proof
from encompass.solvers.coalitions.coalitions import strict_equilibria, strong_equilibria
from encompass.solvers.coalitions.counted_coalitions import proof_counts, pure_counts, strict_counts, strong_counts
from encompass.solvers.coalitions.dominance import iterated_elimination
from encompass.solvers.pure import pure_profiles
from encompass.tests.solvers import twins

GAMES, SEED = 20_000, 1
LARGEST = 81  # profiles of a game
COUNTED = 10  # one game in so many is also one of like players

Compared = tuple[str, Callable[[Any], Any], Callable[[Any], Any]]
NAMED: tuple[Compared, ...] = (
    ("pure", lambda game: set(pure_profiles(game)), twins.pure),
    ("strict", lambda game: set(strict_equilibria(game)), twins.strict),
    ("strong", lambda game: set(strong_equilibria(game)), twins.strong),
    ("2-strong", lambda game: set(strong_equilibria(game, 2)), lambda game: twins.strong(game, 2)),
    ("coalition-proof", lambda game: set(coalition_proof(game)), twins.coalition_proof),
    ("strict dominance", lambda game: [list(s) for s in iterated_elimination(game).survivors], twins.eliminate),
    (
        "weak dominance",
        lambda game: [list(s) for s in iterated_elimination(game, "weak").survivors],
        lambda game: twins.eliminate(game, True),
    ),
)
LIKE: tuple[Compared, ...] = (
    ("pure, counted", lambda game: {int(m) for m in np.flatnonzero(pure_counts(game))}, twins.pure),
    ("strict, counted", lambda game: set(strict_counts(game)), twins.strict),
    ("strong, counted", lambda game: set(strong_counts(game)), twins.strong),
    ("2-strong, counted", lambda game: set(strong_counts(game, 2)), lambda game: twins.strong(game, 2)),
    ("coalition-proof, counted", lambda game: set(proof_counts(game)), twins.coalition_proof),
)


def random_game(rng: np.random.Generator) -> NormalForm:
    """2 to 4 players with 1 to 4 actions, payoffs -3..3."""
    while True:
        shape = rng.integers(1, 5, size=rng.integers(2, 5))
        if shape.prod() <= LARGEST:
            return NormalForm(rng.integers(-3, 4, size=(len(shape), *shape)))


def differences(games: int, seed: int) -> Iterator[tuple[str, bool]]:
    """Every comparison, and whether it came out equal."""
    rng = np.random.default_rng(seed)
    for number in range(games):
        game = random_game(rng)
        table = twins.Payoffs(game)
        for name, fast, slow in NAMED:
            yield name, fast(game) == slow(table)
        if number % COUNTED == 0:
            n = int(rng.integers(2, 6))
            alike = SymmetricGame(rng.integers(-3, 4, size=(2, n)), n)
            table = twins.Payoffs(alike.normal_form())
            for name, fast, slow in LIKE:
                yield name, fast(alike) == {sum(profile) for profile in slow(table)}


def main() -> int:
    """Compare, and print how many games were compared and how many answers differ, by concept."""
    games, seed = (int(given) for given in (*sys.argv[1:], *map(str, (GAMES, SEED)[len(sys.argv) - 1 :])))
    start, tried, wrong = time.perf_counter(), Counter[str](), Counter[str]()
    for name, equal in differences(games, seed):
        tried[name] += 1
        wrong[name] += not equal
    print(f"{games:,} random games, seed {seed}, {time.perf_counter() - start:.0f} s")
    for name, count in tried.items():
        print(f"{name:26} {count:8,} compared {wrong[name]:6,} differ")
    return int(bool(sum(wrong.values())))


if __name__ == "__main__":
    sys.exit(main())
