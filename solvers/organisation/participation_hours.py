"""What a mean hides: how participation is spread (ATLAS P7.5, D-16; Gini 1912; Palma 2011)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from ...games.exact import Number
from ...games.message import say
from ...games.organisation.participation_hours import ParticipationHours
from .analysis import Analysis, figure

ZERO = Fraction(0)


def gini(counts: Sequence[int], hours: Sequence[Number]) -> Number | None:
    """The Gini coefficient of ``hours[k]`` given by each of ``counts[k]``: half the mean difference over the mean; None if all are 0.

    As sum (2i - n - 1) h_(i) / (n sum h) over residents in rising order (D-16), in one pass over the kinds.
    """
    rows = sorted(zip(hours, counts))
    n, total = sum(counts), sum((h * c for h, c in rows), start=ZERO)
    if not total:
        return None
    before, weighted = 0, ZERO
    for h, c in rows:  # ranks before + 1 .. before + c
        weighted += h * c * (2 * before + c - n)
        before += c
    return weighted / (n * total)


def held(counts: Sequence[int], hours: Sequence[Number], share: Fraction, top: bool) -> Number:
    """The hours of the ``share`` of residents who give most (or least); a resident at the edge counts in part."""
    left, total = share * sum(counts), ZERO
    for h, c in sorted(zip(hours, counts), reverse=top):
        taken = min(left, Fraction(c))
        total, left = total + h * taken, left - taken
    return total


class HoursAnalysis(Analysis[ParticipationHours]):
    """Exact."""

    @figure(say("all hours given"))
    def hours_given(self) -> Number:
        """The sum."""
        return sum((n * h for n, h in zip(self.model.residents, self.model.hours)), start=ZERO)

    @figure(say("mean hours of a resident"))
    def mean(self) -> Number:
        """What a report of totals shows."""
        return self.hours_given / self.model.total

    @figure(say("median hours of a resident"))
    def median(self) -> Number:
        """Half-way between the two in the middle of an even number."""
        n = self.model.total
        return (self._ranked((n - 1) // 2) + self._ranked(n // 2)) / 2

    def _ranked(self, rank: int) -> Number:
        """The hours of the resident with ``rank`` others below."""
        for h, n in sorted(zip(self.model.hours, self.model.residents)):
            if rank < n:
                return h
            rank -= n
        raise AssertionError

    @figure(say("how unequally residents take part: Gini of their hours; none where nobody does"))
    def inequality(self) -> Number | None:
        """D-16."""
        return gini(self.model.residents, self.model.hours)

    @figure(say("hours of the tenth that gives most over those of the four tenths that give least; none where these give nothing"))
    def palma(self) -> Number | None:
        """The Palma ratio."""
        m = self.model
        least = held(m.residents, m.hours, Fraction(2, 5), top=False)
        return held(m.residents, m.hours, Fraction(1, 10), top=True) / least if least else None

    @figure(say("part of residents who give any hours"))
    def taking_part(self) -> Number:
        """h > 0."""
        return Fraction(sum(n for n, h in zip(self.model.residents, self.model.hours) if h > 0), self.model.total)

    @figure(say("median over mean; none where nobody takes part"))
    def median_share(self) -> Number | None:
        """1 where all are alike; 0 where most do nothing."""
        return self.median / self.mean if self.mean else None

    @figure(say("hours that each would give if all gave the same"))
    def even_hours(self) -> Number:
        """The mean."""
        return self.mean

    @figure(say("Gini if all gave the same"))
    def even_inequality(self) -> Number | None:
        """0, at the same mean."""
        return gini((self.model.total,), (self.mean,))


__all__ = ["HoursAnalysis", "gini", "held"]
