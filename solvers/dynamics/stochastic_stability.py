"""Stochastically stable states: where a population that revises its actions, with rare slips, is found in the long run (D-15).

Two processes, both with one player at a time, drawn at random:

- ``mistakes``: a best reply, or with probability epsilon any action (head of :mod:`.revision`). As epsilon goes to 0 the time is
  spent in the recurrent classes of free moves whose tree of least mistakes is cheapest (Young 1993, theorem 4; Kandori, Mailath and
  Rob 1993). In games of two actions for players who are alike states lie on a line, and the trees are sums along it.
- ``logit``: action a with weight exp(u_i(a) / T). In a game with exact potential Phi the time is spent in proportion to
  exp(Phi / T), so as T goes to 0 on the maxima of Phi (Blume 1993; Monderer and Shapley 1996).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import comb, prod
from typing import Any

import numpy as np

from ...games.counted_game import RoleSymmetricGame, SymmetricGame
from ...games.errors import InputError, NotApplicable, SizeError
from ...games.exact import Array, Number, as_json
from ...games.message import Message, say
from ...games.normal_form import NormalForm
from ..certificate import LARGEST, sealed
from ..describe import describe
from ..pure import pure_regret
from ..solution import Equilibrium, Solution
from ..structure.potential import find_potential
from .arborescence import Trees, trees
from .revision import LARGEST as MOST_MOVES
from .revision import Game, Revision, count_states, forecast, mistakes_from, recurrent_classes, revision

CONCEPT = "stochastically-stable"
DYNAMICS = ("mistakes", "logit")
MOST_LISTED = 10_000  # states listed in an answer
MOST_CLASSES = 1_000
MOST_ARRANGED = 10_000  # players up to whom the profiles of a state are counted
LARGEST_PROOF = 100_000  # edges of the trees that are shown
LARGEST_CHECK = 3_000_000  # moves looked at when a certificate is re-read

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, eq=False)
class Resistances:
    """The recurrent ``classes`` (arrays of states of ``process``), ``cost[x, y]`` mistakes from class x to class y, and the trees."""

    process: Revision
    classes: tuple[Array, ...]
    cost: Array
    trees: Trees

    @property
    def stable(self) -> tuple[int, ...]:
        """The classes with the cheapest tree."""
        least = min(self.trees.least)
        return tuple(x for x, cost in enumerate(self.trees.least) if cost == least)

    @property
    def radius(self) -> tuple[int | None, ...]:
        """The fewest mistakes that lead out of every class for good; None if there is no other class."""
        return tuple(int(np.delete(row, x).min()) if len(row) > 1 else None for x, row in enumerate(self.cost))

    @property
    def coradius(self) -> tuple[int, ...]:
        """The most mistakes needed to come to a class from anywhere.

        A class with radius > coradius is the only stable one (Ellison 2000).
        """
        return tuple(int(np.delete(column, y).max(initial=0)) for y, column in enumerate(self.cost.T))


def resistances(game: Game, progress: Progress | None = None) -> Resistances:
    """Classes, mistakes between them, and cheapest trees of a game whose players err uniformly. Raises :class:`SizeError`."""
    process = revision(game)
    classes = recurrent_classes(process)
    if len(classes) > MOST_CLASSES or len(classes) * process.targets.size > 10 * MOST_MOVES:
        raise SizeError(
            "there are {n} recurrent classes among {states} states; mistakes between them are counted for at most {limit} moves in all",
            n=len(classes), states=process.states, limit=f"{10 * MOST_MOVES:,}",
        )  # fmt: skip
    first = [int(c[0]) for c in classes]
    rows: list[Array] = []
    for k, states in enumerate(classes):
        if progress is not None:
            progress(k, len(classes), "mistakes")
        rows.append(mistakes_from(process, states)[first])
    cost = np.array(rows)
    return Resistances(process, tuple(classes), cost, trees(cost))


def refuses_stochastically_stable(game: object) -> Message | None:
    """Why ``game`` is not for this method."""
    return None if isinstance(game, (NormalForm, RoleSymmetricGame)) else say("needs a normal form or a game of counted players")


def solve_stochastically_stable(game: Game, dynamics: str = "mistakes", progress: Progress | None = None) -> Solution:
    """The stochastically stable states, each with its regret (a class that is no single equilibrium has states with regrets).

    ``components`` are the stable classes, by the states in them; ``proof`` holds what :mod:`..checker.stability` re-reads. Complete,
    unless states are left out of the list. Raises :class:`InputError` for unknown dynamics, :class:`NotApplicable` where logit
    dynamics have no potential to maximise, :class:`SizeError`.
    """
    if dynamics not in DYNAMICS:
        raise InputError("dynamics={value!r} is not known; one of {known}", value=dynamics, known=list(DYNAMICS))
    if isinstance(game, SymmetricGame) and len(game.actions[0]) == 2:
        return _on_line(game, dynamics)
    if dynamics == "logit":
        return _by_potential(game if isinstance(game, NormalForm) else game.normal_form())
    found = resistances(game, progress)
    classes = [c.tolist() for c in found.classes]
    stable = [classes[x] for x in found.stable]
    shown = found.stable if len(found.stable) * len(classes) <= LARGEST_PROOF else found.stable[:1]
    proof = {
        "dynamics": dynamics,
        "classes": classes,
        "least": list(found.trees.least),
        "trees": [{"root": x, "edges": found.trees.tree(x)} for x in shown],
        "sets": [{"classes": S, "value": r} for S, r in found.trees.sets],
    }
    return _answer(game, "resistance-trees", stable, proof)


def _by_potential(game: NormalForm) -> Solution:
    potential = find_potential(game)
    if potential is None:
        raise NotApplicable("logit dynamics are solved where the game has an exact potential; this one has none")
    flat = potential.ravel()
    slack = game.slack / game.denominator
    stable = [[int(s)] for s in np.flatnonzero(flat >= flat.max() - slack)]
    return _answer(game, "potential", stable, {"dynamics": "logit", "potential": flat.tolist()})


def _on_line(game: SymmetricGame, dynamics: str) -> Solution:
    """Two actions for players who are alike: state m has m players on the second."""
    if dynamics == "logit":
        heights = line_potential(game)
        stable = [[int(m)] for m in np.flatnonzero(heights >= heights.max() - game.slack)]
        return _answer(game, "potential", stable, {"dynamics": "logit"})
    cost = line_trees(game)
    at = np.flatnonzero(cost == cost.min())
    gaps = np.flatnonzero(np.diff(at) > 1) + 1
    stable = [part.tolist() for part in np.split(at, gaps)]
    proof = {"dynamics": "mistakes"}
    return _answer(game, "resistances-on-a-line", _by_class(game, stable), proof)


def _by_class(game: SymmetricGame, runs: list[list[int]]) -> list[list[int]]:
    """Neighbouring stable counts belong to one class only where free moves join them both ways."""
    up, down = line_moves(game)
    classes: list[list[int]] = []
    for run in runs:
        classes.append(run[:1])
        for m in run[1:]:
            if up[m - 1] == 0 and down[m] == 0:
                classes[-1].append(m)
            else:
                classes.append([m])
    return classes


def line_moves(game: SymmetricGame) -> tuple[Array, Array]:
    """Mistakes needed to go from m to m + 1 players on the second action, and from m to m - 1; each of shape ``(n + 1,)``."""
    gain, n = game.gain, game.n
    up, down = np.zeros(n + 1, dtype=np.int64), np.zeros(n + 1, dtype=np.int64)
    up[:n] = gain < -game.slack  # one who joins m others
    down[1:] = gain > game.slack  # one who leaves m - 1 others
    return up, down


def line_trees(game: SymmetricGame) -> Array:
    """The cost of the cheapest tree rooted at every m: everybody below moves up, everybody above down; shape ``(n + 1,)``."""
    up, down = line_moves(game)
    return np.concatenate([[0], np.cumsum(up[:-1])]) + down.sum() - np.cumsum(down)


def line_potential(game: SymmetricGame) -> Array:
    """The exact potential of a two-action game of players who are alike, by m, in units of 1/denominator: sum of gains up to m."""
    fits = game.gain.dtype != object and float(np.abs(game.gain).max()) * game.n < 2**62
    gain = game.gain if fits or not game.exact else game.gain.astype(object)
    return np.concatenate([np.zeros(1, dtype=gain.dtype), np.cumsum(gain)])


def _answer(game: Game, method: str, stable: list[list[int]], proof: dict[str, Any]) -> Solution:
    states = sorted(s for part in stable for s in part)
    kept = states[:MOST_LISTED]
    stop = None if len(kept) == len(states) else say("limit: {kept} of {all} stable states are listed", kept=len(kept), all=len(states))
    equilibria = tuple(_equilibria(game, kept))
    return Solution(
        describe(game),
        CONCEPT,
        method,
        stop is None,
        stop,
        equilibria,
        components=tuple({"states": part} for part in stable) if stop is None else (),
        limited=stop is not None,
        proof=proof,
    )


def _equilibria(game: Game, states: list[int]) -> Iterable[Equilibrium]:
    if isinstance(game, NormalForm):
        for s in states:
            profile = tuple(int(a) for a in np.unravel_index(s, game.shape))
            yield Equilibrium(game.pure(profile), game.payoffs(profile), pure_regret(game, profile))
        return
    line = isinstance(game, SymmetricGame) and len(game.actions[0]) == 2
    everywhere = None if line else count_states(game)
    for s in states:
        yield counted_equilibrium(game, ((game.n - s, s),) if everywhere is None else everywhere[s])


def counted_equilibrium(game: RoleSymmetricGame, state: tuple[tuple[int, ...], ...]) -> Equilibrium:
    """A pure state of a counted game as it stands in a :class:`Solution`: an entry for every action in use."""
    entries: list[dict[str, object]] = []
    payoffs: list[Number] = []
    regret: Number = Fraction(0)
    for r, (taken, paid) in enumerate(zip(state, game.payoffs(state))):
        for a, got in enumerate(paid):
            if got is None:
                continue
            others = [tuple(k - (s == r and c == a) for c, k in enumerate(row)) for s, row in enumerate(state)]
            regret = max(regret, *(game.payoff(r, b, others) - got for b in range(len(taken))))
            sure = tuple(Fraction(int(b == a)) for b in range(len(taken)))
            entries.append({"role": game.roles[r], "players": taken[a], "strategy": sure})
            payoffs.append(got)
    named = prod(_arrangements(taken) for taken in state) if game.n <= MOST_ARRANGED else None
    return Equilibrium(entries, tuple(payoffs), regret, named)


def _arrangements(taken: tuple[int, ...]) -> int:
    """In how many ways named players can take the actions so many times."""
    ways, left = 1, sum(taken)
    for k in taken:
        ways *= comb(left, min(k, left - k))
        left -= k
    return ways


def stability_certificate(game: Game, answer: Solution) -> dict[str, Any] | None:
    """The claims of ``answer`` with the game and what proves them; None where it would be too large to be read again."""
    proof = answer.proof or {}
    numbers = game.table.size if isinstance(game, NormalForm) else sum(t.size for t in game.tables)
    line = isinstance(game, SymmetricGame) and len(game.actions[0]) == 2
    work = numbers if line or proof["dynamics"] == "logit" else len(proof["classes"]) * forecast(game)
    trees_left_out = "trees" in proof and len(proof["trees"]) < len(answer.components)
    if numbers > LARGEST or work > LARGEST_CHECK or not answer.complete or trees_left_out:
        return None
    if proof["dynamics"] == "logit" and not line and not isinstance(game, NormalForm):
        game = game.normal_form()
    return sealed(
        {
            "kind": "stochastic-stability",
            "game": _written(game),
            "concept": answer.concept,
            "method": answer.method,
            "complete": answer.complete,
            "states": [s for part in answer.components for s in part["states"]],
            "equilibria": [as_json({"payoffs": e.payoffs, "regret": e.regret}) for e in answer.equilibria],
            "proof": as_json(proof),
        }
    )


def _written(game: Game) -> dict[str, Any]:
    if isinstance(game, NormalForm):
        payoffs = {"players": list(game.players), "shape": list(game.shape), "payoffs": as_json(game.table)}
    else:
        sizes = {"counts": list(game.players), "sizes": [len(a) for a in game.actions]}
        payoffs = {"roles": list(game.roles), **sizes, "tables": [as_json(t.reshape(len(t), -1)) for t in game.tables]}
    return payoffs | {"denominator": game.denominator}
