"""Games of players who are counted, and their equilibria, as text and tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from rich.console import RenderableType

from ..cases.case import Case
from ..games.counted_game import RoleSymmetricGame, SymmetricGame
from ..games.message import say
from .action_names import action
from .flow import paragraph
from .language import Reader
from .layout import MOST_LISTED, Labels, grid, heading, in_unit, inset, money


def about(game: RoleSymmetricGame) -> dict[str, Any]:
    """The game in JSON."""
    return {
        "representation": "symmetric" if isinstance(game, SymmetricGame) else "role-symmetric",
        "players": [{"role": role, "players": n} for role, n in zip(game.roles, game.players)],
    }


def counted_card(game: RoleSymmetricGame, case: Case, read: Reader) -> list[RenderableType]:
    """Who plays, what they can do, and for one kind of player with two actions what each pays."""
    who = [say("{role} × {n}", n=f"{n:,}", role=name) for n, name in zip(game.players, case.players)]
    parts: list[RenderableType] = [
        heading(read(say("The game"))),
        paragraph(read(say("Players who are alike are counted: {who}.", who=who))),
    ]
    for name, acts in zip(case.players, game.actions):
        shown = [action(a, read, case.actions) for a in acts]
        parts.append(paragraph(read(say("{role}: {actions}.", role=name, actions=shown))))
    if isinstance(game, SymmetricGame) and len(game.actions[0]) == 2:
        parts.append(heading(in_unit(read, say("What each action pays"), case.unit)))
        parts.append(inset(_payoffs(game, case, read)))
    return parts


def everybody(game: RoleSymmetricGame, case: Case, read: Reader) -> list[str]:
    """Every player by name, where the game is written out: the role, numbered where several play it."""
    numbered = zip(game.players, map(read, case.players))
    return [name if n == 1 else f"{name} {k + 1}" for n, name in numbered for k in range(n)]


def _payoffs(game: SymmetricGame, case: Case, read: Reader) -> RenderableType:
    """Both payoffs by how many others take the second action, equal neighbours in one line."""
    changes = np.flatnonzero((np.diff(game.table, axis=1) != 0).any(axis=0)) + 1
    starts, ends = [0, *map(int, changes)], [*(int(c) - 1 for c in changes), game.n - 1]
    rows = [
        (f"{a:,}" if a == b else f"{a:,}–{b:,}", *(money(read, game.money(x)) for x in game.table[:, a]))
        for a, b in list(zip(starts, ends))[: 2 * MOST_LISTED]
    ]
    first, second = (action(a, read, case.actions) for a in game.actions[0])
    table = grid([read(say("others who {action}", action=second)), first, second], rows, right=(0, 1, 2))
    return table


def groups(profile: Sequence[Mapping[str, Any]], labels: Labels, answer: Mapping[str, Any], read: Reader) -> str:
    """An equilibrium of counted players: how many of whom do what."""
    roles = [entry["role"] for entry in answer["players"]]
    parts: list[str] = []
    for group in profile:
        r = roles.index(group["role"])
        name = labels.players[r] if len(labels.players) == len(roles) else group["role"]
        does = _does(group["strategy"], answer["actions"][r], labels, read)
        parts.append(read(say("{role} × {n}: {does}", n=f"{group['players']:,}", role=name, does=does)))
    if len(profile) == 1 and profile[0]["players"] > 1:
        return read(say("everybody: {action}", action=_does(profile[0]["strategy"], answer["actions"][0], labels, read)))
    return "; ".join(parts)


def _does(mix: Sequence[Any], actions: Sequence[str], labels: Labels, read: Reader) -> str:
    played = [(p, name) for p, name in zip(mix, actions) if p]
    if len(played) == 1:
        return action(played[0][1], read, labels.actions)
    return " + ".join(f"{chance(p)} {action(name, read, labels.actions)}" for p, name in played)


def chance(p: Any) -> str:
    """A probability to four significant digits, however small."""
    return f"{float(p):.4g}"
