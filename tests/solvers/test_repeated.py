"""Repeated games: discounted sums written out, all deviations tried, and sets checked from inside and outside."""

from fractions import Fraction as F
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from encompass.games.counted_game import SymmetricGame
from encompass.games.errors import InputError, NotApplicable
from encompass.games.normal_form import NormalForm
from encompass.solvers.dynamics import automata as au
from encompass.solvers.dynamics import repeated as rp
from encompass.solvers.dynamics import repeated_payoffs as sets
from encompass.solvers.dynamics.polygon import above, hull
from encompass.solvers.dynamics.rotation import rotation
from encompass.solvers.pure import pure_profiles

SMALL = settings(max_examples=60, deadline=None)


def dilemma(R, S, T, P):
    return NormalForm.from_arrays([[R, S], [T, P]], [[R, T], [S, P]])


CLASSIC, AXELROD = dilemma(2, 0, 3, 1), dilemma(3, 0, 5, 1)


def voluntary(n, mpcr, endowment=25):
    """A linear public good: give all or nothing."""
    return SymmetricGame.of(lambda a, others: F(endowment) * (1 - a + F(mpcr) * (others[1] + a)), n, ["keep", "give"])


def games(shapes=((2, 2), (3, 2), (2, 2, 2))):
    return st.sampled_from(shapes).flatmap(
        lambda shape: st.lists(
            st.integers(-3, 3), min_size=len(shape) * int(np.prod(shape)), max_size=len(shape) * int(np.prod(shape))
        ).map(lambda xs: NormalForm(np.array(xs, dtype=object).reshape(len(shape), *shape)))
    )


def test_published_critical_discount_factors():
    assert rp.critical_discount_counted(voluntary(10, "3/10"), [0, 10]).delta == F(7, 27)
    assert rp.critical_discount(CLASSIC, (0, 0)).delta == F(1, 2)
    assert rp.critical_discount(AXELROD, (0, 0), (1, 1)).delta == F(1, 2)
    assert au.tit_for_tat_discount(AXELROD) == F(2, 3)
    assert [rp.cartel_discount(4, "bertrand"), rp.cartel_discount(2, "cournot")] == [F(3, 4), F(9, 17)]


def test_units_of_the_atlas():
    """P3.2: R = 2 at g = 4, 12, 100; in general (g - R) / (R (g - 1))."""
    assert [round(float(rp.unit_discount(g, F(2, g))), 3) for g in (4, 12, 100)] == [0.333, 0.455, 0.495]
    assert all(rp.unit_discount(g, F(2, g)) == F(g - 2, 2 * (g - 1)) for g in range(3, 30))
    r, g, pi = F(2, 5), 5, F(1, 3)
    assert rp.unit_discount(g, r, pi) == (1 - r) / ((1 - r) + pi * (r * g - 1))
    assert rp.critical_discount_counted(voluntary(g, r), [0, g], detection=pi).delta == rp.unit_discount(g, r, pi)
    delta = rp.unit_discount(g, r, pi)
    assert rp.least_detection(1 - r, r * g - 1, delta) == pi  # O-07
    assert rp.unit_discount(4, F(1, 5)) is None
    assert rp.least_detection(F(1), F(1), F(1, 3)) is None


@SMALL
@given(games(), st.data())
def test_grim_trigger_by_writing_the_sums_out(game, data):
    cooperate = data.draw(st.sampled_from(list(game.profiles())))
    punishments = pure_profiles(game)
    pi = data.draw(st.sampled_from([F(1), F(1, 2), F(1, 3)]))
    if not punishments:
        with pytest.raises(InputError):
            rp.critical_discount(game, cooperate)
        return
    punish = data.draw(st.sampled_from(punishments))
    found = rp.critical_discount(game, cooperate, punish, pi)
    for delta in (F(k, 12) for k in range(12)):
        holds = found.delta is not None and delta >= found.delta and (found.most is None or delta <= found.most)
        assert holds == no_deviation_pays(game, cooperate, punish, pi, delta)
    if found.delta is None:
        assert not any(no_deviation_pays(game, cooperate, punish, pi, F(k, 360)) for k in range(360))
    best = rp.critical_discount(game, cooperate, None, pi)
    every = [rp.critical_discount(game, cooperate, a, pi).delta for a in punishments]
    assert best.delta == (min((x for x in every if x is not None), default=None))
    assert found.binding
    assert found.to_dict()["schema"] == "encompass/critical-discount/1"


def no_deviation_pays(game, cooperate, punish, pi, delta):
    """One round of each other action, then punishment with probability pi and loyalty otherwise, in sums of averages."""
    for i in range(len(game.players)):
        stay = game.payoffs(cooperate)[i]
        for a in range(game.shape[i]):
            now = game.payoffs((*cooperate[:i], a, *cooperate[i + 1 :]))[i]
            later = pi * game.payoffs(punish)[i] + (1 - pi) * stay
            if a != cooperate[i] and (1 - delta) * now + delta * later > stay:
                return False
    return True


def test_counted_players_agree_with_named_ones():
    for n, k in ((4, 2), (5, 3)):
        game = SymmetricGame.of(lambda a, others, k=k: F(6 * (others[1] + a >= k) - 2 * a + others[1]), n, ["no", "yes"])
        for yes in range(n + 1):
            counted = rp.critical_discount_counted(game, [n - yes, yes], [n, 0])
            named = rp.critical_discount(game.normal_form(), (1,) * yes + (0,) * (n - yes), (0,) * n)
            assert counted.delta == named.delta
    with pytest.raises(InputError):
        rp.critical_discount_counted(game, [1, 1])
    with pytest.raises(InputError):
        rp.critical_discount_counted(game, [5, 0], [0, 5])


def test_mixed_punishments_and_wrong_ones():
    sexes = NormalForm.from_arrays([[3, 0], [0, 2]], [[2, 0], [0, 3]])
    mixed = ((F(3, 5), F(2, 5)), (F(2, 5), F(3, 5)))
    found = rp.critical_discount(sexes, (0, 1), mixed)
    assert [t.loss for t in found.temptations] == [F(-6, 5)] * 2
    assert found.delta is None
    with pytest.raises(InputError, match="no equilibrium"):
        rp.critical_discount(CLASSIC, (0, 0), (0, 1))
    with pytest.raises(InputError):
        rp.critical_discount(CLASSIC, (0, 0), ((1, 1), (0, 1)))
    with pytest.raises(InputError):
        rp.critical_discount(CLASSIC, (0, 2))
    with pytest.raises(InputError):
        rp.critical_discount(CLASSIC, (0, 0), detection=2)
    with pytest.raises(InputError):
        rp.cartel_discount(3, "stackelberg")
    with pytest.raises(InputError):
        rp.cartel_discount(1, "cournot")
    with pytest.raises(InputError):
        rp.unit_discount(0, "1/2")


def test_the_rotation_of_the_five_courtyards():
    """P1.8: a = b - kappa."""
    found = rotation([4, 5, 6, 7, 8], [12, 15, 18, 25, 30])
    assert [round(t.least, 3) for t in found.turns] == [0.741, 0.741, 0.741, 0.831, 0.856]
    assert (found.feasible, round(found.least, 3)) == (True, 0.856)
    assert float(found.high) == pytest.approx(found.least)


@SMALL
@given(st.fractions(F(1, 10), 10, max_denominator=20), st.fractions(0, 60, max_denominator=20), st.integers(1, 8))
def test_the_rotation_root_is_bracketed(a, d, n):
    (turn,) = rotation([a], [d], n).turns

    def worth(x):
        return a * sum(x**k for k in range(n)) - d

    if d >= n * a and d > a:
        assert (turn.low, turn.high, turn.least) == (None, None, None)
    else:
        assert turn.high - turn.low <= F(1, 2**48)
        assert worth(turn.high) >= 0
        assert turn.low == 0 or turn.low == turn.high or worth(turn.low) < 0
        harder = rotation([a], [d + F(1, 7)], n).turns[0]
        assert harder.low is None or harder.high >= turn.low  # monotone in d / a


def test_rotation_in_large_cycles_and_exact_roots():
    (half,) = rotation([2], [3], 2).turns
    assert (half.low, half.high) == (F(1, 2), F(1, 2))
    (far,) = rotation([1], [1000], 10**6).turns
    assert far.least == pytest.approx(0.999, abs=1e-9)
    assert rotation([1, 1], [1, 2]).feasible is False
    assert rotation([1, 1], [1, 2]).least is None
    assert rotation([0], [0]).turns[0].low == 0
    for bad in (lambda: rotation([1], [1, 2]), lambda: rotation([-1], [2]), lambda: rotation([1], [2], 0)):
        with pytest.raises(InputError):
            bad()


MEMORY_ONE = [au.memory_one(f, [[w, x], [y, z]], f"{f}{w}{x}{y}{z}") for f, w, x, y, z in product((0, 1), repeat=5)]


def simulated(game, one, two, delta, rounds=400):
    s, t, total = one.start, two.start, [0.0, 0.0]
    for k in range(rounds):
        a, b = one.output[s], two.output[t]
        for i in (0, 1):
            total[i] += (1 - delta) * delta**k * float(game.payoffs((a, b))[i])
        s, t = one.move[s][a][b], two.move[t][b][a]
    return total


@SMALL
@given(games(((2, 2),)), st.sampled_from(MEMORY_ONE), st.sampled_from(MEMORY_ONE), st.sampled_from([F(1, 3), F(1, 2), F(4, 5)]))
def test_payoffs_and_best_replies_of_automata(game, one, two, delta):
    assert [float(x) for x in au.path_payoffs(game, one, two, delta)] == pytest.approx(simulated(game, one, two, float(delta)), abs=1e-9)
    for player, against in ((0, two), (1, one)):
        value, _ = au.best_reply(game, against, player, delta)
        pairs = [(m, against) if player == 0 else (against, m) for m in MEMORY_ONE]
        assert value >= max(au.path_payoffs(game, *pair, delta)[player] for pair in pairs)
        assert value == pytest.approx(best_by_value_iteration(game, against, player, float(delta)))


def best_by_value_iteration(game, against, player, delta):
    values = np.zeros(len(against.output))
    for _ in range(400):
        values = np.array(
            [
                max(
                    (1 - delta) * float(game.payoffs((a, b) if player == 0 else (b, a))[player]) + delta * values[against.move[s][b][a]]
                    for a in range(game.shape[player])
                )
                for s, b in enumerate(against.output)
            ]
        )
    return values[against.start]


@pytest.mark.parametrize("delta", [F(1, 3), F(1, 2), F(3, 5), F(2, 3), F(9, 10)])
def test_axelrod(delta):
    grim, copy = (au.meet(AXELROD, m, m, delta) for m in (au.GRIM, au.TIT_FOR_TAT))
    assert (grim.nash, grim.subgame_perfect) == ((delta >= F(1, 2)),) * 2
    assert copy.nash == (delta >= F(2, 3))
    assert not copy.subgame_perfect or delta == F(2, 3)
    rivals = [au.constant(1), au.ALTERNATE]
    held = all(au.path_payoffs(AXELROD, rival, au.TIT_FOR_TAT, delta)[0] <= 3 for rival in rivals)
    assert held == (delta >= au.tit_for_tat_discount(AXELROD))
    assert grim.to_dict()["schema"] == "encompass/meeting/1"


def test_win_stay_lose_shift_is_perfect_where_the_temptation_is_small():
    small = dilemma(F(5), F(0), F(6), F(1))
    found = au.meet(small, au.WIN_STAY_LOSE_SHIFT, au.WIN_STAY_LOSE_SHIFT, F(1, 2))
    assert found.subgame_perfect


def test_wrong_automata_and_games():
    with pytest.raises(NotApplicable):
        au.tit_for_tat_discount(NormalForm.from_arrays([[1, 0], [0, 1]], [[1, 0], [0, 1]]))
    with pytest.raises(NotApplicable):
        au.tit_for_tat_discount(NormalForm.from_arrays([[1, 0, 0], [0, 1, 0]], [[1, 0, 0], [0, 1, 0]]))
    with pytest.raises(InputError):
        au.path_payoffs(CLASSIC, au.memory_one(0, [[0, 5], [0, 0]]), au.GRIM, F(1, 2))
    with pytest.raises(InputError):
        au.meet(CLASSIC, au.GRIM, au.GRIM, 1)
    three = NormalForm(np.zeros((3, 2, 2, 2), dtype=np.int64))
    with pytest.raises(NotApplicable):
        au.meet(three, au.GRIM, au.GRIM, F(1, 2))
    assert au.tit_for_tat_discount(dilemma(3, 0, 7, 1)) is None  # taking turns is worth more than co-operating


# payoff sets


def test_the_dilemma_by_hand():
    """At delta >= 1/2 every individually rational payoff is one of an equilibrium: (5/2, 1) is (3, 0) once, then (2, 2) for ever.

    Below, (C, C) needs a reward of 1 + (1 - delta)/delta > 2 and (D, C) one of the same size to the one who is exploited while the other
    gets at least 1: at most 5/2, but then it is worth less than 1 now. Nothing is left but (1, 1).
    """
    folk = ((1, 1), (F(5, 2), 1), (2, 2), (1, F(5, 2)))
    assert sets.individually_rational_payoffs(CLASSIC) == folk
    assert sets.feasible_payoffs(CLASSIC) == ((0, 3), (1, 1), (3, 0), (2, 2))
    for delta in (F(1, 5), F(1, 3), F(49, 100), F(1, 2), F(3, 5), F(9, 10)):
        found = sets.subgame_perfect_payoffs(CLASSIC, delta)
        assert found.exact
        assert found.vertices == (folk if delta >= F(1, 2) else ((1, 1),))
        assert found.vertices != found.feasible
        assert found.threats == (1, 1)
    assert found.holds((2, 2)) and found.holds(("3/2", "3/2")) and not found.holds((3, 0))
    assert found.to_dict()["exact"] is True


def test_minimax_pure_and_mixed():
    pennies = NormalForm.from_arrays([[1, -1], [-1, 1]], [[-1, 1], [1, -1]])
    values = sets.minimax(pennies)
    assert (values.pure, values.mixed) == ((1, 1), (0, 0))
    assert sets.individually_rational_payoffs(pennies) == ((0, 0),)
    assert sets.individually_rational_payoffs(pennies, mixed=False) == ()
    nothing = sets.subgame_perfect_payoffs(pennies, F(9, 10))
    assert (nothing.vertices, nothing.exact) == ((), True)
    uneven = NormalForm.from_arrays([[4, 1, 0], [2, 2, 3]], [[0, 1, 2], [3, 2, 0]])
    assert sets.minimax(uneven).mixed == (2, F(4, 3))
    assert sets.minimax(uneven).mixed == tuple(_minimax_by_grid(uneven))


def _minimax_by_grid(game):
    A, B = (game.table[i].astype(float) / game.denominator for i in (0, 1))
    steps = 12
    mixes = [np.array(m) / steps for m in product(range(steps + 1), repeat=3) if sum(m) == steps]
    first = min((A @ m).max() for m in mixes)
    second = min((np.array([p, 1 - p]) @ B).max() for p in np.linspace(0, 1, 61))
    return F(first).limit_denominator(60), F(second).limit_denominator(60)


def plain_operator(game, W, delta):
    """B(W) of Abreu, Pearce and Stacchetti, from its definition."""
    if not W:
        return ()
    A, B = sets._two(game)
    least = [min(w[i] for w in W) for i in (0, 1)]
    points = []
    for a in game.profiles():
        g = (A[a], B[a])
        gain = (max(A[:, a[1]]) - A[a], max(B[a[0], :]) - B[a])
        Q = above(W, tuple(u + (1 - delta) / delta * h for u, h in zip(least, gain)))
        points += [tuple((1 - delta) * x + delta * w for x, w in zip(g, v)) for v in Q]
    return hull(points)


def inside(W, outer):
    return all(w in outer or hull([*outer, w]) == outer for w in W)


@settings(max_examples=50, deadline=None)
@given(games(((2, 2), (2, 3), (3, 3))), st.sampled_from([F(1, 4), F(1, 2), F(2, 3)]))
def test_sets_from_inside_and_outside(game, delta):
    found = sets.subgame_perfect_payoffs(game, delta, rounds=30)
    if found.exact:
        assert plain_operator(game, found.vertices, delta) == found.vertices
    else:
        assert found.stop is not None
    outer = found.feasible
    for _ in range(12):
        outer = plain_operator(game, outer, delta)
        if found.exact:
            assert inside(found.vertices, outer)
    for a in pure_profiles(game):
        assert inside([game.payoffs(a)], found.vertices)
    if found.exact and not found.vertices:
        for _ in range(200):
            outer = plain_operator(game, outer, delta)
            if not outer:
                break
        assert outer == ()


@settings(max_examples=15, deadline=None)
@given(
    games(((2, 2),)),
    st.sampled_from([F(1, 3), F(1, 2), F(3, 4)]),
    st.lists(st.tuples(*[st.sampled_from(MEMORY_ONE)] * 2), min_size=40, max_size=40),
)
def test_perfect_pairs_of_automata_lie_in_the_set(game, delta, pairs):
    found = sets.subgame_perfect_payoffs(game, delta, rounds=30)
    for one, two in [*pairs, *((m, m) for m in MEMORY_ONE)]:
        meeting = au.meet(game, one, two, delta)
        if meeting.subgame_perfect:
            assert found.holds(meeting.payoffs)


def test_a_limit_leaves_an_outer_bound():
    game = next(g for g in _some_games() if not sets.subgame_perfect_payoffs(g, F(1, 2), rounds=1).exact)
    cut = sets.subgame_perfect_payoffs(game, F(1, 2), rounds=1)
    longer = sets.subgame_perfect_payoffs(game, F(1, 2), rounds=40)
    assert (cut.exact, cut.rounds) == (False, 1)
    assert inside(longer.vertices, cut.vertices)
    with pytest.raises(InputError):
        sets.subgame_perfect_payoffs(CLASSIC, 1)
    with pytest.raises(NotApplicable):
        sets.feasible_payoffs(NormalForm(np.zeros((3, 2, 2, 2), dtype=np.int64)))


def test_an_interrupt_leaves_an_outer_bound():
    def stop(done, *_):
        if done == 1:
            raise KeyboardInterrupt

    cut = sets.subgame_perfect_payoffs(CLASSIC, F(49, 100), progress=stop)
    assert (cut.exact, cut.rounds) == (False, 1)
    assert cut.stop is not None
    assert cut.holds((1, 1))


def _some_games():
    rng = np.random.default_rng(1)
    while True:
        yield NormalForm(np.array(rng.integers(-3, 4, (2, 3, 3)), dtype=object))


def test_numbers_that_are_too_long_are_not_taken(monkeypatch):
    game = next(g for g in _some_games() if sets.subgame_perfect_payoffs(g, F(1, 3), rounds=9).rounds == 9)
    monkeypatch.setattr(sets, "MOST_BITS", 12)
    cut = sets.subgame_perfect_payoffs(game, F(1, 3))
    assert not cut.exact and "too long" in str(cut.stop)
    assert all(max(x.numerator.bit_length(), x.denominator.bit_length()) <= 12 for w in cut.vertices for x in w)


def test_profiles_of_names_are_refused():
    with pytest.raises(InputError):
        rp.critical_discount(CLASSIC, ("a", "b"))
