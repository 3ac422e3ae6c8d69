"""The sentences of contracts, side payments, subsidies and coalitional games."""

from __future__ import annotations

SENTENCES: dict[str, str] = {}
