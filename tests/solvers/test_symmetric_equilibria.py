"""Like players with two actions: worked figures, theorems on mixers, a brute-force twin on the table, certificates."""

import json
from fractions import Fraction as F
from itertools import product
from math import comb, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from encompass.games.counted_game import SymmetricGame, ways
from encompass.games.errors import SizeError
from encompass.games.normal_form import NormalForm
from encompass.solvers.checker.counted import counted_claims
from encompass.solvers.counted.counted_certificate import counted_certificate
from encompass.solvers.counted.counted_regret import counted_regret
from encompass.solvers.counted.pivotal_equilibria import find_pivot, pivotal_patterns
from encompass.solvers.counted.symmetric_equilibria import refuses_symmetric, solve_symmetric, solve_symmetric_only
from encompass.solvers.regret import regrets


def with_gain(g):
    return SymmetricGame([[0] * len(g), list(g)], len(g))


def spike(n, k, c):
    """k of n give everybody 1; each who contributes pays c."""
    return SymmetricGame([[int(j >= k) for j in range(n)], [int(j + 1 >= k) - c for j in range(n)]], n)


def orbits(answer):
    return sum(e.orbit_size for e in answer.equilibria)


def mixed(answer):
    """The probabilities of the second action of those who mix, by equilibrium."""
    return [[g["strategy"][1] for g in e.profile if 0 < g["strategy"][1] < 1] for e in answer.equilibria]


def named(game, equilibrium):
    """The profile with every player named."""
    return tuple(tuple(g["strategy"]) for g in equilibrium.profile for _ in range(g["players"]))


@pytest.mark.parametrize(("n", "count"), [(2, 3), (3, 7), (4, 15), (5, 31), (6, 63), (12, 4095)])
def test_volunteers_dilemma(n, count):
    answer = solve_symmetric(spike(n, 1, F(2, 5)))
    assert answer.complete
    assert orbits(answer) == count
    assert max(e.regret for e in answer.equilibria) < 1e-15


@pytest.mark.parametrize(("n", "count"), [(3, 9), (4, 29), (5, 83), (6, 431)])
def test_threshold_counts(n, count):
    """Every one listed has no regret, so there are at least so many (a general solver finds 28 and 370 at n = 4 and 6)."""
    game = spike(n, max(2, n // 2), F(2, 5))
    answer = solve_symmetric(game)
    assert answer.complete
    assert orbits(answer) == count
    table = game.normal_form()
    for equilibrium in answer.equilibria:
        exact = [tuple(F(p) for p in mix) for mix in named(game, equilibrium)]
        exact = [(1 - q, q) for _, q in exact]
        assert max(regrets(table, tuple(exact))) <= F(equilibrium.regret) < F(1, 10**12)


def test_like_players_need_not_mix_alike():
    answer = solve_symmetric(spike(4, 2, F(23, 50)))
    assert answer.complete
    (pair,) = [mix for mix in mixed(answer) if len(mix) == 2]
    total, product_ = 2 - 3 * 0.46, 1 - 2 * 0.46  # P(Z = 0) = P(Z = 1) = c for Z = Bin(1, p) + Bin(1, q)
    gap = sqrt(total**2 - 4 * product_)
    assert pair == pytest.approx([(total - gap) / 2, (total + gap) / 2], abs=1e-11)


@pytest.mark.parametrize(("n", "k", "c"), [(4, 2, F(2, 5)), (5, 2, F(2, 5)), (6, 3, F(1, 3)), (9, 4, F(1, 4))])
def test_below_the_largest_pivot_probability_mixers_are_alike(n, k, c):
    largest = comb(n - 1, k - 1) * F(k - 1, n - 1) ** (k - 1) * F(n - k, n - 1) ** (n - k)
    assert c < largest
    answer = solve_symmetric(spike(n, k, c))
    assert answer.complete
    assert all(len(mix) <= 1 for mix in mixed(answer))


def test_the_continuum_of_a_threshold_game():
    answer = solve_symmetric(spike(3, 2, F(1, 2)))
    (component,) = answer.components
    assert component["free"]["players"] == 1
    assert component["fixed"][0]["strategy"] == [F(1, 2), F(1, 2)]
    game = spike(3, 2, F(1, 2))
    for q in (F(0), F(1, 7), F(1)):
        profile = [*component["fixed"], {"role": "player", "players": 1, "strategy": [1 - q, q]}]
        assert counted_regret(game, profile)[1] == 0


def test_indifference_is_a_continuum():
    answer = solve_symmetric(with_gain([0, 0, 1, -1, -1, -1]))
    assert [c["free"]["players"] for c in answer.components] == [1]
    answer = solve_symmetric(with_gain([0, 0, 0]))
    assert [c["free"]["players"] for c in answer.components] == [3]
    assert answer.complete


def dixit_olson(n, C):
    m = np.arange(n)
    return SymmetricGame([[F(int(j >= C)) for j in m], [1 - C / (j + 1) if j + 1 >= C else F(0) for j in map(int, m)]], n)


def test_rows_of_the_conformance_table():
    sym = lambda game: [  # noqa: E731
        e.profile[0]["strategy"][1] for e in sorted(solve_symmetric_only(game).equilibria, key=lambda e: e.profile[0]["strategy"][1])
    ]
    assert sym(spike(5, 3, F(216, 625))) == [0, F(2, 5), F(3, 5)]
    assert sym(spike(4, 2, F(1, 2))) == [0]
    assert sym(spike(5, 1, F(1, 16))) == [F(1, 2)]
    assert sym(spike(3, 2, F(3, 8))) == [0, F(1, 4), F(3, 4)]  # pg-sp-01: r = 4/15, c = 1/10
    assert sym(with_gain([0, F(1, 2), -F(1, 2)])) == [0, F(2, 3)]  # refund, c = 1/2
    dac = SymmetricGame([[0, 0, 3], [1, 1, 1]], 3)
    assert sym(dac) == pytest.approx([sqrt(3) / 3], abs=1e-12)
    assert sym(dixit_olson(3, F(3, 2))) == [0, F(1, 2)]
    participation = solve_symmetric(dixit_olson(6, F(5, 2)))
    pure = [e for e in participation.equilibria if all(1 in g["strategy"] for g in e.profile)]
    assert sum(e.orbit_size for e in pure) == 27
    minority = with_gain([1, 1, 0, -1, -1])
    assert sym(minority) == [F(1, 2)]
    assert sum(e.orbit_size for e in solve_symmetric(minority).equilibria if all(1 in g["strategy"] for g in e.profile)) == 20
    bar = with_gain([1] * 6 + [-1] * 4)
    assert sym(bar) == pytest.approx([0.606915], abs=1e-6)


def brute(g, rng):
    """Solutions in which each of M mixers has a probability of its own, by Newton from many points, where they are isolated."""
    n, found = len(g), []
    g = np.array(g, dtype=float)
    for ones in range(n):
        for M in range(2, n - ones + 1):
            for solution in newton(g[ones : ones + M], rng):
                X = np.array([1.0])
                for p in solution:
                    X = np.convolve(X, [1 - p, p])
                low = X @ np.array([g[ones - 1 + i] for i in range(M + 1)]) if ones else 1
                high = X @ np.array([g[ones + i] for i in range(M + 1)]) if ones + M < n else -1
                if low > 1e-7 and high < -1e-7:
                    found.append((n - ones - M, ones, tuple(np.sort(solution))))
    return found


def newton(part, rng, starts=30):
    M, result = len(part), []
    x = rng.random((starts, M))
    for _ in range(25):
        F_, J = gains(part, x)
        x = x - np.array([np.linalg.pinv(j) @ f for j, f in zip(J, F_)])
        x = np.clip(x, -0.5, 1.5)
    F_, J = gains(part, x)
    for point, f, j in zip(x, F_, J):
        inside = (point > 1e-6).all() and (point < 1 - 1e-6).all() and np.abs(f).max() < 1e-11
        if inside and np.linalg.svd(j)[1][-1] > 1e-4 and not any(np.abs(np.sort(point) - np.sort(p)).max() < 1e-6 for p in result):
            result.append(point)
    return result


def gains(part, points):
    """E g(others) for every mixer and its derivatives."""
    M = len(part)
    values, slopes = np.zeros((len(points), M)), np.zeros((len(points), M, M))
    for i in range(M):
        rest = [j for j in range(M) if j != i]
        for choice in product((0, 1), repeat=M - 1):
            factors = np.stack([points[:, j] if c else 1 - points[:, j] for j, c in zip(rest, choice)])
            values[:, i] += factors.prod(axis=0) * part[sum(choice)]
            for h, j in enumerate(rest):
                others = np.delete(factors, h, axis=0).prod(axis=0)
                slopes[:, i, j] += (1 if choice[h] else -1) * others * part[sum(choice)]
    return values, slopes


def has(answer, zeros, ones, point):
    for e in answer.equilibria:
        given = sorted(float(g["strategy"][1]) for g in e.profile for _ in range(g["players"]))
        if len(given) == zeros + ones + len(point) and np.allclose(given, [0] * zeros + list(point) + [1] * ones, atol=1e-6):
            return True
    return False


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(-3, 3), min_size=2, max_size=4))
def test_nothing_is_missed_on_small_games(g):
    game = with_gain(g)
    answer = solve_symmetric(game)
    table = game.normal_form()
    for equilibrium in answer.equilibria:
        exact = tuple((1 - F(q), F(q)) for _, q in named(game, equilibrium))
        assert max(regrets(table, exact)) <= F(equilibrium.regret) < F(1, 10**9)
    if answer.complete:
        for zeros, ones, point in brute(g, np.random.default_rng(0)):
            assert has(answer, zeros, ones, point), (g, zeros, ones, point)
    pure = {k for k in range(len(g) + 1) if all(pure_holds(g, k))}
    assert {sum(m["players"] for m in e.profile if m["strategy"][1] == 1) for e in answer.equilibria if named_pure(e)} == pure


def pure_holds(g, k):
    return [k == 0 or g[k - 1] >= 0, k == len(g) or g[k] <= 0]


def named_pure(e):
    return all(1 in m["strategy"] for m in e.profile)


def test_unalike_mixers_are_found_by_the_twin_as_well():
    g = [F(-23), F(27), F(-23), F(-23)]
    twin = brute([float(x) for x in g], np.random.default_rng(1))
    answer = solve_symmetric(with_gain(g))
    assert any(len(set(np.round(point, 6))) == 2 for _, _, point in twin)
    assert all(has(answer, *found) for found in twin)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(-3, 3), min_size=1, max_size=6))
def test_the_checker_agrees(g):
    game = with_gain(g)
    answer = solve_symmetric(game)
    certificate = json.loads(json.dumps(counted_certificate(game, answer)))
    assert [str(what) for what, holds in counted_claims(certificate) if not holds] == []
    assert certificate["complete"] or not answer.complete or answer.method == "bernstein"


def valid(certificate):
    try:
        return all(holds for _, holds in counted_claims(certificate))
    except (LookupError, TypeError, ValueError, ArithmeticError):
        return False


@pytest.mark.parametrize("game", [spike(4, 2, F(23, 50)), spike(5, 1, F(2, 5)), spike(3, 2, F(1, 2)), with_gain([2, 1, 0, -3])])
def test_the_checker_rejects_what_was_changed(game):
    good = json.loads(json.dumps(counted_certificate(game, solve_symmetric(game))))
    assert valid(good)
    for i, entry in enumerate(good["equilibria"]):
        rest = good["equilibria"][:i] + good["equilibria"][i + 1 :]
        assert not valid(good | {"equilibria": rest})
        for key, value in (("regret", "1"), ("orbit_size", 99), ("payoffs", ["7"] * len(entry["payoffs"]))):
            assert not valid(good | {"equilibria": [*rest, entry | {key: value}]})
        for j, group in enumerate(entry["profile"]):
            other = [*entry["profile"][:j], group | {"strategy": ["1/3", "2/3"]}, *entry["profile"][j + 1 :]]
            assert not valid(good | {"equilibria": [*rest, entry | {"profile": other}]})
    assert not valid(good | {"equilibria": good["equilibria"] + good["equilibria"][:1]})
    if good["components"]:
        assert not valid(good | {"components": []})


def test_any_size():
    answer = solve_symmetric(spike(1000, 500, F(2, 5)))
    assert answer.complete
    assert sum(len(mix) == 2 for mix in mixed(answer)) == 9
    assert max(e.regret for e in answer.equilibria) < 1e-9
    n = 10**6
    table = np.ones((2, n), dtype=np.int64) * 5
    table[0, 0], table[1] = 0, 3
    (one,) = solve_symmetric_only(SymmetricGame(table, n)).equilibria
    assert one.profile[0]["strategy"][1] == pytest.approx(-np.expm1(np.log(0.4) / (n - 1)), rel=1e-12)
    assert one.regret < 1e-11


def test_limits_are_said():
    g = np.where(np.arange(300) % 3 == 0, 1, -1)
    with pytest.raises(SizeError, match="changes sign"):
        solve_symmetric(with_gain(g))
    answer = solve_symmetric(with_gain([1, -1] * 7))
    assert not answer.complete
    assert "not excluded" in str(answer.stop)
    assert "alike" in str(refuses_symmetric(NormalForm([[[1, 2], [1, 2]]] * 2)))

    def interrupt(done, total, what):
        raise KeyboardInterrupt

    kept = solve_symmetric(with_gain([1, -1] * 7), progress=interrupt)
    assert kept.limited
    assert kept.equilibria


def test_float_games():
    answer = solve_symmetric(SymmetricGame([[0.0, 1.0, 1.0], [0.6, 0.6, 0.6]], 3))
    assert answer.complete
    assert orbits(answer) == 7
    assert max(float(e.regret) for e in answer.equilibria) < 1e-9


@settings(max_examples=15, deadline=None)
@given(st.integers(2, 3), st.data())
def test_three_actions_alike(n, data):
    size = ways(n - 1, 3)
    rows = [data.draw(st.lists(st.integers(-3, 3), min_size=size, max_size=size)) for _ in range(3)]
    game = SymmetricGame(rows, n)
    answer = solve_symmetric_only(game)
    assert all(0 <= e.regret < 1e-9 for e in answer.equilibria)
    assert answer.equilibria or not answer.complete
    twin = solve_symmetric_only(SymmetricGame([[float(x) for x in row] for row in rows], n))
    assert len(twin.equilibria) == len(answer.equilibria)


def test_rock_paper_scissors():
    wins = {(0, 2), (1, 0), (2, 1)}
    game = SymmetricGame.of(lambda a, c: F(sum(m * ((a, b) in wins) - m * ((b, a) in wins) for b, m in enumerate(c))), 4, ["r", "p", "s"])
    answer = solve_symmetric_only(game)
    assert [e.profile[0]["strategy"] for e in answer.equilibria] == [[F(1, 3)] * 3]
    assert answer.complete


def checked(game, answer):
    return valid(json.loads(json.dumps(counted_certificate(game, answer))))


@pytest.mark.parametrize("g", [[-4, -4, 5, -4, -4], [4, -8, 4, 3, 4], [-F(1, 10**60)] * 2 + [10**50, -F(1, 10**60)]])
def test_the_checker_reads_double_roots_and_extreme_numbers(g):
    """With C / B = T(1, 2) = 4/9 the polynomial of four who mix touches zero; it did not let the right answer pass."""
    game = with_gain(g)
    answer = solve_symmetric(game)
    assert answer.complete or answer.method == "bernstein"
    assert checked(game, answer)


def test_a_continuum_of_all_alike_is_checked():
    game = with_gain([0, 0, 0])
    good = json.loads(json.dumps(counted_certificate(game, solve_symmetric_only(game))))
    assert valid(good) and good["components"]
    assert not valid(good | {"components": [{"fixed": [], "alike": {"role": "player", "players": 2}}]})
    tilted = [[[0, 0, 0], [0, 0, 1]]]
    assert not valid(good | {"game": good["game"] | {"payoffs": tilted}, "equilibria": []})


@pytest.mark.parametrize("g", [[0, 0, 0], [1, 0, 0, -1]])
def test_a_continuum_may_not_shrink(g):
    good = json.loads(json.dumps(counted_certificate(with_gain(g), solve_symmetric(with_gain(g)))))
    (whole,) = good["components"]
    fixed = [*whole["fixed"], {"role": "player", "players": 1, "strategy": ["1", "0"]}]
    less = {"fixed": fixed, "free": whole["free"] | {"players": whole["free"]["players"] - 1}}
    assert valid(good) and not valid(good | {"components": [less]})


def test_payoffs_beyond_the_shape_are_no_game():
    good = json.loads(json.dumps(counted_certificate(with_gain([1, -1]), solve_symmetric(with_gain([1, -1])))))
    (table,) = good["game"]["payoffs"]
    for payoffs in ([table, table], [[*table, [0, 0]]], [[[*row, 5] for row in table]]):
        assert not valid(good | {"game": good["game"] | {"payoffs": payoffs}})


@settings(max_examples=60, deadline=None)
@given(
    st.one_of(
        st.sampled_from([[4, 4, -5, 4], [-4, -4, 5, -4], [2, -2, -2], [-4, 5, -4, -4, -4]]),
        st.lists(st.integers(-3, 3), min_size=2, max_size=5),
    )
)
def test_tenths_in_floats_are_decided_as_tenths(g):
    """0.4 and 0.5 tie as 4 and 5 do, though no float is 4/9 of the other."""
    base = [1, 2, 0, -1, 3][: len(g)]
    exact = solve_symmetric(SymmetricGame([base, [x + y for x, y in zip(base, g)]], len(g)))
    floats = solve_symmetric(SymmetricGame(np.array([base, [x + y for x, y in zip(base, g)]]) * 0.1, len(g)))
    assert (exact.method, exact.complete, exact.components) == (floats.method, floats.complete, floats.components)
    assert [e.profile for e in exact.equilibria] == [e.profile for e in floats.equilibria]


def test_patterns_of_many_players_come_one_by_one():
    """A time limit keeps what was found: patterns were all made before the first was looked at."""
    n = 10**5
    g = np.full(n, -1)
    g[n // 2] = 1000
    found = pivotal_patterns(find_pivot(g))
    assert [next(found).mixing[0][0] for _ in range(3)] == [2, 3, 4]


def test_two_ways_to_mix_with_simple_probabilities():
    """Exact probabilities have exact payoffs: rounded ones did not pass the checker."""
    game = SymmetricGame([[0, -2, 2, -1, 1], [-2, -4, 4, -2, 1]], 5)
    answer = solve_symmetric(game)
    (pair,) = [e for e, mix in zip(answer.equilibria, mixed(answer)) if mix == [F(1, 2), F(2, 3)]]
    assert pair.payoffs == (F(5, 27), F(1, 6)) and pair.regret == 0
    assert checked(game, answer)
