"""The sentences of the facts of the study and its figure."""

from __future__ import annotations

SENTENCES: dict[str, str] = {}
