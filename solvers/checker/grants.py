"""The part of the checker for choices of projects: what is chosen fits, and every leaf of the tree is closed by its prices.

For prices that are not negative, what keeps to the decisions above a leaf is worth at most the budget and quotas at their prices, less the
minima at theirs, plus what every open project is worth over its prices, if that is positive (weak duality). If all worths are exact, every
choice is worth a multiple of 1/D, D their common denominator, so that bounds may be rounded down to one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from ...games.message import say
from .reread import TOLERANCE, Claims, real, reals
from .sizes import common_denominator, whole


def grant_claims(certificate: Mapping[str, Any]) -> Claims:
    """Every claim of a certificate of kind ``grants``."""
    worths, draws = reals(certificate["worths"]), reals(certificate["draws"])
    n = len(worths)
    exact = not any(isinstance(w, float) for w in certificate["worths"])
    budget = sum(draws, start=Fraction(0)) if certificate["budget"] is None else real(certificate["budget"])
    groups = [
        (_places(g["members"], n), whole(g["least"]), len(g["members"]) if g["most"] is None else whole(g["most"]))
        for g in certificate["groups"]
    ]
    yield say("there is a worth and a draw for each of {n} projects", n=n), n > 0 and len(draws) == n and min(draws) >= 0
    D = common_denominator(worths) if exact else None
    common_denominator(draws)
    bounds = [_rounded(b, D) for b in _leaves(certificate["tree"], worths, draws, budget, groups)]
    if certificate["chosen"] is None:
        none = certificate["worth"] is None and max(bounds) < sum(min(w, Fraction(0)) for w in worths)
        yield say("no choice meets the groups within the budget"), none
        return
    chosen = _places(certificate["chosen"], n)
    yield say("the projects chosen keep to the budget"), sum(draws[j] for j in chosen) <= budget
    right = all(least <= len(members & chosen) <= most for members, least, most in groups)
    yield say("the projects chosen meet every minimum and quota"), right
    slack = Fraction(0) if exact else TOLERANCE * max(map(abs, worths)) * n
    worth, bound = real(certificate["worth"]), real(certificate["bound"])
    yield say("they are worth {worth} together", worth=worth), abs(worth - sum(worths[j] for j in chosen)) <= slack
    yield say("no choice is worth more than {bound}", bound=bound), max(bounds) <= bound + slack and worth <= bound + slack


def _places(given: Sequence[Any], n: int) -> set[int]:
    found = set(given)
    if len(found) != len(given) or not all(isinstance(j, int) and not isinstance(j, bool) and 0 <= j < n for j in found):
        raise ValueError("a list of projects names one twice, or one that is not there")
    return found


def _rounded(bound: Fraction, D: int | None) -> Fraction:
    return bound if D is None else Fraction((bound * D).__floor__(), D)


def _leaves(
    tree: Sequence[Mapping[str, Any]],
    worths: Sequence[Fraction],
    draws: Sequence[Fraction],
    budget: Fraction,
    groups: Sequence[tuple[set[int], int, int]],
) -> Iterator[Fraction]:
    """The bound of every leaf, each reached from the root by deciding a project both ways."""
    waiting: list[tuple[int, dict[int, int]]] = [(0, {})]
    reached: set[int] = set()
    while waiting:
        place, fixed = waiting.pop()
        if place in reached:
            raise ValueError("a node of the tree is reached twice")
        reached.add(place)
        node = tree[place]
        if "on" not in node:
            yield _bound(node, fixed, worths, draws, budget, groups)
            continue
        j, (without, built) = whole(node["on"]), map(whole, node["children"])
        if j in fixed or not j < len(worths) or not place < min(without, built):
            raise ValueError("a branching decides what is decided, or leads back")
        waiting += [(without, {**fixed, j: 0}), (built, {**fixed, j: 1})]


def _bound(
    node: Mapping[str, Any],
    fixed: Mapping[int, int],
    worths: Sequence[Fraction],
    draws: Sequence[Fraction],
    budget: Fraction,
    groups: Sequence[tuple[set[int], int, int]],
) -> Fraction:
    money, most, least = real(node["money"]), reals(node["most"]), reals(node["least"])
    common_denominator([money, *most, *least])
    if len(most) != len(groups) or len(least) != len(groups) or min([money, *most, *least]) < 0:
        raise ValueError("prices must be one for each row, none negative")
    left = [w - money * c for w, c in zip(worths, draws, strict=True)]
    total = money * budget
    for (members, low, high), up, down in zip(groups, most, least):
        total += up * high - down * low
        for j in members if up != down else ():
            left[j] -= up - down
    return total + sum((x * fixed[j] if j in fixed else max(x, Fraction(0)) for j, x in enumerate(left)), start=Fraction(0))


__all__ = ["grant_claims"]
