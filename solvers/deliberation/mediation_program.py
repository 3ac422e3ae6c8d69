"""The best mediation of a dispute over a pie of 1 between two of private strength, as exact linear programs.

Hoerner, Morelli and Squintani (2015).

``war[s][t]`` is what conflict is worth to one of strength s against one of strength t, ``prior[s]`` the probability of s, the same for
both. Mechanisms are taken to treat both alike, which loses nothing: the average of a mechanism and its mirror image keeps every constraint.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from ..linear_certificate import linear_program

Row = dict[Any, Fraction]
Table = Sequence[Sequence[Fraction]]
ZERO, ONE, HALF = Fraction(0), Fraction(1), Fraction(1, 2)


@dataclass(frozen=True)
class Settlement:
    """``rate``: the probability that a dispute is settled; ``pairs[s, t]`` the same by strengths, ``shares[s, t]`` what s then gets on
    average (None where nothing is settled); ``certificate`` proves the rate best."""

    rate: Fraction
    pairs: dict[tuple[int, int], Fraction]
    shares: dict[tuple[int, int], Fraction | None]
    certificate: dict[str, Any]
    offers: dict[tuple[int, int], list[tuple[Fraction, Fraction]]] = field(default_factory=dict)


def arbitrated(war: Table, prior: Sequence[Fraction], money: bool = False) -> Settlement:
    """The most that is settled if what the third party decides is enforced once both have agreed to take part, knowing their strength.

    Reports must be truthful and taking part worthwhile on average over the other's strength. With ``money``, what one reports may also
    earn or cost it money, settled or not: payments tau(s) - tau(t), which balance exactly (d'Aspremont and Gerard-Varet 1979), and what is
    thrown away besides. That is the most that any mechanism could do which leaves conflict to the two.
    """
    kinds = range(len(prior))
    rows: list[tuple[str, Row, Fraction]] = []

    def settled(s: int, t: int) -> tuple[str, int, int]:
        return ("settled", min(s, t), max(s, t))

    def worth(true: int, said: int) -> Row:
        """Over conflict: what one of strength ``true`` who reports ``said`` expects, the other being truthful."""
        row: Row = {}
        for t in kinds:
            _add(row, settled(said, t), -prior[t] * war[true][t])
            for key, part in _share(said, t).items():
                _add(row, key, prior[t] * part)
        if money:
            _add(row, ("paid", said), ONE)
        return row

    for s in kinds:
        rows.append((f"{s} takes part", _times(worth(s, s), -ONE), ZERO))
        rows += [(f"{s} does not report {r}", _minus(worth(s, r), worth(s, s)), ZERO) for r in kinds if r != s]
        for t in range(s, len(prior)):
            rows.append((f"{s},{t} is a probability", {settled(s, t): ONE}, ONE))
            if t > s:
                rows.append((f"{s},{t} share at most all", {("share", s, t): ONE, settled(s, t): -ONE}, ZERO))
    if money:
        rows.append(("money comes from somewhere", {("paid", s): prior[s] for s in kinds}, ZERO))
    objective: Row = {}
    for s in kinds:
        for t in kinds:
            _add(objective, settled(s, t), prior[s] * prior[t])
    value, x, certificate = _solved(objective, rows)
    pairs = {(s, t): x.get(settled(s, t), ZERO) for s in kinds for t in kinds}
    parts = {(s, t): sum((c * x.get(key, ZERO) for key, c in _share(s, t).items()), start=ZERO) for s, t in pairs}
    return Settlement(value, pairs, {key: parts[key] / pairs[key] if pairs[key] else None for key in pairs}, certificate)


def _share(s: int, t: int) -> Row:
    """What s gets against t, times the probability: half of what is settled among equals."""
    if s == t:
        return {("settled", s, s): HALF}
    if s < t:
        return {("share", s, t): ONE}
    return {("settled", t, s): ONE, ("share", t, s): -ONE}


def mediated(war: Table, prior: Sequence[Fraction], splits: Sequence[Fraction]) -> Settlement:
    """The most that is settled by a mediator who cannot enforce anything and proposes one of ``splits`` (shares of the first; the
    mirror images are added), or nothing. Whoever is offered a share may refuse it and fight, knowing what the offer tells of the other.

    Nobody gains by misreporting, by refusing, or by both together. A lower bound for mediators who may propose any split;
    :func:`arbitrated` is an upper one, since whoever accepts each offer also takes part on average.
    """
    kinds, menu = range(len(prior)), sorted({*splits, *(1 - x for x in splits)})
    rows: list[tuple[str, Row, Fraction]] = []

    def offer(s: int, t: int, x: Fraction) -> tuple[str, int, int, Fraction]:
        """The variable of: x for the one who reports s, the rest for the one who reports t."""
        return ("offer", *min((s, t, x), (t, s, 1 - x)))

    def over_conflict(true: int, said: int, x: Fraction) -> Row:
        """Accepting x after reporting ``said``, over fighting, times the probability of that offer."""
        row: Row = {}
        for t in kinds:
            _add(row, offer(said, t, x), prior[t] * (x - war[true][t]))
        return row

    for s in kinds:
        honest: Row = {}
        for x in menu:
            accepting = over_conflict(s, s, x)
            rows.append((f"{s} accepts {x}", _times(accepting, -ONE), ZERO))
            honest = _minus(honest, _times(accepting, -ONE))
        for r in kinds:
            if r != s:
                for x in menu:  # what a liar gains from the offer x: accepting it, or nothing
                    rows.append((f"{s} as {r} at {x}", _minus(over_conflict(s, r, x), {("lie", s, r, x): ONE}), ZERO))
                rows.append((f"{s} does not report {r}", _minus({("lie", s, r, x): ONE for x in menu}, honest), ZERO))
    for s in kinds:
        for t in range(s, len(prior)):
            row: Row = {}
            for x in menu:
                _add(row, offer(s, t, x), ONE)
            rows.append((f"{s},{t} is a probability", row, ONE))
    objective: Row = {}
    for s in kinds:
        for t in kinds:
            for x in menu:
                _add(objective, offer(s, t, x), prior[s] * prior[t])
    value, found, certificate = _solved(objective, rows)
    offers = {(s, t): [(x, found.get(offer(s, t, x), ZERO)) for x in menu] for s in kinds for t in kinds}
    pairs = {key: sum((p for _, p in entry), start=ZERO) for key, entry in offers.items()}
    parts = {key: sum((x * p for x, p in entry), start=ZERO) for key, entry in offers.items()}
    return Settlement(value, pairs, {key: parts[key] / pairs[key] if pairs[key] else None for key in pairs}, certificate, offers)


def _solved(objective: Row, rows: Sequence[tuple[str, Row, Fraction]]) -> tuple[Fraction, Row, dict[str, Any]]:
    """The program over named variables: those that are paid or received may be of either sign."""
    keys = list(dict.fromkeys(key for _, row, _ in rows for key in row) | dict.fromkeys(objective))
    table = [[row.get(key, ZERO) for key in keys] for _, row, _ in rows]
    names = [" ".join(map(str, key)) for key in keys]
    free = [j for j, key in enumerate(keys) if key[0] == "paid"]
    cost = [objective.get(key, ZERO) for key in keys]
    answer = linear_program(cost, table, [most for *_, most in rows], free, names, [name for name, *_ in rows])
    assert answer.value is not None  # nothing settled is always possible, and more than everything never
    return answer.value, dict(zip(keys, answer.x)), answer.certificate


def _add(row: Row, key: Any, value: Fraction) -> None:
    row[key] = row.get(key, ZERO) + value


def _times(row: Row, factor: Fraction) -> Row:
    return {key: factor * value for key, value in row.items()}


def _minus(a: Row, b: Row) -> Row:
    return {key: a.get(key, ZERO) - b.get(key, ZERO) for key in (*a, *(key for key in b if key not in a))}


__all__ = ["Settlement", "arbitrated", "mediated"]
