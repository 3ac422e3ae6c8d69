"""B9: how long the program takes from a cold start, as a whole process, beside what nobody can start without.

Usage: ``python benchmarks/start_up.py [RUNS]`` (default 15). Each command and its peer run in turn, so that a slow moment of
the machine falls on both. Exit code 1 if a target is missed.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

PROGRAM = Path(sys.executable).with_name("encompass")


@dataclass(frozen=True)
class Race:
    """The arguments of ``encompass``, the peer as Python text, and the ratio of medians not to be passed."""

    arguments: tuple[str, ...]
    peer: str
    target: float


RACES = (
    Race(("--help",), "import rich.console, rich.table", 2.5),
    Race(("compare", "public-toilet"), "import numpy", 5.0),
)


def seconds(command: Sequence[str]) -> float:
    begun = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - begun


def run(race: Race, runs: int) -> bool:
    """Whether the target is reached; prints the figures."""
    ours, theirs = (str(PROGRAM), *race.arguments), (sys.executable, "-c", race.peer)
    for command in (ours, theirs):
        seconds(command)  # writes the byte code and fills the disk's cache
    pairs = [(seconds(ours), seconds(theirs)) for _ in range(runs)]
    a, b = (median(times) for times in zip(*pairs))
    reached = a / b <= race.target
    for name, time_taken in ((f"encompass {' '.join(race.arguments)}", a), (f'python -c "{race.peer}"', b)):
        print(f"{name:<46}{time_taken * 1000:5.0f} ms")
    of_pairs = median(x / y for x, y in pairs)
    print(f"  ratio of medians {a / b:.2f}, median of ratios {of_pairs:.2f}, target {race.target}: {'reached' if reached else 'MISSED'}")
    return reached


def main(arguments: Sequence[str]) -> int:
    runs = int(arguments[0]) if arguments else 15
    if not PROGRAM.exists():
        print(f"no program {PROGRAM.name} beside this Python: install the package first")
        return 2
    print(f"Python {sys.version.split()[0]}, {runs} runs of each, in turn")
    return 0 if all([run(race, runs) for race in RACES]) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
