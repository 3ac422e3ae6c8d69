"""Public goods: what everybody enjoys and each pays for alone.

Symbols: n players, b or V benefit, c cost, r or MPCR the marginal per-capita return, E endowment, g_i what i gives, G = sum g.
Players who are alike make a counted game, of any size; unequal ones a normal form or a game of roles. Of two actions the second
contributes. All parameters may be integers, fractions or decimal texts (exact) or floats.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import comb

import numpy as np

from .counted_game import RoleSymmetricGame, SymmetricGame, check_counts, count_vectors
from .exact import Array, Number
from .normal_form import NormalForm, Profile
from .parameters import (
    amount,
    amounts,
    as_money,
    combined,
    counted,
    grid_of,
    labels,
    others_acting,
    others_total,
    reaches,
    whole,
    whole_units,
)  # fmt: skip

ONE = Fraction(1)


def linear(n: int, mpcr: object, endowment: object = 1, grid: object = None) -> SymmetricGame:
    """The linear public good: g pays ``E - g + mpcr * G`` (Isaac and Walker 1988); ``grid`` of contributions, else all or nothing."""
    n, r, E = whole(n, "n", 2), amount(mpcr, "mpcr", least=0), amount(endowment, "endowment", least=0)
    amounts_given = grid_of((0, E) if grid is None else grid, most=E)
    units, unit = whole_units(amounts_given)
    others = others_total(n, units)
    one = np.ones_like(others)
    return counted([[(E - g + r * g, one), (r * unit, others)] for g in amounts_given], n, labels(amounts_given))


def hardin(n: int, ratio: object) -> SymmetricGame:
    """The n-person prisoners' dilemma of Hardin (1971): ``ratio * payers / n``, less 1 for those who pay."""
    n, ratio = whole(n, "n", 2), amount(ratio, "ratio", least=0)
    others = others_acting(n)
    one = np.ones_like(others)
    return counted([[(ratio / n, others)], [(ratio / n, others + 1), (-ONE, one)]], n, ("defect", "pay"))


def threshold(n: int, k: int, benefit: object, cost: object, refund: bool = False) -> SymmetricGame:
    """The good (``benefit`` to each) is there if ``k`` contribute; contributors pay ``cost``, with ``refund`` only if it is
    (Palfrey and Rosenthal 1984).
    """
    return _threshold(n, k, benefit, cost, refund, ("0", "1"))


def volunteers_dilemma(n: int, benefit: object, cost: object) -> SymmetricGame:
    """One volunteer is enough for everybody's ``benefit``; each volunteer pays ``cost`` (Diekmann 1985)."""
    return _threshold(n, 1, benefit, cost, False, ("defect", "volunteer"))


def _threshold(n: int, k: int, benefit: object, cost: object, refund: bool, actions: Sequence[str]) -> SymmetricGame:
    n, b, c = whole(n, "n"), amount(benefit, "benefit"), amount(cost, "cost", least=0)
    k = whole(k, "k", 1, n)
    others = others_acting(n)
    with_me = reaches(others + 1, k)
    paid = with_me if refund else np.ones_like(others)
    return counted([[(b, reaches(others, k))], [(b, with_me), (-c, paid)]], n, actions)


def threshold_with_roles(
    threshold: object,
    players: Sequence[int],
    benefits: object,
    costs: object,
    weights: object | None = None,
    roles: Sequence[str] | None = None,
    refund: bool = False,
) -> RoleSymmetricGame:
    """A threshold good among players grouped in roles: it is there if the weights of those who contribute sum to ``threshold``.

    ``players, benefits, costs, weights`` by role (weights 1 if not given): ``[3, 40, 1]`` are 3 elites, 40 households and one
    committee. Palfrey and Rosenthal 1984 with unequal players; the weighted rule is that of a weighted voting game.
    """
    return _roles(threshold, players, benefits, costs, weights, roles, refund, ("wait", "contribute"))


def volunteers_with_roles(players: Sequence[int], benefits: object, costs: object, roles: Sequence[str] | None = None) -> RoleSymmetricGame:
    """The volunteer's dilemma with players alike grouped in roles, ``benefits[r]`` and ``costs[r]`` a role."""
    return _roles(1, players, benefits, costs, None, roles, False, ("defect", "volunteer"))


def _roles(
    threshold: object,
    players: Sequence[int],
    benefits: object,
    costs: object,
    weights: object | None,
    roles: Sequence[str] | None,
    refund: bool,
    actions: Sequence[str],
) -> RoleSymmetricGame:
    sizes = [whole(m, "players") for m in players]
    R = len(sizes)
    T, b, c = amount(threshold, "threshold"), amounts(benefits, "benefits", R), amounts(costs, "costs", R, least=Fraction(0))
    w = amounts([1] * R if weights is None else weights, "weights", R, least=Fraction(0))
    check_counts(sizes, [2] * R)
    units, unit = whole_units(w)
    tables: list[Array] = []
    for r in range(R):
        counts = np.ogrid[tuple(slice(m + (s != r)) for s, m in enumerate(sizes))]
        weight = np.asarray(sum(units[s] * np.asarray(counts[s]) for s in range(R)))
        alone, built = reaches(weight, T / unit), reaches(weight + units[r], T / unit)
        rows = [combined([(b[r], alone)]), combined([(b[r], built), (-c[r], built if refund else np.ones_like(built))])]
        tables.append(np.stack([as_money(table, d) for table, d in rows]))
    return RoleSymmetricGame(tables, sizes, [actions] * R, roles)


def unequal_volunteers(benefits: object, costs: object) -> NormalForm:
    """The volunteer's dilemma with ``benefits[i]`` and ``costs[i]`` of each player (Diekmann 1993; best shot, Hirshleifer 1983)."""
    b = amounts(benefits, "benefits")
    c = amounts(costs, "costs", len(b), least=Fraction(0))

    def payoff(a: Profile) -> list[Number]:
        return [(b[i] if any(a) else Fraction(0)) - (c[i] if act else 0) for i, act in enumerate(a)]

    return NormalForm.from_function(payoff, [("defect", "volunteer")] * len(b))


def weakest_link(n: int, benefit: object, cost: object, base: object = 0, grid: object = (1, 2, 3, 4, 5, 6, 7)) -> SymmetricGame:
    """Minimum effort: effort e pays ``benefit * min e - cost * e + base`` (Van Huyck, Battalio and Beil 1990; Hirshleifer 1983)."""
    return _extreme(n, benefit, cost, base, grid, best=False)


def best_shot(n: int, benefit: object, cost: object, base: object = 0, grid: object = (0, 1)) -> SymmetricGame:
    """Best shot: effort e pays ``benefit * max e - cost * e + base`` (Hirshleifer 1983)."""
    return _extreme(n, benefit, cost, base, grid, best=True)


def _extreme(n: int, benefit: object, cost: object, base: object, grid: object, best: bool) -> SymmetricGame:
    """The largest or smallest effort counts for everybody. An action's place in the rising grid tells which is larger."""
    n, a, c, base = whole(n, "n"), amount(benefit, "benefit"), amount(cost, "cost", least=0), amount(base, "base")
    efforts = grid_of(grid, least=None)
    return _by_extreme(n, [a * e for e in efforts], [c * e - base for e in efforts], labels(efforts), best)


def best_shot_units(n: int, marginal_values: object, unit_cost: object) -> SymmetricGame:
    """Each buys 0, 1, 2, ... units; all enjoy the largest purchase, whose k-th unit is worth ``marginal_values[k - 1]``
    (Harrison and Hirshleifer 1989).
    """
    values, c = amounts(marginal_values, "marginal_values"), amount(unit_cost, "unit_cost", least=0)
    worth = [sum(values[:k], start=Fraction(0)) for k in range(len(values) + 1)]
    costs = [c * k for k in range(len(worth))]
    return _by_extreme(whole(n, "n"), worth, costs, tuple(map(str, range(len(worth)))), best=True)


def _by_extreme(n: int, worth: Sequence[Number], costs: Sequence[Number], actions: Sequence[str], best: bool) -> SymmetricGame:
    check_counts([n], [len(actions)])
    taken = count_vectors(n - 1, len(actions)) > 0
    places = np.arange(len(actions))
    none = -1 if best else len(actions)  # where there are no others
    others = np.where(taken, places, none).max(axis=1) if best else np.where(taken, places, none).min(axis=1)
    rows: list[list[tuple[Number, Array]]] = []
    for own, cost in enumerate(costs):
        decides = np.maximum(others, own) if best else np.minimum(others, own)
        reached = sorted(set(map(int, decides)))
        rows.append([(worth[e], (decides == e).astype(np.int64)) for e in reached] + [(-cost, np.ones_like(others))])
    return counted(rows, n, actions)


def quadratic(peaks: object, most: int) -> NormalForm:
    """Whole units g_i = 0..``most`` pay ``a_i G - G^2 / 2 - g_i``, ``peaks`` the a_i: alone, i gives a_i - 1 (Varian 1994)."""
    a = amounts(peaks, "peaks")
    units = tuple(map(str, range(whole(most, "most", 1) + 1)))

    def payoff(g: Profile) -> list[Number]:
        G = sum(g)
        return [a_i * G - Fraction(G * G, 2) - g_i for a_i, g_i in zip(a, g)]

    return NormalForm.from_function(payoff, [units] * len(a))


def produced(n: int, production: object, cost: object) -> SymmetricGame:
    """k contributors give ``production[k]`` to everybody, k = 0..n, and each of them pays ``cost``: any technology."""
    n, c = whole(n, "n"), amount(cost, "cost", least=0)
    f = amounts(production, "production", n + 1)
    units, unit = whole_units(f)
    one = np.ones(n, dtype=np.int64)
    return counted([[(unit, units[:-1])], [(unit, units[1:]), (-c, one)]], n, ("0", "1"))


def concave(n: int, benefit: object, cost: object) -> SymmetricGame:
    """Decelerating production: k of n contributors give ``benefit * k (2n - k) / n^2`` (Marwell and Oliver 1993)."""
    return _polynomial(n, benefit, cost, lambda k, m: k * (2 * m - k), 2)


def s_shaped(n: int, benefit: object, cost: object) -> SymmetricGame:
    """S-shaped production: k of n contributors give ``benefit * k^2 (3n - 2k) / n^3``, steepest at one half
    (Marwell and Oliver 1993).
    """
    return _polynomial(n, benefit, cost, lambda k, m: k * k * (3 * m - 2 * k), 3)


def _polynomial(n: int, benefit: object, cost: object, shape: Callable[[Array, int], Array], degree: int) -> SymmetricGame:
    """``benefit * shape(k, n) / n^degree``, the shape's largest value on the way being below 3 n^degree."""
    n, b, c = whole(n, "n"), amount(benefit, "benefit"), amount(cost, "cost", least=0)
    k = others_acting(n).astype(np.int64 if 3 * (n + 1) ** degree < 2**62 else object)
    at = (shape(k, n), shape(k + 1, n))
    share = b / n**degree
    return counted([[(share, at[0])], [(share, at[1]), (-c, np.ones_like(k))]], n, ("0", "1"))


def collective_risk(n: int, endowment: object, target: object, risk: object, grid: object) -> SymmetricGame:
    """Keep ``E - g``; if the contributions stay below ``target`` it is lost with probability ``risk`` (Milinski and others 2008)."""
    n, E, T = whole(n, "n"), amount(endowment, "endowment", least=0), amount(target, "target")
    q, given = amount(risk, "risk", least=0, most=1), grid_of(grid, most=E)
    units, unit = whole_units(given)
    others = others_total(n, units)
    rows: list[list[tuple[Number, Array]]] = []
    for g, own in zip(given, units):
        reached = reaches(others + own, T / unit)
        rows.append([((E - g) * (1 - q), np.ones_like(reached)), ((E - g) * q, reached)])
    return counted(rows, n, labels(given))


def risky_threshold(n: int, k: int, benefit: object, cost_share: object, risk: object) -> SymmetricGame:
    """Contributing costs the share c of the endowment b; with fewer than ``k`` contributors what is left is lost with
    probability ``risk`` of b (Santos and Pacheco 2011): D(m) = b if m >= k else b (1 - risk), less c b for a contributor.
    """
    n, b, c = whole(n, "n"), amount(benefit, "benefit", least=0), amount(cost_share, "cost_share", least=0)
    k, r = whole(k, "k", 1, n), amount(risk, "risk", least=0, most=1)
    others = others_acting(n)
    one = np.ones_like(others)
    alone, with_me = reaches(others, k), reaches(others + 1, k)
    return counted([[(b * (1 - r), one), (b * r, alone)], [(b * (1 - r) - c * b, one), (b * r, with_me)]], n, ("0", "1"))


def critical_risk(n: int, k: int, cost_share: object) -> tuple[Fraction, Number]:
    """Share of contributors x* and risk r* at which :func:`risky_threshold` first has interior equilibria: a double root.

    The gain from contributing is b (r C(n-1, k-1) x^(k-1) (1-x)^(n-k) - c), largest at x* = (k-1)/(n-1); so r* = c over that
    largest pivot probability (Santos and Pacheco 2011). r* above 1 means that no risk suffices.
    """
    n = whole(n, "n", 2)
    k, c = whole(k, "k", 1, n), amount(cost_share, "cost_share", least=0)
    x = Fraction(k - 1, n - 1)
    return x, c / (comb(n - 1, k - 1) * x ** (k - 1) * (1 - x) ** (n - k))
