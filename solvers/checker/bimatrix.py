"""The part of the checker for all extreme equilibria of a two-player game: every vertex is solved again, in integers.

A certificate lists the bases of both best-response polytopes ``{x >= 0 : M x <= 1}`` (payoffs made positive by ``shift``), their
right-hand sides perturbed to 1 + epsilon delta. The checker solves each for its point and how that moves with epsilon, sees that every
other constraint is slack for small epsilon > 0, and that each d - 1 labels of a basis are shared with exactly one other: then, the
graph of a polytope being connected (Balinski 1961), there is no further basis and so no further vertex. The extreme equilibria are
the pairs of vertices whose labels together are all labels (von Stengel 2002).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from math import lcm
from typing import Any

from ...games.message import say
from .reread import TOLERANCE, Claims, real, reals

Mixture = tuple[Fraction, ...]
Matrix = list[list[Fraction]]
Pair = tuple[Mixture, Mixture]


class Bimatrix:
    """Payoffs ``A``, ``B`` as a certificate writes them (over ``denominator``); floats are the binary fractions they are."""

    def __init__(self, game: Mapping[str, Any]) -> None:
        self.m, self.n = game["shape"]
        self.denominator = int(game["denominator"])
        self.A, self.B = ([reals(row) for row in table] for table in game["payoffs"])
        if any(len(M) != self.m or any(len(row) != self.n for row in M) for M in (self.A, self.B)) or self.denominator < 1:
            raise ValueError("the payoffs do not have the shape that is written")
        self.exact = not any(isinstance(x, float) for table in game["payoffs"] for row in table for x in row)
        self.size = max(abs(x) for M in (self.A, self.B) for row in M for x in row) / self.denominator
        self.loose = Fraction(0) if self.exact else TOLERANCE

    def values(self, x: Mixture, y: Mixture) -> tuple[list[Fraction], list[Fraction]]:
        """What every row earns against y, and every column against x."""
        rows = [sum((a * q for a, q in zip(row, y)), start=Fraction(0)) / self.denominator for row in self.A]
        columns = [sum((row[j] * p for row, p in zip(self.B, x)), start=Fraction(0)) / self.denominator for j in range(self.n)]
        return rows, columns

    def same(self, one: Pair, other: Pair) -> bool:
        """Whether two profiles are equal: exactly, or for float games within rounding."""
        return all(abs(p - q) <= self.loose for a, b in zip(one, other) for p, q in zip(a, b, strict=True))


def bimatrix_claims(certificate: Mapping[str, Any]) -> Claims:
    """Every claim of a certificate about the equilibria of a two-player game."""
    yield say("the concept is known to the checker"), certificate["concept"] == "nash"
    game = Bimatrix(certificate["game"])
    listed = [(tuple(reals(entry["profile"][0])), tuple(reals(entry["profile"][1]))) for entry in certificate["equilibria"]]
    for entry, profile in zip(certificate["equilibria"], listed):
        yield from _equilibrium(game, entry, *profile)
    yield say("no equilibrium is listed twice"), all(not game.same(p, q) for k, p in enumerate(listed) for q in listed[:k])
    yield say("all is claimed only with its proof"), bool(certificate["proof"]) == bool(certificate["complete"])
    if certificate["proof"]:
        yield from _all_found(game, certificate, listed)


def _equilibrium(game: Bimatrix, entry: Mapping[str, Any], x: Mixture, y: Mixture) -> Claims:
    shaped = (len(x), len(y)) == (game.m, game.n)
    yield say("probabilities"), shaped and all(min(mix) >= 0 and abs(sum(mix) - 1) <= game.loose for mix in (x, y))
    rows, columns = game.values(x, y)
    payoffs = [sum(p * v for p, v in zip(mix, values)) for mix, values in ((x, rows), (y, columns))]
    scale = game.loose * game.size
    yield say("payoffs"), all(abs(real(a) - b) <= scale for a, b in zip(entry["payoffs"], payoffs, strict=True))
    regret = max(max(rows) - payoffs[0], max(columns) - payoffs[1])
    yield say("regret"), abs(real(entry["regret"]) - regret) <= scale
    yield say("nobody gains by deviating"), regret <= scale


def _all_found(game: Bimatrix, certificate: Mapping[str, Any], listed: Sequence[Pair]) -> Claims:
    proof = certificate["proof"]
    alive = _alive(game, proof["eliminated"])
    yield say("only strictly dominated actions are left out"), alive is not None
    if alive is None:
        return
    A = [[game.A[i][j] for j in alive[1]] for i in alive[0]]
    B = [[game.B[i][j] for i in alive[0]] for j in alive[1]]
    P, Q = (_Walk(M, walk) for M, walk in zip((B, A), proof["polytopes"], strict=True))
    for walk in (P, Q):
        yield say("every basis is one, and its vertex lies in the polytope"), walk.inside
        yield say("no edge leads to a basis that is not listed"), walk.closed
    if not (P.inside and Q.inside):
        return
    pairs = [(_whole(x, alive[0], game.m), _whole(y, alive[1], game.n)) for x, y in _covering(P, Q)]
    found = len(pairs) == len(listed) and all(any(game.same(pair, other) for other in listed) for pair in pairs)
    yield say("the equilibria listed are all extreme ones"), found
    simple = P.simple and Q.simple
    flag = False if not simple else None if proof["eliminated"] else True
    yield say("whether the game is degenerate"), proof["nondegenerate"] is flag
    yield say("the components of the equilibrium set"), found and _parts_agree(certificate["components"], _ordered(game, listed, pairs))


def _alive(game: Bimatrix, steps: Sequence[Sequence[int]]) -> tuple[list[int], list[int]] | None:
    """The actions left after ``steps`` (player, action, by), each checked to be strictly dominated then."""
    alive = (list(range(game.m)), list(range(game.n)))
    for player, action, by in steps:
        if action == by or action not in alive[player] or by not in alive[player]:
            return None
        others = alive[1 - player]
        payoff = (lambda a, b: game.A[a][b]) if player == 0 else (lambda a, b: game.B[b][a])
        if not all(payoff(by, other) > payoff(action, other) for other in others):
            return None
        alive[player].remove(action)
    return alive


def _whole(mixture: Mixture, alive: Sequence[int], actions: int) -> Mixture:
    weight = dict(zip(alive, mixture))
    return tuple(weight.get(a, Fraction(0)) for a in range(actions))


class _Walk:
    """The bases of one polytope of dimension ``d``: ``vertices`` by their set of tight labels (bits), 0 left out.

    ``M[k]`` what reply k earns against each own action; label i is x_i = 0, label d + k that reply k is best.
    """

    def __init__(self, M: Matrix, walk: Mapping[str, Any]) -> None:
        shift = real(walk["shift"])
        positive = [[v + shift for v in row] for row in M]
        shared = lcm(*(v.denominator for row in positive for v in row))
        self.M = [[int(v * shared) for v in row] for row in positive]
        self.d, self.delta = len(M[0]), [int(x) for x in walk["delta"]]
        self.bases = {int(text, 16) for text in walk["bases"]}
        self.vertices: dict[int, Mixture] = {}
        self.simple = True
        shaped = min(min(row) for row in self.M) > 0 and len(self.delta) == len(self.M)
        self.inside = shaped and all(self._is_basis(basis) for basis in self.bases)

    @property
    def closed(self) -> bool:
        """Whether each basis shares every d - 1 of its labels with exactly one other."""
        count: dict[int, int] = {}
        for basis in self.bases:
            for label in _labels(basis):
                count[basis ^ (1 << label)] = count.get(basis ^ (1 << label), 0) + 1
        return bool(count) and set(count.values()) == {2}

    def _is_basis(self, basis: int) -> bool:
        d, labels = self.d, _labels(basis)
        if len(labels) != d or labels[-1] >= d + len(self.M):
            return False
        support = [i for i in range(d) if not basis >> i & 1]
        replies = [label - d for label in labels if label >= d]
        solved = _solved([[self.M[k][i] for i in support] + [1, self.delta[k]] for k in replies])
        if solved is None:
            return False
        D, Z = solved
        tight = basis
        for label, slack, moves in self._slacks(basis, dict(zip(support, Z)), D):
            if slack < 0 or (slack == 0 and moves <= 0):
                return False
            tight |= (slack == 0) << label
        self.simple &= tight == basis
        if support:
            total = sum(z for z, _ in Z)
            weight = {i: Fraction(z, total) for i, (z, _) in zip(support, Z)}
            self.vertices[tight] = tuple(weight.get(i, Fraction(0)) for i in range(d))
        return True

    def _slacks(self, basis: int, Z: Mapping[int, tuple[int, int]], D: int) -> Iterator[tuple[int, int, int]]:
        """Label, D times the slack, and D times how it moves with epsilon, of all constraints outside the basis."""
        for i, (z, w) in Z.items():
            yield i, z, w
        for k, row in enumerate(self.M):
            if not basis >> (self.d + k) & 1:
                yield (
                    self.d + k,
                    D - sum(row[i] * z for i, (z, _) in Z.items()),
                    self.delta[k] * D - sum(row[i] * w for i, (_, w) in Z.items()),
                )


def _labels(basis: int) -> list[int]:
    return [k for k in range(basis.bit_length()) if basis >> k & 1]


def _solved(rows: list[list[int]]) -> tuple[int, list[tuple[int, int]]] | None:
    """D > 0 and the two solutions, times D, of a square system with two right-hand sides (Bareiss 1968); None if singular."""
    size, previous = len(rows), 1
    for c in range(size):
        chosen = next((r for r in range(c, size) if rows[r][c]), None)
        if chosen is None:
            return None
        rows[c], rows[chosen] = rows[chosen], rows[c]
        lead, pivot = rows[c], rows[c][c]
        rows = [row if r == c else [(v * pivot - row[c] * w) // previous for v, w in zip(row, lead)] for r, row in enumerate(rows)]
        previous = pivot
    sign = 1 if previous > 0 else -1
    return sign * previous, [(sign * row[size], sign * row[size + 1]) for row in rows]


def _covering(P: _Walk, Q: _Walk) -> Iterator[Pair]:
    """All pairs of vertices whose labels together are all labels."""
    m, n = P.d, Q.d
    ys = list(Q.vertices.items())
    held = [sum(1 << k for k, (tight, _) in enumerate(ys) if tight >> label & 1) for label in [*range(n, n + m), *range(n)]]
    for tight, x in P.vertices.items():
        left = (1 << len(ys)) - 1
        for label, having in enumerate(held):
            if not tight >> label & 1:
                left &= having
        for k in _labels(left):
            yield x, ys[k][1]


def _ordered(game: Bimatrix, listed: Sequence[Pair], pairs: Sequence[Pair]) -> list[tuple[int, int]]:
    """The listed equilibria as numbers of their exact row and column mixtures."""
    exact = [next(pair for pair in pairs if game.same(pair, profile)) for profile in listed]
    rows, columns = ({mixture: k for k, mixture in enumerate(dict.fromkeys(pair[side] for pair in exact))} for side in (0, 1))
    return [(rows[x], columns[y]) for x, y in exact]


def _parts_agree(parts: Sequence[Mapping[str, Any]], pairs: list[tuple[int, int]]) -> bool:
    """Whether ``parts`` are the connected components of the graph with these edges, with all its maximal bicliques."""
    numbers = sorted(k for part in parts for k in part["equilibria"])
    if numbers != list(range(len(pairs))):
        return False
    nodes = [({("row", pairs[k][0]) for k in part["equilibria"]}, {("column", pairs[k][1]) for k in part["equilibria"]}) for part in parts]
    apart = all(not (a & c or b & d) for k, (a, b) in enumerate(nodes) for c, d in nodes[:k])
    return apart and all(_is_connected([pairs[k] for k in part["equilibria"]]) and _subsets_agree(part, pairs) for part in parts)


def _is_connected(edges: list[tuple[int, int]]) -> bool:
    reached, left = {("row", edges[0][0])}, list(edges)
    while True:
        touching = [(i, j) for i, j in left if ("row", i) in reached or ("column", j) in reached]
        if not touching:
            return not left
        reached |= {("row", i) for i, _ in touching} | {("column", j) for _, j in touching}
        left = [edge for edge in left if edge not in touching]


def _subsets_agree(part: Mapping[str, Any], pairs: list[tuple[int, int]]) -> bool:
    """Whether the subsets are the maximal bicliques: the closed sets of the relation, by intersecting what rows are paired with."""
    if part["subsets"] is None:
        return True
    partners: dict[int, frozenset[int]] = {}
    for i, j in (pairs[k] for k in part["equilibria"]):
        partners[i] = partners.get(i, frozenset()) | {j}
    closed: set[frozenset[int]] = set()
    for own in partners.values():
        closed |= {own & other for other in closed} | {own}
    true = {(frozenset(i for i, own in partners.items() if own >= Y), Y) for Y in closed if Y}
    written = [(frozenset(pairs[k][0] for k in s["rows"]), frozenset(pairs[k][1] for k in s["columns"])) for s in part["subsets"]]
    return len(written) == len(true) and set(written) == true
