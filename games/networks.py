"""Local public goods on a network: what I do serves me and my neighbours (Bramoulle and Kranton 2007; Galeotti and others 2010).

Nodes 0..n-1, undirected edges. In the best-shot version a node needs one provider among itself and its neighbours: pure
equilibria are the maximal independent sets ("specialised" profiles).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from .errors import InputError
from .exact import Number
from .normal_form import NormalForm, Profile
from .parameters import Edge, amount, amounts, edges_of, grid_of, labels, whole

MOST_SETS = 1_000_000  # maximal independent sets listed

Node = frozenset[int]


def best_shot_graph(n: int, edges: Sequence[Edge], benefit: object = 1, cost: object = "1/2") -> NormalForm:
    """A node has ``benefit`` if it or a neighbour provides, and pays ``cost`` if it does itself."""
    near = edges_of(whole(n, "n"), edges)
    b, c = amount(benefit, "benefit"), amount(cost, "cost", least=0)

    def payoff(a: Profile) -> list[Number]:
        return [(b if a[i] or any(a[j] for j in near[i]) else Fraction(0)) - (c if a[i] else 0) for i in range(n)]

    return NormalForm.from_function(payoff, [("0", "1")] * n)


def local_public_good(n: int, edges: Sequence[Edge], marginal_values: object, cost: object, most: int = 1, spill: object = 1) -> NormalForm:
    """Units 0..``most`` a node; it enjoys its own and ``spill`` times its neighbours': strategic substitutes.

    ``marginal_values[k - 1]`` is the worth of the k-th unit enjoyed; parts of a unit count in proportion, units beyond the list for
    nothing. A unit provided costs ``cost``.
    """
    near = edges_of(whole(n, "n"), edges)
    values, c, s = amounts(marginal_values, "marginal_values"), amount(cost, "cost", least=0), amount(spill, "spill", least=0, most=1)
    units = grid_of(range(whole(most, "most") + 1))

    def worth(enjoyed: Number) -> Number:
        parts = (min(max(enjoyed - k, Fraction(0)), Fraction(1)) * v for k, v in enumerate(values))
        return sum(parts, start=Fraction(0))

    def payoff(a: Profile) -> list[Number]:
        return [worth(a[i] + s * sum(a[j] for j in near[i])) - c * a[i] for i in range(n)]

    return NormalForm.from_function(payoff, [labels(units)] * n)


def specialised(n: int, edges: Sequence[Edge]) -> tuple[Profile, ...]:
    """All specialised equilibria as 0/1 by node: the maximal independent sets, each once, by extending sets of providers.

    Raises :class:`InputError` beyond ``MOST_SETS`` of them.
    """
    near = edges_of(whole(n, "n"), edges)
    found: list[Profile] = []
    for providers in _maximal(near, frozenset(), frozenset(range(n)), frozenset()):
        if len(found) == MOST_SETS:
            raise InputError("the network has more than {limit} specialised equilibria", limit=MOST_SETS)
        found.append(tuple(int(i in providers) for i in range(n)))
    return tuple(sorted(found))


def _maximal(near: Sequence[Node], chosen: Node, open_: Node, done: Node) -> Iterator[Node]:
    """Bron and Kerbosch (1973) on the complement: sets without an edge to which no node of ``open_`` or ``done`` can be added."""
    if not open_ and not done:
        yield chosen
        return
    pivot = min(open_ | done, key=lambda i: len(open_ & (near[i] | {i})))  # one of the pivot or its neighbours must be chosen
    for i in sorted(open_ & (near[pivot] | {pivot})):
        apart = near[i] | {i}
        yield from _maximal(near, chosen | {i}, open_ - apart, done - apart)
        open_, done = open_ - {i}, done | {i}


def stable_specialised(n: int, edges: Sequence[Edge]) -> tuple[Profile, ...]:
    """The specialised equilibria that survive small changes of effort: every non-provider has two providing neighbours at least
    (Bramoulle and Kranton 2007).
    """
    near = edges_of(n, edges)
    return tuple(a for a in specialised(n, edges) if all(a[i] or sum(a[j] for j in near[i]) >= 2 for i in range(n)))


__all__ = ["MOST_SETS", "best_shot_graph", "local_public_good", "specialised", "stable_specialised"]
