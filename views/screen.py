"""Writing to the terminal: pages to standard output, errors and progress to standard error."""

from __future__ import annotations

import io
import sys
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import IO, Any

from ..games.errors import CaseError, EncompassError
from ..games.message import Message, say
from .language import Reader

_PATIENCE = 0.8  # seconds before a progress bar appears


def show(make: Callable[[int], Any]) -> None:
    """Print the page that ``make`` builds for the width of the terminal (80 columns where there is none)."""
    from rich.console import Console

    class Screen(Console):
        """A console that leaves a reader who has seen enough to its caller."""

        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    console = Screen(highlight=False, emoji=False, markup=False)
    console.print(make(console.width))


def html(page: Any, width: int = 100) -> str:
    """A page as HTML with its styles in line, for notebooks."""
    from rich.console import Console

    console = Console(record=True, width=width, file=io.StringIO(), highlight=False, emoji=False, markup=False)
    console.print(page)
    return console.export_html(inline_styles=True, code_format="<pre style='line-height:1.3;white-space:pre;overflow-x:auto'>{code}</pre>")


def complain(read: Reader, error: EncompassError | Message, file: IO[str] | None = None) -> None:
    """One line for each fault, on standard error."""
    faults = error.faults if isinstance(error, CaseError) else [error.message if isinstance(error, EncompassError) else error]
    for fault in faults:
        print(f"encompass: {read(fault)}", file=file or sys.stderr)


def tell(read: Reader, message: Message) -> None:
    """A remark on standard error."""
    print(read(message), file=sys.stderr)


@contextmanager
def progress(read: Reader, what: Message) -> Generator[Callable[[int, int, str], None]]:
    """A callback ``(done, all, name)`` behind a bar on standard error, which appears only if the work lasts; none when piped."""
    if not sys.stderr.isatty():
        yield lambda done, total, name: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[count]}"), TimeElapsedColumn())
    display = Progress(*columns, console=Console(stderr=True), transient=True)
    task = display.add_task(read(what), total=None, count="")
    late = threading.Timer(_PATIENCE, display.start)
    late.daemon = True
    late.start()

    def advance(done: int, total: int, name: str) -> None:
        now = read(say("{what}: {name}", what=what, name=name))
        display.update(task, completed=done, total=total, count=f"{done}/{total}", description=now)

    try:
        yield advance
    finally:
        late.cancel()
        display.stop()
