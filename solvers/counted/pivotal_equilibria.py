"""All mixed equilibria where exactly one number of others makes a player pivotal: k-of-n thresholds, the volunteer's dilemma.

The gain from the second action is ``g[i] = B [i = s] - C`` with 0 < C < B; gamma = C / B. A player who mixes is pivotal with
probability gamma. Write T(a, b) = C(a+b, a) a^a b^b / (a+b)^(a+b), the largest probability of a successes in a + b trials. It falls
strictly in a and in b, because (1 + 1/x)^x rises. Equal neighbours P(Bin(a+b-1, p) = a) = P(. = a-1) happen at p = a / (a+b) only,
and then both are T(a, b).

**Mixers alike** (k1 take action 1, m mix with p, k0 take action 0; d = m - 1, j = s - k1, f = pmf of Bin(d, p)): f(j) = gamma, and
f(j-1) <= gamma if k0 > 0, f(j+1) >= gamma if k1 > 0. f rises up to j if and only if p >= j / m. So

* k1 > 0: one equilibrium if T(j+1, d-j) >= gamma (p at or above (j+1)/m), else none;
* k1 = 0, 0 < s < d: two roots if T(s, d-s) > gamma, one if equal; the lower needs T(s, d-s+1) <= gamma unless k0 = 0;
* k1 = 0, s = 0 or s = d: one root; s = d > 0 needs T(d, 1) <= gamma unless k0 = 0.

**Mixers unalike** (p and q differ): let Z count the mixers but one of each kind. Both are indifferent, so P(Z = j) = P(Z = j-1) =
gamma. Distributions of sums of independent trials are strictly log-concave (Newton), so these two are the mode, no third probability
equals gamma, there are two kinds only (three kinds need three equal values), and those who take action 1, who need P(.= j+1) >=
gamma for a sum with more trials, cannot exist: k1 = 0, j = s; those who take action 0 lose strictly. Let a + 1 mix with p, b + 1 with
q > p, N = a + b = M - 2. If a, b >= 1: the ties P(Z = s) = P(Z = s-1) form one arc, q falling strictly in p (at a tie the difference
rises strictly in p and in q), and along it the common value changes strictly away from p = q, because the Jacobian of the two
probabilities is a b (q - p) (y^2 - xz) with x, y, z successive differences of a log-concave sequence and xz <= 0 at a tie. It rises
from T(s, N-s+1) at p = q to E = T(s, b-s+1) at p = 0 if s <= b, or T(s-b, N-s+1) at q = 1 otherwise. So there is **one equilibrium if
T(s, M-1-s) < gamma < E, and none otherwise**. (That equal values come as a minimum is Hoeffding 1956: along the constraint both are
affine in p + q and pq.) If a = 0, gamma = T(s, M-1-s) is needed: then one player may do anything while M - 1 mix with s / (M - 1): a
continuum. In particular like players who mix do so alike whenever gamma < T(s, n-1-s), the largest pivot probability among n - 1.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from math import comb, lgamma, log

import numpy as np

from ...games.exact import Array
from .bernstein import Bernstein, Root
from .mixing_pattern import Pattern
from .tied_pair import tied_pair


@dataclass(frozen=True)
class Pivot:
    """``g[i] = B [i = s] - C`` for ``n`` players; ``mirrored`` if that is so after exchanging the actions."""

    n: int
    s: int
    B: int
    C: int
    mirrored: bool = False

    def compare(self, a: int, b: int) -> int:
        """The exact sign of T(a, b) - C / B."""
        if a == 0 or b == 0:
            return 1
        m = a + b
        rough = lgamma(m + 1) - lgamma(a + 1) - lgamma(b + 1) + a * log(a / m) + b * log(b / m) - (log(self.C) - log(self.B))
        if abs(rough) > 1e-14 * ((m + 10) * (log(m) + 1) + log(self.B) + log(self.C)):  # far more than floats can have lost
            return 1 if rough > 0 else -1
        left, right = self.B * comb(m, a) * a**a * b**b, self.C * m**m
        return (left > right) - (left < right)

    def pattern(self, zeros: int, ones: int, m: int, low: Fraction, high: Fraction) -> Pattern:
        """``m`` mix with the only root between ``low`` and ``high``."""
        j = self.s - ones
        polynomial = Bernstein.spike(m - 1, -self.C, j, self.B)
        return Pattern(zeros, ones, ((m, polynomial.refined(low, high, 1 if low == 0 and j else -1)),))


def find_pivot(gain: Array) -> Pivot | None:
    """The one pivotal number of others, if ``gain`` (integers) has that form, directly or with the actions exchanged."""
    n = len(gain)
    if n < 2:
        return None
    for sequence, mirrored in ((gain, False), (-gain[::-1], True)):
        s = int(np.argmax(sequence))
        rest = sequence[1] if s == 0 else sequence[0]
        if sequence[s] > 0 > rest and np.count_nonzero(sequence == rest) == n - 1:
            return Pivot(n, s, int(sequence[s]) - int(rest), -int(rest), mirrored)
    return None


def pivotal_patterns(pivot: Pivot) -> Iterator[Pattern]:
    """Every equilibrium with players who mix, each once; continua apart (:func:`free_player`)."""
    for pattern in chain(_with_ones(pivot), _without_ones(pivot), unalike(pivot)):
        yield pattern.mirrored() if pivot.mirrored else pattern


def everybody_mixes(pivot: Pivot) -> list[Pattern]:
    """The equilibria in which all mix with the same probability."""
    found = list(_all_but_zeros(pivot, pivot.n - 1))
    return [pattern.mirrored() if pivot.mirrored else pattern for pattern in found]


def _with_ones(pivot: Pivot) -> Iterator[Pattern]:
    """a = j + 1 and b = d - j run down a staircase: T falls in both."""
    n, s = pivot.n, pivot.s
    for a in range(1, s + 1):
        for b in range(1, n - s):
            m = a + b
            order = pivot.compare(a, b)
            if order < 0:
                if b == 1:
                    return
                break
            ones, tied = s + 1 - a, Fraction(a, m)
            if order == 0:
                yield Pattern(n - ones - m, ones, ((m, Root(tied, tied)),))
            else:
                yield pivot.pattern(n - ones - m, ones, m, tied, Fraction(1))


def _without_ones(pivot: Pivot) -> Iterator[Pattern]:
    for d in range(max(pivot.s, 1), pivot.n):
        if pivot.s and d > pivot.s and pivot.compare(pivot.s, d - pivot.s) < 0:
            return
        yield from _all_but_zeros(pivot, d)


def _all_but_zeros(pivot: Pivot, d: int) -> Iterator[Pattern]:
    """d + 1 mix and the others take action 0."""
    s, m, zeros = pivot.s, d + 1, pivot.n - 1 - d
    none, all_ = Fraction(0), Fraction(1)
    if d < max(s, 1):
        return
    if s in (0, d):
        if s == 0 or not zeros or pivot.compare(d, 1) <= 0:
            yield pivot.pattern(zeros, 0, m, none, all_)
        return
    order, top = pivot.compare(s, d - s), Fraction(s, d)
    if order == 0:
        yield Pattern(zeros, 0, ((m, Root(top, top)),))
    if order > 0:
        if not zeros or pivot.compare(s, d - s + 1) <= 0:
            yield pivot.pattern(zeros, 0, m, none, top)
        yield pivot.pattern(zeros, 0, m, top, all_)


def unalike(pivot: Pivot) -> Iterator[Pattern]:
    """The equilibria in which two kinds of mixers differ, by the number M who mix and the split of it."""
    n, s = pivot.n, pivot.s
    if s == 0:
        return
    for beta in range(1, n - s):  # beta = M - 1 - s
        if pivot.compare(s, beta) >= 0:
            continue
        for a, b in splits(pivot, beta):
            p, q = tied_pair(a, b, s, Fraction(pivot.C, pivot.B))
            yield Pattern(n - a - b - 2, 0, ((a + 1, p), (b + 1, q)))


def splits(pivot: Pivot, beta: int) -> Iterator[tuple[int, int]]:
    """The a, b >= 1 with a + b = beta + s - 1 for which E exceeds gamma."""
    s = pivot.s
    for x in range(1, s):  # b = s - x < s: E = T(x, beta)
        if pivot.compare(x, beta) <= 0:
            break
        yield beta + x - 1, s - x
    for y in range(1, beta):  # b = s - 1 + y >= s: E = T(s, y)
        if pivot.compare(s, y) <= 0:
            break
        yield beta - y, s - 1 + y


def free_player(pivot: Pivot) -> tuple[int, Fraction] | None:
    """If there is a continuum: how many mix alike and with what probability while one more may do anything, the others action 0."""
    if pivot.s == 0:
        return None
    low, high = 1, pivot.n - 1 - pivot.s  # T(s, .) falls: look for gamma by halving
    while low <= high:
        beta = (low + high) // 2
        order = pivot.compare(pivot.s, beta)
        if order == 0:
            return beta + pivot.s, Fraction(pivot.s, beta + pivot.s)
        low, high = (beta + 1, high) if order > 0 else (low, beta - 1)
    return None
