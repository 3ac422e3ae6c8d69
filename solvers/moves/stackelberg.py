"""Commitment: a leader binds itself to a strategy that the follower sees and answers (von Stackelberg 1934).

To a mixed strategy by one linear program for each reply j of the follower (Conitzer and Sandholm 2006)::

    maximise  sum_i p_i a_ij   over p >= 0, sum p = 1,   sum_i p_i (b_ij' - b_ij) <= 0 for every other reply j'

a the leader's payoffs, b the follower's. A follower who is indifferent takes the reply the leader likes ("optimistic": the strong
Stackelberg equilibrium) or dislikes ("pessimistic"). The pessimistic value is a supremum, the largest over replies j that are best in
an open set of commitments of  max_p min_k sum_i p_i a_ik,  k over replies that give the follower the same as j whatever the leader
does (von Stengel and Zamir 2010, theorem 11); it may be reached only in the limit. Exact: floats are taken for the binary
fractions they are. The dual weights of every program prove that no commitment earns more.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from ...games.errors import InputError, NotApplicable, SizeError
from ...games.exact import Array, Number, as_json
from ...games.linear_program import maximise
from ...games.message import Message, say
from ...games.normal_form import NormalForm
from ..certificate import normal_form_json, sealed
from ..describe import describe
from ..solution import Equilibrium, Solution

LARGEST = 20_000  # payoffs of a player: the programs are solved in rational arithmetic
MOST_WORK = 10_000_000  # steps of all programs together, see _work: some ten seconds
COMMITMENTS = ("mixed", "pure")
FOLLOWERS = ("optimistic", "pessimistic")
LARGEST_CERTIFICATE = 200_000

Reply = dict[str, Any]


def refuses_stackelberg(game: object) -> Message | None:
    """Why ``game`` has no leader and follower; None if it can have."""
    if not isinstance(game, NormalForm):
        return say("needs a normal form")
    if len(game.players) != 2:
        return say("a leader and one follower are needed; this game has {n} players", n=len(game.players))
    return None


def solve_stackelberg(game: NormalForm, leader: int = 0, commitment: str = "mixed", follower: str = "optimistic") -> Solution:
    """The best that player ``leader`` can get by committing to a ``"mixed"`` or ``"pure"`` strategy, the other replying best.

    One equilibrium for every reply of the follower with which the leader's value is reached (``welfare`` is not set; the leader's payoff
    is the value); regret is the follower's, since the leader is bound. ``proof`` holds the dual weights by reply.
    Raises :class:`InputError` for a bad option, :class:`NotApplicable` unless there are two players, :class:`SizeError` where it does
    not fit.
    """
    for name, value, known in (("commitment", commitment, COMMITMENTS), ("follower", follower, FOLLOWERS)):
        if value not in known:
            raise InputError("{name}={value!r} is not known; one of {known}", name=name, value=value, known=list(known))
    reason = refuses_stackelberg(game)
    if reason is not None:
        raise NotApplicable(reason)
    if isinstance(leader, bool) or not isinstance(leader, (int, np.integer)) or leader not in (0, 1):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise InputError("{name}={value!r} is not known; one of {known}", name="leader", value=leader, known=[0, 1])
    if game.table[0].size > LARGEST:
        n = game.table[0].size
        raise SizeError("{n} payoffs a player are too many for programs in exact arithmetic; at most {limit}", n=n, limit=LARGEST)
    if commitment == "mixed" and (work := _work(game, leader)) > MOST_WORK:
        raise SizeError(
            "programs for {n} replies take about {work} steps in exact arithmetic; at most {limit} fit",
            n=game.shape[1 - leader], work=f"{work:.2g}", limit=f"{MOST_WORK:.0e}",
        )  # fmt: skip
    a, b = _oriented(game, leader)
    columns = range(a.shape[1])
    if follower == "pessimistic":  # the first of replies that are the same to the follower stands for them
        columns = [j for j in columns if not any((b[:, k] == b[:, j]).all() for k in range(j))]
    replies = _pure(a, b, follower) if commitment == "pure" else [_program(a, b, j, follower) for j in columns]
    return _answer(game, leader, commitment, follower, a, b, replies)


def _work(game: NormalForm, leader: int) -> int:
    """About how many steps the programs take: as many pivots as the shorter side has actions, for each reply; long numbers cost more."""
    bits = max(int(game.table.max()), -int(game.table.min())).bit_length() if game.exact else 53
    return game.table[0].size * game.shape[1 - leader] * min(game.shape) * (1 + bits // 12)


def _oriented(game: NormalForm, leader: int) -> tuple[Array, Array]:
    """Payoffs of leader and follower, a row an action of the leader; Fractions."""
    tables: list[Array] = []
    for player in (leader, 1 - leader):
        values = game.table[player] if leader == 0 else game.table[player].T
        exact = np.empty(values.shape, dtype=object)
        exact.ravel()[:] = [Fraction(int(x), game.denominator) if game.exact else Fraction(float(x)) for x in values.ravel()]
        tables.append(exact)
    return tables[0], tables[1]


def _pure(a: Array, b: Array, follower: str) -> list[Reply]:
    """For every pure commitment, the reply it gets."""
    found: list[Reply] = []
    for i in range(len(a)):
        best = [j for j in range(a.shape[1]) if b[i, j] == b[i].max()]
        wanted = max(a[i, best]) if follower == "optimistic" else min(a[i, best])
        p = tuple(Fraction(int(k == i)) for k in range(len(a)))
        found += [{"reply": j, "value": a[i, j], "p": p} for j in best if a[i, j] == wanted]
    return found


def _program(a: Array, b: Array, j: int, follower: str) -> Reply:
    """The best commitment to which j is a best reply, with its dual: ``value`` None where there is none (or, for a pessimistic
    follower, none in an open set).

    Payoffs are raised to be at least 1, so that all probability is worth using and 0 means that nothing is feasible.
    """
    shift = 1 - a.min()
    others = [k for k in range(a.shape[1]) if k != j]
    obey = {k: list(b[:, k] - b[:, j]) for k in others}
    twins, witness = [j], dict[str, Any]()
    if follower == "pessimistic":
        twins += [k for k in others if not any(obey[k])]
        inside, weights = _open([obey[k] for k in others if k not in twins], len(a))
        if inside is None:
            return {"reply": j, "value": None, "proof": {"closed": weights}}
        witness = {"inside": inside}
    promise = [[*(-(a[:, k] + shift)), Fraction(1)] for k in twins]  # the last variable is what the leader is sure of
    rows = [*([*row, Fraction(0)] for row in obey.values()), *promise, [*[Fraction(1)] * len(a), Fraction(0)]]
    found = maximise(_last(len(a)), np.array(rows, dtype=object), _last(len(rows) - 1))
    proof = {"obedience": found.y[: len(obey)], "promise": found.y[len(obey) : -1], "bound": found.y[-1] - shift, **witness}
    value = found.value - shift if found.value > 0 else None
    return {"reply": j, "value": value, "p": found.x[:-1], "twins": twins, "proof": proof}


def _last(n: int) -> Array:
    """(0, ..., 0, 1), with ``n`` zeros."""
    return np.array([Fraction(0)] * n + [Fraction(1)], dtype=object)


def _open(strict: Sequence[Sequence[Fraction]], n: int) -> tuple[tuple[Fraction, ...] | None, tuple[Fraction, ...]]:
    """A commitment at which the reply is strictly better than every other (rows of differences) but its twins; or None, and weights of
    the others that together never do worse: then it is best at most on a set without inner points.
    """
    if not strict:
        return (Fraction(1), *[Fraction(0)] * (n - 1)), ()
    rows = [*([*row, Fraction(1)] for row in strict), [*[Fraction(1)] * n, Fraction(0)], [*[Fraction(0)] * n, Fraction(1)]]
    bounds = np.array([Fraction(0)] * len(strict) + [Fraction(1)] * 2, dtype=object)
    found = maximise(_last(n), np.array(rows, dtype=object), bounds)
    total = sum(found.x[:-1], start=Fraction(0))
    return (tuple(x / total for x in found.x[:-1]), ()) if found.value > 0 else (None, found.y[: len(strict)])


def _answer(game: NormalForm, leader: int, commitment: str, follower: str, a: Array, b: Array, replies: list[Reply]) -> Solution:
    value = max(r["value"] for r in replies if r["value"] is not None)
    best = [r for r in replies if r["value"] == value]
    equilibria: list[Equilibrium] = []
    for r in best:
        p, j = np.array(r["p"], dtype=object), _reply(a, r)
        row = tuple(Fraction(int(k == j)) for k in range(a.shape[1]))
        payoffs: tuple[Number, ...] = tuple(Fraction(x) for x in (np.dot(p, a[:, j]), np.dot(p, b[:, j])))
        sides = [(tuple(r["p"]), payoffs[0]), (row, payoffs[1])]
        profile, paid = zip(*(sides if leader == 0 else sides[::-1]))
        equilibria.append(Equilibrium(profile, paid, max(p @ b) - payoffs[1], None))
    proof: dict[str, Any] = {"leader": leader, "commitment": commitment, "follower": follower, "value": value}
    proof["best"] = [r["reply"] for r in best]
    if commitment == "mixed":
        proof["replies"] = [{"reply": r["reply"], **r["proof"]} for r in replies]
    return Solution(
        describe(game),
        f"stackelberg ({commitment}, {follower})",
        "linear-programs" if commitment == "mixed" else "enumeration",
        True,
        _stop(follower, commitment, a, b, best),
        tuple(equilibria),
        proof=proof,
    )


def _reply(a: Array, r: Reply) -> int:
    """The reply meant: for a pessimistic follower the twin that the leader likes least."""
    p = np.array(r["p"], dtype=object)
    return min(r.get("twins", [r["reply"]]), key=lambda k: (p @ a[:, k], k))


def _stop(follower: str, commitment: str, a: Array, b: Array, best: Sequence[Reply]) -> Message | None:
    if follower == "optimistic" or commitment == "pure":
        return None
    for r in best:
        p = np.array(r["p"], dtype=object)
        worth = p @ b
        if min(p @ a[:, j] for j in range(a.shape[1]) if worth[j] == max(worth)) == r["value"]:
            return None
    return say("a supremum: commitments come as near to it as one likes, but at the limit the follower is indifferent")


def stackelberg_certificate(game: NormalForm, answer: Solution) -> dict[str, Any] | None:
    """The game, the commitments, and the dual weights by reply; None where too large."""
    if game.table.size * (1 + game.shape[1]) > LARGEST_CERTIFICATE or answer.proof is None:
        return None
    return sealed(
        {
            "kind": "stackelberg",
            "game": normal_form_json(game),
            **as_json(answer.proof),
            "equilibria": [as_json({"profile": e.profile, "payoffs": e.payoffs, "regret": e.regret}) for e in answer.equilibria],
        }
    )


__all__ = ["COMMITMENTS", "FOLLOWERS", "refuses_stackelberg", "solve_stackelberg", "stackelberg_certificate"]
