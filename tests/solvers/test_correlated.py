"""Correlated equilibria: nobody gains by disobeying, the optimum is proved by its dual, talk alone does not help (P1.3)."""

import json
from fractions import Fraction
from math import prod

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

import encompass as ec
from encompass.games.errors import InputError, SizeError
from encompass.games.normal_form import NormalForm, two_player
from encompass.solvers.advice import advice_program
from encompass.solvers.advice.advice import security
from encompass.solvers.advice.advice_certificate import advice_certificate
from encompass.solvers.advice.coarse_correlated import check_coarse_correlated, solve_coarse_correlated
from encompass.solvers.advice.correlated import check_correlated, obedience, solve_correlated
from encompass.solvers.certificate import sealed
from encompass.solvers.checker import equilibria as verify_equilibria
from encompass.solvers.checker.advice import advice_claims
from encompass.testing import normal_forms, siting, sitings

CHICKEN = two_player([[6, 2], [7, 0]], [[6, 7], [2, 0]])
SEXES = two_player([[3, 0], [0, 2]], [[2, 0], [0, 3]])


def without_seal(certificate):
    return {key: value for key, value in certificate.items() if key != "seal"}


def checked(certificate):
    """Whether every claim holds once read back; what cannot be read does not hold."""
    try:
        return all(holds for _, holds in advice_claims(json.loads(json.dumps(certificate))))
    except (LookupError, TypeError, ValueError, ArithmeticError):
        return False


@given(normal_forms())
@settings(deadline=None, max_examples=60)
def test_optimum_is_obeyed_proved_and_no_worse_than_any_equilibrium(game):
    best = ec.solve(game, concept="correlated")
    assert best.equilibria[0].regret <= 0
    assert ec.verify(best.certificate).valid
    worst = ec.solve(game, concept="correlated", sense="min")
    assert ec.verify(worst.certificate).valid
    for equilibrium in ec.solve(game).equilibria:  # A-30
        assert worst.welfare <= sum(equilibrium.payoffs) <= best.welfare


def by_highs(game, objective, sense):
    """The value that HiGHS finds, as an independent second opinion."""
    flat = game.table.reshape(len(game.players), -1).astype(float) / game.denominator
    k = flat.shape[1]
    G = obedience(game).astype(float)
    sign = 1 if sense == "max" else -1
    total = np.append(np.ones(k), 0.0)[None, :]
    if objective == "maximin":
        A = np.vstack([np.hstack([G, np.zeros((len(G), 1))]), np.hstack([-flat, np.ones((len(flat), 1))])])
        c = np.append(np.zeros(k), -1.0)
    else:
        A, c = np.hstack([G, np.zeros((len(G), 1))]), np.append(-sign * (flat.sum(axis=0) if objective == "welfare" else flat[0]), 0.0)
    found = linprog(c, A_ub=A, b_ub=np.zeros(len(A)), A_eq=total, b_eq=[1.0], bounds=[(0, None)] * k + [(None, None)])
    return -sign * found.fun if objective != "maximin" else -found.fun


@given(normal_forms(max_actions=2))
@settings(deadline=None, max_examples=40)
def test_maximin_is_proved_and_agrees_with_highs(game):
    exact = ec.solve(game, concept="correlated", objective="maximin")
    assert ec.verify(exact.certificate).valid
    assert float(min(exact.equilibria[0].payoffs)) == pytest.approx(by_highs(game, "maximin", "max"), abs=1e-7)


@given(normal_forms(), st.sampled_from(["max", "min"]))
@settings(deadline=None, max_examples=60)
def test_one_players_payoff_agrees_with_highs_and_is_proved(game, sense):
    answer = solve_correlated(game, "player", sense, 0)
    assert answer.complete and answer.equilibria[0].regret == 0
    assert float(answer.equilibria[0].payoffs[0]) == pytest.approx(by_highs(game, "player", sense), abs=1e-7)
    assert checked(advice_certificate(game, answer))


@given(normal_forms())
@settings(deadline=None, max_examples=40)
def test_coarse_equilibria_hold_the_correlated_ones(game):
    """Moulin and Vial: obedience before the recommendation asks less, so the best is no worse and the worst no better."""
    for sense, sign in (("max", 1), ("min", -1)):
        coarse, fine = solve_coarse_correlated(game, sense=sense), solve_correlated(game, sense=sense)
        assert sign * coarse.welfare >= sign * fine.welfare
        assert coarse.equilibria[0].regret == 0 and checked(advice_certificate(game, coarse))
        device = [(part["profile"], part["probability"]) for part in fine.equilibria[0].profile]
        assert check_coarse_correlated(game, device).regret == 0
        assert check_correlated(game, device).regret == 0


@given(normal_forms(max_actions=2))
@settings(deadline=None, max_examples=30)
def test_the_nash_product_is_within_its_gap_of_any_other_device(game):
    answer = solve_correlated(game, "nash-product")
    assert checked(advice_certificate(game, answer))
    gains = [u - d for u, d in zip(answer.equilibria[0].payoffs, security(game))]
    assert min(gains) >= 0 and answer.equilibria[0].regret == 0
    for other in (solve_correlated(game), solve_correlated(game, "maximin"), solve_correlated(game, "player", player=0)):
        rival = [u - d for u, d in zip(other.equilibria[0].payoffs, security(game))]
        assert float(prod(rival)) <= float(prod(gains)) * (1 + 2e-9) + 1e-12


def test_nash_product_of_the_battle_of_the_sexes():
    """The best product over (6/5, 6/5), what each can secure, is that of the fair coin: (13/10) squared."""
    answer = solve_correlated(SEXES, "nash-product")
    assert answer.equilibria[0].payoffs == (Fraction(5, 2), Fraction(5, 2)) and answer.complete
    assert answer.proof["disagreement"] == (Fraction(6, 5), Fraction(6, 5))
    tilted = solve_correlated(SEXES, "nash-product", disagreement=[2, 0])  # u1 + u2 = 5: (u1 - 2) u2 is largest at u1 = 7/2 > 3
    assert tilted.equilibria[0].payoffs == (3, 2) and tilted.complete


def test_rows_of_correlated_sets():
    """Nau, Gomez-Canovas and Hansen (2004), and rock-paper-scissors: every device pays the value of a zero-sum game."""
    assert solve_correlated(SEXES).welfare == 5 and solve_correlated(SEXES, sense="min").welfare == Fraction(12, 5)
    assert solve_correlated(SEXES, "player", "max", 0).equilibria[0].payoffs[0] == 3
    assert solve_correlated(SEXES, "player", "min", 0).equilibria[0].payoffs[0] == Fraction(6, 5)
    A = np.array([[0, -1, 1], [1, 0, -1], [-1, 1, 0]])
    game = two_player(A, -A)
    for solver in (solve_correlated, solve_coarse_correlated):
        assert {solver(game, "player", sense, 0).equilibria[0].payoffs[0] for sense in ("max", "min")} == {0}


def test_given_devices():
    """Aumann (1987); Osborne and Rubinstein (1994), exercise 48.1."""
    third = Fraction(1, 3)
    found = check_correlated(CHICKEN, [((0, 0), third), ((0, 1), third), ((1, 0), third)])
    assert (found.regret, found.payoffs) == (0, (5, 5))
    assert check_correlated(CHICKEN, [((0, 0), 1)]).regret == 1
    left, right = {(0, 0, 0): (0, 0, 3), (1, 0, 0): (1, 0, 0), (0, 0, 1): (2, 2, 2)}, {(1, 1, 1): (2, 2, 2)}
    cells = left | right | {(1, 0, 2): (0, 1, 0), (1, 1, 2): (0, 0, 3)}
    game = NormalForm.from_function(lambda a: cells.get(a, (0, 0, 0)), [["T", "B"], ["L", "R"], ["A", "B", "C"]])
    half = check_correlated(game, [((0, 0, 1), "1/2"), ((1, 1, 1), "1/2")])
    assert (half.regret, half.payoffs, solve_correlated(game).welfare) == (0, (2, 2, 2), 6)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"objective": "happiness"}, "happiness"),
        ({"sense": "most"}, "most"),
        ({"objective": "player"}, "player=None"),
        ({"objective": "player", "player": 2}, "player=2"),
        ({"objective": "nash-product", "sense": "min"}, "sense"),
        ({"objective": "nash-product", "disagreement": [1]}, "1 payoffs for 2"),
        ({"objective": "player", "player": "x"}, "player='x'"),
        ({"objective": "player", "player": 0.5}, "player="),
        ({"objective": "nash-product", "disagreement": 5}, "disagreement=5"),
        ({"objective": "nash-product", "disagreement": [[1], 2]}, "disagreement"),
    ],
)
def test_bad_arguments(arguments, words):
    for solver in (solve_correlated, solve_coarse_correlated):
        with pytest.raises(InputError, match=words):
            solver(CHICKEN, **arguments)


@pytest.mark.parametrize("device", [[((0, 0), "1/2")], [((0, 2), 1)], [((0, 0), 2), ((1, 1), -1)], [((0,), 1)]])
def test_no_distribution(device):
    with pytest.raises(InputError):
        check_correlated(CHICKEN, device)


def test_forged_advice_fails():
    game = CHICKEN
    for answer in (solve_coarse_correlated(game), solve_correlated(game, "player", "max", 0), solve_correlated(game, "nash-product")):
        honest = json.loads(json.dumps(advice_certificate(game, answer)))
        assert checked(honest)
        other = json.loads(json.dumps(advice_certificate(game, solve_correlated(game, "player", "min", 0))))
        forged = [
            {"payoffs": ["9", "9"]},
            {"regret": "1"},
            {"welfare": "100"},
            {"device": [{"profile": [0, 0], "probability": "1"}]},
            {"device": other["device"], "payoffs": other["payoffs"], "welfare": other["welfare"], "regret": other["regret"]},
            {"proof": honest["proof"] | {"obedience": ["-1"] * len(honest["proof"]["obedience"])}},
            {"proof": honest["proof"] | {"bound": "1000"}},
            {"proof": honest["proof"] | {"players": ["0", "0"]}},
            {"concept": "correlated (min welfare)"},
        ]
        for change in forged:
            assert not checked(sealed(without_seal(honest) | change)), change
        assert not checked(sealed({k: v for k, v in without_seal(honest).items() if k != "proof"}))  # complete without a proof


@given(sitings(max_residents=4, standoff=True))
@settings(deadline=None, max_examples=30)
def test_talk_alone_cannot_help_in_a_standoff(game):
    """P1.3 (A-01): the best correlated equilibrium is worth nothing."""
    assert ec.solve(game, concept="correlated").welfare == 0


def test_toilet_value_is_zero_and_volunteers_gain():
    """P1.3 and its contrast P1.9: VD5 has 6 each in the mixed equilibrium, 9.2 each on average with a mediator."""
    assert ec.solve(siting([4, 5, 6, 7, 8], [12, 15, 18, 25, 30]), concept="correlated").welfare == 0
    volunteers = NormalForm.from_function(lambda a: [(10 if 0 in a else 0) - (4 if x == 0 else 0) for x in a], [["act", "wait"]] * 5)
    assert ec.solve(volunteers, concept="correlated").welfare == 5 * Fraction("9.2")
    assert min(ec.solve(volunteers, concept="correlated", objective="maximin").equilibria[0].payoffs) == Fraction("9.2")


def test_aumann_chicken():
    """Aumann (1974), payoffs 6,6 / 2,7 / 7,2 / 0,0: the best symmetric correlated equilibrium gives 5 1/4 each."""
    game = two_player([[6, 2], [7, 0]], [[6, 7], [2, 0]])
    assert ec.solve(game, concept="correlated").welfare == Fraction(21, 2)


def test_large_games_go_to_highs_and_too_large_ones_are_refused(monkeypatch):
    assert advice_program.LARGEST_EXACT == verify_equilibria.PROVABLE
    monkeypatch.setattr(advice_program, "LARGEST_EXACT", 0)
    monkeypatch.setattr(advice_program, "MOST_BINDING", 0)
    monkeypatch.setattr(verify_equilibria, "PROVABLE", 10)
    solution = ec.solve(CHICKEN, concept="correlated")
    assert solution.method == "highs" and not solution.complete
    assert solution.welfare == pytest.approx(10.5)
    assert ec.verify(solution.certificate).valid
    product = solve_correlated(CHICKEN, "nash-product")
    assert not product.complete and product.equilibria[0].payoffs == pytest.approx((5.25, 5.25), abs=1e-5)
    assert checked(advice_certificate(CHICKEN, product))
    monkeypatch.setattr(advice_program, "LARGEST", 10)
    with pytest.raises(SizeError, match="4 constraints on 4 profiles"):
        ec.solve(CHICKEN, concept="correlated")
    with pytest.raises(SizeError, match="4 constraints on 4 profiles"):
        solve_coarse_correlated(CHICKEN)


def test_many_profiles_are_proved_on_few():
    """The volunteer's dilemma with 12 players, 4096 profiles: one volunteer, whoever it is."""
    game = NormalForm.from_function(lambda a: [(10 if 0 in a else 0) - (4 if x == 0 else 0) for x in a], [["act", "wait"]] * 12)
    best = solve_correlated(game)
    assert best.welfare == 116 and best.complete
    assert solve_correlated(game, sense="min").welfare == 72  # 12 times what each secures by acting


def test_worst_maximin_is_refused():
    with pytest.raises(InputError, match="sense"):
        ec.solve(siting([4, 5], [9, 9]), concept="correlated", objective="maximin", sense="min")


@pytest.mark.parametrize("unit", [1e-9, 1e9])
def test_the_unit_of_money_changes_nothing(unit):
    """HiGHS's tolerances are absolute; payoffs are scaled before they reach it."""
    A, B = np.array([[6.0, 2.0], [7.0, 0.0]]), np.array([[6.0, 7.0], [2.0, 0.0]])
    solution = ec.solve(two_player((A * unit).tolist(), (B * unit).tolist()), concept="correlated")
    assert solution.welfare == pytest.approx(10.5 * unit)
    assert ec.verify(solution.certificate).valid
