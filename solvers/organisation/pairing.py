"""Pairing by deferred acceptance and by assignment, and whether it lasts (ATLAS CASE-18)."""

from __future__ import annotations

from fractions import Fraction

from ...games.exact import Number
from ...games.message import say
from ...games.organisation.pairing import Pairing
from ..coalitions.pairing import Assignment, Pairs, best_assignment, blocking, deferred_acceptance, transposed, turned
from .analysis import Analysis, figure

ZERO = Fraction(0)


class PairingAnalysis(Analysis[Pairing]):
    """Exact. People in need and helpers are numbered from 1; 0 stands for nobody."""

    @property
    def _proposed(self) -> Pairs:
        return deferred_acceptance(self.model.helped, self.model.helpers)

    @property
    def _offered(self) -> Pairs:
        helpers = deferred_acceptance(transposed(self.model.helpers), transposed(self.model.helped))
        return turned(helpers, len(self.model.helped))

    @property
    def _assigned(self) -> Assignment:
        if "_assigned" not in self.known:
            self.known["_assigned"] = best_assignment(self.model.worth)
        return self.known["_assigned"]

    @figure(say("helper of each person in need, if those in need propose"))
    def proposed(self) -> list[int]:
        """Deferred acceptance."""
        return _numbers(self._proposed)

    @figure(say("helper of each person in need, if helpers propose"))
    def offered(self) -> list[int]:
        """Deferred acceptance by the other side."""
        return _numbers(self._offered)

    @figure(say("pairs that would leave the first of these for each other"))
    def proposed_blocking(self) -> list[list[int]]:
        """None, by Gale and Shapley 1962; recomputed over all pairs."""
        return _pairs(blocking(self._proposed, self.model.helped, self.model.helpers))

    @figure(say("pairs that would leave the second of these for each other"))
    def offered_blocking(self) -> list[list[int]]:
        """The same."""
        return _pairs(blocking(self._offered, self.model.helped, self.model.helpers))

    @figure(say("joint gain of all under the first"))
    def proposed_total(self) -> Number:
        """The sum over pairs."""
        return self._sum(self._proposed)

    @figure(say("joint gain of all under the second"))
    def offered_total(self) -> Number:
        """The sum over pairs."""
        return self._sum(self._offered)

    def _sum(self, pairs: Pairs) -> Number:
        return sum((self.model.worth[i][j] for i, j in enumerate(pairs) if j is not None), start=ZERO)

    @figure(say("helper of each person in need under the assignment with the largest joint gain"))
    def assigned(self) -> list[int]:
        """One of them, where several are worth as much."""
        return _numbers(self._assigned.pairs)

    @figure(say("joint gain of that assignment"))
    def assigned_total(self) -> Number:
        """Not less than that of any other pairing."""
        return self._assigned.total

    @figure(say("pairs that would leave the assignment for each other if nothing is paid"))
    def assigned_blocking(self) -> list[list[int]]:
        """Often some: the largest total is not stable by itself."""
        return _pairs(blocking(self._assigned.pairs, self.model.helped, self.model.helpers))

    @figure(say("share of each person in need with which nobody would leave the assignment"))
    def helped_shares(self) -> list[Number]:
        """Prices of the assignment problem, at least 0."""
        return list(self._assigned.row_prices)

    @figure(say("share of each helper"))
    def helper_shares(self) -> list[Number]:
        """Prices of the other side."""
        return list(self._assigned.column_prices)

    @figure(say("what each person in need gives to its helper (below 0: receives) so that the shares come out"))
    def payments(self) -> list[Number]:
        """Own gain from the pair less own share; 0 for those alone."""
        m, pairs = self.model, self._assigned.pairs
        return [ZERO if j is None else m.helped[i][j] - self.helped_shares[i] for i, j in enumerate(pairs)]

    @figure(say("whether the shares prove that no pairing is worth more and no pair would part"))
    def shares_prove(self) -> bool:
        """At least 0, covering every pair, adding up to the total: recomputed over all pairs."""
        return self._assigned.proves(self.model.worth)


def _numbers(pairs: Pairs) -> list[int]:
    return [0 if j is None else j + 1 for j in pairs]


def _pairs(found: list[tuple[int | None, int | None]]) -> list[list[int]]:
    return [[0 if x is None else x + 1 for x in pair] for pair in found]
