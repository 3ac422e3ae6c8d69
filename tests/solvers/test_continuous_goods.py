"""Continuous goods: nobody gains by another amount (checked exactly by concavity: at the amount and on a grid), and the worked figures."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from encompass.games.errors import InputError
from encompass.solvers.moves.continuous_goods import (
    attention_commons,
    avoidance,
    cournot_commons,
    log_provision,
    private_provision,
    tullock,
    tullock_alike,
)
from encompass.solvers.moves.network_efforts import distributed

positive = st.integers(1, 30).map(lambda k: Fraction(k, 2))
shares = st.sampled_from(["1/4", "1/2", "2/3", "9/10"]).map(Fraction)


@given(st.lists(st.tuples(positive, shares), min_size=1, max_size=5), st.sampled_from([0, 1, 5]))
@settings(deadline=None, max_examples=60)
def test_private_provision_meets_the_first_order_conditions(people, public):
    wealth, a = zip(*people)
    tax = [public * w / sum(wealth) for w in wealth]
    if any(t > w for t, w in zip(tax, wealth)):
        return
    found = private_provision(list(a), wealth, public, tax)
    assert found.total == public + sum(found.gifts)
    for w, t, share, g in zip(wealth, tax, a, found.gifts):
        x, slope = w - t - g, None
        if x > 0 and found.total > 0:
            slope = share / found.total - (1 - share) / x  # of utility in the own gift
            assert slope == 0 if g > 0 else slope <= 0
        assert g >= 0


def test_neutrality_and_its_bound():
    """Redistribution among contributors changes nothing (Warr 1983); past the bound it does."""
    assert {private_provision("1/2", w).total for w in ([10, 10], [12, 8], [13, 7])} == {Fraction(20, 3)}
    assert private_provision("1/2", [16, 4]).total == 8
    assert private_provision("1/2", [16, 4]).contributors == (0,)
    crowded = private_provision("1/2", [10, 10], 2)
    assert crowded.total == Fraction(20, 3)
    assert crowded.gifts == (Fraction(7, 3),) * 2
    all_public = private_provision("1/2", [10, 10], 20)
    assert all_public.gifts == (0, 0)
    assert private_provision(0.5, [10.0, 10.0]).total == pytest.approx(20 / 3)
    assert private_provision(["1/2", "1/3"], [10, 10]).efficient is None
    assert private_provision("1/2", [10, 10]).to_dict()["ratio"] == "2/3"


def test_scope():
    """P7.2: only the largest stake gives; (4, 2, 1, 1): one half."""
    found = log_provision([4, 2, 1, 1])
    assert found.gifts == (4, 0, 0, 0)
    assert found.ratio == Fraction(1, 2)
    assert found.unique
    tied = log_provision([3, 3, 1])
    assert tied.total == 3
    assert not tied.unique
    assert log_provision([0, 2]).contributors == (1,)


@given(st.lists(positive, min_size=2, max_size=6))
@settings(deadline=None, max_examples=60)
def test_contest_efforts_are_best_answers(values):
    found = tullock(values)
    assert found.total == sum(found.efforts)
    assert sum(found.shares) == 1
    for V, x, payoff in zip(values, found.efforts, found.payoffs):
        others = found.total - x
        slope = V * others / found.total**2 - 1
        assert slope == 0 if x > 0 else slope <= 0
        assert payoff == V * x / found.total - x
        for other in (Fraction(k, 4) for k in range(1, 40)):
            assert V * other / (others + other) - other <= payoff


def test_contest_figures():
    four = tullock([16] * 4)
    assert four.efforts == (3,) * 4
    assert four.dissipation(16) == Fraction(3, 4)
    assert tullock([4, 12]).shares[0] == Fraction(1, 4)  # V1 / (V1 + V2)
    assert tullock([1, 1, 10, 20]).efforts[:2] == (0, 0)
    assert tullock_alike(4, 16).efforts == four.efforts
    assert tullock_alike(2, 10, 2).payoffs == (0, 0)  # all of the prize is spent
    with pytest.raises(InputError):
        tullock_alike(2, 10, "2.1")
    lobbying = avoidance([20] * 5)  # P1.14
    assert lobbying.efforts == (Fraction(20, 25),) * 5
    assert lobbying.total == 4
    assert lobbying.payoffs[0] == -20 * Fraction(1, 5) - Fraction(4, 5)
    assert lobbying.to_dict()["total"] == "4"


@given(st.lists(positive, min_size=2, max_size=5))
@settings(deadline=None, max_examples=30)
def test_avoidance_is_a_best_answer(damages):
    found, n = avoidance(damages), len(damages)
    for d, e, payoff in zip(damages, found.efforts, found.payoffs):
        others = found.total - e
        assert payoff == -d * (1 - e / found.total) / (n - 1) - e
        for other in (Fraction(k, 5) for k in range(1, 30)):
            assert -d * (1 - other / (others + other)) / (n - 1) - other <= payoff


def test_attention():
    """P5.1, P5.2, P5.4, P5.5 on H4 (m = 4, load .05)."""
    ratios = [attention_commons(m, "1/20").price_of_anarchy for m in (1, 2, 4, 7)]
    assert ratios == [1, Fraction(9, 8), Fraction(25, 16), Fraction(16, 7)]
    four = attention_commons(4, "0.05")
    assert (four.each, four.total, four.efficient, four.residual, four.fee) == (4, 16, 10, Fraction(1, 5), Fraction(3, 8))
    half = attention_commons(4, "0.05", offloaded="1/2")
    assert (half.total, half.residual) == (32, Fraction(1, 5))
    with_fee = cournot_commons(4, 1 - four.fee, Fraction(1, 20))  # the fee lowers what a group is worth
    assert with_fee.total == four.efficient


@given(st.integers(1, 6), positive, positive)
@settings(deadline=None, max_examples=30)
def test_cournot_is_a_best_answer(n, A, B):
    found = cournot_commons(n, A, B)
    others = found.each * (n - 1)

    def payoff(x):
        return x * (A - B * (others + x))

    assert payoff(found.each) * n == found.surplus
    assert all(payoff(found.each + Fraction(k, 7)) <= payoff(found.each) for k in range(-7, 8))
    assert found.most >= found.surplus
    assert found.to_dict()["schema"] == "encompass/commons/1"


def test_distributed_efforts():
    ring = [[0, 1], [1, 2], [2, 3], [3, 0]]
    assert distributed(4, ring).efforts == (Fraction(1, 3),) * 4
    assert distributed(4, ring).unique
    six = distributed(6, [[k, (k + 1) % 6] for k in range(6)])
    assert six.efforts == (Fraction(1, 3),) * 6
    assert not six.unique  # cos(2 pi / 3) = -1/2: a line of them
    path = distributed(2, [[0, 1]], 3)
    assert path.efforts == (Fraction(3, 2),) * 2
    assert distributed(4, [[0, 1], [0, 2], [0, 3]]) is None  # in a star either the centre or the leaves provide alone
    kite = [[0, 1], [1, 2], [2, 0], [3, 4]]
    found = distributed(5, kite)
    assert not found.unique
    assert min(found.efforts) == Fraction(1, 3)
    near = [{j for e in kite for i, j in (e, e[::-1]) if i == k} for k in range(5)]
    assert all(found.efforts[i] + sum(found.efforts[j] for j in near[i]) == 1 for i in range(5))


@pytest.mark.parametrize(
    "bad",
    [
        lambda: private_provision(1, [10]),
        lambda: private_provision(0, [10]),
        lambda: private_provision("1/2", [-1]),
        lambda: private_provision("1/2", [10, 1], 4),
        lambda: private_provision("1/2", [10, 10], 4, [1, 1]),
        lambda: private_provision(["1/2"], [10, 10]),
        lambda: log_provision([0, 0]),
        lambda: tullock([3]),
        lambda: tullock([3, 0]),
        lambda: avoidance([3]),
        lambda: attention_commons(0, 1),
        lambda: attention_commons(2, 1, 1, 1),
        lambda: cournot_commons(2, 1, 1, 2),
        lambda: distributed(2, [[0, 1]], 0),
    ],
)
def test_bad_parameters_are_refused(bad):
    with pytest.raises(InputError):
        bad()
