"""Games of players who are counted, from a family and its parameters."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any, Literal

from ..games.counted_game import RoleSymmetricGame
from ..games.errors import EncompassError, InputError
from .built import Built
from .faults import Faults, key
from .figures import shown
from .form import GameTable, NameList, ParameterTable, Quantity, Table, Words
from .names import texts


class HeadCount(Table):
    """``players``: how many there are; one number a role where there are several roles."""

    players: Quantity


class VolunteersParameters(HeadCount):
    """``benefit`` to everybody if anybody acts, ``cost`` to each who does."""

    benefit: Quantity
    cost: Quantity


class ThresholdParameters(VolunteersParameters):
    """As in the volunteer's dilemma, but at least ``threshold`` must act."""

    threshold: Quantity


class RolesParameters(ThresholdParameters):
    """``benefit``, ``cost`` and ``weight`` one number a role: provided if those who act weigh at least ``threshold`` together."""

    weight: Quantity


class LinearParameters(HeadCount):
    """Every unit given returns ``mpcr`` to everybody; each has ``endowment`` and may give any of ``levels``."""

    endowment: Quantity
    mpcr: Quantity
    levels: Quantity


class WeakestLinkParameters(HeadCount):
    """``benefit`` of every unit of the least effort, ``cost`` of every unit of one's own, ``levels`` of effort."""

    benefit: Quantity
    cost: Quantity
    levels: Quantity


class Counting(GameTable):
    """Who is counted (``roles``), what they can do (``actions``, if not as the family names it), and the unit of money."""

    unit: Words
    roles: NameList
    actions: NameList | None = None


class VolunteersDilemma(Counting):
    """One is enough."""

    family: Literal["volunteers-dilemma"]
    parameters: VolunteersParameters


class Threshold(Counting):
    """So many must act; ``refund``: the cost falls due only if they do."""

    family: Literal["threshold"]
    refund: bool = False
    parameters: ThresholdParameters


class ThresholdOfRoles(Counting):
    """Those who act must weigh enough together; players of several roles."""

    family: Literal["threshold-roles"]
    parameters: RolesParameters


class Linear(Counting):
    """The linear public good."""

    family: Literal["linear"]
    parameters: LinearParameters


class WeakestLink(Counting):
    """The least effort counts."""

    family: Literal["weakest-link"]
    parameters: WeakestLinkParameters


Counted = VolunteersDilemma | Threshold | ThresholdOfRoles | Linear | WeakestLink
COUNTED: dict[str, Any] = {
    "volunteers-dilemma": VolunteersDilemma,
    "threshold": Threshold,
    "threshold-roles": ThresholdOfRoles,
    "linear": Linear,
    "weakest-link": WeakestLink,
}


def build(spec: Counted, case_file: Path, faults: Faults) -> Built | None:
    """The game of the family that ``spec`` names; every fault of its names and numbers said."""
    before = len(faults)
    roles = texts(spec.roles, "roles", case_file, faults)
    acts = texts(spec.actions, "actions", case_file, faults) if spec.actions else ()
    try:
        if spec.family != "threshold-roles" and len(roles) != 1:
            raise InputError("family {family!r} has one role, not {n}", family=spec.family, n=len(roles))
        game = _game(spec)
        game = game.named(spec.roles.id, [spec.actions.id] * len(roles) if spec.actions else None)
    except EncompassError as error:
        faults.add(case_file, key("game"), error.message)
        return None
    names = dict(zip(spec.actions.id, acts)) if spec.actions else {}
    return Built(game, roles, (), actions=names) if len(faults) == before else None


def _game(spec: Counted) -> RoleSymmetricGame:
    from ..games import public_goods  # not needed for sitings, which should start fast

    if isinstance(spec, ThresholdOfRoles):
        w = spec.parameters
        players = [_whole(m, "players") for m in _listed(w.players, "players")]
        return public_goods.threshold_with_roles(
            w.threshold.value, players, _listed(w.benefit, "benefit"), _listed(w.cost, "cost"), _listed(w.weight, "weight"), spec.roles.id
        )
    n = _whole(spec.parameters.players.value, "players")
    if isinstance(spec, Linear):
        p = spec.parameters
        return public_goods.linear(n, p.mpcr.value, p.endowment.value, _listed(p.levels, "levels"))
    if isinstance(spec, WeakestLink):
        p = spec.parameters
        return public_goods.weakest_link(n, p.benefit.value, p.cost.value, grid=_listed(p.levels, "levels"))
    p = spec.parameters
    if isinstance(spec, Threshold):
        k = _whole(spec.parameters.threshold.value, "threshold")
        return public_goods.threshold(n, k, p.benefit.value, p.cost.value, spec.refund)
    return public_goods.volunteers_dilemma(n, p.benefit.value, p.cost.value)


def _whole(value: Any, name: str) -> int:
    if not isinstance(value, Fraction) or value.denominator != 1:
        raise InputError("{name}={value!r} must be a whole number, at least {least}", name=name, value=shown(value), least=1)
    return int(value)


def _listed(parameter: ParameterTable, name: str) -> list[Any]:
    if not isinstance(parameter.value, list):
        raise InputError("{name}={value!r} must be a list of numbers", name=name, value=shown(parameter.value))
    return parameter.value
