"""Evolutionary dynamics in large populations, and evolutionary stability.

Players are drawn at random from a large population and play a symmetric game; x[a] is the share on action a, u_a(x) its expected
payoff, u(x) the population's mean.

- replicator (Taylor and Jonker 1978):        x_a' = x_a (u_a - u)
- logit (Fudenberg and Levine 1998):          x_a' = exp(u_a / T) / sum_b exp(u_b / T) - x_a
- best response (Gilboa and Matsui 1991), in counts: one player at a time moves to a best reply.

With two actions the replicator is x' = x (1 - x) D(x), D the gain from the second action: its rest points are isolated exactly.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import factorial
from typing import Any

import numpy as np

from ...games.counted_game import RoleSymmetricGame, SymmetricGame, count_vectors
from ...games.errors import EncompassError, InputError, NotApplicable, SizeError
from ...games.exact import Array, as_json, frozen, number
from .rest_points import RestPoint, rest_points
from .revision import best_replies, moved

MOST_TIME = 1_000_000  # largest payoff times time, up to which the replicator is followed
TOLERANCE = 1e-9  # of a population share, to which paths are followed


@dataclass(frozen=True, eq=False)
class Path:
    """A path of shares: ``times`` of shape ``(k,)``, ``shares`` of shape ``(k, actions)``; ``speed`` is how fast the end still moves."""

    dynamics: str
    actions: tuple[str, ...]
    times: Array
    shares: Array
    speed: float

    @property
    def end(self) -> tuple[float, ...]:
        """The last shares."""
        return tuple(float(x) for x in self.shares[-1])

    def to_dict(self) -> dict[str, Any]:
        """The JSON form, schema ``encompass/path/1``."""
        return as_json({"schema": "encompass/path/1", **vars(self)})


def replicator_rest_points(game: SymmetricGame) -> tuple[RestPoint, ...]:
    """All rest points of the replicator with two actions, as the share of the second, with their stability. Exact.

    Raises :class:`InputError` for more actions, :class:`SizeError` if a sign is not certain.
    """
    return rest_points([Fraction(x) if game.gain.dtype == np.float64 else Fraction(int(x)) for x in game.gain])


def expected_payoffs(game: SymmetricGame, x: Sequence[float] | Array) -> Array:
    """u_a(x): what each action is worth when the n - 1 others are drawn from a population with shares ``x``; floats."""
    return _expected(game)(np.asarray(x, dtype=float))


def _expected(game: SymmetricGame) -> Callable[[Array], Array]:
    counts = count_vectors(game.n - 1, len(game.actions[0]))
    table = game.table.astype(float) / game.denominator
    if game.n == 2:
        return lambda x: table @ (counts @ x)
    weights = np.array([float(_arrangements(row)) for row in counts.tolist()])
    return lambda x: table @ (weights * np.prod(np.power(np.maximum(x, 0.0), counts), axis=1))


def _arrangements(counts: Sequence[int]) -> int:
    result = factorial(sum(counts))
    for k in counts:
        result //= factorial(k)
    return result


def replicator_path(game: SymmetricGame, start: Sequence[object], until: float = 100.0) -> Path:
    """The replicator from the shares ``start``.

    Raises :class:`InputError` if they are none, :class:`EncompassError` if the path is lost.
    """
    worth = _expected(game)

    def field(x: Array) -> Array:
        shares = x / x.sum()  # where payoffs are negative, what rounding adds to the sum would grow without end
        u = worth(shares)
        return shares * (u - shares @ u)

    return _followed("replicator", game, field, start, until, _size(game))


def logit_path(game: SymmetricGame, start: Sequence[object], temperature: float, until: float = 100.0) -> Path:
    """Logit dynamics at ``temperature`` T > 0. Raises as :func:`replicator_path`."""
    if not temperature > 0:
        raise InputError("temperature={value} must be positive", value=temperature)
    worth = _expected(game)

    def field(x: Array) -> Array:
        u = worth(x)
        with np.errstate(over="ignore"):  # far below the best: weight 0
            weights = np.exp((u - u.max()) / temperature)
        return weights / weights.sum() - x

    return _followed("logit", game, field, start, until)


def _size(game: SymmetricGame) -> float:
    """The largest payoff in absolute value."""
    return float(max(abs(Fraction(x)) for x in game.table.ravel().tolist()) / game.denominator)


def _followed(
    dynamics: str, game: SymmetricGame, field: Callable[[Array], Array], start: Sequence[object], until: float, rate: float = 1.0
) -> Path:
    """The path of shares that move by ``field``, no faster than ``rate``."""
    from scipy.integrate import solve_ivp

    x = np.array([float(number(p, "start")) for p in start])
    if len(x) != len(game.actions[0]) or x.min() < 0 or abs(x.sum() - 1) > TOLERANCE or not until > 0:
        raise InputError(
            "start={start!r} must be shares of {k} actions that sum to 1, and until={until} positive",
            start=tuple(start),
            k=len(game.actions[0]),
            until=until,
        )
    if rate * until > MOST_TIME:
        raise SizeError("a path of length {length} is too long to follow; at most {limit}", length=f"{rate * until:.3g}", limit=MOST_TIME)
    found = solve_ivp(lambda _, y: field(y), (0.0, until), x, method="LSODA", rtol=TOLERANCE, atol=TOLERANCE / 1000)
    if not found.success:
        raise EncompassError("the path was lost: {reason}", reason=found.message)
    shares = np.maximum(found.y.T, 0.0)
    shares /= shares.sum(axis=1, keepdims=True)
    return Path(dynamics, game.actions[0], frozen(found.t), frozen(shares), float(np.abs(field(shares[-1])).max()))


@dataclass(frozen=True, eq=False)
class Steps:
    """States one after the other (how many of each role take each action). ``rests``: the last is an equilibrium; else it ran into
    a state it had been in, or was cut off at a limit (``limited``).
    """

    states: tuple[tuple[tuple[int, ...], ...], ...]
    rests: bool
    limited: bool

    def to_dict(self) -> dict[str, Any]:
        """The JSON form, schema ``encompass/steps/1``."""
        return {"schema": "encompass/steps/1", "states": as_json(self.states), "rests": self.rests, "limited": self.limited}


def best_response_steps(game: RoleSymmetricGame, start: Sequence[Sequence[int]], most: int = 10_000) -> Steps:
    """One player at a time moves to a best reply: whoever gains most, the first such role and action among equals. Exact.

    Two-action games of one role always come to rest (they have a potential). Raises :class:`InputError` if ``start`` does not fit.
    """
    state = tuple(tuple(row) for row in start)
    if tuple(map(sum, state)) != game.players or tuple(map(len, state)) != tuple(map(len, game.actions)) or min(map(min, state)) < 0:
        raise InputError("start={start!r} is not how {players} players spread over their actions", start=state, players=game.players)
    states, seen = [state], {state}
    while len(states) <= most:
        move = _largest_gain(game, state)
        if move is None:
            return Steps(tuple(states), True, False)
        state = moved(state, *move)
        states.append(state)
        if state in seen:
            return Steps(tuple(states), False, False)
        seen.add(state)
    return Steps(tuple(states), False, True)


def _largest_gain(game: RoleSymmetricGame, state: Sequence[Sequence[int]]) -> tuple[int, int, int] | None:
    best: tuple[Any, tuple[int, int, int]] | None = None
    for r, taken in enumerate(state):
        for a in (a for a, k in enumerate(taken) if k):
            replies = best_replies(game, state, r, a)
            if replies[a]:
                continue
            others = [tuple(k - (s == r and c == a) for c, k in enumerate(row)) for s, row in enumerate(state)]
            b = replies.index(True)
            gain = game.payoff(r, b, others) - game.payoff(r, a, others)
            if best is None or gain > best[0]:
                best = gain, (r, a, b)
    return None if best is None else best[1]


def check_two_player(game: SymmetricGame) -> Array:
    """The payoffs u(own, other) of a symmetric game of two players as rational numbers, shape ``(k, k)``.

    Raises :class:`NotApplicable` for more players.
    """
    if game.n != 2:
        raise NotApplicable("needs a symmetric game of two players; this one has {n}", n=game.n)
    k = len(game.actions[0])
    order = [row.index(1) for row in count_vectors(1, k).tolist()]  # the other's action, by count index
    A = np.empty((k, k), dtype=object)
    for c, other in enumerate(order):
        A[:, other] = [
            Fraction(x) / game.denominator if isinstance(x, float) else Fraction(int(x), game.denominator)
            for x in game.table[:, c].tolist()
        ]
    return A
