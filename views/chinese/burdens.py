"""The sentences of lotteries, turns, packages, petitions, punishment and changed stakes."""

from __future__ import annotations

SENTENCES: dict[str, str] = {}
