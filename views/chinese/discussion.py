"""The sentences of deliberation as a process, and facilities on a line."""

from __future__ import annotations

SENTENCES: dict[str, str] = {}
