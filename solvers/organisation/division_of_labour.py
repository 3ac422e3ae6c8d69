"""Into how many steps a task should be cut (ATLAS P5.6; Becker and Murphy 1992)."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import isqrt
from typing import Any

from ...games.exact import Number
from ...games.message import say
from ...games.organisation.division_of_labour import MOST_STEPS, DivisionOfLabour
from .analysis import Analysis, figure
from .smooth import smooth_certificate

PLACES = 20  # decimal places at which roots are compared first
NEAR = 1e-6  # of the numbers compared: what differs by more, floats decide without doubt
LARGEST_ROOT = 10  # returns p/q with q up to this get a certificate: the numbers of its check grow with the degree 2 q


class DivisionAnalysis(Analysis[DivisionOfLabour]):
    """Output is strictly concave in k (its second difference is negative), so the best number of steps is where the next step first adds
    nothing. Exact parameters are compared exactly: roots by as many digits as it takes.
    """

    @figure(say("output with the steps there are"))
    def output(self) -> Number:
        """k^returns - coordination k (k - 1) / 2."""
        return self._output(self.model.steps)

    def _output(self, k: int) -> Number:
        return _power(k, self.model.returns) - self.model.coordination * k * (k - 1) / 2

    @figure(say("best number of steps if it need not be whole"))
    def best_real(self) -> float:
        """The zero of returns k^(returns - 1) - coordination (2 k - 1) / 2 from 1 on, by bisection; 1 where a task is best left whole."""
        theta, c = float(self.model.returns), float(self.model.coordination)
        low, high = 1.0, 2.0
        slope: Callable[[float], float] = lambda k: theta * k ** (theta - 1) - c * (2 * k - 1) / 2  # noqa: E731
        if slope(low) <= 0:
            return low
        while slope(high) > 0:
            high *= 2
        for _ in range(200):
            middle = (low + high) / 2
            low, high = (middle, high) if slope(middle) > 0 else (low, middle)
        return (low + high) / 2

    @figure(say("best number of steps"))
    def best_steps(self) -> int:
        """The least k whose next step does not add to output."""
        return self._first(lambda k: not self._more(k + 1, k))

    @figure(say("output with the best number of steps"))
    def best_output(self) -> Number:
        """k^returns - coordination k (k - 1) / 2 there."""
        return self._output(self.best_steps)

    @figure(say("whether one more step helps"))
    def more_helps(self) -> bool:
        """Whether output grows from k to k + 1: iff k lies below the best number of steps."""
        return self._more(self.model.steps + 1, self.model.steps)

    @figure(say("number of steps from which the task were better left whole"))
    def worse_than_whole_from(self) -> int:
        """The least k > 1 whose output is below that of one step, which is 1."""
        return self._first(lambda k: k > 1 and self._more(1, k))

    def _first(self, found: Callable[[int], bool]) -> int:
        """The least k for which ``found`` is true; it stays true from there on."""
        high = 1
        while not found(high):
            high *= 2
        low = high // 2
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if found(middle) else (middle, high)
        return high

    def _more(self, a: int, b: int) -> bool:
        """Whether a steps yield more than b."""
        m = self.model
        gap = m.coordination * (a * (a - 1) - b * (b - 1)) / 2
        return (
            _rises(a, b, m.returns, gap)
            if isinstance(m.returns, Fraction) and isinstance(gap, Fraction)
            else self._output(a) > self._output(b)
        )

    @property
    def certificates(self) -> tuple[dict[str, Any], ...]:
        """That no other number of steps yields more, whole or not: with r = k^(1/q), returns p/q, output is a polynomial in r."""
        m = self.model
        if not isinstance(m.returns, Fraction) or m.returns.denominator > LARGEST_ROOT or self.best_real > MOST_STEPS:
            return ()
        p, q = m.returns.numerator, m.returns.denominator
        text = f"root ** {p} - coordination * root ** {q} * (root ** {q} - 1) / 2"
        profile, bounds = {"root": self.best_real ** (1 / q)}, {"root": (Fraction(1), None)}
        return (smooth_certificate({"root": text}, {"coordination": m.coordination}, profile, bounds),)


def _power(k: int, theta: Number) -> Number:
    """k^theta, rational if it is."""
    if isinstance(theta, Fraction):
        root = round(k ** (1 / theta.denominator))
        if root**theta.denominator == k:
            return Fraction(root**theta.numerator)
    return float(k) ** float(theta)


def _rises(a: int, b: int, theta: Fraction, gap: Fraction) -> bool:
    """Whether a^theta - b^theta > gap, decided exactly: roots of a^p and b^p are enclosed ever more narrowly.

    Where the difference is rational it is computed; otherwise (it is then irrational: Besicovitch 1940) some number of digits decides.
    """
    powers, t = (float(a) ** float(theta), float(b) ** float(theta)), float(gap)
    if abs(powers[0] - powers[1] - t) > NEAR * (powers[0] + powers[1] + abs(t)):
        return powers[0] - powers[1] > t
    p, q = theta.numerator, theta.denominator
    places = PLACES
    while True:
        unit = 10**places
        roots = [_root(n**p * unit**q, q) for n in (a, b)]
        exact = [r**q == n**p * unit**q for r, n in zip(roots, (a, b))]
        low = Fraction(roots[0] - roots[1] - (not exact[1]), unit)
        high = Fraction(roots[0] - roots[1] + (not exact[0]), unit)
        if low > gap or (low == gap and not all(exact)):
            return True
        if high < gap or (high == gap):
            return False
        places *= 2


def _root(n: int, q: int) -> int:
    """The largest whole r with r^q <= n (Newton)."""
    if q == 1:
        return n
    if q == 2:
        return isqrt(n)
    r = 1 << -(-n.bit_length() // q)
    while True:
        better = ((q - 1) * r + n // r ** (q - 1)) // q
        if better >= r:
            return r
        r = better
