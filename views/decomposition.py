"""``diagnose`` for a game of strategies: what it is made of, and what anarchy costs in it."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.table import Table

from ..cases.case import Case
from ..games.exact import Number
from ..games.message import Message, say
from ..solvers.structure.decompose import Decomposition
from .flow import paragraph
from .language import Reader
from .layout import bar, grid, heading, in_unit, inset, money, notices, page, title, uncertified


def decomposition_page(answer: Decomposition, case: Case | None, read: Reader) -> Group:
    """Conflict shares, the price of anarchy, the potential, and what did not fit."""
    head = f"{read(case.title)}  ({case.id})" if case is not None else read(say("Diagnosis"))
    return page(
        title(head),
        heading(read(say("How zero-sum is it? (0 common interest, 1 pure conflict)"))),
        inset(_conflict(answer, read)),
        heading(read(say("What anarchy costs")) if case is None else in_unit(read, say("What anarchy costs"), case.unit)),
        inset(_anarchy(answer, read)),
        heading(read(say("Where improvements lead"))),
        paragraph(read(_paths(answer))),
        *(paragraph(read(reason), "dim") for reason in answer.skipped.values()),
        uncertified(read, answer.certificate),
        notices(read, case),
    )


def _conflict(answer: Decomposition, read: Reader) -> Table:
    shares: list[tuple[Message, Number | None]] = [
        (say("between profiles, all alike likely"), answer.conflict_share),
        (say("in the choices themselves: the zero-sum part"), None if answer.components is None else answer.components.zeta),
        (say("in the choices themselves: the part that runs in circles"), None if answer.flow is None else answer.flow.harmonic_share),
    ]
    rows: list[tuple[RenderableType, ...]] = [(read(what), bar(share), money(read, share)) for what, share in shares if share is not None]
    return grid(["", "", read(say("conflict share"))], rows, right=(2,))


def _anarchy(answer: Decomposition, read: Reader) -> Table:
    e, s = answer.efficiency, answer.selfishness
    rows: list[tuple[Message, Number | None]] = [
        (say("the most that all could have together"), e.optimum),
        (say("best pure equilibrium"), e.best),
        (say("worst pure equilibrium"), e.worst),
        (say("price of stability"), e.pos),
        (say("price of anarchy"), e.poa),
    ]
    if s is not None:
        rows.append((say("selfishness level: share of the total that would make the optimum an equilibrium"), s.level))
    return grid(["", ""], [(read(what), money(read, value)) for what, value in rows], right=(1,))


def _paths(answer: Decomposition) -> Message:
    if answer.potential is not None:
        return say("There is an exact potential: whoever gains by a change raises one number common to all.")
    if answer.weighted is not None:
        return say("There is a weighted potential: whoever gains by a change raises one number common to all.")
    if answer.paths["finite"]:
        return say("There is no exact potential, but every chain of improvements ends.")
    if answer.paths["weakly"]:
        return say("Improvements can run in circles, but from everywhere some chain ends in an equilibrium.")
    if answer.paths["weakly"] is None:
        return say("Too many profiles to follow the chains of improvements.")
    return say("From some profiles improvements run in circles for ever.")
