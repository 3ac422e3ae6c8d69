"""The sentences of votes, quotas, agendas, juries drawn by lot."""

from __future__ import annotations

SENTENCES: dict[str, str] = {}
