"""The picture in README: the page of ``encompass compare public-toilet``, drawn from the answer as it is now.

Usage: ``python docs/picture.py`` writes ``verdict.svg`` beside this file.
"""

from __future__ import annotations

import io
import re
from pathlib import Path

from rich.console import Console
from rich.text import Text as Line

import encompass as ec
from encompass.views.comparison import comparison_page
from encompass.views.language import Reader

CASE = "public-toilet"
COLUMNS = 100
FONTS = "ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', 'Noto Sans Mono CJK SC', monospace"


def without_network(svg: str) -> str:
    """``svg`` as rich writes it, less its remarks and web fonts: the picture fetches nothing."""
    plain = re.sub(r"\s*@font-face \{.*?\}|\s*<!--.*?-->", "", svg, flags=re.DOTALL)
    plain = re.sub(r"font-family: (Fira Code|arial)[^;]*;", f"font-family: {FONTS};", plain)
    return plain.replace("<svg ", f'<svg role="img" aria-label="encompass compare {CASE}" ', 1)


def picture() -> str:
    """The page as SVG text."""
    console = Console(
        record=True,
        width=COLUMNS,
        file=io.StringIO(),
        force_terminal=True,
        color_system="truecolor",
        highlight=False,
        emoji=False,
        markup=False,
        legacy_windows=False,
    )
    case = ec.load_case(CASE)
    console.print(Line(f"$ encompass compare {CASE}", style="bold"))
    console.print(comparison_page(ec.compare(case), case, Reader("en"), COLUMNS))
    return without_network(console.export_svg(title="encompass", unique_id="encompass"))


if __name__ == "__main__":
    Path(__file__).with_name("verdict.svg").write_text(picture(), encoding="utf-8")
