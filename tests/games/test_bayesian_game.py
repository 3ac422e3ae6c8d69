"""Games with private types: both normal forms agree with the definition, counted and named players agree, bad input is refused."""

from fractions import Fraction
from itertools import product

import numpy as np
import pytest

from encompass.games.bayesian_game import BayesianGame, check_types, independent
from encompass.games.errors import InputError, SizeError
from encompass.games.noisy_leadership import noisy_leadership, seen_with_error
from encompass.games.normal_form import two_player
from encompass.games.petition import Petition
from encompass.games.symmetric_bayesian_game import SymmetricBayesianGame
from encompass.solvers.pure import pure_profiles


def volunteer(costs, n=2):
    """Benefit 10 if anybody acts; private costs, each as likely."""
    share = [Fraction(1, len(costs))] * len(costs)
    return BayesianGame.from_function(
        lambda t, a: [(10 if 0 in a else 0) - (costs[t[i]] if a[i] == 0 else 0) for i in range(n)],
        independent(*[share] * n), [[f"cost {c}" for c in costs]] * n, [["act", "wait"]] * n,
    )  # fmt: skip


def test_plans_pay_what_the_definition_says():
    rng = np.random.default_rng(3)
    prior = [[Fraction(1, 6), Fraction(1, 3), 0], [Fraction(1, 4), 0, Fraction(1, 4)]]
    game = BayesianGame(rng.integers(-3, 4, (2, 2, 3, 2, 2)).tolist(), prior)
    form, agents = game.strategic_form(), game.agent_form()
    for (i, p), (j, q) in product(enumerate(game.plans(0)), enumerate(game.plans(1))):
        drawn = [(Fraction(prior[s][t]), game.payoffs((s, t), (p[s], q[t]))) for s in range(2) for t in range(3)]
        expected = [sum(chance * pay[player] for chance, pay in drawn) for player in range(2)]
        assert list(form.payoffs((i, j))) == expected
        each = agents.payoffs((*p, *q))
        assert [sum(each[:2]), sum(each[2:])] == expected
    assert game.chance_of(0, 1) == Fraction(1, 2) and game.exact
    assert repr(game) == "BayesianGame(2 x 3 types, 2 x 2 actions, exact)"


def test_first_best():
    assert volunteer((4, 12)).first_best() == 14
    assert volunteer((4, 9)).first_best() == Fraction("14.75")
    assert volunteer((4.0, 9.0)).first_best() == pytest.approx(14.75)


def test_counted_players_are_the_same_game():
    game = SymmetricBayesianGame.from_function(
        lambda t, a, k: (10 if k or a else 0) - ((4, 12)[t] if a else 0), ["1/2", "1/2"], 2, ["low", "high"], ["wait", "act"]
    )
    named = game.bayesian_game()
    for t in product(range(2), repeat=2):
        assert named.payoffs(t, (1, 0)) == volunteer((4, 12)).payoffs(t, (0, 1))
    assert game.monotone and game.exact and game.payoff(1, 1, 0) == -2


def test_noisy_leadership():
    """Bagwell (1995): with any noise only the Cournot outcome is a pure equilibrium; without, the leader commits."""
    game = two_player([[5, 3], [6, 4]], [[2, 1], [3, 4]])
    seen = noisy_leadership(game, seen_with_error(2, Fraction(1, 100)))
    assert [(p[0], seen.actions[1][p[1]]) for p in pure_profiles(seen)] == [(1, "22")]
    clear = noisy_leadership(game, [[1, 0], [0, 1]])
    assert (0, 1) in pure_profiles(clear)  # S against the plan "S after S, C after C"
    assert seen.payoffs((0, 1)) == (Fraction(498, 100), Fraction(199, 100))


def test_petition():
    """P1.7: a signature is worth a (1 - (1 - F(a))^(m-1)); bad luck has probability (1 - F(a))^m, 0.35 at 0.1 and 10."""
    seed = Petition(10, 5, "1/10", 1)
    assert seed.worth == 5 * (1 - Fraction(9, 10) ** 9) and seed.unwilling_sign
    assert float(seed.unlucky) == pytest.approx(0.3487, abs=1e-4) and seed.success == 1 - seed.unlucky
    assert seed.readings == ("bad luck",)
    hopeless = Petition(10, 5, 0, "0.01")
    assert not hopeless.unwilling_sign and hopeless.readings == ("naive beliefs",)
    assert Petition(10, 5, 0, 0).readings == ("free signatures",)


@pytest.mark.parametrize(
    ("build", "error", "words"),
    [
        (lambda: BayesianGame([[1, 2]], [1]), InputError, "do not fit a prior"),
        (lambda: BayesianGame(np.zeros((1, 2, 2), dtype=int).tolist(), ["1/2", "1/3"]), InputError, "5/6|0.8333"),
        (lambda: BayesianGame(np.zeros((1, 2, 2), dtype=int).tolist(), ["1/2", "1/2"], types=[["a"]]), InputError, "names"),
        (lambda: check_types([10] * 6, [10] * 6), SizeError, "6e\\+12"),
        (lambda: SymmetricBayesianGame([[[1, 2], [1, 2]]], [1], 1), InputError, "players=1"),
        (lambda: SymmetricBayesianGame([[[1, 2], [1, 2]]], ["1/2"], 2), InputError, "prior"),
        (lambda: SymmetricBayesianGame([[[1], [1]]], [1], 2), InputError, "shape"),
        (lambda: noisy_leadership(two_player([[1]], [[1]]), [["1/2"]]), InputError, "noise"),
        (lambda: noisy_leadership(two_player([[1]], [[1]]), [[1], [1]]), InputError, "noise"),
        (lambda: Petition(0, 1, 0, 0), InputError, "units=0"),
        (lambda: Petition(2, 1, 2, 0), InputError, "willing=2"),
        (lambda: Petition(2, 1, 0, -1), InputError, "negative"),
    ],
)
def test_bad_input(build, error, words):
    with pytest.raises(error, match=words):
        build()
