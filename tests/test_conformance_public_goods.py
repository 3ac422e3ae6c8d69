"""The open conformance rows on public goods and other families: each answered by public functions on the game as written in the row.

Expected values are read from the rows only. A row names its game by family and parameters; what it asks stands in its question.
"""

import json
from fractions import Fraction
from itertools import permutations, product
from pathlib import Path

import pytest

from encompass.games import (
    commons,
    congestion,
    networks,
    participation,
    provision_point,
    public_goods,
    punishment,
    sequential,
    social_preferences,
)
from encompass.games.counted_game import RoleSymmetricGame
from encompass.games.normal_form import NormalForm
from encompass.solvers.coalitions.coalition_proof import coalition_proof
from encompass.solvers.coalitions.coalitions import strict_equilibria, strong_equilibria
from encompass.solvers.coalitions.counted_coalitions import least_profitable
from encompass.solvers.coalitions.dominance import dominant_actions, iterated_elimination
from encompass.solvers.coalitions.security import security
from encompass.solvers.counted.symmetric_equilibria import solve_symmetric_only
from encompass.solvers.dynamics.cascade import cascade
from encompass.solvers.dynamics.repeated import critical_discount
from encompass.solvers.moves import aggregative, continuous_goods, network_efforts
from encompass.solvers.moves.subgame_perfect import solve_subgame_perfect
from encompass.solvers.pure import pure_profiles
from encompass.solvers.structure.price_of_anarchy import price_of_anarchy
from encompass.solvers.two_player.bimatrix import solve_bimatrix

FOLDER = Path(__file__).parent / "conformance"
ROWS = {
    row["id"]: row
    for name in ("rows_public_goods.jsonl", "rows_families.jsonl")
    for row in map(json.loads, (FOLDER / name).read_text(encoding="utf-8").splitlines())
}
UNORDERED = ("ne", "strict", "strong", "cpne", "opt", "eqs")


# Games, by family, from the parameters of a row.


def linear_vcm(p):
    return public_goods.linear(p["n"], p["mpcr"], p["E"], p["grid"])


def from_table(game):
    actions = game["actions"]
    return NormalForm.from_function(
        lambda a: [Fraction(x) for x in game["payoffs"]["|".join(names[k] for names, k in zip(actions, a))]], actions, game["players"]
    )


def two_by_two(base):
    """A symmetric two-player game from what the first player gets."""
    rows = [[Fraction(base[x + y]) for y in "CD"] for x in "CD"]
    return NormalForm.from_arrays(rows, [list(column) for column in zip(*rows)], actions=["CD", "CD"])


def travellers(p):
    claims = range(p["lo"], p["hi"] + 1)
    bonus = Fraction(p["bonus"])

    def payoff(a):
        low = min(claims[k] for k in a)
        return [low + bonus * ((claims[x] < claims[y]) - (claims[x] > claims[y])) for x, y in (a, a[::-1])]

    return NormalForm.from_function(payoff, [list(map(str, claims))] * 2)


def guess(p):
    def payoff(a):
        off = [abs(x - Fraction(p["p"]) * sum(a) / p["n"]) for x in a]
        return [Fraction(int(d == min(off)), off.count(min(off))) for d in off]

    return NormalForm.from_function(payoff, [list(map(str, range(p["hi"] + 1)))] * p["n"])


def bagwell(p):
    """The leader plays S or C; the follower sees the truth with probability 1 - eps and answers what it sees."""
    eps, pays = Fraction(p["eps"]), {"SS": (5, 2), "SC": (3, 1), "CS": (6, 3), "CC": (4, 4)}
    replies = ["SS", "SC", "CS", "CC"]  # to the signal s, to the signal c

    def payoff(a):
        own, reply = "SC"[a[0]], replies[a[1]]
        seen, mistaken = (reply[0], reply[1]) if own == "S" else (reply[1], reply[0])
        return [(1 - eps) * x + eps * y for x, y in zip(pays[own + seen], pays[own + mistaken])]

    return NormalForm.from_function(payoff, [["S", "C"], replies])


def kuhn():
    """Kuhn's poker: three cards, ante 1, bet 1. First: by card pass-fold, pass-call or bet; second: by card its answers to both."""
    deals = list(permutations(range(3), 2))
    first = list(product(("pass-fold", "pass-call", "bet"), repeat=3))
    second = list(product(product(("pass", "bet"), ("fold", "call")), repeat=3))  # to a pass, to a bet

    def won(x, y, one, two):
        wins, (to_pass, to_bet) = 1 if x > y else -1, two
        if one == "bet":
            return 2 * wins if to_bet == "call" else 1
        return wins if to_pass == "pass" else 2 * wins if one == "pass-call" else -1

    def payoff(a):
        value = Fraction(sum(won(x, y, first[a[0]][x], second[a[1]][y]) for x, y in deals), len(deals))
        return [value, -value]

    return NormalForm.from_function(payoff, [[" ".join(s) for s in first], [" ".join(map(" ".join, s)) for s in second]])


FAMILIES = {
    "linear_vcm": linear_vcm,
    "fehr_schmidt_vcm": lambda p: social_preferences.fehr_schmidt(linear_vcm(p).normal_form(), p["alpha"], p["beta"]),
    "falkinger": lambda p: social_preferences.falkinger(linear_vcm(p), p["grid"], p["beta"]),
    "threshold_binary": lambda p: public_goods.threshold(p["n"], p["w"], p["benefit"], p["cost"], p["refund"]),
    "bagnoli_lipman": lambda p: provision_point.provision_point(p["values"], p["cost"], p["grid"]),
    "min_effort": lambda p: public_goods.weakest_link(p["n"], p["a"], p["b"], p["c"], p["grid"]),
    "best_shot_units": lambda p: public_goods.best_shot_units(p["n"], p["marginal_values"], p["unit_cost"]),
    "cpr_symmetric": lambda p: commons.pool_of_tokens(p["n"], p["A"], p["B"], p["w"], p["max_tokens"]),
    "cpr_quadratic": lambda p: commons.common_pool(p["n"], p["A"], p["B"], p["w"], p["grid"]),
    "ostrom_enforcement": lambda p: two_by_two(p["base"]),
    "dac": lambda p: provision_point.assurance_contract(p["n"], p["K"], p["V"], p["S"], p["bonus"]),
    "best_shot_graph": lambda p: networks.best_shot_graph(p["n"], p["edges"], p["b"], p["c"]),
    "collective_risk": lambda p: public_goods.collective_risk(p["n"], p["E"], p["threshold"], p["loss_probability"], p["grid"]),
    "santos_pacheco": lambda p: public_goods.risky_threshold(p["n"], p["M"], p["b"], p["c"], p["r"]),
    "hardin_npd": lambda p: public_goods.hardin(p["n"], p["ratio"]),
    "seq_pg": lambda p: public_goods.quadratic(p["a"], p["max"]),
    "institution_participation": lambda p: participation.institution(p["n"], p["mpcr"], p["E"], p["c"]),
    "dixit_olson": lambda p: participation.dixit_olson(p["n"], p["V"], p["C"]),
    "iea": lambda p: participation.agreement(p["n"], p["b"], p["c"]),
    "travelers_dilemma": travellers,
    "guess_fraction": guess,
    "minority": lambda p: congestion.minority(p["n"]),
    "el_farol": lambda p: congestion.el_farol(p["n"], p["capacity"], p["good"], p["bad"], p["home"]),
    "congestion": lambda p: congestion.congestion(p["strategies"], p.get("lin"), p.get("share")),
    "scheduling": lambda p: congestion.scheduling(p["jobs"], p["machines"]),
    "bagwell": bagwell,
    "kuhn_poker": lambda p: kuhn(),
    "granovetter": lambda p: participation.threshold_crowd(p["thresholds"]),
}


def volunteers(p):
    alike = len(set(p["benefit"])) == len(set(p["cost"])) == 1
    if alike:
        return public_goods.volunteers_dilemma(len(p["cost"]), p["benefit"][0], p["cost"][0])
    return public_goods.unequal_volunteers(p["benefit"], p["cost"])


def game_of(row):
    game = row["game"]
    if game["kind"] == "normal_form":
        return from_table(game)
    return (volunteers if game["family"] == "volunteer" else FAMILIES[game["family"]])(game["params"])


# Answers to what is asked again and again.


def table(game):
    return game.normal_form() if isinstance(game, RoleSymmetricGame) else game


def named(game, profiles):
    return [[names[a] for names, a in zip(game.actions, profile)] for profile in profiles]


def ne(game):
    return named(table(game), pure_profiles(table(game)))


def strong(game):
    return named(table(game), strong_equilibria(table(game)))


def cpne(game):
    return named(table(game), coalition_proof(table(game)))


def best(game):
    game = table(game)
    return [a for a in game.profiles() if game.welfare[a] == game.welfare.max()]


def at(game, player, *labels):
    game = table(game)
    return game.payoffs([names.index(x) for names, x in zip(game.actions, labels, strict=True)])[player]


def sizes(game):
    found = [sum(a) for a in pure_profiles(table(game))]
    return {"count": str(len(found)), "sizes": sorted(set(found))}


def is_ne(game, *labels, strict=False):
    game = table(game)
    profile = tuple(names.index(x) for names, x in zip(game.actions, labels, strict=True))
    return profile in map(tuple, (strict_equilibria if strict else pure_profiles)(game))


def efficiency(game):
    game = table(game)
    (equilibrium,) = pure_profiles(game)
    top = game.payoffs(best(game)[0])
    return {
        "ne": named(game, [equilibrium]),
        "ne_payoff": game.payoffs(equilibrium)[0],
        "optimum_payoff": top[0],
        "efficiency": 1 / price_of_anarchy(game).poa,
    }


def tokens(row, game):
    alike, (totals, most) = aggregative.symmetric_amounts(game), aggregative.best_totals(game)
    return {"ne_each": list(alike.amounts), "optimum_total": list(totals), "efficiency": alike.payoffs[0] * game.n / most}


def provision(row):
    p = row["game"]["params"]
    found = continuous_goods.private_provision(p["a"], p["wealth"], p.get("gov", 0))
    return {"G": found.total, "g": list(found.gifts), "ratio": found.ratio}


def fehr_gaechter(row):
    p = row["game"]["params"]
    g, free = [Fraction(x) for x in p["contributions"]], p["contributions"].index("0")
    first = punishment.first_stage(g, p["mpcr"], p["E"])
    reformed = punishment.first_stage([p["E"]] * p["n"], p["mpcr"], p["E"])[free]
    points = [[int(j == free and i != free) for j in range(p["n"])] for i in range(p["n"])]
    return {
        "stage1": list(first),
        "least_points": str(punishment.least_points(first[free], reformed)),
        "final": list(punishment.incomes(first, points, p["cost_table"])),
    }


def without_anger(row):
    p = row["game"]["params"]
    answer = solve_subgame_perfect(punishment.contribute_then_punish(p["n"], p["mpcr"], p["E"], [0, int(p["E"])]))
    assert answer.complete
    (equilibrium,) = answer.equilibria
    gifts, anger = (entry["moves"].values() for entry in equilibrium.profile)
    (income,) = set(equilibrium.payoffs)
    return {"points": str(sum(int(x) for a in anger for x in a.split(","))), "contributions": sum(map(Fraction, gifts)), "income": income}


def in_turn(row):
    """The subgame-perfect outcome with player 1 first: what each does, by player, and the payoffs."""
    answer = solve_subgame_perfect(sequential.one_by_one(table(game_of(row))))
    assert answer.complete
    (equilibrium,) = answer.equilibria
    return [x for entry in equilibrium.profile for x in entry["moves"].values()], list(equilibrium.payoffs)


def tullock(row):
    V = row["game"]["params"]["V"]
    found = continuous_goods.tullock(V)
    return {"x": list(found.efforts), "dissipation": found.dissipation(V[0])}


def hardin(row):
    game, n = game_of(row), row["game"]["params"]["n"]
    pay, defect = ["pay"] * n, ["defect"] * n
    return {
        "ne": ne(game),
        "all": at(game, 0, *pay),
        "lone_payer": at(game, 0, "pay", *defect[1:]),
        "lone_rider": at(game, 0, "defect", *pay[1:]),
    }


def grim(row):
    game = table(game_of(row))
    n = len(game.players)
    return critical_discount(game, (1,) * n, (0,) * n).delta


def symmetric(game):
    """All symmetric equilibria of a counted game, as the probability of the second action."""
    answer = solve_symmetric_only(game)
    assert answer.complete
    return sorted(part["strategy"][1] for e in answer.equilibria for part in e.profile)


def volunteering(row):
    (p,) = symmetric(game_of(row))
    return {"p": p, "nobody": (1 - p) ** len(row["game"]["params"]["cost"])}


def costs(game):
    found = price_of_anarchy(game, costs=True)
    return {"poa": found.poa, "pos": found.pos}


def makespans(row):
    game, (jobs, machines) = game_of(row), row["game"]["params"].values()
    least = congestion.best_makespan(jobs, machines)

    def worst(profiles):
        return max(max(congestion.loads([Fraction(j) for j in jobs], machines, a)) for a in profiles) / least

    return {"poa": worst(pure_profiles(game)), "strong_poa": worst(strong_equilibria(game))}


def observed_leader(row):
    game = game_of(row)
    mixed = {e.profile[0][0] for e in solve_bimatrix(game).equilibria}
    return {"pure": ne(game), "mixed_S": sorted(p for p in mixed if 0 < p < 1)}


def survivors(row, kind):
    game = game_of(row)
    return [[names[a] for a in left] for names, left in zip(game.actions, iterated_elimination(game, kind).survivors)]


ANSWERS = {
    "pg-vcm-01": lambda r: efficiency(game_of(r)),
    "pg-vcm-02": lambda r: efficiency(game_of(r)),
    "pg-vcm-03": lambda r: str(least_profitable(game_of(r))),
    "pg-vcm-06": fehr_gaechter,
    "pg-vcm-07": without_anger,
    "pg-vcm-09": grim,
    "pg-vcm-10": lambda r: {"strong": strong(game_of(r)), "cpne": cpne(game_of(r)), "poa": price_of_anarchy(table(game_of(r))).poa},
    "pg-fs-01": lambda r: ne(game_of(r)),
    "pg-fs-04": lambda r: {
        "dominant": [[game_of(r).actions[i][a] for a in own] for i, own in enumerate(dominant_actions(game_of(r)))],
        "ne": ne(game_of(r)),
    },
    "pg-falk-01": lambda r: {
        "ne": ne(game_of(r)),
        "transfers_sum": sum(social_preferences.falkinger_transfers([20, 10, 0, 0], r["game"]["params"]["beta"])),
    },
    "pg-falk-02": lambda r: ne(game_of(r)),
    "pg-falk-03": lambda r: str(len(ne(game_of(r)))),
    "pg-pr-01": lambda r: ne(game_of(r)),
    "pg-bl-01": lambda r: [a for a in ne(game_of(r)) if sum(map(Fraction, a)) >= Fraction(r["game"]["params"]["cost"])],
    "pg-bl-02": lambda r: {"strong": strong(game_of(r)), "zero_is_ne": is_ne(game_of(r), "0", "0")},
    "pg-bl-03": lambda r: strong(game_of(r)),
    "pg-vh-01": lambda r: ne(game_of(r)),
    "pg-vh-02": lambda r: {
        "strong": strong(game_of(r)),
        "cpne": cpne(game_of(r)),
        "pay777": at(game_of(r), 0, "7", "7", "7"),
        "pay111": at(game_of(r), 0, "1", "1", "1"),
        "pay711": at(game_of(r), 0, "7", "1", "1"),
        "maxmin": security(table(game_of(r)), 0).pure_maximin,
    },
    "pg-vh-03": lambda r: {
        "ne": str(len(ne(game_of(r)))),
        "weakly_dominant": [[table(game_of(r)).actions[0][a] for a in own] for own in dominant_actions(table(game_of(r)), strict=False)],
    },
    "pg-hh-02": lambda r: dict(zip(("outcome", "payoffs"), in_turn(r))),
    "pg-hi-01": lambda r: {"ne": ne(game_of(r)), "opt": named(game_of(r), best(game_of(r))), "poa": price_of_anarchy(game_of(r)).poa},
    "pg-vol-05": lambda r: {
        "ne": str(len(ne(game_of(r)))),
        "opt": str(len(best(game_of(r)))),
        "pos": price_of_anarchy(table(game_of(r))).pos,
    },
    "pg-cpr-01": lambda r: tokens(r, game_of(r)),
    "pg-cpr-03": lambda r: tokens(r, game_of(r)),
    "pg-cpr-04": lambda r: ne(game_of(r)),
    "pg-os-02": lambda r: ne(game_of(r)),
    "pg-os-04": lambda r: punishment.accuracy_needed(game_of(r), r["game"]["params"]["penalty"]),
    "pg-dac-02": lambda r: sizes(game_of(r)),
    "pg-bk-01": lambda r: ne(game_of(r)),
    "pg-bk-02": lambda r: str(len(ne(game_of(r)))),
    "pg-bk-04": lambda r: [list(map(str, a)) for a in networks.stable_specialised(*map(r["game"]["params"].get, ("n", "edges")))],
    "pg-bk-06": lambda r: network_efforts.distributed(r["game"]["params"]["n"], r["game"]["params"]["edges"]).efforts[0],
    "pg-mil-03": lambda r: {
        "fair": is_ne(game_of(r), *["20"] * 6),
        "zero": is_ne(game_of(r), *["0"] * 6),
        "zero_payoff": at(game_of(r), 0, *["0"] * 6),
        "fair_strict": is_ne(game_of(r), *["20"] * 6, strict=True),
    },
    "pg-sp-02": lambda r: dict(zip("xr", public_goods.critical_risk(*(r["game"]["params"][k] for k in ("n", "M", "c"))))),
    "pg-ha-01": hardin,
    "pg-ha-03": lambda r: {"ne": ne(game_of(r)), "k": str(least_profitable(game_of(r)))},
    "pg-bbv-01": provision,
    "pg-bbv-03": provision,
    "pg-bbv-04": provision,
    "pg-var-01": lambda r: sorted({sum(a) for a in pure_profiles(game_of(r))}),
    "pg-var-02": lambda r: in_turn(r)[0],
    "pg-kor-03": lambda r: {
        "member": at(game_of(r), 0, "in", "in", "in", "out"),
        "outsider": at(game_of(r), 3, "in", "in", "in", "out"),
        "ne": str(len(ne(game_of(r)))),
    },
    "pg-do-01": lambda r: sizes(game_of(r)),
    "pg-ba-01": lambda r: [m for m in participation.stable_sizes(game_of(r)) if m >= 2],
    "pg-gr-01": lambda r: str(cascade(r["game"]["params"]["thresholds"]).acting),
    "pg-gr-03": lambda r: ne(game_of(r)),
    "pg-tul-01": tullock,
}
ANSWERS |= {
    name: lambda r: symmetric(game_of(r))
    for name in ("pg-pr-05", "pg-pr-06", "pg-pr-07", "pg-vol-01", "pg-dac-03", "pg-sp-01", "pg-sp-03", "pg-do-02")
}
ANSWERS |= {
    "pg-vol-02": volunteering,
    "pg-vol-03": volunteering,
    "eq-cl-07": lambda r: {"ne": ne(game_of(r)), "poa": price_of_anarchy(game_of(r)).poa},
    "eq-cl-09": lambda r: ne(game_of(r)),
    "eq-cl-10": lambda r: ne(game_of(r)),
    "eq-cl-11": observed_leader,
    "eq-cl-12": lambda r: security(game_of(r), 0).maximin,
    "eq-cl-14": lambda r: survivors(r, "weak"),
    "eq-do-03": lambda r: survivors(r, "strict"),
    "eq-mi-02": lambda r: {"ne": str(len(ne(game_of(r)))), "sym": symmetric(game_of(r))},
    "eq-el-02": lambda r: {"ne": str(len(ne(game_of(r)))), "sym": symmetric(game_of(r))},
    "eq-pa-01": lambda r: costs(game_of(r)),
    "eq-pa-03": lambda r: costs(game_of(r)),
    "eq-pa-04": lambda r: congestion.mixed_makespan_ratio(*r["game"]["params"].values()),
    "eq-pa-06": makespans,
    "eq-pa-07": makespans,
}


def agrees(answer, expected, key=None):
    """Whether an answer is what a row expects: numbers exactly, or as near as the decimals that are given."""
    if isinstance(expected, dict) and "decimal" in expected:
        return abs(answer - Fraction(expected["decimal"])) <= Fraction(expected["tol"])
    if isinstance(expected, dict) and "approx" in expected:
        digits = len(expected["approx"].partition(".")[2])
        return abs(Fraction(answer) - Fraction(expected["approx"])) <= Fraction(1, 10**digits)
    if isinstance(expected, dict):
        return answer.keys() == expected.keys() and all(agrees(answer[k], v, k) for k, v in expected.items())
    if isinstance(expected, list):
        answer = sorted(map(list, answer)) if key in UNORDERED else answer
        expected = sorted(expected) if key in UNORDERED else expected
        return len(answer) == len(expected) and all(map(agrees, answer, expected))
    if isinstance(expected, bool) or isinstance(answer, str):
        return answer == expected
    return Fraction(answer) == Fraction(expected)


@pytest.mark.parametrize("name", sorted(ANSWERS))
def test_row(name):
    row = ROWS[name]
    expected = row["expected"]
    key = "ne" if expected["type"] == "set" else None  # the whole answer is a set
    answer = ANSWERS[name](row)
    assert agrees(answer, expected["value"], key), answer


def test_every_row_is_answered():
    assert set(ROWS) == set(ANSWERS)
