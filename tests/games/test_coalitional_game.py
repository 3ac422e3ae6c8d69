"""Games of coalitions: least core, nucleolus, Shapley value, stability and bargaining, each against its definition (A-26, A-27)."""

from fractions import Fraction
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from encompass.games.coalitional_game import (
    CoalitionalGame,
    Stakes,
    least_core,
    mask,
    members,
    nucleolus,
    prenucleolus,
    siting_least_core,
)
from encompass.games.environment import own_sites
from encompass.games.errors import InputError, NotApplicable, SizeError
from encompass.games.exact import array
from encompass.games.mechanisms.core_compensation import CoreCompensation, least_variance
from encompass.games.outcome_game import OutcomeGame, Parts
from encompass.games.rights import HostConsent, Imposition, Unanimity
from encompass.solvers.coalitions.bargaining_solutions import Bargaining
from encompass.solvers.coalitions.sharing import blocking_coalition, core_is_empty, cost_of_stability, shapley
from encompass.solvers.standoff.fairness import blocking_gain

T5 = OutcomeGame.from_parts(
    Parts(
        array([[0] + [b] * 5 for b in (8, 9, 10, 11, 12)]),
        array([[0] + [d * (i == s) for s in range(5)] for i, d in enumerate((12, 15, 18, 25, 30))]),
        array([[0] + [4] * 5] * 5),
        array([0] + [20] * 5),
        array([0] * 6),
    ),
    rights=HostConsent((frozenset(), *(frozenset({i}) for i in range(5)))),
)


@st.composite
def games(draw, most=5, low=-6):
    n = draw(st.integers(2, most))
    values = draw(st.lists(st.integers(low, 9), min_size=2**n - 1, max_size=2**n - 1))
    return CoalitionalGame(tuple(map(str, range(n))), array([0, *values]))


@st.composite
def sitings(draw, most=6):
    n, m = draw(st.integers(2, most)), draw(st.integers(1, 4))
    benefits = [[0, *draw(st.lists(st.integers(0, 9), min_size=m, max_size=m))] for _ in range(n)]
    damages = [[0, *draw(st.lists(st.integers(0, 12), min_size=m, max_size=m))] for _ in range(n)]
    costs = [0, *draw(st.lists(st.integers(0, 6), min_size=m, max_size=m))]
    fees = [[Fraction(cost, n) for cost in costs]] * n
    consent = (frozenset(), *(draw(st.frozensets(st.integers(0, n - 1), min_size=1)) for _ in range(m)))
    parts = Parts(array(benefits), array(damages), array(fees), array(costs), array([0] * (m + 1)))
    return OutcomeGame.from_parts(parts, rights=HostConsent(consent))


def excesses(game, x):
    return sorted((v - sum(x[i] for i in members(S, game.n)) for S, v in game.proper), reverse=True)


@settings(max_examples=40, deadline=None)
@given(games())
def test_the_least_core_against_a_program_in_floats(game):
    found = least_core(game)
    assert excesses(game, found.x)[0] == found.epsilon
    assert sum(found.x) == game.values[-1]
    A = [[*(-(S >> i & 1) for i in range(game.n)), -1] for S, _ in game.proper]
    again = linprog(
        [0] * game.n + [1],
        A_ub=A,
        b_ub=[-float(v) for _, v in game.proper],
        A_eq=[[1] * game.n + [0]],
        b_eq=[float(game.values[-1])],
        bounds=[(None, None)] * (game.n + 1),
    )
    assert again.fun == pytest.approx(float(found.epsilon))
    assert sum(found.weights.values()) == 1 and core_is_empty(game) == (found.epsilon > 0)
    cover = [sum(w for S, w in found.weights.items() if S >> i & 1) for i in range(game.n)]
    assert len(set(cover)) == 1  # a balanced family: the proof
    assert sum(w * game.values[S] for S, w in found.weights.items()) - cover[0] * game.values[-1] == found.epsilon


@settings(max_examples=40, deadline=None)
@given(games(4), st.lists(st.integers(-4, 4), min_size=4, max_size=4))
def test_no_other_division_has_a_smaller_vector_of_excesses(game, moves):
    moves = moves[: game.n - 1]
    step = [*moves, -sum(moves)]
    for solve in (prenucleolus, nucleolus):
        try:
            x = solve(game)
        except NotApplicable:
            assert sum(game.values[1 << i] for i in range(game.n)) > game.values[-1]
            continue
        assert sum(x) == game.values[-1]
        for size in (Fraction(1, 7), Fraction(1), Fraction(3)):
            other = [a + size * b for a, b in zip(x, step)]
            if solve is prenucleolus or all(y >= game.values[1 << i] for i, y in enumerate(other)):
                assert excesses(game, x) <= excesses(game, other)


@settings(max_examples=30, deadline=None)
@given(games(4))
def test_the_prenucleolus_balances_its_excesses(game):
    """Kohlberg 1971: the coalitions with an excess of at least any level form a balanced family (or there are none)."""
    x = prenucleolus(game)
    by_mask = {S: v - sum(x[i] for i in members(S, game.n)) for S, v in game.proper}
    for level in set(by_mask.values()):
        family = [S for S, excess in by_mask.items() if excess >= level]
        A = [[S >> i & 1 for S in family] for i in range(game.n)]
        # all weights positive: w = 1 + u, u >= 0, scaled by t
        found = linprog(
            [0] * (len(family) + 1),
            A_eq=[[*row, -1] for row in A],
            b_eq=[-sum(row) for row in A],
            bounds=[(0, None)] * (len(family) + 1),
        )
        assert found.status == 0


@settings(max_examples=30, deadline=None)
@given(games(5))
def test_shapley_and_stability_by_definition(game):
    n = game.n
    total = [Fraction(0)] * n
    orders = list(permutations(range(n)))
    for order in orders:
        S = 0
        for i in order:
            total[i] += game.values[S | 1 << i] - game.values[S]
            S |= 1 << i
    assert shapley(game) == tuple(t / len(orders) for t in total)
    subsidy = cost_of_stability(game)
    if game.n > 1 and subsidy >= 0:
        values = game.values.copy()
        values[-1] += subsidy
        assert not core_is_empty(CoalitionalGame(game.players, values))
        if subsidy > 0:
            values[-1] -= subsidy / 100
            assert core_is_empty(CoalitionalGame(game.players, values))


def test_a_stable_game_costs_nothing():
    unanimity = CoalitionalGame.from_function("abcd", lambda S: int(len(S) == 4))
    assert cost_of_stability(unanimity) == 0 and not core_is_empty(unanimity)
    majority = CoalitionalGame.from_function("abc", lambda S: int(len(S) > 1))
    assert cost_of_stability(majority) == Fraction(1, 2) and least_core(majority).epsilon == Fraction(1, 3)
    assert nucleolus(majority) == (Fraction(1, 3),) * 3


@settings(max_examples=60, deadline=None)
@given(sitings(), st.data())
def test_the_oracle_finds_the_worst_coalition(game, data):
    """A-26: the separation of H-3 against all coalitions, and against what the standoff report says."""
    x = array(data.draw(st.lists(st.integers(-5, 8), min_size=game.rows, max_size=game.rows)))
    play, stakes = CoalitionalGame.siting(game), Stakes.of(game)
    brute = max(v - sum(x[i] for i in members(S, play.n)) for S, v in play.proper)
    found = stakes.worst(x)
    assert max(excess for excess, _ in found) == brute
    for excess, S in found:
        assert 0 < S < play.everybody and excess <= play.values[S] - sum(x[i] for i in members(S, play.n))
    shares = array([abs(v) for v in x])
    assert max(0, *(excess for excess, _ in stakes.worst(shares))) >= blocking_gain(game, shares)


@settings(max_examples=40, deadline=None)
@given(sitings(5))
def test_the_least_core_of_a_siting_by_generated_coalitions(game):
    """A-26: coalitions found one after another against all at once; the division of least variance against small steps."""
    play, stakes = CoalitionalGame.siting(game), Stakes.of(game)
    total = max(Fraction(0), max(game.utilities.sum(axis=0)))
    assert play.values[-1] == total
    epsilon = least_core(play).epsilon
    assert siting_least_core(stakes, total).epsilon == epsilon
    x = least_variance(stakes, total, epsilon)
    assert sum(x) == total and excesses(play, x)[0] <= epsilon
    spread = sum(s * s for s in x)
    rng = np.random.default_rng(len(x))
    for _ in range(30):
        step = rng.integers(-3, 4, size=play.n)
        step[-1] -= step.sum()
        other = [a + Fraction(int(b), 50) for a, b in zip(x, step)]
        if excesses(play, other)[0] <= epsilon:
            assert sum(s * s for s in other) >= spread


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 30)), min_size=2, max_size=6))
def test_a_facility_that_serves_everybody_alike_has_a_core(households):
    """A-27, P1.11: one's own site each, the benefit the same wherever it stands."""
    game = own_sites(*zip(*households))
    assert not core_is_empty(CoalitionalGame.siting(game))
    outcome = CoreCompensation().outcome(game)
    gains = game.utilities @ outcome.lottery + outcome.transfers
    assert sum(outcome.transfers) == 0 and min(gains) >= 0
    assert blocking_gain(game, gains) <= 0


def test_compensation_in_the_five_courtyards():
    """ATLAS M-13: 3.6 each, t = (11.6, -1.4, -2.4, -3.4, -4.4), epsilon = -3.6; the same by either choice."""
    rule = CoreCompensation()
    outcome = rule.outcome(T5)
    assert outcome.alternative == 1 and rule.least_core(T5).epsilon == Fraction(-18, 5)
    assert list(outcome.transfers) == [Fraction(x) for x in ("11.6", "-1.4", "-2.4", "-3.4", "-4.4")]
    assert rule.selects(T5) == "nucleolus" and CoreCompensation(0).selects(T5) == "variance"
    assert CoreCompensation(0).shares(T5) == rule.shares(T5) == (Fraction(18, 5),) * 5


def test_site_specific_benefits_may_have_no_core():
    """P1.11: u = [[3, 0], [0, 3]], one facility: epsilon 3/2."""
    game = OutcomeGame([[0, 3, 0], [0, 0, 3]], rights=HostConsent((frozenset(), frozenset({0}), frozenset({1}))))
    assert least_core(CoalitionalGame.siting(game)).epsilon == Fraction(3, 2)
    assert CoreCompensation().shares(game) == (Fraction(3, 2),) * 2


def test_residents_alike_are_counted_and_floats_come_back_as_floats():
    counted = OutcomeGame([[0, -8], [0, 5]], counts=[1, 4], rights=HostConsent((frozenset(), frozenset({0}))))
    apart = OutcomeGame([[0, -8], *[[0, 5]] * 4], rights=HostConsent((frozenset(), frozenset({0}))))
    assert list(CoreCompensation().outcome(counted).transfers) == list(CoreCompensation().outcome(apart).transfers[:2])
    floats = OutcomeGame([[0.0, -8.0], [0.0, 12.5]], rights=HostConsent((frozenset(), frozenset({0}))))
    outcome = CoreCompensation().outcome(floats)
    assert outcome.transfers.dtype == np.float64 and sum(outcome.transfers) == pytest.approx(0)


def test_where_it_does_not_act():
    rule = CoreCompensation()
    assert "R-IMPOSE" in str(rule.refuses(OutcomeGame([[0, 1], [0, -1]], rights=Imposition())))
    assert "21" in str(rule.refuses(OutcomeGame([[0, 1]] * 21, rights=Unanimity())))
    assert rule.refuses(CoalitionalGame.from_function("ab", len)) is not None
    wrong = Parts(array([[0, 5], [0, 5]]), array([[0, 1], [0, 0]]), array([[0, 1], [0, 0]]), array([0, 4]), array([0, 0]))
    assert "fees" in str(rule.refuses(OutcomeGame.from_parts(wrong, rights=Unanimity())))
    with pytest.raises(NotApplicable):
        rule.outcome(OutcomeGame([[0, 1], [0, -1]], rights=Imposition()))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(-2, 6), st.integers(-2, 6)), min_size=1, max_size=5))
def test_bargaining_against_points_of_the_polygon(points):
    given_points = Bargaining(array(points))
    nash, ks, equal = given_points.nash(), given_points.kalai_smorodinsky(), given_points.egalitarian()
    rng = np.random.default_rng(0)
    corners = np.array([(0, 0), *points], dtype=float)
    mixed = rng.dirichlet([0.4] * len(corners), size=400) @ corners
    rational = mixed[(mixed >= 0).all(axis=1)]
    if len(rational):
        assert (rational[:, 0] * rational[:, 1]).max() <= float(nash[0] * nash[1]) + 1e-9
        assert rational.min(axis=1).max() <= float(max(equal)) + 1e-9
        ideal = [max(rational[:, 0]), max(rational[:, 1])]
        assert all(low <= high + 1e-9 for low, high in zip(ideal, map(float, (given_points._most(0), given_points._most(1)))))
    assert equal[0] == equal[1]
    assert ks[0] * given_points._most(1) == ks[1] * given_points._most(0)
    assert min(*nash, *ks, *equal) >= 0


def test_bargaining_from_a_disagreement_point():
    moved = Bargaining(array([[1, 5], [7, 2]]), (Fraction(1), Fraction(2)))
    assert moved.nash() == (4, Fraction(7, 2)) and moved.kalai_smorodinsky() == (4, Fraction(7, 2)) and moved.egalitarian() == (3, 4)
    assert Bargaining(array([[-1, -1]])).nash() == (0, 0) == Bargaining(array([[-1, -1]])).kalai_smorodinsky()


def test_blocking():
    game = CoalitionalGame.from_function("abc", lambda S: {1: 0, 2: 8 if 0 in S else 5, 3: 18}[len(S)])
    worst = blocking_coalition(game, [3, 3, 12])
    assert worst.coalition == (0, 1) and worst.excess == 2
    assert blocking_coalition(game, [8, 5, 5]).excess == -5


BAD = [
    (lambda: CoalitionalGame(("a",), array([0, 1, 2])), InputError),
    (lambda: CoalitionalGame(("a",), array([1, 1])), InputError),
    (lambda: CoalitionalGame((), array([0])), InputError),
    (lambda: CoalitionalGame.from_dict(("a", "b"), {"a": 1}), InputError),
    (lambda: CoalitionalGame.from_dict(("a", "b"), {"z": 1}), InputError),
    (lambda: CoalitionalGame.from_function([str(i) for i in range(17)], len), SizeError),
    (lambda: nucleolus(CoalitionalGame.from_function([str(i) for i in range(11)], len)), SizeError),
    (lambda: least_core(CoalitionalGame.from_function([str(i) for i in range(13)], len)), SizeError),
    (lambda: least_core(CoalitionalGame.from_function("a", len)), NotApplicable),
    (lambda: blocking_coalition(CoalitionalGame.from_function("ab", len), [1, 2]), InputError),
    (lambda: blocking_coalition(CoalitionalGame.from_function("ab", len), [2]), InputError),
    (lambda: CoalitionalGame.siting(OutcomeGame([[0, 1]], rights=Imposition())), NotApplicable),
    (lambda: CoreCompensation(11), InputError),
    (lambda: Bargaining(array([[1, 2, 3]])), InputError),
]


@pytest.mark.parametrize(("call", "error"), BAD)
def test_bad_arguments(call, error):
    with pytest.raises(error):
        call()


def test_one_player_and_names():
    alone = CoalitionalGame.from_dict(("a",), {"a": "7/2"})
    assert nucleolus(alone) == shapley(alone) == (Fraction(7, 2),) and not core_is_empty(alone)
    assert mask({0, 2}) == 5 and members(5, 3) == {0, 2} and alone.worth({0}) == Fraction(7, 2)
    pair = CoalitionalGame.siting(OutcomeGame([[0, -1], [0, 3]], counts=[1, 2], rights=HostConsent((frozenset(), frozenset({0})))))
    assert pair.players == ("1", "2.1", "2.2") and pair.worth({0, 1}) == 2
