"""The conformance rows on direct mechanisms and their limits, each answered by public functions on the game as written in the row."""

import json
from fractions import Fraction
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from encompass.games.double_auction import gains_beyond, linear_trade
from encompass.games.double_auction import least_subsidy as subsidy_of_trade
from encompass.games.environment import projects
from encompass.games.mechanisms import MECHANISMS
from encompass.games.mechanisms.expected_externality import ExpectedExternality
from encompass.games.mechanisms.pivotal import taxes
from encompass.solvers.design.direct_mechanism import best_mechanism, least_imbalance, least_subsidy

ROWS = {
    row["id"]: row
    for row in map(json.loads, (Path(__file__).parent / "conformance" / "rows_direct.jsonl").read_text(encoding="utf-8").splitlines())
}


def even(*sizes):
    return np.full(sizes, Fraction(1, int(np.prod(sizes))), dtype=object)


def build_or_not(kinds, n, prior=None):
    return projects([[(value,) for value in kinds]] * n, prior)


def pivotal(p):
    choice, paid = taxes(p["values"])
    return {"choice": choice, "taxes": paid, "total": sum(paid)}


def pivotal_deficit(p):
    rule, environment = MECHANISMS["M-06:imposition"], build_or_not(p["grid"], p["n"])
    told = {t: (environment.problem(t), rule.outcome(environment.problem(t))) for t in product(*environment.types)}
    totals = [-sum(outcome.transfers) for _, outcome in told.values()]
    truthful = all(
        game.worth(i, outcome) >= game.worth(i, told[(*t[:i], lie, *t[i + 1 :])][1])
        for t, (game, outcome) in told.items()
        for i in range(p["n"])
        for lie in environment.types[i]
    )
    return {"min_total": min(totals), "max_total": max(totals), "strategyproof": truthful}


def agv(p):
    prior = np.multiply.outer(*[np.array([Fraction(x) for x in p["prob"]], dtype=object)] * 2)
    environment = build_or_not(p["types"], 2, prior)
    rule = ExpectedExternality.of(environment)
    low, high = sorted(range(2), key=lambda k: Fraction(p["types"][k]))
    kinds = environment.types[0]

    def interim(true, said):
        return sum(
            prior.sum(axis=0)[k]
            * environment.problem((kinds[true], other)).worth(0, rule.outcome(environment.problem((kinds[said], other))))
            for k, other in enumerate(kinds)
        )

    return {
        "xi": [rule.externality(environment.problem((kinds[k], kinds[0])), 0) for k in (low, high)],
        "transfer1_high_low": rule.outcome(environment.problem((kinds[high], kinds[low]))).transfers[0],
        "bic": all(interim(k, k) >= interim(k, 1 - k) for k in range(2)),
        "low_interim": interim(low, low),
    }


def bilateral_uniform(_):
    trade = linear_trade()
    return {
        "first_best": gains_beyond(0),
        "subsidy": subsidy_of_trade(),
        "second_best": trade.gains,
        "buyer": list(trade.buyer),
        "seller": list(trade.seller),
    }


def bilateral_discrete(p):
    values = [[(v,) for v in p["buyer"]], [(-Fraction(c),) for c in p["seller"]]]
    environment = projects(values, even(len(p["buyer"]), len(p["seller"])))
    return {"subsidy": least_subsidy(environment), "best_without": best_mechanism(environment).welfare}


def many_agents(p):
    n = p["n"]
    costs = [Fraction(p["percapita"]) * n]
    found = best_mechanism(projects([[(p["low"],), (p["high"],)]] * n, even(*[2] * n), costs))
    return {"probability": found.provision, "welfare": found.welfare}


FAMILIES = {
    "pivotal": pivotal,
    "pivotal_deficit": pivotal_deficit,
    "agv": agv,
    "ms_uniform": bilateral_uniform,
    "ms_discrete": bilateral_discrete,
    "mailath_postlewaite": many_agents,
    "balanced_groves_lp": lambda p: least_imbalance(build_or_not(p["types"], 2, even(*[len(p["types"])] * 2))),
}


def plain(value):
    if isinstance(value, dict):
        return {key: plain(entry) for key, entry in value.items()}
    if isinstance(value, bool | np.bool_):
        return bool(value)
    if isinstance(value, list | tuple | np.ndarray):
        return [plain(entry) for entry in value]
    return str(Fraction(value))


@pytest.mark.parametrize("name", ROWS)
def test_row(name):
    game, expected = ROWS[name]["game"], ROWS[name]["expected"]
    assert plain(FAMILIES[game["family"]](game["params"])) == expected["value"]
