"""Rotation of a burden that nobody wants to skip (P1.8, H-7).

n units host in turn. Unit i gains a_i in every round and bears d_i when it hosts; a refusal ends the project for good, worth 0. At
its own turn it hosts iff  a_i (1 + delta + ... + delta^(n-1)) >= d_i. The left side rises in delta from a_i to n a_i: so
delta_i* = 0 if d_i <= a_i, there is no delta < 1 if d_i >= n a_i, and otherwise one root in (0, 1).

The root is bracketed by rational numbers whose signs are certain: (1 - delta^n) a - d (1 - delta) is evaluated in fixed-point
integers rounded down and rounded up, with more digits until both agree.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from ...games.errors import InputError
from ...games.exact import as_json, number

BITS = 48  # of the bracket: its width is 2^-48
MOST_UNITS = 10**9


@dataclass(frozen=True, eq=False)
class Turn:
    """One unit: ``low <= delta* <= high`` with certainty (equal where the root is exact); None, None if no patience suffices."""

    benefit: Fraction
    burden: Fraction
    low: Fraction | None
    high: Fraction | None

    @property
    def least(self) -> float | None:
        """delta*, to the last digit of a float; None if there is none."""
        return None if self.low is None or self.high is None else float((self.low + self.high) / 2)


@dataclass(frozen=True, eq=False)
class Rotation:
    """The units' turns; ``feasible`` if some delta < 1 makes all of them host."""

    turns: tuple[Turn, ...]

    @property
    def feasible(self) -> bool:
        """Whether no unit refuses at its turn for some delta < 1."""
        return all(turn.low is not None for turn in self.turns)

    @property
    def high(self) -> Fraction | None:
        """A discount factor that certainly suffices, at most 2^-48 above the least; None if none does."""
        return max(t.high for t in self.turns if t.high is not None) if self.feasible else None

    @property
    def least(self) -> float | None:
        """The least discount factor that makes all units host, as a float; None if none does."""
        return max(t.least for t in self.turns if t.least is not None) if self.feasible else None

    def to_dict(self) -> dict[str, Any]:
        """The JSON form, schema ``encompass/rotation/1``."""
        turns = [{"benefit": t.benefit, "burden": t.burden, "low": t.low, "high": t.high, "least": t.least} for t in self.turns]
        return as_json(
            {"schema": "encompass/rotation/1", "feasible": self.feasible, "least": self.least, "high": self.high, "units": turns}
        )


def rotation(benefits: Sequence[object], burdens: Sequence[object], units: int | None = None) -> Rotation:
    """The least discount factor of every unit at its turn; ``units`` is the length of the cycle (None: one turn a benefit given).

    ``benefits[i]`` is what unit i gains in every round, net of what it pays then, ``burdens[i]`` what hosting costs it; floats are taken
    for the binary fractions they are. Raises :class:`InputError` if lengths differ or a benefit is negative.
    """
    if len(benefits) != len(burdens) or not benefits:
        raise InputError("{a} benefits and {d} burdens do not fit", a=len(benefits), d=len(burdens))
    n = len(benefits) if units is None else units
    if not 1 <= n <= MOST_UNITS:
        raise InputError("units={n} must lie between 1 and {most}", n=n, most=MOST_UNITS)
    pairs = [(Fraction(number(a, "benefits")), Fraction(number(d, "burdens"))) for a, d in zip(benefits, burdens)]
    return Rotation(tuple(_turn(a, d, n) for a, d in pairs))


def _turn(a: Fraction, d: Fraction, n: int) -> Turn:
    if a < 0:
        raise InputError("benefits={value} must not be negative", value=a)
    if d <= a:
        return Turn(a, d, Fraction(0), Fraction(0))
    if d >= n * a:
        return Turn(a, d, None, None)
    low, high = 0, 1 << BITS  # hosting fails at low and holds at high (in the limit delta -> 1, n a > d)
    while high - low > 1:
        middle = (low + high) // 2
        sign = _sign(a, d, n, middle)
        if sign == 0:
            return Turn(a, d, Fraction(middle, 1 << BITS), Fraction(middle, 1 << BITS))
        low, high = (middle, high) if sign < 0 else (low, middle)
    return Turn(a, d, Fraction(low, 1 << BITS), Fraction(high, 1 << BITS))


def _sign(a: Fraction, d: Fraction, n: int, k: int) -> int:
    """The sign of a (1 + x + ... + x^(n-1)) - d at x = k / 2^BITS, which is that of a (1 - x^n) - d (1 - x)."""
    digits = 4 * BITS
    a_, d_ = a.numerator * d.denominator, d.numerator * a.denominator  # integers in the proportion of a and d
    while True:
        x = k << (digits - BITS)
        low, high = _power(x, n, digits, 0), _power(x, n, digits, 1)
        least = a_ * ((1 << digits) - high) - d_ * ((1 << digits) - x)
        most = a_ * ((1 << digits) - low) - d_ * ((1 << digits) - x)
        if least > 0 or most < 0:
            return 1 if least > 0 else -1
        if least == most == 0:
            return 0
        digits *= 2  # from n * BITS digits on nothing is rounded


def _power(x: int, n: int, digits: int, up: int) -> int:
    """x^n of a fixed-point number with so many binary digits, rounded down, or up."""
    result = 1 << digits
    add = (1 << digits) - 1 if up else 0
    while n:
        if n & 1:
            result = (result * x + add) >> digits
        x = (x * x + add) >> digits
        n >>= 1
    return result
