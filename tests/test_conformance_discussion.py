"""The conformance rows on deliberation, opinions and facilities on a line: each answered by public functions on the row's game.

Expected values are read from the rows only.
"""

import json
from fractions import Fraction
from math import sqrt
from pathlib import Path

import pytest

from encompass.games.deliberation.median_space import path
from encompass.games.deliberation.opinions import degroot, friedkin_johnsen
from encompass.games.deliberation.pairwise import PairwiseTalk
from encompass.solvers.deliberation.line_rules import check_rule
from encompass.solvers.deliberation.worst_share import worst_share

ROWS = {
    row["id"]: row
    for row in map(json.loads, (Path(__file__).parent / "conformance" / "rows_discussion.jsonl").read_text(encoding="utf-8").splitlines())
}


def two_points(p):
    share = Fraction(p["p"])
    return PairwiseTalk(path(2), (1 - share, share))


def on_a_line(p):
    found = check_rule(p["mechanism"], p["grid"], p["n"], False, p.get("objective", "sum"))
    return {"strategyproof": found.strategyproof, "worst_ratio": found.worst_ratio}


def obnoxious(p):
    found = check_rule(p["mechanism"], p["grid"], p["n"], True, p.get("objective", "sum"))
    return {"strategyproof": found.group_strategyproof, "worst_ratio": found.worst_ratio}


def supremum(p):
    found = worst_share(p.get("rounds"))
    return {"ratio": (found.ratio, found.ratio_expression), "p": (found.p, found.p_expression)}


def one_round(p):
    talk = two_points(p)
    rounds = p.get("rounds", 1)
    return {"pi1": talk.sides(rounds)[0], "ratio": talk.ratio(rounds)}


def opinions(p):
    return list(friedkin_johnsen(p["W"], p["susceptibility"]).limit(p["y"]))


FAMILIES = {
    "facility_line": on_a_line,
    "obnoxious": obnoxious,
    "seq_delib_sup": supremum,
    "random_dictator_two_point": lambda p: two_points(p).ratio(0),
    "seq_delib_finite": one_round,
    "degroot": lambda p: list(degroot(p["T"]).consensus),
    "friedkin_johnsen": opinions,
}


def agrees(answer, expected):
    if isinstance(expected, dict) and "expr" in expected:
        places = len(expected["approx"].split(".")[1])
        value, expression = answer
        written = [eval(text, {"sqrt": sqrt, "__builtins__": {}}) for text in (expected["expr"], expression)]
        return f"{value:.{places}f}" == expected["approx"] and all(abs(x - value) < 1e-12 for x in written)
    if isinstance(expected, dict):
        return answer.keys() == expected.keys() and all(agrees(answer[key], expected[key]) for key in expected)
    if isinstance(expected, list):
        return len(answer) == len(expected) and all(map(agrees, answer, expected))
    return answer is expected if isinstance(expected, bool) else answer == Fraction(expected)


@pytest.mark.parametrize("name", ROWS)
def test_row(name):
    row = ROWS[name]
    assert agrees(FAMILIES[row["game"]["family"]](row["game"]["params"]), row["expected"]["value"])


def test_no_row_is_left_unanswered():
    assert {row["game"]["family"] for row in ROWS.values()} <= FAMILIES.keys()
