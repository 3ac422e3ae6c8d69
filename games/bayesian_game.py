"""Bayesian games: finite types, a common prior, payoffs that may depend on everybody's types and actions (Harsanyi 1967).

``payoffs[i, t1, ..., tn, a1, ..., an]`` is what player i gets; ``prior[t1, ..., tn]`` the probability of a profile of types.
A *plan* gives an action for every type.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import cached_property, reduce
from itertools import product
from math import prod

import numpy as np

from .errors import InputError, SizeError
from .exact import TOLERANCE, Array, Number, array, frozen, is_exact, scaled, slack_of
from .normal_form import LARGEST, NormalForm, Profile, check_size

Types = tuple[int, ...]


def independent(*marginals: Sequence[object]) -> Array:
    """The prior under which player i's type is t with probability ``marginals[i][t]``, whatever the others' types."""
    parts = [array(list(p), "probability") for p in marginals]
    return reduce(np.multiply.outer, parts)


def check_types(types: Sequence[int], actions: Sequence[int]) -> int:
    """How many payoffs a game with so many types and actions by player has. Raises :class:`SizeError` when they do not fit."""
    cells = len(types) * prod(types) * prod(actions)
    if cells > LARGEST or len(types) + len(actions) + 1 > 60:
        raise SizeError(
            "the game with private types of {n} players has {cells} payoffs; at most {limit} fit",
            n=len(types), cells=f"{cells:.3g}" if cells < 1e300 else "over 1e300", limit=f"{LARGEST:,}",
        )  # fmt: skip
    return cells


class BayesianGame:
    """See the head of the file for ``payoffs`` and ``prior``; both exact where given as integers, fractions or decimal texts.

    Kept as integers over common denominators (``table / denominator``, ``weights / mass``). Raises :class:`InputError` for shapes that
    do not fit or a prior that is no distribution.
    """

    def __init__(
        self,
        payoffs: object,
        prior: object,
        players: Sequence[str] | None = None,
        types: Sequence[Sequence[str]] | None = None,
        actions: Sequence[Sequence[str]] | None = None,
    ) -> None:
        values, chances = array(payoffs, "payoffs"), array(prior, "prior")
        n = chances.ndim
        if values.ndim != 2 * n + 1 or values.shape[0] != n or values.shape[1 : n + 1] != chances.shape or 0 in values.shape:
            raise InputError(
                "payoffs of shape {shape} do not fit a prior of shape {prior}: (player, types, actions) is needed",
                shape=values.shape, prior=chances.shape,
            )  # fmt: skip
        _check_prior(chances)
        if is_exact(values) != is_exact(chances):  # one kind of number in a game
            values, chances = values.astype(float), chances.astype(float)
        self.table, self.denominator = scaled(values, 2 * n)
        self.weights, self.mass = scaled(chances)
        self.table, self.weights = frozen(np.array(self.table)), frozen(np.array(self.weights))
        self.players = tuple(players) if players is not None else tuple(str(i + 1) for i in range(n))
        self.types = _names(types, chances.shape)
        self.actions = _names(actions, values.shape[n + 1 :])
        if len(self.players) != n or tuple(map(len, self.types)) != chances.shape or tuple(map(len, self.actions)) != self.shape:
            raise InputError("names of players, types or actions do not fit payoffs of shape {shape}", shape=values.shape)

    @classmethod
    def from_function(
        cls,
        payoff: Callable[[Types, Profile], Sequence[Number]],
        prior: object,
        types: Sequence[Sequence[str]],
        actions: Sequence[Sequence[str]],
        players: Sequence[str] | None = None,
    ) -> BayesianGame:
        """The game that pays ``payoff(t, a)[i]`` to player i of the type profile t in the action profile a (indices)."""
        sizes = [*map(len, types), *map(len, actions)]
        check_types(sizes[: len(types)], sizes[len(types) :])
        table = np.empty((len(types), *sizes), dtype=object)
        for t in product(*map(range, sizes[: len(types)])):
            for a in product(*map(range, sizes[len(types) :])):
                table[(slice(None), *t, *a)] = payoff(t, a)
        return cls(table, prior, players, types, actions)

    def __repr__(self) -> str:
        types, actions = " x ".join(map(str, self.kinds)), " x ".join(map(str, self.shape))
        return f"BayesianGame({types} types, {actions} actions, {'exact' if self.exact else 'float'})"

    @property
    def kinds(self) -> tuple[int, ...]:
        """How many types each player has."""
        return tuple(self.weights.shape)

    @property
    def shape(self) -> tuple[int, ...]:
        """How many actions each player has."""
        return tuple(self.table.shape[len(self.weights.shape) + 1 :])

    @property
    def exact(self) -> bool:
        """Whether all payoffs and probabilities are rational numbers."""
        return self.table.dtype != np.float64

    @cached_property
    def slack(self) -> Number:
        """How far apart two payoffs (entries of ``table``) may be and still count as equal: 0 if the game is exact."""
        return slack_of(self.table)

    def money(self, value: object) -> Number:
        """An entry of ``table`` as a payoff."""
        return Fraction(int(value), self.denominator) if self.exact else float(value)  # type: ignore[call-overload,arg-type]

    def chance(self, types: Types) -> Number:
        """The probability of a profile of types."""
        value = self.weights[types]
        return Fraction(int(value), self.mass) if self.exact else float(value)

    def payoffs(self, types: Types, profile: Profile) -> tuple[Number, ...]:
        """What each player gets when the types are ``types`` and the actions ``profile``."""
        return tuple(self.money(x) for x in self.table[(slice(None), *types, *profile)])

    def type_profiles(self) -> Iterator[Types]:
        """All profiles of types, in lexicographic order."""
        return product(*map(range, self.kinds))

    def chance_of(self, player: int, kind: int) -> Number:
        """The probability that ``player`` is of type ``kind``."""
        value = np.take(self.weights, kind, axis=player).sum()
        return Fraction(int(value), self.mass) if self.exact else float(value)

    @cached_property
    def weighted(self) -> Array:
        """Payoffs times the probability of the types, shape as ``table``, in units of 1 / (``denominator`` ``mass``)."""
        n = len(self.players)
        chances = self.weights.reshape((1, *self.kinds, *([1] * n)))
        if not self.exact:
            return frozen(self.table * chances)
        fits = int(np.abs(self.table).max()) * self.mass * 2 * n < 2**62
        kind = np.int64 if fits else object
        return frozen(self.table.astype(kind) * chances.astype(kind))

    def first_best(self) -> Number:
        """The largest welfare that anybody could reach who knew all types and could command all actions."""
        n = len(self.players)
        best = self.weighted.sum(axis=0).reshape((*self.kinds, -1)).max(axis=n).sum()
        return Fraction(int(best), self.denominator * self.mass) if self.exact else float(best)

    def agent_form(self) -> NormalForm:
        """The normal form in which every type of every player is a player of its own (Selten 1975), in the order (player, type).

        The payoff of an agent is its player's, counted where the type occurs and weighted by the prior, so that the agents of a
        player sum to the player's payoff before types are known. Raises :class:`SizeError`, with the figure.
        """
        agents = [(i, t) for i, kinds in enumerate(self.kinds) for t in range(kinds)]
        sizes = [self.shape[i] for i, _ in agents]
        check_size(sizes)
        place = {agent: k for k, agent in enumerate(agents)}
        table = np.zeros((len(agents), *sizes), dtype=self.weighted.dtype)
        for types in self.type_profiles():
            acting = [place[i, t] for i, t in enumerate(types)]
            full = tuple(sizes[k] if k in acting else 1 for k in range(len(agents)))
            for i, k in enumerate(acting):
                table[k] += self.weighted[(i, *types)].reshape(full)
        names = [f"{self.players[i]}: {self.types[i][t]}" for i, t in agents]
        form = NormalForm(table, names, [self.actions[i] for i, _ in agents])
        form.denominator *= self.denominator * self.mass if self.exact else 1
        return form

    def plans(self, player: int) -> list[Profile]:
        """All plans of ``player``: an action for each of its types."""
        return list(product(range(self.shape[player]), repeat=self.kinds[player]))

    def strategic_form(self) -> NormalForm:
        """The normal form over plans, payoffs expected before types are known. Raises :class:`SizeError`, with the figure."""
        n = len(self.players)
        sizes = [k**kinds for k, kinds in zip(self.shape, self.kinds)]
        check_size(sizes)
        plans = [self.plans(i) for i in range(n)]
        table = np.zeros((n, *sizes), dtype=self.weighted.dtype)
        for types in self.type_profiles():
            chosen = np.ix_(*([plan[t] for plan in plans[i]] for i, t in enumerate(types)))
            table += self.weighted[(slice(None), *types)][(slice(None), *chosen)]
        named = zip(self.types, self.actions, plans)
        names = [[", ".join(f"{t}: {a[k]}" for t, k in zip(kinds, plan)) for plan in own] for kinds, a, own in named]
        form = NormalForm(table, self.players, names)
        form.denominator *= self.denominator * self.mass if self.exact else 1
        return form


def _names(given: Sequence[Sequence[str]] | None, sizes: Sequence[int]) -> tuple[tuple[str, ...], ...]:
    return tuple(map(tuple, given)) if given is not None else tuple(tuple(str(k + 1) for k in range(size)) for size in sizes)


def _check_prior(chances: Array) -> None:
    total = chances.sum()
    if chances.min() < 0 or abs(total - 1) > (0 if is_exact(chances) else TOLERANCE):
        raise InputError("prior: probabilities that sum to {total} are no distribution", total=total)
