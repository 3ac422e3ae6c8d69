"""Dominance and iterated elimination against the definition, published games, and tampering."""

import contextlib
import copy
import json
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings

from encompass.games.errors import InputError, SizeError
from encompass.games.normal_form import NormalForm, two_player
from encompass.solvers.certificate import sealed
from encompass.solvers.checker.coalitions import dominance_claims
from encompass.solvers.coalitions.dominance import (
    dominance_certificate,
    dominant_actions,
    iterated_elimination,
    refuses_dominance,
    solve_dominance,
)
from encompass.solvers.pure import pure_profiles
from encompass.testing import normal_forms
from encompass.tests.solvers.twins import eliminate

GIBBONS = two_player([[1, 1, 0], [0, 0, 2]], [[0, 2, 1], [3, 1, 0]])
MIXED = two_player([[3, 0], [0, 3], [1, 1]], [[1, 0], [0, 1], [0, 0]])  # half and half of the first two beats the third


def holds(certificate):
    return all(right for _, right in dominance_claims(json.loads(json.dumps(certificate))))


@given(normal_forms(max_players=3))
@settings(deadline=None, max_examples=100)
def test_survivors_are_those_of_the_definition(game):
    for kind in ("strict", "weak"):
        left = iterated_elimination(game, kind)
        assert [list(s) for s in left.survivors] == eliminate(game, weak=kind == "weak")
        assert left.game.shape == tuple(map(len, left.survivors))
        answer = solve_dominance(game, kind)
        assert all(e.regret == 0 for e in answer.equilibria)
        assert holds(dominance_certificate(game, answer))
        assert answer.complete == (kind == "strict" and bool(answer.equilibria))


@given(normal_forms(max_players=3))
@settings(deadline=None, max_examples=60)
def test_mixtures_remove_more_and_beliefs_show_why_the_rest_stays(game):
    answer = solve_dominance(game, "strict-mixed")
    kept, by_one = answer.proof["survivors"], iterated_elimination(game).survivors
    assert all(set(few) <= set(many) for few, many in zip(kept, by_one))
    assert all(all(a in left for a, left in zip(profile, kept)) for profile in pure_profiles(game))
    assert holds(dominance_certificate(game, answer))


def test_published_games():
    left = iterated_elimination(GIBBONS)
    assert left.survivors == ((0,), (1,)) and left.rounds == 3
    assert [(b.player, b.action) for b in left.removed] == [(1, 2), (0, 1), (1, 0)]
    answer = solve_dominance(GIBBONS)
    assert answer.complete and answer.equilibria[0].profile == ((1, 0), (0, 1, 0))
    burning = two_player(
        [[3, 3, 0, 0], [0, 0, 1, 1], [2, -1, 2, -1], [-1, 0, -1, 0]], [[1, 1, 0, 0], [0, 0, 3, 3], [1, 0, 1, 0], [0, 3, 0, 3]]
    )  # van Damme 1989
    assert iterated_elimination(burning, "weak").survivors == ((0,), (0,))
    assert not solve_dominance(burning, "weak").complete


def test_a_mixture_beats_what_no_action_beats():
    assert iterated_elimination(MIXED).survivors == ((0, 1, 2), (0, 1))
    left = iterated_elimination(MIXED, "strict-mixed")
    assert left.survivors == ((0, 1), (0, 1))
    assert left.removed[0].by == (Fraction(1, 2), Fraction(1, 2), 0)
    assert left.to_dict()["removed"] == [{"round": 1, "player": 0, "action": 2, "by": ["1/2", "1/2", "0"]}]


def test_dominant_actions():
    dilemma = two_player([[2, 0], [3, 1]], [[2, 3], [0, 1]])
    assert dominant_actions(dilemma) == ((1,), (1,))
    tied = two_player([[1, 1], [1, 0]], [[0, 0], [0, 0]])
    assert dominant_actions(tied) == ((), ())
    assert dominant_actions(tied, strict=False) == ((0,), (0, 1))


def test_floats_forgive_rounding():
    assert iterated_elimination(two_player([[0.3], [0.1 + 0.2]], [[0.0], [0.0]])).survivors == ((0, 1), (0,))


def test_bad_arguments_and_sizes():
    with pytest.raises(InputError, match="kind='very'"):
        iterated_elimination(GIBBONS, "very")
    with pytest.raises(SizeError, match="profiles"):
        iterated_elimination(NormalForm(np.zeros((2, 300, 300), dtype=np.int64)), "strict-mixed")
    assert refuses_dominance(3) is not None and refuses_dominance(GIBBONS) is None


def test_forged_eliminations_are_rejected():
    good = dominance_certificate(MIXED, solve_dominance(MIXED, "strict-mixed"))
    assert good is not None
    certificate = dominance_certificate(GIBBONS, solve_dominance(GIBBONS))
    assert holds(certificate)
    for forge in (
        lambda c: c["elimination"]["removed"].pop(),
        lambda c: c["elimination"]["removed"][0].update(action=0),
        lambda c: c["elimination"]["removed"][1].update(by=["0", "1"]),
        lambda c: c["elimination"].update(survivors=[[0], [0]]),
        lambda c: c["equilibria"][0].update(regret="1"),
        lambda c: c["equilibria"][0].update(profile=[["0", "1"], ["0", "1", "0"]]),
        lambda c: c["game"]["payoffs"][0][0].__setitem__(1, -1),
        lambda c: c["equilibria"].clear(),
    ):
        forged = copy.deepcopy(json.loads(json.dumps(certificate)))
        forge(forged)
        with contextlib.suppress(ValueError, LookupError):  # unreadable is rejected too
            assert not holds(sealed({k: v for k, v in forged.items() if k != "seal"}))


def test_rounds_and_beliefs_cannot_be_left_out():
    game = two_player([[3, 0], [0, 3], [1, 1]], [[1, 0], [0, 1], [0, 0]])
    certificate = json.loads(json.dumps(dominance_certificate(game, solve_dominance(game, "strict-mixed"))))
    assert holds(certificate) and certificate["elimination"]["removed"]
    kept = certificate["elimination"] | {"removed": [], "survivors": [[0, 1, 2], [0, 1]]}
    with pytest.raises(KeyError):
        holds(certificate | {"elimination": {name: entry for name, entry in kept.items() if name != "beliefs"}})
    assert not holds(certificate | {"elimination": kept | {"beliefs": []}})
    rounds = json.loads(json.dumps(dominance_certificate(GIBBONS, solve_dominance(GIBBONS))))
    for step in rounds["elimination"]["removed"]:
        step["round"] += 1
    assert not holds(rounds)


@pytest.mark.parametrize("kind", ["strict", "weak"])
def test_large_tables_are_compared_as_machine_integers(kind):
    game = NormalForm(np.random.default_rng(1).integers(-3, 4, (2, 300, 300)))
    assert iterated_elimination(game, kind).removed == ()  # minutes, if compared with a Fraction one by one
