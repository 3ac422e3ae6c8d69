"""Who does what in an equilibrium of like players with two actions: so many take each, so many mix, those of a group alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import comb, lgamma, log, prod
from typing import Any

from ...games.exact import Number
from .bernstein import Root

MOST_DIGITS = 4000  # of a number that is written out; Python itself writes 4,300


@dataclass(frozen=True)
class Pattern:
    """``zeros`` players take action 0, ``ones`` action 1, and ``mixing`` are groups (players, probability of action 1)."""

    zeros: int
    ones: int
    mixing: tuple[tuple[int, Root], ...] = ()

    def mirrored(self) -> Pattern:
        """The same with the two actions exchanged."""
        groups = tuple((m, Root(1 - root.high, 1 - root.low)) for m, root in reversed(self.mixing))
        return Pattern(self.ones, self.zeros, groups)

    def orbit(self) -> int | None:
        """How many profiles of named players this stands for; None if that has thousands of digits."""
        sizes = [self.zeros, self.ones, *(m for m, _ in self.mixing)]
        return orbit_size([sizes])

    def profile(self, role: str) -> list[dict[str, Any]]:
        """The groups in the form of an answer: action 0 first, then those who mix, then action 1."""
        groups: list[tuple[int, Number]] = [
            (self.zeros, Fraction(0)),
            *((m, root.value) for m, root in self.mixing),
            (self.ones, Fraction(1)),
        ]
        return [{"role": role, "players": m, "strategy": [1 - p, p]} for m, p in groups if m]

    def enclosures(self) -> list[list[Fraction]]:
        """The interval in which the probability of each mixing group lies."""
        return [[root.low, root.high] for _, root in self.mixing]


def orbit_size(groups: Sequence[Sequence[int]]) -> int | None:
    """In how many ways the players of every role can be put into its groups; None if that number is too long to write."""
    digits = sum(lgamma(sum(sizes) + 1) - sum(lgamma(size + 1) for size in sizes) for sizes in groups) / log(10)
    return prod(map(multinomial, groups)) if digits < MOST_DIGITS else None


def multinomial(sizes: Sequence[int]) -> int:
    """In how many ways players can be put into groups of such ``sizes``."""
    total, result = 0, 1
    for size in sizes:
        total += size
        result *= comb(total, size)
    return result


__all__ = ["Pattern", "multinomial", "orbit_size"]
