"""A certificate from a file: alone, or inside an answer written with ``--json``."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from ..games.message import say
from .faults import Faults
from .files import read_text, text_of

LARGEST = 200_000_000  # bytes


def read_certificate(file: str) -> dict[str, Any]:
    """The certificate in ``file`` (``-`` for standard input). Raises :class:`CaseError` if there is none."""
    faults, path = Faults(), Path(file)
    text = text_of(sys.stdin.buffer.read(LARGEST), path, faults) if file == "-" else read_text(path, faults, LARGEST)
    faults.stop()
    try:
        found = json.loads(text or "")
    except (json.JSONDecodeError, RecursionError) as error:
        line, column = (error.lineno, error.colno) if isinstance(error, json.JSONDecodeError) else (1, 1)
        faults.add(
            path, say("line {line}, column {column}", line=line, column=column), say("this is not JSON: {reason}", reason=str(error))
        )
        faults.stop()
        raise
    if isinstance(found, dict) and "kind" in found and "certificate" not in found:
        return found
    inside = found.get("certificate") if isinstance(found, dict) else None
    if not isinstance(inside, dict):
        faults.add(path, "", say("there is no certificate in it; write one with encompass compare CASE --json"))
        faults.stop()
    return dict(inside or {})
