"""One who chooses how many of something, everything else being what it is: the game written out."""

from __future__ import annotations

from collections.abc import Callable

from ..errors import SizeError
from ..exact import Number
from ..normal_form import NormalForm

MOST_WRITTEN = 10_000  # choices


def choice_game(worth: Callable[[int], Number], choices: range, chooser: str = "committee") -> NormalForm:
    """The game of one player, ``chooser``, to whom choosing k is worth ``worth(k)``. Raises :class:`SizeError`."""
    if len(choices) > MOST_WRITTEN:
        raise SizeError("{n:,} choices are too many to write out; at most {most:,} fit", n=len(choices), most=MOST_WRITTEN)
    return NormalForm([[worth(k) for k in choices]], (chooser,), (tuple(map(str, choices)),))


__all__ = ["choice_game"]
