"""How large the numbers of a certificate may grow while it is re-read: what takes for ever is refused, which is an answer: not valid."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import lcm

MOST_BITS = 200_000  # of a common denominator


def common_denominator(numbers: Iterable[Fraction], most: int = MOST_BITS) -> int:
    """The least common denominator. Raises ValueError if it has more than ``most`` bits."""
    shared = 1
    for x in numbers:
        if x.denominator != 1:
            shared = lcm(shared, x.denominator)
            if shared.bit_length() > most:
                raise ValueError(f"numbers with a common denominator of over {most} bits are not read")
    return shared


def whole(value: object, least: int = 0) -> int:
    """A whole number of a certificate. Raises TypeError for anything else, ValueError below ``least``."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"{str(value)[:40]!r} is not a whole number")
    if value < least:
        raise ValueError(f"{str(value)[:40]} is less than {least}")
    return value


__all__ = ["common_denominator", "whole"]
