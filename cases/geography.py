"""From places to gains (ATLAS F-03): benefit and damage fall with distance, whoever lives within the consent radius is asked.

With z the distance over the decay length, b_i(s) = b_i k_b(z), d_i(s) = d_i k_d(z), u_i(s) = b_i(s) - d_i(s) - fee_i(s);
H(s) = {i : distance <= r_veto} and the owner. Fees share (K_s - G)^+ by fee_share.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ..games.exact import Array, Number
from ..games.message import Message, Text, say
from ..games.outcome_game import LARGEST_TABLE, OutcomeGame, Parts, Stream
from ..games.rights import Imposition
from .built import Built
from .case import Places
from .faults import Faults, key, nearest
from .groups import summed, units_of
from .places import Distances, coordinates, distance_table, named_crs
from .rights import rights_of
from .schema import Geography
from .sheets import UNUSED, read_tables
from .tables import CsvTable, row_place

BLOCK = 100_000  # rows at a time where gains are streamed

KERNELS: dict[str, Callable[[Array], Array]] = {
    "exp": lambda z: np.exp(-z),
    "gauss": lambda z: np.exp(-z * z / 2),
    "step": lambda z: (z <= 1).astype(float),
    "power": lambda z: (1 + z) ** -2.0,
}


@dataclass(frozen=True, eq=False)
class Landscape:
    """Everything gains are computed from, by row of residents or by site."""

    counts: Array
    distances: Distances
    b: Array
    d: Array
    L_b: Array
    L_d: Array
    shares: Array
    costs: Array
    grants: Array
    kernels: tuple[str, str]

    def parts(self, rows: slice) -> Parts:
        """Benefits, damages and fees of some rows; column 0 is the status quo."""
        z = self.distances.block(rows)
        benefit, damage = (KERNELS[name] for name in self.kernels)
        with np.errstate(divide="ignore", invalid="ignore"):
            b = self.b[rows, None] * benefit(np.nan_to_num(z / self.L_b[rows, None], nan=0.0, posinf=np.inf))
            d = self.d[rows, None] * damage(np.nan_to_num(z / self.L_d[rows, None], nan=0.0, posinf=np.inf))
        fees = self.shares[rows, None] * np.maximum(self.costs - self.grants, 0)[None, :]
        quo = np.zeros((len(b), 1))
        costs, grants = (np.append(0.0, values) for values in (self.costs, np.minimum(self.grants, self.costs)))
        return Parts(np.hstack([quo, b]), np.hstack([quo, d]), np.hstack([quo, fees]), costs, grants)

    def blocks(self) -> Iterator[tuple[Array, Array]]:
        """Counts and gains, some rows at a time."""
        for first in range(0, len(self.counts), BLOCK):
            rows = slice(first, first + BLOCK)
            yield self.counts[rows], self.parts(rows).gains


def build(spec: Geography, case_file: Path, faults: Faults) -> Built | None:
    """The game of a geography, or None with the faults of all its files."""
    before = len(faults)
    sheets = read_tables(spec.tables, case_file, faults)
    residents, sites = sheets.residents, sheets.sites
    units = None if residents is None else _units(spec, residents, sheets.groups, case_file, faults)
    if residents is None or sites is None:
        named_crs(spec.crs, spec.tables.distances is None, case_file, faults)
        return None
    _without_effect(spec, residents, sites, case_file, faults)
    landscape = _landscape(spec, case_file, residents, sites, sheets.distances, faults)
    if landscape is None or len(faults) > before:
        return None
    rows = list(dict.fromkeys(units)) if units is not None else residents.texts["id"]
    index = {name: k for k, name in enumerate(rows)}
    unit = None if units is None else np.array([index[name] for name in units])
    consent = _consent(spec, residents, sites, landscape.distances, unit, faults) if spec.rights.regime == "R-HOST" else None
    game = _game(landscape, rows, unit, ("x0", *sites.texts["site_id"]), spec.parameters.funder_weight.value)
    rights = rights_of(spec.rights, case_file, faults, consent, lambda: game.parts and game.parts.damages)
    if rights is None or len(faults) > before:
        return None
    shown = sites.texts.get("name", sites.texts["site_id"])
    places = _places(landscape)
    alternatives = (Text("nothing is built", "什么也不建"), *(Text(name, name) for name in shown))
    players = tuple(Text(name, name) for name in rows)
    return Built(game.with_rights(rights), players, alternatives, places=places, notes=_notes(residents, sites, places))


def _without_effect(spec: Geography, residents: CsvTable, sites: CsvTable, case_file: Path, faults: Faults) -> None:
    """A parameter set from outside that a column gives for every row."""
    columns = {name: residents for name in ("b_mean", "d_mean", "L_b", "L_d", "r_veto")}
    for name, table, column in (*((name, table, name) for name, table in columns.items()), ("cost", sites, "K")):
        parameter = getattr(spec.parameters, name)
        if parameter is not None and parameter.changed and column in table:
            what = say(
                "it would change nothing: column {column!r} of {file} gives a number for every row", column=column, file=table.path.name
            )
            faults.add(case_file, say("--set {name}", name=name), what)


def _units(spec: Geography, residents: CsvTable, groups: CsvTable | None, case_file: Path, faults: Faults) -> list[str] | None:
    """Who acts as one: each resident's unit or group; None where every resident acts alone."""
    kinds = set(groups.texts.get("kind", ())) if groups is not None else set[str]()
    if spec.decides not in {"resident", "unit"} | kinds and (groups is not None or spec.tables.groups is None):
        hint = nearest(spec.decides, {"resident", "unit", *filter(None, kinds)})
        faults.add(case_file, key("game", "decides"), say("unknown {name!r}; {hint}", name=spec.decides, hint=hint))
        return None
    if spec.tables.groups is not None and groups is None:  # it is at fault, and nothing can be said about it
        return None
    units = units_of(residents, groups, spec.decides, faults) if spec.decides != "resident" or groups is not None else None
    return None if spec.decides == "resident" else units


def _landscape(
    spec: Geography, case_file: Path, residents: CsvTable, sites: CsvTable, table: CsvTable | None, faults: Faults
) -> Landscape | None:
    before = len(faults)
    box = None if spec.bounding_box is None else [float(x) for x in spec.bounding_box]
    if box is not None and (box[0] >= box[2] or box[1] >= box[3]):
        form = "[west, south, east, north]"
        faults.add(case_file, key("game", "bounding_box"), say("{value!r} must be {form}", value=str(box), form=form))
        box = None
    needed = spec.tables.distances is None
    here, there = coordinates(case_file, residents, sites, spec.crs, needed, box, faults)
    given = None if table is None else distance_table(table, residents, sites, faults)
    b, d = (_column(spec, case_file, residents, name, faults) for name in ("b_mean", "d_mean"))
    L_b, L_d = (_column(spec, case_file, residents, name, faults) for name in ("L_b", "L_d"))
    counts = residents.numbers.get("count", np.ones(residents.length, dtype=np.int64))
    shares = residents.numbers.get("fee_share", np.ones(residents.length))
    whole = float(counts @ shares)
    if whole <= 0:
        faults.add(residents.path, row_place(-1, "fee_share"), say("the fee shares must not all be zero"))
    if len(faults) > before:
        return None
    costs = sites.numbers.get("K", np.full(sites.length, float(spec.parameters.cost.value)))
    grants = np.full(sites.length, float(spec.parameters.grant.value))
    distances = Distances(here, there, *(given or (None, None)))
    return Landscape(counts, distances, b, d, L_b, L_d, shares / whole, costs, grants, (spec.kernels.benefit, spec.kernels.damage))


def _column(spec: Geography, case_file: Path, residents: CsvTable, name: str, faults: Faults) -> Array:
    """A column of the residents, or the parameter of the same name for all of them."""
    if name in residents.numbers:
        return residents.numbers[name]
    parameter = getattr(spec.parameters, name)
    if parameter is None and name == "L_b":
        return np.full(residents.length, np.inf)  # non-rival: of use to everybody alike, however far
    if parameter is None:
        faults.add(
            residents.path,
            row_place(-1),
            say("column {name!r} is missing; add it, or set game.parameters.{name} in {file}", name=name, file=case_file.name),
        )
        return np.zeros(residents.length)
    return np.full(residents.length, float(parameter.value))


def _consent(
    spec: Geography, residents: CsvTable, sites: CsvTable, distances: Distances, unit: Array | None, faults: Faults
) -> list[frozenset[int]] | None:
    """Who is asked about each site: rows within their consent radius, and its owner."""
    before, radius = len(faults), residents.numbers.get("r_veto")
    if radius is None and spec.parameters.r_veto is not None:
        radius = np.full(residents.length, float(spec.parameters.r_veto.value))
    index = {name: k for k, name in enumerate(residents.texts["id"])}
    inside: list[list[Array]] = [[] for _ in range(sites.length)]
    closest = np.full(sites.length, np.inf)
    for first in range(0, residents.length, BLOCK):
        rows = slice(first, first + BLOCK)
        metres = distances.block(rows)
        closest = np.minimum(closest, metres.min(axis=0))
        for s in range(sites.length if radius is not None else 0):
            inside[s].append(first + np.flatnonzero(metres[:, s] <= radius[rows]))  # type: ignore[index]
    sets: list[frozenset[int]] = []
    for s, owner in enumerate(sites.texts.get("owner", [""] * sites.length)):
        members = np.concatenate([*inside[s], np.zeros(0, dtype=np.int64)]).astype(np.int64)
        if owner and owner not in index:
            faults.add(sites.path, row_place(s, "owner"), say("unknown resident {name!r}; {hint}", name=owner, hint=nearest(owner, index)))
        elif owner:
            members = np.append(members, index[owner])
        elif not len(members):
            what = say(
                "nobody can consent to site {name!r}: no owner, and nobody lives within r_veto (the nearest is {metres} m away)",
                name=sites.texts["site_id"][s],
                metres=float(closest[s]),
            )
            faults.add(sites.path, row_place(s), what)
        sets.append(frozenset((members if unit is None else np.unique(unit[members])).tolist()))
    return sets if len(faults) == before else None


def _game(landscape: Landscape, rows: list[str], unit: Array | None, alternatives: tuple[str, ...], funder_weight: Number) -> OutcomeGame:
    """The game under imposition; its rights come after, for some need its damages."""
    n = len(landscape.counts)
    options: dict[str, Any] = {"alternatives": alternatives, "rights": Imposition(), "funder_weight": funder_weight}
    if n * len(alternatives) > LARGEST_TABLE and unit is None:
        grants = np.append(0.0, np.minimum(landscape.grants, landscape.costs))
        return OutcomeGame(Stream(landscape.blocks, n, int(landscape.counts.sum())), grants=grants, **options)
    parts, counts = landscape.parts(slice(None)), landscape.counts
    if unit is not None:
        parts, counts = summed(parts, counts, unit, len(rows)), np.ones(len(rows), dtype=np.int64)
    return OutcomeGame.from_parts(parts, players=rows, counts=counts, **options)


def _places(landscape: Landscape) -> Places | None:
    here, there = landscape.distances.residents, landscape.distances.sites
    return None if here is None or there is None else Places(here, landscape.counts, there)


def _notes(residents: CsvTable, sites: CsvTable, places: Places | None) -> tuple[Message, ...]:
    notes: list[Message] = []
    unused = [name for name in UNUSED if name in residents or name in sites]
    if unused:
        notes.append(say("columns read but not used: {names}", names=unused))
    if places is not None:
        points = places.residents[:, 0] + 1j * places.residents[:, 1]
        alike = len(points) - len(np.unique(points))
        if alike:
            notes.append(say("rows of residents at the same place as another: {n}", n=f"{alike:,}"))
    return tuple(notes)
