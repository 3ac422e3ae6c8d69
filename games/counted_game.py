"""Games of players who are alike and therefore counted: one kind of player, or several roles.

In a game of roles r = 0..R-1 with ``players[r]`` players and ``actions[r]`` each, what a player of role r gets depends on its own
action and on how many *others* of each role take each action. ``tables[r]`` has the shape ``(|A_r|, M_0, ..., M_{R-1})``: the own
action, then for every role s the *count index* of the others in it (of ``players[s]`` players, one fewer for s = r).

A count index numbers the ways to spread m players over k actions, in lexicographic order of how many take actions 1, ..., k-1
(the rest take action 0). With two actions it is simply the number of those who take the second.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import copy
from fractions import Fraction
from functools import cached_property, lru_cache
from itertools import product
from math import comb, lcm, prod
from typing import Any, Self

import numpy as np

from .errors import InputError, SizeError
from .exact import Array, Number, array, frozen, is_exact, machine_integers, scaled, slack_of
from .normal_form import LARGEST, NormalForm, check_size

Counts = tuple[int, ...]  # how many players take each action


def ways(players: int, actions: int) -> int:
    """In how many ways ``players`` who are alike can spread over ``actions``."""
    return comb(players + actions - 1, actions - 1)


@lru_cache(maxsize=256)
def count_vectors(players: int, actions: int) -> Array:
    """All ways to spread ``players`` over ``actions``, in the order of the count index; shape ``(ways, actions)``."""
    if actions == 1:
        return frozen(np.array([[players]]))
    left, rows = np.array([players]), np.zeros((1, 0), dtype=np.int64)  # how many are still to act; what the others do
    for _ in range(actions - 1):
        each = left + 1  # the next action can be taken by none of them, by one, ..., by all
        row = np.repeat(np.arange(len(left)), each)
        taken = np.arange(len(row)) - np.repeat(np.cumsum(each) - each, each)
        rows, left = np.column_stack([rows[row], taken]), left[row] - taken
    return frozen(np.column_stack([left, rows]))


def count_index(counts: Sequence[int]) -> int:
    """The place of ``counts`` in :func:`count_vectors`."""
    left, place = sum(counts), 0
    for k, taken in enumerate(counts[1:], start=1):
        later = len(counts) - k  # actions that share what is left after this one, action 0 among them
        place += comb(left + later, later) - comb(left - taken + later, later)  # those that take fewer
        left -= taken
    return place


class RoleSymmetricGame:
    """Players grouped in roles; within a role they are interchangeable. See the head of the file for ``payoffs``.

    Kept as integers over one common denominator (``tables[r] / denominator``). Raises :class:`InputError` if a shape is wrong or a
    number not finite, :class:`SizeError` if the tables do not fit.
    """

    def __init__(
        self,
        payoffs: Sequence[object],
        players: Sequence[int],
        actions: Sequence[Sequence[str]],
        roles: Sequence[str] | None = None,
    ) -> None:
        self.players = tuple(players)
        self.actions = tuple(map(tuple, actions))
        self.roles = tuple(roles) if roles is not None else tuple(str(r + 1) for r in range(len(self.players)))
        _check_roles(self.players, self.actions, self.roles)
        given = [_integers(values) for values in payoffs]
        if len(given) != len(self.players):
            raise InputError("payoffs for {given} roles do not fit {roles} roles", given=len(given), roles=len(self.players))
        if any(table.dtype == np.float64 for table, _ in given):  # one kind of number in a game
            self.denominator = 1
            tables = [(table / denominator).astype(np.float64) for table, denominator in given]
        else:
            self.denominator = lcm(*(denominator for _, denominator in given))
            tables = [_raised(table, self.denominator // denominator) for table, denominator in given]
        for r, table in enumerate(tables):
            if table.shape != self.shape(r):
                raise InputError(
                    "payoffs of role {role!r} have shape {shape}; (own actions, counts of the others by role) is {needed}",
                    role=self.roles[r], shape=table.shape, needed=self.shape(r),
                )  # fmt: skip
        self.tables: tuple[Array, ...] = tuple(frozen(table) for table in tables)

    @classmethod
    def from_function(
        cls,
        payoff: Callable[[int, int, tuple[Counts, ...]], Number],
        players: Sequence[int],
        actions: Sequence[Sequence[str]],
        roles: Sequence[str] | None = None,
    ) -> RoleSymmetricGame:
        """The game in which a player of role r who takes action a, the others counted as ``counts[role][action]``, gets
        ``payoff(r, a, counts)``.
        """
        check_counts(players, [len(names) for names in actions])
        tables: list[Array] = []
        for r, names in enumerate(actions):
            others = [count_vectors(n - (s == r), len(actions[s])) for s, n in enumerate(players)]
            table = np.empty((len(names), *map(len, others)), dtype=object)
            for place in product(*map(range, table.shape)):
                counts = tuple(tuple(map(int, others[s][c])) for s, c in enumerate(place[1:]))
                table[place] = payoff(r, place[0], counts)
            tables.append(table)
        return RoleSymmetricGame(tables, players, actions, roles)

    def __repr__(self) -> str:
        parts = ", ".join(f"{n} {role} x {len(a)}" for n, role, a in zip(self.players, self.roles, self.actions))
        return f"{type(self).__name__}({parts}, {'exact' if self.exact else 'float'})"

    def named(self, roles: Sequence[str], actions: Sequence[Sequence[str]] | None = None) -> Self:
        """The same game with other names of its roles, and of their actions if given. Raises :class:`InputError` if they do not fit."""
        actions = self.actions if actions is None else tuple(map(tuple, actions))
        if len(roles) != len(self.roles) or tuple(map(len, actions)) != tuple(map(len, self.actions)):
            given, needed = [len(names) for names in actions], [len(names) for names in self.actions]
            raise InputError(
                "{n} roles with {given} actions do not fit {roles} roles with {needed}",
                n=len(roles), given=given, roles=len(self.roles), needed=needed,
            )  # fmt: skip
        twin = copy(self)
        twin.roles, twin.actions = tuple(roles), tuple(map(tuple, actions))
        return twin

    def shape(self, role: int) -> tuple[int, ...]:
        """The shape of the payoffs of ``role``."""
        others = (ways(n - (s == role), len(self.actions[s])) for s, n in enumerate(self.players))
        return (len(self.actions[role]), *others)

    @property
    def n(self) -> int:
        """How many players there are in all."""
        return sum(self.players)

    @property
    def exact(self) -> bool:
        """Whether all payoffs are rational numbers."""
        return self.tables[0].dtype != np.float64

    @cached_property
    def slack(self) -> Number:
        """How far apart two entries of the tables may be and still count as equal: 0 if the game is exact."""
        return max(slack_of(table) for table in self.tables)

    def money(self, value: object) -> Number:
        """An entry of a table (or a sum of entries) as a payoff."""
        return Fraction(int(value), self.denominator) if self.exact else float(value)  # type: ignore[call-overload,arg-type]

    def payoff(self, role: int, action: int, others: Sequence[Sequence[int]]) -> Number:
        """What a player of ``role`` gets for ``action`` when the others are ``others[role][action]`` many."""
        return self.money(self.tables[role][(action, *map(count_index, others))])

    def payoffs(self, counts: Sequence[Sequence[int]]) -> tuple[tuple[Number | None, ...], ...]:
        """By role and action, what those who take it get when ``counts[role][action]`` players take each; None where nobody does."""
        result: list[tuple[Number | None, ...]] = []
        for r, taken in enumerate(counts):
            row = [self.payoff(r, a, without(counts, r, a)) if k else None for a, k in enumerate(taken)]
            result.append(tuple(row))
        return tuple(result)

    def normal_form(self) -> NormalForm:
        """The same game with every player named. Raises :class:`SizeError`, with the figure, where it does not fit."""
        owner = [r for r, n in enumerate(self.players) for _ in range(n)]
        actions = [self.actions[r] for r in owner]
        sizes = [len(names) for names in actions]
        check_size(sizes)
        names = [role if n == 1 else f"{role} {k + 1}" for role, n in zip(self.roles, self.players) for k in range(n)]
        moves = np.indices(sizes).reshape(len(sizes), -1)
        table = np.empty((len(owner), moves.shape[1]), dtype=self.tables[0].dtype)
        for i, r in enumerate(owner):
            index: list[Array] = [moves[i]]
            for s in range(len(self.players)):
                others = [j for j, role in enumerate(owner) if role == s and j != i]
                index.append(_index_of(moves[others], len(self.actions[s])))
            table[i] = self.tables[r][tuple(index)]
        return NormalForm.from_integers(table.reshape(len(owner), *sizes), self.denominator, names, actions)


class SymmetricGame(RoleSymmetricGame):
    """``n`` interchangeable players: ``payoff[a, c]`` for the own action a and the count index c of the n - 1 others.

    With two actions c is how many others take the second, and ``payoff`` has the shape ``(2, n)``.
    """

    def __init__(self, payoff: object, players: int, actions: Sequence[str] | None = None, role: str = "player") -> None:
        if actions is None:
            actions = [str(a + 1) for a in range(len(payoff))]  # type: ignore[arg-type]
        super().__init__([payoff], [players], [actions], [role])

    @classmethod
    def of(cls, payoff: Callable[[int, Counts], Number], players: int, actions: Sequence[str], role: str = "player") -> SymmetricGame:
        """The game in which action a pays ``payoff(a, counts)``, the n - 1 others taking each action ``counts[action]`` times."""
        check_counts([players], [len(actions)])
        others = count_vectors(players - 1, len(actions))
        table = np.empty((len(actions), len(others)), dtype=object)
        for a in range(len(actions)):
            table[a] = [payoff(a, tuple(map(int, counts))) for counts in others]
        return cls(table, players, actions, role)

    @classmethod
    def from_integers(cls, table: Array, denominator: int, players: int, actions: Sequence[str], role: str = "player") -> SymmetricGame:
        """The game whose payoffs are the ``int64`` entries of ``table`` over ``denominator``: no Fraction is made of each."""
        game = cls(table, players, actions, role)
        game.denominator *= denominator
        return game

    @property
    def table(self) -> Array:
        """The payoffs in units of 1 / ``denominator``, shape ``(actions, ways)``."""
        return self.tables[0]

    @cached_property
    def gain(self) -> Array:
        """With two actions: what the second pays more than the first, by how many others take the second; shape ``(n,)``, in
        units of 1 / ``denominator``. Raises :class:`InputError` for more actions.
        """
        if len(self.actions[0]) != 2:
            raise InputError("the gain from switching needs two actions; this game has {n}", n=len(self.actions[0]))
        return frozen(self.table[1] - self.table[0])


def without(counts: Sequence[Sequence[int]], role: int, action: int) -> list[tuple[int, ...]]:
    """``counts`` of everybody as a player of ``role`` who takes ``action`` sees the others."""
    return [tuple(k - (s == role and b == action) for b, k in enumerate(taken)) for s, taken in enumerate(counts)]


def check_counts(players: Sequence[int], actions: Sequence[int]) -> int:
    """How many payoffs a game of counted players has. Raises :class:`SizeError`, with the figure, when they do not fit."""
    cells = sum(k * prod(ways(n - (s == r), other) for s, (n, other) in enumerate(zip(players, actions))) for r, k in enumerate(actions))
    if cells > LARGEST:
        shown = f"{cells:.3g}" if cells < 1e300 else "over 1e300"
        raise SizeError("the counted game has {cells} payoffs; at most {limit} fit", cells=shown, limit=f"{LARGEST:,}")
    return cells


def symmetric_form(game: NormalForm) -> SymmetricGame:
    """A normal form whose players are interchangeable, as a counted game. Raises :class:`InputError` if they are not."""
    n, sizes = len(game.players), set(game.shape)
    if len(sizes) > 1:
        raise InputError("the players are not alike: they have {sizes} actions", sizes=game.shape)
    k = sizes.pop()
    table = np.empty((k, ways(n - 1, k)), dtype=game.table.dtype)
    for own in range(k):
        for c, counts in enumerate(count_vectors(n - 1, k)):
            profile = (own, *(a for a, times in enumerate(counts) for _ in range(times)))
            table[own, c] = game.table[(0, *profile)]
    counted = SymmetricGame(_fractions(table, game.denominator), n, game.actions[0])
    again = counted.normal_form()
    if not np.array_equal(again.table * game.denominator, game.table * again.denominator):
        raise InputError("the players are not alike: exchanging two of them changes what they get")
    return counted


def _check_roles(players: Sequence[int], actions: Sequence[Sequence[str]], roles: Sequence[str]) -> None:
    if not players or len(actions) != len(players) or len(roles) != len(players):
        raise InputError(
            "{players} roles, {actions} lists of actions, {roles} names do not fit",
            players=len(players), actions=len(actions), roles=len(roles),
        )  # fmt: skip
    for n, names, role in zip(players, actions, roles):
        if isinstance(n, bool) or not isinstance(n, (int, np.integer)) or n < 1:  # pyright: ignore[reportUnnecessaryIsInstance]
            raise InputError("players={n!r} of role {role!r} must be a whole number, at least 1", n=n, role=role)
        if not names:
            raise InputError("role {role!r} has no actions", role=role)
    check_counts(players, [len(names) for names in actions])


def _integers(values: Any) -> tuple[Array, int]:
    """``values`` as integers over a denominator; floats as they are."""
    if isinstance(values, np.ndarray) and values.dtype == np.int64:  # already exact: do not make a Fraction of each
        return machine_integers(values, 4).copy(), 1
    data = array(values)
    return scaled(data, 4) if is_exact(data) else (np.array(data), 1)


def _raised(table: Array, factor: int) -> Array:
    """``table`` over a denominator ``factor`` times as large."""
    return table if factor == 1 else machine_integers(table.astype(object) * factor, 4)


def _fractions(table: Array, denominator: int) -> Array:
    if table.dtype == np.float64 or denominator == 1:
        return table
    return np.array([Fraction(int(x), denominator) for x in table.ravel()], dtype=object).reshape(table.shape)


def _index_of(moves: Array, actions: int) -> Array:
    """The count index of the players whose moves are the rows of ``moves``, in every column (profile)."""
    counts = np.stack([(moves == a).sum(axis=0) for a in range(actions)], axis=1)
    if actions == 2:
        return counts[:, 1]
    distinct, back = np.unique(counts, axis=0, return_inverse=True)
    return np.array([count_index(list(map(int, row))) for row in distinct])[back.reshape(-1)]
