"""The conformance rows on votes, agendas and power: each answered by public functions on the game as written in the row."""

import json
import re
from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest

import encompass as ec
from encompass.games.environment import own_sites
from encompass.games.normal_form import NormalForm
from encompass.games.ranking_profile import RankingProfile, beats, outcome_support
from encompass.games.rights import Quota
from encompass.games.simple_game import quota_game, weighted_game
from encompass.games.siting import vote
from encompass.solvers.coalitions.dominance import iterated_elimination
from encompass.solvers.deliberation.agendas import romer_rosenthal, sincere, sophisticated
from encompass.solvers.deliberation.aggregation import discursive, liberal_paradox, ostrogorski
from encompass.solvers.deliberation.majority import condorcet_winner, impartial_culture
from encompass.solvers.deliberation.power import nakamura_number, power
from encompass.solvers.deliberation.spatial import beating_points, condorcet_points, integer_grid, structure_induced

ROWS = {
    row["id"]: row
    for row in map(json.loads, (Path(__file__).parent / "conformance" / "rows_voting.jsonl").read_text(encoding="utf-8").splitlines())
}


def standoff(row):
    p = row["game"]["params"]
    d = [Fraction(x) for x in p["d"]]
    n, game = len(d), own_sites([Fraction(p["b"])] * len(d), d)

    def passed(rule):
        return sum(tally.passes for tally in vote(game, rule))

    named = re.search(r"q=(\d+)", row["question"])
    q = int(named[1]) if named else n - 1
    strict = beats(outcome_support(game))
    counts = {"unanimity": passed(Quota(n)), "majority": passed(Quota()), f"q{q}": passed(Quota(q))}
    return {**counts, "site_beats_site": any(strict[x, y] for x, y in product(game.sites, repeat=2))}


def profile(row):
    p = row["game"]["params"]
    names = p["alternatives"]
    relation = beats(RankingProfile(names, p["rankings"], p.get("counts")).support)
    listed = re.search(r"agendas ([^(]*)", row["question"])
    orders = [[names.index(x) for x in word] for word in re.findall(r"\b\w{2,}\b", listed[1])] if listed else []
    orders = [order for order in orders if order]
    vote_by = sophisticated if "sophisticated" in row["question"] or "sincere" not in row["question"] else sincere
    winner = condorcet_winner(relation)
    found = {"condorcet": None if winner is None else names[winner]}
    return {**found, "winners": [names[vote_by(relation, order)] for order in orders]}


def plurality(row):
    """Blocs vote as one; the largest total wins, and the lowest index among equals."""
    p = row["game"]["params"]
    names = sorted(p["rankings"][0])

    def winner(ballots):
        return max(names, key=lambda x: (sum(size for size, ballot in zip(p["sizes"], ballots) if ballot == x), -names.index(x)))

    def payoff(profile):
        chosen = winner([names[k] for k in profile])
        return [len(names) - 1 - ranking.index(chosen) for ranking in p["rankings"]]

    game = NormalForm.from_function(payoff, [names] * len(p["sizes"]))
    truth = tuple(names.index(ranking[0]) for ranking in p["rankings"])
    left = iterated_elimination(game, "weak").survivors
    ends = {winner([names[k] for k in profile]) for profile in product(*left)}
    pure = [tuple(mix.index(1) for mix in e.profile) for e in ec.solve(game, "pure").equilibria]
    return {
        "sincere": winner([names[k] for k in truth]),
        "sophisticated": ends.pop() if len(ends) == 1 else sorted(ends),
        "sincere_is_ne": truth in pure,
    }


def power_of(row):
    p = row["game"]["params"]
    index = power(weighted_game(p["weights"], p["quota"])).shapley_shubik
    if "banzhaf" in row["question"].lower():
        index = power(weighted_game(p["weights"], p["quota"])).banzhaf
    if "permanent" in row["answer_format"]:
        heavy = max(p["weights"])
        return {"permanent": index[p["weights"].index(heavy)], "other": index[p["weights"].index(min(p["weights"]))]}
    return list(index)


def spatial(row):
    ideals = row["game"]["params"]["ideals"]
    low, high = map(int, re.search(r"\[(-?\d+),\s*(-?\d+)\]\^", row["question"]).groups())
    grid, sie = integer_grid(low, high, len(ideals[0])), structure_induced(ideals)
    return {
        "sie": list(sie),
        "beaten_by": len(beating_points(ideals, sie, grid)),
        "condorcet_on_grid": bool(condorcet_points(ideals, grid)),
    }


def issues(row):
    found = ostrogorski(row["game"]["params"]["votes"])
    return {"issues": list(found.issues), "party": found.party}


def judges(row):
    found = discursive(row["game"]["params"]["judges"])
    return {"premise": found.premise, "conclusion": found.conclusion}


def sen(row):
    p = row["game"]["params"]
    found = liberal_paradox(p["prefs"], p["rights"])
    return {"relations": [f"{x}>{y}" for x, y in found.relations], "empty_choice": not found.choice}


def simple(row):
    p = row["game"]["params"]
    return quota_game(p["n"], p["q"]) if "q" in p else weighted_game(p["weights"], p["quota"])


def setter(row):
    p = row["game"]["params"]
    return romer_rosenthal(p["m"], p["q"], p["s"])


def culture(row):
    p = row["game"]["params"]
    return impartial_culture(p["voters"], p["alternatives"])


ANSWERS = {
    "standoff_votes": standoff,
    "profile": profile,
    "impartial_culture": culture,
    "pliny": plurality,
    "q_rule": lambda row: nakamura_number(simple(row)),
    "weighted": lambda row: nakamura_number(simple(row)) if row["topic"] == "nakamura" else power_of(row),
    "romer_rosenthal": setter,
    "spatial": spatial,
    "issue_votes": issues,
    "discursive": judges,
    "sen": sen,
}


def same(found, wanted):
    """The same value, exactly."""
    if isinstance(wanted, dict):
        return found.keys() == wanted.keys() and all(same(found[key], wanted[key]) for key in wanted)
    if isinstance(wanted, list):
        return len(found) == len(wanted) and all(map(same, found, wanted))
    if isinstance(wanted, bool) or wanted is None or isinstance(found, bool):
        return found is wanted
    try:
        return found == (float("inf") if wanted == "inf" else Fraction(wanted))
    except (ValueError, TypeError):
        return str(found) == wanted


@pytest.mark.parametrize("name", sorted(ROWS))
def test_a_row_is_answered_as_expected(name):
    row = ROWS[name]
    found = ANSWERS[row["game"]["family"]](row)
    assert same(found, row["expected"]["value"]), f"{row['question']} found {found}"


def test_no_row_is_left_unanswered():
    assert {row["game"]["family"] for row in ROWS.values()} <= set(ANSWERS)
