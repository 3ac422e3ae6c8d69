"""The sentences of how a district is run: campaigns, self-management, delegation, evaluation."""

from __future__ import annotations

SENTENCES: dict[str, str] = {}
