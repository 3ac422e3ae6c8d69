"""The published forms: what each verb's ``--json`` prints, and what a case file may hold."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ..cases.schema import PUBLISHED
from ..games.errors import InputError

FOLDER = Path(__file__).parent / "schemas"


def json_schema(name: str) -> dict[str, Any]:
    """The JSON Schema (Draft 2020-12) of what the verb ``name`` prints, or of a case file if ``name`` is ``"case"``.

    Raises :class:`InputError` for a name that has none.
    """
    known = {path.stem: path for path in FOLDER.glob("*.json")} | {"case": PUBLISHED}
    if name not in known:
        raise InputError("{name}={value!r} is not known; one of {known}", name="name", value=name, known=sorted(known))
    return json.loads(known[name].read_text(encoding="utf-8"))
