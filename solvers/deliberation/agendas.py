"""What an agenda does: amendments voted on in order, a setter who proposes once, proposals by chance.

An amendment agenda puts the second alternative against the first, the third against whichever is left, and so on. ``beats[x, y]`` as in
:mod:`.majority`. Tie rule throughout: what is on the floor stays unless the challenger beats it.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Union

from ...games.deliberation.agenda import check_order, sincere, sophisticated
from ...games.errors import InputError
from ...games.exact import Array, Number
from ...games.parameters import amount, amounts, whole

Tree = Union[int, tuple["Tree", "Tree"]]  # noqa: UP007 - an alternative, or a vote between two subtrees

__all__ = [
    "capture",
    "closed_rule",
    "open_rule",
    "recognition",
    "romer_rosenthal",
    "sincere",
    "sophisticated",
    "tree_outcome",
    "winners_by_agenda",
]


def tree_outcome(tree: Tree, beats: Array) -> int:
    """The outcome of sophisticated voting on a binary tree (McKelvey and Niemi 1978): the left branch stays on a tie."""
    if isinstance(tree, int):
        return tree
    stay, change = (tree_outcome(branch, beats) for branch in tree)
    return change if beats[change, stay] else stay


def winners_by_agenda(beats: Array, orders: Sequence[Sequence[int]]) -> tuple[tuple[int, int], ...]:
    """(sincere, sophisticated) winner for every order."""
    for order in orders:
        check_order(order, len(beats))
    return tuple((sincere(beats, order), sophisticated(beats, order)) for order in orders)


def closed_rule(ideals: object, needed: int, status_quo: object, setter: object) -> Number:
    """The setter's best point that ``needed`` voters of single-peaked symmetric preferences take over the status quo (Romer and Rosenthal
    1978); voters who are indifferent accept. ``setter`` is the setter's ideal.

    A voter with ideal m accepts what lies between q and 2m - q, so what passes is an interval that holds q.
    """
    q, s = amount(status_quo, "status_quo"), amount(setter, "setter")
    mirrored = sorted(2 * m - q for m in amounts(ideals, "ideals"))
    k = whole(needed, "needed", 1, len(mirrored))
    low, high = min(q, mirrored[k - 1]), max(q, mirrored[len(mirrored) - k])
    return min(max(s, low), high)


def romer_rosenthal(median: object, status_quo: object, setter: object) -> Number:
    """The outcome of the closed rule against the median voter: the point nearest to the setter's ideal with |x - m| <= |q - m|."""
    return closed_rule([median], 1, status_quo, setter)


def capture(median: object, status_quo: object, setter: object) -> Number:
    """P7.1: how far from the median the setter gets, min(|e - m|, |m - q|) where q and e lie on different sides of m."""
    return abs(romer_rosenthal(median, status_quo, setter) - amount(median, "median"))


def open_rule(ideals: object) -> Number:
    """The median ideal, which beats every other point (Black 1948); the lower one of two."""
    points = sorted(amounts(ideals, "ideals"))
    return points[(len(points) - 1) // 2]


def recognition(beats: Array, start: int, rounds: int, chances: Sequence[object] | None = None) -> tuple[Number, ...]:
    """What is on the floor after ``rounds`` proposals, each alternative x drawn with ``chances[x]`` (equal ones if None): probabilities.

    A Markov chain on the alternatives: the proposal replaces what is on the floor iff it beats it. Exact for rational chances.
    """
    m = len(beats)
    drawn = (Fraction(1, m),) * m if chances is None else amounts(chances, "chances", m, Fraction(0))
    if abs(sum(drawn) - 1) > (0 if all(isinstance(p, Fraction) for p in drawn) else 1e-9):
        raise InputError("chances must sum to 1, not {total}", total=sum(drawn))
    now: list[Number] = [Fraction(int(x == whole(start, "start", 0, m - 1))) for x in range(m)]
    for _ in range(whole(rounds, "rounds", 0)):
        after: list[Number] = [Fraction(0)] * m
        for x, p in enumerate(now):
            for y, d in enumerate(drawn):
                after[y if beats[y, x] else x] += p * d
        now = after
    return tuple(now)
