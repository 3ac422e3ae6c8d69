"""Cascades and critical masses against simulation by hand, the atlas, and the published examples."""

from fractions import Fraction as F
from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from encompass.games.counted_game import SymmetricGame
from encompass.games.errors import InputError
from encompass.games.normal_form import NormalForm
from encompass.solvers.dynamics import cascade as cs
from encompass.solvers.dynamics.rest_points import rest_points
from encompass.solvers.pure import pure_profiles

SMALL = settings(max_examples=60, deadline=None)


def by_hand(thresholds, forced=()):
    acting = set(forced)
    while True:
        more = {i for i, t in enumerate(thresholds) if i in forced or len(acting) >= t}
        if more == acting:
            return len(acting)
        acting = more


def test_granovetter_s_riot():
    riot = cs.cascade(range(100))
    assert (riot.acting, len(riot.path)) == (100, 101)
    assert cs.cascade([0, 2, 2, *range(3, 100)]).acting == 1
    assert riot.to_dict()["acting"] == 100


@SMALL
@given(st.lists(st.integers(0, 8), min_size=1, max_size=8), st.data())
def test_the_cascade_and_the_smallest_seed_are_those_of_simulation(thresholds, data):
    assert cs.cascade(thresholds).acting == by_hand(thresholds)
    goal = data.draw(st.integers(0, len(thresholds)))
    people = range(len(thresholds))
    sizes = [k for k in range(len(thresholds) + 1) if any(by_hand(thresholds, S) >= goal for S in combinations(people, k))]
    assert cs.smallest_seed(thresholds, goal) == sizes[0]


@SMALL
@given(st.lists(st.integers(0, 5), min_size=1, max_size=5))
def test_equilibria_of_the_threshold_game_are_those_of_its_normal_form(thresholds):
    n = len(thresholds)
    game = NormalForm.from_function(
        lambda a: [(1 if sum(a) - 1 >= t else -1) if own else 0 for own, t in zip(a, thresholds)], [["wait", "act"]] * n
    )
    assert sorted({sum(a) for a in pure_profiles(game)}) == list(cs.cascade_equilibria(thresholds))


def test_published_rows():
    assert cs.cascade_equilibria([0, 2, 2, 3]) == (1, 4)
    assert [round(cs.belief_threshold(F(2, 5), 1, g), 3) for g in (2, 4, 12, 60)] == [0.4, 0.737, 0.92, 0.985]
    assert cs.critical_stake(6, 3, F(1, 10)) == (F(2, 5), F(125, 432))
    points = rest_points(cs.threshold_gain(3, 2, F(1, 10), F(4, 15)))
    assert [(p.value, p.stability) for p in points] == [(0, "stable"), (F(1, 4), "unstable"), (F(3, 4), "stable"), (1, "unstable")]


def test_conditional_co_operators_of_the_atlas():
    """P12.4."""
    few = cs.adoption_rest_points(F(1, 10), F(1, 5), 8, 8)
    assert [(round(float(p.value), 3), p.stability) for p in few] == [(0.1, "stable"), (0.543, "unstable"), (0.797, "stable")]
    many = cs.adoption_rest_points(F(3, 10), F(1, 5), 8, 8)
    assert [(round(float(p.value), 3), p.stability) for p in many] == [(0.798, "stable")]
    from scipy.special import betainc

    for always, points in ((0.1, few), (0.3, many)):
        rest = 1 - always - 0.2
        q = np.linspace(0, 1, 100_001)
        drift = always + rest * betainc(8, 8, q) - q
        assert (np.diff(np.sign(drift)) != 0).sum() == len(points)


def test_everybody_conditional_rests_at_the_ends():
    points = cs.adoption_rest_points(0, 0, 3, 3)
    assert [(p.value, p.stability) for p in points] == [(0, "stable"), (F(1, 2), "unstable"), (1, "stable")]
    assert [p.stability for p in cs.adoption_rest_points(0, 0, 1, 1)] == ["neutral", "neutral"]


def test_step_thresholds():
    assert cs.share_rest_points([0, F(1, 2), F(1, 2), F(3, 4)]) == (F(1, 4), 1)


@pytest.mark.parametrize("k", [1, 2, 5])
def test_the_critical_mass_of_a_threshold_good(k):
    game = SymmetricGame.of(lambda a, others: F(5 * (others[1] + a >= k) - 2 * a), 6, ["no", "yes"])
    assert cs.critical_mass(game) == k - 1
    assert cs.tipping_points(game) == (k - 1,)
    never = SymmetricGame.of(lambda a, others: F(-a), 6, ["no", "yes"])
    assert (cs.critical_mass(never), cs.tipping_points(never)) == (None, ())


@pytest.mark.parametrize(("n", "k", "c"), [(6, 3, F(1, 10)), (5, 5, F(1, 3)), (4, 1, F(1, 7)), (9, 4, F(1, 20))])
def test_the_critical_stake_is_where_the_rest_points_appear(n, k, c):
    x, r = cs.critical_stake(n, k, c)
    interior = [[p for p in rest_points(cs.threshold_gain(n, k, c, r + d)) if 0 < p.value < 1] for d in (-F(1, 10**6), 0, F(1, 10**6))]
    if 0 < x < 1:
        assert [len(points) for points in interior] == [0, 1, 2]
        assert (interior[1][0].value, interior[1][0].stability) == (x, "semistable")
    else:
        assert [len(points) for points in interior] == [0, 0, 1]


def test_rest_points_with_planted_roots():
    """Products of factors (q x - p)^m, in Bernstein form, all found, whatever their multiplicity."""
    from math import comb

    for planted in (
        [(1, 2, 1)],
        [(1, 3, 2), (2, 3, 1)],
        [(0, 1, 1), (1, 4, 3)],
        [(1, 1, 1), (1, 2, 2), (3, 4, 2)],
        [(1, 1000, 1), (2, 1000, 1)],
    ):
        power = [F(1)]
        for p, q, m in planted:
            for _ in range(m):
                power = [q * a - p * b for a, b in zip([F(0), *power], [*power, F(0)])]
        d = len(power) - 1
        bernstein = [sum(F(comb(j, i), comb(d, i)) * power[i] for i in range(j + 1)) for j in range(d + 1)]
        found = {p.value: p.stability for p in rest_points(bernstein, "if-zero")}
        assert sorted(found) == sorted(F(p, q) for p, q, _ in planted)
        for p, q, m in planted:
            x, step = F(p, q), F(1, 10**6)
            signs = [_at(power, x - step), _at(power, x + step)]
            if 0 < x < 1:
                assert found[x] == ("semistable" if m % 2 == 0 else "stable" if signs[0] > 0 else "unstable")


def _at(power, x):
    return sum(c * x**i for i, c in enumerate(power))


@SMALL
@given(st.lists(st.integers(-3, 3), min_size=1, max_size=7))
def test_signs_between_rest_points_do_not_change(gains):
    from math import comb

    if not any(gains):
        return
    points = rest_points(gains)
    d = len(gains) - 1

    def value(x):
        return sum(comb(d, j) * x**j * (1 - x) ** (d - j) * b for j, b in enumerate(gains))

    grid = [F(i, 200) for i in range(1, 200)]
    for x, y in pairwise(grid):
        if value(x) * value(y) < 0:
            assert any(p.low <= y and p.high >= x for p in points if p.high > 0 and p.low < 1)
    for p in points:
        if p.low == p.high and 0 < p.low < 1:
            assert value(p.low) == 0
        elif p.low < p.high:
            assert value(p.low) * value(p.high) < 0 or p.stability == "semistable"


def test_what_cannot_be_used():
    for call in (
        lambda: cs.cascade([1], seed=2),
        lambda: cs.smallest_seed([1], goal=2),
        lambda: cs.adoption_rest_points(F(1, 2), F(3, 4), 2, 2),
        lambda: cs.adoption_rest_points(0, 0, 0, 2),
        lambda: cs.belief_threshold(2, 1, 5),
        lambda: cs.threshold_gain(3, 4, 1, 1),
        lambda: cs.critical_stake(3, 4, 1),
    ):
        with pytest.raises(InputError):
            call()


def test_a_large_threshold_good():
    points = rest_points(cs.threshold_gain(600, 200, 1, 40))
    assert [p.stability for p in points] == ["stable", "unstable", "stable", "unstable"]
    assert 0.3 < points[1].value < 1 / 3 < points[2].value < 0.36
