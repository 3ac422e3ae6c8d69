"""The sentences of goods of a stairwell, teams, shares and partners."""

from __future__ import annotations

SENTENCES: dict[str, str] = {}
