"""Exact numbers stay exact, floats stay floats, nothing else passes."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from encompass.games.errors import InputError
from encompass.games.exact import array, as_json, is_exact, number, scaled

FRACTIONS = st.fractions(min_value=-100, max_value=100, max_denominator=60)


@pytest.mark.parametrize(
    ("value", "exact"),
    [
        (3, 3),
        ("3/5", Fraction(3, 5)),
        ("0.1", Fraction(1, 10)),
        (Decimal("9.6"), Fraction(48, 5)),
        (np.int64(7), 7),
        ("-2e-3", Fraction(-1, 500)),
    ],
)
def test_integers_fractions_and_decimals_become_fractions(value, exact):
    result = number(value)
    assert isinstance(result, Fraction)
    assert result == exact


def test_floats_stay_floats():
    assert isinstance(number(0.1), float)
    assert array([1, 0.5]).dtype == np.float64


@pytest.mark.parametrize("value", [True, None, "a lot", float("nan"), float("inf"), Decimal("NaN"), "1/0", [1], Decimal("Infinity")])
def test_anything_else_is_refused_with_its_name(value):
    with pytest.raises(InputError, match="damage="):
        number(value, "damage")


@given(st.lists(FRACTIONS, min_size=1, max_size=8))
def test_scaling_to_integers_loses_nothing(values):
    exact = array(values)
    integers, denominator = scaled(exact)
    assert is_exact(exact)
    assert [Fraction(int(x), denominator) for x in integers] == values


def test_numbers_too_large_for_64_bits_are_kept():
    integers, denominator = scaled(array(["1/3", 10**30]))
    assert integers.dtype == object
    assert Fraction(int(integers[1]), denominator) == 10**30


def test_arrays_cannot_be_changed():
    with pytest.raises(ValueError, match="read-only"):
        array([1, 2])[0] = 7


def test_json_form():
    assert as_json({"a": (Fraction(8, 5), Fraction(8), 0.5, float("inf"), np.int64(3))}) == {"a": ["8/5", "8", 0.5, "inf", 3]}
