"""CASE-10: mediation against HiGHS, against every lie and refusal, and the figures of the ATLAS."""

from __future__ import annotations

import hashlib
import json
from fractions import Fraction as F
from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import encompass as ec
from encompass.games.errors import InputError
from encompass.games.organisation.mediation import Mediation
from encompass.solvers.deliberation.mediation_program import arbitrated, mediated
from encompass.solvers.deliberation.settlement import even_split_settles, most_settled
from encompass.solvers.organisation.mediation import MediationAnalysis

MODELS = st.builds(
    Mediation,
    remains=st.integers(1, 40).map(lambda k: F(k, 40)),
    wins=st.integers(20, 40).map(lambda k: F(k, 40)),
    strong=st.integers(1, 39).map(lambda k: F(k, 40)),
    steps=st.integers(2, 3),
)


def made(remains, wins, strong, **more):
    return MediationAnalysis(Mediation(remains=remains, wins=wins, strong=strong, **more))


def resealed(certificate):
    body = {key: value for key, value in certificate.items() if key != "seal"}
    text = json.dumps(body, sort_keys=True, separators=(",", ":"))
    return body | {"seal": hashlib.sha256(text.encode()).hexdigest()}


# P10.1, P10.2


def test_figures_of_the_atlas():
    """(theta, p, q) = (.7,.7,.3): .448, settled; (.9,.7,.3): .576, at most .643 with s = (0, .365, 1); .582; .36."""
    easy, hard = made("0.7", "0.7", "0.3"), made("0.9", "0.7", "0.3")
    assert easy.war_strong == F("0.448") and easy.even_split and easy.settled == 1
    assert hard.war_strong == F("0.576") and not hard.even_split
    assert hard.settled == F("0.643125") and hard.settled_pairs == [0, F(35, 96), 1]
    assert float(made("0.9", "0.8", "0.3").settled) == pytest.approx(0.582, abs=5e-4)
    assert made("0.9", "0.8", "0.6").settled == F("0.36")
    assert all(a.mediator_is_enough for a in (easy, hard, made("0.9", "0.8", "0.3"), made("0.9", "0.8", "0.6")))


@given(MODELS)
@settings(max_examples=30, deadline=None)
def test_against_the_other_program_and_the_even_split(model):
    analysis = MediationAnalysis(model)
    assert analysis.settled == most_settled(model.left, model.wins, model.strong)
    assert analysis.even_split == even_split_settles(model.left, model.wins, model.strong) == (analysis.settled == 1)
    assert analysis.even_split == (model.left <= analysis.bound)
    assert analysis.war_weak <= analysis.war_strong


@given(MODELS)
@settings(max_examples=15, deadline=None)
def test_mediators_do_as_well_as_arbitrators_and_money_adds_nothing(model):
    analysis = MediationAnalysis(model)
    assert analysis.mediator_is_enough and analysis.settled_with_money == analysis.settled


def by_highs(war, prior):
    """The arbitrator's program over s and shares z[s, t] = what s gets against t, unlike reports apart, written out independently."""
    from scipy.optimize import linprog

    kinds = range(len(prior))
    place = {key: k for k, key in enumerate([(n, s, t) for n in "sz" for s, t in product(kinds, kinds)])}
    upper, equal, right = [], [], []

    def utility(true, said):
        row = np.zeros(len(place))
        for t in kinds:
            row[place["z", said, t]] += float(prior[t])
            row[place["s", said, t]] -= float(prior[t] * war[true][t])
        return row

    for s in kinds:
        upper.append(-utility(s, s))
        upper += [utility(s, r) - utility(s, s) for r in kinds]
    for s, t in product(kinds, kinds):
        symmetric, whole = np.zeros(len(place)), np.zeros(len(place))
        symmetric[place["s", s, t]] += 1
        symmetric[place["s", t, s]] -= 1
        whole[place["z", s, t]] += 1
        whole[place["z", t, s]] += 1
        whole[place["s", s, t]] -= 1
        equal += [symmetric, whole]
        right += [0, 0]
    cost = np.zeros(len(place))
    for s, t in product(kinds, kinds):
        cost[place["s", s, t]] -= float(prior[s] * prior[t])
    found = linprog(cost, A_ub=upper, b_ub=np.zeros(len(upper)), A_eq=equal, b_eq=right, bounds=[(0, 1)] * len(place))
    return -found.fun


@given(st.lists(st.integers(1, 5), min_size=2, max_size=3), st.integers(5, 20), st.data())
@settings(max_examples=15, deadline=None)
def test_any_number_of_strengths(weights, size, data):
    """Unlike chances of winning, two or three strengths, against HiGHS; a mediator never does better, whatever it proposes."""
    k = len(weights)
    prior = [F(w, sum(weights)) for w in weights]
    half = {(s, t): F(data.draw(st.integers(10, 20)), 20) for s in range(k) for t in range(s + 1, k)}
    wins = [[F(1, 2) if s == t else half[s, t] if s < t else 1 - half[t, s] for t in range(k)] for s in range(k)]
    war = [[F(size, 20) * x for x in row] for row in wins]
    best = arbitrated(war, prior)
    assert float(best.rate) == pytest.approx(by_highs(war, prior), abs=1e-8)
    proposed = mediated(war, prior, [F(1, 2), war[0][1]])
    assert proposed.rate <= best.rate
    assert ec.verify(best.certificate).valid and ec.verify(proposed.certificate).valid
    assert play(proposed, war, prior) <= 0


def play(found, war, prior):
    """The most that anybody gains by any report and any rule of which offers to refuse, tried one by one."""
    kinds = range(len(prior))
    menu = [x for x, _ in found.offers[0, 0]]
    chance = {(s, t, x): p for (s, t), offers in found.offers.items() for x, p in offers}
    for s, t, x in chance:
        assert chance[s, t, x] == chance[t, s, 1 - x]  # what one is offered leaves the rest to the other

    def worth(true, said, refused):
        total = F(0)
        for t in kinds:
            fought = 1 - sum(chance[said, t, x] for x in menu if x not in refused)
            total += prior[t] * (sum(chance[said, t, x] * x for x in menu if x not in refused) + fought * war[true][t])
        return total

    rules = [{x for x, out in zip(menu, choice) if out} for choice in product([False, True], repeat=len(menu))]
    return max(worth(s, r, refused) - worth(s, s, ()) for s in kinds for r in kinds for refused in rules)


@given(MODELS)
@settings(max_examples=15, deadline=None)
def test_no_lie_and_no_refusal_pays(model):
    found = MediationAnalysis(model).mediation
    assert play(found, model.conflict(), model.prior) == 0


# P10.3 and the sweep of the cost of conflict


def test_costlier_conflict_settles_more():
    rates = [made(F(k, 20), "0.7", "0.3").settled for k in range(1, 21)]
    assert all(a >= b for a, b in pairwise(rates)) and rates[0] == 1 > rates[-1]


@given(MODELS)
@settings(max_examples=15, deadline=None)
def test_sanctions_as_large_as_needed_settle_everything(model):
    from dataclasses import replace

    needed = MediationAnalysis(model).ties_needed
    assert MediationAnalysis(replace(model, ties=needed)).settled == 1
    if needed > 0:
        assert MediationAnalysis(replace(model, ties=needed * F(99, 100))).settled < 1


# P10.4


def test_what_a_clean_record_proves():
    for cases, least in ((10, 0.741), (30, 0.905), (100, 0.970)):
        assert made("0.8", "0.7", "0.3", cases=cases).least_success == pytest.approx(least, abs=5e-4)
    analysis = made("0.8", "0.7", "0.3", cases=3)
    assert analysis.record_chance == F(196, 205) ** 3
    assert made("0.8", "0.7", "0.3", cases=500).record_chance == pytest.approx(float(F(196, 205)) ** 500)


@given(st.integers(1, 40), st.integers(0, 40), st.integers(1, 19))
@settings(max_examples=40, deadline=None)
def test_a_record_with_failures(cases, settled, tail):
    """Against the binomial tail summed up; so many successes or more."""
    from math import comb

    settled = min(settled, cases)
    analysis = made("0.8", "0.7", "0.3", cases=cases, reported=F(settled, cases), tail=F(tail, 20))

    def as_good(rate):
        return sum(comb(cases, k) * rate**k * (1 - rate) ** (cases - k) for k in range(settled, cases + 1))

    assert analysis.successes == settled
    assert float(analysis.record_chance) == pytest.approx(float(as_good(F(196, 205))), abs=1e-9)
    assert as_good(analysis.least_success) == pytest.approx(tail / 20 if settled else 1, abs=1e-9)


def test_selection_makes_the_record():
    analysis = made("0.8", "0.7", "0.3")
    assert analysis.bound == F(25, 32) and analysis.accepted == 4 and analysis.recorded_success == 1 > analysis.success_of_all
    rates = [most_settled(x, F(7, 10), F(3, 10)) for x in analysis.model.disputes]
    assert analysis.success_of_all == sum(rates) / len(rates)
    assert made("0.8", "0.7", "0.3", disputes=(1,)).recorded_success is None


# nobody mediates


def slow_demands(model):
    """Every profile of plans in the demand game, payoffs by hand; the rates of settlement of those that are equilibria."""
    n, war, prior = model.steps, model.conflict(), model.prior
    plans = list(product(range(n + 1), repeat=2))

    def payoff(own, other, s, t):
        return F(own, n) if own + other <= n else war[s][t]

    def best(plan, other):
        for s in (0, 1):
            values = [sum(prior[t] * payoff(a, other[t], s, t) for t in (0, 1)) for a in range(n + 1)]
            if prior[s] and values[plan[s]] < max(values):
                return False
        return True

    found = [(a, b) for a in plans for b in plans if best(a, b) and best(b, a)]
    return [sum(prior[s] * prior[t] for s, t in product((0, 1), (0, 1)) if a[s] + b[t] <= n) for a, b in found]


@given(MODELS)
@settings(max_examples=12, deadline=None)
def test_unmediated_equilibria_against_all_plans(model):
    analysis, rates = MediationAnalysis(model), slow_demands(model)
    assert analysis.unmediated.complete and analysis.demand_equilibria == len(rates)
    assert (analysis.demand_best, analysis.demand_worst) == (max(rates), min(rates))
    assert analysis.demand_best <= analysis.settled  # a demand equilibrium is itself a mechanism


# certificates and input


def test_certificates():
    analysis = made("0.9", "0.7", "0.3", steps=2)
    kinds = [certificate["kind"] for certificate in analysis.certificates]
    assert kinds == ["linear-program"] * 3 + ["bayes"]
    assert all(ec.verify(json.loads(json.dumps(certificate))).valid for certificate in analysis.certificates)
    for certificate in analysis.certificates[:3]:
        assert not ec.verify(resealed(certificate | {"value": "1"})).valid
        assert not ec.verify(certificate | {"value": "1"}).valid
    assert len(made("0.9", "0.7", "0.3", steps=6).certificates) == 3


@pytest.mark.parametrize("edge", [{"remains": 0}, {"remains": 1}, {"strong": 1}, {"wins": "1/2"}, {"wins": 1}, {"ties": 1}, {"tail": 1}])
def test_edges_compute(edge):
    analysis = MediationAnalysis(Mediation(**edge, steps=2))
    read = analysis.to_dict()
    assert len(read["figures"]) == len(analysis) and json.dumps(read)
    assert 0 <= analysis.demand_worst <= analysis.demand_best <= analysis.settled <= 1


@pytest.mark.parametrize(
    "bad",
    [{"remains": 2}, {"remains": -1}, {"wins": "0.4"}, {"strong": "x"}, {"strong": 0}, {"steps": 1}, {"steps": 100}, {"cases": 0},
     {"tail": 0}, {"disputes": ()}, {"disputes": (2,)}, {"ties": "1.5"}, {"reported": 2}],
)  # fmt: skip
def test_bad_input(bad):
    with pytest.raises(InputError):
        Mediation(**bad)


@pytest.mark.parametrize(("cases", "reported"), [(7, F(1, 2)), (30, F(9, 10)), (30, 1), (30, 0), (200, F(1, 3))])
def test_the_rate_that_is_not_refuted_has_the_tail_that_is_asked_for(cases, reported):
    found = ec.analyse(Mediation(cases=cases, reported=reported))
    assert found.successes == int(reported * cases)
    assert abs(found.tail_at_least - (0.05 if found.successes else 1)) < 1e-9


def test_six_costs_of_conflict():
    found = ec.analyse(Mediation()).settled_if_left
    assert found[3] == F(196, 205) and all(a >= b for a, b in pairwise(found))
