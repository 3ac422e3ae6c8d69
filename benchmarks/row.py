"""One line of a benchmark: what was done, how long we and a peer took, what is said of the answers, whether the target is reached."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """Seconds of both (None where the peer cannot or is not there), and what is said of the answers."""

    id: str
    work: str
    ours: float
    peer: str
    theirs: float | None
    agreement: str
    reached: bool = True

    @property
    def times(self) -> float | None:
        """How many times as long the peer takes."""
        return None if self.theirs is None else self.theirs / self.ours

    def __str__(self) -> str:
        beside = f"{self.peer}" if self.theirs is None else f"{self.peer} {shown(self.theirs)}, {self.times:.3g} times ours"
        return f"{self.id} {self.work:<58}{shown(self.ours):>10}   {beside}; {self.agreement}{'' if self.reached else '; target MISSED'}"


def shown(seconds: float) -> str:
    """Seconds with their unit."""
    return f"{seconds * 1000:.3g} ms" if seconds < 1 else f"{seconds:.3g} s"


def told(rows: list[Row]) -> int:
    """Print the rows; the exit code, 1 if a target is missed."""
    for row in rows:
        print(row)
    return 0 if all(row.reached for row in rows) else 1
