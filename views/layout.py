"""The pieces every page is made of: headings, tables, bars, names, the notice about assumed numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import isinf

from rich.cells import cell_len, set_cell_size
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.segment import Segment
from rich.table import Table
from rich.text import Text as Line

from ..cases.case import Case
from ..games.exact import Number
from ..games.message import Message, Text, say
from .flow import Flow
from .language import Reader

INDENT = 2  # cells by which a part is set in under its heading
MOST_LISTED = 12  # residents or sites listed one by one


@dataclass(frozen=True)
class Labels:
    """Display names of the rows and columns of a game, and its unit of money."""

    players: Sequence[Text | str]
    alternatives: Sequence[Text | str]
    ids: Sequence[str]
    unit: Text
    actions: Mapping[str, Text]

    @classmethod
    def of(cls, case: Case) -> Labels:
        """The names a case gives."""
        return cls(case.players, case.alternatives, getattr(case.game, "alternatives", ()), case.unit, case.actions)

    @classmethod
    def bare(cls, players: Sequence[str], alternatives: Sequence[str]) -> Labels:
        """Ids where nothing else is known."""
        return cls(players, alternatives, alternatives, Text("", ""), {})

    def alternative(self, name: str) -> Text | str:
        """The display name of the alternative with the id ``name``."""
        return self.alternatives[self.ids.index(name)] if name in self.ids else name


def page(*parts: RenderableType | None) -> Group:
    """The parts under one another, those that are None left out."""
    return Group(*(part for part in parts if part is not None))


def title(text: str) -> Line:
    """The title of a page."""
    return Line(text, style="bold")


def heading(text: str) -> Line:
    """The heading of a part, with an empty line above."""
    return Line("\n" + text, style="bold cyan")


def grid(
    columns: Sequence[str],
    rows: Iterable[Sequence[RenderableType]],
    right: Sequence[int] = (),
    wide: int | None = None,
    one_line: bool = False,
) -> Table:
    """A table with ``columns``; those in ``right`` are set right, the column ``wide`` takes what room is left.

    With ``one_line`` no row takes more than a line: what does not fit ends in an ellipsis.
    """
    table = Table(box=None, header_style="dim", pad_edge=False, padding=(0, 1 if one_line else 2, 0, 0), show_header=any(columns))
    for k, name in enumerate(columns):
        table.add_column(
            name,
            justify="right" if k in right else "left",
            ratio=1 if k == wide else None,
            overflow="ellipsis" if one_line else "fold",
            no_wrap=one_line or k in right,
        )
    for row in rows:
        table.add_row(*row)
    return table


def fitted(columns: Sequence[str], rows: Sequence[Sequence[RenderableType]], width: int, give: int) -> list[list[RenderableType]]:
    """``rows`` whose column ``give`` is cut (with an ellipsis) so far that all columns of a one-line grid fit in ``width``."""
    widths = [max(cell_len(str(cell)) for cell in column) for column in zip(columns, *rows)]
    room = max(widths[give] - max(sum(widths) + len(widths) - width, 0), cell_len(columns[give]))

    def cut(cell: RenderableType) -> RenderableType:
        text = str(cell)
        return cell if cell_len(text) <= room else set_cell_size(text, room - 1).rstrip() + "…"

    return [[cut(cell) if k == give else cell for k, cell in enumerate(row)] for row in rows]


class WithNotes:
    """A table of one line a row (see ``grid``), with a note under each row: what would not fit beside the figures."""

    def __init__(self, table: Table, notes: Sequence[str]) -> None:
        self.table, self.notes = table, notes

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The header, then every row with its note."""
        lines = console.render_lines(self.table, options, pad=False)
        first = len(lines) - len(self.notes)
        for k, line in enumerate(lines):
            yield from line
            yield Segment.line()
            if k >= first and self.notes[k - first]:
                yield Padding(Flow(self.notes[k - first], "dim"), (0, 0, 0, 4))


def inset(part: RenderableType) -> Padding:
    """A part set in a little under its heading."""
    return Padding(part, (0, 0, 0, INDENT))


def money(read: Reader, value: Number | None) -> str:
    """A number of money or a share, short; infinity as its sign, ten millions and more in millions (in Chinese in 万)."""
    if isinstance(value, float) and isinf(value):
        return "∞"
    if value is not None and abs(value) >= 10**7:
        unit, name = (10**4, " 万") if read.language == "zh" else (10**6, " m")
        return f"{float(value) / unit:,.0f}{name}"
    return read(value)


def signed(read: Reader, value: Number | None) -> str:
    """A gain or loss with its sign."""
    text = money(read, value)
    return f"+{text}" if value is not None and value > 0 and text != "0" else text


def in_unit(read: Reader, what: Message, unit: Text) -> str:
    """A heading and the unit of its figures."""
    comma = "，" if read.language == "zh" else ", "
    return comma.join(filter(None, (read(what), read(unit))))


def bar(share: Number, width: int = 20) -> Line:
    """A share from 0 to 1 as a bar."""
    full = round(float(share) * width)
    return Line("█" * full + "░" * (width - full), style="red" if share > 0.5 else "green")


_CODE = re.compile(r"P\d+\.\d+|(M|DL|CS|O|D|R)-\d+(:[A-Za-z-]+)?|\d+[a-h]\b")


def code(name: str) -> str:
    """The id of a claim as a reader of any language sees it: a proposition's or rule's number; a name in words is for programs only."""
    found = _CODE.match(name)
    return found[0] if found else ""


def mark(holds: bool | None) -> Line:
    """A tick, a cross, or a dash where it does not apply."""
    if holds is None:
        return Line("–", style="dim")
    return Line("✓", style="green") if holds else Line("✗", style="red")


def notice(case: Case | None) -> Message | None:
    """What must be said wherever a number of the case is printed."""
    if case is None:
        return None
    if case.illustrative:
        return say("Illustrative parameters: the source reports no figures, all of them are assumptions.")
    if case.assumed:
        return say("Assumed, not measured: {names}.", names=list(case.assumed))
    return None


def uncertified(read: Reader, certificate: object) -> Flow | None:
    """That an answer carries no certificate, where it does not."""
    return Flow(read(say("No certificate goes with this answer: its game is too large to be re-read."))) if certificate is None else None


def notices(read: Reader, case: Case | None) -> Flow | None:
    """The notice, and which parameters were changed from outside, as the foot of a page."""
    lines = [read(text) for text in (notice(case), *(case.notes if case else ())) if text is not None]
    if case is not None and case.changed:
        lines.append(read(say("Changed from the case file: {names}.", names=list(case.changed))))
    return Flow("\n" + "\n".join(lines), "dim") if lines else None
