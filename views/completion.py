"""What a shell may put where the cursor stands: verbs, options and their values, cases, files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

COMPLETE = "_ENCOMPASS_COMPLETE"  # set by the shell when it asks
SHELLS = ("bash", "zsh", "fish")


def script(group: click.Group, shell: str) -> str:
    """What a shell evaluates to have completion."""
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    return "" if kind is None else kind(group, {}, "encompass", COMPLETE).source()


def answer_shell(group: click.Group, asked: str) -> int:
    """Print what a shell asks for."""
    from click.shell_completion import shell_complete

    return shell_complete(group, {}, "encompass", COMPLETE, asked)


def complete_case(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
    """Shipped cases and case files that begin so."""
    from click.shell_completion import CompletionItem

    from ..cases.catalogue import case_names

    shipped = [name for name in case_names() if name.startswith(incomplete)]
    return [CompletionItem(name) for name in (*shipped, *_files(incomplete, ".toml"))]


def complete_certificate(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
    """JSON files that begin so."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(name) for name in _files(incomplete, ".json")]


def _files(incomplete: str, suffix: str) -> list[str]:
    """Files with this ``suffix``, and folders, whose path begins so."""
    folder, slash, start = incomplete.rpartition("/")
    here = Path(folder + slash)
    found = sorted(here.iterdir()) if here.is_dir() else []
    fits = [path for path in found if path.name.startswith(start) and (start or not path.name.startswith("."))]
    return [f"{folder}{slash}{p.name}{'/' if p.is_dir() else ''}" for p in fits if p.suffix == suffix or p.is_dir()]
