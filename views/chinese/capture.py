"""The sentences of elites, agendas, vetoes and needs that differ."""

from __future__ import annotations

SENTENCES: dict[str, str] = {}
