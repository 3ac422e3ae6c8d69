"""B1 to B5: equilibria beside the peers, in one run; prints the lines and writes them as a table into ``benchmarks/equilibria.md``.

Usage: ``python benchmarks/equilibria.py``. QuantEcon comes with ``pip install -e '.[bench]'``; pygambit, if there is one, is named by
``PYGAMBIT_PYTHON`` (the Python it is installed in). Exit code 1 if a target is missed.
"""

from __future__ import annotations

import platform
import sys
from pathlib import Path

import advice
import bimatrix
import counted
import quantal
from row import Row, shown, told

TABLE = Path(__file__).with_name("equilibria.md")


def table(rows: list[Row]) -> str:
    """The rows in Markdown."""
    lines = [
        f"Measured by `python benchmarks/equilibria.py` on {platform.machine()}, Python {platform.python_version()}.",
        "",
        "| | work | encompass | peer | time | peer / ours | answers |",
        "|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        theirs, times = ("–", "–") if row.theirs is None else (shown(row.theirs), f"{row.times:.3g}")
        said = row.agreement + ("" if row.reached else "; **target missed**")
        lines.append(f"| {row.id} | {row.work} | {shown(row.ours)} | {row.peer} | {theirs} | {times} | {said} |")
    return "\n".join(lines) + "\n"


def main() -> int:
    """All rows, printed and written."""
    rows = [row for part in (bimatrix, counted, quantal, advice) for row in part.rows()]
    TABLE.write_text(table(rows), encoding="utf-8")
    return told(rows)


if __name__ == "__main__":
    sys.exit(main())
