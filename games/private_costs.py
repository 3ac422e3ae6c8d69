"""Costs that only their bearer knows, drawn independently from one distribution; and the game of acting or not at such a cost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from .errors import InputError
from .exact import Array, Number, array, number


class Costs(Protocol):
    """A distribution of costs on [low, high] with a density."""

    @property
    def low(self) -> Number:
        """The least cost."""
        ...

    @property
    def high(self) -> Number:
        """The largest cost."""
        ...

    def cdf(self, c: float) -> float:
        """The probability of a cost of at most ``c``."""
        ...

    def pdf(self, c: float) -> float:
        """The density at ``c``."""
        ...


@dataclass(frozen=True)
class Uniform:
    """Costs uniform on [low, high]."""

    low: Number
    high: Number

    def __post_init__(self) -> None:
        object.__setattr__(self, "low", number(self.low, "low"))
        object.__setattr__(self, "high", number(self.high, "high"))
        _check_bounds(self.low, self.high)

    def cdf(self, c: float) -> float:
        """The probability of a cost of at most ``c``."""
        return min(1.0, max(0.0, (c - float(self.low)) / float(self.high - self.low)))

    def pdf(self, c: float) -> float:
        """The density at ``c``."""
        return 1 / float(self.high - self.low) if self.low <= c <= self.high else 0.0


@dataclass(frozen=True)
class Spread:
    """Costs on [low, high] with the distribution function ``F`` and the density ``f``."""

    F: Callable[[float], float]
    f: Callable[[float], float]
    low: Number
    high: Number

    def __post_init__(self) -> None:
        _check_bounds(number(self.low, "low"), number(self.high, "high"))
        for place, expected in ((self.low, 0.0), (self.high, 1.0)):
            found = self.F(float(place))
            if abs(found - expected) > 1e-6:
                raise InputError(
                    "the distribution function is {found} at {place}; it must be {expected}", found=found, place=place, expected=expected
                )

    def cdf(self, c: float) -> float:
        """The probability of a cost of at most ``c``."""
        return 0.0 if c <= self.low else 1.0 if c >= self.high else float(self.F(c))

    def pdf(self, c: float) -> float:
        """The density at ``c``."""
        return float(self.f(c)) if self.low <= c <= self.high else 0.0


class PrivateCostGame:
    """n interchangeable players: acting brings ``value[k]`` more than not acting if k of the n - 1 others act, and costs c ~ ``costs``.

    Volunteer's dilemma: ``value = [b, 0, 0, ...]``. Raises :class:`InputError` for fewer than 2 players.
    """

    def __init__(self, value: Sequence[object], costs: Costs) -> None:
        self.value: Array = array(list(value), "value")
        self.costs = costs
        if self.value.ndim != 1 or len(self.value) < 2:
            raise InputError("value has {n} entries; one for each number of others, at least 2, is needed", n=len(self.value))

    @property
    def players(self) -> int:
        """How many players there are."""
        return len(self.value)


def _check_bounds(low: Number, high: Number) -> None:
    if not low < high:
        raise InputError("the least cost {low} must be below the largest, {high}", low=low, high=high)
