"""What the elite gets of a budget when others do not notice (Bardhan and Mookherjee 2000)."""

from __future__ import annotations

from fractions import Fraction
from math import gcd, lcm
from typing import Any

from ...games.exact import Number
from ...games.message import say
from ...games.organisation.electoral_capture import ElectoralCapture
from .analysis import Analysis, figure
from .smooth import smooth_certificate

LARGEST_POWER = 60  # of the certificate's polynomials
MOST_CERTIFIED = 8  # classes


class ElectoralCaptureAnalysis(Analysis[ElectoralCapture]):
    """Parties maximise sum_c n_c a_c ln(share_c / n_c): strictly concave in the shares of classes that notice, so that both promise the
    same and the first-order condition is enough: share_c in proportion to n_c a_c."""

    @figure(say("part of the budget that each class gets"))
    def shares(self) -> list[Number]:
        """n_c a_c over the sum of all."""
        total = sum(self.model.weights, start=Fraction(0))
        return [w / total for w in self.model.weights]

    @figure(say("part of the budget that the elite gets"))
    def elite_share(self) -> Number:
        """The first class's."""
        return self.shares[0]

    @figure(say("the elite's part of the population"))
    def elite_population(self) -> Number:
        """n_1 over all."""
        return self.model.population[0] / sum(self.model.population, start=Fraction(0))

    @figure(say("the elite's part of the budget less its part of the population"))
    def benefit_gap(self) -> Number:
        """0 where all notice alike; profit-seeking in ATLAS D-17."""
        return self.elite_share - self.elite_population

    @figure(say("what one of the elite gets for each unit that one of the others gets on average; none where these get nothing"))
    def advantage(self) -> Number | None:
        """How many times as much."""
        rest = 1 - self.elite_share
        return self.elite_share * (1 - self.elite_population) / (self.elite_population * rest) if rest else None

    @property
    def certificates(self) -> tuple[dict[str, Any], ...]:
        """That no party gains by moving budget between the first class and another: of the product of shares to whole powers, whose
        logarithm is the parties' aim; it is concave, so that no other budget does better either."""
        m = self.model
        if len(m.population) > MOST_CERTIFIED or not all(isinstance(w, Fraction) for w in m.weights) or not m.weights[0]:
            return ()
        powers = _whole([Fraction(w) for w in m.weights])
        if max(powers) > LARGEST_POWER:
            return ()
        names = [f"s{c + 1}" for c in range(1, len(powers))]
        first = f"(1 - {' - '.join(names)})"
        shares = dict(zip(names, self.shares[1:]))
        payoffs = {s: f"{s} ** {k} * {first} ** {powers[0]}" for s, k in zip(names, powers[1:])}
        room = {s: (0, x + self.elite_share) for s, x in shares.items()}
        return (smooth_certificate(payoffs, {}, shares, room),)


def _whole(weights: list[Fraction]) -> list[int]:
    """The least whole numbers in the same proportions."""
    scale = lcm(*(w.denominator for w in weights))
    whole = [int(w * scale) for w in weights]
    return [k // gcd(*whole) for k in whole]


__all__ = ["ElectoralCaptureAnalysis"]
