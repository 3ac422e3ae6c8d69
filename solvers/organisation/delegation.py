"""What to leave to those who know: all, nothing, or everything up to a cap; one cap for all, or one for each (ATLAS P13.1 to P13.3)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import Any

from ...games.exact import Number, root
from ...games.message import say
from ...games.organisation.delegation import MOST_WRITTEN, Delegation
from ..solve import solve
from .analysis import Analysis, figure
from .smooth import smooth_certificate
from .written import certified


def best_cap(bias: Number, width: Number) -> Number:
    """``width - bias``, or ``width / 2`` (nothing is left to the community) where it wants more than half the range.

    The mean loss is convex in the cap on [0, width]: its slope ``(cap^2 - (cap - width)^2) / width`` below the bias and
    ``(bias^2 - (cap - width)^2) / width`` above it rise and agree at the bias; beyond the width it is not negative.
    """
    return max(width - bias, width / 2)


def common_cap(biases: Sequence[Number], width: Number) -> Number:
    """The one cap with the least mean loss over communities of these ``biases``: the root of the mean slope, see :func:`best_cap`.

    With all biases up to half the width it is ``width`` less the root of their mean square. Rational where that root is.
    """
    for low, high in _pieces(biases, width):
        tight = [b for b in biases if b >= high]  # always at the cap
        free = [b for b in biases if b <= low]
        if _slope(high, tight, free, width) >= 0:
            squares = sum((b * b for b in free), start=Fraction(0))
            if not free:
                return width / 2
            t, f = len(tight), len(free)  # with x = width - cap: f x^2 + 2 t width x = t width^2 + squares
            return width - (root(t * t * width**2 + f * (t * width**2 + squares)) - t * width) / f
    return width


def _pieces(biases: Sequence[Number], width: Number) -> list[tuple[Number, Number]]:
    """[0, width] cut at the biases."""
    cuts = sorted({Fraction(0), width, *(b for b in biases if 0 < b < width)})
    return list(pairwise(cuts))


def _slope(cap: Number, tight: Sequence[Number], free: Sequence[Number], width: Number) -> Number:
    """``width`` times the slope of the summed loss at ``cap``."""
    return len(tight) * (cap**2 - (cap - width) ** 2) + sum((b * b for b in free), start=Fraction(0)) - len(free) * (cap - width) ** 2


class DelegationAnalysis(Analysis[Delegation]):
    """That a cap is best among all sets of decisions is known for a uniform need, squared losses and a constant bias (Melumad and Shibano
    1991; Alonso and Matouschek 2008); ``best_set`` finds it again by trying every set of a few decisions.
    """

    @figure(say("loss if everything is left to the community"))
    def full_loss(self) -> Number:
        """bias^2."""
        return self.model.bias**2

    @figure(say("loss if nothing is"))
    def central_loss(self) -> Number:
        """The variance of the need, width^2 / 12: the street office decides for the mean."""
        return self.model.width**2 / 12

    @figure(say("whether leaving everything to the community is better than leaving it nothing"))
    def delegate(self) -> bool:
        """bias^2 < variance (P13.1)."""
        return self.full_loss < self.central_loss

    @figure(say("best cap"))
    def cap(self) -> Number:
        """width - bias up to half the width (P13.2)."""
        return best_cap(self.model.bias, self.model.width)

    @figure(say("loss under the best cap"))
    def cap_loss(self) -> Number:
        """bias^2 (1 - 2 bias) + 2 bias^3 / 3 for width 1 and bias <= 1/2."""
        return self.model.loss(self.cap, self.model.bias)

    @figure(say("share of needs that are met as the community likes"))
    def released(self) -> Number:
        """Those whose wish lies below the cap: (cap - bias) / width."""
        return max(self.cap - self.model.bias, Fraction(0)) / self.model.width

    @figure(say("best cap for each community"))
    def caps(self) -> list[Number]:
        """One for each of ``biases``."""
        return [best_cap(b, self.model.width) for b in self.model.biases]

    @figure(say("best single cap for all communities"))
    def one_cap(self) -> Number:
        """See :func:`common_cap`."""
        return common_cap(self.model.biases, self.model.width)

    @figure(say("mean loss with a cap for each community"))
    def caps_loss(self) -> Number:
        """The mean over ``biases``."""
        return self._mean(self.caps)

    @figure(say("mean loss with one cap for all"))
    def one_cap_loss(self) -> Number:
        """The mean over ``biases``."""
        return self._mean([self.one_cap] * len(self.model.biases))

    @figure(say("whether the communities need unlike caps"))
    def unlike(self) -> bool:
        """Whether ``caps`` differ: biases do, and not all of them from half the width on."""
        return len(set(self.caps)) > 1

    @figure(say("what caps of their own spare, on the mean"))
    def gain_of_own_caps(self) -> Number:
        """one_cap_loss - caps_loss: positive iff the caps differ, since each loss has one minimum only (P13.3).

        0 exactly where they do not, also if rounding would say otherwise.
        """
        return self.one_cap_loss - self.caps_loss if self.unlike else Fraction(0)

    def _mean(self, caps: Sequence[Number]) -> Number:
        losses = [self.model.loss(cap, b) for cap, b in zip(caps, self.model.biases)]
        return sum(losses, start=Fraction(0)) / len(losses)

    @cached_property
    def _best_set(self) -> tuple[Number, int, tuple[Number, ...]]:
        return min((self.model.set_loss(chosen), len(chosen), chosen) for chosen in self.model.sets())

    @figure(say("best set of decisions to permit, of those that can be made of a few"))
    def best_set(self) -> list[Number]:
        """Every set of ``decisions`` tried; of several the one with the fewest."""
        return list(self._best_set[2])

    @figure(say("loss with the best set"))
    def best_set_loss(self) -> Number:
        """The least over all sets."""
        return self._best_set[0]

    @figure(say("least loss by permitting all decisions up to one"))
    def best_cap_set_loss(self) -> Number:
        """The least over the sets of all ``decisions`` up to a cap."""
        grid = self.model.decisions
        return min(self.model.set_loss(grid[: k + 1]) for k in range(len(grid)))

    @property
    def certificates(self) -> tuple[dict[str, Any], ...]:
        """That no cap below the bias and none from it on does better, and the game of all sets of a few decisions."""
        b, w, cap = self.model.bias, self.model.width, self.cap
        low, high = Fraction(0), w + b
        payoffs = {"closed": "-(closed**3 - (closed - w)**3) / (3 * w)"}
        payoffs["open"] = "-(b**2 * (open - b) + (b**3 - (open - w)**3) / 3) / w"
        profile = {"closed": min(w / 2, b), "open": max(cap, b)}
        smooth = smooth_certificate(payoffs, {"b": b, "w": w}, profile, {"closed": (low, b), "open": (b, high)})
        if self.model.points > MOST_WRITTEN:
            return (smooth,)
        return smooth, *certified(solve(self.model.game(), "subgame-perfect"))
