"""The sentences of direct mechanisms and their limits."""

from __future__ import annotations

SENTENCES: dict[str, str] = {}
