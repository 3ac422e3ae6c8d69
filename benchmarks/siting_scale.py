"""The same siting at three sizes: 205 rows of residents, 205 rows of households, and every household a row of its own.

Usage: ``python benchmarks/siting_scale.py``. Each verb runs as a child process; its wall time and the most memory it held are
reported. The second and the third size are one game written in two ways, so their answers must agree. Exit code 1 if they do
not, or if a run needs a gigabyte.
"""

from __future__ import annotations

import csv
import json
import math
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import encompass

CASE = "san-francisco-siting"
SHIPPED = Path(encompass.__file__).parent / "cases"
PROGRAM = Path(sys.executable).with_name("encompass")
PERSONS = 2.48  # residents a household: 955,113 of them in the case's residents are about 385,000 households
LIMIT_MB = 1000
VERBS = (("compare",), ("compare", "--json"), ("diagnose",))


def tracts() -> Iterator[dict[str, str]]:
    """The rows of the shipped table of residents, ``count`` turned into households."""
    with (SHIPPED / f"{CASE}.residents.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield row | {"count": str(max(1, round(int(row["count"]) / PERSONS)))}


def households() -> Iterator[dict[str, str]]:
    """One row a household; its ``unit_id`` is the tract, by which the table of distances knows it."""
    for row in tracts():
        for k in range(int(row["count"])):
            yield row | {"id": f"{row['id']}-{k + 1}", "unit_id": row["id"], "count": "1"}


def write_case(folder: Path, residents: Iterator[dict[str, str]]) -> Path:
    """The shipped case with other ``residents``, its files written into ``folder``."""
    folder.mkdir()
    for table in ("sites", "distances"):
        name = f"{CASE}.{table}.csv"
        (folder / name).write_bytes((SHIPPED / name).read_bytes())
    first = next(residents)
    with (folder / f"{CASE}.residents.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(first))
        writer.writeheader()
        writer.writerow(first)
        writer.writerows(residents)
    path = folder / f"{CASE}.toml"
    path.write_bytes((SHIPPED / path.name).read_bytes())
    return path


def measured(command: Sequence[str], output: Path) -> tuple[float, float]:
    """Wall time in seconds and peak memory in MB of a child process that writes to ``output``."""
    begun = time.perf_counter()
    where = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    child = os.posix_spawn(command[0], command, os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, where, 1)])
    os.close(where)
    _, status, usage = os.wait4(child, 0)
    if os.waitstatus_to_exitcode(status) != 0:
        raise SystemExit(f"failed: {' '.join(command)}")
    return time.perf_counter() - begun, usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e6


def differences(one: dict[str, Any], other: dict[str, Any]) -> list[str]:
    """The rules that come to something else in ``other``; money may differ by a millionth, for floats are summed in another order."""
    rules = {row["id"]: row for row in one["mechanisms"]}
    return [row["id"] for row in other["mechanisms"] if not same(rules[row["id"]], row)]


def same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    named = all(one[name] == other[name] for name in ("verdict", "alternative", "concept"))
    money = [(one[name], other[name]) for name in ("tau_strong", "tau_weak", "min_gain")]
    return named and all(a == b or math.isclose(float(a), float(b), rel_tol=1e-6, abs_tol=1e-6) for a, b in money)


def main() -> int:
    if not PROGRAM.exists():
        print(f"no program {PROGRAM.name} beside this Python: install the package first")
        return 2
    answers: dict[str, dict[str, Any]] = {}
    most = 0.0
    print(f"{'residents as':<28}{'rows':>9}  {'verb':<16}{'seconds':>8}{'peak MB':>9}")
    with tempfile.TemporaryDirectory() as temporary:
        folder, output = Path(temporary), Path(temporary) / "answer"
        sizes = {
            "people, by tract": SHIPPED / f"{CASE}.toml",
            "households, by tract": write_case(folder / "counted", tracts()),
            "households, each its own row": write_case(folder / "listed", households()),
        }
        for name, case in sizes.items():
            with (case.parent / f"{CASE}.residents.csv").open(encoding="utf-8") as file:
                rows = sum(1 for _ in file) - 1
            for verb, *options in VERBS:
                seconds, megabytes = measured([str(PROGRAM), verb, str(case), *options], output)
                print(f"{name:<28}{rows:>9,}  {' '.join([verb, *options]):<16}{seconds:>8.2f}{megabytes:>9.0f}", flush=True)
                most = max(most, megabytes)
                if options == ["--json"]:
                    answers[name] = json.loads(output.read_text(encoding="utf-8"))
    counted, listed = list(answers.values())[1:]
    differ = differences(counted, listed)
    print(f"households counted and listed: {f'answers DIFFER: {differ}' if differ else 'same answers'}")
    print(f"most memory {most:.0f} MB, target {LIMIT_MB}: {'reached' if most < LIMIT_MB else 'MISSED'}")
    return 1 if differ or most >= LIMIT_MB else 0


if __name__ == "__main__":
    sys.exit(main())
