"""Traffic that may be split at will between the paths of a network (Wardrop 1952): equilibrium, optimum, tolls, price of anarchy.

A road costs everybody on it ``a x + b`` when x use it. In equilibrium every path in use is a cheapest one; flows that minimise the total
cost are the equilibrium of roads that cost 2 a x + b (Beckmann, McGuire and Winsten 1956), and tolls a x bring it about (Pigou 1920). With
such affine costs the ratio is at most 4/3 (Roughgarden and Tardos 2002). All numbers are exact if given so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations
from typing import Any

from .errors import InputError, SizeError
from .exact import Number
from .parameters import amount

MOST_PATHS = 12  # whose subsets are tried
ZERO = Fraction(0)
Road = tuple[str, str, Number, Number]


@dataclass(frozen=True)
class Network:
    """``roads`` of the form ``(from, to, a, b)`` from ``source`` to ``target``, used by ``demand`` units of traffic in all."""

    roads: tuple[Road, ...]
    source: str
    target: str
    demand: Number = Fraction(1)

    def __post_init__(self) -> None:
        least = {"least": ZERO}
        roads = tuple((str(u), str(v), amount(a, "roads", **least), amount(b, "roads", **least)) for u, v, a, b in self.roads)
        object.__setattr__(self, "roads", roads)
        object.__setattr__(self, "demand", amount(self.demand, "demand", above=ZERO))

    @property
    def paths(self) -> tuple[tuple[int, ...], ...]:
        """The roads (indices) of every path without a loop. Raises :class:`InputError` if there is none, :class:`SizeError` if too many."""
        found: list[tuple[int, ...]] = []
        for path in self._onward(self.source, (self.source,), ()):
            found.append(path)
            if len(found) > MOST_PATHS:
                raise SizeError("the network has more than {limit} paths", limit=MOST_PATHS)
        if not found:
            raise InputError("no path leads from {source} to {target}", source=self.source, target=self.target)
        return tuple(found)

    def _onward(self, node: str, seen: tuple[str, ...], path: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        if node == self.target:
            yield path
            return
        for e, (u, v, _, _) in enumerate(self.roads):
            if u == node and v not in seen:
                yield from self._onward(v, (*seen, v), (*path, e))

    def without(self, road: int) -> Network:
        """The network when ``road`` (index) is closed."""
        return replace(self, roads=(*self.roads[:road], *self.roads[road + 1 :]))

    def tolled(self, tolls: Sequence[Number]) -> Network:
        """The network when every road costs its toll more."""
        return replace(self, roads=tuple((u, v, a, b + t) for (u, v, a, b), t in zip(self.roads, tolls)))


@dataclass(frozen=True)
class Flow:
    """Traffic by road and by path, what a path in use costs everybody (``each``), and the ``total`` cost."""

    roads: tuple[Number, ...]
    paths: tuple[Number, ...]
    each: Number
    total: Number


def equilibrium(network: Network) -> Flow:
    """A Wardrop equilibrium. What each path and the whole costs is the same in all of them.

    Paths are tried by sets, few first: where two equilibria use the same paths there is one between them and the edge that uses fewer, so
    one of least support solves its equations uniquely.
    """
    return _flow(network, 1)


def optimum(network: Network) -> Flow:
    """The flow of least total cost; ``each`` is what the dearest path in use costs."""
    return _flow(network, 2)


def marginal_tolls(network: Network) -> tuple[Number, ...]:
    """a x for every road at the optimal flow x: with these tolls the optimum is an equilibrium."""
    best = optimum(network)
    return tuple(a * x for (_, _, a, _), x in zip(network.roads, best.roads))


def price_of_anarchy(network: Network) -> Number:
    """The total cost in equilibrium over the least; 1 where both are 0."""
    least = optimum(network).total
    return equilibrium(network).total / least if least else Fraction(1)


def _flow(network: Network, slope: int) -> Flow:
    paths, roads = network.paths, network.roads
    A = [[sum((roads[e][2] for e in set(p) & set(q)), start=ZERO) * slope for q in paths] for p in paths]
    b = [sum((roads[e][3] for e in p), start=ZERO) for p in paths]
    for k in range(1, len(paths) + 1):
        for used in combinations(range(len(paths)), k):
            rows = [[*(A[p][q] for q in used), -1] for p in used] + [[1] * k + [0]]
            solved = _solve(rows, [*(-b[p] for p in used), network.demand])
            if solved is None:
                continue
            *flows, price = solved
            x = dict(zip(used, flows))
            costs = [b[p] + sum((A[p][q] * f for q, f in x.items()), start=ZERO) for p in range(len(paths))]
            slack = 0 if all(isinstance(c, Fraction) for c in costs) else 1e-9 * max(map(abs, costs))
            if min(flows) >= -slack and min(costs) >= price - slack:
                return _described(network, paths, tuple(x.get(p, ZERO) for p in range(len(paths))))
    raise AssertionError("a convex program over a simplex has a solution")


def _described(network: Network, paths: Sequence[Sequence[int]], flows: tuple[Number, ...]) -> Flow:
    on = tuple(sum((f for p, f in zip(paths, flows) if e in p), start=ZERO) for e in range(len(network.roads)))
    cost = [a * x + b for (_, _, a, b), x in zip(network.roads, on)]
    each = max(sum((cost[e] for e in p), start=ZERO) for p, f in zip(paths, flows) if f > 0)
    return Flow(on, flows, each, sum((x * c for x, c in zip(on, cost)), start=ZERO))


def _solve(rows: Sequence[Sequence[Any]], right: Sequence[Any]) -> list[Any] | None:
    """The solution of a square system by elimination, None if it has not exactly one."""
    M = [[*row, r] for row, r in zip(rows, right)]
    n = len(M)
    for j in range(n):
        pivot = max(range(j, n), key=lambda i: abs(M[i][j]))
        if abs(M[pivot][j]) <= (1e-12 if isinstance(M[pivot][j], float) else 0):
            return None
        M[j], M[pivot] = M[pivot], M[j]
        for i in range(n):
            if i != j and M[i][j]:
                factor = Fraction(M[i][j]) / M[j][j] if isinstance(M[i][j], int) else M[i][j] / M[j][j]
                M[i] = [x - factor * y for x, y in zip(M[i], M[j])]
    return [Fraction(M[i][n]) / M[i][i] if isinstance(M[i][n], int) else M[i][n] / M[i][i] for i in range(n)]


def braess() -> Network:
    """The network of Braess (1968) with unit traffic: s-v costs x, v-t 1, s-w 1, w-t x, and the link v-w nothing; it is the last road."""
    return Network((("s", "v", 1, 0), ("v", "t", 0, 1), ("s", "w", 0, 1), ("w", "t", 1, 0), ("v", "w", 0, 0)), "s", "t")  # type: ignore[arg-type]


def pigou() -> Network:
    """Pigou's two roads (1920) with unit traffic: one costs x, the other 1."""
    return Network((("s", "t", 1, 0), ("s", "t", 0, 1)), "s", "t")  # type: ignore[arg-type]
