"""Equilibria that hold against coalitions, in pure strategies, each with what defeats those that do not.

strict        whoever deviates alone is worse off (Harsanyi 1973).
strong        no coalition has a joint deviation that makes every member better off (Aumann 1959).
k-strong      the same for coalitions of at most k players (Andelman, Feldman and Mansour 2009).
coalition-proof  in :mod:`.coalition_proof`.

Better means strictly, and in float games by more than the slack.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb, prod
from typing import Any

import numpy as np

from ...games.errors import InputError, SizeError
from ...games.exact import Array, Number, as_json
from ...games.message import Message, say
from ...games.normal_form import NormalForm, Profile
from ..certificate import MOST_PROFILES, normal_form_json, sealed
from ..describe import describe
from ..pure import MOST_EQUILIBRIA, pure_profiles, pure_regret
from ..solution import Equilibrium, Solution
from .dominance import LARGEST_PROOF, plain_slack

LARGEST = 1_000_000_000  # comparisons of payoffs
MOST_COALITIONS = 20_000_000  # coalitions tried, over all candidates: each costs some microseconds
CHECKABLE = 2_000_000  # comparisons that the separate checker is asked to repeat in fractions

Coalition = tuple[int, ...]
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class JointMove:
    """The players ``coalition`` (indices) go from ``start`` to ``moves`` (an action each) together and gain ``gains`` each."""

    start: Profile
    coalition: Coalition
    moves: tuple[int, ...]
    gains: tuple[Number, ...]

    @property
    def end(self) -> Profile:
        """The profile the move ends in."""
        return moved(self.start, self.coalition, self.moves)

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        return as_json({"profile": self.start, "coalition": self.coalition, "moves": self.moves, "gains": self.gains})


@dataclass(eq=False)
class Sifted:
    """The profiles ``kept``, the moves by which coalitions leave the others, and how many were ``untried`` when interrupted."""

    kept: list[Profile]
    left: list[JointMove]
    untried: int = 0


def moved(profile: Profile, coalition: Sequence[int], moves: Sequence[int]) -> Profile:
    """``profile`` with the actions of ``coalition`` replaced by ``moves``."""
    actions = list(profile)
    for player, action in zip(coalition, moves):
        actions[player] = int(action)
    return tuple(actions)


def joint_move(game: NormalForm, start: Profile, coalition: Coalition, moves: Sequence[int]) -> JointMove:
    """The move with what every member gains by it, recomputed from the game."""
    end = moved(start, coalition, moves)
    gains = tuple(game.money(game.table[(i, *end)] - game.table[(i, *start)]) for i in coalition)
    return JointMove(start, coalition, tuple(map(int, moves)), gains)


def strict_equilibria(game: NormalForm) -> list[Profile]:
    """All pure profiles (action indices) in which every player's action is its only best reply."""
    only = np.ones(game.shape, dtype=bool)
    for player in range(len(game.players)):
        best = game.table[player] >= game.table[player].max(axis=player, keepdims=True) - plain_slack(game)
        only &= best & (best.sum(axis=player, keepdims=True) == 1)
    return [tuple(map(int, profile)) for profile in np.argwhere(only)]


def strong_equilibria(game: NormalForm, k: int | None = None) -> list[Profile]:
    """All pure profiles from which no coalition (of at most ``k`` players; None: of any size) has a joint deviation that makes
    every member better off. Raises :class:`SizeError`, :class:`InputError` if ``k`` is not a size.
    """
    return sift(game, k).kept


def sift(game: NormalForm, k: int | None = None, progress: Progress | None = None) -> Sifted:
    """The strong (or k-strong) equilibria, and for every other pure equilibrium a smallest coalition that leaves it."""
    most = len(game.players) if k is None else size_of_coalition(game, k)
    candidates = pure_profiles(game)
    check_work(game, len(candidates), most)
    sifted = Sifted([], [])
    try:
        for done, profile in enumerate(candidates):
            if progress is not None:
                progress(done, len(candidates), str(profile))
            move = breaking_move(game, profile, most)
            if move is None:
                sifted.kept.append(profile)
            else:
                sifted.left.append(move)
    except KeyboardInterrupt:
        sifted.untried = len(candidates) - len(sifted.kept) - len(sifted.left)
    return sifted


def size_of_coalition(game: NormalForm, k: object) -> int:
    """``k`` as a number of players of ``game``. Raises :class:`InputError`."""
    n = len(game.players)
    if isinstance(k, bool) or not isinstance(k, int) or not 1 <= k <= n:
        raise InputError("k={k!r} must be a whole number from 1 to {n}, the number of players", k=k, n=n)
    return k


def breaking_move(game: NormalForm, start: Profile, most: int, least: int = 1) -> JointMove | None:
    """A joint deviation from ``start`` that makes every member better off, by as few players as possible (``least`` to ``most``)."""
    slack = plain_slack(game)
    for coalition in coalitions(len(game.players), most, least):
        index = tuple(slice(None) if i in coalition else start[i] for i in range(len(start)))
        better = np.ones([game.shape[i] for i in coalition], dtype=bool)
        for player in coalition:
            better &= game.table[player][index] > game.table[(player, *start)] + slack
            if not better.any():
                break
        else:
            moves = np.unravel_index(int(better.argmax()), better.shape)
            return joint_move(game, start, coalition, [int(a) for a in moves])
    return None


def coalitions(players: int, most: int, least: int = 1) -> Iterator[Coalition]:
    """All coalitions of ``least`` to ``most`` players, the smallest first."""
    for size in range(least, most + 1):
        yield from combinations(range(players), size)


def check_work(game: NormalForm, candidates: int, most: int) -> int:
    """How many joint deviations ``candidates`` profiles have. Raises :class:`SizeError`, with the figure, if they do not fit."""
    sums = [1] + [0] * most  # sums[s]: joint deviations of all coalitions of size s, the elementary symmetric polynomial
    for actions in game.shape:
        sums = [1] + [sums[s] + sums[s - 1] * actions for s in range(1, most + 1)]
    work = candidates * sum(sums[1:])
    tried = candidates * sum(comb(len(game.shape), s) for s in range(1, most + 1))
    if work > LARGEST or tried > MOST_COALITIONS:
        raise SizeError(
            "{candidates} profiles have {work} joint deviations by {coalitions} coalitions; at most {limit} are tried",
            candidates=f"{candidates:,}", work=f"{work:.3g}", coalitions=f"{tried:.3g}", limit=f"{LARGEST:.0e}",
        )  # fmt: skip
    return work


def least_coalition(game: NormalForm, start: Profile | None = None, target: Profile | None = None) -> JointMove | None:
    """The smallest coalition whose members all gain by going together from ``start`` (default: the first actions) to their
    actions in ``target`` (default: the last ones), the others staying; None if none does.
    """
    start = tuple(0 for _ in game.shape) if start is None else tuple(start)
    target = tuple(k - 1 for k in game.shape) if target is None else tuple(target)
    for name, profile in (("start", start), ("target", target)):
        whole = all(isinstance(a, (int, np.integer)) for a in profile)  # pyright: ignore[reportUnnecessaryIsInstance]
        if not whole or len(profile) != len(game.shape) or not all(0 <= a < k for a, k in zip(profile, game.shape)):
            raise InputError("{name}={value!r} is not a profile of this game", name=name, value=profile)
    for coalition in coalitions(len(start), len(start)):
        move = joint_move(game, start, coalition, [target[i] for i in coalition])
        if all(gain > game.slack / game.denominator for gain in move.gains):
            return move
    return None


def refuses_coalitions(game: object) -> Message | None:
    """Why these methods do not take ``game``; None if they do."""
    return None if isinstance(game, NormalForm) else say("needs a normal form")


def solve_strict(game: NormalForm) -> Solution:
    """All strict equilibria."""
    return listed(game, "strict", Sifted(strict_equilibria(game), []))


def solve_strong(game: NormalForm, progress: Progress | None = None) -> Solution:
    """All strong equilibria; ``proof["left"]`` says which coalition leaves each of the other pure equilibria.

    After Ctrl-C the answer holds what was found. Raises :class:`SizeError`, with the figure.
    """
    return listed(game, "strong", sift(game, progress=progress))


def solve_k_strong(game: NormalForm, k: int = 2, progress: Progress | None = None) -> Solution:
    """All k-strong equilibria; otherwise as :func:`solve_strong`."""
    return listed(game, "k-strong", sift(game, k, progress), k=k)


def listed(game: NormalForm, concept: str, sifted: Sifted, **extra: int) -> Solution:
    """The answer: the profiles kept, up to a stated number, and in ``proof`` why the others fail."""
    kept, shown = sifted.kept, sifted.kept[:MOST_EQUILIBRIA]
    stop = None if len(shown) == len(kept) else say("limit: {kept} of {all} equilibria are listed", kept=len(shown), all=len(kept))
    if sifted.untried:
        done = len(kept) + len(sifted.left)
        all_, left = done + sifted.untried, sifted.untried
        stop = say("limit: stopped after {n} of {all} candidates; {left} were not tried", n=done, all=all_, left=left)
    equilibria = tuple(Equilibrium(game.pure(a), game.payoffs(a), pure_regret(game, a)) for a in shown)
    proof = {**extra, "left": [move.to_dict() for move in sifted.left[:MOST_EQUILIBRIA]]}
    return Solution(describe(game), concept, "enumeration", stop is None, stop, equilibria, limited=stop is not None, proof=proof)


def coalitions_certificate(game: NormalForm, answer: Solution) -> dict[str, Any] | None:
    """Profiles, the coalitions that leave the other pure equilibria, and the game; None where it is too large to be re-read."""
    cells, joint = prod(game.shape), prod(k + 1 for k in game.shape)
    work = {"strict": 0, "coalition-proof": cells * joint}.get(answer.concept, len(answer.equilibria) * joint)
    if game.table.size > LARGEST_PROOF or work > CHECKABLE:
        return None
    proof = answer.proof or {}
    return sealed(
        {
            "kind": "coalitions",
            "game": normal_form_json(game),
            "concept": answer.concept,
            **({"k": proof["k"]} if "k" in proof else {}),
            "complete": answer.complete and cells <= MOST_PROFILES,
            "equilibria": [as_json({"profile": e.profile, "payoffs": e.payoffs, "regret": e.regret}) for e in answer.equilibria],
            "left": proof["left"],
        }
    )


def indicator(values: Array, coalition: Coalition) -> Array:
    """``values`` (an axis per player) as ``(profiles of the others, profiles of the coalition)``."""
    others = [i for i in range(values.ndim) if i not in coalition]
    inside = prod(values.shape[i] for i in coalition)
    return values.transpose(*others, *coalition).reshape(-1, inside)
