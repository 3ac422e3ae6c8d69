"""How many act in the answers of games of two actions: the numbers that sentences about a stairwell speak of."""

from __future__ import annotations

from typing import Any

from ..solution import Solution


def acting_counts(answer: Solution) -> list[int]:
    """How many players take the second action in each equilibrium of pure actions, over all roles; each number once, rising."""
    return sorted({sum(role["players"] for role in e.profile if role["strategy"][1] == 1) for e in answer.equilibria})


def acting_chances(answer: Solution) -> list[Any]:
    """The probability of the second action in every symmetric equilibrium that mixes, rising."""
    chances = [e.profile[0]["strategy"][1] for e in answer.equilibria]
    return sorted(x for x in chances if 0 < x < 1)


def stable_counts(answer: Solution) -> list[int]:
    """How many act in the stochastically stable states of a game of two actions for players alike; rising."""
    return sorted(m for part in answer.components for m in part["states"])


__all__ = ["acting_chances", "acting_counts", "stable_counts"]
