"""Two-player mixed equilibria: what is listed is an equilibrium; completeness is said only where it is proved."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings

import encompass as ec
from encompass.games.normal_form import NormalForm, two_player
from encompass.solvers.bimatrix import strict_dominance
from encompass.solvers.regret import regrets
from encompass.testing import normal_forms


@given(normal_forms(max_players=2))
@settings(deadline=None, max_examples=80)
def test_everything_listed_has_no_regret(game):
    solution = ec.solve(game, concept="nash")
    for equilibrium in solution.equilibria:
        assert max(regrets(game, equilibrium.profile)) == equilibrium.regret
        assert equilibrium.regret <= 1e-8
    assert {e.profile for e in ec.solve(game).equilibria} <= {e.profile for e in solution.equilibria}
    assert ec.verify(solution.certificate).valid


def test_prisoners_dilemma_is_proved_unique():
    solution = ec.solve(two_player([[3, 0], [5, 1]], [[3, 5], [0, 1]]), concept="nash")
    assert solution.complete and solution.method == "strict-dominance"
    assert [e.profile for e in solution.equilibria] == [((0, 1), (0, 1))]


def test_matching_pennies_is_exact():
    solution = ec.solve(two_player([[1, -1], [-1, 1]], [[-1, 1], [1, -1]]), concept="nash")
    half = Fraction(1, 2)
    assert [e.profile for e in solution.equilibria] == [((half, half), (half, half))]
    assert not solution.complete and solution.stop is not None


@given(normal_forms(max_players=2))
@settings(deadline=None)
def test_strictly_dominated_actions_are_in_no_equilibrium(game):
    alive = strict_dominance(game)
    for equilibrium in ec.solve(game).equilibria:
        assert all(mix.index(1) in actions for mix, actions in zip(equilibrium.profile, alive))


def test_float_game_keeps_floats():
    game = NormalForm(np.array([[[0.1, 0.7], [0.9, 0.2]], [[0.3, 0.1], [0.2, 0.8]]]))
    solution = ec.solve(game, concept="nash")
    assert solution.equilibria and all(e.regret < 1e-9 for e in solution.equilibria)
    assert ec.verify(solution.certificate).valid


def test_probabilities_in_floats_are_not_cut_to_whole_numbers():
    """Integer payoffs whose mixed equilibrium has too large a denominator to be rounded to."""
    A = [[-63349531, 672830881], [836582957, -353551161]]
    B = [[89296008, -789878482], [-232704445, 246425470]]
    solution = ec.solve(two_player(A, B), concept="nash")
    (mixed,) = (e for e in solution.equilibria if 1 not in e.profile[0])
    p, q = mixed.profile
    assert [float(x) for x in mixed.payoffs] == pytest.approx(
        [sum(p[i] * q[j] * M[i][j] for i in range(2) for j in range(2)) for M in (A, B)]
    )
    assert ec.verify(solution.certificate).valid
