"""Communication equilibria (DL-2): the figures of the atlas, the bounds of A-30, counted players, forged certificates."""

import json
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from encompass.games.bayesian_game import BayesianGame, independent
from encompass.games.errors import InputError, SizeError
from encompass.games.symmetric_bayesian_game import SymmetricBayesianGame
from encompass.solvers.advice.advice_certificate import advice_certificate
from encompass.solvers.advice.bayes_nash import solve_bayes_nash
from encompass.solvers.advice.communication import communication_program, size, solve_communication
from encompass.solvers.advice.correlated import solve_correlated
from encompass.solvers.advice.counted_communication import solve_counted_communication
from encompass.solvers.checker.advice import advice_claims


def volunteers(costs, n=2):
    share = [Fraction(1, len(costs))] * len(costs)
    return SymmetricBayesianGame.from_function(
        lambda t, a, k: (10 if k or a else 0) - (costs[t] if a else 0), share, n, [f"cost {c}" for c in costs], ["wait", "act"]
    )


def checked(certificate):
    try:
        return all(holds for _, holds in advice_claims(json.loads(json.dumps(certificate))))
    except (LookupError, TypeError, ValueError, ArithmeticError):
        return False


@st.composite
def bayesian_games(draw):
    kinds = draw(st.sampled_from([(1, 2), (2, 2), (2, 1)]))
    weights = draw(st.lists(st.integers(0, 2), min_size=int(np.prod(kinds)), max_size=int(np.prod(kinds))).filter(any))
    prior = np.array([Fraction(w, sum(weights)) for w in weights], dtype=object).reshape(kinds)
    numbers = draw(st.lists(st.integers(-3, 3), min_size=2 * len(weights) * 4, max_size=2 * len(weights) * 4))
    return BayesianGame(np.array(numbers, dtype=object).reshape(2, *kinds, 2, 2), prior)


@st.composite
def counted(draw):
    n, kinds = draw(st.sampled_from([(2, 1), (2, 2), (3, 1), (3, 2)]))
    weights = draw(st.lists(st.integers(1, 3), min_size=kinds, max_size=kinds))
    numbers = draw(st.lists(st.integers(-3, 3), min_size=kinds * 2 * n, max_size=kinds * 2 * n))
    return SymmetricBayesianGame(np.array(numbers, dtype=np.int64).reshape(kinds, 2, n), [Fraction(w, sum(weights)) for w in weights], n)


@pytest.mark.parametrize(("costs", "best", "first"), [((4, 12), 12, 14), ((4, 9), Fraction("13.5"), Fraction("14.75"))])
def test_figures_of_the_atlas(costs, best, first):
    game = volunteers(costs).bayesian_game()
    answer = solve_communication(game)
    assert (answer.welfare, game.first_best(), answer.complete) == (best, first, True)
    assert answer.equilibria[0].regret == 0
    assert solve_counted_communication(volunteers(costs)).welfare == best
    assert solve_communication(game, "maximin").equilibria[0].payoffs == (Fraction(best) / 2,) * 2
    assert solve_communication(game, "nash-product").equilibria[0].payoffs == (Fraction(best) / 2,) * 2


def test_size_is_that_of_the_definition():
    """Sum over i of |Theta_i| (|Theta_i| |A_i|^|A_i| - 1) constraints on |Theta| |A| cells."""
    game = volunteers((4, 12)).bayesian_game()
    assert size(game) == (2 * 2 * (2 * 4 - 1), 16)
    program = communication_program(game)
    assert program.gains.shape == size(game)


@given(bayesian_games())
@settings(deadline=None, max_examples=40)
def test_between_equilibria_and_the_first_best(game):
    best, worst = solve_communication(game), solve_communication(game, sense="min")
    for answer in (best, worst):
        assert answer.complete and answer.equilibria[0].regret == 0
        assert checked(advice_certificate(game, answer))
    assert best.welfare <= game.first_best()
    for equilibrium in solve_bayes_nash(game).equilibria:
        assert worst.welfare <= sum(equilibrium.payoffs) <= best.welfare


@given(bayesian_games())
@settings(deadline=None, max_examples=15)
def test_other_objectives_are_proved(game):
    for objective in ("maximin", "nash-product", "player"):
        answer = solve_communication(game, objective, player=0)
        assert checked(advice_certificate(game, answer)) and answer.equilibria[0].regret == 0


@given(bayesian_games())
@settings(deadline=None, max_examples=20)
def test_without_private_types_it_is_a_correlated_equilibrium(game):
    """One type each: nothing to report, and disobedience maps ask what single disobediences do."""
    known = BayesianGame(game.table[:, :1, :1].tolist(), [[1]])
    assert solve_communication(known).welfare == solve_correlated(known.strategic_form()).welfare


@given(counted(), st.sampled_from(["max", "min"]))
@settings(deadline=None, max_examples=25)
def test_over_counts_it_is_the_same(game, sense):
    answer = solve_counted_communication(game, sense=sense)
    assert answer.welfare == solve_communication(game.bayesian_game(), sense=sense).welfare
    assert answer.equilibria[0].regret == 0 and answer.complete
    assert checked(advice_certificate(game, answer))


def test_ten_volunteers():
    answer = solve_counted_communication(volunteers((4, 12), 10))
    assert answer.complete and answer.equilibria[0].regret == 0 and 80 < answer.welfare < 96


def test_forged_certificates_fail():
    game = volunteers((4, 12)).bayesian_game()
    honest = advice_certificate(game, solve_communication(game))
    worst = advice_certificate(game, solve_communication(game, sense="min"))
    assert checked(honest) and checked(worst)
    totals = honest["proof"]["totals"]
    for change in (
        {key: worst[key] for key in ("device", "payoffs", "welfare", "regret")},
        {"regret": "1/2"},
        {"device": honest["device"][1:]},
        {"proof": honest["proof"] | {"obedience": ["0"] * len(honest["proof"]["obedience"])}},
        {"proof": honest["proof"] | {"totals": [str(Fraction(totals[0]) - 1), str(Fraction(totals[1]) + 1), *totals[2:]]}},
        {"game": honest["game"] | {"prior": ["1", "0", "0", "0"]}},
        {"game": honest["game"] | {"prior": ["1/4", "1/4", "1/4", "1/2"]}},
    ):
        assert not checked(honest | change), change


def test_floats_and_limits():
    half = [0.5, 0.5]
    game = BayesianGame.from_function(
        lambda t, a: [(10.0 if 0 in a else 0) - ((4.0, 12.0)[t[i]] if a[i] == 0 else 0) for i in range(2)],
        independent(half, half), [["low", "high"]] * 2, [["act", "wait"]] * 2,
    )  # fmt: skip
    answer = solve_communication(game)
    assert answer.welfare == pytest.approx(12) and not answer.complete and answer.equilibria[0].regret < 1e-6
    assert checked(advice_certificate(game, answer))
    with pytest.raises(InputError, match="named players"):
        solve_counted_communication(volunteers((4, 12)), "nash-product")
    with pytest.raises(InputError, match="rational"):
        solve_counted_communication(SymmetricBayesianGame(np.zeros((1, 2, 2)), [1], 2))
    with pytest.raises(SizeError, match="counts"):
        solve_counted_communication(volunteers((4, 12), 300))
    wide = BayesianGame(np.zeros((2, 1, 1, 8, 8), dtype=int).tolist(), [[1]])
    with pytest.raises(SizeError, match="33,554,430 constraints"):
        solve_communication(wide)
