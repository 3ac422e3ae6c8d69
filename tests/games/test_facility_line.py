"""Facilities on a line: every rule against a slow search that is its definition, published ratios, and refusals."""

from fractions import Fraction
from itertools import combinations, product
from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from encompass.games.errors import InputError, SizeError
from encompass.games.facility_line import RULES, Addresses, LineRule, addresses
from encompass.solvers.deliberation.line_rules import check_rule

GRID = [Fraction(k, 4) for k in range(5)]
FAR = ("majority", "random", "optimal")
NEAR = tuple(rule for rule in RULES if rule not in FAR)


def slow(rule, grid, n, far, most):
    """The least number of liars all of whom gain, up to ``most``; None if there are none."""

    def utility(truth, reports, i):
        d = sum(p * abs(x - truth[i]) for p, x in LineRule(rule).spots(Addresses(reports, far)))
        return d if far else -d

    for size in range(1, most + 1):
        for truth in product(grid, repeat=n):
            for S in combinations(range(n), size):
                for lies in product(grid, repeat=size):
                    told = list(truth)
                    for i, lie in zip(S, lies):
                        told[i] = lie
                    if all(utility(truth, tuple(told), i) > utility(truth, truth, i) for i in S):
                        return size
    return None


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("n", [2, 3])
def test_search_against_the_definition(rule, n):
    grid = GRID if n == 2 else GRID[::2]
    far = rule in FAR
    found = check_rule(rule, grid, n)
    single, several = slow(rule, grid, n, far, 1), slow(rule, grid, n, far, n)
    assert found.strategyproof == (single is None)
    assert found.group_strategyproof == (several is None)
    for lie, size in ((found.lie, single), (found.group_lie, several)):
        if size is not None:
            assert len(lie.liars) == size and min(lie.gains) > 0
            problem = Addresses(lie.truth, far)
            told, true = (LineRule(rule).outcome(Addresses(x, far)) for x in (lie.reports, lie.truth))
            assert lie.gains == tuple(problem.worth(i, told) - problem.worth(i, true) for i in lie.liars)
    ratios = {x: Addresses(x, far).ratio(LineRule(rule).spots(Addresses(x, far))) for x in product(grid, repeat=n)}
    assert found.worst_ratio == max(ratios.values()) == ratios[found.worst]


@pytest.mark.parametrize(
    ("rule", "n", "objective", "proof", "ratio"),
    [
        ("median", 3, "max", True, 2),
        ("median", 4, "sum", True, 1),
        ("leftmost", 3, "max", True, 2),
        ("leftmost", 4, "sum", True, 3),
        ("dictator", 3, "sum", True, 2),
        ("dictator", 3, "max", True, 2),
        ("random-dictator", 3, "sum", True, "4/3"),
        ("lrm", 4, "max", True, "3/2"),
        ("midpoint", 3, "max", False, 1),
        ("mean", 3, "sum", False, "4/3"),
    ],
)
def test_published_ratios(rule, n, objective, proof, ratio):
    found = check_rule(rule, GRID, n, objective=objective)
    assert (found.strategyproof, found.worst_ratio) == (proof, Fraction(ratio))


@pytest.mark.parametrize("n", [2, 3, 5])
def test_a_nuisance(n):
    assert check_rule("majority", GRID[::2], n).group_strategyproof
    assert check_rule("random", GRID[::2], n).group_strategyproof
    assert check_rule("majority", GRID, n).worst_ratio <= 3
    assert check_rule("random", GRID, n).worst_ratio <= Fraction(3, 2)


@pytest.mark.parametrize("rule", ["majority", "random"])
def test_half_way_can_help_others_at_no_loss(rule):
    """In the strong sense, some gain and none loses, the rules for a nuisance hold only if nobody lives half-way."""

    def upset(grid):
        for truth, told in product(product(grid, repeat=2), repeat=2):
            problem = Addresses(truth, far=True)
            gains = [
                problem.distance(i, LineRule(rule).spots(Addresses(told, far=True))) - problem.distance(i, LineRule(rule).spots(problem))
                for i in range(2)
            ]
            if min(gains) >= 0 and max(gains) > 0:
                return True
        return False

    assert upset(GRID) and not upset([x for x in GRID if x != Fraction(1, 2)])


def test_the_best_point_against_a_fine_grid():
    fine = [Fraction(k, 16) for k in range(17)]
    for far, objective in ((False, "sum"), (False, "max"), (True, "sum"), (True, "min")):
        for places in product(GRID, repeat=3):
            problem = Addresses(places, far, objective=objective)
            values = [problem.value(((Fraction(1), x),)) for x in fine]
            assert problem.best == (max(values) if far else min(values)), (far, objective, places)


def test_ratio_of_nothing():
    assert check_rule("majority", ["0", "1/2", "1"], 2, objective="min").worst_ratio == inf
    assert Addresses((0, 0)).ratio(((Fraction(1), Fraction(0)),)) == 1


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 8), min_size=1, max_size=6), st.data())
def test_nobody_gains_in_rules_that_are_strategy_proof(places, data):
    truth = Addresses([Fraction(x, 8) for x in places])
    for rule in ("median", "leftmost", "lrm", "random-dictator"):
        lie = data.draw(st.integers(0, 8))
        i = data.draw(st.integers(0, len(places) - 1))
        told = Addresses((*truth.places[:i], Fraction(lie, 8), *truth.places[i + 1 :]))
        assert truth.worth(i, LineRule(rule).outcome(told)) <= truth.worth(i, LineRule(rule).outcome(truth))


def test_environment_and_refusals():
    problem = addresses(GRID, 3).problem((0, Fraction(1, 2), 1))
    assert problem.most == -1 == problem.welfare(LineRule("median").outcome(problem))
    assert LineRule("majority").refuses(problem) and not LineRule("median").refuses(problem)
    assert LineRule("median").refuses(Addresses((0,), far=True)) and LineRule("median").refuses(None)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: LineRule("best"),
        lambda: Addresses((2,)),
        lambda: Addresses(()),
        lambda: Addresses((0,), low=1),
        lambda: Addresses((0,), objective="min"),
        lambda: Addresses((0,), far=True, objective="max"),
        lambda: check_rule("median", [0, 0], 2),
    ],
)
def test_bad_arguments(wrong):
    with pytest.raises(InputError):
        wrong()


def test_too_large():
    with pytest.raises(SizeError):
        check_rule("median", range(9), 9, high=8)


def test_floats_and_json():
    found = check_rule("midpoint", [0.0, 0.25, 0.5, 0.75, 1.0], 2, objective="max")
    assert not found.strategyproof and found.worst_ratio == 1
    assert check_rule("median", [0.1 * k for k in range(6)], 3).strategyproof
    assert found.to_dict()["schema"] == "encompass/line-rule/1" and len(found.to_dict()["lie"]["liars"]) == 1
