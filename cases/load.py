"""From a case file to a :class:`Case`: read, checked against the schema, built; every fault of every file said at once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from ..games.errors import EncompassError
from ..games.mechanisms import MECHANISMS
from ..games.message import Message, Text, say
from . import geography, inline
from .case import Case, Check, Parameter, Proposition
from .catalogue import FOLDER, case_names
from .faults import Faults, key, nearest
from .files import LARGEST_CASE, read_text
from .schema import CaseFile, Gains, GainsParameters, Geography, GeographyParameters, ParameterTable, Payoffs, Siting, SitingParameters


def load_case(name: str | Path, settings: Mapping[str, Any] | None = None) -> Case:
    """The case of that name, or in that file, with parameters changed as in ``settings`` (name: number, list or text "1/3").

    Raises :class:`CaseError` with every fault of its files: unknown names and keys, wrong types, numbers out of range, tables
    that do not fit together.
    """
    faults = Faults()
    path = _found(name, faults)
    text = None if path is None else read_text(path, faults, LARGEST_CASE)
    faults.stop()
    assert path is not None and text is not None
    spec = _validated(_parsed(path, text, faults), path, settings or {}, faults)
    faults.stop()
    assert spec is not None
    _check_names(spec, path, faults)
    _check_ranges(spec, path, faults)
    built = _built(spec, path, faults)
    faults.stop()
    assert built is not None
    return _case(spec, built, settings or {})


def _found(name: str | Path, faults: Faults) -> Path | None:
    given = Path(name)
    if given.suffix == ".toml" or len(given.parts) > 1 or given.is_file():
        return given
    if str(name) in case_names():
        return FOLDER / f"{name}.toml"
    faults.add(str(name), "", say("no case of this name; {hint}", hint=nearest(str(name), case_names())))
    return None


def _parsed(path: Path, text: str, faults: Faults) -> dict[str, Any]:
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        found = re.search(r"line (\d+), column (\d+)", str(error))
        place = say("line {line}, column {column}", line=found[1], column=found[2]) if found else ""
        faults.add(path, place, say("this is not TOML: {reason}", reason=str(error)))
        faults.stop()
        raise


def _validated(data: dict[str, Any], path: Path, settings: Mapping[str, Any], faults: Faults) -> CaseFile | None:
    data = _changed(data, path, settings, faults)
    try:
        return CaseFile.model_validate(data)
    except ValidationError as error:
        for detail in error.errors():
            place, what = _readable(detail)
            faults.add(path, place, what)
        return None


def _changed(data: dict[str, Any], path: Path, settings: Mapping[str, Any], faults: Faults) -> dict[str, Any]:
    """``data`` with parameters set from outside."""
    game = data.get("game")
    parameters = game.get("parameters", {}) if isinstance(game, dict) else {}
    if not isinstance(parameters, dict):
        return data
    known = _parameter_names(game) | set(parameters)
    merged = dict(parameters)
    for name, value in settings.items():
        if name not in known:
            faults.add(path, say("--set {name}", name=name), say("no parameter of this name; {hint}", hint=nearest(name, known)))
            continue
        old = parameters.get(name)
        merged[name] = {**(old if isinstance(old, dict) else {}), "value": value, "changed": True}
    return {**data, "game": {**game, "parameters": merged}} if settings and isinstance(game, dict) else data


def _parameter_names(game: Any) -> set[str]:
    families = {"siting": SitingParameters, "gains": GainsParameters, "geography": GeographyParameters}
    model = families.get(str(game.get("family"))) if isinstance(game, dict) else None
    return set(model.model_fields) if model else set()


_WRONG: dict[str, Message] = {  # pydantic's error types, in words
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
    "union_tag_not_found": say("must be a table with the key family"),
}


def _readable(detail: ErrorDetails) -> tuple[Message, Message]:
    """Place and sentence for one of pydantic's errors."""
    tags = {"siting", "gains", "geography", "normal-form"}
    path = [part for k, part in enumerate(detail["loc"]) if not (k == 1 and part in tags)]
    name, value, context = _dotted(path), detail["input"], detail.get("ctx", {})
    kind = detail["type"]
    if kind == "value_error" and isinstance(context.get("error"), EncompassError):
        return key(name), context["error"].message
    if kind == "extra_forbidden":
        return key(name), say("unknown key; {hint}", hint=nearest(str(path[-1]), _siblings(detail["loc"])))
    if kind in ("literal_error", "union_tag_invalid"):
        options = str(context.get("expected") or context.get("expected_tags"))
        place = key(name, "family") if kind == "union_tag_invalid" else key(name)
        given = value.get("family") if isinstance(value, dict) else value
        return place, say("{value!r} must be one of {options}", value=given, options=options)
    if kind == "string_pattern_mismatch":
        return key(name), say("{value!r} must match {pattern}", value=value, pattern=context.get("pattern"))
    if kind in ("greater_than_equal", "greater_than"):
        return key(name), say("{value} must be at least {low}", value=value, low=context.get("ge", context.get("gt")))
    if kind == "missing":
        return key(name), _WRONG[kind]
    if kind in _WRONG:
        shown = value if isinstance(value, (str, int, bool, float, Decimal)) else type(value).__name__
        return key(name), say("{value!r} {what}", value=shown if not isinstance(shown, Decimal) else float(shown), what=_WRONG[kind])
    return key(name), say("{reason}", reason=detail["msg"])


def _dotted(path: list[Any]) -> str:
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text


def _siblings(loc: tuple[Any, ...]) -> list[str]:
    """The keys that are known where ``loc`` names one that is not."""
    model: Any = CaseFile
    for part in loc[:-1]:
        if part in ("siting", "gains", "geography", "normal-form"):
            model = {"siting": Siting, "gains": Gains, "geography": Geography, "normal-form": Payoffs}[part]
        elif isinstance(part, str) and hasattr(model, "model_fields") and part in model.model_fields:
            model = _inner(model.model_fields[part].annotation)
    return [name for name in getattr(model, "model_fields", {}) if name != "changed"]


def _inner(annotation: Any) -> Any:
    """The table inside ``annotation``: through lists, options and annotations."""
    for inner in getattr(annotation, "__args__", ()):
        if hasattr(found := _inner(inner), "model_fields"):
            return found
    return annotation


def _check_names(spec: CaseFile, path: Path, faults: Faults) -> None:
    for k, name in enumerate(spec.mechanisms.run if spec.mechanisms else ()):
        if name not in MECHANISMS:
            faults.add(
                path, key(f"mechanisms.run[{k}]"), say("unknown mechanism {name!r}; {hint}", name=name, hint=nearest(name, MECHANISMS))
            )


def _parameters(spec: CaseFile) -> dict[str, ParameterTable]:
    named = spec.game.parameters
    return {name: value for name in type(named).model_fields if (value := getattr(named, name)) is not None}


def _check_ranges(spec: CaseFile, path: Path, faults: Faults) -> None:
    """Every number of a parameter inside its declared range; nothing negative but gains and payoffs; weights at most 1."""
    for name, parameter in _parameters(spec).items():
        limits = parameter.range or ((0, 1) if name == "funder_weight" else None)
        for place, value in _leaves(parameter.value, name):
            if limits is not None and not limits[0] <= value <= limits[1]:
                what = say("{value} must be from {low} to {high}", value=value, low=limits[0], high=limits[1])
                faults.add(path, key("game.parameters", place), what)
            elif value < 0 and name not in ("gains", "payoffs"):
                faults.add(path, key("game.parameters", place), say("{value} must not be negative", value=value))


def _leaves(value: Any, place: str) -> list[tuple[str, Any]]:
    if isinstance(value, list):
        return [leaf for k, entry in enumerate(value) for leaf in _leaves(entry, f"{place}[{k}]")]
    return [(place, value)]


def _built(spec: CaseFile, path: Path, faults: Faults) -> geography.Built | None:
    game = spec.game
    if isinstance(game, Geography):
        for name, parameter in _parameters(spec).items():
            if isinstance(parameter.value, list):
                faults.add(
                    path, key("game.parameters", name), say("must be one number; give one for each resident in a column of the table")
                )
                return None
        return geography.build(game, path, faults)
    if isinstance(game, Siting):
        return inline.siting(game, path, faults)
    return inline.payoffs(game, path, faults) if isinstance(game, Payoffs) else inline.gains(game, path, faults)


def _case(spec: CaseFile, built: geography.Built, settings: Mapping[str, Any]) -> Case:
    unit = spec.game.unit
    parameters = tuple(
        Parameter(name, p.value, p.unit or unit, p.range, p.assumed, p.meaning, name in settings) for name, p in _parameters(spec).items()
    )
    propositions = tuple(
        Proposition(p.id, Text(p.en, p.zh), tuple(Check(c.that, c.equals, c.at_least, c.at_most) for c in p.check))
        for p in spec.proposition
    )
    return Case(
        id=spec.case.id,
        title=spec.case.title,
        story=spec.case.story,
        source=spec.case.source,
        illustrative=spec.case.illustrative,
        unit=unit,
        family=spec.game.family,
        game=built.game,
        players=built.players,
        alternatives=built.alternatives,
        mechanisms=tuple(spec.mechanisms.run) if spec.mechanisms else tuple(MECHANISMS),
        parameters=parameters,
        propositions=propositions,
        expect=dict(spec.expect),
        places=built.places,
        notes=built.notes,
    )
