"""Whether a case is as its story says: every proposition, remedy and figure under ``[expect]``, computed anew and certified."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from typing import Any

from ..games.errors import EncompassError, InputError
from ..games.exact import Number, as_json, number
from ..games.expression import Expression
from ..games.message import Text
from ..solvers.certificate import sealed
from .case import Case, Check, Proposition
from .scope import VERBS, Scope, certificates_of
from .told import told

HOLDS, FAILS, DEFAULTS_ONLY = "holds", "fails", "defaults-only"


@dataclass(frozen=True)
class Finding:
    """One check: the proposition it belongs to (empty under ``[expect]``), what was asked, what was ``found``, whether it holds.

    ``cells`` of a sweep: what was set and what came out. ``evidence``: the check and the figures it rests on, as a certificate writes them.
    """

    proposition: str
    claim: Text
    that: str
    wanted: str
    found: str
    holds: bool
    cells: tuple[tuple[str, Any], ...] = ()
    evidence: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Claimed:
    """A proposition, remedy or (``kind`` ``"expect"``) stated figure: its sentence at the parameters at hand and its ``verdict``.

    ``verdict``: ``"holds"``, ``"fails"``, or ``"defaults-only"`` for what is claimed at the parameters in the file only and does not
    hold at those set. ``certificates``: for each certificate of the answers it rests on, whether the separate checker finds it valid.
    """

    id: str
    kind: str
    claim: Text
    findings: tuple[Finding, ...]
    verdict: str
    fixes: bool | None = None
    certificates: tuple[bool, ...] = ()
    rests_on: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True)
class CaseCheck:
    """What :func:`check_case` returns."""

    case: str
    claims: tuple[Claimed, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The checks of all claims."""
        return tuple(finding for claim in self.claims for finding in claim.findings)

    @property
    def holds(self) -> bool:
        """Whether no claim fails."""
        return all(claim.verdict != FAILS for claim in self.claims)

    @property
    def certificate(self) -> dict[str, Any] | None:
        """The claims that hold, with their figures and the certificates of the answers they rest on; None if there are none."""
        claims = [
            {
                "id": claim.id or claim.findings[0].that,
                "claim": str(claim.claim),
                "checks": [dict(finding.evidence) for finding in claim.findings],
                "rests_on": list(claim.rests_on),
            }
            for claim in self.claims
            if claim.verdict == HOLDS
        ]
        return sealed({"kind": "claims", "case": self.case, "claims": claims}) if claims else None

    def to_dict(self, read: Any = str) -> dict[str, Any]:
        """The JSON form; ``read`` turns sentences into text."""
        return {"case": self.case, "holds": self.holds, "claims": [_claim_json(claim, read) for claim in self.claims]}


def _claim_json(claim: Claimed, read: Any) -> dict[str, Any]:
    checks = [
        {
            "that": f.that,
            "wanted": f.wanted,
            "found": f.found,
            "holds": f.holds,
            "cells": [{"at": at, "value": as_json(value)} for at, value in f.cells],
        }
        for f in claim.findings
    ]
    return {
        "id": claim.id or None,
        "kind": claim.kind,
        "claim": read(claim.claim) or None,
        "verdict": claim.verdict,
        "fixes": claim.fixes,
        "certificates": {"valid": sum(claim.certificates), "of": len(claim.certificates)},
        "checks": checks,
    }


Progress = Callable[[int, int, str], None]


def check_case(case: Case, progress: Progress | None = None, only: Collection[str] | None = None) -> CaseCheck:
    """Every claim of ``case`` (``only``: those with these ids), checked.

    Raises :class:`InputError` for a path or formula that leads to no figure.
    """
    stated = [Proposition("", Text("", ""), (Check(that, equals=value),), defaults_only=True) for that, value in case.expect.items()]
    claims = [*(("proposition", p) for p in case.propositions), *(("remedy", r) for r in case.remedies), *(("expect", s) for s in stated)]
    claims = [(kind, claim) for kind, claim in claims if only is None or claim.id in only]
    found: list[Claimed] = []
    for k, (kind, claim) in enumerate(claims):
        if progress is not None:
            progress(k, len(claims), f"{case.id} {claim.id}")
        try:
            found.append(_claimed(case, kind, claim))
        except EncompassError as error:
            raise InputError("{file}: {what}", file=case.id, what=error.message) from error
    return CaseCheck(case.id, tuple(found))


def _claimed(case: Case, kind: str, claim: Proposition) -> Claimed:
    scopes = case.scopes
    scope = scopes.of(claim.form)
    scopes.forget()
    sentence = _sentence(case, claim)
    findings = tuple(_tried(check, scope, claim.id, sentence, lenient=bool(case.changed)) for check in claim.checks)
    certificates = scopes.verdicts()
    rests_on = tuple(certificate for answer in scopes.used.values() for certificate in certificates_of(answer))
    right = all(f.holds for f in findings) and all(certificates)
    changed = bool(case.forms[claim.form].changed if claim.form else case.changed)
    verdict = HOLDS if right else DEFAULTS_ONLY if claim.defaults_only and changed else FAILS
    return Claimed(claim.id, kind, sentence, findings, verdict, claim.fixes, certificates, rests_on)


def _sentence(case: Case, claim: Proposition) -> Text:
    """The sentence with its figures; as written where parameters were set at which one of them cannot be computed."""
    try:
        return told(claim.claim, case, claim.form)
    except EncompassError:
        if not case.changed:
            raise
        return claim.claim


def _tried(check: Check, scope: Scope, proposition: str, claim: Text, lenient: bool) -> Finding:
    """The finding of ``check``; where parameters were set (``lenient``) what cannot be computed does not hold."""
    try:
        return _find(check, scope, proposition, claim)
    except EncompassError as error:
        if not lenient:
            raise
        return Finding(proposition, claim, check.that or check.holds or check.of or "", "", str(error), False)


def _find(check: Check, scope: Scope, proposition: str, claim: Text) -> Finding:
    if check.over:
        return _swept(check, scope, proposition, claim)
    scope = scope.changed(_settings(check.set, scope))
    if check.holds is not None:
        formula = Expression(check.holds)
        holds = _true(formula, scope)
        evidence = {"kind": "holds", "formula": check.holds, "figures": as_json(formula.figures(scope)), "holds": holds}
        return Finding(proposition, claim, check.holds, "", formula.sides(scope), holds, evidence=evidence)
    assert check.that is not None
    return _looked_up(check, _at(scope, check.that), proposition, claim)


def _true(formula: Expression, scope: Scope) -> bool:
    value = formula(scope)
    if not isinstance(value, bool):
        raise InputError("{text!r} must be true or false, not {value}", text=formula.text, value=str(value))
    return value


def _settings(given: Mapping[str, Any], scope: Scope) -> dict[str, Any]:
    """``given`` with every text ``"{formula}"`` computed."""
    return {name: _setting(value, scope) for name, value in given.items()}


def _setting(value: Any, scope: Scope) -> Any:
    if isinstance(value, str) and value.startswith("{"):
        return _listed(Expression(value.strip("{}"))(scope))
    return [_setting(entry, scope) for entry in value] if isinstance(value, list) else value


def _listed(value: Any) -> Any:
    """Tuples of an analysis as lists, which is how a file writes them."""
    return [_listed(entry) for entry in value] if isinstance(value, list | tuple) else value


def _swept(check: Check, scope: Scope, proposition: str, claim: Text) -> Finding:
    """A formula over a sweep: true in every cell, its values as stated, rising or falling."""
    formula = Expression(check.of or check.holds or "")
    rows = list(zip(*check.over.values(), strict=True))
    cells: list[tuple[str, Any]] = []
    figures: list[dict[str, Any]] = []
    right = True
    for row in rows:
        settings = _settings({**check.set, **dict(zip(check.over, row))}, scope)
        cell = scope.changed(settings)
        value = formula(cell)
        right = right and (check.holds is None or _true(Expression(check.holds), cell))
        figures.append(formula.figures(cell) | (Expression(check.holds).figures(cell) if check.holds else {}))
        label = ", ".join(_label(settings[name]) for name in check.over)
        cells.append((label, value))
    values = [value for _, value in cells]
    if check.equals is not None:
        right = right and len(values) == len(check.equals) and all(_close(v, w, check.within) for v, w in zip(values, check.equals))
    if check.direction is not None:
        right = right and _goes(check.direction, values)
    wanted = [f"= {as_json(check.equals)}"] if check.equals is not None else []
    that = f"{check.of or check.holds} @ {', '.join(check.over)}"
    found = ", ".join(f"{label}: {_shown(value)}" for label, value in cells)
    evidence = {
        "kind": "sweep",
        "formula": formula.text,
        "cells": [{"at": label, "figures": as_json(named)} for (label, _), named in zip(cells, figures)],
        "holds_each": check.holds,
        "equals": _written(check.equals),
        "within": as_json(check.within),
        "direction": check.direction,
        "holds": right,
    }
    return Finding(proposition, claim, that, ", ".join([*wanted, *filter(None, [check.direction])]), found, right, tuple(cells), evidence)


def _label(value: Any) -> str:
    return "[" + ", ".join(map(_label, value)) + "]" if isinstance(value, list | tuple) else str(value)


def _shown(value: Any) -> str:
    from ..games.message import plain

    return str(plain(value))


def _goes(direction: str, values: Sequence[Any]) -> bool:
    """Whether ``values`` rise, fall (each at least as far as the last, and in all) or stay."""
    if any(value is None for value in values):
        return False
    if direction == "stays":
        return all(value == values[0] for value in values)
    up = values if direction == "rises" else values[::-1]
    return all(a <= b for a, b in pairwise(up)) and up[0] < up[-1]


def _close(found: Any, wanted: Any, within: Number) -> bool:
    if within and not isinstance(wanted, bool):
        return abs(number(found) - number(wanted)) <= number(within)
    return _equal(found, wanted)


def _at(scope: Scope, that: str) -> Any:
    verb, *path = that.split(".")
    if verb not in VERBS or not path:
        raise InputError("check {that!r} must begin with solve.<concept>, diagnose, compare.<mechanism> or analyse", that=that)
    here: Any = scope[verb]
    if verb in ("solve", "compare"):
        try:
            here = here[path[0]]
        except KeyError:
            raise InputError("check {that!r} leads to no figure: there is no {part!r}", that=that, part=path[0]) from None
        path = path[1:]
    for part in path:
        here = _step(here, part, that)
    return here


def _step(here: Any, part: str, that: str) -> Any:
    if isinstance(here, Mapping) and part in here:
        return here[part]
    if isinstance(here, list | tuple) and part.isdigit() and int(part) < len(here):
        return here[int(part)]
    raise InputError("check {that!r} leads to no figure: there is no {part!r}", that=that, part=part)


def _looked_up(check: Check, found: Any, proposition: str, claim: Text) -> Finding:
    """Of the path ``that``: what it leads to against what it should equal, or its bounds."""
    that = check.that or ""
    wanted: list[str] = []
    holds = True
    if check.equals is not None:
        wanted.append(f"= {check.equals}")
        holds = _close(found, check.equals, check.within)
    for sign, bound in ((">=", check.at_least), ("<=", check.at_most)):
        if bound is not None:
            wanted.append(f"{sign} {as_json(bound)}")
            value = _number(found, that)
            holds = holds and (value >= bound if sign == ">=" else value <= bound)
    evidence = {
        "kind": "that",
        "that": that,
        "figure": as_json(found),
        "equals": _written(check.equals),
        "within": as_json(check.within),
        "at_least": as_json(check.at_least),
        "at_most": as_json(check.at_most),
        "holds": holds,
    }
    return Finding(proposition, claim, that, ", ".join(wanted), str(as_json(found)), holds, evidence=evidence)


def _written(value: Any) -> Any:
    """What a file states, with its decimals exact."""
    if isinstance(value, list):
        return [_written(entry) for entry in value]
    return as_json(number(value)) if isinstance(value, Decimal) else as_json(value)


def _number(found: Any, that: str) -> Number:
    try:
        return number(found)
    except InputError:
        raise InputError("check {that!r} leads to {found!r}, which is no number", that=that, found=str(found)) from None


def _equal(found: Any, wanted: Any) -> bool:
    """The same number, however written; otherwise the same JSON."""
    if isinstance(wanted, list) and isinstance(found, list | tuple):
        return len(found) == len(wanted) and all(map(_equal, found, wanted))
    if isinstance(wanted, bool) or isinstance(found, bool) or wanted is None or found is None:
        return found is wanted
    try:
        return number(found) == number(wanted)
    except InputError:
        return found == wanted
