"""``solve``: equilibria as a table, whether they are all, and why the search ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text as Line

from ..cases.case import Case
from ..games.counted_game import RoleSymmetricGame
from ..games.message import Message, say
from ..solvers.solution import Equilibrium, Solution
from .action_names import action
from .counted import chance, everybody, groups
from .flow import paragraph
from .language import Reader
from .layout import Labels, grid, heading, in_unit, inset, money, notices, page, title, uncertified

MOST_SHOWN = 20  # equilibria on a page
MOST_PLAYERS = 8  # players whose actions are listed

_CONCEPTS = {
    "pure": say("Pure equilibria"),
    "nash": say("Nash equilibria, mixed ones too"),
    "symmetric": say("Equilibria in which all act alike"),
    "strict": say("Strict equilibria: whoever deviates loses"),
    "strong": say("Strong equilibria: no group gains by deviating together"),
    "k-strong": say("Equilibria from which no small group gains by deviating together"),
    "coalition-proof": say("Coalition-proof equilibria"),
    "dominance": say("What is left when dominated actions go"),
    "quantal": say("Quantal responses: better actions are likelier, none is certain"),
    "subgame-perfect": say("Subgame-perfect play"),
    "bayes-nash": say("Bayesian Nash equilibria"),
    "symmetric-bayes-nash": say("Bayesian Nash equilibria in which like types act alike"),
    "stochastically-stable": say("What rare mistakes select in the long run"),
}
_DEVICES = {
    "correlated": say("Correlated equilibrium: {aim}"),
    "coarse-correlated": say("Coarse correlated equilibrium: {aim}"),
    "communication": say("Communication equilibrium: {aim}"),
    "stackelberg": say("The leader commits: {aim}"),
}
_AIMS = {
    "max welfare": say("the largest welfare"),
    "min welfare": say("the smallest welfare"),
    "max maximin": say("best for the least-off player"),
    "max nash-product": say("the largest product of gains"),
    "max player": say("best for one player"),
    "min player": say("worst for one player"),
    "mixed, optimistic": say("mixed, ties broken in its favour"),
    "mixed, pessimistic": say("mixed, ties broken against it"),
    "pure, optimistic": say("one action, ties broken in its favour"),
    "pure, pessimistic": say("one action, ties broken against it"),
}
_METHODS = {
    "enumeration": say("every profile tried"),
    "consent-structure": say("from the structure of consents, profiles counted and not listed"),
    "sincere-vote": say("sincere votes"),
    "authority": say("the authority's choice"),
    "strict-dominance": say("iterated strict dominance"),
    "iterated-strict-dominance": say("iterated strict dominance"),
    "iterated-strict-mixed-dominance": say("iterated strict dominance, by mixtures too"),
    "iterated-weak-dominance": say("iterated weak dominance"),
    "exact-simplex": say("linear program in exact arithmetic"),
    "highs": say("linear program by HiGHS"),
    "linear-programs": say("linear programs in exact arithmetic"),
    "best-response-polytopes": say("vertices of the best-response polytopes, in exact arithmetic"),
    "pivotal": say("counting who is pivotal; like players who mix unalike are found too"),
    "one-sign-change": say("the gain from acting changes its sign once"),
    "bernstein": say("sign changes of the gain, roots isolated"),
    "bernstein-supports": say("support by support, roots isolated"),
    "bernstein-roles": say("role by role, roots isolated"),
    "counted-enumeration": say("every count tried"),
    "counting": say("coalitions counted, not listed"),
    "supports": say("every combination of supports"),
    "homotopy": say("a path followed from uniform play"),
    "closed-form": say("the path in closed form"),
    "backward-induction": say("backward induction"),
    "agents": say("every plan of every type"),
    "sign-changes": say("sign changes, type by type"),
    "resistance-trees": say("trees of least resistance"),
    "resistances-on-a-line": say("resistances along the counts"),
    "potential": say("the largest potential"),
}


def equilibria_page(answer: Solution, case: Case | None, read: Reader) -> Group:
    """The page of ``encompass solve``."""
    labels = Labels.of(case) if case is not None else Labels.bare(_ids(answer), answer.outcomes or ())
    names = [read(name) for name in labels.players]
    if case is not None and isinstance(case.game, RoleSymmetricGame) and answer.game["representation"] == "normal-form":
        names = everybody(case.game, case, read)
    head = f"{read(case.title)}  ({case.id})" if case is not None else repr(answer)
    kind = answer.concept.partition(" (")[0]
    device = kind in ("correlated", "coarse-correlated", "communication")
    body = _device(answer, labels, names, read) if device else _table(answer, labels, names, read)
    return page(
        title(head),
        heading(read(_concept(answer.concept))),
        paragraph(read(_completeness(answer))),
        inset(body) if answer.equilibria else None,
        _survivors(answer, names, labels, read) if answer.concept == "dominance" else None,
        _payoffs(answer, labels, names, read) if not device and len(answer.equilibria) == 1 else None,
        _continua(answer, read),
        uncertified(read, answer.certificate),
        notices(read, case),
    )


def _concept(concept: str) -> Message:
    """The heading: the concept, and what was aimed at where that was asked for."""
    kind, _, aim = concept.rstrip(")").partition(" (")
    if kind in _DEVICES:
        return replace_aim(_DEVICES[kind], _AIMS.get(aim, say("{name}", name=aim)))
    return _CONCEPTS.get(concept, say("{name}", name=concept))


def replace_aim(sentence: Message, aim: Message) -> Message:
    """``sentence`` with what was aimed at filled in."""
    return Message(sentence.template, {"aim": aim})


def _survivors(answer: Solution, names: Sequence[str], labels: Labels, read: Reader) -> RenderableType:
    """Which actions are left to everybody."""
    left: Any = (answer.proof or {}).get("survivors", [])
    names = names if len(names) == len(left) else _ids(answer)
    rows = [
        (name, ", ".join(action(acts[a], read, labels.actions) for a in kept))
        for name, acts, kept in zip(names, answer.game["actions"], left)
    ]
    return inset(grid(["", read(say("actions left"))], rows, wide=1))


def _continua(answer: Solution, read: Reader) -> RenderableType | None:
    """That some equilibria come in continua, where they do; --json lists them."""
    if not answer.components or (len(answer.components) == len(answer.equilibria) and answer.method == "best-response-polytopes"):
        return None
    if answer.method == "best-response-polytopes":
        return paragraph(
            read(say("Together with all mixtures of those that go together they form {n} connected sets.", n=len(answer.components)))
        )
    if answer.concept == "stochastically-stable":
        return None
    return paragraph(read(say("There are infinitely many besides, in {n} continua; --json describes them.", n=len(answer.components))))


def _ids(answer: Solution) -> list[str]:
    """The ids of the players, or of the roles where they are counted."""
    return [entry["role"] if isinstance(entry, dict) else entry for entry in answer.game["players"]]


def _completeness(answer: Solution) -> Message:
    how = _METHODS.get(answer.method, say("{name}", name=answer.method))
    if answer.stop is not None:
        return say("{n} found ({how}); {stop}.", n=len(answer.equilibria), how=how, stop=answer.stop)
    if answer.welfare is not None:
        return say("Welfare {welfare}, proved by the dual ({how}).", welfare=answer.welfare, how=how)
    return say("{n}, and there are no others ({how}).", n=len(answer.equilibria), how=how)


def _table(answer: Solution, labels: Labels, names: Sequence[str], read: Reader) -> RenderableType:
    outcomes = answer.outcomes is not None
    columns = [say("ends at")] if outcomes else []
    columns += [say("what everybody does"), say("regret"), say("profiles")]
    rows: list[list[str]] = []
    for equilibrium in answer.equilibria[:MOST_SHOWN]:
        row = [read(labels.alternative(equilibrium.outcome or ""))] if outcomes else []
        does = _profile(equilibrium, answer, labels, names, read)
        rows.append([*row, does, _regret(equilibrium, read), _often(equilibrium.orbit_size)])
    table = grid([read(name) for name in columns], rows, right=(len(columns) - 2, len(columns) - 1), wide=len(columns) - 3)
    hidden = len(answer.equilibria) - MOST_SHOWN
    more = read(say("and {n} more; --json lists all", n=hidden)) if hidden > 0 else ""
    return Group(table, Line(more)) if more else table


def _often(profiles: int | None) -> str:
    """How many profiles an equilibrium stands for; billions and more by their power of ten."""
    if profiles is None:
        return "–"
    digits = str(profiles)
    return f"{profiles:,}" if len(digits) < 13 else f"{digits[0]}.{digits[1]}e{len(digits) - 1}"


def _regret(equilibrium: Equilibrium, read: Reader) -> str:
    """The regret; what is not quite 0 is not shown as 0."""
    text = money(read, equilibrium.regret)
    return f"{float(equilibrium.regret):.0e}" if text == "0" and equilibrium.regret else text


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


def _device(answer: Solution, labels: Labels, names: Sequence[str], read: Reader) -> RenderableType:
    """What the mediator recommends, with which probability, and what it is worth."""
    (equilibrium,) = answer.equilibria
    rows = [[chance(entry["probability"]), _recommended(entry, answer, labels, names, read)] for entry in equilibrium.profile[:MOST_SHOWN]]
    hidden = len(equilibrium.profile) - MOST_SHOWN
    parts: list[RenderableType] = [grid([read(say("probability")), read(say("recommendation"))], rows, right=(0,), wide=1)]
    if hidden > 0:
        parts.append(Line(read(say("and {n} more; --json lists all", n=hidden))))
    if len(names) <= 2 * MOST_PLAYERS:
        worth = [money(read, value) for value in equilibrium.payoffs]
        parts.append(Line(read(say("Expected gains: {gains}", gains=worth))))
    return Group(*parts)


def _recommended(entry: Mapping[str, Any], answer: Solution, labels: Labels, names: Sequence[str], read: Reader) -> str:
    """One draw: who is told what, by name or by number."""
    acts = answer.game["actions"]
    if "counts" in entry:
        told: list[Message] = []
        for r, counts in enumerate(entry["counts"]):
            role = names[r] if r < len(names) else answer.game["players"][r]["role"]
            for a, n in enumerate(counts):
                if n:
                    told.append(say("{role} × {n}: {does}", role=role, n=f"{n:,}", does=action(acts[r][a], read, labels.actions)))
        return "; ".join(map(read, told))
    if "profile" not in entry:
        return ", ".join(f"{name}: {read(list(value))}" for name, value in entry.items() if name != "probability")
    names_told = [action(acts[i][a], read, labels.actions) for i, a in enumerate(entry["profile"])]
    text = read(say("everybody: {action}", action=names_told[0])) if len(set(names_told)) == 1 else ", ".join(names_told)
    types = answer.game.get("types")
    return f"{', '.join(types[i][t] for i, t in enumerate(entry['reports']))} → {text}" if types and "reports" in entry else text


def _payoffs(answer: Solution, labels: Labels, names: Sequence[str], read: Reader) -> RenderableType | None:
    """What everybody gets in the only equilibrium."""
    gains = answer.equilibria[0].payoffs
    if len(gains) > 2 * MOST_PLAYERS or len(names) != len(gains) or answer.game["representation"] == "staged":
        return None
    worth = [say("{name} {gain}", name=name, gain=gain) for name, gain in zip(names, gains)]
    return paragraph(read(say("{what}: {name}", what=in_unit(read, say("Gains over the status quo"), labels.unit), name=worth)))
