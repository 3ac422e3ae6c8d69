"""CASE-05: every figure of the ATLAS, the equilibrium against best answers on grids, the queue against a simulation."""

import json
from dataclasses import replace
from fractions import Fraction as F

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from encompass import analyse, verify
from encompass.games.errors import InputError
from encompass.games.organisation.attention_commons import AttentionCommons
from encompass.solvers.certificate import sealed
from encompass.solvers.moves.continuous_goods import attention_commons

SMALL = st.fractions(F(1, 10), 3, max_denominator=10)


@st.composite
def commons(draw):
    """Departments unlike in worth and load, with a fee and perhaps a cap."""
    m = draw(st.integers(1, 5))
    return AttentionCommons(
        departments=m,
        worths=tuple(draw(st.lists(SMALL, min_size=m, max_size=m))),
        loads=tuple(draw(st.lists(SMALL, min_size=m, max_size=m))),
        offloaded=draw(st.fractions(0, F(9, 10), max_denominator=10)),
        fee=draw(st.fractions(0, 2, max_denominator=10)),
        cap=draw(st.none() | st.fractions(0, 2, max_denominator=10)),
    )


# the ATLAS figures


def test_over_fragmentation():
    """P5.1, P5.2."""
    prices = {1: F(1), 2: F(9, 8), 4: F(25, 16), 7: F(16, 7)}
    for m, price in prices.items():
        found = analyse(AttentionCommons(departments=m))
        assert found.price_of_anarchy == price == F((m + 1) ** 2, 4 * m)
        assert found.residual == F(1, m + 1)
        assert found.demands == [1 / (F(1, 20) * (m + 1))] * m
    assert (analyse(AttentionCommons()).total, analyse(AttentionCommons()).best_total) == (16, 10)


def test_the_queue_grows_without_end():
    """P5.3."""
    delays = [analyse(AttentionCommons(departments=m)).delay for m in (1, 2, 4, 7, 8, 9, 12)]
    assert delays == [F(5, 2), F(30, 7), 10, 40, 90, None, None]
    found = analyse(AttentionCommons())
    assert found.overload_from == 9 and found.busy == F(1, 2)
    assert analyse(AttentionCommons(requests=0)).overload_from is None
    for requests in (F(1, 3), F(3, 10), F(99, 100), F(1)):
        first = analyse(AttentionCommons(requests=requests)).overload_from
        stuck = [analyse(AttentionCommons(departments=m, requests=requests)).delay is None for m in range(1, 6)]
        assert stuck == [m >= first for m in range(1, 6)]


def test_offloading_rebounds():
    """P5.4."""
    found = analyse(AttentionCommons(offloaded="1/2"))
    assert (found.total, found.residual, found.residual_at_old_demand) == (32, F(1, 5), F(3, 5))
    capped = analyse(AttentionCommons(offloaded="1/2", cap=analyse(AttentionCommons()).best_cap))
    assert (capped.total, capped.residual) == (10, F(3, 4))


def test_a_fee_and_a_cap_restore_the_best():
    """P5.5."""
    found = analyse(AttentionCommons())
    assert found.best_fee == F(3, 8) and found.best_cap == F(5, 2)
    for change in ({"fee": found.best_fee}, {"cap": found.best_cap}, {"departments": 1}):
        assert analyse(replace(AttentionCommons(), **change)).price_of_anarchy == 1


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 20), st.fractions(F(1, 50), 2), st.fractions(F(1, 5), 5), st.fractions(0, F(9, 10)))
def test_as_the_other_formula_has_it(m, load, worth, offloaded):
    """Departments alike: the closed form of the commons (A-32)."""
    found, other = analyse(AttentionCommons(m, load, worth, offloaded)), attention_commons(m, load, worth, offloaded)
    assert (found.each, found.total, found.best_total, found.residual, found.best_fee, found.price_of_anarchy) == (
        other.each, other.total, other.efficient, other.residual, other.fee, other.price_of_anarchy,
    )  # fmt: skip
    charged = analyse(AttentionCommons(m, load, worth, offloaded, found.best_fee))
    assert charged.total == found.best_total and charged.residual == F(1, 2)


# departments unlike


@settings(max_examples=40, deadline=None)
@given(commons())
def test_nobody_gains_by_another_number(model):
    """Against a grid of other numbers of groups, and by the checker."""
    found = analyse(model)
    demands = tuple(found.demands)
    payoffs = model.payoffs(demands)
    for j in range(model.departments):
        most = F(2) / model.shares[j] if model.cap is None else model.cap
        for step in range(41):
            other = (*demands[:j], most * step / 40, *demands[j + 1 :])
            assert model.payoffs(other)[j] <= payoffs[j]
    (certificate,) = found.certificates
    assert verify(json.loads(json.dumps(certificate))).valid


@settings(max_examples=40, deadline=None)
@given(commons())
def test_simple_answers_lead_to_the_same_place(model):
    """One department after another answers, again and again, from nothing: the same equilibrium, found by floats."""
    x = [0.0] * model.departments
    most = [np.inf if model.cap is None else float(s * model.cap) for s in model.shares]
    for _ in range(400):
        for j, v in enumerate(model.values):
            rest = sum(x) - x[j]
            x[j] = min(max((1 - rest - float(model.fee / v)) / 2, 0), most[j])
    assert np.allclose(x, [float(g * s) for g, s in zip(analyse(model).demands, model.shares)], atol=1e-6)


@settings(max_examples=30, deadline=None)
@given(commons())
def test_the_best_is_the_best(model):
    """No grid of numbers of groups is worth more than best_worth; the best fee and the best cap leave half."""
    found = analyse(model)
    rng = np.random.default_rng(7)
    shares, values = np.array(list(map(float, model.shares))), np.array(list(map(float, model.values)))
    groups = rng.dirichlet(np.ones(model.departments), 500) * rng.random((500, 1)) / shares
    worth = (groups @ values) * (1 - groups @ shares)
    assert worth.max() <= float(found.best_worth) + 1e-9
    free = replace(model, cap=None, fee=F(0))
    charged = analyse(replace(free, fee=analyse(free).best_fee))
    assert charged.residual == max(F(1, 2), analyse(free).residual)
    capped = analyse(replace(free, cap=found.best_cap))
    assert capped.residual == F(1, 2) and capped.demands == [found.best_cap] * model.departments


def test_unlike_departments_take_the_same_time():
    """Without a fee the time each takes depends on neither worth nor load."""
    found = analyse(AttentionCommons(worths=(1, 2, 3, 4), loads=("1/20", "1/10", "1/50", "1/20")))
    assert found.residual == F(1, 5) and found.demands == [4, 2, 10, 4]
    dear = analyse(AttentionCommons(departments=3, worths=(1, 2, 4), fee=1))
    assert dear.demands[0] == 0 and verify(dear.certificates[0]).valid


def test_nothing_is_demanded_at_a_fee_above_the_worth():
    found = analyse(AttentionCommons(fee=2))
    assert found.total == 0 and found.residual == 1 and found.price_of_anarchy is None


def test_floats():
    found = analyse(AttentionCommons(load=0.05, fee=0.1))
    assert abs(found.total - analyse(AttentionCommons(fee="1/10")).total) < 1e-9
    assert verify(found.certificates[0]).valid


def test_a_changed_certificate_is_not_valid():
    certificate = analyse(AttentionCommons()).certificates[0]
    body = {key: value for key, value in certificate.items() if key != "seal"}
    assert not verify(sealed(body | {"profile": body["profile"] | {"g1": "5"}})).valid


def test_the_delay_is_that_of_a_queue():
    """Lindley's recursion over 400 000 requests."""
    model = AttentionCommons(departments=2)
    rng = np.random.default_rng(3)
    n, rate = 400_000, float(analyse(model).residual)
    steps = rng.exponential(1 / rate, n)[:-1] - rng.exponential(1 / float(model.requests), n)[1:]
    walk = np.concatenate([[0.0], np.cumsum(steps)])
    waits = walk - np.minimum.accumulate(walk)
    assert abs(waits.mean() + 1 / rate - float(analyse(model).delay)) < 0.1
    assert abs((waits > 0).mean() - float(analyse(model).busy)) < 0.01


@pytest.mark.parametrize(
    "wrong",
    [
        {"departments": 0},
        {"departments": "4"},
        {"load": 0},
        {"worth": 0},
        {"offloaded": 1},
        {"fee": -1},
        {"requests": 2},
        {"worths": (1, 2)},
        {"loads": (1, 1, 1, 0)},
        {"cap": -1},
    ],
)
def test_bad_input(wrong):
    with pytest.raises(InputError):
        AttentionCommons(**wrong)
