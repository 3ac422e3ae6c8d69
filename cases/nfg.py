"""Gambit's strategic games, ``.nfg``: in payoff form and in outcome form.

``NFG 1 R "title" { "player" ... } { sizes } "comment"`` or, instead of sizes, ``{ { "strategy" ... } ... }``; then either the payoffs of
all players, profile by profile, the first player's strategy changing fastest; or a list of outcomes ``{ { "name" u1, u2 } ... }`` and for
every profile in the same order the number of its outcome, 0 standing for nothing to anybody. In a text only ``\\"`` is an escape.
"""

from __future__ import annotations

from fractions import Fraction
from math import prod
from pathlib import Path

import numpy as np

from ..games.exact import Array
from ..games.message import say
from ..games.normal_form import NormalForm
from .game_file import Game, Words, opened, quoted, sized, table_of, texts_of


def read_nfg(path: Path) -> NormalForm:
    """The game in the ``.nfg`` file ``path``. Raises as :func:`.game_file.read_game`."""
    words = opened(path)
    _header(words)
    players = _labels(words)
    place = words.next.place
    sizes, actions = _actions(words)
    if len(sizes) != len(players) or not players:
        words.fail(place, say("{n} players need as many lists of strategies, not {sizes}", n=len(players), sizes=len(sizes)))
    if words.next.kind == "text":
        words.take()  # a comment
    cells = sized(words, words.next.place, sizes)
    if words.next.kind == "mark" and words.next.value == "{":
        payoffs = _outcomes(words, len(players), cells // len(players))
    else:
        payoffs = words.numbers(cells, say("payoffs"))
    words.end(say("the payoffs"))
    table = payoffs.reshape(*reversed(sizes), len(players)).transpose()  # the file's last index is our first axis
    names = [name or str(i + 1) for i, name in enumerate(players)]
    return NormalForm(np.ascontiguousarray(table), names, actions)


def _header(words: Words) -> None:
    start, version, kind = words.take(), words.take(), words.take()
    if start.value != "NFG":
        words.wrong(start, say("NFG"))
    if version.value != "1":
        words.wrong(version, say("the version 1"))
    if kind.value not in ("R", "D"):
        words.wrong(kind, say("R or D"))
    words.label()  # the title


def _labels(words: Words) -> list[str]:
    words.mark("{")
    labels: list[str] = []
    while not (words.next.kind == "mark" and words.next.value == "}"):
        labels.append(words.label())
    words.mark("}")
    return labels


def _actions(words: Words) -> tuple[list[int], list[list[str]]]:
    """How many strategies each player has, and their names; empty ones are numbered."""
    words.mark("{")
    actions: list[list[str]] = []
    while not (words.next.kind == "mark" and words.next.value == "}"):
        place = words.next.place
        if words.next.kind == "mark":
            actions.append([name or str(a + 1) for a, name in enumerate(_labels(words))])
            if not actions[-1]:
                words.fail(place, say("a player needs at least one strategy"))
        else:
            count = words.whole(1)
            if count > len(words.text):
                words.fail(place, say("a player cannot have {n} strategies in a file this short", n=count))
            actions.append([str(a + 1) for a in range(count)])
    words.mark("}")
    return [len(names) for names in actions], actions


def _outcomes(words: Words, n: int, profiles: int) -> Array:
    """The payoffs by profile, from the outcomes and their numbers."""
    words.mark("{")
    rows: list[list[Fraction]] = [[Fraction(0)] * n]
    while words.next.kind == "mark" and words.next.value == "{":
        words.mark("{")
        words.label()
        rows.append([words.number() for _ in range(n)])
        words.mark("}")
    words.mark("}")
    place = words.next.place
    chosen = words.numbers(profiles, say("outcomes"))
    for number in set(chosen.tolist()):
        if number != int(number) or not 0 <= number < len(rows):
            words.fail(place, say("outcome {number} does not exist; there are {n}, and 0 for none", number=str(number), n=len(rows) - 1))
    table = np.empty((len(rows), n), dtype=object)
    table[:] = rows
    return table[chosen.astype(np.int64)].ravel()


def nfg_text(game: Game) -> str:
    """``game`` as an ``.nfg`` file in payoff form, with the names of players and strategies. Raises as :func:`.game_file.write_game`."""
    form = table_of(game)
    lines = [f'NFG 1 R "" {{ {" ".join(map(quoted, form.players))} }}', ""]
    lines += ["{", *(f"  {{ {' '.join(map(quoted, names))} }}" for names in form.actions), "}", '""', ""]
    numbers = texts_of(form.table.transpose(), form.denominator)
    n, row = len(form.players), len(form.players) * form.shape[0]
    for start in range(0, n * prod(form.shape), row):
        lines.append("  ".join(" ".join(numbers[k : k + n]) for k in range(start, start + row, n)))
    return "\n".join(lines) + "\n"
