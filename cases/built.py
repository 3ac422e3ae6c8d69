"""What building a case's game gives: the game and the display names of everything in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from ..games.message import Message, Text
from .case import Places


@dataclass(frozen=True, eq=False)
class Built:
    """A game with the display names of its rows (players or roles), its columns and its actions."""

    game: Any
    players: tuple[Text, ...]
    alternatives: tuple[Text, ...]
    actions: Mapping[str, Text] = field(default_factory=lambda: MappingProxyType({}))
    places: Places | None = None
    notes: tuple[Message, ...] = ()
