"""Encompassing shares, insurance, mitigation, liability: T5 numbers, and each against a slow twin."""

from fractions import Fraction as F
from itertools import product
from math import exp

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import encompass as ec
from encompass.games import public_goods
from encompass.games.counted_game import RoleSymmetricGame, SymmetricGame
from encompass.games.errors import InputError, NotApplicable
from encompass.games.mechanisms.insurance import Insurance, certainty_equivalent, insurance_surplus, operator_game, takes_care
from encompass.games.mechanisms.liability import LiabilityRule
from encompass.games.mechanisms.mitigation import Design, Mitigation
from encompass.games.mechanisms.stakes import EncompassingShare
from encompass.games.normal_form import NormalForm, two_player
from encompass.games.outcome_game import OutcomeGame
from encompass.games.rights import Imposition
from encompass.games.siting import consent, in_window
from encompass.solvers.pure import pure_profiles
from encompass.solvers.structure.selfishness import altruistic_game, selfishness
from encompass.testing import outcome_games, siting, sitings

A, D = [4, 5, 6, 7, 8], [12, 15, 18, 25, 30]
FEW = settings(deadline=None, max_examples=40)


def t5():
    return siting(A, D)


def tables(n, actions):
    shape = (n, *[actions] * n)
    size = int(np.prod(shape))
    return st.lists(st.integers(-5, 5), min_size=size, max_size=size).map(lambda xs: NormalForm(np.array(xs).reshape(shape)))


# M-29


def test_the_share_at_which_the_host_accepts():
    """M-29: T5 alpha* = 8/18; below it nothing is built, above it only site 1."""
    assert selfishness(consent(t5()).normal_form()).level == F(8, 18)
    outcomes = {alpha: ec.solve(EncompassingShare(alpha).transform(t5())).outcomes for alpha in (F(4, 10), F(8, 18), F(1, 2))}
    assert outcomes[F(4, 10)] == ("x0",) and set(outcomes[F(8, 18)]) == {"1", "x0"} and outcomes[F(1, 2)] == ("1",)
    beta = F(8, 18) / (1 + F(8, 18))
    assert "1" in ec.solve(EncompassingShare(beta, "others").transform(t5())).outcomes
    assert "1" not in ec.solve(EncompassingShare(beta - F(1, 100), "others").transform(t5())).outcomes


def test_a_dividend_that_pays_it_out():
    """The pooled share s has the effect of alpha / (1 - n alpha): 20/29 on T5; money sums to zero."""
    rule = EncompassingShare(F(20, 29), "dividend")
    assert not rule.transfers(t5()).sum(axis=0).any() and rule.transform(t5()).utilities[0, 1] == 0
    assert (rule.transform(t5()).surplus == t5().surplus).all()
    assert (
        "1" in ec.solve(rule.transform(t5())).outcomes
        and "1" not in ec.solve(EncompassingShare(F(2, 3), "dividend").transform(t5())).outcomes
    )
    assert ec.solve(EncompassingShare(1, "dividend").transform(t5())).equilibria[0].payoffs[4] == F(18, 5)  # all pooled: ES


def test_known_levels():
    """Public good (1 - R/n)/(R - 1) and n-person dilemma c/(b(n - 1) - c)."""
    good = public_goods.linear(5, "0.4").normal_form()  # KOR5: R = 2
    assert selfishness(good).level == F(3, 5)
    assert (1,) * 5 in pure_profiles(EncompassingShare(F(3, 5)).transform(good))
    assert (1,) * 5 not in pure_profiles(EncompassingShare(F(59, 100)).transform(good))
    b, c, n = 3, 2, 4
    dilemma = NormalForm.from_function(lambda a: [F(b * (sum(a) - x) - c * x) for x in a], [("defect", "cooperate")] * n)
    assert selfishness(dilemma).level == F(c, b * (n - 1) - c) and round(2 / 7, 4) == round(float(F(c, b * (n - 1) - c)), 4)


@given(tables(2, 3) | tables(3, 2), st.fractions(0, 3, max_denominator=6))
@FEW
def test_from_the_level_on_an_optimum_is_an_equilibrium(game, more):
    """A-22, and the same game as the solvers' Gamma^alpha."""
    level = selfishness(game)
    after = EncompassingShare(more).transform(game)
    for a in product(*map(range, game.shape)):
        assert after.payoffs(a) == altruistic_game(game, more).payoffs(a) == tuple(u + more * sum(game.payoffs(a)) for u in game.payoffs(a))
    if level.level != float("inf") and level.optimum is not None:
        assert level.optimum in pure_profiles(EncompassingShare(level.level).transform(game))
        others = EncompassingShare(level.altruism, "others").transform(game)
        assert level.optimum in pure_profiles(others)


@pytest.mark.parametrize("kind", ["share", "others", "dividend"])
@pytest.mark.parametrize("actions", [2, 3])
@given(data=st.data())
@settings(deadline=None, max_examples=15)
def test_counted_games_stay_counted(kind, actions, data):
    n = data.draw(st.integers(2, 3))
    names = [str(a) for a in range(actions)]
    values = data.draw(st.lists(st.integers(-4, 4), min_size=60, max_size=60))
    game = SymmetricGame.of(lambda a, others: F(values[(7 * a + sum(k * 5**i for i, k in enumerate(others))) % 60], 2), n, names)
    rule = EncompassingShare(F(1, 3), kind)
    counted, written = rule.transform(game), rule.transform(game.normal_form())
    assert isinstance(counted, SymmetricGame)
    for a in written.profiles():
        assert counted.normal_form().payoffs(a) == written.payoffs(a)
    floats = SymmetricGame(game.table / float(game.denominator), n, names)
    near = rule.transform(floats).normal_form().table / 1.0
    assert np.allclose(near, (written.table / written.denominator).astype(float))


def test_roles_and_unknown_games():
    game = public_goods.volunteers_with_roles([2, 1], [5, 3], [1, 2])
    after = EncompassingShare(F(1, 2)).transform(game)
    assert isinstance(after, RoleSymmetricGame)
    written, twin = after.normal_form(), EncompassingShare(F(1, 2)).transform(game.normal_form())
    assert all(written.payoffs(a) == twin.payoffs(a) for a in written.profiles())
    million = EncompassingShare(F(1, 10)).transform(public_goods.volunteers_dilemma(1_000_000, 10, 4))
    assert million.payoff(0, 1, [(999_999, 0)]) == 6 + F(10_000_000 - 4, 10)
    assert EncompassingShare().refuses("a village") is not None
    for wrong in ((-1, "share"), (2, "others"), (1, "charity")):
        with pytest.raises(InputError):
            EncompassingShare(*wrong)
    with pytest.raises(NotApplicable):
        EncompassingShare().transform("a village")


def test_two_volunteers_who_care_too_much():
    """M-29, Fail: with a high alpha the volunteer's dilemma of two keeps two mirror equilibria."""
    game = EncompassingShare(5).transform(public_goods.volunteers_dilemma(2, 10, 4).normal_form())
    assert set(pure_profiles(game)) == {(0, 1), (1, 0)}


@given(outcome_games(), st.fractions(0, 1, max_denominator=5))
@FEW
def test_shares_of_outcomes_by_definition(game, alpha):
    u, total = game.utilities, game.counts @ game.utilities
    for x in range(len(game.alternatives)):
        for i in range(game.rows):
            assert EncompassingShare(alpha).transform(game).utilities[i, x] == u[i, x] + alpha * game.surplus[x]
            assert EncompassingShare(alpha, "others").transform(game).utilities[i, x] == u[i, x] + alpha * (total[x] - u[i, x])
    assert not (game.counts @ EncompassingShare(alpha, "dividend").transfers(game)).any()


# M-30


def test_what_risk_costs():
    """M-30: damage 30 with probability .4: 13.1, 17.4, 21.6 at rho = .01, .05, .1; insurance adds 1.1, 5.4, 9.6."""
    risk = [0, 30], ["0.6", "0.4"]
    assert [round(certainty_equivalent(*risk, r), 1) for r in ("0.01", "0.05", "0.1")] == [13.1, 17.4, 21.6]
    assert [round(insurance_surplus(*risk, r), 1) for r in ("0.01", "0.05", "0.1")] == [1.1, 5.4, 9.6]
    assert certainty_equivalent(*risk, 0) == 12 and insurance_surplus(*risk, 0) == 0
    assert certainty_equivalent([0, 10**6], [1, 0], 1) == 0 and certainty_equivalent([0, 10**6], [F(1, 2)] * 2, 1) == pytest.approx(
        10**6, abs=1
    )
    for wrong in (([1], ["0.5"], 1), ([1, 2], [1], 1), ([1], [1], -1)):
        with pytest.raises(InputError):
            certainty_equivalent(*wrong)


@given(st.floats(0.1, 60), st.floats(0.05, 1), st.floats(0.001, 0.3))
@FEW
def test_the_mean_is_what_is_left(felt, chance, aversion):
    rule = Insurance(chance, aversion)
    bad = rule.bad_state(felt)
    again = certainty_equivalent([0, bad], [1 - chance, chance], aversion)
    assert again == pytest.approx(felt, rel=1e-6) and chance * bad <= felt * (1 + 1e-9)


def test_insuring_the_toilet():
    game = siting([4, 5, 6, 7, 8], [17, 21, 25, 30, 40])
    rule = Insurance(F(2, 5), F(1, 20))
    after = rule.transform(game)
    for i in range(5):
        d = float(game.parts.damages[i, i + 1])
        mean = 0.4 * np.log(1 + (exp(0.05 * d) - 1) / 0.4) / 0.05
        assert after.utilities[i, i + 1] == pytest.approx(A[i] - mean) and after.surplus[i + 1] > float(game.surplus[i + 1])
    assert (Insurance(F(1, 2), 0).transform(t5()).utilities == t5().utilities).all()  # no aversion: nothing to gain, exactly
    assert not rule.transfers(game).any()
    assert Insurance(1, 1).bad_state(7) == 7 and Insurance(F(1, 2), 100).bad_state(1000) == pytest.approx(1000, abs=0.1)


def test_bonds_and_moral_hazard():
    """M-30: an operator whose bond is the damage maintains wherever upkeep is worth while; a fully insured host takes no care."""
    for upkeep, damage in ((3, 8), (8, 8)):
        assert (0, 0) in pure_profiles(operator_game(upkeep, damage, bond=damage))
    assert not any(a == 0 for a, _ in pure_profiles(operator_game(3, 8, bond=2)))
    assert not any(a == 0 for a, _ in pure_profiles(operator_game(3, 8, bond=4, detection=F(1, 2))))
    assert takes_care(2, F(1, 5), 30) and takes_care(2, F(1, 5), 30, F(1, 2)) and not takes_care(2, F(1, 5), 30, 1)


# M-31


def test_mitigation_removes_the_standoff():
    """M-31: d_1 from 12 to 4 ends the standoff; against compensation it is worth while up to a cost of 8."""
    free = Mitigation((Design(0, F(1, 3)),))
    assert in_window(t5()) == (5, 5) and in_window(free.transform(t5()))[0] < 5
    assert free.transform(t5()).utilities[0, 1] == 0 and "1" in ec.solve(free.transform(t5())).outcomes
    for cost, chosen in ((7, True), (8, False), (9, False)):  # at 8 the surplus is the same: nothing is done
        rule = Mitigation((Design(cost, (F(1, 3), 1, 1, 1, 1)),))
        assert (rule.chosen(t5())[1] is not None) is chosen
        assert rule.transform(t5()).surplus[1] == max(18, 26 - cost)


@given(sitings(), st.lists(st.tuples(st.integers(0, 9), st.integers(0, 4)), max_size=3))
@FEW
def test_every_site_in_its_best_design(game, raw):
    rule = Mitigation(tuple(Design(cost, F(quarters, 4)) for cost, quarters in raw))
    after = rule.transform(game)
    for x in game.sites:
        total = game.parts.damages[:, x].sum()
        least = min([total, *(F(cost) + F(quarters, 4) * total for cost, quarters in raw)])
        assert after.surplus[x] == game.surplus[x] + total - least
    assert (after.parts.gains == after.utilities).all()


# M-32


def test_liability_on_the_toilet():
    """M-32: assessed at 12 and paid by the others: as FC; assessed at 4: the host loses 4."""
    full, low = LiabilityRule(levied=True), LiabilityRule(F(1, 3), levied=True)
    table = tuple(tuple((4 if i == 0 else D[i]) if x == i + 1 else 0 for x in range(6)) for i in range(5))
    ends = [ec.solve(rule.transform(t5())).equilibria[0] for rule in (full, low, LiabilityRule(table), LiabilityRule())]
    assert [tuple(e.payoffs) for e in ends] == [(4, 2, 3, 4, 5), (-4, 4, 5, 6, 7), (-4, 5, 6, 7, 8), (4, 5, 6, 7, 8)]
    assert {e.outcome for e in ends} == {"1"}
    assert full.transfers(t5())[:, 1].tolist() == [12, -3, -3, -3, -3]
    assert [sum(rule.transfers(t5())[:, 1]) for rule in (full, LiabilityRule())] == [0, 12]


@given(sitings(), st.fractions(0, 2, max_denominator=4), st.booleans())
@FEW
def test_liability_by_hand(game, share, levied):
    """The authority maximises sum a - assessed damage; efficient iff it is assessed in full."""
    rule = LiabilityRule(share, levied)
    after = rule.transform(game)
    answer = ec.solve(after)
    a = [max(game.parts.benefits[i]) for i in range(game.rows)]
    worth = {x: sum(a) - share * game.parts.damages[:, x].sum() for x in game.sites}
    best = max([F(0), *worth.values()])
    chosen = game.alternatives.index(answer.outcomes[0])
    assert (0 if chosen == 0 else worth[chosen]) == best
    assert tuple(answer.equilibria[0].payoffs) == tuple(game.utilities[:, chosen] + rule.transfers(game)[:, chosen])
    assert (after.surplus == game.surplus).all()  # whoever pays: the real surplus stays
    if share == 1:
        assert game.surplus[chosen] == max(game.surplus)


def test_rules_about_damage_refuse():
    bare = OutcomeGame([[0, 1], [0, -1]], rights=Imposition())
    for rule in (Insurance(), Mitigation(), LiabilityRule()):
        assert "needs the damages" in str(rule.refuses(bare)) and rule.refuses(two_player([[1]], [[1]])) is not None
        with pytest.raises(NotApplicable):
            rule.transform(bare)
    assert LiabilityRule().refuses(LiabilityRule().transform(t5())) is not None
    assert LiabilityRule(((0, 1),)).refuses(t5()) is not None
    assert Mitigation((Design(1, (1, 1)),)).refuses(t5()) is not None
    everywhere = OutcomeGame.from_parts(
        ec.games.outcome_game.Parts(*(np.array([[F(0), F(1)]] * 2) for _ in range(3)), *([np.array([F(0)] * 2)] * 2))
    )
    assert "not a host" in str(LiabilityRule(levied=True).refuses(everywhere))
    for wrong in (lambda: Insurance(0), lambda: Design(-1, 0), lambda: LiabilityRule(-1), lambda: Design(1, (-1,))):
        with pytest.raises(InputError):
            wrong()
    floats = siting([4.0, 5.0], [9.0, 9.5])
    assert Mitigation((Design(0.5, 0.25),)).transform(floats).utilities[0, 1] == pytest.approx(4 - 2.25 - 0.25)
    assert Mitigation((Design(0.5, 0.25),)).transform(t5()).utilities.dtype == float
    assert LiabilityRule(0.5, levied=True).transform(floats).utilities[1, 1] == pytest.approx(5 - 4.5)
