"""Dominance: actions that are worse whatever the others do, and what is left when they are removed again and again.

Action b *strictly* beats a when it pays more against everything the others can still do; it *weakly* beats a when it never pays
less and sometimes more. A mixture of actions can beat an action that no single one beats; whether one does is a matrix game, whose
other side is a belief against which the action is best (Pearce 1984, Lemma 3).

Each round removes every beaten action of every player at once. For strict dominance the order does not matter, and whoever is left
alone is the only equilibrium of any kind (Moulin 1979); for weak dominance it does, and these are the maximal simultaneous rounds.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import prod
from typing import Any, Literal, cast, get_args

import numpy as np

from ...games.errors import InputError, SizeError
from ...games.exact import Array, as_json
from ...games.linear_program import matrix_game
from ...games.message import Message, say
from ...games.normal_form import NormalForm
from ..certificate import normal_form_json, sealed
from ..describe import describe
from ..pure import pure_regret
from ..solution import Equilibrium, Solution

Kind = Literal["strict", "strict-mixed", "weak"]
KINDS: tuple[str, ...] = get_args(Kind)
LARGEST_MIXED = 40_000  # payoffs of one player that exact matrix games are solved on
LARGEST_PROOF = 200_000  # numbers of a game that are written into a certificate


@dataclass(frozen=True)
class Beaten:
    """In ``round``, ``action`` of ``player`` (indices) is beaten by the mixture ``by``: the probability of every action."""

    round: int
    player: int
    action: int
    by: tuple[Fraction, ...]


@dataclass(frozen=True, eq=False)
class Elimination:
    """What iterated elimination of ``kind`` leaves: ``survivors[i]`` (action indices of player i), the ``removed`` in order with
    who beats them, and ``game``, the game among the survivors. ``beliefs[i][a]``, for dominance by mixtures in exact games, are
    weights over the others' surviving profiles against which the survivor a is best: why it stays.
    """

    kind: Kind
    survivors: tuple[tuple[int, ...], ...]
    removed: tuple[Beaten, ...]
    game: NormalForm
    beliefs: tuple[dict[int, tuple[Fraction, ...]], ...] | None = None

    @property
    def rounds(self) -> int:
        """How many rounds removed something."""
        return max((beaten.round for beaten in self.removed), default=0)

    def to_dict(self) -> dict[str, Any]:
        """The JSON form, schema ``encompass/elimination/1``."""
        return {"schema": "encompass/elimination/1", "players": list(self.game.players), **self.proof()}

    def proof(self) -> dict[str, Any]:
        """Survivors and steps in JSON."""
        steps = [as_json({"round": b.round, "player": b.player, "action": b.action, "by": b.by}) for b in self.removed]
        beliefs = {} if self.beliefs is None else {"beliefs": [as_json(known) for known in self.beliefs]}
        return {"kind": self.kind, "survivors": [list(left) for left in self.survivors], "removed": steps, **beliefs}


def iterated_elimination(game: NormalForm, kind: str = "strict") -> Elimination:
    """Iterated elimination: ``"strict"`` (by single actions), ``"strict-mixed"`` (by mixtures), ``"weak"`` (by single actions).

    Raises :class:`InputError` for another kind, :class:`SizeError` if the matrix games of mixtures do not fit.
    """
    if kind not in KINDS:
        raise InputError("{name}={value!r} is not known; one of {known}", name="kind", value=kind, known=list(KINDS))
    cells = prod(game.shape)
    if kind == "strict-mixed" and cells > LARGEST_MIXED:
        raise SizeError(
            "dominance by mixtures of a game with {cells} profiles does not fit; at most {limit}", cells=f"{cells:,}", limit=LARGEST_MIXED
        )
    alive = [list(range(k)) for k in game.shape]
    removed: list[Beaten] = []
    count = 0
    while True:
        count += 1
        found = [(i, a, by) for i in range(len(alive)) for a, by in _beaten(game, alive, i, kind).items()]
        if not found:
            break
        for player, action, by in found:
            removed.append(Beaten(count, player, action, by))
        for player, action, _ in found:
            alive[player].remove(action)
    beliefs = tuple(_beliefs(game, alive, i) for i in range(len(alive))) if kind == "strict-mixed" and game.exact else None
    return Elimination(cast(Kind, kind), tuple(map(tuple, alive)), tuple(removed), _among(game, alive), beliefs)


def dominant_actions(game: NormalForm, strict: bool = True) -> tuple[tuple[int, ...], ...]:
    """By player, the actions that beat every other whatever the others do: strictly, or (``strict=False``) by never being worse."""
    result: list[tuple[int, ...]] = []
    for player in range(len(game.players)):
        own = _rows(game, [list(range(k)) for k in game.shape], player)
        least, strictly = (plain_slack(game), True) if strict else (-plain_slack(game), False)
        good = [a for a in range(len(own)) if all(_above(own[a], own[b], least, strictly) for b in range(len(own)) if b != a)]
        result.append(tuple(good))
    return tuple(result)


def _above(a: Array, b: Array, least: Any, strictly: bool) -> bool:
    return bool(((a - b) > least).all() if strictly else ((a - b) >= least).all())


def _rows(game: NormalForm, alive: list[list[int]], player: int) -> Array:
    """Payoffs of ``player``, shape ``(own actions alive, profiles of the others alive)``, in units of 1 / denominator."""
    own = np.moveaxis(game.table[player][np.ix_(*alive)], player, 0)
    return own.reshape(len(alive[player]), -1)


def _among(game: NormalForm, alive: list[list[int]]) -> NormalForm:
    names = [[game.actions[i][a] for a in left] for i, left in enumerate(alive)]
    return NormalForm.from_integers(game.table[np.ix_(range(len(alive)), *alive)], game.denominator, game.players, names)


def _beaten(game: NormalForm, alive: list[list[int]], player: int, kind: str) -> dict[int, tuple[Fraction, ...]]:
    """The beaten actions of ``player`` and the mixture that beats each."""
    own, names, size = _rows(game, alive, player), alive[player], game.shape[player]
    if len(names) == 1:
        return {}
    beats = _weakly if kind == "weak" else _strictly
    slack = plain_slack(game)
    pairs = {k: [int(m) for m in np.flatnonzero(beats(own - own[k], slack)) if m != k] for k in range(len(own))}
    # In float games "better by more than the slack" is not transitive, so whoever beats must itself stay.
    found = {k: next((m for m in by if not pairs[m]), None) for k, by in pairs.items()}
    result = {names[k]: _mixture(size, {names[m]: Fraction(1)}) for k, m in found.items() if m is not None}
    if kind != "strict-mixed":
        return result
    rest = [k for k in range(len(own)) if names[k] not in result]
    for k in list(rest):
        value, p, _ = matrix_game((own[rest] - own[k]).T.astype(object))
        if value > game.slack:
            result[names[k]] = _mixture(size, {names[m]: weight for m, weight in zip(rest, p) if weight})
    return result


def plain_slack(game: NormalForm) -> Any:
    """The slack, 0 of exact games as a machine integer: comparing large tables with a Fraction is a hundred times slower."""
    return game.slack or 0


def _strictly(gains: Array, slack: Any) -> Array:
    """Which rows are gains everywhere."""
    return (gains > slack).all(axis=1)


def _weakly(gains: Array, slack: Any) -> Array:
    """Which rows are nowhere losses and somewhere gains."""
    return (gains >= -slack).all(axis=1) & (gains > slack).any(axis=1)


def _mixture(size: int, weights: dict[int, Fraction]) -> tuple[Fraction, ...]:
    return tuple(weights.get(a, Fraction(0)) for a in range(size))


def _beliefs(game: NormalForm, alive: list[list[int]], player: int) -> dict[int, tuple[Fraction, ...]]:
    """By survivor, weights over the others' surviving profiles against which it is a best reply."""
    own = _rows(game, alive, player)
    return {a: matrix_game((own - own[k]).T.astype(object))[2] for k, a in enumerate(alive[player])}


def refuses_dominance(game: object) -> Message | None:
    """Why elimination does not take ``game``; None if it does."""
    return None if isinstance(game, NormalForm) else say("needs a normal form")


def solve_dominance(game: NormalForm, kind: str = "strict") -> Solution:
    """The single profile that iterated elimination leaves, or none; ``proof`` holds the survivors and every step.

    Complete where strict elimination leaves one profile: that is then the only equilibrium, mixed ones included.
    """
    left = iterated_elimination(game, kind)
    about, method = describe(game), f"iterated-{left.kind}-dominance"
    count = prod(map(len, left.survivors))
    if count > 1:
        stop = say("elimination leaves {n} profiles and singles out none", n=f"{count:,}")
        return Solution(about, "dominance", method, False, stop, (), proof=left.proof())
    profile = tuple(actions[0] for actions in left.survivors)
    equilibrium = Equilibrium(game.pure(profile), game.payoffs(profile), pure_regret(game, profile))
    only = kind != "weak"
    stop = None if only else say("weak elimination leaves this equilibrium; it may have removed others")
    return Solution(about, "dominance", method, only, stop, (equilibrium,), proof=left.proof())


def dominance_certificate(game: NormalForm, answer: Solution) -> dict[str, Any] | None:
    """Every step of the elimination with the game it is about; None where that is too large to be read."""
    steps = answer.proof or {}
    written = sum(len(step["by"]) for step in steps["removed"]) + sum(len(b) for known in steps.get("beliefs", ()) for b in known.values())
    if game.table.size + written > LARGEST_PROOF:
        return None
    return sealed(
        {
            "kind": "dominance",
            "game": normal_form_json(game),
            "complete": answer.complete,
            "equilibria": [as_json({"profile": e.profile, "payoffs": e.payoffs, "regret": e.regret}) for e in answer.equilibria],
            "elimination": steps,
        }
    )
