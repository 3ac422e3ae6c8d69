"""Linear programs of any sign: against HiGHS, exactly proved, and forgeries of the proof."""

from __future__ import annotations

import hashlib
import json
from fractions import Fraction as F

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import encompass as ec
from encompass.games.errors import InputError
from encompass.solvers.linear_certificate import linear_program

NUMBERS = st.integers(-4, 4)


def resealed(certificate):
    body = {key: value for key, value in certificate.items() if key != "seal"}
    text = json.dumps(body, sort_keys=True, separators=(",", ":"))
    return body | {"seal": hashlib.sha256(text.encode()).hexdigest()}


@st.composite
def programs(draw):
    n, m = draw(st.integers(1, 4)), draw(st.integers(1, 5))
    c = draw(st.lists(NUMBERS, min_size=n, max_size=n))
    A = draw(st.lists(st.lists(NUMBERS, min_size=n, max_size=n), min_size=m, max_size=m))
    b = draw(st.lists(NUMBERS, min_size=m, max_size=m))
    return c, A, b, draw(st.sets(st.integers(0, n - 1)))


@given(programs())
@settings(max_examples=120, deadline=None)
def test_against_highs(program):
    from scipy.optimize import linprog

    c, A, b, free = program
    answer = linear_program(c, A, b, free)
    assert ec.verify(json.loads(json.dumps(answer.certificate))).valid
    bounds = [(None, None) if j in free else (0, None) for j in range(len(c))]
    found = linprog([-x for x in c], A_ub=A, b_ub=b, bounds=bounds, method="highs", options={"presolve": False})
    ends = {0: "optimal", 2: "infeasible", 3: "unbounded"}
    assert answer.end == ends[found.status]
    if answer.end == "optimal":
        assert float(answer.value) == pytest.approx(-found.fun, abs=1e-7)


def test_the_three_ends():
    assert linear_program([1, 1], [[1, 2], [3, 1]], [4, 6]).value == F(14, 5)
    least = linear_program([-1], [[-1]], ["-5/2"])  # the least x with x >= 5/2
    assert least.value == F(-5, 2) and least.x == (F(5, 2),) and least.y == (1,)
    assert linear_program([1], [[1], [-1]], [1, -2]).end == "infeasible"
    assert linear_program([-1], [[1]], [3], free=[0]).end == "unbounded"
    assert linear_program([1], [[1]], [-3], free=[0]).value == -3
    assert linear_program([1], [[1]], [-3]).end == "infeasible"
    assert linear_program([0.1], [[1]], [1]).value == F(0.1)  # floats are the binary fractions they are


@given(programs(), st.data())
@settings(max_examples=60, deadline=None)
def test_a_changed_figure_is_found(program, data):
    """Any change of value, solution or bound that stays valid is true: it is solved anew and compared."""
    certificate = linear_program(*program).certificate
    key = data.draw(st.sampled_from(["value", "x", "y", "ray", "bounds", "objective", "end"]))
    changed = json.loads(json.dumps(certificate))
    if key == "end":
        changed["end"] = data.draw(st.sampled_from([e for e in ("optimal", "infeasible", "unbounded", "other") if e != certificate["end"]]))
        changed["value"] = changed["value"] or "0"
        assert not ec.verify(resealed(changed)).valid
        return
    if key == "value":
        changed["value"] = "7777"
    elif changed[key]:
        place = data.draw(st.integers(0, len(changed[key]) - 1))
        changed[key][place] = str(F(changed[key][place]) + data.draw(st.sampled_from([1, -1, F(1, 3)])))
    if ec.verify(resealed(changed)).valid:
        again = linear_program(changed["objective"], changed["rows"], changed["bounds"], changed["free"])
        assert again.end == changed["end"]
        assert again.end != "optimal" or again.value == F(changed["value"])


@pytest.mark.parametrize("bad", ["nan", None, True, [1], "1e9", {}])
def test_entries_that_are_no_numbers(bad):
    certificate = linear_program([1, 1], [[1, 2], [3, 1]], [4, 6]).certificate
    for key in ("objective", "bounds", "x", "y"):
        assert not ec.verify(resealed(certificate | {key: [bad, *certificate[key][1:]]})).valid
    assert not ec.verify(resealed(certificate | {"value": bad})).valid
    assert not ec.verify(resealed(certificate | {"x": certificate["x"][:1]})).valid
    assert not ec.verify(resealed(certificate | {"y": [*certificate["y"], "1"]})).valid
    assert not ec.verify(resealed(certificate | {"free": [5]})).valid


@pytest.mark.parametrize(
    ("c", "A", "b", "free"),
    [([], [], [], ()), ([1], [[1, 2]], [1], ()), ([1], [[1]], [1, 2], ()), ([1], [[1]], [1], [1]), ([1], [["x"]], [1], ())],
)
def test_bad_input(c, A, b, free):
    with pytest.raises(InputError):
        linear_program(c, A, b, free)
    with pytest.raises(InputError):
        linear_program([1], [[1]], [1], variables=["a", "b"])
