"""All outcomes of pure subgame-perfect equilibria of a staged game, by backward induction.

For every subgame the set of its equilibrium *outcomes* (paths of play) is found from those of the subgames that follow. A profile a
of a stage followed by an outcome o is one iff every unilateral deviation (i, b) leads to a subgame that has *some* equilibrium
which gives i no more than o does (the worst one for i will do: Abreu 1988 for repeated games), and every subgame that follows has an
equilibrium at all. Different deviations lead to different subgames, so these choices are free of one another, and their numbers
multiply: ``plans`` counts the equilibria, full plans, that end in the outcome. Ties are kept: every way to break them counts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice, product

import numpy as np

from ...games.exact import Number
from ...games.message import say
from ...games.normal_form import Profile
from ...games.staged_game import Chance, End, History, Node, Stage, StagedGame, mean, place_of, profile_at, walk

MOST_OUTCOMES = 1_000
MOST_COUNTED = 10**18  # equilibria that end alike are counted up to here

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, eq=False)
class Outcome:
    """One way a subgame can be played in equilibrium: ``place`` among the profiles of its stage and ``next`` what follows (at a
    chance move one outcome an event); ``payoffs`` expected; ``plans`` how many equilibria of the subgame play this way.
    """

    place: int
    next: tuple[Outcome, ...]
    payoffs: tuple[Number, ...]
    plans: int


@dataclass(frozen=True, eq=False)
class Solved:
    """A subgame with its equilibrium outcomes (``cut``: not all of them) and, if there are none, the history that has none."""

    node: Node
    outcomes: tuple[Outcome, ...]
    children: tuple[Solved, ...]
    cut: bool
    failed: History | None = None

    def worst(self, player: int) -> Outcome:
        """The outcome in which ``player`` gets least."""
        return min(self.outcomes, key=lambda o: o.payoffs[player])


def backward(staged: StagedGame, most: int = MOST_OUTCOMES, progress: Progress | None = None) -> Solved:
    """The tree solved from its ends, keeping up to ``most`` outcomes a subgame where chance multiplies them."""
    order = [(history, node) for history, node in walk(staged.root)]
    done: dict[int, Solved] = {}
    slack = staged.slack
    for k, (history, node) in enumerate(reversed(order)):
        if isinstance(node, End):
            solved = Solved(node, (Outcome(0, (), node.payoffs, 1),), (), False)
        else:
            children = tuple(done[id(child)] for child in node.children)
            solved = _chance(node, children, most) if isinstance(node, Chance) else _stage(node, children, slack, history, most)
        done[id(node)] = solved
        if progress is not None and k % 1024 == 0:
            progress(k, len(order), str(say("subgames solved")))
    return done[id(staged.root)]


def _chance(node: Chance, children: tuple[Solved, ...], most: int) -> Solved:
    failed = next((child.failed for child in children if not child.outcomes), None)
    combinations = product(*(child.outcomes for child in children))
    taken = list(islice(combinations, most + 1))
    outcomes: list[Outcome] = []
    for parts in taken[:most]:
        plans = 1
        for part in parts:
            plans *= part.plans
        outcomes.append(Outcome(0, tuple(parts), mean(node.probabilities, [part.payoffs for part in parts]), plans))
    return Solved(node, tuple(outcomes), children, len(taken) > most or any(child.cut for child in children), failed)


def _stage(node: Stage, children: tuple[Solved, ...], slack: Number, history: History, most: int) -> Solved:
    cut = any(child.cut for child in children)
    failed = next((child.failed for child in children if not child.outcomes), None)
    if failed is not None:
        return Solved(node, (), children, cut, failed)
    bounds = _bounds(node, children)
    totals = [sum(o.plans for o in child.outcomes) for child in children]
    alone = all(total == 1 for total in totals)  # every subgame has one equilibrium
    outcomes: list[Outcome] = []
    for place, child in enumerate(children):
        for o in child.outcomes:
            mine = [o.payoffs[i] + slack if slack else o.payoffs[i] for i in node.movers]
            if all(bound[place] <= m for bound, m in zip(bounds, mine)):
                plans = 1 if alone else _count(node, children, totals, place, mine) * o.plans
                outcomes.append(Outcome(place, (o,), o.payoffs, plans))
    return Solved(node, tuple(outcomes[:most]), children, cut or len(outcomes) > most, history if not outcomes else None)


def _bounds(node: Stage, children: tuple[Solved, ...]) -> list[list[Number]]:
    """By mover and profile, the most the mover can be sure of by choosing another action: each deviation is punished by the worst that
    may follow. (Its own action adds nothing: what follows it in the worst case is no more than what does follow.)
    """
    bounds: list[list[Number]] = []
    for k, i in enumerate(node.movers):
        least = np.empty(len(children), dtype=object)
        least[:] = [child.worst(i).payoffs[i] for child in children]
        table = least.reshape(node.sizes)
        bounds.append(list(np.broadcast_to(table.max(axis=k, keepdims=True), node.sizes).reshape(-1)))
    return bounds


def deviations(profile: Profile, k: int, sizes: Sequence[int]) -> list[int]:
    """Where the subgames stand to which mover ``k`` alone can turn ``profile``."""
    return [place_of((*profile[:k], b, *profile[k + 1 :]), sizes) for b in range(sizes[k]) if b != profile[k]]


def _count(node: Stage, children: tuple[Solved, ...], totals: list[int], place: int, mine: list[Number]) -> int:
    """In how many ways the subgames off the path can be played so that nobody deviates from ``place``."""
    profile = profile_at(place, node.sizes)
    deters = {other: k for k in range(len(node.movers)) for other in deviations(profile, k, node.sizes)}
    ways = 1
    for other, total in enumerate(totals):
        k = deters.get(other)
        if k is not None:
            ways *= sum(o.plans for o in children[other].outcomes if o.payoffs[node.movers[k]] <= mine[k])
        elif other != place:
            ways *= total
        if ways > MOST_COUNTED:
            return MOST_COUNTED + 1
    return ways
