"""The certificate of an audit: the environment and every decision in exact numbers, so that each verdict can be derived again.

Written for listed finite environments with private values and a rule of reports. Where the environment is made of games over outcomes the
certificate carries what each alternative gives to each type, and each decision as chances and transfers; for other problems what each
decision is worth to each type. Verdicts on properties that need more than that are left out of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import TYPE_CHECKING, Any

from ...games.errors import EncompassError
from ...games.exact import as_json
from ...games.outcome_game import OutcomeGame
from ..certificate import LARGEST, sealed
from .incentives import INCENTIVES
from .play import Play, changed
from .properties import ANY, Property
from .report import plain
from .standing import STANDING

if TYPE_CHECKING:
    from ...games.environment import Types
    from .report import Result, Witness

CHECKED = (
    "strategy-proof",
    "ex-post-incentive-compatible",
    "bayes-incentive-compatible",
    "group-strategy-proof",
    "weakly-group-strategy-proof",
    "coalition-strategy-proof",
    "efficient",
    "individually-rational",
    "interim-individually-rational",
    "ex-ante-individually-rational",
    "budget-balanced",
    "no-deficit",
    "budget-balanced-in-expectation",
    "anonymous",
    "pareto-improving",
)


def audit_certificate(play: Play, asked: Sequence[Property], results: Sequence[Result]) -> dict[str, Any] | None:
    """What proves the verdicts of ``results``; None where there is nothing that can be shown this way, or it would be too large."""
    world = play.environment
    if not world.finite or not play.direct or any(len(set(kinds)) != len(kinds) for kinds in play.lies):
        return None
    known = {one.name for one in asked if one in (*INCENTIVES, *STANDING)}  # a property of one's own may go by any name
    joint = {one.name for one in asked if one.joint}
    n = len(world.types)
    profiles = world.profiles if play.given is None else len(play.given) * sum(world.sizes)
    kept = [
        r for r in results if r.property in CHECKED and r.property in known and r.verdict in ("proved", "refuted") and not _counted(r, play)
    ]
    kept = [r for r in kept if r.property not in joint or world.profiles * profiles * n <= LARGEST]
    if not kept or profiles * (n * max(world.sizes) + _width(play)) > LARGEST:
        return None
    needed = _needed(play, joint=any(r.property in joint for r in kept))
    try:
        if not play.private or set(play.heads(play.some)) != {1}:
            return None
        body = _outcomes(play, needed) if _over_outcomes(play) else _worths(play, needed)
    except EncompassError:  # there are reports on which the mechanism does not act
        return None
    if body is None:
        return None
    certificate = {
        "kind": "audit",
        "mechanism": play.name,
        "players": [str(name) for name in play.problem(play.some).players],
        "types": plain(world.types),
        "true": None if play.given is None else [_places(play, types) for types in play.given],
        "prior": None if world.prior is None else as_json(world.prior.ravel()),
        "floors": None if play.fallback is None else [as_json([play.floor(i, t) for i in play.players]) for t in needed],
        **body,
        "results": [_result(play, result) for result in kept],
    }
    return sealed(certificate)


def _counted(result: Result, play: Play) -> bool:
    return play.given is None and result.tries != play.environment.profiles


def _needed(play: Play, joint: bool) -> list[Types]:
    """The profiles of reports that verdicts rest on: all of them, or where only some types are true, those and the lies of one."""
    if play.given is None or joint:
        return list(product(*play.lies))
    near = [changed(types, i, lie) for types in play.given for i in play.players for lie in play.lies[i]]
    return list(dict.fromkeys((*play.given, *near)))


def _places(play: Play, types: Types) -> list[int | None]:
    found: list[int | None] = []
    for kinds, own in zip(play.lies, types):
        found.append(None if isinstance(own, str) and own == ANY and ANY not in kinds else kinds.index(own))
    return found


def _over_outcomes(play: Play) -> bool:
    problem = play.problem(play.some)
    return type(problem) is OutcomeGame


def _width(play: Play) -> int:
    return len(getattr(play.problem(play.some), "alternatives", ()))


def _outcomes(play: Play, needed: Sequence[Types]) -> dict[str, Any] | None:
    """Gains by player and type; chances and transfers by profile of reports. None if the funder's part depends on types."""
    first = play.problem(play.some)
    gains: list[list[Any]] = []
    for i, kinds in enumerate(play.lies):
        told = [tuple(own if j == i else play.lies[j][0] for j in play.players) for own in kinds]
        gains.append([as_json(play.problem(types).utilities[i]) for types in told])
    if any((play.problem(types).grants != first.grants).any() for types in needed):
        return None
    decisions = [(_places(play, types), play.outcome(types)) for types in needed]
    written = [{"reports": at, "lottery": as_json(d.lottery), "transfers": as_json(d.transfers)} for at, d in decisions]
    return {"form": "outcomes", "gains": gains, "grants": as_json(first.grants), "decisions": written}


def _worths(play: Play, needed: Sequence[Types]) -> dict[str, Any]:
    """By profile of reports: what the decision is worth to each type of each player; at the truth also welfare and the best possible."""
    decisions: list[dict[str, Any]] = []
    for types in needed:
        outcome, problem = play.outcome(types), play.problem(types)
        worth = [[play.problem((*types[:i], own, *types[i + 1 :])).worth(i, outcome) for own in kinds] for i, kinds in enumerate(play.lies)]
        figures = {
            "reports": _places(play, types),
            "worth": worth,
            "paid": play.paid(types, outcome),
            "welfare": problem.welfare(outcome),
            "most": problem.most,
        }
        decisions.append(as_json(figures | {"worst": [play.worst(i, types, outcome) for i in play.players]}))
    return {"form": "worths", "decisions": decisions}


def _result(play: Play, result: Result) -> dict[str, Any]:
    return {
        "property": result.property,
        "verdict": result.verdict,
        "size": as_json(result.size),
        "witness": _witness(play, result.witness),
        "smallest": _witness(play, result.smallest),
    }


def _witness(play: Play, found: Witness | None) -> dict[str, Any] | None:
    if found is None:
        return None
    names = [str(name) for name in play.problem(play.some).players]
    reports = None if found.reports is None else _places(play, found.reports)
    who = [names.index(name) for name in found.who]
    return {"size": as_json(found.size), "types": _places(play, found.types), "reports": reports, "players": who}
