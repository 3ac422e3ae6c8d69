"""The sentences of families of games and moves in stages."""

from __future__ import annotations

SENTENCES: dict[str, str] = {}
