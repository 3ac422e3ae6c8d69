"""The conformance rows on lotteries, packages and vote trading: each answered by public functions on the game as written in the row.

Expected values are read from the rows only.
"""

import json
from fractions import Fraction
from pathlib import Path

import pytest

from encompass.games.environment import own_sites
from encompass.games.mechanisms.lottery import SiteLottery
from encompass.games.mechanisms.package import VoteTrading, acceptable_packages
from encompass.games.outcome_game import OutcomeGame

ROWS = {
    row["id"]: row
    for row in map(json.loads, (Path(__file__).parent / "conformance" / "rows_burdens.jsonl").read_text(encoding="utf-8").splitlines())
}


def standoff_lottery(p):
    damages = [Fraction(d) for d in p["d"]]
    game = own_sites([Fraction(p["b"])] * len(damages), damages)
    expected = game.utilities @ SiteLottery("uniform").outcome(game).lottery
    return {
        "payoffs": list(expected),
        "ex_ante_unanimous": bool(min(expected) > 0),
        "ex_post_consent": [str(bool(game.utilities[i, site] >= 0)) for site, i in zip(game.sites, game.hosts)],
    }


def package(p):
    facilities = [[Fraction(x) for x in row] for row in p["benefits"]]
    names = [chr(ord("X") + k) if k < 3 else f"F{k + 1}" for k in range(len(facilities))]
    game = OutcomeGame([[0, *gains] for gains in zip(*facilities)], ("x0", *names))
    return [list(chosen) for chosen in acceptable_packages(game)]


def vote_trading(p):
    trades = VoteTrading({(int(pair[0]) - 1, int(pair[1]) - 1): list(map(Fraction, gains)) for pair, gains in p["trades"].items()})
    everybody = trades.utilities((1,) * len(trades.pairs))
    return {"all": list(everybody), "pair_gain": list(trades.member_gains()), "pareto_worse": all(u < 0 for u in everybody)}


FAMILIES = {"standoff_lottery": standoff_lottery, "package": package, "vote_trading": vote_trading}


def answer_of(row):
    return FAMILIES[row["game"]["family"]](row["game"]["params"])


def same(found, wanted):
    if isinstance(wanted, dict):
        return isinstance(found, dict) and found.keys() == wanted.keys() and all(same(found[key], wanted[key]) for key in wanted)
    if isinstance(wanted, list) and any(isinstance(entry, list) for entry in wanted):
        return sorted(map(sorted, found)) == sorted(map(sorted, wanted))
    if isinstance(wanted, list):
        return len(found) == len(wanted) and all(map(same, found, wanted))
    if isinstance(wanted, bool) or isinstance(found, bool):
        return found is wanted
    try:
        return Fraction(found) == Fraction(wanted)
    except ValueError:
        return found == wanted


@pytest.mark.parametrize("name", ROWS)
def test_row(name):
    assert same(answer_of(ROWS[name]), ROWS[name]["expected"]["value"])


def test_no_row_is_left_unanswered():
    assert {row["game"]["family"] for row in ROWS.values()} <= FAMILIES.keys() and len(ROWS) == 4
