"""All that is wrong with a case's files, gathered before anything is said: a file with three faults is told of all three."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from ..games.errors import CaseError
from ..games.message import Message, say

LONGEST_NAME = 100  # characters of a name that likenesses are sought for
MOST_SHOWN = 20  # faults written out; the rest are counted


class Faults:
    """The faults found in one case so far; each names file, place (line, row or key) and what would be right."""

    def __init__(self) -> None:
        self._found: list[Message] = []

    def __len__(self) -> int:
        return len(self._found)

    def add(self, file: Path | str, place: Message | str, what: Message) -> None:
        """Note that in ``file`` at ``place`` (empty for the whole file) it is as ``what`` says."""
        name = Path(file).name or str(file)
        if place == "":
            self._found.append(say("{file}: {what}", file=name, what=what))
        else:
            self._found.append(say("{file}, {place}: {what}", file=name, place=place, what=what))

    def stop(self) -> None:
        """Raise :class:`CaseError` with every fault, if there is one."""
        if self._found:
            shown = self._found[:MOST_SHOWN]
            if len(self._found) > MOST_SHOWN:
                shown.append(say("and {n} more faults of this kind", n=len(self._found) - MOST_SHOWN))
            raise CaseError(shown)


def key(*path: Any) -> Message:
    """The place of a key in a case file, ``game.parameters.damage``."""
    return say("{key}", key=".".join(map(str, path)))


def nearest(name: str, known: Iterable[str]) -> Message:
    """A hint at the likeliest of ``known``, or all of them if they are few."""
    options = sorted(known)
    close = get_close_matches(name[:LONGEST_NAME], options, n=3, cutoff=0.5)
    if close:
        return say("did you mean {names}?", names=close)
    if not options:
        return say("there are none")
    return say("known are {names}", names=options if len(options) <= 20 else [*options[:20], "..."])
