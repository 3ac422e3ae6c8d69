"""What an answer says about the game it is for: players, actions, representation."""

from __future__ import annotations

from ..games.bayesian_game import BayesianGame
from ..games.counted_game import RoleSymmetricGame, SymmetricGame
from ..games.normal_form import NormalForm
from ..games.outcome_game import OutcomeGame
from ..games.siting import ConsentGame
from ..games.staged_game import StagedGame
from ..games.symmetric_bayesian_game import SymmetricBayesianGame


def describe(
    game: NormalForm | RoleSymmetricGame | StagedGame | BayesianGame | SymmetricBayesianGame | ConsentGame | OutcomeGame,
) -> dict[str, object]:
    """The ``game`` entry of an answer: counted players as roles with their number."""
    if isinstance(game, NormalForm):
        return {"players": list(game.players), "actions": [list(a) for a in game.actions], "representation": "normal-form"}
    if isinstance(game, RoleSymmetricGame):
        players = [{"role": role, "players": n} for role, n in zip(game.roles, game.players)]
        kind = "symmetric" if isinstance(game, SymmetricGame) else "role-symmetric"
        return {"players": players, "actions": [list(a) for a in game.actions], "representation": kind}
    if isinstance(game, StagedGame):
        return _staged(game)
    if isinstance(game, BayesianGame):
        types, actions = [list(t) for t in game.types], [list(a) for a in game.actions]
        return {"players": list(game.players), "types": types, "actions": actions, "representation": "bayesian"}
    if isinstance(game, SymmetricBayesianGame):
        players = [{"role": game.role, "players": game.players}]
        return {"players": players, "types": [list(game.types)], "actions": [list(game.actions)], "representation": "symmetric-bayesian"}
    if isinstance(game, ConsentGame):
        roles = [(name, 2 ** len(held)) for name, _, held in game.roles]
        return {"players": [name for name, _ in roles], "actions": [k for _, k in roles], "representation": "consent"}
    return {"players": list(game.players), "actions": [], "representation": game.rights.id}


def _staged(game: StagedGame) -> dict[str, object]:
    """A game in stages: ``actions`` counts each player's decisions."""
    decisions = [0] * len(game.players)
    for _, stage in game.stages():
        for i in stage.movers:
            decisions[i] += 1
    return {"players": list(game.players), "actions": decisions, "representation": "staged", "nodes": game.nodes}
