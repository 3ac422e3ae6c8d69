"""One check of a claim worked out: a formula that must be true, a sweep of one, or a figure looked up in an answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from typing import Any

from ..games.errors import EncompassError, InputError
from ..games.exact import Number, as_json, number
from ..games.expression import Expression
from ..games.message import Message, Text, plain
from .case import Check
from .scope import VERBS, Scope


@dataclass(frozen=True)
class Finding:
    """One check: the proposition it belongs to (empty under ``[expect]``), what was asked, what was ``found``, whether it holds.

    ``cells`` of a sweep: what was set and what came out. ``evidence``: the check and the figures it rests on, as a certificate writes them.
    """

    proposition: str
    claim: Text
    that: str
    wanted: str
    found: str | Message
    holds: bool
    cells: tuple[tuple[str, Any], ...] = ()
    evidence: Mapping[str, Any] = field(default_factory=dict)


def tried(check: Check, scope: Scope, proposition: str, claim: Text, lenient: bool) -> Finding:
    """The finding of ``check``; where parameters were set (``lenient``) what cannot be computed does not hold."""
    try:
        return _find(check, scope, proposition, claim)
    except EncompassError as error:
        if not lenient:
            raise
        return Finding(proposition, claim, check.that or check.holds or check.of or "", "", error.message, False)


def _find(check: Check, scope: Scope, proposition: str, claim: Text) -> Finding:
    if check.over:
        return _swept(check, scope, proposition, claim)
    scope = scope.changed(_settings(check.set, scope))
    if check.holds is not None:
        formula = Expression(check.holds)
        holds = _true(formula, scope)
        evidence = {"kind": "holds", "formula": check.holds, "figures": as_json(formula.figures(scope)), "holds": holds}
        return Finding(proposition, claim, check.holds, "", formula.sides(scope), holds, evidence=evidence)
    assert check.that is not None
    return _looked_up(check, _at(scope, check.that), proposition, claim)


def _true(formula: Expression, scope: Scope) -> bool:
    value = formula(scope)
    if not isinstance(value, bool):
        raise InputError("{text!r} must be true or false, not {value}", text=formula.text, value=str(value))
    return value


def _settings(given: Mapping[str, Any], scope: Scope) -> dict[str, Any]:
    """``given`` with every text ``"{formula}"`` computed."""
    return {name: _setting(value, scope) for name, value in given.items()}


def _setting(value: Any, scope: Scope) -> Any:
    if isinstance(value, str) and value.startswith("{"):
        return _listed(Expression(value.strip("{}"))(scope))
    return [_setting(entry, scope) for entry in value] if isinstance(value, list) else value


def _listed(value: Any) -> Any:
    """Tuples of an analysis as lists, which is how a file writes them."""
    return [_listed(entry) for entry in value] if isinstance(value, list | tuple) else value


def _swept(check: Check, scope: Scope, proposition: str, claim: Text) -> Finding:
    """A formula over a sweep: true in every cell, its values as stated, rising or falling."""
    formula = Expression(check.of or check.holds or "")
    rows = list(zip(*check.over.values(), strict=True))
    cells: list[tuple[str, Any]] = []
    figures: list[dict[str, Any]] = []
    right = True
    for row in rows:
        settings = _settings({**check.set, **dict(zip(check.over, row))}, scope)
        cell = scope.changed(settings)
        value = formula(cell)
        right = right and (check.holds is None or _true(Expression(check.holds), cell))
        figures.append(formula.figures(cell) | (Expression(check.holds).figures(cell) if check.holds else {}))
        label = ", ".join(_label(settings[name]) for name in check.over)
        cells.append((label, value))
    values = [value for _, value in cells]
    if check.equals is not None:
        right = right and len(values) == len(check.equals) and all(_close(v, w, check.within) for v, w in zip(values, check.equals))
    if check.direction is not None:
        right = right and _goes(check.direction, values)
    wanted = [f"= {as_json(check.equals)}"] if check.equals is not None else []
    that = f"{check.of or check.holds} @ {', '.join(check.over)}"
    found = ", ".join(f"{label}: {_shown(value)}" for label, value in cells)
    evidence = {
        "kind": "sweep",
        "formula": formula.text,
        "cells": [{"at": label, "figures": as_json(named)} for (label, _), named in zip(cells, figures)],
        "holds_each": check.holds,
        "equals": _written(check.equals),
        "within": as_json(check.within),
        "direction": check.direction,
        "holds": right,
    }
    return Finding(proposition, claim, that, ", ".join([*wanted, *filter(None, [check.direction])]), found, right, tuple(cells), evidence)


def _label(value: Any) -> str:
    return "[" + ", ".join(map(_label, value)) + "]" if isinstance(value, list | tuple) else str(value)


def _shown(value: Any) -> str:
    return str(plain(value))


def _goes(direction: str, values: Sequence[Any]) -> bool:
    """Whether ``values`` rise, fall (each at least as far as the last, and in all) or stay."""
    if any(value is None for value in values):
        return False
    if direction == "stays":
        return all(value == values[0] for value in values)
    up = values if direction == "rises" else values[::-1]
    return all(a <= b for a, b in pairwise(up)) and up[0] < up[-1]


def _close(found: Any, wanted: Any, within: Number) -> bool:
    if within and not isinstance(wanted, bool):
        return abs(number(found) - number(wanted)) <= number(within)
    return _equal(found, wanted)


def _at(scope: Scope, that: str) -> Any:
    verb, *path = that.split(".")
    if verb not in VERBS or not path:
        raise InputError("check {that!r} must begin with solve.<concept>, diagnose, compare.<mechanism> or analyse", that=that)
    here: Any = scope[verb]
    if verb in ("solve", "compare"):
        try:
            here = here[path[0]]
        except KeyError:
            raise InputError("check {that!r} leads to no figure: there is no {part!r}", that=that, part=path[0]) from None
        path = path[1:]
    for part in path:
        here = _step(here, part, that)
    return here


def _step(here: Any, part: str, that: str) -> Any:
    if isinstance(here, Mapping) and part in here:
        return here[part]
    if isinstance(here, list | tuple) and part.isdigit() and int(part) < len(here):
        return here[int(part)]
    raise InputError("check {that!r} leads to no figure: there is no {part!r}", that=that, part=part)


def _looked_up(check: Check, found: Any, proposition: str, claim: Text) -> Finding:
    """Of the path ``that``: what it leads to against what it should equal, or its bounds."""
    that = check.that or ""
    wanted: list[str] = []
    holds = True
    if check.equals is not None:
        wanted.append(f"= {check.equals}")
        holds = _close(found, check.equals, check.within)
    for sign, bound in ((">=", check.at_least), ("<=", check.at_most)):
        if bound is not None:
            wanted.append(f"{sign} {as_json(bound)}")
            value = _number(found, that)
            holds = holds and (value >= bound if sign == ">=" else value <= bound)
    evidence = {
        "kind": "that",
        "that": that,
        "figure": as_json(found),
        "equals": _written(check.equals),
        "within": as_json(check.within),
        "at_least": as_json(check.at_least),
        "at_most": as_json(check.at_most),
        "holds": holds,
    }
    return Finding(proposition, claim, that, ", ".join(wanted), str(as_json(found)), holds, evidence=evidence)


def _written(value: Any) -> Any:
    """What a file states, with its decimals exact."""
    if isinstance(value, list):
        return [_written(entry) for entry in value]
    return as_json(number(value)) if isinstance(value, Decimal) else as_json(value)


def _number(found: Any, that: str) -> Number:
    try:
        return number(found)
    except InputError:
        raise InputError("check {that!r} leads to {found!r}, which is no number", that=that, found=str(found)) from None


def _equal(found: Any, wanted: Any) -> bool:
    """The same number, however written; otherwise the same JSON."""
    if isinstance(wanted, list) and isinstance(found, list | tuple):
        return len(found) == len(wanted) and all(map(_equal, found, wanted))
    if isinstance(wanted, bool) or isinstance(found, bool) or wanted is None or found is None:
        return found is wanted
    try:
        return number(found) == number(wanted)
    except InputError:
        return found == wanted
