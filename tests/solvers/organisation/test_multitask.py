"""CASE-06, contracts: every figure of the ATLAS, the closed form against optimisation by floats, pay where nobody can be fined."""

import json
from fractions import Fraction as F

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from encompass import analyse, verify
from encompass.games.errors import InputError
from encompass.games.organisation.limited_liability import LimitedLiability
from encompass.games.organisation.multitask_contract import MultitaskContract
from encompass.solvers.certificate import sealed

SMALL = st.fractions(-2, 2, max_denominator=4)


@st.composite
def contracts(draw):
    """Up to 3 tasks and signals, costs ``A'A + I``, noise ``B'B`` (perhaps none)."""
    T, S = draw(st.integers(1, 3)), draw(st.integers(1, 3))

    def square(n):
        return np.array(draw(st.lists(st.lists(st.integers(-2, 2), min_size=n, max_size=n), min_size=n, max_size=n)))

    A, B = square(T), square(S)
    return MultitaskContract(
        values=draw(st.lists(SMALL, min_size=T, max_size=T)),
        signals=draw(st.lists(st.lists(SMALL, min_size=T, max_size=T), min_size=S, max_size=S)),
        costs=(A.T @ A + np.eye(T, dtype=int)).tolist(),
        covariance=(B.T @ B).tolist(),
        risk=draw(st.fractions(0, 2, max_denominator=4)),
    )


def gain(model, bonuses):
    """What both gain, from the definition: the agent's efforts answer to the bonuses."""
    C, M, S = (np.array(table, dtype=float) for table in (model.cost, model.signals, model.variance))
    f, b = np.array(model.values, dtype=float), np.array(bonuses, dtype=float)
    e = np.linalg.solve(C, M.T @ b)
    return f @ e - e @ C @ e / 2 - float(model.risk) * b @ S @ b / 2


def test_distortion():
    """P6.1."""
    found = analyse(MultitaskContract())
    assert found.bonuses == [F(1, 3)] and found.efforts == [F(1, 3), F(1, 6)]
    assert found.surplus == F(1, 12) and found.best_surplus == F(1, 2)
    f, mu, noise = (F(0), F(1)), (F(1), F(1, 2)), F(1, 4)
    length = sum(x * x for x in mu)
    cosine = sum(x * y for x, y in zip(f, mu)) ** 2 / length
    assert found.surplus == cosine * length / (length + noise) / 2 and found.cosine == 1 - cosine == found.distortion
    assert found.surplus == mu[1] ** 2 / (length + noise) / 2


def test_a_count_that_weighs_more_reaches_less():
    """2.Z: the weight of the count rises, the surplus falls."""
    found = [analyse(MultitaskContract(signals=((weight, "1/2"),))).surplus for weight in (0, "1/2", 1, 2)]
    assert found == [F(1, 4), F(1, 6), F(1, 12), F(1, 36)]


def test_the_right_indicator():
    """P6.2: nothing for the count, 1 / (1 + risk variance) for what is done; against the count only where tasks are in each other's way."""
    separate = {"signals": ((1, 0), (0, 1)), "noise": (0, "1/4")}
    assert analyse(MultitaskContract(**separate)).bonuses == [0, F(4, 5)]
    assert analyse(MultitaskContract(**separate, substitution="1/2")).bonuses == [F(-1, 10), F(4, 5)]


def test_the_mixed_signal_turns():
    """P6.2: at substitution signal_2 / signal_1 the best bonus is 0, beyond it a bonus lowers what matters."""
    found = {g: analyse(MultitaskContract(substitution=g)) for g in ("1/4", "1/2", "3/4")}
    assert [a.effect_of_bonus[0] for a in found.values()] == [F(4, 15), 0, F(-4, 7)]
    assert found["1/2"].bonuses == [0] and found["3/4"].bonuses[0] < 0
    assert all(a.vanishing_substitution == F(1, 2) for a in found.values())


@settings(max_examples=40, deadline=None)
@given(contracts())
def test_no_other_bonus_is_better(model):
    """A-33, and by the checker."""
    found = analyse(model)
    held = gain(model, found.bonuses)
    assert abs(held - float(found.surplus)) <= 1e-6 * (1 + abs(held))
    for change in np.random.default_rng(11).normal(size=(40, len(model.signals))):
        assert gain(model, np.array(found.bonuses, dtype=float) + change) <= held + 1e-6 * (1 + abs(held))
    assert found.surplus <= found.best_surplus and (found.distortion is None or 0 <= found.distortion <= 1)
    if found.best_surplus:
        assert found.surplus_share <= 1 - found.distortion
    for certificate in found.certificates:
        assert verify(json.loads(json.dumps(certificate))).valid
    pay = sum(b * sum(x * e for x, e in zip(row, found.efforts)) for b, row in zip(found.bonuses, model.signals))
    spent = sum(e * c * x for row, e in zip(model.cost, found.efforts) for c, x in zip(row, found.efforts)) / 2
    assert found.fixed_pay + pay - spent - found.risk_premium == 0


@settings(max_examples=30, deadline=None)
@given(st.lists(st.fractions(0, 2, max_denominator=5), min_size=2, max_size=4), st.data())
def test_where_the_best_bonus_vanishes(values, data):
    n = len(values)
    signal = data.draw(st.lists(st.fractions(0, 2, max_denominator=5), min_size=n, max_size=n))
    turn = analyse(MultitaskContract(values=values, signals=[signal])).vanishing_substitution
    assume(turn is not None and turn <= F(99, 100))
    assert analyse(MultitaskContract(values=values, signals=[signal], substitution=turn)).bonuses == [0]


def test_several_indicators_of_the_same():
    """Bonuses stand as the precisions do; a signal that shows nothing of effort gets nothing (Holmström 1979)."""
    noise = (F(1), F(1, 2), F(2), F(1, 4), F(1))
    found = analyse(MultitaskContract(signals=((0, 1),) * 4 + ((0, 0),), noise=noise))
    weights = [b * v for b, v in zip(found.bonuses, noise)]
    assert len(set(weights[:4])) == 1 and found.bonuses[4] == 0
    precision = sum(1 / v for v in noise[:4])
    assert sum(found.bonuses) == precision / (1 + precision)


def test_contracts_that_are_not_determined():
    twice = analyse(MultitaskContract(signals=((1, 0), (2, 0)), noise=(0, 0), values=(1, 1)))
    assert not twice.determined and twice.surplus == F(1, 2) and verify(twice.certificates[1]).valid
    nothing = analyse(MultitaskContract(signals=((0, 0),), noise=(0,)))
    assert nothing.bonuses == [0] and nothing.cosine is None and nothing.surplus_share == 0
    assert analyse(MultitaskContract(values=(0, 0))).surplus_share is None
    assert abs(analyse(MultitaskContract(noise=(0.25,))).bonuses[0] - 1 / 3) < 1e-12


def test_a_changed_certificate_is_not_valid():
    for certificate in analyse(MultitaskContract()).certificates:
        body = {key: value for key, value in certificate.items() if key != "seal"}
        name = next(iter(body["profile"]))
        assert not verify(sealed(body | {"profile": body["profile"] | {name: "1/7"}})).valid


@pytest.mark.parametrize(
    "wrong",
    [
        {"values": ()},
        {"signals": ()},
        {"signals": ((1, 2, 3),)},
        {"noise": (1, 2)},
        {"noise": (-1,)},
        {"risk": -1},
        {"substitution": 1},
        {"costs": ((1, 0), (0, 1)), "substitution": "1/2"},
        {"costs": ((1, 1), (1, 1))},
        {"costs": "no"},
        {"covariance": ((-1,),)},
    ],
)
def test_bad_input(wrong):
    with pytest.raises(InputError):
        MultitaskContract(**wrong)


# pay where nobody can be fined


@settings(max_examples=40, deadline=None)
@given(st.fractions(0, 1, max_denominator=20), st.fractions(0, 1, max_denominator=20), st.fractions(F(1, 10), 5, max_denominator=10))
def test_success_or_failure(a, b, cost):
    """Laffont and Martimort 2002: bonus c / (p_H - p_L), rent p_L times that; the principal forgoes effort that is not worth its rent."""
    low, high = min(a, b), max(a, b)
    assume(low < high)
    found = analyse(LimitedLiability.of_success(high, low, cost, 10))
    assert found.bonus == cost / (high - low) and found.rent == low * found.bonus
    wanted = (high - low) * 10 >= high * cost / (high - low)
    both = (high - low) * 10 > cost
    assert found.forgone == (both and not wanted and found.chosen == 0)
    assert all(verify(certificate).valid for certificate in found.certificates)


def _chances(n):
    weights = st.lists(st.integers(0, 4), min_size=n, max_size=n).filter(any)
    return weights.map(lambda row: tuple(F(x, sum(row)) for x in row))


@settings(max_examples=40, deadline=None)
@given(st.integers(2, 3), st.integers(2, 3), st.data())
def test_cheapest_pay_against_a_solver(efforts, results, data):
    """The least expected pay for every effort, by floats: the same number, or nothing in both."""
    from scipy.optimize import linprog

    chances = tuple(data.draw(_chances(results)) for _ in range(efforts))
    costs = tuple(F(data.draw(st.integers(0, 4)), 2) for _ in range(efforts))
    outside = F(data.draw(st.integers(0, 2)), 2)
    found = analyse(LimitedLiability(chances, costs, (F(0),) * results, outside))
    for k, pay in enumerate(found.pays):
        A = [[float(b - a) for a, b in zip(chances[k], row)] for j, row in enumerate(chances) if j != k] + [[-float(x) for x in chances[k]]]
        b = [float(cost - costs[k]) for j, cost in enumerate(costs) if j != k] + [-float(costs[k] + outside)]
        other = linprog([float(x) for x in chances[k]], A_ub=A, b_ub=b)
        assert (pay is None) == (other.status == 2)
        if pay is not None:
            assert abs(float(found.expected_pays[k]) - other.fun) < 1e-7 and min(pay) >= 0
    assert all(verify(certificate).valid for certificate in found.certificates)


@pytest.mark.parametrize(
    "wrong",
    [{"chances": ((1, 1), (0, 1))}, {"chances": ((2, -1), (0, 1))}, {"costs": (0,)}, {"values": (1,)}, {"outside": -1}, {"chances": ()}],
)
def test_bad_chances(wrong):
    with pytest.raises(InputError):
        LimitedLiability(**wrong)
    with pytest.raises(InputError):
        LimitedLiability.of_success("1/4", "3/4", 1)
