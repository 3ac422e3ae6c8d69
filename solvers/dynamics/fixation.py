"""Fixation in finite populations: how likely, and how soon, one mutant takes over a population of Z players.

Groups of n are drawn from the population without replacement (hypergeometric sampling) and play a symmetric game of two actions; with i
players on the second action its mean payoff is f_1(i), the first's f_0(i). Then

- ``moran``: one reproduces with probability proportional to its fitness 1 - w + w f (or exp(w f)), and replaces one drawn at random;
- ``fermi`` (pairwise comparison): one drawn at random copies another with probability 1 / (1 + exp(-w (f_other - f_own))).

Both change i by one at a time, with ratio of steps gamma_j = T-(j) / T+(j), so one mutant of the second action is fixed with probability
1 / (1 + sum_{k=1}^{Z-1} prod_{j<=k} gamma_j) (Karlin and Taylor 1975; Nowak et al. 2004; Traulsen, Nowak and Pacheco 2006).
With rare mutations the population is nearly always of one kind, and moves between kinds by these probabilities (Fudenberg and Imhof 2006).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import comb, exp
from typing import Any

import numpy as np

from ...games.counted_game import SymmetricGame, count_index
from ...games.errors import InputError, NotApplicable, SizeError
from ...games.exact import Array, Number, as_json, number
from .long_run import stationary

LARGEST = 20_000  # players of a population
LARGEST_EXACT = 300  # players up to whom rational fitness gives rational answers, in groups of up to 10; fewer in larger groups
MOST_ADVANTAGE = 600  # exponents whose exponentials, and their inverses, are floats
PROCESSES = ("moran", "moran-exponential", "fermi")


@dataclass(frozen=True, eq=False)
class Fixation:
    """One mutant among ``population`` - 1 others: the ``probability`` that its kind takes over, the expected number of steps until one
    kind is left, ``time``, and until the mutants have won if they do, ``conditional_time``.

    ``neutral`` is the probability if the kinds did not differ, 1 / population: selection favours the mutant iff it is exceeded.
    """

    process: str
    population: int
    selection: Number
    mutant: str
    probability: Number
    time: Number
    conditional_time: Number

    @property
    def neutral(self) -> Fraction:
        """1 / population."""
        return Fraction(1, self.population)

    @property
    def favoured(self) -> bool:
        """Whether selection favours the mutant's taking over."""
        return bool(self.probability > self.neutral)

    def to_dict(self) -> dict[str, Any]:
        """The JSON form, schema ``encompass/fixation/1``."""
        return as_json({"schema": "encompass/fixation/1", **vars(self), "neutral": self.neutral, "favoured": self.favoured})


def mean_payoffs(game: SymmetricGame, population: int) -> tuple[list[Number], list[Number]]:
    """f_0(i) and f_1(i) for i = 0..Z players on the second action; 0 where nobody takes the action. Exact if the game is.

    Raises :class:`InputError` if the population is smaller than the group, :class:`SizeError` if it does not fit.
    """
    n, Z = game.n, population
    if isinstance(Z, bool) or not isinstance(Z, (int, np.integer)):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise InputError("population={value!r} must be a whole number", value=population)
    if len(game.actions[0]) != 2:
        raise NotApplicable("fixation is computed between two actions; restrict this game of {k} to two", k=len(game.actions[0]))
    if n < 2 or n > Z:
        raise InputError("a population of {population} cannot form groups of {n}; groups have at least 2", population=Z, n=n)
    if Z > LARGEST or Z * n > 50 * LARGEST:
        raise SizeError(
            "a population of {population} in groups of {n} is too large; at most {limit} players fit", population=Z, n=n, limit=LARGEST
        )
    exact = game.exact and Z <= LARGEST_EXACT and Z * n <= 10 * LARGEST_EXACT
    means: tuple[list[Number], list[Number]] = ([], [])
    for i in range(Z + 1):
        for a, own in enumerate(means):
            alike = i - a  # others on the second action, of Z - 1 others, as a player on action a sees them
            own.append(_mean(game, a, alike, Z - 1, exact) if 0 <= alike <= Z - 1 else Fraction(0))
    return means


def _mean(game: SymmetricGame, a: int, alike: int, others: int, exact: bool) -> Number:
    """The mean payoff of action a when the n - 1 partners are drawn from ``others``, ``alike`` of them on the second action."""
    drawn = game.n - 1
    first, last = max(0, drawn - (others - alike)), min(drawn, alike)
    if exact:
        total = sum(int(game.table[a, c]) * comb(alike, c) * comb(others - alike, drawn - c) for c in range(first, last + 1))
        return Fraction(total, comb(others, drawn) * game.denominator)
    weights = np.ones(last - first + 1)  # by ratios of neighbouring terms, scaled by the largest
    c = np.arange(first, last)
    if len(c):
        ratios = np.log((alike - c) * (drawn - c) / ((c + 1.0) * (others - alike - drawn + c + 1.0)))
        logs = np.concatenate([[0.0], np.cumsum(ratios)])
        weights = np.exp(logs - logs.max())
    return float(weights @ game.table[a, first : last + 1].astype(float) / weights.sum() / game.denominator)


def fixation(game: SymmetricGame, population: int, mutant: int = 1, process: str = "moran", selection: object = 1) -> Fixation:
    """One mutant on action ``mutant`` (0 or 1) among others on the other action. ``selection`` is the intensity w >= 0.

    Exact for ``moran`` with an exact game, rational ``selection`` and at most 300 players (in groups of at most 10); else in floats. Raises
    :class:`InputError` for an unknown process, a fitness that is not positive, a population smaller than the group.
    """
    w = number(selection, "selection")
    if process not in PROCESSES:
        raise InputError("process={value!r} is not known; one of {known}", value=process, known=list(PROCESSES))
    if w < 0 or (process == "moran" and w > 1):
        raise InputError("selection={value} must not be negative, nor more than 1 in a linear Moran process", value=w)
    if mutant not in (0, 1):
        raise InputError("mutant={value!r} must be action 0 or 1", value=mutant)
    up, down = _steps(game, population, process, w)
    if mutant == 0:  # count the others instead
        up, down = down[::-1], up[::-1]
    probability, time, conditional = _absorption(up, down)
    return Fixation(process, population, w, game.actions[0][mutant], probability, time, conditional)


def _steps(game: SymmetricGame, Z: int, process: str, w: Number) -> tuple[list[Number], list[Number]]:
    """T+(i) and T-(i) for i = 0..Z players on the second action."""
    f0, f1 = mean_payoffs(game, Z)
    up: list[Number] = []
    down: list[Number] = []
    for i in range(Z + 1):
        mixing = Fraction(i, Z) * Fraction(Z - i, Z)
        if process == "fermi":
            meet = mixing * Fraction(Z, Z - 1)  # the one and the other are two different players
            x = _advantage(f0[i], f1[i], w) if 0 < i < Z else 0.0
            up.append(meet / 2 if w == 0 else float(meet) * _logistic(x))
            down.append(meet / 2 if w == 0 else float(meet) * _logistic(-x))
            continue
        g0, g1 = _fitness(f0[i], f1[i], w, process) if 0 < i < Z else (Fraction(1), Fraction(1))
        if 0 < i < Z and min(g0, g1) <= 0:
            raise InputError(
                "fitness {value} is not positive where {i} of {n} mutate; lower the selection or raise the payoffs",
                value=min(g0, g1),
                i=i,
                n=Z,
            )
        total: Any = i * g1 + (Z - i) * g0
        up.append(i * g1 / total * Fraction(Z - i, Z) if 0 < i < Z else Fraction(0))
        down.append((Z - i) * g0 / total * Fraction(i, Z) if 0 < i < Z else Fraction(0))
    return up, down


def _fitness(f0: Number, f1: Number, w: Number, process: str) -> tuple[Number, Number]:
    """The fitness of both actions; exponential, as multiples of the first one's: only ratios count."""
    return (1 - w + w * f0, 1 - w + w * f1) if process == "moran" else (1.0, exp(_advantage(f0, f1, w)))


def _advantage(f0: Number, f1: Number, w: Number) -> float:
    """The selection times what the second action pays beyond the first. Raises :class:`SizeError` where its exponential is no float."""
    gap = Fraction(w) * (Fraction(f1) - Fraction(f0))
    if abs(gap) > MOST_ADVANTAGE:
        raise SizeError("selection times the difference of payoffs is more than {limit}; lower the selection", limit=MOST_ADVANTAGE)
    return float(gap)


def _logistic(x: float) -> float:
    return 1 / (1 + exp(-x)) if x >= 0 else exp(x) / (1 + exp(x))


def _absorption(up: Sequence[Any], down: Sequence[Any]) -> tuple[Number, Number, Number]:
    """From state 1 of 0..Z: the probability to end in Z, the expected time to end, and that given the end in Z.

    Times are sums of the expected steps spent in every state (:func:`_visits`), weighted for the conditional time by how much likelier
    the end in Z is from there than from 1.
    """
    Z = len(up) - 1
    if not all(isinstance(x, Fraction) for x in (*up, *down)):
        return _absorption_by_logs(np.array(up, dtype=float), np.array(down, dtype=float))
    one = Fraction(1)
    product_, sums = one, [one]  # sums[k] = 1 + gamma_1 + ... + gamma_1..gamma_k
    products = [one]
    for j in range(1, Z):
        product_ = product_ * down[j] / up[j]
        products.append(product_)
        sums.append(sums[-1] + product_)
    rho = [Fraction(0), *(s / sums[-1] for s in sums)]  # rho[i]: from i to Z
    visits = [Fraction(0)] * (Z + 1)
    for k in range(1, Z):  # started at 1 <= k: reaches k, then leaves it for good
        visits[k] = _visits(k, products, sums, up)
    time = sum(visits[1:Z], start=Fraction(0))
    conditional = sum((visits[k] * rho[k] / rho[1] for k in range(1, Z)), start=Fraction(0))
    return rho[1], time, conditional


def _visits(k: int, products: Sequence[Any], sums: Sequence[Any], up: Sequence[Any]) -> Any:
    """Expected steps spent in k when started in 1.

    From 1, k is reached before 0 with probability 1 / sums[k-1]; from k it is not returned to after a step up with probability
    products[k] / (sums[Z-1] - sums[k-1]), after a step down with probability products[k-1] / sums[k-1] (the chance to end in 0 first).
    """
    never = up[k] * products[k] / (sums[-1] - sums[k - 1]) + up[k] * products[k] / sums[k - 1]
    return 1 / (sums[k - 1] * never)


def _absorption_by_logs(up: Array, down: Array) -> tuple[float, float, float]:
    """The same in logarithms, so that nothing overflows."""
    Z = len(up) - 1
    steps = np.log(down[1:Z]) - np.log(up[1:Z])
    logs = np.concatenate([[0.0], np.cumsum(steps)])  # log products[k], k = 0..Z-1
    below = np.logaddexp.accumulate(logs)  # log sums[k]
    above = np.logaddexp.accumulate(logs[::-1])[::-1]  # log (sums[Z-1] - sums[k-1])
    k = np.arange(1, Z)
    never = np.logaddexp(logs[k] - above[k], logs[k] - below[k - 1]) + np.log(up[k])
    visits = -below[k - 1] - never
    conditional = visits + below[k - 1] - below[0]  # times rho[k] / rho[1]
    with np.errstate(over="ignore"):  # times beyond all floats are infinite
        return float(np.exp(-below[-1])), float(np.exp(visits).sum()), float(np.exp(conditional).sum())


@dataclass(frozen=True, eq=False)
class RareMutations:
    """``fixation[a, b]``: the probability that one mutant on b takes over a population on a; ``share``: how long all are on each action."""

    actions: tuple[str, ...]
    fixation: Array
    share: Array

    def to_dict(self) -> dict[str, Any]:
        """The JSON form, schema ``encompass/rare-mutations/1``."""
        return as_json({"schema": "encompass/rare-mutations/1", **vars(self)})


def rare_mutations(game: SymmetricGame, population: int, process: str = "moran", selection: object = 1) -> RareMutations:
    """The long run over populations of one kind when mutations are so rare that one kind is left before the next (any mutant alike).

    Exact where :func:`fixation` is. Raises as there.
    """
    names = game.actions[0]
    k = len(names)
    rho = np.zeros((k, k), dtype=object)
    for a in range(k):
        for b in range(a):
            pair = restricted(game, (a, b))
            rho[a, b] = fixation(pair, population, 1, process, selection).probability
            rho[b, a] = fixation(pair, population, 0, process, selection).probability
    exact = all(isinstance(rho[a, b], Fraction) for a in range(k) for b in range(k) if a != b)
    rho = rho if exact else rho.astype(float)
    P = rho / (Fraction(k) if exact else float(k))
    for a in range(k):
        P[a, a] = 1 - P[a].sum()
    return RareMutations(names, rho, stationary(P))


def restricted(game: SymmetricGame, pair: tuple[int, int]) -> SymmetricGame:
    """The game in which only the two actions of ``pair`` are there."""
    k, others = len(game.actions[0]), game.n - 1
    places: list[int] = []
    for second in range(others + 1):
        counts = [0] * k
        counts[pair[0]], counts[pair[1]] = others - second, second
        places.append(count_index(counts))
    table = game.table[np.ix_(pair, places)]
    smaller = SymmetricGame(table if table.dtype != object else table.tolist(), game.n, [game.actions[0][a] for a in pair])
    smaller.denominator *= game.denominator
    return smaller
