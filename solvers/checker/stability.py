"""The part of the checker for stochastic stability: classes, mistakes, trees and potentials, all counted again.

That no tree is cheaper rests on sets S of classes with weights r(S) >= 0 such that the sets which an edge leaves weigh at most its cost:
then a tree rooted at x, which has an edge out of every set that does not hold x, costs at least the weight of those sets.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from itertools import product
from math import prod
from typing import Any

from ...games.message import say
from .equilibria import Table
from .reread import TOLERANCE, Claims, real, reals

State = tuple[int, ...]
Payoff = Fraction


class Profiles:
    """The states of a normal form: profiles, numbered in lexicographic order. ``kinds[s]`` lists who can move, each as a player."""

    def __init__(self, game: Mapping[str, Any]) -> None:
        self.table = Table(game)
        self.slack = self.table.slack
        self.states: list[State] = list(self.table.profiles())
        self.place = {state: s for s, state in enumerate(self.states)}

    def options(self, s: int) -> Iterator[tuple[Payoff, list[tuple[int, Payoff]]]]:
        """For every player: what it gets in state s, and every state it can move to with what it gets there."""
        state = self.states[s]
        for i in self.table.players:
            here = self.table.payoff(i, state)
            yield here, [(self.place[t], self.table.payoff(i, t)) for t in self.table.deviations(i, state)]


class Counts:
    """The states of a counted game: how many of each role take each action, in the order in which they are numbered."""

    def __init__(self, game: Mapping[str, Any]) -> None:
        self.counts: list[int] = game["counts"]
        self.sizes: list[int] = game["sizes"]
        self.denominator = int(game["denominator"])
        self.tables = [[reals(row) for row in table] for table in game["tables"]]
        fits = [[len(row) for row in table] for table in game["tables"]] == [
            [prod(len(spreads(n - (s == r), self.sizes[s])) for s, n in enumerate(self.counts))] * k for r, k in enumerate(self.sizes)
        ]
        if not (fits and len(game["roles"]) == len(self.counts) == len(self.sizes)):
            raise ValueError("the payoffs do not have the shape that is written")
        floats = any(isinstance(x, float) for table in game["tables"] for row in table for x in row)
        largest = max(abs(x) for table in self.tables for row in table for x in row) / abs(self.denominator)
        self.slack = TOLERANCE * largest if floats else Fraction(0)
        self.states: list[tuple[State, ...]] = list(product(*map(spreads, self.counts, self.sizes)))
        self.place = {state: s for s, state in enumerate(self.states)}

    @cached_property
    def _orders(self) -> list[list[dict[State, int]]]:
        """For a player of every role: the place of the others' counts in every role."""
        roles = range(len(self.counts))
        return [[{v: k for k, v in enumerate(spreads(self.counts[s] - (s == r), self.sizes[s]))} for s in roles] for r in roles]

    def _payoff(self, role: int, action: int, others: Sequence[State]) -> Fraction:
        place = 0
        for order, counts in zip(self._orders[role], others):
            place = place * len(order) + order[counts]
        return self.tables[role][action][place] / self.denominator

    def options(self, s: int) -> Iterator[tuple[Payoff, list[tuple[int, Payoff]]]]:
        """For the players of every role on every action in use: what they get, and where they can move, with what they get there."""
        state = self.states[s]
        for r, taken in enumerate(state):
            for a in (a for a, k in enumerate(taken) if k):
                rest = tuple(k - (b == a) for b, k in enumerate(taken))
                others = (*state[:r], rest, *state[r + 1 :])
                reached = [(b, (*state[:r], tuple(k + (c == b) for c, k in enumerate(rest)), *state[r + 1 :])) for b in range(len(taken))]
                yield self._payoff(r, a, others), [(self.place[t], self._payoff(r, b, others)) for b, t in reached]


def spreads(players: int, actions: int) -> list[State]:
    """The ways to spread players over actions, by how many take the second action, then the third, ...; the rest the first."""
    return [(players - sum(tail), *tail) for tail in _tails(players, actions - 1)]


def _tails(most: int, length: int) -> Iterator[State]:
    if length == 0:
        yield ()
        return
    for first in range(most + 1):
        for rest in _tails(most - first, length - 1):
            yield (first, *rest)


Edges = list[list[tuple[int, int]]]


def stability_claims(certificate: Mapping[str, Any]) -> Claims:
    """Every claim of a certificate about stochastically stable states."""
    game, proof, states = certificate["game"], certificate["proof"], list(certificate["states"])
    play = Profiles(game) if "shape" in game else Counts(game)
    yield say("the concept is known to the checker"), certificate["concept"] == "stochastically-stable"
    yield say("the process is known to the checker"), proof["dynamics"] in ("mistakes", "logit")
    yield say("no state is listed twice"), len(set(states)) == len(states) == len(certificate["equilibria"]) and bool(states)
    for s, entry in zip(sorted(states), certificate["equilibria"]):
        yield from _figures(play, s, entry)
    line = isinstance(play, Counts) and play.sizes == [2] and "classes" not in proof
    if proof["dynamics"] == "logit":
        yield from _potential(play, proof, set(states), line)
    elif isinstance(play, Counts) and line:
        yield say("the cheapest trees along the line lead to the listed states"), _line(play) == set(states)
    else:
        yield from _trees(play, proof, set(states))


def _figures(play: Profiles | Counts, s: int, entry: Mapping[str, Any]) -> Claims:
    options = list(play.options(s))
    right = all(abs(real(x) - here) <= play.slack for x, (here, _) in zip(entry["payoffs"], options, strict=True))
    yield say("payoffs"), right
    regret = max(max(there for _, there in moves) - here for here, moves in options)
    yield say("regret"), abs(real(entry["regret"]) - regret) <= play.slack


def _edges(play: Profiles | Counts) -> Edges:
    """By state, the states one player can move to, with 0 for a best reply and 1 for a mistake."""
    result: Edges = []
    for s in range(len(play.states)):
        moves: list[tuple[int, int]] = []
        for _, reached in play.options(s):
            best = max(there for _, there in reached) - play.slack
            moves += [(t, int(there < best)) for t, there in reached if t != s]
        result.append(moves)
    return result


def _trees(play: Profiles | Counts, proof: Mapping[str, Any], states: set[int]) -> Claims:
    edges, classes = _edges(play), [set(c) for c in proof["classes"]]
    yield say("the classes are those that free moves lead to and never out of"), _are_recurrent(edges, classes)
    cost = [[distances[min(c)] for c in classes] for distances in (_mistakes(edges, c) for c in classes)]
    members, weights = [set(S["classes"]) for S in proof["sets"]], [int(S["value"]) for S in proof["sets"]]
    bounds = all(w >= 0 for w in weights) and all(
        sum(w for S, w in zip(members, weights) if x in S and y not in S) <= cost[x][y]
        for x in range(len(classes)) for y in range(len(classes)) if x != y
    )  # fmt: skip
    yield say("no move between classes takes fewer mistakes than the sets that it leaves weigh"), bounds
    floor = [sum(w for S, w in zip(members, weights) if x not in S) for x in range(len(classes))]
    yield say("no tree is cheaper than is claimed"), floor == proof["least"]
    stable = {x for x, value in enumerate(floor) if value == min(floor)}
    shown = {int(tree["root"]) for tree in proof["trees"] if _costs(tree, cost) == min(floor)}
    yield say("there is a tree of that cost to every class that is called stable"), shown == stable
    yield (
        say("the stable states are those of the classes with the cheapest tree"),
        states == set[int]().union(*(classes[x] for x in stable)),
    )


def _costs(tree: Mapping[str, Any], cost: list[list[int]]) -> int | None:
    """What a tree costs; None if it does not lead from every class to its root."""
    onward, root = {int(x): int(y) for x, y in tree["edges"]}, int(tree["root"])
    if set(onward) != set(range(len(cost))) - {root} or len(tree["edges"]) != len(onward):
        return None
    if not all(_arrives(onward, x, root) for x in onward):
        return None
    return sum(cost[x][y] for x, y in onward.items())


def _arrives(onward: Mapping[int, int], start: int, root: int) -> bool:
    """Whether the edges lead from ``start`` to ``root``."""
    at, steps = start, 0
    while at != root and steps <= len(onward):
        at, steps = onward[at], steps + 1
    return at == root


def _are_recurrent(edges: Edges, classes: list[set[int]]) -> bool:
    """Classes are disjoint and closed, every state of one reaches every other of it, and all states can come to some class for free."""
    free = [[t for t, cost in moves if not cost] for moves in edges]
    back: list[list[int]] = [[] for _ in free]
    for s, moves in enumerate(free):
        for t in moves:
            back[t].append(s)
    everywhere = set[int]().union(*classes)
    joined = all(c and _reach(free, [min(c)]) == c and c <= _reach(back, [min(c)]) for c in classes)
    return joined and sum(map(len, classes)) == len(everywhere) and len(_reach(back, everywhere)) == len(free)


def _reach(onward: list[list[int]], start: Sequence[int] | set[int]) -> set[int]:
    seen, stack = set(start), list(start)
    while stack:
        for t in onward[stack.pop()]:
            if t not in seen:
                seen.add(t)
                stack.append(t)
    return seen


def _mistakes(edges: Edges, sources: set[int]) -> dict[int, int]:
    """The fewest mistakes from ``sources`` to every state."""
    distance = dict.fromkeys(sources, 0)
    queue, done = deque(sources), set[int]()
    while queue:
        s = queue.popleft()
        if s in done:
            continue
        done.add(s)
        for t, cost in edges[s]:
            if t not in distance or distance[s] + cost < distance[t]:
                distance[t] = distance[s] + cost
                (queue.append if cost else queue.appendleft)(t)
    return distance


def _line(play: Counts) -> set[int]:
    """The numbers m on the second action to which the cheapest trees lead, where players are alike and have two actions."""
    n, (low, high) = play.counts[0], play.tables[0]
    gain, slack = [b - a for a, b in zip(low, high)], play.slack * play.denominator
    cost = sum(g > slack for g in gain)  # everybody above 0 moves down
    costs = [cost]
    for m in range(n):  # rooted at m + 1: state m moves up, state m + 1 no longer down
        cost += (gain[m] < -slack) - (gain[m] > slack)
        costs.append(cost)
    return {m for m, value in enumerate(costs) if value == min(costs)}


def _potential(play: Profiles | Counts, proof: Mapping[str, Any], states: set[int], line: bool) -> Claims:
    if isinstance(play, Counts):
        yield say("a counted game has a potential along a line"), line
        heights = [Fraction(0)]
        for a, b in zip(*play.tables[0]):
            heights.append(heights[-1] + (b - a) / play.denominator)
    else:
        heights = reals(proof["potential"])
        moves = ((s, t, there - here) for s in range(len(play.states)) for here, reached in play.options(s) for t, there in reached)
        same = len(heights) == len(play.states) and all(abs(heights[t] - heights[s] - gain) <= 4 * play.slack for s, t, gain in moves)
        yield say("the potential moves as the payoff of whoever deviates"), same
    top = max(heights) - play.slack
    yield say("the stable states are those of largest potential"), states == {s for s, height in enumerate(heights) if height >= top}
