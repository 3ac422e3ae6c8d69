"""Small pictures in characters: a bar for every cell of a sweep, a line of blocks for a path."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, TypeGuard

from rich.table import Table
from rich.text import Text as Line

from ..games.exact import Number
from .language import Reader
from .layout import grid, money

_BLOCKS = "▁▂▃▄▅▆▇█"
MOST_BARS = 24
BAR = 24  # cells of the longest bar


def is_numbers(values: object) -> TypeGuard[Sequence[Number]]:
    """Whether these are numbers only, and more than one."""
    return isinstance(values, list | tuple) and len(values) > 1 and all(is_number(value) for value in values)


def is_number(value: object) -> bool:
    """Whether this is a number, which yes and no are not."""
    return isinstance(value, int | float | Fraction) and not isinstance(value, bool)


def line(values: Sequence[Number], width: int = 60) -> Line:
    """``values`` as a line of blocks from the least to the largest; a long path is thinned evenly."""
    shown = values if len(values) <= width else [values[k * (len(values) - 1) // (width - 1)] for k in range(width)]
    low, high = min(values), max(values)
    level = [int((v - low) * (len(_BLOCKS) - 1) / (high - low)) if high > low else 0 for v in shown]
    return Line("".join(_BLOCKS[k] for k in level), style="cyan")


def bars(cells: Sequence[tuple[str, Any]], read: Reader) -> Table:
    """A sweep: what was set, what came out, and a bar from the zero line where they are numbers; the rest of a long one is left out."""
    cells = cells[:MOST_BARS]
    numbers = [float(value) for _, value in cells if is_number(value)]
    largest = max(map(abs, numbers), default=0.0) or 1.0

    def row(label: str, value: Any) -> tuple[Any, ...]:
        if not is_number(value):
            return label, read(value), ""
        size = round(abs(float(value)) / largest * BAR)
        return label, money(read, value), Line("█" * size or "▏", style="red" if value < 0 else "cyan")

    return grid(["", "", ""], [row(label, value) for label, value in cells], right=(0, 1))
