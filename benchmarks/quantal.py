"""B4: the quantal-response path of the volunteer's dilemma and of a threshold game, beside pygambit.

Usage: ``python benchmarks/quantal.py [SECONDS]`` (time limit of the peer for one game, default 120). pygambit is no dependency: it is
asked in a child process, in the Python named by the environment variable ``PYGAMBIT_PYTHON`` (a virtual environment into which it was
installed), or else in this one. Where there is none, seconds measured with pygambit 16.7 earlier are quoted, as such. Exit code 1 if
a target is missed.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from row import Row, told

from encompass.cases.game_file import write_game
from encompass.games.counted_game import SymmetricGame
from encompass.solvers.quantal.quantal_path import QuantalPath
from encompass.solvers.quantal.quantal_response import quantal_path

PEER = """
import json, sys, time
import pygambit
game = pygambit.read_nfg(sys.argv[1])
begun = time.perf_counter()
found = pygambit.nash.logit_solve(game)
seconds = time.perf_counter() - begun
new = hasattr(found, "equilibrium")  # 17; 16 has equilibria
profile = found.equilibrium if new else found.equilibria[0]
answer = {"version": "17" if new else "16", "seconds": seconds, "profile": None, "crossed": []}
if profile is None:
    answer["reason"] = str(found.reason)
elif new:
    answer["profile"] = [[float(profile[p][s]) for s in game.get_strategies(p)] for p in game.players]
    answer["crossed"] = [[b.before.lam, b.after.lam] for b in found.bifurcations]
else:
    answer["profile"] = [[float(profile[s]) for s in p.strategies] for p in game.players]
if profile is not None:
    answer["regret"] = float(profile.max_regret())
print(json.dumps(answer))
"""


@dataclass(frozen=True)
class Work:
    """n players, of whom ``needed`` must contribute (benefit 1, cost 2/5); the seconds not to be passed; seconds published for the peer."""

    n: int
    needed: int
    target: float | None = None
    published: str = ""

    @property
    def title(self) -> str:
        kind = "volunteer's dilemma" if self.needed == 1 else f"{self.needed} needed"
        return f"quantal path, {kind}, n = {self.n:,}"

    def game(self) -> SymmetricGame:
        return SymmetricGame.of(lambda a, c: (c[1] + a >= self.needed) - Fraction(2 * a, 5), self.n, ["no", "yes"])


WORKS = (
    Work(4, 1, published="0.05 (pygambit 16.7)"),
    Work(4, 2, published="regret 0.0028 (pygambit 16.7)"),
    Work(8, 1, published="1.4 (pygambit 16.7)"),
    Work(12, 1, 0.5, "66 (pygambit 16.7)"),
    Work(1000, 1),
    Work(10_000, 1, 10.0),
    Work(10_000, 5000),
)


def ours(game: SymmetricGame) -> tuple[float, QuantalPath]:
    begun = time.perf_counter()
    path = quantal_path(game)
    return time.perf_counter() - begun, path


def peer(game: SymmetricGame, limit: float) -> dict[str, Any] | None:
    """What pygambit answers; None where it is not installed, ``{"late": True}`` where it ran into the limit."""
    python = os.environ.get("PYGAMBIT_PYTHON", sys.executable)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "game.nfg"
        write_game(game, file)
        try:
            done = subprocess.run([python, "-c", PEER, str(file)], capture_output=True, text=True, timeout=limit)
        except subprocess.TimeoutExpired:
            return {"late": True}
    return json.loads(done.stdout) if done.returncode == 0 else None


def agreement(path: QuantalPath, answer: dict[str, Any]) -> str:
    """Whether the peer's equilibrium is the one that the symmetric principal branch selects; what it is otherwise."""
    assert path.limit is not None
    if answer["profile"] is None:
        return f"no equilibrium from the peer: {answer['reason']}"
    p = float(path.limit[0][1])
    theirs = answer["profile"]
    crossed = (
        "; its bifurcations lie between " + ", ".join(f"{a:.4g} and {b:.4g}" for a, b in answer["crossed"]) if answer["crossed"] else ""
    )
    if all(abs(strategy[1] - p) < 1e-3 for strategy in theirs):
        return "same equilibrium" + crossed
    like = "an asymmetric branch: " if any(abs(s[1] - theirs[0][1]) > 1e-3 for s in theirs) else ""
    return f"{like}other, regret {answer['regret']:.2g} (ours {path.limit_regret:.2g}){crossed}"


def rows(limit: float = 120.0) -> list[Row]:
    """A row for each piece of work; the critical points stand in what is said of the answers."""
    table: list[Row] = []
    for work in WORKS:
        game = work.game()
        seconds, path = ours(game)
        found = peer(game, limit) if work.n <= 12 else None
        name, theirs, said = "pygambit", None, f"not done in {limit:g} s"
        if found is None:
            name, said = work.published or "cannot hold the table", "not compared"
        elif "late" not in found:
            name, theirs, said = f"pygambit {found['version']}", found["seconds"], agreement(path, found)
        critical = ", ".join(f"{point.kind} at {point.rationality:.5g}" for point in path.critical) or "no critical point"
        whole = "all branches proved" if path.complete else "not proved complete"
        reached = work.target is None or seconds <= work.target
        table.append(Row("B4", work.title, seconds, name, theirs, f"{said}; {whole}, {critical}", reached))
    return table


if __name__ == "__main__":
    sys.exit(told(rows(*map(float, sys.argv[1:]))))
