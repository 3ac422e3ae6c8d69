"""Mediation with private strength (A-37; ATLAS P10.1, P10.2)."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from encompass.solvers.deliberation.settlement import even_split_settles, most_settled


def test_worked_figures():
    assert even_split_settles("0.7", "0.7", "0.3") and most_settled("0.7", "0.7", "0.3") == 1
    assert not even_split_settles("0.9", "0.7", "0.3")
    for p, q, settled in (("0.7", "0.3", 0.643), ("0.8", "0.3", 0.582), ("0.8", "0.6", 0.36)):
        assert float(most_settled("0.9", p, q)) == pytest.approx(settled, abs=6e-4)


@given(st.integers(1, 19), st.integers(11, 19), st.integers(1, 19))
@settings(deadline=None, max_examples=60)
def test_all_is_settled_exactly_where_an_even_split_will_do(theta, p, q):
    t, w, h = Fraction(theta, 20), Fraction(p, 20), Fraction(q, 20)
    assert even_split_settles(t, w, h) == (most_settled(t, w, h) == 1)
