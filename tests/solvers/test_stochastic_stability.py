"""Stochastic stability against brute force: all trees, all states, and the stationary distribution at small epsilon."""

import json
from fractions import Fraction as F
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from encompass.games.counted_game import RoleSymmetricGame, SymmetricGame, ways
from encompass.games.errors import InputError, NotApplicable, SizeError
from encompass.games.normal_form import NormalForm
from encompass.solvers.certificate import sealed
from encompass.solvers.checker.stability import stability_claims
from encompass.solvers.dynamics import long_run as lr
from encompass.solvers.dynamics import stochastic_stability as ss
from encompass.solvers.dynamics.arborescence import trees
from encompass.solvers.dynamics.revision import count_states, revision, transition_matrix

SMALL = settings(max_examples=40, deadline=None)


def threshold(n, k, b, c):
    return SymmetricGame.of(lambda a, others: F(b) * (others[1] + a >= k) - F(c) * a, n, ["no", "yes"])


def numbers(count, low=-3, high=3):
    return st.lists(st.integers(low, high), min_size=count, max_size=count)


def normal_forms(shapes):
    return st.sampled_from(shapes).flatmap(
        lambda shape: numbers(len(shape) * int(np.prod(shape))).map(
            lambda xs: NormalForm(np.array(xs, dtype=object).reshape(len(shape), *shape))
        )
    )


def least_trees_by_trying(cost):
    n = len(cost)
    result = []
    for root in range(n):
        best = None
        for out in product(range(n), repeat=n):
            if out[root] != root or any(out[x] == x for x in range(n) if x != root):
                continue
            ends = list(range(n))
            for _ in range(n):
                ends = [out[x] for x in ends]
            if set(ends) == {root}:
                total = sum(cost[x][out[x]] for x in range(n) if x != root)
                best = total if best is None else min(best, total)
        result.append(best)
    return result


@SMALL
@given(st.integers(1, 5).flatmap(lambda n: st.lists(numbers(n, 0, 4), min_size=n, max_size=n)))
def test_cheapest_trees_are_those_found_by_trying_all(cost):
    cost = np.array(cost)
    found = trees(cost)
    assert list(found.least) == least_trees_by_trying(cost.tolist())
    for x in range(len(cost)):
        edges = dict(found.tree(x))
        assert set(edges) == set(range(len(cost))) - {x}
        assert sum(cost[a, b] for a, b in edges.items()) == found.least[x]
        for start in range(len(cost)):
            for _ in range(len(cost)):
                start = edges.get(start, start)
            assert start == x
        assert found.least[x] == sum(r for S, r in found.sets if x not in S)
    for x, y in product(range(len(cost)), repeat=2):
        assert x == y or sum(r for S, r in found.sets if x in S and y not in S) <= cost[x, y]


def stable_by_state_trees(game):
    """Trees over all states, not classes, on the one-step costs (Young's theorem needs no more), by Bellman-Ford distances."""
    process = revision(game)
    n = process.states
    cost = np.full((n, n), 10**6)
    for s in range(n):
        for t, free in zip(process.targets[s], process.free[s]):
            cost[s, t] = min(cost[s, t], 0 if free else 1)
    for k in range(n):
        cost = np.minimum(cost, cost[:, [k]] + cost[[k]])
    least = trees(cost).least
    return {s for s in range(n) if least[s] == min(least)}


def states(answer):
    return {s for part in answer.components for s in part["states"]}


@SMALL
@given(normal_forms([(2, 2), (3, 2), (3, 3), (2, 2, 2), (2, 3, 2)]))
def test_classes_agree_with_trees_over_all_states_and_with_the_long_run(game):
    answer = ss.solve_stochastically_stable(game)
    assert states(answer) == stable_by_state_trees(game)
    chance = [lr.stationary(transition_matrix(revision(game), e)) for e in (1e-5, 1e-7)]
    stays = {s for s in range(len(chance[0])) if chance[1][s] > 0.05 * chance[0][s]}  # the others lose a factor of 100
    assert stays == states(answer)


@SMALL
@given(st.integers(1, 6).flatmap(lambda n: st.tuples(st.just(n), numbers(2 * n))))
def test_the_line_agrees_with_the_general_method_and_with_named_players(drawn):
    n, xs = drawn
    game = SymmetricGame(np.array(xs, dtype=object).reshape(2, n), n)
    line = ss.solve_stochastically_stable(game)
    general = ss.resistances(RoleSymmetricGame([np.array(xs, dtype=object).reshape(2, n)], [n], game.actions))
    assert states(line) == {int(s) for x in general.stable for s in general.classes[x]}
    named = ss.solve_stochastically_stable(game.normal_form())
    assert {sum(a) for a in (np.unravel_index(s, (2,) * n) for s in states(named))} == states(line)


@SMALL
@given(st.sampled_from([(3, 3), (2, 4), (4, 3)]).flatmap(lambda s: st.tuples(st.just(s), numbers(s[1] * ways(s[0] - 1, s[1])))))
def test_counted_players_with_more_actions_agree_with_named_players(drawn):
    (n, k), xs = drawn
    game = SymmetricGame(np.array(xs, dtype=object).reshape(k, -1), n)
    counted, named = ss.solve_stochastically_stable(game), ss.solve_stochastically_stable(game.normal_form())
    everywhere = count_states(game)
    reached = {everywhere[s] for s in states(counted)}
    profiles = [np.unravel_index(s, (k,) * n) for s in states(named)]
    assert {(tuple(sum(int(x) == a for x in p) for a in range(k)),) for p in profiles} == reached
    assert sum(e.orbit_size for e in counted.equilibria) == len(profiles)
    assert sorted({e.regret for e in counted.equilibria}) == sorted({e.regret for e in named.equilibria})


@pytest.mark.parametrize(("k", "nobody", "stable"), [(1, 0.000, {1}), (2, 0.034, {0, 2}), (3, 0.969, {0}), (4, 0.996, {0})])
def test_the_threshold_good_of_the_atlas(k, nobody, stable):
    """P12.2: n = 8, b / c = 2.5, epsilon = 0.001; the figures are the share of time in which nobody contributes."""
    game = threshold(8, k, "5/2", 1)
    distribution = lr.long_run(game, F(1, 1000))
    assert distribution.probability.sum() == 1
    assert round(float(distribution.probability[0]), 3) == nobody
    assert states(ss.solve_stochastically_stable(game)) == stable
    general = lr.long_run(RoleSymmetricGame([game.table], [8], game.actions), 1e-3) if game.denominator == 1 else None
    named = lr.long_run(threshold(4, min(k, 4), "5/2", 1).normal_form(), 1e-3)
    line = lr.long_run(threshold(4, min(k, 4), "5/2", 1), F(1, 1000))
    by_count = [sum(p for a, p in zip(named.states, named.probability) if sum(a) == m) for m in range(5)]
    assert by_count == pytest.approx([float(p) for p in line.probability], rel=1e-9)
    assert general is None or general.probability == pytest.approx(distribution.probability.astype(float))


@pytest.mark.parametrize("k", [1, 2, 3, 4])
def test_logit_dynamics_provide_iff_the_benefit_exceeds_the_cost_of_all_who_are_needed(k):
    """P12.2, A-39: k c < b."""
    game = threshold(8, k, "5/2", 1)
    assert states(ss.solve_stochastically_stable(game, "logit")) == ({k} if k < 2.5 else {0})
    named = ss.solve_stochastically_stable(game.normal_form(), "logit")
    assert {bin(s).count("1") for s in states(named)} == ({k} if k < 2.5 else {0})
    cold = lr.logit_long_run(game, 0.02).probability
    assert cold.argmax() == (k if k < 2.5 else 0)
    assert cold.sum() == pytest.approx(1)


def test_ties_of_the_potential_are_all_stable():
    assert states(ss.solve_stochastically_stable(threshold(5, 2, 2, 1), "logit")) == {0, 2}


def test_a_game_without_potential_is_refused_by_logit_dynamics():
    pennies = NormalForm.from_arrays([[1, -1], [-1, 1]], [[-1, 1], [1, -1]])
    with pytest.raises(NotApplicable):
        ss.solve_stochastically_stable(pennies, "logit")
    everywhere = ss.solve_stochastically_stable(pennies)  # mistakes: one class of all four profiles, with their regrets
    assert states(everywhere) == {0, 1, 2, 3}
    assert {e.regret for e in everywhere.equilibria} == {2}
    with pytest.raises(InputError):
        ss.solve_stochastically_stable(pennies, "imitation")


def test_young_s_example_and_ellison_s_shortcut():
    """A pure co-ordination game: the risk-dominant convention is stable, and its radius exceeds its coradius when many play."""
    game = SymmetricGame.of(lambda a, others: F(3 * others[1]) if a else F(2 * others[0]), 10, ["old", "new"])
    found = ss.resistances(RoleSymmetricGame([game.table], [10], game.actions))
    (stable,) = found.stable
    assert found.classes[stable].tolist() == [10]
    assert found.radius[stable] > found.coradius[stable]
    for x in range(len(found.classes)):
        if x != stable:
            assert found.radius[x] <= found.coradius[x]


def test_a_million_households():
    gain = np.full(1_000_000, -1)
    gain[2] = 9  # three are needed, b = 10, c = 1
    stable = SymmetricGame(np.stack([0 * gain, gain]), 1_000_000)
    answer = ss.solve_stochastically_stable(stable)
    assert (states(answer), answer.complete) == ({0}, True)
    assert ss.stability_certificate(stable, answer) is None
    with pytest.raises(SizeError):
        lr.long_run(stable, F(1, 100))
    assert states(ss.solve_stochastically_stable(stable, "logit")) == {3}


def holds(certificate):
    try:
        return all(ok for _, ok in stability_claims(certificate))
    except (LookupError, TypeError, ValueError, ArithmeticError):
        return False


GAMES = [
    (threshold(6, 2, "5/2", 1), "mistakes"),
    (threshold(6, 2, "5/2", 1), "logit"),
    (threshold(4, 2, "5/2", 1).normal_form(), "mistakes"),
    (threshold(4, 2, "5/2", 1).normal_form(), "logit"),
    (SymmetricGame([[3, 0, 0, 0, 0, 0], [0, 1, 2, 0, 1, 1], [0, 0, 0, 3, 1, 4]], 3), "mistakes"),
    (RoleSymmetricGame([[[[2, 0]], [[0, 1]]], [[[2], [0]], [[0], [3]]]], [1, 1], [["a", "b"], ["a", "b"]]), "mistakes"),
    (NormalForm.from_arrays([[1.5, 0.0], [0.0, 1.0]], [[1.5, 0.0], [0.0, 1.0]]), "mistakes"),
]


@pytest.mark.parametrize(("game", "dynamics"), GAMES, ids=range(len(GAMES)))
def test_certificates_hold_and_forged_ones_do_not(game, dynamics):
    answer = ss.solve_stochastically_stable(game, dynamics)
    certificate = json.loads(json.dumps(ss.stability_certificate(game, answer)))
    assert holds(certificate)
    assert answer.complete
    assert sealed({k: v for k, v in certificate.items() if k != "seal"}) == certificate

    def forged(change):
        copy = json.loads(json.dumps(certificate))
        change(copy)
        return copy

    def drop(c):
        c["states"].pop()
        c["equilibria"].pop()

    def add(c):
        other = next(s for s in range(99) if s not in c["states"])
        c["states"].append(other)
        c["equilibria"].append(c["equilibria"][0])

    def regret(c):
        c["equilibria"][0]["regret"] = "1"

    def payoff(c):
        c["equilibria"][0]["payoffs"][0] = "99"

    def game_changed(c):
        c["game"]["denominator"] *= -1

    changes = [drop, add, regret, payoff, game_changed]
    if "sets" in certificate["proof"]:

        def heavier(c):
            c["proof"]["sets"][0]["value"] += 1

        def no_tree(c):
            c["proof"]["trees"] = []

        def classes(c):
            c["proof"]["classes"] = c["proof"]["classes"][:-1]

        changes += [no_tree, classes, *([heavier] if certificate["proof"]["sets"] else [])]
    if "potential" in certificate["proof"]:

        def potential(c):
            c["proof"]["potential"][0] = "77"

        changes.append(potential)
    for change in changes:
        assert not holds(forged(change)), change.__name__
    assert answer.to_dict()["concept"] == "stochastically-stable"


def test_what_is_too_large_is_refused_with_its_size():
    with pytest.raises(SizeError):
        ss.resistances(RoleSymmetricGame([np.zeros((3, ways(5000, 3)), dtype=np.int64)], [5001], [["a", "b", "c"]]))
    assert ss.refuses_stochastically_stable("x") is not None
    assert ss.refuses_stochastically_stable(GAMES[0][0]) is None
    with pytest.raises(InputError):
        lr.long_run(GAMES[0][0], 0)
    with pytest.raises(InputError):
        lr.logit_long_run(GAMES[0][0], 0)


def test_a_process_that_is_not_known_and_a_table_too_many_are_rejected():
    game = threshold(6, 2, "5/2", 1)
    certificate = json.loads(json.dumps(ss.stability_certificate(game, ss.solve_stochastically_stable(game))))
    assert holds(certificate)
    assert not holds(certificate | {"proof": certificate["proof"] | {"dynamics": "drift"}})
    tables = certificate["game"]["tables"]
    for changed in ([*tables, tables[0]], [[[*row, 0] for row in tables[0]]]):
        assert not holds(certificate | {"game": certificate["game"] | {"tables": changed}})
