"""The payoffs of a two-player repeated game: feasible, individually rational, and those of subgame-perfect equilibria.

Pure strategies, perfect monitoring, common discount factor delta, average payoffs, and a public lottery before every round, so that
all sets are convex: polygons, in rational numbers.

V*, the set of subgame-perfect payoffs, is the largest fixed point of Abreu, Pearce and Stacchetti (1990). It is computed as Abreu and
Sannikov (2014) do, by W -> R(W): for each profile a, with gain h_i(a) from deviating and threat u_i,

    C(a) = {g(a)}                                                          if delta (g_i(a) - u_i) >= (1 - delta) h_i(a) for both i,
    C(a) = vertices of {w in W: delta (w_i - u_i) >= (1 - delta) h_i(a)}    at which that is an equality for some i, otherwise,

    R(W) = hull of all (1 - delta) g(a) + delta C(a),      u_i = max(the threat before, least w_i in W).

Started at the feasible set and the pure minimax, every W contains V*, so a set cut short is an *outer bound*. Where R(W) = W, every
point of W is supported by continuations in W, so W is V* itself; it is empty where the repeated game has no equilibrium in pure
strategies.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from ...games.errors import InputError, NotApplicable, SizeError
from ...games.exact import as_json, number
from ...games.linear_program import matrix_game
from ...games.message import Message, say
from ...games.normal_form import NormalForm
from .polygon import Point, Polygon, above, hull

MOST_ROUNDS = 200
MOST_PROFILES = 10_000
MOST_BITS = 14_000  # of a coordinate, so that it can be written down: rational numbers grow round by round

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, eq=False)
class Minimax:
    """What each of two players can be held to: by pure actions of the other (``pure``), and by mixed ones (``mixed``)."""

    pure: Point
    mixed: Point

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return as_json({"pure": self.pure, "mixed": self.mixed})


@dataclass(frozen=True, eq=False)
class PayoffSet:
    """The subgame-perfect payoffs at ``delta``: ``vertices`` in counter-clockwise order, none if there is no equilibrium.

    ``exact``: the set is V* itself; otherwise it contains V*, and ``stop`` says why no more is known. ``threats``: the least payoff
    each player can be held to in equilibrium (a lower bound unless exact). ``rounds`` of the operator were made.
    """

    delta: Fraction
    vertices: Polygon
    threats: Point
    exact: bool
    stop: Message | None
    rounds: int
    feasible: Polygon
    rational: Polygon

    def holds(self, payoff: Sequence[object]) -> bool:
        """Whether a pair of payoffs lies in the set."""
        x, y = (Fraction(number(p, "payoff")) for p in payoff)
        return (x, y) in self.vertices or hull([*self.vertices, (x, y)]) == self.vertices

    def to_dict(self, read: Callable[[object], str] = str) -> dict[str, Any]:
        """The JSON form, schema ``encompass/payoff-set/1``."""
        return {
            "schema": "encompass/payoff-set/1",
            **as_json(
                {"delta": self.delta, "vertices": self.vertices, "threats": self.threats, "exact": self.exact, "rounds": self.rounds}
            ),
            "stop": None if self.stop is None else read(self.stop),
            "feasible": as_json(self.feasible),
            "individually_rational": as_json(self.rational),
        }


def _two(game: NormalForm) -> tuple[Any, Any]:
    """The payoffs of both players as rational numbers. Raises :class:`NotApplicable` unless there are two."""
    if len(game.players) != 2:
        raise NotApplicable("payoff sets are computed for two players; this game has {n}", n=len(game.players))
    fractions = [Fraction(x) / game.denominator for x in game.table.ravel().tolist()]
    table = np.array(fractions, dtype=object).reshape(game.table.shape)
    return table[0], table[1]


def feasible_payoffs(game: NormalForm) -> Polygon:
    """The convex hull of the payoffs of all pure profiles: what public lotteries over play can give. Counter-clockwise vertices."""
    A, B = _two(game)
    return hull(list(zip(A.ravel().tolist(), B.ravel().tolist())))


def minimax(game: NormalForm) -> Minimax:
    """The pure and the mixed minimax payoffs of both players, exact; the mixed ones by linear programming (von Neumann 1928)."""
    A, B = _two(game)
    return Minimax(pure_minimax(game), (_value(A), _value(B.T)))


def pure_minimax(game: NormalForm) -> Point:
    """What each player gets at least when the other holds it down by one pure action that it knows."""
    A, B = _two(game)
    return min(A.max(axis=0)), min(B.max(axis=1))


def _value(own: Any) -> Fraction:
    """The value of the zero-sum game in which the row player has payoffs ``own``: what mixing opponents can hold it to."""
    return matrix_game(own.T)[0]  # the chooser of a column (here the player's row) maximises the worst row


def individually_rational_payoffs(game: NormalForm, mixed: bool = True) -> Polygon:
    """The feasible payoffs that give both players at least their minimax (mixed, or pure)."""
    return above(feasible_payoffs(game), minimax(game).mixed if mixed else pure_minimax(game))


def subgame_perfect_payoffs(game: NormalForm, delta: object, rounds: int = MOST_ROUNDS, progress: Progress | None = None) -> PayoffSet:
    """The subgame-perfect payoffs in pure strategies with a public lottery, at discount factor ``delta`` in (0, 1).

    Floats are taken for the binary fractions they are. Cut short by ``rounds`` or an interrupt, the set is an outer bound and says so.
    Raises :class:`NotApplicable` unless there are two players, :class:`InputError`, :class:`SizeError`.
    """
    d = Fraction(number(delta, "delta"))
    if not 0 < d < 1:
        raise InputError("delta={value} must be more than 0 and less than 1", value=d)
    A, B = _two(game)
    if A.size > MOST_PROFILES:
        raise SizeError("payoff sets are computed for at most {limit} profiles; this game has {n}", n=A.size, limit=MOST_PROFILES)
    profiles = [_Profile(A, B, a, d) for a in game.profiles()]
    feasible, floor = feasible_payoffs(game), pure_minimax(game)
    W, threats, done, stop = feasible, floor, 0, None
    try:
        while stop is None:
            if progress is not None:
                progress(done, rounds, "rounds")
            after = hull([point for profile in profiles for point in profile.generated(W, threats)])
            least = _threats(threats, after)
            if after == W and least == threats:
                break
            stop = _too_long(after, done)
            if stop is None:
                W, threats, done = after, least, done + 1
                stop = _limit(done, rounds) if W else None
    except KeyboardInterrupt:
        stop = say("interrupted after {n} rounds; the set contains all equilibrium payoffs", n=done)
    return PayoffSet(d, W, threats, stop is None, stop, done, feasible, above(feasible, floor))


def _limit(done: int, rounds: int) -> Message | None:
    """Why the rounds end here, if they do."""
    if done >= rounds:
        return say("limit: {n} rounds did not settle the set; it contains all equilibrium payoffs", n=rounds)
    return None


def _too_long(after: Polygon, done: int) -> Message | None:
    """Why the next set is not taken, if its numbers are too long."""
    if any(max(x.numerator.bit_length(), x.denominator.bit_length()) > MOST_BITS for w in after for x in w):
        return say("limit: after {n} rounds the numbers are too long; the set contains all equilibrium payoffs", n=done)
    return None


def _threats(before: Point, W: Polygon) -> Point:
    """No worse than before, and not below what every point of W gives."""
    if not W:
        return before
    return max(before[0], min(w[0] for w in W)), max(before[1], min(w[1] for w in W))


class _Profile:
    """One pure profile: its payoff g and what continuation payoffs must give over the threat, (1 - delta) / delta h."""

    def __init__(self, A: Any, B: Any, a: tuple[int, ...], delta: Fraction) -> None:
        self.g: Point = (A[a], B[a])
        self.delta = delta
        factor = (1 - delta) / delta
        self.needed: Point = (factor * (max(A[:, a[1]]) - A[a]), factor * (max(B[a[0], :]) - B[a]))

    def generated(self, W: Polygon, threats: Point) -> list[Point]:
        """The points (1 - delta) g + delta w of R(W) that this profile adds."""
        floor = (threats[0] + self.needed[0], threats[1] + self.needed[1])
        if self.g[0] >= floor[0] and self.g[1] >= floor[1]:
            return [self.g]
        binding = [w for w in above(W, floor) if w[0] == floor[0] or w[1] == floor[1]]
        d = self.delta
        return [((1 - d) * self.g[0] + d * w[0], (1 - d) * self.g[1] + d * w[1]) for w in binding]
