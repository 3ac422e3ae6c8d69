"""Parameters set from outside a case file, and those of its further games that follow the main one."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from ..games.errors import EncompassError
from ..games.expression import Expression
from ..games.message import say
from ..games.organisation.registry import LINES as MODELS
from ..games.organisation.registry import parameters_of
from .faults import Faults, key, nearest
from .figures import figures
from .form import spelled_out
from .formulas import FORMULAS
from .schema import FAMILIES


def changed(data: dict[str, Any], path: Path, settings: Mapping[str, Any], faults: Faults) -> dict[str, Any]:
    """``data`` with parameters set from outside."""
    forms = data.get("forms")
    for name, value in settings.items():
        form, dot, inner = name.rpartition(".")
        game = (forms.get(form) if isinstance(forms, dict) else None) if dot else data.get("game")
        if dot and not isinstance(game, dict):
            hint = nearest(form, forms if isinstance(forms, dict) else ())
            faults.add(path, say("--set {name}", name=name), say("no form {name!r} in this case; {hint}", name=form, hint=hint))
            continue
        set_game = _set(game, inner, name, value, path, faults)
        if dot and isinstance(forms, dict):
            forms = {**forms, form: set_game}
            data = {**data, "forms": forms}
        elif isinstance(set_game, dict):
            data = {**data, "game": set_game}
    return _computed(data, path, faults)


def _computed(data: dict[str, Any], path: Path, faults: Faults) -> dict[str, Any]:
    """``data`` where the values of further games that are texts ``"{formula}"`` over parameters of the main game are worked out.

    Without further games where a number of the main game is none: that is told first.
    """
    forms, main = data.get("forms"), _parameters_of(data.get("game"))
    if not isinstance(forms, dict):
        return data
    try:
        values = {name: figures(spelled_out(entry)["value"]) for name, entry in main.items()}
    except (EncompassError, KeyError):
        return {**data, "forms": {}}
    changed = {name for name, entry in main.items() if isinstance(entry, dict) and entry.get("changed")}
    found: dict[str, Any] = {}
    for form, game in forms.items():
        tables = dict(_parameters_of(game))
        for name, table in tables.items():
            try:
                tables[name] = _worked_out(table, values, changed)
            except EncompassError as error:
                faults.add(path, key(f"forms.{form}.parameters", name), error.message)
        found[form] = {**game, "parameters": tables} if tables else game
    return {**data, "forms": found}


def _worked_out(table: Any, main: Mapping[str, Any], changed: Collection[str]) -> Any:
    """A parameter's table with its formulas worked out; it counts as changed where one of the parameters they name is."""
    spelled = table if isinstance(table, dict) else {"value": table}
    formulas = [text for _, text in leaves(spelled.get("value"), "") if _is_formula(text)]
    if not formulas:
        return table
    names = {name for text in formulas for name in Expression(text[1:-1]).names}
    return {**spelled, "value": _filled(spelled["value"], main), "changed": bool(names & set(changed)) or spelled.get("changed", False)}


def _is_formula(value: Any) -> bool:
    return isinstance(value, str) and value.startswith("{") and value.endswith("}")


def _filled(value: Any, names: Mapping[str, Any]) -> Any:
    if isinstance(value, list):
        return [_filled(entry, names) for entry in value]
    return Expression(value[1:-1])(names) if _is_formula(value) else value


def _parameters_of(game: Any) -> dict[str, Any]:
    parameters = game.get("parameters") if isinstance(game, dict) else None
    return parameters if isinstance(parameters, dict) else {}


def _set(game: Any, parameter: str, name: str, value: Any, path: Path, faults: Faults) -> Any:
    """``game`` with one parameter set; ``name`` is what was asked for."""
    parameters = game.get("parameters", {}) if isinstance(game, dict) else {}
    if not isinstance(parameters, dict) or not isinstance(game, dict):
        return game
    known = _parameter_names(game) | set(parameters)
    if parameter not in known:
        faults.add(path, say("--set {name}", name=name), say("no parameter of this name; {hint}", hint=nearest(parameter, known)))
        return game
    old = parameters.get(parameter)
    set_to = {**(old if isinstance(old, dict) else {}), "value": value, "changed": True}
    return {**game, "parameters": {**parameters, parameter: set_to}}


def _parameter_names(game: Any) -> set[str]:
    name = str(game.get("family")) if isinstance(game, dict) else ""
    if name in MODELS:
        return set(parameters_of(name))
    family = FAMILIES.get(name)
    if name in FORMULAS:
        return set()  # those the file itself has
    return set(family.model_fields["parameters"].annotation.model_fields) if family else set()


def leaves(value: Any, place: str) -> list[tuple[str, Any]]:
    """The entries of nested lists with their places, ``damage[0]``."""
    if isinstance(value, list):
        return [leaf for k, entry in enumerate(value) for leaf in leaves(entry, f"{place}[{k}]")]
    return [(place, value)]
