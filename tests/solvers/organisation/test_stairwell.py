"""Stairwells: trust, selection, subsidies, pledges, critical mass and sanctions, each against a slow obvious twin (ATLAS CASE-12)."""

import json
from dataclasses import replace
from fractions import Fraction as F
from itertools import product
from math import isclose

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import betainc

import encompass as ec
from encompass.games.errors import InputError
from encompass.games.normal_form import NormalForm
from encompass.games.organisation.belief_threshold import BeliefThreshold
from encompass.games.organisation.critical_mass import CriticalMass
from encompass.games.organisation.stairwell_sanctions import StairwellSanctions
from encompass.games.organisation.stairwell_threshold import StairwellThreshold
from encompass.games.public_goods import threshold
from encompass.solvers.organisation.registry import analyse
from encompass.solvers.structure.potential import find_potential, potential_error

FEW = settings(max_examples=40, deadline=None)
money = st.integers(1, 12).map(F)


def equilibria_counts(n, payoff):
    """How many act in the pure equilibria of ``payoff(actions)``, by trying every profile and every deviation."""
    found = set()
    for a in product((0, 1), repeat=n):
        here = payoff(a)
        if all(payoff((*a[:i], 1 - a[i], *a[i + 1 :]))[i] <= here[i] for i in range(n)):
            found.add(sum(a))
    return sorted(found)


@st.composite
def goods(draw, most=5):
    n = draw(st.integers(2, most))
    return StairwellThreshold(n, draw(st.integers(1, n)), draw(money), draw(money), F(1, draw(st.integers(2, 50))), draw(st.integers(0, n)))


# one careless household


@given(st.integers(2, 6), st.integers(1, 12), st.integers(0, 12), st.integers(0, 10))
@FEW
def test_acting_pays_iff_its_expected_worth_covers_the_cost(n, benefit, cost, tenths):
    """Against the sum over everything the neighbours may do."""
    if cost > benefit:
        with pytest.raises(InputError):
            BeliefThreshold(n, benefit, cost)
        return
    q = F(tenths, 10)
    found = analyse(BeliefThreshold(n, benefit, cost, q))
    worth = sum(np.prod([q if a else 1 - q for a in others]) * benefit * all(others) for others in product((0, 1), repeat=n - 1))
    assert found.acts == (worth >= cost)
    assert isclose(found.threshold ** (n - 1), cost / benefit, abs_tol=1e-12)
    trusted = [g for g in range(1, 60) if benefit * q ** (g - 1) >= cost]
    assert (found.largest_unit is None and trusted == list(range(1, 60))) or found.largest_unit == max(trusted)


@given(st.integers(2, 5), money, money)
@FEW
def test_subsidies_leave_one_equilibrium_and_one_fewer_does_not(n, benefit, cost):
    benefit = benefit + cost
    model = BeliefThreshold(n, benefit, cost)
    found = analyse(model)
    assert found.subsidy_total == cost * (n - 1) == sum(found.subsidies)

    def paid(k):
        return lambda a: [benefit * all(a) + (model.margin + (cost if i < k else 0) - cost) * a[i] for i in range(n)]

    assert found.with_subsidies == equilibria_counts(n, paid(n - 1)) == [n]
    assert found.with_one_fewer == equilibria_counts(n, paid(n - 2)) == [n - 2, n]
    left = ec.solve(model.subsidised(n - 1).normal_form(), "dominance")
    assert len(left.equilibria) == 1
    assert found.counts == equilibria_counts(n, lambda a: [benefit * all(a) - cost * x for x in a]) == [0, n]


def test_the_numbers_of_the_atlas_on_trust():
    """P12.1 and P12.3."""
    thresholds = [analyse(BeliefThreshold(g)).threshold for g in (2, 4, 12, 60)]
    assert thresholds == pytest.approx([0.40, 0.737, 0.920, 0.985], abs=5e-4)
    assert analyse(BeliefThreshold(5, 10, 4)).subsidy_total == 16
    assert analyse(BeliefThreshold(2, 10, 4)).long_run_acts and not analyse(BeliefThreshold(3, 10, 4)).long_run_acts


# so many are needed


@given(goods())
@FEW
def test_equilibria_of_all_variants_against_all_profiles(model):
    n, k, b, c = model.households, model.needed, model.benefit, model.cost
    found = analyse(model)

    def variant(due, failed=F(0), subsidy=F(0), paid=0):
        def payoff(a):
            m = sum(a)
            fails = failed if m < k else 0
            return [b * (m >= k) + a[i] * (fails - due(m) + (subsidy if i < paid else 0)) for i in range(n)]

        return payoff

    assert found.counts == equilibria_counts(n, variant(lambda m: c))
    assert found.with_refund == equilibria_counts(n, variant(lambda m: c * (m >= k)))
    assert found.with_bonus == equilibria_counts(n, variant(lambda m: c * (m >= k), model.bonus))
    assert found.with_shared_cost == equilibria_counts(n, variant(lambda m: c * k / F(m) if m >= k else F(0)))
    assert found.with_paid == equilibria_counts(n, variant(lambda m: c, F(0), c + model.margin, model.paid))
    totals = {m: n * b * (m >= k) - m * c for m in range(n + 1)}
    assert found.best_total == max(totals.values()) and totals[found.best_count] == found.best_total
    assert (model.game().table == threshold(n, k, b, c).table).all()


@given(goods())
@FEW
def test_the_potential_moves_as_every_household_gains(model):
    found, named = analyse(model), model.game().normal_form()
    table = np.empty(named.shape, dtype=object)
    for a in np.ndindex(named.shape):
        table[a] = found.potential[sum(a)]
    assert potential_error(named, table) == 0 and (find_potential(named) == table).all()
    best = max(found.potential)
    assert found.long_run == [m for m, height in enumerate(found.potential) if height == best]
    assert found.long_run_provides == (model.needed * model.cost < model.benefit)


@given(goods(4))
@settings(max_examples=15, deadline=None)
def test_time_shares_against_the_chain_of_all_profiles(model):
    """One household, drawn at random, errs with probability epsilon, else replies best, ties by a coin."""
    n, e = model.households, float(model.mistakes)
    named = model.game().normal_form()
    states = list(product((0, 1), repeat=n))
    P = np.zeros((2**n, 2**n))
    for s, a in enumerate(states):
        for i in range(n):
            moves = [(*a[:i], x, *a[i + 1 :]) for x in (0, 1)]
            gain = named.payoffs(moves[1])[i] - named.payoffs(moves[0])[i]
            joins = (1 - e) * (1.0 if gain > 0 else 0.0 if gain < 0 else 0.5) + e / 2
            P[s, states.index(moves[1])] += joins / n
            P[s, states.index(moves[0])] += (1 - joins) / n
    stationary = np.linalg.lstsq(np.vstack([P.T - np.eye(2**n), np.ones(2**n)]), np.append(np.zeros(2**n), 1), rcond=None)[0]
    found = analyse(model)
    assert float(found.idle_time) == pytest.approx(stationary[0], abs=1e-6)
    short = sum(p for a, p in zip(states, stationary) if sum(a) < model.needed)
    assert float(found.time_without) == pytest.approx(short, abs=1e-6)


def test_the_numbers_of_the_atlas_on_selection_and_subsidies():
    """P12.2, whose figures under mistakes are the time in which nobody acts; P12.3 on PG5k3."""
    found = [analyse(StairwellThreshold(8, k)) for k in (1, 2, 3, 4)]
    assert [round(float(a.idle_time), 3) for a in found] == [0.000, 0.034, 0.969, 0.996]
    assert [round(float(a.time_without), 3) for a in found] == [0.000, 0.035, 0.973, 1.000]
    assert [a.long_run_provides for a in found] == [True, True, False, False]
    assert [a.long_run_by_mistakes for a in found] == [[1], [0, 2], [0], [0]]
    paid = [analyse(StairwellThreshold(5, 3, paid=k)).with_paid for k in (0, 1, 2)]
    assert paid == [[0, 3], [1, 3], [3]]
    assert analyse(StairwellThreshold(12, 3)).mass == 2
    lamp = analyse(StairwellThreshold(5, 1))
    assert lamp.counts == [1] and lamp.chances == pytest.approx([1 - 0.4**0.25])


def test_pledges_change_what_lasts():
    for k in range(1, 6):
        found = analyse(StairwellThreshold(6, k))
        assert found.with_refund_long_run == found.with_shared_cost_long_run == found.with_bonus == [k]


# the mass that tips


@given(st.integers(0, 10), st.integers(0, 10), st.integers(1, 9), st.integers(1, 9), st.integers(0, 20))
@FEW
def test_participation_ends_where_the_map_leads(always, never, low, high, start):
    """Against the map itself, repeated until it moves no more; near a tangency, where that takes long, nothing is compared."""
    u, v = F(always, 20), F(never, 20)
    found = analyse(CriticalMass(u, v, low, high, F(start, 20)))

    def following(q):
        return float(u) + float(1 - u - v) * betainc(low, high, q)

    q = start / 20
    assert float(found.following(F(start, 20))) == pytest.approx(following(q), abs=1e-12)
    for _ in range(20_000):
        q, before = following(q), q
        if abs(q - before) < 1e-12:
            break
    on_edge = any(abs(start / 20 - x) < 1e-6 for x in found.masses)
    assert on_edge or abs(q - before) >= 1e-12 or float(found.ends_at) == pytest.approx(q, abs=1e-4)


def test_the_numbers_of_the_atlas_on_the_critical_mass():
    """P12.4, and a crowd with drawn thresholds, a hundred thousand, from either side of the critical mass."""
    found = analyse(CriticalMass())
    assert found.stable == pytest.approx([0.100, 0.797], abs=5e-4) and found.critical == pytest.approx(0.543, abs=5e-4)
    more = analyse(CriticalMass(always="3/10"))
    assert more.rests == pytest.approx([0.798], abs=5e-4) and more.critical is None
    drawn = np.random.default_rng(12).beta(8, 8, 70_000)
    crowd = np.sort(np.concatenate([np.zeros(10_000), np.full(20_000, 2.0), drawn]))
    for start, end in ((0.52, found.from_nobody), (0.57, found.from_all)):
        share = start
        for _ in range(200):
            share = np.searchsorted(crowd, share, side="right") / len(crowd)
        assert share == pytest.approx(end, abs=0.01)
    assert analyse(CriticalMass(start="54/100")).ends_at < 0.11 < 0.79 < analyse(CriticalMass(start="55/100")).ends_at


# sanctions


@given(st.integers(2, 5), st.integers(0, 10), st.integers(1, 10), st.integers(0, 5), st.integers(0, 15))
@FEW
def test_sanctions_against_their_inequalities(n, share, harm, fee, fine):
    model = StairwellSanctions(n, F(share, 10), F(harm, 10), F(1, 10), F(fee, 10), F(fine, 10))
    found = analyse(model)
    r, k = model.share, found.punishers_needed
    assert k * model.harm >= 1 - r > (k - 1) * model.harm
    wanted = 0 if r == 1 else k + 1 if k + 1 <= n else None
    assert found.punishers == wanted
    assert found.fund_holds == (found.payer >= found.dodger and found.payer >= found.defector)
    assert found.strict_fund_holds == (found.payer >= found.fined_dodger and found.payer >= found.defector)


def test_the_numbers_of_the_atlas_on_the_fund():
    """M-27."""
    found = analyse(StairwellSanctions())
    assert (found.payer, found.dodger, found.fined_dodger, found.defector) == (F(9, 10), 1, F(3, 10), F(9, 10))
    assert not found.fund_holds and found.strict_fund_holds and found.bare_counts == [0]


# proofs and refusals


@pytest.mark.parametrize("model", [BeliefThreshold(6), StairwellThreshold(7, 3), StairwellSanctions()])
def test_certificates_hold_and_changed_ones_do_not(model):
    found = analyse(model).certificates
    assert found and all(ec.verify(json.loads(json.dumps(c))).valid for c in found)
    assert not ec.verify(found[0] | {"complete": "yes"}).valid


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: BeliefThreshold(1),
        lambda: BeliefThreshold(5, 4, 10),
        lambda: BeliefThreshold(belief=2),
        lambda: StairwellThreshold(5, 6),
        lambda: StairwellThreshold(mistakes=0),
        lambda: StairwellThreshold(5, 3, paid=6),
        lambda: StairwellThreshold(bonus=0),
        lambda: CriticalMass("2/3", "2/3"),
        lambda: CriticalMass(low=0),
        lambda: StairwellSanctions(harm=0),
        lambda: StairwellSanctions(share=2),
    ],
)
def test_nonsense_is_refused(wrong):
    with pytest.raises(InputError):
        wrong()


def test_a_float_stays_a_float():
    model = replace(StairwellThreshold(6, 2), benefit=10.5)
    assert analyse(model).counts == [0, 2] and isinstance(model.game().normal_form(), NormalForm)
