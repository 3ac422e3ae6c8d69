"""The sentences of files of other programs."""

from __future__ import annotations

SENTENCES: dict[str, str] = {}
