"""Direct mechanisms: the pivotal rule in blocks and with rebates, expected externality, and what no mechanism can do (A-10, A-11)."""

from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from encompass.games.double_auction import LinearTrade, gains_beyond, linear_trade
from encompass.games.environment import Environment, Interval, hosting, own_sites, projects
from encompass.games.errors import EncompassError, InputError, NotApplicable
from encompass.games.mechanisms import MECHANISMS
from encompass.games.mechanisms.expected_externality import ExpectedExternality
from encompass.games.mechanisms.pivotal import Redistribution, taxes
from encompass.games.outcome_game import OutcomeGame, Stream
from encompass.games.rights import HostConsent, Imposition
from encompass.solvers.design.direct_mechanism import best_mechanism, least_imbalance, least_subsidy

HALF = Fraction(1, 2)


def even(*sizes):
    return np.full(sizes, Fraction(1, int(np.prod(sizes))), dtype=object)


A1 = projects([[(-2,), (-7,)], [(3,), (8,)]], even(2, 2))
A3 = hosting([6] * 3, [[12, 24]] * 3, even(2, 2, 2))


def interim(rule, environment, i, true, said):
    """U(said | true) by the definition: summed over everybody's types."""
    total = Fraction(0)
    chance = Fraction(0)
    for t in product(*environment.types):
        if t[i] == true:
            weight = environment.prior[tuple(kinds.index(x) for kinds, x in zip(environment.types, t))]
            lie = (*t[:i], said, *t[i + 1 :])
            total += weight * environment.problem(t).worth(i, rule.outcome(environment.problem(lie)))
            chance += weight
    return total / chance


def test_expected_externality_where_it_is_voluntary_and_where_not():
    """ATLAS M-07: A1 host (6.25, 3.25), beneficiary (-4.25, -1.25); A3 interim gains never below 0, the least exactly 0."""
    rule = ExpectedExternality.of(A1)
    gains = [[interim(rule, A1, i, t, t) for t in A1.types[i]] for i in range(2)]
    assert gains == [[Fraction(25, 4), Fraction(13, 4)], [Fraction(-17, 4), Fraction(-5, 4)]]
    rule = ExpectedExternality.of(A3)
    assert min(interim(rule, A3, i, t, t) for i in range(3) for t in (12, 24)) == 0


@st.composite
def finite(draw):
    n = draw(st.integers(2, 3))
    width = draw(st.integers(1, 2))
    kinds = [draw(st.lists(st.tuples(*[st.integers(-6, 6)] * width), min_size=1, max_size=3, unique=True)) for _ in range(n)]
    weights = [draw(st.lists(st.integers(1, 4), min_size=len(k), max_size=len(k))) for k in kinds]
    prior = np.array(Fraction(1), dtype=object)
    for w in weights:
        prior = np.multiply.outer(prior, np.array([Fraction(x, sum(w)) for x in w], dtype=object))
    return projects(kinds, prior, [draw(st.integers(0, 6)) for _ in range(width)])


@given(finite())
@settings(deadline=None, max_examples=40)
def test_expected_externality_is_truthful_and_balanced(environment):
    """A-11."""
    rule = ExpectedExternality.of(environment)
    for t in product(*environment.types):
        game = environment.problem(t)
        outcome = rule.outcome(game)
        assert sum(outcome.transfers) == 0 and game.welfare(outcome) == game.most
    for i, kinds in enumerate(environment.types):
        for true, said in product(kinds, kinds):
            assert interim(rule, environment, i, true, true) >= interim(rule, environment, i, true, said)


@given(finite())
@settings(deadline=None, max_examples=40)
def test_rebates_keep_truth_dominant_and_leave_no_deficit(environment):
    domain = tuple({tuple(environment.problem(t).utilities[i]) for t in product(*environment.types) for i in range(len(t))})
    rule, plain = Redistribution(domain), MECHANISMS["M-06:imposition"]
    for t in product(*environment.types):
        game = environment.problem(t)
        honest = rule.outcome(game)
        assert rule.refuses(game) is None and sum(honest.transfers) <= 0 and (honest.transfers >= plain.outcome(game).transfers).all()
        for i, kinds in enumerate(environment.types):
            for lie in kinds:
                lying = rule.outcome(environment.problem((*t[:i], lie, *t[i + 1 :])))
                assert game.worth(i, lying) <= game.worth(i, honest)


def test_pivotal_in_blocks_is_pivotal():
    rng = np.random.default_rng(1)
    table = np.hstack([np.zeros((60, 1)), rng.integers(-9, 9, (60, 3)).astype(float)])
    consent = HostConsent((frozenset(), frozenset({3}), frozenset({20, 59}), frozenset({41})))
    whole = OutcomeGame(table, rights=consent)
    pieces = [(np.ones(20, dtype=np.int64), table[k : k + 20]) for k in (0, 20, 40)]
    streamed = OutcomeGame(Stream(lambda: iter(pieces), 60, 60), alternatives=whole.alternatives, rights=consent)
    for name in ("M-06:veto", "M-06:imposition"):
        assert MECHANISMS[name].refuses(streamed) is None
        a, b = MECHANISMS[name].outcome(whole), MECHANISMS[name].outcome(streamed)
        assert (a.lottery == b.lottery).all() and a.transfers == pytest.approx(b.transfers)
        counted = OutcomeGame(table, rights=consent, counts=[1] * 60)
        assert MECHANISMS[name].outcome(counted).transfers == pytest.approx(a.transfers)


def test_pivotal_among_options_without_a_status_quo():
    assert taxes([[-5, 0], [0, -5]])[0] == 0  # ties to the first
    with pytest.raises(InputError, match="values"):
        taxes([1, 2])


def test_nobody_is_pivotal_in_a_crowd():
    """ATLAS M-06, large n, here a hundred thousand residents by ten sites."""
    rng = np.random.default_rng(2)
    table = np.hstack([np.zeros((100_000, 1)), rng.normal(1, 1, (100_000, 10))])
    assert MECHANISMS["M-06:imposition"].outcome(OutcomeGame(table, rights=Imposition())).transfers.sum() == pytest.approx(0, abs=1e-6)


def test_least_subsidies():
    """O-05: A1 needs 1/2 and does 15/8 without, A3 leaves 21/4; more candidate hosts need less (P1.13)."""
    assert least_subsidy(A1) == HALF and best_mechanism(A1).welfare == Fraction(15, 8)
    assert least_subsidy(A3) == Fraction(-21, 4)
    assert all(sum(p) <= 1 for p in best_mechanism(A1).decisions.values())


def test_a_balanced_budget_is_rare():
    rich = projects([[(v,) for v in (-2, -1, 1, 3)]] * 2, even(4, 4))
    assert least_imbalance(rich) > 0


@given(finite())
@settings(deadline=None, max_examples=25)
def test_best_mechanism_keeps_its_word(environment):
    """The optimum, put back into the definitions: truthful, voluntary, paid for, and no better than the first best."""
    found = best_mechanism(environment)
    alike = environment.alike

    def decided(t):
        return found.decisions[tuple(sorted(t, key=environment.types[0].index)) if alike else t]

    def expected(i, true, said):
        rest = [(t, environment.prior[tuple(k.index(x) for k, x in zip(environment.types, t))]) for t in product(*environment.types)]
        rest = [(t, w) for t, w in rest if t[i] == true]
        gain = sum(w * (environment.problem(t).utilities[i, 1:] @ decided((*t[:i], said, *t[i + 1 :]))) for t, w in rest)
        return gain / sum(w for _, w in rest) + found.transfers[i][environment.types[i].index(said)]

    for i, kinds in enumerate(environment.types):
        for true in kinds:
            assert expected(i, true, true) >= 0
            assert all(expected(i, true, true) >= expected(i, true, said) for said in kinds)
    first = sum(
        environment.prior[tuple(k.index(x) for k, x in zip(environment.types, t))] * environment.problem(t).most
        for t in product(*environment.types)
    )
    assert 0 <= found.welfare <= first


@pytest.mark.parametrize("k", [Fraction(0), Fraction(1, 4), HALF, Fraction(1)])
def test_linear_trade_is_an_equilibrium_by_search(k):
    """No bid on a fine grid does better against the other side's line, types of cost in the middle of the range."""
    trade = linear_trade(k)
    (s, i), (a, b) = trade.buyer, trade.seller
    costs = [Fraction(2 * j + 1, 800) for j in range(400)]
    v = Fraction(4, 5)

    def gain(bid):
        return sum(v - k * bid - (1 - k) * (a * c + b) for c in costs if bid >= a * c + b)

    best = max((gain(Fraction(j, 100)), Fraction(j, 100)) for j in range(101))[1]
    assert abs(best - min(s * v + i, a + b)) <= Fraction(1, 50)
    midpoints = [(Fraction(2 * x + 1, 80), Fraction(2 * y + 1, 80)) for x in range(40) for y in range(40)]
    sampled = sum(v - c for v, c in midpoints if s * v + i >= a * c + b) / len(midpoints)
    assert abs(sampled - trade.gains) < 0.005
    assert isinstance(trade, LinearTrade)


def test_trade_beyond_a_margin():
    assert gains_beyond(0) == Fraction(1, 6) and gains_beyond(Fraction(1, 4)) == linear_trade().gains == Fraction(9, 64)
    with pytest.raises(InputError, match="k"):
        linear_trade(2)


def test_environments_check_what_they_are_given():
    for bad in (
        lambda: hosting([1], [[1], [2]]),
        lambda: projects([[(1,), (1, 2)]]),
        lambda: Environment((), lambda t: t),
        lambda: projects([[(1,)]], [2]),
        lambda: hosting([1, 1], [[1], Interval(0, 1)], [[1]]),
    ):
        with pytest.raises(EncompassError):
            bad()
    assert HALF in Interval(0, 1) and 2 not in Interval(0, 1) and not hosting([1], [Interval(0, 1)]).finite
    with pytest.raises(NotApplicable):
        ExpectedExternality.of(hosting([1, 1], [[1], [2]]))
    with pytest.raises(NotApplicable):
        ExpectedExternality.of(projects([[(1,), (2,)]] * 2, [[HALF, 0], [0, HALF]]))
    assert "beliefs" in str(ExpectedExternality().refuses(own_sites([4, 5], [12, 15])))


def test_players_with_other_chances_are_not_alike():
    prior = [[Fraction(1, 6), Fraction(1, 6)], [Fraction(1, 3), Fraction(1, 3)]]
    assert not projects([[(0, 0), (4, 0)]] * 2, prior).alike and projects([[(0, 0), (4, 0)]] * 2, even(2, 2)).alike
    assert not hosting([1, 1], [[1, 2]] * 2, prior).alike and hosting([1, 1], [[1, 2]] * 2).alike
