"""Public goods: every family against its formula written out profile by profile, at its limits, and at a million players."""

import time
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from encompass.games import provision_point, public_goods
from encompass.games.errors import InputError, SizeError
from encompass.games.parameters import combined, edges_of, whole_units
from encompass.solvers.pure import pure_profiles

money = st.sampled_from(["0", "1", "2", "7/3", "1/2", "0.4", "10"]).map(Fraction)
players = st.integers(2, 4)
grids = st.sets(st.sampled_from([Fraction(0), Fraction(1), Fraction(3, 2), Fraction(4)]), min_size=1, max_size=3).map(sorted)


def same(game, payoff):
    """Whether the game pays ``payoff(profile)`` in every profile of action indices."""
    table = game.normal_form() if hasattr(game, "normal_form") else game
    return all(table.payoffs(a) == tuple(payoff(a)) for a in table.profiles())


@given(players, money, grids)
@settings(deadline=None, max_examples=40)
def test_linear(n, r, grid):
    assert same(public_goods.linear(n, r, 5, grid), lambda a: [5 - grid[x] + r * sum(grid[k] for k in a) for x in a])


@given(players, money)
@settings(deadline=None, max_examples=20)
def test_hardin(n, ratio):
    assert same(public_goods.hardin(n, ratio), lambda a: [ratio * sum(a) / n - x for x in a])


@given(players, st.data(), money, money, st.booleans())
@settings(deadline=None, max_examples=40)
def test_threshold(n, data, b, c, refund):
    k = data.draw(st.integers(1, n))

    def payoff(a):
        built = sum(a) >= k
        return [b * built - c * x * (built or not refund) for x in a]

    assert same(public_goods.threshold(n, k, b, c, refund), payoff)


@given(st.lists(st.tuples(st.integers(1, 2), money, money, money), min_size=1, max_size=3), money, st.booleans())
@settings(deadline=None, max_examples=40)
def test_threshold_with_roles(roles, T, refund):
    sizes, benefits, costs, weights = zip(*roles)
    owner = [r for r, n in enumerate(sizes) for _ in range(n)]

    def payoff(a):
        built = sum(weights[owner[i]] for i, x in enumerate(a) if x) >= T
        return [benefits[r] * built - costs[r] * x * (built or not refund) for r, x in zip(owner, a)]

    assert same(public_goods.threshold_with_roles(T, sizes, benefits, costs, weights, refund=refund), payoff)


@given(st.lists(st.tuples(money, money), min_size=1, max_size=4))
@settings(deadline=None, max_examples=30)
def test_volunteers(people):
    benefits, costs = zip(*people)
    alone = public_goods.unequal_volunteers(benefits, costs)
    roles = public_goods.volunteers_with_roles([1] * len(people), benefits, costs)
    assert same(alone, lambda a: [b * any(a) - c * x for (b, c), x in zip(people, a)])
    assert same(roles, lambda a: [b * any(a) - c * x for (b, c), x in zip(people, a)])
    assert same(public_goods.volunteers_dilemma(3, *people[0]), lambda a: [people[0][0] * any(a) - people[0][1] * x for x in a])


@given(st.integers(1, 4), money, money, money, grids)
@settings(deadline=None, max_examples=40)
def test_weakest_link_and_best_shot(n, b, c, base, grid):
    for family, extreme in ((public_goods.weakest_link, min), (public_goods.best_shot, max)):
        game = family(n, b, c, base, grid)
        assert same(game, lambda a, extreme=extreme: [b * extreme(grid[k] for k in a) - c * grid[x] + base for x in a])


@given(players, st.lists(money, min_size=1, max_size=3), money)
@settings(deadline=None, max_examples=30)
def test_best_shot_units(n, values, c):
    assert same(public_goods.best_shot_units(n, values, c), lambda a: [sum(values[: max(a)]) - c * x for x in a])


@given(players, money, money, st.data())
@settings(deadline=None, max_examples=30)
def test_production(n, b, c, data):
    f = data.draw(st.lists(money, min_size=n + 1, max_size=n + 1))
    assert same(public_goods.produced(n, f, c), lambda a: [f[sum(a)] - c * x for x in a])
    assert same(public_goods.concave(n, b, c), lambda a: [b * sum(a) * (2 * n - sum(a)) / n**2 - c * x for x in a])
    assert same(public_goods.s_shaped(n, b, c), lambda a: [b * sum(a) ** 2 * (3 * n - 2 * sum(a)) / n**3 - c * x for x in a])


@given(players, st.sampled_from(["0", "1/10", "1/2", "1"]).map(Fraction), money, grids, st.data())
@settings(deadline=None, max_examples=30)
def test_collective_risk(n, q, T, grid, data):
    def payoff(a):
        return [(4 - grid[x]) * (1 if sum(grid[k] for k in a) >= T else 1 - q) for x in a]

    assert same(public_goods.collective_risk(n, 4, T, q, grid), payoff)
    k, c = data.draw(st.integers(1, n)), Fraction(1, 10)
    assert same(public_goods.risky_threshold(n, k, 3, c, q), lambda a: [3 * (1 if sum(a) >= k else 1 - q) - 3 * c * x for x in a])


def test_critical_risk_is_a_double_root():
    """Below r* the gain from contributing is negative everywhere inside; at r* it touches zero at x*."""
    for n, k, c in product((3, 6, 9), (1, 2, 3), (Fraction(1, 10), Fraction(1, 3))):
        x, r = public_goods.critical_risk(n, k, c)
        pivots = [public_goods.comb(n - 1, k - 1) * y ** (k - 1) * (1 - y) ** (n - k) for y in (Fraction(j, 60) for j in range(61))]
        assert r * public_goods.comb(n - 1, k - 1) * x ** (k - 1) * (1 - x) ** (n - k) == c
        assert max(r * p for p in pivots) <= c


def test_quadratic():
    assert same(public_goods.quadratic([7, 5], 3), lambda g: [a * sum(g) - Fraction(sum(g) ** 2, 2) - x for a, x in zip((7, 5), g)])


@given(st.lists(money, min_size=1, max_size=3), money, grids, st.booleans(), st.sampled_from(provision_point.REBATES), money)
@settings(deadline=None, max_examples=40)
def test_provision_point(values, extra, grid, refund, rebate, bonus):
    C = extra + 1

    def payoff(a):
        g = [grid[x] for x in a]
        G = sum(g)
        if C <= G:
            return [v - (x * C / G if rebate == "proportional" else x) for v, x in zip(values, g)]
        return [(bonus * x / G if G else 0) - (0 if refund else x) for x in g]

    assert same(provision_point.provision_point(values, C, grid, refund, rebate, bonus), payoff)


def test_rebates_and_bonuses_of_the_atlas():
    """M-15: nobody alone bridges the gap, so that zero is an equilibrium; M-16: proportional payments; M-17; M-18."""
    fund = provision_point.provision_point([5, 6, 7, 8], 12, range(5))
    assert (0, 0, 0, 0) in pure_profiles(fund)
    rebate = provision_point.provision_point([9] * 4, 12, range(6), rebate="proportional")
    assert [9 - x for x in rebate.payoffs((3, 3, 4, 5))] == [Fraction(x) for x in ("2.4", "2.4", "3.2", "4.0")]
    dominant = provision_point.unequal_assurance([5, 6, 7, 8], 4, "2.1", "0.2")
    assert pure_profiles(dominant) == [(1, 1, 1, 1)]
    assert dominant.payoffs((1, 1, 1, 1)) == tuple(Fraction(x) for x in ("2.9", "3.9", "4.9", "5.9"))
    assert {sum(a) for a in pure_profiles(provision_point.unequal_assurance([5, 6, 7, 8], 3, "2.1", "0.2"))} == {3}
    plain = provision_point.unequal_assurance([5, 6, 7, 8], 4, "2.1")
    assert len(pure_profiles(plain)) == 12
    quarters = [Fraction(k, 4) for k in range(33)]
    bonus = {R: pure_profiles(provision_point.provision_point([5, 6], 8, quarters, bonus=R)) for R in (0, 1, 3)}
    assert len(bonus[0]) == 130
    assert {quarters[x] + quarters[y] for x, y in bonus[1]} == {8}
    assert {quarters[x] + quarters[y] for x, y in bonus[3]} == {Fraction(31, 4)}


@given(players, st.data(), money, money, money)
@settings(deadline=None, max_examples=30)
def test_assurance(n, data, V, S, F):
    k = data.draw(st.integers(1, n))
    game = provision_point.assurance_contract(n, k, V, S, F)
    assert same(game, lambda a: [V - S * x if sum(a) >= k else F * x for x in a])


@pytest.mark.parametrize(
    "family",
    [
        lambda n: public_goods.volunteers_dilemma(n, 10, 4),
        lambda n: public_goods.threshold(n, n // 3, 10, "7/3", refund=True),
        lambda n: public_goods.linear(n, "3/10", 25),
        lambda n: public_goods.concave(n, 10, 1),
        lambda n: public_goods.risky_threshold(n, n // 2, 1, "1/10", "1/2"),
        lambda n: provision_point.assurance_contract(n, n // 2, 10, 8, 1),
    ],
)
def test_a_million_players(family):
    family(1000)  # imports done
    started = time.perf_counter()
    game = family(10**6)
    assert time.perf_counter() - started < 1  # a fiftieth of it, as a rule
    assert game.table.dtype == np.int64
    assert game.exact
    assert game.n == 10**6


def test_floats_stay_floats():
    game = public_goods.linear(3, 0.4, 1)
    assert not game.exact
    assert game.normal_form().payoffs((0, 1, 1)) == pytest.approx((1.8, 0.8, 0.8))
    assert not public_goods.weakest_link(3, 0.2, 0.1, 0.6).exact
    assert not public_goods.threshold_with_roles(1.5, [2, 1], [1.0, 2.0], [0.5, 0.5], [1.0, 0.5]).exact


@pytest.mark.parametrize(
    "bad",
    [
        lambda: public_goods.linear(1, "1/2"),
        lambda: public_goods.linear(3, -1),
        lambda: public_goods.linear(3, "1/2", 1, [0, 2]),
        lambda: public_goods.linear(3, "1/2", 1, [1, 0]),
        lambda: public_goods.linear(3, "1/2", 1, []),
        lambda: public_goods.linear(3, "1/2", 1, "01"),
        lambda: public_goods.linear(3.0, "1/2"),
        lambda: public_goods.linear(True, "1/2"),
        lambda: public_goods.threshold(3, 4, 1, 1),
        lambda: public_goods.threshold(3, 0, 1, 1),
        lambda: public_goods.threshold(3, 1, float("nan"), 1),
        lambda: public_goods.threshold(3, 1, 1, -1),
        lambda: public_goods.unequal_volunteers([1, 2], [1]),
        lambda: public_goods.threshold_with_roles(1, [1, 0], [1, 1], [1, 1]),
        lambda: public_goods.threshold_with_roles(1, [1, 1], [1], [1, 1]),
        lambda: public_goods.produced(3, [0, 1, 2], 1),
        lambda: public_goods.collective_risk(3, 1, 1, 2, [0, 1]),
        lambda: public_goods.critical_risk(3, 5, "1/2"),
        lambda: provision_point.provision_point([1], 0, [0]),
        lambda: provision_point.provision_point([1], 1, [0], rebate="all"),
        lambda: edges_of(2, [[0, 2]]),
        lambda: edges_of(2, [[1, 1]]),
    ],
)
def test_bad_parameters_are_refused(bad):
    with pytest.raises(InputError):
        bad()


def test_sizes_are_forecast():
    with pytest.raises(SizeError):
        public_goods.linear(1000, "1/2", 1, [Fraction(k, 10) for k in range(11)])
    with pytest.raises(SizeError):
        public_goods.unequal_volunteers([1] * 40, [1] * 40)


def test_large_numbers_do_not_wrap():
    """Beyond 64 bits the tables are Python's whole numbers."""
    huge = 10**17
    game = public_goods.linear(4, "1/3", huge, [0, huge])
    assert game.normal_form().payoffs((1, 1, 1, 0)) == (huge, huge, huge, 2 * huge)
    table, denominator = combined([(Fraction(2**62), np.array([1, 3])), (Fraction(1, 3), np.array([1, 1]))])
    assert [Fraction(int(x), denominator) for x in table] == [2**62 + Fraction(1, 3), 3 * 2**62 + Fraction(1, 3)]
    units, unit = whole_units([Fraction(2**40), Fraction(1, 3)])
    assert [int(x) * unit for x in units] == [2**40, Fraction(1, 3)]
