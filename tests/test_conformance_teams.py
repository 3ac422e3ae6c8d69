"""The conformance rows on teams: each answered by public functions on the game as written in the row.

Expected values are read from the rows only.
"""

import json
from fractions import Fraction
from pathlib import Path

import pytest

from encompass import analyse
from encompass.games.organisation.team import Team

ROWS = {
    row["id"]: row
    for row in map(json.loads, (Path(__file__).parent / "conformance" / "rows_teams.jsonl").read_text(encoding="utf-8").splitlines())
}


def equal_team(p, **options):
    n = int(p["n"])
    return analyse(Team((Fraction(1, n),) * n, **options))


def team(p):
    found = equal_team(p)
    return {"effort": found.efforts[0], "ratio": found.efficiency}


def team_penalty(p):
    found = equal_team(p, steps=4)
    return {"efficient": found.penalty_best, "zero": found.penalty_nothing}


FAMILIES = {"team": team, "team_penalty": team_penalty}


def same(found, wanted):
    if isinstance(wanted, dict):
        return found.keys() == wanted.keys() and all(same(found[key], wanted[key]) for key in wanted)
    if isinstance(wanted, bool) or isinstance(found, bool):
        return found is wanted
    return Fraction(found) == Fraction(wanted)


@pytest.mark.parametrize("name", ROWS)
def test_row(name):
    row = ROWS[name]
    assert same(FAMILIES[row["game"]["family"]](row["game"]["params"]), row["expected"]["value"])


def test_no_row_is_left_unanswered():
    assert {row["game"]["family"] for row in ROWS.values()} <= FAMILIES.keys() and len(ROWS) == 2


@pytest.mark.parametrize("n", range(2, 13))
def test_teams_of_any_size(n):
    """1/n each, (2 n - 1) / n^2 of the best; the penalty's two equilibria."""
    assert team({"n": n}) == {"effort": Fraction(1, n), "ratio": Fraction(2 * n - 1, n * n)}
    assert team_penalty({"n": n}) == {"efficient": True, "zero": True}
