"""A contract on signals that do not show all that matters (Holmström and Milgrom 1991; Baker 2002; ATLAS game 6a).

Efforts e cost ``e'Ce / 2`` and are worth ``values . e``; signals are ``M e + noise`` with covariance S. Pay is a fixed sum and
``bonuses . signals``; the agent is averse to ``risk`` (CARA, normal noise), the principal is not.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ..errors import InputError
from ..exact import Number
from ..parameters import amount, amounts
from ..quadratic import Rows, alike, diagonal, symmetric, table


@dataclass(frozen=True)
class MultitaskContract:
    """``values`` by task, ``signals`` by task (a row each) with variances ``noise``, or the matrix ``covariance``.

    Unit costs of effort with ``substitution`` between any two tasks, or the matrix ``costs``. Raises :class:`InputError` or
    :class:`SizeError`.
    """

    values: tuple[Number, ...] = (Fraction(0), Fraction(1))
    signals: tuple[tuple[Number, ...], ...] = ((Fraction(1), Fraction(1, 2)),)
    noise: tuple[Number, ...] = (Fraction(1, 4),)
    risk: Number = Fraction(1)
    substitution: Number = Fraction(0)
    costs: Rows = ()
    covariance: Rows = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", amounts(self.values, "values"))
        object.__setattr__(self, "signals", table(self.signals, "signals", self.tasks))
        object.__setattr__(self, "risk", amount(self.risk, "risk", least=0))
        object.__setattr__(self, "substitution", amount(self.substitution, "substitution", least=0, most=Fraction(99, 100)))
        if self.costs:
            if self.substitution:
                raise InputError("costs and substitution say the same thing twice; give one of them")
            object.__setattr__(self, "costs", symmetric(self.costs, "costs", self.tasks, strict=True))
        if self.covariance:
            object.__setattr__(self, "covariance", symmetric(self.covariance, "covariance", len(self.signals), strict=False))
        else:
            object.__setattr__(self, "noise", amounts(self.noise, "noise", len(self.signals), least=0))

    @property
    def tasks(self) -> int:
        """How many tasks there are."""
        return len(self.values)

    @property
    def cost(self) -> Rows:
        """The matrix of costs of effort."""
        return self.costs or alike(self.tasks, Fraction(1), self.substitution)

    @property
    def variance(self) -> Rows:
        """The covariance of the signals."""
        return self.covariance or diagonal(self.noise)
