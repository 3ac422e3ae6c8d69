"""Bernstein polynomials: signs, roots, multiple and rational roots, boxes; a dense twin in numpy."""

from fractions import Fraction as F
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from encompass.games.count_distribution import binomial
from encompass.solvers.counted.bernstein import Bernstein, Root, sign_at, sign_changes
from encompass.solvers.counted.bernstein_box import common_roots, exact_value, rational_root, sign_near
from encompass.solvers.counted.binomial_window import window_mean
from encompass.solvers.counted.polynomial_factors import common_factor, square_free

small = st.integers(-3, 3)


def monomials(c):
    d, total = len(c) - 1, np.poly1d([0.0])
    for i, x in enumerate(c):
        total = total + float(x) * comb(d, i) * np.poly1d([1, 0]) ** i * np.poly1d([-1, 1]) ** (d - i)
    return total


@settings(max_examples=100, deadline=None)
@given(st.lists(small, min_size=2, max_size=8).filter(any))
def test_roots_are_those_of_a_dense_solver(c):
    polynomial, dense = Bernstein(c), monomials(c)
    roots = polynomial.roots()
    assert len(roots) <= sign_changes(c)
    assert [r.low for r in roots] == sorted(r.low for r in roots)
    for root in roots:
        if root.low == root.high:
            assert polynomial.sign(root.low) == 0
        else:
            assert root.high - root.low < F(1, 10**12)
            assert 0 < root.low < root.value < root.high < 1
            assert min(abs(z - root.value) for z in dense.roots) < 1e-3
    for z in dense.roots:
        if abs(z.imag) < 1e-9 and 0.002 < z.real < 0.998:
            assert min((abs(z.real - float(r.value)) for r in roots), default=1) < 1e-3


@settings(max_examples=60, deadline=None)
@given(st.lists(small, min_size=1, max_size=7), st.fractions(0, 1, max_denominator=9))
def test_values_are_expectations(c, x):
    assert Bernstein(c).value(x) == sum(p * y for p, y in zip(binomial(len(c) - 1, x), c))


def test_sparse_and_dense_values_agree():
    dense, x = Bernstein([-2, -2, 5, -2, -2]), F(3, 7)
    assert dense.sparse == (-2, ((2, 7),))
    assert dense.value(x) == sum(p * y for p, y in zip(binomial(4, x), dense.c))
    assert Bernstein.spike(4, -2, 2, 7).value(x) == dense.value(x)
    assert Bernstein(list(range(30))).sparse is None


def test_rational_and_multiple_roots_are_exact():
    assert Bernstein([-1, 1, -1]).roots() == [Root(F(1, 2), F(1, 2))]  # a double root
    assert [r.value for r in Bernstein([-2, 1]).roots()] == [F(2, 3)]
    assert [r.value for r in Bernstein([-216, -216, 625 - 216, -216, -216]).roots()] == [F(2, 5), F(3, 5)]
    assert Bernstein(square_free([-1, 1, -1])).roots() == [Root(F(1, 2), F(1, 2))]
    assert Bernstein(common_factor([-2, 1], [-4, -1, 2])).roots() == [Root(F(2, 3), F(2, 3))]


def test_signs_at_irrational_roots():
    polynomial = Bernstein([3, -2, -2])
    (root,) = polynomial.roots()
    assert sign_at(root, polynomial, Bernstein([6, -4, -4])) == 0
    assert sign_at(root, polynomial, Bernstein([3, 3, -2, -2])) == 1
    assert sign_at(root, polynomial, Bernstein([-1, -1])) == -1


def test_a_long_polynomial():
    g = np.where(np.arange(10**5) < 60_000, 1, -1)
    root = Bernstein(g).refined(F(0), F(1), -1)
    assert root.high - root.low < 1e-9
    assert abs(root.value - 0.6) < 1e-4
    for x in (root.low, root.high):
        value, error = window_mean(g, 10**5 - 1, float(x))
        assert abs(value) > error


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 40), st.floats(0.001, 0.999), st.data())
def test_windows_bound_their_error(d, p, data):
    values = np.array(data.draw(st.lists(small, min_size=d + 1, max_size=d + 1)))
    value, error = window_mean(values, d, p)
    exact = sum(w * int(y) for w, y in zip(binomial(d, F(p)), values))
    assert abs(F(value) - exact) <= error


def bilinear(root_x, root_y):
    """(x - a)(y + 1) and (y - b)(x + 1) as coefficients."""
    x = np.array([-root_x, 1 - root_x], dtype=object)
    y = np.array([-root_y, 1 - root_y], dtype=object)
    rising = np.array([F(1), F(2)], dtype=object)
    return np.outer(x, rising), np.outer(rising, y)


def test_boxes_isolate_and_prove():
    forms = bilinear(F(1, 3), F(1, 2))
    answer = common_roots(forms)
    assert answer.complete
    assert len(answer.roots) == 1
    (root,) = answer.roots
    assert rational_root(forms, root) == (F(1, 3), F(1, 2))
    assert all(exact_value(form, (F(1, 3), F(1, 2))) == 0 for form in forms)
    assert sign_near(forms[0], root, None) is None
    assert sign_near(forms[0] + 1, root, None) == 1
    assert common_roots(forms, [np.array([[F(1)]])]).roots == ()


def test_a_curve_of_roots_is_not_called_complete():
    form = np.array([[F(-1), F(0)], [F(0), F(1)]], dtype=object)  # x + y = 1, twice
    assert not common_roots([form, form]).complete


@pytest.mark.parametrize("c", [[0, 0, 3], [3, 0, 0], [0, 2, 0]])
def test_zeros_at_the_ends_are_no_roots_inside(c):
    assert Bernstein(c).roots() == []
    assert common_roots([np.array(c, dtype=object)]).complete
