"""The normal form: exact payoffs, expected payoffs against the sum over profiles, sizes refused before expansion."""

from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from encompass.games.errors import InputError, SizeError
from encompass.games.normal_form import NormalForm, check_size, two_player
from encompass.testing import normal_forms


def test_payoffs_are_exact_where_given_exactly():
    game = two_player([["1/3", 0], [2, 1]], [[1, "0.5"], [0, 0]])
    assert game.payoffs((0, 1)) == (Fraction(0), Fraction(1, 2))
    assert game.payoffs((0, 0))[0] == Fraction(1, 3)
    assert game.exact and not two_player([[0.5]], [[1]]).exact


@given(normal_forms(), st.data())
def test_mixed_payoffs_are_the_sum_over_profiles(game, data):
    mixes = []
    for size in game.shape:
        weights = data.draw(st.lists(st.integers(0, 3), min_size=size, max_size=size).filter(any))
        mixes.append(tuple(Fraction(w, sum(weights)) for w in weights))
    for player in range(len(game.players)):
        for action in range(game.shape[player]):
            total = Fraction(0)
            for profile in product(*map(range, game.shape)):
                if profile[player] == action:
                    weight = Fraction(1)
                    for other, a in enumerate(profile):
                        weight *= 1 if other == player else mixes[other][a]
                    total += weight * game.payoffs(profile)[player]
            assert game.mixed_payoffs(player, tuple(mixes))[action] == total


@pytest.mark.parametrize("payoffs", [[1, 2], [[1, 2], [3, 4], [5, 6]], [[[1], [2]]], [[], []]])
def test_wrong_shapes_are_refused(payoffs):
    with pytest.raises(InputError, match="shape"):
        NormalForm(payoffs)


def test_forty_players_are_refused_with_the_figure():
    with pytest.raises(SizeError, match=r"40 players has 4\.4e\+13 payoffs"):
        check_size([2] * 40)
    with pytest.raises(SizeError):
        NormalForm.from_function(lambda a: [0] * 40, [["yes", "no"]] * 40)


def test_nashpy_gets_the_same_numbers():
    A, B = [[3, 0], [5, 1]], [["3", "5"], [0, "1/2"]]
    other = two_player(A, B).to_nashpy()
    assert np.array_equal(other.payoff_matrices[1], [[3, 5], [0, 0.5]])
    with pytest.raises(InputError, match="two players"):
        NormalForm(np.zeros((3, 2, 2, 2), dtype=np.int64)).to_nashpy()


def test_from_function_and_from_arrays_agree():
    by_function = NormalForm.from_function(lambda a: (a[0] - a[1], a[0] * a[1]), [["l", "r"], ["l", "m", "r"]])
    by_arrays = NormalForm.from_arrays([[0, -1, -2], [1, 0, -1]], [[0, 0, 0], [0, 1, 2]])
    assert np.array_equal(by_function.table, by_arrays.table)
