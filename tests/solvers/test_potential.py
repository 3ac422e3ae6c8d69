"""Potentials against every deviation, weights against constructed games, improvement paths against a walk on the graph."""

from fractions import Fraction
from itertools import combinations, product

import numpy as np
import pytest

from encompass.games.errors import InputError, SizeError
from encompass.games.normal_form import NormalForm, two_player
from encompass.solvers.pure import pure_profiles
from encompass.solvers.structure import improvement_paths, potential
from encompass.solvers.structure.improvement_paths import has_finite_improvement, has_ordinal_potential, is_weakly_acyclic
from encompass.solvers.structure.potential import (
    find_four_cycle,
    find_potential,
    find_weighted_potential,
    is_exact_potential_game,
    potential_error,
)

PENNIES = two_player([[1, -1], [-1, 1]], [[-1, 1], [1, -1]])
SHAPES = [(2, 2), (2, 3), (3, 3), (2, 2, 2), (2, 3, 2), (2, 2, 2, 2)]


def random_game(seed, shape=None, low=-3, high=3):
    rng = np.random.default_rng(seed)
    shape = shape or SHAPES[seed % len(SHAPES)]
    return NormalForm(rng.integers(low, high + 1, size=(len(shape), *shape)))


def random_potential_game(seed, weighted=False):
    """A random P with what others do added to every payoff, times a weight."""
    rng = np.random.default_rng(seed)
    shape = SHAPES[seed % len(SHAPES)]
    P = rng.integers(-3, 4, size=shape)
    weights = rng.integers(1, 4, size=len(shape)) if weighted else np.ones(len(shape), dtype=int)
    rest = [rng.integers(-3, 4, size=[1 if j == i else k for j, k in enumerate(shape)]) for i in range(len(shape))]
    return NormalForm(np.stack([w * P + np.broadcast_to(r, shape) for w, r in zip(weights, rest)])), P


def deviations(game):
    for a in game.profiles():
        for i, k in enumerate(game.shape):
            yield from ((i, a, (*a[:i], b, *a[i + 1 :])) for b in range(k) if b != a[i])


def gain(game, i, a, b):
    return game.payoffs(b)[i] - game.payoffs(a)[i]


def has_potential_by_cycles(game):
    """Monderer and Shapley's four-cycles, every one of them."""
    for i, j in combinations(range(len(game.shape)), 2):
        for a in game.profiles():
            for x, y in product(range(game.shape[i]), range(game.shape[j])):
                b = (*a[:i], x, *a[i + 1 :])
                c = (*b[:j], y, *b[j + 1 :])
                d = (*a[:j], y, *a[j + 1 :])
                if gain(game, i, a, b) + gain(game, j, b, c) + gain(game, i, c, d) + gain(game, j, d, a):
                    return False
    return True


def test_opening_example_of_monderer_and_shapley():
    game = two_player([[1, 9], [0, 6]], [[1, 0], [9, 6]])
    assert find_potential(game).tolist() == [[0, -1], [-1, -4]]
    assert find_potential(game, zero_at=(1, 1)).tolist() == [[4, 3], [3, 0]]


@pytest.mark.parametrize("seed", range(30))
def test_potential_games_have_their_potential(seed):
    game, P = random_potential_game(seed)
    found = find_potential(game)
    assert (found - P == found.ravel()[0] - P.ravel()[0]).all()
    assert potential_error(game, found) == 0
    assert find_four_cycle(game) is None
    assert has_finite_improvement(game) and has_ordinal_potential(game) and is_weakly_acyclic(game)


@pytest.mark.parametrize("seed", range(60))
def test_the_test_agrees_with_all_four_cycles(seed):
    game = random_game(seed, low=0, high=1)
    exists = has_potential_by_cycles(game)
    assert is_exact_potential_game(game) == exists == (find_four_cycle(game) is None)


def test_the_cycle_sums_its_gains():
    cycle = find_four_cycle(PENNIES)
    assert cycle.sum == -8 and cycle.players == (0, 1) and cycle.actions == (1, 1)


@pytest.mark.parametrize("seed", range(30))
def test_weights_are_found(seed):
    game, _ = random_potential_game(seed, weighted=True)
    weights, P = find_weighted_potential(game)
    assert min(weights) > 0
    assert all(gain(game, i, a, b) == weights[i] * (P[b] - P[a]) for i, a, b in deviations(game))


@pytest.mark.parametrize("game", [PENNIES, two_player([[0, 0], [0, 0]], [[1, 0], [0, 1]]), random_game(4)])
def test_no_weights_are_invented(game):
    found = find_weighted_potential(game)
    assert found is None or all(gain(game, i, a, b) == found[0][i] * (found[1][b] - found[1][a]) for i, a, b in deviations(game))
    if game is PENNIES:
        assert found is None


def walk(game, weak):
    """Which profiles each reaches by improvements (or by harmless deviations)."""
    steps = {a: set() for a in game.profiles()}
    for i, a, b in deviations(game):
        if gain(game, i, a, b) > 0 or (weak and gain(game, i, a, b) == 0):
            steps[a].add(b)
    reach = {}
    for a in steps:
        seen, waiting = set(), [a]
        while waiting:
            for b in steps[waiting.pop()] - seen:
                seen.add(b)
                waiting.append(b)
        reach[a] = seen
    return reach


@pytest.mark.parametrize("seed", range(60))
def test_improvement_paths_agree_with_a_walk(seed):
    game = random_game(seed, low=0, high=2)
    reach, weakly = walk(game, weak=False), walk(game, weak=True)
    ends = set(pure_profiles(game))
    assert has_finite_improvement(game) == all(a not in reach[a] for a in reach)
    assert is_weakly_acyclic(game) == all(a in ends or reach[a] & ends for a in reach)
    assert has_ordinal_potential(game) == (not any(gain(game, i, a, b) > 0 and a in weakly[b] for i, a, b in deviations(game)))


def test_big_numbers_and_floats():
    game, _ = random_potential_game(3)
    assert is_exact_potential_game(NormalForm(game.table * 10**17 + 1))
    assert find_four_cycle(NormalForm((PENNIES.table * (2**61)).tolist())).sum == -(2**64)
    floats = NormalForm(game.table / 7.0)
    assert potential_error(floats, find_potential(floats)) < 1e-12
    assert find_potential(NormalForm(PENNIES.table / 3.0)) is None
    assert potential_error(PENNIES, np.array([[Fraction(0)] * 2] * 2)) == 2


def test_refusals(monkeypatch):
    with pytest.raises(InputError, match=r"the profile 2, 0 does not fit"):
        find_potential(PENNIES, zero_at=(2, 0))
    with pytest.raises(InputError, match="floats"):
        find_weighted_potential(NormalForm(PENNIES.table / 3.0))
    monkeypatch.setattr(potential, "LARGEST_TABLE", 3)
    monkeypatch.setattr(improvement_paths, "LARGEST_PATHS", 3)
    for asked in (find_potential, find_four_cycle, is_weakly_acyclic, has_finite_improvement, has_ordinal_potential):
        with pytest.raises(SizeError):
            asked(PENNIES)
