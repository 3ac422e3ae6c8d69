"""The sentences of quantal response and limited reasoning."""

from __future__ import annotations

SENTENCES: dict[str, str] = {}
