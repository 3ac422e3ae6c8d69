"""Ids and display names of who or what the rows, columns and actions of a game are."""

from __future__ import annotations

from pathlib import Path

from ..games.message import Text, say
from .faults import Faults, key
from .form import Names


def texts(names: Names, place: str, case_file: Path, faults: Faults) -> tuple[Text, ...]:
    """Display names, one for each id; ids must be ASCII and unique, and every list of the same length."""
    for k, name in enumerate(names.id):
        if not name.isascii() or not name.strip():
            faults.add(
                case_file,
                key("game", f"{place}.id[{k}]"),
                say("{value!r} must be ASCII; the display name goes under en and zh", value=name),
            )
        if name == "x0" and place == "sites":
            faults.add(case_file, key("game", f"{place}.id[{k}]"), say("x0 is the status quo; name the site otherwise"))
        if name in names.id[:k]:
            faults.add(case_file, key("game", f"{place}.id[{k}]"), say("{name!r} is the id of another entry too", name=name))
    shown = {language: getattr(names, language) or names.id for language in ("en", "zh")}
    for part, given in (*shown.items(), ("count", names.count), ("owner", names.owner)):
        if given is not None and len(given) != len(names.id):
            faults.add(case_file, key("game", place, part), say("{n} entries for {ids} ids", n=len(given), ids=len(names.id)))
    return tuple(Text(en, zh) for en, zh in zip(shown["en"], shown["zh"]))
