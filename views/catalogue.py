"""``cases``: what comes with encompass."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from rich.console import Group, RenderableType

from ..cases.case import Case
from ..games.counted_game import RoleSymmetricGame
from ..games.message import say
from ..games.normal_form import NormalForm
from ..games.outcome_game import OutcomeGame
from .flow import Flow
from .language import Reader
from .layout import grid, heading, page


def cases_json(cases: Sequence[Case], read: Reader) -> dict[str, Any]:
    """The JSON form, schema ``encompass/cases/1``."""
    rows = [
        {
            "case": c.id,
            "title": read(c.title),
            "family": c.family,
            "atlas": c.atlas or None,
            "forms": list(c.forms),
            "residents": _residents(c),
            "sites": _sites(c),
            "mechanisms": list(c.mechanisms) if isinstance(c.game, OutcomeGame) else [],
        }
        for c in cases
    ]
    return {"schema": "encompass/cases/1", "cases": rows}


def cases_page(cases: Sequence[Case], read: Reader) -> Group:
    """The page of ``encompass cases``: those of the study in its order, then the others."""

    def rows(some: Iterable[Case]) -> list[tuple[RenderableType, ...]]:
        return [(c.id, Flow(read(c.title)), _size(c), f"{len(c.propositions)}") for c in some]

    study = sorted((c for c in cases if c.atlas), key=lambda c: (c.atlas, c.id))
    others = [c for c in cases if not c.atlas]
    columns = [read(name) for name in (say("case"), say("title"), say("residents × sites"), say("propositions"))]
    hint = say("encompass show CASE tells its story, encompass compare CASE tries rules on it, encompass new NAME begins your own.")
    parts = [(say("The system of the study"), study), (say("Other standoffs"), others)]
    shown = [part for name, some in parts if some for part in (heading(read(name)), grid(columns, rows(some), right=(2, 3), wide=1))]
    return page(*shown, Flow("\n" + read(hint), "dim"))


def _size(case: Case) -> str:
    """Residents by sites, or players; a dash for a model."""
    residents, sites = _residents(case), _sites(case)
    return "–" if residents is None else f"{residents:,} × {sites}" if sites else f"{residents:,}"


def _residents(case: Case) -> int | None:
    game = case.game
    if isinstance(game, OutcomeGame):
        return game.residents
    if isinstance(game, RoleSymmetricGame):
        return game.n
    return len(game.players) if isinstance(game, NormalForm) else None


def _sites(case: Case) -> int:
    return len(case.game.sites) if isinstance(case.game, OutcomeGame) else 0
