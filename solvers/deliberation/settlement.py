"""Mediation of a dispute between two neighbours of private strength: how often a mediator can settle it (Hoerner, Morelli, Squintani 2015).

A pie of 1; each is strong with probability q, independently. Open conflict shrinks the pie to theta; the strong beats the weak with
probability p > 1/2, equals split. The mediator hears both, then settles with a probability and a share that depend on the reports, or
lets them fight.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from ...games.exact import number
from ...games.linear_program import maximise
from ...games.parameters import amount

ONE = Fraction(1)


def even_split_settles(theta: object, p: object, q: object) -> bool:
    """Whether both types accept an even split for sure: theta (q/2 + (1-q) p) <= 1/2 (ATLAS P10.1)."""
    t, win, strong = _given(theta, p, q)
    return t * (strong / 2 + (1 - strong) * win) <= Fraction(1, 2)


def most_settled(theta: object, p: object, q: object) -> Fraction:
    """The largest probability of settlement under truthful reports and interim participation (a linear program, exact; ATLAS P10.2)."""
    t, w, h = _given(theta, p, q)
    half, low = Fraction(1, 2), 1 - h
    # variables: settlement of two strong, of one strong, of two weak, and the strong one's share where one is (times its probability)
    strong = np.array([h * (1 - t) / 2, -low * t * w, 0, low])
    weak = np.array([0, h * (1 - t * (1 - w)), low * (1 - t) / 2, -h])
    strong_as_weak = np.array([0, h * (1 - t / 2), low * (half - t * w), -h])
    weak_as_strong = np.array([h * (half - t * (1 - w)), -low * t / 2, 0, low])
    rows = [-strong, -weak, strong_as_weak - strong, weak_as_strong - weak, np.array([0, -1, 0, 1])]
    rows += [np.array([int(k == j) for j in range(4)]) for k in range(3)]
    bounds = np.array([Fraction(0)] * 5 + [ONE] * 3, dtype=object)
    chances = np.array([h * h, 2 * h * low, low * low, Fraction(0)], dtype=object)
    return maximise(chances, np.array(rows, dtype=object), bounds).value


def _given(theta: object, p: object, q: object) -> tuple[Fraction, Fraction, Fraction]:
    values = [amount(number(v, n), n, least=Fraction(0), most=ONE) for v, n in ((theta, "theta"), (p, "p"), (q, "q"))]
    return Fraction(values[0]), Fraction(values[1]), Fraction(values[2])
