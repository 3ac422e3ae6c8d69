"""Certificates of advice and of games with private types, for :mod:`..checker.advice` and :mod:`..checker.bayes` to re-read.

Payoffs are written as integers over a denominator (floats as they are), in the order of the axes of the game.
"""

from __future__ import annotations

from math import prod
from typing import Any

from ...games.bayesian_game import BayesianGame
from ...games.counted_game import RoleSymmetricGame
from ...games.exact import as_json
from ...games.normal_form import NormalForm
from ...games.one_apart import apart
from ...games.symmetric_bayesian_game import SymmetricBayesianGame
from ..certificate import LARGEST, MOST_PROFILES, sealed
from ..solution import Solution

Advised = NormalForm | RoleSymmetricGame | BayesianGame | SymmetricBayesianGame


def game_json(game: Advised) -> dict[str, Any]:
    """The game in the form that the checker reads."""
    if isinstance(game, NormalForm):
        return {"form": "profiles", "shape": list(game.shape), "payoffs": as_json(game.table), "denominator": game.denominator}
    if isinstance(game, RoleSymmetricGame):
        sizes = {"players": list(game.players), "actions": [len(a) for a in game.actions]}
        return {"form": "counts", **sizes, "payoffs": [as_json(t.ravel()) for t in game.tables], "denominator": game.denominator}
    if isinstance(game, BayesianGame):
        sizes = {"types": list(game.kinds), "actions": list(game.shape)}
        prior = [game.chance(t) for t in game.type_profiles()]
        payoffs = [as_json(row.ravel()) for row in game.table]
        return {"form": "types", **sizes, "prior": as_json(prior), "payoffs": payoffs, "denominator": game.denominator}
    head = {"form": "counted-types", "players": game.players, "prior": as_json(game.prior)}
    return {**head, "payoffs": as_json(game.table), "denominator": game.denominator}


def _numbers(game: Advised) -> int:
    return sum(t.size for t in game.tables) if isinstance(game, RoleSymmetricGame) else game.table.size


def advice_certificate(game: Advised, answer: Solution) -> dict[str, Any] | None:
    """The device of ``answer`` with its payoffs, its regret and the dual that shows it best; None where it would be too large."""
    if isinstance(game, RoleSymmetricGame) and "apart" in answer.game:
        game = apart(game, answer.game["apart"])
    if _numbers(game) > LARGEST:
        return None
    (device,) = answer.equilibria
    return sealed(
        {
            "kind": "advice",
            "game": game_json(game),
            "concept": answer.concept,
            "complete": answer.complete,
            "device": as_json(device.profile),
            "payoffs": as_json(device.payoffs),
            "regret": as_json(device.regret),
            "welfare": as_json(answer.welfare),
            **({"player": answer.game["player"]} if "player" in answer.game else {}),
            **({"proof": as_json(answer.proof)} if answer.proof else {}),
        }
    )


def bayes_certificate(game: BayesianGame | SymmetricBayesianGame, answer: Solution) -> dict[str, Any] | None:
    """The equilibria of ``answer`` with payoffs and regrets. That they are all is claimed for pure ones, where few enough plans can
    be tried again.
    """
    if _numbers(game) > LARGEST:
        return None
    plans = prod(k**kinds for k, kinds in zip(game.shape, game.kinds)) if isinstance(game, BayesianGame) else MOST_PROFILES + 1
    equilibria = [as_json({"profile": e.profile, "payoffs": e.payoffs, "regret": e.regret}) for e in answer.equilibria]
    complete = answer.complete and plans <= MOST_PROFILES
    return sealed({"kind": "bayes", "game": game_json(game), "concept": answer.concept, "complete": complete, "equilibria": equilibria})
