"""How a game splits: common interest and conflict, by what is strategic in it (Hwang and Rey-Bellet 2020) and profile by profile.

Every payoff is a sum of interactions: u_i^T depends on exactly the actions of the players in T (averaged out elsewhere,
centred on T). With i in T and the mean over j in T of u_j^T (ATLAS D-01, appendix H-2)::

    nonstrategic E   u_i^T for T without i        identical interest I   the mean, for T = all players
    zero-sum     Z   u_i^T less the mean          potential          B   the mean, for all smaller T

The four are orthogonal and sum to u. I + B is a potential game; E + Z + B is equivalent to a zero-sum game.
All interactions at once are one array: an axis of k actions becomes k + 1 entries, the average and then the centred values.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import lcm, prod
from typing import Any

import numpy as np

from ...games.errors import SizeError
from ...games.exact import Array, Number, as_json
from ...games.normal_form import NormalForm
from .potential import LARGEST_TABLE, check_cells, rationals

LARGEST_INTERACTIONS = 8_000_000  # numbers in all interactions of all payoffs
LARGEST_EXACT_SUM = 2**62


@dataclass(frozen=True, eq=False)
class HwangReyBellet:
    """The four components, each of shape ``(n, |A1|, ..., |An|)``, and their squared norms (sums of squares over players and profiles).

    ``zeta`` is |Z|^2 / |Z + I + B|^2: 0 exactly for potential games, 1 for zero-sum games in which no interaction is shared.
    """

    nonstrategic: Array
    zero_sum: Array
    identical_interest: Array
    potential: Array
    norms: dict[str, Number]

    @property
    def strategic(self) -> Number:
        """|Z + I + B|^2, by orthogonality a sum."""
        return self.norms["zero_sum"] + self.norms["identical_interest"] + self.norms["potential"]

    @property
    def zeta(self) -> Number:
        """The zero-sum share of what is strategic; 0 where nothing is."""
        return self.norms["zero_sum"] / self.strategic if self.strategic else Fraction(0)

    @property
    def shares(self) -> dict[str, Number]:
        """The share of each strategic component in |Z + I + B|^2; all 0 where nothing is strategic."""
        names = ("zero_sum", "identical_interest", "potential")
        return {name: self.norms[name] / self.strategic if self.strategic else Fraction(0) for name in names}

    def to_dict(self) -> dict[str, Any]:
        """Norms and shares in JSON form (the components are arrays of the answer)."""
        return as_json({"norms": self.norms, "shares": self.shares, "zeta": self.zeta})


@dataclass(frozen=True, eq=False)
class CommonSplit:
    """``common`` of shape ``(|A1|, ..., |An|)`` is the average payoff; ``zero_sum[i]`` is what player i gets beyond it (they sum to 0)."""

    common: Array
    zero_sum: Array


def hwang_rey_bellet(game: NormalForm) -> HwangReyBellet:
    """The orthogonal decomposition of Hwang and Rey-Bellet (2020); exact if the game is. Raises :class:`SizeError`."""
    n = len(game.shape)
    check_interactions(game)
    scale = prod(game.shape) * lcm(*range(1, n + 1)) if game.exact else 1
    v = interactions(widened(game.table, scale, 4**n * n))
    inside = memberships(game.shape)
    size = np.sum(inside, axis=0)
    mean = _divided(sum((np.where(inside[i], v[i], 0) for i in range(n)), start=np.zeros_like(v[0])), np.maximum(size, 1), game.exact)
    whole = size == n
    E, Z, I, B = (np.zeros_like(v) for _ in range(4))
    for i in range(n):
        E[i] = np.where(inside[i], 0, v[i])
        Z[i] = np.where(inside[i], v[i] - mean, 0)
        I[i] = np.where(whole, mean, 0)
        B[i] = np.where(inside[i] & ~whole, mean, 0)
    denominator = game.denominator * scale
    parts = {name: together(x) for name, x in zip(("nonstrategic", "zero_sum", "identical_interest", "potential"), (E, Z, I, B))}
    norms = {name: square(x, denominator) for name, x in parts.items()}
    if not game.exact:
        norms = _without_rounding(norms, game)
    return HwangReyBellet(**{name: rationals(x, denominator) for name, x in parts.items()}, norms=norms)


def _without_rounding(norms: dict[str, Number], game: NormalForm) -> dict[str, Number]:
    """Norms of a game in floats, those that are rounding errors set to 0."""
    noise = float(game.slack) ** 2 * game.table.size
    return {name: 0.0 if value <= noise else value for name, value in norms.items()}


def common_and_zero_sum(game: NormalForm) -> CommonSplit:
    """Every profile's average payoff, and what each player gets beyond it (Kalai and Kalai 2013 for two players)."""
    check_cells(game.table.size, LARGEST_TABLE)
    n = len(game.shape)
    beyond = game.table.astype(object) * n - game.welfare if game.exact else game.table * n - game.welfare
    return CommonSplit(rationals(game.welfare, game.denominator * n), rationals(beyond, game.denominator * n))


def profile_conflict(game: NormalForm) -> Number:
    """zeta = 1 - n Var(average payoff) / sum_i Var(u_i) over all profiles alike (ATLAS D-04): 0 common interest, 1 constant-sum."""
    check_cells(game.table.size, LARGEST_TABLE)
    n = len(game.shape)
    table, welfare = game.table.reshape(n, -1), game.welfare.reshape(1, -1)
    spread = sum(_spread(row) for row in table)
    if spread <= (float(game.slack) * table.shape[1]) ** 2 * n if not game.exact else spread == 0:
        return Fraction(0)
    common = _spread(welfare[0])
    return 1 - Fraction(int(common), int(n * spread)) if game.exact else float(1 - common / (n * spread))


def _spread(values: Array) -> Any:
    """N^2 times the variance: N sum x^2 - (sum x)^2, in Python integers if exact."""
    exact = values.dtype != np.float64
    x = values.astype(object) if exact else values - values.mean()
    return len(x) * (x * x).sum() - x.sum() ** 2


def check_interactions(game: NormalForm) -> int:
    """How many numbers all interactions take. Raises :class:`SizeError` if they do not fit."""
    numbers = len(game.shape) * prod(k + 1 for k in game.shape)
    if numbers > LARGEST_INTERACTIONS:
        raise SizeError(
            "{n} players with {shape} actions have {numbers} interactions; at most {limit} fit",
            n=len(game.shape), shape=list(game.shape), numbers=f"{numbers:.3g}", limit=f"{LARGEST_INTERACTIONS:,}",
        )  # fmt: skip
    return numbers


def widened(table: Array, scale: int, growth: int) -> Array:
    """``table * scale``, as Python integers unless numbers ``growth`` times as large still fit into 64 bits; floats stay."""
    if table.dtype == np.float64:
        return table
    largest = max(abs(int(table.max())), abs(int(table.min())))
    return table.astype(object) * scale if largest * scale * growth >= LARGEST_EXACT_SUM else table.astype(np.int64) * scale


def interactions(table: Array) -> Array:
    """All interactions of payoffs ``(n, |A1|, ...)``: shape ``(n, |A1| + 1, ...)``, entry 0 of an axis averaged out, the rest centred.

    Integers must be multiples of the number of profiles, so that every average is one.
    """
    for axis in range(1, table.ndim):
        total = table.sum(axis=axis, keepdims=True)
        mean = total / table.shape[axis] if table.dtype == np.float64 else total // table.shape[axis]
        table = np.concatenate([mean, table - mean], axis=axis)
    return table


def together(parts: Array) -> Array:
    """The payoffs whose interactions are ``parts``: the inverse of :func:`interactions`."""
    for axis in range(1, parts.ndim):
        average, centred = np.split(parts, [1], axis=axis)
        parts = average + centred
    return parts


def memberships(shape: tuple[int, ...]) -> list[Array]:
    """For every player, whether it belongs to the set T of each interaction; shape ``(|A1| + 1, ...)``."""
    full = tuple(k + 1 for k in shape)
    axes = np.indices(full, sparse=True)
    return [np.broadcast_to(axis > 0, full) for axis in axes]


def _divided(values: Array, by: Array, exact: bool) -> Array:
    return values // by if exact else values / by


def square(values: Array, denominator: int) -> Number:
    """The sum of squares of ``values / denominator``, exact for integers."""
    if values.dtype == np.float64:
        return float((values * values).sum()) / denominator**2
    wide = values.astype(object)
    return Fraction(int((wide * wide).sum()), denominator**2)
