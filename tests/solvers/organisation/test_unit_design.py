"""CASE-17: windows against every number of units, unit goods against solved games, divisions of classes against residents one by one."""

from fractions import Fraction as F
from math import sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from encompass import analyse, critical_discount_counted, verify
from encompass.games.errors import InputError, SizeError
from encompass.games.organisation.unit_design import UnitDesign, neighbouring

MODELS = st.builds(
    UnitDesign,
    residents=st.integers(12, 60),
    worth=st.integers(0, 60),
    distance=st.integers(0, 150),
    cost=st.integers(1, 300),
    units=st.integers(1, 12),
    plots=st.integers(1, 12),
    trust=st.fractions(F(1, 2), 1, max_denominator=20),
    patience=st.fractions(0, 1, max_denominator=20),
)


def test_the_atlas():
    a = analyse(UnitDesign())
    assert a.window == pytest.approx([1.55, 6.45], abs=0.005) and a.window_units == [2, 3, 4, 5, 6]
    assert a.heterogeneity_limit == 160 and a.best_real == pytest.approx(sqrt(20) / 2)
    assert analyse(UnitDesign(distance=170)).window is None and analyse(UnitDesign(distance=160)).window_units == [4]
    assert (a.one_unit_needs, a.class_units_need) == (55, 15)
    assert a.unanimous_divisions == ["1|2+3", "1+2|3", "1|2|3"] and a.best_division == "1|2|3"
    assert analyse(UnitDesign(distance=1000)).class_units_need == 15  # whatever t


@settings(max_examples=40, deadline=None)
@given(MODELS)
def test_the_window_is_what_trying_every_number_gives(model):
    a = analyse(model)
    n = model.residents

    def gains(J, points=9):
        """Of residents along one unit."""
        return [model.worth - model.distance * abs(F(k, points - 1) - F(1, 2)) / J - model.cost * F(J, n) for k in range(points)]

    assert a.window_units == [J for J in range(1, n + 1) if min(gains(J)) >= 0]
    if model.distance > a.heterogeneity_limit:
        assert a.window_units == []
    totals = {J: n * (model.worth - model.distance * F(1, 4 * J)) - model.cost * J for J in range(1, n + 1)}
    assert a.total == totals[model.units] and totals[a.best_units] == max(totals.values())


@settings(max_examples=15, deadline=None)
@given(st.integers(2, 12), st.integers(1, 6), st.sampled_from([True, False]))
def test_patience_is_that_of_the_solved_stage_game(residents, units, rival):
    model = UnitDesign(residents=residents, units=min(units, residents), public_return=F(2, 5))
    if model.size(model.units) < 2:
        assert analyse(model).patience_rival == 0
        return
    game = model.stage(rival=rival)
    answer = critical_discount_counted(game, (0, model.size(model.units)), (model.size(model.units), 0))
    a = analyse(model)
    found = a.patience_rival if rival else a.patience_public
    if not rival and model.size(model.units) < 3:  # 2 x 2/5 < 1: not worth it
        assert found is None
    else:
        assert found == answer.delta


def test_smaller_units_are_easier():
    sizes = [UnitDesign(residents=60, units=J) for J in (1, 2, 5, 15, 30)]
    beliefs = [analyse(m).belief for m in sizes]
    assert beliefs == sorted(beliefs, reverse=True)
    rival = [analyse(m).patience_rival for m in sizes]
    assert rival == sorted(rival, reverse=True)
    public = [analyse(m).patience_public for m in sizes[:4]]
    assert public == sorted(public)
    assert [round(analyse(UnitDesign(residents=g, units=1)).belief, 3) for g in (2, 4, 12, 60)] == [0.4, 0.737, 0.92, 0.985]
    assert [analyse(UnitDesign(residents=g, units=1)).patience_rival for g in (4, 12, 100)] == [F(1, 3), F(5, 11), F(49, 99)]


def test_more_units_cost_more_and_stand_off_more():
    costs = [analyse(UnitDesign(units=J)).cost_each for J in (1, 2, 3, 6)]
    assert costs == [5, 10, 15, 30]
    assert [analyse(UnitDesign(units=J)).standoff for J in (2, 3, 4, 5)] == [False, False, True, True]


@settings(max_examples=25, deadline=None)
@given(MODELS)
def test_the_design_is_the_best_that_passes(model):
    a = analyse(model)
    able = []
    for J in range(1, model.residents + 1):
        b = analyse(UnitDesign(**{**{k: getattr(model, k) for k in model.__dataclass_fields__}, "units": J}))
        passes = b.edge_gain >= 0 and model.plots >= J and b.patience_rival is not None
        if passes and model.patience >= b.patience_rival and model.trust >= b.belief:
            able.append((b.total - b.coordination, -J))
    assert a.designed == (-max(able)[1] if able else None)
    assert a.designed_total == (max(able)[0] if able else None)


def test_coordination():
    def brute(units, staff):
        loads = [units // staff + (k < units % staff) for k in range(staff)]
        return sum(k * (k - 1) // 2 for k in loads) + units

    for units, staff in ((1, 1), (7, 1), (13, 13), (40, 13), (50, 7)):
        assert analyse(UnitDesign(units=units, staff=staff)).coordination == brute(units, staff)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(1, 4), min_size=1, max_size=4), st.integers(0, 80), st.integers(0, 60), st.integers(1, 100))
def test_divisions_against_residents_one_by_one(weights, distance, worth, cost):
    k = len(weights)
    places = [F(i, max(1, k - 1)) for i in range(k)]
    people = [c for c, w in enumerate(weights) for _ in range(w)]
    model = UnitDesign(
        residents=len(people),
        units=1,
        worth=worth,
        distance=distance,
        cost=cost,
        mix=[F(w, len(people)) for w in weights],
        places=places,
        hours=[1] * k,
    )
    a = analyse(model)
    able = {}
    for number, division in enumerate(neighbouring(k)):
        gains = []
        for unit in division:
            members = [c for c in people if c in unit]
            middle = (places[unit[0]] + places[unit[-1]]) / 2
            gains += [worth - distance * abs(places[c] - middle) - F(cost, len(members)) for c in members]
        name = "|".join("+".join(str(c + 1) for c in unit) for unit in division)
        assert a.division_totals[number] == sum(gains)
        if min(gains) >= 0:
            able[name] = sum(gains)
    assert a.unanimous_divisions == list(able)
    assert (a.best_division is None) == (not able)
    if able:
        assert able[a.best_division] == max(able.values())


def test_participation_adds_up():
    a = analyse(UnitDesign(hours=[1, 2, 3]))
    assert sum(a.unit_hours) == a.community_hours == 200
    hours = sorted([1] * 30 + [2] * 30 + [3] * 30)
    n = len(hours)
    assert a.participation_gini == F(sum((2 * (i + 1) - n - 1) * h for i, h in enumerate(hours)), n * sum(hours))
    few = UnitDesign(mix=[F(95, 100), F(5, 100)], places=[0, 1], hours=[0, 1])
    assert analyse(few).participation_gini == F(95, 100)
    assert analyse(UnitDesign(hours=[0, 0, 0])).participation_gini is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"cost": 0},
        {"units": 101},
        {"units": 0},
        {"effort": 11},
        {"mix": [F(1, 2), F(1, 3)]},
        {"mix": [1]},
        {"places": [1, 0, 1]},
        {"hours": [1]},
        {"trust": 2},
        {"mix": [1, 0, 0]},
    ],
)
def test_bad_input(wrong):
    with pytest.raises(InputError):
        UnitDesign(**wrong)


def test_too_many_classes():
    with pytest.raises(SizeError):
        UnitDesign(mix=[F(1, 20)] * 20, places=[F(i, 19) for i in range(20)], hours=[1] * 20)


@pytest.mark.parametrize(
    "model", [UnitDesign(), UnitDesign(distance=0), UnitDesign(residents=1, units=1), UnitDesign(distance=130), UnitDesign(cost=5000)]
)
def test_the_best_number_of_units_is_certified(model):
    found = analyse(model)
    (certificate,) = found.certificates
    assert verify(certificate).valid
    total = [found._total(J) for J in range(1, model.residents + 1)]
    assert total[found.best_units - 1] == max(total)
