"""``compare``: every rule before and after, who gets what under the best, and one sentence a resident would understand."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.text import Text as Line

from ..cases.case import Case
from ..games.message import Message, say
from ..solvers.standoff.comparison import Comparison, Row
from .flow import Flow
from .language import Reader
from .layout import (
    INDENT,
    MOST_LISTED,
    Labels,
    WithNotes,
    fitted,
    grid,
    heading,
    in_unit,
    inset,
    mark,
    money,
    notices,
    page,
    signed,
    title,
    uncertified,
)

_VERDICTS = {
    "strong": (say("all gain"), "bold green"),
    "weak": (say("may gain"), "yellow"),
    "none": (say("no gain"), "red"),
    "not-applicable": (say("–"), "dim"),
}
WIDE = 120  # columns from which the residents' gains stand in the table


def comparison_page(answer: Comparison, case: Case | None, read: Reader, width: int) -> Group:
    """The page of ``encompass compare``."""
    labels = Labels.of(case) if case is not None else Labels.bare(answer.players, answer.alternatives)
    head = f"{read(case.title)}  ({case.id})" if case is not None else read(say("Comparison"))
    best = next((row for row in answer.mechanisms if row.id == answer.recommended), None)
    return page(
        title(head),
        heading(in_unit(read, say("Rules, best first"), labels.unit)),
        inset(_rules(answer, labels, read, width)),
        Flow("\n" + read(_legend()), "dim"),
        Flow(read(_caution()), "dim"),
        *(_who(answer, best, labels, read) if best is not None else ()),
        uncertified(read, answer.certificate),
        *((Flow("\n" + read(answer.talk.statement)),) if answer.talk is not None else ()),
        notices(read, case),
        Flow("\n" + read(answer.conclusion), "bold"),
    )


def _legend() -> Message:
    return say(
        "all gain: in every equilibrium everybody is better off than in any of today's. may gain: in some equilibrium. "
        "least gain: of whoever gains least, the funder too when it pays, in the worst equilibrium (and the best, if it differs). "
        "fund: money left over (+) or needed from outside (-). no envy: nobody would rather be in another's place. "
        "stable: no group short of everybody does better by building alone. "
        "M-02 is judged by cautious bids, M-04 and M-06 by true reports, votes by sincere ballots, lotteries before the draw."
    )


def _caution() -> Message:
    return say("Money is taken to weigh the same for everybody, and who ought to bear a burden is not for a model to decide.")


def _rules(answer: Comparison, labels: Labels, read: Reader, width: int) -> WithNotes:
    wide = width >= WIDE and len(answer.players) <= MOST_LISTED
    columns = [say("rule"), say("verdict"), say("ends at"), say("least gain"), say("fund"), say("no envy"), say("stable")]
    names = [*map(read, columns), *([read(say("gains of each"))] if wide else [])]
    rows = fitted(names, [_rule(row, labels, read, len(names)) for row in answer.mechanisms], width - INDENT, give=7 if wide else 2)
    return WithNotes(grid(names, rows, right=(3, 4), one_line=True), [_note(row, read) for row in answer.mechanisms])


def _rule(row: Row, labels: Labels, read: Reader, columns: int) -> list[RenderableType]:
    text, style = _VERDICTS[row.verdict]
    cells: list[RenderableType] = [Line(row.id, style="bold"), Line(read(text), style)]
    if row.verdict != "not-applicable":
        ends = read(say("a lottery")) if row.lottery is not None else read(labels.alternative(row.alternative or ""))
        cells += [ends, _least(row, read), signed(read, row.budget), mark(row.envy_free), mark(row.coalition_stable)]
        if row.payoffs is not None and columns > len(cells):
            cells.append(", ".join(money(read, gain) for gain in row.payoffs))
    return [*cells, *[""] * (columns - len(cells))]


def _note(row: Row, read: Reader) -> str:
    """What the rule is, and why it does not do, if so."""
    return read(row.title) if row.verdict == "strong" else read(say("{rule}: {reason}", rule=row.title, reason=row.reason))


def _least(row: Row, read: Reader) -> str:
    worst, best = money(read, row.tau_strong), money(read, row.tau_weak)
    return worst if worst == best else f"{worst}..{best}"


def _who(answer: Comparison, best: Row, labels: Labels, read: Reader) -> list[RenderableType]:
    """Who gets what under the recommended rule, if they are few."""
    if len(answer.players) > MOST_LISTED or best.payoffs is None or best.transfers is None:
        return []
    rows = [
        (read(name), money(read, now), signed(read, paid), money(read, after), signed(read, after - now))
        for name, now, paid, after in zip(labels.players, answer.before, best.transfers, best.payoffs)
    ]
    columns = [say("resident"), say("today at most"), say("receives"), say("then"), say("gains")]
    return [
        heading(read(say("Who gets what under {id}", id=best.id))),
        inset(grid([read(name) for name in columns], rows, right=(1, 2, 3, 4))),
    ]
