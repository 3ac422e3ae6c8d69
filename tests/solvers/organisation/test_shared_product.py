"""Encompassing and exclusive interest: the shared product, the funder, the ruling group, shares and publicity (ATLAS CASE-15)."""

import json
from dataclasses import replace
from fractions import Fraction as F

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import encompass as ec
from encompass.games.errors import InputError
from encompass.games.organisation.alignment import Alignment
from encompass.games.organisation.majority_tax import MajorityTax
from encompass.games.organisation.public_good_funder import PublicGoodFunder
from encompass.games.organisation.publicity import Publicity
from encompass.games.organisation.shared_product import SharedProduct
from encompass.games.outcome_game import OutcomeGame
from encompass.solvers.organisation.alignment import constant_differences
from encompass.solvers.organisation.public_good_funder import chosen, superencompassing
from encompass.solvers.organisation.registry import analyse
from encompass.solvers.standoff.conflict import conflict_share

FEW = settings(max_examples=40, deadline=None)
T5 = ((4, 5, 6, 7, 8), (12, 15, 18, 25, 30))
lists = st.integers(2, 5).flatmap(lambda n: st.tuples(*[st.lists(st.integers(0, 30), min_size=n, max_size=n)] * 2))


@st.composite
def products(draw, most=6):
    n = draw(st.integers(2, most))
    weights = draw(st.lists(st.integers(0, 6), min_size=n, max_size=n).filter(sum))
    return SharedProduct(n, F(draw(st.integers(0, 20)), 20), tuple(F(w, sum(weights)) for w in weights))


# grabbing and producing


@given(products())
@settings(max_examples=25, deadline=None)
def test_no_effort_on_a_grid_does_better(model):
    found = analyse(model)
    assert found.regret <= 1e-9
    f = [float(x) for x in found.grabs]
    for i in range(model.actors):
        others = sum(f) - f[i]
        worth = [model.payoff(i, x, others) for x in np.linspace(0, 1, 201)]
        assert max(map(float, worth)) <= float(found.gains[i]) + 1e-9
    assert float(sum(found.gains)) == pytest.approx(float(found.product))
    assert all(ec.verify(json.loads(json.dumps(c))).valid for c in found.certificates)


@given(products(4), st.integers(0, 100))
@settings(max_examples=15, deadline=None)
def test_replying_by_turns_leads_there_from_anywhere(model, seed):
    """The equilibrium is the only one: best replies, damped, from random efforts."""
    if model.contested == 0:
        assert analyse(model).grabbed == 0
        return
    K, L, n = float(model.contested), float(model.encompassing), model.actors
    f = np.random.default_rng(seed).random(n)
    for _ in range(4000):
        for i in range(n):
            others = f.sum() - f[i]
            best = min(1, max(0, np.sqrt(n * others * K / (K + L * float(model.guaranteed[i]))) - others))
            f[i] += 0.5 * (best - f[i])
    assert f == pytest.approx([float(x) for x in analyse(model).grabs], abs=1e-5)


@given(products(8))
@FEW
def test_when_nobody_is_held_by_a_bound(model):
    """The condition on shares, the closed form, and that then the sum does not depend on the shares."""
    found, n, K = analyse(model), model.actors, model.contested
    if K in (0, 1):
        return
    assert found.inner == (max(model.guaranteed) <= found.idle_share and min(model.guaranteed) >= found.greedy_share)
    if found.inner:
        assert found.grabbed == n * found.equal_grabs and found.price_of_anarchy == 1 + K * (n - 1)
        down = (1 + K * (n - 1)) ** 2
        assert found.grabs == [n * (n - 1) * K * (1 - (n - 1) * (1 - K) * g) / down for g in model.guaranteed]


def test_the_numbers_of_the_atlas_on_grabbing():
    """P15.1."""
    found = [analyse(SharedProduct(5, F(k, 4))) for k in range(5)]
    assert [a.grabs[0] for a in found] == [F(4, 5), F(3, 4), F(2, 3), F(1, 2), 0]
    assert [a.price_of_anarchy for a in found] == [5, 4, 3, 2, 1]
    assert all(a.product_per_head == 1 / a.price_of_anarchy and a.regret == 0 for a in found)
    assert analyse(replace(SharedProduct(), actors=7)).grabs[0] == F(9, 11)
    corner = analyse(SharedProduct(5, F(1, 2), (1, 0, 0, 0, 0)))
    assert corner.grabs == [0, *[F(15, 16)] * 4] and corner.regret == 0 and not corner.inner
    greedy = analyse(SharedProduct(5, F(3, 4), (0, *[F(1, 4)] * 4)))
    assert greedy.grabs[0] == 1 and 0 < greedy.grabs[1] < 1 and greedy.regret <= 1e-12
    assert not analyse(SharedProduct(2, 1, (1, 0))).unique


def test_large_groups_are_solved_too():
    found = analyse(SharedProduct(50, F(93, 100), (*[F(1, 100)] * 49, F(51, 100))))
    assert found.regret <= 1e-9 and ec.verify(found.certificates[0]).valid


# the holder of a part


@given(lists, st.integers(0, 20))
@FEW
def test_the_funder_against_trying_everything(given_, twentieths):
    gain, damage = given_
    stake = F(twentieths, 20)
    found = analyse(PublicGoodFunder(tuple(gain), tuple(damage), stake))
    W = [0, *(sum(gain) - d for d in damage)]
    k = [0, *(max(0, d - a) for a, d in zip(gain, damage))]
    worth = [stake * w - c for w, c in zip(W, k)]
    assert found.choice == [str(x) if x else "x0" for x, v in enumerate(worth) if v == max(worth)]
    assert found.finances == (max(worth[1:]) >= 0)
    assert found.equilibrium_worth == max(worth)
    assert found.least_stake is None or any(found.least_stake * w == c for w, c in zip(W[1:], k[1:]))
    for t in range(41):
        best = [x for x in range(len(W)) if F(t, 40) * W[x] - k[x] == max(F(t, 40) * w - c for w, c in zip(W, k))]
        aligned = all(W[x] == max(W) for x in best)
        if found.super_stake is None:
            assert t == 40 or not aligned or max(W) == min(W[x] for x in best)
        elif F(t, 40) > found.super_stake:
            assert aligned
    if found.super_stake:
        just_below = found.super_stake * F(999_999, 1_000_000)
        assert any(W[x] < max(W) for x in chosen([F(w) for w in W], [F(c) for c in k], just_below))


def test_the_numbers_of_the_atlas_on_the_funder():
    """P15.2 and P15.3: the minimal subsidy 8 iff the stake is 8/18, which is also the selfishness level of the consent game."""
    found = analyse(PublicGoodFunder(*T5))
    assert found.least_stake == found.super_stake == found.selfishness == F(8, 18) and found.best_payment == 8
    assert superencompassing([F(0), F(10), F(16)], [F(0), F(2), F(11)]) is None
    assert superencompassing([F(0), F(10), F(16)], [F(0), F(2), F(5)]) == F(1, 2)
    assert [analyse(PublicGoodFunder(*T5, stake)).choice for stake in ("2/5", "4/9", "1/2")] == [["x0"], ["x0", "1"], ["1"]]


@given(st.integers(0, 20), st.integers(1, 60))
@FEW
def test_the_ruling_group_against_a_grid(twentieths, loss):
    model = MajorityTax(F(twentieths, 20), F(loss, 20))
    found = analyse(model)
    grid = [model.most * F(k, 200) for k in range(201)]
    assert max(map(model.payoff, grid)) <= found.ruling_gain
    assert 0 <= found.tax <= found.bandit_tax <= model.most
    assert (found.tax == 0) == (model.stake >= found.super_stake)
    assert ec.verify(found.certificates[0]).valid


# shares of the whole


@given(lists, st.data())
@FEW
def test_shares_align_rankings_and_their_conflict_is_as_computed(given_, data):
    gain, damage = given_
    n = len(gain)
    weights = data.draw(st.lists(st.integers(-3, 6), min_size=n, max_size=n).filter(lambda w: sum(w) > 0))
    found = analyse(Alignment(tuple(gain), tuple(damage), tuple(F(w, sum(weights)) for w in weights)))
    assert found.outside_money == 0 and found.conflict_after == found.conflict_of_shares
    if min(weights) > 0 or not found.varies:
        assert found.opposition_after == 0
    elif min(weights) < 0:
        assert found.opposition_after > 0
    if found.varies:
        assert found.shares_after == [F(w, sum(weights)) for w in weights]
        assert (found.conflict_after == 0) == found.constant_after == found.equal


@given(st.integers(2, 4), st.integers(2, 4), st.data())
@FEW
def test_no_conflict_is_left_iff_differences_are_constant(n, sites, data):
    """The converse of P15.4, on tables of any kind, half of them made so."""
    rows = data.draw(st.lists(st.lists(st.integers(-5, 5), min_size=sites, max_size=sites), min_size=n, max_size=n))
    if data.draw(st.booleans()):
        rows = [[x + k for x in rows[0]] for k in range(n)]
    game = OutcomeGame([[0, *row] for row in rows])
    varies = any(len(set(row)) > 1 for row in rows)
    assert (conflict_share(game) == 0) == (constant_differences(game) or not varies)


def test_the_numbers_of_the_atlas_on_alignment():
    """P15.4 on T5: equal shares end the conflict and the standoff, unequal ones leave 0.36 of it with all rankings aligned."""
    equal = analyse(Alignment(*T5))
    assert equal.conflict_before > F(97, 100) and equal.conflict_after == equal.opposition_after == 0
    assert equal.ends_before == ["x0"] and equal.ends_after == ["1"]
    unequal = analyse(Alignment(*T5, (F(1, 2), *[F(1, 8)] * 4)))
    assert unequal.conflict_after == F(9, 25) and unequal.opposition_after == 0
    assert all(ec.verify(c).valid for c in unequal.certificates)


@given(st.lists(st.integers(0, 10), min_size=5, max_size=5), st.integers(0, 20))
@FEW
def test_publicity_against_its_inequality(tenths, twentieths):
    hearts, lam = [F(x, 10) for x in tenths], F(twentieths, 20)
    found = analyse(Publicity(*T5, tuple(hearts), lam))
    mean = sum(hearts) / 5
    after = [h * (1 - lam) + lam * mean for h in hearts]
    assert found.weights_after == after and found.needed == F(8, 26) and found.host_loses == 8
    accepts = [i for i, b in enumerate(after) if (1 - b) * (T5[0][i] - T5[1][i]) + b * (sum(T5[0]) - T5[1][i]) >= 0]
    accepts = [i for i in accepts if sum(T5[0]) > T5[1][i]]
    assert found.built_after == (str(min(accepts) + 1) if accepts else "x0")
    least = found.least_susceptibility
    assert (0 in accepts) == (least is not None and (lam >= least if hearts[0] < F(4, 13) or least else after[0] >= F(4, 13)))


# proofs and refusals


@pytest.mark.parametrize("model", [SharedProduct(), PublicGoodFunder(), MajorityTax(), Alignment()])
def test_certificates_hold_and_changed_ones_do_not(model):
    found = analyse(model).certificates
    assert found and all(ec.verify(json.loads(json.dumps(c))).valid for c in found)
    assert not ec.verify(found[0] | {"seal": "0" * 64}).valid


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: SharedProduct(1),
        lambda: SharedProduct(51),
        lambda: SharedProduct(encompassing=2),
        lambda: SharedProduct(3, F(1, 2), (F(1, 2), F(1, 2))),
        lambda: SharedProduct(2, F(1, 2), (F(1, 2), F(1, 3))),
        lambda: PublicGoodFunder((1, 2), (3,)),
        lambda: PublicGoodFunder(stake=2),
        lambda: MajorityTax(loss=0),
        lambda: Alignment(*T5, (1, 1, 1, 1, 1)),
        lambda: Publicity(hearts=(2, 0, 0, 0, 0)),
    ],
)
def test_nonsense_is_refused(wrong):
    with pytest.raises(InputError):
        wrong()


def test_who_has_more_never_grabs_more():
    for shares in ((F(1, 2), F(1, 2), 0), (F(6, 10), F(3, 10), F(1, 10)), (1, 0, 0)):
        for encompassing in (0, F(1, 4), F(3, 4), 1):
            found = analyse(SharedProduct(3, encompassing, shares))
            pairs = list(zip(shares, found.grabs))
            assert found.ordered and all(f <= e + 1e-9 for g, f in pairs for h, e in pairs if g > h)


def test_the_bound_for_one_moves_when_others_are_held():
    """A share beyond ``idle_share`` need not stop its holder where somebody else is held at a bound already."""
    shares = (F(6, 22), F(1, 22), F(2, 22), F(6, 22), F(4, 22), F(3, 22))
    found = analyse(SharedProduct(6, F(3, 4), shares))
    assert not found.inner and shares[0] > found.idle_share and found.grabs[0] > 0


def test_a_site_that_needs_no_payment_is_financed_at_no_stake():
    found = analyse(PublicGoodFunder((0, 0), (0, 5), 0))
    assert found.finances and found.least_stake == 0
