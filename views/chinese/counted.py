"""The sentences of games of players who are counted, and their equilibria."""

from __future__ import annotations

SENTENCES: dict[str, str] = {}
