"""CASE-04: every figure of the ATLAS, rules against grids, thresholds and limits against simulation."""

from dataclasses import replace
from fractions import Fraction as F
from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from encompass import analyse, verify
from encompass.games.errors import InputError
from encompass.games.organisation.hand_over import HandOver
from encompass.solvers.control.horizon import planned_control
from encompass.solvers.control.myopic_dynamics import extinction_from, myopic_limit, resting_share, trap_threshold
from encompass.solvers.control.optimal_control import optimal_control
from encompass.solvers.organisation.hand_over_rules import greedy

HX = HandOver()
SHARES = st.fractions(0, 1, max_denominator=20)
MODELS = st.builds(
    HandOver,
    administration=st.fractions(F(1, 5), 2, max_denominator=10),
    autonomy=st.fractions(0, 3, max_denominator=10),
    strain=st.fractions(F(1, 10), 3, max_denominator=10),
    growth=SHARES,
    crowding=SHARES,
    decay=st.fractions(0, F(1, 2), max_denominator=20),
    cap=SHARES,
    start=SHARES,
    held=SHARES,
)


@pytest.fixture(scope="module")
def hx():
    return analyse(HX)


def close(values, wanted, within=0.005):
    return len(values) == len(wanted) and all(abs(float(v) - w) <= within for v, w in zip(values, wanted))


# P4.1


@settings(max_examples=30, deadline=None)
@given(MODELS, SHARES)
def test_the_myopic_rule_is_best_today(model, s):
    best = model.output(s, model.myopic(s), 0)
    assert 0 <= model.myopic(s) <= model.cap
    assert all(best >= model.output(s, model.cap * F(k, 20), 0) for k in range(21))


def test_the_myopic_rule_falls(hx):
    assert hx.myopic_rule[:3] == [1, F(17, 20), F(7, 10)] and hx.myopic_slope == F(-3, 2)
    assert hx.myopic_rule == sorted(hx.myopic_rule, reverse=True)


# P4.2


def test_extinction(hx):
    assert hx.extinction_from == F(4, 5)
    assert [resting_share(HX, F(k, 10)) for k in (0, 5, 7, 8, 9, 10)] == [F(4, 5), F(3, 5), F(1, 3), 0, 0, 0]


@settings(max_examples=30, deadline=None)
@given(MODELS)
def test_constant_takeover_ends_where_it_is_said(model):
    assume(model.start > 0)
    rest = resting_share(model, model.held)
    growth = model.growth * (1 - model.crowding * model.held)
    assume(abs(growth - model.decay) > F(1, 100))  # the way to 0 is slow where they are nearly the same
    end = model.path(lambda t, s: (model.held, 0), 3000, None, True)[-1].s
    assert abs(end - float(rest)) < 1e-6
    least = extinction_from(model)
    if model.decay > 0:
        assert (rest == 0) == (least is not None and model.held >= least)
    else:
        assert least is None


# P4.4


def test_the_trap(hx):
    assert abs(hx.threshold - 0.158) < 0.001
    assert close(hx.rests, [0, 0.158, 0.8]) and hx.stable_rests == [0, F(4, 5)]
    edge = next(k for k in range(1, 100) if HX.path(lambda t, s: (HX.myopic(s), 0), 2000, F(k, 100), True)[-1].s > 0.5)
    assert edge == 16  # the last start that dies is 0.15
    assert hx.threshold == pytest.approx((1 - (1 - 8 / 15) ** 0.5) / 2)


@settings(max_examples=40, deadline=None)
@given(MODELS)
def test_the_myopic_committee_ends_where_it_is_said(model):
    threshold = float(trap_threshold(model))
    for start in (model.start, F(1, 50), F(99, 100)):
        assume(abs(float(start) - threshold) > 0.01)
        end = model.path(lambda t, s: (model.myopic(s), 0), 6000, start, True)
        assume(abs(end[-1].s - end[-200].s) < 1e-4)  # it has come to rest
        assert abs(end[-1].s - float(myopic_limit(model, start))) < 0.02
    # below the threshold it sinks at once, above it never comes below
    below, above = threshold * 0.98, min(1.0, threshold * 1.02 + 0.001)
    if 0 < threshold < 1:
        sunk = [p.s for p in model.path(lambda t, s: (model.myopic(s), 0), 300, below)]
        assert all(b <= a for a, b in pairwise(sunk))
        assert min(p.s for p in model.path(lambda t, s: (model.myopic(s), 0), 300, above)) > threshold


def test_both_branches_of_the_rule():
    """With less crowding the full take-over leaves a low rest point, and the quadratic branch a threshold above it."""
    low = HandOver(administration=F(6, 5), crowding=F(7, 10), autonomy=F(3, 2), growth=F(1, 2), decay=F(7, 50))
    a = analyse(low)
    assert close(a.rests, sorted(a.rests))
    assert len(a.stable_rests) == 2 and a.stable_rests[0] == 1 - F(14, 15)
    assert low.myopic(a.stable_rests[0]) == 1 and 0 < low.myopic(a.threshold) < 1
    for s in a.rests:
        assert abs(float(low.drift(s, low.myopic(s), 0)) - float(s)) < 1e-12


def test_who_stays_in_the_trap(hx):
    """From 0.05; on a grid twice as fine the committee at 0.5 ends at 0.06 instead of 0, in the trap all the same."""
    assert close(hx.limits_by_patience, [0, 0, 0.80, 0.80, 0.81, 0.81, 0.81])
    fine = replace(HX, beta=F(1, 2), states=801, interventions=81, cultivations=41)
    end = fine.path(greedy(fine, optimal_control(fine.game()).values), 300)[-1].s
    assert end == pytest.approx(0.06, abs=0.005) and end < hx.threshold


def test_patience_alone_can_leave_the_trap():
    """The ATLAS (P4.4) says that without v > 0 no path from below s_c leads to autonomy. One does: taking over less."""
    for beta, limit in ((F(1, 2), 0), (F(7, 10), 0), (F(9, 10), 0.8), (F(98, 100), 0.8)):
        assert analyse(replace(HX, beta=beta)).limit_without_cultivation == pytest.approx(limit)
    assert HX.path(lambda t, s: (0, 0), 400)[-1].s == pytest.approx(0.8)
    assert analyse(HX).myopic_limit == 0


# P4.3, P4.7


@pytest.mark.parametrize(
    ("beta", "retreat", "cultivation_falls"),
    [
        (F(3, 10), F(7, 10), False),
        (F(1, 2), F(6, 10), False),
        (F(7, 10), F(5, 10), False),
        (F(8, 10), F(5, 10), False),
        (F(9, 10), F(4, 10), True),
        (F(95, 100), F(3, 10), True),
        (F(98, 100), F(3, 10), True),
    ],
)
def test_the_hand_over(beta, retreat, cultivation_falls):
    a = analyse(replace(HX, beta=beta))
    assert a.involvement_falls and a.cultivation_falls == cultivation_falls
    assert a.retreat == retreat and a.retreat_fine <= a.retreat
    assert a.residual <= 1e-7 and a.decided == 1
    (certificate,) = a.certificates
    assert verify(certificate).valid and certificate["falls"]["intervention"]


def test_policies_of_the_atlas(hx):
    assert hx.involvement[:5] == [1, F(23, 40), F(1, 4), F(1, 20), 0]
    assert hx.cultivation[:5] == [F(9, 10), F(4, 5), F(13, 20), F(1, 2), F(7, 20)]
    assert hx.falls_by_patience == [True] * 7
    assert hx.retreats_by_patience == [F(7, 10), F(6, 10), F(5, 10), F(5, 10), F(4, 10), F(3, 10), F(3, 10)]


def test_a_finer_grid_moves_the_policy_by_a_step(hx):
    fine = analyse(replace(HX, states=801, interventions=81, cultivations=41))
    assert max(abs(a - b) for a, b in zip(fine.involvement, hx.involvement)) <= 0.025
    assert max(abs(a - b) for a, b in zip(fine.cultivation, hx.cultivation)) <= 0.05
    assert abs(fine.value - hx.value) < 0.003 and fine.retreat == hx.retreat


def test_the_best_path(hx):
    assert hx.path[0] == 0.05 and hx.escapes and hx.limit == pytest.approx(0.807, abs=0.001)
    assert hx.hand_over_period == 3 and hx.takeover_path[3:] == [0] * 37
    assert hx.path == sorted(hx.path)
    for s, a, v, after in zip(hx.path, hx.takeover_path, hx.cultivation_path, hx.path[1:]):
        assert after == pytest.approx(float(HX.drift(s, a, v)))
    total = sum(0.9**t * period.output for t, period in enumerate(hx._best_path[:400]))
    assert total == pytest.approx(hx.value, abs=0.01)


# P4.5


def project(T, **other):
    a = analyse(HandOver(start=F(1, 5), project=T, **other))
    return (a.project_takeover, a.project_cultivation)


def test_longer_projects_cultivate():
    """Outputs added up without discount; the grid's step is 0.025 for a and 0.05 for v, and a finer one moves both by less than a step."""
    wanted = {1: (0.70, 0), 2: (0.65, 0.05), 3: (0.60, 0.15), 5: (0.30, 0.60), 8: (0.15, 0.80)}
    for T, pair in wanted.items():
        assert project(T) == pytest.approx(pair)
    assert project(5, states=801, interventions=81, cultivations=41) == pytest.approx((0.2875, 0.6))
    assert project(5, project_beta=F(9, 10)) == pytest.approx((0.45, 0.35))


def test_short_plans_against_trying_every_plan():
    m = HandOver(start=F(1, 5), project=2, states=201, interventions=5, cultivations=5)
    pairs = list(product([k / 4 for k in range(5)], repeat=2))

    def total(plan):
        return sum(p.output for p in m.path(lambda t, s: plan[t], 2))

    best = max(product(pairs, repeat=2), key=total)
    a = analyse(m)
    assert (a.project_takeover, a.project_cultivation) == best[0]
    assert (a.project_takeovers[1], a.project_cultivations[1]) == best[1]


# P4.6


def test_what_the_logics_leave_behind():
    a = analyse(HandOver(start=F(1, 5)))
    assert close(a.admin_outputs[:5], [1, 1, 1, 1, 0.197], 0.0005)
    assert close(a.autonomous_outputs[:5], [0.44, 0.58, 0.72, 0.85, 0.94])
    assert a.autonomous_outputs[12] == pytest.approx(1.19, abs=0.005)
    assert a.admin_last > a.autonomous_last and a.admin_after < a.autonomous_after
    assert a.admin_after / a.admin_last == pytest.approx(0.1968, abs=1e-4)


def test_only_renewed_takeover_makes_the_difference_last():
    """If nobody takes over after either project both recover to 0.8; if a myopic committee does, only the autonomous one lasts."""
    a = analyse(HandOver(start=F(1, 5)))
    assert a.admin_away_limit == F(4, 5)
    assert (a.admin_myopic_limit, a.autonomous_myopic_limit) == (0, F(4, 5))
    behind = [x < y for x, y in zip(a.admin_outputs[4:], a.autonomous_outputs[4:])]
    assert all(behind)


# two players, and the remedies


def test_payments_make_the_myopic_committee_follow(hx):
    a, v = np.meshgrid(np.linspace(0, 1, 201), np.linspace(0, 1, 51), indexing="ij")
    plain = HX.in_floats()
    for s, y, pay in zip(hx.path, hx.output_path, hx.payments):
        assert y + pay >= plain.output(s, a, v).max() - 1e-9
        assert pay < 1e-12 or y + pay - 1e-6 < plain.output(s, plain.myopic(s), 0)  # and no less would do
    assert hx.pays_for_itself and hx.patience_gain > hx.payments_worth > 0


def test_patient_enough_to_gain_but_not_to_pay():
    less = analyse(replace(HX, beta=F(4, 5)))
    assert less.escapes and less.payments_worth > less.patience_gain > 0 and not less.pays_for_itself


def test_paid_cultivation_leaves_the_trap(hx):
    assert hx.funded_limit == pytest.approx(0.807, abs=0.001)
    assert hx.myopic_value < hx.funded_value < hx.value
    assert all(verify(c).valid for c in hx.certificates) and len(hx.certificates) == 2


def test_a_cap_below_extinction_removes_the_trap():
    assert analyse(replace(HX, cap=F(7, 10))).threshold == 0
    assert analyse(replace(HX, cap=F(7, 10))).myopic_limit == F(4, 5)
    assert analyse(replace(HX, cap=F(9, 10))).threshold == pytest.approx(0.158, abs=0.001)


def test_the_plan_uses_the_same_chain():
    planned = planned_control(HX.game(), 1)
    today = planned.policies[1]
    a = HX.levels[0][today]
    assert np.abs(a - [float(HX.myopic(F(i, 400))) for i in range(401)]).max() <= 0.0125 + 1e-9


def test_impatience_is_myopia():
    m = HandOver(beta=0, states=101, interventions=101, cultivations=3)
    answer = optimal_control(m.game())
    a = m.levels[0][list(answer.policy)]
    assert np.abs(a - [float(m.myopic(F(i, 100))) for i in range(101)]).max() <= 0.005 + 1e-9


@pytest.mark.parametrize(
    "wrong",
    [
        {"strain": 0},
        {"growth": 2},
        {"beta": 1},
        {"betas": []},
        {"start": -1},
        {"project": 0},
        {"project": F(3, 2)},
        {"admin": [1]},
        {"autonomous": [2, 0]},
        {"states": 1},
        {"administration": "much"},
        {"autonomy": -1},
    ],
)
def test_bad_input(wrong):
    with pytest.raises(InputError):
        HandOver(**wrong)


def test_nothing_comes_of_nothing():
    """A community without any self-organisation stays without it, whatever the take-over, if nobody cultivates."""
    found = analyse(HandOver(start=0, held=0))
    assert found.held_limit == found.inert_limit == 0
    assert analyse(HandOver(start=F(1, 1000), held=0)).held_limit == F(4, 5)


def test_who_may_not_cultivate_takes_over_less():
    found = analyse(HandOver())
    assert found.takeover_without_cultivation < found.myopic and found.limit_without_cultivation > found.threshold
    assert analyse(HandOver(beta=0)).limit_without_cultivation == 0
