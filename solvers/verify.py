"""``verify``: the separate checker. It re-reads a certificate in rational arithmetic and imports no solver and no game.

Each kind of certificate has one function that recomputes every figure from the game written in it. Games given in floats
are the binary fractions they are, and their figures may differ by ``TOLERANCE`` of the largest gain; exact games by nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import Any

from ..games.errors import InputError
from ..games.message import Message, say
from .reread import Siting, real, reals
from .verify_equilibria import equilibria_claims

Claims = Iterator[tuple[Message, bool]]


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
    if kind not in _KINDS:
        raise InputError("not a certificate: 'kind' is {kind!r}, not one of {known}", kind=kind, known=", ".join(_KINDS))
    checks = [Check(say("the text is as it was sealed"), _seal(certificate))]
    try:
        checks += [Check(what, bool(holds)) for what, holds in _KINDS[str(kind)](certificate)]
    except (KeyError, IndexError, TypeError, ValueError, ZeroDivisionError, AttributeError) as broken:
        checks.append(Check(say("every entry can be read: {problem}", problem=f"{type(broken).__name__}: {broken}"), False))
    return Verdict(str(kind), tuple(checks))


def _seal(certificate: Mapping[str, Any]) -> bool:
    body = {key: value for key, value in certificate.items() if key != "seal"}
    text = json.dumps(body, sort_keys=True, separators=(",", ":"))
    return certificate.get("seal") == hashlib.sha256(text.encode()).hexdigest()


def _written_game(certificate: Mapping[str, Any], siting: Siting) -> Claims:
    yield say("the game is well-formed"), siting.well_formed()
    yield (
        say("the surplus of every alternative is the sum of gains less the grant"),
        _same(siting, certificate["game"]["surplus"], siting.surplus),
    )


def _same(siting: Siting, written: Sequence[object], true: Sequence[Fraction], scale: int = 1) -> bool:
    return len(written) == len(true) and all(siting.equal(a, b, scale) for a, b in zip(written, true))


def _ends(siting: Siting, ends: Mapping[str, Any]) -> Claims:
    """The outcomes a siting game ends in: each is an equilibrium, and if so claimed there is no other."""
    outcomes = [siting.names.index(end["outcome"]) for end in ends["ends"]]
    if ends["method"] == "consent-structure":
        for x, end in zip(outcomes, ends["ends"]):
            accepted = {siting.names.index(name) for name in end["open"]}
            yield say("{site} is a pure equilibrium outcome", site=end["outcome"]), siting.first(accepted) == x and siting.deters(accepted)
        if ends["complete"]:
            others = [x for x in range(len(siting.names)) if x not in outcomes]
            yield say("no other outcome is a pure equilibrium outcome"), not any(siting.supports(x) for x in others)
    else:
        yield say("the outcome is what the rights regime leads to"), outcomes == [siting.rule_outcome()]


def _siting(certificate: Mapping[str, Any]) -> Claims:
    siting = Siting(certificate["game"])
    yield from _written_game(certificate, siting)
    yield say("sites are taken in order of surplus"), certificate["priority"] == siting.priority
    yield from _ends(siting, certificate)
    for end, payoffs, regret in zip(certificate["ends"], certificate["payoffs"], certificate["regrets"], strict=True):
        x = siting.names.index(end["outcome"])
        yield say("payoffs at {site}", site=end["outcome"]), _same(siting, payoffs, siting.after_choice(x))
        if "open" in end:
            yield say("regret at {site} is zero", site=end["outcome"]), siting.equal(regret, Fraction(0))


def _diagnosis(certificate: Mapping[str, Any]) -> Claims:
    siting = Siting(certificate["game"])
    yield from _written_game(certificate, siting)
    yield from _margins(certificate, siting)
    yield from _theorem(certificate["theorem"], siting)
    yield from _conflict(certificate, siting)
    if certificate["today"] is not None:
        yield from _ends(siting, certificate["today"])
        welfare = [siting.surplus[siting.names.index(end["outcome"])] for end in certificate["today"]["ends"]]
        best = max(siting.surplus)
        yield say("the impasse index"), _impasse(siting, certificate["impasse"], best, welfare)


def _impasse(siting: Siting, written: Mapping[str, Any] | None, best: Fraction, welfare: list[Fraction]) -> bool:
    if best <= 0 or written is None:
        return best <= 0 and written is None
    lost = {"worst": 1 - min(welfare) / best, "best": 1 - max(welfare) / best}
    return all(siting.equal(written[name], share) for name, share in lost.items())


def _margins(certificate: Mapping[str, Any], siting: Siting) -> Claims:
    written, best = certificate["margins"], certificate["best"]
    least = [min(row[x] for row in siting.U) for x in range(len(siting.names))]
    chosen = siting.names.index(best["alternative"])
    yield (
        say("no alternative has a larger surplus"),
        siting.equal(best["surplus"], siting.surplus[chosen]) and siting.surplus[chosen] == max(siting.surplus),
    )
    yield say("deterministic margin"), siting.equal(written["deterministic"], max(least)) and least[written["site"]] == max(least)
    p, objector = reals(certificate["p"]), {int(row): real(w) for row, w in certificate["objector"].items()}
    value = real(written["lottery"])
    expected = [sum(x * q for x, q in zip(row, p)) for row in siting.U]
    yield say("p is a lottery"), len(p) == len(siting.names) and min(p) >= 0 and sum(p) == 1
    yield say("U p >= t: the lottery gives everybody the margin"), min(expected) >= value - siting.slack
    yield say("the objector's weights are shares"), min(objector.values()) >= 0 and sum(objector.values()) == 1
    weighed = [sum(w * siting.U[row][x] for row, w in objector.items()) for x in range(len(siting.names))]
    yield say("lambda' U <= t: no lottery gives everybody more"), max(weighed) <= value + siting.slack
    transfers = max(siting.surplus) / siting.n
    yield say("transfers margin: the best surplus per head"), siting.equal(written["transfers"], transfers)
    kind = "P" if real(written["deterministic"]) > 0 else "L" if value > 0 else "T" if transfers > 0 else "Z"
    yield say("class of the standoff"), certificate["class"] == kind


def _theorem(written: Mapping[str, Any], siting: Siting) -> Claims:
    if "P" in written:
        p = reals(written["P"])
        gains = [sum(x * q for x, q in zip(row, p)) for row in siting.U]
        yield (
            say("Theorem 4.1 (P): some lottery harms nobody and helps somebody"),
            min(p) >= 0 and sum(p) <= 1 and min(gains) >= -siting.slack and max(gains) > 0,
        )
    else:
        weights = {int(row): real(w) for row, w in written["Z"].items()}
        weighed = [sum(weights.get(i, Fraction(1)) * row[x] for i, row in enumerate(siting.U)) for x in range(len(siting.names))]
        yield (
            say("Theorem 4.1 (Z): strictly positive weights make the status quo best"),
            min(weights.values(), default=1) > 0 and max(weighed) <= siting.slack,
        )


def _variance(values: Sequence[Fraction]) -> Fraction:
    mean = sum(values, start=Fraction(0)) / len(values)
    return sum(((v - mean) ** 2 for v in values), start=Fraction(0)) / len(values)


def conflict(siting: Siting, whether: bool) -> Fraction:
    """The conflict share, by its definition."""
    rows = [[row[x] for x in siting.sites] for row in siting.U]
    if whether:
        rows = [[Fraction(0), sum(row) / len(row)] for row in rows]
    mean = [sum((c * row[k] for c, row in zip(siting.counts, rows)), start=Fraction(0)) / siting.n for k in range(len(rows[0]))]
    spread = sum((c * _variance(row) for c, row in zip(siting.counts, rows)), start=Fraction(0))
    return 1 - siting.n * _variance(mean) / spread if spread else Fraction(0)


def _against(siting: Siting, whether: bool) -> Fraction:
    rows = [[row[x] for x in siting.sites] for row in siting.U]
    if whether:
        rows = [[Fraction(0), sum(row)] for row in rows]
    opposed = aligned = 0
    for x, y in combinations(range(len(rows[0])), 2):
        up = sum(c for c, row in zip(siting.counts, rows) if row[x] > row[y])
        down = sum(c for c, row in zip(siting.counts, rows) if row[x] < row[y])
        opposed += up * down
        aligned += up * (up - 1) // 2 + down * (down - 1) // 2
    return Fraction(opposed, opposed + aligned) if opposed + aligned else Fraction(0)


_SHARES = {
    ("conflict", "whether"): say("conflict share, whether"),
    ("conflict", "where"): say("conflict share, where"),
    ("opposition", "whether"): say("opposition, whether"),
    ("opposition", "where"): say("opposition, where"),
}


def _conflict(certificate: Mapping[str, Any], siting: Siting) -> Claims:
    for name in ("whether", "where"):
        yield _SHARES["conflict", name], siting.equal(certificate["conflict_share"][name], conflict(siting, name == "whether"))
        yield _SHARES["opposition", name], siting.equal(certificate["opposition"][name], _against(siting, name == "whether"))
    total = [sum((c * row[x] for c, row in zip(siting.counts, siting.U)), start=Fraction(0)) for x in siting.sites]
    mean, spread = sum(total, start=Fraction(0)) / len(total), _variance(total) * len(total)
    covary = [sum((row[x] * (w - mean) for x, w in zip(siting.sites, total)), start=Fraction(0)) for row in siting.U]
    alpha = [x / spread for x in covary] if spread else None
    written = certificate["encompassing"]
    yield say("encompassing weights"), written is None if alpha is None else written is not None and _same(siting, written, alpha)


def _comparison(certificate: Mapping[str, Any]) -> Claims:
    siting = Siting(certificate["game"])
    yield from _written_game(certificate, siting)
    yield from _ends(siting, certificate["today"])
    ends = [siting.after_choice(siting.names.index(end["outcome"])) for end in certificate["today"]["ends"]]
    before = [max(values) for values in zip(*ends)]
    yield say("what everybody gets today at most"), _same(siting, certificate["before"], before)
    for entry in certificate["mechanisms"]:
        for what, holds in _mechanism(entry, siting, before):
            yield say("{id}: {what}", id=entry["id"], what=what), holds


def _mechanism(entry: Mapping[str, Any], siting: Siting, before: list[Fraction]) -> Claims:
    taus: list[Fraction] = []
    yield from _after(entry, siting)
    for result in entry["results"]:
        lottery, transfers = reals(result["lottery"]), reals(result["transfers"])
        payoffs = [sum(u * q for u, q in zip(row, lottery)) + t for row, t in zip(siting.U, transfers, strict=True)]
        paid = sum((c * t for c, t in zip(siting.counts, transfers)), start=Fraction(0))
        yield say("a lottery over alternatives"), min(lottery) >= 0 and abs(sum(lottery) - 1) <= siting.slack
        yield say("payoffs are expected gains and transfers"), _same(siting, result["payoffs"], payoffs)
        yield say("transfers and the funder's money sum to zero"), siting.equal(result["budget"], -paid, siting.n)
        taus.append(_tau(siting, before, lottery, payoffs, paid))
        yield say("the least gain over today"), siting.equal(result["tau"], taus[-1], siting.n)
    strong, weak = min(taus), max(taus)
    yield (
        say("tau in the worst and best equilibrium"),
        siting.equal(entry["tau_strong"], strong, siting.n) and siting.equal(entry["tau_weak"], weak, siting.n),
    )
    verdict = "strong" if real(entry["tau_strong"]) > 0 else "weak" if real(entry["tau_weak"]) > 0 else "none"
    yield say("verdict"), entry["verdict"] == verdict


def _tau(siting: Siting, before: list[Fraction], lottery: list[Fraction], payoffs: list[Fraction], paid: Fraction) -> Fraction:
    least = min(after - now for after, now in zip(payoffs, before))
    outlay = paid + sum(g * q for g, q in zip(siting.grants, lottery))
    if outlay > 0:
        surplus = sum(w * q for w, q in zip(siting.surplus, lottery))
        least = min(least, real(siting.data["funder_weight"]) * surplus - outlay)
    return least


def _after(entry: Mapping[str, Any], siting: Siting) -> Claims:
    """The game a contract or a change of rights makes, and the outcomes it ends in."""
    if "equilibria" not in entry:
        return
    schedule = [reals(row) for row in entry["schedule"]] if "schedule" in entry else [[Fraction(0)] * len(siting.names) for _ in siting.U]
    gains = [[u + t for u, t in zip(row, extra, strict=True)] for row, extra in zip(siting.U, schedule, strict=True)]
    after = Siting(siting.data, gains, entry.get("rights"))
    if "schedule" in entry:
        totals = [sum((c * row[x] for c, row in zip(siting.counts, schedule)), start=Fraction(0)) for x in range(len(siting.names))]
        yield say("the contract balances at every alternative"), all(abs(total) <= siting.slack * siting.n for total in totals)
    yield from _ends(after, entry["equilibria"])
    yield say("conflict share after, where"), siting.equal(entry["conflict_share_where"], conflict(after, whether=False))
    ends = [siting.names.index(end["outcome"]) for end in entry["equilibria"]["ends"]]
    chosen = [reals(result["lottery"]).index(Fraction(1)) for result in entry["results"]]
    paid = [[row[x] for row in schedule] for x in ends]
    right = all(_same(siting, result["transfers"], t) for result, t in zip(entry["results"], paid, strict=True))
    yield say("every equilibrium is accounted for"), chosen == ends and right


_KINDS: dict[str, Callable[[Mapping[str, Any]], Claims]] = {
    "siting": _siting,
    "equilibria": equilibria_claims,
    "diagnosis": _diagnosis,
    "comparison": _comparison,
}
