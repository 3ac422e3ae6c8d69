"""Partners who work on one thing and share what comes of it (ATLAS CASE-16; Holmstroem 1982)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from ..counted_game import SymmetricGame, check_counts, count_vectors
from ..errors import InputError
from ..exact import Number
from ..parameters import amount, amounts, counted, label, whole
from ..stochastic_control import StochasticControl, by_matrices

MOST_PARTNERS = 20
MOST_JOINT = 12  # whose payoffs, of degree 2 n, are still read back
MOST_STEPS = 8
ZERO = Fraction(0)


def _shares(value: object, most: int = MOST_PARTNERS) -> tuple[Number, ...]:
    shares = amounts(value, "shares", least=ZERO)
    if not 2 <= len(shares) <= most:
        raise InputError("{n} partners do not fit; between 2 and {most}", n=len(shares), most=most)
    return tuple(amount(s, "shares", most=1) for s in shares)


@dataclass(frozen=True)
class Team:
    """Partner i chooses an effort e_i >= 0 at cost ``e_i^2 / 2``; the output y = sum e_i is divided by ``shares``, partner i getting
    ``shares_i y``.

    Shares that sum to 1 balance the budget; beyond, somebody outside pays. ``discount`` weighs the next period; ``steps`` to the unit
    is the grid of efforts of :meth:`penalty`, up to two units. Raises :class:`InputError`.
    """

    shares: tuple[Number, ...] = (Fraction(1, 2), Fraction(1, 2))
    discount: Number = Fraction(1, 2)
    steps: int = 4

    def __post_init__(self) -> None:
        object.__setattr__(self, "shares", _shares(self.shares))
        object.__setattr__(self, "discount", amount(self.discount, "discount", least=0, most=Fraction(99_999, 100_000)))
        object.__setattr__(self, "steps", whole(self.steps, "steps", 1, MOST_STEPS))

    def payoff(self, partner: int, effort: Number, others: Number) -> Number:
        """What a partner has at ``effort`` when the others put in ``others`` together."""
        return self.shares[partner] * (effort + others) - effort * effort / 2

    def penalty(self) -> SymmetricGame:
        """The group penalty: all get an equal part of the output if it reaches what the best efforts give, else nobody anything.

        Efforts 0, 1/steps, ..., 2; partners alike. Raises :class:`SizeError` for too many partners.
        """
        n, q = len(self.shares), self.steps
        check_counts([n], [2 * q + 1])
        others = count_vectors(n - 1, 2 * q + 1) @ np.arange(2 * q + 1)
        rows: list[list[tuple[Number, np.ndarray]]] = []
        for k in range(2 * q + 1):
            output = others + k
            reached = (output >= n * q).astype(np.int64)
            rows.append([(Fraction(1, n * q), output * reached), (-Fraction(k * k, 2 * q * q), np.ones_like(others))])
        return counted(rows, n, tuple(label(Fraction(k, q)) for k in range(2 * q + 1)), "partner")

    def trigger(self, partner: int) -> StochasticControl:
        """What a partner faces whose partners work fully until it slackens, and as in the one-shot equilibrium ever after."""
        share = self.shares[partner]
        others, alone = Fraction(len(self.shares) - 1), sum(self.shares, start=ZERO) - share
        rewards = [
            [self.payoff(partner, Fraction(1), others), self.payoff(partner, share, others)],
            [self.payoff(partner, Fraction(1), alone), self.payoff(partner, share, alone)],
        ]
        together, apart = [Fraction(1), ZERO], [ZERO, Fraction(1)]
        matrices = [[together, apart], [apart, apart]]
        return by_matrices(rewards, matrices, self.discount, states=("together", "apart"), controls=("work", "slacken"))


@dataclass(frozen=True)
class JointTeam:
    """As :class:`Team`, but the efforts need one another: ``y = (e_1 ... e_n)^(1/n)``, the root of e_1 e_2 for two."""

    shares: tuple[Number, ...] = (Fraction(1, 2), Fraction(1, 2))
    discount: Number = Fraction(1, 2)

    def __post_init__(self) -> None:
        object.__setattr__(self, "shares", _shares(self.shares, MOST_JOINT))
        object.__setattr__(self, "discount", amount(self.discount, "discount", least=0, most=Fraction(99_999, 100_000)))


__all__ = ["MOST_PARTNERS", "JointTeam", "Team"]
