"""A case file that has not the form of the schema: pydantic's complaints in words, and what is left without the faults."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from ..games.errors import EncompassError
from ..games.message import Message, say
from .faults import key, nearest
from .figures import shown
from .schema import FAMILIES, CaseFile, Tables

_WRONG: dict[str, Message] = {  # pydantic's error types
    "missing": say("is missing"),
    "string_type": say("must be a text"),
    "bool_type": say("must be true or false"),
    "bool_parsing": say("must be true or false"),
    "int_type": say("must be a whole number"),
    "int_parsing": say("must be a whole number"),
    "int_from_float": say("must be a whole number"),
    "list_type": say("must be a list"),
    "tuple_type": say("must be a list"),
    "dict_type": say("must be a table"),
    "model_type": say("must be a table"),
    "model_attributes_type": say("must be a table"),
    "too_short": say("must not be empty"),
    "too_long": say("has too many entries"),
    "union_tag_not_found": say("must be a table with the key family"),
}
_PATTERNS = {
    "id": say("small letters, digits and hyphens"),
    "crs": say("local, EPSG:n (metres), WGS84, GCJ02 or BD09 (degrees)"),
}


def in_words(detail: ErrorDetails) -> tuple[Message, Message]:
    """Place and sentence for one of pydantic's errors."""
    path = _path(detail)
    kind, value, context = detail["type"], detail["input"], detail.get("ctx", {})
    place = key(_dotted(path))
    if kind == "value_error" and isinstance(context.get("error"), EncompassError):
        return place, context["error"].message
    if kind == "extra_forbidden":
        return place, say("unknown key; {hint}", hint=nearest(str(path[-1]), _siblings(detail["loc"])))
    if kind in ("literal_error", "union_tag_invalid"):
        options = str(context.get("expected") or context.get("expected_tags")).replace(" or ", ", ")
        if kind == "union_tag_invalid":
            place, value = key(_dotted(path), "family"), value.get("family") if isinstance(value, dict) else value
        return place, say("{value!r} must be one of {options}", value=shown(value), options=options)
    if kind == "string_pattern_mismatch":
        return place, say("{value!r} must be {form}", value=shown(value), form=_PATTERNS[str(path[-1])])
    if kind == "greater_than_equal":
        return place, say("{value} must be at least {low}", value=shown(value), low=context["ge"])
    if kind in ("less_than_equal", "int_parsing_size"):
        return place, say("{value} is too large", value=shown(value))
    if kind in ("missing", "too_short", "too_long", "union_tag_not_found"):
        return place, _WRONG[kind]
    if kind in _WRONG:
        return place, say("{value!r} {what}", value=shown(value), what=_WRONG[kind])
    return place, say("{reason}", reason=detail["msg"])


def without(data: dict[str, Any], wrong: Sequence[ErrorDetails]) -> CaseFile | None:
    """The file with its ``wrong`` entries taken out, for what else can be said about it; None if too little is left.

    Unknown keys are dropped. A parameter of a geography counts as zero, since its tables can be read without it.
    """
    rest: Any = data
    for detail in wrong:
        path = _path(detail)
        if path[:2] == ["game", "parameters"] and len(path) > 2 and data["game"].get("family") == "geography":
            rest = _put(rest, path[:3], {"value": 0})
        elif detail["type"] == "extra_forbidden":
            rest = _put(rest, path, None)
        else:
            return None
    try:
        return CaseFile.model_validate(rest)
    except ValidationError:
        return None


def _put(data: Any, path: Sequence[Any], given: Any) -> Any:
    """``data`` with ``given`` at ``path``, or without what stands there if it is None; copied only along the path."""
    first, *further = path
    copy = data.copy()
    if further:
        copy[first] = _put(data[first], further, given)
    elif given is None:
        del copy[first]
    else:
        copy[first] = given
    return copy


def tables_of(data: dict[str, Any]) -> Tables | None:
    """The CSV tables a file names, if it names them as it should."""
    try:
        return Tables.model_validate(data["game"]["tables"])
    except (KeyError, TypeError, ValidationError):
        return None


def _path(detail: ErrorDetails) -> list[Any]:
    """Keys and places in lists, without the family that pydantic puts between, nor the ``value`` that a bare number leaves out."""
    loc = detail["loc"]
    path = [part for k, part in enumerate(loc) if not _tag(loc, k)]
    return path[:-1] if len(path) > 3 and path[-3] == "parameters" and path[-1] == "value" else path


def _tag(loc: tuple[Any, ...], k: int) -> bool:
    """Whether the entry ``k`` of ``loc`` is the family of a game."""
    return loc[k] in FAMILIES and ((k == 1 and loc[0] == "game") or (k == 2 and loc[0] == "forms"))


def _dotted(path: Sequence[Any]) -> str:
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text


def _siblings(loc: tuple[Any, ...]) -> list[str]:
    """The keys that are known where ``loc`` names one that is not."""
    model: Any = CaseFile
    for k, part in enumerate(loc[:-1]):
        if _tag(loc, k):
            model = FAMILIES[str(part)]
        elif isinstance(part, str) and part in getattr(model, "model_fields", {}):
            model = _inner(model.model_fields[part].annotation)
    return [name for name in getattr(model, "model_fields", {}) if name != "changed"]


def _inner(annotation: Any) -> Any:
    """The table inside ``annotation``: through lists, options and annotations."""
    for inner in getattr(annotation, "__args__", ()):
        if hasattr(found := _inner(inner), "model_fields"):
            return found
    return annotation
