"""The conformance rows on contracts and coalitions: each answered by public functions on the game as written in the row.

Expected values are read from the rows only.
"""

import json
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from encompass.games import public_goods
from encompass.games.coalitional_game import CoalitionalGame, least_core, nucleolus
from encompass.games.mechanisms.divide_and_conquer import broadcast_subsidies, rewards
from encompass.games.mechanisms.price_announcements import Externality, GrovesLedyard, PriceAnnouncements
from encompass.games.mechanisms.promises import least_promise
from encompass.games.mechanisms.side_payments import efficiency_is_supportable, solo_payoffs
from encompass.games.normal_form import NormalForm
from encompass.solvers.coalitions.bargaining_solutions import Bargaining
from encompass.solvers.coalitions.sharing import core_is_empty, cost_of_stability, shapley

ROWS = {
    row["id"]: row
    for row in map(json.loads, (Path(__file__).parent / "conformance" / "rows_contracts.jsonl").read_text(encoding="utf-8").splitlines())
}


def table_of(row):
    game = row["game"]
    names = game["actions"]

    def payoff(a):
        return [Fraction(x) for x in game["payoffs"]["|".join(of[k] for of, k in zip(names, a))]]

    return NormalForm.from_function(payoff, names, game["players"])


def tu_of(row):
    game = row["game"]
    players = game["players"]
    return CoalitionalGame.from_dict(players, {tuple(players[int(k) - 1] for k in S.split(",")): v for S, v in game["v"].items()})


def params(row):
    return row["game"]["params"]


def side_payments(row):
    game = table_of(row)
    solos = solo_payoffs(game)
    assert all(solo.exact for solo in solos)
    return {"solo": [solo.lower for solo in solos], "efficient_supportable": efficiency_is_supportable(game)}


def full(game):
    return {"cost": sum(least_promise(game, tuple(size - 1 for size in game.shape)))}


def k_linear(row):
    p = params(row)
    return full(public_goods.linear(p["n"], p["mpcr"], p["E"], p["grid"]).normal_form())


def k_volunteer(row):
    game = public_goods.unequal_volunteers(params(row)["benefit"], params(row)["cost"])
    one = (1,) + (0,) * (len(game.shape) - 1)
    return {"one": {"cost": sum(least_promise(game, one))}, "all": full(game)}


def k_least(row):
    game = table_of(row)
    return min(sum(least_promise(game, z)) for z in game.profiles())


def winter(row):
    p = params(row)
    alpha, n = Fraction(p["alpha"]), p["n"]
    unique, partial = rewards([alpha ** (n - k) for k in range(n + 1)], p["c"])
    return {"unique": list(unique), "partial_each": partial}


def varian(row):
    p = params(row)
    technology = Externality(p["r"], p["a"], 0, p["d"])
    rule = PriceAnnouncements()
    return {"laissez_faire": technology.unregulated, "x": rule.outcome(technology).level, "price": -rule.price(technology)}


def groves_ledyard(row):
    p = params(row)
    game = GrovesLedyard(p["a"], p["b"], p["q"], p["gamma"])
    if "least gamma" in row["answer_format"]:
        return game.supermodular_gamma
    m = game.equilibrium()
    return {"m": list(m), "G": sum(m), "budget_gap": game.budget_gap(m)}


TU = {
    "shapley": lambda game: list(shapley(game)),
    "nucleolus": lambda game: list(nucleolus(game)),
    "core_empty": core_is_empty,
    "eps": lambda game: least_core(game).epsilon,
    "cos": cost_of_stability,
}
ALONE = {"nucleolus": "nucleolus", "cost_of_stability": "cos", "cost_sharing": "shapley"}


def coalitional(row):
    game, wanted = tu_of(row), row["answer_format"]
    return {name: TU[name](game) for name in wanted} if isinstance(wanted, dict) else TU[ALONE[row["topic"]]](game)


def bargaining(row):
    given = Bargaining(np.array(params(row)["vertices"], dtype=object))
    solved = {"nash": given.nash(), "ks": given.kalai_smorodinsky(), "egalitarian": given.egalitarian()}
    return {name: list(point) for name, point in solved.items()}


FAMILIES = {
    "linear_vcm": k_linear,
    "volunteer": k_volunteer,
    "winter": winter,
    "compensation": varian,
    "groves_ledyard": groves_ledyard,
    "broadcast_subsidy": lambda row: broadcast_subsidies(params(row)["n"])[0],
    "bargaining": bargaining,
}
TOPICS = {"side_payments": side_payments, "k_implementation": k_least}


def answer_to(row):
    game = row["game"]
    if game["kind"] == "tu":
        return coalitional
    return FAMILIES.get(game["family"]) if game["kind"] == "family" else TOPICS.get(row["topic"])


def exactly(value):
    if isinstance(value, str):
        return Fraction(value)
    if isinstance(value, dict):
        return {name: exactly(entry) for name, entry in value.items()}
    return [exactly(entry) for entry in value] if isinstance(value, list) else value


@pytest.mark.parametrize("name", ROWS)
def test_row(name):
    row = ROWS[name]
    assert answer_to(row)(row) == exactly(row["expected"]["value"])


def test_no_row_is_left_unanswered():
    assert [name for name, row in ROWS.items() if answer_to(row) is None] == []
