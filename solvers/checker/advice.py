"""The part of the checker for advice: a device is obeyed, pays what is said, and no device does better (duality)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from ...games.message import say
from .reread import TOLERANCE, Claims, real, reals
from .reread_games import FORMS, CountedTypes, Counts, Key, Profiles, Types

SOLVER_TOLERANCE = Fraction(1, 10**6)  # of the largest payoff, to which HiGHS meets constraints, with room
CLOSE = Fraction(1, 10**6)  # of the logarithm of a product, within which a device is said to be nearly best
KINDS = {"correlated": ("profiles", "counts"), "coarse-correlated": ("profiles", "counts"), "communication": ("types", "counted-types")}
QUESTIONS = ("max welfare", "min welfare", "max player", "min player", "max maximin", "max nash-product")
AnyForm = Profiles | Counts | Types | CountedTypes


def advice_claims(certificate: Mapping[str, Any]) -> Claims:
    """Every claim of a certificate about a device."""
    kind, _, question = certificate["concept"].partition(" (")
    question, form_name = question.removesuffix(")"), certificate["game"]["form"]
    yield say("the concept is known to the checker"), question in QUESTIONS and form_name in KINDS.get(kind, ())
    form = FORMS[form_name](certificate["game"], kind == "coarse-correlated")
    device = [(form.key(part), real(part["probability"])) for part in certificate["device"]]
    loose = TOLERANCE if any(isinstance(part["probability"], float) for part in certificate["device"]) else Fraction(0)
    scale, proof = max(form.slack, loose * form.size), certificate.get("proof")
    yield say("a distribution over what can be recommended"), _distribution(form, device, loose)
    paid = [form.paid(cell) for cell, _ in device]
    totals = [sum((p * u[v] for (_, p), u in zip(device, paid)), start=Fraction(0)) for v in range(len(form.heads))]
    payoffs = [total / n for total, n in zip(totals, form.heads)]
    yield say("payoffs"), all(abs(real(x) - y) <= scale for x, y in zip(certificate["payoffs"], payoffs, strict=True))
    yield say("welfare"), abs(real(certificate["welfare"]) - sum(totals)) <= scale * sum(form.heads)
    gains = [sum((p * form.added(row, cell) for cell, p in device), start=Fraction(0)) / form.scale(row) for row in form.rows]
    regret = max([Fraction(0), *gains])
    yield say("regret"), abs(real(certificate["regret"]) - regret) <= scale
    yield say("everybody is willing to follow"), regret <= max(form.slack, Fraction(0) if proof else SOLVER_TOLERANCE * form.size)
    gap = real(proof.get("gap", 0)) if proof else None
    yield say("the best is claimed only with its proof"), not certificate["complete"] or gap == 0
    if proof:
        yield say("no other device does better (dual weights)"), _best(form, question, certificate, proof, totals)


def _distribution(form: AnyForm, device: Sequence[tuple[Key, Fraction]], loose: Fraction) -> bool:
    sums = [Fraction(0)] * form.totals
    for cell, p in device:
        sums[form.total(cell)] += p
    return all(p >= 0 for _, p in device) and all(abs(total - 1) <= loose for total in sums)


def _best(form: AnyForm, question: str, certificate: Mapping[str, Any], proof: Mapping[str, Any], totals: Sequence[Fraction]) -> bool:
    """Whether the dual holds in every cell, with the weights that the question asks for, and meets the value of the device."""
    z, y, bound, sign = reals(proof["players"]), reals(proof["obedience"]), real(proof["bound"]), int(proof["sign"])
    levels = reals(proof["totals"]) if "totals" in proof else [bound]
    fits = len(z) == len(form.heads) and len(y) == len(form.rows) and len(levels) == form.totals and sum(levels) == bound
    if not fits or min(y, default=Fraction(0)) < 0 or sign != (-1 if question.startswith("min") else 1):
        return False
    if not _dual(form, z, y, levels, sign):
        return False
    payoffs = [total / n for total, n in zip(totals, form.heads)]
    if question.endswith("welfare"):
        return all(w == 1 for w in z) and bound == sign * sum(totals)
    if question.endswith("player"):
        player = certificate["player"]
        return form.heads[player] == 1 and z == [Fraction(int(v == player)) for v in range(len(z))] and bound == sign * totals[player]
    shares = min(z) >= 0 and sum(w * n for w, n in zip(z, form.heads)) == 1
    if question.endswith("maximin"):
        return shares and bound == min(payoffs)
    return _product(z, bound, shares, reals(proof["disagreement"]), real(proof["gap"]), payoffs, form.heads)


def _dual(form: AnyForm, z: Sequence[Fraction], y: Sequence[Fraction], levels: Sequence[Fraction], sign: int) -> bool:
    used = [(price, row) for price, row in zip(y, form.rows) if price]
    for cell in form.cells():
        value = sign * sum((w * u for w, u in zip(z, form.paid(cell))), start=Fraction(0))
        if value > levels[form.total(cell)] + sum((price * form.added(row, cell) for price, row in used), start=Fraction(0)):
            return False
    return True


def _product(
    z: Sequence[Fraction],
    bound: Fraction,
    shares: bool,
    d: Sequence[Fraction],
    gap: Fraction,
    payoffs: Sequence[Fraction],
    heads: Sequence[int],
) -> bool:
    """The product of gains over ``d``: no larger logarithm than by ``gap`` (first-order bound), or no device gives all a gain."""
    gains = [u - low for u, low in zip(payoffs, d, strict=True)]
    if min(gains) <= 0:
        return shares and gap == 0 and bound - sum(w * n * low for w, n, low in zip(z, heads, d)) == min(gains)
    slopes = all(w * gain == 1 for w, gain in zip(z, gains))
    reached = sum((w * n * u for w, n, u in zip(z, heads, payoffs)), start=Fraction(0))
    return slopes and bound - reached == gap >= 0
