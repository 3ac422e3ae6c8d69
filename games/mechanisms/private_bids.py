"""The low-bid auction (M-02) when everybody's cost is private, independent and uniform: its symmetric equilibrium in increasing bids.

n communities, costs c uniform on [0, 1] (any interval by shift and scale). A community of cost c that bids as one of cost z would is
the lowest with probability G(z) = (1-z)^(n-1) and gets

    u(z, c) = G(z) (b(z) - c) - (1 - G(z)) b(z)/(n-1).

Truth is best at z = c iff  d/dc [b (n G - 1)] = (n-1) c G'(c), whence b (n G - 1) = (n-1)[c G + (1-c)^n/n] + C. The left side is 0
where G = 1/n, at 1 - c = y* = n^(-1/(n-1)), and that fixes C: with y = 1 - c and S_m = sum_{k<m} y^k y*^(m-1-k), division by y - y* gives

    b(c) = (n-1)/n (1 - (n-1)/n S_n(y)/S_{n-1}(y)),

for n = 2 the line b(c) = 1/8 + c/4. b rises (the coefficients of S_{n-1}^2 exceed those of y*^(n-1) S_{n-1}'), and then
d/dz u(z, c) = G'(z)(z - c) makes truth the best bid of all; bids outside the range of b are worse than its ends. No other symmetric
equilibrium has increasing, continuous bids. The rule is that of Kunreuther and Kleindorfer (1986), the derivation ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np

from ..exact import Number, number
from ..parameters import amount, whole

_STEPS = 60  # of a bisection: as fine as floats are
_NODES = 64  # of a quadrature: exact to machine precision for the smooth bids here


@dataclass(frozen=True)
class PrivateBids:
    """The equilibrium bids of ``n`` communities with costs uniform on [``low``, ``high``]; exact for two, in floats for more."""

    n: int = 2
    low: Number = Fraction(0)
    high: Number = Fraction(1)

    def __post_init__(self) -> None:
        whole(self.n, "n", 2, 10_000)
        object.__setattr__(self, "low", number(self.low, "low"))
        object.__setattr__(self, "high", amount(self.high, "high", above=self.low))

    @property
    def line(self) -> tuple[Number, Number] | None:
        """``(a, k)`` if bids are a + k c, as they are for two communities."""
        if self.n > 2:
            return None
        start = self.bid(self.low)
        slope = (self.bid(self.high) - start) / (self.high - self.low)
        return start - slope * self.low, slope

    def bid(self, cost: object) -> Number:
        """What a community of that ``cost`` bids. Raises :class:`InputError` outside [low, high]."""
        c = amount(cost, "cost", least=self.low, most=self.high)
        part, width = Fraction(self.n - 1, self.n), self.high - self.low
        y = 1 - (c - self.low) / width
        if self.n == 2:
            own: Number = part * (1 - part * (y + Fraction(1, 2)))
        else:
            powers = float(y) ** np.arange(self.n - 1)
            share = float(powers @ self._root ** np.arange(self.n - 2, -1, -1))  # S_{n-1}
            own = float(part) * (1 - float(part) * (float(y) + self._root ** (self.n - 1) / share))  # S_n = y S_{n-1} + y*^(n-1)
        return width * own + part * self.low

    @cached_property
    def _root(self) -> float:
        return float(self.n ** (-1 / (self.n - 1)))

    def interim(self, cost: object, bid: object) -> Number:
        """What a community of that ``cost`` expects from any ``bid``, the others bidding as in equilibrium (benefits left out)."""
        c, x = amount(cost, "cost", least=self.low, most=self.high), number(bid, "bid")
        wins = self.chance(x)
        return wins * (x - c) - (1 - wins) * x / (self.n - 1)

    def chance(self, bid: object) -> Number:
        """The probability that ``bid`` is the lowest."""
        x = number(bid, "bid")
        if x <= self.bid(self.low):
            return Fraction(1)
        if x >= self.bid(self.high):
            return Fraction(0)
        return (1 - (self._cost(x) - self.low) / (self.high - self.low)) ** (self.n - 1)

    def _cost(self, bid: Number) -> Number:
        """The cost at which ``bid`` is made."""
        if self.line is not None:
            return (bid - self.line[0]) / self.line[1]
        below, above = float(self.low), float(self.high)
        for _ in range(_STEPS):
            middle = (below + above) / 2
            below, above = (middle, above) if self.bid(middle) < bid else (below, middle)
        return (below + above) / 2

    def best_gain(self, cost: object, tries: int = 200) -> Number:
        """The most that a community of that ``cost`` gains by any bid of a grid over and beyond the range of equilibrium bids.

        The range of b and a tenth of it on either side, in ``tries`` steps. At most 0 (up to rounding in floats) in equilibrium.
        """
        bottom, top = self.bid(self.low), self.bid(self.high)
        width = (top - bottom) / 10
        steps = [bottom - width + (top - bottom + 2 * width) * k / tries for k in range(tries + 1)]
        own = self.interim(cost, self.bid(cost))
        return max(self.interim(cost, x) - own for x in steps)

    @property
    def surplus(self) -> Number:
        """The expected sum that is paid in and not paid out: n/(n-1) (E b(c) - E b(lowest cost))."""
        if self.line is not None:
            return 2 * self.line[1] * (self.high - self.low) * Fraction(1, 6)  # means 1/2 and 1/3 of the interval
        nodes, weights = np.polynomial.legendre.leggauss(_NODES)
        y = (nodes + 1) / 2
        bids = np.array([float(self.bid(float(self.low) + (1 - t) * float(self.high - self.low))) for t in y])
        first = self.n * y ** (self.n - 1)  # density of the lowest cost, at 1 - y
        return float(self.n / (self.n - 1) * (weights / 2 * bids * (1 - first)).sum())
