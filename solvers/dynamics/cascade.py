"""Cascades of thresholds (Granovetter 1978) and the critical mass (D-11).

A person with threshold t acts once at least t others act. Starting from nobody, or from a seed, the cascade adds whoever's threshold
is met until nobody is left to add. In a large population with threshold distribution H the share acting moves by q -> H(q); stable
rest points attract, and an unstable one between two of them is the critical mass (P12.4).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import comb
from typing import Any

from ...games.counted_game import SymmetricGame
from ...games.errors import InputError
from ...games.exact import Number, number
from .rest_points import RestPoint, rest_points


@dataclass(frozen=True, eq=False)
class Cascade:
    """``acting`` people when the cascade stops; ``path`` counts those acting after every round, the seed first."""

    acting: int
    people: int
    path: tuple[int, ...]

    def to_dict(self) -> dict[str, Any]:
        """The JSON form, schema ``encompass/cascade/1``."""
        return {"schema": "encompass/cascade/1", "acting": self.acting, "people": self.people, "path": list(self.path)}


def cascade(thresholds: Sequence[object], seed: int = 0) -> Cascade:
    """Who acts in the end, when those act whose threshold is met by the number acting a round before.

    ``seed`` people of the highest thresholds act whatever others do (so that they add as much as a seed can that joins last).
    Raises :class:`InputError` if a threshold is no number or the seed does not fit.
    """
    sorted_ = _sorted(thresholds)
    if not 0 <= seed <= len(sorted_):
        raise InputError("seed={seed} must lie between 0 and the number of people, {n}", seed=seed, n=len(sorted_))
    rest = sorted_[: len(sorted_) - seed]
    path = [seed]
    while (after := seed + bisect_right(rest, path[-1])) != path[-1]:
        path.append(after)
    return Cascade(path[-1], len(sorted_), tuple(path))


def cascade_equilibria(thresholds: Sequence[object]) -> tuple[int, ...]:
    """How many act in each pure equilibrium of the game in which acting pays iff at least t_i *others* act; the lowest thresholds act.

    m people act in equilibrium iff exactly m have t <= m - 1 and nobody else has t <= m. Complete.
    """
    sorted_ = _sorted(thresholds)
    return tuple(m for m in range(len(sorted_) + 1) if bisect_right(sorted_, m - 1) == m == bisect_right(sorted_, m))


def smallest_seed(thresholds: Sequence[object], goal: int | None = None) -> int:
    """The fewest people who must act whatever others do for ``goal`` people (None: all) to act in the end.

    With free choice of who. The best seed of a given size takes whom the cascade would reach last: raising the smallest count at
    which it stops is all that helps, and each of the highest thresholds does it for every stop at once.
    """
    people = len(thresholds)
    goal = people if goal is None else goal
    if not 0 <= goal <= people:
        raise InputError("goal={goal} must lie between 0 and the number of people, {n}", goal=goal, n=people)
    sorted_ = _sorted(thresholds)
    low, high = 0, goal  # a larger seed never reaches fewer
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if cascade(sorted_, middle).acting >= goal else (middle + 1, high)
    return low


def _sorted(thresholds: Sequence[object]) -> list[Number]:
    return sorted(number(t, "thresholds") for t in thresholds)


def adoption_rest_points(unconditional: object, never: object, a: int, b: int) -> tuple[RestPoint, ...]:
    """The rest points of q -> H(q), a share ``unconditional`` acting always, ``never`` not at all, and the others from thresholds
    distributed as Beta(a, b) with whole a, b >= 1 (P12.4).

    H is then a polynomial, so that no rest point is missed; a stable one attracts (H crosses the diagonal from above), an unstable
    one is a critical mass.
    """
    always, out = number(unconditional, "unconditional"), number(never, "never")
    if min(always, out) < 0 or always + out > 1:
        raise InputError("the shares {always} and {never} must not be negative, nor sum to more than 1", always=always, never=out)
    if min(a, b) < 1:
        raise InputError("a={a}, b={b} must be whole numbers, at least 1", a=a, b=b)
    degree = a + b - 1  # the distribution function of Beta(a, b) is P(Bin(degree, q) >= a): Bernstein coefficients 0 and 1
    rest = 1 - Fraction(always) - Fraction(out)
    drift = [Fraction(always) + rest * (j >= a) - Fraction(j, degree) for j in range(degree + 1)]
    return rest_points(drift, ends="if-zero")


def share_rest_points(thresholds: Sequence[object]) -> tuple[Fraction, ...]:
    """The shares q with H(q) = q for the step function H of the given thresholds (shares in [0, 1]), in rising order."""
    sorted_ = [Fraction(t) for t in _sorted(thresholds)]
    n = len(sorted_)
    return tuple(q for m in range(n + 1) if bisect_right(sorted_, q := Fraction(m, n)) == m)


def belief_threshold(cost: object, benefit: object, size: int) -> float:
    """P12.1: how sure one must be of each of the ``size`` - 1 neighbours for contributing to a weakest-link good to pay:
    (cost / benefit)^(1 / (size - 1)).
    """
    c, b = number(cost, "cost"), number(benefit, "benefit")
    if not 0 <= c <= b or b == 0 or size < 2:
        raise InputError("needs 0 <= cost <= benefit and at least two players; got cost {c}, benefit {b}, size {n}", c=c, b=b, n=size)
    return float(c / b) ** (1 / (size - 1))


def critical_mass(game: SymmetricGame) -> int | None:
    """The least number of *others* taking the second action at which it pays to join them; None if it never does.

    For a threshold good of k contributors this is k - 1 (D-11). Raises :class:`InputError` unless there are two actions.
    """
    return next((c for c, gain in enumerate(game.gain) if gain > game.slack), None)


def tipping_points(game: SymmetricGame) -> tuple[int, ...]:
    """Every number of others taking the second action from which on it pays to join them, while with one fewer it does not.

    Raises :class:`InputError` unless there are two actions.
    """
    gain = list(game.gain)
    joins = [x > game.slack for x in gain]
    return tuple(c for c in range(len(gain)) if joins[c] and (c == 0 or not joins[c - 1]))


def threshold_gain(players: int, needed: int, cost: object, benefit: object) -> tuple[Fraction, ...]:
    """The Bernstein coefficients of what contributing gains in a threshold good, by how many of the others contribute."""
    c, b = Fraction(number(cost, "cost")), Fraction(number(benefit, "benefit"))
    if not 1 <= needed <= players:
        raise InputError("needed={k} must lie between 1 and the number of players, {n}", k=needed, n=players)
    return tuple(b * (others == needed - 1) - c for others in range(players))


def critical_stake(players: int, needed: int, cost: object) -> tuple[Fraction, Fraction]:
    """Where the gain  r C(n-1, k-1) x^(k-1) (1-x)^(n-k) - cost  first touches zero: the double root x and the critical r.

    For a collective-risk dilemma r is the risk of losing the endowment (Santos and Pacheco 2011), for a threshold good the benefit:
    below it contributing never pays, above it there are two interior rest points (one if x is 0 or 1). The peak of the binomial weight
    is at x = (k-1)/(n-1). An r above 1 means that no risk is enough.
    """
    c = Fraction(number(cost, "cost"))
    if not 1 <= needed <= players or players < 2 or c < 0:
        raise InputError("needs 1 <= needed <= players, two players and a cost of at least 0; got {k}, {n}, {c}", k=needed, n=players, c=c)
    x = Fraction(needed - 1, players - 1)
    peak = comb(players - 1, needed - 1) * x ** (needed - 1) * (1 - x) ** (players - needed)
    return x, c / peak
