"""Coco and Kohlberg-Neyman values against all orders of the players, each threat against a linear program of its own."""

from fractions import Fraction
from itertools import permutations, product

import numpy as np
import pytest
from scipy.optimize import linprog

from encompass.games.errors import NotApplicable, SizeError
from encompass.games.linear_program import matrix_game
from encompass.games.normal_form import NormalForm, two_player
from encompass.solvers.structure import values
from encompass.solvers.structure.values import coco_value, interchangeable, kohlberg_neyman_value, solve_matrix

F = Fraction
SHAPES = [(2, 2), (2, 3), (3, 3), (2, 2, 2), (2, 3, 2), (2, 2, 2, 2)]


def random_game(seed, shape=None):
    rng = np.random.default_rng(seed)
    shape = shape or SHAPES[seed % len(SHAPES)]
    return NormalForm(rng.integers(-3, 4, size=(len(shape), *shape)))


def public_good(n, mpcr):
    return NormalForm.from_function(lambda a: [mpcr * 10 * sum(a) - 10 * x + 10 for x in a], [("0", "10")] * n)


def threat(game, S):
    """The value of S against the rest by HiGHS."""
    rest = [i for i in range(len(game.shape)) if i not in S]
    mine, theirs = ([*product(*(range(game.shape[i]) for i in side))] for side in (S, rest))

    def gap(x, y):
        chosen = dict(zip((*S, *rest), (*x, *y)))
        u = game.payoffs([chosen[i] for i in range(len(game.shape))])
        return float(sum(u[i] for i in S) - sum(u[i] for i in rest))

    A = np.array([[gap(x, y) for x in mine] for y in theirs])
    c, A_ub = np.append(np.zeros(len(mine)), -1), np.hstack([-A, np.ones((len(theirs), 1))])
    found = linprog(c, A_ub, np.zeros(len(theirs)), [[1] * len(mine) + [0]], [1], [(0, None)] * len(mine) + [(None, None)])
    return -found.fun


def by_orders(game):
    n = len(game.shape)
    total = np.zeros(n)
    known = {}
    for order in permutations(range(n)):
        for k, i in enumerate(order):
            S = tuple(sorted(order[: k + 1]))
            known[S] = known.get(S) or threat(game, S)
            total[i] += known[S]
    return total / len(list(permutations(range(n))))


@pytest.mark.parametrize("seed", range(24))
def test_the_value_is_the_average_over_all_orders(seed):
    game = random_game(seed)
    found = kohlberg_neyman_value(game)
    assert np.allclose([float(v) for v in found.value], by_orders(game))
    assert sum(found.value) == found.total == F(int(game.welfare.max()))
    assert tuple(u + t for u, t in zip(game.payoffs(found.profile), found.payments)) == found.value
    assert sum(found.payments) == 0


@pytest.mark.parametrize("seed", range(12))
def test_threats_are_guaranteed_by_both_sides(seed):
    game = random_game(seed)
    for t in kohlberg_neyman_value(game).threats:
        rest = [i for i in range(len(game.shape)) if i not in t.coalition]
        assert sum(t.mix.values()) == sum(t.reply.values()) == 1
        for y in product(*(range(game.shape[i]) for i in rest)):
            worth = 0
            for x, p in t.mix.items():
                chosen = dict(zip((*t.coalition, *rest), (*x, *y)))
                u = game.payoffs([chosen[i] for i in range(len(game.shape))])
                worth += p * (sum(u[i] for i in t.coalition) - sum(u[i] for i in rest))
            assert worth >= t.value


@pytest.mark.parametrize("seed", range(10))
def test_a_zero_sum_game_has_its_own_value(seed):
    A = np.random.default_rng(seed).integers(-3, 4, size=(3, 4))
    value, _, _ = matrix_game(A.T)
    assert coco_value(two_player(A, -A)).value == (value, -value)
    assert solve_matrix(A)[0] == value


@pytest.mark.parametrize(("n", "mpcr"), [(3, F(1, 2)), (5, F(2, 5)), (8, F(1, 4))])
def test_like_players_share_alike(n, mpcr):
    found = kohlberg_neyman_value(public_good(n, mpcr))
    assert set(found.classes) == {0} and len(found.threats) == n
    assert set(found.value) == {10 * n * mpcr}


def test_twelve_players_fit():
    seen = []
    found = kohlberg_neyman_value(public_good(12, F(1, 4)), progress=lambda done, total, what: seen.append((done, total)))
    assert set(found.value) == {30} and seen[-1] == (12, 12)


def test_twelve_different_players_are_not_refused():
    values.check_threats(public_good(12, F(1, 4)), coalitions=2**12 - 1)


def test_roles_are_found():
    """Two elites and two households."""
    game = NormalForm.from_function(lambda a: [(2 if i < 2 else 1) * sum(a) - 2 * a[i] for i in range(4)], [("0", "1")] * 4)
    assert interchangeable(game) == (0, 0, 1, 1)
    found = kohlberg_neyman_value(game)
    assert len(found.threats) == 8
    assert np.allclose([float(v) for v in found.value], by_orders(game))
    assert found.delta(()) == -found.delta(range(4)) == -found.total
    assert found.delta((0, 2)) == found.delta((1, 3)) == -found.delta((0, 3))
    assert found.to_dict()["concept"] == "kohlberg-neyman"


def test_worked_figures():
    """ATLAS D-03; Sodomka et al. 2013; a game with mixed threats."""
    assert coco_value(two_player([[2, 2], [0, 4]], [[0, 0], [0, 0]])).value == (3, 1)
    assert coco_value(two_player([[3, -1], [-1, 1]], [[-1, 1], [1, -1]])).value == (F(6, 5), F(4, 5))
    found = coco_value(two_player([[4, 1], [0, 3]], [[2, 0], [1, 3]]))
    assert (found.value, found.total, found.profile) == ((F(7, 2), F(5, 2)), 6, (0, 0))
    assert coco_value(NormalForm(np.array([[[3.0, -1], [-1, 1]], [[-1, 1], [1, -1]]]))).value == (1.2, 0.8)


def test_refusals(monkeypatch):
    with pytest.raises(NotApplicable, match="two players"):
        coco_value(public_good(3, F(1, 2)))
    with pytest.raises(SizeError, match=r"13 players have 2\^13"):
        kohlberg_neyman_value(public_good(13, F(1, 2)))
    monkeypatch.setattr(values, "LARGEST_MATRIX", 7)
    with pytest.raises(SizeError, match="threats of 8 profiles"):
        kohlberg_neyman_value(public_good(3, F(1, 2)))
