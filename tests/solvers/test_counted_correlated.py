"""Advice over counts equals advice in the normal form; volunteers (P1.9); proofs hold in every count and forged ones fail."""

import json
import time
from fractions import Fraction
from math import prod

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from encompass.games.counted_game import RoleSymmetricGame, SymmetricGame, count_index, count_vectors, ways
from encompass.games.errors import InputError, SizeError
from encompass.games.one_apart import apart, fewer, more
from encompass.solvers.advice.advice import security
from encompass.solvers.advice.advice_certificate import advice_certificate
from encompass.solvers.advice.coarse_correlated import solve_coarse_correlated
from encompass.solvers.advice.correlated import solve_correlated
from encompass.solvers.advice.counted_correlated import security_of_roles, solve_counted_coarse, solve_counted_correlated
from encompass.solvers.checker.advice import advice_claims

SHAPES = [((2,), (2,)), ((3,), (2,)), ((4,), (2,)), ((2,), (3,)), ((3,), (3,)), ((2, 1), (2, 2)), ((1, 2), (3, 2)), ((2, 2), (2, 2))]
PAIRS = [(solve_counted_correlated, solve_correlated), (solve_counted_coarse, solve_coarse_correlated)]


@st.composite
def counted_games(draw):
    players, sizes = draw(st.sampled_from(SHAPES))
    tables = []
    for r, k in enumerate(sizes):
        shape = (k, *(ways(n - (s == r), m) for s, (n, m) in enumerate(zip(players, sizes))))
        numbers = draw(st.lists(st.integers(-3, 3), min_size=prod(shape), max_size=prod(shape)))
        tables.append(np.array(numbers, dtype=np.int64).reshape(shape))
    return RoleSymmetricGame(tables, players, [[f"a{a}" for a in range(k)] for k in sizes])


def volunteers(n, b=10, c=4):
    table = np.full((2, n), b, dtype=np.int64)
    table[0], table[1, n - 1] = b - c, 0  # action 0 acts; the count is of others who wait
    return SymmetricGame(table, n, ["act", "wait"])


def checked(certificate):
    try:
        return all(holds for _, holds in advice_claims(json.loads(json.dumps(certificate))))
    except (LookupError, TypeError, ValueError, ArithmeticError):
        return False


@given(counted_games(), st.sampled_from(["max", "min"]), st.sampled_from(PAIRS))
@settings(deadline=None, max_examples=60)
def test_welfare_and_one_players_payoff_are_those_of_the_normal_form(game, sense, solvers):
    counted, written = solvers
    form = game.normal_form()
    answer = counted(game, sense=sense)
    assert answer.welfare == written(form, sense=sense).welfare
    assert answer.complete and answer.equilibria[0].regret == 0 and checked(advice_certificate(game, answer))
    own = counted(game, "player", sense, 0)
    voice = -1 if game.players[0] > 1 else 0
    assert own.equilibria[0].payoffs[voice] == written(form, "player", sense, 0).equilibria[0].payoffs[0]
    assert own.equilibria[0].regret == 0 and checked(advice_certificate(game, own))


@given(counted_games(), st.sampled_from(PAIRS))
@settings(deadline=None, max_examples=40)
def test_maximin_and_nash_product_are_those_of_the_normal_form(game, solvers):
    counted, written = solvers
    form = game.normal_form()
    answer = counted(game, "maximin")
    assert min(answer.equilibria[0].payoffs) == min(written(form, "maximin").equilibria[0].payoffs)
    assert checked(advice_certificate(game, answer))
    secured = security_of_roles(game)
    assert [d for d, n in zip(secured, game.players) for _ in range(n)] == list(security(form))
    fair = counted(game, "nash-product")
    assert checked(advice_certificate(game, fair)) and fair.equilibria[0].regret == 0
    here = prod((u - d) ** n for u, d, n in zip(fair.equilibria[0].payoffs, secured, game.players))
    there = prod(u - d for u, d in zip(written(form, "nash-product").equilibria[0].payoffs, security(form)))
    assert float(here) == pytest.approx(float(there), rel=1e-8)


@given(counted_games())
@settings(deadline=None, max_examples=30)
def test_one_set_apart_is_the_same_game(game):
    if game.players[0] == 1:
        with pytest.raises(InputError, match="one player only"):
            apart(game, 0)
        return
    split, form = apart(game, 0).normal_form(), game.normal_form()
    order = list(range(len(form.players)))
    order.insert(game.players[0] - 1, len(form.players) - 1)  # the one apart is last: put it back among its fellows
    order = order[:-1]
    table = np.transpose(split.table[order], [0] + [1 + i for i in order])
    assert np.array_equal(table * form.denominator, form.table * split.denominator)


@pytest.mark.parametrize(("n", "k"), [(1, 2), (4, 2), (1, 3), (3, 3), (2, 4)])
def test_places_with_one_more_or_fewer(n, k):
    for a in range(k):
        for place, v in enumerate(count_vectors(n, k)):
            up = [int(x) + (b == a) for b, x in enumerate(v)]
            assert more(n, k, a)[place] == count_index(up)
            if v[a]:
                assert fewer(n, k, a)[place] == count_index([int(x) - (b == a) for b, x in enumerate(v)])


def test_volunteers():
    """P1.9: VD5 has 9.2 each with a mediator; the worst advice leaves everybody with b - c, what each secures by acting."""
    best = solve_counted_correlated(volunteers(5))
    assert best.welfare == 46 and best.equilibria[0].payoffs == (Fraction("9.2"),) and best.complete
    assert best.equilibria[0].profile == [{"counts": [[1, 4]], "probability": 1}]
    assert solve_counted_correlated(volunteers(5), "maximin").equilibria[0].payoffs == (Fraction("9.2"),)
    assert solve_counted_correlated(volunteers(5), "nash-product").equilibria[0].payoffs == (Fraction("9.2"),)
    assert solve_counted_correlated(volunteers(5), sense="min").welfare == 30
    assert solve_counted_correlated(volunteers(5), "player", "max", 0).equilibria[0].payoffs[-1] == 10


@pytest.mark.parametrize("n", [18, 1_000, 1_000_000])
def test_volunteers_at_any_size(n):
    """B5: the best device of a million volunteers in about a second, proved over all counts."""
    game, begun = volunteers(n), time.perf_counter()
    answer = solve_counted_correlated(game)
    assert time.perf_counter() - begun < 5
    assert answer.welfare == 10 * n - 4 and answer.complete and answer.equilibria[0].regret == 0
    worst = solve_counted_correlated(game, sense="min")
    assert worst.welfare == 6 * n and len(worst.equilibria[0].profile) <= 3


def test_a_smooth_game_of_many_is_solved_on_few_counts():
    """Binding obedience: use of a common, each user loses what the others take; the optimum mixes few counts and is proved."""
    n = 20_000
    users = np.arange(n, dtype=np.int64)
    game = SymmetricGame(np.stack([0 * users, 3 * n - 4 * users - 4]), n, ["stay", "use"])
    best = solve_counted_correlated(game)
    assert best.complete and best.equilibria[0].regret == 0 and len(best.equilibria[0].profile) <= 3
    assert 0 <= solve_counted_correlated(game, sense="min").welfare <= best.welfare
    assert checked(advice_certificate(game, best))


def test_float_games_are_solved_in_floats():
    table = np.array(volunteers(5).table, dtype=float) / 10
    answer = solve_counted_correlated(SymmetricGame(table, 5, ["act", "wait"]))
    assert answer.welfare == pytest.approx(4.6) and not answer.complete and answer.method == "highs"
    assert checked(advice_certificate(SymmetricGame(table, 5), answer))


def test_too_large_is_refused_at_once():
    tables = [np.zeros((2, 3_000, 3_001), dtype=np.int64), np.zeros((2, 3_001, 3_000), dtype=np.int64)]
    game = RoleSymmetricGame(tables, [3_000] * 2, [["a", "b"]] * 2)
    with pytest.raises(SizeError, match="4 constraints on 9,006,001 counts"):
        solve_counted_correlated(game)


def test_forged_devices_over_counts_fail():
    game = volunteers(4)
    honest = advice_certificate(game, solve_counted_correlated(game, sense="min"))
    assert checked(honest)
    best = advice_certificate(game, solve_counted_correlated(game))
    moved = {key: best[key] for key in ("device", "payoffs", "welfare", "regret")}
    y = honest["proof"]["obedience"]
    for change in (
        moved,
        {"regret": "1"},
        {"device": [{"counts": [[4, 1]], "probability": "1"}]},
        {"proof": honest["proof"] | {"obedience": [str(2 * Fraction(x)) for x in y]}},
        {"proof": honest["proof"] | {"bound": "0"}},
        {"concept": "coarse-correlated (max welfare)"},
    ):
        assert not checked(honest | change), change


@pytest.mark.parametrize("solve", [solve_counted_correlated, solve_counted_coarse])
def test_roles_with_one_action_are_checked(solve):
    rng = np.random.default_rng(3)
    for players, actions in (([1, 2], [1, 2]), ([2, 1, 1], [3, 1, 2]), ([3], [1])):
        kinds = [["a", "b", "c"][:k] for k in actions]
        sizes = [[k, *(ways(n - (s == r), actions[s]) for s, n in enumerate(players))] for r, k in enumerate(actions)]
        game = RoleSymmetricGame([rng.integers(-3, 4, size) for size in sizes], players, kinds)
        answer = solve(game)
        certificate = json.loads(json.dumps(advice_certificate(game, answer)))
        assert answer.complete and checked(certificate)
        more = certificate["game"]["payoffs"] + certificate["game"]["payoffs"][:1]
        assert not checked(certificate | {"game": certificate["game"] | {"payoffs": more}})
