"""Strict, strong, k-strong and coalition-proof equilibria, and security levels, against definitions and published games."""

import contextlib
import copy
import json
import time
from fractions import Fraction
from itertools import product
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from encompass.games.counted_game import SymmetricGame
from encompass.games.errors import InputError, SizeError
from encompass.games.normal_form import NormalForm, two_player
from encompass.solvers.certificate import sealed
from encompass.solvers.checker.coalitions import coalitions_claims, counted_coalitions_claims
from encompass.solvers.coalitions import coalitions, counted_coalitions
from encompass.solvers.coalitions.coalition_proof import coalition_proof, solve_coalition_proof
from encompass.solvers.coalitions.coalitions import (
    coalitions_certificate,
    least_coalition,
    solve_k_strong,
    solve_strict,
    solve_strong,
    strict_equilibria,
    strong_equilibria,
)
from encompass.solvers.coalitions.counted_coalitions import counted_coalitions_certificate, proof_counts, strict_counts, strong_counts
from encompass.solvers.coalitions.security import maximin_profiles, security
from encompass.solvers.pure import pure_profiles
from encompass.testing import normal_forms
from encompass.tests.solvers import twins

BPW = NormalForm(  # Bernheim, Peleg, Whinston 1987
    [
        [[[0, -2], [-5, -5]], [[-5, -5], [1, -1]]],
        [[[0, -2], [-5, -5]], [[-5, -5], [1, -1]]],
        [[[10, 0], [0, 0]], [[0, 0], [-5, 5]]],
    ]
)
SOLVERS = (solve_strict, solve_strong, solve_k_strong, solve_coalition_proof)


def threshold(n, w, cost):
    return SymmetricGame.of(lambda a, others: Fraction(int(a + others[1] >= w)) - a * Fraction(cost), n, ["0", "1"])


def linear(n, mpcr):
    return SymmetricGame.of(lambda a, others: 1 - a + Fraction(mpcr) * (a + others[1]), n, ["0", "1"])


def minimum_effort(n, top, b="1/10"):
    grid = list(range(1, top + 1))
    payoff = [Fraction(1, 5) * min(e) - Fraction(b) * e[i] + Fraction(3, 5) for i in range(n) for e in product(grid, repeat=n)]
    return NormalForm(np.array(payoff, dtype=object).reshape(n, *[top] * n))


def sums(profiles):
    return {sum(a) for a in profiles}


def right(claims, certificate):
    return all(holds for _, holds in claims(json.loads(json.dumps(certificate))))


@given(normal_forms(max_players=4, max_actions=2) | normal_forms(max_players=3))
@settings(deadline=None, max_examples=100)
def test_each_concept_is_its_definition(game):
    payoffs = twins.Payoffs(game)
    assert set(strict_equilibria(game)) == twins.strict(payoffs)
    assert set(coalition_proof(game)) == twins.coalition_proof(payoffs)
    for k in range(1, len(game.players) + 1):
        assert set(strong_equilibria(game, k)) == twins.strong(payoffs, k)
    for solver in SOLVERS:
        answer = solver(game)
        assert answer.complete and all(e.regret == 0 for e in answer.equilibria)
        assert right(coalitions_claims, coalitions_certificate(game, answer))
        if solver is not solve_strict:
            assert len(answer.equilibria) + len(answer.proof["left"]) == len(pure_profiles(game))


@given(st.integers(1, 6).flatmap(lambda n: st.lists(st.integers(-2, 2), min_size=2 * n, max_size=2 * n)), st.integers(1, 6))
@settings(deadline=None, max_examples=100)
def test_counting_agrees_with_naming_every_player(payoffs, k):
    n = len(payoffs) // 2
    game, k = SymmetricGame(np.array(payoffs, dtype=np.int64).reshape(2, n), n), min(k, n)
    named = twins.Payoffs(game.normal_form())
    assert set(strict_counts(game)) == sums(twins.strict(named))
    assert set(strong_counts(game, k)) == sums(twins.strong(named, k))
    assert set(proof_counts(game)) == sums(twins.coalition_proof(named))
    counted = (
        counted_coalitions.solve_counted_strict,
        counted_coalitions.solve_counted_strong,
        lambda game: counted_coalitions.solve_counted_k_strong(game, k),
        counted_coalitions.solve_counted_coalition_proof,
    )
    for solver in counted:
        answer = solver(game)
        assert answer.complete and all(e.regret == 0 for e in answer.equilibria)
        assert right(counted_coalitions_claims, counted_coalitions_certificate(game, answer))


def test_published_figures():
    assert set(pure_profiles(BPW)) == {(0, 0, 0), (1, 1, 1)}
    assert strong_equilibria(BPW) == [] and coalition_proof(BPW) == [(1, 1, 1)]
    left = solve_strong(BPW).proof["left"]
    assert left[0] == {"profile": [0, 0, 0], "coalition": [0, 1], "moves": [1, 1], "gains": ["1", "1"]}
    effort = minimum_effort(3, 7)
    assert strong_equilibria(effort) == coalition_proof(effort) == [(6, 6, 6)]
    assert coalition_proof(minimum_effort(4, 7)) == [(6, 6, 6, 6)]
    vcm = linear(4, "2/5").normal_form()
    assert strong_equilibria(vcm) == [] and coalition_proof(vcm) == [(0, 0, 0, 0)]
    assert len(strong_equilibria(vcm, 2)) == 1 and len(strong_equilibria(vcm, 3)) == 0
    game = threshold(4, 3, "1/2").normal_form()
    assert (len(pure_profiles(game)), len(coalition_proof(game)), len(strong_equilibria(game))) == (5, 4, 4)


def test_least_profitable_coalitions():
    for n, mpcr, least in ((10, "3/10", 4), (4, "3/4", 2), (3, "4/3", 1)):
        game = linear(n, mpcr)
        assert counted_coalitions.least_profitable(game) == len(least_coalition(game.normal_form()).coalition) == least
    assert counted_coalitions.least_profitable(linear(3, "1/3")) is None and least_coalition(linear(3, "1/3").normal_form()) is None
    with pytest.raises(InputError, match="target"):
        least_coalition(BPW, target=(0, 0, 2))


def test_thousands_of_players_are_counted():
    game = threshold(3000, 1000, "1/2")
    assert strict_counts(game) == [0, 1000] and strong_counts(game) == [1000]
    assert strong_counts(game, 999) == [0, 1000]
    answer = counted_coalitions.solve_counted_strong(game)
    assert answer.proof["left"] == [{"count": 0, "movers": 1000, "to": 1, "gain": "1/2"}]
    assert answer.equilibria[0].orbit_size is None
    assert proof_counts(threshold(60, 20, "1/2")) == [20]
    assert counted_coalitions.solve_counted_strong(threshold(6, 2, "1/2")).equilibria[0].orbit_size == comb(6, 2)


def test_security():
    sexes = two_player([[2, 0], [0, 1]], [[1, 0], [0, 2]])
    level = security(sexes, 0)
    assert (level.pure_maximin, level.maximin, level.pure_minimax) == (0, Fraction(2, 3), 1)
    assert level.strategy == (Fraction(1, 3), Fraction(2, 3)) and sum(p for _, p in level.threat) == 1
    aumann = two_player([[1, 0], [0, 1]], [[0, 1], [3, 0]])
    assert (security(aumann, 0).maximin, security(aumann, 1).maximin) == (Fraction(1, 2), Fraction(3, 4))
    assert security(minimum_effort(3, 7), 0).pure_maximin == Fraction(7, 10)
    prisoners = two_player([[3, 1], [4, 2]], [[3, 4], [1, 2]])
    assert maximin_profiles(prisoners) == [((1, 1), 0)]
    ((_, regret),) = maximin_profiles(two_player([[2, 4], [3, 1]], [[2, 3], [4, 1]]))
    assert regret > 0
    assert level.to_dict()["maximin"] == "2/3"
    with pytest.raises(InputError, match="player=2"):
        security(sexes, 2)


@given(normal_forms(max_players=3))
@settings(deadline=None, max_examples=50)
def test_the_threat_holds_a_player_down_to_what_it_secures(game):
    for player in range(len(game.players)):
        level = security(game, player)
        against = [(*a[:player], slice(None), *a[player:]) for a, _ in level.threat]
        worth = sum((p * game.table[(player, *index)].astype(object) for index, (_, p) in zip(against, level.threat)), start=Fraction(0))
        assert worth.max() == level.maximin and level.pure_maximin <= level.maximin <= level.pure_minimax


def test_what_does_not_fit_is_refused_with_the_figure():
    with pytest.raises(SizeError, match="joint deviations"):
        strong_equilibria(NormalForm(np.zeros((16, *[2] * 16), dtype=np.int64)))
    with pytest.raises(SizeError, match="16 players"):
        coalition_proof(NormalForm(np.zeros((16, *[2] * 16), dtype=np.int64)))
    with pytest.raises(SizeError, match="like players"):
        proof_counts(threshold(1000, 10, "1/2"))
    for k in (0, 4, 1.5, True):
        with pytest.raises(InputError, match="whole number"):
            strong_equilibria(BPW, k)
        with pytest.raises(InputError, match="whole number"):
            strong_counts(threshold(3, 2, "1/2"), k)


def test_an_interrupt_keeps_what_was_found():
    def stop(done, total, what):
        if done == 3:
            raise KeyboardInterrupt

    answer = solve_strong(minimum_effort(3, 7), progress=stop)
    assert answer.limited and not answer.complete and len(answer.proof["left"]) == 3 and "3 of 7" in str(answer.stop)


def test_refusals():
    assert coalitions.refuses_coalitions(BPW) is None and coalitions.refuses_coalitions(3) is not None
    assert counted_coalitions.refuses_counted_coalitions(linear(3, "1/2")) is None
    assert counted_coalitions.refuses_counted_coalitions(BPW) is not None


def test_floats_forgive_rounding():
    third = 0.1 + 0.2
    assert strict_equilibria(two_player([[0.3], [third]], [[0.0], [0.0]])) == []
    assert strong_equilibria(two_player([[0.3], [third]], [[0.0], [0.0]])) == [(0, 0), (1, 0)]
    assert coalition_proof(two_player([[0.3], [third]], [[0.0], [0.0]])) == [(0, 0), (1, 0)]


def forgeries(certificate, counted):
    yield lambda c: c["equilibria"].pop()
    yield lambda c: c["equilibria"][0].update(regret="1")
    yield lambda c: c["equilibria"][0]["payoffs"].__setitem__(0, "77")
    yield lambda c: c["equilibria"].append(c["equilibria"][0])
    yield lambda c: c.update(concept="nash")
    if certificate["left"]:
        yield lambda c: c["left"].pop() if not c["complete"] else c["left"][0].update(moves=[0], movers=0)
        yield lambda c: c["left"][0].update(gains=["9"], gain="9")
    if not counted:
        yield lambda c: c["equilibria"][0]["profile"].reverse() if c["equilibria"][0]["profile"][0] != ["1"] else c.update(concept="x")


@pytest.mark.parametrize("solver", SOLVERS)
def test_forged_answers_are_rejected(solver):
    game = two_player([[4, 0, 0], [0, 3, 0], [1, 0, 2]], [[4, 1, 0], [0, 3, 0], [0, 0, 2]])
    certificate = json.loads(json.dumps(coalitions_certificate(game, solver(game))))
    assert right(coalitions_claims, certificate) and certificate["equilibria"]
    for k, forge in enumerate(forgeries(certificate, False)):
        forged = copy.deepcopy(certificate)
        forge(forged)
        if forged == certificate:
            continue
        with contextlib.suppress(ValueError, LookupError):  # unreadable is rejected too
            assert not right(coalitions_claims, sealed(forged)), k


@pytest.mark.parametrize("solver", [counted_coalitions.solve_counted_strong, counted_coalitions.solve_counted_coalition_proof])
def test_forged_counts_are_rejected(solver):
    game = threshold(5, 3, "1/2")
    certificate = json.loads(json.dumps(counted_coalitions_certificate(game, solver(game))))
    assert right(counted_coalitions_claims, certificate) and certificate["equilibria"]
    for k, forge in enumerate(forgeries(certificate, True)):
        forged = copy.deepcopy(certificate)
        forge(forged)
        with contextlib.suppress(ValueError, LookupError):  # unreadable is rejected too
            assert not right(counted_coalitions_claims, sealed(forged)), k


def test_large_tables_are_compared_as_machine_integers():
    game = NormalForm(np.random.default_rng(1).integers(-3, 4, (2, 200, 200)))
    kept = strong_equilibria(game)  # minutes, if compared with a Fraction one by one
    assert kept and all(max(game.payoffs(a)) == 3 for a in kept)


def test_profiles_of_names_are_refused():
    with pytest.raises(InputError):
        least_coalition(NormalForm(np.zeros((2, 2, 2), dtype=np.int64)), (0, 0), ("a", "b"))


def test_a_million_like_players_take_no_million_fractions():
    n = 10**6
    gain = np.full(n, -3)
    gain[0] = 7
    game = SymmetricGame(np.vstack([np.zeros(n, dtype=int), gain]), n)
    start = time.monotonic()
    assert (strict_counts(game), strong_counts(game)) == ([1], [1])
    assert time.monotonic() - start < 3
