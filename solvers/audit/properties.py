"""What a property is: the sizes of its violations, each with who does what, and by how much it pays."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import prod
from typing import Any

from ...games.environment import Types
from ...games.exact import Number
from ...games.message import Message
from .play import Play

LARGEST_COMPARISONS = 2_000_000  # made in one audit of one property
ANY = "*"  # a type or report that was averaged over


@dataclass(frozen=True, eq=False)
class Violation:
    """How a property fails: ``size`` (money; for votes a probability), at the true ``types``.

    ``reports`` are what is told (None: the truth), ``players`` those who gain, lose or are set against each other, from 0. ``before`` is
    what is decided, ``after`` what is decided instead. ``note`` says more in a word.
    """

    size: Number
    types: Types
    players: tuple[int, ...] = ()
    reports: Types | None = None
    before: Any = None
    after: Any = None
    note: str = ""

    @property
    def simplicity(self) -> tuple[Any, ...]:
        """The smaller, the easier to tell: few who lie, few concerned, small numbers, a large size."""
        told = self.types if self.reports is None else self.reports
        lies = sum(a != b for a, b in zip(self.types, told)) + abs(len(told) - len(self.types))
        return lies, len(self.players), bulk(self.types) + bulk(told), -self.size


def bulk(value: Any) -> int:
    """How much there is to write down in a type: numerators and denominators."""
    if isinstance(value, (tuple, list, frozenset)):
        return sum(map(bulk, value))
    if isinstance(value, (Fraction, int)):
        return abs(value.numerator) + value.denominator - 1
    return int(abs(value) * 2) + 1 if isinstance(value, float) else 0


Violations = Callable[[Play, Types], Iterator[Violation]]
Reason = Callable[[Play], Message | None]


def _always(play: Play) -> Message | None:
    del play
    return None


@dataclass(frozen=True)
class Property:
    """``violations(play, types)`` yields every way in which the property fails when ``types`` are true, or nothing.

    ``whole`` properties are asked once, of all types with their prior (``types`` is then empty). ``needs(play)`` says why the property
    makes no sense there, or None. ``cost(sizes)`` counts the comparisons at one profile. ``kind`` chooses how a violation is told.
    """

    name: str
    violations: Violations
    kind: str = ""
    needs: Reason = _always
    cost: Callable[[Sequence[int]], int] = len
    whole: bool = False
    joint: bool = False  # whether lies of several players together are tried: not with counted players

    @classmethod
    def of_size(cls, name: str, size: Callable[[Play, Types], Number]) -> Property:
        """A property of what is decided on the truth: ``size(play, types)`` of the violation, 0 or less if there is none."""

        def violations(play: Play, types: Types) -> Iterator[Violation]:
            yield Violation(size(play, types), types, before=play.outcome(types))

        return cls(name, violations)


def worst_and_smallest(play: Play, kept: tuple[Violation | None, Violation | None], found: Iterator[Violation]) -> Any:
    """The most profitable and the simplest of the violations ``kept`` and ``found``."""
    worst, small = kept
    for violation in found:
        if violation.size <= play.slack(_true(play, violation.types), violation.size):
            continue
        if worst is None or violation.size > worst.size:
            worst = violation
        if small is None or violation.simplicity < small.simplicity:
            small = violation
    return worst, small


def _true(play: Play, types: Types) -> Types:
    """``types``, with any type where it was averaged over."""
    if len(types) == len(play.players) and not any(isinstance(own, str) and own == ANY for own in types):
        return types
    return play.some


def lies_of_one(sizes: Sequence[int]) -> int:
    """Every player's every report."""
    return sum(sizes)


def lies_together(sizes: Sequence[int]) -> int:
    """Every profile of reports, for every player."""
    return prod(sizes) * len(sizes)
