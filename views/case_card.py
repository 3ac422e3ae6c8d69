"""``show``: the story of a case, its parameters, and its game drawn: a table of gains or payoffs, a map, the sites."""

from __future__ import annotations

from typing import Any

import numpy as np
from rich.console import Group, RenderableType
from rich.table import Table

from ..cases.case import Case, Parameter
from ..games.counted_game import RoleSymmetricGame
from ..games.exact import as_json
from ..games.message import say
from ..games.normal_form import NormalForm
from ..games.outcome_game import OutcomeGame
from ..games.rights import HostConsent, Unanimity
from ..games.siting import consent
from .action_names import action
from .counted import about, counted_card
from .flow import paragraph
from .language import Reader
from .layout import INDENT, MOST_LISTED, Labels, WithNotes, fitted, grid, heading, in_unit, inset, money, notices, page, title
from .site_map import draw


def case_json(case: Case, read: Reader) -> dict[str, Any]:
    """The JSON form, schema ``encompass/show/1``."""
    game = case.game
    return {
        "schema": "encompass/show/1",
        "case": case.id,
        "title": read(case.title),
        "story": read(case.story),
        "source": read(case.source),
        "illustrative": case.illustrative,
        "unit": read(case.unit),
        "family": case.family,
        "game": _about(game),
        "parameters": [
            {"name": p.name, "value": as_json(p.value), "unit": read(p.unit), "assumed": p.assumed, "changed": p.changed}
            for p in case.parameters
        ],
        "mechanisms": list(case.mechanisms),
        "propositions": [{"id": p.id, "claim": read(p.claim)} for p in case.propositions],
    }


def _about(game: OutcomeGame | NormalForm | RoleSymmetricGame) -> dict[str, Any]:
    if isinstance(game, RoleSymmetricGame):
        return about(game)
    if isinstance(game, NormalForm):
        return {"representation": "normal-form", "players": list(game.players)}
    return {
        "representation": "outcomes",
        "rights": game.rights.id,
        "residents": game.residents,
        "rows": len(game.players),
        "alternatives": list(game.alternatives),
        "surplus": as_json(game.surplus),
    }


def case_card(case: Case, read: Reader, width: int) -> Group:
    """The page of ``encompass show``."""
    story = [paragraph(read(case.story).replace("\n", "" if read.language == "zh" else " "))] if read(case.story) else []
    source = [paragraph(read(case.source), "dim")] if read(case.source) else []
    parts = _drawn(case, case.game, read, width)
    return page(
        title(f"{read(case.title)}  ({case.id})"),
        *story,
        *source,
        heading(read(say("Parameters"))),
        inset(_parameters(case, read, width - INDENT)),
        *parts,
        notices(read, case),
    )


def _drawn(case: Case, game: OutcomeGame | NormalForm | RoleSymmetricGame, read: Reader, width: int) -> list[RenderableType]:
    if isinstance(game, RoleSymmetricGame):
        return counted_card(game, case, read)
    return _normal_form(game, case, read) if isinstance(game, NormalForm) else _outcomes(case, game, read, width)


def _parameters(case: Case, read: Reader, width: int) -> WithNotes:
    def value(parameter: Parameter) -> str:
        if isinstance(parameter.value, list) and any(isinstance(entry, list) for entry in parameter.value):
            return read(say("table below"))
        return read(parameter.value)

    def row(p: Parameter) -> tuple[str, ...]:
        unit = "" if p.name == "funder_weight" else read(p.unit)
        return p.name, value(p), unit, read(say("assumed")) if p.assumed else ""

    columns = ["", read(say("value")), read(say("unit")), ""]
    rows = fitted(columns, [row(p) for p in case.parameters], width, give=1)
    return WithNotes(grid(columns, rows, one_line=True), [read(p.meaning or "") for p in case.parameters])


def _outcomes(case: Case, game: OutcomeGame, read: Reader, width: int) -> list[RenderableType]:
    labels, parts = Labels.of(case), list[RenderableType]()
    parts.append(heading(read(say("The game"))))
    parts.append(paragraph(read(_rights(game))))
    if case.places is not None:
        names = list(game.alternatives[1:])
        parts.append(heading(read(say("Map (shades: residents; names: sites)"))))
        parts.append(inset(Group(*draw(case.places, names, width - 2 * INDENT))))
    if len(game.players) <= MOST_LISTED and len(game.alternatives) <= MOST_LISTED and game.stream is None:
        parts.append(heading(in_unit(read, say("Gains over the status quo"), case.unit)))
        parts.append(inset(_gains(game, labels, read)))
    else:
        parts.append(heading(in_unit(read, say("Sites"), case.unit)))
        parts.append(inset(_sites(game, labels, read)))
    if game.residents == 2 and game.stream is None and isinstance(game.rights, (HostConsent, Unanimity)) and len(game.sites) <= 3:
        form = consent(game).normal_form()
        parts.append(
            heading(read(say("The consent game, payoffs of {row} and {column}", row=labels.players[0], column=labels.players[-1])))
        )
        parts.append(inset(_bimatrix(form, read)))
    return parts


def _rights(game: OutcomeGame) -> Any:
    n, m = f"{game.residents:,}", len(game.sites)
    return {
        "R-HOST": say("{n} residents, {m} sites. A site is built only if everybody asked about it agrees (R-HOST).", n=n, m=m),
        "R-UNAN": say("{n} residents, {m} sites. A site is built only if everybody agrees (R-UNAN).", n=n, m=m),
        "R-QUOTA": say("{n} residents, {m} sites. A site is built if a vote on it passes (R-QUOTA).", n=n, m=m),
        "R-IMPOSE": say("{n} residents, {m} sites. The authority may choose the site (R-IMPOSE).", n=n, m=m),
        "R-LIAB": say("{n} residents, {m} sites. The authority may choose the site and pays the assessed damage (R-LIAB).", n=n, m=m),
    }[game.rights.id]


def _gains(game: OutcomeGame, labels: Labels, read: Reader) -> Table:
    columns = ["", *(read(labels.alternatives[x]) for x in game.sites)]
    rows = [(read(name), *(money(read, game.utilities[i, x]) for x in game.sites)) for i, name in enumerate(labels.players)]
    rows.append((read(say("all together")), *(money(read, game.surplus[x]) for x in game.sites)))
    return grid(columns, rows, right=range(1, len(columns)))


def _sites(game: OutcomeGame, labels: Labels, read: Reader) -> Table:
    """The sites by falling surplus: what they are worth, how many lose, who is asked."""
    lose, least = np.zeros(len(game.alternatives), dtype=np.int64), np.full(len(game.alternatives), np.inf)
    for counts, gains in game.blocks():
        lose += counts @ (gains < 0).astype(np.int64)
        least = np.minimum(least, gains.min(axis=0).astype(float))
    order = sorted(game.sites, key=lambda x: (-game.surplus[x], x))

    def row(x: int) -> tuple[str, ...]:
        whole, head = game.surplus[x], game.surplus[x] / game.residents
        figures = (money(read, whole), money(read, head), f"{lose[x]:,}", money(read, float(least[x])), _asked(game, x))
        return read(labels.alternatives[x]), *figures

    rows = [row(x) for x in order]
    columns = [say("site"), say("surplus"), say("a head"), say("residents who lose"), say("least gain"), say("residents asked")]
    return grid([read(name) for name in columns], rows, right=range(1, 6))


def _asked(game: OutcomeGame, site: int) -> str:
    members = sorted(game.consent_set(site))
    if game.stream is not None:
        return f"{len(members):,}"
    return f"{int(game.counts[members].sum()):,}" if members else "–"


def _normal_form(game: NormalForm, case: Case, read: Reader) -> list[RenderableType]:
    size = say(
        "{n} players with {actions} actions: {cells} payoffs.", n=len(game.players), actions=list(game.shape), cells=f"{game.table.size:,}"
    )
    parts: list[RenderableType] = [heading(read(say("The game"))), paragraph(read(size))]
    if len(game.players) == 2 and max(game.shape) <= MOST_LISTED:
        names = {"row": case.players[0], "column": case.players[1]}
        parts.append(heading(in_unit(read, say("Payoffs of {row} and {column}", **names), case.unit)))
        parts.append(inset(_bimatrix(game, read)))
    return parts


def _bimatrix(game: NormalForm, read: Reader) -> Table:
    rows, columns = game.actions
    cells: list[tuple[str, ...]] = []
    for i, name in enumerate(rows):
        pairs = [game.payoffs((i, j)) for j in range(len(columns))]
        cells.append((action(name, read), *(f"{money(read, a)}, {money(read, b)}" for a, b in pairs)))
    return grid(["", *(action(name, read) for name in columns)], cells, right=range(1, len(columns) + 1))
