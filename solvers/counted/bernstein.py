"""Polynomials in Bernstein form on [0, 1]: exact signs, sign changes, isolated roots.

A :class:`Bernstein` of degree d with integer coefficients c_0..c_d is ``sum_i c_i C(d, i) x^i (1-x)^(d-i)``: the expectation of
c at a binomial count of d trials. The roots in (0, 1) are at most as many as the sign changes of c (zeros left out), and of the
same parity (Descartes; Polya and Schoenberg 1958); halving the interval (de Casteljau) isolates them. Everything is decided in
integers; floats only propose where a root lies.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from math import comb, exp, lgamma, log, log1p
from typing import Any

import numpy as np

from ...games.count_distribution import binomial
from ...games.exact import Array, Number
from .binomial_window import window_mean
from .polynomial_factors import common_factor, square_free

FINE = Fraction(1, 2**50)  # width, relative to the root, to which a root that is not rational is enclosed
FEW = 8  # coefficients that differ from the common one: then a value costs a few powers, not a sum over all
DENSE = 200  # largest degree at which values are computed exactly
SPARSE = 3000  # the same where all but a few coefficients are equal
DEEP = 40  # halvings after which a multiple root is suspected
WIDEST = 4000  # bits of a denominator to which roots are refined when they decide a comparison


def sign(x: Any) -> int:
    """-1, 0 or 1."""
    return int(x > 0) - int(x < 0)


def sign_changes(values: Sequence[Any] | Array) -> int:
    """How often the sign changes along ``values``, zeros left out."""
    if isinstance(values, list):
        nonzero = [x > 0 for x in values if x]
        return sum(x != y for x, y in pairwise(nonzero))
    signs = np.sign(np.asarray(values)).astype(np.int8)
    signs = signs[signs != 0]
    return int(np.count_nonzero(signs[1:] != signs[:-1]))


@dataclass(frozen=True)
class Root:
    """A root: ``low == high`` if it is that rational number, else the only root in (low, high), where the sign changes."""

    low: Fraction
    high: Fraction

    @property
    def value(self) -> Number:
        """The root as a Fraction if rational, else as the float in the middle of its interval."""
        return self.low if self.low == self.high else float((self.low + self.high) / 2)


class Bernstein:
    """The polynomial with ``coefficients`` (integers), or one that is ``base`` but for a few ``spikes`` (index, what is added)."""

    def __init__(self, coefficients: Sequence[int] | Array) -> None:
        self.values = np.asarray(coefficients)
        self.degree = len(self.values) - 1

    @classmethod
    def spike(cls, degree: int, base: int, place: int, extra: int) -> Bernstein:
        """The polynomial with all coefficients ``base`` but the one at ``place``, which has ``extra`` more."""
        size = abs(base) + abs(extra)
        values = np.full(degree + 1, base, dtype=np.int64 if size < 2**62 else object)
        values[place] += extra
        polynomial = cls(values)
        polynomial.__dict__["sparse"] = base, ((place, extra),)  # no search for what is known
        return polynomial

    @cached_property
    def c(self) -> list[int]:
        """The coefficients as Python integers."""
        return [int(x) for x in self.values]

    @cached_property
    def sparse(self) -> tuple[int, tuple[tuple[int, int], ...]] | None:
        """The common coefficient, and the few others as (index, difference); None if they are many."""
        kinds, counts = np.unique(self.values, return_counts=True)
        base = kinds[counts.argmax()]
        places = np.flatnonzero(self.values != base)
        if len(places) > FEW:
            return None
        return int(base), tuple((int(i), int(self.values[i]) - int(base)) for i in places)

    def numerator(self, x: Fraction) -> int:
        """The value at ``x`` times ``x.denominator ** degree``."""
        a, b, d = x.numerator, x.denominator, self.degree
        if self.sparse is not None:
            base, spikes = self.sparse
            return base * b**d + sum(extra * comb(d, i) * a**i * (b - a) ** (d - i) for i, extra in spikes)
        total, power, weight = 0, 1, 1  # Horner in x / (1 - x), kept in integers
        for i in range(d, -1, -1):
            total = total * a + weight * self.c[i] * power
            power *= b - a
            weight = weight * i // (d - i + 1)
        return total

    def sign(self, x: Fraction) -> int:
        """The exact sign at ``x``."""
        return sign(self.numerator(x))

    def value(self, x: Fraction) -> Fraction:
        """The exact value at ``x``."""
        return Fraction(self.numerator(x), x.denominator**self.degree)

    def float_value(self, x: Fraction) -> float:
        """The value at ``x`` rounded once: integers are divided, no fraction is shortened."""
        return self.numerator(x) / x.denominator**self.degree

    @cached_property
    def short(self) -> bool:
        """Whether exact values are worth their digits."""
        return self.degree <= DENSE or (self.degree <= SPARSE and self.sparse is not None)

    @cached_property
    def largest(self) -> float:
        """The largest coefficient in size."""
        return float(max(abs(self.values.max()), abs(self.values.min())))

    def certain_sign(self, x: Fraction) -> int:
        """The sign at ``x`` where it is certain, in integers or by floats with a bound on their error; else 0."""
        if self.short:
            return self.sign(x)
        value, error = window_mean(self.values, self.degree, float(x), self.largest)
        return sign(value) if abs(value) > error else 0

    def near(self, x: float) -> float:
        """The value at a float, with rounding errors: it proposes and does not decide."""
        d = self.degree
        if not self.short:
            return window_mean(self.values, d, x, self.largest)[0]
        if self.sparse is not None:
            base, spikes = self.sparse
            return base + sum(extra * _weight(d, i, x) for i, extra in spikes)
        if d > 30:
            return float(binomial(d, x) @ self.values.astype(float))
        total, power, weight = 0.0, 1.0, 1
        for i in range(d, -1, -1):
            total = total * x + weight * float(self.c[i]) * power
            power *= 1 - x
            weight = weight * i // (d - i + 1)
        return total

    def steepest(self) -> int:
        """A bound on the derivative's absolute value over [0, 1]."""
        return self.degree * int(np.abs(np.diff(self.values)).max(initial=0))

    def roots(self) -> list[Root]:
        """All roots in the open interval (0, 1), each once, in order. The polynomial must not be zero throughout."""
        found: list[Root] = []
        tasks = [(Fraction(0), Fraction(1), self.c)]
        while tasks:
            low, high, c = tasks.pop()
            changes = sign_changes(c)
            if changes == 1:
                found.append(self.refined(low, high, sign(next(x for x in reversed(c) if x))))
            if changes <= 1:
                continue
            if (high - low) * 2**DEEP < 1:  # a multiple root: the square-free part has the same roots, all simple
                return Bernstein(square_free(self.c)).roots()
            left, right = halves(c)
            middle = (low + high) / 2
            if left[-1] == 0:
                found.append(Root(middle, middle))
            tasks += [(low, middle, left), (middle, high, right)]
        return sorted(found, key=lambda root: root.low)

    def refined(self, low: Fraction, high: Fraction, last: int) -> Root:
        """The only root in (low, high), where the sign changes to ``last``: as the rational number it is, or enclosed to about
        ``FINE`` of its size.
        """
        if not self.short:
            return self._far(low, high, last)
        low, high = self._close(low, high, last)
        most = self._largest_denominator()
        while most.bit_length() < 200 and high > low and (high - low) * most * most >= 1:
            low, high = self.halved(low, high, last)
        rational = ((low + high) / 2).limit_denominator(min(most, 10**30))
        if low <= rational <= high and self.sign(rational) == 0:
            return Root(rational, rational)
        return Root(low, high)

    def halved(self, low: Fraction, high: Fraction, last: int) -> tuple[Fraction, Fraction]:
        """The half of (low, high) that holds the root; ``last`` is the sign before ``high``."""
        middle = (low + high) / 2
        here = self.sign(middle)
        return (middle, middle) if here == 0 else (low, middle) if here == last else (middle, high)

    def _close(self, low: Fraction, high: Fraction, last: int) -> tuple[Fraction, Fraction]:
        """A narrow interval around the root, both ends checked exactly."""
        guess = Fraction(_guess(self, float(low), float(high), last))
        reach = FINE * Fraction(2) ** _exponent(min(guess, 1 - guess) or FINE) if 0 < guess < 1 else FINE
        while low < guess < high:
            left, right = guess - reach, guess + reach
            if left <= low or right >= high:
                break
            if self.sign(left) == -last and self.sign(right) == last:
                low, high = left, right
                break
            reach *= 64
        while high - low > FINE * max(low, 1 - high, FINE) * 4 and high > low:
            low, high = self.halved(low, high, last)
        return low, high

    def _far(self, low: Fraction, high: Fraction, last: int) -> Root:
        """The root of a polynomial too long for exact values, between two floats at which the sign is certain."""
        guess = _guess(self, float(low), float(high), last)
        if not low < guess < high:
            raise ArithmeticError("a root could not be enclosed")
        reach = 2.0**-48 * min(guess, 1 - guess)
        while reach < min(guess, 1 - guess):
            left, right = Fraction(guess - reach), Fraction(guess + reach)
            if self.certain_sign(left) == -last and self.certain_sign(right) == last:
                return Root(max(left, low), min(right, high))
            reach *= 4
        raise ArithmeticError("a root could not be enclosed")

    def _largest_denominator(self) -> int:
        """A bound on the denominator of a rational root: with t = x / (1-x) the coefficients are c_i C(d, i)."""
        d = self.degree
        i, j = (next(i for i in order if self.values[i]) for order in (range(d + 1), range(d, -1, -1)))
        return abs(int(self.values[i])) * comb(d, i) + abs(int(self.values[j])) * comb(d, j)


def _weight(d: int, i: int, x: float) -> float:
    if x <= 0 or x >= 1:
        return float((x <= 0 and i == 0) or (x >= 1 and i == d))
    return exp(lgamma(d + 1) - lgamma(i + 1) - lgamma(d - i + 1) + i * log(x) + (d - i) * log1p(-x))


def _exponent(x: Fraction) -> int:
    return min(0, x.numerator.bit_length() - x.denominator.bit_length())


def _guess(polynomial: Bernstein, low: float, high: float, last: int) -> float:
    """Where the root lies, in floats: the Illinois variant of false position, with halving."""
    a, b = low, high
    fa, fb = -float(last), float(last)
    side = 0
    for step in range(80):
        x = (a * fb - b * fa) / (fb - fa) if step > 3 and fa != fb and step % 5 else (a + b) / 2
        if not a < x < b:
            x = (a + b) / 2
        fx = polynomial.near(x)
        if fx == 0 or b - a <= 4e-16 * max(abs(x), 1e-300):
            return x
        if (fx > 0) == (last > 0):
            b, fb = x, fx
            fa, side = (fa / 2, -1) if side == -1 else (fa, -1)
        else:
            a, fa = x, fx
            fb, side = (fb / 2, 1) if side == 1 else (fb, 1)
    return (a + b) / 2


def halves(c: Sequence[int]) -> tuple[list[int], list[int]]:
    """The coefficients on both halves of the interval, times 2^degree (de Casteljau)."""
    d = len(c) - 1
    row, left, right = list(c), [c[0] << d], [c[-1] << d]
    for k in range(1, d + 1):
        row = [x + y for x, y in pairwise(row)]
        left.append(row[0] << (d - k))
        right.append(row[-1] << (d - k))
    return left, right[::-1]


def sign_at(root: Root, defining: Bernstein, other: Bernstein) -> int:
    """The exact sign of ``other`` at a ``root`` of ``defining``: by a bound on its slope, or zero by a common factor."""
    if root.low == root.high:
        return other.sign(root.low)
    low, high, last = root.low, root.high, defining.sign(root.high)
    if defining.sign(low) != -last:
        return sign_at(root, Bernstein(square_free(defining.c)), other)
    shared: Bernstein | None = None
    while True:
        middle = (low + high) / 2
        value, scale = other.numerator(middle), middle.denominator**other.degree
        if abs(value) > other.steepest() * (high - low) * scale:
            return sign(value)
        if shared is None:
            if not any(other.c):
                return 0
            shared = Bernstein(square_free(common_factor(defining.c, other.c)))
            if shared.degree and shared.sign(low) * shared.sign(high) < 0:
                return 0
        if high.denominator.bit_length() > WIDEST:
            raise ArithmeticError("a sign could not be decided")
        low, high = defining.halved(low, high, last)
        if low == high:
            return other.sign(low)
