"""The sentences of the hand-over from administration to self-government."""

from __future__ import annotations

SENTENCES: dict[str, str] = {}
