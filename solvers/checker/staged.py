"""The part of the checker for games in stages: it walks the tree written in the certificate, in rational arithmetic.

Every plan is tried against each one-shot deviation in each subgame; where all outcomes are claimed to be listed, the tree is solved
again from its ends: an outcome is one if every deviation can be answered by some equilibrium of the subgame it leads to.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product
from math import prod
from typing import Any

from ...games.message import say
from .reread import TOLERANCE, Claims, real, reals

Payoffs = list[Fraction]
Signature = tuple[Any, ...]  # of an outcome: () at an end, (place, what follows) at a stage, one entry an event at a chance move


class Tree:
    """A node of the game, with all that follows it."""

    def __init__(self, data: Mapping[str, Any], players: int) -> None:
        self.payoffs: Payoffs | None = reals(data["payoffs"]) if "payoffs" in data else None
        self.children = [Tree(child, players) for child in data.get("next", [])]
        self.chances: list[Fraction] | None = reals(data["probabilities"]) if "probabilities" in data else None
        self.movers: list[int] = list(data.get("movers", []))
        self.sizes = [len(names) for names in data.get("actions", [])]
        numbers = [*data.get("payoffs", []), *data.get("probabilities", [])]
        self.exact = not any(isinstance(x, float) for x in numbers) and all(child.exact for child in self.children)
        self.size: Fraction = max([abs(x) for x in self.payoffs or []] + [child.size for child in self.children], default=Fraction(0))
        self.fits = self._fits(players)

    def _fits(self, players: int) -> bool:
        if not all(child.fits for child in self.children):
            return False
        if self.payoffs is not None:
            return len(self.payoffs) == players and not self.children and not self.movers and self.chances is None
        if self.chances is not None:
            total = abs(sum(self.chances) - 1)
            shaped = len(self.chances) == len(self.children) > 0 and min(self.chances) >= 0 and not self.movers
            return shaped and total <= (0 if self.exact else TOLERANCE)
        own = len(set(self.movers)) == len(self.movers) == len(self.sizes) > 0 and all(0 <= i < players for i in self.movers)
        return own and min(self.sizes) >= 1 and prod(self.sizes) == len(self.children)

    def deviations(self, place: int) -> Iterator[tuple[int, int]]:
        """The movers with every other place to which each of them alone can turn ``place``."""
        step = 1
        for i, size in zip(reversed(self.movers), reversed(self.sizes)):
            own = place // step % size
            yield from ((i, place + (b - own) * step) for b in range(size) if b != own)
            step *= size


def staged_claims(certificate: Mapping[str, Any]) -> Claims:
    """Every claim of a certificate about a game in stages."""
    players = len(certificate["players"])
    tree = Tree(certificate["tree"], players)
    yield say("the game is well-formed"), tree.fits
    if not tree.fits:
        return
    yield say("the concept is known to the checker"), certificate["concept"] == "subgame-perfect"
    slack = Fraction(0) if tree.exact else TOLERANCE * tree.size
    listed: list[Signature] = []
    for entry in certificate["equilibria"]:
        plan = iter(entry["plan"])
        payoffs, signature, regret = _played(tree, plan)
        listed.append(signature)
        yield say("the plan says what to do at every stage"), next(plan, None) is None
        yield say("payoffs"), all(abs(real(x) - y) <= slack for x, y in zip(entry["payoffs"], payoffs, strict=True))
        yield say("regret"), abs(real(entry["regret"]) - regret) <= slack
        yield say("nobody gains by deviating"), regret <= slack
    yield say("no outcome is listed twice"), len(set(listed)) == len(listed)
    if certificate["complete"]:
        found = {signature: count for signature, _, count in _outcomes(tree, slack)}
        yield say("no other outcome is one of a subgame-perfect equilibrium"), set(found) == set(listed)
        counts = [entry["plans"] for entry in certificate["equilibria"]]
        right = all(count is None or found.get(signature) == count for signature, count in zip(listed, counts))
        yield say("the numbers of equilibria that end alike"), right
    else:
        yield say("the numbers of equilibria that end alike"), all(entry["plans"] is None for entry in certificate["equilibria"])


def _played(tree: Tree, plan: Iterator[int]) -> tuple[Payoffs, Signature, Fraction]:
    """What a plan pays, its path of play, and the most a mover gains by one deviation anywhere."""
    if tree.payoffs is not None:
        return tree.payoffs, (), Fraction(0)
    place = None if tree.chances is not None else next(plan, -1)
    parts = [_played(child, plan) for child in tree.children]
    worst = max((regret for _, _, regret in parts), default=Fraction(0))
    if place is None:
        return _mean(tree.chances or [], [p for p, _, _ in parts]), tuple(s for _, s, _ in parts), worst
    if isinstance(place, bool) or not 0 <= place < len(parts):
        raise ValueError("a plan names a profile that is not there")
    payoffs, signature, _ = parts[place]
    gains = [parts[other][0][i] - payoffs[i] for i, other in tree.deviations(place)]
    return payoffs, (place, signature), max([worst, *gains])


def _outcomes(tree: Tree, slack: Fraction) -> list[tuple[Signature, Payoffs, int]]:
    """All equilibrium outcomes of a subgame: path, payoffs, and how many equilibria play it."""
    if tree.payoffs is not None:
        return [((), tree.payoffs, 1)]
    below = [_outcomes(child, slack) for child in tree.children]
    if tree.chances is not None:
        combined = [(tuple(s for s, _, _ in parts), _mean(tree.chances, [p for _, p, _ in parts]), parts) for parts in product(*below)]
        return [(signature, payoffs, prod(count for _, _, count in parts)) for signature, payoffs, parts in combined]
    totals = [sum(count for _, _, count in outcomes) for outcomes in below]
    found: list[tuple[Signature, Payoffs, int]] = []
    for place, outcomes in enumerate(below):
        by_place = {other: i for i, other in tree.deviations(place)}
        for signature, payoffs, count in outcomes:
            ways = [
                totals[other]
                if other not in by_place
                else sum(c for _, p, c in below[other] if p[by_place[other]] <= payoffs[by_place[other]] + slack)
                for other in range(len(below))
                if other != place
            ]
            if all(ways):
                found.append(((place, signature), payoffs, count * prod(ways)))
    return found


def _mean(chances: Sequence[Fraction], parts: Sequence[Payoffs]) -> Payoffs:
    return [sum((p * x for p, x in zip(chances, column)), start=Fraction(0)) for column in zip(*parts)]
