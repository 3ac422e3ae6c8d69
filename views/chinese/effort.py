"""The sentences of overload, indicators and effort that cannot be seen."""

from __future__ import annotations

SENTENCES: dict[str, str] = {}
