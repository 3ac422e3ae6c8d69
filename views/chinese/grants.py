"""The sentences of grant rounds, inspection and leadership."""

from __future__ import annotations

SENTENCES: dict[str, str] = {}
