"""A violation told as a story: who they are, what is true, who says what, what is decided both ways, and what it pays."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from ...games.environment import Types
from ...games.mechanisms.auctions import own_damages
from ...games.message import Message, say, short
from ...games.outcome_game import OutcomeGame
from .play import Play
from .properties import ANY, Property, Violation
from .report import Witness

LONGEST = 12  # players listed one by one in a story
_ORDINALS = (say("the first"), say("the second"), say("the third"), say("the fourth"), say("the fifth"))


def witness(play: Play, asked: Property, found: Violation) -> Witness:
    """``found`` with names, decisions, payoffs and its story."""
    mean = any(isinstance(own, str) and own == ANY for own in found.types)
    problem = None if mean else play.problem(found.types)
    before, after = found.before, found.after
    then = play.problem(found.reports) if asked.kind == "exchange" and found.reports is not None else problem  # true when exchanged
    inside = after is not None and _fits(play, found)
    return Witness(
        found.size,
        found.types,
        found.reports,
        tuple(_names(play)[i] for i in found.players),
        _story(play, asked, found, problem),
        None if problem is None or before is None else described(problem, before),
        None if then is None or after is None else described(then, after),
        None if problem is None or before is None else tuple(problem.worth(i, before) for i in play.players),
        tuple(then.worth(i, after) for i in play.players) if then is not None and inside else None,
        found.note,
    )


def _fits(play: Play, found: Violation) -> bool:
    return found.reports is None or len(found.reports) == len(play.players)


def _names(play: Play) -> Sequence[str]:
    return tuple(map(str, play.problem(play.some).players))


def written(value: Any) -> str:
    """A type or size as a person writes it: ``1/2``, ``3``, ``(1, 4)``; long fractions as decimals."""
    if isinstance(value, Fraction):
        return str(value) if value.denominator <= 1000 and abs(value.numerator) < 10**9 else short(value)
    if isinstance(value, float):
        return short(value)
    if isinstance(value, (tuple, list)):
        inside = ", ".join(map(written, value))  # pyright: ignore[reportUnknownArgumentType]
        return inside if len(value) == 1 else f"({inside})"
    return str(value)


def described(problem: Any, outcome: Any) -> str:
    """What was decided: the alternative by name, a lottery by its chances, anything else by its own fields."""
    if hasattr(problem, "describe"):
        return str(problem.describe(outcome))
    if hasattr(outcome, "lottery") and hasattr(problem, "alternatives"):
        pairs = [(name, p) for name, p in zip(problem.alternatives, outcome.lottery) if p]
        return str(pairs[0][0]) if len(pairs) == 1 else ", ".join(f"{name} {written(p)}" for name, p in pairs)
    fields = {name: value for name, value in vars(outcome).items() if name != "transfers"}
    return ", ".join(f"{name} {written(_plain(value))}" for name, value in fields.items())


def _plain(value: Any) -> Any:
    return tuple(value.tolist()) if hasattr(value, "tolist") else value


def _setting(problem: Any, types: Types) -> Message:
    n = len(types)
    listed = ", ".join(map(written, types[:LONGEST])) + (", ..." if n > LONGEST else "")
    if isinstance(problem, OutcomeGame):
        if problem.hosts is not None and problem.parts is not None and tuple(own_damages(problem)) == types:
            return say("{n} households with damage {types}", n=n, types=listed)
        return say("{n} residents with gains {types}", n=n, types=listed)
    return say("{n} players of types {types}", n=n, types=listed)


def _who(play: Play, players: Sequence[int]) -> Message:
    names = [_ORDINALS[i] if i < len(_ORDINALS) else say("number {i}", i=i + 1) for i in players]
    if len(names) == 1:
        return names[0]
    if len(names) == len(play.players):
        return say("all together")
    if len(names) == 2:
        return say("{one} and {other}", one=names[0], other=names[1])
    return say("numbers {all}", all=", ".join(str(i + 1) for i in players[:LONGEST]))


def _story(play: Play, asked: Property, found: Violation, problem: Any) -> Message:
    size = written(found.size)
    if problem is None:
        return _on_average(play, asked, found, size)
    setting, who = _setting(problem, found.types), _who(play, found.players) if found.players else None
    before = "" if found.before is None else described(problem, found.before)
    after = "" if found.after is None else described(problem, found.after)
    if asked.kind in ("lie", "group", "names"):
        return _lies(play, asked, found, setting, who, size, before, after)
    return _stands(asked, found, setting, who, size, before, after)


def _lies(play: Play, asked: Property, found: Violation, setting: Message, who: Any, size: str, before: str, after: str) -> Message:
    reports = found.reports or ()
    if asked.kind == "names":
        both = ", ".join(written(reports[i]) for i in (found.players[0], len(reports) - 1))
        return say("{setting}: {who} gains {size} by coming as two, with {lie}", setting=setting, who=who, size=size, lie=both)
    liars = [i for i, (own, report) in enumerate(zip(found.types, reports)) if own != report]
    told = ", ".join(written(reports[i]) for i in liars)
    values = {"setting": setting, "who": who, "size": size, "lie": told, "change": _change(before, after), "liars": _who(play, liars)}
    others = [i for i in liars if i not in found.players]
    if asked.kind == "lie" and others:
        values |= {
            "lie": written(reports[found.players[0]]),
            "others": _who(play, others),
            "told": ", ".join(written(reports[i]) for i in others),
        }
        return say("{setting}, and {others} reported {told}: {who} gains {size} by reporting {lie}; {change}", **values)
    if asked.kind == "lie":
        return say("{setting}: {who} gains {size} by reporting {lie}; {change}", **values)
    if asked.name == "coalition-strategy-proof":
        return say("{setting}: if {liars} reported {lie}, {who} would gain {size} in sum; {change}", **values)
    return say("{setting}: if {liars} reported {lie}, {who} would gain, the most {size}, and nobody of them lose; {change}", **values)


def _change(before: str, after: str) -> Message:
    if before == after:
        return say("the decision stays {before}", before=before)
    return say("the decision changes from {before} to {after}", before=before, after=after)


def _stands(asked: Property, found: Violation, setting: Message, who: Any, size: str, before: str, after: str) -> Message:
    values = {"setting": setting, "who": who, "size": size, "before": before, "after": after}
    if found.note == "none":
        return say("{setting}: there is no equilibrium", **values)
    if found.note == "nobody-gains" or asked.kind == "welfare":
        return say("{setting}: the decision is {before}, {size} short of the best", **values)
    if asked.kind == "equilibrium":
        return say("{setting}: an equilibrium ends in {before}, {size} short of the best", **values)
    if asked.kind == "two-equilibria":
        return say("{setting}: two equilibria, {before} and {after}, differ by {size} for {who}", **values)
    if asked.kind in ("loss", "mean-loss"):
        return say("{setting}: {who} gets {size} less than by refusing; the decision is {before}", **values)
    if asked.kind == "money":
        return _money(found, setting, size)
    if asked.kind == "exchange":
        return say("{setting}: if {who} exchange what they are, somebody's payoff differs by {size}", **values)
    if asked.kind == "envy":
        return say("{setting}: somebody would gain {size} in another's place; the decision is {before}", **values)
    if asked.kind == "block":
        return say("{setting}: a group would gain {size} by leaving and building alone", **values)
    if asked.kind == "absence":
        return say("{setting}: {who} gains {size} by staying away; {change}", change=_change(before, after), **values)
    if asked.kind == "support":
        lie = written((found.reports or ())[found.players[0]])
        return say("{setting}: {before} gives way to {after} because {who} supports it more, with {lie}", **values, lie=lie)
    return say("{setting}: {property} fails by {size}; the decision is {before}", property=asked.name, **values)


def _money(found: Violation, setting: Message, size: str) -> Message:
    if found.note == "surplus":
        return say("{setting}: {size} is collected and goes to nobody", setting=setting, size=size)
    return say("{setting}: {size} is paid out that nobody has paid in", setting=setting, size=size)


def _on_average(play: Play, asked: Property, found: Violation, size: str) -> Message:
    n = len(play.players)
    if not found.players:
        return say("{n} players, on average over their types: {size} more or less is paid out than is paid in", n=n, size=size)
    i = found.players[0]
    who, own = _who(play, (i,)), written(found.types[i])
    if asked.kind == "mean-lie":
        lie = written((found.reports or ())[i])
        return say(
            "{n} players: {who}, of type {own}, gains {size} on average by reporting {lie}", n=n, who=who, own=own, size=size, lie=lie
        )
    if own == ANY:
        return say("{n} players: {who} expects {size} less than by refusing, before types are known", n=n, who=who, size=size)
    return say("{n} players: {who}, of type {own}, expects {size} less than by refusing", n=n, who=who, own=own, size=size)
