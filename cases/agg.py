"""Action-graph games, ``.agg`` (Jiang, Leyton-Brown and Bhat 2011): what an action pays depends on how many take each neighbouring action.

After a first line ``#AGG``, and between comments that start with ``#``: the number n of players, of action nodes, of function nodes;
how many actions each player has; which nodes these are; for every node how many neighbours it has and which; the kinds of the
function nodes; and for every action node its payoffs by configuration, which counts *all* players (the one who takes the action too)
at its neighbours: either ``0`` and the payoffs of all possible configurations in lexicographic order, or ``1``, their number, and
``[configuration] payoff`` each.

Players with the same nodes are interchangeable, so every such game is one of roles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import numpy as np

from ..games.counted_game import Counts, RoleSymmetricGame, SymmetricGame, check_counts, count_vectors
from ..games.errors import InputError, SizeError
from ..games.exact import Number
from ..games.message import say
from ..games.normal_form import MOST_PLAYERS, NormalForm
from .game_file import Game, Words, opened, texts_of

MOST_PAYOFFS = 500_000  # of a counted game that is read from or written to an action graph
COMMENT = re.compile(r"^[ \t]*#.*$", re.MULTILINE)

Configuration = tuple[int, ...]


@dataclass(frozen=True)
class Function:
    """A function node: the sum (``kind`` 0) of the counts of its neighbours by their ``weights``, on top of ``start``; whether that is
    positive (1); the weight of the highest (2) or lowest (3) neighbour that anybody takes, ``start`` if none.
    """

    kind: int
    neighbours: tuple[int, ...]
    start: int
    weights: tuple[int, ...]

    def value(self, counts: Configuration) -> int:
        """Its count when ``counts`` players take each action node."""
        if self.kind >= 2:
            taken = [node for node in sorted(self.neighbours) if counts[node]]
            return self.start if not taken else self.weights[taken[-1] if self.kind == 2 else taken[0]]
        total = self.start + sum(self.weights[node] * counts[node] for node in self.neighbours)
        return total if self.kind == 0 else int(total > 0)


@dataclass(frozen=True)
class Graph:
    """The roles (how many players, which nodes), the neighbours of every action node, and the function nodes."""

    players: tuple[int, ...]
    nodes: tuple[tuple[int, ...], ...]
    neighbours: tuple[tuple[int, ...], ...]
    functions: tuple[Function, ...]

    def counts(self, taken: tuple[Counts, ...]) -> Configuration:
        """How many players are at each action node when ``taken[role][action]`` take each action."""
        total = [0] * len(self.neighbours)
        for nodes, counts in zip(self.nodes, taken):
            for node, k in zip(nodes, counts):
                total[node] += k
        return tuple(total)

    def seen(self, node: int, counts: Configuration) -> Configuration:
        """The configuration of the neighbours of action node ``node``."""
        size = len(counts)
        return tuple(counts[k] if k < size else self.functions[k - size].value(counts) for k in self.neighbours[node])

    def others(self, role: int) -> Iterator[tuple[Counts, ...]]:
        """All ways in which the others of a player of ``role`` can spread."""
        vectors = [count_vectors(n - (s == role), len(self.nodes[s])) for s, n in enumerate(self.players)]
        yield from product(*([tuple(map(int, row)) for row in rows] for rows in vectors))

    def possible(self, node: int) -> list[Configuration]:
        """The configurations that whoever takes ``node`` may see, in lexicographic order."""
        found: set[Configuration] = set()
        for role, nodes in enumerate(self.nodes):
            if node in nodes:
                for others in self.others(role):
                    counts = list(self.counts(others))
                    counts[node] += 1
                    found.add(self.seen(node, tuple(counts)))
        return sorted(found)


def read_agg(path: Path) -> RoleSymmetricGame:
    """The counted game in the ``.agg`` file ``path``: a :class:`SymmetricGame` where all players have the same actions, otherwise a role
    for every set of actions. Raises as :func:`.game_file.read_game`.
    """
    words = opened(path, _without_comments)
    graph = _graph(words)
    if len(graph.players) > MOST_PLAYERS:
        raise SizeError(
            "the action graph has {n} different sets of actions; at most {limit} are read", n=len(graph.players), limit=MOST_PLAYERS
        )
    cells = check_counts(graph.players, [len(nodes) for nodes in graph.nodes])
    if cells > MOST_PAYOFFS:
        raise SizeError(
            "the action graph has {cells} payoffs by counts; at most {limit} are read", cells=f"{cells:,}", limit=f"{MOST_PAYOFFS:,}"
        )
    payoffs = [_payoffs(words, graph, node) for node in range(len(graph.neighbours))]
    words.end(say("the payoffs"))
    tables = [_table(words, graph, payoffs, role) for role in range(len(graph.players))]
    actions = [[str(a + 1) for a in range(len(nodes))] for nodes in graph.nodes]
    if len(graph.players) == 1:
        return SymmetricGame(tables[0], graph.players[0], actions[0])
    return RoleSymmetricGame(tables, graph.players, actions)


def _without_comments(text: str) -> str:
    """The text with its comments blanked, so that lines keep their numbers; an empty first word where it is no action graph."""
    mark = text.lstrip()[:5].rstrip().upper()
    return COMMENT.sub("", text) if mark == "#AGG" else "BAGG" if mark == "#BAGG" else "no#AGG"


def _graph(words: Words) -> Graph:
    if words.next.value == "BAGG":
        words.fail(0, say("this is a Bayesian action-graph game; only those without types are read"))
    if words.next.value == "no#AGG":
        words.fail(0, say("the first line of an action graph is #AGG"))
    n, nodes, functions = words.whole(1), words.whole(1), words.whole()
    if max(n, nodes, functions) > len(words.text):
        words.fail(0, say("a file this short cannot hold {n} players and {nodes} nodes", n=n, nodes=nodes + functions))
    sizes = [words.whole(1) for _ in range(n)]
    owners: dict[tuple[int, ...], int] = {}
    for size in sizes:
        own = tuple(_node(words, nodes) for _ in range(size))
        if len(set(own)) < size:
            words.fail(words.next.place, say("a player's actions name a node twice: {nodes}", nodes=list(own)))
        owners[own] = owners.get(own, 0) + 1
    rows = [tuple(_node(words, nodes + functions) for _ in range(words.whole())) for _ in range(nodes + functions)]
    kinds = tuple(_function(words, row, nodes, nodes + functions) for row in rows[nodes:])
    return Graph(tuple(owners.values()), tuple(owners), tuple(rows[:nodes]), kinds)


def _node(words: Words, limit: int) -> int:
    token = words.next
    node = words.whole()
    if node >= limit:
        words.fail(token.place, say("node {node} does not exist; the last is {last}", node=node, last=limit - 1))
    return node


def _function(words: Words, neighbours: tuple[int, ...], nodes: int, size: int) -> Function:
    """One function node from its signature."""
    token = words.next
    kind = words.whole()
    if kind not in (0, 1, 2, 3, 10, 11, 12, 13) or any(k >= nodes for k in neighbours):
        words.fail(token.place, say("function nodes are read of kinds 0 to 3 and 10 to 13, with action nodes as neighbours only"))
    if kind < 10:
        return Function(kind, neighbours, size if kind > 1 else 0, tuple(range(nodes)) if kind > 1 else (1,) * nodes)
    start = _integer(words)
    words.mark("[")
    weights = tuple(_integer(words) for _ in range(nodes))
    words.mark("]")
    return Function(kind - 10, neighbours, start, weights)


def _integer(words: Words) -> int:
    token = words.next
    value = words.number()
    if value.denominator != 1:
        words.wrong(token, say("a whole number"))
    return int(value)


def _payoffs(words: Words, graph: Graph, node: int) -> dict[Configuration, Number]:
    """What action node ``node`` pays by the configuration of its neighbours."""
    token = words.next
    kind = words.whole()
    if kind == 0:
        configurations = graph.possible(node)
        values = words.numbers(len(configurations), say("payoffs of action node {node}", node=node))
        return dict(zip(configurations, values.tolist()))
    if kind != 1:
        words.fail(token.place, say("payoffs of kind {kind} are not read; kinds 0 (all in order) and 1 (by configuration) are", kind=kind))
    result: dict[Configuration, Number] = {}
    for _ in range(words.whole()):
        words.mark("[")
        place = words.next.place
        configuration = tuple(_integer(words) for _ in graph.neighbours[node])
        words.mark("]")
        if configuration in result:
            words.fail(place, say("configuration {given} of action node {node} stands here twice", given=list(configuration), node=node))
        result[configuration] = words.number()
    return result


def _table(words: Words, graph: Graph, payoffs: list[dict[Configuration, Number]], role: int) -> object:
    """The payoffs of ``role`` by own action and counts of the others."""
    nodes = graph.nodes[role]
    shape = [len(count_vectors(n - (s == role), len(graph.nodes[s]))) for s, n in enumerate(graph.players)]
    table = np.empty((len(nodes), *shape), dtype=object)
    flat = table.reshape(len(nodes), -1)
    for column, others in enumerate(graph.others(role)):
        base = graph.counts(others)
        for a, node in enumerate(nodes):
            counts = tuple(k + (place == node) for place, k in enumerate(base))
            seen = graph.seen(node, counts)
            if seen not in payoffs[node]:
                words.fail(
                    len(words.text), say("no payoff is given for configuration {given} of action node {node}", given=list(seen), node=node)
                )
            flat[a, column] = payoffs[node][seen]
    return table


def agg_text(game: Game) -> str:
    """A counted game as an ``.agg`` file: a node for every action of every role, each the neighbour of all; names stand in comments only.

    Raises :class:`InputError` for a normal form, whose players are not counted, and :class:`SizeError` where it does not fit.
    """
    if isinstance(game, NormalForm):
        raise InputError("an .agg file holds a counted game; write a normal form to .nfg, or make it counted with symmetric_form")
    sizes = [len(names) for names in game.actions]
    cells = check_counts(game.players, sizes)
    if cells > MOST_PAYOFFS:
        raise SizeError(
            "the game has {cells} payoffs by counts; at most {limit} are written to .agg", cells=f"{cells:,}", limit=f"{MOST_PAYOFFS:,}"
        )
    first = [sum(sizes[:r]) for r in range(len(sizes))]
    total = sum(sizes)
    own = [" ".join(str(first[r] + a) for a in range(sizes[r])) for r, n in enumerate(game.players) for _ in range(n)]
    lines = ["#AGG", "# players, action nodes, function nodes", str(game.n), str(total), "0", "# numbers of actions"]
    lines += [" ".join(str(sizes[r]) for r, n in enumerate(game.players) for _ in range(n)), "# actions", *own, "# neighbours"]
    lines += [" ".join(map(str, (total, *range(total))))] * total
    for r, names in enumerate(game.actions):
        for a, name in enumerate(names):
            lines.append(f"# {_plain(game.roles[r])}: {_plain(name)}")
            lines += _node_lines(game, r, a)
    return "\n".join(lines) + "\n"


def _node_lines(game: RoleSymmetricGame, role: int, action: int) -> list[str]:
    """The payoffs of one action node, by configuration."""
    vectors = [count_vectors(n - (s == role), len(game.actions[s])) for s, n in enumerate(game.players)]
    numbers = texts_of(game.tables[role][action], game.denominator)
    rows: list[str] = []
    for others, number in zip(product(*(v.tolist() for v in vectors)), numbers):
        counts = [k + ((s, a) == (role, action)) for s, taken in enumerate(others) for a, k in enumerate(taken)]
        rows.append(f"[{' '.join(map(str, counts))}] {number}")
    return [f"1 {len(rows)}", *rows]


def _plain(name: str) -> str:
    return " ".join(name.split())
