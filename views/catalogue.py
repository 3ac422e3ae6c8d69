"""``cases``: what comes with encompass."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.console import Group

from ..cases.case import Case
from ..games.counted_game import RoleSymmetricGame
from ..games.message import say
from ..games.outcome_game import OutcomeGame
from .flow import Flow
from .language import Reader
from .layout import grid, page


def cases_json(cases: Sequence[Case], read: Reader) -> dict[str, Any]:
    """The JSON form, schema ``encompass/cases/1``."""
    rows = [
        {
            "case": c.id,
            "title": read(c.title),
            "family": c.family,
            "residents": _residents(c),
            "sites": _sites(c),
            "mechanisms": list(c.mechanisms),
        }
        for c in cases
    ]
    return {"schema": "encompass/cases/1", "cases": rows}


def cases_page(cases: Sequence[Case], read: Reader) -> Group:
    """The page of ``encompass cases``."""
    rows = [(c.id, read(c.title), f"{_residents(c):,}", f"{_sites(c)}") for c in cases]
    columns = [say("case"), say("title"), say("residents"), say("sites")]
    hint = say("encompass show CASE tells its story, encompass compare CASE tries rules on it, encompass new NAME begins your own.")
    return page(grid([read(name) for name in columns], rows, right=(2, 3), wide=1), Flow("\n" + read(hint), "dim"))


def _residents(case: Case) -> int:
    if isinstance(case.game, OutcomeGame):
        return case.game.residents
    return case.game.n if isinstance(case.game, RoleSymmetricGame) else len(case.game.players)


def _sites(case: Case) -> int:
    return len(case.game.sites) if isinstance(case.game, OutcomeGame) else 0
