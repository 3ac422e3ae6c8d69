"""P5.6: the best number of steps against all numbers, and its certificate."""

from decimal import Decimal, localcontext
from fractions import Fraction as F

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from encompass import analyse, verify
from encompass.games.errors import InputError
from encompass.games.organisation.division_of_labour import DivisionOfLabour
from encompass.solvers.certificate import sealed
from encompass.solvers.organisation.division_of_labour import _rises


def test_the_atlas_figures():
    found = analyse(DivisionOfLabour("1/2", "1/100"))
    assert abs(found.best_real - 13.907) < 1e-3 and found.best_steps == 14
    assert found.more_helps and not analyse(DivisionOfLabour(steps=14)).more_helps
    assert abs(found.best_real ** (-0.5) / 2 - 0.01 * (2 * found.best_real - 1) / 2) < 1e-9


@settings(max_examples=20, deadline=None)
@given(st.fractions(F(1, 20), F(19, 20), max_denominator=20), st.fractions(F(1, 200), 1, max_denominator=200), st.integers(1, 60))
def test_against_all_numbers_of_steps(returns, coordination, steps):
    found = analyse(DivisionOfLabour(returns, coordination, steps))
    with localcontext(prec=45):
        powers = [Decimal(k) ** (Decimal(returns.numerator) / returns.denominator) for k in range(1, 500)]
        c = Decimal(coordination.numerator) / coordination.denominator
        output = [p - c * k * (k - 1) / 2 for k, p in enumerate(powers, 1)]
    assert found.best_steps == output.index(max(output)) + 1
    assert found.more_helps == (steps < found.best_steps) == (output[steps] > output[steps - 1])
    assert found.worse_than_whole_from == next(k for k, y in enumerate(output, 1) if k > 1 and y < 1 - Decimal(10) ** -40)
    assert abs(found.best_real - found.best_steps) <= 1
    if returns.denominator <= 4:
        assert verify(found.certificates[0]).valid


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 10**6), st.integers(1, 10**6), st.fractions(F(1, 9), F(8, 9), max_denominator=9), st.integers(-3, 3))
def test_powers_are_compared_exactly(a, b, theta, digits):
    with localcontext(prec=80):
        gap = Decimal(a) ** (Decimal(theta.numerator) / theta.denominator) - Decimal(b) ** (Decimal(theta.numerator) / theta.denominator)
    near = F(gap) + digits * F(1, 10**30)
    if digits and a != b:
        assert _rises(a, b, theta, near) == (digits < 0)
    assert _rises(49, 25, F(1, 2), F(2)) is False and _rises(49, 25, F(1, 2), F(2) - F(1, 10**40)) is True


def test_one_step_where_the_next_only_costs():
    found = analyse(DivisionOfLabour("1/2", 1))
    assert (found.best_steps, found.best_output, found.worse_than_whole_from) == (1, 1, 2)
    assert analyse(DivisionOfLabour(0.5, 0.01)).best_steps == 14


def test_a_changed_certificate_is_not_valid():
    certificate = analyse(DivisionOfLabour()).certificates[0]
    body = {key: value for key, value in certificate.items() if key != "seal"}
    assert verify(sealed(body)).valid
    assert not verify(sealed(body | {"profile": {"root": 3.6}})).valid


@pytest.mark.parametrize("wrong", [{"returns": 1}, {"returns": 0}, {"coordination": 0}, {"steps": 0}])
def test_bad_input(wrong):
    with pytest.raises(InputError):
        DivisionOfLabour(**wrong)


@pytest.mark.parametrize("returns", ["1/2", "2/3", "9/10", "1/10", "1/20", "19/20", "0.29"])
def test_every_certificate_is_valid(returns):
    """Returns whose polynomial is too high for the checker have none."""
    found = analyse(DivisionOfLabour(returns, "13/700"))
    assert len(found.certificates) == (F(returns).denominator <= 10)
    assert all(verify(certificate).valid for certificate in found.certificates)
