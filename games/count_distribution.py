"""How many of a number of independent players take each action: exact for rational strategies, stable in floats at any size."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import comb, factorial

import numpy as np

from .counted_game import RoleSymmetricGame, count_vectors, ways
from .errors import SizeError
from .exact import Array, Number

LARGEST_EXACT = 400  # players whose counts are computed in rational numbers: beyond, their digits would grow past use
LARGEST_SPREAD = 5_000_000  # count vectors held in memory

Strategy = Sequence[Number]
Group = tuple[int, Strategy]  # players who are alike and mix alike


def binomial(n: int, p: Number) -> Array:
    """P(k of ``n`` succeed) for k = 0..n, each with probability ``p``: Fractions where ``p`` is one and ``n`` at most
    ``LARGEST_EXACT``, floats otherwise, by ratios of neighbours away from the mode (so that nothing over- or underflows early).
    """
    if isinstance(p, Fraction) and n <= LARGEST_EXACT:
        q = 1 - p
        return np.array([comb(n, k) * p**k * q ** (n - k) for k in range(n + 1)], dtype=object)
    x = float(p)
    if x <= 0 or x >= 1:
        return np.eye(1, n + 1, 0 if x <= 0 else n).reshape(-1)
    mode = min(n, int((n + 1) * x))
    odds = x / (1 - x)
    up = np.arange(mode, n, dtype=float)
    down = np.arange(mode, 0, -1, dtype=float)
    weights = np.empty(n + 1)
    weights[mode] = 1.0
    weights[mode + 1 :] = np.cumprod((n - up) / (up + 1) * odds)
    weights[:mode] = np.cumprod(down / (n - down + 1) / odds)[::-1]
    return weights / weights.sum()


def counts_of(n: int, strategy: Strategy) -> Array:
    """P(the ``n`` players spread in each way) by count index, all mixing by ``strategy`` (a probability per action)."""
    k = len(strategy)
    if k == 1:
        return np.array([Fraction(1)], dtype=object)
    if k == 2:
        return binomial(n, strategy[1])
    if ways(n, k) > LARGEST_SPREAD:
        shown = f"{ways(n, k):.3g}"
        raise SizeError(
            "{n} players can spread over {k} actions in {ways} ways; at most {limit} fit", n=n, k=k, ways=shown, limit=LARGEST_SPREAD
        )
    vectors = count_vectors(n, k)
    if all(isinstance(p, Fraction) for p in strategy) and n <= LARGEST_EXACT:
        return np.array([_multinomial(list(map(int, v)), strategy) for v in vectors], dtype=object)
    return _multinomial_floats(n, vectors, np.array([float(p) for p in strategy]))


def _multinomial(counts: Sequence[int], strategy: Strategy) -> Number:
    weight: Number = Fraction(factorial(sum(counts)))
    for times, p in zip(counts, strategy):
        weight *= p**times / Fraction(factorial(times))
    return weight


def _multinomial_floats(n: int, vectors: Array, p: Array) -> Array:
    from scipy.special import gammaln, xlogy

    return np.exp(gammaln(n + 1) - gammaln(vectors + 1).sum(axis=1) + xlogy(vectors, p).sum(axis=1))


def spread(groups: Sequence[Group]) -> Array:
    """P(all players of ``groups``, each group mixing in its own way over the same actions, spread in each way), by count index."""
    groups = [group for group in groups if group[0]] or list(groups[:1])
    k = len(groups[0][1])
    if len(groups) == 1:
        return counts_of(*groups[0])
    if k == 2:
        total = counts_of(*groups[0])
        for group in groups[1:]:
            other = counts_of(*group)
            exact = total.dtype == other.dtype == object
            total = np.convolve(*((total, other) if exact else (total.astype(float), other.astype(float))))
        return total
    n = sum(size for size, _ in groups)
    place = {tuple(map(int, v)): c for c, v in enumerate(count_vectors(n, k))}
    first, rest = counts_of(*groups[0]), spread(groups[1:])
    total = np.zeros(len(place), dtype=object if first.dtype == rest.dtype == object else float)
    for v, p in zip(count_vectors(groups[0][0], k), first):
        if p:
            for w, q in zip(count_vectors(n - groups[0][0], k), rest):
                total[place[tuple(map(int, v + w))]] += p * q
    return total


def expected(game: RoleSymmetricGame, role: int, others: Sequence[Sequence[Group]]) -> tuple[Number, ...]:
    """What each action of a player of ``role`` is worth when the others mix independently: ``others[s]`` are the groups of the
    others in role s (the player itself left out). Exact where the game and all strategies are, and the numbers few enough.
    """
    values = game.tables[role]
    spreads = [spread(groups) for groups in others]
    exact = game.exact and all(part.dtype == object for part in spreads)
    values = values if exact and values.dtype == object else values.astype(object if exact else float)
    for part in reversed(spreads):
        values = values @ part.astype(values.dtype)
    return tuple((Fraction(x) if exact else float(x)) / game.denominator for x in values)
