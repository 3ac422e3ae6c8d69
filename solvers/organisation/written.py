"""The certificates of games that an analysis writes out and solves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ...games.normal_form import NormalForm
from ..solution import Solution
from ..solve import solve

MOST_CHOICES = 500  # of a game of one player whose certificate is written


def certified(*solutions: Solution | None) -> tuple[dict[str, Any], ...]:
    """The certificates of those ``solutions`` that are there and have one."""
    found = (solution.certificate for solution in solutions if solution is not None)
    return tuple(certificate for certificate in found if certificate is not None)


def best_choice(game: Callable[[], NormalForm], choices: int) -> tuple[dict[str, Any], ...]:
    """That one who has so many ``choices`` in ``game`` has none better than those found; nothing where there are too many to write."""
    return () if choices > MOST_CHOICES else certified(solve(game(), "pure"))


__all__ = ["best_choice", "certified"]
