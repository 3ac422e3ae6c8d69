"""The sentences of repeated games and evolution."""

from __future__ import annotations

SENTENCES: dict[str, str] = {}
