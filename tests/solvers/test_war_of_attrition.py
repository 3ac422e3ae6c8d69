"""The war of attrition (P1.6): the formula, its closed form, best replies at random costs (A-31), delays, and when nobody concedes."""

import json
from math import inf, log

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from encompass.games.errors import InputError
from encompass.games.private_costs import Spread, Uniform
from encompass.games.war_of_attrition import WarOfAttrition
from encompass.solvers.advice.war_of_attrition import payoff, regret, slope, solve_war_of_attrition

LINE = Spread(lambda c: c, lambda c: 1.0, 0, 1)


@pytest.mark.parametrize(("n", "median", "at"), [(2, 0.676, 0.7190), (5, 0.403, 2.8759), (20, 0.115, None)])
def test_figures_of_the_atlas(n, median, at):
    answer = solve_war_of_attrition(WarOfAttrition(n, 1, "1/10", Uniform(0, 1)))
    assert answer.median_delay == pytest.approx(median, abs=5e-4)
    assert answer.infinite == 0 and answer.stop is None
    if at is not None:
        assert answer.time(0.3) == pytest.approx(at, abs=1e-4)
    assert answer.time(0.3) == pytest.approx((n - 1) / 0.1 * (0.3 / 0.7 + log(0.7)))
    assert answer.quantile(0.5) == answer.median_delay


@given(st.integers(2, 8), st.floats(0.01, 2), st.floats(0, 2), st.floats(0.1, 3), st.floats(0.3, 3), st.floats(0.02, 0.98))
@settings(deadline=None, max_examples=60)
def test_the_closed_form_has_the_slope_of_the_formula(n, rate, low, width, b, where):
    """T' > 0 and equal to (n-1) c f / (rho (b - c)(1 - F)), by a difference of the closed form."""
    high, benefit = low + width, low + b
    game = WarOfAttrition(n, benefit, rate, Uniform(low, high))
    answer = solve_war_of_attrition(game)
    c = low + where * (min(high, benefit) - low)
    step = 1e-5 * (min(high, benefit) - c)
    assert slope(game, c) > 0
    assert (answer.time(c + step) - answer.time(c - step)) / (2 * step) == pytest.approx(answer.slope(c), rel=1e-4)


def test_quadrature_agrees_with_the_closed_form():
    for n, b in ((2, 1), (5, 2), (3, 0.6)):
        exact, numeric = (solve_war_of_attrition(WarOfAttrition(n, b, 0.5, costs)) for costs in (Uniform(0, 1), LINE))
        assert numeric.median_delay == pytest.approx(exact.median_delay, rel=1e-8)
        assert numeric.time(0.4) == pytest.approx(exact.time(0.4), rel=1e-9)


@given(st.floats(0.02, 0.95), st.sampled_from([2, 5]), st.sampled_from([Uniform(0, 1), Uniform("0.1", "1.5")]))
@settings(deadline=None, max_examples=10)
def test_conceding_in_time_is_a_best_reply(c, n, costs):
    game = WarOfAttrition(n, 1, "1/10", costs)
    cost = float(costs.low) + c * (1 - float(costs.low))
    assert regret(game, cost, grid=20) <= 1e-7
    assert payoff(game, cost, cost) >= 0


def test_a_larger_group_waits_longer_by_type_and_less_in_the_median():
    small, large = (solve_war_of_attrition(WarOfAttrition(n, 1, "1/10", Uniform(0, 1))) for n in (2, 20))
    assert small.time(0.3) < large.time(0.3) and small.median_delay > large.median_delay


def test_costs_above_the_benefit_never_concede():
    """The seed's case: the least cost exceeds the benefit, the delay is infinite."""
    answer = solve_war_of_attrition(WarOfAttrition(5, 8, "1/10", Uniform(12, 30)))
    assert answer.median_delay == inf and answer.infinite == 1 and "nobody ever concedes" in str(answer.stop)
    some = solve_war_of_attrition(WarOfAttrition(2, 1, 1, Uniform(0, 2)))
    assert some.infinite == pytest.approx(0.25) and some.time(1) == inf and some.slope(1) == inf
    written = json.loads(json.dumps(some.to_dict()))
    assert written["schema"] == "encompass/war-of-attrition/1" and written["times"][-1]["time"] == "inf"
    assert solve_war_of_attrition(WarOfAttrition(1, 1, 1, Uniform(0, 1))).median_delay == 0


@pytest.mark.parametrize(
    ("build", "words"),
    [
        (lambda: WarOfAttrition(0, 1, 1, LINE), "players=0"),
        (lambda: WarOfAttrition(2, 1, 0, LINE), "rate=0"),
        (lambda: WarOfAttrition(2, 1, 1, Uniform(-1, 1)), "-1 must not be negative"),
    ],
)
def test_bad_input(build, words):
    with pytest.raises(InputError, match=words):
        build()
