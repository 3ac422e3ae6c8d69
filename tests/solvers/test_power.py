"""Power, majorities, agendas, points and turnout: each fast way against a slow one, with the numbers of the atlas."""

from fractions import Fraction
from itertools import combinations, permutations, product
from math import factorial, inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import encompass as ec
from encompass.games.deliberation.agenda import roll_call
from encompass.games.errors import InputError, SizeError
from encompass.games.ranking_profile import RankingProfile, beats, outcome_support, support_of
from encompass.games.rights import Imposition, Quota
from encompass.games.simple_game import ListedGame, WeightedGame, quota_game, weighted_game
from encompass.solvers.deliberation.agendas import (
    capture,
    closed_rule,
    open_rule,
    recognition,
    romer_rosenthal,
    sincere,
    sophisticated,
    tree_outcome,
    winners_by_agenda,
)
from encompass.solvers.deliberation.aggregation import discursive, ostrogorski
from encompass.solvers.deliberation.majority import (
    condorcet_winner,
    core,
    cycle_index,
    impartial_culture,
    top_cycle,
    uncovered,
)
from encompass.solvers.deliberation.power import (
    fewest_bins,
    nakamura_number,
    power,
    quota_nakamura,
    smallest_blocker,
    veto_players,
)
from encompass.solvers.deliberation.spatial import beating_points, condorcet_points, integer_grid, structure_induced, unbeaten_points
from encompass.solvers.deliberation.turnout import quorum_paradoxes, turnout_equilibria

SMALL = settings(max_examples=50, deadline=None)
T3C = [[5, 2, -1], [-1, 5, 2], [2, -1, 5]]


@st.composite
def weighted(draw, most=6):
    weights = draw(st.lists(st.integers(0, 5), min_size=1, max_size=most).filter(any))
    return WeightedGame(tuple(weights), draw(st.integers(1, sum(weights))))


@st.composite
def listed(draw, most=6):
    n = draw(st.integers(1, most))
    return ListedGame(n, tuple(draw(st.lists(st.integers(1, 2**n - 1), min_size=1, max_size=5))))


@st.composite
def relations(draw, most=5):
    m = draw(st.integers(2, most))
    voters = draw(st.lists(st.permutations(range(m)), min_size=1, max_size=5))
    return beats(support_of(np.array(voters), np.ones(len(voters), dtype=int)))


def slow_nakamura(game):
    winning = [S for S in range(1, 2**game.n) if game.wins(S)]
    minimal = [S for S in winning if not any(T != S and T & S == T for T in winning)]
    for size in range(1, len(minimal) + 1):
        for family in combinations(minimal, size):
            common = 2**game.n - 1
            for S in family:
                common &= S
            if not common:
                return size
    return inf


def slow_shapley(game):
    share = [0] * game.n
    for order in permutations(range(game.n)):
        here = 0
        for i in order:
            here |= 1 << i
            if game.wins(here):
                share[i] += 1
                break
    return tuple(Fraction(s, factorial(game.n)) for s in share)


@SMALL
@given(st.one_of(weighted(), listed()))
def test_nakamura_by_brute_force(game):
    assert nakamura_number(game) == slow_nakamura(game)


@pytest.mark.parametrize("n", range(1, 8))
def test_the_formula_of_nakamura(n):
    for q in range(1, n + 1):
        assert nakamura_number(quota_game(n, q)) == quota_nakamura(n, q)


def test_the_numbers_of_the_atlas():
    assert [quota_nakamura(5, q) for q in (3, 4, 5)] == [3, 5, inf]
    assert [quota_nakamura(9, q) for q in (5, 6, 7, 8)] == [3, 3, 5, 9]


@SMALL
@given(st.one_of(weighted(5), listed(5)))
def test_power_by_brute_force(game):
    found = power(game)
    assert found.shapley_shubik == slow_shapley(game)
    swings = tuple(sum(not game.wins(S) and game.wins(S | 1 << i) for S in range(2**game.n) if not S >> i & 1) for i in range(game.n))
    assert found.swings == swings and sum(found.banzhaf) == 1


@SMALL
@given(st.one_of(weighted(5), listed(5)))
def test_vetoes_and_blockers_by_brute_force(game):
    winning = [S for S in range(2**game.n) if game.wins(S)]
    assert veto_players(game) == tuple(i for i in range(game.n) if all(S >> i & 1 for S in winning))
    everybody = 2**game.n - 1
    assert smallest_blocker(game) == min(S.bit_count() for S in range(2**game.n) if not game.wins(everybody ^ S))


def test_a_veto_is_a_weight():
    game = weighted_game(["1/2", 1, 1, 1], 2, vetoes=[0])
    weights = [Fraction(1, 2), 1, 1, 1]
    for S in range(16):
        assert game.wins(S) == (S & 1 == 1 and sum(w for i, w in enumerate(weights) if S >> i & 1) >= 2)
    assert veto_players(game) == (0,)


def test_large_councils():
    assert sum(power(quota_game(60, 31)).shapley_shubik) == 1
    with pytest.raises(SizeError):
        power(WeightedGame(tuple(range(1, 400)), 40_000))
    assert fewest_bins([6, 5, 4, 3, 2], 10) == 2
    with pytest.raises(InputError):
        WeightedGame((1, 1), 3)


# Majorities


@SMALL
@given(relations())
def test_solutions_of_a_relation_by_their_definitions(relation):
    m = len(relation)
    sets = [S for k in range(1, m + 1) for S in combinations(range(m), k)]
    dominant = [S for S in sets if all(relation[x, y] for x in S for y in range(m) if y not in S)]
    assert top_cycle(relation) == min(dominant, key=len)
    assert core(relation) == tuple(x for x in range(m) if not any(relation[y, x] for y in range(m)))
    winner = condorcet_winner(relation)
    assert (winner is not None) == (len(top_cycle(relation)) == 1)
    assert uncovered(relation) and set(uncovered(relation)) <= set(top_cycle(relation))


@pytest.mark.parametrize(("n", "m"), [(1, 3), (2, 3), (3, 3), (4, 3), (3, 4), (2, 4)])
def test_impartial_culture_by_listing(n, m):
    orders = list(permutations(range(m)))
    none = sum(condorcet_winner(beats(support_of(-np.array(rows), np.ones(n, dtype=int)))) is None for rows in product(orders, repeat=n))
    assert impartial_culture(n, m) == Fraction(none, len(orders) ** n)


def test_the_cyclic_siting():
    game = ec.OutcomeGame([[0, *row] for row in T3C], ["x0", "A", "B", "C"], rights=Imposition())
    relation = beats(outcome_support(game))[1:, 1:]
    assert condorcet_winner(relation) is None and top_cycle(relation) == (0, 1, 2) and cycle_index(relation) == 1
    orders = [(0, 1, 2), (0, 2, 1), (1, 2, 0)]
    assert winners_by_agenda(relation, orders) == ((2, 1), (1, 0), (0, 2))


def test_the_lottery_as_an_option():
    L = [[0, *row, 2] for row in T3C]
    support = outcome_support(ec.OutcomeGame(L, ["x0", "A", "B", "C", "L"], rights=Imposition()))
    assert support[4, 0] == 3 and [(support[4, x], support[x, 4]) for x in (1, 2, 3)] == [(1, 1)] * 3


# Agendas


@SMALL
@given(st.lists(st.permutations(range(3)), min_size=3, max_size=3), st.permutations(range(3)))
def test_looking_ahead_is_subgame_perfect(values, order):
    relation = beats(support_of(np.array(values), np.ones(3, dtype=int)))
    staged = roll_call(values, order)
    ends = {tuple(e.payoffs) for e in ec.solve(staged, "subgame-perfect").equilibria}
    winner = sophisticated(relation, order)
    assert ends == {tuple(row[winner] for row in values)}


@SMALL
@given(relations(), st.randoms())
def test_an_agenda_is_a_tree(relation, random):
    order = list(range(len(relation)))
    random.shuffle(order)

    def tree(floor, k):
        return floor if k == len(order) else (tree(floor, k + 1), tree(order[k], k + 1))

    assert sophisticated(relation, order) == tree_outcome(tree(order[0], 1), relation)
    assert sophisticated(relation, order) in top_cycle(relation) or (relation | relation.T).sum() < len(relation) * (len(relation) - 1)
    winner = condorcet_winner(relation)
    assert winner is None or sincere(relation, order) == sophisticated(relation, order) == winner


def test_capture_of_the_atlas():
    found = [(romer_rosenthal("0.5", q, "0.9"), capture("0.5", q, "0.9")) for q in ("0.05", "0.3", "0.45")]
    assert found == [(Fraction(x), Fraction(y)) for x, y in (("0.9", "0.4"), ("0.7", "0.2"), ("0.55", "0.05"))]
    assert open_rule([1, 5, 9]) == 5


@SMALL
@given(st.lists(st.integers(0, 12), min_size=1, max_size=5), st.data())
def test_the_closed_rule_by_search(ideals, data):
    needed, q, s = data.draw(st.integers(1, len(ideals))), data.draw(st.integers(0, 12)), data.draw(st.integers(0, 12))
    accepted = [x for x in range(-30, 43) if x == q or sum(abs(x - m) <= abs(q - m) for m in ideals) >= needed]
    assert abs(closed_rule(ideals, needed, q, s) - s) == min(abs(x - s) for x in accepted)


def test_proposals_by_chance():
    relation = beats(RankingProfile(("A", "B", "C"), (("A", "B", "C"), ("B", "C", "A"), ("C", "A", "B"))).support)
    assert recognition(relation, 0, 1) == (Fraction(2, 3), 0, Fraction(1, 3))
    far = recognition(relation, 0, 60)
    assert sum(far) == 1 and max(abs(p - Fraction(1, 3)) for p in far) < Fraction(1, 10**6)


# Points, paradoxes, turnout


def test_issue_by_issue():
    ideals, grid = [[0, 0], [4, 1], [1, 5]], integer_grid(0, 5, 2)
    sie = structure_induced(ideals)
    nearer = [
        p for p in product(range(6), repeat=2)
        if sum(sum((a - b) ** 2 for a, b in zip(p, v)) < sum((a - b) ** 2 for a, b in zip(sie, v)) for v in ideals) >= 2
    ]  # fmt: skip
    assert sie == (1, 1) and list(beating_points(ideals, sie, grid)) == nearer
    assert not condorcet_points(ideals, grid)
    line = integer_grid(0, 9, 1)
    assert condorcet_points([[1], [4], [8]], line) == unbeaten_points([[1], [4], [8]], line) == ((4,),)


def test_paradoxes():
    assert ostrogorski([["X", "X", "Y"], ["X", "Y", "X"], ["Y", "X", "X"], ["Y", "Y", "Y"], ["Y", "Y", "Y"]]).paradox
    assert discursive([[True, True], [True, False], [False, True]]).dilemma
    with pytest.raises(InputError):
        ostrogorski([["X"], ["X", "Y"]])


def test_the_quorum_paradox():
    rule = Quota("1/2", 3, of_votes=True)
    assert any((p.yes, p.no, p.away) == (2, 1, 1) for p in quorum_paradoxes(3, rule))
    assert not quorum_paradoxes(5, Quota("1/2", 0, of_votes=True))
    ends = turnout_equilibria(2, 1, rule).equilibria
    stays = [e for e in ends if e.profile[2][1] == 1]
    assert stays and all(e.payoffs[2] == 0 for e in ends)
    assert not any(all(mix[0] == 1 for mix in e.profile) for e in ends)
