"""Fixation against the linear system of the chain, closed forms, and between exact and float arithmetic."""

from fractions import Fraction as F
from math import exp

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from encompass.games.counted_game import SymmetricGame
from encompass.games.errors import InputError, NotApplicable, SizeError
from encompass.solvers.dynamics import fixation as fx

SMALL = settings(max_examples=40, deadline=None)


def two_player(a, b, c, d):
    """Row action 0 or 1 against 0 or 1: payoff[own][number of others on 1]."""
    return SymmetricGame([[a, b], [c, d]], 2)


@st.composite
def games(draw):
    n = draw(st.integers(2, 4))
    xs = draw(st.lists(st.integers(1, 5), min_size=2 * n, max_size=2 * n))
    return SymmetricGame(np.array(xs, dtype=object).reshape(2, n), n), draw(st.integers(n, 7))


def by_linear_system(up, down):
    """Probability to end in Z from 1, time to end, and time given the end in Z, by solving the chain outright (Kemeny and Snell)."""
    Z = len(up) - 1
    Q = np.zeros((Z - 1, Z - 1))
    for i in range(1, Z):
        Q[i - 1, i - 1] = 1 - float(up[i]) - float(down[i])
        if i + 1 < Z:
            Q[i - 1, i] = float(up[i])
        if i > 1:
            Q[i - 1, i - 2] = float(down[i])
    N = np.linalg.inv(np.eye(Z - 1) - Q)
    win = np.zeros(Z - 1)
    win[-1] = float(up[Z - 1])
    rho = N @ win
    return rho[0], N[0].sum(), (N[0] * rho).sum() / rho[0]


@SMALL
@given(games(), st.sampled_from(fx.PROCESSES), st.sampled_from([F(0), F(1, 3), F(1)]))
def test_the_sweep_agrees_with_the_linear_system(drawn, process, w):
    game, Z = drawn
    for mutant in (0, 1):
        found = fx.fixation(game, Z, mutant, process, w)
        up, down = fx._steps(game, Z, process, w)
        up, down = (up, down) if mutant else (down[::-1], up[::-1])
        expected = by_linear_system(up, down)
        assert (float(found.probability), float(found.time), float(found.conditional_time)) == pytest.approx(expected, rel=1e-9)
        assert found.favoured == (found.probability > F(1, Z))


@SMALL
@given(games())
def test_floats_agree_with_fractions(drawn):
    game, Z = drawn
    exact = fx.fixation(game, Z, 1, "moran", F(1, 2))
    assert isinstance(exact.probability, F)
    up, down = fx._steps(game, Z, "moran", F(1, 2))
    by_logs = fx._absorption_by_logs(np.array(up, dtype=float), np.array(down, dtype=float))
    assert by_logs == pytest.approx([float(exact.probability), float(exact.time), float(exact.conditional_time)], rel=1e-9)


def test_constant_fitness_has_the_classical_closed_form():
    """Moran 1958: (1 - 1/r) / (1 - 1/r^Z)."""
    game = two_player(1, 1, 3, 3)
    r, Z = F(3), 10
    assert fx.fixation(game, Z).probability == (1 - 1 / r) / (1 - 1 / r**Z)
    assert fx.fixation(game, Z, mutant=0).probability == (1 - r) / (1 - r**Z)


def test_the_fermi_process_has_the_closed_form_of_a_constant_difference():
    game = two_player(0, 0, 1, 1)
    found = fx.fixation(game, 20, 1, "fermi", 0.3)
    assert found.probability == pytest.approx((1 - exp(-0.3)) / (1 - exp(-0.3 * 20)))
    neutral = fx.fixation(game, 20, 1, "fermi", 0)
    assert (neutral.probability, neutral.favoured) == (F(1, 20), False)


def test_hypergeometric_means_by_listing_groups():
    from itertools import combinations

    game = SymmetricGame([[0, 1, 5], [2, 7, -3]], 3)
    f0, f1 = fx.mean_payoffs(game, 6)
    for i in range(7):
        people = [1] * i + [0] * (6 - i)
        for a, mean in ((0, f0), (1, f1)):
            if a in people:
                others = list(people)
                others.remove(a)
                groups = list(combinations(others, 2))
                assert mean[i] == sum(F(int(game.table[a, sum(g)])) for g in groups) / len(groups)
    large = fx.mean_payoffs(game, 400)
    assert large[1][150] == pytest.approx(float(sum(_weight(149, 399, 2, c) * int(game.table[1, c]) for c in range(3))))


def _weight(alike, others, drawn, c):
    from math import comb

    return F(comb(alike, c) * comb(others - alike, drawn - c), comb(others, drawn))


def test_one_third_rule_under_weak_selection():
    """Nowak et al. 2004: in a co-ordination game a mutant is favoured in large populations iff the unstable point is below 1/3."""
    weak = F(1, 100000)
    easy, hard = two_player(3, 1, 1, 5), two_player(3, 1, 1, 4)  # unstable share of the second action: 1/3, 2/5
    easier = two_player(2, 1, 1, 6)  # 1/6
    assert fx.fixation(easier, 100, 1, "moran", weak).favoured
    assert not fx.fixation(hard, 100, 1, "moran", weak).favoured
    assert not fx.fixation(easy, 100, 1, "moran", weak).favoured  # at 1/3 a finite population falls just short


def test_rare_mutations():
    game = two_player(2, 0, 3, 1)  # prisoner's dilemma, payoffs not negative
    found = fx.rare_mutations(game, 20, "fermi", 1)
    assert found.share.sum() == pytest.approx(1)
    assert found.share[1] > 0.99
    pair = found.fixation[0, 1], found.fixation[1, 0]
    assert found.share[1] / found.share[0] == pytest.approx(pair[0] / pair[1])
    beats = [[2, 1, 3], [3, 2, 1], [1, 3, 2]]
    rock = SymmetricGame.of(lambda a, others: F(beats[a][others.index(1)]), 2, ["rock", "paper", "scissors"])
    cyclic = fx.rare_mutations(rock, 8)
    assert list(cyclic.share) == [F(1, 3)] * 3
    assert cyclic.to_dict()["share"] == ["1/3"] * 3


def test_large_populations_neither_overflow_nor_lose_the_figure():
    found = fx.fixation(two_player(1, 1, 2, 2), 5000, 0, "moran-exponential", 1)
    assert 0 <= found.probability < 1e-300 or found.probability == 0.0
    assert fx.fixation(two_player(1, 1, 2, 2), 5000, 1, "moran-exponential", 1).probability == pytest.approx(1 - exp(-1), rel=1e-6)


def test_what_cannot_be_used():
    pd = two_player(2, 0, 3, 1)
    with pytest.raises(InputError, match="not positive"):
        fx.fixation(two_player(2, -1, 3, 1), 10)
    with pytest.raises(InputError):
        fx.fixation(pd, 10, process="wright")
    with pytest.raises(InputError):
        fx.fixation(pd, 10, mutant=2)
    with pytest.raises(InputError):
        fx.fixation(pd, 10, selection=2)
    with pytest.raises(InputError):
        fx.fixation(pd, 1)
    with pytest.raises(SizeError):
        fx.fixation(pd, 10**6)
    with pytest.raises(NotApplicable):
        fx.mean_payoffs(SymmetricGame([[1, 1, 1]] * 3, 2), 10)


@pytest.mark.parametrize("process", ["moran-exponential", "fermi"])
def test_strong_selection_is_refused_where_floats_end(process):
    for size in (10**40, 1e90, 900):
        with pytest.raises(SizeError, match="600"):
            fx.fixation(two_player(size, 0, 0, size), 10, 1, process)
    shifted = fx.fixation(two_player(10**6 + 2, 10**6, 10**6 + 3, 10**6 + 1), 10, 1, process)  # only differences count
    assert shifted.probability == pytest.approx(fx.fixation(two_player(2, 0, 3, 1), 10, 1, process).probability)
    found = fx.fixation(two_player(0, 300, 300, 0), 40, 1, process)
    assert 0 <= found.probability <= 1 and found.time > 0
    assert fx.fixation(two_player(0, 60, 60, 0), 100, 1, process).time > 1e300  # may be beyond all floats
    for population in (10.5, True, "10"):
        with pytest.raises(InputError):
            fx.fixation(two_player(2, 0, 3, 1), population, 1, process)
