"""Families besides the public goods of test_public_goods: each against its formula, and the worked figures of the ATLAS."""

from fractions import Fraction
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from encompass.games import (
    commons,
    congestion,
    contests,
    inspection,
    networks,
    participation,
    public_goods,
    punishment,
    sequential,
    social_preferences,
)
from encompass.games.counted_game import symmetric_form
from encompass.games.errors import InputError, SizeError
from encompass.games.normal_form import NormalForm, two_player
from encompass.games.staged_game import walk
from encompass.solvers.moves import aggregative
from encompass.solvers.moves.subgame_perfect import solve_subgame_perfect
from encompass.solvers.pure import pure_profiles
from encompass.solvers.regret import regrets

money = st.sampled_from(["0", "1", "2", "7/3", "1/2", "10"]).map(Fraction)
players = st.integers(2, 4)
EDGES = [[0, 1], [1, 2], [2, 3], [3, 4], [4, 0], [0, 2], [1, 3]]
graphs = st.sets(st.sampled_from(range(len(EDGES)))).map(lambda chosen: [EDGES[k] for k in sorted(chosen)])


def same(game, payoff):
    table = game.normal_form() if hasattr(game, "normal_form") else game
    return all(table.payoffs(a) == tuple(payoff(a)) for a in table.profiles())


# Commons


@given(players, money, money, money)
@settings(deadline=None, max_examples=30)
def test_common_pool_in_both_forms(n, A, B, w):
    def payoff(a):
        return [x * (A - B * sum(a)) - w * x for x in a]

    assert same(commons.common_pool(n, A, B, w, range(4)), payoff)
    assert same(commons.pool_of_tokens(n, A, B, w, 3).game(), payoff)
    assert same(commons.attention(n, B + 1, A + 1, range(3), w), lambda a: [(A + 1) * x * (1 - (B + 1) * sum(a)) - w * x for x in a])


@given(st.integers(2, 3), money, money, money)
@settings(deadline=None, max_examples=30)
def test_symmetric_amounts_and_best_totals(n, A, B, w):
    pool = commons.pool_of_tokens(n, A, B, w, 4)
    game = pool.game().normal_form()
    alike = {Fraction(a[0]) for a in pure_profiles(game) if len(set(a)) == 1}
    assert set(aggregative.symmetric_amounts(pool).amounts) == alike
    totals, top = aggregative.best_totals(pool)
    worth = {a: sum(game.payoffs(a)) for a in game.profiles()}
    assert top == max(worth.values())
    assert set(totals) == {sum(a) for a, value in worth.items() if value == top}


def test_a_pool_too_large_to_be_tabled_is_still_solved():
    pool = commons.pool_of_tokens(8, 23, "1/4", 5, 25)  # Walker, Gardner and Ostrom 1990
    with pytest.raises(SizeError):
        pool.game()
    assert aggregative.symmetric_amounts(pool).amounts == (8,)
    uneven = commons.Aggregative(2, (Fraction(0), Fraction(1)), lambda x, Y: x * x + Y)
    with pytest.raises(InputError, match="in proportion"):
        aggregative.best_totals(uneven)
    with pytest.raises(InputError, match="equal steps"):
        aggregative.best_totals(commons.Aggregative(2, (Fraction(0), Fraction(1), Fraction(3)), lambda x, Y: x))


# Networks


@given(graphs)
@settings(deadline=None, max_examples=40)
def test_specialised_profiles_are_the_pure_equilibria(edges):
    game = networks.best_shot_graph(5, edges)
    near = [{j for e in edges for i, j in (e, e[::-1]) if i == k} for k in range(5)]
    assert same(game, lambda a: [bool(a[i] or any(a[j] for j in near[i])) - Fraction(a[i], 2) for i in range(5)])
    independent = [
        a
        for a in product((0, 1), repeat=5)
        if all(not (a[i] and a[j]) for i, j in edges) and all(a[i] or any(a[j] for j in near[i]) for i in range(5))
    ]
    assert list(networks.specialised(5, edges)) == independent == pure_profiles(game)
    stable = [a for a in independent if all(a[i] or sum(a[j] for j in near[i]) >= 2 for i in range(5))]
    assert list(networks.stable_specialised(5, edges)) == stable


def test_local_public_good():
    path = [[0, 1], [1, 2]]
    assert same(networks.local_public_good(3, path, [1], "1/2"), lambda a: networks.best_shot_graph(3, path).payoffs(a))
    half = networks.local_public_good(3, path, [4, 2], 1, most=2, spill="1/2")
    assert half.payoffs((1, 2, 0))[0] == 4 + 2 - 1  # enjoys 1 + 2/2 = 2 units
    assert half.payoffs((0, 1, 0))[0] == Fraction(1, 2) * 4
    assert half.payoffs((2, 2, 0))[0] == 4 + 2 - 2  # the third unit is worth nothing


def test_large_networks_are_listed_without_a_table():
    ring = [[k, (k + 1) % 30] for k in range(30)]
    count = len(networks.specialised(30, ring))
    perrin = [3, 0, 2]
    while len(perrin) <= 30:
        perrin.append(perrin[-2] + perrin[-3])
    assert count == perrin[30]  # maximal independent sets of a cycle: Fueredi 1987


# Participation


@given(players, money, money)
@settings(deadline=None, max_examples=30)
def test_joining(n, V, C):
    C += 1

    def payoff(a):
        m = sum(a)
        provided = m * V >= C
        return [(V - (C / m if x else 0)) if m and provided else 0 for x in a]

    assert same(participation.dixit_olson(n, V, C), payoff)
    assert same(participation.exit_game(n, [V * m for m in range(1, n + 1)], C), lambda a: [V * sum(a) if x else C for x in a])


def test_minimal_institution():
    """P3.1 and P3.3: r = 0.4, n = 5: s* = 3; sizes 0, 1, 3, of which 3 strict; members 0.2, 0.6, 1.0 and outsiders 1.2, 1.6."""
    game = participation.institution(5, "0.4")
    assert participation.least_institution("0.4") == 3
    assert participation.stable_sizes(game) == (0, 1, 3)
    assert participation.stable_sizes(game, strictly=True) == (3,)
    for s, member, outsider in ((3, "0.2", "1.2"), (4, "0.6", "1.6"), (5, "1.0", None)):
        held = participation.institution(5, "0.4", minimum=s)
        (found,) = held.payoffs([(5 - s, s)])
        assert found[1] == 1 + Fraction(member)
        assert found[0] == (None if outsider is None else 1 + Fraction(outsider))
        assert s in participation.stable_sizes(held, strictly=True)
    assert participation.least_institution("1/2", 0) == 2
    assert participation.least_institution("1/2", 0, strictly=True) == 3
    assert participation.least_institution(0) is None
    assert participation.least_institution("1/2", 1, 2) == next(s for s in range(1, 9) if Fraction(s, 2) >= 1 + Fraction(1, 2 * s))


@given(st.integers(2, 8), money, money)
@settings(deadline=None, max_examples=30)
def test_agreements_are_stable_at_two_and_three(n, b, c):
    game = participation.agreement(n, b + 1, c + 1)
    assert [m for m in participation.stable_sizes(game) if m >= 2] == [m for m in (2, 3) if m <= n]
    table = game.normal_form() if n < 6 else None
    if table is not None:
        assert sorted({sum(a) for a in pure_profiles(table)}) == list(participation.stable_sizes(game))


def test_shares_among_very_many_are_refused_exactly_and_fit_in_floats():
    with pytest.raises(SizeError, match="common denominator"):
        participation.dixit_olson(30_000, 1, 100)
    assert participation.dixit_olson(30_000, 1, 100.0).n == 30_000


def test_agreement_payoffs_follow_from_the_abatements():
    n, b, c, s = 6, Fraction(3), Fraction(2), 4
    Q = s * (s * b / c) + (n - s) * b / c
    (found,) = participation.agreement(n, b, c).payoffs([(n - s, s)])
    assert found == (b * Q - c * (b / c) ** 2 / 2, b * Q - c * (s * b / c) ** 2 / 2)


def test_threshold_crowd():
    assert same(
        participation.threshold_crowd([0, 2, 1]), lambda a: [(1 if sum(a) - 1 >= t else -1) if x else 0 for t, x in zip([0, 2, 1], a)]
    )


# Contests and inspection


def test_contests():
    grid = [Fraction(k, 2) for k in range(4)]

    def wins(a, i):
        X = sum(grid[k] for k in a)
        return grid[a[i]] / X if X else Fraction(1, len(a))

    assert same(contests.tullock([3, 5], grid), lambda a: [V * wins(a, i) - grid[a[i]] for i, V in enumerate((3, 5))])

    def hosts(a, i):
        return (1 - wins(a, i)) / (len(a) - 1)

    assert same(contests.avoidance([20, 20, 8], grid), lambda a: [-d * hosts(a, i) - grid[a[i]] for i, d in enumerate((20, 20, 8))])
    at_peak = contests.avoidance([20] * 5, [0, Fraction(4, 5), 1])  # P1.14: e = d / n^2, total waste d / n
    assert (1,) * 5 in pure_profiles(at_peak)


@given(money, money, money, money, st.sampled_from(["0", "1/10", "1/5", "1/2"]).map(Fraction))
@settings(deadline=None, max_examples=40)
def test_inspection_balance_is_an_equilibrium(g, f, k, l, r):
    f += 1
    game = inspection.inspection_game(g, f, k, l, r)
    found = inspection.balance(g, f, k, l, r)
    assert game.payoffs((1, 0)) == (-(1 - r) * l, (1 - r) * g - r * f)
    if found is not None:
        profile = ((found.inspect, 1 - found.inspect), (found.violate, 1 - found.violate))
        assert max(regrets(game, profile)) == 0
        assert found.inspect == inspection.patrol_needed(g, f, r)


def test_reports_replace_the_patrol():
    """P11.2: g = 3, f = 9: .25, .167, .0625, 0, 0."""
    needed = [inspection.patrol_needed(3, 9, r) for r in ("0", "0.1", "0.2", "0.25", "0.3")]
    assert needed == [Fraction(1, 4), Fraction(1, 6), Fraction(1, 16), 0, 0]


# Punishment


@given(players, money, money, money)
@settings(deadline=None, max_examples=30)
def test_peer_punishment(n, r, c, h):
    def payoff(a):
        givers, punishers, defectors = sum(x > 0 for x in a), a.count(2), a.count(0)
        return [r * givers - (x > 0) - (c * defectors if x == 2 else 0) - (h * punishers if x == 0 else 0) for x in a]

    assert same(punishment.peer(n, r, c, h), payoff)


@given(players, money, money, money, st.booleans())
@settings(deadline=None, max_examples=30)
def test_pool_punishment(n, R, f, B, second):
    def payoff(a):
        givers, fined = sum(x > 0 for x in a), 2 in a
        mine = {0: B * fined, 1: 1 + B * fined * second, 2: 1 + f}
        return [R * givers / n - mine[x] for x in a]

    assert same(punishment.pool(n, R, f, B, second), payoff)


def test_pool_of_the_atlas():
    """M-27: n = 5, R = 2, fee .1, fine .7: a fee-dodger 1.0 without and 0.3 with the second fine, a defector 0.9, a payer 0.9."""
    for second, dodger in ((False, "1"), (True, "0.3")):
        game = punishment.pool(5, 2, "0.1", "0.7", second)
        assert game.payoff(0, 1, [(0, 0, 4)]) == Fraction(dodger)
        assert game.payoff(0, 0, [(0, 0, 4)]) == game.payoff(0, 2, [(0, 0, 4)]) == Fraction("0.9")


def test_peers_of_the_atlas():
    """M-26: k punishers sustain contributing iff k harm >= 1 - mpcr."""
    for harm, holds in (("0.2", True), ("0.199", False)):
        game = punishment.peer(4, "0.4", "0.1", harm)
        assert (game.payoff(0, 2, [(0, 0, 3)]) >= game.payoff(0, 0, [(0, 0, 3)])) is holds


def test_fehr_gaechter_incomes():
    first = punishment.first_stage([20, 20, 20, 0], "2/5", 20)
    assert first == (24, 24, 24, 44)
    points = [[0, 0, 0, 10], [0, 0, 0, 5], [0] * 4, [0] * 4]
    assert punishment.incomes(first, points) == (24 - 30, 24 - 9, 24, 0)  # at most all of it is lost
    assert punishment.least_points(44, 44) == 0
    assert punishment.least_points(44, -1) is None
    assert punishment.least_points(44, 0) == 10


def test_punishment_is_not_bought_in_the_last_stage():
    staged = punishment.contribute_then_punish(2, "3/5", 1, [0, 1], most_points=2)
    ends = [node for _, node in walk(staged.root) if not hasattr(node, "children")]
    assert len(ends) == 4 * 9
    answer = solve_subgame_perfect(staged)
    (only,) = answer.equilibria
    assert only.payoffs == (1, 1)
    with pytest.raises(SizeError):
        punishment.contribute_then_punish(6, "2/5", 1, [0, 1])


def test_ostroms_authority():
    base = two_player([[10, -1], [11, 0]], [[10, 11], [-1, 0]])
    assert punishment.enforced(base, 2).payoffs((1, 0)) == (9, -1)
    assert punishment.enforced(base, 2, "1/2").payoffs((1, 0)) == (10, -2)
    y = punishment.accuracy_needed(base, 2)
    for accuracy, holds in ((y, False), (y + Fraction(1, 100), True)):
        game = punishment.enforced(base, 2, accuracy)
        assert all((game.table[0][0] > game.table[0][1]).tolist()) is holds
    assert punishment.obeys(8, "0.4", 20)  # M-25: detection times fine covers the gain of 8
    assert not punishment.obeys(8, "0.39", 20)


# Feelings and subsidies


@given(st.lists(st.tuples(money, money), min_size=3, max_size=3), st.data())
@settings(deadline=None, max_examples=30)
def test_fehr_schmidt(feelings, data):
    values = data.draw(st.lists(st.integers(-3, 3), min_size=24, max_size=24))
    game = NormalForm.from_function(lambda a: [values[8 * i + 4 * a[0] + 2 * a[1] + a[2]] for i in range(3)], ["xy"] * 3)
    envy, guilt = zip(*feelings)

    def felt(a):
        x = game.payoffs(a)
        return [
            x[i] - sum(envy[i] * max(x[j] - x[i], 0) + guilt[i] * max(x[i] - x[j], 0) for j in range(3) if j != i) / 2 for i in range(3)
        ]

    assert same(social_preferences.fehr_schmidt(game, envy, guilt), felt)
    weight = envy[0]
    assert same(
        social_preferences.altruism(game, weight),
        lambda a: [(1 - weight) * x + weight * sum(game.payoffs(a)) for x in game.payoffs(a)],
    )


def test_feelings_of_players_alike_keep_the_game_counted():
    plain = public_goods.linear(3, "1/2", 2, [0, 1, 2])
    alike = social_preferences.fehr_schmidt_alike(plain, 1, "1/2")
    assert same(alike, social_preferences.fehr_schmidt(plain.normal_form(), [1] * 3, ["1/2"] * 3).payoffs)
    floats = social_preferences.fehr_schmidt(plain.normal_form(), [1.0] * 3, [0.5] * 3)
    assert floats.payoffs((0, 1, 2)) == pytest.approx([float(x) for x in alike.normal_form().payoffs((0, 1, 2))])


@given(players, money)
@settings(deadline=None, max_examples=20)
def test_falkinger(n, beta):
    grid = [0, 1, 4]
    plain = public_goods.linear(n, "2/5", 4, grid)
    table = plain.normal_form()

    def payoff(a):
        paid = social_preferences.falkinger_transfers([grid[k] for k in a], beta)
        assert sum(paid) == 0
        return [u + t for u, t in zip(table.payoffs(a), paid)]

    assert same(social_preferences.falkinger(plain, grid, beta), payoff)


# Congestion


def test_congestion_costs():
    options = [[["a"], ["b", "c"]], [["a"], ["c"]]]
    game = congestion.congestion(options, linear={"a": (1, 0), "b": (2, 1)}, shared={"c": 6})
    assert game.payoffs((0, 0)) == (-2, -2)
    assert game.payoffs((1, 1)) == (-6, -3)
    assert game.actions == (("a", "b+c"), ("a", "c"))
    with pytest.raises(InputError, match="given once"):
        congestion.congestion(options, linear={"a": (1, 0)})


@given(st.lists(st.integers(1, 4), min_size=1, max_size=4), st.integers(1, 3))
@settings(deadline=None, max_examples=40)
def test_scheduling(jobs, m):
    game = congestion.scheduling(jobs, m)
    assert same(game, lambda a: [-sum(size for size, other in zip(jobs, a) if other == k) for k in a])
    spans = [max(congestion.loads(jobs, m, a)) for a in product(range(m), repeat=len(jobs))]
    assert congestion.best_makespan(jobs, m) == min(spans)


@given(st.integers(1, 4), st.integers(1, 4))
@settings(deadline=None, max_examples=20)
def test_balls_and_bins(n, m):
    spans = [max(a.count(k) for k in range(m)) for a in product(range(m), repeat=n)]
    assert congestion.balls_and_bins(n, m) == Fraction(sum(spans), m**n)
    assert congestion.mixed_makespan_ratio(n, m) == Fraction(sum(spans), m**n) / min(spans)


@given(st.integers(1, 5), st.integers(0, 5), money, money, money)
@settings(deadline=None, max_examples=30)
def test_crowds(n, capacity, good, bad, home):
    assert same(congestion.minority(n), lambda a: [int(2 * a.count(x) < n) for x in a])
    assert same(
        congestion.el_farol(n, capacity, good, bad, home), lambda a: [(good if sum(a) <= capacity else bad) if x else home for x in a]
    )
    values = [[good] * n, [bad + k for k in range(n)]]
    assert same(congestion.crowding(n, values), lambda a: [values[x][a.count(x) - 1] for x in a])


# Moves in turn


def test_leaders_and_followers():
    leading = solve_subgame_perfect(sequential.leading_by_example(3, "2/5", 1)).equilibria
    assert [e.payoffs for e in leading] == [(1, 1, 1)]
    link = public_goods.weakest_link(3, 2, 1, 0, [1, 2]).normal_form()
    outcomes = {e.payoffs for e in solve_subgame_perfect(sequential.one_by_one(link)).equilibria}
    assert outcomes == {(2, 2, 2)}  # whoever sees the others give more follows
    assert len(pure_profiles(link)) == 2
    with pytest.raises(InputError):
        sequential.leading_by_example(3, "2/5", leader=3)


@pytest.mark.parametrize(
    "bad",
    [
        lambda: commons.common_pool(2, "x", 1),
        lambda: commons.attention(2, 0),
        lambda: networks.best_shot_graph(2, [[0, 5]]),
        lambda: participation.joining([1, 2], [1]),
        lambda: participation.dixit_olson(3, 1, 0),
        lambda: participation.threshold_crowd([]),
        lambda: contests.avoidance([1], [0, 1]),
        lambda: inspection.inspection_game(1, 1, 1, 1, 2),
        lambda: inspection.deterring(1, 0),
        lambda: punishment.incomes([1, 1], [[0, 1]]),
        lambda: punishment.incomes([1, 1], [[1, 0], [0, 0]]),
        lambda: punishment.enforced(two_player([[1]], [[1]]), 1, 2),
        lambda: social_preferences.fehr_schmidt(two_player([[1]], [[1]]), [1], [1, 1]),
        lambda: social_preferences.falkinger(public_goods.linear(2, 1), [0], 1),
        lambda: congestion.el_farol(3, -1),
        lambda: congestion.balls_and_bins(500, 2),
        lambda: congestion.scheduling([1], 0),
    ],
)
def test_bad_parameters_are_refused(bad):
    with pytest.raises(InputError):
        bad()


def test_families_of_like_players_are_symmetric():
    """Counting is no loss: their normal forms are symmetric."""
    games = [punishment.peer(3, "1/2", 1, 1), commons.common_pool(3, 5, 1), participation.agreement(3), congestion.minority(3)]
    for game in games:
        again = symmetric_form(game.normal_form())
        assert all(game.payoff(0, a, [c]) == again.payoff(0, a, [c]) for a in range(2) for c in _counts(game))


def _counts(game):
    k = len(game.actions[0])
    bars = combinations(range(2 + k - 1), k - 1)
    return [tuple(b - a - 1 for a, b in zip((-1, *cut), (*cut, 2 + k - 1))) for cut in bars]
