"""The best policy of a finite controlled chain by Howard's policy iteration or by value iteration.

With T the Bellman operator, (T V)(s) = max_u r(s, u) + beta sum_k w(s, u, k) V(s_k), and a residual r = max |T V - V|,

    |V - V*| <= r / (1 - beta),     V* - V^pi <= (2 beta r + gap) / (1 - beta)

for a policy pi whose controls miss the maximum of T V by at most ``gap`` (Williams and Baird 1993), and a control u can be best in
state s only if its worth is within 2 beta r / (1 - beta) of (T V)(s). Howard 1960; Bellman 1957; Puterman 1994, chapter 6.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from ...games.errors import InputError, SizeError
from ...games.exact import Array, Number, as_json, frozen, is_exact
from ...games.stochastic_control import StochasticControl
from ..dynamics.evolutionary_stability import solve_exactly

Progress = Callable[[int, int, str], None]

MOST_EXACT = 40  # states of an exact chain for which the linear systems are solved in rationals
MOST_DENSE = 3_000  # states for which a linear system is solved at all; beyond, value iteration
MOST_SWEEPS = 200_000
PATIENT = 0.995  # a discount factor from which a policy is valued by a linear system: sweeps would be many
_LAST = 4e-16  # of the scale of the values: a change of a sweep below it is in the last digit
_SMALL = 1e-13  # of the largest value: an improvement below it is rounding


@dataclass(frozen=True, eq=False)
class Controlled:
    """``values`` and ``policy`` by state, and how good they are.

    ``residual`` max |T V - V|; ``gap`` what the policy's controls miss of the maximum at most; ``error`` the bound on the values,
    ``loss`` that on what the policy loses; ``decided`` how many states have only one control that can be best; ``exact``: V is V*.
    ``stop``: whether the residual that was asked for was reached.
    """

    values: Array
    policy: tuple[int, ...]
    residual: Number
    gap: Number
    error: Number
    loss: Number
    decided: int
    method: str
    sweeps: int
    exact: bool
    reached: bool

    def to_dict(self) -> dict[str, Any]:
        """The JSON form, schema ``encompass/control/1``."""
        return {"schema": "encompass/control/1"} | {name: as_json(value) for name, value in vars(self).items()}


def optimal_control(
    game: StochasticControl, method: str = "policy", tolerance: float = 1e-7, progress: Progress | None = None
) -> Controlled:
    """The values and a best policy of ``game``, the first control in order where several are as good.

    ``method`` ``policy`` (Howard: few steps, each a linear system) or ``values`` (sweeps until the residual is at most ``tolerance``).
    An exact game of up to 40 states is solved exactly. Raises :class:`InputError` or :class:`SizeError`.
    """
    if method not in ("policy", "values"):
        raise InputError("{name}={value!r} is not known; one of {known}", name="method", value=method, known=["policy", "values"])
    if not tolerance > 0:
        raise InputError("{name}={value} must be more than {least}", name="tolerance", value=tolerance, least=0)
    plain = _in_floats(game)
    values, sweeps = _by_policies(plain, progress) if method == "policy" else _by_values(plain, tolerance, progress)
    if game.exact and len(game.rewards) <= MOST_EXACT:
        values, more = _exactly(game, values)
        return _judged(game, values, method, sweeps + more, tolerance)
    return _judged(plain, values, method, sweeps, tolerance)


def policy_values(game: StochasticControl, policy: tuple[int, ...]) -> Array:
    """What ``policy`` is worth from every state: the solution of V = r + beta P V, exact if the game is."""
    P, rows = game.motion(policy), np.arange(len(game.rewards))
    rewards = game.rewards[rows, np.asarray(policy)]
    if len(rows) > MOST_DENSE or (game.exact and len(rows) > MOST_EXACT):
        raise SizeError("a linear system of {n} states does not fit; at most {most}", n=len(rows), most=MOST_DENSE)
    if not game.exact:
        return np.linalg.solve(np.eye(len(rows)) - float(game.discount) * P.astype(float), rewards.astype(float))
    system = np.empty((len(rows), len(rows) + 1), dtype=object)
    system[:, :-1], system[:, -1] = -game.discount * P, rewards
    for s in rows:
        system[s, s] += 1
    return _solved(system)


def _solved(system: Array) -> Array:
    """The solution of a regular exact system, the right side in its last column."""
    answer = solve_exactly(system)
    assert answer is not None  # 1 is no eigenvalue of beta P
    return answer


def _in_floats(game: StochasticControl) -> StochasticControl:
    if not game.exact and not is_exact(game.weights) and not is_exact(game.rewards):
        return game
    return StochasticControl(
        game.rewards.astype(float), game.successors, game.weights.astype(float), float(game.discount), game.states, game.controls
    )


def _by_policies(game: StochasticControl, progress: Progress | None) -> tuple[Array, int]:
    if float(game.discount) > PATIENT and len(game.rewards) > MOST_DENSE:
        return _by_values(game, 1e-9, progress)
    rows, steps = np.arange(len(game.rewards)), 0
    policy, values = game.rewards.argmax(axis=1), np.zeros(len(game.rewards))
    while True:
        values = _valued(game, policy, values)
        steps += 1
        if progress:
            progress(steps, steps + 1, "policies")
        worth = game.backed_up(values)
        better = worth.max(axis=1) > worth[rows, policy] + _SMALL * (1 + np.abs(values).max())
        if not better.any() or steps > 1_000:
            return values, steps
        policy = np.where(better, worth.argmax(axis=1), policy)


def _valued(game: StochasticControl, policy: Array, values: Array) -> Array:
    """What ``policy`` is worth, to the last digits: by sweeps from ``values`` on, which use no more than its own successors."""
    if float(game.discount) > PATIENT:
        return policy_values(game, tuple(policy))
    rows, beta = np.arange(len(values)), float(game.discount)
    rewards, places = game.rewards[rows, policy], game.successors[rows, policy]
    weights = beta * game.weights[rows, policy]
    scale = 1 + float(np.abs(game.rewards).max()) / (1 - beta)
    for _ in range(MOST_SWEEPS):
        after = rewards + (weights * values[places]).sum(axis=1)
        change, values = float(np.abs(after - values).max()), after
        if change <= _LAST * scale:
            break
    return values


def _by_values(game: StochasticControl, tolerance: float, progress: Progress | None) -> tuple[Array, int]:
    values, beta = np.zeros(len(game.rewards)), float(game.discount)
    first = float(np.abs(game.rewards).max()) + tolerance
    total = 1 if beta == 0 else min(MOST_SWEEPS, int(np.ceil(np.log(tolerance / first) / np.log(beta))) + 2)
    for sweep in range(1, MOST_SWEEPS + 1):
        after = game.backed_up(values).max(axis=1)
        change, values = float(np.abs(after - values).max()), after
        if progress and sweep % 50 == 0:
            progress(min(sweep, total), total, "sweeps")
        if beta * change <= tolerance / 2:
            return values, sweep
    return values, MOST_SWEEPS


def _exactly(game: StochasticControl, values: Array) -> tuple[Array, int]:
    """Howard's iteration in rationals, from the policy that the floats lead to."""
    rows, steps = range(len(game.rewards)), 0
    policy = [int(k) for k in _in_floats(game).backed_up(values).argmax(axis=1)]
    while True:
        exact, steps = policy_values(game, tuple(policy)), steps + 1
        worth = game.backed_up(exact)
        best = [max(range(worth.shape[1]), key=lambda u: worth[s, u]) for s in rows]
        if all(worth[s, best[s]] <= worth[s, policy[s]] for s in rows):
            return exact, steps
        policy = [best[s] if worth[s, best[s]] > worth[s, policy[s]] else policy[s] for s in rows]


def _judged(game: StochasticControl, values: Array, method: str, sweeps: int, tolerance: float) -> Controlled:
    """The answer with its bounds; in floats the residual is rounded up by what the arithmetic can err."""
    worth, beta = game.backed_up(values), game.discount
    best = worth.max(axis=1)
    policy = [int(u) for u in (worth == best[:, None]).argmax(axis=1)]
    rounding: Number = Fraction(0)
    if not is_exact(worth):
        rounding = 64 * float(np.finfo(float).eps) * (1 + float(np.abs(values).max()) + float(np.abs(game.rewards).max()))
    residual = np.abs(best - values).max() + rounding
    error, loss = residual / (1 - beta), (2 * beta * residual + rounding) / (1 - beta)
    near = (worth >= (best - 2 * beta * residual / (1 - beta) - 2 * rounding)[:, None]).sum(axis=1)
    return Controlled(
        frozen(values),
        tuple(policy),
        residual,
        rounding,
        error,
        loss,
        int((near == 1).sum()),
        method,
        sweeps,
        is_exact(worth),
        bool(residual <= tolerance),
    )
