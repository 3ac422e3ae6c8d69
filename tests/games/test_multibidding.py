"""Multibidding: equilibria by construction and by solving the game of bids, deviations by a slow twin (A-12)."""

from fractions import Fraction
from itertools import permutations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import encompass as ec
from encompass.games.environment import own_sites
from encompass.games.errors import InputError, NotApplicable, SizeError
from encompass.games.mechanisms.multibidding import Multibidding

T5 = ec.load_case("public-toilet").game
F = Fraction
QUICK = settings(max_examples=40, deadline=None)


@st.composite
def choices(draw, residents=4, projects=4):
    """Random gains over a status quo."""
    n, q = draw(st.integers(2, residents)), draw(st.integers(1, projects))
    rows = st.lists(st.integers(-9, 9), min_size=q, max_size=q)
    counts = draw(st.lists(st.integers(1, 3), min_size=n, max_size=n)) if draw(st.booleans()) else [1] * n
    return ec.OutcomeGame([[0, *draw(rows)] for _ in range(n)], counts=counts)


def test_the_toilet_as_in_the_atlas():
    rule = Multibidding()
    assert rule.guarantees(T5).tolist() == [F(4, 3), F(5, 3), 2, F(5, 3), F(5, 3)]
    assert rule.equal_above_average(T5).tolist() == [F(49, 15), F(18, 5), F(59, 15), F(18, 5), F(18, 5)]
    outcome = rule.outcome(T5)
    assert outcome.alternative == 1 and sum(outcome.transfers) == 0
    assert [round(float(t), 2) for t in outcome.transfers] == [11.27, -1.4, -2.07, -3.4, -4.4]
    bids = rule.equilibrium_bids(T5, rule.equal_above_average(T5))
    assert not rule.best_deviation(T5, bids).any()
    assert (T5.utilities @ outcome.lottery + outcome.transfers).tolist() == rule.equal_above_average(T5).tolist()


def test_the_status_quo_is_not_guaranteed():
    game = ec.OutcomeGame([[0, -4], [0, 10]])
    rule = Multibidding()
    assert rule.guarantees(game).tolist() == [-2, 5]
    bids = rule.equilibrium_bids(game, [-2, 8])
    assert not rule.best_deviation(game, bids).any()
    outcome = rule.outcome(game)
    assert (game.utilities @ outcome.lottery + outcome.transfers)[0] == F(-1, 2)


@QUICK
@given(choices(), st.data())
def test_constructed_bids_are_equilibria(game, data):
    rule = Multibidding(status_quo=data.draw(st.booleans()) or len(game.alternatives) == 2)
    least = rule.guarantees(game)
    rest = max(game.counts @ rule.gains(game)) - game.counts @ least
    parts = np.array(data.draw(st.lists(st.integers(0, 5), min_size=len(least), max_size=len(least))), dtype=object)
    parts = parts if parts.any() else parts + 1
    p = least + rest * parts * F(1, int(game.counts @ parts))
    bids = rule.equilibrium_bids(game, p)
    assert not (game.counts @ bids).any() and not bids.sum(axis=1).any()
    assert not rule.best_deviation(game, bids).any()
    outcome = rule.outcome(game, bids)
    assert (game.utilities @ outcome.lottery + outcome.transfers).tolist() == p.tolist()
    for end in rule.ends(game):
        q = game.utilities @ end.lottery + end.transfers
        assert game.counts @ end.transfers == 0 and (q >= least).all()


@QUICK
@given(choices(residents=3, projects=2), st.data())
def test_deviations_by_looking_at_many(game, data):
    """No bid of a fine grid gains more than the supremum, and bids next to it come near."""
    game = ec.OutcomeGame(game.utilities)
    rule, n, q = Multibidding(), len(game.players), len(game.alternatives)
    free = [data.draw(st.lists(st.integers(-6, 6), min_size=q - 1, max_size=q - 1)) for _ in range(n)]
    bids = np.array([[*map(F, row), F(-sum(row))] for row in free], dtype=object)
    gain, me = rule.best_deviation(game, bids), data.draw(st.integers(0, n - 1))
    outcome = rule.outcome(game, bids)
    now = game.utilities[me] @ outcome.lottery + outcome.transfers[me]

    def gained(row):
        other = bids.copy()
        other[me] = row
        end = rule.outcome(game, other)
        return game.utilities[me] @ end.lottery + end.transfers[me] - now

    steps = [F(x) for x in range(-14, 15, 2)]
    assert gain[me] >= max(gained([*row, -sum(row)]) for row in product(steps, repeat=q - 1))
    others, small = bids.sum(axis=0) - bids[me], F(1, 1000)
    near = []
    for won in range(q):  # level all totals, this one a little higher
        row = -others - small / (q - 1)
        row[won] = -others[won] + small
        near.append(gained(row))
    assert gain[me] - max(near) <= small


@pytest.mark.parametrize("status_quo", [False, True])
def test_two_residents_by_solving_the_game_of_bids(status_quo):
    game = ec.OutcomeGame([[0, 6, 0], [0, 0, 3]])
    rule = Multibidding(status_quo, tuple(range(-3, 4)))
    form = rule.form(game)
    answer = ec.solve(form.game, "pure")
    least = rule.guarantees(game)
    assert answer.complete and answer.equilibria
    for e in answer.equilibria:
        play = tuple(mix.index(1) for mix in e.profile)
        outcome = form.outcome(play)
        assert (game.utilities @ outcome.lottery + outcome.transfers).tolist() == list(e.payoffs)
        assert outcome.alternative == 1 or status_quo
        assert sum(e.payoffs) == 6 and all(p >= x - 1 for p, x in zip(e.payoffs, least))  # a step of the grid short at most


@QUICK
@given(choices(residents=2, projects=2), st.booleans())
def test_the_game_of_bids_by_the_rule_itself(game, status_quo):
    """Its payoffs, its equilibria by all deviations, and that every true equilibrium on the grid is one of them."""
    game = ec.OutcomeGame(game.utilities)
    rule = Multibidding(status_quo or len(game.alternatives) == 2, (-3, -1, 0, 1, 3))
    form, vectors = rule.form(game), rule.bid_vectors(game)
    paid = {}
    for play in form.game.profiles():
        end = rule.outcome(game, [vectors[k] for k in play])
        paid[play] = (game.utilities @ end.lottery + end.transfers).tolist()
        assert list(form.game.payoffs(play)) == paid[play]
    moves = range(len(vectors))
    stable = {(i, k) for i, k in paid if all(paid[i, k][0] >= paid[j, k][0] and paid[i, k][1] >= paid[i, j][1] for j in moves)}
    assert stable == {tuple(mix.index(1) for mix in e.profile) for e in ec.solve(form.game, "pure").equilibria}
    assert all(play in stable for play in paid if not rule.best_deviation(game, [vectors[k] for k in play]).any())


@QUICK
@given(choices())
def test_levelled_payoffs_are_best_for_the_least(game):
    rule = Multibidding()
    p, least = rule.levelled(game), rule.guarantees(game)
    total = max(game.counts @ game.utilities)
    assert game.counts @ p == total and (p >= least).all()
    level = min(p)
    assert all(x == max(g, level) for x, g in zip(p, least)) or level == min(least)


def test_names_do_not_count():
    b, d, rule = [8, 9, 10, 11], [12, 15, 18, 25], Multibidding()

    def gained(game):
        end = rule.outcome(game)
        return game.utilities @ end.lottery + end.transfers

    here = gained(own_sites(b, d))
    for order in permutations(range(4)):
        assert gained(own_sites([b[i] for i in order], [d[i] for i in order])).tolist() == [here[i] for i in order]


def test_floats_and_counted_residents():
    game = ec.OutcomeGame([[0, 3.5, -1.0], [0, -2.25, 1.5]], counts=[3, 2])
    rule = Multibidding()
    bids = rule.equilibrium_bids(game, rule.equal_above_average(game))
    assert abs(rule.best_deviation(game, bids)).max() < 1e-9
    assert abs(game.counts @ rule.outcome(game).transfers) < 1e-9
    with pytest.raises(NotApplicable, match="row of its own"):
        rule.form(game)


def test_what_is_refused():
    rule, two = Multibidding(), ec.OutcomeGame([[0, 1], [0, 2]])
    assert "games over outcomes" in str(rule.refuses(ec.two_player([[1]], [[1]])))
    assert "two projects" in str(Multibidding(status_quo=False).refuses(two))
    assert "funder" in str(rule.refuses(ec.OutcomeGame([[0, 1], [0, 2]], grants=[0, 1])))
    for call in (
        lambda: rule.outcome(two, [[1, 1], [0, 0]]),
        lambda: rule.outcome(two, [[1, -1]]),
        lambda: rule.equilibrium_bids(two, [0, 0]),
        lambda: rule.equilibrium_bids(two, [0, 3]),
        lambda: Multibidding(grid=(2, 1)),
        lambda: Multibidding(grid=(1, 2)).form(two),
    ):
        with pytest.raises(InputError):
            call()
    with pytest.raises(SizeError, match="vectors"):
        rule.form(T5)
    with pytest.raises(SizeError, match="game of bids"):
        Multibidding(grid=tuple(range(-40, 41))).form(ec.OutcomeGame([[0, 1], [0, 2], [0, 1], [0, 1]]))
