"""Which analysis answers for which model: a line each, by the name of the family. A module is loaded when it is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from ...games.errors import NotApplicable
from ...games.organisation.registry import LINES as MODELS
from .analysis import Analysis

if TYPE_CHECKING:
    from ...cases.case import Case

LINES: dict[str, str] = {
    "attention-commons": "attention_commons:AttentionAnalysis",
}


def analyse(model: Any | Case) -> Analysis:
    """What can be said about ``model`` (one of :mod:`encompass.games.organisation`, or a case of that kind), figure by figure.

    Figures are computed when asked for. Raises :class:`NotApplicable` for other games.
    """
    game = model.game if hasattr(model, "game") and hasattr(model, "story") else model
    name = next((name for name, line in MODELS.items() if line.partition(":")[2] == type(game).__name__), None)
    if name is None or name not in LINES:
        raise NotApplicable("there is no analysis of {kind}; ask solve or diagnose", kind=type(game).__name__)
    module, _, kind = LINES[name].partition(":")
    return getattr(import_module(f".{module}", __package__), kind)(game)
