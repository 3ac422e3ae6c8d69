"""The sentences of two-player equilibria and learning."""

from __future__ import annotations

SENTENCES: dict[str, str] = {}
