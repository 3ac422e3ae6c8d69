"""Interchangeable players with private types drawn independently from one distribution, two actions, counted.

``payoff[t, a, k]`` is what a player of type t gets for its action a (0 or 1) when k of the n - 1 others take action 1: values are
private, the others' types matter through what they do. ``prior[t]`` is the probability of type t.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np

from .bayesian_game import BayesianGame, check_types, independent
from .errors import InputError, SizeError
from .exact import TOLERANCE, Array, Number, array, frozen, is_exact, scaled, slack_of
from .normal_form import LARGEST


class SymmetricBayesianGame:
    """See the head of the file. Kept as integers over one denominator (``table / denominator``); ``prior`` holds the numbers given.

    Raises :class:`InputError` for a shape or prior that does not fit, :class:`SizeError` where the payoffs do not.
    """

    def __init__(
        self,
        payoff: object,
        prior: Sequence[object],
        players: int,
        types: Sequence[str] | None = None,
        actions: Sequence[str] = ("0", "1"),
        role: str = "player",
    ) -> None:
        if isinstance(players, bool) or not isinstance(players, int) or players < 2:  # pyright: ignore[reportUnnecessaryIsInstance]
            raise InputError("players={players!r} must be a whole number, at least 2", players=players)
        chances = array(list(prior), "prior")
        if chances.ndim != 1 or not len(chances) or chances.min() < 0 or not _whole(chances):
            raise InputError("prior: probabilities that sum to {total} are no distribution", total=chances.sum())
        self.types = tuple(types) if types is not None else tuple(str(t + 1) for t in range(len(chances)))
        self.actions, self.players, self.role = tuple(actions), players, role
        values = payoff if isinstance(payoff, np.ndarray) and payoff.dtype == np.int64 else array(payoff, "payoff")
        if values.shape != (len(chances), 2, players) or len(self.types) != len(chances) or len(self.actions) != 2:
            raise InputError(
                "payoffs of shape {shape} do not fit: (types, 2 actions, others who take the second) is {needed}",
                shape=values.shape, needed=(len(self.types), 2, players),
            )  # fmt: skip
        self.prior: tuple[Number, ...] = tuple(chances.tolist())
        integers, self.denominator = (values.copy(), 1) if values.dtype == np.int64 else scaled(values, 2)
        self.table: Array = frozen(np.array(integers))

    @classmethod
    def from_function(
        cls,
        payoff: Callable[[int, int, int], Number],
        prior: Sequence[object],
        players: int,
        types: Sequence[str] | None = None,
        actions: Sequence[str] = ("0", "1"),
    ) -> SymmetricBayesianGame:
        """The game that pays ``payoff(t, a, k)`` to type t for action a when k of the others take action 1."""
        cells = 2 * len(prior) * players
        if cells > LARGEST:
            raise SizeError("the counted game has {cells} payoffs; at most {limit} fit", cells=f"{cells:.3g}", limit=f"{LARGEST:,}")
        table = [[[payoff(t, a, k) for k in range(players)] for a in range(2)] for t in range(len(prior))]
        return cls(table, prior, players, types, actions)

    def __repr__(self) -> str:
        return f"SymmetricBayesianGame({self.players} players, {len(self.types)} types, {'exact' if self.exact else 'float'})"

    @property
    def exact(self) -> bool:
        """Whether all payoffs and probabilities are rational numbers."""
        return self.table.dtype != np.float64 and all(isinstance(p, Fraction) for p in self.prior)

    @cached_property
    def slack(self) -> Number:
        """How far apart two entries of ``table`` may be and still count as equal: 0 if the game is exact."""
        return slack_of(self.table)

    def payoff(self, kind: int, action: int, others: int) -> Number:
        """What a player of type ``kind`` gets for ``action`` when ``others`` of the others take action 1."""
        value: Any = self.table[kind, action, others]
        return float(value) if self.table.dtype == np.float64 else Fraction(int(value), self.denominator)

    @cached_property
    def gain(self) -> Array:
        """What action 1 pays more than action 0, by type and number of others who take it; shape ``(types, n)``, in units of
        1 / ``denominator``.
        """
        return frozen(self.table[:, 1] - self.table[:, 0])

    @cached_property
    def monotone(self) -> bool:
        """Whether every type gains at least as much from action 1 as the next type does, however many others take it."""
        return bool((self.gain[:-1] >= self.gain[1:]).all())

    def bayesian_game(self) -> BayesianGame:
        """The same game with every player named. Raises :class:`SizeError`, with the figure, where it does not fit."""
        n, kinds = self.players, len(self.types)
        check_types([kinds] * n, [2] * n)
        return BayesianGame.from_function(
            lambda t, a: [self.payoff(t[i], a[i], sum(a) - a[i]) for i in range(n)],
            independent(*[self.prior] * n),
            [self.types] * n,
            [self.actions] * n,
        )


def _whole(chances: Array) -> bool:
    return bool(abs(chances.sum() - 1) <= (0 if is_exact(chances) else TOLERANCE))
