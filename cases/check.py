"""Whether a case is as its story says: every proposition, remedy and figure under ``[expect]``, computed anew and certified."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from ..games.errors import EncompassError, InputError
from ..games.exact import as_json
from ..games.message import Text
from ..solvers.certificate import sealed
from .case import Case, Check, Proposition
from .finding import Finding, tried
from .scope import certificates_of
from .told import told

HOLDS, FAILS, DEFAULTS_ONLY = "holds", "fails", "defaults-only"


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
            "found": read(f.found),
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
    findings = tuple(tried(check, scope, claim.id, sentence, lenient=bool(case.changed)) for check in claim.checks)
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
