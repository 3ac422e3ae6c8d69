"""DL-4 at its worst: the share p of residents at one of two points for which pairwise deliberation costs most against the better point.

With p <= 1/2 at point 1 the cost is pi (1 - p) + (1 - pi) p, the least cost p, so the ratio is 1 + (pi / p)(1 - 2p) with pi the chance of
point 1. After T rounds pi is a polynomial in p, pi_0 = p and pi_(t+1) = p^2 + 2p(1-p) pi_t; in the long run pi = p^2/(p^2 + (1-p)^2).
The ratio is at its largest at a root of a polynomial with integer coefficients, isolated exactly, or in the limit at p = 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import comb, isqrt, lcm, sqrt
from typing import Any

from ...games.exact import Number, as_json
from ...games.parameters import whole
from ..counted.bernstein import Bernstein, Root

MOST_ROUNDS = 60

Polynomial = list[Fraction]  # coefficients, constant first


@dataclass(frozen=True)
class WorstShare:
    """The largest ``ratio`` over shares ``p`` in (0, 1/2], both as numbers and, where p solves a quadratic equation, as expressions.

    ``attained`` is False if the ratio is only approached, as p falls to 0. ``low`` and ``high`` enclose p.
    """

    rounds: int | None
    p: Number
    ratio: Number
    low: Fraction
    high: Fraction
    attained: bool
    p_expression: str
    ratio_expression: str

    def to_dict(self) -> dict[str, Any]:
        """The JSON form, schema ``encompass/worst-share/1``."""
        return as_json({"schema": "encompass/worst-share/1", **vars(self)})


def worst_share(rounds: int | None = None) -> WorstShare:
    """The worst share after ``rounds`` rounds from a random resident's point; None: in the long run."""
    if rounds is not None:
        whole(rounds, "rounds", 0, MOST_ROUNDS)
    above, below = _ratio(rounds)
    slope = _less(_times(_slope(above), below), _times(above, _slope(below)))
    roots = _roots(slope)
    candidates = [Root(Fraction(0), Fraction(0)), Root(Fraction(1, 2), Fraction(1, 2)), *roots]
    best = max(candidates, key=lambda root: _value(above, root.value) / _value(below, root.value))
    surd = _surd(slope, best)
    ratio = _value(above, best.value) / _value(below, best.value)
    if surd is None:
        return WorstShare(rounds, best.value, ratio, best.low, best.high, best.high > 0, "", "")
    at = _over(_at(above, surd), _at(below, surd))
    return WorstShare(rounds, best.value, float(at.a) + float(at.b) * sqrt(at.d), best.low, best.high, True, surd.text, at.text)


def _ratio(rounds: int | None) -> tuple[Polynomial, Polynomial]:
    """The ratio as one polynomial over another."""
    towards = [Fraction(1), Fraction(-2)]  # 1 - 2p
    if rounds is None:
        below = [Fraction(1), Fraction(-2), Fraction(2)]  # p^2 + (1-p)^2
        return _plus(below, _times([Fraction(0), Fraction(1)], towards)), below
    share: Polynomial = [Fraction(1)]  # pi / p
    for _ in range(rounds):
        share = _plus([Fraction(0), Fraction(1)], _times([Fraction(0), Fraction(2), Fraction(-2)], share))
    return _plus([Fraction(1)], _times(share, towards)), [Fraction(1)]


def _plus(f: Polynomial, g: Polynomial) -> Polynomial:
    size = max(len(f), len(g))
    return [sum((h[k] for h in (f, g) if k < len(h)), start=Fraction(0)) for k in range(size)]


def _less(f: Polynomial, g: Polynomial) -> Polynomial:
    return _plus(f, [-x for x in g])


def _times(f: Polynomial, g: Polynomial) -> Polynomial:
    result = [Fraction(0)] * (len(f) + len(g) - 1)
    for i, x in enumerate(f):
        for j, y in enumerate(g):
            result[i + j] += x * y
    return result


def _slope(f: Polynomial) -> Polynomial:
    return [k * x for k, x in enumerate(f)][1:] or [Fraction(0)]


def _value(f: Polynomial, x: Number) -> Number:
    total: Any = Fraction(0)
    for c in reversed(f):
        total = total * x + c
    return total


def _trimmed(f: Sequence[Fraction]) -> Polynomial:
    size = max((k + 1 for k, x in enumerate(f) if x), default=1)
    return list(f[:size])


def _roots(f: Polynomial) -> list[Root]:
    """The roots in (0, 1/2), through the Bernstein form on [0, 1] of f(x / 2)."""
    halved = [x / 2**k for k, x in enumerate(_trimmed(f))]
    d = len(halved) - 1
    if d < 1:
        return []
    c = [sum((Fraction(comb(i, k), comb(d, k)) * halved[k] for k in range(i + 1)), start=Fraction(0)) for i in range(d + 1)]
    scale = lcm(*(x.denominator for x in c))
    return [Root(root.low / 2, root.high / 2) for root in Bernstein([int(x * scale) for x in c]).roots() if 0 < root.high <= 1]


@dataclass(frozen=True)
class _Surd:
    """a + b sqrt d, with d free of squares."""

    a: Fraction
    b: Fraction
    d: int

    @property
    def text(self) -> str:
        scale = lcm(self.a.denominator, self.b.denominator)
        a, b = int(self.a * scale), int(self.b * scale)
        root = f"sqrt({self.d})" if abs(b) == 1 else f"{abs(b)}*sqrt({self.d})"
        top = f"{'-' if b < 0 else ''}{root}" if a == 0 else f"{a}{'-' if b < 0 else '+'}{root}"
        return top if scale == 1 else f"({top})/{scale}"


def _surd(slope: Polynomial, root: Root) -> _Surd | None:
    """The root as a + b sqrt d if the slope, without factors p, is quadratic and the root is not rational."""
    f = _trimmed(slope)
    while len(f) > 1 and f[0] == 0:
        f = f[1:]
    if len(f) != 3 or root.low == root.high:
        return None
    c, b, a = f
    inside = b * b - 4 * a * c
    number = inside.numerator * inside.denominator  # sqrt(m/n) = sqrt(m n) / n
    square = max(k for k in range(1, isqrt(number) + 1) if number % (k * k) == 0)
    step = Fraction(square, inside.denominator) / (2 * a)
    found = [_Surd(-b / (2 * a), s * step, number // square**2) for s in (1, -1)]
    return min(found, key=lambda x: abs(float(x.a) + float(x.b) * sqrt(x.d) - float(root.value)))


def _at(f: Polynomial, x: _Surd) -> _Surd:
    total = _Surd(Fraction(0), Fraction(0), x.d)
    for c in reversed(f):
        total = _Surd(total.a * x.a + total.b * x.b * x.d + c, total.a * x.b + total.b * x.a, x.d)
    return total


def _over(x: _Surd, y: _Surd) -> _Surd:
    norm = y.a * y.a - y.b * y.b * y.d
    return _Surd((x.a * y.a - x.b * y.b * x.d) / norm, (x.b * y.a - x.a * y.b) / norm, x.d)
