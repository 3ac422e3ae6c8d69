"""From a case file to a :class:`Case`: read, checked against the schema, built; every fault of every file said at once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ..games.errors import EncompassError
from ..games.mechanisms import MECHANISMS
from ..games.mechanisms.registry import USUAL
from ..games.message import Text, say
from . import counted, geography, inline
from .built import Built
from .case import Case, Check, Parameter, Proposition
from .catalogue import FOLDER, case_names
from .counted import Counting
from .faults import Faults, key, nearest
from .figures import DEEPEST, MOST_DIGITS, shown
from .files import LARGEST_CASE, read_text
from .form import ParameterTable
from .schema import FAMILIES, CaseFile, Geography, Payoffs, Siting
from .sheets import read_tables
from .wrong_form import in_words, tables_of, without


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
    built = None
    if spec is not None:
        _check_names(spec, path, faults)
        _check_ranges(spec, path, faults)
        built = _built(spec, path, faults)
    faults.stop()
    assert spec is not None and built is not None
    return _case(spec, built, settings or {})


def _found(name: str | Path, faults: Faults) -> Path | None:
    given = Path(name)
    if given.suffix == ".toml" or len(given.parts) > 1 or given.is_file():
        return given
    if str(name) in case_names():
        return FOLDER / f"{name}.toml"
    if str(name) and given.is_dir():
        return given  # and is told that it is a folder
    faults.add(str(name), "", say("no case of this name; {hint}", hint=nearest(str(name), case_names())))
    return None


def _parsed(path: Path, text: str, faults: Faults) -> dict[str, Any]:
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+), column (\d+)", str(error))
        last = text.count("\n") + 1
        place = say("line {line}, column {column}", line=found[1], column=found[2]) if found else say("line {line}", line=last)
        faults.add(path, place, say("this is not TOML: {reason}", reason=str(error).partition(" (at ")[0]))
    except RecursionError:
        faults.add(path, "", say("lists are nested more than {n} deep", n=DEEPEST))
    except ValueError:  # Python refuses integers of thousands of digits
        found = re.search(r"[0-9_]{4000,}", text)
        place = say("line {line}", line=text.count("\n", 0, found.start()) + 1) if found else ""
        value = shown(found[0]) if found else ""
        faults.add(path, place, say("{value} has too many digits; at most {n} before or after the point", value=value, n=MOST_DIGITS))
    faults.stop()
    raise AssertionError


def _validated(data: dict[str, Any], path: Path, settings: Mapping[str, Any], faults: Faults) -> CaseFile | None:
    """The file as its form demands. With a fault in it, what is left without it: there may be more to say about that."""
    data = _changed(data, path, settings, faults)
    try:
        return CaseFile.model_validate(data)
    except ValidationError as error:
        wrong = error.errors()
    for detail in wrong:
        faults.add(path, *in_words(detail))
    rest = without(data, wrong)
    if rest is None:
        read_tables(tables_of(data), path, faults)
    return rest


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
    family = FAMILIES.get(str(game.get("family"))) if isinstance(game, dict) else None
    return set(family.model_fields["parameters"].annotation.model_fields) if family else set()


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
        if parameter.range is not None and parameter.range[0] > parameter.range[1]:
            low, high = parameter.range
            faults.add(path, key("game.parameters", name, "range"), say("{low} is more than {high}", low=low, high=high))
            continue
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


def _built(spec: CaseFile, path: Path, faults: Faults) -> Built | None:
    game = spec.game
    for name, parameter in _parameters(spec).items():
        if isinstance(parameter.value, list) and (isinstance(game, Geography) or name == "funder_weight"):
            here = isinstance(game, Geography) and name != "funder_weight"
            what = say("must be one number; give one for each resident in a column of the table") if here else say("must be one number")
            faults.add(path, key("game.parameters", name), what)
            return None
    try:
        if isinstance(game, Geography):
            return geography.build(game, path, faults)
        if isinstance(game, Siting):
            return inline.siting(game, path, faults)
        if isinstance(game, Counting):
            return counted.build(game, path, faults)
        return inline.payoffs(game, path, faults) if isinstance(game, Payoffs) else inline.gains(game, path, faults)
    except EncompassError as error:  # what only the game itself finds wrong
        faults.add(path, key("game"), error.message)
        return None


def _paths(expect: Mapping[str, Any], start: str = "") -> Iterator[tuple[str, Any]]:
    """Dotted paths and what they should equal: without quotes TOML reads ``diagnose.best.surplus`` as tables within tables."""
    for name, value in expect.items():
        if isinstance(value, dict):
            yield from _paths(value, f"{start}{name}.")
        else:
            yield start + name, value


def _case(spec: CaseFile, built: Built, settings: Mapping[str, Any]) -> Case:
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
        mechanisms=tuple(spec.mechanisms.run) if spec.mechanisms else USUAL,
        parameters=parameters,
        propositions=propositions,
        expect=dict(_paths(spec.expect)),
        places=built.places,
        notes=built.notes,
        actions=built.actions,
    )
