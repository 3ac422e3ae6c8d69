"""From a case file to a :class:`Case`: read, checked against the schema, built; every fault of every file said at once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import ValidationError

from ..games.errors import EncompassError
from ..games.mechanisms import MECHANISMS
from ..games.mechanisms.registry import USUAL
from ..games.message import Text, say
from . import counted, formulas, geography, inline, models
from .built import Built
from .case import Case, Check, Parameter, Proposition, Study
from .catalogue import FOLDER, case_names
from .counted import Counted
from .faults import Faults, key, nearest
from .figures import DEEPEST, MOST_DIGITS, shown
from .files import LARGEST_CASE, read_text
from .form import ParameterTable
from .formulas import Formula, FormulaTable
from .models import Modelled
from .schema import CaseFile, Gains, Geography, Payoffs, PropositionTable, RemedyTable, Siting
from .settings import changed, leaves
from .sheets import read_tables
from .wrong_form import in_words, tables_of, without

AnyGame = Siting | Gains | Geography | Payoffs | Counted | Formula | Modelled


def load_case(name: str | Path, settings: Mapping[str, Any] | None = None) -> Case:
    """The case of that name, or in that file, with parameters changed as in ``settings`` (name: number, list or text "1/3").

    ``name:form`` is one of its further games as a case of its own; ``form.name`` in ``settings`` a parameter of one.

    Raises :class:`CaseError` with every fault of its files: unknown names and keys, wrong types, numbers out of range, tables
    that do not fit together.
    """
    faults = Faults()
    name, form = _of_form(name)
    if form:
        settings = {f"{form}.{key}" if "." not in key else key: value for key, value in (settings or {}).items()}
    path = _found(name, faults)
    text = None if path is None else read_text(path, faults, LARGEST_CASE)
    faults.stop()
    assert path is not None and text is not None
    spec = _validated(_parsed(path, text, faults), path, settings or {}, faults)
    built: dict[str, Built | None] = {}
    if spec is not None:
        _check_names(spec, path, faults)
        for part, game in _games(spec).items():
            _check_ranges(game, _place(part), path, faults)
            built[part] = _built(game, _place(part), path, faults)
            if len(faults):  # further games may follow the main one, and would repeat what is wrong with it
                break
    faults.stop()
    assert spec is not None
    case = _case(spec, {part: found for part, found in built.items() if found is not None}, path)
    if form and form not in case.forms:
        faults.add(path, "", say("no form {name!r} in this case; {hint}", name=form, hint=nearest(form, case.forms)))
    faults.stop()
    return case.forms[form] if form else case


def _of_form(name: str | Path) -> tuple[str | Path, str]:
    """The case and the form that ``case:form`` names; a path that exists is a path."""
    text = str(name)
    start, colon, form = text.rpartition(":")
    return (start, form) if colon and form.isidentifier() and not Path(text).exists() else (name, "")


def _games(spec: CaseFile) -> dict[str, Any]:
    """The main game under the empty name, then the further ones."""
    return {"": spec.game, **spec.forms}


def _place(form: str) -> str:
    """Where in the file the game of that name stands."""
    return f"forms.{form}" if form else "game"


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
    data = changed(data, path, settings, faults)
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


def _check_names(spec: CaseFile, path: Path, faults: Faults) -> None:
    for k, name in enumerate(spec.mechanisms.run if spec.mechanisms else ()):
        if name not in MECHANISMS:
            faults.add(
                path, key(f"mechanisms.run[{k}]"), say("unknown mechanism {name!r}; {hint}", name=name, hint=nearest(name, MECHANISMS))
            )


def _parameters(game: Any) -> dict[str, ParameterTable]:
    named = game.parameters
    if isinstance(named, dict):
        return named
    return {name: value for name in type(named).model_fields if (value := getattr(named, name)) is not None}


def _check_ranges(game: Any, place: str, path: Path, faults: Faults) -> None:
    """Every number of a parameter inside its declared range; nothing negative but gains and payoffs; weights at most 1."""
    for name, parameter in _parameters(game).items():
        if parameter.range is not None and parameter.range[0] > parameter.range[1]:
            low, high = parameter.range
            faults.add(path, key(place, "parameters", name, "range"), say("{low} is more than {high}", low=low, high=high))
            continue
        limits = parameter.range or ((0, 1) if name == "funder_weight" else None)
        for leaf, value in leaves(parameter.value, name):
            if limits is not None and not limits[0] <= value <= limits[1]:
                what = say("{value} must be from {low} to {high}", value=value, low=limits[0], high=limits[1])
                faults.add(path, key(place, "parameters", leaf), what)
            elif value < 0 and name not in ("gains", "payoffs") and limits is None:
                faults.add(path, key(place, "parameters", leaf), say("{value} must not be negative", value=value))


def _built(game: AnyGame, place: str, path: Path, faults: Faults) -> Built | None:
    for name, parameter in _parameters(game).items():
        if isinstance(parameter.value, list) and (isinstance(game, Geography) or name == "funder_weight"):
            here = isinstance(game, Geography) and name != "funder_weight"
            what = say("must be one number; give one for each resident in a column of the table") if here else say("must be one number")
            faults.add(path, key(place, "parameters", name), what)
            return None
    try:
        if isinstance(game, FormulaTable):
            return formulas.build(game, place, path, faults)
        if isinstance(game, Modelled):
            return models.build(game, place, path, faults)
        if isinstance(game, Geography):
            return geography.build(game, path, faults)
        if isinstance(game, Siting):
            return inline.siting(game, path, faults)
        if isinstance(game, Gains):
            return inline.gains(game, path, faults)
        return inline.payoffs(game, path, faults) if isinstance(game, Payoffs) else counted.build(game, path, faults)
    except EncompassError as error:  # what only the game itself finds wrong
        faults.add(path, key(place), error.message)
        return None


def _paths(expect: Mapping[str, Any], start: str = "") -> Iterator[tuple[str, Any]]:
    """Dotted paths and what they should equal: without quotes TOML reads ``diagnose.best.surplus`` as tables within tables."""
    for name, value in expect.items():
        if isinstance(value, dict):
            yield from _paths(value, f"{start}{name}.")
        else:
            yield start + name, value


def _case(spec: CaseFile, built: Mapping[str, Built], path: Path) -> Case:
    head = spec.case
    bare = partial(Case, source=head.source, illustrative=head.illustrative, atlas=head.atlas or "", file=path)
    forms: dict[str, Case] = {
        name: bare(id=f"{head.id}:{name}", title=game.title or head.title, story=Text("", ""), **_game(game, built[name]))
        for name, game in spec.forms.items()
    }
    told = [text for text in (head.claims, head.assumes, head.follows, head.refuted_by) if text is not None]
    return bare(
        id=head.id,
        title=head.title,
        story=head.story,
        **_game(spec.game, built[""], tuple(spec.mechanisms.run) if spec.mechanisms else USUAL),
        propositions=tuple(map(_claim, spec.proposition)),
        remedies=tuple(map(_claim, spec.remedy)),
        expect=dict(_paths(spec.expect)),
        seeds=tuple(head.seeds),
        study=Study(*told) if len(told) == 4 else None,
        forms=MappingProxyType(forms),
    )


def _game(game: Any, built: Built, mechanisms: tuple[str, ...] = USUAL) -> dict[str, Any]:
    """The part of a case that is its game."""
    parameters = tuple(
        Parameter(
            name, p.value, p.unit or game.unit, p.range, p.assumed, p.meaning, p.changed, None if p.changed else p.source, tuple(p.seeds)
        )
        for name, p in _parameters(game).items()
    )
    return {
        "unit": game.unit,
        "family": game.family,
        "game": built.game,
        "players": built.players,
        "alternatives": built.alternatives,
        "mechanisms": mechanisms,
        "parameters": parameters,
        "places": built.places,
        "notes": built.notes,
        "actions": built.actions,
    }


def _claim(table: PropositionTable | RemedyTable) -> Proposition:
    checks = tuple(
        Check(
            c.that, c.equals, c.at_least, c.at_most, c.holds, c.of, c.within, c.direction, c.set, {k: tuple(v) for k, v in c.over.items()}
        )
        for c in table.check
    )
    fixes = table.fixes if isinstance(table, RemedyTable) else None
    return Proposition(table.id, Text(table.en, table.zh), checks, table.form or "", table.scope is not None, fixes, tuple(table.seeds))
