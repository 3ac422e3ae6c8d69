"""Talk before play (DL-3): what plain messages, in public or not, can bring about.

* :func:`by_conversation`: five or more players need no mediator (Gerardi 2004).
* :func:`best_public_talk`: complete information and public messages bring averages of Nash equilibria, the weights drawn together by a
  jointly controlled lottery: everybody says a number from 0 to D - 1 at once, and the sum modulo D is the draw, which nobody can bend
  alone (Aumann and Maschler 1995).
* private types and one round of public messages: :mod:`.cheap_talk`.
* :func:`partition`: the sender and receiver of Crawford and Sobel (1982), state uniform on [0, 1], quadratic losses.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import isqrt, lcm
from typing import Any

import numpy as np

from ...games.bayesian_game import BayesianGame
from ...games.deliberation.mediation import ENOUGH
from ...games.errors import InputError, NotApplicable
from ...games.exact import Number, as_json
from ...games.linear_program import matrix_game
from ...games.message import Message, say
from ...games.normal_form import NormalForm
from ...games.parameters import amount, whole
from ..solution import Equilibrium, Solution

MOST_BOUNDARIES = 10_000
OBJECTIVES = ("welfare", "maximin")


@dataclass(frozen=True, eq=False)
class Conversation:
    """That talk ``equals`` a mediator (DL-1 or DL-2), why, and the best that it achieves."""

    equals: str
    statement: Message
    solution: Solution

    def to_dict(self, read: Callable[[object], str] = str) -> dict[str, Any]:
        """The JSON form; ``read`` turns sentences into text."""
        return {"equals": self.equals, "statement": read(self.statement), "solution": self.solution.to_dict(read)}


def by_conversation(game: NormalForm | BayesianGame, objective: str = "welfare") -> Conversation:
    """The best that five or more players reach by conversation: what a mediator could, correlated or communication equilibria.

    Raises :class:`NotApplicable` for fewer players, payoffs in floats, or a prior that leaves out a profile of types: there the theorem
    of Gerardi (2004) says nothing. It promises sequential equilibria of a game of several rounds of private and public messages.
    """
    from ..advice.communication import solve_communication
    from ..advice.correlated import solve_correlated

    if len(game.players) < ENOUGH:
        raise NotApplicable("talk replaces a mediator among {n} players or more, and here are {given}", n=ENOUGH, given=len(game.players))
    if not game.exact:
        raise NotApplicable("talk replaces a mediator where payoffs and probabilities are rational; give them exactly")
    if isinstance(game, BayesianGame):
        full_support(game)
        statement = say("with {n} players or more plain talk reaches every communication equilibrium of rational probabilities", n=ENOUGH)
        return Conversation("DL-2", statement, solve_communication(game, objective))
    statement = say("with {n} players or more plain talk reaches every correlated equilibrium of rational probabilities", n=ENOUGH)
    return Conversation("DL-1", statement, solve_correlated(game, objective))


def full_support(game: BayesianGame) -> None:
    """Raises :class:`NotApplicable` where some profile of types cannot occur."""
    if (game.weights <= 0).any():
        raise NotApplicable("needs a prior that gives every profile of types a chance")


def check_objective(objective: str) -> None:
    """Raises :class:`InputError` for an objective that is not known."""
    if objective not in OBJECTIVES:
        raise InputError("{name}={value!r} is not known; one of {known}", name="objective", value=objective, known=list(OBJECTIVES))


@dataclass(frozen=True, eq=False)
class PublicAgreement:
    """Nash equilibria to draw among: ``lottery`` lists probability and equilibrium, ``payoffs`` what everybody expects.

    ``numbers`` is how many each player may say in the jointly controlled lottery (1: nothing need be drawn; None: the probabilities are
    no fractions). ``complete`` says that all Nash equilibria, and so all averages, were compared.
    """

    lottery: tuple[tuple[Number, Equilibrium], ...]
    payoffs: tuple[Number, ...]
    numbers: int | None
    complete: bool

    @property
    def welfare(self) -> Number:
        """The sum over players."""
        return sum(self.payoffs, start=Fraction(0))

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        drawn = [{"probability": as_json(w), "equilibrium": e.to_dict()} for w, e in self.lottery]
        return {"lottery": drawn, "payoffs": as_json(self.payoffs), "numbers": self.numbers, "complete": self.complete}


def best_public_talk(game: NormalForm, objective: str = "welfare") -> PublicAgreement:
    """The best average of Nash equilibria: of all for two players, whose payoffs are averages of those of extreme equilibria; of those
    found for more. Best for ``welfare`` or for the least-off player (``maximin``).

    Raises :class:`NotApplicable` or :class:`SizeError` where Nash equilibria cannot be computed.
    """
    from ..solve import solve

    check_objective(objective)
    solution = solve(game, "nash")
    found = solution.equilibria
    if not found:
        raise NotApplicable("no Nash equilibrium was found to agree on")
    complete = solution.complete and (len(game.players) == 2 or not solution.components)
    table = np.array([[Fraction(x) for x in e.payoffs] for e in found], dtype=object).T
    if objective == "welfare":
        best = max(range(len(found)), key=lambda k: (sum(table[:, k]), -k))
        weights = tuple(Fraction(int(k == best)) for k in range(len(found)))
    else:
        _, weights, _ = matrix_game(table)
    payoffs = tuple(sum((w * x for w, x in zip(weights, row)), start=Fraction(0)) for row in table)
    lottery = tuple((w, e) for w, e in zip(weights, found) if w)
    return PublicAgreement(lottery, payoffs, lcm(*(w.denominator for w, _ in lottery)), complete)


@dataclass(frozen=True)
class Partition:
    """A partition equilibrium: the sender tells in which interval the state lies; ``actions`` are the receiver's, the middles.

    Losses are expected before the state is known.
    """

    bias: Fraction
    boundaries: tuple[Fraction, ...]
    actions: tuple[Fraction, ...]
    receiver_loss: Fraction
    sender_loss: Fraction


def most_intervals(bias: object) -> int | None:
    """The largest number of intervals: the largest N with 2 N (N - 1) |b| < 1; None without bias, where everything can be told."""
    b = abs(Fraction(amount(bias, "bias")))
    if not b:
        return None
    most = (1 + (isqrt(int(1 + 2 / b)) + 1)) // 2 + 1
    while 2 * most * (most - 1) * b >= 1:
        most -= 1
    return most


def partition(bias: object, intervals: int | None = None) -> Partition:
    """The partition equilibrium of so many ``intervals`` (default: most) when the sender likes actions ``bias`` higher than the state.

    a_k = k a_1 + 2 k (k - 1) b with a_N = 1, from indifference at every boundary: a_(k+1) = 2 a_k - a_(k-1) + 4 b; mirrored for b < 0.
    Raises :class:`InputError` for more intervals than there can be, or none given without bias.
    """
    b = Fraction(amount(bias, "bias"))
    most = most_intervals(b)
    if intervals is None and most is None:
        raise InputError("without bias any number of intervals can be told; say how many")
    n = whole(most if intervals is None else intervals, "intervals", 1, MOST_BOUNDARIES if most is None else min(most, MOST_BOUNDARIES))
    first = (1 - 2 * n * (n - 1) * abs(b)) / n
    a = [k * first + 2 * k * (k - 1) * abs(b) for k in range(n + 1)]
    if b < 0:
        a = [1 - x for x in reversed(a)]
    receiver = sum(((high - low) ** 3 for low, high in pairwise(a)), start=Fraction(0)) / 12
    return Partition(b, tuple(a), tuple((low + high) / 2 for low, high in pairwise(a)), receiver, receiver + b * b)
