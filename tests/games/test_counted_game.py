"""Counted games: count indices, conversion to and from the table with every player named, expected payoffs."""

from fractions import Fraction as F
from itertools import product
from math import exp, log1p

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from encompass.games.count_distribution import binomial, counts_of, expected, spread
from encompass.games.counted_game import RoleSymmetricGame, SymmetricGame, count_index, count_vectors, symmetric_form, ways
from encompass.games.errors import InputError, SizeError


@pytest.mark.parametrize(("n", "k"), [(0, 2), (4, 1), (5, 2), (4, 3), (3, 4), (2, 5)])
def test_count_index_numbers_the_ways(n, k):
    vectors = [tuple(map(int, row)) for row in count_vectors(n, k)]
    assert sorted(vectors) == sorted(c for c in product(range(n + 1), repeat=k) if sum(c) == n)
    assert [count_index(v) for v in vectors] == list(range(ways(n, k)))


small = st.integers(-3, 3)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_roles_agree_with_the_table(data):
    players = data.draw(st.lists(st.integers(1, 2), min_size=1, max_size=3))
    actions = [[str(a) for a in range(data.draw(st.integers(1, 3)))] for _ in players]
    draws = {}

    def payoff(r, a, counts):
        return draws.setdefault((r, a, counts), F(data.draw(small), 2))

    game = RoleSymmetricGame.from_function(payoff, players, actions)
    table = game.normal_form()
    owner = [r for r, n in enumerate(players) for _ in range(n)]
    for profile in table.profiles():
        counts = [
            tuple(sum(owner[i] == s and profile[i] == a for i in range(len(owner))) for a in range(len(actions[s])))
            for s in range(len(players))
        ]
        by_role = game.payoffs(counts)
        assert table.payoffs(profile) == tuple(by_role[r][profile[i]] for i, r in enumerate(owner))


def weights(data, k):
    parts = data.draw(st.lists(st.integers(0, 4), min_size=k, max_size=k).filter(any))
    return tuple(F(p, sum(parts)) for p in parts)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_expected_payoffs_agree_with_the_table(data):
    k, n = data.draw(st.sampled_from([(2, 2), (2, 4), (3, 3), (3, 2)]))
    values = [[F(data.draw(small)) for _ in range(ways(n - 1, k))] for _ in range(k)]
    game = SymmetricGame(values, n)
    mixes = [weights(data, k) for _ in range(n)]
    exact = expected(game, 0, [[(1, mix) for mix in mixes[1:]]])
    assert exact == game.normal_form().mixed_payoffs(0, tuple(mixes))
    floats = expected(game, 0, [[(1, tuple(map(float, mix))) for mix in mixes[1:]]])
    assert np.allclose(floats, [float(x) for x in exact])


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 4), st.integers(1, 3), st.data())
def test_symmetric_form_is_the_way_back(n, k, data):
    game = SymmetricGame([[F(data.draw(small), 3) for _ in range(ways(n - 1, k))] for _ in range(k)], n)
    again = symmetric_form(game.normal_form())
    assert np.array_equal(again.table * game.denominator, game.table * again.denominator)


def test_players_who_are_not_alike_are_told_apart():
    game = RoleSymmetricGame.from_function(lambda r, a, c: F(r + a), [1, 1], [["x", "y"]] * 2).normal_form()
    with pytest.raises(InputError, match="not alike"):
        symmetric_form(game)


def test_binomials_agree_and_hold_at_a_million():
    for p in (F(0), F(1, 3), F(1)):
        assert np.allclose(binomial(30, float(p)), binomial(30, p).astype(float), rtol=1e-13)
        assert sum(binomial(30, p)) == 1
    many = binomial(10**6, 1e-6)
    assert abs(many[0] - exp(10**6 * log1p(-1e-6))) < 1e-12
    assert abs(sum(counts_of(40, (0.2, 0.3, 0.5))) - 1) < 1e-12
    assert sum(spread([(2, (F(1, 2), F(1, 2))), (3, (F(1, 5), F(4, 5)))])) == 1


def test_what_does_not_fit_is_refused_with_its_size():
    with pytest.raises(SizeError, match="counted game has"):
        SymmetricGame.of(lambda a, c: F(0), 10_000, ["a", "b", "c"])
    with pytest.raises(SizeError, match="normal form"):
        SymmetricGame(np.zeros((2, 1000), dtype=np.int64), 1000).normal_form()


@pytest.mark.parametrize(
    ("payoffs", "players", "actions", "what"),
    [
        ([[[1, 2]]], [1], [["a", "b"]], "shape"),
        ([[[1]]], [0], [["a"]], "whole number"),
        ([[[1]]], [1], [[]], "no actions"),
        ([], [1], [["a"]], "roles"),
        ([[[float("nan")]]], [1], [["a"]], "finite"),
    ],
)
def test_bad_input_is_said(payoffs, players, actions, what):
    with pytest.raises(InputError, match=what):
        RoleSymmetricGame(payoffs, players, actions)
