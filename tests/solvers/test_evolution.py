"""Rest points, paths, evolutionary stability and risk dominance against definitions, closed forms and published rows."""

from fractions import Fraction as F
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from encompass.games.counted_game import RoleSymmetricGame, SymmetricGame
from encompass.games.errors import InputError, NotApplicable, SizeError
from encompass.games.normal_form import NormalForm
from encompass.solvers.dynamics import evolution as ev
from encompass.solvers.dynamics import evolutionary_stability as es

SMALL = settings(max_examples=60, deadline=None)


def matrix_game(A):
    k = len(A)
    return SymmetricGame.of(lambda a, others: F(A[a][others.index(1)]), 2, [str(a) for a in range(k)])


def collective_risk(n, m, c, r, b=1):
    """Santos and Pacheco 2011."""
    return SymmetricGame.of(lambda a, others: F(b) * (1 if others[1] + a >= m else 1 - F(r)) - F(c) * F(b) * a, n, ["defect", "contribute"])


def interior(game):
    return [p for p in ev.replicator_rest_points(game) if 0 < p.value < 1]


def test_collective_risk_rows():
    found = interior(collective_risk(3, 2, F(1, 10), F(4, 15)))
    assert [(p.value, p.stability) for p in found] == [(F(1, 4), "unstable"), (F(3, 4), "stable")]
    assert interior(collective_risk(6, 3, F(1, 10), F(1, 4))) == []
    (double,) = interior(collective_risk(6, 3, F(1, 10), F(125, 432)))
    assert (double.value, double.stability) == (F(2, 5), "semistable")


def test_paths_go_to_the_rest_points_that_are_stable():
    game = collective_risk(3, 2, F(1, 10), F(4, 15))
    for start, end in ((0.2, 0), (0.3, 0.75), (0.9, 0.75)):
        path = ev.replicator_path(game, [1 - start, start], until=2000)
        assert path.end[1] == pytest.approx(end, abs=1e-5)
        assert path.speed < 1e-6
    warm = ev.logit_path(game, ["1/2", "1/2"], 0.05, until=200)
    u = ev.expected_payoffs(game, warm.end)
    weights = np.exp(u / 0.05)
    assert warm.end == pytest.approx(tuple(weights / weights.sum()), abs=1e-6)
    assert warm.to_dict()["schema"] == "encompass/path/1"


def test_rock_paper_scissors_circles_under_the_replicator():
    rock = matrix_game([[0, -1, 1], [1, 0, -1], [-1, 1, 0]])
    path = ev.replicator_path(rock, [0.5, 0.25, 0.25], until=50)
    products = path.shares.prod(axis=1)
    assert products == pytest.approx(np.full(len(products), products[0]), rel=1e-5)  # a constant of motion (Hofbauer and Sigmund 1998)
    assert es.evolutionarily_stable(rock) == ()


def test_expected_payoffs_by_listing_the_others():
    game = SymmetricGame(np.arange(18).reshape(3, 6), 3)
    x = [0.2, 0.3, 0.5]
    listed = [
        sum(x[b] * x[c] * float(game.payoff(0, a, [[(b, c).count(k) for k in range(3)]])) for b, c in product(range(3), repeat=2))
        for a in range(3)
    ]
    assert ev.expected_payoffs(game, x) == pytest.approx(listed)


def test_best_responses_come_to_rest_or_go_round():
    threshold = SymmetricGame.of(lambda a, others: F(5 * (others[1] + a >= 3) - 2 * a), 6, ["no", "yes"])
    up = ev.best_response_steps(threshold, [[4, 2]])
    assert (up.states[-1], up.rests) == (((3, 3),), True)
    down = ev.best_response_steps(threshold, [[5, 1]])
    assert (down.states[-1], down.rests) == (((6, 0),), True)
    pennies = RoleSymmetricGame([[[[1, -1]], [[-1, 1]]], [[[-1], [1]], [[1], [-1]]]], [1, 1], [["h", "t"]] * 2)
    round_ = ev.best_response_steps(pennies, [[1, 0], [1, 0]])
    assert (round_.rests, round_.limited) == (False, False)
    assert ev.best_response_steps(pennies, [[1, 0], [1, 0]], most=1).limited
    with pytest.raises(InputError):
        ev.best_response_steps(pennies, [[1, 0], [2, 0]])
    assert up.to_dict()["rests"] is True


def is_stable_by_definition(A, x, trials):
    """x beats every other strategy y of a fine grid of mixes: u(x,x) > u(y,x), or equal and u(x,y) > u(y,y)."""
    for y in trials:
        if (y == x).all():
            continue
        here, there = x @ A @ x, y @ A @ x
        if there > here or (there == here and x @ A @ y <= y @ A @ y):
            return False
    return True


def grid(k, steps):
    return [np.array([F(c, steps) for c in cs], dtype=object) for cs in product(range(steps + 1), repeat=k) if sum(cs) == steps]


@SMALL
@given(st.integers(2, 3).flatmap(lambda k: st.lists(st.lists(st.integers(-2, 2), min_size=k, max_size=k), min_size=k, max_size=k)))
def test_evolutionary_stability_agrees_with_its_definition_on_a_grid(A):
    game = matrix_game(A)
    matrix = np.array([[F(x) for x in row] for row in A], dtype=object)
    k, steps = len(A), 12
    points = grid(k, steps)
    found = es.evolutionarily_stable(game)
    for one in found:
        x = np.array(one.strategy, dtype=object)
        assert is_stable_by_definition(matrix, x, points)
        assert es.is_evolutionarily_stable(game, one.strategy)
        assert one.payoff == x @ matrix @ x
    listed = {tuple(one.strategy) for one in found}
    for x in grid(k, 4):
        if tuple(x) not in listed:
            near = [(F(m - 1) * x + y) / m for y in points for m in (1, 50, 5000)]  # a finer grid close to x
            assert not is_stable_by_definition(matrix, x, near), x
            assert not es.is_evolutionarily_stable(game, x)


def test_published_stable_strategies():
    hawk_dove = matrix_game([[-1, 4], [0, 2]])  # V = 4, C = 6: hawks V / C
    (mixed,) = es.evolutionarily_stable(hawk_dove)
    assert mixed.strategy == (F(2, 3), F(1, 3))
    good_rock = matrix_game([[0, -1, 2], [2, 0, -1], [-1, 2, 0]])  # winning is worth more than losing costs
    (centre,) = es.evolutionarily_stable(good_rock)
    assert centre.strategy == (F(1, 3),) * 3
    # two best replies outside the support, alone harmless: copositivity, not definiteness, decides
    A = [[0, 0, 0], [0, -1, 3], [0, 3, -1]]
    assert not es.is_evolutionarily_stable(matrix_game(A), [1, 0, 0])
    B = [[0, 0, 0], [0, -1, -3], [0, -3, -1]]
    assert es.is_evolutionarily_stable(matrix_game(B), [1, 0, 0])


def test_more_players_with_two_actions():
    found = es.evolutionarily_stable(collective_risk(3, 2, F(1, 10), F(4, 15)))
    assert [one.strategy for one in found] == [(1, 0), (F(1, 4), F(3, 4))]
    assert es.evolutionarily_stable(SymmetricGame([[1, 1, 1], [1, 1, 1]], 3)) == ()
    assert found[0].to_dict()["support"] == [0]
    two = es.evolutionarily_stable(matrix_game([[-1, 4], [0, 2]]))
    assert two[0].strategy[1] == ev.replicator_rest_points(matrix_game([[-1, 4], [0, 2]]))[1].value


def test_the_stag_hunt_of_the_rows():
    """eq-cl-03."""
    game = NormalForm.from_arrays([[9, 0], [8, 7]], [[9, 8], [0, 7]])
    found = es.risk_dominance(game, (0, 0), (1, 1))
    assert (found.products, found.dominant) == ((1, 49), (1, 1))
    assert found.to_dict()["dominant"] == [1, 1]
    with pytest.raises(InputError):
        es.risk_dominance(game, (0, 1), (1, 0))
    with pytest.raises(InputError):
        es.risk_dominance(game, (0, 0), (0, 1))
    with pytest.raises(NotApplicable):
        es.risk_dominance(collective_risk(3, 2, 1, 1).normal_form(), (0, 0), (1, 1))


def test_what_cannot_be_used():
    game = matrix_game([[-1, 4], [0, 2]])
    with pytest.raises(InputError):
        ev.replicator_path(game, [0.5, 0.6])
    with pytest.raises(InputError):
        ev.logit_path(game, [0.5, 0.5], 0)
    with pytest.raises(InputError):
        es.is_evolutionarily_stable(game, [1, 1])
    with pytest.raises(NotApplicable):
        es.evolutionarily_stable(SymmetricGame(np.zeros((3, 6), dtype=np.int64), 3))
    with pytest.raises(SizeError):
        es.evolutionarily_stable(matrix_game([[0] * 15] * 15))


def test_paths_of_losses_stay_shares_and_those_too_fast_are_refused():
    losses = ev.replicator_path(matrix_game([[-3, 0], [-5, -1]]), [0.5, 0.5])
    gains = ev.replicator_path(matrix_game([[7, 10], [5, 9]]), [0.5, 0.5])  # the same differences
    assert losses.end == pytest.approx(gains.end, abs=1e-6) and losses.end == pytest.approx((1, 0), abs=1e-6)
    for size in (10**40, 1e200):
        with pytest.raises(SizeError):
            ev.replicator_path(matrix_game([[size, 0], [0, size]]), [0.5, 0.5])
        assert ev.logit_path(matrix_game([[size, 0], [0, size]]), [0.6, 0.4], 1e-300).end == pytest.approx((1, 0))
