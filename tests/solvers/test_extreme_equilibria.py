"""All extreme equilibria: against a brute-force twin, on figures from the literature, and through every road the code may take."""

import json
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from encompass.games.errors import SizeError
from encompass.games.normal_form import NormalForm, two_player
from encompass.solvers.two_player import extreme_equilibria as module
from encompass.solvers.two_player.best_response_polytope import most_vertices, unique_solution
from encompass.solvers.two_player.components import components
from encompass.solvers.two_player.exact_walk import exact_bases
from encompass.solvers.two_player.extreme_equilibria import covering, extreme_equilibria
from encompass.solvers.two_player.vertex_walk import vertices
from encompass.tests.solvers.bimatrix_twin import extreme_equilibria as twin
from encompass.tests.solvers.bimatrix_twin import is_nondegenerate


def random_games(count, seed, most=4, low=-3, high=3):
    rng = np.random.default_rng(seed)
    for _ in range(count):
        m, n = rng.integers(1, most + 1, 2)
        yield rng.integers(low, high + 1, (2, m, n))


def test_random_small_games_with_ties_equal_the_twin():
    for table in [*random_games(150, 0, 3), *random_games(25, 1, 4)]:
        found = extreme_equilibria(NormalForm(table))
        assert found.complete
        assert set(found.profiles) == twin(*table.tolist()), table
        assert len(found.pairs) == len(set(found.profiles))
        assert found.nondegenerate == is_nondegenerate(*table.tolist()), table


def test_the_three_roads_agree():
    """One polytope and solving, both polytopes in floats, both in integers."""
    for table in [*random_games(60, 2), *random_games(20, 3, 6, 0, 9), *random_games(20, 4, 5, 0, 1)]:
        found = extreme_equilibria(NormalForm(table))
        P, Q = found.both
        pairs = [(P.point(v), Q.point(w)) for v, w in covering(P, Q)]
        assert {tuple(tuple(Fraction(v, sum(X)) for v in X) for X, _ in pair) for pair in pairs} == set(found.profiles)
        for held in (P, Q):
            _, bases, tight, complete, _ = exact_bases(held.polytope, 10**6)
            assert complete
            assert set(map(bytes, bases)) == set(map(bytes, held.bases))
            assert set(map(bytes, tight)) == set(map(bytes, held.tight))


def test_every_solved_vertex_is_doubted(monkeypatch):
    """With bounds that prove nothing the walk is made in integers, with the same answer."""
    monkeypatch.setattr("encompass.solvers.two_player.vertex_walk._Met.walk", lambda self: False)
    for table in random_games(25, 5, 4):
        assert set(extreme_equilibria(NormalForm(table)).profiles) == twin(*table.tolist())


def minimum_effort(levels):
    r = range(1, levels + 1)
    A = [[2 * min(i, j) - i for j in r] for i in r]
    return two_player(A, np.array(A).T.tolist())


def linear_good(levels):
    """Everybody's own contribution comes back in full: nobody cares what he gives."""
    r = range(levels)
    return two_player([[10 - i + (i + j) for j in r] for i in r], [[10 - j + (i + j) for j in r] for i in r])


def two_households():
    r = range(3)
    return two_player([[2 * (i + j >= 2) - i for j in r] for i in r], [[2 * (i + j >= 2) - j for j in r] for i in r])


@pytest.mark.parametrize(("game", "count", "parts"), [(minimum_effort(8), 36, 36), (linear_good(5), 25, 1), (two_households(), 7, 3)])
def test_degenerate_games_of_collective_action(game, count, parts):
    found = extreme_equilibria(game)
    assert (found.complete, len(found.pairs), len(found.components), found.nondegenerate) == (True, count, parts, False)


def test_the_linear_good_is_one_square_of_equilibria():
    (part,) = extreme_equilibria(linear_good(5)).components
    assert part.subsets == ((tuple(range(5)), tuple(range(5))),)


def test_six_by_six_with_75_equilibria():
    """Von Stengel (1999), in the payoffs of Savani and von Stengel (2006)."""
    M = [[9504, -660, 19976, -20526, 1776, -8976], [-111771, 31680, -130944, 168124, -8514, 52764],
         [397584, -113850, 451176, -586476, 29216, -178761], [171204, -45936, 208626, -263076, 14124, -84436],
         [1303104, -453420, 1227336, -1718376, 72336, -461736], [737154, -227040, 774576, -1039236, 48081, -300036]]  # fmt: skip
    B = [[72336, 48081, 29216, 14124, 1776, -8514], [-461736, -300036, -178761, -84436, -8976, 52764],
         [1227336, 774576, 451176, 208626, 19976, -130944], [-1718376, -1039236, -586476, -263076, -20526, 168124],
         [1303104, 737154, 397584, 171204, 9504, -111771], [-453420, -227040, -113850, -45936, -660, 31680]]  # fmt: skip
    found = extreme_equilibria(two_player(M, B))
    assert (len(found.pairs), len(found.components), found.nondegenerate) == (75, 75, True)


@pytest.mark.parametrize("k", [2, 3, 4, 5])
def test_identity_coordination_has_2_to_the_k_less_1(k):
    found = extreme_equilibria(two_player(np.eye(k, dtype=int), np.eye(k, dtype=int)))
    assert len(found.pairs) == 2**k - 1 and found.nondegenerate


def test_entry_deterrence_has_a_segment():
    found = extreme_equilibria(two_player([[-1, 1], [0, 0]], [[-1, 1], [2, 2]]))
    half = Fraction(1, 2)
    assert set(found.profiles) == {((1, 0), (0, 1)), ((0, 1), (1, 0)), ((0, 1), (half, half))}
    assert len(found.components) == 2 and found.nondegenerate is False


def test_isolated_equilibria_of_a_degenerate_game():
    found = extreme_equilibria(two_player([[1, 0], [0, 0]], [[1, 0], [0, 0]]))
    assert (len(found.pairs), len(found.components), found.nondegenerate) == (2, 2, False)


def test_huge_and_tiny_payoffs_stay_exact():
    A, B = [["1/3", "1e20"], [10**30, "1e-20"]], [[7, "1e-30"], [0, "1e15"]]
    found = extreme_equilibria(two_player(A, B))
    exact = [[[Fraction(x) for x in row] for row in M] for M in (A, B)]
    assert set(found.profiles) == twin(*exact)


def test_floats_are_the_binary_fractions_they_are():
    rng = np.random.default_rng(1)
    for _ in range(10):
        table = rng.random((2, 3, 3))
        exact = [[[Fraction(x) for x in row] for row in M] for M in table.tolist()]
        assert set(extreme_equilibria(NormalForm(table)).profiles) == twin(*exact)


def test_lopsided_games_and_more_than_64_labels():
    rng = np.random.default_rng(3)
    table = rng.integers(0, 9, (2, 2, 70))
    found = extreme_equilibria(NormalForm(table))
    again = extreme_equilibria(NormalForm(table.transpose(0, 2, 1)[::-1].copy()))
    assert found.complete and {(y, x) for x, y in again.profiles} == set(found.profiles)


def test_a_limit_gives_some_and_says_so():
    game = NormalForm(np.random.default_rng(0).integers(0, 50, (2, 8, 8)))
    whole, part = extreme_equilibria(game), extreme_equilibria(game, limit=40)
    assert not part.complete and set(part.profiles) < set(whole.profiles)


def test_an_interrupt_keeps_what_was_found():
    calls = []

    def progress(done, total, what):
        calls.append(done)
        if len(calls) == 4:
            raise KeyboardInterrupt

    game = NormalForm(np.random.default_rng(0).integers(0, 50, (2, 8, 8)))
    part = extreme_equilibria(game, progress=progress)
    assert not part.complete and part.pairs


def test_too_many_actions_are_refused_at_once():
    with pytest.raises(SizeError, match="500"):
        extreme_equilibria(NormalForm(np.zeros((2, 250, 250), dtype=np.int64)))


def test_dominated_actions_are_taken_out_of_a_large_game():
    rng = np.random.default_rng(0)
    table = np.zeros((2, 30, 30), dtype=np.int64)
    table[:, :4, :4] = rng.integers(50, 90, (2, 4, 4))
    table[0, :4, 4:] = 100  # the other rows earn 0 whatever columns do, and columns likewise
    table[1, 4:, :4] = 100
    found = extreme_equilibria(NormalForm(table))
    assert found.complete and all(set(left) <= set(range(4)) for left in found.alive)
    small = extreme_equilibria(NormalForm(table[:, :4, :4].copy()))
    assert [tuple(mix[:4] for mix in pair) for pair in found.profiles] == list(small.profiles)
    assert found.nondegenerate in (None, False)


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=14, unique=True))
@settings(deadline=None, max_examples=80)
def test_components_and_maximal_subsets_by_trying_all(pairs):
    edges = set(pairs)
    complete = [
        (X, Y)
        for X in powerset({i for i, _ in pairs})
        for Y in powerset({j for _, j in pairs})
        if X and Y and all((i, j) in edges for i in X for j in Y)
    ]
    largest = {
        (tuple(sorted(X)), tuple(sorted(Y)))
        for X, Y in complete
        if not any(other != (X, Y) and other[0] >= X and other[1] >= Y for other in complete)
    }
    parts = components(pairs)
    assert {subset for part in parts for subset in part.subsets} == largest
    assert sorted(k for part in parts for k in part.equilibria) == list(range(len(pairs)))
    for a in parts:
        for b in parts:
            if a is not b:
                assert not {pairs[k][0] for k in a.equilibria} & {pairs[k][0] for k in b.equilibria}
                assert not {pairs[k][1] for k in a.equilibria} & {pairs[k][1] for k in b.equilibria}


def powerset(values):
    sets = [frozenset()]
    for value in sorted(values):
        sets += [held | {value} for held in sets]
    return sets


def test_small_parts():
    assert most_vertices(2, 5) == 5 and most_vertices(3, 6) == 8 and most_vertices(4, 8) == 20
    assert unique_solution([[2, 0], [0, 4]]) == ([4, 2], 8)
    assert unique_solution([[1, 1], [1, 1]]) is None
    assert unique_solution([[1], [2]]) is None
    assert vertices(module.polytope(np.array([[1, 2], [3, 4]], dtype=object)), 100).complete
    json.dumps([part.to_dict() for part in components([(0, 0), (0, 1)])])
