"""GameTracer's games, ``.gam``: the number of players, their numbers of strategies, then the payoffs of the first player, of the
second, and so on, each list with the first player's strategy changing fastest. It holds no names.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from ..games.message import say
from ..games.normal_form import MOST_PLAYERS, NormalForm
from .game_file import Game, opened, sized, table_of, texts_of


def read_gam(path: Path) -> NormalForm:
    """The game in the ``.gam`` file ``path``. Raises as :func:`.game_file.read_game`."""
    words = opened(path)
    place = words.next.place
    n = words.whole(1)
    if n > MOST_PLAYERS:
        words.fail(place, say("{n} players are too many; a table holds at most {limit}", n=n, limit=MOST_PLAYERS))
    sizes = [words.whole(1) for _ in range(n)]
    cells = sized(words, words.next.place, sizes)
    payoffs = words.numbers(cells, say("payoffs"))
    words.end(say("the payoffs"))
    table = payoffs.reshape(n, *reversed(sizes))
    return NormalForm(np.ascontiguousarray(table.transpose(0, *range(n, 0, -1))))


def gam_text(game: Game) -> str:
    """``game`` as a ``.gam`` file; names are left out. Other programs may not read fractions such as 1/3, which are written where a number
    has no end as a decimal. Raises as :func:`.game_file.write_game`.
    """
    form = table_of(game)
    n = len(form.players)
    lines = [str(n), " ".join(map(str, form.shape)), ""]
    lines += [" ".join(texts_of(form.table[i].transpose(), form.denominator)) for i in range(n)]
    return "\n".join(lines) + "\n"
