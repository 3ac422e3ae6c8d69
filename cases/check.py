"""Whether a case is as its story says: every figure under ``[expect]`` and of every proposition, computed anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from .. import compare, diagnose, solve
from ..games.errors import EncompassError, InputError
from ..games.exact import Number, as_json, number
from ..games.message import Text
from .case import Case, Check


@dataclass(frozen=True)
class Finding:
    """One check: the proposition it belongs to (empty under ``[expect]``), what was asked, what was ``found``, whether it holds."""

    proposition: str
    claim: Text
    that: str
    wanted: str
    found: str
    holds: bool


@dataclass(frozen=True)
class CaseCheck:
    """What :func:`check_case` returns."""

    case: str
    findings: tuple[Finding, ...]

    @property
    def holds(self) -> bool:
        """Whether every check holds."""
        return all(finding.holds for finding in self.findings)

    def to_dict(self, read: Any = str) -> dict[str, Any]:
        """The JSON form; ``read`` turns sentences into text."""
        rows = [
            {
                "proposition": f.proposition or None,
                "claim": read(f.claim) or None,
                "that": f.that,
                "wanted": f.wanted,
                "found": f.found,
                "holds": f.holds,
            }
            for f in self.findings
        ]
        return {"case": self.case, "holds": self.holds, "checks": rows}


def check_case(case: Case) -> CaseCheck:
    """Every figure that ``case`` states, checked. Raises :class:`InputError` for a path that leads to no figure."""
    answer = _answers(case)
    try:
        findings = [_find(check, answer, p.id, p.claim) for p in case.propositions for check in p.checks]
        findings += [_find(Check(that, equals=value), answer, "", Text("", "")) for that, value in case.expect.items()]
    except EncompassError as error:
        raise InputError("{file}: {what}", file=case.id, what=error.message) from error
    return CaseCheck(case.id, tuple(findings))


def _answers(case: Case) -> Any:
    """Answers by verb, each computed once and only if asked for."""

    @cache
    def answer(verb: str, detail: str) -> dict[str, Any]:
        if verb == "solve":
            return solve(case, detail).to_dict()
        return (diagnose(case) if verb == "diagnose" else compare(case)).to_dict()

    def at(that: str) -> Any:
        verb, *path = that.split(".")
        if verb not in ("solve", "diagnose", "compare") or not path:
            raise InputError("check {that!r} must begin with solve.<concept>, diagnose or compare.<mechanism>", that=that)
        here: Any = answer(verb, path.pop(0) if verb == "solve" else "")
        if verb == "compare":
            here = {row["id"]: row for row in here["mechanisms"]} | {name: here[name] for name in ("recommended", "before")}
        for part in path:
            here = _step(here, part, that)
        return here

    return at


def _step(here: Any, part: str, that: str) -> Any:
    if isinstance(here, Mapping) and part in here:
        return here[part]
    if isinstance(here, list) and part.isdigit() and int(part) < len(here):
        return here[int(part)]
    raise InputError("check {that!r} leads to no figure: there is no {part!r}", that=that, part=part)


def _find(check: Check, answer: Any, proposition: str, claim: Text) -> Finding:
    found = answer(check.that)
    wanted: list[str] = []
    holds = True
    if check.equals is not None:
        wanted.append(f"= {check.equals}")
        holds = _equal(found, check.equals)
    for sign, bound in ((">=", check.at_least), ("<=", check.at_most)):
        if bound is not None:
            wanted.append(f"{sign} {as_json(bound)}")
            value = _number(found, check.that)
            holds = holds and (value >= bound if sign == ">=" else value <= bound)
    return Finding(proposition, claim, check.that, ", ".join(wanted), str(found), holds)


def _number(found: Any, that: str) -> Number:
    try:
        return number(found)
    except InputError:
        raise InputError("check {that!r} leads to {found!r}, which is no number", that=that, found=str(found)) from None


def _equal(found: Any, wanted: Any) -> bool:
    """The same number, however written; otherwise the same JSON."""
    if isinstance(wanted, list) and isinstance(found, list):
        return len(found) == len(wanted) and all(map(_equal, found, wanted))
    if isinstance(wanted, bool) or isinstance(found, bool) or wanted is None or found is None:
        return found is wanted
    try:
        return number(found) == number(wanted)
    except InputError:
        return found == wanted
