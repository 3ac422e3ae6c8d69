"""Games whose payoffs a case file writes as a formula (DESIGN: ``benefit * (contributors >= threshold) - cost * own``)."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from ..games.errors import EncompassError, InputError
from ..games.formula_game import formula_game, formula_game_of
from .built import Built
from .faults import Faults, key
from .form import GameTable, NameList, Numbers, Quantity, Words
from .names import texts


class FormulaTable(GameTable):
    """``actions`` with a number each (``amounts``), a formula of what is paid, and the parameters that it names besides what
    :mod:`encompass.games.formula_game` lists (own, others, total, contributors, players, chose)."""

    unit: Words
    actions: NameList
    amounts: Numbers
    parameters: dict[str, Quantity] = Field(default_factory=dict)


class FormulaAlike(FormulaTable):
    """Players who are alike: ``roles`` names them, the parameter ``players`` counts them, ``payoff`` is what one of them is paid."""

    family: Literal["formula"]
    roles: NameList
    payoff: str


class FormulaNamed(FormulaTable):
    """Named ``players`` and one ``payoff`` for all or one each; parameters in ``each`` list a number a player."""

    family: Literal["formula-named"]
    players: NameList
    payoff: str | list[str]
    each: list[str] = Field(default_factory=list)


Formula = FormulaAlike | FormulaNamed
FORMULAS: dict[str, Any] = {"formula": FormulaAlike, "formula-named": FormulaNamed}


def build(spec: Formula, place: str, case_file: Path, faults: Faults) -> Built | None:
    """The game that the formula makes; every fault of its names and numbers said."""
    before = len(faults)
    who = (
        texts(spec.players, "players", case_file, faults)
        if isinstance(spec, FormulaNamed)
        else texts(spec.roles, "roles", case_file, faults)
    )
    names = dict(zip(spec.actions.id, texts(spec.actions, "actions", case_file, faults)))
    values = {name: parameter.value for name, parameter in spec.parameters.items()}
    try:
        game = _named(spec, values) if isinstance(spec, FormulaNamed) else _alike(spec, values)
    except EncompassError as error:
        faults.add(case_file, key(place), error.message)
        return None
    return Built(game, who, (), actions=names) if len(faults) == before else None


def _alike(spec: FormulaAlike, values: dict[str, Any]) -> Any:
    if len(spec.roles.id) != 1:
        raise InputError("family {family!r} has one role, not {n}", family=spec.family, n=len(spec.roles.id))
    n = values.pop("players", None)
    if n is None or isinstance(n, list) or n.denominator != 1:
        raise InputError("{name}={value!r} must be a whole number, at least {least}", name="players", value=str(n), least=1)
    return formula_game(spec.payoff, int(n), _amounts(spec), values, spec.roles.id[0])


def _named(spec: FormulaNamed, values: dict[str, Any]) -> Any:
    return formula_game_of(spec.payoff, spec.players.id, _amounts(spec), values, spec.each)


def _amounts(spec: FormulaTable) -> dict[str, Any]:
    if not isinstance(spec.amounts, list) or len(spec.amounts) != len(spec.actions.id):
        raise InputError("amounts must list a number for each of the {n} actions", n=len(spec.actions.id))
    return dict(zip(spec.actions.id, spec.amounts))
