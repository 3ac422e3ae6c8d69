"""The sentences of assurance contracts, matching, quadratic funding and shared budgets."""

from __future__ import annotations

SENTENCES: dict[str, str] = {}
