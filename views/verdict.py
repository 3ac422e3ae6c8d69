"""``verify`` and ``check``: what was checked and whether it holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text as Line

from ..cases.case import Case
from ..cases.check import CaseCheck, Finding
from ..games.message import say
from ..solvers.checker.verify import Verdict
from .flow import Flow
from .language import Reader
from .layout import grid, heading, inset, mark, notices, page, title

_EQUILIBRIA = say("Certificate of equilibria")
_KINDS = {
    "siting": say("Certificate of equilibria of a siting game"),
    "advice": say("Certificate of a mediator's advice"),
    "dominance": say("Certificate of dominance"),
    "quantal": say("Certificate of quantal responses"),
    "stackelberg": say("Certificate of a commitment"),
    "diagnosis": say("Certificate of a diagnosis"),
    "comparison": say("Certificate of a comparison"),
    "decomposition": say("Certificate of a decomposition"),
}


def verdict_page(answer: Verdict, read: Reader) -> Group:
    """The page of ``encompass verify``: every check once, with how often it was made."""
    often = Counter((read(check.what), check.holds) for check in answer.checks)
    rows = [(mark(holds), what, "" if n == 1 else f"× {n}") for (what, holds), n in often.items()]
    failed = sum(not check.holds for check in answer.checks)
    last = say("Valid: all {n} checks hold.", n=len(answer.checks)) if answer.valid else say("Not valid: {n} checks fail.", n=failed)
    return page(
        title(read(_KINDS.get(answer.kind, _EQUILIBRIA))),
        inset(grid(["", "", ""], rows, wide=1)),
        Line("\n" + read(last), style="bold green" if answer.valid else "bold red"),
    )


def check_json(answers: Sequence[CaseCheck], read: Reader) -> dict[str, Any]:
    """The JSON form of ``encompass check``, schema ``encompass/check/1``."""
    return {
        "schema": "encompass/check/1",
        "holds": all(answer.holds for answer in answers),
        "cases": [answer.to_dict(read) for answer in answers],
    }


def check_page(answer: CaseCheck, case: Case | None, read: Reader) -> Group:
    """The page of ``encompass check`` for one case."""

    def row(f: Finding) -> tuple[RenderableType, ...]:
        wrong = "" if f.holds else read(say("found {found}, wanted {wanted}", found=f.found, wanted=f.wanted))
        return mark(f.holds), f.proposition, Flow(read(f.claim) or f.that), Flow(wrong)

    rows = [row(f) for f in answer.findings]
    held = sum(f.holds for f in answer.findings)
    last = say("{held} of {all} figures are as stated.", held=held, all=len(answer.findings))
    if not answer.findings:
        last = say("This case states no figures to check.")
    return page(
        heading(answer.case if case is None else f"{read(case.title)}  ({case.id})"),
        inset(grid(["", "", "", ""], rows, wide=2)),
        Line(read(last), style="green" if answer.holds else "red"),
        notices(read, case),
    )
