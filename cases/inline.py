"""Games from numbers that stand in the case file itself: a siting, a table of gains, a normal form."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from ..games.errors import EncompassError
from ..games.exact import Array, Number, array, is_exact, zeros
from ..games.message import Message, Text, say
from ..games.normal_form import NormalForm, check_size
from ..games.outcome_game import OutcomeGame, Parts
from ..games.rights import Rights
from .built import Built
from .faults import Faults, key, nearest
from .form import ParameterTable
from .names import texts
from .rights import rights_of
from .schema import Gains, Payoffs, Siting

QUO = Text("nothing is built", "什么也不建")


def siting(spec: Siting, case_file: Path, faults: Faults) -> Built | None:
    """Benefits, damages and costs as given; damage as one number a resident stands at its own site."""
    before, p = len(faults), spec.parameters
    players, sites = texts(spec.players, "players", case_file, faults), texts(spec.sites, "sites", case_file, faults)
    consent = _consent(spec, case_file, faults)
    n, m = len(spec.players.id), len(spec.sites.id)
    benefit = _shaped(p.benefit, "benefit", ((), (n,), (n, m)), n, m, case_file, faults)
    own = np.ndim(np.array(p.damage.value, dtype=object)) == 1
    if own and (consent is None or any(len(members) != 1 for members in consent)):
        faults.add(
            case_file,
            key("game.parameters.damage"),
            say("one number a resident needs one site a resident; give a table of residents by sites"),
        )
    damage = _shaped(p.damage, "damage", ((n,), (n, m)), n, m, case_file, faults)
    costs, grants = (_by_site(getattr(p, name), name, m, case_file, faults) for name in ("cost", "grant"))
    if len(faults) > before or benefit is None or damage is None or costs is None or grants is None:
        return None
    benefit, damage, costs, grants = _alike(benefit, damage, costs, grants)
    if own:
        damage = np.array(
            [[damage[i, s] if i in members else 0 for s, members in enumerate(consent or ())] for i in range(n)], dtype=object
        )
    counts = np.array(spec.players.count or [1] * n)
    borne = np.minimum(grants, costs)
    fees = np.tile((costs - borne) / int(counts.sum()), (n, 1))
    table = [_with_quo(values) for values in (benefit, damage, fees)]
    parts = Parts(table[0], table[1], table[2], costs=_with_quo(costs[None])[0], grants=_with_quo(borne[None])[0])
    rights = rights_of(spec.rights, case_file, faults, consent, lambda: parts.damages)
    if rights is None:
        return None
    game = OutcomeGame.from_parts(parts, rights=rights, **_options(spec, counts))
    return Built(game, players, (QUO, *sites))


def gains(spec: Gains, case_file: Path, faults: Faults) -> Built | None:
    """Total gains of residents by sites."""
    before, p = len(faults), spec.parameters
    players, sites = texts(spec.players, "players", case_file, faults), texts(spec.sites, "sites", case_file, faults)
    n, m = len(spec.players.id), len(spec.sites.id)
    table = _shaped(p.gains, "gains", ((n, m),), n, m, case_file, faults)
    grants = _by_site(p.grant, "grant", m, case_file, faults)
    consent = _consent(spec, case_file, faults)
    if len(faults) > before or table is None or grants is None:
        return None
    rights: Rights | None = rights_of(spec.rights, case_file, faults, consent, lambda: None)
    if rights is None:
        return None
    counts = np.array(spec.players.count or [1] * n)
    game = OutcomeGame(_with_quo(table), rights=rights, grants=_with_quo(grants[None])[0], **_options(spec, counts))
    return Built(game, players, (QUO, *sites))


def payoffs(spec: Payoffs, case_file: Path, faults: Faults) -> Built | None:
    """A normal form; refused before anything is expanded if it would not fit."""
    before, players = len(faults), texts(spec.players, "players", case_file, faults)
    try:
        check_size([len(actions) for actions in spec.actions])
        if len(faults) == before:
            game = NormalForm(spec.parameters.payoffs.value, spec.players.id, spec.actions)
            return Built(game, players, ())
    except EncompassError as error:
        faults.add(case_file, key("game.parameters.payoffs"), error.message)
    return None


def _options(spec: Siting | Gains, counts: Array) -> dict[str, Any]:
    weight: Number = spec.parameters.funder_weight.value
    return {"alternatives": ("x0", *spec.sites.id), "players": spec.players.id, "counts": counts.tolist(), "funder_weight": weight}


def _with_quo(values: Array) -> Array:
    return np.hstack([zeros((len(values), 1), like=values), values])


def _consent(spec: Siting | Gains, case_file: Path, faults: Faults) -> list[frozenset[int]] | None:
    """Who owns each site: as named, or resident k site k where there are as many of both; None where nobody is named."""
    index = {name: k for k, name in enumerate(spec.players.id)}
    if spec.sites.owner is None:
        if len(index) == len(spec.sites.id):
            return [frozenset([k]) for k in range(len(index))]
        if spec.rights.regime == "R-HOST":
            faults.add(
                case_file,
                key("game.sites.owner"),
                say("R-HOST must know who is asked about each site: owner = [[...], ...], one list of residents a site"),
            )
        return None
    for s, owners in enumerate(spec.sites.owner):
        place = key(f"game.sites.owner[{s}]")
        for name in owners:
            if name not in index:
                faults.add(case_file, place, say("unknown resident {name!r}; {hint}", name=name, hint=nearest(name, index)))
        if not owners and spec.rights.regime == "R-HOST":
            faults.add(
                case_file,
                place,
                say("nobody can consent to site {name!r}: name at least one resident", name=spec.sites.id[min(s, len(spec.sites.id) - 1)]),
            )
    return [frozenset(index[name] for name in owners if name in index) for owners in spec.sites.owner]


def _shaped(
    parameter: ParameterTable, name: str, shapes: Sequence[tuple[int, ...]], n: int, m: int, case_file: Path, faults: Faults
) -> Array | None:
    """The parameter as a table of residents by sites; None with a fault if it has none of the ``shapes``."""
    values = _array(parameter.value)
    if values is None or values.shape not in shapes:
        faults.add(case_file, key("game.parameters", name), say("must be {form}", form=_forms(shapes, n, m)))
        return None
    if values.ndim < 2:
        values = np.repeat(np.broadcast_to(values, (n,))[:, None], m, axis=1)
    return values


def _by_site(parameter: ParameterTable, name: str, m: int, case_file: Path, faults: Faults) -> Array | None:
    values = _array(parameter.value)
    if values is None or values.shape not in ((), (m,)):
        faults.add(case_file, key("game.parameters", name), say("must be a number, or {m} numbers, one a site", m=m))
        return None
    return np.array(np.broadcast_to(values, (m,)))


def _array(value: Any) -> Array | None:
    """Nested lists of numbers as an array; None if they are ragged."""
    try:
        return array(value)
    except (EncompassError, ValueError):
        return None


def _alike(*tables: Array) -> list[Array]:
    """All exact, or all floats if one of them is."""
    return list(tables) if all(map(is_exact, tables)) else [table.astype(np.float64) for table in tables]


def _forms(shapes: Sequence[tuple[int, ...]], n: int, m: int) -> Message:
    if tuple(shapes[:1]) == ((),):
        return say("a number, {n} numbers (one a resident), or a table of {n} residents by {m} sites", n=n, m=m)
    if len(shapes) == 2:
        return say("{n} numbers (one a resident), or a table of {n} residents by {m} sites", n=n, m=m)
    return say("a table of {n} residents by {m} sites", n=n, m=m)
