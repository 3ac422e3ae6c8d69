"""Where the share of neighbours who take part comes to rest, and the mass that tips it (ATLAS P12.4, D-11)."""

from __future__ import annotations

from fractions import Fraction
from math import comb

from ...games.exact import Number
from ...games.message import say
from ...games.organisation.critical_mass import CriticalMass
from ..dynamics.cascade import adoption_rest_points
from ..dynamics.rest_points import RestPoint
from .analysis import Analysis, figure


class CriticalMassAnalysis(Analysis[CriticalMass]):
    """The share moves by q -> H(q), H the share whose threshold is at most q. H is a rising polynomial, so that a path moves one way and
    ends at the next rest point; none is missed (Sturm 1829, in Bernstein form).
    """

    @property
    def _points(self) -> tuple[RestPoint, ...]:
        if "points" not in self.known:
            m = self.model
            self.known["points"] = adoption_rest_points(m.always, m.never, m.low, m.high)
        return self.known["points"]

    def following(self, share: Number) -> Number:
        """H(share): the share that takes part next, exactly."""
        m, q = self.model, Fraction(share)
        top = m.low + m.high - 1
        met = sum(comb(top, j) * q**j * (1 - q) ** (top - j) for j in range(m.low, top + 1))
        return Fraction(m.always) + (1 - Fraction(m.always) - Fraction(m.never)) * met

    @figure(say("shares at which participation rests"))
    def rests(self) -> list[Number]:
        """All of them, rising."""
        return [point.value for point in self._points]

    @figure(say("those that attract"))
    def stable(self) -> list[Number]:
        """H crosses the diagonal from above."""
        return [point.value for point in self._points if point.stability == "stable"]

    @figure(say("those that tip: critical masses"))
    def masses(self) -> list[Number]:
        """H crosses the diagonal from below."""
        return [point.value for point in self._points if point.stability == "unstable"]

    @figure(say("critical mass below which participation falls back"))
    def critical(self) -> Number | None:
        """The largest of them; None if there is none."""
        return self.masses[-1] if self.masses else None

    @figure(say("share that takes part in the end if nobody begins"))
    def from_nobody(self) -> Number:
        """From a share of 0."""
        return self._end(Fraction(0))

    @figure(say("share that takes part in the end from where it is today"))
    def ends_at(self) -> Number:
        """From ``start``."""
        return self._end(Fraction(self.model.start))

    @figure(say("share that takes part in the end if all begin"))
    def from_all(self) -> Number:
        """From a share of 1."""
        return self._end(Fraction(1))

    def _end(self, share: Fraction) -> Number:
        """The next rest point on the way that H moves ``share``."""
        drift = self.following(share) - share
        if drift == 0:
            return share
        up = drift > 0
        ahead = [p.value for p in self._points if _beyond(p, share, up)]
        return ahead[0] if up else ahead[-1]


def _beyond(point: RestPoint, share: Fraction, up: bool) -> bool:
    """Whether ``point`` lies above (``up``) or below ``share``, which is no rest point and moves that way.

    Inside the interval that isolates it, a share that moves towards a rest point from either side has a stable one ahead.
    """
    if point.low < share < point.high:
        return point.stability == "stable"
    return point.low >= share if up else point.high <= share
