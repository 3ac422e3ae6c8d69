"""M-14, divide and conquer (Segal 2003; Winter 2004): subsidies under which everybody's contributing is the only equilibrium."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np

from ..counted_game import RoleSymmetricGame, SymmetricGame
from ..errors import InputError, NotApplicable
from ..exact import Array, Number
from ..linear_program import maximise
from ..message import Message, say
from ..normal_form import NormalForm
from ..outcome_game import OutcomeGame
from ..parameters import amount, amounts, whole
from .mechanism import Claim, Knowledge, accept
from .promises import ONLY_NORMAL, in_money

MOST_IN_ORDER = 16  # players among whom the cheapest order is searched


@dataclass(frozen=True)
class Subsidies:
    """Players in the ``order`` in which they are convinced, and what each is paid, ``amounts[i]`` for player i (margin not included)."""

    order: tuple[int, ...]
    amounts: tuple[Number, ...]

    @property
    def total(self) -> Number:
        """What they cost in all."""
        return sum(self.amounts, start=Fraction(0))


@dataclass(frozen=True)
class DivideAndConquer:
    """M-14: contributing (``action``) is paid for, to each what makes up for contributing after those convinced before, plus ``margin``.

    Where a contribution is worth more the more others contribute, all contribute in the only equilibrium, by iterated strict dominance.
    """

    margin: Number = Fraction(1, 100)
    action: int = 1

    def __post_init__(self) -> None:
        object.__setattr__(self, "margin", amount(self.margin, "margin", above=Fraction(0)))
        if self.action not in (0, 1):
            raise InputError("{name}={value!r} is not known; one of {known}", name="action", value=self.action, known=[0, 1])

    @property
    def id(self) -> str:
        """The identifier."""
        return "M-14"

    @property
    def title(self) -> Message:
        """What it is called."""
        return say("subsidies paid one after another, until all contribute")

    @property
    def requires(self) -> tuple[Knowledge, ...]:
        """Everybody's gains, a binding promise, and money from outside."""
        return (Knowledge.UTILITIES, Knowledge.COMMITMENT, Knowledge.OUTSIDE_MONEY)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """As in ATLAS M-14."""
        return (
            Claim("unique-equilibrium-outcome", True, "Segal 2003; Winter 2004", "a contribution is worth more the more contribute"),
            Claim("budget-balanced", False, "ATLAS M-14: outside money"),
            Claim("anonymous", False, "ATLAS M-14: players alike are paid unlike"),
        )

    def refuses(self, game: object) -> Message | None:
        """It acts on games of two actions a player in which contributions help one another."""
        if isinstance(game, OutcomeGame):
            return say("hosting is a task for one: promise the host its loss instead")
        if not isinstance(game, (NormalForm, RoleSymmetricGame)):
            return ONLY_NORMAL
        shape = game.shape if isinstance(game, NormalForm) else tuple(map(len, game.actions))
        if any(size != 2 for size in shape):
            return say("needs two actions a player: to contribute or not")
        n = len(shape) if isinstance(game, NormalForm) else game.n
        if n > MOST_IN_ORDER:
            return say("the cheapest order is searched among at most {most} players, not {n}", most=MOST_IN_ORDER, n=n)
        written = game if isinstance(game, NormalForm) else game.normal_form()
        if not _supermodular(_gains(written, self.action)):
            return say("needs a game in which a contribution is worth more the more others contribute")
        return None

    def subsidies(self, game: NormalForm | RoleSymmetricGame) -> Subsidies:
        """The cheapest order and payments: f(S) = min over i in S of f(S - i) + max(0, -gain of i after S - i), over all sets S."""
        accept(self.refuses(game))
        written = game if isinstance(game, NormalForm) else game.normal_form()
        n, gains = len(written.shape), _gains(written, self.action)
        cost: list[Any] = [0] * 2**n
        last = [0] * 2**n
        for S in range(1, 2**n):
            tried = [(cost[S ^ 1 << i] + max(0, -gains[(i, *_without(S, i, n))]), i) for i in range(n) if S >> i & 1]
            cost[S], last[S] = min(tried)
        order: list[int] = []
        S = 2**n - 1
        while S:
            order.append(last[S])
            S ^= 1 << last[S]
        paid = [written.money(0)] * n
        done = 0
        for i in reversed(order):
            paid[i] = written.money(max(0, -gains[(i, *_without(done, i, n))]))
            done |= 1 << i
        return Subsidies(tuple(reversed(order)), tuple(paid))

    def transform(self, game: NormalForm | RoleSymmetricGame) -> NormalForm:
        """The game with the subsidies and the margin for whoever contributes."""
        paid = self.subsidies(game).amounts
        written = game if isinstance(game, NormalForm) else game.normal_form()
        table = in_money(written).copy()
        for i, subsidy in enumerate(paid):
            here = (i, *(slice(None) if k != i else self.action for k in range(len(paid))))
            extra: Any = subsidy + (self.margin if written.exact else float(self.margin))
            table[here] = table[here] + extra
        return NormalForm(table, written.players, written.actions)


def _without(S: int, i: int, n: int) -> tuple[int, ...]:
    """By player, whether it is in S; player i's own entry 0."""
    return tuple(int(k != i and S >> k & 1) for k in range(n))


def _gains(game: NormalForm, action: int) -> Array:
    """What contributing gains each player, by who contributes (1) of the others, in units of 1 / denominator; own axis of length 1."""
    flipped = game.table if action == 1 else game.table[(slice(None), *[slice(None, None, -1)] * len(game.shape))]
    return np.stack([np.repeat(np.diff(flipped[i], axis=i), 2, axis=i) for i in range(len(game.shape))])


def _supermodular(gains: Array) -> bool:
    return all((np.diff(gains, axis=k + 1) >= 0).all() for k in range(gains.ndim - 1))


def subsidies_alike(game: SymmetricGame) -> tuple[Number, ...]:
    """M-14 among players alike, at any number: the k-th convinced gets max(0, -gain of contributing when k - 1 others do).

    Raises :class:`NotApplicable` unless there are two actions and contributions help one another.
    """
    if len(game.actions[0]) != 2:
        raise NotApplicable("needs two actions a player: to contribute or not")
    gain = game.table[1] - game.table[0]
    if (np.diff(gain) < 0).any():
        raise NotApplicable("needs a game in which a contribution is worth more the more others contribute")
    return tuple(max(game.money(0), game.money(-x)) for x in gain)


def rewards(technology: object, cost: object) -> tuple[tuple[Number, ...], Number]:
    """Winter's rewards for success: those (sorted) that make "all work" the only equilibrium, as an infimum, and the least equal one
    under which it is an equilibrium at all.

    ``technology[k]`` is the probability of success when k work, k = 0..n; each worker bears ``cost``. The k-th convinced gets
    c / (p(k) - p(k - 1)) (Winter 2004). Raises :class:`InputError` unless every worker adds to success, the later ones no less.
    """
    p, c = amounts(technology, "technology", least=Fraction(0)), amount(cost, "cost", least=0)
    steps = [b - a for a, b in pairwise(p)]
    if not steps or steps[0] <= 0 or any(b < a for a, b in pairwise(steps)):
        raise InputError("technology={value} must rise, and by no less from worker to worker", value=list(p))
    needed = sorted(c / step for step in steps)
    return tuple(needed), needed[0]


def broadcast_subsidies(n: int, closing: object = 1) -> tuple[Fraction, tuple[Fraction, ...]]:
    """The least subsidies that keep ``n`` players on the path from the root: their sum, and what each edge gets.

    Player k = 1..n stands k unit edges away from the root, users share the cost of an edge equally, and the last is joined to
    the root by an edge of cost ``closing`` that the design leaves out. Player k would rather go round over it unless
    sum_{j<=k} (1 - b_j) / (n - j + 1) <= closing + sum_{j>k} (1 - b_j) / (n - j + 2) (Augustine and others 2012). An exact linear program.
    """
    n, way = whole(n, "n"), Fraction(amount(closing, "closing", least=0))
    A = np.zeros((2 * n, n), dtype=object)
    b = np.zeros(2 * n, dtype=object)
    for k in range(1, n + 1):
        share = [Fraction(1, n - j + 1) if j <= k else -Fraction(1, n - j + 2) for j in range(1, n + 1)]
        A[k - 1], b[k - 1] = share, sum(share, start=Fraction(0)) - way
        A[n + k - 1, k - 1], b[n + k - 1] = -1, Fraction(-1)
    found = maximise(b, A.T, np.array([Fraction(1)] * n, dtype=object))
    return found.value, found.y
