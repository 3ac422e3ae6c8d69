"""Congestion: what a place or a road gives depends on how many use it (Rosenthal 1973), and games of staying away.

Costs are negative payoffs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import lru_cache

import numpy as np

from .counted_game import SymmetricGame
from .errors import InputError
from .exact import Number
from .normal_form import NormalForm, Profile
from .parameters import amount, amounts, counted, others_acting, reaches, whole

Bundle = Sequence[str]


def congestion(
    strategies: Sequence[Sequence[Bundle]], linear: Mapping[str, object] | None = None, shared: Mapping[str, object] | None = None
) -> NormalForm:
    """Player i takes one of the bundles of resources ``strategies[i]`` and bears the cost of each.

    ``linear[r] = (a, b)``: resource r costs each user ``a * load + b``; ``shared[r] = C``: the users share C equally (Anshelevich and
    others 2008). Payoffs are the negative costs.
    """
    costs = {r: amounts(ab, f"linear[{r}]", 2) for r, ab in (linear or {}).items()}
    shares = {r: amount(c, f"shared[{r}]", least=0) for r, c in (shared or {}).items()}
    for bundle in (b for options in strategies for b in options):
        for r in bundle:
            if (r in costs) == (r in shares):
                raise InputError("the cost of resource {name!r} must be given once, as linear or as shared", name=r)

    def price(r: str, load: int) -> Number:
        return costs[r][0] * load + costs[r][1] if r in costs else shares[r] / load

    def payoff(a: Profile) -> list[Number]:
        taken = [strategies[i][k] for i, k in enumerate(a)]
        load = {r: sum(r in bundle for bundle in taken) for bundle in taken for r in bundle}
        return [-sum((price(r, load[r]) for r in bundle), start=Fraction(0)) for bundle in taken]

    names = [["+".join(bundle) for bundle in options] for options in strategies]
    return NormalForm.from_function(payoff, names)


def scheduling(jobs: object, machines: int) -> NormalForm:
    """Each job chooses a machine and bears its load, the sum of the jobs there (Koutsoupias and Papadimitriou 1999)."""
    sizes, m = amounts(jobs, "jobs", least=Fraction(0)), whole(machines, "machines")

    def payoff(a: Profile) -> list[Number]:
        load = loads(sizes, m, a)
        return [-load[k] for k in a]

    return NormalForm.from_function(payoff, [tuple(str(k + 1) for k in range(m))] * len(sizes))


def loads(jobs: Sequence[Number], machines: int, profile: Profile) -> list[Number]:
    """The load of every machine in a ``profile`` of :func:`scheduling`; the largest is the makespan."""
    total: list[Number] = [Fraction(0)] * machines
    for size, k in zip(jobs, profile, strict=True):
        total[k] += size
    return total


def best_makespan(jobs: object, machines: int) -> Number:
    """The least makespan over all assignments, by branching on jobs from the largest (exact; small instances)."""
    sizes = sorted(amounts(jobs, "jobs", least=Fraction(0)), reverse=True)
    whole(len(sizes), "jobs", 1, 25)
    best: list[Number] = [sum(sizes, start=Fraction(0))]
    _assign(sizes, 0, [Fraction(0)] * whole(machines, "machines"), best)
    return best[0]


def _assign(sizes: Sequence[Number], k: int, load: list[Number], best: list[Number]) -> None:
    if max(load) >= best[0] and k:
        return
    if k == len(sizes):
        best[0] = max(load)
        return
    for x in sorted(set(load)):  # machines with the same load are alike
        i = load.index(x)
        load[i] += sizes[k]
        _assign(sizes, k + 1, load, best)
        load[i] = x


def balls_and_bins(balls: int, bins: int) -> Fraction:
    """The expected largest load when every ball picks a bin uniformly: the makespan of the fully mixed equilibrium of unit jobs on
    identical links. By P(max <= h) = n! [x^n] (sum_{k<=h} x^k / k!)^m / m^n.
    """
    n, m = whole(balls, "balls"), whole(bins, "bins")
    return sum((1 - _all_below(n, m, h) for h in range(n)), start=Fraction(0))


@lru_cache(maxsize=4096)
def _all_below(n: int, m: int, h: int) -> Fraction:
    """P(no bin has more than ``h`` of ``n`` balls in ``m`` bins)."""
    if n == 0:
        return Fraction(1)
    if m == 0 or n > m * h:
        return Fraction(0)
    from .count_distribution import binomial

    last = binomial(n, Fraction(1, m)) if n <= 400 else None
    if last is None:
        raise InputError("{name}={value} must be at most {most}", name="balls", value=n, most=400)
    return sum((last[k] * _all_below(n - k, m - 1, h) for k in range(min(n, h) + 1)), start=Fraction(0))


def mixed_makespan_ratio(balls: int, bins: int) -> Fraction:
    """:func:`balls_and_bins` over the least makespan ``ceil(balls / bins)``: the price of anarchy of mixing."""
    return balls_and_bins(balls, bins) / -(-balls // bins)


def minority(n: int) -> SymmetricGame:
    """1 for those on the side that fewer than half choose, else 0 (Challet and Zhang 1997); sides "0" and "1"."""
    n = whole(n, "n")
    k = others_acting(n)
    first, second = ((2 * (side + 1) < n).astype(np.int64) for side in (n - 1 - k, k))
    one = Fraction(1)
    return counted([[(one, first)], [(one, second)]], n, ("0", "1"))


def el_farol(n: int, capacity: int, good: object = 2, bad: object = 0, home: object = 1) -> SymmetricGame:
    """Going pays ``good`` if at most ``capacity`` go, else ``bad``; staying at home pays ``home`` (Arthur 1994)."""
    n, most = whole(n, "n"), whole(capacity, "capacity", 0)
    g, b, h = amount(good, "good"), amount(bad, "bad"), amount(home, "home")
    k = others_acting(n)
    full = reaches(k, most)  # the others fill it: with me there are more than fit
    return counted([[(h, np.ones_like(k))], [(g, 1 - full), (b, full)]], n, ("home", "bar"))


def crowding(n: int, values: Sequence[Sequence[object]]) -> SymmetricGame:
    """Place a gives each of its k visitors ``values[a][k - 1]``, k = 1..n: any symmetric singleton congestion game."""
    n = whole(n, "n")
    tables = [amounts(v, "values", n) for v in values]
    names = tuple(str(a + 1) for a in range(len(tables)))
    return SymmetricGame.of(lambda a, others: tables[a][others[a]], n, names)


__all__ = [
    "balls_and_bins", "best_makespan", "congestion", "crowding", "el_farol", "loads", "minority", "mixed_makespan_ratio", "scheduling",
]  # fmt: skip
