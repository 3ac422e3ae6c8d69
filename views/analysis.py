"""``solve`` for games given by a few numbers: every figure in words, paths as lines of blocks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.console import Console, ConsoleOptions, Group, RenderableType
from rich.measure import Measurement

from ..cases.case import Case
from ..games.exact import Number
from ..games.message import say
from ..solvers.organisation.analysis import Analysis, Figure
from .curve import is_numbers, line
from .flow import Flow
from .language import Reader
from .layout import grid, heading, inset, money, notices, page, title

MOST_ENTRIES = 10  # of a list written out


def analysis_page(answer: Analysis[Any], case: Case | None, read: Reader, width: int) -> Group:
    """The page of ``encompass solve`` for a model: every figure in words, with its name in formulas, and its value."""
    room = min(40, max(20, width // 3))
    rows = [(_named(name, figure, read), _value(answer[name], read, room)) for name, figure in answer.figures.items()]
    certificates = len(answer.certificates)
    foot = say("{n} certificates go with these figures; --json prints them.", n=certificates) if certificates else None
    return page(
        title(type(answer.model).__name__ if case is None else f"{read(case.title)}  ({case.id})"),
        heading(read(say("What follows from the numbers"))),
        inset(grid([read(say("what it is, and its name in formulas")), read(say("value"))], rows, wide=0)),
        Flow("\n" + read(foot), "dim") if foot else None,
        notices(read, case),
    )


def _named(name: str, figure: Figure[Any], read: Reader) -> Flow:
    bracket = "（{}）" if read.language == "zh" else " ({})"
    return Flow(read(figure.meaning) + bracket.format(name))


def _value(value: Any, read: Reader, width: int) -> RenderableType:
    """A figure: a number, a few, or a picture of many."""
    if isinstance(value, Mapping):
        return Group(*(Narrow(f"{key}: {_text(entry, read)}", width) for key, entry in list(value.items())[:MOST_ENTRIES]))
    if is_numbers(value) and len(value) > MOST_ENTRIES:
        return Group(Flow(f"{money(read, value[0])} … {money(read, value[-1])}"), line(value, width))
    return Narrow(_text(value, read), width)


class Narrow(Flow):
    """Running text that asks for no more room than ``room`` cells."""

    def __init__(self, text: str, room: int) -> None:
        super().__init__(text)
        self.room = room

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        """As running text, but no wider."""
        found = super().__rich_measure__(console, options)
        return Measurement(min(found.minimum, self.room), min(found.maximum, self.room))


def _text(value: Any, read: Reader) -> str:
    if isinstance(value, list | tuple):
        shown = [f"({_text(entry, read)})" if isinstance(entry, list | tuple) else _text(entry, read) for entry in value[:MOST_ENTRIES]]
        return read([*shown, "…"] if len(value) > MOST_ENTRIES else shown)
    return _number(value, read)


def _number(value: Number | Any, read: Reader) -> str:
    if isinstance(value, float):
        return f"{value:.1e}" if 0 < abs(value) < 5e-5 else money(read, value)  # a residual is small, not nothing
    return read(value)
