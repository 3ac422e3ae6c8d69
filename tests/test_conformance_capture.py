"""The conformance rows on contests of groups, electoral capture and uncertain reform: each answered by public functions.

Expected values are read from the rows only.
"""

import json
from fractions import Fraction
from pathlib import Path

import pytest

from encompass import analyse
from encompass.games.organisation.electoral_capture import ElectoralCapture
from encompass.games.organisation.group_contest import GroupContest
from encompass.games.organisation.uncertain_reform import UncertainReform

ROWS = {
    row["id"]: row
    for row in map(json.loads, (Path(__file__).parent / "conformance" / "rows_capture.jsonl").read_text(encoding="utf-8").splitlines())
}


def group_contest(p):
    prize = tuple(map(Fraction, p["prize"])) if isinstance(p["prize"], list) else Fraction(p["prize"])
    found = analyse(GroupContest(tuple(p["sizes"]), prize, p.get("private", False)))
    return {"p_small": found.chances[0], "efforts": found.efforts}


def probabilistic_capture(p):
    return analyse(ElectoralCapture(tuple(map(Fraction, p["n"])), tuple(map(Fraction, p["aware"])))).elite_share


def reform(p):
    found = analyse(UncertainReform(p["known"], p["others"], p["hidden_winners"], Fraction(p["gain"]), Fraction(p["loss"])))
    return {"ex_ante": found.yes_before, "ex_post": found.yes_after, "expected": found.expected, "total": found.total}


FAMILIES = {"group_contest": group_contest, "probabilistic_capture": probabilistic_capture, "reform": reform}


def same(found, wanted):
    if isinstance(wanted, dict):
        return isinstance(found, dict) and found.keys() == wanted.keys() and all(same(found[key], wanted[key]) for key in wanted)
    if isinstance(wanted, list):
        return len(found) == len(wanted) and all(map(same, found, wanted))
    return Fraction(found) == Fraction(wanted)


@pytest.mark.parametrize("name", ROWS)
def test_row(name):
    row = ROWS[name]
    assert same(FAMILIES[row["game"]["family"]](row["game"]["params"]), row["expected"]["value"])


def test_no_row_is_left_unanswered():
    assert {row["game"]["family"] for row in ROWS.values()} <= FAMILIES.keys() and len(ROWS) == 3
