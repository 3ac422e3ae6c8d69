"""``verify``: the separate checker. It re-reads a certificate in rational arithmetic and imports no solver and no game.

Each kind of certificate has one function that recomputes every figure from the game written in it. Games given in floats
are the binary fractions they are, and what differs by less than a billionth of the largest gain counts as equal; in exact
games nothing does.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from ...games.errors import InputError
from ...games.message import Message, say
from .advice import advice_claims
from .audit import audit_claims
from .bayes import bayes_claims
from .bellman import bellman_claims
from .bimatrix import bimatrix_claims
from .coalitions import coalitions_claims, counted_coalitions_claims, dominance_claims
from .counted import counted_claims
from .decomposition import decomposition_claims
from .diagnosis import diagnosis_claims
from .equilibria import equilibria_claims
from .formulas import formula_claims
from .grants import grant_claims
from .linear_program import linear_program_claims
from .mixed import mixed_equilibria_claims
from .quantal import quantal_claims
from .reread import Claims, Siting, ends_claims, reals, written_game
from .rules import least_that_counts, rule_claims
from .smooth import smooth_claims
from .stability import stability_claims
from .stackelberg import stackelberg_claims
from .staged import staged_claims


@dataclass(frozen=True)
class Check:
    """One thing that must hold, and whether it does."""

    what: Message
    holds: bool


@dataclass(frozen=True)
class Verdict:
    """``kind`` of certificate, whether it is ``valid``, and every check made."""

    kind: str
    checks: tuple[Check, ...]

    @property
    def valid(self) -> bool:
        """Whether every check holds (and there is one)."""
        return bool(self.checks) and all(check.holds for check in self.checks)

    def to_dict(self, read: Callable[[object], str] = str) -> dict[str, Any]:
        """The JSON form, schema ``encompass/verify/1``; ``read`` turns sentences into text."""
        checks = [{"what": read(check.what), "holds": check.holds} for check in self.checks]
        return {"schema": "encompass/verify/1", "kind": self.kind, "valid": self.valid, "checks": checks}


def verify(certificate: Mapping[str, Any]) -> Verdict:
    """Every claim of ``certificate`` recomputed from the game it carries.

    Raises :class:`InputError` if it is no certificate of a known kind; a broken or changed one is an answer: not valid.
    """
    kind = certificate.get("kind") if hasattr(certificate, "get") else None
    if not isinstance(kind, str) or kind not in _KINDS:
        raise InputError("not a certificate: 'kind' is {kind!r}, not one of {known}", kind=kind, known=list(_KINDS))
    checks: list[Check] = []
    try:
        checks.append(Check(say("the text is as it was sealed"), _sealed(certificate)))
        checks += [Check(what, bool(holds)) for what, holds in _KINDS[kind](certificate)]
    except (LookupError, TypeError, ValueError, ArithmeticError, AttributeError, RecursionError) as broken:
        checks.append(Check(say("every entry can be read: {problem}", problem=f"{type(broken).__name__}: {broken}"), False))
    return Verdict(kind, tuple(checks))


def _sealed(certificate: Mapping[str, Any]) -> bool:
    body = {key: value for key, value in certificate.items() if key != "seal"}
    text = json.dumps(body, sort_keys=True, separators=(",", ":"))
    return certificate.get("seal") == hashlib.sha256(text.encode()).hexdigest()


def _siting(certificate: Mapping[str, Any]) -> Claims:
    siting = Siting(certificate["game"])
    yield from written_game(siting)
    yield from ends_claims(siting, certificate, given=certificate["order"] == "given", all_needed=False)
    for end, payoffs in zip(certificate["ends"], certificate["payoffs"], strict=True):
        x = siting.names.index(end["outcome"])
        yield say("payoffs at {site}", site=end["outcome"]), siting.same(payoffs, siting.after_choice(x))


def _comparison(certificate: Mapping[str, Any]) -> Claims:
    siting, today = Siting(certificate["game"]), certificate["today"]
    yield from written_game(siting)
    yield from ends_claims(siting, today)
    ends = [siting.names.index(end["outcome"]) for end in today["ends"]]
    before = [max(values) for values in zip(*map(siting.after_choice, ends))]
    yield say("what everybody gets today at most"), siting.same(certificate["before"], before)
    funder = max(map(siting.funder_after, ends))
    for entry in certificate["mechanisms"]:
        yield from _labelled(entry["id"], rule_claims(entry, siting, ends, before))
        yield from _labelled(entry["id"], _accounts(entry, siting, before, funder))


def _claims(certificate: Mapping[str, Any]) -> Claims:
    """The claims of a case, and the certificates of the answers they rest on."""
    yield say("there is a claim"), bool(certificate["claims"])
    for claim in certificate["claims"]:
        yield from formula_claims(claim)
        for k, answer in enumerate(claim["rests_on"]):
            nested = answer["kind"] != "claims" and verify(answer).valid
            yield say("{id}: certificate {n} ({kind}) of what it rests on is valid", id=claim["id"], n=k + 1, kind=answer["kind"]), nested


def _labelled(name: str, claims: Claims) -> Claims:
    for what, holds in claims:
        yield say("{id}: {what}", id=name, what=what), holds


def _accounts(entry: Mapping[str, Any], siting: Siting, before: list[Fraction], funder: Fraction) -> Claims:
    """Closed accounting of every end, and the verdict."""
    taus: list[Fraction] = []
    for result in entry["results"]:
        lottery, transfers = reals(result["lottery"]), reals(result["transfers"])
        payoffs = [sum(u * q for u, q in zip(row, lottery)) + t for row, t in zip(siting.U, transfers, strict=True)]
        paid = sum((c * t for c, t in zip(siting.counts, transfers)), start=Fraction(0))
        yield say("payoffs are expected gains and transfers"), siting.same(result["payoffs"], payoffs)
        yield say("transfers and the funder's money sum to zero"), siting.equal(result["budget"], -paid, siting.n)
        resident = min(after - now for after, now in zip(payoffs, before))
        outlay = paid + sum(g * q for g, q in zip(siting.grants, lottery))
        worth = siting.weight * sum(w * q for w, q in zip(siting.surplus, lottery)) - outlay - funder
        pays = outlay > siting.slack * siting.n
        taus.append(min(resident, worth) if pays else resident)
        scale = siting.n if pays and worth < resident else 1
        yield say("the least gain over today"), siting.equal(result["tau"], taus[-1], scale)
    strong, weak = min(taus), max(taus)
    scale = siting.n if strong < 0 else 1
    right = siting.equal(entry["tau_strong"], strong, scale) and siting.equal(entry["tau_weak"], weak, scale)
    yield say("tau in the worst and best equilibrium"), right
    least = least_that_counts(entry, siting)
    yield say("verdict"), entry["verdict"] == ("strong" if strong > least else "weak" if weak > least else "none")


_KINDS: dict[str, Callable[[Mapping[str, Any]], Claims]] = {
    "siting": _siting,
    "equilibria": equilibria_claims,
    "bimatrix": bimatrix_claims,
    "counted": counted_claims,
    "mixed": mixed_equilibria_claims,
    "coalitions": coalitions_claims,
    "counted-coalitions": counted_coalitions_claims,
    "dominance": dominance_claims,
    "advice": advice_claims,
    "bayes": bayes_claims,
    "bellman": bellman_claims,
    "quantal": quantal_claims,
    "smooth": smooth_claims,
    "linear-program": linear_program_claims,
    "staged": staged_claims,
    "stackelberg": stackelberg_claims,
    "stochastic-stability": stability_claims,
    "decomposition": decomposition_claims,
    "diagnosis": diagnosis_claims,
    "comparison": _comparison,
    "audit": audit_claims,
    "claims": _claims,
    "grants": grant_claims,
}
