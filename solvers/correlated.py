"""Correlated equilibria (Aumann 1974): what a mediator can recommend so that everybody follows (DL-1).

Over mu in Delta(A): sum over a_-i of mu(a)[u_i(a) - u_i(a_i', a_-i)] >= 0 for every player i and actions a_i, a_i'.
Small games are solved in exact arithmetic, larger ones by HiGHS with the violation recomputed.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations

import numpy as np

from ..games.errors import EncompassError, InputError, SizeError
from ..games.exact import Array, Number
from ..games.linear_program import maximise
from ..games.message import say
from ..games.normal_form import NormalForm
from .pure import describe
from .solution import Equilibrium, Solution

LARGEST_EXACT = 60_000  # obedience rows x profiles solved in rational arithmetic
LARGEST = 20_000_000  # non-zeros of the sparse program
SOLVER_TOLERANCE = Fraction(1, 10**6)  # of the largest payoff, to which HiGHS meets constraints, with room
_DENOMINATOR = 10**12  # to which probabilities found in floats are rounded


def rows_and_columns(game: NormalForm) -> tuple[int, int]:
    """The size of the program: obedience constraints and profiles."""
    return sum(k * (k - 1) for k in game.shape), int(np.prod([float(k) for k in game.shape]))


def obedience(game: NormalForm) -> Array:
    """Gains from disobeying, shape ``(sum |A_i|(|A_i|-1), profiles)``, in units of 1/denominator: rows must not be positive in mu."""
    profiles = np.indices(game.shape).reshape(len(game.shape), -1)
    rows: list[Array] = []
    for player, k in enumerate(game.shape):
        own = game.table[player]
        for told, other in permutations(range(k), 2):
            gain = np.take(own, [other], axis=player) - np.take(own, [told], axis=player)
            full = np.broadcast_to(gain, game.shape).reshape(-1)
            rows.append(np.where(profiles[player] == told, full, 0))
    return np.array(rows) if rows else np.zeros((0, profiles.shape[1]), dtype=game.table.dtype)


def solve_correlated(game: NormalForm, objective: str = "welfare", sense: str = "max") -> Solution:
    """The correlated equilibrium that is best (or worst) for ``objective``: ``welfare`` or ``maximin`` (the least-off player).

    Raises :class:`SizeError` when the program does not fit, :class:`InputError` for the worst maximin (no linear program).
    """
    if objective == "maximin" and sense == "min":
        raise InputError("sense={sense!r} goes with objective='welfare' only", sense=sense)
    rows, columns = rows_and_columns(game)
    if float(rows) * columns > LARGEST:
        raise SizeError(
            "a correlated equilibrium of this game is a program of {rows} constraints on {columns} profiles; at most {limit} entries fit",
            rows=rows,
            columns=f"{columns:,}",
            limit=f"{LARGEST:,}",
        )
    exact = game.exact and rows * columns <= LARGEST_EXACT
    mu, proof = _exact(game, objective, sense) if exact else (_float(game, objective, sense), None)
    return _answer(game, mu, f"correlated ({sense} {objective})", proof)


def _exact(game: NormalForm, objective: str, sense: str) -> tuple[list[Number], dict[str, object]]:
    """The optimal distribution, and the dual proof of it: weights z on players (summing to 1 for maximin, each 1 for welfare)
    and y >= 0 on obedience rows with  sign * sum_i z_i u_i(a) <= bound + sum_r y_r G_r(a)  in every profile a."""
    G = obedience(game).astype(object)
    sign = 1 if sense == "max" else -1
    payoffs = game.table.reshape(len(game.players), -1).astype(object) * sign
    shift = 1 - payoffs.min()  # makes every payoff positive, so that all probability is worth using
    players, profiles = payoffs.shape
    if objective == "welfare":
        matrix, c = np.vstack([G, [[1] * profiles]]), (payoffs + shift).sum(axis=0)
    else:  # the last variable is below every player's payoff
        matrix = np.vstack(
            [np.hstack([G, np.zeros((len(G), 1), dtype=int)]), np.hstack([-payoffs - shift, [[1]] * players]), [[1] * profiles + [0]]]
        )
        c = np.array([0] * profiles + [1], dtype=object)
    best = maximise(c, matrix, np.array([0] * (len(matrix) - 1) + [1], dtype=object))
    z = best.y[len(G) : len(G) + players] if objective == "maximin" else (Fraction(1),) * players
    bound = (best.value - shift * sum(z)) / game.denominator
    return list(best.x[:profiles]), {"sign": sign, "players": z, "obedience": best.y[: len(G)], "bound": bound}


def _float(game: NormalForm, objective: str, sense: str) -> list[Number]:
    from scipy.optimize import linprog
    from scipy.sparse import csr_array, hstack, vstack

    sign = 1.0 if sense == "max" else -1.0
    size = max(abs(game.table.max()), abs(game.table.min())) or 1  # payoffs of size 1: HiGHS's tolerances are absolute
    rows = (obedience(game) / size).astype(float)
    G = csr_array(rows)
    payoffs = (game.table.reshape(len(game.players), -1) / size).astype(float)
    n_profiles = payoffs.shape[1]
    if objective == "welfare":
        result = linprog(-sign * payoffs.sum(axis=0), A_ub=G, b_ub=np.zeros(len(rows)), A_eq=np.ones((1, n_profiles)), b_eq=[1.0])
    else:
        A = vstack([hstack([G, csr_array((len(rows), 1))]), hstack([csr_array(-sign * payoffs), np.ones((len(payoffs), 1))])])
        c, total = np.append(np.zeros(n_profiles), -1.0), np.append(np.ones(n_profiles), 0.0)[None, :]
        result = linprog(
            c, A_ub=A, b_ub=np.zeros(len(rows) + len(payoffs)), A_eq=total, b_eq=[1.0], bounds=[(0, None)] * n_profiles + [(None, None)]
        )
    if result.status != 0:
        raise EncompassError("the correlated equilibrium was not found: HiGHS says {status!r}", status=result.message)
    mu = np.maximum(result.x[:n_profiles], 0.0)
    if not game.exact:
        return (mu / mu.sum()).tolist()
    rounded = [Fraction(float(p)).limit_denominator(_DENOMINATOR) for p in mu]  # so that payoffs and regrets are exact
    return [p / sum(rounded) for p in rounded]


def _answer(game: NormalForm, mu: list[Number], concept: str, proof: dict[str, object] | None) -> Solution:
    support = [(profile, p) for profile, p in zip(game.profiles(), mu) if p > 0]
    payoffs = tuple(sum((p * game.payoffs(a)[i] for a, p in support), start=Fraction(0)) for i in range(len(game.players)))
    regret = max((disobedience(game, support, i) for i in range(len(game.players))), default=Fraction(0))
    device = [{"profile": list(profile), "probability": p} for profile, p in support]
    stop = None if proof else say("optimal up to floating-point error; the regret is recomputed from the game")
    return Solution(
        game=describe(game),
        concept=concept,
        method="exact-simplex" if proof else "highs",
        complete=proof is not None,
        stop=stop,
        equilibria=(Equilibrium(device, payoffs, regret, None),),
        welfare=sum(payoffs, start=Fraction(0)),
        proof=proof,
    )


def disobedience(game: NormalForm, device: list[tuple[tuple[int, ...], Number]], player: int) -> Number:
    """The most ``player`` gains by answering one recommendation with another action, weighted by how often it comes."""
    gains: dict[tuple[int, int], Number] = {}
    for profile, p in device:
        for action in range(game.shape[player]):
            deviation = (*profile[:player], action, *profile[player + 1 :])
            key = (profile[player], action)
            gains[key] = gains.get(key, Fraction(0)) + p * (game.payoffs(deviation)[player] - game.payoffs(profile)[player])
    return max(gains.values())
