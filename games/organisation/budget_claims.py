"""A budget divided among communities that each want some amount and no more: what they claim under proportional cuts (ATLAS P9.4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

import numpy as np

from ..division import Division
from ..errors import SizeError
from ..exact import Number
from ..mechanisms.budget_division import ProportionalRationing, UniformRule
from ..normal_form import NormalForm
from ..parameters import amount, amounts, label, whole

MOST_PROFILES = 5_000


@dataclass(frozen=True)
class BudgetClaims:
    """``peaks``: what each would like best; every amount is the worse the further it is from that. Claims are multiples of ``most / steps``
    up to ``most``. Raises :class:`InputError`, :class:`SizeError` where the game of claims does not fit.
    """

    peaks: tuple[Number, ...] = (Fraction(60), Fraction(60))
    budget: Number = Fraction(100)
    most: Number = Fraction(120)
    steps: int = 12

    def __post_init__(self) -> None:
        peaks = amounts(self.peaks, "peaks", least=Fraction(0))
        object.__setattr__(self, "peaks", peaks)
        object.__setattr__(self, "budget", amount(self.budget, "budget", least=0))
        object.__setattr__(self, "most", amount(self.most, "most", above=0))
        amount(max(peaks), "peaks", most=self.most)
        object.__setattr__(self, "steps", whole(self.steps, "steps"))
        n = (self.steps + 1) ** min(len(peaks), 20)
        if n > MOST_PROFILES:
            raise SizeError("claims of {n} profiles do not fit; at most {limit}", n=f"{n:.3g}", limit=MOST_PROFILES)

    @property
    def grid(self) -> tuple[Number, ...]:
        """The amounts that can be claimed."""
        return tuple(self.most * Fraction(k, self.steps) for k in range(self.steps + 1))

    def shares(self, claims: Sequence[Number], uniform: bool) -> tuple[Number, ...]:
        """What everybody gets by the uniform rule, or in proportion to claims."""
        rule = UniformRule() if uniform else ProportionalRationing()
        return tuple(rule.outcome(Division(tuple(claims), self.budget)).shares.tolist())

    def play(self, uniform: bool) -> NormalForm:
        """The game of claims: everybody loses the distance of its share from what it would like."""
        grid, n = self.grid, len(self.peaks)
        table = np.empty((n, *(len(grid),) * n), dtype=object)
        for at in product(range(len(grid)), repeat=n):
            for i, x in enumerate(self.shares([grid[k] for k in at], uniform)):
                table[(i, *at)] = -abs(x - self.peaks[i])
        return NormalForm(table, tuple(f"community {i + 1}" for i in range(n)), (tuple(map(label, grid)),) * n)

    def game(self) -> NormalForm:
        """The game of claims where they are cut in proportion."""
        return self.play(uniform=False)
