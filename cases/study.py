"""The study behind the cases, item by item: what it holds, the figures it gives, and which case carries which item."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Any

from ..games.errors import InputError
from ..games.exact import Number
from ..games.message import Text
from .catalogue import FOLDER
from .faults import nearest

if TYPE_CHECKING:
    from .case import Case


NOTHING = Text("", "")


@dataclass(frozen=True)
class Item:
    """One item of the study: ``id`` (``S-057``) and what it is; where the study gives a figure, its ``value``, unit, and a caution."""

    id: str
    what: Text
    value: Number | None = None
    unit: Text = NOTHING
    caution: Text = NOTHING


@dataclass(frozen=True)
class Carrier:
    """Where an item stands: ``kind`` is ``case``, ``parameter``, ``proposition`` or ``remedy``, ``name`` which one."""

    case: str
    kind: str
    name: str


@cache
def items() -> dict[str, Item]:
    """All items of the study, by id."""
    return {row["id"]: _item(row) for row in _file()["item"]}


def item(name: str) -> Item:
    """The item with that id. Raises :class:`InputError` if there is none."""
    if name not in items():
        raise InputError("no item {name!r} in the study; {hint}", name=name, hint=nearest(name, items()))
    return items()[name]


def conclusions() -> tuple[tuple[str, str], ...]:
    """What may be concluded from the figures: case and proposition."""
    return tuple((row["case"], row["proposition"]) for row in _file()["conclusion"])


def carriers(cases: Iterable[Case]) -> dict[str, list[Carrier]]:
    """For every item of the study what carries it in ``cases``."""
    found: dict[str, list[Carrier]] = {name: [] for name in items()}
    for case in cases:
        for kind, name, seeds in _carried(case):
            for seed in seeds:
                found[item(seed).id].append(Carrier(case.id, kind, name))
    return found


def _carried(case: Case) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    yield "case", "", case.seeds
    for prefix, game in (("", case), *((f"{name}.", form) for name, form in case.forms.items())):
        yield from (("parameter", prefix + p.name, p.seeds) for p in game.parameters)
    yield from (("proposition", p.id, p.seeds) for p in case.propositions)
    yield from (("remedy", r.id, r.seeds) for r in case.remedies)


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads((FOLDER / "study.toml").read_text(encoding="utf-8"))


def _item(row: dict[str, Any]) -> Item:
    texts = {name: Text(row[name]["en"], row[name]["zh"]) for name in ("unit", "caution") if name in row}
    return Item(row["id"], Text(row["en"], row["zh"]), Fraction(row["value"]) if "value" in row else None, **texts)
