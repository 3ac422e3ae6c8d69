"""Numbers as a case file states them: exact, finite, and of a size that can be computed with."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from ..games.errors import InputError
from ..games.exact import MOST_DIGITS, Number, is_long, number

LARGEST = 10.0**MOST_DIGITS
DEEPEST = 60  # lists within lists
MOST_SHOWN = 60  # characters of a value that a message repeats


def figure(value: Any) -> Number:
    """``value`` as an exact number (a float stays one). Raises :class:`InputError` if it is none, or has too many digits."""
    if is_long(value):
        raise InputError("{value} has too many digits; at most {n} before or after the point", value=shown(value), n=MOST_DIGITS)
    try:
        return number(value)
    except InputError:
        raise InputError("{value!r} must be a finite number", value=shown(value)) from None


def figures(value: Any, place: str = "") -> Any:
    """``value`` as exact numbers, lists as nested lists. Raises :class:`InputError` naming the entry that is none."""
    if isinstance(value, list):
        if place.count("[") == DEEPEST:
            raise InputError("lists are nested more than {n} deep", n=DEEPEST)
        return [figures(entry, f"{place}[{k}]") for k, entry in enumerate(value)]
    try:
        return figure(value)
    except InputError as error:
        raise (InputError("entry {place}: {what}", place=place, what=error.message) if place else error) from None


def stated(value: Any, depth: int = 0) -> Any:
    """``value`` (of any kind) once every number in it has been looked at. Raises :class:`InputError`."""
    if depth == DEEPEST:
        raise InputError("lists are nested more than {n} deep", n=DEEPEST)
    if isinstance(value, list | dict):
        for entry in value.values() if isinstance(value, dict) else value:
            stated(entry, depth + 1)
    elif isinstance(value, float | Decimal) or is_long(value):
        figure(value)
    return value


def shown(value: Any) -> str:
    """``value`` as it would stand in a case file, cut short if long."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "[...]"
    if isinstance(value, dict):
        return "{ ... }"
    if isinstance(value, int) and value.bit_length() > 4 * MOST_SHOWN:
        return f"{'-' if value < 0 else ''}1e{int((value.bit_length() - 1) * 0.30103)}"
    text = str(value).lower() if isinstance(value, float | Decimal) else str(value)
    return text if len(text) <= MOST_SHOWN else text[:MOST_SHOWN] + "..."
