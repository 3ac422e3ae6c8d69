"""The certificate of a list of quantal responses: the game in exact numbers, the profiles, and what shows that none is missing.

Kind ``"quantal"``, re-read by :mod:`..checker.quantal`. What it can prove: that each profile answers itself (to 10^-9) with the payoffs and
regrets stated; that there is exactly one (the logit response is a contraction, see :meth:`.quantal_model.Logit.influence`); or, for like
players with two actions, that there is no other at which they answer alike: the number of zeros of t - L G(t) is at most one more than the
sign changes among 1 - L h_k, k = 0..n (see :mod:`.quantal_gain`; Rolle's theorem and Descartes' rule in Bernstein form).
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np

from ...games.counted_game import RoleSymmetricGame, SymmetricGame
from ...games.exact import as_json
from ...games.normal_form import NormalForm
from ..certificate import sealed
from ..solution import Solution
from .quantal_symmetric import is_binary

MOST_PAYOFFS = 5_000  # of a game whose quantal responses are re-computed in fractions
MOST_PLAYERS = 60


def quantal_certificate(game: NormalForm | RoleSymmetricGame, answer: Solution) -> dict[str, Any] | None:
    """What proves ``answer``; None where it would be too long to re-compute."""
    counted = isinstance(game, RoleSymmetricGame)
    tables = list(game.tables) if counted else list(game.table)
    n = game.n if counted else len(game.players)
    if sum(table.size for table in tables) > MOST_PAYOFFS or n > MOST_PLAYERS or not answer.equilibria or answer.proof is None:
        return None
    profiles = [[part["strategy"] for part in e.profile] if counted else e.profile for e in answer.equilibria]
    rationality = float(answer.proof["rationality"])
    return sealed(
        {
            "kind": "quantal",
            "game": {
                "players": list(game.players) if counted else [1] * n,
                "actions": [len(names) for names in game.actions],
                "counted": counted,
                "payoffs": as_json(tables),
                "denominator": game.denominator,
            },
            "rationality": rationality,
            "equilibria": [as_json({"profile": p, "payoffs": e.payoffs, "regret": e.regret}) for p, e in zip(profiles, answer.equilibria)],
            "complete": answer.complete,
            "alike": isinstance(game, SymmetricGame) and is_binary(game) and _tight(game, rationality, len(answer.equilibria)),
        }
    )


def _tight(game: SymmetricGame, rationality: float, found: int) -> bool:
    """Whether as many were found as the sign changes allow."""
    if not game.exact:
        return False
    n = game.n
    steps = np.diff((game.gain / game.denominator).astype(float))
    bound = [1.0, *(1 - rationality * step * (k + 1) * (n - 1 - k) / n for k, step in enumerate(steps)), 1.0]
    if min(abs(b) for b in bound) < 1e-9:  # left to the checker's exact numbers only where both must agree
        return False
    signs = [b > 0 for b in bound]
    return bool(found == 1 + sum(a != b for a, b in pairwise(signs)))
