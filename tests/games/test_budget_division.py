"""Dividing a budget: the uniform rule, rationing, and the method of equal shares, against slow twins and every misreport."""

import time
from fractions import Fraction as F
from functools import cache
from itertools import chain, combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from encompass.games.division import Division, divisions, uniform_shares, water_level
from encompass.games.errors import InputError, NotApplicable, SizeError
from encompass.games.fund import Fund
from encompass.games.grant_round import sixteen_projects
from encompass.games.mechanisms.budget_division import PriorityRationing, ProportionalRationing, UniformRule
from encompass.games.mechanisms.equal_shares import CommonBudget, EqualShares, common_budgets

RULES = (UniformRule(), ProportionalRationing(), PriorityRationing(), PriorityRationing(largest_first=True))
peaks = st.lists(st.fractions(0, 9, max_denominator=3), min_size=1, max_size=5)
budgets = st.fractions(0, 40, max_denominator=3)


def shares(rule, *game):
    return list(rule.outcome(Division(*game)).shares)


def slow_level(p, budget):
    """By trying every segment between two peaks."""
    cut = min if sum(p) >= budget else max
    marks = sorted({F(0), *p, max(p) + budget})
    for low, high in zip(marks, [*marks[1:], marks[-1]]):
        at = [sum(cut(x, mark) for x in p) for mark in (low, high)]
        if at[0] <= budget <= at[1]:
            return [cut(x, low + (budget - at[0]) * (high - low) / (at[1] - at[0]) if at[1] > at[0] else low) for x in p]
    raise AssertionError


@given(peaks, budgets)
@settings(max_examples=60, deadline=None)
def test_the_uniform_rule_by_segments(p, budget):
    found = shares(UniformRule(), p, budget)
    assert sum(found) == budget and found == slow_level(p, budget)
    floats = uniform_shares(np.array([float(x) for x in p]), float(budget))
    assert floats.tolist() == pytest.approx([float(x) for x in found])


@given(st.lists(st.integers(0, 9), min_size=1, max_size=6), st.integers(0, 60))
@settings(max_examples=60, deadline=None)
def test_whole_numbers_are_divided_alike(p, budget):
    whole = uniform_shares(np.array(p, dtype=np.int64), F(budget))
    assert list(whole) == slow_level(p, F(budget))
    assert (water_level(np.array(p), budget) in whole.tolist()) or sum(p) == budget


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
@given(p=peaks, budget=budgets)
@settings(max_examples=30, deadline=None)
def test_every_rule_uses_the_budget_on_one_side_of_the_peaks(rule, p, budget):
    game = Division(p, budget)
    outcome = rule.outcome(game)
    assert sum(outcome.shares) == budget and not any(outcome.transfers)
    assert game.welfare(outcome) == game.most


def lies(rule, grid, n, budget):
    """The gains of every misreport of one player at every profile of the grid."""
    for types in product(grid, repeat=n):
        game = Division(types, budget)
        now = rule.outcome(game)
        for i, lie in product(range(n), grid):
            told = rule.outcome(Division((*types[:i], lie, *types[i + 1 :]), budget))
            yield game.worth(i, told) - game.worth(i, now)


@pytest.mark.parametrize("budget", [0, 4, 7])
def test_strategy_proofness_on_a_grid(budget):
    """A-47; P9.4. A priority that does not depend on requests is strategy-proof too, which ATLAS denies."""
    grid = (0, 1, 2, 4, 5)
    found = {rule.id: max(lies(rule, grid, 3, budget)) for rule in RULES}
    assert found["M-33"] == found["M-35:priority"] == 0
    assert budget == 0 or (found["M-35:proportional"] > 0 and found["M-35:largest-first"] > 0)


def test_the_uniform_rule_is_proof_against_groups_and_envy():
    grid = (0, 1, 2, 3, 5)
    decided = cache(lambda reports: UniformRule().outcome(Division(reports, 6)))
    for types in product(grid, repeat=3):
        game, now = Division(types, 6), decided(types)
        assert game.envy(now) <= 0
        for reports in product(grid, repeat=3):
            told = decided(reports)
            gains = [game.worth(i, told) - game.worth(i, now) for i in range(3)]
            liars = [i for i in range(3) if reports[i] != types[i]]
            assert not liars or min(gains[i] for i in liars) < 0 or max(gains) <= 0


def test_exaggeration_of_the_atlas():
    """P9.4: (60, 60) for 100 give 50 each; reporting 90 gives 60 under proportional rationing and 50 under the uniform rule."""
    assert shares(UniformRule(), (60, 60), 100) == shares(ProportionalRationing(), (60, 60), 100) == [50, 50]
    assert shares(ProportionalRationing(), (90, 60), 100) == [60, 40]
    assert shares(UniformRule(), (90, 60), 100) == [50, 50]
    assert shares(PriorityRationing(), (60, 60), 100) == [60, 40]
    assert shares(PriorityRationing(largest_first=True), (60, 61), 100) == [39, 61]
    assert shares(ProportionalRationing(), (0, 0), 5) == [F(5, 2)] * 2


@pytest.mark.parametrize("kind", ["whole", "floats"])
@pytest.mark.parametrize("budget", [10**8, 10**9])
def test_a_million_claims(kind, budget):
    drawn = np.random.default_rng(1).integers(0, 1000, 10**6)
    game = Division(drawn if kind == "whole" else drawn / 2, budget)
    start = time.perf_counter()
    found = UniformRule().outcome(game).shares
    assert time.perf_counter() - start < 5  # 0.4 s alone
    assert found.astype(float).sum() == pytest.approx(budget)


def test_large_numbers_do_not_overflow():
    huge = [2**61, 2**61 + 1, 5]
    assert shares(UniformRule(), np.array(huge, dtype=np.int64), 10) == slow_level(huge, F(10))
    assert sum(shares(UniformRule(), np.array([1, 2], dtype=np.int64), 10**30)) == 10**30


def test_what_a_division_refuses():
    assert divisions([[1, 2]] * 2, 3).alike and divisions([[1], [2]], 3).problem((1, 2)).most == 0
    for rule in RULES:
        with pytest.raises(NotApplicable):
            rule.outcome(Fund((1,), 1))
    for wrong in ((-1, 2), (), ((1, 2),)):
        with pytest.raises(InputError):
            Division(wrong, 3)


# The method of equal shares


def slow_equal_shares(game):
    """The price of a project by bisecting on the candidates money_i / u_i, in the words of the definition."""
    n = len(game.utilities)
    money, chosen = [F(game.budget) / n] * n, []

    def price(j):
        u = game.utilities[:, j]
        fans = [i for i in range(n) if u[i] > 0]
        if sum(money[i] for i in fans) < game.costs[j]:
            return None
        for some in chain.from_iterable(combinations(fans, k) for k in range(len(fans))):  # those who pay all they have
            rest = [i for i in fans if i not in some]
            rho = (game.costs[j] - sum(money[i] for i in some)) / sum(u[i] for i in rest)
            if all(money[i] <= rho * u[i] for i in some) and all(money[i] >= rho * u[i] for i in rest):
                return rho
        raise AssertionError

    while True:
        prices = [(p, j) for j in range(len(game.costs)) if j not in chosen and (p := price(j)) is not None]
        if not prices:
            return tuple(chosen)
        rho, j = min(prices)
        money = [m - min(m, rho * u) for m, u in zip(money, game.utilities[:, j])]
        chosen.append(j)


def represented_up_to_one(game, chosen):
    """Peters, Pierczynski and Skowron 2021: no group that could buy T with its part of the budget is left short by more than one."""
    n, m = game.utilities.shape
    for k in range(1, n + 1):
        for group in combinations(range(n), k):
            for T in chain.from_iterable(combinations(range(m), size) for size in range(1, m + 1)):
                if sum(game.costs[j] for j in T) * n > k * game.budget:
                    continue
                due = sum(min(game.utilities[i, j] for i in group) for j in T)
                own = {i: sum(game.utilities[i, j] for j in chosen) for i in group}
                spare = {i: max((game.utilities[i, j] for j in range(m) if j not in chosen), default=0) for i in group}
                if not any(own[i] >= due or own[i] + spare[i] > due for i in group):
                    return False
    return True


@given(st.data(), st.booleans())
@settings(max_examples=60, deadline=None)
def test_equal_shares_by_definition_and_justly(data, approvals):
    n, m = data.draw(st.integers(1, 4)), data.draw(st.integers(1, 4))
    liking = st.integers(0, 1 if approvals else 4)
    ballots = data.draw(st.lists(st.lists(liking, min_size=m, max_size=m), min_size=n, max_size=n))
    game = CommonBudget(ballots, data.draw(st.lists(st.integers(1, 5), min_size=m, max_size=m)), data.draw(st.integers(0, 12)))
    found = EqualShares().outcome(game)
    assert found.chosen == slow_equal_shares(game)
    assert sum(found.paid) == sum(game.costs[j] for j in found.chosen) and max(found.paid) <= F(game.budget, n)
    assert represented_up_to_one(game, found.chosen)
    fuller = EqualShares("greedy").outcome(game).chosen
    assert fuller[: len(found.chosen)] == found.chosen and sum(game.costs[j] for j in fuller) <= game.budget
    sets = chain.from_iterable(combinations(range(m), k) for k in range(m + 1))
    best = max(sum(game.utilities[:, j].sum() for j in T) for T in sets if sum(game.costs[j] for j in T) <= game.budget)
    assert game.most == best >= game.welfare(found)


def test_the_sixteen_projects_with_equal_budgets():
    """CASE-09 with twelve shares of 41.67. Without spill each community buys alone; with 1/4 all pay for what helps them a little."""
    for spill, bought, spent in (("0", (2, 14, 6, 1, 8, 15, 10, 12), 246), ("1/4", (7, 2, 14, 16, 9, 6, 1, 8, 3, 11, 12, 5, 4), 498)):
        round_ = sixteen_projects(spill)
        game = CommonBudget(round_.utilities, round_.costs, round_.budget)
        found = EqualShares().outcome(game)
        assert tuple(j + 1 for j in found.chosen) == bought
        assert sum(found.paid) == spent and max(found.paid) <= F(500, 12)


def test_a_minority_gets_its_part():
    """Use against elite scope: three of four like the first three projects, the fourth only the last; the largest sum leaves it out."""
    game = CommonBudget([[1, 1, 1, 0]] * 3 + [[0, 0, 0, 1]], [3, 3, 3, 3], 12)
    assert 3 in EqualShares().outcome(game).chosen
    poorer = CommonBudget([[1, 1, 1, 0]] * 3 + [[0, 0, 0, 1]], [3, 3, 3, 2], 9)
    assert EqualShares().outcome(poorer).chosen == (0, 1, 3)


def test_equal_shares_can_be_manipulated():
    environment = common_budgets([[(1, 0, 0), (0, 1, 1), (1, 1, 0), (1, 0, 1)]] * 3, [2, 2, 3], 6)
    gains = []
    for types in product(*environment.types):
        game = environment.problem(types)
        now = EqualShares().outcome(game)
        for i, lie in product(range(3), environment.types[0]):
            told = EqualShares().outcome(environment.problem((*types[:i], lie, *types[i + 1 :])))
            gains.append(game.worth(i, told) - game.worth(i, now))
    assert max(gains) == 1


def test_floats_and_refusals_of_equal_shares():
    found = EqualShares().outcome(CommonBudget([[1.0, 0.0], [1.0, 1.0]], (1, 1), 2.0))
    assert found.chosen == (0,) and found.paid.tolist() == [0.5, 0.5]
    with pytest.raises(SizeError):
        CommonBudget([[1] * 30], [1] * 30, 5).most  # noqa: B018
    with pytest.raises(InputError):
        CommonBudget([[1, -1]], (1, 1), 2)
    with pytest.raises(InputError):
        EqualShares("more")
    with pytest.raises(NotApplicable):
        EqualShares().outcome(Fund((1,), 1))
