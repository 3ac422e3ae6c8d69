"""Reading a certificate back: plain Python and fractions, nothing shared with the code that wrote it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from math import isfinite
from typing import Any

TOLERANCE = Fraction(1, 10**9)  # of the largest gain, for games given in floats


def real(value: object) -> Fraction:
    """A number of a certificate: an integer, a text ``"p/q"``, or a float, which is the binary fraction it is."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)) or (isinstance(value, float) and not isfinite(value)):
        raise TypeError(f"{value!r} is not a number")
    return Fraction(value)


def reals(values: Iterable[object]) -> list[Fraction]:
    """A list of numbers."""
    return [real(value) for value in values]


def _has_float(values: object) -> bool:
    return isinstance(values, float) or (isinstance(values, list) and any(map(_has_float, values)))


def needed_votes(rule: Mapping[str, Any], residents: int, cast: int) -> tuple[int, int]:
    """Yes votes and turnout that a quota asks for: heads if JSON integers, shares if texts."""

    def heads(share: object, base: int, strict: bool) -> int:
        if isinstance(share, int):
            return share
        exact = real(share) * base
        return int(exact) + 1 if strict else -((-exact.numerator) // exact.denominator)

    yes = heads(rule["quota"], cast if rule["of_votes"] else residents, bool(rule["strict"]))
    return yes, heads(rule["quorum"], residents, False)


class Siting:
    """A game over outcomes as a certificate writes it: ``U[i][x]`` gains, ``counts[i]`` residents alike."""

    def __init__(
        self, game: Mapping[str, Any], gains: Sequence[Sequence[Fraction]] | None = None, rights: Mapping[str, Any] | None = None
    ) -> None:
        self.data = game
        self.names: list[str] = list(game["alternatives"])
        self.quo: int = game["status_quo"]
        self.U = [reals(row) for row in game["gains"]] if gains is None else [list(row) for row in gains]
        self.counts: list[int] = [int(c) for c in game["counts"]]
        self.grants = reals(game["grants"])
        self.rights: Mapping[str, Any] = game["rights"] if rights is None else rights
        self.n = sum(self.counts)
        self.sites = [x for x in range(len(self.names)) if x != self.quo]
        largest = max((abs(u) for row in self.U for u in row), default=Fraction(1))
        self.slack = TOLERANCE * max(largest, Fraction(1)) if _has_float(game["gains"]) or _has_float(game["grants"]) else Fraction(0)

    @cached_property
    def surplus(self) -> list[Fraction]:
        """W(x): the sum of gains less what the funder bears."""
        columns = range(len(self.names))
        return [sum((c * row[x] for c, row in zip(self.counts, self.U)), start=Fraction(0)) - self.grants[x] for x in columns]

    def equal(self, a: object, b: Fraction, scale: int = 1) -> bool:
        """Whether a written number is ``b``: exactly, or within the tolerance (times ``scale``) for float games."""
        return abs(real(a) - b) <= self.slack * scale

    def well_formed(self) -> bool:
        """Shapes agree, counts are positive, the status quo is worth zero, no name is used twice."""
        shapes = all(len(row) == len(self.names) for row in self.U) and len(self.U) == len(self.counts) == len(self.data["players"])
        return shapes and min(self.counts) >= 1 and len(set(self.names)) == len(self.names) and all(row[self.quo] == 0 for row in self.U)

    def after_choice(self, alternative: int) -> list[Fraction]:
        """What every row gets when ``alternative`` is chosen; under the liability rule with the assessed damage."""
        assessed = self.rights.get("assessed")
        return [row[alternative] + (real(assessed[i][alternative]) if assessed else 0) for i, row in enumerate(self.U)]

    def consent_set(self, site: int) -> set[int]:
        """The rows that must agree to a site; empty under regimes without vetoes."""
        if self.rights["id"] == "R-HOST":
            return set(self.rights["consent"][site])
        return set(range(len(self.U))) if self.rights["id"] == "R-UNAN" else set()

    @cached_property
    def priority(self) -> list[int]:
        """Sites in the order in which they are taken: largest surplus first, lowest index among equals."""
        return sorted(self.sites, key=lambda x: (-self.surplus[x], x))

    def first(self, accepted: Iterable[int]) -> int:
        """The outcome when the sites ``accepted`` stand open."""
        return next((x for x in self.priority if x in set(accepted)), self.quo)

    def deters(self, accepted: set[int]) -> bool:
        """Whether no resident gains by withdrawing a consent, or by granting one that nobody else refuses."""
        outcome = self.first(accepted)
        for row, gains in enumerate(self.U):
            for x in self.priority:
                members = self.consent_set(x)
                if (x in accepted or (members == {row} and self.counts[row] == 1)) and gains[x] > gains[outcome]:
                    return False
                if x in accepted and row not in members:
                    break
            else:
                if gains[self.quo] > gains[outcome]:
                    return False
        return True

    def supports(self, outcome: int) -> bool:
        """Whether some set of open sites makes ``outcome`` a pure equilibrium of the consent game: every choice is tried."""
        U, order = self.U, self.priority
        start = len(order) if outcome == self.quo else order.index(outcome)
        sole = {x: min(H) for x in order if len(H := self.consent_set(x)) == 1 and self.counts[min(H)] == 1}
        if any(x in sole and U[sole[x]][x] > U[sole[x]][outcome] for x in order[:start]):
            return False
        seen: dict[tuple[int, frozenset[int]], bool] = {}

        def extend(k: int, able: frozenset[int]) -> bool:
            """Sites from the k-th on, when the residents ``able`` could withdraw everything open before it."""
            if not able:
                return True
            if k == len(order):
                return all(U[row][self.quo] <= U[row][outcome] for row in able)
            if (k, able) not in seen:
                x = order[k]
                opened = all(U[row][x] <= U[row][outcome] for row in able) and extend(k + 1, able & self.consent_set(x))
                tempts = x in sole and sole[x] in able and U[sole[x]][x] > U[sole[x]][outcome]
                seen[k, able] = opened or (not tempts and extend(k + 1, able))
            return seen[k, able]

        return outcome == self.quo or extend(start + 1, frozenset(self.consent_set(outcome)))

    def rule_outcome(self) -> int:
        """What is chosen where nobody's consent is asked: the first site to pass the vote, or the authority's choice."""
        if self.rights["id"] == "R-QUOTA":
            return next((x for x in self.priority if self._passes(x)), self.quo)
        worth = list(self.surplus)
        if self.rights["id"] == "R-LIAB":
            pairs = zip(self.rights["damages"], self.rights["assessed"])
            for count, (damages, assessed) in zip(self.counts, pairs):
                worth = [w + count * (real(d) - real(a)) for w, d, a in zip(worth, damages, assessed)]
        return max(range(len(worth)), key=lambda x: (worth[x], x == self.quo, -x))

    def _passes(self, site: int) -> bool:
        yes = sum(c for c, row in zip(self.counts, self.U) if row[site] > 0)
        no = sum(c for c, row in zip(self.counts, self.U) if row[site] < 0)
        needed, turnout = needed_votes(self.rights, self.n, yes + no)
        return yes >= needed and yes + no >= turnout
