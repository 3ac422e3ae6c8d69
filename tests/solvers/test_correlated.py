"""Correlated equilibria: nobody gains by disobeying, the optimum is proved by its dual, talk alone does not help (P1.3)."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings

import encompass as ec
from encompass.games.errors import InputError, SizeError
from encompass.games.normal_form import NormalForm, two_player
from encompass.solvers import correlated, verify_equilibria
from encompass.testing import normal_forms, siting, sitings


@given(normal_forms())
@settings(deadline=None, max_examples=60)
def test_optimum_is_obeyed_proved_and_no_worse_than_any_equilibrium(game):
    best = ec.solve(game, concept="correlated")
    assert best.equilibria[0].regret <= 0
    assert ec.verify(best.certificate).valid
    worst = ec.solve(game, concept="correlated", sense="min")
    assert ec.verify(worst.certificate).valid
    for equilibrium in ec.solve(game).equilibria:
        assert worst.welfare <= sum(equilibrium.payoffs) <= best.welfare


@given(normal_forms(max_actions=2))
@settings(deadline=None, max_examples=40)
def test_maximin_is_proved_and_agrees_with_highs(game):
    exact = ec.solve(game, concept="correlated", objective="maximin")
    assert ec.verify(exact.certificate).valid
    mu = correlated._float(game, "maximin", "max")
    payoffs = game.table.reshape(len(game.players), -1) @ np.array(mu) / game.denominator
    assert float(min(exact.equilibria[0].payoffs)) == pytest.approx(payoffs.min(), abs=1e-7)


@given(sitings(max_residents=4, standoff=True))
@settings(deadline=None, max_examples=30)
def test_talk_alone_cannot_help_in_a_standoff(game):
    """P1.3 (A-01): the best correlated equilibrium is worth nothing."""
    assert ec.solve(game, concept="correlated").welfare == 0


def test_toilet_value_is_zero_and_volunteers_gain():
    """P1.3 and its contrast P1.9: VD5 has 6 each in the mixed equilibrium, 9.2 each on average with a mediator."""
    assert ec.solve(siting([4, 5, 6, 7, 8], [12, 15, 18, 25, 30]), concept="correlated").welfare == 0
    volunteers = NormalForm.from_function(lambda a: [(10 if 0 in a else 0) - (4 if x == 0 else 0) for x in a], [["act", "wait"]] * 5)
    assert ec.solve(volunteers, concept="correlated").welfare == 5 * Fraction("9.2")
    assert min(ec.solve(volunteers, concept="correlated", objective="maximin").equilibria[0].payoffs) == Fraction("9.2")


def test_aumann_chicken():
    """Aumann (1974), payoffs 6,6 / 2,7 / 7,2 / 0,0: the best symmetric correlated equilibrium gives 5 1/4 each."""
    game = two_player([[6, 2], [7, 0]], [[6, 7], [2, 0]])
    assert ec.solve(game, concept="correlated").welfare == Fraction(21, 2)


def test_large_games_go_to_highs_and_too_large_ones_are_refused(monkeypatch):
    assert correlated.LARGEST_EXACT == verify_equilibria.PROVABLE
    monkeypatch.setattr(correlated, "LARGEST_EXACT", 10)
    monkeypatch.setattr(verify_equilibria, "PROVABLE", 10)
    solution = ec.solve(two_player([[6, 2], [7, 0]], [[6, 7], [2, 0]]), concept="correlated")
    assert solution.method == "highs" and not solution.complete
    assert solution.welfare == pytest.approx(10.5)
    assert ec.verify(solution.certificate).valid
    monkeypatch.setattr(correlated, "LARGEST", 10)
    with pytest.raises(SizeError, match="4 constraints on 4 profiles"):
        ec.solve(two_player([[6, 2], [7, 0]], [[6, 7], [2, 0]]), concept="correlated")


def test_worst_maximin_is_refused():
    with pytest.raises(InputError, match="sense"):
        ec.solve(siting([4, 5], [9, 9]), concept="correlated", objective="maximin", sense="min")


@pytest.mark.parametrize("unit", [1e-9, 1e9])
def test_the_unit_of_money_changes_nothing(unit):
    """HiGHS's tolerances are absolute; payoffs are scaled before they reach it."""
    A, B = np.array([[6.0, 2.0], [7.0, 0.0]]), np.array([[6.0, 7.0], [2.0, 0.0]])
    solution = ec.solve(two_player((A * unit).tolist(), (B * unit).tolist()), concept="correlated")
    assert solution.welfare == pytest.approx(10.5 * unit)
    assert ec.verify(solution.certificate).valid
