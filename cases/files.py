"""Reading files that may be anything: empty, huge, binary, or outside the folder they should stand in."""

from __future__ import annotations

import os
from pathlib import Path

from ..games.message import say
from .faults import Faults

LARGEST_CASE = 10_000_000  # bytes of a case file
LARGEST_TABLE = 400_000_000  # bytes of a CSV file


def read_text(path: Path, faults: Faults, limit: int) -> str | None:
    """The text of ``path``, or None with the reason among the ``faults``. Nothing larger than ``limit`` bytes is opened."""
    try:
        if not path.is_file():
            faults.add(path, "", say("there is no such file in {folder}", folder=str(path.parent)))
            return None
        size = os.stat(path).st_size
        if size > limit:
            faults.add(path, "", say("{size} MB is too large; at most {limit} MB are read", size=size / 1e6, limit=limit / 1e6))
            return None
        data = path.read_bytes()
    except OSError as error:
        faults.add(path, "", say("it cannot be read: {reason}", reason=error.strerror or str(error)))
        return None
    if not data.strip():
        faults.add(path, "", say("the file is empty"))
        return None
    if b"\0" in data[:65536]:
        faults.add(path, "", say("this is not a text file"))
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        faults.add(path, say("line {line}", line=line), say("this is not UTF-8 text; save the file as UTF-8"))
        return None


def beside(case_file: Path, name: str, faults: Faults, place: str) -> Path | None:
    """The file ``name`` in the folder of the case file, or None with a fault: a case reads nothing outside its folder."""
    folder = case_file.resolve().parent
    target = (folder / name).resolve()
    if Path(name).is_absolute() or not target.is_relative_to(folder):
        faults.add(case_file, place, say("{name!r} lies outside the folder of the case; put the file beside the case file", name=name))
        return None
    return target
