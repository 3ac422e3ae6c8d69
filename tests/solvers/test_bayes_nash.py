"""Bayesian Nash equilibria against brute force, cut-offs with finite and continuous types, forged certificates."""

import json
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from encompass.games.bayesian_game import BayesianGame
from encompass.games.errors import InputError
from encompass.games.private_costs import PrivateCostGame, Spread, Uniform
from encompass.games.symmetric_bayesian_game import SymmetricBayesianGame
from encompass.solvers.advice.advice_certificate import bayes_certificate
from encompass.solvers.advice.bayes_nash import bayes_regret, solve_bayes_nash, solve_symmetric_bayes_nash
from encompass.solvers.advice.type_cutoffs import cutoff_equilibria, gain
from encompass.solvers.checker.bayes import bayes_claims
from encompass.solvers.pure import pure_profiles


def checked(certificate):
    try:
        return all(holds for _, holds in bayes_claims(json.loads(json.dumps(certificate))))
    except (LookupError, TypeError, ValueError, ArithmeticError):
        return False


@st.composite
def bayesian_games(draw):
    kinds = draw(st.sampled_from([(2, 2), (1, 2), (3, 1)]))
    weights = draw(st.lists(st.integers(0, 2), min_size=int(np.prod(kinds)), max_size=int(np.prod(kinds))).filter(any))
    prior = np.array([Fraction(w, sum(weights)) for w in weights], dtype=object).reshape(kinds)
    numbers = draw(st.lists(st.integers(-3, 3), min_size=2 * len(weights) * 4, max_size=2 * len(weights) * 4))
    return BayesianGame(np.array(numbers, dtype=object).reshape(2, *kinds, 2, 2), prior)


@st.composite
def counted(draw, n=None):
    n = n or draw(st.sampled_from([2, 3]))
    kinds = draw(st.integers(1, 3 if n == 2 else 2))
    weights = draw(st.lists(st.integers(1, 3), min_size=kinds, max_size=kinds))
    numbers = draw(st.lists(st.integers(-3, 3), min_size=kinds * 2 * n, max_size=kinds * 2 * n))
    return SymmetricBayesianGame(np.array(numbers, dtype=np.int64).reshape(kinds, 2, n), [Fraction(w, sum(weights)) for w in weights], n)


def volunteers(costs, n, benefit=10):
    share = [Fraction(1, len(costs))] * len(costs)
    return SymmetricBayesianGame.from_function(
        lambda t, a, k: (benefit if k or a else 0) - (costs[t] if a else 0), share, n, [f"cost {c}" for c in costs], ["wait", "act"]
    )


def strategies(equilibrium):
    return [tuple(part["strategy"]) for part in equilibrium.profile]


@given(bayesian_games())
@settings(deadline=None, max_examples=60)
def test_pure_equilibria_are_those_of_the_plans(game):
    form = game.strategic_form()
    by_plans = {(game.plans(0)[a], game.plans(1)[b]) for a, b in pure_profiles(form)}
    answer = solve_bayes_nash(game)
    found = {tuple(tuple(mix.index(1) for mix in plan) for plan in e.profile) for e in answer.equilibria}
    assert answer.complete and found == by_plans
    assert all(e.regret == 0 for e in answer.equilibria)
    certificate = bayes_certificate(game, answer)
    assert checked(certificate)
    if answer.equilibria:
        assert not checked(certificate | {"equilibria": certificate["equilibria"][1:]})
        first = certificate["equilibria"][0]
        assert not checked(certificate | {"equilibria": [first | {"regret": "1"}, *certificate["equilibria"][1:]]})
        assert not checked(certificate | {"equilibria": [first | {"payoffs": ["7", "7"]}, *certificate["equilibria"][1:]]})


@given(counted(n=2))
@settings(deadline=None, max_examples=100)
def test_symmetric_equilibria_of_two_players_by_hand(game):
    """With one other player gains are linear in q: for every choice of who acts, waits and mixes (one type), solve for q."""
    kinds, prior = range(len(game.types)), game.prior
    gains = [(Fraction(int(a)), Fraction(int(b))) for a, b in game.gain]  # by how many others act

    def at(t, q):
        return (1 - q) * gains[t][0] + q * gains[t][1]

    found = set()
    for sigma in product((Fraction(0), Fraction(1)), repeat=len(prior)):
        q = sum(p * s for p, s in zip(prior, sigma))
        if all(at(t, q) >= 0 if sigma[t] else at(t, q) <= 0 for t in kinds):
            found.add(sigma)
        for mixing in kinds:
            a, b = gains[mixing]
            if a == b or sigma[mixing]:
                continue
            root = a / (a - b)
            rest = sum(p * s for t, (p, s) in enumerate(zip(prior, sigma)) if t != mixing)
            share = (root - rest) / prior[mixing]
            if 0 < share < 1 and all(at(t, root) >= 0 if sigma[t] else at(t, root) <= 0 for t in kinds if t != mixing):
                found.add(tuple(share if t == mixing else s for t, s in enumerate(sigma)))
    answer = solve_symmetric_bayes_nash(game)
    mine = {tuple(part["strategy"][1] for part in e.profile) for e in answer.equilibria}
    if answer.complete:
        assert mine == found
    assert {s for s in found if set(s) <= {0, 1}} <= mine


@given(counted())
@settings(deadline=None, max_examples=60)
def test_symmetric_equilibria_are_equilibria_of_the_named_game(game):
    answer, named = solve_symmetric_bayes_nash(game), game.bayesian_game()
    assert answer.equilibria or not answer.complete
    for equilibrium in answer.equilibria:
        assert float(equilibrium.regret) == pytest.approx(0, abs=1e-12)
        assert float(bayes_regret(named, [strategies(equilibrium)] * game.players)) == pytest.approx(0, abs=1e-12)
    alike = [e.profile[0] for e in solve_bayes_nash(named).equilibria if all(p == e.profile[0] for p in e.profile)]
    everywhere = {tuple(mix.index(1) for mix in plan) for plan in alike}
    pure = {tuple(int(s[1]) for s in strategies(e)) for e in answer.equilibria if all(s[1] in (0, 1) for s in strategies(e))}
    assert pure == everywhere
    assert checked(bayes_certificate(game, answer))


def test_volunteers_with_two_costs():
    """DL-2: with costs 4 and 12 only low types act, welfare 11; at any size one type mixes, the failure as in the known game."""
    (only,) = solve_symmetric_bayes_nash(volunteers((4, 12), 2)).equilibria
    assert strategies(only) == [(0, 1), (1, 0)] and only.payoffs == (6, 5) and sum(only.payoffs) == 11
    many = solve_symmetric_bayes_nash(volunteers((4, 12), 1_000))
    assert many.complete and len(many.equilibria) == 1
    share = float(strategies(many.equilibria[0])[0][1])
    assert share == pytest.approx(2 * (1 - 0.4 ** (1 / 999)), rel=1e-9)
    huge = solve_symmetric_bayes_nash(volunteers((4, 12), 100_000))
    assert len(huge.equilibria) == 1 and float(huge.equilibria[0].regret) < 1e-8


def test_ordered_types_beyond_the_sets_that_can_be_tried():
    costs = list(range(1, 20))
    answer = solve_symmetric_bayes_nash(volunteers(costs, 3))
    assert answer.complete and len(answer.equilibria) == 1
    shuffled = solve_symmetric_bayes_nash(volunteers(costs[::-1], 3))
    assert not shuffled.complete and "cut-offs only" in str(shuffled.stop)


def test_ties_and_floats_are_said():
    always = SymmetricBayesianGame(np.zeros((2, 2, 2), dtype=np.int64), ["1/2", "1/2"], 2)
    assert not solve_symmetric_bayes_nash(always).complete
    floats = SymmetricBayesianGame(np.array([[[0.0, 1.0], [0.5, 0.5]]]), [1], 2)
    answer = solve_symmetric_bayes_nash(floats)
    assert not answer.complete and len(answer.equilibria) == 1
    assert checked(bayes_certificate(floats, answer))


def test_cutoffs_with_uniform_costs_are_all():
    """Two volunteers, b = 1, costs uniform on [0, 2]: the cut-off solves 1 - c/2 = c."""
    answer = cutoff_equilibria(PrivateCostGame([1, 0], Uniform(0, 2)))
    assert answer.complete and [e.cutoff for e in answer.equilibria] == [Fraction(2, 3)]
    three_of_five = cutoff_equilibria(PrivateCostGame([0, 0, 2, 0, 0], Uniform("0.01", 1)))
    assert three_of_five.complete and len(three_of_five.equilibria) == 3
    assert [e.stable for e in three_of_five.equilibria] == [True, False, True]
    assert all(e.regret < 1e-12 for e in three_of_five.equilibria)
    everybody = cutoff_equilibria(PrivateCostGame([5, 5], Uniform(0, 1)))
    assert [e.probability for e in everybody.equilibria] == [1] and everybody.complete


def test_cutoffs_of_any_distribution_agree_with_uniform_ones():
    spread = Spread(lambda c: (c - 0.01) / 0.99, lambda c: 1 / 0.99, 0.01, 1.0)
    found = cutoff_equilibria(PrivateCostGame([0, 0, 2, 0, 0], spread))
    exact = cutoff_equilibria(PrivateCostGame([0, 0, 2, 0, 0], Uniform("0.01", 1)))
    assert not found.complete and "may be missing" in str(found.stop)
    assert [float(e.cutoff) for e in found.equilibria] == pytest.approx([float(e.cutoff) for e in exact.equilibria], abs=1e-9)
    assert found.to_dict()["schema"] == "encompass/cutoffs/1"
    squares = PrivateCostGame([1, 0], Spread(lambda c: c * c, lambda c: 2 * c, 0, 1))
    (only,) = cutoff_equilibria(squares).equilibria
    assert float(only.cutoff) == pytest.approx((5**0.5 - 1) / 2) and gain(squares, float(only.cutoff)) == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize(
    ("build", "words"),
    [
        (lambda: PrivateCostGame([1], Uniform(0, 1)), "value has 1"),
        (lambda: Uniform(1, 1), "below the largest"),
        (lambda: Spread(lambda c: 0.5, lambda c: 1.0, 0, 1), "distribution function"),
        (lambda: cutoff_equilibria(PrivateCostGame([1, 0], Uniform(0, 1)), grid=1), "grid=1"),
    ],
)
def test_bad_input(build, words):
    with pytest.raises(InputError, match=words):
        build()


@pytest.mark.parametrize("prior", [[0, 1, 0], ["1/2", "1/2", 0], [1 / 7, 3 / 7, 3 / 7]])
def test_impossible_types_and_float_priors_are_checked(prior):
    game = SymmetricBayesianGame(np.array([[[0, 2], [0, 1]], [[1, 2], [-2, 3]], [[2, 0], [-1, 0]]]), prior, 2)
    good = json.loads(json.dumps(bayes_certificate(game, solve_symmetric_bayes_nash(game))))
    assert good["equilibria"] and checked(good)
    first = good["equilibria"][0]
    part = first["profile"][0]
    for other in (part | {"players": 3}, part | {"strategy": [*part["strategy"], "0"]}):
        assert not checked(good | {"equilibria": [first | {"profile": [other, *first["profile"][1:]]}]})
    assert not checked(good | {"equilibria": [first, first]})


def test_plans_are_listed_once():
    game = BayesianGame(np.zeros((2, 1, 1, 2, 1), dtype=int), [[1]])
    good = json.loads(json.dumps(bayes_certificate(game, solve_bayes_nash(game))))
    assert checked(good) and not checked(good | {"equilibria": [*good["equilibria"], good["equilibria"][0]]})
    assert not checked(good | {"game": good["game"] | {"payoffs": [*good["game"]["payoffs"], [0, 0]]}})
