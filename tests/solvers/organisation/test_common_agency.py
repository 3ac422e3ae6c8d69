"""Game 5c: the equilibrium in linear contracts against answers on grids and by floats; several principals against one."""

import json
from dataclasses import replace
from fractions import Fraction as F

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from encompass import analyse, verify
from encompass.games.errors import InputError, SizeError
from encompass.games.organisation.common_agency import CommonAgency
from encompass.solvers.certificate import sealed

SMALL = st.fractions(0, 3, max_denominator=6)


@st.composite
def agencies(draw):
    """Up to 3 principals and tasks, any benefits, costs ``A'A + I`` and noise ``B'B``."""
    P, T = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    whole = st.lists(st.lists(st.integers(-2, 2), min_size=T, max_size=T), min_size=T, max_size=T)
    A, B = np.array(draw(whole)), np.array(draw(whole))
    benefits = draw(st.lists(st.lists(SMALL, min_size=T, max_size=T), min_size=P, max_size=P))
    costs, noise = A.T @ A + np.eye(T, dtype=int), B.T @ B
    return CommonAgency(principals=P, benefits=benefits, costs=costs.tolist(), covariance=noise.tolist(), risk=draw(SMALL))


def gain(model, i, contracts):
    """What principal i and the committee gain together, as written in the definition."""
    K = np.linalg.inv(np.array(model.cost, dtype=float))
    b = np.array(contracts, dtype=float)
    total, others = b.sum(axis=0), b.sum(axis=0) - b[i]
    e = K @ total
    spent = e @ np.array(model.cost, dtype=float) @ e / 2 + float(model.risk) * total @ np.array(model.variance, dtype=float) @ total / 2
    return (np.array(model.gains[i], dtype=float) + others) @ e - spent


def test_figures_of_three_roles_alike():
    """(I + P risk C S) b = 1 with C 1 = 2: b = 1 / (1 + P / 2)."""
    found = analyse(CommonAgency())
    assert found.incentives == [F(2, 5)] * 3 and found.single_incentives == [F(2, 3)] * 3
    assert found.contracts[0] == [F(4, 5), F(-1, 5), F(-1, 5)]
    assert found.strength == F(9, 25) and found.loss == F(2, 25) > 0
    assert found.own_incentives == [F(6, 7)] * 3


def test_nobody_pays_for_a_task_of_others():
    """With tasks of their own that crowd one another out alike, -(benefits - b) / P is never above 0."""
    assert analyse(CommonAgency()).for_others_tasks == F(-1, 5)
    assert analyse(CommonAgency(risk=0)).for_others_tasks == 0
    assert analyse(CommonAgency(principals=1)).for_others_tasks is None
    for weights in ((1, 2, 1), (0, 6, 5), (0, 0, 3)):
        for substitution in (0, F(1, 2), F(9, 10)):
            found = analyse(CommonAgency(weights=weights, substitution=substitution))
            own = {(k, k) for k, weight in enumerate(weights) if weight}
            others = [x for i, row in enumerate(found.contracts) for j, x in enumerate(row) if (i, j) not in own]
            assert found.for_others_tasks == max(others) <= 0


@settings(max_examples=40, deadline=None)
@given(agencies())
def test_no_principal_gains_by_another_contract(model):
    found = analyse(model)
    rng = np.random.default_rng(5)
    contracts = np.array(found.contracts, dtype=float)
    assert np.allclose(contracts.sum(axis=0), np.array(found.incentives, dtype=float))
    for i in range(model.principals):
        held = gain(model, i, contracts)
        for change in rng.normal(size=(30, model.tasks)):
            other = contracts.copy()
            other[i] += change
            assert gain(model, i, other) <= held + 1e-9 * (1 + abs(held))
    for certificate in found.certificates:
        assert verify(json.loads(json.dumps(certificate))).valid


@settings(max_examples=40, deadline=None)
@given(agencies())
def test_several_principals_pay_for_less(model):
    """The total strength of incentives falls in the number of principals between whom the same benefits are divided; surplus too."""
    found = analyse(model)
    assert found.strength is None or found.strength <= 1
    assert found.loss >= 0 and found.own_surplus <= found.single_surplus
    together = tuple(map(tuple, [[sum(column) for column in zip(*model.gains)]]))
    one = analyse(replace(model, principals=1, benefits=together))
    assert one.incentives == found.single_incentives and one.loss == 0
    split = replace(model, principals=model.principals + 1, benefits=(*model.gains, (F(0),) * model.tasks))
    more = analyse(split)
    assert more.surplus <= found.surplus
    if not model.risk:
        assert found.loss == 0 and found.efforts == found.best_efforts  # Bernheim and Whinston: risk neutral, efficient


@settings(max_examples=30, deadline=None)
@given(agencies())
def test_own_tasks_only(model):
    """No principal gains by another bonus on a task that matters to it."""
    found = analyse(model)
    contracts = np.array(found._own, dtype=float)
    for i, row in enumerate(model.gains):
        held = gain(model, i, contracts)
        for j, worth in enumerate(row):
            for step in (-1, -0.1, 0.1, 1) if worth else ():
                other = contracts.copy()
                other[i, j] += step
                assert gain(model, i, other) <= held + 1e-9 * (1 + abs(held))


def test_a_changed_certificate_is_not_valid():
    for certificate in analyse(CommonAgency()).certificates:
        body = {key: value for key, value in certificate.items() if key != "seal"}
        name = next(iter(body["profile"]))
        assert not verify(sealed(body | {"profile": body["profile"] | {name: "7/8"}})).valid


@pytest.mark.parametrize(
    "wrong",
    [
        {"principals": 0},
        {"weights": (1, 2)},
        {"substitution": 1},
        {"risk": -1},
        {"benefits": ((1, 2),)},
        {"benefits": ((1, 2), (1,), (2, 3))},
        {"costs": ((1, 2, 0), (2, 1, 0), (0, 0, 1))},
        {"costs": ((1, 0), (0, 1))},
        {"costs": ((1, 1, 0), (0, 1, 0), (0, 0, 1))},
        {"covariance": ((1, 0, 0), (0, 0, 1), (0, 1, 0))},
    ],
)
def test_bad_input(wrong):
    with pytest.raises(InputError):
        CommonAgency(**wrong)


def test_too_many():
    with pytest.raises(SizeError):
        CommonAgency(principals=2, benefits=((1,) * 31, (1,) * 31))
