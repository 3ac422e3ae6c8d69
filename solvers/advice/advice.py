"""What advice is asked for: the objectives that a device can be best or worst for, and the answer they end in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Any

import numpy as np

from ...games.errors import InputError
from ...games.exact import TOLERANCE, Array, Number, number
from ...games.linear_program import matrix_game
from ...games.message import Message, say
from ...games.normal_form import NormalForm, Profile
from ..describe import describe
from ..solution import Equilibrium, Solution
from .advice_program import Device, Program, best_linear, best_maximin
from .nash_product import best_nash_product, received

OBJECTIVES = ("welfare", "maximin", "nash-product", "player")
LINEAR = ("welfare", "player")  # objectives that can be asked for at their worst


@dataclass(frozen=True)
class Question:
    """An objective, whether its best (``max``) or worst (``min``) is asked for, and the player whose payoff it is, if one's."""

    objective: str
    sense: str
    player: int | None = None

    @classmethod
    def checked(cls, objective: str, sense: str, player: int | None, players: int) -> Question:
        """The question. Raises :class:`InputError` for an objective or sense that does not exist, or a player that is not there."""
        if objective not in OBJECTIVES:
            raise InputError("{name}={value!r} is not known; one of {known}", name="objective", value=objective, known=list(OBJECTIVES))
        if sense not in ("max", "min"):
            raise InputError("{name}={value!r} is not known; one of {known}", name="sense", value=sense, known=["max", "min"])
        if sense == "min" and objective not in LINEAR:
            raise InputError("sense={sense!r} goes with objective 'welfare' or 'player' only", sense=sense)
        placed = isinstance(player, (int, np.integer)) and not isinstance(player, bool) and 0 <= player < players
        if objective == "player" and not placed:
            raise InputError("player={player!r} must be the place of a player, from 0 to {last}", player=player, last=players - 1)
        return cls(objective, sense, int(player) if objective == "player" and player is not None else None)

    @property
    def text(self) -> str:
        """As a concept names it: ``max welfare``."""
        return f"{self.sense} {self.objective}"


def best_device(program: Program, question: Question, disagreement: Callable[[], Sequence[Number]]) -> Device:
    """The device that answers ``question``; ``disagreement`` is called for the Nash product only."""
    if question.objective == "maximin":
        return best_maximin(program)
    if question.objective == "nash-product":
        return best_nash_product(program, disagreement())
    voices = len(program.heads)
    z = [1] * voices if question.objective == "welfare" else [int(v == question.player) for v in range(voices)]
    return best_linear(program, z, 1 if question.sense == "max" else -1)


def security(game: NormalForm) -> tuple[Number, ...]:
    """What each player can secure alone by mixing, whatever the others do together; exact in exact games."""
    own = (np.moveaxis(game.table[player], player, 0).reshape(game.shape[player], -1) for player in range(len(game.players)))
    values = [secured(table) / game.denominator for table in own]
    return tuple(value if game.exact else float(value) for value in values)


def secured(table: Array) -> Fraction:
    """The maximin over mixtures of the rows of ``table`` (von Neumann 1928), solved on the few columns that bind."""
    binding = np.unique(table.argmin(axis=1))
    while True:
        value, p, _ = matrix_game(table[:, binding].T.astype(object))
        worst, least = _least(table, p)
        if worst in binding or least >= value:
            return value
        binding = np.append(binding, worst)


def _least(table: Array, p: Sequence[Fraction]) -> tuple[int, Fraction]:
    """The column where the mixture ``p`` of the rows of ``table`` pays least, and how much."""
    scale = lcm(*(x.denominator for x in p))
    weights = [int(x * scale) for x in p]
    if table.dtype == np.float64:
        worst = int(np.argmin(np.array(p, dtype=float) @ table))
    else:
        fits = table.dtype != object and scale * int(np.abs(table).max()) < 2**62
        worst = int(np.argmin(np.array(weights, dtype=np.int64 if fits else object) @ (table if fits else table.astype(object))))
    return worst, sum((x * Fraction(v) for x, v in zip(p, table[:, worst].tolist())), start=Fraction(0))


def given_disagreement(values: Sequence[Number], players: int) -> tuple[Number, ...]:
    """``values`` as payoffs. Raises :class:`InputError` unless there is one a player."""
    listed = isinstance(values, (Sequence, np.ndarray)) and not isinstance(values, str)  # pyright: ignore[reportUnnecessaryIsInstance]
    if not listed:
        raise InputError("{name}={value!r} must be a list of numbers", name="disagreement", value=values)
    if len(values) != players:
        raise InputError("disagreement has {given} payoffs for {players} players", given=len(values), players=players)
    return tuple(number(value, "disagreement") for value in values)


def stop_message(device: Device) -> Message | None:
    """Why ``device`` is not proved best; None if it is."""
    if device.proof is None:
        return say("optimal up to floating-point error; the regret is recomputed from the game")
    gap = device.proof.get("gap", 0)
    if gap:
        most = f"{float(gap) * 1.01:.1e}"
        return say("no device has a product of gains more than 1 + {gap} times as large, proved by dual weights", gap=most)
    return None


def solution(
    about: Mapping[str, Any], kind: str, question: Question, program: Program, device: Device, drawn: Any, regret: Number
) -> Solution:
    """The answer: ``drawn`` is the device as JSON shows it, ``regret`` recomputed from the game."""
    totals = received(program, device)
    stop = stop_message(device)
    asked = {} if question.player is None else {"player": question.player}
    return Solution(
        game=dict(about) | asked,
        concept=f"{kind} ({question.text})",
        method=device.method,
        complete=stop is None,
        stop=stop,
        equilibria=(Equilibrium(drawn, tuple(u / n for u, n in zip(totals, program.heads)), regret, None),),
        welfare=sum(totals, start=Fraction(0)),
        proof=device.proof,
    )


Drawn = list[tuple[Profile, Number]]


def drawn_profiles(game: NormalForm, device: Device) -> Drawn:
    """The profiles that ``device`` draws, with their probabilities."""
    return [(tuple(map(int, np.unravel_index(x, game.shape))), p) for x, p in sorted(device.mu.items())]


def advised(
    game: NormalForm, kind: str, question: Question, program: Program, device: Device, regret: Callable[[Drawn], Number]
) -> Solution:
    """The answer about a game in normal form."""
    drawn = drawn_profiles(game, device)
    shown = [{"profile": list(profile), "probability": p} for profile, p in drawn]
    return solution(describe(game), kind, question, program, device, shown, regret(drawn))


def as_drawn(game: NormalForm, device: Sequence[tuple[Sequence[int], object]]) -> Drawn:
    """A device that somebody proposes. Raises :class:`InputError` unless it is a distribution over profiles of ``game``."""
    drawn: Drawn = []
    for profile, p in device:
        if len(profile) != len(game.shape) or any(not 0 <= a < k for a, k in zip(profile, game.shape)):
            raise InputError("profile {profile} is not one of this game", profile=tuple(profile))
        drawn.append((tuple(map(int, profile)), number(p, "probability")))
    total = sum((p for _, p in drawn), start=Fraction(0))
    if any(p < 0 for _, p in drawn) or abs(total - 1) > (TOLERANCE if isinstance(total, float) else 0):
        raise InputError("probabilities that sum to {total} are no distribution", total=total)
    return drawn


def proposed(game: NormalForm, device: Sequence[tuple[Sequence[int], object]], regret: Callable[[Drawn], Number]) -> Equilibrium:
    """What a proposed ``device`` pays, and its ``regret``."""
    drawn = as_drawn(game, device)
    pay = [game.payoffs(a) for a, _ in drawn]
    payoffs = tuple(sum((p * u[i] for (_, p), u in zip(drawn, pay)), start=Fraction(0)) for i in range(len(game.players)))
    return Equilibrium([{"profile": list(a), "probability": p} for a, p in drawn], payoffs, regret(drawn), None)


def dense(rows: Sequence[Array], cells: int, like: Array) -> Array:
    """``rows`` as a matrix, with its width even if there are none."""
    return np.array(rows) if rows else np.zeros((0, cells), dtype=like.dtype)
