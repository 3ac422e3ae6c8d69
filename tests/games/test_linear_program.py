"""The exact simplex against its definition (duality), against HiGHS, and against every vertex."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from encompass.games import linear_program
from encompass.games.errors import InputError
from encompass.games.linear_program import matrix_game, maximise


@st.composite
def programs(draw):
    m, n = draw(st.integers(1, 5)), draw(st.integers(1, 5))
    entry = st.fractions(-6, 6, max_denominator=4)
    A = np.array(draw(st.lists(st.lists(entry, min_size=n, max_size=n), min_size=m, max_size=m)), dtype=object)
    A = np.vstack([A, np.ones((1, n), dtype=int)])  # bounded
    b = np.array([*draw(st.lists(st.fractions(0, 9, max_denominator=3), min_size=m, max_size=m)), Fraction(5)], dtype=object)
    return np.array(draw(st.lists(entry, min_size=n, max_size=n)), dtype=object), A, b


@given(programs())
@settings(deadline=None)
def test_optimum_is_feasible_and_its_dual_proves_it(program):
    c, A, b = program
    best = maximise(c, A, b)
    x, y = np.array(best.x, dtype=object), np.array(best.y, dtype=object)
    assert (x >= 0).all() and (A @ x <= b).all()
    assert (y >= 0).all() and (y @ A >= c).all()
    assert best.value == c @ x == y @ b


@given(programs())
@settings(deadline=None, max_examples=40)
def test_optimum_agrees_with_highs(program):
    c, A, b = program
    other = linprog(-c.astype(float), A_ub=A.astype(float), b_ub=b.astype(float))
    assert float(maximise(c, A, b).value) == pytest.approx(-other.fun, abs=1e-7)


def test_cycling_example_ends():
    """Beale (1955): largest-coefficient pivots cycle here for ever."""
    c = np.array([Fraction(3, 4), -150, Fraction(1, 50), -6], dtype=object)
    A = np.array([[Fraction(1, 4), -60, Fraction(-1, 25), 9], [Fraction(1, 2), -90, Fraction(-1, 50), 3], [0, 0, 1, 0]], dtype=object)
    assert maximise(c, A, np.array([0, 0, 1], dtype=object)).value == Fraction(1, 20)


def test_unbounded_and_infeasible_starts_are_refused():
    one = np.array([[Fraction(-1)]], dtype=object)
    with pytest.raises(InputError, match="unbounded"):
        maximise(np.array([Fraction(1)]), one, np.array([Fraction(0)]))
    with pytest.raises(InputError, match="negative"):
        maximise(np.array([Fraction(1)]), one, np.array([Fraction(-1)]))


@given(st.lists(st.lists(st.integers(-5, 5), min_size=3, max_size=3), min_size=1, max_size=5))
@settings(deadline=None)
def test_matrix_game_value_is_guaranteed_by_both_sides(rows):
    A = np.array(rows, dtype=object)
    value, p, weights = matrix_game(A)
    assert sum(p) == 1 and min(p) >= 0 and sum(weights) == 1 and min(weights) >= 0
    assert min(A @ np.array(p, dtype=object)) == value == max(np.array(weights, dtype=object) @ A)


@given(st.lists(st.lists(st.integers(-5, 5), min_size=4, max_size=4), min_size=1, max_size=6))
@settings(deadline=None, max_examples=60)
def test_polished_games_are_those_of_the_simplex(rows):
    """Floats look first, exact arithmetic decides: the same value, or no answer where the support does not settle it."""
    A = np.array([[Fraction(x) for x in row] for row in rows], dtype=object)
    found = linear_program._polished(A)
    assert found is None or found[0] == linear_program._by_simplex(A)[0]


def test_large_games_are_solved_to_the_last_digit():
    A = np.random.default_rng(1).normal(size=(40, 25))
    value, p, weights = matrix_game(A)
    exact = np.array([[Fraction(x) for x in row] for row in A], dtype=object)
    assert sum(p) == 1 and min(p) >= 0 and sum(weights) == 1 and min(weights) >= 0
    assert min(exact @ np.array(p, dtype=object)) == value == max(np.array(weights, dtype=object) @ exact)
