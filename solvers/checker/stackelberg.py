"""The part of the checker for commitments: the leader's value is reached, and weak duality shows that nothing earns more."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import combinations
from typing import Any

from ...games.message import say
from .equilibria import Table
from .reread import Claims, real, reals

ZERO = Fraction(0)


class Pair:
    """Payoffs ``a`` of the leader and ``b`` of the follower: rows are actions of the leader, columns replies."""

    def __init__(self, table: Table, leader: int) -> None:
        rows, columns = table.shape[leader], table.shape[1 - leader]

        def entry(player: int, i: int, j: int) -> Fraction:
            return table.payoff(player, (i, j) if leader == 0 else (j, i))

        self.rows, self.columns = range(rows), range(columns)
        self.a, self.b = ([[entry(player, i, j) for j in self.columns] for i in self.rows] for player in (leader, 1 - leader))
        self.shift = 1 - min(min(row) for row in self.a)

    def twins(self, j: int) -> list[int]:
        """``j`` and the replies that give the follower the same whatever the leader does."""
        return [j, *(k for k in self.columns if k != j and all(row[k] == row[j] for row in self.b))]

    def worth(self, p: list[Fraction], side: list[list[Fraction]], j: int) -> Fraction:
        """What reply ``j`` gives one side under the commitment ``p``."""
        return sum((p[i] * side[i][j] for i in self.rows), start=ZERO)


def stackelberg_claims(certificate: Mapping[str, Any]) -> Claims:
    """Every claim of a certificate about a leader's commitment."""
    table, leader = Table(certificate["game"]), certificate["leader"]
    fits = len(table.shape) == 2 and leader in (0, 1)
    known = certificate["commitment"] in ("mixed", "pure") and certificate["follower"] in ("optimistic", "pessimistic")
    yield say("the game is well-formed"), fits and known
    if not (fits and known):
        return
    pair, value = Pair(table, leader), real(certificate["value"])
    mixed, hopeful = certificate["commitment"] == "mixed", certificate["follower"] == "optimistic"
    best: list[int] = certificate["best"]
    yield say("the value is reached by some commitment"), len(best) == len(certificate["equilibria"]) > 0
    told = [[reals(mix) for mix in entry["profile"]] for entry in certificate["equilibria"]]
    yield say("there is no profile twice"), all(one != other for one, other in combinations(told, 2))
    for j, entry in zip(best, certificate["equilibria"]):
        yield from _reached(entry, j, pair, leader, value, mixed, hopeful)
    if mixed:
        yield from _bounded(certificate, pair, value, best, hopeful)
    else:
        yield from _enumerated(pair, value, best, hopeful)


def _reached(entry: Mapping[str, Any], j: int, pair: Pair, leader: int, value: Fraction, mixed: bool, hopeful: bool) -> Claims:
    p, q = (reals(entry["profile"][player]) for player in (leader, 1 - leader))
    shaped = len(entry["profile"]) == len(entry["payoffs"]) == 2
    shaped = (
        shaped and len(p) == len(pair.rows) and len(q) == len(pair.columns) and min(p) >= 0 and sum(p) == 1 and sorted(q)[-1] == sum(q) == 1
    )
    yield say("probabilities"), shaped and min(q) >= 0 and (mixed or max(p) == 1)
    reply = q.index(Fraction(1))
    yield say("the reply is the one that is named"), reply == j or (mixed and not hopeful and reply in pair.twins(j))
    paid = pair.worth(p, pair.a, reply), pair.worth(p, pair.b, reply)
    yield say("payoffs"), (real(entry["payoffs"][leader]), real(entry["payoffs"][1 - leader])) == paid
    most = max(pair.worth(p, pair.b, k) for k in pair.columns)
    yield say("the follower replies best"), most == paid[1] and real(entry["regret"]) == 0
    least = paid[0] if hopeful or not mixed else min(pair.worth(p, pair.a, k) for k in pair.twins(j))
    yield say("the leader gets the value"), least == paid[0] == value


def _bounded(certificate: Mapping[str, Any], pair: Pair, value: Fraction, best: list[int], hopeful: bool) -> Claims:
    """For each reply a bound on what any commitment that it answers is worth; replies best on no open set need none from a pessimist."""
    entries = {entry["reply"]: entry for entry in certificate["replies"]}
    covered = all(j in entries or (not hopeful and any(k in entries for k in pair.twins(j))) for j in pair.columns)
    yield say("every reply has its bound"), covered
    for j, entry in entries.items():
        twins = [j] if hopeful else pair.twins(j)
        if not hopeful and "closed" in entry:
            others, y = [k for k in pair.columns if k not in twins], reals(entry["closed"])
            never = all(sum(w * (pair.b[i][k] - pair.b[i][j]) for w, k in zip(y, others, strict=True)) >= 0 for i in pair.rows)
            yield say("the reply is best on no open set of commitments"), never and min(y) >= 0 and sum(y) > 0 and j not in best
            continue
        yield say("no commitment earns more (dual weights)"), _dual(entry, pair, j, twins) and real(entry["bound"]) <= value
        yield say("every reply that reaches the value is listed"), real(entry["bound"]) < value or j in best
        if not hopeful:
            p, others = reals(entry["inside"]), [k for k in pair.columns if k not in twins]
            own = pair.worth(p, pair.b, j)
            inside = min(p) >= 0 and sum(p) == 1 and all(pair.worth(p, pair.b, k) < own for k in others)
            yield say("the reply is best on an open set of commitments"), inside and len(p) == len(pair.rows)


def _dual(entry: Mapping[str, Any], pair: Pair, j: int, twins: list[int]) -> bool:
    """sum_k w_k (a_ik + shift) <= bound + shift + sum_k' y_k' (b_ik' - b_ij) for every i; y, w >= 0, sum w >= 1."""
    y, w, top = reals(entry["obedience"]), reals(entry["promise"]), real(entry["bound"]) + pair.shift
    others = [k for k in pair.columns if k != j]
    if min([*y, *w, ZERO]) < 0 or sum(w) < 1 or len(y) != len(others) or len(w) != len(twins) or top < 0:
        return False
    for i in pair.rows:
        promised = sum(x * (pair.a[i][k] + pair.shift) for x, k in zip(w, twins))
        if promised > top + sum(x * (pair.b[i][k] - pair.b[i][j]) for x, k in zip(y, others)):
            return False
    return True


def _enumerated(pair: Pair, value: Fraction, best: list[int], hopeful: bool) -> Claims:
    """Every pure commitment tried."""
    worth: list[tuple[Fraction, int]] = []
    for i in pair.rows:
        replies = [k for k in pair.columns if pair.b[i][k] == max(pair.b[i])]
        chosen = (max if hopeful else min)(pair.a[i][k] for k in replies)
        worth += [(chosen, k) for k in replies if pair.a[i][k] == chosen]
    top = max(w for w, _ in worth)
    yield say("no pure commitment earns more"), top == value and sorted(best) == sorted(k for w, k in worth if w == top)
