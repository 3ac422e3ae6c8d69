"""Roles: pure equilibria against the table, mixing roles against two-player and brute figures, certificates."""

import json
from fractions import Fraction as F
from math import prod

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from encompass.games.counted_game import RoleSymmetricGame, SymmetricGame
from encompass.games.errors import SizeError
from encompass.solvers.checker.counted import counted_claims
from encompass.solvers.counted.counted_certificate import counted_certificate
from encompass.solvers.counted.role_equilibria import refuses_roles, solve_counted_pure, solve_roles
from encompass.solvers.pure import pure_profiles
from encompass.solvers.regret import regrets


def drawn(data, roles=3, most=2, actions=3):
    players = data.draw(st.lists(st.integers(1, most), min_size=1, max_size=roles))
    names = [[str(a) for a in range(data.draw(st.integers(min(2, actions), actions)))] for _ in players]
    memory = {}

    def payoff(r, a, counts):
        return memory.setdefault((r, a, counts), F(data.draw(st.integers(-3, 3))))

    return RoleSymmetricGame.from_function(payoff, players, names)


def bad(game, answer):
    certificate = json.loads(json.dumps(counted_certificate(game, answer)))
    return [str(what) for what, holds in counted_claims(certificate) if not holds]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_pure_equilibria_are_those_of_the_table(data):
    game = drawn(data)
    answer = solve_counted_pure(game)
    assert answer.complete
    assert sum(e.orbit_size for e in answer.equilibria) == len(pure_profiles(game.normal_form()))
    assert all(e.regret == 0 for e in answer.equilibria)
    assert bad(game, answer) == []


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_roles_that_mix(data):
    game = drawn(data, most=3, actions=2)
    answer = solve_roles(game)
    table = game.normal_form() if prod(2**n for n in game.players) <= 512 else None
    for e in answer.equilibria:
        assert 0 <= e.regret < 1e-9
        if table is not None:
            mix = tuple((1 - F(g["strategy"][1]), F(g["strategy"][1])) for g in e.profile for _ in range(g["players"]))
            assert max(regrets(table, mix)) <= F(e.regret)
    assert answer.complete <= (set(game.players) == {1})
    assert bad(game, answer) == []


def test_two_single_players():
    pennies = RoleSymmetricGame([[[[1, -2]], [[-1, 1]]], [[[-1], [1]], [[1], [-1]]]], [1, 1], [["h", "t"]] * 2)
    answer = solve_roles(pennies)
    assert answer.complete
    (one,) = answer.equilibria
    assert [g["strategy"] for g in one.profile] == [[F(1, 2), F(1, 2)], [F(3, 5), F(2, 5)]]


def neighbourhood():
    """Three elites, forty households and a committee; 30 points of effort provide 60 to everybody."""

    def payoff(role, action, counts):
        points = 2 * counts[0][1] + counts[1][1] + 5 * counts[2][1] + action * (2, 1, 5)[role]
        return F(60 * (points >= 30) - action * (6, 1, 9)[role])

    return RoleSymmetricGame.from_function(payoff, [3, 40, 1], [["rest", "act"]] * 3, ["elite", "household", "committee"])


def test_elites_households_committee():
    game = neighbourhood()
    answer = solve_roles(game)
    pure = solve_counted_pure(game)
    assert pure.complete
    assert len(pure.equilibria) == 9  # nobody, or exactly 30 points
    for e in pure.equilibria:
        effort = {g["role"]: g["players"] for g in e.profile if g["strategy"][1] == 1}
        assert 2 * effort.get("elite", 0) + effort.get("household", 0) + 5 * effort.get("committee", 0) in (0, 30)
    assert len(answer.equilibria) == 13
    assert not answer.complete
    assert "those of a role act alike" in str(answer.stop)
    assert answer.proof["undecided"] == 0
    assert all(e.regret < 1e-9 for e in answer.equilibria)


def test_the_checker_rejects_what_was_changed():
    game = RoleSymmetricGame.from_function(lambda r, a, c: F(a * (c[1 - r][1] - 1)), [2, 2], [["x", "y"]] * 2)
    good = json.loads(json.dumps(counted_certificate(game, solve_counted_pure(game))))
    assert all(holds for _, holds in counted_claims(good))
    for i, entry in enumerate(good["equilibria"]):
        rest = good["equilibria"][:i] + good["equilibria"][i + 1 :]
        for changed in (rest, [*rest, entry | {"regret": "1"}], [*rest, entry | {"orbit_size": 17}]):
            assert not all(holds for _, holds in counted_claims(good | {"equilibria": changed}))


def test_sizes_and_refusals():
    many = RoleSymmetricGame.from_function(lambda r, a, c: F(0), [1] * 4, [["x", "y", "z"]] * 4)
    assert "two actions" in str(refuses_roles(many))
    assert refuses_roles(neighbourhood()) is None
    big = SymmetricGame(np.zeros((2, 3_000_000), dtype=np.int64), 3_000_000)
    with pytest.raises(SizeError, match="compared"):
        solve_counted_pure(big)


def test_interrupt_keeps_the_pure_ones():
    def interrupt(done, total, what):
        raise KeyboardInterrupt

    answer = solve_roles(neighbourhood(), progress=interrupt)
    assert answer.limited
    assert len(answer.equilibria) == 9
