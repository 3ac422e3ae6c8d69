"""The conformance rows on equilibria and decompositions: each answered by public functions on the game as written in the row.

Expected values are read from the rows only.
"""

import json
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest

import encompass as ec
from encompass.games import public_goods
from encompass.games.normal_form import NormalForm
from encompass.solvers.coalitions.security import maximin_profiles, security
from encompass.solvers.structure.candogan import candogan
from encompass.solvers.structure.decomposition import common_and_zero_sum
from encompass.solvers.structure.improvement_paths import is_weakly_acyclic
from encompass.solvers.structure.potential import is_exact_potential_game
from encompass.solvers.structure.two_by_two import ordinal_games, taxonomy

ROWS = {
    row["id"]: row
    for row in map(json.loads, (Path(__file__).parent / "conformance" / "rows_equilibria.jsonl").read_text(encoding="utf-8").splitlines())
}


# Games


def table(payoff, actions, players=None):
    return NormalForm.from_function(payoff, actions, players)


def written(game):
    names = game["actions"]
    return table(lambda a: [Fraction(x) for x in game["payoffs"]["|".join(row[k] for row, k in zip(names, a))]], names, game["players"])


def cournot(p):
    grid = [Fraction(x) for x in p["grid"]]
    a, c = Fraction(p["a"]), Fraction(p["c"])

    def payoff(profile):
        q = [grid[k] for k in profile]
        return [x * (a - sum(q) - c) for x in q]

    return table(payoff, [p["grid"]] * p["n"])


def cooperators(p):
    b, c = Fraction(p["b"]), Fraction(p["c"])
    return table(lambda a: [b * (sum(a) - x) - c * x for x in a], [("defect", "cooperate")] * p["n"])


def travellers(p):
    claims, bonus = range(p["lo"], p["hi"] + 1), Fraction(p["bonus"])

    def payoff(a):
        low = min(claims[k] for k in a)
        return [low + bonus * ((x < y) - (x > y)) for x, y in (a, a[::-1])]

    return table(payoff, [list(map(str, claims))] * 2)


FAMILIES = {
    "linear_vcm": lambda p: public_goods.linear(p["n"], p["mpcr"], p["E"], p["grid"]).normal_form(),
    "threshold_binary": lambda p: public_goods.threshold(p["n"], p["w"], p["benefit"], p["cost"], p["refund"]).normal_form(),
    "apt_public_goods": lambda p: public_goods.linear(p["n"], Fraction(p["c"]) / p["n"], p["b"], p["grid"]).normal_form(),
    "cournot_grid": cournot,
    "apt_npd": cooperators,
    "travelers_dilemma": travellers,
    "identity_coordination": lambda p: ec.two_player(*[[[int(i == j) for j in range(p["k"])] for i in range(p["k"])]] * 2),
}


def game_of(row):
    game = row["game"]
    return written(game) if game["kind"] == "normal_form" else FAMILIES[game["family"]](game["params"])


# Answers, by what is asked


def named(game, profile):
    return [names[k] for names, k in zip(game.actions, profile)]


def pure_of(game, equilibrium):
    return named(game, [mix.index(1) for mix in equilibrium.profile])


def profiles(game, concept, **options):
    answer = ec.solve(game, concept, **options)
    assert answer.complete
    return [pure_of(game, e) for e in answer.equilibria]


def extreme(game):
    answer = ec.solve(game, "nash")
    assert answer.complete and ec.verify(answer.certificate).valid
    return answer


def summary(game):
    answer = extreme(game)
    return {
        "count": len(answer.equilibria),
        "nondegenerate": ec.extreme_equilibria(game).nondegenerate,
        "components": len(answer.components),
    }


def by_profile(game, values):
    return {"|".join(named(game, a)): values[a] for a in game.profiles()}


def by_player(game, values):
    return {"|".join(named(game, a)): [values[(i, *a)] for i in range(len(game.players))] for a in game.profiles()}


def norms(game):
    flow = candogan(game)
    return {"flow2": flow.flow2, "potential2": flow.potential2, "harmonic2": flow.harmonic2}


def best(game, concept="correlated", **options):
    answer = ec.solve(game, concept, **options)
    assert answer.complete and ec.verify(answer.certificate).valid
    return answer


def grim(game):
    return ec.critical_discount(game, (0,) * len(game.players)).delta


def three_players(game):
    """Isolated equilibria and support patterns with infinitely many of them."""
    answer = ec.solve(game, "nash")
    assert answer.complete
    return answer


def how_mixed(game):
    sizes = Counter(sum(max(mix) < 1 for mix in e.profile) for e in three_players(game).equilibria)
    n = len(game.players)
    return {"pure": sizes[0], "partly_mixed_isolated": sum(sizes[k] for k in range(1, n)), "totally_mixed_isolated": sizes[n]}


def poa(game, name):
    return getattr(ec.price_of_anarchy(game), name)


def two_by_two_class(game):
    found = ec.classify(game)
    return {"class": found.name, "pure_ne": len(found.pure_equilibria), "maximin_is_ne": found.maximin_is_ne}


def risk(game):
    found = ec.risk_dominance(game, (0, 0), (1, 1))
    mixed = next(e for e in extreme(game).equilibria if max(e.profile[0]) < 1)
    return {"mixed": list(mixed.profile[0]), "risk_dominant": named(game, found.dominant), "products": by_products(game, found)}


def by_products(game, found):
    return {"|".join(named(game, a)): product for a, product in zip(((0, 0), (1, 1)), found.products)}


def isolated(game):
    answer = three_players(game)
    probs = sorted([mix[0] for mix in e.profile] for e in answer.equilibria)
    return {"isolated": len(answer.equilibria), "continua": len(answer.components), "probs": probs}


def own(game, player, **options):
    return best(game, objective="player", player=player, **options).equilibria[0].payoffs[player]


def dominant_count(row):
    del row
    found = Counter(sum(d is not None for d in kind.dominant) for kind in ordinal_games())
    return {"both": found[2], "one": found[1], "none": found[0]}


PARTS = {
    "ne": lambda g: profiles(g, "pure"),
    "strict": lambda g: profiles(g, "strict"),
    "strong": lambda g: profiles(g, "strong"),
    "cpne": lambda g: profiles(g, "coalition-proof"),
    "eqs": lambda g: [[list(mix) for mix in e.profile] for e in extreme(g).equilibria],
    "all": summary,
    "s": summary,
    "sizes": lambda g: dict(Counter(str(sum(p > 0 for p in e.profile[0])) for e in extreme(g).equilibria)),
    "k2": lambda g: len(profiles(g, "k-strong", k=2)),
    "k3": lambda g: len(profiles(g, "k-strong", k=3)),
    "kn": lambda g: list(ec.kohlberg_neyman_value(g).value),
    "coco": lambda g: list(ec.coco_value(g).value),
    "pot": is_exact_potential_game,
    "norms": norms,
    "wa": is_weakly_acyclic,
    "level": lambda g: ec.selfishness(g).level,
    "poa": lambda g: poa(g, "poa"),
    "pos": lambda g: poa(g, "pos"),
    "ce": lambda g: best(g).welfare,
    "delta": grim,
    "grim": grim,
    "tft": ec.tit_for_tat_discount,
    "pay": lambda g: list(extreme(g).equilibria[0].payoffs),
    "mm1": lambda g: security(g, 0).maximin,
    "mm2": lambda g: security(g, 1).maximin,
    "pure_maxmin": lambda g: security(g, 0).pure_maximin,
    "maxmin": lambda g: security(g, 0).maximin,
    "pure_minmax": lambda g: security(g, 0).pure_minimax,
    "max": lambda g: own(g, 0),
    "min": lambda g: own(g, 0, sense="min"),
    "max1": lambda g: own(g, 0),
    "min1": lambda g: own(g, 0, sense="min"),
    "cmax": lambda g: own(g, 0, concept="coarse-correlated"),
    "best": lambda g: best(g).welfare,
    "worst": lambda g: best(g, sense="min").welfare,
    "common": lambda g: by_profile(g, common_and_zero_sum(g).common),
    "zero_sum_p1": lambda g: by_profile(g, common_and_zero_sum(g).zero_sum[0]),
    "flow2": lambda g: candogan(g).flow2,
    "potential2": lambda g: candogan(g).potential2,
    "harmonic2": lambda g: candogan(g).harmonic2,
    "count": lambda g: summary(g)["count"],
    "nondegenerate": lambda g: summary(g)["nondegenerate"],
    "components": lambda g: summary(g)["components"],
    "games": lambda g: len(ordinal_games()),
    "symmetric": lambda g: sum(kind.symmetric for kind in ordinal_games()),
    **{name: lambda g, name=name: two_by_two_class(g)[name] for name in ("class", "pure_ne", "maximin_is_ne")},
    **{name: lambda g, name=name: risk(g)[name] for name in ("mixed", "risk_dominant", "products")},
    **{name: lambda g, name=name: how_mixed(g)[name] for name in ("pure", "partly_mixed_isolated", "totally_mixed_isolated")},
    **{name: lambda g, name=name: isolated(g)[name] for name in ("isolated", "continua", "probs")},
    "infinite_patterns": lambda g: list(three_players(g).components),
}
WHOLE = {  # rows that ask for one thing
    "coco": PARTS["coco"],
    "n_player_value": PARTS["kn"],
    "selfishness": PARTS["level"],
    "repeated": lambda g: grim(g),
    "classic": PARTS["eqs"],
    "bimatrix_all": PARTS["eqs"],
}
SINGLE = {
    "de-ca-06": lambda g: by_player(g, candogan(g).harmonic),
    "de-ca-07": lambda g: by_player(g, candogan(g).nonstrategic),
    "de-ms-01": lambda g: by_profile(g, ec.find_potential(g)),
    "de-ms-03": is_exact_potential_game,
    "de-ms-06": lambda g: ec.find_potential(g)[(1,) * 3] - ec.find_potential(g)[(0,) * 3],
    "de-rg-04": lambda g: sum(kind.no_conflict for kind in ordinal_games()),
    "de-rg-05": dominant_count,
    "de-rg-06": lambda g: len(ordinal_games(players_distinct=True)),
    "eq-rg-03": lambda g: ec.cartel_discount(4, "bertrand"),
}


def answer_of(row):
    game = None if row["game"].get("family") in ("ordinal_2x2", "ordinal_2x2_noplayers", "bertrand_collusion") else game_of(row)
    if row["id"] in SINGLE:
        return SINGLE[row["id"]](game)
    wanted = row["expected"]["value"]
    if isinstance(wanted, dict) and set(wanted) <= set(PARTS):
        found = {name: PARTS[name](game) for name in wanted}
        return {name: len(value) if isinstance(value, list) and isinstance(wanted[name], str) else value for name, value in found.items()}
    return WHOLE[row["topic"]](game)


# Comparison


def same(found, wanted):
    """The same value: exact where the row is exact, as near as it says otherwise; lists of lists in any order."""
    if isinstance(wanted, dict) and "decimal" in wanted:
        return abs(float(found) - float(wanted["decimal"])) <= float(wanted["tol"])
    if isinstance(wanted, dict):
        return isinstance(found, dict) and found.keys() == wanted.keys() and all(same(found[key], wanted[key]) for key in wanted)
    if isinstance(wanted, list) and wanted and isinstance(wanted[0], list):
        rest = list(found)
        for entry in wanted:
            match = next((k for k, other in enumerate(rest) if same(other, entry)), None)
            if match is None:
                return False
            rest.pop(match)
        return not rest
    if isinstance(wanted, list):
        return len(found) == len(wanted) and all(map(same, found, wanted))
    if isinstance(wanted, bool) or isinstance(found, bool):
        return found is wanted
    try:
        return found == (float("inf") if wanted == "inf" else Fraction(wanted))
    except (ValueError, TypeError):
        return str(found) == wanted


@pytest.mark.parametrize("name", sorted(ROWS))
def test_a_row_is_answered_as_expected(name):
    row = ROWS[name]
    found = answer_of(row)
    assert same(found, row["expected"]["value"]), f"{row['question']} found {found}"


def test_the_taxonomy_agrees_with_its_list():
    assert taxonomy()
    assert maximin_profiles(ec.two_player([[3, 0], [5, 1]], [[3, 5], [0, 1]]))[0][0] == (1, 1)
