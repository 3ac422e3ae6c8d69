"""Units of residents and the tree they form (ATLAS F-04): stairwells in courtyards in a community."""

from __future__ import annotations

import numpy as np

from ..games.exact import Array
from ..games.message import say
from ..games.outcome_game import Parts
from .faults import Faults, nearest
from .tables import Column, CsvTable, row_place, unique_ids

DEEPEST = 6
COLUMNS = (
    Column("group_id", "text", True),
    Column("parent_id", "text", True),
    Column("kind", "text"),
    Column("leader_id", "text"),
    Column("span", "count"),
)


def check_forest(table: CsvTable, faults: Faults) -> bool:
    """Whether groups form a forest of at most ``DEEPEST`` levels; a cycle is a fault that shows its path."""
    before = len(faults)
    if not unique_ids(table, "group_id", faults):
        return False
    parents = dict(zip(table.texts["group_id"], table.texts["parent_id"]))
    reported: set[str] = set()
    for k, (name, parent) in enumerate(parents.items()):
        if parent and parent not in parents:
            faults.add(
                table.path, row_place(k, "parent_id"), say("unknown group {name!r}; {hint}", name=parent, hint=nearest(parent, parents))
            )
            continue
        path = [name]
        while parents.get(path[-1]) and len(path) <= len(parents):
            path.append(parents[path[-1]])
            if path[-1] in path[:-1]:
                cycle = path[path.index(path[-1]) :]
                if not reported & set(cycle):
                    faults.add(table.path, row_place(k, "parent_id"), say("a cycle in groups: {path}", path=" > ".join(cycle)))
                reported |= set(cycle)
                break
        else:
            if len(path) > DEEPEST:
                faults.add(
                    table.path,
                    row_place(k),
                    say("{path} is {n} levels deep; at most {limit}", path=" > ".join(path), n=len(path), limit=DEEPEST),
                )
    return len(faults) == before


def units_of(residents: CsvTable, groups: CsvTable | None, decides: str, faults: Faults) -> list[str] | None:
    """The unit each resident belongs to: its unit_id, or the group of the kind ``decides`` above it."""
    if "unit_id" not in residents:
        faults.add(residents.path, row_place(-1), say("column {name!r} is missing", name="unit_id"))
        return None
    before, units = len(faults), residents.texts["unit_id"]
    if groups is None:
        for k, name in enumerate(units):
            if not name:
                faults.add(residents.path, row_place(k, "unit_id"), say("the id is empty"))
        return units if len(faults) == before else None
    parents = dict(zip(groups.texts["group_id"], groups.texts["parent_id"]))
    kinds = dict(zip(groups.texts["group_id"], groups.texts.get("kind", [""] * groups.length)))
    tops: dict[str, str | None] = {name: _climb(name, parents, kinds, decides) for name in parents}
    for k, name in enumerate(units):
        if name not in tops:
            faults.add(
                residents.path, row_place(k, "unit_id"), say("unknown group {name!r}; {hint}", name=name, hint=nearest(name, parents))
            )
        elif tops[name] is None:
            faults.add(residents.path, row_place(k, "unit_id"), say("no group of kind {kind!r} above {name!r}", kind=decides, name=name))
    return [tops[name] or "" for name in units] if len(faults) == before else None


def _climb(name: str, parents: dict[str, str], kinds: dict[str, str], decides: str) -> str | None:
    if decides in ("resident", "unit"):
        return name
    here: str | None = name
    while here and kinds[here] != decides:
        here = parents.get(here)
    return here or None


def summed(parts: Parts, counts: Array, unit: Array, n_units: int) -> Parts:
    """``parts`` by unit: a unit agrees by transferable utility, so its gain is the sum of its members' (ATLAS F-03)."""

    def by_unit(values: Array) -> Array:
        total = np.zeros((n_units, values.shape[1]))
        np.add.at(total, unit, values * counts[:, None])
        return total

    return Parts(by_unit(parts.benefits), by_unit(parts.damages), by_unit(parts.fees), parts.costs, parts.grants)
