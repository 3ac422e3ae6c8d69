"""``audit``: what a mechanism claims of itself, what was proved or refuted of it, and the smallest counterexample as a story."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.text import Text as Line

from ..cases.case import Case
from ..games.message import Message, say
from ..solvers.audit.report import Audit, Result
from .flow import Flow
from .language import Reader
from .layout import grid, heading, inset, mark, money, notices, page, title, uncertified

_VERDICTS = {
    "proved": (say("proved"), "bold green"),
    "refuted": (say("refuted"), "bold red"),
    "not-refuted": (say("not refuted"), "yellow"),
    "not-applicable": (say("–"), "dim"),
}
_PROPERTIES: dict[str, Message] = {
    "efficient": say("efficient"),
    "strategy-proof": say("truth is dominant"),
    "ex-post-incentive-compatible": say("truth pays whatever the others are"),
    "bayes-incentive-compatible": say("truth pays on average"),
    "individually-rational": say("nobody loses"),
    "interim-individually-rational": say("nobody expects to lose, own type known"),
    "ex-ante-individually-rational": say("nobody expects to lose beforehand"),
    "budget-balanced": say("payments sum to zero"),
    "no-deficit": say("needs no outside money"),
    "budget-balanced-in-expectation": say("payments sum to zero on average"),
    "group-strategy-proof": say("no group gains by lying"),
    "coalition-strategy-proof": say("no group gains by lying and sharing"),
    "false-name-proof": say("nobody gains by coming as several"),
    "anonymous": say("treats alike who are alike"),
    "envy-free": say("nobody would rather be in another's place"),
    "pareto-improving": say("nobody loses, somebody gains"),
    "coalition-stable": say("no group does better alone"),
    "monotonic": say("more support never hurts"),
    "participation": say("nobody gains by staying away"),
    "quorum-monotonic": say("a vote against never helps"),
    "equilibria-efficient": say("every equilibrium is efficient"),
    "some-equilibrium-efficient": say("some equilibrium is efficient"),
    "unique-equilibrium-outcome": say("equilibria all end alike"),
}


def audit_page(answer: Audit, rule: Message, case: Case | None, read: Reader) -> Group:
    """The page of ``encompass audit``; ``rule`` is what the mechanism is called."""
    head = read(rule) + f"  ({answer.mechanism}" + (f", {case.id})" if case is not None else ")")
    columns = [say("property"), say("claimed"), say("verdict"), say("size"), say("tried")]
    return page(
        title(head),
        heading(read(say("What holds, what does not"))),
        inset(grid([read(name) for name in columns], [_row(result, read) for result in answer.results], right=(3, 4))),
        *_told(answer, read),
        Flow("\n" + read(_legend()), "dim"),
        uncertified(read, answer.certificate),
        notices(read, case),
        Flow("\n" + read(_conclusion(answer)), "bold"),
    )


def name_of(result: Result) -> Message:
    """What a property is called; a property of one's own by its name."""
    return _PROPERTIES.get(result.property, say("{name}", name=result.property))


def _row(result: Result, read: Reader) -> list[RenderableType]:
    text, style = _VERDICTS[result.verdict]
    return [
        read(name_of(result)),
        mark(result.claimed),
        Line(read(text), style),
        "" if result.size is None or result.verdict != "refuted" else money(read, result.size),
        f"{result.tries:,}" if result.tries else "",
    ]


def _told(answer: Audit, read: Reader) -> list[RenderableType]:
    """The smallest witness of everything refuted, and why what was not asked was not."""
    lines: list[RenderableType] = []
    for result in answer.results:
        if result.smallest is not None:
            lines.append(Flow("\n" + read(say("{property}: {story}", property=name_of(result), story=result.smallest.story))))
        elif result.reason is not None:
            lines.append(Flow("\n" + read(say("{property}: {story}", property=name_of(result), story=result.reason)), "dim"))
    assumed = dict.fromkeys(read(what) for result in answer.results for what in result.assumes)
    return [*lines, *(Flow("\n" + read(say("Assumed: {what}.", what=what)), "dim") for what in assumed)]


def _legend() -> Message:
    return say(
        "proved: every case was gone through, in exact arithmetic if the numbers are exact. refuted: here is a counterexample, the "
        "simplest found; size is that of the worst. not refuted: searched without finding one. claimed: what the rule says of itself, "
        "under its conditions."
    )


def _conclusion(answer: Audit) -> Message:
    broken = [name_of(r) for r in answer.refuted_claims]
    if broken:
        return say("Claimed but refuted here: {properties}.", properties=broken)
    return say("Nothing that it claims is refuted here.")
