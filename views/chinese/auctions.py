"""The sentences of the siting auctions, multibidding, shared prices and fair division."""

from __future__ import annotations

SENTENCES: dict[str, str] = {}
