"""CSV tables with named columns, read whole and checked row by row: every fault names its row and column."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ..games.exact import Array, frozen
from ..games.message import Message, say
from .faults import Faults, nearest
from .figures import LARGEST, shown
from .files import LARGEST_TABLE, read_text


@dataclass(frozen=True)
class Column:
    """What a column holds: ``text``, ``number`` or ``count`` (whole, at least 1), the least a number may be, and
    whether ``inf`` is one."""

    name: str
    kind: str = "number"
    required: bool = False
    low: float = -math.inf
    infinite: bool = False


@dataclass(frozen=True, eq=False)
class CsvTable:
    """A table read from ``path``: columns by name, texts as lists, numbers as float arrays (counts as int64)."""

    path: Path
    length: int
    texts: dict[str, list[str]]
    numbers: dict[str, Array]

    def __contains__(self, name: str) -> bool:
        return name in self.texts or name in self.numbers


def row_place(row: int, column: str = "") -> Message:
    """A place in a table; the header is row 1, as spreadsheets count."""
    return say("row {row}, column {column}", row=row + 2, column=column) if column else say("row {row}", row=row + 2)


def read_table(path: Path, columns: Sequence[Column], faults: Faults) -> CsvTable | None:
    """The table in ``path`` with (some of) ``columns``; None, with the reasons among the ``faults``, if it cannot be used."""
    text = read_text(path, faults, LARGEST_TABLE)
    if text is None:
        return None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        rows = list(reader)
    except csv.Error as error:
        faults.add(path, say("line {line}", line=reader.line_num), say("this is not a CSV table: {reason}", reason=str(error)))
        return None
    while not any(map(str.strip, rows[-1])):  # blank lines at the end; elsewhere they are faults, so that rows keep their numbers
        rows.pop()
    header, body = [name.strip() for name in rows[0]], rows[1:]
    if not _header_fits(path, header, columns, faults) or not _rows_fit(path, header, body, faults):
        return None
    before = len(faults)
    texts: dict[str, list[str]] = {}
    numbers: dict[str, Array] = {}
    for column in columns:
        if column.name in header:
            place = header.index(column.name)
            cells = [row[place].strip() for row in body]
            if column.kind == "text":
                texts[column.name] = cells
            else:
                numbers[column.name] = _parsed(path, column, cells, faults)
    return CsvTable(path, len(body), texts, numbers) if len(faults) == before else None


def _header_fits(path: Path, header: list[str], columns: Sequence[Column], faults: Faults) -> bool:
    before, known = len(faults), [column.name for column in columns]
    if len(header) == 1 and (";" in header[0] or "\t" in header[0]):
        faults.add(path, row_place(-1), say("columns are separated by commas, not semicolons or tabs"))
        return False
    for name in header:
        if header.count(name) > 1:
            faults.add(path, row_place(-1), say("column {name!r} stands there twice", name=shown(name)))
            return False
        if name not in known:
            faults.add(path, row_place(-1), say("unknown column {name!r}; {hint}", name=shown(name), hint=nearest(name, known)))
    for column in columns:
        if column.required and column.name not in header:
            faults.add(path, row_place(-1), say("column {name!r} is missing", name=column.name))
    return len(faults) == before


def _rows_fit(path: Path, header: list[str], body: list[list[str]], faults: Faults) -> bool:
    before = len(faults)
    if not body:
        faults.add(path, "", say("the table has a header but no rows"))
    for k, row in enumerate(body):
        if len(row) != len(header):
            faults.add(path, row_place(k), say("{n} cells for {columns} columns", n=len(row), columns=len(header)))
    return len(faults) == before


def _parsed(path: Path, column: Column, cells: list[str], faults: Faults) -> Array:
    """The cells as numbers; whatever is none, not finite or too small becomes a fault."""
    kind = np.int64 if column.kind == "count" else np.float64
    low = max(column.low, 1) if column.kind == "count" else column.low
    try:
        values = np.array(cells, dtype=np.str_).astype(kind)
        if (column.infinite or np.isfinite(values).all()) and (values >= low).all() and not ((values > LARGEST) & (values < np.inf)).any():
            return frozen(values)
    except (ValueError, OverflowError):
        pass
    for k, cell in enumerate(cells):
        fault = _fault(cell, column, low)
        if fault is not None:
            faults.add(path, row_place(k, column.name), fault)
    return np.zeros(0)


def _fault(cell: str, column: Column, low: float) -> Message | None:
    try:
        value = int(cell) if column.kind == "count" else float(cell)
    except ValueError:
        if column.kind == "count":
            return say("{value!r} must be a whole number", value=shown(cell))
        return say("{value!r} must be a number", value=shown(cell))
    if math.isnan(value) or (math.isinf(value) and not column.infinite):
        return say("{value!r} must be a finite number", value=shown(cell))
    if value < low:
        return say("{value} must not be less than {low}", value=shown(cell), low=float(low))
    if value > (2**62 if column.kind == "count" else LARGEST) and not math.isinf(value):
        return say("{value} is too large", value=shown(cell))
    return None


def unique_ids(table: CsvTable, column: str, faults: Faults) -> bool:
    """Whether every row has an id of its own; duplicates and blanks become faults that name both rows."""
    before, seen = len(faults), dict[str, int]()
    for k, name in enumerate(table.texts[column]):
        if not name:
            faults.add(table.path, row_place(k, column), say("the id is empty"))
        elif name in seen:
            faults.add(table.path, row_place(k, column), say("{name!r} is the id of row {row} too", name=name, row=seen[name] + 2))
        seen.setdefault(name, k)
    return len(faults) == before
