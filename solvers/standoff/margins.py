"""What everybody can be sure to gain: by a site, by a lottery, by transfers; and Theorem 4.1, each side with its proof.

Theorem 4.1 (Tucker's alternative): either some lottery p harms nobody and helps somebody (positive-sum), or some strictly
positive weights make the status quo optimal (zero- or negative-sum, up to rescaling of utilities).
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from ...games.exact import Array, Number
from ...games.linear_program import maximise
from ...games.maximin import Residents, maximin_lottery, rational
from ...games.outcome_game import OutcomeGame
from .diagnosis import Margins


def margins(game: OutcomeGame) -> Margins:
    """The margins of ``game`` with their proofs."""
    residents = Residents(game)
    least = np.min([gains.min(axis=0) for gains in residents.blocks()], axis=0)
    site = game.largest(least, game.slack)
    lottery = maximin_lottery(game)
    improvement, weights = (lottery.p, None) if lottery.value > game.slack else _alternative(residents)
    return Margins(
        deterministic=least[site],
        site=site,
        lottery=lottery.value,
        p=lottery.p,
        objector=dict(lottery.objector),
        transfers=game.surplus[game.best] / game.residents,
        positive_sum=improvement is not None,
        improvement=improvement,
        weights=weights,
        slack=game.slack,
    )


def _alternative(residents: Residents) -> tuple[tuple[Fraction, ...] | None, dict[int, Number] | None]:
    """Theorem 4.1 when no lottery helps everybody: a lottery that harms nobody and helps somebody, or weights.

    Maximise the sum of gains over lotteries that harm nobody. If that is 0, the dual y >= 0 makes 1 + y the weights
    (rows not mentioned weigh 1).
    """
    columns = len(residents.game.alternatives)
    total = rational(np.sum([gains.sum(axis=0) for gains in residents.blocks()], axis=0))
    working: dict[int, Array] = {}
    while True:
        rows = sorted(working)
        A = np.array([*(-rational(np.array(working[row])) for row in rows), np.array([Fraction(1)] * columns)], dtype=object)
        b = np.array([Fraction(0)] * len(rows) + [Fraction(1)], dtype=object)
        best = maximise(total, A, b)
        if best.value <= residents.slack * residents.game.residents:
            return None, {row: 1 + y for row, y in zip(rows, best.y)}
        fresh = {row: gains for gain, row, gains in residents.worst(best.x) if gain < -residents.slack and row not in working}
        if not fresh:
            return best.x, None
        working |= fresh
