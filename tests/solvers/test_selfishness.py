"""Selfishness levels against equilibria of Gamma^alpha at every breakpoint and between them."""

from fractions import Fraction
from itertools import pairwise
from math import inf

import numpy as np
import pytest

from encompass.games.errors import InputError, SizeError
from encompass.games.normal_form import NormalForm, two_player
from encompass.solvers.pure import pure_profiles
from encompass.solvers.standoff.efficiency import selfishness_level
from encompass.solvers.structure import selfishness as module
from encompass.solvers.structure.selfishness import altruistic_game, selfishness

F = Fraction


def random_game(seed, high=3):
    rng = np.random.default_rng(seed)
    shape = [(2, 2), (2, 3), (3, 3), (2, 2, 2)][seed % 4]
    return NormalForm(rng.integers(-high, high + 1, size=(len(shape), *shape)))


def breakpoints(game):
    """Every alpha at which some deviation is a matter of indifference, and 0."""
    found = {F(0)}
    for a in game.profiles():
        for i, k in enumerate(game.shape):
            for x in range(k):
                b = (*a[:i], x, *a[i + 1 :])
                gain = game.payoffs(b)[i] - game.payoffs(a)[i]
                whole = sum(game.payoffs(b)) - sum(game.payoffs(a))
                if whole and -gain / whole > 0:
                    found.add(-gain / whole)
    return sorted(found)


def optimal(game, a):
    return game.welfare[a] == game.welfare.max()


def by_scanning(game):
    """Level; infimum of the alphas with optimal equilibria only; whether attained; where the next bad equilibrium stands."""
    points = breakpoints(game)
    between = [(x + y) / 2 for x, y in pairwise(points)] + [points[-1] + 1]
    level, start, attained, until = inf, inf, False, inf
    for point, after in zip(points, between):
        for alpha, exact in ((point, True), (after, False)):
            found = pure_profiles(altruistic_game(game, alpha))
            good = bool(found) and all(optimal(game, a) for a in found)
            if level == inf and any(optimal(game, a) for a in found):
                level = point
            if start == inf and good:
                start, attained = point, exact
            elif start != inf and until == inf and not good:
                until = point
    return level, start, attained, until


@pytest.mark.parametrize("seed", range(120))
def test_levels_agree_with_a_scan(seed):
    game = random_game(seed, high=1 + seed % 3)
    found = selfishness(game)
    assert (found.level, found.unique_level, found.unique_attained, found.unique_until) == by_scanning(game)
    assert found.level == selfishness_level(game)
    if found.optimum is not None:
        assert optimal(game, found.optimum)
        for more in (0, F(1, 3), 5):
            assert found.optimum in pure_profiles(altruistic_game(game, found.level + more))


@pytest.mark.parametrize("seed", range(20))
def test_scale_does_not_matter(seed):
    """A-22; adding a constant neither; numbers beyond 64 bits neither; nor floats."""
    game = random_game(seed)
    found = vars(selfishness(game))
    for same in (NormalForm(game.table * 7), NormalForm(game.table + 5), NormalForm([(x * 10**12).tolist() for x in game.table])):
        assert vars(selfishness(same)) == found
    floats = selfishness(NormalForm(game.table / 3.0))
    assert floats.level == pytest.approx(float(found["level"])) and floats.unique_level == pytest.approx(float(found["unique_level"]))


@pytest.mark.parametrize(("n", "b", "c", "level"), [(3, 2, 1, F(1, 3)), (5, 3, 2, F(1, 5))])
def test_prisoners_dilemma_of_many(n, b, c, level):
    game = NormalForm.from_function(lambda a: [b * (sum(a) - x) - c * x for x in a], [("0", "1")] * n)
    found = selfishness(game)
    assert found.level == level == F(c, b * (n - 1) - c)
    assert (found.unique_level, found.unique_attained, found.unique_until) == (level, False, inf)
    assert found.altruism == level / (1 + level)


def test_travellers_dilemma():
    def payoffs(a):
        x, y = a[0] + 2, a[1] + 2
        return [x, x] if x == y else [x + 2, x - 2] if x < y else [y - 2, y + 2]

    names = [[str(k) for k in range(2, 101)]] * 2
    found = selfishness(NormalForm.from_function(payoffs, names))
    assert (found.level, found.optimum) == (F(1, 2), (98, 98))


def test_good_news_may_end():
    """Alphas with only optimal equilibria between two with a bad one."""
    ends = [selfishness(random_game(seed)) for seed in range(200)]
    assert any(found.unique_until not in (inf, found.unique_level) for found in ends)
    pennies = selfishness(two_player([[1, -1], [-1, 1]], [[-1, 1], [1, -1]]))
    assert (pennies.level, pennies.unique_level, pennies.optimum, pennies.altruism) == (inf, inf, None, 1)
    assert pennies.to_dict()["level"] == "inf"


def test_refusals(monkeypatch):
    with pytest.raises(InputError, match="alpha=-1"):
        altruistic_game(random_game(0), -1)
    assert altruistic_game(random_game(0), 0.5).exact is False
    monkeypatch.setattr(module, "LARGEST_INT64", 3)
    with pytest.raises(SizeError, match="deviations"):
        selfishness(random_game(0))
