"""The conformance rows on siting auctions, multibidding, standoffs and fair division, answered by public functions.

Expected values are read from the rows only.
"""

import json
import re
from fractions import Fraction
from pathlib import Path

import pytest

import encompass as ec
from encompass.games.environment import own_sites
from encompass.games.mechanisms.auctions import LowBid
from encompass.games.mechanisms.fair_division import (
    accepted_compensations,
    burdens,
    envy_free_payments,
    knaster,
    leftover,
    rent_division,
)
from encompass.games.mechanisms.lindahl import log_lindahl
from encompass.games.mechanisms.multibidding import Multibidding
from encompass.games.mechanisms.private_bids import PrivateBids
from encompass.games.offers_in_turn import offers_in_turn, site_of_path
from encompass.games.siting import consent

ROWS = {
    row["id"]: row
    for row in map(json.loads, (Path(__file__).parent / "conformance" / "rows_auctions.jsonl").read_text(encoding="utf-8").splitlines())
}


def numbers(values):
    return [Fraction(x) for x in values]


def low_bid(row):
    costs = numbers(row["game"]["params"]["costs"])
    game, rule, n = own_sites([0] * len(costs), costs), LowBid(), len(costs)
    outcome = rule.outcome(game)
    host = outcome.alternative - 1
    worst = []  # the payoff that the bid guarantees, over all bids of the others on the default grid
    form = rule.form(game)
    grid = [Fraction(x) for x in form.game.actions[0]]
    bids = rule.bids(game).tolist()
    for i, bid in enumerate(bids):
        own = form.game.table[i].take(grid.index(bid), axis=i).min()
        worst.append(form.game.money(own))
    return {
        "bids": bids,
        "guarantee": worst,
        "host": host + 1,
        "compensation": outcome.transfers[host],
        "payments": [-t for i, t in enumerate(outcome.transfers) if i != host],
        "surplus": -sum(outcome.transfers),
        "n": n,
    }


def private(row):
    play = PrivateBids(row["game"]["params"]["n"])
    a, k = play.line
    return {"a": a, "k": k, "surplus": play.surplus}


def multibid(row):
    values = [numbers(v) for v in row["game"]["params"]["values"]]
    low, high = map(int, re.search(r"\[(-?\d+), ?(-?\d+)\]", row["question"]).groups())
    game = ec.OutcomeGame([[0, *v] for v in values])
    form = Multibidding(status_quo=False, grid=tuple(range(low, high + 1))).form(game)
    answer = ec.solve(form.game, "pure")
    assert answer.complete
    ends = [form.outcome(tuple(mix.index(1) for mix in e.profile)) for e in answer.equilibria]
    by_player = list(zip(*(e.payoffs for e in answer.equilibria)))
    return {
        "projects": sorted({end.alternative - 1 for end in ends}),
        "min_payoffs": [min(p) for p in by_player],
        "max_payoffs": [max(p) for p in by_player],
    }


def damaged(row):
    p = row["game"]["params"]
    d = numbers(p["d"])
    b = numbers(p["b"]) if isinstance(p["b"], list) else [Fraction(p["b"])] * len(d)
    return own_sites(b, d)


def standoff(row):
    game = damaged(row)
    play = consent(game, game.sites)
    form, answer = play.normal_form(), ec.solve(play, "pure")
    assert answer.complete
    ne = [[form.actions[i][mix.index(1)] for i, mix in enumerate(e.profile)] for e in answer.equilibria]
    prices = ec.price_of_anarchy(form)
    whole = {"ne": ne, "opt_welfare": prices.optimum, "poa": prices.poa}
    return whole if isinstance(row["expected"]["value"], dict) else ne


def packages(row):
    game = damaged(row)
    found = {site: accepted_compensations(game, site) for site in game.sites}
    named = {f"interval_{site}": None if pair is None else list(pair) for site, pair in found.items()}
    return named | {"feasible_hosts": [site for site, pair in found.items() if pair is not None]}


def in_turn(row):
    game = damaged(row)
    answer = ec.solve(offers_in_turn(game), "subgame-perfect")
    assert answer.complete
    (host,) = {site_of_path(game, e.profile) for e in answer.equilibria}
    return host


def steinhaus(row):
    costs = numbers(row["game"]["params"]["costs"])
    return {"burdens": burdens(costs, knaster(costs)).tolist(), "leftover": leftover(costs)}


def no_envy(row):
    costs = numbers(row["game"]["params"]["costs"])
    best = min(range(len(costs)), key=lambda i: costs[i])
    found = [envy_free_payments(costs, host) for host in range(len(costs))]
    others = [host + 1 for host, pair in enumerate(found) if pair is not None and host != best]
    return {"interval": list(found[best]), "other_hosts": others}


def rents(row):
    p = row["game"]["params"]
    found = rent_division([numbers(v) for v in p["values"]], p["rent"])
    return {"room_of": list(found.room_of), "value": found.value, "min_utility": found.least, "rents": list(found.rents)}


def shared_prices(row):
    found = log_lindahl(row["game"]["params"]["a"])
    return {"G": found.level, "prices": list(found.prices), "nash_G": found.voluntary}


FAMILIES = {
    "kk_auction": low_bid,
    "kk_bayes": private,
    "multibid2": multibid,
    "standoff": standoff,
    "standoff_transfer": packages,
    "standoff_sequential": in_turn,
    "knaster_chore": steinhaus,
    "envy_free_bad": no_envy,
    "rent_division": rents,
    "lindahl_log": shared_prices,
}


def same(found, wanted):
    if isinstance(wanted, dict):
        return isinstance(found, dict) and all(key in found and same(found[key], wanted[key]) for key in wanted)
    if isinstance(wanted, list) and wanted and isinstance(wanted[0], list):
        return sorted(found) == sorted(wanted)
    if isinstance(wanted, list):
        return len(found) == len(wanted) and all(map(same, found, wanted))
    try:
        return found == (float("inf") if wanted == "inf" else Fraction(wanted))
    except ValueError:
        return found == wanted


def test_no_row_is_left_unanswered():
    assert {row["game"]["family"] for row in ROWS.values()} <= FAMILIES.keys()


@pytest.mark.parametrize("name", sorted(ROWS))
def test_a_row_is_answered_as_expected(name):
    row = ROWS[name]
    found = FAMILIES[row["game"]["family"]](row)
    assert same(found, row["expected"]["value"]), f"{row['question']} found {found}"
