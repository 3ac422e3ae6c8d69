"""The normal form: n players, finitely many actions each, a payoff to every player in every profile.

Axis 0 of the payoffs is the player, axis i + 1 the action of player i.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import cached_property
from itertools import product
from math import prod

import numpy as np

from .errors import InputError, SizeError
from .exact import Array, Number, array, frozen, machine_integers, number, scaled, slack_of

LARGEST = 50_000_000  # payoff numbers held in memory (0.4 GB)
MOST_PLAYERS = 60  # axes of an array

Profile = tuple[int, ...]
MixedProfile = tuple[tuple[Number, ...], ...]


def check_size(actions: Sequence[int]) -> int:
    """The number of payoffs of a normal form with ``actions[i]`` actions for player i.

    Raises :class:`SizeError`, with the figure, when they do not fit.
    """
    cells = prod(actions) * len(actions)
    if len(actions) > MOST_PLAYERS and cells <= LARGEST:
        raise SizeError("a normal form of {n} players cannot be written out; at most {limit} fit", n=len(actions), limit=MOST_PLAYERS)
    if cells > LARGEST:
        raise SizeError(
            "the normal form of {n} players has {cells} payoffs; at most {limit} fit. Ask for a counted or a consent game instead",
            n=len(actions), cells=f"{cells:.3g}" if cells < 1e300 else "over 1e300", limit=f"{LARGEST:,}",
        )  # fmt: skip
    return cells


class NormalForm:
    """``payoffs`` of shape ``(n, |A1|, ..., |An|)``: exact where given as integers, fractions or decimal texts.

    Kept as integers over one common denominator (``table / denominator``), so that searches compare integers.
    Raises :class:`InputError` if the shape is wrong or a number is not finite.
    """

    def __init__(
        self,
        payoffs: object,
        players: Sequence[str] | None = None,
        actions: Sequence[Sequence[str]] | None = None,
    ) -> None:
        terms = len(payoffs) + 1 if isinstance(payoffs, (np.ndarray, list, tuple)) else 1  # players summed, or two compared
        if isinstance(payoffs, np.ndarray) and payoffs.dtype == np.int64:  # already exact: do not make a Fraction of each
            self.table, self.denominator = frozen(machine_integers(payoffs, terms).copy()), 1
        else:
            integers, self.denominator = scaled(array(payoffs), terms)
            self.table = frozen(integers)
        shape = self.table.shape
        if len(shape) < 2 or shape[0] != len(shape) - 1 or 0 in shape:
            raise InputError("payoffs of shape {shape} are not (n, |A1|, ..., |An|): the first axis is the player", shape=shape)
        self.players = tuple(players) if players is not None else tuple(str(i + 1) for i in range(shape[0]))
        self.actions = tuple(map(tuple, actions)) if actions is not None else tuple(tuple(str(a + 1) for a in range(k)) for k in shape[1:])
        if len(self.players) != shape[0] or tuple(map(len, self.actions)) != shape[1:]:
            raise InputError(
                "names for {players} players with {actions} actions do not fit payoffs of shape {shape}",
                players=len(self.players),
                actions=tuple(map(len, self.actions)),
                shape=shape,
            )

    @classmethod
    def from_arrays(
        cls, *payoffs: object, players: Sequence[str] | None = None, actions: Sequence[Sequence[str]] | None = None
    ) -> NormalForm:
        """The game with one payoff array a player, each of shape ``(|A1|, ..., |An|)``."""
        return cls([np.asarray(p, dtype=object) for p in payoffs], players, actions)

    @classmethod
    def from_function(
        cls, payoff: Callable[[Profile], Sequence[Number]], actions: Sequence[Sequence[str]], players: Sequence[str] | None = None
    ) -> NormalForm:
        """The game in which profile ``a`` (action indices) pays ``payoff(a)[i]`` to player i. Raises :class:`SizeError`."""
        sizes = tuple(map(len, actions))
        check_size(sizes)
        table = np.empty((len(sizes), *sizes), dtype=object)
        for profile in product(*map(range, sizes)):
            table[(slice(None), *profile)] = payoff(profile)
        return cls(table, players, actions)

    @classmethod
    def from_integers(cls, table: Array, denominator: int, players: Sequence[str], actions: Sequence[Sequence[str]]) -> NormalForm:
        """The game whose payoffs are the integers ``table`` over ``denominator``."""
        game = cls(np.asarray(table), players, actions) if table.dtype == np.int64 else cls(table, players, actions)
        game.denominator = game.denominator * denominator
        return game

    def __repr__(self) -> str:
        return f"NormalForm({' x '.join(map(str, self.shape))}, {'exact' if self.exact else 'float'})"

    @property
    def shape(self) -> tuple[int, ...]:
        """How many actions each player has."""
        return tuple(self.table.shape[1:])

    @property
    def exact(self) -> bool:
        """Whether all payoffs are rational numbers."""
        return self.table.dtype != np.float64

    @cached_property
    def slack(self) -> Number:
        """How far apart two entries of ``table`` may be and still count as equal: 0 if the game is exact."""
        return slack_of(self.table)

    def money(self, value: object) -> Number:
        """An entry of ``table`` (or a sum of entries) as a payoff."""
        return Fraction(int(value), self.denominator) if self.exact else float(value)  # type: ignore[call-overload]

    def payoffs(self, profile: Sequence[int]) -> tuple[Number, ...]:
        """What each player gets in the pure ``profile`` (action indices)."""
        return tuple(self.money(x) for x in self.table[(slice(None), *profile)])

    def mixed_payoffs(self, player: int, profile: MixedProfile) -> tuple[Number, ...]:
        """What each action of ``player`` is worth, the others mixing as in ``profile``; exact if all numbers are."""
        values = self.table[player]
        exact = self.exact and all(isinstance(p, Fraction) for mix in profile for p in mix)
        values = values.astype(object if exact else np.float64)
        for other in reversed(range(len(self.players))):
            if other != player:
                values = np.tensordot(values, np.array(profile[other], dtype=values.dtype), axes=(other, 0))
        return tuple(x / self.denominator for x in values)

    @cached_property
    def welfare(self) -> Array:
        """The sum of payoffs in every profile, shape ``(|A1|, ..., |An|)``, in units of 1 / ``denominator``."""
        return frozen(self.table.sum(axis=0))

    def profiles(self) -> Iterator[Profile]:
        """All pure profiles, in lexicographic order."""
        return product(*map(range, self.shape))

    def pure(self, profile: Sequence[int]) -> MixedProfile:
        """A pure ``profile`` written as probabilities."""
        return tuple(tuple(Fraction(int(a == chosen)) for a in range(k)) for chosen, k in zip(profile, self.shape))

    def to_nashpy(self) -> object:
        """The same two-player game as a ``nashpy.Game`` (floats). Raises :class:`InputError` unless there are two players."""
        if len(self.players) != 2:
            raise InputError("nashpy takes two players, this game has {n}", n=len(self.players))
        import nashpy

        try:
            A, B = (self.table / self.denominator).astype(float)
        except OverflowError:
            raise InputError("payoffs are too large for {library}, which computes in floats", library="nashpy") from None
        return nashpy.Game(A, B)

    def to_quantecon(self) -> object:
        """The same game as a ``quantecon`` NormalFormGame (floats). Raises :class:`InputError` where it is not installed."""
        try:
            from quantecon.game_theory import NormalFormGame, Player  # pyright: ignore[reportMissingImports]
        except ImportError:
            raise InputError("{library} is not installed: pip install {library}", library="quantecon") from None
        n = len(self.players)
        try:
            values = (self.table / self.denominator).astype(float)
        except OverflowError:
            raise InputError("payoffs are too large for {library}, which computes in floats", library="quantecon") from None
        return NormalFormGame([Player(np.ascontiguousarray(values[i].transpose(*range(i, n), *range(i)))) for i in range(n)])

    def to_pygambit(self) -> object:
        """The same game for ``pygambit``, exact where this is; players and actions numbered."""
        try:
            import pygambit  # pyright: ignore[reportMissingImports]
        except ImportError:
            raise InputError("{library} is not installed: pip install {library}", library="pygambit") from None
        kind = getattr(pygambit, "StrategicGame", None) or pygambit.Game  # 17, or 16
        exact = [Fraction(self.money(x)) for x in self.table.ravel()]
        values = np.array([pygambit.Rational(x.numerator, x.denominator) for x in exact], dtype=object).reshape(self.table.shape)
        return kind.from_arrays(*values)


def two_player(A: object, B: object, **names: Sequence[str]) -> NormalForm:
    """The bimatrix game in which the row player gets ``A`` and the column player ``B``."""
    return NormalForm.from_arrays(A, B, players=names.get("players"))


__all__ = ["LARGEST", "MixedProfile", "NormalForm", "Profile", "check_size", "number", "two_player"]
