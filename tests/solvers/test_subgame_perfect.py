"""Subgame-perfect equilibria: the same outcomes, and as many plans for each, as trying every plan in every subgame finds."""

import json
from collections import Counter
from fractions import Fraction
from itertools import product
from math import prod

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from encompass.games import sequential
from encompass.games.errors import InputError, SizeError
from encompass.games.normal_form import NormalForm, two_player
from encompass.games.staged_game import Chance, End, Stage, StagedGame, chance, in_turn, move, walk
from encompass.solvers.checker.staged import staged_claims
from encompass.solvers.moves.subgame_perfect import refuses_staged, replay, solve_subgame_perfect, staged_certificate
from encompass.solvers.pure import pure_profiles

HALF = Fraction(1, 2)


@st.composite
def trees(draw, players=2, depth=3):
    """Small trees with payoffs -1..1, so that ties are everywhere."""
    kind = draw(st.sampled_from(["end", "stage", "stage", "chance"])) if depth else "end"
    if kind == "end":
        return End(tuple(Fraction(x) for x in draw(st.lists(st.integers(-1, 1), min_size=players, max_size=players))))
    if kind == "chance":
        return Chance(("a", "b"), (Fraction(1, 3), Fraction(2, 3)), tuple(draw(trees(players, depth - 1)) for _ in range(2)))
    movers = tuple(sorted(draw(st.sets(st.integers(0, players - 1), min_size=1, max_size=2))))
    names = tuple(tuple("xyz"[: draw(st.integers(1, 3 if len(movers) == 1 else 2))]) for _ in movers)
    return Stage(movers, names, tuple(draw(trees(players, depth - 1)) for _ in range(prod(map(len, names)))))


def stages(root):
    return [node for _, node in walk(root) if isinstance(node, Stage)]


def value(node, plan):
    """What the plan (a profile for each stage, by identity) pays from ``node`` on, and the path."""
    if isinstance(node, End):
        return node.payoffs, ()
    if isinstance(node, Chance):
        parts = [value(child, plan) for child in node.children]
        return tuple(sum(p * v[i] for p, (v, _) in zip(node.probabilities, parts)) for i in range(len(parts[0][0]))), tuple(
            s for _, s in parts
        )
    place = list(product(*map(range, node.sizes))).index(plan[id(node)])
    payoffs, path = value(node.children[place], plan)
    return payoffs, (place, path)


def is_subgame_perfect(root, plan, players):
    """The definition: in every subgame no player gains by any other plan of its own in that subgame."""
    for start in stages(root):
        inside = stages(start)
        now = value(start, plan)[0]
        for i in range(players):
            own = [s for s in inside if i in s.movers]
            for moves in product(*(range(s.sizes[s.movers.index(i)]) for s in own)):
                changed = dict(plan)
                for s, a in zip(own, moves):
                    k = s.movers.index(i)
                    changed[id(s)] = (*plan[id(s)][:k], a, *plan[id(s)][k + 1 :])
                if value(start, changed)[0][i] > now[i]:
                    return False
    return True


def by_trying_all_plans(root, players):
    nodes = stages(root)
    found = Counter()
    for choice in product(*(product(*map(range, s.sizes)) for s in nodes)):
        plan = dict(zip(map(id, nodes), choice))
        if is_subgame_perfect(root, plan, players):
            found[value(root, plan)[1]] += 1
    return found


def listed(game, answer):
    """Paths by the plans that the solver returns, with the number of equilibria it says each stands for."""
    nodes = stages(game.root)
    found = Counter()
    for plan, e in zip(answer.proof["plans"], answer.equilibria, strict=True):
        chosen = {id(s): list(product(*map(range, s.sizes)))[place] for s, place in zip(nodes, plan)}
        payoffs, path = value(game.root, chosen)
        assert payoffs == e.payoffs
        assert e.regret == 0
        assert is_subgame_perfect(game.root, chosen, len(game.players))
        assert path not in found
        found[path] = e.orbit_size
    return found


def broken(certificate):
    try:
        return [str(what) for what, holds in staged_claims(json.loads(json.dumps(certificate))) if not holds]
    except (ValueError, LookupError, TypeError) as unreadable:  # as verify does
        return [str(unreadable)]


@given(trees())
@settings(deadline=None, max_examples=100)
def test_as_many_as_by_trying_all_plans(root):
    game = StagedGame(["1", "2"], root)
    assume(prod(prod(s.sizes) for s in stages(game.root)) <= 400)
    answer = solve_subgame_perfect(game)
    assert answer.complete
    assert (answer.stop is None) == bool(answer.equilibria)
    assert listed(game, answer) == by_trying_all_plans(game.root, 2)
    assert broken(staged_certificate(game, answer)) == []


@given(trees(players=3, depth=2))
@settings(deadline=None, max_examples=60)
def test_three_players(root):
    game = StagedGame(["1", "2", "3"], root)
    assume(prod(prod(s.sizes) for s in stages(game.root)) <= 300)
    assert listed(game, solve_subgame_perfect(game)) == by_trying_all_plans(game.root, 3)


@given(trees(depth=2))
@settings(deadline=None, max_examples=40)
def test_equilibria_are_equilibria_of_the_game_of_plans(root):
    game = StagedGame(["1", "2"], root)
    assume(prod(prod(s.sizes) for s in stages(game.root)) <= 2000)
    plans = game.normal_form()
    nash = {plans.payoffs(a) for a in pure_profiles(plans)}
    assert {e.payoffs for e in solve_subgame_perfect(game).equilibria} <= nash


def entry_deterrence():
    """Selten's entry game: the threat to fight is a Nash equilibrium and not subgame-perfect."""

    def rules(history):
        if not history:
            return move([0], [["out", "enter"]])
        if history[-1] == ("out",):
            return (Fraction(0), Fraction(2))
        if len(history) == 1:
            return move([1], [["fight", "share"]])
        return (Fraction(-1), Fraction(0)) if history[-1] == ("fight",) else (Fraction(1), Fraction(1))

    return StagedGame.from_function(["entrant", "incumbent"], rules)


def test_entry_deterrence():
    game = entry_deterrence()
    assert len(pure_profiles(game.normal_form())) == 2
    answer = solve_subgame_perfect(game)
    (only,) = answer.equilibria
    assert only.payoffs == (1, 1)
    assert only.profile == [
        {"history": [], "moves": {"entrant": "enter"}},
        {"history": [["enter"]], "moves": {"incumbent": "share"}},
    ]


def test_ties_give_several_outcomes_and_counts():
    """An indifferent follower: the leader's choice can be rewarded or not, 2 x 2 plans of which three are equilibria."""
    game = in_turn(two_player([[1, 0], [1, 0]], [[0, 0], [0, 0]]), [[0], [1]])
    answer = solve_subgame_perfect(game)
    assert sum(e.orbit_size for e in answer.equilibria) == sum(by_trying_all_plans(game.root, 2).values())


def test_no_pure_equilibrium_in_a_subgame_is_said():
    pennies = two_player([[1, -1], [-1, 1]], [[-1, 1], [1, -1]])
    answer = solve_subgame_perfect(in_turn(pennies, [[0, 1]]))
    assert answer.complete
    assert answer.equilibria == ()
    assert "no pure equilibrium" in str(answer.stop)


def test_limits_are_said_and_nothing_claimed():
    zero = End((Fraction(0),))
    coins = Chance(("h", "t"), (HALF, HALF), tuple(Stage((0,), (("x", "y", "z"),), (zero,) * 3) for _ in range(2)))
    game = StagedGame(["1"], coins)
    assert [e.orbit_size for e in solve_subgame_perfect(game).equilibria] == [1] * 9
    cut = solve_subgame_perfect(game, most=4)
    assert len(cut.equilibria) == 4
    assert cut.limited
    assert not cut.complete
    assert "limit" in str(cut.stop)
    assert broken(staged_certificate(game, cut)) == []


def test_a_shared_subtree_is_played_twice():
    """What happened before may matter, so that a node at two places of the tree is two subgames."""
    tie = Stage((1,), (("l", "r"),), (End((Fraction(1), Fraction(0))), End((Fraction(0), Fraction(0)))))
    game = StagedGame(["1", "2"], Stage((0,), (("a", "b"),), (tie, tie)))
    answer = solve_subgame_perfect(game)
    assert listed(game, answer) == by_trying_all_plans(game.root, 2)


@pytest.mark.parametrize(
    "change",
    [
        lambda c: c["equilibria"].pop(),
        lambda c: c["equilibria"].append(c["equilibria"][0]),
        lambda c: c["equilibria"][0].update(payoffs=["9", "9"]),
        lambda c: c["equilibria"][0].update(regret="1"),
        lambda c: c["equilibria"][0].update(plans=7),
        lambda c: c["equilibria"][0].update(plan=[1, 0]),
        lambda c: c["equilibria"][0].update(plan=[0, 1, 0]),
        lambda c: c["tree"]["next"][0].update(payoffs=["5", "2"]),
        lambda c: c["tree"]["next"].pop(),
        lambda c: c.update(concept="nash"),
        lambda c: c.update(complete=False),
    ],
)
def test_a_changed_certificate_is_refused(change):
    game = entry_deterrence()
    certificate = json.loads(json.dumps(staged_certificate(game, solve_subgame_perfect(game))))
    assert broken(certificate) == []
    change(certificate)
    assert broken(certificate)


def test_float_games_have_a_slack():
    game = in_turn(two_player([[0.1 + 0.2, 0.0], [0.3, 0.0]], [[1.0, 0.0], [1.0, 0.0]]), [[0], [1]])
    assert not game.exact
    assert len(solve_subgame_perfect(game).equilibria) == 2


def test_leader_gives_less_varian():
    """Varian (1994): the one who values the good more leads, and free-rides; the total falls from 6 to 4."""
    first, second = (solve_subgame_perfect(sequential.quadratic_in_turn([7, 5], 8, who)).equilibria[0] for who in (0, 1))
    assert [entry["moves"] for entry in first.profile] == [{"1": "0"}, {"2": "4"}]
    assert [entry["moves"] for entry in second.profile] == [{"2": "0"}, {"1": "6"}]


def test_replay_finds_the_gain_that_is_left():
    game = entry_deterrence()
    assert replay(game, [0, 0]) == ((0, 2), 1)  # out, fight: fighting costs the incumbent 1 after entry


def test_bad_games_are_refused():
    with pytest.raises(InputError, match="payoffs for 2 players"):
        StagedGame(["1", "2"], End((Fraction(1),)))
    with pytest.raises(InputError, match="do not fit"):
        StagedGame(["1"], Stage((0,), (("a", "b"),), (End((Fraction(1),)),)))
    with pytest.raises(InputError, match="sum to 1"):
        StagedGame.from_function(["1"], lambda h: (Fraction(1),) if h else chance(["a", "b"], ["1/2", "1/3"]))
    with pytest.raises(InputError, match="every player"):
        in_turn(two_player([[1]], [[1]]), [[0]])
    with pytest.raises(SizeError, match="nodes"):
        StagedGame.from_function(["1", "2"], lambda h: move([0, 1], [[str(k) for k in range(2000)]] * 2))
    with pytest.raises(SizeError, match="more than 200 moves"):
        StagedGame.from_function(["1"], lambda h: move([0], [["again"]]))
    with pytest.raises(SizeError):
        in_turn(NormalForm(np.zeros((2, 2001, 1001), dtype=np.int64)), [[0], [1]])
    with pytest.raises(InputError):
        solve_subgame_perfect(entry_deterrence(), most=0)
    for most in (1.5, "1", True):
        with pytest.raises(InputError):
            solve_subgame_perfect(entry_deterrence(), most=most)
    assert solve_subgame_perfect(entry_deterrence(), most=10**30).complete
    assert refuses_staged(entry_deterrence()) is None
    assert refuses_staged(two_player([[1]], [[1]])) is not None


def test_progress_is_told():
    told = []
    solve_subgame_perfect(entry_deterrence(), progress=lambda done, total, what: told.append((done, total, what)))
    assert told[0][1] == 5
