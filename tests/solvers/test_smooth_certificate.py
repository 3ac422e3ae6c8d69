"""Certificates of kind ``smooth``: what the checker proves against a grid, and what it must not believe."""

from __future__ import annotations

import hashlib
import json
from fractions import Fraction as F

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import encompass as ec
from encompass.games.errors import InputError
from encompass.solvers.checker.polynomials import multiplied, never_negative, odd_part, plain, roots_between, value
from encompass.solvers.organisation.smooth import smooth_certificate

SMALL = st.integers(-4, 4).map(F)


def resealed(certificate):
    body = {key: value for key, value in certificate.items() if key != "seal"}
    text = json.dumps(body, sort_keys=True, separators=(",", ":"))
    return body | {"seal": hashlib.sha256(text.encode()).hexdigest()}


def commons(players, load=F(1, 20), fee=F(0)):
    """Everybody draws on one resource (Cournot 1838): g = (1 - fee) / (load (n + 1))."""
    names = [f"g{k + 1}" for k in range(players)]
    payoffs = {name: f"{name} * (1 - load * ({' + '.join(names)}) - fee)" for name in names}
    each = (1 - fee) / (load * (players + 1))
    return smooth_certificate(payoffs, {"load": load, "fee": fee}, dict.fromkeys(names, each), dict.fromkeys(names, (0, None)))


def single(formula, x, low=0, high=None, constants=None, values=None, above=()):
    """The verdict on one player who chooses ``x``; written by hand, so that nothing stops a false one."""
    made = {
        "kind": "smooth",
        "payoffs": {"x": formula},
        "constants": constants or {},
        "profile": {"x": x},
        "bounds": {"x": [low, high]},
        "open": list(above),
        "values": {"x": values},
    }
    return ec.verify(resealed(made))


def honest(formula, x, low=0, high=None, **constants):
    made = smooth_certificate({"x": formula}, constants, {"x": x}, {"x": (low, high)})
    return ec.verify(json.loads(json.dumps(made))).valid


# the polynomials underneath


def from_roots(roots, sign=1):
    p = [F(sign)]
    for r in roots:
        p = multiplied(p, [-F(r), F(1)])
    return p


@given(st.lists(st.tuples(SMALL, st.integers(1, 3)), min_size=1, max_size=4, unique_by=lambda entry: entry[0]), SMALL, st.integers(1, 6))
@settings(max_examples=40, deadline=None)
def test_roots_are_counted(roots, low, width):
    """Against the roots that the polynomial was made of, with their multiplicities; half of the ends are roots themselves."""
    p = from_roots([r for r, times in roots for _ in range(times)])
    p = multiplied(p, [F(1), F(0), F(1)])  # x^2 + 1, without a root
    high = low + width
    assert roots_between(p, low, high) == sum(low < r < high for r, _ in roots)
    assert roots_between(p, low, None) == sum(low < r for r, _ in roots)
    assert roots_between(p, None, high) == sum(r < high for r, _ in roots)
    assert roots_between(p, None, None) == len(roots)
    assert len(odd_part(p)) - 1 == sum(times % 2 for _, times in roots) + 2
    inner = [r for r, times in roots if times % 2 and low < r < high]
    middle = [low + F(k, 97) * width for k in range(1, 97)]
    assert never_negative(p, low, high) == (not inner and all(value(p, x) >= 0 for x in middle))


@given(st.lists(SMALL, min_size=1, max_size=7), SMALL, st.integers(1, 5))
@settings(max_examples=40, deadline=None)
def test_a_polynomial_that_is_never_negative_is_so_on_a_grid(coefficients, low, width):
    p = plain(coefficients)
    grid = [low + F(k, 60) * width for k in range(61)]
    least = min(value(p, x) for x in grid)
    if never_negative(p, low, low + width):
        assert least >= 0
    else:  # numerically: a root of odd multiplicity inside, or negative throughout
        real = [r.real for r in np.roots([float(x) for x in reversed(p)]) if abs(r.imag) < 1e-3]
        near = [
            low + F(r - float(low)).limit_denominator(10**6) + e for r in real for e in (F(-1, 10**4), F(1, 10**4), F(-1, 50), F(1, 50))
        ]
        assert least < 0 or min(value(p, x) for x in near) < 0


# the checker on one player


@given(st.lists(SMALL, min_size=2, max_size=5), st.lists(st.integers(0, 3).map(F), min_size=1, max_size=3), st.integers(0, 12))
@settings(max_examples=40, deadline=None)
def test_quotients_against_a_grid(top, bottom, place):
    """u = N / (1 + D) with D's coefficients not negative, on [0, 3]: best on the interval only if best on the grid, and the reverse
    where no other grid point comes close."""
    above = " + ".join(f"({c}) * x ** {k}" for k, c in enumerate(top))
    below = " + ".join(f"{c} * x ** {k}" for k, c in enumerate(bottom))
    u = f"({above}) / (1 + {below})"
    x = F(place, 4)

    def worth(at):
        return sum(c * at**k for k, c in enumerate(top)) / (1 + sum(c * at**k for k, c in enumerate(bottom)))

    fine = [F(k, 80) for k in range(241)]
    best = max(map(worth, fine))
    if honest(u, x, 0, 3):
        assert worth(x) >= best
    elif worth(x) >= best:  # then the maximum lies beside the grid: numerically within a step of it
        finer = [F(k, 8000) for k in range(max(0, int(x * 8000) - 400), min(24000, int(x * 8000) + 400))]
        assert max(map(worth, finer)) >= worth(x)


@pytest.mark.parametrize(
    ("formula", "x", "low", "high", "right"),
    [
        ("x * (1 - x)", F(1, 2), 0, 1, True),
        ("x * (1 - x)", F(1, 2), None, None, True),
        ("x * (1 - x)", F(499, 1000), 0, 1, False),
        ("-(x - 1) ** 2 * (x - 2) ** 2", F(1), 0, None, True),  # two optima, each a double root of what is lost
        ("-(x - 1) ** 3", F(1), 0, None, False),  # an odd root at the profile
        ("-(x - 1) ** 3", F(0), 0, None, True),
        ("-(x ** 4)", F(0), -1, 1, True),
        ("3", F(7), 0, None, True),  # nothing depends on it
        ("x / (x + 1) - x / 4", F(1), 0, None, True),  # a contest against one effort of 1
        ("x / (x + 1) - x / 4", F(1), 0, 9, True),
        ("x / (x + 1) - x / 4", F(11, 10), 0, None, False),
        ("x ** -1 - 1 / x", F(1), 1, 2, True),
        ("1 / (x - 3)", F(1), 0, 2, False),
        ("-1 / (x - 3)", F(2), 0, 2, True),
        ("x", F(2), 0, 2, True),
        ("x", F(2), 0, None, False),
        ("-x", F(0), 0, None, True),
        ("-x ** 2 + 0.2 * x", F(1, 10), 0, None, True),  # 0.2 is one fifth
        ("2 * x - x ** 2", F(1), 1, 1, True),
    ],
)
def test_exact_decisions(formula, x, low, high, right):
    assert honest(formula, x, low, high) is right


@pytest.mark.parametrize(
    "formula",
    [
        "1 / (x - 1)",  # a pole inside
        "1 / x",  # a pole at the end
        "(x - 1) ** 2 / (x - 1)",  # 0/0 inside, although the quotient in lowest terms has no pole
        "x / x",
        "1 / 0",
        "1 / (x - x)",
        "1 / (x * x - 2)",  # a pole that is no rational number
    ],
)
def test_poles_prove_nothing(formula):
    found = single(formula, "2", 0, None, values="0")
    assert not found.valid
    assert not all(check.holds for check in found.checks if "defined" in str(check.what))
    assert not [check for check in found.checks if check.holds and "no other amount" in str(check.what)]


def test_a_corner_of_0_over_0_is_named():
    found = single("x / (x + y)", "0", 0, None, {"y": "0"}, "0")
    assert not found.valid
    assert any("0/0 at 0" in str(check.what) for check in found.checks)
    assert single("1 - x", "0", "0", None, values="1").valid


def test_amounts_strictly_above_the_least():
    """A prize won by any effort at all: no amount is best, and at an amount it is not claimed to be."""
    assert not single("x / x - x", "1", 0, None, values="0", above=["x"]).valid
    assert single("x / x + 2 * x - x ** 2", "1", 0, None, values="2", above=["x"]).valid
    assert not single("x / x + 2 * x - x ** 2", "1", 0, None, values="2").valid
    assert not single("-x", "0", 0, None, values="0", above=["x"]).valid
    assert not single("x", "1", 0, 1, values="1", above=["y"]).valid


@pytest.mark.parametrize(
    "formula",
    [
        "min(x, 1)",
        "__import__('os').getcwd()",
        "x.real",
        "x[0]",
        "(lambda: x)()",
        "x if x > 1 else 0",
        "x > 1",
        "x ** 0.5",
        "x ** x",
        "2 ** x",
        "x ** 61",
        "x ** 100000000000",
        "((x ** 60) ** 60) ** 60",
        "((2 ** 60) ** 60) ** 60 * x",
        "1e99 ** 60 * x",
        "1e999999999",
        "1e-999999999 * x",
        "x // 2",
        "x % 2",
        "x @ x",
        "~x",
        "not x",
        "True",
        "'x'",
        "1j * x",
        "stranger",
        "x; x",
        "x = 1",
        "",
        "(" * 3000 + "x" + ")" * 3000,
        "-" * 40_000 + "x",
        "x" + " + x" * 20_000,
        None,
        3,
    ],
)
def test_formulas_that_are_not_read(formula):
    assert not single(formula, "0", 0, 1, values="0").valid


@pytest.mark.parametrize("x", ["nan", float("nan"), float("inf"), None, True, [1], "1e9999999", "1/0", "9" * 10_000, "½"])
def test_amounts_that_are_not_read(x):
    assert not single("1 - x * 0", x, None, None, values="1").valid


def test_forgeries():
    certificate = commons(3, fee=F(1, 10))
    assert ec.verify(json.loads(json.dumps(certificate))).valid

    def forged(key, **change):
        return ec.verify(resealed(certificate | {key: {**certificate[key], **change}})).valid

    assert not forged("profile", g1="4")
    assert not forged("profile", g9="4")
    assert not forged("bounds", g1=["6", None])
    assert not forged("bounds", g1=["0", "1"])
    assert not forged("bounds", g1=["9", "1"])
    assert not forged("constants", fee="1/5")
    assert not forged("constants", g1="1")
    assert not forged("values", g1="99")
    assert not forged("payoffs", g1="g1 ** 2")
    assert not forged("payoffs", g4="0")
    assert forged("bounds", g1=["0", "1000"])  # true as well
    assert not ec.verify(certificate | {"profile": {**certificate["profile"], "g1": "4"}}).valid
    assert not ec.verify(resealed({**certificate, "payoffs": {}})).valid
    for key in ("payoffs", "constants", "profile", "bounds", "values"):
        assert not ec.verify(resealed({k: v for k, v in certificate.items() if k != key})).valid


def test_names_that_python_takes_for_others():
    """``ﬁ`` is read as ``fi``: a payoff that seems to depend on the own amount would not."""
    made = {
        "kind": "smooth",
        "payoffs": {"fi": "-fi", "ﬁ": "ﬁ"},
        "constants": {},
        "profile": {"fi": "0", "ﬁ": "0"},
        "bounds": {"fi": [0, None], "ﬁ": [0, None]},
        "values": {"fi": "0", "ﬁ": "0"},
    }
    assert not ec.verify(resealed(made)).valid


# floats


@given(st.floats(0.1, 5), st.floats(0.1, 5), st.floats(0.1, 2))
@settings(max_examples=40, deadline=None)
def test_a_contest_solved_in_floats(value_one, value_two, cost):
    """Tullock's contest of two: x_i = v_i^2 v_j / (c (v_1 + v_2)^2). Rounding passes, a thousandth does not."""
    whole = value_one + value_two
    x = {"x": value_one**2 * value_two / (cost * whole**2), "y": value_two**2 * value_one / (cost * whole**2)}
    payoffs = {"x": "v * x / (x + y) - c * x", "y": "w * y / (x + y) - c * y"}
    constants = {"v": value_one, "w": value_two, "c": cost}

    def valid(profile):
        made = smooth_certificate(payoffs, constants, profile, dict.fromkeys(payoffs, (0, None)))
        return ec.verify(json.loads(json.dumps(made))).valid

    assert valid(x)
    assert not valid(x | {"x": x["x"] * 1.01})


def test_the_slack_is_stated_and_small():
    found = ec.verify(smooth_certificate({"x": "x * (1 - x)"}, {}, {"x": 0.5 + 1e-7}, {"x": (0, 1)}))
    assert found.valid and any("worth over" in str(check.what) for check in found.checks)
    assert not ec.verify(smooth_certificate({"x": "x * (1 - x)"}, {}, {"x": 0.5 + 1e-4}, {"x": (0, 1)})).valid
    assert not ec.verify(smooth_certificate({"x": "x * (1 - x)"}, {}, {"x": F(1, 2) + F(1, 10**30)}, {"x": (0, 1)})).valid
    wide = "x * (1 - x) + big - big"  # what cancels does not widen the slack
    assert not ec.verify(smooth_certificate({"x": wide}, {"big": F(10**9)}, {"x": 0.5 + 1e-4}, {"x": (0, 1)})).valid


def test_many_players_and_long_formulas():
    assert ec.verify(commons(150)).valid


@given(st.integers(1, 7), st.fractions(F(1, 40), F(1), max_denominator=40), st.fractions(0, F(9, 10), max_denominator=10))
@settings(max_examples=20, deadline=None)
def test_a_commons(players, load, fee):
    certificate = commons(players, load, fee)
    assert ec.verify(certificate).valid
    moved = certificate | {"profile": certificate["profile"] | {"g1": str(F(certificate["profile"]["g1"]) + F(1, 10**6))}}
    assert not ec.verify(resealed(moved)).valid


@pytest.mark.parametrize(
    ("payoffs", "profile", "bounds"),
    [({}, {}, {}), ({"x": "x"}, {"y": 1}, {"x": (0, 1)}), ({"x": "x"}, {"x": 1}, {}), ({"x": "1 / x"}, {"x": F(0)}, {"x": (0, 1)})],
)
def test_bad_input(payoffs, profile, bounds):
    with pytest.raises(InputError):
        smooth_certificate(payoffs, {}, profile, bounds)


@pytest.mark.parametrize(
    "formula",
    [
        " + ".join(f"1 / (x + {k})" for k in range(1, 70)),
        " * ".join(f"(x - {k} / 7919.1)" for k in range(79)),
        "+".join(["(x + 9) ** 60"] * 90),
    ],
)
def test_large_formulas_end_soon(formula):
    """Whatever comes out, it comes out; none of these has its best amount at 1."""
    assert not single(formula, "1", 0, None, values="0").valid
