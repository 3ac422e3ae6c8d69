"""The sentences of the forms of the siting standoff."""

from __future__ import annotations

SENTENCES: dict[str, str] = {}
