"""The part of the checker for like players with two actions: that no equilibrium is missing.

Let ``g[j]`` be the gain from the second action when j others take it. For every number who take action 1 and every number who mix
alike the roots are isolated again by halving, exactly. That those who mix cannot do so unalike follows where g changes sign at most
once; where g has a single spike B - C among -C, by comparing C / B with T(a, b) = C(a+b, a) a^a b^b / (a+b)^(a+b) (the theorems are
proved where they are used to solve; here they are only applied).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from math import comb
from typing import Any

from ...games.message import say
from .reread import Claims, reals

NEAR = Fraction(1, 2**30)  # how far a float may be from the root it stands for
DEEPEST = 4000  # halvings


def mixer_claims(g: Sequence[Fraction], certificate: Mapping[str, Any]) -> Claims:
    """No equilibrium of like players with the gain ``g`` is missing from the certificate, and every continuum is there."""
    n = len(g)
    pure, alike, unalike = _sorted(certificate["equilibria"], n)
    found = [k for k in range(n + 1) if (k == 0 or g[k - 1] >= 0) and (k == n or g[k] <= 0)]
    yield say("no other pure profile is an equilibrium"), sorted(pure) == found
    spike = _spike(g)
    continua = [_as_continuum(component) for component in certificate["components"]]
    yield say("every continuum is listed"), sorted(continua) == sorted([*_runs(found, n), *_free(n, spike)])
    right = True
    for ones in range(n - 1):
        for m in range(2, n - ones + 1):
            right = right and _roots_match(g, ones, m, sorted(alike.get((ones, m), [])))
    yield say("no other equilibrium in which those who mix do so alike"), right
    changes = sign_changes(g)
    yield say("a theorem covers those who mix unalike"), changes <= 1 or spike is not None
    expected = sorted(_splits(n, spike[0], spike[1], spike[2])) if changes > 1 and spike is not None else []
    yield say("no other equilibrium in which those who mix do so unalike"), sorted(unalike) == expected


def whole(strategy: Sequence[object]) -> list[Fraction]:
    """Probabilities that sum to exactly 1: of two the second counts as written, of more the largest is what the others leave."""
    mix = reals(strategy)
    if any(isinstance(p, float) for p in strategy):
        top = 0 if len(mix) == 2 else max(range(len(mix)), key=lambda a: mix[a])
        mix[top] = 1 - sum((p for a, p in enumerate(mix) if a != top), start=Fraction(0))
    return mix


def _sorted(
    equilibria: Sequence[Mapping[str, Any]], n: int
) -> tuple[list[int], dict[tuple[int, int], list[Fraction]], list[tuple[int, ...]]]:
    """The listed equilibria: pure, those who mix alike, and unalike (zeros, ones, those of the lower and of the higher probability)."""
    pure: list[int] = []
    alike: dict[tuple[int, int], list[Fraction]] = {}
    unalike: list[tuple[int, ...]] = []
    for entry in equilibria:
        groups = [(whole(g["strategy"])[1], int(g["players"])) for g in entry["profile"]]
        ones = sum(m for p, m in groups if p == 1)
        mixing = sorted((p, m) for p, m in groups if 0 < p < 1)
        if not mixing:
            pure.append(ones)
        elif len(mixing) == 1:
            alike.setdefault((ones, mixing[0][1]), []).append(mixing[0][0])
        else:
            unalike.append((n - ones - sum(m for _, m in mixing), ones, *(m for _, m in mixing)))
    return pure, alike, unalike


Continuum = tuple[list[tuple[Fraction, int]], int]  # those who act as said (probability of action 1, players), and how many are free


def _as_continuum(component: Mapping[str, Any]) -> Continuum:
    return sorted((whole(g["strategy"])[1], int(g["players"])) for g in component["fixed"]), int(component["free"]["players"])


def _runs(found: Sequence[int], n: int) -> Iterator[Continuum]:
    """Where neighbouring numbers are both pure equilibria, those between may do anything."""
    for low in found:
        high = next(k for k in range(low, n + 2) if k + 1 not in found)
        if low - 1 not in found and high > low:
            yield _crowd([(Fraction(0), n - high), (Fraction(1), low)]), high - low


def _free(n: int, spike: tuple[int, Fraction, bool] | None) -> Iterator[Continuum]:
    """With a spike: one player may do anything while so many mix that each is as often pivotal without it."""
    if spike is None or spike[0] == 0:
        return
    s, gamma, mirrored = spike
    for b in range(1, n - s):
        if _tie(s, b) == gamma:
            p = Fraction(s, s + b)
            rest = (Fraction(int(mirrored)), n - 1 - s - b)
            yield _crowd([(1 - p if mirrored else p, s + b), rest]), 1


def _crowd(groups: Sequence[tuple[Fraction, int]]) -> list[tuple[Fraction, int]]:
    return sorted((p, m) for p, m in groups if m)


def sign_changes(values: Sequence[Fraction | int]) -> int:
    """How often the sign changes, zeros left out."""
    signs = [x > 0 for x in values if x]
    return sum(x != y for x, y in pairwise(signs))


def _roots_match(g: Sequence[Fraction], ones: int, m: int, listed: Sequence[Fraction]) -> bool:
    """Whether ``listed`` are the equilibria in which ``m`` mix alike, ``ones`` take action 1 and the rest action 0."""
    part = list(g[ones : ones + m])
    sides = [list(g[ones + 1 : ones + m + 1])] if ones + m < len(g) else []
    sides += [[-x for x in g[ones - 1 : ones + m - 1]]] if ones else []
    if not any(part) or not sign_changes(part):
        return not listed
    if sign_changes(part) > 1:
        part = _square_free(part)
    exact = [p for p in listed if _value(part, p) == 0]
    if any(_value(side, p) > 0 for side in sides for p in exact):
        return False
    rest = part
    for p in exact:
        rest = _deflated(rest, p)
    roots = [root for root in _isolated(rest) if _holds(rest, root, sides)]
    others = [p for p in listed if p not in exact]
    return len(roots) == len(others) and all(_is_root(rest, root, p) for root, p in zip(sorted(roots), others))


def _value(c: Sequence[Fraction], x: Fraction) -> Fraction:
    d = len(c) - 1
    return sum((comb(d, i) * x**i * (1 - x) ** (d - i) * y for i, y in enumerate(c) if y), start=Fraction(0))


def _deflated(c: Sequence[Fraction], root: Fraction) -> list[Fraction]:
    """The polynomial without a root, however often it has it: division by t - root / (1 - root), t = x / (1 - x)."""
    while len(c) > 1 and _value(c, root) == 0:
        d, t = len(c) - 1, root / (1 - root)
        quotient, carry = list[Fraction](), Fraction(0)
        for i in range(d, 0, -1):
            carry = comb(d, i) * c[i] + t * carry
            quotient.append(carry)
        c = [x / comb(d - 1, i) for i, x in enumerate(reversed(quotient))]
    return list(c)


def _square_free(c: Sequence[Fraction]) -> list[Fraction]:
    """The polynomial with each of its roots in (0, 1) once: with t = x / (1 - x), divided by what it shares with its derivative."""
    d = len(c) - 1
    row = [comb(d, i) * y for i, y in enumerate(c)]
    while not row[-1]:
        row.pop()
    while not row[0]:
        row.pop(0)
    shared, other = row, [i * y for i, y in enumerate(row)][1:]
    while other:
        shared, other = other, _divided(shared, other)[1]
    quotient = _divided(row, shared)[0]
    return [y / comb(len(quotient) - 1, i) for i, y in enumerate(quotient)]


def _divided(c: Sequence[Fraction], by: Sequence[Fraction]) -> tuple[list[Fraction], list[Fraction]]:
    """Quotient and remainder, coefficients from the constant up; no remainder is an empty list."""
    rest, quotient = list(c), list[Fraction]()
    while len(rest) >= len(by):
        factor = Fraction(rest[-1]) / by[-1]
        quotient.append(factor)
        start = len(rest) - len(by)
        rest = [y - factor * by[i - start] if i >= start else y for i, y in enumerate(rest)][:-1]
    while rest and not rest[-1]:
        rest.pop()
    return quotient[::-1], rest


def _isolated(c: Sequence[Fraction]) -> list[tuple[Fraction, Fraction]]:
    """An interval around each root in (0, 1) of a polynomial without multiple roots, in which the sign changes; a root found exactly
    stands twice.
    """
    found: list[tuple[Fraction, Fraction]] = []
    tasks = [(Fraction(0), Fraction(1), list(c))]
    while tasks:
        low, high, row = tasks.pop()
        changes = sign_changes(row)
        if changes == 1:
            found.append((low, high))
        if changes <= 1:
            continue
        left, right = [row[0]], [row[-1]]
        while len(row) > 1:
            row = [(x + y) / 2 for x, y in pairwise(row)]
            left.append(row[0])
            right.append(row[-1])
        middle = (low + high) / 2
        if left[-1] == 0:
            found.append((middle, middle))
        tasks += [(low, middle, left), (middle, high, right[::-1])]
    return found


def _halved(c: Sequence[Fraction], root: tuple[Fraction, Fraction]) -> tuple[Fraction, Fraction]:
    low, high = root
    middle = (low + high) / 2
    here, before = _value(c, middle), _just_after(c, low)
    return (middle, middle) if here == 0 else (middle, high) if (here > 0) == before else (low, middle)


def _just_after(c: Sequence[Fraction], x: Fraction) -> bool:
    """Whether the polynomial is positive just above ``x``: by the first coefficient on [x, 1] that is not zero."""
    row = list(c)
    right = [row[-1]]
    while len(row) > 1:
        row = [(1 - x) * p + x * q for p, q in pairwise(row)]
        right.append(row[-1])
    return next(y for y in reversed(right) if y) > 0


def _holds(c: Sequence[Fraction], root: tuple[Fraction, Fraction], sides: Sequence[Sequence[Fraction]]) -> bool:
    """Whether no side is positive at the root; the interval is halved until that is certain."""
    for _ in range(DEEPEST):
        low, high = root
        open_ = False
        for side in sides:
            value = _value(side, (low + high) / 2)
            steep = (len(side) - 1) * max((abs(y - x) for x, y in pairwise(side)), default=Fraction(0)) * (high - low) / 2
            if value > steep:
                return False
            open_ = open_ or value + steep > 0
        if not open_:
            return True
        root = _halved(c, root)
    raise ValueError("a sign could not be decided")


def _is_root(c: Sequence[Fraction], root: tuple[Fraction, Fraction], written: Fraction) -> bool:
    """Whether ``written`` is the root up to the rounding of a float."""
    low, high = max(root[0], written - NEAR), min(root[1], written + NEAR)
    if root[0] == root[1]:
        return low == high
    return low < high and _just_after(c, low) != (_value(c, high) > 0 if high < 1 else next(y for y in reversed(c) if y) > 0)


def _spike(g: Sequence[Fraction]) -> tuple[int, Fraction, bool] | None:
    """s and C / B if g is -C but for B - C > 0 at s, directly or with the actions exchanged (True)."""
    for row, mirrored in ((list(g), False), ([-x for x in reversed(g)], True)):
        s = row.index(max(row))
        rest = {x for i, x in enumerate(row) if i != s}
        if len(rest) == 1 and row[s] > 0 > min(rest):
            return s, -min(rest) / (row[s] - min(rest)), mirrored
    return None


def _tie(a: int, b: int) -> Fraction:
    return Fraction(comb(a + b, a) * a**a * b**b, (a + b) ** (a + b))


def _splits(n: int, s: int, gamma: Fraction, mirrored: bool) -> Iterator[tuple[int, ...]]:
    """Zeros, ones and the sizes of both kinds, for every equilibrium of unalike mixers."""
    for M in range(s + 2, n + 1):
        if s < 1 or _tie(s, M - 1 - s) >= gamma:
            continue
        for a in range(1, M - 2):
            b = M - 2 - a
            end = _tie(s, b - s + 1) if s <= b else _tie(s - b, M - 1 - s)
            if end > gamma:
                yield (0, n - M, b + 1, a + 1) if mirrored else (n - M, 0, a + 1, b + 1)
