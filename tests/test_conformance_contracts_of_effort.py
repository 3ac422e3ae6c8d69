"""The conformance rows on contracts for effort that is not seen: each answered by public functions on the model as written in the row.

Expected values are read from the rows only.
"""

import json
from fractions import Fraction
from pathlib import Path

import pytest

from encompass import analyse, verify
from encompass.games.organisation.limited_liability import LimitedLiability
from encompass.games.organisation.multitask_contract import MultitaskContract

ROWS = {
    row["id"]: row
    for row in map(
        json.loads, (Path(__file__).parent / "conformance" / "rows_contracts_of_effort.jsonl").read_text(encoding="utf-8").splitlines()
    )
}


def checked(model):
    """Its analysis, once every certificate of it is valid."""
    answer = analyse(model)
    assert all(verify(certificate).valid for certificate in answer.certificates)
    return answer


def every_task(p):
    n = len(p["B"])
    signals = [[int(j == k) for k in range(n)] for j in range(n)]
    answer = checked(MultitaskContract(values=p["B"], signals=signals, costs=p["C"], covariance=p["Sigma"], risk=p["r"]))
    return {"beta": answer.bonuses, "effort": answer.efforts}


def first_task_only(p):
    signal = [1, *[0] * (len(p["B"]) - 1)]
    return checked(MultitaskContract(values=p["B"], signals=[signal], costs=p["C"], noise=[p["var1"]], risk=p["r"])).bonuses[0]


def distorted(p):
    answer = checked(MultitaskContract(values=p["f"], signals=[p["g"]], noise=[p["rs2"]]))
    return {"b": answer.bonuses[0], "ratio": answer.surplus_share}


def liability(p):
    answer = checked(LimitedLiability.of_success(p["pH"], p["pL"], p["c"]))
    return {"bonus": answer.bonus, "rent": answer.rent}


FAMILIES = {"len": every_task, "len_unmeasured": first_task_only, "baker": distorted, "limited_liability": liability}


def answer_of(row):
    return FAMILIES[row["game"]["family"]](row["game"]["params"])


def same(found, wanted):
    if isinstance(wanted, dict):
        return isinstance(found, dict) and found.keys() == wanted.keys() and all(same(found[key], wanted[key]) for key in wanted)
    if isinstance(wanted, list):
        return len(found) == len(wanted) and all(map(same, found, wanted))
    return Fraction(found) == Fraction(wanted)


@pytest.mark.parametrize("name", ROWS)
def test_row(name):
    assert same(answer_of(ROWS[name]), ROWS[name]["expected"]["value"])


def test_no_row_is_left_unanswered():
    assert {row["game"]["family"] for row in ROWS.values()} <= FAMILIES.keys() and len(ROWS) == 6
