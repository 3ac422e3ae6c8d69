"""One equilibrium along the logit path: it is one, and where it is unique it is the one."""

import json
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from encompass.games.counted_game import SymmetricGame
from encompass.games.errors import SizeError
from encompass.games.normal_form import NormalForm, two_player
from encompass.solvers.checker.mixed import mixed_equilibria_claims
from encompass.solvers.checker.verify import verify
from encompass.solvers.mixed.homotopy import path, refuses_homotopy, solve_homotopy
from encompass.solvers.mixed.support_systems import mixed_certificate, solve_mixed
from encompass.solvers.regret import regrets
from encompass.testing import normal_forms


@given(normal_forms(max_players=4, max_actions=3))
@settings(deadline=None, max_examples=60)
def test_what_it_finds_is_an_equilibrium(game):
    answer = solve_homotopy(game)
    (found,) = answer.equilibria
    assert not answer.complete and answer.stop is not None
    fair = tuple(tuple(Fraction(p) / sum(map(Fraction, mix)) for p in mix) for mix in found.profile)
    true = max(map(Fraction, regrets(game, fair)))
    assert true <= found.regret and (answer.limited or found.regret < 1e-14)
    certificate = mixed_certificate(game, answer)
    assert answer.limited or all(right for _, right in mixed_equilibria_claims(json.loads(json.dumps(certificate))))


@given(st.integers(0, 10**6))
@settings(deadline=None, max_examples=25)
def test_it_is_one_of_all(seed):
    game = NormalForm(np.random.default_rng(seed).integers(-100, 101, size=(3, 2, 2, 2)))
    (found,), every = solve_homotopy(game).equilibria, solve_mixed(game)
    distances = [max(abs(float(p) - float(q)) for a, b in zip(e.profile, found.profile) for p, q in zip(a, b)) for e in every.equilibria]
    assert min(distances) < 1e-12 or not every.complete


def test_known_games():
    pennies = solve_homotopy(two_player([[2, -1], [-1, 1]], [[-2, 1], [1, -1]]))
    assert pennies.equilibria[0].profile == ((Fraction(2, 5), Fraction(3, 5)), (Fraction(2, 5), Fraction(3, 5)))
    dilemma = solve_homotopy(two_player([[3, 0], [5, 1]], [[3, 5], [0, 1]]))
    assert dilemma.equilibria[0].profile == ((0, 1), (0, 1)) and dilemma.proof["patterns"] == {"11": 1}
    volunteers = SymmetricGame.of(lambda a, others: int(a + others[1] > 0) - a * Fraction(2, 5), 6, ["0", "1"]).normal_form()
    (found,) = solve_homotopy(volunteers).equilibria
    assert all(abs(mix[0] - 0.4 ** (1 / 5)) < 1e-14 for mix in found.profile) and found.regret < 1e-15


def test_the_path_starts_uniform_and_rises():
    points = path(np.array([[[1.0, 0.0], [0.0, 1.0]], [[0.0, 1.0], [1.0, 0.0]]]))
    rate, mixes = next(points)
    assert rate == 0 and all((mix == 0.5).all() for mix in mixes)
    assert next(points)[0] > 0


def test_limits_and_refusals():
    game = two_player([[3, 0, 1], [0, 2, 4], [1, 1, 1]], [[1, 4, 0], [3, 0, 1], [1, 2, 3]])
    cut = solve_homotopy(game, most_steps=1)
    assert not cut.complete and len(cut.equilibria) == 1
    with pytest.raises(SizeError, match="payoffs"):
        solve_homotopy(NormalForm(np.zeros((2, 1100, 1100), dtype=np.int64)))
    assert refuses_homotopy(game) is None and refuses_homotopy(3) is not None
    seen = []

    def stop(done, total, what):
        seen.append(what)
        raise KeyboardInterrupt

    assert len(solve_homotopy(game, progress=stop).equilibria) == 1 and seen


def test_what_is_called_an_equilibrium_up_to_its_regret_is_one_to_the_checker():
    rng = np.random.default_rng(3)
    for _ in range(80):
        table = rng.integers(-2, 3, (3, 2, 2, 2)) / 3
        game = NormalForm(table + rng.integers(-3, 4, table.shape) * rng.choice([0.34e-9, 0.5e-9, 1e-9]) * abs(table).max())
        certificate = mixed_certificate(game, solve_homotopy(game))
        assert certificate is None or verify(certificate).valid
