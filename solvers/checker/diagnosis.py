"""The part of the checker for a diagnosis: margins with their proofs, Theorem 4.1, conflict, impasse and prices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from typing import Any

from ...games.message import say
from .reread import Claims, Siting, ends_claims, real, reals, written_game


def diagnosis_claims(certificate: Mapping[str, Any]) -> Claims:
    """Every claim of a diagnosis."""
    siting, today = Siting(certificate["game"]), certificate["today"]
    yield from written_game(siting)
    yield from _margins(certificate, siting)
    yield from _theorem(certificate["theorem"], siting)
    yield from _conflict(certificate, siting)
    welfare: list[Fraction] = []
    if today is not None:
        yield from ends_claims(siting, today)
        ends = [siting.surplus[siting.names.index(end["outcome"])] for end in today["ends"]]
        welfare = [w if abs(w) > siting.slack * siting.n else Fraction(0) for w in ends]
    yield from _prices(certificate, siting, welfare)


def _prices(certificate: Mapping[str, Any], siting: Siting, welfare: list[Fraction]) -> Claims:
    """What equilibrium loses; nothing is claimed where there is no surplus to lose or no equilibrium is given."""
    best, impasse = max(siting.surplus), certificate["impasse"]
    prices = [certificate["price_of_anarchy"], certificate["price_of_stability"]]
    if not welfare or best <= siting.slack * siting.n:
        yield say("the impasse index"), impasse is None and prices == [None, None]
        return
    ends = [min(welfare), max(welfare)]
    lost = [1 - end / best for end in ends]
    yield say("the impasse index"), all(abs(real(impasse[k]) - share) <= siting.loose for k, share in zip(("worst", "best"), lost))
    yield say("prices of anarchy and stability"), all(_price(siting, price, best, end) for price, end in zip(prices, ends))


def _price(siting: Siting, written: object, best: Fraction, welfare: Fraction) -> bool:
    if welfare < 0:
        return written is None
    if welfare == 0:
        return written == "inf"
    return written is not None and abs(real(written) - best / welfare) <= siting.loose * (1 + best / welfare)


def _margins(certificate: Mapping[str, Any], siting: Siting) -> Claims:
    written, best = certificate["margins"], certificate["best"]
    least = [min(row[x] for row in siting.U) for x in range(len(siting.names))]
    chosen = siting.names.index(best["alternative"])
    top = siting.surplus[chosen] >= max(siting.surplus) - siting.slack * siting.n
    yield say("no alternative has a larger surplus"), top and siting.equal(best["surplus"], siting.surplus[chosen], siting.n)
    right = siting.equal(written["deterministic"], max(least)) and least[written["site"]] >= max(least) - siting.slack
    yield say("deterministic margin"), right
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
    margins = {"P": max(least), "L": value, "T": transfers}
    kind = next((name for name, margin in margins.items() if margin > siting.slack), "Z")
    yield say("class of the standoff"), certificate["class"] == kind


def _theorem(written: Mapping[str, Any], siting: Siting) -> Claims:
    if "P" in written:
        p = reals(written["P"])
        gains = [sum(x * q for x, q in zip(row, p)) for row in siting.U]
        yield (
            say("Theorem 4.1 (P): some lottery harms nobody and helps somebody"),
            min(p) >= 0 and sum(p) <= 1 and min(gains) >= -siting.slack and max(gains) > siting.slack,
        )
    else:
        weights = {int(row): real(w) for row, w in written["Z"].items()}
        weighed = [sum(weights.get(i, Fraction(1)) * row[x] for i, row in enumerate(siting.U)) for x in range(len(siting.names))]
        yield (
            say("Theorem 4.1 (Z): strictly positive weights make the status quo best"),
            min(weights.values(), default=1) >= 1 and max(weighed) <= siting.slack * siting.n,
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
    return 1 - siting.n * _variance(mean) / spread if spread > siting.slack**2 * siting.n else Fraction(0)


def _against(siting: Siting, whether: bool) -> Fraction:
    rows = [[row[x] for x in siting.sites] for row in siting.U]
    if whether:
        rows = [[Fraction(0), sum(row)] for row in rows]
    opposed = aligned = 0
    for x, y in combinations(range(len(rows[0])), 2):
        up = sum(c for c, row in zip(siting.counts, rows) if row[x] - row[y] > siting.slack)
        down = sum(c for c, row in zip(siting.counts, rows) if row[y] - row[x] > siting.slack)
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
        share, against = conflict(siting, name == "whether"), _against(siting, name == "whether")
        yield _SHARES["conflict", name], abs(real(certificate["conflict_share"][name]) - share) <= siting.loose
        yield _SHARES["opposition", name], real(certificate["opposition"][name]) == against
    total = [sum((c * row[x] for c, row in zip(siting.counts, siting.U)), start=Fraction(0)) for x in siting.sites]
    mean, spread = sum(total, start=Fraction(0)) / len(total), _variance(total) * len(total)
    covary = [sum((row[x] * (w - mean) for x, w in zip(siting.sites, total)), start=Fraction(0)) for row in siting.U]
    alpha = [x / spread for x in covary] if spread > (siting.slack * siting.n) ** 2 * len(total) else None
    written = certificate["encompassing"]
    if alpha is None or written is None:
        yield say("encompassing weights"), written is None and alpha is None
    else:
        close = len(written) == len(alpha) and all(abs(real(a) - b) <= siting.loose * (1 + abs(b)) for a, b in zip(written, alpha))
        yield say("encompassing weights"), close
