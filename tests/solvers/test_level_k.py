"""Level-k and the cognitive hierarchy, worked by hand."""

import json
from fractions import Fraction as F
from math import exp

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from encompass.games.counted_game import SymmetricGame, ways
from encompass.games.errors import InputError, NotApplicable
from encompass.games.normal_form import NormalForm, two_player
from encompass.solvers.quantal.level_k import cognitive_hierarchy, level_k


def pure(k, chosen):
    return tuple(F(int(a == chosen)) for a in range(k))


def money_request():
    """Arad and Rubinstein (2012): ask for 11 to 20, get it, and 20 more if the other asks for exactly one more."""
    asks = range(11, 21)
    A = [[a + 20 * (b == a + 1) for b in asks] for a in asks]
    B = [[b + 20 * (a == b + 1) for b in asks] for a in asks]
    return two_player(A, B)


def test_the_money_request_game():
    """From 20 (level 0), level k asks for 20 - k: 19, 18, 17, ..."""
    answer = level_k(money_request(), 5, start=[pure(10, 9)] * 2)
    assert [mixes[0] for mixes in answer.strategies] == [pure(10, 9 - k) for k in range(6)]
    assert answer.ties == ()
    uniform = level_k(money_request(), 1)
    assert uniform.strategies[1][0] == pure(10, 8)  # 19 + 20/10 beats 20, and 18 + 2


def guessing(n, top):
    """Guess 0..top; who is nearest to 2/3 of the mean shares a prize of 60 (n players named; Nagel 1995)."""

    def payoff(profile):
        gaps = [abs(F(2, 3) * F(sum(profile), n) - guess) for guess in profile]
        nearest = [gap == min(gaps) for gap in gaps]
        return [F(60 * won, sum(nearest)) for won in nearest]

    return NormalForm.from_function(payoff, [[str(a) for a in range(top + 1)]] * n)


def test_the_guessing_game_with_two_is_won_by_the_lower():
    """Costa-Gomes and Crawford's remark: with two players 0 wins or ties always, so level 1 already guesses 0."""
    answer = level_k(guessing(2, 6), 2)
    assert answer.strategies[1] == (pure(7, 0), pure(7, 0)) == answer.strategies[2]


def test_the_guessing_game_with_three_steps_down():
    """Against two at 9 of 9: 2/3 of (18 + x)/3 is 4 + 2x/9; guesses 1 to 8 lie nearer than 9 if |4 - 7x/9| < |2x/9 - 5|."""
    answer = level_k(guessing(3, 9), 1, start=[pure(10, 9)] * 3)
    winning = [x for x in range(10) if abs(F(4) - F(7 * x, 9)) < abs(F(2 * x, 9) - 5)]
    assert answer.strategies[1][0] == tuple(F(int(x in winning), len(winning)) for x in range(10))
    assert answer.ties == ((1, 0), (1, 1), (1, 2))


def test_cognitive_hierarchy_by_hand():
    """Entry, two players, tau = 2: entering pays 1 alone and -3 with another; level 0 enters half the time.

    Level 1 stays out (1/2 - 3/2 < 0). Level 2 believes 1/3 level 0, 2/3 level 1: the other enters with 1/6, entering pays 5/6 - 3/6 > 0.
    Level 3 believes 1 : 2 : 2: entry (1/2 + 2) / 5 = 1/2, stays out.
    """
    game = two_player([[0, 0], [1, -3]], [[0, 1], [0, -3]])
    answer = cognitive_hierarchy(game, 2, levels=3)
    assert [mixes[0][1] for mixes in answer.strategies] == [F(1, 2), 0, 1, 0]
    weights = [F(1), F(2), F(2), F(4, 3)]
    assert answer.shares == tuple(w / sum(weights) for w in weights)
    entry = (F(1, 2) + 2) / sum(weights)
    assert answer.population[0][1] == entry == F(15, 38)
    assert answer.payoffs[0] == entry * ((1 - entry) - 3 * entry)
    json.dumps(answer.to_dict())


def volunteers(n):
    return SymmetricGame.of(lambda a, c: F(5 * (c[1] + a >= 1) - 2 * a, 5), n, ["no", "yes"])


@settings(max_examples=30, deadline=None)
@given(st.integers(2, 3), st.integers(2, 3), st.data())
def test_counted_and_named_agree(n, k, data):
    table = [[data.draw(st.integers(-3, 3)) for _ in range(ways(n - 1, k))] for _ in range(k)]
    game = SymmetricGame(table, n)
    for solve in (lambda g: level_k(g, 3), lambda g: cognitive_hierarchy(g, F(3, 2), levels=3)):
        one, other = solve(game), solve(game.normal_form())
        for mixes, named in zip(one.strategies, other.strategies):
            assert all(mix == mixes[0] for mix in named)
        assert one.payoffs is None or set(other.payoffs) == set(one.payoffs)


def test_many_volunteers():
    """Level 1: the others volunteer half the time, so nobody is needed; level 2 volunteers; and so on. Any n."""
    for n in (3, 10_000):
        answer = level_k(volunteers(n), 3)
        assert [float(mixes[0][1]) for mixes in answer.strategies] == [0.5, 0, 1, 0]


def test_noise():
    game = two_player([[1, 0], [0, 0]], [[1, 0], [0, 0]])
    answer = level_k(game, 1, rationality=2)
    assert answer.strategies[1][0][0] == pytest.approx(1 / (1 + exp(-1)))
    assert level_k(game, 1, rationality=0).strategies[1][0] == pytest.approx((0.5, 0.5))
    assert cognitive_hierarchy(game, 1.5, levels=2).population[0][0] == pytest.approx(1 - 0.5 / (1 + 1.5 + 1.125))


def test_levels_needed():
    answer = cognitive_hierarchy(two_player([[1]], [[1]]))
    weight, left = 1.0, 1.0
    for k in range(len(answer.strategies)):
        left -= exp(-1.5) * weight
        weight *= 1.5 / (k + 1)
    assert 0 < left < 1e-9 and len(answer.strategies) < 20


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda g: level_k(g, -1), "levels=-1"),
        (lambda g: level_k(g, True), "levels=True"),
        (lambda g: level_k(g, 2, start=[[1], [1]]), "start has"),
        (lambda g: level_k(g, 2, start=[["1/2", "1/3"], [1, 0]]), "not probabilities"),
        (lambda g: level_k(g, 2, rationality=-2), "rationality=-2"),
        (lambda g: cognitive_hierarchy(g, 0), "tau=0"),
        (lambda g: cognitive_hierarchy(g, "many"), "tau"),
    ],
)
def test_bad_arguments(call, words):
    with pytest.raises(InputError, match=words):
        call(two_player([[1, 0], [0, 1]], [[1, 0], [0, 1]]))


def test_other_games_are_refused():
    with pytest.raises(NotApplicable, match="normal form"):
        level_k("game")
