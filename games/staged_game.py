"""Staged games: finite, moves seen by all once made, several players moving at once within a stage, chance where it comes in.

A node is an :class:`End` with payoffs, a :class:`Stage` in which ``movers`` choose at once, or a :class:`Chance`. What follows a
stage is listed by profile of the movers' actions in lexicographic order (the last mover's action changes fastest). Everybody
knows the history when moving: the games of observed actions of Fudenberg and Tirole 1991, section 3.3.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from itertools import product
from math import prod
from typing import Union

from .errors import InputError, SizeError
from .exact import TOLERANCE, Number, number
from .normal_form import NormalForm, Profile, check_size

LARGEST = 2_000_000  # nodes
LONGEST = 200  # stages and chance moves one after the other

Name = str
History = tuple[tuple[str, ...], ...]  # the actions taken, or the event that came, in every stage so far


@dataclass(frozen=True)
class End:
    """The game is over and pays ``payoffs``, one a player."""

    payoffs: tuple[Number, ...]


@dataclass(frozen=True, eq=False)
class Stage:
    """``movers`` (players by number) choose at once; ``actions[k]`` are those of ``movers[k]``; ``children`` by profile."""

    movers: tuple[int, ...]
    actions: tuple[tuple[str, ...], ...]
    children: tuple[Node, ...]

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many actions each mover has."""
        return tuple(map(len, self.actions))


@dataclass(frozen=True, eq=False)
class Chance:
    """Event k comes with ``probabilities[k]`` and leads to ``children[k]``."""

    events: tuple[str, ...]
    probabilities: tuple[Number, ...]
    children: tuple[Node, ...]


Node = Union[End, Stage, Chance]  # noqa: UP007 - the members name one another


class StagedGame:
    """A tree of stages under ``root``. Raises :class:`InputError` for a node that does not fit, :class:`SizeError` for too many."""

    def __init__(self, players: Sequence[str], root: Node) -> None:
        self.players = tuple(players)
        self.nodes = 0
        for history, node in walk(root):
            self.nodes += 1
            StagedGame.forecast(self.nodes, len(history))
            _check(node, len(self.players), history)
        self.root = _apart(root, set())

    @classmethod
    def from_function(cls, players: Sequence[str], rules: Callable[[History], Node | Sequence[Number]]) -> StagedGame:
        """The game in which ``rules(history)`` is what comes next: payoffs at an end, else :func:`move` or :func:`chance`, whose
        children are found by asking again.
        """
        made = [0]

        def build(history: History) -> Node:
            made[0] += 1
            StagedGame.forecast(made[0], len(history))
            node = rules(history)
            if isinstance(node, Stage):
                StagedGame.forecast(made[0] + prod(node.sizes))
                labels = product(*node.actions)
                return Stage(node.movers, node.actions, tuple(build((*history, taken)) for taken in labels))
            if isinstance(node, Chance):
                return Chance(node.events, node.probabilities, tuple(build((*history, (event,))) for event in node.events))
            return End(tuple(node.payoffs if isinstance(node, End) else node))

        return cls(players, build(()))

    @staticmethod
    def forecast(nodes: int, length: int = 0) -> None:
        """Raises :class:`SizeError`, with the figure, if a game of so many ``nodes``, or a play of that ``length``, does not fit."""
        if length > LONGEST:
            raise SizeError("a play of the staged game has more than {limit} moves", limit=LONGEST)
        if nodes > LARGEST:
            raise SizeError("the staged game has {n} nodes or more; at most {limit} fit", n=f"{nodes:.3g}", limit=f"{LARGEST:,}")

    def __repr__(self) -> str:
        return f"StagedGame({len(self.players)} players, {self.nodes} nodes, {'exact' if self.exact else 'float'})"

    @cached_property
    def exact(self) -> bool:
        """Whether all payoffs and probabilities are rational numbers."""
        for _, node in walk(self.root):
            numbers = node.payoffs if isinstance(node, End) else node.probabilities if isinstance(node, Chance) else ()
            if any(isinstance(x, float) for x in numbers):
                return False
        return True

    @cached_property
    def slack(self) -> Number:
        """How far apart two payoffs may be and still count as equal: 0 if the game is exact."""
        if self.exact:
            return Fraction(0)
        return TOLERANCE * max(abs(float(x)) for _, node in walk(self.root) if isinstance(node, End) for x in node.payoffs)

    def stages(self) -> Iterator[tuple[History, Stage]]:
        """Every stage with its history, in the order of :func:`walk`."""
        return ((history, node) for history, node in walk(self.root) if isinstance(node, Stage))

    def normal_form(self) -> NormalForm:
        """The game of plans: an action of a player is one choice at every stage at which it moves, in tree order.

        Raises :class:`SizeError`, with the figure, where it does not fit.
        """
        moves: list[list[tuple[str, ...]]] = [[] for _ in self.players]
        seat: dict[int, dict[int, int]] = {}  # stage -> mover -> which of its decisions this is
        for _, stage in self.stages():
            seat[id(stage)] = {i: len(moves[i]) for i in stage.movers}
            for i, names in zip(stage.movers, stage.actions):
                moves[i].append(names)
        check_size([prod(map(len, own)) for own in moves])
        plans = [list(product(*(range(len(names)) for names in own))) for own in moves]
        actions = [[" ".join(moves[i][d][a] for d, a in enumerate(plan)) or "-" for plan in own] for i, own in enumerate(plans)]

        def value(node: Node, chosen: Profile) -> tuple[Number, ...]:
            if isinstance(node, End):
                return node.payoffs
            if isinstance(node, Chance):
                parts = [value(child, chosen) for child in node.children]
                return mean(node.probabilities, parts)
            taken = [plans[i][chosen[i]][seat[id(node)][i]] for i in node.movers]
            return value(node.children[place_of(taken, node.sizes)], chosen)

        return NormalForm.from_function(lambda chosen: value(self.root, chosen), actions, self.players)


def move(movers: Sequence[int], actions: Sequence[Sequence[str]]) -> Stage:
    """A stage for :meth:`StagedGame.from_function`, what follows left open."""
    return Stage(tuple(movers), tuple(map(tuple, actions)), ())


def chance(events: Sequence[str], probabilities: Sequence[object]) -> Chance:
    """A chance move for :meth:`StagedGame.from_function`, what follows left open."""
    return Chance(tuple(events), tuple(number(p, "probability") for p in probabilities), ())


def in_turn(game: NormalForm, order: Sequence[Sequence[int]]) -> StagedGame:
    """``game`` played in stages: the players of ``order[0]`` move at once, then those of ``order[1]``, having seen it, and so on."""
    if sorted(i for group in order for i in group) != list(range(len(game.players))) or not all(order):
        raise InputError(
            "the order {order} must name every player 0 to {last} once", order=[list(g) for g in order], last=len(game.players) - 1
        )
    StagedGame.forecast(prod(game.shape))

    def build(k: int, taken: tuple[tuple[int, int], ...]) -> Node:
        if k == len(order):
            return End(game.payoffs([a for _, a in sorted(taken)]))
        group = order[k]
        profiles = product(*(range(game.shape[i]) for i in group))
        children = tuple(build(k + 1, (*taken, *zip(group, profile))) for profile in profiles)
        return Stage(tuple(group), tuple(game.actions[i] for i in group), children)

    return StagedGame(game.players, build(0, ()))


def place_of(profile: Sequence[int], sizes: Sequence[int]) -> int:
    """Where the child after ``profile`` stands in the list of children."""
    place = 0
    for a, size in zip(profile, sizes):
        place = place * size + a
    return place


def profile_at(place: int, sizes: Sequence[int]) -> Profile:
    """The profile after which the child at ``place`` comes: the inverse of :func:`place_of`."""
    profile: list[int] = []
    for size in reversed(sizes):
        place, a = divmod(place, size)
        profile.append(a)
    return tuple(reversed(profile))


def mean(probabilities: Sequence[Number], parts: Sequence[Sequence[Number]]) -> tuple[Number, ...]:
    """The expectation of several vectors of payoffs."""
    return tuple(sum((p * part[i] for p, part in zip(probabilities, parts)), start=Fraction(0)) for i in range(len(parts[0])))


def walk(root: Node) -> Iterator[tuple[History, Node]]:
    """Every node with the history that leads to it, parents before children, children in order."""
    waiting: list[tuple[History, Node]] = [((), root)]
    while waiting:
        history, node = waiting.pop()
        yield history, node
        if isinstance(node, Stage):
            labels = product(*node.actions)
            waiting += reversed([((*history, taken), child) for taken, child in zip(labels, node.children)])
        elif isinstance(node, Chance):
            waiting += reversed([((*history, (event,)), child) for event, child in zip(node.events, node.children)])


def _apart(node: Node, seen: set[int]) -> Node:
    """``node`` with no stage or chance move at two places of the tree: what happened before may matter to what is done."""
    if isinstance(node, End):
        return node
    children = tuple(_apart(child, seen) for child in node.children)
    fresh = id(node) not in seen and all(a is b for a, b in zip(children, node.children))
    seen.add(id(node))
    return node if fresh else replace(node, children=children)


def _check(node: Node, n: int, history: History) -> None:
    after = " > ".join(",".join(taken) for taken in history) or "-"
    if isinstance(node, End):
        if len(node.payoffs) != n:
            raise InputError("after {history}: {given} payoffs for {n} players", history=after, given=len(node.payoffs), n=n)
        for x in node.payoffs:
            number(x, "payoff")
    elif isinstance(node, Chance):
        total = sum(node.probabilities)
        sums = total == 1 if isinstance(total, Fraction) else abs(total - 1) < TOLERANCE
        if not sums or min(node.probabilities) < 0 or not len(node.events) == len(node.probabilities) == len(node.children):
            raise InputError("after {history}: the probabilities of the events must not be negative and must sum to 1", history=after)
    else:
        known = (
            len(set(node.movers)) == len(node.movers) == len(node.actions) and all(0 <= i < n for i in node.movers) and bool(node.movers)
        )
        if not known or not all(node.actions) or len(node.children) != prod(node.sizes):
            raise InputError("after {history}: the movers, their actions and what follows do not fit", history=after)
