"""The sentences of audits and the testing kit."""

from __future__ import annotations

SENTENCES: dict[str, str] = {}
