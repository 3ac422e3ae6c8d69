"""Delegation: who knows the local need decides, within what is left to them (Melumad and Shibano 1991; ATLAS CASE-13).

The need is uniform on [0, ``width``] and known to the community only. A decision y costs the street office ``(y - need)^2``, the
community ``(y - need - bias)^2``: it wants ``bias`` more. A cap leaves every decision up to it to the community.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, pairwise

from ..errors import SizeError
from ..exact import Number
from ..parameters import amount, amounts, label, whole
from ..staged_game import Chance, End, Node, Stage, StagedGame

MOST_POINTS = 9  # 2^9 - 1 sets of decisions
MOST_WRITTEN = 5
CELLS = 20


@dataclass(frozen=True)
class Delegation:
    """One community of ``bias``; several of unlike ``biases`` under one street office; ``points`` decisions where a set of them is
    chosen freely. Raises :class:`InputError`.
    """

    bias: Number = Fraction(1, 5)
    width: Number = Fraction(1)
    biases: tuple[Number, ...] = (Fraction(1, 20), Fraction(7, 20))
    points: int = 5

    def __post_init__(self) -> None:
        object.__setattr__(self, "bias", amount(self.bias, "bias", least=0))
        object.__setattr__(self, "width", amount(self.width, "width", above=0))
        object.__setattr__(self, "biases", amounts(self.biases, "biases", least=Fraction(0)))
        object.__setattr__(self, "points", whole(self.points, "points", 2, MOST_POINTS))

    def loss(self, cap: Number, bias: Number) -> Number:
        """The street office's mean loss from a community of ``bias`` that decides ``min(need + bias, cap)``."""
        w = self.width
        if cap >= w + bias:
            return bias**2
        free = max(cap - bias, Fraction(0))  # needs below this are met as the community likes
        return (bias**2 * free + ((cap - free) ** 3 - (cap - w) ** 3) / 3) / w

    @property
    def decisions(self) -> tuple[Number, ...]:
        """``points`` decisions from 0 to the width."""
        return tuple(self.width * Fraction(k, self.points - 1) for k in range(self.points))

    def set_loss(self, permitted: Sequence[Number]) -> Number:
        """The street office's mean loss where the community of ``bias`` takes the decision of ``permitted`` (rising) nearest to its
        wish.
        """
        w = self.width
        turns = [min(max((x + y) / 2 - self.bias, Fraction(0)), w) for x, y in pairwise(permitted)]
        cuts = [Fraction(0), *turns, w]
        parts = (((high - y) ** 3 - (low - y) ** 3) / 3 for y, (low, high) in zip(permitted, pairwise(cuts)))
        return sum(parts, start=Fraction(0)) / w

    def game(self) -> StagedGame:
        """The street office permits any set of decisions, the need comes (the middle of one of ``CELLS`` equal parts), the community
        chooses among those permitted. Raises :class:`SizeError` beyond a few points.
        """
        if self.points > MOST_WRITTEN:
            raise SizeError("all sets of decisions are played out for at most {most} decisions, not {n}", most=MOST_WRITTEN, n=self.points)
        needs = [self.width * Fraction(2 * k + 1, 2 * CELLS) for k in range(CELLS)]
        labels, equal = tuple(label(x) for x in needs), (Fraction(1, CELLS),) * CELLS

        def after(permitted: Sequence[Number]) -> Node:
            names = tuple(label(y) for y in permitted)
            stages = tuple(Stage((1,), (names,), tuple(self._end(y, need) for y in permitted)) for need in needs)
            return Chance(labels, equal, stages)

        names = tuple(" ".join(label(y) for y in chosen) for chosen in self.sets())
        return StagedGame(("street office", "community"), Stage((0,), (names,), tuple(after(chosen) for chosen in self.sets())))

    def sets(self) -> Iterator[tuple[Number, ...]]:
        """All sets of decisions that leave something to choose or do."""
        return (chosen for size in range(1, self.points + 1) for chosen in combinations(self.decisions, size))

    def _end(self, y: Number, need: Number) -> End:
        return End((-((y - need) ** 2), -((y - need - self.bias) ** 2)))
