"""Learning dynamics: shares of what was played, their regret recomputed, the same for the same seed."""

import json
from fractions import Fraction

import numpy as np
import pytest

from encompass.games.errors import InputError, NotApplicable
from encompass.games.normal_form import NormalForm, two_player
from encompass.solvers.regret import regrets
from encompass.solvers.two_player.learning import fictitious_play, stochastic_fictitious_play

PENNIES = two_player([[1, -1], [-1, 1]], [[-1, 1], [1, -1]])
DILEMMA = two_player([[3, 0], [5, 1]], [[3, 5], [0, 1]])


def test_pennies_come_close_to_one_half():
    learnt = fictitious_play(PENNIES, rounds=2000, seed=1)
    assert learnt.settled is None
    assert learnt.regret == max(regrets(PENNIES, learnt.last)) and 0 <= learnt.regret < Fraction(1, 10)
    assert all(abs(float(p) - 0.5) < 0.05 for mix in learnt.last for p in mix)
    assert learnt.path[0].shape == (2000, 2) and np.allclose(learnt.path[0].sum(axis=1), 1)
    json.dumps(learnt.to_dict())


def test_the_dilemma_settles_on_its_equilibrium():
    assert fictitious_play(DILEMMA, rounds=50).settled == (1, 1)
    learnt = stochastic_fictitious_play(DILEMMA, rounds=200, temperature=0.05)
    assert learnt.settled == (1, 1) and learnt.regret < Fraction(1, 5)


def test_shapley_goes_round():
    A = [[0, 1, 0], [0, 0, 1], [1, 0, 0]]
    learnt = fictitious_play(two_player(A, np.array(A).T.tolist()), rounds=500, seed=3)
    assert learnt.regret == max(regrets(two_player(A, np.array(A).T.tolist()), learnt.last))


@pytest.mark.parametrize("play", [fictitious_play, stochastic_fictitious_play])
def test_same_seed_same_path_and_numpy_is_left_alone(play):
    np.random.seed(7)
    before = np.random.get_state()[1].copy()
    one, two, other = play(PENNIES, 100, seed=5), play(PENNIES, 100, seed=5), play(PENNIES, 100, seed=6)
    assert all((a == b).all() for a, b in zip(one.path, two.path))
    assert any((a != b).any() for a, b in zip(one.path, other.path))
    assert (np.random.get_state()[1] == before).all()


def test_bad_arguments():
    with pytest.raises(InputError, match="rounds=0"):
        fictitious_play(PENNIES, rounds=0)
    with pytest.raises(InputError, match="temperature=0"):
        stochastic_fictitious_play(PENNIES, temperature=0)
    with pytest.raises(InputError, match="noise=-1"):
        stochastic_fictitious_play(PENNIES, noise=-1)
    with pytest.raises(InputError, match="too low"):
        stochastic_fictitious_play(PENNIES, temperature=1e-4)
    with pytest.raises(NotApplicable):
        fictitious_play(NormalForm(np.zeros((3, 1, 1, 1), dtype=np.int64)))
