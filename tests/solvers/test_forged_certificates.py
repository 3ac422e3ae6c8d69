"""Certificates of the newer kinds that state something false, resealed: none may be found valid."""

from __future__ import annotations

import copy
import time
from fractions import Fraction as F

import pytest

from encompass import verify
from encompass.games.organisation.favour_exchange import FavourExchange
from encompass.games.organisation.hand_over import HandOver
from encompass.solvers.certificate import sealed
from encompass.solvers.control.bellman_certificate import chain_certificate, hand_over_certificate
from encompass.solvers.control.optimal_control import optimal_control
from encompass.solvers.linear_certificate import linear_program
from encompass.solvers.organisation.smooth import smooth_certificate

NAN, INF = float("nan"), float("inf")
HUGE = "9" * 4_000
SOON = 20.0  # seconds; what these would take unguarded is hours


def forged(certificate, changes):
    body = copy.deepcopy({key: value for key, value in certificate.items() if key != "seal"})
    for path, value in changes.items():
        *way, last = path.split("/")
        here = body
        for step in way:
            here = here[int(step) if isinstance(here, list) else step]
        if value is KeyError:
            del here[last]
        else:
            here[int(last) if isinstance(here, list) else last] = value
    return sealed(body)


def believed(certificate, changes):
    return verify(forged(certificate, changes)).valid


# bellman

SMALL = HandOver(states=11, interventions=5, cultivations=3)
GOOD = hand_over_certificate(SMALL, optimal_control(SMALL.game()))
PAIR = FavourExchange()
CHAIN = chain_certificate(PAIR.game(), optimal_control(PAIR.game()))
VALUES, POLICY = GOOD["values"], GOOD["policy"]
EMPTY = {"values": [], "policy": [], "decided": 0, "residual": "0", "gap": "0", "error": "0", "loss": "0"}
RISING = {f"game/parameters/{name}": value for name, value in (("autonomy", "-1"), ("administration", "0"))}


@pytest.mark.parametrize(
    "changes",
    [
        {"policy": [*POLICY[:-1], 14]},
        {"policy": [POLICY[-1], *POLICY[1:]]},
        {"policy": POLICY[::-1]},
        {"policy": [15] * 11},
        {"policy": [float(u) for u in POLICY]},
        {"policy": [True] * 11},
        {"policy": [*POLICY, 0]},
        {"policy": None},
        {"values": [v + 1e-6 for v in VALUES]},
        {"values": [v + 1 for v in VALUES], "residual": "1/10", "error": "1", "loss": "0"},
        {"values": VALUES[::-1]},
        {"values": [*VALUES[:-1], NAN]},
        {"values": [*VALUES[:-1], INF]},
        {"values": [*VALUES[:-1], 1e308]},
        {"values": [*VALUES[:-1], "1e999999999"]},
        {"values": [*VALUES[:-1], HUGE + "1"]},
        {"values": [*VALUES, VALUES[-1]]},
        {"values": [*VALUES, VALUES[-1]], "policy": [*POLICY, POLICY[-1]]},
        EMPTY | {"game/states": 0},
        EMPTY | {"game/states": 1},
        EMPTY,
        {"residual": NAN},
        {"residual": "-1"},
        {"residual": "0"},
        {"residual": INF},
        {"gap": "-1"},
        {"gap": None},
        {"error": "0"},
        {"error": INF},
        {"error": NAN},
        {"error": 1000},
        {"error": KeyError},
        {"loss": "0"},
        {"loss": "-1"},
        {"loss": True},
        {"decided": 12},
        {"decided": 10**30},
        {"decided": -3},
        {"decided": 1.5},
        {"decided": None},
        {"falls/intervention": False},
        {"falls": {"intervention": True, "cultivation": False}},
        {"falls": {}},
        {"game/states": 12},
        {"game/states": 11.0},
        {"game/states": True},
        {"game/interventions": 1},
        {"game/interventions": 6},
        {"game/interventions": 10**12},
        {"game/cultivations": 10**12},
        {"game/cultivations": 2},
        {"game/cultivations": 0},
        {"game/discount": "1"},
        {"game/discount": "99/100"},
        {"game/discount": "-9/10"},
        {"game/discount": NAN},
        {"game/intervention": "myopic"},
        {"game/intervention": "none"},
        {"game/form": "chain"},
        {"game/parameters/strain": "0"},
        {"game/parameters/growth": "1/4"},
        {"game/parameters/decay": "0"},
        {"game/parameters/teaching": 1e308},
        {"game/parameters/teaching": KeyError},
        {"game/parameters/cap": "9/10"},
        {"game/parameters/funds": "1/2"},
    ],
)
def test_bellman(changes):
    assert verify(GOOD).valid
    assert not believed(GOOD, changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"policy": [1, 0, 0]},
        {"policy": [0, 0, 2]},
        {"policy": [0, 0]},
        {"values": ["0", "0", "0"]},
        {"error": "-1/1000000000000"},
        {"game/discount": "1"},
        {"game/discount": "4/5"},
        {"game/rewards/0/0": "100"},
        {"game/rewards/0": ["1"]},
        {"game/rewards": []},
        {"game/successors/0/0/0": 7},
        {"game/successors/0/0/0": -1},
        {"game/successors/0/0": [0]},
        {"game/weights/0/0": ["1", "1"]},
        {"game/weights/0/0": ["2", "-1"]},
        {"game/weights/0/0": ["0", "0"]},
        {"game/weights/0/0": ["1/2", NAN]},
        {"falls": {"intervention": True, "cultivation": True}, "game/cultivations": 10},
        {"decided": 3},
        EMPTY | {"game/rewards": [], "game/weights": [], "game/successors": []},
    ],
)
def test_bellman_of_a_chain(changes):
    assert verify(CHAIN).valid
    assert not believed(CHAIN, changes)


def test_a_bound_that_is_too_small_by_its_tenth_digit():
    """Values too high by 2 everywhere: the residual is 2 (1 - beta), and the error is 2, not a trillionth less."""
    moved = {"values": [str(F(v) + 2) for v in CHAIN["values"]], "residual": "1/5", "loss": "18/5", "decided": 0}
    assert believed(CHAIN, moved | {"error": "2"})
    assert not believed(CHAIN, moved | {"error": str(2 - F(1, 10**11))})
    assert not believed(CHAIN, moved | {"error": "2", "loss": str(F(18, 5) - F(1, 10**11))})


def test_a_single_control_is_decided():
    made = {"form": "chain", "rewards": [["1"]], "successors": [[[0]]], "weights": [[["1"]]], "discount": "9/10"}
    figures = {"values": ["30"], "policy": [0], "residual": "2", "gap": "0", "error": "20", "loss": "36", "decided": 1}
    assert verify(sealed({"kind": "bellman", "game": made, **figures})).valid


def test_what_rises_with_self_organisation_is_not_said_to_fall():
    """With a myopic take-over the controls are cultivations, and where residents do harm a myopic committee takes over more, not less."""
    own = hand_over_certificate(SMALL, optimal_control(SMALL.game("myopic")), "myopic")
    assert verify(own).valid
    assert not believed(own, {"falls": {"intervention": True, "cultivation": True}})
    assert not believed(own, RISING)


# smooth

PAIRED = {"x": "v * x / (x + y) - x", "y": "w * y / (x + y) - y"}
CONTEST = smooth_certificate(PAIRED, {"v": F(4), "w": F(4)}, {"x": F(1), "y": F(1)}, {"x": (0, None), "y": (0, 3)}, above=["x"])


def lone(formula, x="1", low=0, high=4, **changes):
    made = {"payoffs": {"x": formula}, "constants": {}, "profile": {"x": x}, "bounds": {"x": [low, high]}, "open": []}
    made["values"] = {"x": None}
    return verify(sealed({"kind": "smooth", **made, **changes})).valid


@pytest.mark.parametrize(
    "changes",
    [
        {"profile/x": "2"},
        {"profile/x": "0"},
        {"profile/x": "-1"},
        {"profile/x": str(1 + F(1, 10**40))},
        {"profile/y": "7/2"},
        {"profile/x": NAN},
        {"profile/x": INF},
        {"profile/x": "1e9"},
        {"profile/x": HUGE},
        {"profile/x": [1]},
        {"profile/x": True},
        {"profile/x": KeyError},
        {"profile": {}},
        {"profile": None},
        {"profile/z": "1"},
        {"constants/v": "5"},
        {"constants/v": "-4"},
        {"constants/v": NAN},
        {"constants/v": KeyError},
        {"constants/x": "1"},
        {"constants": {"v": "4", "w": "4", "y": "1"}},
        {"bounds/x": ["2", None]},
        {"bounds/x": [None, "1/2"]},
        {"bounds/x": ["3", "1"]},
        {"bounds/x": [None, None]},
        {"bounds/x": ["1", "1"]},
        {"bounds/x": "14"},
        {"bounds/x": ["0"]},
        {"bounds/x": ["0", INF]},
        {"bounds/x": ["-1", None], "open": []},
        {"bounds/x": ["-2", None]},
        {"bounds": {}},
        {"open": ["z"]},
        {"open": None},
        {"values/x": "99"},
        {"values/x": NAN},
        {"values/x": 1.0000001},
        {"values": {}},
        {"payoffs": {}},
        {"payoffs/x": "0 - x"},
        {"payoffs/x": "x"},
        {"payoffs/x": "x ** 2 - x"},
        {"payoffs/x": "v * x / (x - y) - x"},
        {"payoffs/x": "max(x, 0)"},
        {"payoffs/x": None},
        {"payoffs/x": "(1 / 0) ** 0"},
        {"payoffs/z": "0"},
    ],
)
def test_smooth(changes):
    assert verify(CONTEST).valid
    assert not believed(CONTEST, changes)


@pytest.mark.parametrize(
    ("formula", "x", "low", "high"),
    [
        ("x", "4", 0, None),
        ("-x", "0", None, 4),
        ("x ** 2", "0", -1, 1),
        ("x ** 3", "0", -1, 1),
        ("-(x ** 2)", "1/1000000", 0, 1),
        ("-(x - 1) ** 2 * (x - 3) ** 2 + (x - 3) ** 9", "1", 0, 4),
        ("(x - 1) ** 2 * (2 - x)", "2", 0, 4),
        ("1 / (x - 2)", "4", 0, 4),
        ("1 / (x - 2) ** 2", "4", 0, 4),
        ("-1 / (x - 2) ** 2", "4", 0, 4),
        ("1 / x", "4", 0, 4),
        ("(1 / x) ** 0", "1", 0, 4),
        ("(1 / (x - 2)) ** 0", "1", 0, 4),
        ("0 / (x - 2)", "1", 0, 4),
        ("(x - 2) / (x - 2)", "1", 0, 4),
        ("0 * (1 / (x - 2))", "1", 0, 4),
        ("1 / (1 / (x - 2))", "4", 0, 4),
        ("(x - x) ** -1", "1", 0, 4),
        ("x ** -1 - x ** -1", "1", 0, 4),
        ("1 / (x ** 2 - 2)", "1", 0, 4),
        ("-(x ** 2 - 2) ** 2", "1414213562/1000000000", 0, 4),
        ("x * (1 - x) + 10 ** 9 - 10 ** 9", "0.5001", 0, 1),
    ],
)
def test_one_who_would_do_better(formula, x, low, high):
    assert not lone(formula, x, low, high)


def test_a_large_payoff_of_another_excuses_nobody():
    """What counts as rounding to one is not what it would be to the other."""
    made = {"payoffs": {"x": "-(x - 1/2) ** 2", "y": "10 ** 15 - y"}, "constants": {}, "open": [], "values": {"x": None, "y": None}}
    places = {"profile": {"x": 0.9, "y": 0.0}, "bounds": {"x": [0, 1], "y": [0, 1]}}
    assert not verify(sealed({"kind": "smooth", **made, **places})).valid
    assert verify(sealed({"kind": "smooth", **made, **places, "profile": {"x": 0.5, "y": 0.0}})).valid


@pytest.mark.parametrize(
    "formula",
    [
        "+".join(["((x + 1) / (x + 2)) ** 35"] * 2_000),
        "+".join(f"1/(x+{k})-1/(x+{k})" for k in range(1, 2_500)),
    ],
)
def test_formulas_that_would_take_hours(formula):
    begun = time.monotonic()
    assert not lone(formula)
    assert time.monotonic() - begun < SOON


# linear programs

OPTIMAL = linear_program([3, 2], [[1, 1], [1, 3], [1, 0]], [4, 6, 3]).certificate
NEVER = linear_program([1], [[1], [-1]], [1, -2], [0]).certificate
ENDLESS = linear_program([1, 1], [[1, -1]], [1]).certificate


@pytest.mark.parametrize(
    ("certificate", "changes"),
    [
        (OPTIMAL, {"value": "12"}),
        (OPTIMAL, {"value": None}),
        (OPTIMAL, {"value": NAN}),
        (OPTIMAL, {"value": 11.000000001}),
        (OPTIMAL, {"x": ["4", "0"], "value": "12"}),
        (OPTIMAL, {"x": ["0", "0"], "value": "0"}),
        (OPTIMAL, {"x": ["0", "0"], "y": ["0", "0", "0"], "value": "0"}),
        (OPTIMAL, {"x": ["5", "-2"]}),
        (OPTIMAL, {"x": []}),
        (OPTIMAL, {"x": ["3", "1", "0"]}),
        (OPTIMAL, {"x": "31"}),
        (OPTIMAL, {"x": [3.0, NAN]}),
        (OPTIMAL, {"x": ["3", INF]}),
        (OPTIMAL, {"y": ["-1", "1", "2"]}),
        (OPTIMAL, {"y": ["2", "0", "0"]}),
        (OPTIMAL, {"y": ["3", "0", "0"]}),
        (OPTIMAL, {"y": []}),
        (OPTIMAL, {"y": ["1e9", "0", "0"]}),
        (OPTIMAL, {"y": None}),
        (OPTIMAL, {"objective": ["3", "3"]}),
        (OPTIMAL, {"objective": []}),
        (OPTIMAL, {"objective": ["4", "2"]}),
        (OPTIMAL, {"rows": []}),
        (OPTIMAL, {"rows": [[], [], []]}),
        (OPTIMAL, {"rows/0": ["2", "1"]}),
        (OPTIMAL, {"rows/0": ["1"]}),
        (OPTIMAL, {"rows/0": "11"}),
        (OPTIMAL, {"bounds": ["3", "6", "3"]}),
        (OPTIMAL, {"bounds": ["5", "6", "3"]}),
        (OPTIMAL, {"bounds": ["4", "6"]}),
        (OPTIMAL, {"bounds": [NAN, "6", "3"]}),
        (OPTIMAL, {"free": [9]}),
        (OPTIMAL, {"free": [True]}),
        (OPTIMAL, {"free": [0.5]}),
        (OPTIMAL, {"free": None}),
        (OPTIMAL, {"end": "unbounded"}),
        (OPTIMAL, {"end": "infeasible"}),
        (OPTIMAL, {"end": "best"}),
        (OPTIMAL, {"end": None}),
        (OPTIMAL, {"ray": ["1", "1"]}),
        (OPTIMAL, {"variables": ["only one"]}),
        (OPTIMAL, {"constraints": ["a", "b"]}),
        (OPTIMAL, {"constraints": [1, 2, 3]}),
        (NEVER, {"y": ["0", "0"]}),
        (NEVER, {"y": ["1", "-1"]}),
        (NEVER, {"y": ["1", "2"]}),
        (NEVER, {"bounds": ["1", "-1"]}),
        (NEVER, {"bounds": ["3", "-2"]}),
        (NEVER, {"value": "5"}),
        (NEVER, {"x": ["1"]}),
        (NEVER, {"end": "optimal", "value": "1", "x": ["1"]}),
        (ENDLESS, {"ray": ["0", "0"]}),
        (ENDLESS, {"ray": ["-1", "-1"]}),
        (ENDLESS, {"ray": ["1", "0"]}),
        (ENDLESS, {"ray": []}),
        (ENDLESS, {"x": ["9", "0"]}),
        (ENDLESS, {"x": []}),
        (ENDLESS, {"objective": ["-1", "-1"]}),
        (ENDLESS, {"rows/0": ["1", "1"]}),
        (ENDLESS, {"value": "100"}),
        (ENDLESS, {"y": ["1"]}),
    ],
)
def test_linear_programs(certificate, changes):
    assert verify(certificate).valid
    assert not believed(certificate, changes)


def test_a_free_variable_needs_equality():
    """Without its sign, the second variable of this program grows without end."""
    assert not believed(OPTIMAL, {"free": [1]}) or F(OPTIMAL["x"][1]) > 0
    made = linear_program([1], [[1], [1]], [2, 3]).certificate
    assert believed(made, {"free": [0]})
    assert not believed(linear_program([-1], [[1]], [2]).certificate, {"free": [0]})


def test_denominators_that_would_take_hours():
    begun, n = time.monotonic(), 3_000
    odd = [f"1/{3**8_000 + 2 * k}" for k in range(n)]
    assert not verify(sealed({**{k: v for k, v in OPTIMAL.items() if k != "seal"}, "objective": odd, "rows": [odd], "x": odd})).valid
    values = {"values": [f"1/{10**3_990 + 2 * k + 1}" for k in range(11)]}
    assert not believed(GOOD, values)
    assert time.monotonic() - begun < SOON


# grants

LEAF = {"money": "0", "most": [], "least": []}
GRANTS = {
    "kind": "grants",
    "worths": ["3", "2", "2"],
    "draws": ["3", "2", "2"],
    "budget": "4",
    "groups": [],
    "chosen": [1, 2],
    "worth": "4",
    "bound": "4",
    "tree": [{**LEAF, "money": "1"}],
}
QUOTA = {"members": [0, 1], "least": 1, "most": 1}
HALVES = [{"on": j, "children": [j + 1, j + 1]} for j in range(60)]


@pytest.mark.parametrize(
    "changes",
    [
        {"worth": "5"},
        {"bound": "3"},
        {"bound": NAN},
        {"chosen": []},
        {"chosen": [0, 1]},
        {"chosen": [1, 1]},
        {"chosen": [3]},
        {"chosen": [True, 2]},
        {"chosen": None},
        {"budget": "3"},
        {"budget": INF},
        {"draws": ["3", "2"]},
        {"draws": ["3", "2", "-2"]},
        {"worths": [], "draws": []},
        {"worths": ["3", "2", "9"]},
        {"tree": []},
        {"tree": [LEAF]},
        {"tree": [{**LEAF, "money": "-1"}]},
        {"tree": [{"on": 0, "children": [0, 0]}]},
        {"tree": [{"on": 0, "children": [1, 1]}, {**LEAF, "money": "1"}]},
        {"tree": [{"on": 5, "children": [1, 2]}, {**LEAF, "money": "1"}, {**LEAF, "money": "1"}]},
        {"groups": [QUOTA]},
        {"groups": [{**QUOTA, "least": 0.5}]},
        {"groups": [{**QUOTA, "members": [0, 9]}]},
    ],
)
def test_grants(changes):
    assert verify(sealed(GRANTS)).valid
    assert not believed(GRANTS, changes)


def test_minima_are_whole_numbers():
    priced = {"tree": [{"money": "1", "most": ["0"], "least": ["0"]}]}
    assert believed(GRANTS, {"groups": [{"members": [1, 2], "least": 2, "most": None}], **priced})
    assert not believed(GRANTS, {"groups": [{"members": [1, 2], "least": 2.9, "most": None}], **priced})


def test_a_tree_that_would_never_end():
    many = ["1"] * 61
    begun = time.monotonic()
    assert not believed(GRANTS, {"worths": many, "draws": many, "tree": [*HALVES, {**LEAF, "money": "1"}]})
    assert time.monotonic() - begun < SOON


# claims


def claimed(**check):
    return verify(sealed({"kind": "claims", "case": "c", "claims": [{"id": "P", "claim": "", "checks": [check], "rests_on": []}]})).valid


SWEEP = {"kind": "sweep", "formula": "x", "holds_each": None, "equals": None, "within": "0", "direction": "rises", "holds": True}
LOOK = {"kind": "that", "that": "analyse.x", "figure": "3", "equals": "3", "within": "0", "at_least": None, "at_most": None, "holds": True}


def cells(*values):
    return [{"at": str(k), "figures": {"x": value}} for k, value in enumerate(values)]


def test_claims_that_are_true():
    assert claimed(kind="holds", formula="x == 1/3", figures={"x": "1/3"}, holds=True)
    assert claimed(**SWEEP, cells=cells("1", "2"))
    assert claimed(**LOOK)


@pytest.mark.parametrize(
    "check",
    [
        {"kind": "holds", "formula": "x == 1", "figures": {"x": "2"}, "holds": True},
        {"kind": "holds", "formula": "x", "figures": {"x": "2"}, "holds": True},
        {"kind": "holds", "formula": "x == 1", "figures": {"x": "1"}, "holds": False},
        {"kind": "holds", "formula": "x == 1", "figures": {"x": "1"}, "holds": 1},
        {"kind": "holds", "formula": "x != x", "figures": {"x": NAN}, "holds": True},
        {"kind": "holds", "formula": "x > 10", "figures": {"x": INF}, "holds": True},
        {"kind": "holds", "formula": "x > 10", "figures": {}, "holds": True},
        {"kind": "holds", "formula": "x > 0", "figures": {"x": "1/0"}, "holds": True},
        {"kind": "holds", "formula": "__import__('os')", "figures": {}, "holds": True},
        {"kind": "holds", "formula": "((((2**200)**200)**200)**200)**200 > 1", "figures": {}, "holds": True},
        {"kind": "holds", "formula": "(((9**199)**199)**199) % 2 == 1", "figures": {}, "holds": True},
        {"kind": "holds", "formula": "abs((0 - 8) ** (1/3)) > 1", "figures": {}, "holds": True},
        {"kind": "holds", "formula": "exp(10000) > 1", "figures": {}, "holds": True},
        {"kind": "holds", "formula": "0 < " * 900 + "1", "figures": {}, "holds": True},
        {**SWEEP, "cells": cells("2", "1")},
        {**SWEEP, "cells": cells("1", "1")},
        {**SWEEP, "cells": cells("1")},
        {**SWEEP, "cells": []},
        {**SWEEP, "cells": cells("2", "1"), "direction": "sideways"},
        {**SWEEP, "cells": cells("2", "1"), "direction": None},
        {**SWEEP, "cells": cells(None, None), "direction": "stays"},
        {**SWEEP, "cells": cells("1", "2"), "equals": ["1"]},
        {**SWEEP, "cells": cells("1", "2"), "equals": ["1", "3"]},
        {**SWEEP, "cells": cells("1", "2"), "holds_each": "x > 1"},
        {**LOOK, "figure": "4"},
        {**LOOK, "equals": None},
        {**LOOK, "equals": None, "at_least": "4"},
        {**LOOK, "equals": "4", "within": "-1"},
        {**LOOK, "figure": True, "equals": 1},
        {**LOOK, "kind": "other"},
    ],
)
def test_claims(check):
    assert not claimed(**check)


def test_a_claim_needs_a_check():
    assert not verify(sealed({"kind": "claims", "case": "c", "claims": [{"id": "P", "checks": [], "rests_on": []}]})).valid
