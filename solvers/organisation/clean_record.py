"""What may be concluded from months without a case, and no more (ATLAS P11.4).

If cases come at a constant rate, independently of one another, a record of t months is clean with probability exp(-rate t) (Poisson 1837).
A rate is ruled out where that is less than ``level``: above -ln(level) / t.
"""

from __future__ import annotations

from math import exp, log

from ...games.exact import Number
from ...games.message import say
from ...games.organisation.clean_record import CleanRecord
from .analysis import Analysis, figure


class RecordAnalysis(Analysis[CleanRecord]):
    """Figures are floats where a logarithm or an exponential makes them so; they say nothing about what counted as a case, or who
    recorded it.
    """

    @figure(say("cases a month up to which the record rules nothing out"))
    def bound(self) -> float:
        """-ln(level) / months."""
        return -log(self.model.level) / self.model.months

    @figure(say("cases a year up to which the record rules nothing out"))
    def bound_a_year(self) -> float:
        """Twelve months."""
        return 12 * self.bound

    @figure(say("probability of a case in a month up to which the record rules nothing out, if months are drawn one by one"))
    def monthly_bound(self) -> float:
        """1 - level^(1 / months): a little below the rate."""
        return 1 - exp(log(self.model.level) / self.model.months)

    @figure(say("probability of a clean record at the rate looked at"))
    def clean(self) -> float:
        """exp(-rate months)."""
        return exp(-self.model.rate * self.model.months)

    @figure(say("whether the record rules out the rate looked at"))
    def ruled_out(self) -> bool:
        """clean < level."""
        return self.clean < self.model.level

    @figure(say("months without a case that it would take to rule out the rate looked at"))
    def months_needed(self) -> float | None:
        """-ln(level) / rate; None at rate 0, which nothing rules out."""
        return -log(self.model.level) / self.model.rate if self.model.rate else None

    @figure(say("cases expected over the record at the rate looked at"))
    def expected(self) -> Number:
        """rate * months."""
        return self.model.rate * self.model.months
