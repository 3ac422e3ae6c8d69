"""The CSV tables of a geography (ATLAS F-01): what columns they have, and what must hold of each by itself."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..games.message import say
from .faults import Faults
from .files import beside
from .form import MOST_RESIDENTS
from .groups import COLUMNS as GROUPS
from .groups import check_forest
from .places import COORDINATES, DISTANCES
from .schema import Tables
from .tables import Column, CsvTable, read_table, row_place, unique_ids

RESIDENTS = (
    Column("id", "text", True),
    Column("count", "count"),
    *COORDINATES,
    Column("unit_id", "text"),
    Column("b_mean", low=0.0),
    Column("d_mean", low=0.0),
    Column("L_b", low=0.0, infinite=True),
    Column("L_d", low=0.0),
    Column("r_veto", low=0.0),
    Column("fee_share", low=0.0),
    # of the wider format, checked and not used yet
    Column("tenure", "text"),
    Column("b_sd", low=0.0),
    Column("d_sd", low=0.0),
    Column("wealth", low=0.0),
    Column("beta"),
    Column("att_cost", low=0.0),
    Column("delta", low=0.0),
)
SITES = (
    Column("site_id", "text", True),
    *COORDINATES,
    Column("K", low=0.0),
    Column("owner", "text"),
    Column("name", "text"),
    Column("capacity", low=0.0),
    Column("consent_rule", "text"),
    Column("design", "text"),
)
UNUSED = ("tenure", "b_sd", "d_sd", "wealth", "beta", "att_cost", "delta", "capacity", "consent_rule", "design")


@dataclass(frozen=True, eq=False)
class Sheets:
    """The CSV tables of a geography; None for one that is not named or cannot be used."""

    residents: CsvTable | None
    sites: CsvTable | None
    distances: CsvTable | None
    groups: CsvTable | None


def read_tables(tables: Tables | None, case_file: Path, faults: Faults) -> Sheets:
    """The tables, each checked by itself: names, cells, unique ids, the forest of groups."""

    def table(name: str | None, kind: str, columns: tuple[Column, ...]) -> CsvTable | None:
        path = None if name is None else beside(case_file, name, faults, f"game.tables.{kind}")
        return None if path is None else read_table(path, columns, faults)

    if tables is None:
        return Sheets(None, None, None, None)
    residents, sites = table(tables.residents, "residents", RESIDENTS), table(tables.sites, "sites", SITES)
    distances, groups = table(tables.distances, "distances", DISTANCES), table(tables.groups, "groups", GROUPS)
    if residents is not None:
        unique_ids(residents, "id", faults)
        _whole_count(residents, faults)
    if sites is not None and unique_ids(sites, "site_id", faults) and "x0" in sites.texts["site_id"]:
        row = sites.texts["site_id"].index("x0")
        faults.add(sites.path, row_place(row, "site_id"), say("x0 is the status quo; name the site otherwise"))
    if groups is not None and not check_forest(groups, faults):
        groups = None
    return Sheets(residents, sites, distances, groups)


def _whole_count(residents: CsvTable, faults: Faults) -> None:
    whole = sum(map(int, residents.numbers.get("count", ())))
    if whole > MOST_RESIDENTS:
        faults.add(residents.path, row_place(-1, "count"), say("{value} is too large", value=f"{whole:,}"))
