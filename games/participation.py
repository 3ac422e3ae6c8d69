"""Participation and exit: who joins an institution, a contract or an agreement, when its members then act together.

The second stage is solved by the members' rule and folded into the payoffs of joining (second action "in") or staying out ("out"):
``inside[m]`` to each of m members, ``outside[m]`` to everybody else. A size is stable if nobody in wants to leave and nobody out to
join: the pure equilibria of the joining game by number of members.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from .counted_game import SymmetricGame
from .errors import InputError
from .exact import Number
from .normal_form import NormalForm, Profile
from .parameters import amount, amounts, counted, whole, whole_units

ZERO = Fraction(0)
ACTIONS = ("out", "in")


def joining(inside: object, outside: object) -> SymmetricGame:
    """With m members each gets ``inside[m - 1]``, m = 1..n, and everybody else ``outside[m]``, m = 0..n-1."""
    within = amounts(inside, "inside")
    without = amounts(outside, "outside", len(within))
    (i, i_unit), (o, o_unit) = whole_units(within), whole_units(without)
    return counted([[(o_unit, np.asarray(o))], [(i_unit, np.asarray(i))]], len(within), ACTIONS)


def exit_game(n: int, stay: object, leave: object) -> SymmetricGame:
    """Leaving ("out") pays ``leave`` whatever the others do; staying pays ``stay[m - 1]`` when m stay (Hirschman 1970)."""
    n = whole(n, "n")
    return joining(amounts(stay, "stay", n), [amount(leave, "leave")] * n)


def institution(n: int, mpcr: object, endowment: object = 1, cost: object = 0, minimum: int = 1, strictly: bool = True) -> SymmetricGame:
    """m join; if at least ``minimum`` did and it makes them better off (``strictly``), members contribute all and share ``cost``.

    Members get ``mpcr m E - cost / m``, outsiders ``E + mpcr m E``, all E without institution (Kosfeld, Okada and Riedl 2009;
    ATLAS P3.1, and P3.3 with a minimum participation: M-28).
    """
    n, r, E = whole(n, "n"), amount(mpcr, "mpcr", least=0), amount(endowment, "endowment", least=0)
    c, least = amount(cost, "cost", least=0), whole(minimum, "minimum", 1, n)

    def active(m: int) -> bool:
        gain = r * m * E - c / m - E if m else ZERO
        return m >= least and (gain > 0 or (gain == 0 and not strictly))

    inside = [r * m * E - c / m if active(m) else E for m in range(1, n + 1)]
    return joining(inside, [E + r * m * E if active(m) else E for m in range(n)])


def least_institution(mpcr: object, cost: object = 0, endowment: object = 1, strictly: bool = False) -> int | None:
    """s*: the fewest members for whom it pays, ``mpcr s >= 1 + cost / (s E)`` (ATLAS P3.1); None if no size does."""
    r, c, E = amount(mpcr, "mpcr", least=0), amount(cost, "cost", least=0), amount(endowment, "endowment", above=0)
    if r == 0:
        return None
    s = max(1, int(1 / r))
    while not ((r * s - 1) * E > c / s or (not strictly and (r * s - 1) * E == c / s)):
        s += 1
    return s


def dixit_olson(n: int, value: object, cost: object) -> SymmetricGame:
    """m participants share ``cost`` of a good worth ``value`` to each if it pays them, ``m value >= cost``; the others enjoy it free
    (Dixit and Olson 2000).
    """
    n, V, C = whole(n, "n"), amount(value, "value", least=0), amount(cost, "cost", above=0)
    inside = [V - C / m if m * V >= C else ZERO for m in range(1, n + 1)]
    return joining(inside, [V if m * V >= C else ZERO for m in range(n)])


def agreement(n: int, benefit: object = 1, cost: object = 1) -> SymmetricGame:
    """Joining an environmental agreement: abatement q costs ``c q^2 / 2`` and the sum Q gives ``b Q`` to each; s members maximise their
    joint payoff (q = s b / c), outsiders their own (q = b / c). Barrett 1994; Carraro and Siniscalco 1993.
    """
    n, b, c = whole(n, "n"), amount(benefit, "benefit", above=0), amount(cost, "cost", above=0)
    unit = b * b / c
    inside = [unit * (s * s + n - s - Fraction(s * s, 2)) for s in range(1, n + 1)]
    return joining(inside, [unit * (s * s + n - s - Fraction(1, 2)) for s in range(n)])


def stable_sizes(game: SymmetricGame, strictly: bool = False) -> tuple[int, ...]:
    """The numbers of members from which nobody gains by leaving (internal) and nobody by joining (external stability);
    ``strictly``: everybody would lose by it. D'Aspremont and others 1983.
    """
    gain = game.gain  # of joining, by how many others are in
    n, loss = game.n, game.slack

    def holds(value: Number) -> bool:
        return value > loss if strictly else value >= -loss

    return tuple(m for m in range(n + 1) if (m == 0 or holds(gain[m - 1])) and (m == n or holds(-gain[m])))


def threshold_crowd(thresholds: Sequence[int]) -> NormalForm:
    """Act: +1 if at least ``thresholds[i]`` others act, else -1; wait: 0 (Granovetter 1978). Large crowds: the cascade solver."""
    t = [whole(x, "thresholds", 0) for x in thresholds]
    if not t:
        raise InputError("a crowd needs at least one person")

    def payoff(a: Profile) -> list[Number]:
        acting = sum(a)
        return [Fraction((1 if acting - 1 >= t[i] else -1) if acts else 0) for i, acts in enumerate(a)]

    return NormalForm.from_function(payoff, [("wait", "act")] * len(t))
