"""``show study``: the figures that the study gives, each once, and what may be concluded from them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.console import Group

from ..cases.case import Case
from ..cases.study import conclusions, items
from ..cases.told import told
from ..games.exact import as_json
from ..games.message import Text, say
from .flow import Flow
from .language import Reader
from .layout import grid, heading, inset, page, title


def study_json(cases: Mapping[str, Case], read: Reader) -> dict[str, Any]:
    """The JSON form, schema ``encompass/study/1``."""
    rows = [
        {"id": item.id, "what": read(item.what), "value": as_json(item.value), "unit": read(item.unit), "caution": read(item.caution)}
        for item in items().values()
    ]
    drawn = [{"case": case, "proposition": name, "claim": read(_claim(cases[case], name))} for case, name in conclusions()]
    return {"schema": "encompass/study/1", "items": rows, "conclusions": drawn}


def study_page(cases: Mapping[str, Case], read: Reader) -> Group:
    """The page."""
    given = [item for item in items().values() if item.value is not None]
    rows = [(item.id, Flow(read(item.what)), str(item.value), read(item.unit), Flow(read(item.caution), "dim")) for item in given]
    columns = [say("item"), say("what it is"), say("figure"), say("unit"), say("caution")]
    drawn = [(name, Flow(read(_claim(cases[case], name)))) for case, name in conclusions()]
    rest = say("Everything else in the cases is an assumption: the study reports no payoff, cost, probability or rate.")
    return page(
        title(read(say("the study's figures, and what may be concluded from them"))),
        inset(grid([read(name) for name in columns], rows, right=(2,), wide=1)),
        heading(read(say("What may be concluded, and no more"))),
        inset(grid(["", ""], drawn, wide=1)),
        Flow("\n" + read(rest), "dim"),
    )


def _claim(case: Case, name: str) -> Text:
    proposition = next(p for p in case.propositions if p.id == name)
    return told(proposition.claim, case, proposition.form)
