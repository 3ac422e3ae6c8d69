"""The pieces that the form of a case file is made of: texts, numbers, parameters, names."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, GetJsonSchemaHandler, PlainValidator, WithJsonSchema
from pydantic_core import CoreSchema

from ..games.errors import InputError
from ..games.message import Text
from .figures import figure, figures, stated
from .study import item

MOST_RESIDENTS = 10**15

_NUMBER: dict[str, Any] = {"anyOf": [{"type": "number"}, {"type": "string", "pattern": r"^\s*[-+]?[0-9./eE+-]+\s*$"}]}
_FORMULA: dict[str, Any] = {"type": "string", "pattern": r"^\{.+\}$"}  # in a further game: over parameters of the main one
_TABLE: dict[str, Any] = {"anyOf": [*_NUMBER["anyOf"], _FORMULA, {"type": "array"}]}


class Table(BaseModel):
    """A table of a case file: no keys but those named here."""

    model_config = ConfigDict(extra="forbid", arbitrary_types_allowed=True)


def _words(value: Any) -> Text:
    if isinstance(value, str):
        return Text(value.strip(), value.strip())
    if isinstance(value, dict) and set(value) == {"en", "zh"} and all(isinstance(v, str) for v in value.values()):
        return Text(value["en"].strip(), value["zh"].strip())
    raise InputError("must be a text, or one in each language: {form}", form='{ en = "...", zh = "..." }')


Words = Annotated[
    Text,
    PlainValidator(_words),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string"},
                {
                    "type": "object",
                    "properties": {"en": {"type": "string"}, "zh": {"type": "string"}},
                    "required": ["en", "zh"],
                    "additionalProperties": False,
                },
            ]
        }
    ),
]


Numbers = Annotated[Any, PlainValidator(figures), WithJsonSchema(_TABLE)]
Figure = Annotated[Any, PlainValidator(figure), WithJsonSchema(_NUMBER)]
Stated = Annotated[Any, PlainValidator(stated), WithJsonSchema({})]


class ParameterTable(Table):
    """A parameter with what is known about it; a bare number or list is short for ``{ value = ... }``.

    ``fact``: the item of the study whose figure it is, instead of a value and a source.
    """

    value: Numbers
    fact: str | None = None
    range: tuple[Figure, Figure] | None = None
    assumed: bool = False
    source: Words | None = None
    meaning: Words | None = None
    unit: Words | None = None
    seeds: list[str] = Field(default_factory=list)
    changed: Annotated[bool, Field(exclude=True)] = False

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """The long form or the short one."""
        form = handler(core)
        long = handler.resolve_ref_schema(form)
        long["properties"].pop("changed")
        long.pop("required")
        long["anyOf"] = [{"required": [name]} for name in ("value", "fact")]
        return {"anyOf": [form, *_TABLE["anyOf"]]}


def spelled_out(value: Any) -> Any:
    """A parameter in the long form: a bare value, or a fact of the study, as a table with a value."""
    if isinstance(value, dict) and isinstance(value.get("fact"), str) and "value" not in value:
        return _with_fact(value)
    return value if isinstance(value, dict | ParameterTable) else {"value": value}


def _with_fact(table: dict[str, Any]) -> dict[str, Any]:
    """A parameter that is a figure of the study: its value, where it is from, and that it carries the item."""
    fact = item(table["fact"])
    if fact.value is None:
        raise InputError("the study gives no figure for {name}", name=fact.id)
    source = {"en": f"the study, item {fact.id}", "zh": f"研究，条目 {fact.id}"}
    return {"source": source, **table, "value": fact.value, "seeds": [*table.get("seeds", ()), fact.id]}


Quantity = Annotated[ParameterTable, BeforeValidator(spelled_out)]
ZERO = ParameterTable(value=Fraction(0))


class GameTable(Table):
    """What the game of a case, or one of its further forms, always may have: a title of its own."""

    title: Words | None = None


class Names(Table):
    """Who or what the rows, columns or actions are: ``id`` (ASCII, unique), display names, how many are alike, who owns a site."""

    id: list[str] = Field(min_length=1)
    en: list[str] | None = None
    zh: list[str] | None = None
    count: list[Annotated[int, Field(ge=1, le=MOST_RESIDENTS)]] | None = None
    owner: list[list[str]] | None = None

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """The table, or a bare list of ids."""
        return {"anyOf": [handler(core), {"type": "array", "items": {"type": "string"}, "minItems": 1}]}


def _named(value: Any) -> Any:
    return {"id": value} if isinstance(value, list) else value


NameList = Annotated[Names, BeforeValidator(_named)]
