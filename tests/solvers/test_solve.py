"""The registry: options, forms of a game, limits."""

import time
from dataclasses import replace
from importlib import import_module

import pytest

import encompass as ec
from encompass.games.counted_game import SymmetricGame
from encompass.games.errors import InputError, NotApplicable
from encompass.games.rights import Imposition
from encompass.solvers.methods import Method
from encompass.solvers.pure import solve_normal_form
from encompass.solvers.time_limit import TimeIsUp, time_limit

registry = import_module("encompass.solvers.solve")
GAME = ec.two_player([[3, 0], [5, 1]], [[3, 5], [0, 1]])


def test_unknown_concepts_and_options_are_named_with_those_that_are_known():
    with pytest.raises(InputError, match="concept='nahs' is not known; one of pure"):
        ec.solve(GAME, "nahs")
    with pytest.raises(InputError, match="'pure' has no option 'objective'"):
        ec.solve(GAME, "pure", objective="welfare")
    with pytest.raises(InputError, match="has no option 'colour'"):
        ec.solve(GAME, "correlated", colour="red")


def test_a_counted_game_is_written_out_where_only_the_table_is_solved():
    game = SymmetricGame([[0, 1], [1, 0]], 2)
    assert ec.solve(game, "correlated", objective="welfare").welfare == 2


def test_what_nobody_takes_is_refused_with_the_reason():
    rule = ec.OutcomeGame([[0, 1]], rights=Imposition(), alternatives=["x0", "A"])
    with pytest.raises(NotApplicable, match="nobody has a choice to mix"):
        ec.solve(rule, "nash")


class Slow(Method):
    """A method that keeps what it has found when it is stopped: nothing, or one equilibrium."""

    def solve(self, game, options):
        try:
            time.sleep(30)
        except KeyboardInterrupt:
            if self.name == "nothing":
                raise
        return replace(solve_normal_form(game), complete=False, limited=True)


@pytest.mark.parametrize(("name", "size"), [("nothing", 0), ("something", 1)])
def test_a_time_limit_gives_what_was_found(monkeypatch, name, size):
    monkeypatch.setattr(registry, "METHODS", (Slow(name, "pure", lambda game: None, "", ""),))
    begun = time.perf_counter()
    answer = registry.solve(GAME, "pure", time_limit=0.05)
    assert time.perf_counter() - begun < 5
    assert answer.limited and not answer.complete and len(answer.equilibria) == size


def test_time_limits_end_and_are_checked():
    with pytest.raises(TimeIsUp), time_limit(0.01):
        time.sleep(5)
    time.sleep(0.02)  # the bell is off again
    with pytest.raises(InputError, match="more than 0"), time_limit(0):
        pass
    with time_limit(None):
        pass
