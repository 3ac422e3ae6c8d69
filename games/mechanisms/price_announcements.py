"""M-09, the compensation mechanism (Varian 1994), and the rule of Groves and Ledyard (1977): public decisions by announcements.

M-09: one party chooses a level x that another feels. Stage 1: both at once announce a price for x. Stage 2: x is chosen. Whoever chooses
receives the price announced by the neighbour, p_n x; the neighbour pays the price announced by the chooser, p_c x; and the chooser pays
a penalty (p_c - p_n)^2 for disagreement. With smooth convex technology the only subgame-perfect price is the neighbour's marginal benefit.

Groves and Ledyard: everybody adds m_i to the level G of a public good and is taxed
q G / n + (gamma / 2) [(n - 1) / n (m_i - mean of the others)^2 - variance of the others].
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

import numpy as np

from ..environment import Environment, Types
from ..errors import InputError, NotApplicable
from ..exact import Array, Number
from ..message import Message, say
from ..normal_form import NormalForm, Profile
from ..parameters import amount, amounts, labels
from ..staged_game import End, Node, Stage, StagedGame
from .mechanism import Claim, Form, Knowledge, accept


@dataclass(frozen=True, eq=False)
class Level:
    """The ``level`` chosen, and the money received by the chooser and the neighbour, ``transfers`` of shape ``(2,)``."""

    level: Number
    transfers: Array


@dataclass(frozen=True)
class Externality:
    """The chooser gains r x - a x^2 / 2 from level x >= 0, the neighbour e x - d x^2 / 2; money. All over not choosing at all, x = 0.

    r, e any numbers, a > 0, d >= 0. A harm d x^2 / 2 has e = 0; a constant benefit e per unit has d = 0.
    """

    r: Number
    a: Number
    e: Number
    d: Number

    def __post_init__(self) -> None:
        object.__setattr__(self, "r", amount(self.r, "r"))
        object.__setattr__(self, "a", amount(self.a, "a", above=Fraction(0)))
        object.__setattr__(self, "e", amount(self.e, "e"))
        object.__setattr__(self, "d", amount(self.d, "d", least=0))

    @property
    def players(self) -> tuple[str, ...]:
        """Their names."""
        return ("chooser", "neighbour")

    @property
    def unregulated(self) -> Number:
        """The level that the chooser picks when left alone: max(0, r / a)."""
        return max(self.r / self.a, 0 * self.r)

    @property
    def efficient(self) -> Number:
        """The level with the largest joint gain: max(0, (r + e) / (a + d))."""
        return max((self.r + self.e) / (self.a + self.d), 0 * self.r)

    def gains(self, level: Number) -> tuple[Number, Number]:
        """What ``level`` is worth to the chooser and the neighbour, before money."""
        return self.r * level - self.a * level**2 / 2, self.e * level - self.d * level**2 / 2

    @property
    def most(self) -> Number:
        """The largest joint gain."""
        return sum(self.gains(self.efficient))

    def worth(self, player: int, outcome: Level) -> Number:
        """What a level and its transfers are worth to a player."""
        return self.gains(outcome.level)[player] + outcome.transfers[player]

    def welfare(self, outcome: Level) -> Number:
        """The joint gain; money that changes hands cancels, but what is left over or missing does not."""
        return sum(self.gains(outcome.level))

    @classmethod
    def environment(cls, choosers: Sequence[tuple[object, object]], neighbours: Sequence[tuple[object, object]]) -> Environment:
        """The chooser's types are pairs (r, a), the neighbour's (e, d)."""
        kinds = [tuple(amounts(pair, "types", 2) for pair in of_player) for of_player in (choosers, neighbours)]

        def problem(types: Types) -> Externality:
            (r, a), (e, d) = types
            return cls(r, a, e, d)

        return Environment(tuple(kinds), problem)


def reply(technology: Externality, price: Number) -> Number:
    """Stage 2: the level that the chooser picks when it receives ``price`` a unit: max(0, (r + price) / a)."""
    return max((technology.r + price) / technology.a, 0 * price)


def announcement_gains(technology: Externality, chooser: Number, neighbour: Number) -> tuple[Number, Number]:
    """Stage 1: the most that each gains by announcing another price, the level following by :func:`reply`; (0, 0) is an equilibrium.

    The chooser's price matters to it only through the penalty, so it gains (p_c - p_n)^2. The neighbour picks the price whose level x is
    best for it at p_c a unit: it can have any x >= 0, and e x - d x^2 / 2 - p_c x has no maximum if d = 0 and p_c < e (then infinite).
    """
    t, x = technology, reply(technology, neighbour)
    now = t.gains(x)[1] - chooser * x
    slope = t.e - chooser
    if slope <= 0:
        best: Number = 0 * slope
    elif t.d == 0:
        best = float("inf")
    else:
        best = slope**2 / (2 * t.d)
    return (chooser - neighbour) ** 2, best - now


@dataclass(frozen=True)
class PriceAnnouncements:
    """M-09 on an :class:`Externality`. ``prices`` and ``levels`` are the grids of its game form; the rule itself needs none."""

    prices: tuple[Number, ...] = ()
    levels: tuple[Number, ...] = ()

    @property
    def id(self) -> str:
        """The identifier."""
        return "M-09"

    @property
    def title(self) -> Message:
        """What it is called."""
        return say("both announce a price, then one of them chooses the level")

    @property
    def requires(self) -> tuple[Knowledge, ...]:
        """The authority knows nothing (the parties must know each other); payments must bind."""
        return (Knowledge.NONE, Knowledge.COMMITMENT)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """As in ATLAS M-09 and 3G."""
        return (
            Claim("efficient", True, "Varian 1994", "smooth convex technology"),
            Claim("budget-balanced", True, "Varian 1994", "in equilibrium, where the penalty is 0"),
            Claim("strategy-proof", False, "ATLAS 3G"),
        )

    def refuses(self, game: object) -> Message | None:
        """It acts on a level that one party chooses and another feels."""
        if not isinstance(game, Externality):
            return say("needs one party that chooses a level, smoothly, and another that feels it")
        return None

    def price(self, game: Externality) -> Number:
        """The subgame-perfect price, the same for both: p = e - d x at the efficient x.

        The fixed point of stage 1: the chooser announces p_n; the neighbour wants the x at which e - d x = p_c; and x = (r + p_n) / a.
        Raises :class:`NotApplicable` as :meth:`refuses` says, and where the efficient level is 0.
        """
        accept(self.refuses(game))
        if game.r + game.e <= 0:
            raise NotApplicable("the efficient level is 0: many prices keep it there")
        return (game.a * game.e - game.d * game.r) / (game.a + game.d)

    def outcome(self, game: Externality) -> Level:
        """The subgame-perfect level with its payments; nothing where the efficient level is 0."""
        accept(self.refuses(game))
        if game.r + game.e <= 0:
            return Level(0 * game.r, np.array([Fraction(0)] * 2, dtype=object))
        p = self.price(game)
        x = reply(game, p)
        return Level(x, np.array([p * x, -p * x], dtype=object))

    def form(self, game: Externality) -> Form:
        """The two-stage game on the grids, solved for subgame-perfect equilibria."""
        accept(self.refuses(game))
        if not self.prices or not self.levels:
            raise InputError("the game of announcements needs a grid of prices and one of levels")
        gains = [game.gains(x) for x in self.levels]
        staged = announcements([u for u, _ in gains], [v for _, v in gains], self.levels, self.prices)
        prices, levels = dict(zip(labels(self.prices), self.prices)), dict(zip(labels(self.levels), self.levels))

        def outcome(path: Sequence[Sequence[str]]) -> Level:
            p_c, p_n = (prices[name] for name in path[0])
            x = levels[path[1][0]]
            return Level(x, np.array([p_n * x - (p_c - p_n) ** 2, -p_c * x], dtype=object))

        return Form(staged, "subgame-perfect", outcome)  # type: ignore[arg-type]


def announcements(chooser: Sequence[Number], neighbour: Sequence[Number], levels: Sequence[Number], prices: Sequence[Number]) -> StagedGame:
    """The game of M-09 with what each level gives to ``chooser`` and ``neighbour``. Raises :class:`SizeError`.

    Levels 0 and 1 are a yes or no: with cost c to the chooser and benefit v > c to the neighbour all prices from c to v are equilibria.
    """
    u, v, x, p = (
        amounts(given, name) for given, name in ((chooser, "chooser"), (neighbour, "neighbour"), (levels, "levels"), (prices, "prices"))
    )
    if not len(u) == len(v) == len(x):
        raise InputError("{levels} levels need as many gains of the chooser and of the neighbour", levels=len(x))
    StagedGame.forecast(len(p) ** 2 * (1 + len(x)))

    def after(p_c: Number, p_n: Number) -> Node:
        ends = tuple(End((u[k] + p_n * x[k] - (p_c - p_n) ** 2, v[k] - p_c * x[k])) for k in range(len(x)))
        return Stage((0,), (labels(x),), ends)

    root = Stage((0, 1), (labels(p), labels(p)), tuple(after(*pair) for pair in product(p, repeat=2)))
    return StagedGame(("chooser", "neighbour"), root)


@dataclass(frozen=True)
class GrovesLedyard:
    """The game of messages m_i (any numbers) in which i gets a_i G - b_i G^2 / 2 less its tax; ``q`` is the cost of a unit of G = sum m.

    ``gamma`` weighs how far a message is from those of the others. At least three players, b_i >= 0 with a positive sum.
    """

    a: tuple[Number, ...]
    b: tuple[Number, ...]
    q: Number
    gamma: Number

    def __post_init__(self) -> None:
        a = amounts(self.a, "a")
        if len(a) < 3:
            raise InputError("the rule of Groves and Ledyard needs three players, not {n}", n=len(a))
        b = amounts(self.b, "b", len(a), least=Fraction(0))
        if not sum(b):
            raise InputError("somebody's marginal value must fall: all b are 0")
        for name, value in (("a", a), ("b", b), ("q", amount(self.q, "q")), ("gamma", amount(self.gamma, "gamma", above=Fraction(0)))):
            object.__setattr__(self, name, value)

    def taxes(self, m: Sequence[Number]) -> tuple[Number, ...]:
        """What everybody pays."""
        n, G = len(self.a), sum(m)
        return tuple(
            self.q * G / n + self.gamma / 2 * (Fraction(n - 1, n) * (own - mean) ** 2 - spread) for own, mean, spread in self._others(m)
        )

    @staticmethod
    def _others(m: Sequence[Number]) -> list[tuple[Number, Number, Number]]:
        """Own message, mean and variance (over n - 2) of the others."""
        result: list[tuple[Number, Number, Number]] = []
        sent = amounts(m, "messages")
        for i, own in enumerate(sent):
            rest = [*sent[:i], *sent[i + 1 :]]
            mean = sum(rest) / len(rest)
            result.append((own, mean, sum((x - mean) ** 2 for x in rest) / (len(rest) - 1)))
        return result

    def payoffs(self, m: Sequence[Number]) -> tuple[Number, ...]:
        """What everybody gets."""
        G = sum(m)
        return tuple(a * G - b * G**2 / 2 - tax for a, b, tax in zip(self.a, self.b, self.taxes(m)))

    def equilibrium(self) -> tuple[Number, ...]:
        """The only Nash equilibrium, exact: a_i - b_i G - q / n = gamma (m_i - G / n) for all i, a linear system; the level is efficient.

        Payoffs are concave in one's own message, so first-order conditions suffice. Summed, they give sum_i (a_i - b_i G) = q (Samuelson).
        """
        n = len(self.a)
        G = (sum(self.a) - self.q) / sum(self.b)
        return tuple(G / n + (a - b * G - self.q / n) / self.gamma for a, b in zip(self.a, self.b))

    def budget_gap(self, m: Sequence[Number]) -> Number:
        """Taxes less the cost q G; 0 whatever the messages."""
        return sum(self.taxes(m)) - self.q * sum(m)

    @property
    def supermodular_gamma(self) -> Number:
        """The least gamma with which raising one message makes others want to raise theirs: n max b_i (Chen and Tang 1998)."""
        return len(self.a) * max(self.b)

    def normal_form(self, grid: object) -> NormalForm:
        """The game on a grid of messages. Raises :class:`SizeError`."""
        messages = amounts(grid, "grid")

        def payoff(profile: Profile) -> Sequence[Number]:
            return self.payoffs([messages[k] for k in profile])

        return NormalForm.from_function(payoff, [labels(messages)] * len(self.a))
