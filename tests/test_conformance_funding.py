"""The conformance rows on funding: each answered by public functions on the game as written in the row.

Expected values are read from the rows only.
"""

import json
from fractions import Fraction
from functools import cache
from itertools import product
from pathlib import Path

import pytest

from encompass.games import traffic
from encompass.games.fund import Fund, RootGood
from encompass.games.mechanisms.cost_sharing import EqualAccess, serial_shares
from encompass.games.mechanisms.matching import contributed_level
from encompass.games.mechanisms.quadratic_funding import QuadraticFunding, log_equilibrium, quadratic_funding

ROWS = {
    row["id"]: row
    for row in map(json.loads, (Path(__file__).parent / "conformance" / "rows_funding.jsonl").read_text(encoding="utf-8").splitlines())
}


def numbers(values):
    return [Fraction(x) for x in values]


def funding(p):
    if "contributions" in p:
        found = quadratic_funding(numbers(p["contributions"]))
        return {"funding": found.funding, "subsidy": found.subsidy, "contributions": list(found.contributions), "F": found.funding}
    game = RootGood(numbers(p.get("theta", p.get("weights", []))))
    found = QuadraticFunding().outcome(game)
    return {"funding": found.funding, "F": found.funding, "subsidy": found.subsidy, "contributions": list(-found.transfers)}


def logarithmic(p):
    found, alone = log_equilibrium(numbers(p["a"])), contributed_level(numbers(p["a"]))
    return {"c": list(found.contributions), "F": found.funding, "subsidy": found.subsidy, "private": alone}


def serial(p):
    return list(serial_shares(numbers(p["demands"]), lambda q: q * q))


def excludable(p):
    values, cost = numbers(p["values"]), Fraction(p["cost"])
    outcome = EqualAccess().outcome(Fund(values, cost))
    served = int(sum(outcome.served))
    return {"served": served, "price": cost / served if served else 0, "strategyproof": not excludable_lies(values, cost)}


def excludable_lies(values, cost):
    """Whether anybody gains by a misreport, where everybody's value and report is any of the row's or a price, or just beside one."""
    n = len(values)
    steps = {cost / k + shift for k in range(1, n + 1) for shift in (0, Fraction(-1, 100))}
    grid = sorted({Fraction(0), *values, *steps, 2 * cost})
    decided = cache(lambda reports: EqualAccess().outcome(Fund(reports, cost)))
    profiles = product(grid, repeat=n) if len(grid) ** n <= 2_000 else near(values, grid)
    for types in profiles:
        fund = Fund(types, cost)
        now = decided(tuple(types))
        for i, lie in product(range(n), grid):
            told = decided((*types[:i], lie, *types[i + 1 :]))
            if fund.worth(i, told) > fund.worth(i, now):
                return True
    return False


def near(values, grid):
    """The row's values with up to two of them replaced."""
    n = len(values)
    for i, j in product(range(n), repeat=2):
        if i <= j:
            for a, b in product(grid, repeat=2):
                yield tuple(b if k == j else a if k == i else v for k, v in enumerate(values))


def braess(p):
    del p
    network = traffic.braess()
    closed = network.without(len(network.roads) - 1)
    found = {"with": traffic.equilibrium(network).each, "without": traffic.equilibrium(closed).each}
    return found | {"ratio": found["with"] / found["without"]}


def pigou(p):
    del p
    network = traffic.pigou()
    selfish, best = traffic.equilibrium(network).total, traffic.optimum(network).total
    return {
        "equilibrium": selfish,
        "optimum": best,
        "poa": selfish / best,
        "ratio": selfish / best,
        "toll": max(traffic.marginal_tolls(network)),
    }


FAMILIES = {
    "qf": funding,
    "qf_equilibrium": logarithmic,
    "serial": serial,
    "excludable": excludable,
    "braess": braess,
    "pigou": pigou,
}


def answer_of(row):
    found = FAMILIES[row["game"]["family"]](row["game"]["params"])
    wanted = row["expected"]["value"]
    return {key: found[key] for key in wanted} if isinstance(wanted, dict) else found


def same(found, wanted):
    if isinstance(wanted, dict):
        return found.keys() == wanted.keys() and all(same(found[key], wanted[key]) for key in wanted)
    if isinstance(wanted, list):
        return len(found) == len(wanted) and all(map(same, found, wanted))
    return found is wanted if isinstance(wanted, bool) else found == Fraction(wanted)


@pytest.mark.parametrize("name", sorted(ROWS))
def test_a_row_is_answered_as_expected(name):
    row = ROWS[name]
    found = answer_of(row)
    assert same(found, row["expected"]["value"]), f"{row['question']} found {found}"


def test_no_row_is_left_unanswered():
    assert {row["game"]["family"] for row in ROWS.values()} <= set(FAMILIES)
