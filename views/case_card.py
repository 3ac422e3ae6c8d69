"""``show``: the story of a case, its parameters, and its game drawn: a table of gains or payoffs, a map, the sites."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from rich.console import Group, RenderableType
from rich.table import Table

from ..cases.case import Case, Parameter, Proposition
from ..cases.told import told
from ..games.counted_game import RoleSymmetricGame
from ..games.exact import as_json
from ..games.message import Message, Text, say
from ..games.normal_form import NormalForm
from ..games.outcome_game import OutcomeGame
from ..games.rights import HostConsent, Unanimity
from ..games.siting import consent
from .action_names import action
from .counted import about, counted_card
from .flow import Flow, paragraph
from .language import Reader
from .layout import INDENT, MOST_LISTED, Labels, WithNotes, code, fitted, grid, heading, in_unit, inset, mark, money, notices, page, title
from .site_map import draw


def case_json(case: Case, read: Reader) -> dict[str, Any]:
    """The JSON form, schema ``encompass/show/1``."""
    return {
        "schema": "encompass/show/1",
        "case": case.id,
        "title": read(case.title),
        "story": read(told(case.story, case)),
        "study": None if case.study is None else {name: read(told(text, case)) for name, text in vars(case.study).items()},
        "source": read(case.source),
        "illustrative": case.illustrative,
        "unit": read(case.unit),
        "family": case.family,
        **_game_json(case, read),
        "mechanisms": list(case.mechanisms) if isinstance(case.game, OutcomeGame) else [],
        "propositions": [{"id": p.id, "claim": read(told(p.claim, case, p.form))} for p in case.propositions],
        "remedies": [{"id": r.id, "claim": read(told(r.claim, case, r.form)), "fixes": r.fixes} for r in case.remedies],
        "forms": [
            {"form": name, "title": read(form.title), "family": form.family, **_game_json(form, read)} for name, form in case.forms.items()
        ],
    }


def _game_json(case: Case, read: Reader) -> dict[str, Any]:
    """The game of a case, or of one of its forms, and its parameters."""
    return {
        "game": _about(case.game),
        "parameters": [
            {
                "name": p.name,
                "value": as_json(p.value),
                "unit": read(p.unit),
                "assumed": p.assumed,
                "changed": p.changed,
                "source": None if p.source is None else read(p.source),
            }
            for p in case.parameters
        ],
    }


def _about(game: Any) -> dict[str, Any]:
    if isinstance(game, RoleSymmetricGame):
        return about(game)
    if isinstance(game, NormalForm):
        return {"representation": "normal-form", "players": list(game.players)}
    if not isinstance(game, OutcomeGame):
        return {"representation": "model"}
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
    source = [paragraph(read(case.source), "dim")] if read(case.source) else []
    return page(
        title(f"{read(case.title)}  ({case.id})"),
        *_running(told(case.story, case), read),
        *source,
        *_study(case, read),
        heading(read(say("Parameters"))),
        inset(_parameters(case, read, width - INDENT)),
        *_drawn(case, case.game, read, width),
        *_claims(say("Propositions"), case, case.propositions, read),
        *_claims(say("What fixes it and what does not"), case, case.remedies, read),
        *_forms(case, read, width),
        notices(read, case),
    )


def _running(text: Text, read: Reader) -> list[RenderableType]:
    """A text of the case, its lines joined as its language joins them."""
    words = read(text)
    return [paragraph(words.replace("\n", "" if read.language == "zh" else " "))] if words else []


_STUDY = {
    "claims": say("What the study says"),
    "assumes": say("What the model assumes"),
    "follows": say("What follows"),
    "refuted_by": say("What would refute it"),
}


def _study(case: Case, read: Reader) -> list[RenderableType]:
    if case.study is None:
        return []
    return [part for name, what in _STUDY.items() for part in (heading(read(what)), *_running(told(getattr(case.study, name), case), read))]


def _claims(what: Message, case: Case, claims: Sequence[Proposition], read: Reader) -> list[RenderableType]:
    """What is said about the case, not checked here: ``check`` does."""
    rows = [
        ("" if claim.fixes is None else mark(claim.fixes), code(claim.id), Flow(read(told(claim.claim, case, claim.form))))
        for claim in claims
    ]
    return [heading(read(what)), inset(grid(["", "", ""], rows, wide=2))] if rows else []


def _forms(case: Case, read: Reader, width: int) -> list[RenderableType]:
    """The further games of the case with their parameters."""
    parts: list[RenderableType] = []
    for form in case.forms.values():
        parts += [heading(f"{read(form.title)}  ({form.id})"), inset(_parameters(form, read, width - INDENT))]
    return parts


def _drawn(case: Case, game: Any, read: Reader, width: int) -> list[RenderableType]:
    if isinstance(game, RoleSymmetricGame):
        return counted_card(game, case, read)
    if isinstance(game, NormalForm):
        return _normal_form(game, case, read)
    return _outcomes(case, game, read, width) if isinstance(game, OutcomeGame) else []


def _parameters(case: Case, read: Reader, width: int) -> WithNotes:
    def value(parameter: Parameter) -> str:
        if isinstance(parameter.value, list) and any(isinstance(entry, list) for entry in parameter.value):
            return read(say("table below"))
        return read(parameter.value)

    def row(p: Parameter) -> tuple[str, ...]:
        unit = "" if p.name == "funder_weight" else read(p.unit)
        return p.name, value(p), unit, read(say("assumed")) if p.assumed else read(say("source given")) if p.source else ""

    columns = ["", read(say("value")), read(say("unit")), ""]
    rows = fitted(columns, [row(p) for p in case.parameters], width, give=1)
    return WithNotes(grid(columns, rows, one_line=True), [_note(p, read) for p in case.parameters])


def _note(p: Parameter, read: Reader) -> str:
    """What the parameter means, and where its figure is from."""
    comma = "；" if read.language == "zh" else "; "
    return comma.join(filter(None, (read(p.meaning or ""), read(p.source or ""))))


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
