"""Reading files that may be anything: empty, huge, binary, or outside the folder they should stand in."""

from __future__ import annotations

import os
from pathlib import Path

from ..games.message import say
from .faults import Faults
from .figures import shown

LARGEST_CASE = 10_000_000  # bytes of a case file
LARGEST_TABLE = 400_000_000  # bytes of a CSV file


def read_text(path: Path, faults: Faults, limit: int) -> str | None:
    """The text of ``path``, or None with the reason among the ``faults``. Nothing larger than ``limit`` bytes is opened."""
    try:
        if path.is_dir():
            faults.add(path, "", say("this is a folder, not a file"))
            return None
        if not path.is_file():
            faults.add(path, "", say("there is no such file in {folder}", folder=str(path.parent)))
            return None
        size = os.stat(path).st_size
        if size > limit:
            faults.add(path, "", say("{size} MB is too large; at most {limit} MB are read", size=size / 1e6, limit=limit / 1e6))
            return None
        data = path.read_bytes()
    except (OSError, ValueError) as error:  # ValueError: a path with a null character
        faults.add(path, "", say("it cannot be read: {reason}", reason=getattr(error, "strerror", None) or str(error)))
        return None
    return text_of(data, path, faults)


def text_of(data: bytes, path: Path, faults: Faults) -> str | None:
    """``data``, read from ``path``, as text; None with the reason among the ``faults`` if it is none."""
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
    try:
        target = (folder / name).resolve()
        outside = Path(name).is_absolute() or not target.is_relative_to(folder)
    except (OSError, ValueError, RuntimeError):  # a null character, a name too long, a circle of symbolic links
        outside, target = False, folder
    if outside:
        faults.add(case_file, place, say("{name!r} lies outside the folder of the case; put the file beside the case file", name=name))
    elif not target.is_file():
        faults.add(case_file, place, say("there is no file {name!r} beside the case file", name=shown(name)))
    else:
        return target
    return None
