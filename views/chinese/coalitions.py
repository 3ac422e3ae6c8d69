"""The sentences of dominance, coalitions, and mixed equilibria of several players."""

from __future__ import annotations

SENTENCES: dict[str, str] = {}
