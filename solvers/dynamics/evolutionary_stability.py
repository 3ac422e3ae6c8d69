"""Evolutionarily stable strategies, and risk dominance.

Two players, payoffs A (own, other): x is evolutionarily stable if it is a best reply to itself and does better against every other
best reply y than y does against itself (Maynard Smith and Price 1973). Let S be the support of x and B the actions that are best
replies to it. Then x is one iff  z'Az < 0  for all z != 0 with sum z = 0, z = 0 outside B and z >= 0 on B - S (Haigh 1975; Abakuks
1980): after the free coordinates are eliminated, strict copositivity of a matrix with a row for each action of B - S.

More than two players and two actions: x is one iff the gain from the second action is positive just below x and negative just above it
(Palm 1984; Broom, Cannings and Vickers 1997), where only one side counts at 0 and 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import Any

import numpy as np

from ...games.counted_game import SymmetricGame
from ...games.errors import InputError, NotApplicable, SizeError
from ...games.exact import Array, Number, as_json
from ...games.normal_form import NormalForm, Profile
from .evolution import check_two_player, replicator_rest_points

MOST_ACTIONS = 14  # supports tried: 2^14


@dataclass(frozen=True, eq=False)
class Stable:
    """An evolutionarily stable ``strategy`` (probabilities by action; with two actions and many players floats where not rational), its
    ``payoff`` against itself, and its ``support``.
    """

    strategy: tuple[Number, ...]
    payoff: Number | None
    support: tuple[int, ...]

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return as_json(vars(self))


def evolutionarily_stable(game: SymmetricGame) -> tuple[Stable, ...]:
    """All evolutionarily stable strategies: exact and complete. Floats are taken for the binary fractions they are.

    Two players with at most 14 actions, or any number with two. Raises :class:`NotApplicable` and :class:`SizeError` otherwise.
    """
    k = len(game.actions[0])
    if game.n > 2 and k == 2:
        points = [p for p in replicator_rest_points(game) if p.stability == "stable"]
        return tuple(Stable((1 - p.value, p.value), None, (1,) if p.value == 1 else (0,) if p.value == 0 else (0, 1)) for p in points)
    A = check_two_player(game)
    if k > MOST_ACTIONS:
        raise SizeError("{k} actions have too many supports to try; at most {limit}", k=k, limit=MOST_ACTIONS)
    found: list[Stable] = []
    for size in range(1, k + 1):
        for S in combinations(range(k), size):
            if any(set(S) >= set(one.support) for one in found):  # nothing stable on a larger support (Haigh 1975)
                continue
            x = _equaliser(A, S)
            if x is not None and _resists(A, x, S):
                found.append(Stable(tuple(x), sum(p * q for p, q in zip(x, A @ x)), S))
    return tuple(found)


def is_evolutionarily_stable(game: SymmetricGame, strategy: Sequence[object]) -> bool:
    """Whether the mixed ``strategy`` (rational probabilities by action) of a game of two players is evolutionarily stable. Exact."""
    A = check_two_player(game)
    x = np.array([Fraction(p) for p in strategy], dtype=object)  # type: ignore[arg-type]
    if len(x) != len(A) or min(x) < 0 or sum(x) != 1:
        raise InputError("strategy={value!r} must be probabilities of {k} actions", value=tuple(strategy), k=len(A))
    return _resists(A, x, tuple(int(a) for a in np.flatnonzero(x)))


def _equaliser(A: Array, S: tuple[int, ...]) -> Array | None:
    """The strategy with support exactly S against which all of S earn the same, if there is just one."""
    m = len(S)
    M = np.full((m + 1, m + 2), Fraction(0), dtype=object)
    M[:m, :m] = A[np.ix_(S, S)]
    M[:m, m], M[m, :m], M[m, m + 1] = Fraction(-1), Fraction(1), Fraction(1)
    solved = solve_exactly(M)
    if solved is None or min(solved[:m]) <= 0:
        return None
    x = np.full(len(A), Fraction(0), dtype=object)
    x[list(S)] = solved[:m]
    return x


def _resists(A: Array, x: Array, S: tuple[int, ...]) -> bool:
    """Whether x is a best reply to itself and z'Az < 0 in all directions that count (head of the file)."""
    worth = A @ x
    best = max(worth)
    if any(worth[a] != best for a in S):
        return False
    extra = [a for a in range(len(A)) if worth[a] == best and a not in S]
    anchor, free = S[0], list(S[1:])
    rows = free + extra  # z[anchor] = -(sum of the others)
    Q = np.full((len(rows), len(rows)), Fraction(0), dtype=object)
    for i, a in enumerate(rows):
        for j, b in enumerate(rows):
            both = A[a, b] - A[anchor, b] - A[a, anchor] + A[anchor, anchor]
            other = A[b, a] - A[anchor, a] - A[b, anchor] + A[anchor, anchor]
            Q[i, j] = -(both + other) / 2
    for _ in free:  # minimise over a free coordinate: its pivot must be positive (Schur complement)
        if Q[0, 0] <= 0:
            return False
        Q = Q[1:, 1:] - np.outer(Q[1:, 0], Q[0, 1:]) / Q[0, 0]
    return is_strictly_copositive(Q)


def is_strictly_copositive(Q: Array) -> bool:
    """Whether z'Qz > 0 for all z >= 0 but 0, for a symmetric rational Q.

    If the least value on the simplex is at most 0, it is taken at a point v inside some face J of fewest vertices, and there
    Q_J v = value * 1 has no other solution on the face: so every face is tried for one (Gaddum 1958).
    """
    m = len(Q)
    for size in range(1, m + 1):
        for J in combinations(range(m), size):
            M = np.full((size + 1, size + 2), Fraction(0), dtype=object)
            M[:size, :size] = Q[np.ix_(J, J)]
            M[:size, size], M[size, :size], M[size, size + 1] = Fraction(-1), Fraction(1), Fraction(1)
            v = solve_exactly(M)
            if v is not None and min(v[:size]) > 0 and v[size] <= 0:
                return False
    return True


def solve_exactly(M: Array) -> Array | None:
    """The solution of the square system [A | b] in rational numbers; None unless it has exactly one."""
    M = M.copy()
    n = len(M)
    for j in range(n):
        pivot = next((i for i in range(j, n) if M[i, j] != 0), None)
        if pivot is None:
            return None
        M[[j, pivot]] = M[[pivot, j]]
        M[j] = M[j] / M[j, j]
        for i in range(n):
            if i != j and M[i, j] != 0:
                M[i] = M[i] - M[j] * M[i, j]
    return M[:, n]


@dataclass(frozen=True, eq=False)
class RiskDominance:
    """Two strict equilibria and the product of what the players lose by leaving each alone; ``dominant``: the larger, None if equal."""

    equilibria: tuple[Profile, Profile]
    products: tuple[Number, Number]

    @property
    def dominant(self) -> Profile | None:
        """The risk-dominant equilibrium."""
        a, b = self.products
        return None if a == b else self.equilibria[0] if a > b else self.equilibria[1]

    def to_dict(self) -> dict[str, Any]:
        """The JSON form, schema ``encompass/risk-dominance/1``."""
        return as_json({"schema": "encompass/risk-dominance/1", **vars(self), "dominant": self.dominant})


def risk_dominance(game: NormalForm, one: Profile, other: Profile) -> RiskDominance:
    """Which of two equilibria in which both players act differently risk-dominates the other, when each player chooses between its two
    actions there (Harsanyi and Selten 1988): the products of losses from deviating to the other equilibrium's action.

    Raises :class:`NotApplicable` unless there are two players, :class:`InputError` unless both are equilibria of these two actions.
    """
    if len(game.players) != 2:
        raise NotApplicable("risk dominance compares two equilibria of two players; this game has {n}", n=len(game.players))
    fits = all(len(a) == 2 and all(0 <= x < k for x, k in zip(a, game.shape)) for a in (one, other))
    if not fits or one[0] == other[0] or one[1] == other[1]:
        raise InputError("{one} and {other} are not two profiles in which both players act differently", one=list(one), other=list(other))
    products: list[Number] = []
    for here, there in ((one, other), (other, one)):
        first = game.payoffs(here)[0] - game.payoffs((there[0], here[1]))[0]
        second = game.payoffs(here)[1] - game.payoffs((here[0], there[1]))[1]
        if min(first, second) < 0:
            raise InputError("{profile} is no equilibrium: somebody gains by leaving it", profile=list(here))
        products.append(first * second)
    return RiskDominance((tuple(one), tuple(other)), (products[0], products[1]))
