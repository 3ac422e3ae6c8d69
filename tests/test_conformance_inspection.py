"""The conformance rows on inspection and leadership: each answered by public functions on the game as written in the row.

Expected values are read from the rows only.
"""

import json
from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest

import encompass as ec
from encompass.games.organisation.sequential_inspection import SequentialInspection

ROWS = {
    row["id"]: row
    for row in map(json.loads, (Path(__file__).parent / "conformance" / "rows_inspection.jsonl").read_text(encoding="utf-8").splitlines())
}


def game_of(row):
    """The row's bimatrix game."""
    actions = row["game"]["actions"]

    def payoff(profile):
        return [Fraction(x) for x in row["game"]["payoffs"]["|".join(names[a] for names, a in zip(actions, profile))]]

    return ec.NormalForm.from_function(payoff, actions, row["game"]["players"])


def equilibria(row):
    return [[list(strategy) for strategy in e.profile] for e in ec.solve(game_of(row), "nash").equilibria]


def leads(row, leader, commitment="mixed"):
    """The leader's strategy and payoff when it commits first, ties broken in its favour."""
    e = ec.solve(game_of(row), "stackelberg", leader=leader, commitment=commitment).equilibria[0]
    return list(e.profile[leader]), e.payoffs[leader]


def nash_payoff(row, leader):
    """What the leader gets where nobody leads: in the only equilibrium."""
    (e,) = ec.solve(game_of(row), "nash").equilibria
    return e.payoffs[leader]


def inspector_leadership(row):
    leader = row["game"]["players"].index("Inspector")
    mixture, payoff = leads(row, leader)
    return {"inspect": mixture[row["game"]["actions"][leader].index("inspect")], "payoff": payoff, "nash_payoff": nash_payoff(row, leader)}


def leadership(row):
    leader = row["game"]["players"].index("Leader")
    mixture, mixed = leads(row, leader)
    return {"nash": nash_payoff(row, leader), "pure": leads(row, leader, "pure")[1], "mixed": mixed, "mixture": mixture}


def answer_of(row):
    if row["game"]["kind"] == "family":
        return ec.analyse(SequentialInspection(row["game"]["params"]["n"], row["game"]["params"]["m"])).value
    if row["topic"] == "leadership":
        return leadership(row)
    return inspector_leadership(row) if "payoff" in row["answer_format"] else equilibria(row)


def same(found, wanted):
    if isinstance(wanted, dict):
        return isinstance(found, dict) and found.keys() == wanted.keys() and all(same(found[key], wanted[key]) for key in wanted)
    if isinstance(wanted, list):
        return len(found) == len(wanted) and all(map(same, found, wanted))
    return Fraction(found) == Fraction(wanted)


def same_set(found, wanted):
    return len(found) == len(wanted) and all(any(same(f, w) for f in found) for w in wanted)


@pytest.mark.parametrize("name", ROWS)
def test_row(name):
    expected = ROWS[name]["expected"]
    assert (same_set if expected["type"] == "set" else same)(answer_of(ROWS[name]), expected["value"])


def test_every_row_is_of_a_kind_that_is_answered():
    assert len(ROWS) == 7
    assert {row["topic"] for row in ROWS.values()} == {"inspection", "leadership", "sequential_inspection"}
    assert {row["game"]["family"] for row in ROWS.values() if row["game"]["kind"] == "family"} == {"dresher"}


def test_other_visits_too():
    """Rows of the family that are not here: the recursion as the row writes it, by hand."""

    def value(n, m):
        if m == 0 or m >= n:
            return Fraction(-1 if m == 0 else 0)
        a, b, c, d = value(n - 1, m - 1), Fraction(1), value(n - 1, m), Fraction(-1)
        low, high = max(min(a, b), min(c, d)), min(max(a, c), max(b, d))
        return low if low == high else (a * d - b * c) / (a + d - b - c)

    for n, m in product(range(1, 9), range(9)):
        assert ec.analyse(SequentialInspection(n, m)).value == value(n, m)
