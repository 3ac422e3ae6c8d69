"""The sentences of correlated, coarse and communication equilibria, and games with private types."""

from __future__ import annotations

SENTENCES: dict[str, str] = {}
