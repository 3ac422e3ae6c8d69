"""The form of a case file, published for editors as ``case.schema.json`` (Draft 2020-12).

Numbers stay as written (integers, decimals, texts such as ``"1/3"``), so that they can be kept exact.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, GetJsonSchemaHandler, model_validator
from pydantic_core import CoreSchema

from ..games.errors import InputError
from ..games.message import Text
from ..games.organisation.registry import LINES as MODELS
from .counted import COUNTED, Counted
from .form import ZERO, Figure, GameTable, NameList, Numbers, Quantity, Stated, Table, Words
from .formulas import FORMULAS, Formula
from .models import Modelled

PUBLISHED = Path(__file__).with_name("case.schema.json")

Regime = Literal["R-HOST", "R-UNAN", "R-QUOTA", "R-IMPOSE", "R-LIAB"]
Preset = Literal["PRC-RC-1989"]


class RightsTable(Table):
    """The rights regime and its parameters; a bare id is short for ``{ regime = ... }``.

    Quota and quorum are heads if whole numbers, shares if texts such as ``"1/2"`` or decimals. ``preset`` names a dated legal
    rule (parameters, not legal advice): ``PRC-RC-1989`` is the residents' meeting, more than half present, majority of those.
    """

    regime: Regime = "R-HOST"
    preset: Preset | None = None
    quota: Figure | None = None
    quorum: Figure | None = None
    strict: bool = True
    of_votes: bool = False
    assessed: Numbers | None = None

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """The table, or the id alone."""
        return {"anyOf": [handler(core), {"enum": ["R-HOST", "R-UNAN", "R-QUOTA", "R-IMPOSE", "R-LIAB"]}]}


def _regime(value: Any) -> Any:
    return {"regime": value} if isinstance(value, str) else value


RightsChoice = Annotated[RightsTable, BeforeValidator(_regime)]


class SitingParameters(Table):
    """``damage``: one number a resident for its own site, or a table of residents by sites; ``benefit``: a number, one a
    resident, or a table; ``cost`` and ``grant``: a number or one a site."""

    benefit: Quantity
    damage: Quantity
    cost: Quantity = ZERO
    grant: Quantity = ZERO
    funder_weight: Quantity = ZERO


class GainsParameters(Table):
    """``gains``: residents by sites, money over the status quo."""

    gains: Quantity
    grant: Quantity = ZERO
    funder_weight: Quantity = ZERO


class GeographyParameters(Table):
    """What a column of ``residents`` or ``sites`` does not give: benefit and damage at distance 0 (money), decay lengths and
    consent radius (metres), cost of building and grant (money a site)."""

    b_mean: Quantity | None = None
    d_mean: Quantity | None = None
    L_b: Quantity | None = None
    L_d: Quantity | None = None
    r_veto: Quantity | None = None
    cost: Quantity = ZERO
    grant: Quantity = ZERO
    funder_weight: Quantity = ZERO


class PayoffParameters(Table):
    """``payoffs``: one table a player, each |A1| x ... x |An|."""

    payoffs: Quantity


class Siting(GameTable):
    """Residents and candidate sites in an inline table: benefits anywhere, damages at one's own site or everywhere."""

    family: Literal["siting"]
    rights: RightsChoice
    unit: Words
    players: NameList
    sites: NameList
    parameters: SitingParameters


class Gains(GameTable):
    """Residents by sites, total gains only."""

    family: Literal["gains"]
    rights: RightsChoice
    unit: Words
    players: NameList
    sites: NameList
    parameters: GainsParameters


Kernel = Literal["exp", "gauss", "step", "power"]


class Kernels(Table):
    """How benefit and damage fall with z = distance / decay length: exp(-z), exp(-z^2/2), 1[z <= 1], (1+z)^-2."""

    benefit: Kernel = "exp"
    damage: Kernel = "exp"


class Tables(Table):
    """CSV files beside the case file."""

    residents: str
    sites: str
    distances: str | None = None
    groups: str | None = None


class Geography(GameTable):
    """Residents and sites from CSV files, gains from kernels over distance (ATLAS F-01 to F-03).

    ``crs``: ``local`` or ``EPSG:n`` (metres, columns x, y), ``WGS84``, ``GCJ02`` or ``BD09`` (degrees, columns lon, lat). ``decides``:
    ``resident``, ``unit`` (the residents' unit_id) or a kind of ``groups``, whose members then act as one.
    """

    family: Literal["geography"]
    rights: RightsChoice
    unit: Words
    tables: Tables
    crs: Annotated[str, Field(pattern=r"^(local|EPSG:\d+|WGS84|GCJ02|BD09)$")] | None = None
    bounding_box: tuple[Figure, Figure, Figure, Figure] | None = None
    kernels: Kernels = Kernels()
    decides: str = "resident"
    parameters: GeographyParameters = Field(default_factory=GeographyParameters)


class Payoffs(GameTable):
    """A game in normal form, payoffs written out."""

    family: Literal["normal-form"]
    unit: Words
    players: NameList
    actions: list[list[str]]
    parameters: PayoffParameters


FAMILIES: dict[str, Any] = {
    "siting": Siting,
    "gains": Gains,
    "geography": Geography,
    "normal-form": Payoffs,
    **COUNTED,
    **FORMULAS,
    **dict.fromkeys(MODELS, Modelled),
}
Game = Annotated[Siting | Gains | Geography | Payoffs | Counted | Formula | Modelled, Field(discriminator="family")]


class CaseHead(Table):
    """What the case is called, its story and where it is from.

    ``claims`` what the study says, ``assumes`` what the model adds, ``follows`` what comes out, ``refuted_by`` what would show it wrong.
    ``atlas`` and ``seeds``: which case and which items of the study it carries.
    """

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
    title: Words
    story: Words = Text("", "")
    source: Words = Text("", "")
    illustrative: bool = False
    atlas: Annotated[str, Field(pattern=r"^CASE-\d\d$")] | None = None
    seeds: list[str] = Field(default_factory=list)
    claims: Words | None = None
    assumes: Words | None = None
    follows: Words | None = None
    refuted_by: Words | None = None


class Mechanisms(Table):
    """Which mechanisms ``compare`` tries."""

    run: list[str]


class CheckTable(Table):
    """What a claim says, to be computed: a dotted path ``that`` into an answer and what it equals, or its bounds; or a formula.

    ``holds``: a formula that must be true; ``of``: one whose value over a sweep must be as ``equals`` lists it, or rise, fall or stay.
    ``set`` changes parameters first; ``over`` tries a list of values of a parameter (of several: in step).
    """

    that: str | None = None
    holds: str | None = None
    of: str | None = None
    equals: Stated = None
    within: Figure = ZERO.value
    at_least: Figure | None = None
    at_most: Figure | None = None
    direction: Literal["rises", "falls", "stays"] | None = None
    set: dict[str, Stated] = Field(default_factory=dict)
    over: dict[str, list[Stated]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _one_kind(self) -> CheckTable:
        if (self.that is None) == (self.holds is None and self.of is None):
            raise InputError("a check has either that, or holds or of")
        if self.of is not None and not self.over:
            raise InputError("of is a formula over a sweep; over says which")
        if self.over and {len(values) for values in self.over.values()} != {max(1, *map(len, self.over.values()))}:
            raise InputError("the lists of over must not be empty, and be of one length")
        return self


class ClaimTable(Table):
    """A sentence in both languages with ``{formula}`` where a figure stands, and what shows it. ``form``: the game it is about."""

    id: str
    en: str
    zh: str
    form: str | None = None
    seeds: list[str] = Field(default_factory=list)
    check: list[CheckTable] = Field(min_length=1)


class PropositionTable(ClaimTable):
    """A claim with its ATLAS id. ``scope = "defaults"``: made for the parameters in the file only."""

    scope: Literal["defaults"] | None = None


class RemedyTable(ClaimTable):
    """What is tried against the standoff: a rule (its id) or a change of the parameters, and whether it ``fixes`` it."""

    fixes: bool
    scope: Literal["defaults"] | None = None


class CaseFile(Table):
    """A case file of encompass."""

    case: CaseHead
    game: Game
    forms: dict[Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")], Game] = Field(default_factory=dict)
    mechanisms: Mechanisms | None = None
    proposition: list[PropositionTable] = Field(default_factory=list)
    remedy: list[RemedyTable] = Field(default_factory=list)
    expect: dict[str, Stated] = Field(default_factory=dict)


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a case file."""
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "encompass/case/1"}
    return head | CaseFile.model_json_schema()


def publish() -> None:
    """Write the JSON Schema beside the cases, for editors; a test holds the published file against this module."""
    PUBLISHED.write_text(json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
