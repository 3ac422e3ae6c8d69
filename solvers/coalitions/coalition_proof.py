"""Coalition-proof equilibria (Bernheim, Peleg and Whinston 1987, Definition 1), in pure strategies.

With one player, a profile is coalition-proof if it is best. With more, a is *self-enforcing* if for every proper coalition J the
actions a_J are coalition-proof in the game among J that fixes the others at a; and a is *coalition-proof* if it is self-enforcing
and no other self-enforcing profile is better for everybody.

``proof[S][a]`` below says whether a_S is coalition-proof among S with the others at a. It is found for all profiles at once, size
by size: coalition-proof among S implies the same among every part of S, so only the coalitions one smaller are asked.
"""

from __future__ import annotations

from itertools import combinations
from math import prod
from typing import Any

import numpy as np

from ...games.errors import SizeError
from ...games.exact import Array
from ...games.normal_form import NormalForm, Profile
from ..pure import pure_profiles
from ..solution import Solution
from .coalitions import LARGEST, Coalition, JointMove, Sifted, indicator, joint_move, listed
from .dominance import plain_slack


def coalition_proof(game: NormalForm) -> list[Profile]:
    """All coalition-proof pure profiles (action indices). Raises :class:`SizeError`, with the figure, if the game is too large."""
    return sift_proof(game).kept


def solve_coalition_proof(game: NormalForm) -> Solution:
    """All coalition-proof equilibria; ``proof["left"]`` has for each other pure equilibrium a coalition and its self-enforcing move."""
    return listed(game, "coalition-proof", sift_proof(game))


def check_recursion(game: NormalForm) -> None:
    """Raises :class:`SizeError`, with the figure, where the recursion over all coalitions does not fit."""
    work = prod(game.shape) * (prod(k + 1 for k in game.shape) + 2 ** len(game.shape))
    if work > LARGEST:
        raise SizeError(
            "coalition-proofness in a game of {n} players takes up to {work} comparisons; at most {limit} fit",
            n=len(game.shape), work=f"{work:.3g}", limit=f"{LARGEST:.0e}",
        )  # fmt: skip


def sift_proof(game: NormalForm) -> Sifted:
    """The coalition-proof profiles, and for every other pure equilibrium a smallest coalition with a self-enforcing way out."""
    check_recursion(game)
    n = len(game.shape)
    nash = dict.fromkeys(pure_profiles(game))
    left: dict[Profile, JointMove] = {}
    smaller: dict[Coalition, Array] = {(): np.ones(game.shape, dtype=bool)}
    for size in range(1, n + 1):
        proof: dict[Coalition, Array] = {}
        for S in combinations(range(n), size):
            enforcing = np.ones(game.shape, dtype=bool)
            for J in combinations(S, size - 1):
                enforcing &= smaller[J]
            proof[S] = _undominated(game, S, enforcing)
            for a in [a for a in nash if a not in left and enforcing[a] and not proof[S][a]]:
                left[a] = _way_out(game, S, enforcing, a)
        smaller = proof
    kept = [tuple(map(int, a)) for a in np.argwhere(smaller[tuple(range(n))])]
    return Sifted(kept, [left[a] for a in nash if a in left])


def _undominated(game: NormalForm, S: Coalition, enforcing: Array) -> Array:
    """The profiles ``enforcing`` among S that no other one with the same others is better than, for every member of S."""
    stands = indicator(enforcing, S)
    tables = [indicator(game.table[i], S) for i in S]
    result = stands.copy()
    for others in np.flatnonzero(stands.any(axis=1)):
        among = np.flatnonzero(stands[others])
        values = np.array([table[others, among] for table in tables])
        result[others, among] = ~_beaten(values, plain_slack(game))
    order = [i for i in range(len(game.shape)) if i not in S] + list(S)
    return result.reshape([game.shape[i] for i in order]).transpose(np.argsort(order))


def _beaten(values: Array, slack: Any) -> Array:
    """Which columns of ``values`` (members x profiles) some other column exceeds in every row."""
    if len(values) == 1:
        return values[0] < values[0].max() - slack
    worth = np.argsort(-values.sum(axis=0), kind="stable")  # only a column with a larger sum can beat
    beaten = np.zeros(values.shape[1], dtype=bool)
    for place, column in enumerate(worth):
        rivals = worth[:place]
        beaten[column] = bool((values[:, rivals] > values[:, [column]] + slack).all(axis=0).any())
    return beaten


def _way_out(game: NormalForm, S: Coalition, enforcing: Array, start: Profile) -> JointMove:
    """A self-enforcing joint move of S from ``start`` that every member gains by."""
    index = tuple(slice(None) if i in S else a for i, a in enumerate(start))
    better = enforcing[index].copy()
    for i in S:
        better &= game.table[i][index] > game.table[(i, *start)] + plain_slack(game)
    return joint_move(game, start, S, [int(a) for a in np.unravel_index(int(better.argmax()), better.shape)])
