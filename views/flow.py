"""Running text set in lines: words in English, characters in Chinese, never a full stop at the head of a line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.padding import Padding
from rich.segment import Segment

_WIDE = "\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u2018-\u201d"
_CLOSING = "，。；：、！？）》”’,.;:!?)"
_PIECES = re.compile(rf"\s+|[{_WIDE}]|[^\s{_WIDE}]+")


class Flow:
    """A paragraph of ``text`` in one ``style``, broken wherever its language allows."""

    def __init__(self, text: str, style: str = "") -> None:
        self.text, self.style = text, style

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        """At least the longest piece, at most the longest line: what a table gives a column of running text."""
        paragraphs = self.text.split("\n")
        least = max((cell_len(piece.rstrip()) for line in paragraphs for piece in _bound(line)), default=0)
        return Measurement(min(least, options.max_width), min(max(map(cell_len, paragraphs)), options.max_width))

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The lines."""
        style = console.get_style(self.style) if self.style else None
        for paragraph in self.text.split("\n"):
            for line in lines(paragraph, options.max_width):
                yield Segment(line, style)
                yield Segment.line()


def lines(text: str, width: int) -> Iterator[str]:
    """``text`` in lines of at most ``width`` cells; a word longer than that stands alone and is cut by the terminal."""
    line = ""
    for piece in _bound(text):
        if line and cell_len(line) + cell_len(piece.rstrip()) > width:
            yield line.rstrip()
            line = ""
        line += piece if line else piece.lstrip()
    yield line.rstrip()


def _bound(text: str) -> list[str]:
    """The pieces between which a line may end: closing marks and following spaces stay with what they close."""
    bound: list[str] = []
    for piece in _PIECES.findall(text):
        opens = bound and bound[-1][-1] in "（《“‘(" and not piece.isspace()
        if bound and (piece.isspace() or piece[0] in _CLOSING or opens):
            bound[-1] += piece
        else:
            bound.append(piece)
    return bound


def paragraph(text: str, style: str = "") -> Padding:
    """A paragraph, set in a little."""
    return Padding(Flow(text, style), (0, 1, 0, 2))
