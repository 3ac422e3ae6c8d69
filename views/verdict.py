"""``verify`` and ``check``: what was checked and whether it holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text as Line

from ..cases.case import Case
from ..cases.check import DEFAULTS_ONLY, FAILS, HOLDS, CaseCheck, Claimed
from ..cases.finding import Finding
from ..games.message import Message, say
from ..solvers.checker.verify import Verdict
from .curve import bars, is_number
from .flow import Flow
from .language import Reader
from .layout import code, grid, heading, inset, mark, notices, page, title

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
    "smooth": say("Certificate that nobody gains by another amount"),
    "linear-program": say("Certificate of a linear program"),
    "bellman": say("Certificate of a plan that looks ahead"),
    "grants": say("Certificate of a choice of projects"),
    "claims": say("Certificate of what a case claims"),
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
    """The JSON form of ``encompass check``, schema ``encompass/check/1``; of one case alone with its certificate."""
    return {
        "schema": "encompass/check/1",
        "holds": all(answer.holds for answer in answers),
        "cases": [answer.to_dict(read) for answer in answers],
        "certificate": answers[0].certificate if len(answers) == 1 else None,
    }


def check_page(answer: CaseCheck, case: Case | None, read: Reader, pictures: bool = True) -> Group:
    """The page of ``encompass check`` for one case; with ``pictures`` every sweep is drawn under its claim."""
    parts: list[RenderableType] = []
    for kind, name in _PARTS.items():
        claims = [claim for claim in answer.claims if claim.kind == kind]
        if claims:
            parts += [Line(f"  {read(name)}", style="bold"), *(part for claim in claims for part in _claim(claim, read, pictures))]
    held = sum(claim.verdict == HOLDS for claim in answer.claims)
    certificates = [valid for claim in answer.claims for valid in claim.certificates]
    last = [say("{held} of {all} claims hold, {n} figures computed.", held=held, all=len(answer.claims), n=len(answer.findings))]
    if certificates:
        last.append(say("Certificates re-read and valid: {valid} of {all}.", valid=sum(certificates), all=len(certificates)))
    if not answer.claims:
        last = [say("This case states no figures to check.")]
    return page(
        heading(answer.case if case is None else f"{read(case.title)}  ({case.id})"),
        *parts,
        Flow(" ".join(map(read, last)) if read.language == "en" else "".join(map(read, last)), "green" if answer.holds else "red"),
        notices(read, case),
    )


_PARTS = {"proposition": say("Propositions"), "remedy": say("What fixes it and what does not"), "expect": say("Figures stated")}


def _claim(claim: Claimed, read: Reader, pictures: bool) -> list[RenderableType]:
    """A claim in a line or more, what is wrong with it, and its sweeps drawn."""
    sentence = read(claim.claim) or ", ".join(f.that for f in claim.findings)
    if claim.verdict == DEFAULTS_ONLY:
        sentence += " " + read(say("(Claimed at the parameters in the file only; not at these.)"))
    sign = mark(None if claim.verdict == DEFAULTS_ONLY else claim.verdict == HOLDS)
    parts: list[RenderableType] = [inset(grid(["", "", ""], [(sign, code(claim.id), Flow(sentence))], wide=2))]
    if claim.verdict == FAILS:
        wrong = [read(_fault(f)) for f in claim.findings if not f.holds]
        if not all(claim.certificates):
            wrong.append(read(say("a certificate is not valid")))
        parts.append(Padding(Flow("\n".join(wrong), "red"), (0, 0, 0, 6)))
    if pictures:
        for f in claim.findings:
            if any(is_number(value) for _, value in f.cells):  # a sweep that is yes all along is told in one mark
                parts.append(Padding(Line(f.that, style="dim"), (0, 0, 0, 6)))
                parts.append(Padding(bars(f.cells, read), (0, 0, 0, 8)))
    return parts


def _fault(f: Finding) -> Message:
    if not f.wanted:
        return say("not so: {that} ({found})", that=f.that, found=f.found)
    return say("{that}: found {found}, wanted {wanted}", that=f.that, found=f.found, wanted=f.wanted)
