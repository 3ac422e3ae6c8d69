"""Strategies of a two-player repeated game as finite automata (Rubinstein 1986), tit-for-tat and all of memory one among them.

In state s the automaton plays ``output[s]``; when it has played a and the other b it moves to ``move[s][a][b]`` (a is not
``output[s]`` only after a slip, which subgame perfection asks about). Two automata soon walk in a circle,
so that discounted payoffs are exact sums, and the best answer to one is a Markov decision problem on its states, solved exactly by
policy iteration. Payoffs are averages a round: (1 - delta) sum_t delta^t u_t.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from ...games.errors import InputError, NotApplicable
from ...games.exact import Number, as_json, number
from ...games.normal_form import NormalForm
from .repeated import least_discount


@dataclass(frozen=True)
class Automaton:
    """``output[s]``: the own action in state s; ``move[s][a][b]``: the next state after the own action a and the other's b;
    ``start``: the first state.
    """

    name: str
    output: tuple[int, ...]
    move: tuple[tuple[tuple[int, ...], ...], ...]
    start: int = 0


def memory_one(first: int, reply: Sequence[Sequence[int]], name: str = "memory-one") -> Automaton:
    """The strategy that plays ``first``, and then ``reply[own][other]`` to the actions of the round before."""
    rows = tuple(tuple(row) for row in reply)
    return Automaton(name, tuple(range(len(rows))), (rows,) * len(rows), first)  # the state is the action to be played


def constant(action: int, own: int = 2, others: int = 2) -> Automaton:
    """Always ``action``, of ``own`` actions, whatever the other (with ``others`` actions) does."""
    return memory_one(action, [[action] * others] * own, f"always {action + 1}")


# for two actions, the first being to co-operate
TIT_FOR_TAT = memory_one(0, [[0, 1], [0, 1]], "tit-for-tat")
GRIM = memory_one(0, [[0, 1], [1, 1]], "grim")
WIN_STAY_LOSE_SHIFT = memory_one(0, [[0, 1], [1, 0]], "win-stay-lose-shift")
ALTERNATE = memory_one(1, [[1, 1], [0, 0]], "alternate")


def _check(game: NormalForm, pair: Sequence[Automaton], delta: Number) -> None:
    if len(game.players) != 2:
        raise NotApplicable("automata play games of two players; this game has {n}", n=len(game.players))
    if not 0 <= delta < 1:
        raise InputError("delta={value} must be at least 0 and less than 1", value=delta)
    for i, one in enumerate(pair):
        states = range(len(one.output))
        plays = all(0 <= a < game.shape[i] for a in one.output)
        shape = (len(states), game.shape[i], game.shape[1 - i])
        moves = len(one.move) == shape[0] and all(len(own) == shape[1] for own in one.move)
        moves = moves and all(len(row) == shape[2] and all(s in states for s in row) for own in one.move for row in own)
        if not (plays and moves and one.start in states):
            raise InputError("the strategy {name!r} does not fit a game of {shape} actions", name=one.name, shape=game.shape)


def path_payoffs(game: NormalForm, one: Automaton, two: Automaton, delta: object) -> tuple[Number, Number]:
    """What the two get a round, discounted, when they meet; exact if the game and ``delta`` are."""
    d = number(delta, "delta")
    _check(game, (one, two), d)
    return _values(game, one, two, d)[one.start, two.start]


def _values(game: NormalForm, one: Automaton, two: Automaton, d: Number) -> dict[tuple[int, int], tuple[Number, Number]]:
    """Average discounted payoffs from every pair of states on."""
    values: dict[tuple[int, int], tuple[Number, Number]] = {}
    for s in range(len(one.output)):
        for t in range(len(two.output)):
            walk: list[tuple[int, int]] = []
            at = (s, t)
            while at not in values and at not in walk:
                walk.append(at)
                at = _next(one, two, at)
            if at in walk:  # a new circle: its value is a geometric series
                circle = walk[walk.index(at) :]
                total = [sum(((d**k) * _stage(game, one, two, p)[i] for k, p in enumerate(circle)), start=Fraction(0)) for i in (0, 1)]
                values[at] = tuple((1 - d) * x / (1 - d ** len(circle)) for x in total)  # type: ignore[assignment]
            for p in reversed(walk):
                if p not in values:
                    now, later = _stage(game, one, two, p), values[_next(one, two, p)]
                    values[p] = ((1 - d) * now[0] + d * later[0], (1 - d) * now[1] + d * later[1])
    return values


def _next(one: Automaton, two: Automaton, at: tuple[int, int]) -> tuple[int, int]:
    s, t = at
    a, b = one.output[s], two.output[t]
    return one.move[s][a][b], two.move[t][b][a]


def _stage(game: NormalForm, one: Automaton, two: Automaton, at: tuple[int, int]) -> tuple[Number, ...]:
    return game.payoffs((one.output[at[0]], two.output[at[1]]))


def best_reply(game: NormalForm, against: Automaton, player: int, delta: object) -> tuple[Number, tuple[int, ...]]:
    """The most ``player`` can get a round against an automaton, and the action it takes in each of the automaton's states.

    No strategy whatever gets more (Blackwell 1965: some stationary policy is best). By policy iteration, exact if the input is.
    """
    d = number(delta, "delta")
    partner = constant(0, *(game.shape[player], game.shape[1 - player])) if len(game.players) == 2 else against
    _check(game, (partner, against) if player == 0 else (against, partner), d)
    policy = [0] * len(against.output)
    while True:
        values = _policy_values(game, against, player, d, policy)
        better = list(policy)
        for s in range(len(policy)):
            worth = [_worth(game, against, player, d, values, s, a) for a in range(game.shape[player])]
            best = max(range(len(worth)), key=worth.__getitem__)
            if worth[best] > worth[policy[s]] + _slack(game):
                better[s] = best
        if better == policy:
            return values[against.start], tuple(policy)
        policy = better


def _slack(game: NormalForm) -> Number:
    return game.slack / game.denominator


def _worth(game: NormalForm, other: Automaton, player: int, d: Number, values: Sequence[Number], s: int, a: int) -> Number:
    profile = (a, other.output[s]) if player == 0 else (other.output[s], a)
    return (1 - d) * game.payoffs(profile)[player] + d * values[other.move[s][other.output[s]][a]]


def _policy_values(game: NormalForm, other: Automaton, player: int, d: Number, policy: Sequence[int]) -> list[Number]:
    values: list[Number] = []
    for s in range(len(policy)):
        seen: list[int] = []
        at = s
        while at not in seen:
            seen.append(at)
            at = other.move[at][other.output[at]][policy[at]]
        stage = [game.payoffs((policy[p], other.output[p]) if player == 0 else (other.output[p], policy[p]))[player] for p in seen]
        start = seen.index(at)
        circle = sum((d**k * x for k, x in enumerate(stage[start:])), start=Fraction(0)) / (1 - d ** (len(seen) - start))
        values.append((1 - d) * (sum((d**k * x for k, x in enumerate(stage[:start])), start=Fraction(0)) + d**start * circle))
    return values


@dataclass(frozen=True, eq=False)
class Meeting:
    """Two automata at ``delta``: what each gets a round, the most each could get, and whether that makes them an equilibrium.

    ``subgame_perfect``: no single deviation pays from any pair of states that some history leads to.
    """

    names: tuple[str, str]
    delta: Number
    payoffs: tuple[Number, Number]
    best: tuple[Number, Number]
    nash: bool
    subgame_perfect: bool

    def to_dict(self) -> dict[str, Any]:
        """The JSON form, schema ``encompass/meeting/1``."""
        return as_json({"schema": "encompass/meeting/1", **vars(self)})


def meet(game: NormalForm, one: Automaton, two: Automaton, delta: object) -> Meeting:
    """What two automata do to each other, and whether they are a Nash or a subgame-perfect equilibrium of the repeated game."""
    d = number(delta, "delta")
    _check(game, (one, two), d)
    values = _values(game, one, two, d)
    got = values[one.start, two.start]
    best = (best_reply(game, two, 0, d)[0], best_reply(game, one, 1, d)[0])
    nash = all(b <= v + _slack(game) for b, v in zip(best, got))
    return Meeting((one.name, two.name), d, got, best, nash, nash and _perfect(game, one, two, d, values))


def _perfect(game: NormalForm, one: Automaton, two: Automaton, d: Number, values: dict[tuple[int, int], tuple[Number, Number]]) -> bool:
    reached, stack = {(one.start, two.start)}, [(one.start, two.start)]
    while stack:
        s, t = stack.pop()
        for a in range(game.shape[0]):
            for b in range(game.shape[1]):
                after = (one.move[s][a][b], two.move[t][b][a])
                if after not in reached:
                    reached.add(after)
                    stack.append(after)
                if (a == one.output[s]) + (b == two.output[t]) != 1:  # nobody deviates, or both do
                    continue
                i = 0 if b == two.output[t] else 1
                if (1 - d) * game.payoffs((a, b))[i] + d * values[after][i] > values[s, t][i] + _slack(game):
                    return False
    return True


def tit_for_tat_discount(game: NormalForm) -> Number | None:
    """The least discount factor at which tit-for-tat is a Nash equilibrium against always defecting and alternating (Axelrod 1984,
    proposition 2: then against everything): the larger of (T-R)/(T-P) and (T-R)/(R-S). None if no patience suffices.

    The first action is to co-operate, the second to defect. Raises :class:`NotApplicable` unless it is a prisoner's dilemma.
    """
    if game.shape != (2, 2):
        raise NotApplicable("tit-for-tat needs two players with two actions; this game has {shape} actions", shape=game.shape)
    least: list[Number | None] = []
    for i in (0, 1):
        cell = {(a, b): game.payoffs((a, b) if i == 0 else (b, a))[i] for a in (0, 1) for b in (0, 1)}
        R, S, T, P = cell[0, 0], cell[0, 1], cell[1, 0], cell[1, 1]
        if not T > R > P >= S:
            raise NotApplicable(
                "this is no prisoner's dilemma: temptation, reward, punishment and sucker's payoff do not fall in this order"
            )
        least += [least_discount(T - R, R - P), (T - R) / (R - S)]
    values = [x for x in least if x is not None and x < 1]
    return max(values) if len(values) == len(least) else None
