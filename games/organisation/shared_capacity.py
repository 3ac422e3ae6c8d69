"""Units with the same want that claim one resource (ATLAS game 8d; Sprumont 1991)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from ..division import uniform_shares
from ..exact import Number, array
from ..normal_form import NormalForm, Profile
from ..parameters import amount, amounts, labels, whole

MOST_UNITS = 1_000


@dataclass(frozen=True)
class SharedCapacity:
    """Unit i is best served with ``needs[i]`` of the resource, whose ``capacity`` is less than all of them may want, and loses by
    every unit of distance from it. ``most`` is the largest claim that anybody can make. Raises :class:`InputError`.
    """

    capacity: Number = Fraction(100)
    needs: tuple[Number, ...] = (Fraction(60), Fraction(60))
    most: Number = Fraction(120)

    def __post_init__(self) -> None:
        object.__setattr__(self, "capacity", amount(self.capacity, "capacity", above=0))
        object.__setattr__(self, "needs", amounts(self.needs, "needs", least=Fraction(0)))
        whole(len(self.needs), "len(needs)", 1, MOST_UNITS)
        object.__setattr__(self, "most", amount(self.most, "most", least=max(self.needs)))

    def in_proportion(self, claims: Sequence[Number]) -> list[Number]:
        """Claims as they are if they fit, else scaled down to fit."""
        asked = sum(claims, start=Fraction(0))
        return list(claims) if asked <= self.capacity else [x * self.capacity / asked for x in claims]

    def levelled(self, claims: Sequence[Number]) -> list[Number]:
        """The uniform rule for what is scarce: claims as they are if they fit, else up to one level (M-33)."""
        if sum(claims, start=Fraction(0)) <= self.capacity:
            return list(claims)
        return list(uniform_shares(array(list(claims)), self.capacity))

    def claims(self, steps: int = 12) -> tuple[Number, ...]:
        """Claims that can be made in the game written out: equal steps up to ``most``, and every true need."""
        return tuple(sorted({self.most * k / whole(steps, "steps") for k in range(steps + 1)} | set(self.needs)))

    def game(self, level: bool = False, steps: int = 12) -> NormalForm:
        """The game of claims: worth minus the distance of what is got from what is needed, got in proportion or by the uniform rule."""
        grid = self.claims(steps)

        def payoff(profile: Profile) -> list[Number]:
            made = [grid[a] for a in profile]
            got = self.levelled(made) if level else self.in_proportion(made)
            return [-abs(x - need) for x, need in zip(got, self.needs)]

        return NormalForm.from_function(payoff, [labels(grid)] * len(self.needs))


__all__ = ["SharedCapacity"]
