"""The sentences of bargaining, disclosure, straw polls and talk."""

from __future__ import annotations

SENTENCES: dict[str, str] = {}
