"""What a player can secure on its own: the pure and mixed maximin, and what the others can hold it down to.

pure maximin   max over own actions of the least payoff over the others' profiles.
mixed maximin  the same over own mixtures (von Neumann 1928): the value of the matrix game against all others together, who may
               correlate; their optimal ``threat`` holds the player down to it.
pure minimax   min over the others' pure profiles of the best reply: what they can hold it down to without chance.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import prod
from typing import Any

import numpy as np

from ...games.errors import InputError, SizeError
from ...games.exact import Number, as_json
from ...games.linear_program import matrix_game
from ...games.normal_form import NormalForm, Profile
from ..pure import pure_regret

LARGEST = 200_000  # payoffs of a player in the exact linear program


@dataclass(frozen=True, eq=False)
class Security:
    """What ``player`` (index) secures, in money. ``actions`` and ``pure_maximin``: the pure maximin; ``strategy`` and ``maximin``:
    the mixed one; ``pure_minimax`` and ``punishment`` (the others' actions, in player order): the pure minimax. ``threat`` are the
    others' joint profiles with their probabilities, against which nothing pays more than ``maximin``.
    """

    player: int
    pure_maximin: Number
    actions: tuple[int, ...]
    maximin: Fraction
    strategy: tuple[Fraction, ...]
    threat: tuple[tuple[Profile, Fraction], ...]
    pure_minimax: Number
    punishment: Profile

    def to_dict(self) -> dict[str, Any]:
        """The JSON form, schema ``encompass/security/1``."""
        threat = [{"profile": list(profile), "probability": p} for profile, p in self.threat]
        fields = {name: getattr(self, name) for name in ("player", "pure_maximin", "actions", "maximin", "strategy")}
        return as_json(
            {
                "schema": "encompass/security/1", **fields, "threat": threat,
                "pure_minimax": self.pure_minimax, "punishment": self.punishment,
            }
        )  # fmt: skip


def security(game: NormalForm, player: int) -> Security:
    """What ``player`` can secure on its own. Exact; floats are the binary fractions they are.

    Raises :class:`InputError` if there is no such player, :class:`SizeError` if the linear program does not fit.
    """
    if isinstance(player, bool) or not isinstance(player, (int, np.integer)) or not 0 <= player < len(game.players):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise InputError("player={player!r} is not one of the players 0 to {last}", player=player, last=len(game.players) - 1)
    if prod(game.shape) > LARGEST:
        raise SizeError(
            "the security level of a player with {cells} payoffs does not fit; at most {limit}",
            cells=f"{prod(game.shape):,}",
            limit=LARGEST,
        )
    sizes = [k for i, k in enumerate(game.shape) if i != player]
    rows = np.moveaxis(game.table[player], player, -1).reshape(-1, game.shape[player])  # the others' profiles x own actions
    least, most = rows.min(axis=0), rows.max(axis=1)
    value, strategy, threat = matrix_game(rows.astype(object))
    others = list(product(*map(range, sizes)))
    return Security(
        player=int(player),
        pure_maximin=game.money(least.max()),
        actions=tuple(map(int, np.flatnonzero(least >= least.max() - game.slack))),
        maximin=value / game.denominator,
        strategy=strategy,
        threat=tuple((others[k], weight) for k, weight in enumerate(threat) if weight),
        pure_minimax=game.money(most.min()),
        punishment=others[int(most.argmin())],
    )


def maximin_profiles(game: NormalForm) -> list[tuple[Profile, Number]]:
    """Every profile of pure maximin actions with its regret, recomputed from the game: 0 where playing safe is an equilibrium."""
    safe: list[list[int]] = []
    for player in range(len(game.players)):
        least = np.moveaxis(game.table[player], player, 0).reshape(game.shape[player], -1).min(axis=1)
        safe.append([int(a) for a in np.flatnonzero(least >= least.max() - game.slack)])
    return [(profile, pure_regret(game, profile)) for profile in product(*safe)]
