"""The conformance rows on bargaining, juries and talk, each answered by public functions on the game as written in the row."""

import json
from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest

from encompass.games.deliberation.bargaining import AlternatingOffers, even_council
from encompass.games.deliberation.straw_poll import even_jury
from encompass.games.normal_form import NormalForm
from encompass.solvers.advice.correlated import check_correlated
from encompass.solvers.deliberation.bargains import finite, offers_in_turn, stationary
from encompass.solvers.deliberation.juries import majority_correct, pooled, sincere_voting, unanimity_limit
from encompass.solvers.deliberation.talk import partition
from encompass.solvers.solve import solve

ROWS = {
    row["id"]: row
    for row in map(json.loads, (Path(__file__).parent / "conformance" / "rows_bargaining.jsonl").read_text(encoding="utf-8").splitlines())
}


def council(p):
    return even_council(int(p["n"]), int(p["q"]), p["delta"], floor=0)


def jury(p):
    return even_jury(int(p["n"]), p["q"], p["p"])


def shares_of_many(p):
    discounts = p["d"] if isinstance(p["d"], list) else [p["d"]] * int(p["n"])
    return offers_in_turn(AlternatingOffers(tuple(map(Fraction, discounts))))[0]


def straw_poll(p):
    errors = pooled(jury(p))
    return {"convict_innocent": errors.convict_innocent, "acquit_guilty": errors.acquit_guilty}


def sincere(p):
    found = sincere_voting(jury(p))
    return {"sincere_is_ne": found.is_equilibrium, "pivotal_posterior": found.pivotal_innocent}


def talk(p):
    found = partition(p["b"])
    return {"N": len(found.actions), "boundaries": found.boundaries}


FAMILIES = {
    "baron_ferejohn": lambda p: stationary(council(p)).bargain.keeps(0),
    "baron_ferejohn_finite": lambda p: finite(council(p), int(p["sessions"]))[0].keeps(0),
    "rubinstein": lambda p: offers_in_turn(AlternatingOffers((Fraction(p["d1"]), Fraction(p["d2"]))))[0][0],
    "rubinstein_n": shares_of_many,
    "jury_majority": lambda p: majority_correct(int(p["n"]), p["p"]),
    "fp_limit": lambda p: unanimity_limit(p["p"], p["q"]).convict_innocent,
    "jury_pooled": straw_poll,
    "fp_sincere_ne": sincere,
    "crawford_sobel": talk,
}


def normal_form(game):
    labels = game["actions"]
    return NormalForm.from_function(
        lambda a: [Fraction(x) for x in game["payoffs"]["|".join(names[k] for names, k in zip(labels, a))]], labels, game["players"]
    )


def correlated(game, device):
    found = check_correlated(game, device)
    return {"is_ce": found.regret <= 0, "payoffs": list(found.payoffs)}


def chicken_device(game):
    """Aumann's device: equal chances of the three profiles other than the one in which both dare."""
    return [(profile, Fraction(1, 3)) for profile in product(range(2), repeat=2) if any(game.payoffs(profile))]


def half_half(game):
    """Aumann's third player does not learn what the other two have tossed: (T, L, B) and (B, R, B)."""
    return [((0, 0, 1), Fraction(1, 2)), ((1, 1, 1), Fraction(1, 2))]


def answer(row):
    game = row["game"]
    if game["kind"] == "family":
        return FAMILIES[game["family"]](game["params"])
    played = normal_form(game)
    if "Nash equilibria of chicken" in row["question"]:
        found = solve(played, "nash")
        assert found.complete
        return [[list(mix) for mix in e.profile] for e in found.equilibria]
    if row["answer_format"].startswith("{is_ce"):
        return correlated(played, chicken_device(played))
    return {
        "ne_payoffs": sorted({tuple(e.payoffs) for e in solve(played, "pure").equilibria}),
        "ce": correlated(played, half_half(played)),
        "best": solve(played, "correlated", objective="welfare").welfare,
    }


def plain(value):
    if isinstance(value, dict):
        return {key: plain(entry) for key, entry in value.items()}
    if isinstance(value, bool):
        return value
    if isinstance(value, list | tuple):
        return [plain(entry) for entry in value]
    return str(Fraction(value))


def agrees(found, expected):
    if expected["type"] == "set":
        return sorted(plain(found)) == sorted(expected["value"])
    value = expected["value"]
    if isinstance(value, dict) and "approx" in value:
        digits = len(value["approx"].partition(".")[2])
        exact = value["expr"].replace(" ", "").replace("(Rational(", "").replace("Rational(", "").replace(")", "").split("**")
        base, exponent = (Fraction(*map(int, part.split(","))) for part in exact)
        return (found.base, found.exponent) == (base, exponent) and abs(float(found) - float(value["approx"])) <= 10**-digits
    return plain(found) == value


@pytest.mark.parametrize("name", ROWS)
def test_row(name):
    assert agrees(answer(ROWS[name]), ROWS[name]["expected"])


def test_no_row_is_left_unanswered():
    families = {row["game"]["family"] for row in ROWS.values() if row["game"]["kind"] == "family"}
    assert families == FAMILIES.keys() and all(row["game"]["kind"] in ("family", "normal_form") for row in ROWS.values())
