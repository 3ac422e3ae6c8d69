"""Certificates of kind ``bellman``: values and a policy, and what they miss of the optimum at most."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...games.exact import Array, as_json
from ...games.organisation.hand_over import HandOver
from ...games.stochastic_control import StochasticControl
from ..certificate import LARGEST, sealed
from .optimal_control import Controlled

HAND_OVER = ("administration", "autonomy", "strain", "training", "growth", "crowding", "teaching", "decay", "cap", "funds")


def chain_certificate(game: StochasticControl, answer: Controlled) -> dict[str, Any] | None:
    """The chain written out and its answer; None where it has too many numbers to be read."""
    if game.weights.size > LARGEST:
        return None
    written = {
        "form": "chain",
        "rewards": as_json(game.rewards),
        "successors": game.successors.tolist(),
        "weights": as_json(game.weights),
        "discount": as_json(game.discount),
    }
    return _sealed(written, answer)


def hand_over_certificate(model: HandOver, answer: Controlled, intervention: str = "free") -> dict[str, Any]:
    """The hand-over as it is written, by its parameters and its grid: the checker makes the chain anew, in rationals."""
    written = {
        "form": "hand-over",
        "parameters": as_json({name: getattr(model, name) for name in HAND_OVER}),
        "states": model.states,
        "interventions": model.interventions,
        "cultivations": model.cultivations,
        "intervention": intervention,
        "discount": as_json(model.beta),
    }
    return _sealed(written, answer, model if intervention == "free" else None)


def _sealed(written: dict[str, Any], answer: Controlled, model: HandOver | None = None) -> dict[str, Any]:
    figures = {name: as_json(getattr(answer, name)) for name in ("values", "residual", "gap", "error", "loss", "decided")}
    falls = {} if model is None else {"falls": shape_of(model, answer.policy)}
    return sealed({"kind": "bellman", "game": written, **figures, "policy": list(answer.policy), **falls})


def shape_of(model: HandOver, policy: Sequence[int]) -> dict[str, bool]:
    """Whether take-over and cultivation never rise with s along the grid."""
    a, v = policy_levels(model, policy)
    return {"intervention": bool((a[1:] <= a[:-1]).all()), "cultivation": bool((v[1:] <= v[:-1]).all())}


def policy_levels(model: HandOver, policy: Sequence[int]) -> tuple[Array, Array]:
    """a and v of ``policy`` at every point of the grid."""
    a, v = model.levels
    return a[list(policy)], v[list(policy)]
