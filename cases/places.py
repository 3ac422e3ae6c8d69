"""Where residents and sites are, and how far apart: one coordinate system, or a table of distances (ATLAS F-02, F-03)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ..games.exact import Array
from ..games.message import say
from .faults import Faults, key, nearest
from .tables import Column, CsvTable, row_place

DEGREES = ("WGS84", "GCJ02", "BD09")
EARTH = 6_371_008.8  # mean radius, metres
COORDINATES = tuple(Column(name) for name in ("x", "y", "lon", "lat"))
DISTANCES = (Column("id", "text", True), Column("site_id", "text", True), Column("distance", required=True, low=0.0))


@dataclass(frozen=True, eq=False)
class Distances:
    """Metres between rows of residents and sites: from coordinates ``(rows, 2)`` and ``(sites, 2)``, or by a ``table`` of
    locations by sites with each row's ``location``."""

    residents: Array | None
    sites: Array | None
    table: Array | None = None
    location: Array | None = None

    def block(self, rows: slice) -> Array:
        """Distances of some rows to all sites, shape ``(rows, sites)``."""
        if self.table is not None and self.location is not None:
            return self.table[self.location[rows]]
        assert self.residents is not None and self.sites is not None
        here = self.residents[rows]
        return np.hypot(here[:, None, 0] - self.sites[None, :, 0], here[:, None, 1] - self.sites[None, :, 1])


def coordinates(
    case_file: Path, residents: CsvTable, sites: CsvTable, crs: str | None, needed: bool, box: Sequence[float] | None, faults: Faults
) -> tuple[Array | None, Array | None]:
    """Metres of residents and sites, or None where a table has no coordinates (a fault if ``needed``).

    Degrees are projected about their common centre (equirectangular; under 0.1% off within 20 km). A mixture of degrees and
    metres, or degrees in an undeclared system, is a fault: Chinese web maps are shifted by hundreds of metres.
    """
    before = len(faults)
    found = [_pair(table, faults) for table in (residents, sites)]
    for table, pair in zip((residents, sites), found):
        if pair is None and needed:
            faults.add(
                table.path,
                row_place(-1),
                say("columns x, y (metres) or lon, lat (degrees) are missing, and there is no table of distances"),
            )
    pairs = [(table, *pair) for table, pair in zip((residents, sites), found) if pair is not None]
    crs = named_crs(crs, bool(pairs), case_file, faults)
    if len(faults) > before or not pairs or crs is None:
        return None, None
    _one_system(case_file, pairs, crs, faults)
    for table, xy, _ in pairs:
        if box is not None:
            _inside(table, xy, box, faults)
    if len(faults) > before:
        return None, None
    centre = np.concatenate([xy for _, xy, _ in pairs]).mean(axis=0)
    metres = [None if pair is None else _projected(pair[0], centre) if crs in DEGREES else pair[0] for pair in found]
    return metres[0], metres[1]


def named_crs(crs: str | None, needed: bool, case_file: Path, faults: Faults) -> str | None:
    """The coordinate system; a fault if there are coordinates and it is not named."""
    if crs is None and needed:
        what = say("the coordinate system must be named: local, EPSG:n (metres), WGS84, GCJ02 or BD09 (degrees)")
        faults.add(case_file, key("game", "crs"), what)
    return crs


def _pair(table: CsvTable, faults: Faults) -> tuple[Array, bool] | None:
    """The coordinates of a table, and whether they are in columns for degrees."""
    plain, degrees = ([name for name in names if name in table] for names in (("x", "y"), ("lon", "lat")))
    if plain and degrees:
        faults.add(
            table.path, row_place(-1), say("mixed coordinate systems: columns {names}; keep x, y or lon, lat", names=[*plain, *degrees])
        )
    chosen = plain or degrees
    if not chosen or (plain and degrees):
        return None
    if len(chosen) == 1:
        other = {"x": "y", "y": "x", "lon": "lat", "lat": "lon"}[chosen[0]]
        faults.add(table.path, row_place(-1), say("column {name!r} is missing", name=other))
        return None
    return np.stack([table.numbers[name] for name in chosen], axis=1), bool(degrees)


def _one_system(case_file: Path, pairs: Sequence[tuple[CsvTable, Array, bool]], crs: str, faults: Faults) -> None:
    looks = [bool(_degrees(xy).all()) for _, xy, _ in pairs]
    if len({degrees for _, _, degrees in pairs}) > 1 or (crs not in DEGREES and crs != "local" and len(set(looks)) > 1):
        names = [table.path.name for table, _, _ in pairs]
        faults.add(case_file, "", say("mixed coordinate systems: {files} must use the same columns and units", files=names))
        return
    for (table, xy, degrees), small in zip(pairs, looks):
        if degrees != (crs in DEGREES):
            right = "lon, lat" if crs in DEGREES else "x, y"
            faults.add(table.path, row_place(-1), say("crs = {crs!r} goes with columns {names}", crs=crs, names=right))
        elif degrees and not small:
            bad = int(np.argmin(_degrees(xy)))
            faults.add(table.path, row_place(bad), say("({x}, {y}) are not degrees of longitude and latitude", x=xy[bad, 0], y=xy[bad, 1]))
        elif crs.startswith("EPSG") and (suspect := _degrees(xy)).any():
            what = say("({x}, {y}) looks like degrees, but crs = {crs!r} is in metres", x=xy[suspect][0, 0], y=xy[suspect][0, 1], crs=crs)
            faults.add(table.path, row_place(int(np.argmax(suspect))), what)


def _degrees(xy: Array) -> Array:
    """Which rows could be longitude and latitude."""
    return (np.abs(xy[:, 0]) <= 180) & (np.abs(xy[:, 1]) <= 90)


def _inside(table: CsvTable, xy: Array, box: Sequence[float], faults: Faults) -> None:
    west, south, east, north = box
    for k in np.flatnonzero((xy[:, 0] < west) | (xy[:, 0] > east) | (xy[:, 1] < south) | (xy[:, 1] > north)):
        faults.add(table.path, row_place(int(k)), say("({x}, {y}) lies outside bounding_box", x=float(xy[k, 0]), y=float(xy[k, 1])))


def _projected(degrees: Array, centre: Array) -> Array:
    """Metres east and north of ``centre`` (equirectangular about it)."""
    east = np.radians(degrees[:, 0] - centre[0]) * EARTH * np.cos(np.radians(centre[1]))
    return np.stack([east, np.radians(degrees[:, 1] - centre[1]) * EARTH], axis=1)


def distance_table(table: CsvTable, residents: CsvTable, sites: CsvTable, faults: Faults) -> tuple[Array, Array] | None:
    """Locations by sites in metres, and each resident's location: its id, or its unit_id where distances are given by unit."""
    before = len(faults)
    columns = {name: k for k, name in enumerate(sites.texts["site_id"])}
    locations: dict[str, int] = {}
    for name in table.texts["id"]:
        locations.setdefault(name, len(locations))
    metres = np.full((len(locations), len(columns)), np.nan)
    for k, (name, site, distance) in enumerate(zip(table.texts["id"], table.texts["site_id"], table.numbers["distance"])):
        if site not in columns:
            faults.add(table.path, row_place(k, "site_id"), say("unknown site {name!r}; {hint}", name=site, hint=nearest(site, columns)))
        elif not np.isnan(metres[locations[name], columns[site]]):
            faults.add(table.path, row_place(k), say("the distance from {name} to {site} stands there twice", name=name, site=site))
        else:
            metres[locations[name], columns[site]] = distance
    units = residents.texts.get("unit_id", residents.texts["id"])
    location = np.array([locations.get(name, locations.get(unit, -1)) for name, unit in zip(residents.texts["id"], units)])
    for k in np.flatnonzero(location < 0):
        faults.add(
            residents.path,
            row_place(int(k), "id"),
            say("{file} has no distances for {name!r}", file=table.path.name, name=residents.texts["id"][k]),
        )
    names = list(locations)
    for k, j in np.argwhere(np.isnan(metres)):
        faults.add(table.path, "", say("the distance from {name} to {site} is missing", name=names[k], site=sites.texts["site_id"][j]))
    return (metres, location) if len(faults) == before else None
