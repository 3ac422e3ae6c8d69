"""The gain from switching as a curve over log-odds, cut where it turns: what makes a count of quantal responses provable.

Two actions, n players alike. With p the probability of the second action and t = log(p / (1 - p)), let G(t) be the expected gain
from switching to it: a Bernstein polynomial in p with coefficients g_0..g_{n-1}. Then

    H(t) = dG/dt = p (1 - p) G'(p)    is a Bernstein polynomial too, of degree n, coefficients h_k = (g_k - g_{k-1}) k (n - k) / n,
    dH/dt = p (1 - p) H'(p),          H' of degree n - 1, coefficients proportional to h_{k+1} - h_k.

A fixed point of the logit response at rationality L is t = L G(t). So L(t) = t / G(t), dL/dt = (G - t H) / G^2, and
d(G - t H)/dt = -t dH/dt: between the zeros of dH/dt and 0 the turning-point function G - t H is monotone, H is monotone, and
between the zeros of H so is G. Everything therefore follows from the zeros of one polynomial, H', whose number in (0, 1) is
bounded by the sign changes of its coefficients (Descartes' rule in Bernstein form; Lane and Riesenfeld 1981).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from itertools import pairwise
from math import exp, log, pi, sqrt

import numpy as np

from ...games.counted_game import SymmetricGame
from ...games.exact import Array

FARTHEST = 700.0  # log-odds beyond which a probability is 0 or 1 in floats
MOST_SPLIT = 200  # degree up to which polynomials are subdivided in exact integers
DEEPEST = 12  # halvings
EPS = 2.0**-52
TINY = 1e-290  # weights below it have lost their digits

Signed = Callable[[float], tuple[float, float]]  # a function's value, and how far it may be off


def logistic(t: float) -> float:
    """1 / (1 + exp(-t)), with full relative precision for t < 0."""
    small = exp(max(-abs(t), -FARTHEST - 45))
    return (small if t < 0 else 1.0) / (1 + small)


class Gain:
    """G, H and dH/dt of ``game`` (two actions) in money, their zeros over log-odds, and whether the zeros are proved to be all."""

    def __init__(self, game: SymmetricGame) -> None:
        gain, n = game.gain, len(game.gain)
        self.n, self.exact = n, game.exact
        self._known: dict[tuple[int, float], tuple[float, float]] = {}
        steps = np.diff(gain.astype(object)) * np.arange(1, n) * np.arange(n - 1, 0, -1)  # n h_k for k = 1..n-1
        h: Array = np.concatenate([[0], steps, [0]])
        self.turns: Array = np.diff(h)  # coefficients of H', up to a positive factor
        self.g = (gain / game.denominator).astype(float)
        self.h = (h / (n * game.denominator)).astype(float)
        self.d = n * np.diff(self.h)
        self.start: Array = (game.table[0] / game.denominator).astype(float)
        self.ends = (int(np.sign(gain[0])), int(np.sign(gain[-1])))
        self.ties_at_half = self._ties_at_half(gain)
        self.grid = grid(n)
        self.proved = self._bends()
        if self.exact and vanishes_at_half(self.turns):
            self.bends = sorted({0.0 if abs(t) < 1e-12 else t for t in self.bends})
        bends = self.bends
        self.flats = self._zeros(self.H, bends, (0, 0))  # zeros of H
        self.roots = self._zeros(self.G, self.flats, self.ends)
        if self.ties_at_half:
            self.roots = sorted({t for t in self.roots if abs(t) > 1e-9} | {0.0})
        turning = self._zeros(self.T, sorted({*bends, 0.0}), self.ends)
        self.turning = [t for t in turning if not (self.ties_at_half and abs(t) < 1e-9)]

    def G(self, t: float) -> tuple[float, float]:
        """The gain at log-odds ``t``, money, and how far rounding may have put it off."""
        return self._seen(0, self.g, t)

    def H(self, t: float) -> tuple[float, float]:
        """Its slope in ``t``."""
        return self._seen(1, self.h, t)

    def _seen(self, which: int, c: Array, t: float) -> tuple[float, float]:
        """The Bernstein polynomial with coefficients ``c`` at ``t``, worked out once."""
        found = self._known.get((which, t))
        if found is None:
            found = self._known[which, t] = _bernstein(c, t)
        return found

    def T(self, t: float) -> tuple[float, float]:
        """G - t H: zero where rationality turns along a branch."""
        (g, a), (h, b) = self.G(t), self.H(t)
        return g - t * h, a + abs(t) * (b + EPS * abs(h))

    def S(self, t: float) -> tuple[float, float]:
        """(n - 1) G + t H: zero where the answer of one player to one other has slope -1, so that like players begin to differ."""
        (g, a), (h, b) = self.G(t), self.H(t)
        m = self.n - 1
        return m * g + t * h, m * a + abs(t) * (b + EPS * abs(h))

    def payoffs(self, t: float) -> tuple[float, float]:
        """What the first and the second action are worth at ``t``, money."""
        first = _bernstein(self.start, t)[0]
        return first, first + self.G(t)[0]

    def _ties_at_half(self, gain: Array) -> bool:
        """Whether uniform play makes both actions worth the same."""
        if self.exact:
            return vanishes_at_half(gain)
        value, off = self.G(0.0)
        return abs(value) <= off

    def _bends(self) -> bool:
        """Find the zeros of dH/dt, and say whether they are proved to be all."""
        signs = _signs(self.turns)
        variations = _variations(signs)
        self.bends = [] if variations == 0 else crossings(lambda t: _bernstein(self.d, t), self.grid)
        if not self.exact:
            return False
        if len(self.bends) == variations:
            return True
        if self.n > MOST_SPLIT:
            return False
        number, ends, all_found = isolated([int(x) for x in self.turns])
        extra = [log(p / (1 - p)) for p in map(float, ends)]
        self.bends = crossings(lambda t: _bernstein(self.d, t), sorted({*self.grid, *extra}))
        return all_found and len(self.bends) == number

    def _zeros(self, f: Signed, cuts: Iterable[float], ends: tuple[int, int]) -> list[float]:
        """The zeros of ``f``, monotone between ``cuts``, of the signs ``ends`` at infinity. A cut where the sign cannot be told is a
        zero of its own (a double one), and nothing is proved any more.
        """
        found: list[float] = []
        points: list[tuple[float, int]] = [(-FARTHEST, ends[0])]
        for cut in cuts:
            value, off = f(cut)
            if abs(value) > off:
                points.append((cut, 1 if value > 0 else -1))
            elif not (self.ties_at_half and cut == 0.0):
                self.proved = self.proved and bool(not self.g.any() or not self.h.any())
                found.append(cut)
                points.append((cut, 0))
            else:
                points.append((cut, 0))
        points.append((FARTHEST, ends[1]))
        for (a, s), (b, r) in pairwise(points):
            if s * r < 0:
                found.append(bisected(f, a, b, s))
        return sorted(found)


def vanishes_at_half(coefficients: Array) -> bool:
    """Whether the Bernstein polynomial with these integer coefficients is 0 at 1/2; exact, but only where floats cannot tell."""
    total, weight, m = 0, 1, len(coefficients) - 1
    folded = (coefficients.astype(object) + coefficients[::-1].astype(object))[: m // 2 + 1]  # k and m - k weigh alike
    places = np.flatnonzero(folded)
    if len(places) == 0:
        return True
    if max(abs(int(x)) for x in folded[places]) < 10**300:
        k = np.arange(m // 2, dtype=float)
        logs = np.concatenate([[0.0], np.cumsum(np.log((m - k) / (k + 1)))])[places]
        terms = np.exp(logs - logs.max()) * folded[places].astype(float) / np.where(2 * places == m, 2, 1)
        if abs(float(terms.sum())) > (m * m * EPS + 1e-9) * float(np.abs(terms).sum()):  # m roundings of logs below m
            return False
    for k, entry in enumerate(coefficients):
        total += weight * int(entry)
        weight = weight * (m - k) // (k + 1)
    return total == 0


def grid(n: int) -> list[float]:
    """Log-odds that no feature of a Bernstein polynomial of degree about ``n`` falls between, unless its coefficients differ wildly."""
    steps = min(4000, 40 + int(12 * sqrt(n)))
    angles = np.linspace(0, pi / 2, steps + 2)[1:-1]
    reach = log(n + 1) + 30
    tails = np.arange(-reach, reach + 0.5, 0.5)
    return sorted({*(2 * np.log(np.tan(angles))).tolist(), *tails.tolist(), 0.0})


def crossings(f: Signed, points: Iterable[float]) -> list[float]:
    """Where ``f`` changes sign between neighbours of ``points``, refined."""
    found: list[float] = []
    last: tuple[float, int] | None = None
    for t in points:
        value, off = f(t)
        if abs(value) <= off:
            continue
        sign = 1 if value > 0 else -1
        if last is not None and last[1] != sign:
            found.append(bisected(f, last[0], t, last[1]))
        last = (t, sign)
    return found


def bisected(f: Signed, a: float, b: float, sign: int) -> float:
    """The zero of ``f`` between ``a``, where it has ``sign``, and ``b``."""
    while True:
        middle = (a + b) / 2
        if middle in (a, b) or abs(b - a) <= 4 * EPS * max(abs(middle), 1e-3):
            return middle
        value = f(middle)[0]
        if value == 0:
            return middle
        if value * sign > 0:
            a = middle
        else:
            b = middle


def isolated(coefficients: list[int]) -> tuple[int, list[Fraction], bool]:
    """How many zeros in (0, 1) at which the Bernstein polynomial changes sign, dyadic points that part them, and whether that is
    proved: by halving in exact integers until every part has at most one sign change among its coefficients.
    """
    number, proved = 0, True
    ends: set[Fraction] = set()
    stack = [(Fraction(0), Fraction(1), coefficients, 0)]
    while stack:
        low, high, c, depth = stack.pop()
        variations = _variations(_signs(c))
        if variations <= 1:
            number += variations
            ends |= {low, high}
            continue
        if depth == DEEPEST:
            proved = False
            continue
        left, right = halved(c)
        middle = (low + high) / 2
        if left[-1] == 0:  # a zero at the middle itself
            number += [s for s in _signs(left) if s][-1:] != [s for s in _signs(right) if s][:1]
        stack += [(low, middle, left, depth + 1), (middle, high, right, depth + 1)]
    return number, sorted(ends - {0, 1}), proved


def halved(c: list[int]) -> tuple[list[int], list[int]]:
    """The coefficients on both halves (de Casteljau), up to one common positive factor."""
    m, row = len(c) - 1, np.array(c, dtype=object)
    left, right = [row[0] << m], [row[-1] << m]
    for k in range(1, m + 1):
        row = row[:-1] + row[1:]
        left.append(row[0] << (m - k))
        right.append(row[-1] << (m - k))
    return left, right[::-1]


def _bernstein(c: Array, t: float) -> tuple[float, float]:
    """The Bernstein polynomial with coefficients ``c`` at log-odds ``t``, and a bound of its rounding error."""
    m = len(c) - 1
    if t > 0:
        c, t = c[::-1], -t
    low, weights = likely(m, logistic(t))
    part = c[low : low + len(weights)]
    largest = max(float(c.max()), -float(c.min()))  # no copy of a million numbers
    terms = weights * part  # summed without BLAS, whose threads cost more than they bring here
    return float(terms.sum()), (8 * m + 32) * EPS * float(np.abs(terms).sum()) + TINY * largest


def likely(m: int, p: float) -> tuple[int, Array]:
    """The probabilities of low, low + 1, ... successes of ``m``, each with probability ``p`` <= 1/2, and low: all but a mass below
    10^-290 (Bernstein's inequality), by ratios of neighbours away from the mode.
    """
    mode, odds = min(m, int((m + 1) * p)), p / (1 - p)
    reach = 2 + int(223 + sqrt(223 * 223 + 1340 * m * p * (1 - p)))
    low, high = max(0, mode - reach), min(m, mode + reach)
    up, down = np.arange(mode, high, dtype=float), np.arange(mode, low, -1, dtype=float)
    weights = np.empty(high - low + 1)
    weights[mode - low] = 1.0
    weights[mode - low + 1 :] = np.cumprod((m - up) / (up + 1) * odds)
    weights[: mode - low] = np.cumprod(down / (m - down + 1) / odds)[::-1]
    return low, weights / weights.sum()


def _signs(values: Iterable[object]) -> list[int]:
    return [(x > 0) - (x < 0) for x in values]  # type: ignore[operator]


def _variations(signs: list[int]) -> int:
    kept = [s for s in signs if s]
    return sum(a != b for a, b in pairwise(kept))
