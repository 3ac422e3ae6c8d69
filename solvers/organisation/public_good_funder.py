"""When a holder of a part of the whole gain pays for it, and from which part on it chooses as all would (ATLAS P15.2, P15.3)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cached_property
from typing import Any

from ...games.exact import Number
from ...games.message import say
from ...games.organisation.public_good_funder import PublicGoodFunder
from ..solution import Solution
from ..solve import solve
from ..standoff.diagnose import diagnose
from ..standoff.diagnosis import Diagnosis
from .analysis import Analysis, figure


def chosen(surplus: Sequence[Number], outlays: Sequence[Number], stake: Number) -> list[int]:
    """The actions best for one who counts the ``stake`` of the surplus and bears the outlay; several at a tie."""
    worth = [stake * W - k for W, k in zip(surplus, outlays)]
    return [x for x, value in enumerate(worth) if value == max(worth)]


def superencompassing(surplus: Sequence[Number], outlays: Sequence[Number]) -> Number | None:
    """The least stake from which on the best action is one of largest surplus; None if even the whole is not enough.

    The worth of an action is a line in the stake, its slope the surplus: the steepest line stays on top from its last crossing on.
    """
    most = max(surplus)
    price = min(k for gain, k in zip(surplus, outlays) if gain == most)
    crossings = [(price - k) / (most - gain) for gain, k in zip(surplus, outlays) if gain < most]
    least = max([Fraction(0), *crossings])
    return least if least <= 1 else None


class FunderAnalysis(Analysis[PublicGoodFunder]):
    """Hosts agree when indifferent; an offer above the outlay by however little makes them agree for a reason."""

    @property
    def _lines(self) -> tuple[list[Number], list[Number]]:
        """Surplus and outlay of every action, doing nothing first."""
        zero: Number = Fraction(0)
        return [zero, *self.model.surplus], [zero, *self.model.outlays]

    @figure(say("surplus of every site"))
    def surpluses(self) -> list[Number]:
        """All gains less the host's damage."""
        return list(self.model.surplus)

    @figure(say("what the host of every site must be paid"))
    def payments(self) -> list[Number]:
        """max(0, damage - gain)."""
        return list(self.model.outlays)

    @figure(say("what every site is worth to the funder"))
    def worths(self) -> list[Number]:
        """stake surplus - payment."""
        return [self.model.stake * W - k for W, k in zip(self.model.surplus, self.model.outlays)]

    @figure(say("what the funder does: sites it would pay for, x0 for nothing"))
    def choice(self) -> list[str]:
        """Best for it; several at a tie."""
        return [f"{x}" if x else "x0" for x in chosen(*self._lines, self.model.stake)]

    @figure(say("whether paying for some site is worth it"))
    def finances(self) -> bool:
        """Some stake surplus >= payment; at equality it may."""
        return max(self.worths) >= 0

    @figure(say("least stake at which it is"))
    def least_stake(self) -> Number | None:
        """The least payment / surplus over the sites, 0 where nothing need be paid; None if none is worth paying for even with the whole.

        A host who need not be paid leaves no loss to the others.
        """
        needed = [k / W if k else k for W, k in zip(self.model.surplus, self.model.outlays) if W > 0 or not k]
        least = min(needed, default=Fraction(2))
        return least if least <= 1 else None

    @figure(say("best alternatives for all together"))
    def best(self) -> list[str]:
        """Largest surplus."""
        surplus = self._lines[0]
        return [f"{x}" if x else "x0" for x, gain in enumerate(surplus) if gain == max(surplus)]

    @figure(say("payment that the best alternative needs"))
    def best_payment(self) -> Number:
        """The least over the best alternatives."""
        surplus, outlays = self._lines
        return min(k for gain, k in zip(surplus, outlays) if gain == max(surplus))

    @figure(say("least stake from which on the funder chooses what is best for all"))
    def super_stake(self) -> Number | None:
        """Where its interest becomes superencompassing (McGuire and Olson 1996); None if it never does."""
        return superencompassing(*self._lines)

    @figure(say("whether the funder's choice is best for all"))
    def aligned(self) -> bool:
        """All that it would choose is best."""
        return set(self.choice) <= set(self.best)

    @cached_property
    def _solved(self) -> Solution:
        return solve(self.model.game(), "subgame-perfect")

    @figure(say("what the funder has in its best subgame-perfect equilibrium"))
    def equilibrium_worth(self) -> Number:
        """Solved on the staged game, where an indifferent host may also refuse."""
        return max(e.payoffs[0] for e in self._solved.equilibria)

    @cached_property
    def _diagnosis(self) -> Diagnosis:
        return diagnose(self.model.siting())

    @figure(say("share of the whole that residents would have to take to heart themselves"))
    def selfishness(self) -> Number | None:
        """The selfishness level of the consent game (Apt and Schaefer 2014); None where it would be too large to write out."""
        return self._diagnosis.selfishness_level

    @property
    def certificates(self) -> tuple[dict[str, Any], ...]:
        """The staged game's equilibria and the siting's diagnosis."""
        return tuple(c for c in (self._solved.certificate, self._diagnosis.certificate) if c is not None)


__all__ = ["FunderAnalysis", "chosen", "superencompassing"]
