"""Sitings of a million residents: every rule that is to run there, with the seconds it takes and what it decides.

Usage: ``python benchmarks/mechanisms_scale.py [RESIDENTS]``. Own-site rules (M-01 to M-04) get a damage a resident; the pivotal rule and
the vote get a million different rows of gains over fifty sites, streamed from coordinates and compared with the bare evaluation of the
gains; the lottery, the vote by kinds and the chamber drawn by lot get a thousand kinds of residents; the uniform rule a million claims.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from encompass.games.deliberation.sortition import Sortition
from encompass.games.division import Division
from encompass.games.mechanisms import MECHANISMS
from encompass.games.mechanisms.budget_division import UniformRule
from encompass.games.mechanisms.own_sites import (
    equal_damage,
    equal_surplus,
    fair_imposition,
    full_compensation,
    low_bid_outcome,
    second_price_outcome,
)
from encompass.games.outcome_game import OutcomeGame, Stream
from encompass.games.rights import Imposition, Quota
from encompass.games.siting import vote

SITES, BLOCK, KINDS = 50, 20_000, 1_000


def timed(name: str, work: Callable[[], Any], say: Callable[[Any], str]) -> float:
    """Run ``work`` once; print its seconds and what ``say`` tells of the answer."""
    start = time.perf_counter()
    answer = work()
    seconds = time.perf_counter() - start
    print(f"{name:<34} {seconds:8.2f} s   {say(answer)}")
    return seconds


def landscape(n: int) -> OutcomeGame:
    """Residents and sites at random in a unit square: worth falls with distance, damage is near the site only."""
    rng = np.random.default_rng(0)
    homes, sites = rng.random((n, 2)), rng.random((SITES, 2))

    def blocks() -> Iterator[tuple[np.ndarray, np.ndarray]]:
        for first in range(0, n, BLOCK):
            away = np.sqrt(((homes[first : first + BLOCK, None] - sites) ** 2).sum(-1))
            gains = np.hstack([np.zeros((len(away), 1)), 1 - away - 3 * np.exp(-30 * away)])
            yield np.ones(len(away), dtype=np.int64), gains

    return OutcomeGame(Stream(blocks, n, n), alternatives=["x0", *map(str, range(SITES))], rights=Imposition())


def kinds_of(n: int, sites: int) -> OutcomeGame:
    """``n`` residents of ``KINDS`` kinds."""
    gains = np.random.default_rng(1).normal(1, 2, (KINDS, sites))
    counts = np.full(KINDS, n // KINDS)
    return OutcomeGame(np.hstack([np.zeros((KINDS, 1)), gains]), counts=counts.tolist(), rights=Imposition())


def _drawn(outcome: Any) -> str:
    return f"{(outcome.lottery > 0).sum()} alternatives possible"


def main(n: int) -> None:
    rng = np.random.default_rng(2)
    benefits, damages = rng.uniform(5, 10, n), rng.uniform(10, 40, n)
    for name, rule in (
        ("M-01:EQ", lambda: equal_damage(damages)),
        ("M-01:FC", lambda: full_compensation(damages)),
        ("M-01:ES", lambda: equal_surplus(benefits, damages)),
        ("M-02", lambda: low_bid_outcome(damages)),
        ("M-03", lambda: second_price_outcome(damages)),
        ("M-04", lambda: fair_imposition(damages)),
    ):
        timed(f"{name}, {n:,} own sites", rule, lambda hosting: f"host {hosting.host}")
    game = landscape(n)
    bare = timed(f"gains alone, {n:,} x {SITES}", lambda: sum(gains.sum() for _, gains in game.blocks()), lambda total: "")
    pivotal = timed("M-06, streamed", lambda: MECHANISMS["M-06:imposition"].outcome(game), lambda o: f"taxes {-o.transfers.sum():.4g}")
    timed("DL-8, streamed", lambda: vote(game, Quota()), lambda tallies: f"{sum(t.passes for t in tallies)} sites pass")
    print(f"{'':<34} M-06 takes {pivotal / bare:.1f} times the gains alone (three passes)")
    kinds = kinds_of(n, 30)
    timed(
        f"M-21:maxmin, {KINDS:,} kinds x 30", lambda: MECHANISMS["M-21:maxmin"].outcome(kinds), lambda o: f"{(o.lottery > 0).sum()} drawn"
    )
    timed("DL-13, three seats", lambda: Sortition(3).outcome(kinds_of(n, 3)), _drawn)
    claims = rng.integers(0, 100, n)
    division = Division(tuple(claims.tolist()), int(claims.sum() // 2))
    timed(f"M-33, {n:,} claims", lambda: UniformRule().outcome(division), lambda o: "")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
