"""Who decides in a simple game: vetoes, power indices, and how many alternatives it can take before it may go round in circles.

* The Nakamura number is the least number of winning coalitions with nobody in all of them; infinite with veto players. With fewer
  alternatives than that nobody's preferences can make a cycle (Nakamura 1979). In a weighted game a coalition wins iff what is left out
  weighs ``W - q`` at most, so the number is the fewest bins of that capacity that hold all players: bin packing, solved exactly.
* Shapley and Shubik 1954: the chance that a player turns a losing coalition into a winning one when all orders are equally likely.
* Banzhaf 1965: in how many coalitions of the others the player does so.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import factorial, inf, prod

from ...games.errors import InputError, SizeError
from ...games.parameters import whole
from ...games.simple_game import ListedGame, SimpleGame, WeightedGame

LARGEST_WORK = 20_000_000  # coalition classes gone through by the power indices
MOST_BINS = 2_000_000  # placements tried by the bin packing
MOST_INTERSECTIONS = 1_000_000

Table = Counter[tuple[int, int]]  # (size, weight) of a coalition -> how many there are


@dataclass(frozen=True)
class Power:
    """By player: ``shapley_shubik`` (sums to 1), ``swings`` (number of coalitions of the others that the player makes win)."""

    shapley_shubik: tuple[Fraction, ...]
    swings: tuple[int, ...]

    @property
    def banzhaf(self) -> tuple[Fraction, ...]:
        """Swings as shares of all swings (Coleman 1971 calls it relative)."""
        return tuple(Fraction(s, sum(self.swings)) for s in self.swings)

    @property
    def absolute_banzhaf(self) -> tuple[Fraction, ...]:
        """The chance of a swing when everybody else decides by a coin (Penrose 1946)."""
        return tuple(Fraction(s, 2 ** (len(self.swings) - 1)) for s in self.swings)


def power(game: SimpleGame) -> Power:
    """Both indices, exactly: by size and weight of coalitions in a weighted game, over all coalitions in a listed one."""
    return _weighted_power(game) if isinstance(game, WeightedGame) else _listed_power(game)


def veto_players(game: SimpleGame) -> tuple[int, ...]:
    """The players without whom nobody wins."""
    everybody = (1 << game.n) - 1
    return tuple(i for i in range(game.n) if not game.wins(everybody ^ 1 << i))


def blocks(game: SimpleGame, coalition: int) -> bool:
    """Whether the others lose without ``coalition`` (bit mask), so that it can stop a motion."""
    return not game.wins(((1 << game.n) - 1) & ~coalition)


def smallest_blocker(game: SimpleGame) -> int:
    """How many players it takes at least to stop a motion."""
    if isinstance(game, WeightedGame):
        left, heaviest = sum(game.weights), sorted(game.weights, reverse=True)
        for k, w in enumerate(heaviest, 1):
            left -= w
            if left < game.quota:
                return k
    return next(k for k in range(1, game.n + 1) if any(blocks(game, sum(1 << i for i in S)) for S in combinations(range(game.n), k)))


def nakamura_number(game: SimpleGame) -> int | float:
    """The Nakamura number; ``math.inf`` with veto players. Raises :class:`SizeError` where the exact search does not end in time."""
    if veto_players(game):
        return inf
    if isinstance(game, WeightedGame):
        return fewest_bins([w for w in game.weights if w], sum(game.weights) - game.quota)
    return _least_empty_intersection(game)


def quota_nakamura(n: int, quota: int) -> int | float:
    """``ceil(n / (n - q))``, the number for q of n; infinite for unanimity (Nakamura 1979; Ferejohn and Grether 1974)."""
    whole(quota, "quota", 1, whole(n, "n"))
    return inf if quota == n else -(-n // (n - quota))


def fewest_bins(items: list[int], capacity: int) -> int:
    """The fewest bins of ``capacity`` that hold all ``items``: branch and bound, heaviest first, equal loads tried once.

    Raises :class:`InputError` for an item over the capacity, :class:`SizeError` after too many placements.
    """
    rising = sorted(items, reverse=True)
    if rising and rising[0] > capacity:
        raise InputError("an item of {weight} does not fit a bin of {capacity}", weight=rising[0], capacity=capacity)
    least = -(-sum(rising) // capacity) if rising else 0
    most = _first_fit(rising, capacity)
    tried = [0]
    for bins in range(least, most):
        if _packs(rising, 0, [0] * bins, capacity, tried):
            return bins
    return most


def _first_fit(falling: list[int], capacity: int) -> int:
    loads: list[int] = []
    for item in falling:
        place = next((k for k, load in enumerate(loads) if load + item <= capacity), None)
        if place is None:
            loads.append(item)
        else:
            loads[place] += item
    return len(loads)


def _packs(falling: list[int], first: int, loads: list[int], capacity: int, tried: list[int]) -> bool:
    if first == len(falling):
        return True
    tried[0] += 1
    if tried[0] > MOST_BINS:
        raise SizeError("more than {limit} ways to put coalitions together were tried", limit=f"{MOST_BINS:,}")
    item = falling[first]
    for k in {load: k for k, load in enumerate(loads) if load + item <= capacity}.values():
        loads[k] += item
        if _packs(falling, first + 1, loads, capacity, tried):
            return True
        loads[k] -= item
    return False


def _least_empty_intersection(game: ListedGame) -> int:
    reached, seen, size = set(game.winning), set(game.winning), 1
    while 0 not in reached:
        reached = {common & S for common in reached for S in game.winning} - seen
        seen |= reached
        size += 1
        if len(seen) > MOST_INTERSECTIONS:
            raise SizeError("more than {limit} ways to put coalitions together were tried", limit=f"{MOST_INTERSECTIONS:,}")
    return size


def _weighted_power(game: WeightedGame) -> Power:
    kinds = Counter(game.weights)
    classes = min(prod(c + 1 for c in kinds.values()), game.n * game.quota)
    if classes * game.n * len(kinds) > LARGEST_WORK:
        work = f"{classes * game.n * len(kinds):.2g}"
        raise SizeError("power indices need {work} steps over coalitions; at most {limit}", work=work, limit=f"{LARGEST_WORK:,}")
    share: dict[int, Fraction] = {}
    swings: dict[int, int] = {}
    for kind in kinds:
        found = _swings(game, kind)
        swings[kind] = sum(found.values())
        orders = sum(factorial(k) * factorial(game.n - 1 - k) * c for k, c in found.items())
        share[kind] = Fraction(orders, factorial(game.n))
    return Power(tuple(share[w] for w in game.weights), tuple(swings[w] for w in game.weights))


def _swings(game: WeightedGame, kind: int) -> Counter[int]:
    """How many coalitions of the others, by size, a player of weight ``kind`` makes win."""
    others = list(game.weights)
    others.remove(kind)
    table: Table = Counter({(0, 0): 1})
    for w in others:
        table = _joined(table, w, game.quota)
    found: Counter[int] = Counter()
    for (size, weight), count in table.items():
        if weight + kind >= game.quota:
            found[size] += count
    return found


def _joined(table: Table, weight: int, quota: int) -> Table:
    result = Counter(table)  # what wins already is left out: it has no swing
    for (size, total), count in table.items():
        if total + weight < quota:
            result[size + 1, total + weight] += count
    return result


def _listed_power(game: ListedGame) -> Power:
    wins = [game.wins(S) for S in range(2**game.n)]
    share, swings = [Fraction(0)] * game.n, [0] * game.n
    for S, won in enumerate(wins):
        for i in range(game.n):
            if not won and not S >> i & 1 and wins[S | 1 << i]:
                swings[i] += 1
                k = S.bit_count()
                share[i] += Fraction(factorial(k) * factorial(game.n - 1 - k), factorial(game.n))
    return Power(tuple(share), tuple(swings))
