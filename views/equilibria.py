"""``solve``: equilibria as a table, whether they are all, and why the search ended."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text as Line

from ..cases.case import Case
from ..games.message import Message, say
from ..solvers.solution import Equilibrium, Solution
from .action_names import action
from .counted import groups
from .flow import paragraph
from .language import Reader
from .layout import Labels, grid, heading, in_unit, inset, money, notices, page, title, uncertified

MOST_SHOWN = 20  # equilibria on a page
MOST_PLAYERS = 8  # players whose actions are listed

_CONCEPTS = {
    "pure": say("Pure equilibria"),
    "nash": say("Nash equilibria, mixed ones too"),
    "correlated (max welfare)": say("Correlated equilibrium with the largest welfare"),
    "correlated (min welfare)": say("Correlated equilibrium with the smallest welfare"),
    "correlated (max maximin)": say("Correlated equilibrium that is best for the least-off player"),
}
_METHODS = {
    "enumeration": say("every profile tried"),
    "consent-structure": say("from the structure of consents, profiles counted and not listed"),
    "sincere-vote": say("sincere votes"),
    "authority": say("the authority's choice"),
    "strict-dominance": say("iterated strict dominance"),
    "nashpy-supports": say("Nashpy's support enumeration, every profile re-checked"),
    "exact-simplex": say("linear program in exact arithmetic"),
    "highs": say("linear program by HiGHS"),
}


def equilibria_page(answer: Solution, case: Case | None, read: Reader) -> Group:
    """The page of ``encompass solve``."""
    labels = Labels.of(case) if case is not None else Labels.bare(_ids(answer), answer.outcomes or ())
    names = [read(name) for name in labels.players]
    head = f"{read(case.title)}  ({case.id})" if case is not None else repr(answer)
    correlated = answer.concept.startswith("correlated")
    body = _device(answer, names, read) if correlated else _table(answer, labels, names, read)
    return page(
        title(head),
        heading(read(_CONCEPTS.get(answer.concept, say("{name}", name=answer.concept)))),
        paragraph(read(_completeness(answer))),
        inset(body),
        _payoffs(answer, labels, names, read) if not correlated and len(answer.equilibria) == 1 else None,
        uncertified(read, answer.certificate),
        notices(read, case),
    )


def _ids(answer: Solution) -> list[str]:
    """The ids of the players, or of the roles where they are counted."""
    return [entry["role"] if isinstance(entry, dict) else entry for entry in answer.game["players"]]


def _completeness(answer: Solution) -> Message:
    how = _METHODS.get(answer.method, say("{name}", name=answer.method))
    if answer.stop is not None:
        return say("{n} found ({how}). {stop}", n=len(answer.equilibria), how=how, stop=answer.stop)
    if answer.concept.startswith("correlated"):
        return say("Welfare {welfare}, proved by the dual ({how}).", welfare=answer.welfare, how=how)
    return say("{n}, and there are no others ({how}).", n=len(answer.equilibria), how=how)


def _table(answer: Solution, labels: Labels, names: Sequence[str], read: Reader) -> RenderableType:
    outcomes = answer.outcomes is not None
    columns = [say("ends at")] if outcomes else []
    columns += [say("what everybody does"), say("regret"), say("profiles")]
    rows: list[list[str]] = []
    for equilibrium in answer.equilibria[:MOST_SHOWN]:
        row = [read(labels.alternative(equilibrium.outcome or ""))] if outcomes else []
        size = "–" if equilibrium.orbit_size is None else f"{equilibrium.orbit_size:,}"
        rows.append([*row, _profile(equilibrium, answer, labels, names, read), money(read, equilibrium.regret), size])
    table = grid([read(name) for name in columns], rows, right=(len(columns) - 2, len(columns) - 1), wide=len(columns) - 3)
    hidden = len(answer.equilibria) - MOST_SHOWN
    more = read(say("and {n} more; --json lists all", n=hidden)) if hidden > 0 else ""
    return Group(table, Line(more)) if more else table


def _profile(equilibrium: Equilibrium, answer: Solution, labels: Labels, names: Sequence[str], read: Reader) -> str:
    profile: Any = equilibrium.profile
    if not profile:
        return "–"
    if isinstance(profile[0], dict):
        counted = answer.game["representation"] in ("symmetric", "role-symmetric")
        return groups(profile, labels, answer.game, read) if counted else _roles(profile, read)
    acts = answer.game["actions"]
    shown = [_mix(mix, acts[i], labels, read) for i, mix in enumerate(profile)]
    if len(set(shown)) == 1 and len(shown) > 1:
        return read(say("everybody: {action}", action=shown[0]))
    who = names if len(names) == len(shown) else _ids(answer)
    text = [f"{name}: {act}" for name, act in zip(who, shown)][:MOST_PLAYERS]
    return "; ".join([*text, "…"] if len(shown) > MOST_PLAYERS else text)


def _mix(mix: Sequence[Any], actions: Sequence[str], labels: Labels, read: Reader) -> str:
    played = [(p, name) for p, name in zip(mix, actions) if p]
    if len(played) == 1:
        return action(played[0][1], read, labels.actions)
    return " + ".join(f"{read(p)} {action(name, read, labels.actions)}" for p, name in played)


def _roles(profile: Sequence[dict[str, Any]], read: Reader) -> str:
    opened = list(dict.fromkeys(site for role in profile for site in role["strategy"]))
    if not opened:
        return read(say("nobody asked agrees to anything"))
    return read(say("all asked agree to {sites}, to nothing else", sites=opened))


def _device(answer: Solution, names: Sequence[str], read: Reader) -> RenderableType:
    """What the mediator recommends, with which probability, and what it is worth."""
    (equilibrium,) = answer.equilibria
    acts = answer.game["actions"]
    rows: list[list[str]] = []
    for entry in equilibrium.profile[:MOST_SHOWN]:
        told = [action(acts[i][a], read) for i, a in enumerate(entry["profile"])]
        text = read(say("everybody: {action}", action=told[0])) if len(set(told)) == 1 else ", ".join(told)
        rows.append([read(entry["probability"]), text])
    parts: list[RenderableType] = [grid([read(say("probability")), read(say("recommendation"))], rows, right=(0,), wide=1)]
    if len(names) <= 2 * MOST_PLAYERS:
        worth = [money(read, value) for value in equilibrium.payoffs]
        parts.append(Line(read(say("Expected gains: {gains}", gains=worth))))
    return Group(*parts)


def _payoffs(answer: Solution, labels: Labels, names: Sequence[str], read: Reader) -> RenderableType | None:
    """What everybody gets in the only equilibrium."""
    gains = answer.equilibria[0].payoffs
    if len(gains) > 2 * MOST_PLAYERS or len(names) != len(gains):
        return None
    worth = [say("{name} {gain}", name=name, gain=gain) for name, gain in zip(names, gains)]
    return paragraph(read(say("{what}: {name}", what=in_unit(read, say("Gains over the status quo"), labels.unit), name=worth)))
