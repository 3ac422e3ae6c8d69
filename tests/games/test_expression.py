"""Formulas of case files: exact, and nothing but what is allowed."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from encompass.games.errors import InputError
from encompass.games.expression import Expression, evaluate

NAMES = {"a": Fraction(1, 3), "b": 2, "rows": [[1, 2], [3, "4/5"]], "answer": {"x": {"y": "8/5"}, "M-01:EQ": {"tau": "2"}}, "yes": True}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.1 + 0.2", Fraction(3, 10)),
        ("1e-3 * 1000", 1),
        ("-a + b ** 2 / 4", Fraction(2, 3)),
        ("b ** -1", Fraction(1, 2)),
        ("sqrt(a / 3)", Fraction(1, 3)),
        ("min(a, b) + max(rows[0]) + sum(rows[0]) + len(rows)", Fraction(22, 3)),
        ("rows[1][1] == 0.8 and answer.x.y == '8/5'", True),
        ('answer["M-01:EQ"].tau > a', True),
        ("a < b <= 2", True),
        ("not yes or a == 1/3", True),
        ("abs(exp(1) - 2.718281828) < 1e-8", True),
        ("[a, b] == [1/3, 2]", True),
    ],
)
def test_values(text, value):
    assert evaluate(text, NAMES) == value


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        ("", "is no formula"),
        ("a +", "is no formula"),
        ("__import__('os')", "holds more than"),
        ("a.__class__", "holds more than"),
        ("(lambda: 1)()", "holds more than"),
        ("[x for x in rows]", "holds more than"),
        ("a if b else 1", "holds more than"),
        ("f'{a}'", "holds more than"),
        ("a @ b", "holds more than"),
        ("a in rows", "holds more than"),
        ("max(a, key=b)", "holds more than"),
        ("print(a)", "holds more than"),
        ("c", "names 'c'"),
        ("answer.z", "names 'z'"),
        ("rows[7]", "names '7'"),
        ("a / 0", "divides by zero"),
        ("10 ** 10 ** 10", "cannot be computed"),
        ("2 ** 0.5 ** -99999", "cannot be computed"),
        ("log(-1)", "cannot be computed"),
        ("rows + 1", "cannot be computed"),
        ("1 + " * 600 + "1", "characters|parts"),
        ("(" * 300 + "1" + ")" * 300, "is no formula"),
    ],
)
def test_refusals(text, piece):
    with pytest.raises(InputError, match=piece):
        evaluate(text, NAMES)


def test_sides_of_a_comparison():
    assert Expression("a == 1/3 and b < 3").sides(NAMES) == "1/3 = 1/3, 2 < 3"
    assert Expression("a + max(b, 1)").names == {"a", "b"}


@given(
    st.recursive(
        st.integers(0, 9).map(str), lambda inner: st.tuples(inner, st.sampled_from("+-*"), inner).map(lambda t: f"({t[0]}{t[1]}{t[2]})")
    )
)
def test_arithmetic_is_that_of_python(text):
    assert evaluate(text, {}) == eval(text)
