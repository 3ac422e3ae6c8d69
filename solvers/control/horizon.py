"""The best control for so many periods and no longer, by backward induction (Bellman 1957)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...games.errors import InputError
from ...games.exact import Array, Number, number, zeros
from ...games.parameters import whole
from ...games.stochastic_control import StochasticControl
from .optimal_control import Progress


@dataclass(frozen=True, eq=False)
class Planned:
    """``values[k]`` by state when k periods are left (k = 0: nothing), ``policies[k]`` the control then (``policies[0]`` is empty)."""

    values: tuple[Array, ...]
    policies: tuple[Array, ...]


def planned_control(game: StochasticControl, periods: int, discount: object = None, progress: Progress | None = None) -> Planned:
    """The best plan for ``periods`` periods; ``discount`` (None: that of the game) may be 1. The first control where several are as good.

    Exact if the game and the discount are. Raises :class:`InputError`.
    """
    n, beta = whole(periods, "periods"), game.discount if discount is None else number(discount, "discount")
    if not 0 <= beta <= 1:
        raise InputError("{name}={value} must be between 0 and 1", name="discount", value=beta)
    values: list[Array] = [zeros(len(game.rewards), game.rewards)]
    policies: list[Array] = [np.empty(0, dtype=np.intp)]
    for k in range(1, n + 1):
        worth = game.rewards + _kind(beta, game) * game.expected(values[-1])
        best = worth.max(axis=1)
        values.append(best)
        policies.append((worth == best[:, None]).argmax(axis=1))
        if progress:
            progress(k, n, "periods")
    return Planned(tuple(values), tuple(policies))


def _kind(beta: Number, game: StochasticControl) -> Number:
    return beta if game.exact else float(beta)
