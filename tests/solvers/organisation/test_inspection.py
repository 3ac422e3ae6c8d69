"""CASE-11: patrols and commitment against grids, visits against linear programs, records and rotas against simulation."""

from fractions import Fraction as F
from math import exp, log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import encompass as ec
from encompass.games.errors import InputError, SizeError
from encompass.games.inspection import balance
from encompass.games.linear_program import matrix_game
from encompass.games.organisation.clean_record import CleanRecord
from encompass.games.organisation.inspection import ReportedInspection
from encompass.games.organisation.patrol_rota import PatrolRota
from encompass.games.organisation.sequential_inspection import SequentialInspection
from encompass.solvers.organisation.sequential_inspection import dresher_values

MONEY = st.fractions(F(1, 2), 9, max_denominator=2)
INSPECTIONS = st.builds(ReportedInspection, MONEY, MONEY, MONEY, MONEY, st.fractions(0, 1, max_denominator=6))


def test_the_atlas():
    a = ec.analyse(ReportedInspection(reports=0))
    assert (a.inspect, a.violate, a.unique) == (F(1, 4), F(1, 4), True)
    needed = [ec.analyse(ReportedInspection(reports=r)) for r in ("0", "1/10", "1/5", "1/4", "3/10")]
    assert [a.needed for a in needed] == [F(1, 4), F(1, 6), F(1, 16), 0, 0] == [a.inspect for a in needed]
    assert [a.unique for a in needed] == [True, True, True, False, True]  # at the threshold the landlord is indifferent
    assert [a.violate for a in needed] == [F(1, 4), F(5, 18), F(5, 16), None, 0]
    a = ec.analyse(ReportedInspection())
    assert (a.committed, a.committed_violation, a.committed_cost, a.commitment_gain) == (F(1, 6), 0, F(1, 6), F(5, 6))
    assert a.returns and not ec.analyse(ReportedInspection(left=F(1, 4))).returns
    assert len(a.certificates) == 3 and all(ec.verify(c).valid for c in a.certificates)
    assert not ec.verify({**a.certificates[1], "value": "0"}).valid


@settings(max_examples=40, deadline=None)
@given(INSPECTIONS)
def test_equilibria_and_commitment_against_a_grid(model):
    a = ec.analyse(model)
    g, f, k, loss, r = model.gain, model.fine, model.cost, model.loss, model.reports

    def inspector(x, y):
        return -k * x - y * (1 - x) * (1 - r) * loss

    def landlord(x, y):
        return y * ((1 - x) * (1 - r) * g - (x + (1 - x) * r) * f)

    for x, y in a.equilibria:
        assert inspector(x, y) == max(inspector(z, y) for z in (0, 1)) and landlord(x, y) == max(landlord(x, z) for z in (0, 1))
    closed = balance(g, f, k, loss, r)
    if closed is not None:
        assert a.unique and (a.inspect, a.violate) == (closed.inspect, closed.violate)
    grid = [F(n, 60) for n in range(61)] + [a.needed]
    best = max(max(inspector(x, y) for y in (0, 1) if landlord(x, y) == max(landlord(x, z) for z in (0, 1))) for x in grid)
    assert -a.committed_cost == best and a.committed_cost == min(k * a.needed, (1 - r) * loss) == a.wary_cost
    assert a.commitment_gain is None or a.commitment_gain >= 0
    if a.enough_fine is not None:
        assert ec.analyse(ReportedInspection(g, max(a.enough_fine, F(1, 100)), k, loss, r)).needed == 0 or not a.enough_fine


@settings(max_examples=40, deadline=None)
@given(MONEY, MONEY, st.lists(st.fractions(0, 1, max_denominator=9), min_size=2, max_size=5))
def test_patrol_falls_with_reports(gain, fine, reports):
    """A-38."""
    needed = [ec.analyse(ReportedInspection(gain, fine, reports=r)).needed for r in sorted(reports)]
    assert needed == sorted(needed, reverse=True)
    assert all((x == 0) == (r >= gain / (gain + fine)) for x, r in zip(needed, sorted(reports)))


def test_bad_inspections():
    for wrong in ({"gain": 0}, {"fine": 0}, {"reports": 2}, {"left": -1}, {"cost": "x"}):
        with pytest.raises(InputError):
            ReportedInspection(**wrong)


# visits


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 9), st.integers(0, 10), st.fractions(0, 3, max_denominator=2), st.fractions(F(1, 2), 3, max_denominator=2))
def test_visits_against_a_linear_program(periods, visits, caught, missed):
    model = SequentialInspection(periods, visits, caught, missed)

    def value(n, m):
        if m >= n:
            return F(0)
        if m == 0:
            return -missed
        return -matrix_game(-np.array(table(n, m), dtype=object).T)[0]

    known = {}

    def table(n, m):
        for pair in ((n - 1, m - 1), (n - 1, m)):
            if pair not in known:
                known[pair] = value(*pair)
        return [[known[n - 1, m - 1], caught], [known[n - 1, m], -missed]]

    a = ec.analyse(model)
    assert a.value == value(periods, visits)
    assert all(ec.verify(certificate).valid for certificate in a.certificates)


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 40), st.integers(0, 40))
def test_visits_against_the_published_values(periods, visits):
    a = ec.analyse(SequentialInspection(periods, visits))
    assert a.value == a.published == dresher_values(periods, visits)[visits] and a.next_visit >= 0
    assert a.value_by_visits == dresher_values(periods, min(visits, periods))


def test_visits():
    a = ec.analyse(SequentialInspection(3, 1))
    assert (a.value, a.visit_now, a.value_by_visits) == (F(-1, 2), F(1, 4), [-1, F(-1, 2)])
    assert ec.analyse(SequentialInspection(150, 75)).value == dresher_values(150, 75)[75]
    assert ec.analyse(SequentialInspection(5, 0)).visit_now == 0
    with pytest.raises(SizeError):
        SequentialInspection(100_000, 50_000)
    for wrong in ({"periods": 0}, {"visits": -1}, {"caught": -1}, {"missed": 0}):
        with pytest.raises(InputError):
            SequentialInspection(**wrong)


# months without a case


def test_forty_two_months():
    a = ec.analyse(CleanRecord())
    assert a.bound == pytest.approx(0.0713, abs=5e-5) and a.bound_a_year == pytest.approx(0.86, abs=0.005)
    assert a.clean == pytest.approx(0.43, abs=0.005) and not a.ruled_out
    assert a.monthly_bound < a.bound and (1 - a.monthly_bound) ** 42 == pytest.approx(0.05)


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 500), st.fractions(F(1, 1000), F(999, 1000)), st.fractions(0, 1, max_denominator=50))
def test_the_bound_is_where_a_clean_record_is_just_that_improbable(months, level, rate):
    a = ec.analyse(CleanRecord(months, level, rate))
    assert exp(-a.bound * months) == pytest.approx(float(level)) and a.bound == pytest.approx(log(1 / level) / months)
    if abs(rate - a.bound) > 1e-9:
        assert a.ruled_out == (rate > a.bound) == (a.months_needed is not None and months > a.months_needed)


def test_clean_records_are_as_often_as_said():
    rng = np.random.default_rng(1)
    cases = rng.poisson(0.02, size=(20_000, 42)).sum(axis=1)
    assert (cases == 0).mean() == pytest.approx(ec.analyse(CleanRecord()).clean, abs=0.012)
    for wrong in ({"level": 0}, {"level": 1}, {"months": 0}, {"rate": -1}):
        with pytest.raises(InputError):
            CleanRecord(**wrong)
    assert ec.analyse(CleanRecord(rate=0)).months_needed is None


# a rota


def by_following(model, skip_now, periods=4000):
    """What whoever's turn it is gets, in floats, if it skips this turn or not and all turns are taken ever after."""
    d, n = float(model.discount), model.residents

    def rest(start):
        return sum(d**t * (float(model.worth) - (float(model.cost) if t % n == 0 else 0)) for t in range(start, periods))

    if not skip_now:
        return float(model.worth) - float(model.cost) + rest(1)
    return -float(model.seen * model.fine) + (1 - float(model.seen)) * rest(1)


@settings(max_examples=30, deadline=None)
@given(
    st.integers(2, 12), st.fractions(0, 3, max_denominator=3), st.fractions(0, 9, max_denominator=3),
    st.fractions(0, F(19, 20), max_denominator=20), st.fractions(0, 1, max_denominator=5), st.fractions(0, 4, max_denominator=2),
)  # fmt: skip
def test_the_rota_against_following_it(residents, worth, cost, discount, seen, fine):
    model = PatrolRota(residents, worth, cost, discount, seen, fine)
    a = ec.analyse(model)
    assert float(a.temptation) == pytest.approx(by_following(model, True) - by_following(model, False), abs=1e-6)
    if a.least_fine is not None and seen:
        assert ec.analyse(PatrolRota(residents, worth, cost, discount, seen, a.least_fine)).holds
        if a.least_fine:
            assert not ec.analyse(PatrolRota(residents, worth, cost, discount, seen, a.least_fine * F(99, 100))).holds
    if a.least_seen is not None:
        assert ec.analyse(PatrolRota(residents, worth, cost, discount, a.least_seen, fine)).holds
    once = ec.analyse(PatrolRota(residents, worth, cost, 0, seen, fine))
    assert once.least_fine == once.least_fine_once == a.least_fine_once


def test_patience_is_that_of_the_rotation():
    a = ec.analyse(PatrolRota())
    assert a.least_patience == pytest.approx(0.759, abs=0.0005) and a.holds
    for discount in (F(75, 100), F(76, 100)):
        assert ec.analyse(PatrolRota(discount=discount)).holds == (discount > a.least_patience)
    assert ec.analyse(PatrolRota(cost=12)).least_patience is None and ec.analyse(PatrolRota(seen=0)).least_fine is None
    with pytest.raises(InputError):
        PatrolRota(residents=1)
