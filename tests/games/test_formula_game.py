"""Games by formula against the families that have a form of their own, and against every profile."""

from __future__ import annotations

from fractions import Fraction as F
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import encompass as ec
from encompass.games.counted_game import SymmetricGame
from encompass.games.errors import InputError, SizeError
from encompass.games.formula_game import formula_game, formula_game_of
from encompass.games.normal_form import NormalForm

LAMP = "benefit * (contributors >= threshold) - cost * own"
SMALL = st.fractions(0, 5, max_denominator=4)


@given(st.integers(2, 5), st.integers(1, 4), SMALL, SMALL)
@settings(max_examples=30, deadline=None)
def test_a_threshold_by_formula_is_the_threshold(n, threshold, benefit, cost):
    game = formula_game(LAMP, n, {"wait": 0, "act": 1}, {"benefit": benefit, "cost": cost, "threshold": threshold})
    wanted = SymmetricGame.of(lambda a, c: benefit * (c[1] + a >= threshold) - cost * a, n, ["wait", "act"])
    assert isinstance(game, SymmetricGame) and game.exact
    assert (game.normal_form().table * wanted.denominator == wanted.normal_form().table * game.denominator).all()
    named = formula_game_of(LAMP, list("abcde"[:n]), {"wait": 0, "act": 1}, {"benefit": benefit, "cost": cost, "threshold": threshold})
    assert (named.table * wanted.denominator == wanted.normal_form().table * named.denominator).all()


@given(st.lists(st.tuples(SMALL, SMALL), min_size=2, max_size=3), st.lists(SMALL, min_size=2, max_size=3, unique=True), SMALL)
@settings(max_examples=30, deadline=None)
def test_unlike_players_against_every_profile(stakes, levels, extra):
    """A linear public good with benefits, costs and a formula of each one's own."""
    n, names = len(stakes), ["ann", "bo", "chi"][: len(stakes)]
    actions = {f"give {k}": level for k, level in enumerate(levels)}
    texts = ["benefit * total - cost * own ** 2", "benefit * others + extra * ann", 'benefit * chose["give 1"] - cost * max(own, ann)'][:n]
    values = {"benefit": [b for b, _ in stakes], "cost": [c for _, c in stakes], "extra": extra}
    game = formula_game_of(texts, names, actions, values, each=["benefit", "cost"])
    assert isinstance(game, NormalForm) and game.shape == (len(levels),) * n
    for profile in product(range(len(levels)), repeat=n):
        x = [levels[a] for a in profile]
        wanted = [
            stakes[0][0] * sum(x) - stakes[0][1] * x[0] ** 2,
            stakes[1][0] * (sum(x) - x[1]) + extra * x[0],
            *([stakes[2][0] * profile.count(1) - stakes[2][1] * max(x[2], x[0])] if n == 3 else []),
        ]
        assert list(game.payoffs(profile)) == wanted


def test_solved_like_any_other_game():
    game = formula_game(LAMP, 12, {"wait": 0, "act": 1}, {"benefit": 10, "cost": 4, "threshold": 1})
    answer = ec.solve(game)
    assert answer.complete and [e.orbit_size for e in answer.equilibria] == [12]
    assert ec.verify(answer.certificate).valid
    pair = formula_game_of("own * (10 - total)", ["a", "b"], {str(k): k for k in range(6)})
    assert {tuple(p.index(1) for p in e.profile) for e in ec.solve(pair).equilibria} == {(3, 3), (3, 4), (4, 3)}


def test_lists_counts_and_numbers_of_players():
    game = formula_game("reward[contributors] / players", 3, {"no": 0, "yes": 2}, {"reward": [0, 5, 8, 9]})
    assert [game.payoff(0, 1, [[2 - k, k]]) for k in range(3)] == [F(5, 3), F(8, 3), 3]
    crowd = formula_game('-chose["left"] * (own == 1) - 2 * chose["right"] * (own == 2)', 4, {"left": 1, "right": 2})
    assert crowd.payoff(0, 0, [[2, 1]]) == -3 and crowd.payoff(0, 1, [[2, 1]]) == -4
    own_actions = formula_game_of("total + (own < 0)", ["a", "b"], [{"x": -1}, {"y": 2, "z": F(1, 3)}])
    assert own_actions.shape == (1, 2) and own_actions.payoffs((0, 1)) == (F(1, 3), F(-2, 3))
    assert not formula_game("sqrt(2) * own", 2, {"no": 0, "yes": 1}).exact
    assert formula_game("sqrt(4) * own", 2, {"no": 0, "yes": 1}).exact


def test_size_is_checked_before_work():
    with pytest.raises(SizeError):
        formula_game("own", 10**9, {"no": 0, "yes": 1})
    with pytest.raises(SizeError, match="one by one"):
        formula_game("own", 2_000_000, {"no": 0, "yes": 1})
    with pytest.raises(SizeError):
        formula_game_of("own", [f"p{k}" for k in range(24)], {"no": 0, "yes": 1})
    assert formula_game("own", 2_000, {"no": 0, "yes": 1}).n == 2_000


def test_progress_is_told():
    told = []
    formula_game("own", 20_000, {"no": 0, "yes": 1}, progress=lambda *step: told.append(step))
    assert len(told) == 4


@pytest.mark.parametrize(
    "arguments",
    [
        ("own + stranger", 2, {"a": 0}),
        ("own +", 2, {"a": 0}),
        ("__import__('os')", 2, {"a": 0}),
        ("own.real", 2, {"a": 0}),
        ("1 / own", 2, {"a": 0}),
        ("chose", 2, {"a": 0}),
        ("chose['b']", 2, {"a": 0}),
        ("reward[players]", 2, {"a": 0}, {"reward": [1, 2]}),
        ("own", 0, {"a": 0}),
        ("own", True, {"a": 0}),
        ("own", 2, {}),
        ("own", 2, {"a": "x"}),
        ("own", 2, {"a": 0}, {"own": 1}),
        ("own", 2, {"a": 0}, {"min": 1}),
        ("own", 2, {"a": 0}, {"a b": 1}),
        ("own", 2, {"a": 0}, {"p": "x"}),
    ],
)
def test_bad_input(arguments):
    with pytest.raises(InputError):
        formula_game(*arguments)


@pytest.mark.parametrize(
    ("arguments", "more"),
    [
        (("own", [], {"a": 0}), {}),
        (("own", ["x", "x"], {"a": 0}), {}),
        ((["own"], ["x", "y"], {"a": 0}), {}),
        (("own", ["x", "y"], [{"a": 0}]), {}),
        (("own", ["total", "y"], {"a": 0}), {}),
        (("own", ["x", "y"], {"a": 0}, {"x": 1}), {}),
        (("p", ["x", "y"], {"a": 0}, {"p": 1}), {"each": ["p"]}),
        (("p", ["x", "y"], {"a": 0}, {"p": [1]}), {"each": ["p"]}),
        (("p", ["x", "y"], {"a": 0}, {"p": [1, 2]}), {}),
        (("q", ["x", "y"], {"a": 0}, {"p": [1, 2]}), {"each": ["q"]}),
    ],
)
def test_bad_input_of_named_players(arguments, more):
    with pytest.raises(InputError):
        formula_game_of(*arguments, **more)
