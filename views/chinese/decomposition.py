"""The sentences of potentials, decompositions, values, and what anarchy costs."""

from __future__ import annotations

SENTENCES: dict[str, str] = {}
