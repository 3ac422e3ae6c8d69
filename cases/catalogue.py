"""Which cases come with encompass."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent
NO_CASES = ("figure-1", "study")  # what the study holds, and its figure


def case_names() -> list[str]:
    """The names of the shipped cases, in alphabetical order."""
    return sorted(path.stem for path in FOLDER.glob("*.toml") if path.stem not in NO_CASES)
