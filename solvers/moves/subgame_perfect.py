"""Subgame-perfect equilibria of staged games in pure plans: every outcome of one, each with a full plan that leads to it.

The outcomes are found in :mod:`.staged_outcomes`; here each is given a plan, played back in the tree, and written down. Selten 1965,
Kuhn 1953; one-shot deviations suffice in finite games (checked again from the certificate).
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from ...games.errors import InputError
from ...games.exact import Number, as_json
from ...games.message import Message, say
from ...games.staged_game import Chance, End, Node, Stage, StagedGame, mean, profile_at, walk
from ..certificate import sealed
from ..describe import describe
from ..solution import Equilibrium, Solution
from .staged_outcomes import MOST_COUNTED, MOST_OUTCOMES, Outcome, Progress, Solved, backward, deviations

LARGEST_PLANS = 5_000_000  # choices written down in all plans together
LARGEST_CERTIFICATE = 200_000  # numbers


def solve_subgame_perfect(staged: StagedGame, most: int = MOST_OUTCOMES, progress: Progress | None = None) -> Solution:
    """Every outcome of a pure subgame-perfect equilibrium of ``staged``, each with a full plan that leads to it.

    ``profile`` lists the stages on the path: ``{"history", "moves"}`` with moves by player. ``proof["plans"]`` has for each
    equilibrium the place of the chosen profile at every stage of the tree, in tree order. Exact; complete unless a limit is said.
    Raises :class:`InputError` for a bad limit.
    """
    if isinstance(most, bool) or not isinstance(most, int) or most < 1:  # pyright: ignore[reportUnnecessaryIsInstance]
        raise InputError("{name}={value!r} must be a whole number, at least {least}", name="most", value=most, least=1)
    most = min(most, LARGEST_PLANS)
    solved = backward(staged, most, progress)
    stages = list(staged.stages())
    kept = solved.outcomes[: max(1, min(most, LARGEST_PLANS // max(1, len(stages))))]
    plans = [plan_of(solved, outcome) for outcome in kept]
    equilibria = tuple(_equilibrium(staged, outcome, plan, exactly=not solved.cut) for outcome, plan in zip(kept, plans))
    limited = solved.cut or len(kept) < len(solved.outcomes)
    return Solution(
        describe(staged),
        "subgame-perfect",
        "backward-induction",
        not limited,
        _stop(solved, len(kept), limited),
        equilibria,
        limited=limited,
        proof={"plans": plans},
    )


def _stop(solved: Solved, kept: int, limited: bool) -> Message | None:
    if limited:
        return say("limit: {kept} outcomes of subgame-perfect equilibria are listed; there may be more", kept=kept)
    if solved.failed is not None:
        where = " > ".join(",".join(taken) for taken in solved.failed) or "-"
        return say("no pure equilibrium: after {history} no profile is one, whatever follows", history=where)
    return None


def plan_of(solved: Solved, outcome: Outcome) -> list[int]:
    """A full plan that plays ``outcome``: the place of the chosen profile at every stage, in tree order. After a deviation by one
    mover the subgame is played as is worst for it; elsewhere in any equilibrium.
    """
    plan: list[int] = []
    waiting: list[tuple[Solved, Outcome]] = [(solved, outcome)]
    while waiting:
        here, played = waiting.pop()
        node = here.node
        if isinstance(node, Chance):
            waiting += reversed(list(zip(here.children, played.next)))
        elif isinstance(node, Stage):
            plan.append(played.place)
            profile = profile_at(played.place, node.sizes)
            deters = {other: i for k, i in enumerate(node.movers) for other in deviations(profile, k, node.sizes)}
            follow: list[tuple[Solved, Outcome]] = []
            for place, child in enumerate(here.children):
                chosen = played.next[0] if place == played.place else child.worst(deters[place]) if place in deters else child.outcomes[0]
                follow.append((child, chosen))
            waiting += reversed(follow)
    return plan


def _equilibrium(staged: StagedGame, outcome: Outcome, plan: list[int], exactly: bool) -> Equilibrium:
    payoffs, regret = replay(staged, plan)
    counted = exactly and outcome.plans <= MOST_COUNTED
    return Equilibrium(path_of(staged, plan), payoffs, regret, outcome.plans if counted else None)


def replay(staged: StagedGame, plan: Sequence[int]) -> tuple[tuple[Number, ...], Number]:
    """Payoffs of a full plan, and the most any mover gains by a one-shot deviation in any subgame, from the tree alone."""
    order = [node for _, node in walk(staged.root)]
    places = {id(node): a for node, a in zip((node for node in order if isinstance(node, Stage)), plan, strict=True)}
    value: dict[int, tuple[Number, ...]] = {}
    worst: Number = Fraction(0)
    for node in reversed(order):
        if isinstance(node, End):
            value[id(node)] = node.payoffs
        elif isinstance(node, Chance):
            value[id(node)] = mean(node.probabilities, [value[id(child)] for child in node.children])
        else:
            place = places[id(node)]
            value[id(node)] = now = value[id(node.children[place])]
            for k, i in enumerate(node.movers):
                for other in deviations(profile_at(place, node.sizes), k, node.sizes):
                    worst = max(worst, value[id(node.children[other])][i] - now[i])
    return value[id(staged.root)], worst


def path_of(staged: StagedGame, plan: Sequence[int]) -> list[dict[str, Any]]:
    """The stages that a plan reaches, each with its history and what everybody who moves there does."""
    places = iter(plan)
    reached: list[dict[str, Any]] = []
    live: set[int] = {id(staged.root)}
    for history, node in walk(staged.root):
        here = id(node) in live
        if isinstance(node, Stage):
            place = next(places)
            if here:
                chosen = profile_at(place, node.sizes)
                moves = {staged.players[i]: names[a] for i, names, a in zip(node.movers, node.actions, chosen)}
                reached.append({"history": [list(taken) for taken in history], "moves": moves})
                live.add(id(node.children[place]))
        elif isinstance(node, Chance) and here:
            live |= {id(child) for child in node.children}
    return reached


def staged_certificate(staged: StagedGame, answer: Solution) -> dict[str, Any] | None:
    """The tree, every plan with its payoffs and regret, and whether these are all outcomes; None where it would be too large.

    Completeness is proved by the checker itself, which solves the tree again.
    """
    plans = answer.proof["plans"] if answer.proof else []
    stages = len(plans[0]) if plans else 0
    if staged.nodes * (len(staged.players) + 1) + stages * len(plans) > LARGEST_CERTIFICATE:
        return None
    entries = [
        as_json({"plan": plan, "payoffs": e.payoffs, "regret": e.regret, "plans": e.orbit_size})
        for plan, e in zip(plans, answer.equilibria)
    ]
    return sealed(
        {
            "kind": "staged",
            "players": list(staged.players),
            "tree": _tree(staged.root),
            "concept": answer.concept,
            "complete": answer.complete,
            "equilibria": entries,
        }
    )


def _tree(node: Node) -> dict[str, Any]:
    if isinstance(node, End):
        return {"payoffs": as_json(node.payoffs)}
    children = [_tree(child) for child in node.children]
    if isinstance(node, Chance):
        return {"events": list(node.events), "probabilities": as_json(node.probabilities), "next": children}
    return {"movers": list(node.movers), "actions": [list(names) for names in node.actions], "next": children}


def refuses_staged(game: object) -> Message | None:
    """Why ``game`` is not solved by backward induction; None if it is."""
    return None if isinstance(game, StagedGame) else say("needs a game in stages")


__all__ = [
    "MOST_OUTCOMES", "path_of", "plan_of", "refuses_staged", "replay", "solve_subgame_perfect", "staged_certificate",
]  # fmt: skip
