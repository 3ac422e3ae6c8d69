"""The mix of elite and ordinary residents that makes most of their hours (ATLAS P7.6)."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from ...games.exact import Number, root
from ...games.message import say
from ...games.organisation.resonance import Resonance
from .analysis import Analysis, figure
from .smooth import smooth_certificate

LARGEST_POWER = 40  # of the certificate's polynomial


class ResonanceAnalysis(Analysis[Resonance]):
    """The logarithm of output is strictly concave in how a given number of hours is split, so the best split is one and the first-order
    condition finds it (weighted means: E : M = weight : 1 - weight)."""

    @property
    def _hours(self) -> Number:
        return self.model.elite + self.model.mass

    @figure(say("what the hours make"))
    def output(self) -> Number:
        """E^weight M^(1 - weight)."""
        return self._made(self.model.elite, self.model.mass)

    def _made(self, elite: Number, mass: Number) -> Number:
        """Rational where the root is."""
        w = self.model.weight
        if w == Fraction(1, 2):
            return root(elite * mass)
        return float(elite) ** float(w) * float(mass) ** float(1 - w)

    @figure(say("elite's hours in the best split of all hours"))
    def best_elite(self) -> Number:
        """weight times all hours."""
        return self.model.weight * self._hours

    @figure(say("ordinary residents' hours in the best split"))
    def best_mass(self) -> Number:
        """The rest."""
        return self._hours - self.best_elite

    @figure(say("what the hours make when split in the best way"))
    def best_output(self) -> Number:
        """At that split."""
        return self._made(self.best_elite, self.best_mass)

    @figure(say("output an hour"))
    def an_hour(self) -> Number:
        """Output over all hours."""
        return self.output / self._hours

    @figure(say("output an hour when split in the best way"))
    def best_an_hour(self) -> Number:
        """weight^weight (1 - weight)^(1 - weight), whatever the hours."""
        return self.best_output / self._hours

    @figure(say("part of the best output that is reached"))
    def reached(self) -> Number:
        """1 at the best split alone."""
        return self.output / self.best_output

    @figure(say("whether the split is the best one"))
    def in_resonance(self) -> bool:
        """E (1 - weight) = M weight, decided without roots."""
        m = self.model
        return m.elite * (1 - m.weight) == m.mass * m.weight

    @figure(say("what all hours would make if the elite gave them all"))
    def elite_alone(self) -> Number:
        """0."""
        return self._made(self._hours, Fraction(0))

    @figure(say("what one more hour of the elite adds; none where it gives none"))
    def elite_hour(self) -> Number | None:
        """weight * output / E, rising in M: each side makes the other's hours worth more."""
        return self.model.weight * self.output / self.model.elite if self.model.elite else None

    @figure(say("what one more hour of ordinary residents adds; none where they give none"))
    def mass_hour(self) -> Number | None:
        """(1 - weight) * output / M, rising in E."""
        return (1 - self.model.weight) * self.output / self.model.mass if self.model.mass else None

    @property
    def certificates(self) -> tuple[dict[str, Any], ...]:
        """That no other split of the hours makes more: of output to a whole power, a polynomial in the elite's hours."""
        w = self.model.weight
        if not isinstance(w, Fraction) or w.denominator > LARGEST_POWER:
            return ()
        payoff = f"elite ** {w.numerator} * (hours - elite) ** {w.denominator - w.numerator}"
        return (smooth_certificate({"elite": payoff}, {"hours": self._hours}, {"elite": self.best_elite}, {"elite": (0, self._hours)}),)


__all__ = ["ResonanceAnalysis"]
