"""Strict, strong, k-strong and coalition-proof equilibria of n like players with two actions, by counts.

A profile is known by m, how many take the second action; ``u0[c]`` and ``u1[c]`` is what the first and the second pay when c others
take the second. If i players go to the second action and j to the first, those who keep their number alike lose by any swap: with
i = j both kinds would have to like the other's payoff better than their own. Adding movers the other way only adds demands, so it
is enough to ask coalitions that all move one way, and a window over sizes 1..k decides: linear in n.

For coalition-proofness a coalition of t players, the others fixed with o of them at the second action, plays the same kind of game
with payoffs shifted by o, so the recursion of :mod:`.coalition_proof` runs over (t, o, m).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import comb
from typing import Any

import numpy as np

from ...games.counted_game import SymmetricGame
from ...games.errors import InputError, SizeError
from ...games.exact import Array, Number, as_json
from ...games.message import Message, say
from ..certificate import sealed
from ..describe import describe
from ..pure import MOST_EQUILIBRIA
from ..solution import Equilibrium, Solution

LARGEST_RECURSION = 100  # players of the coalition-proof recursion, which takes about n**4 / 12 comparisons
COUNTED_OUT = 1000  # players up to which the profiles behind a count are counted
CHECKABLE = 2_000_000  # comparisons that the separate checker is asked to repeat in fractions
CHECKABLE_RECURSION = 12  # players whose coalition-proofness it is asked to repeat
MOST_MOVES = 200  # of the counts that fail, how many are shown with a coalition that leaves them


@dataclass(frozen=True)
class CountedMove:
    """From the profile with ``count`` players at the second action, ``movers`` go to the action ``to`` (0 or 1) and gain each."""

    count: int
    movers: int
    to: int
    gain: Number

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return as_json({"count": self.count, "movers": self.movers, "to": self.to, "gain": self.gain})


def _slack(game: SymmetricGame) -> int | float:
    """The slack as a machine number: arrays compared with a Fraction turn into a million of them."""
    return 0 if game.exact else float(game.slack)


def pure_counts(game: SymmetricGame) -> Array:
    """By m = 0..n, whether m players at the second action are a pure equilibrium."""
    return _stays(game, 1)


def strict_counts(game: SymmetricGame) -> list[int]:
    """The numbers of players at the second action that are strict equilibria."""
    gain, n = game.gain, game.n
    up, down = np.ones(n + 1, dtype=bool), np.ones(n + 1, dtype=bool)
    up[:n], down[1:] = gain < -_slack(game), gain > _slack(game)
    return [int(m) for m in np.flatnonzero(up & down)]


def strong_counts(game: SymmetricGame, k: int | None = None) -> list[int]:
    """The numbers of players at the second action that no coalition of at most ``k`` (None: any size) leaves."""
    return [int(m) for m in np.flatnonzero(_stays(game, game.n if k is None else _size(game, k)))]


def _size(game: SymmetricGame, k: object) -> int:
    if isinstance(k, bool) or not isinstance(k, int) or not 1 <= k <= game.n:
        raise InputError("k={k!r} must be a whole number from 1 to {n}, the number of players", k=k, n=game.n)
    return k


def _stays(game: SymmetricGame, k: int) -> Array:
    """By m, whether nobody gains when d <= k players move together: u1[m+d-1] <= u0[m] and u0[m-d] <= u1[m-1]."""
    u0, u1 = game.table
    n = game.n
    stays = np.ones(n + 1, dtype=bool)
    stays[:n] &= window_maximum(u1, k) <= u0 + _slack(game)
    stays[1:] &= window_maximum(u0[::-1], k)[::-1] <= u1 + _slack(game)
    return stays


def window_maximum(values: Array, width: int) -> Array:
    """``max(values[t : t + width])`` for every t, by doubling the window."""
    result, have = values.copy(), 1
    while have < min(width, len(values)):
        step = min(have, width - have)
        result[: len(values) - step] = np.maximum(result[: len(values) - step], result[step:])
        have += step
    return result


def counted_move(game: SymmetricGame, count: int, most: int) -> CountedMove | None:
    """The smallest coalition (of at most ``most`` players) that leaves the profile with ``count`` at the second action."""
    u0, u1 = game.table
    moves: list[CountedMove] = []
    if count < game.n:
        gains = u1[count : count + most] - u0[count]
        moves += [CountedMove(count, int(d) + 1, 1, game.money(gains[d])) for d in np.flatnonzero(gains > _slack(game))[:1]]
    if count:
        gains = u0[max(0, count - most) : count][::-1] - u1[count - 1]
        moves += [CountedMove(count, int(d) + 1, 0, game.money(gains[d])) for d in np.flatnonzero(gains > _slack(game))[:1]]
    return min(moves, key=lambda move: move.movers, default=None)


def least_profitable(game: SymmetricGame) -> int | None:
    """The least k such that k players going from the first action to the second, all others at the first, each gain; None if none."""
    u0, u1 = game.table
    better = np.flatnonzero(u1 > u0[0] + _slack(game))
    return int(better[0]) + 1 if len(better) else None


def proof_counts(game: SymmetricGame) -> list[int]:
    """The numbers of players at the second action that are coalition-proof. Raises :class:`SizeError` for too many players."""
    n = game.n
    if n > LARGEST_RECURSION:
        raise SizeError("coalition-proofness of {n} like players does not fit; at most {limit} do", n=n, limit=LARGEST_RECURSION)
    smaller = np.ones((n + 1, 1), dtype=bool)  # [o, m] for coalitions one player smaller, here of nobody
    for t in range(1, n + 1):
        proof = np.zeros((n - t + 1, t + 1), dtype=bool)
        for o in range(n - t + 1):
            enforcing = np.ones(t + 1, dtype=bool)
            enforcing[:t] &= smaller[o]  # without one who takes the first action
            enforcing[1:] &= smaller[o + 1]  # without one who takes the second
            proof[o] = _undominated(game, t, o, enforcing)
        smaller = proof
    return [int(m) for m in np.flatnonzero(smaller[0])]


def _undominated(game: SymmetricGame, t: int, o: int, enforcing: Array) -> Array:
    """Which m of the ``enforcing`` no other one beats for all t players, with o of the others at the second action.

    Going from m to q, either as few as possible switch (all one way), or as many as possible; between, more kinds must gain.
    """
    m = np.flatnonzero(enforcing)
    u0, u1 = game.table[0][o:], game.table[1][o:]
    at0, at1 = u0[np.minimum(m, t - 1)], u1[np.maximum(m - 1, 0)]  # read only where somebody takes that action
    gains = [[to[None, :] > own[:, None] + _slack(game) for to in (at0, at1)] for own in (at0, at1)]  # [from][to][m, q]
    before, after = m[:, None], m[None, :]
    beaten = np.zeros((len(m), len(m)), dtype=bool)
    for back in (np.maximum(0, before - after), np.minimum(before, t - after)):  # how many go from the second to the first
        forth = after - before + back
        kinds = ((t - before - forth, gains[0][0]), (forth, gains[0][1]), (back, gains[1][0]), (before - back, gains[1][1]))
        beaten |= np.logical_and.reduce([(number == 0) | better for number, better in kinds])
    result = enforcing.copy()
    result[m] = ~(beaten & (before != after)).any(axis=1)
    return result


def refuses_counted_coalitions(game: object) -> Message | None:
    """Why these methods do not take ``game``; None if they do."""
    if isinstance(game, SymmetricGame) and len(game.actions[0]) == 2:
        return None
    return say("needs a game of like players with two actions")


def solve_counted_strict(game: SymmetricGame) -> Solution:
    """All strict equilibria, up to exchange of players."""
    return _listed(game, "strict", strict_counts(game), 1)


def solve_counted_strong(game: SymmetricGame) -> Solution:
    """All strong equilibria, up to exchange of players; ``proof["left"]`` says which coalition leaves the other pure ones."""
    return _listed(game, "strong", strong_counts(game), game.n)


def solve_counted_k_strong(game: SymmetricGame, k: int = 2) -> Solution:
    """All k-strong equilibria, up to exchange of players."""
    return _listed(game, "k-strong", strong_counts(game, k), k, k=k)


def solve_counted_coalition_proof(game: SymmetricGame) -> Solution:
    """All coalition-proof equilibria, up to exchange of players."""
    return _listed(game, "coalition-proof", proof_counts(game), 0)


def _listed(game: SymmetricGame, concept: str, counts: list[int], most: int, **extra: int) -> Solution:
    shown = counts[:MOST_EQUILIBRIA]
    stop = None if len(shown) == len(counts) else say("limit: {kept} of {all} equilibria are listed", kept=len(shown), all=len(counts))
    equilibria = tuple(counted_equilibrium(game, m) for m in shown)
    lost = sorted(set(map(int, np.flatnonzero(pure_counts(game)))) - set(counts)) if most > 1 else []
    moves = [counted_move(game, m, most) for m in lost[:MOST_MOVES]]
    proof = {**extra, "left": [move.to_dict() for move in moves if move is not None]}
    about = describe(game)
    return Solution(about, concept, "counting", stop is None, stop, equilibria, limited=stop is not None, proof=proof)


def counted_equilibrium(game: SymmetricGame, count: int) -> Equilibrium:
    """The pure profile with ``count`` players at the second action, its regret recomputed."""
    n, role = game.n, game.roles[0]
    u0, u1 = game.table
    groups: list[dict[str, object]] = []
    payoffs: list[Number] = []
    worst: Any = 0
    if count < n:
        groups.append({"role": role, "players": n - count, "strategy": _pure(0)})
        payoffs.append(game.money(u0[count]))
        worst = max(worst, u1[count] - u0[count])
    if count:
        groups.append({"role": role, "players": count, "strategy": _pure(1)})
        payoffs.append(game.money(u1[count - 1]))
        worst = max(worst, u0[count - 1] - u1[count - 1])
    return Equilibrium(groups, tuple(payoffs), game.money(worst), comb(n, count) if n <= COUNTED_OUT else None)


def _pure(action: int) -> tuple[Fraction, Fraction]:
    """An action as probabilities."""
    return (Fraction(1 - action), Fraction(action))


def counted_coalitions_certificate(game: SymmetricGame, answer: Solution) -> dict[str, Any] | None:
    """Counts, the coalitions that leave the other pure equilibria, and the game; None where it is too large to be re-read."""
    proof = answer.proof or {}
    work = game.n * {"strict": 1, "k-strong": proof.get("k", 1)}.get(answer.concept, game.n)
    if work > CHECKABLE or answer.limited or (answer.concept == "coalition-proof" and game.n > CHECKABLE_RECURSION):
        return None
    return sealed(
        {
            "kind": "counted-coalitions",
            "game": {"players": game.n, "payoffs": as_json(game.table), "denominator": game.denominator},
            "concept": answer.concept,
            **({"k": proof["k"]} if "k" in proof else {}),
            "complete": answer.complete,
            "equilibria": [
                as_json({"profile": e.profile, "payoffs": e.payoffs, "regret": e.regret, "orbit_size": e.orbit_size})
                for e in answer.equilibria
            ],
            "left": proof["left"],
        }
    )
