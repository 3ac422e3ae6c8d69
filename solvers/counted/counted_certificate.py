"""The certificate of equilibria of counted players, kind ``counted``; :mod:`..checker.counted` reads it back."""

from __future__ import annotations

from typing import Any

from ...games.counted_game import RoleSymmetricGame
from ...games.exact import as_json
from ..certificate import sealed
from ..solution import Solution

MOST_PLAYERS = 60
MOST_PROVED = 24  # players up to which the checker finds all equilibria again
MOST_CELLS = 4000  # payoffs
MOST_LISTED = 2000  # equilibria


def counted_certificate(game: RoleSymmetricGame, answer: Solution) -> dict[str, Any] | None:
    """The equilibria with what the checker needs to recompute them; None where that would be too much work to read.

    Completeness is claimed of pure equilibria, and of all equilibria of like players with two actions where a theorem of
    :mod:`.symmetric_equilibria` or :mod:`.pivotal_equilibria` proves it.
    """
    cells = sum(table.size for table in game.tables)
    if game.n > MOST_PLAYERS or cells > MOST_CELLS or len(answer.equilibria) > MOST_LISTED or not game.exact:
        return None
    proved = answer.concept == "pure" or (answer.method in ("pivotal", "one-sign-change") and game.n <= MOST_PROVED)
    return sealed(
        {
            "kind": "counted",
            "game": {
                "roles": list(game.roles),
                "players": [int(n) for n in game.players],
                "actions": [len(names) for names in game.actions],
                "payoffs": [as_json(table) for table in game.tables],
                "denominator": game.denominator,
            },
            "concept": answer.concept,
            "method": answer.method,
            "complete": answer.complete and proved,
            "equilibria": [
                as_json({"profile": e.profile, "payoffs": e.payoffs, "regret": e.regret, "orbit_size": e.orbit_size})
                for e in answer.equilibria
            ],
            "components": as_json(answer.components),
        }
    )
