"""What partners reach whose efforts need one another (ATLAS P16.1, the option of a joint product)."""

from __future__ import annotations

from fractions import Fraction
from math import sqrt
from typing import Any

from ...games.exact import Number
from ...games.message import say
from ...games.organisation.team import JointTeam
from ..dynamics.repeated import least_discount
from .analysis import Analysis, figure
from .smooth import smooth_certificate
from .team import balanced

ZERO, ONE = Fraction(0), Fraction(1)


class JointTeamAnalysis(Analysis[JointTeam]):
    """Two equilibria where all shares are positive: nobody works, and one in which all do.

    With all others at work the return to a first effort is without bound, with one of them idle there is none; and the first-order
    conditions ``e_i^2 = share_i y / n`` have one positive solution, y = G / n with G the geometric mean of the shares.
    """

    @property
    def _n(self) -> int:
        return len(self.model.shares)

    @figure(say("geometric mean of the shares"))
    def mean_share(self) -> Number:
        """G; 0 if somebody has none."""
        product = ONE
        for s in self.model.shares:
            product = product * s
        return nth_root(product, self._n)

    @figure(say("what they produce in the equilibrium with the most work"))
    def output(self) -> Number:
        """G / n."""
        return self.mean_share / self._n

    @figure(say("what each partner then puts in"))
    def efforts(self) -> list[Number]:
        """sqrt(share G) / n."""
        return [nth_root(s * self.mean_share, 2) / self._n for s in self.model.shares]

    @figure(say("output less all costs of effort"))
    def surplus(self) -> Number:
        """y (1 - sum share / (2 n))."""
        return self.output * (1 - sum(self.model.shares, start=ZERO) / (2 * self._n))

    @figure(say("largest surplus"))
    def best_surplus(self) -> Number:
        """1 / (2 n), where each puts in 1 / n."""
        return Fraction(1, 2 * self._n)

    @figure(say("surplus over the largest"))
    def efficiency(self) -> Number:
        """(2 n - 1) / n^2 at equal shares that divide the output, as where efforts add up."""
        return self.surplus / self.best_surplus

    @figure(say("whether the shares divide the output, no more and no less"))
    def divides(self) -> bool:
        """sum share = 1."""
        return balanced(self.model.shares)

    @figure(say("whether nobody working is an equilibrium too"))
    def idle_stands(self) -> bool:
        """Always: alone nobody produces anything."""
        return True

    @figure(say("least discount factor at which the threat to stop working keeps all at their best"))
    def critical(self) -> Number | None:
        """Against the idle equilibrium for ever; None where somebody has no reason to stay."""
        n = self._n
        needed = [least_discount(_slack_value(s, n) - (w := s / n - Fraction(1, 2 * n * n)), w) for s in self.model.shares]
        return None if None in needed else max(x for x in needed if x is not None)

    @figure(say("whether they are patient enough"))
    def lasts(self) -> bool:
        """discount >= critical."""
        return self.critical is not None and self.model.discount >= self.critical

    @property
    def certificates(self) -> tuple[dict[str, Any], ...]:
        """That no partner gains by another effort, written in x_i = e_i^(1/n), in which payoffs are polynomials; and the idle one."""
        n = self._n
        names = [f"x{k + 1}" for k in range(n)]
        constants = {f"s{k + 1}": s for k, s in enumerate(self.model.shares)}
        payoffs = {name: f"s{k + 1} * {' * '.join(names)} - {name} ** {2 * n} / 2" for k, name in enumerate(names)}
        bounds = dict.fromkeys(names, (ZERO, None))
        working = dict(zip(names, (nth_root(e, n) for e in self.efforts)))
        return tuple(smooth_certificate(payoffs, constants, profile, bounds) for profile in (working, dict.fromkeys(names, ZERO)))


def _slack_value(share: Number, n: int) -> Number:
    """The most a partner has once while the others put in 1/n: e with e^(2 - 1/n) = share c / n, c = n^(-(n-1)/n)."""
    if share == 0:
        return ZERO
    if share == 1:  # the best effort itself
        return Fraction(1, n) - Fraction(1, 2 * n * n)
    c = float(n) ** (-(n - 1) / n)
    e = (float(share) * c / n) ** (n / (2 * n - 1))
    return float(share) * e ** (1 / n) * c - e * e / 2


def nth_root(x: Number, n: int) -> Number:
    """The n-th root of x >= 0, rational if it is."""
    if isinstance(x, Fraction):
        p, q = (_whole_root(part, n) for part in (x.numerator, x.denominator))
        if p is not None and q is not None:
            return Fraction(p, q)
    return sqrt(x) if n == 2 else float(x) ** (1 / n)


def _whole_root(x: int, n: int) -> int | None:
    """The whole n-th root, None if there is none."""
    if x == 0:
        return 0
    near = round(float(x) ** (1 / n)) if x.bit_length() < 1000 else 1 << (x.bit_length() // n)
    for _ in range(200):  # Newton's steps in whole numbers
        after = ((n - 1) * near + x // near ** (n - 1)) // n
        if abs(after - near) <= 1:
            break
        near = after
    return next((r for r in range(max(near - 2, 1), near + 3) if r**n == x), None)


__all__ = ["JointTeamAnalysis", "nth_root"]
