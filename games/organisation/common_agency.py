"""A committee with several principals: each pays it for what it sees of all tasks, and the tasks crowd one another out (ATLAS game 5c).

Efforts e cost ``e'Ce / 2`` and are seen as ``e + noise`` with covariance S. Principal i gains ``benefits[i] . e`` and pays the committee
``b_i . (e + noise)`` and a fixed sum; the committee is averse to ``risk`` (CARA, normal noise), and serves all or none. The share of every
principal is then what it and the committee gain together, the others' pay given (Bernheim and Whinston 1986; Dixit 1996).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ..errors import InputError
from ..exact import Number
from ..parameters import amount, amounts, whole
from ..quadratic import MOST_ROWS, Rows, alike, diagonal, symmetric, table


@dataclass(frozen=True)
class CommonAgency:
    """``principals``, each with a task of its own that is worth ``weights`` (by default 1) to it; or ``benefits``, principals by tasks.

    Unit costs of effort with ``substitution`` between any two tasks, or the matrix ``costs``; noise of variance ``noise`` on every task,
    or the matrix ``covariance``. Raises :class:`InputError` or :class:`SizeError`.
    """

    principals: int = 3
    weights: tuple[Number, ...] = ()
    substitution: Number = Fraction(1, 2)
    risk: Number = Fraction(1)
    noise: Number = Fraction(1, 4)
    benefits: Rows = ()
    costs: Rows = ()
    covariance: Rows = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "principals", whole(self.principals, "principals", 1, MOST_ROWS))
        object.__setattr__(self, "substitution", amount(self.substitution, "substitution", least=0, most=Fraction(99, 100)))
        for name in ("risk", "noise"):
            object.__setattr__(self, name, amount(getattr(self, name), name, least=0))
        if self.weights:
            object.__setattr__(self, "weights", amounts(self.weights, "weights", self.principals, least=0))
        if self.benefits:
            object.__setattr__(self, "benefits", table(self.benefits, "benefits"))
            if len(self.benefits) != self.principals:
                raise InputError("{name} lists {n} numbers; {size} are needed", name="benefits", n=len(self.benefits), size=self.principals)
        for name, strict in (("costs", True), ("covariance", False)):
            if getattr(self, name):
                object.__setattr__(self, name, symmetric(getattr(self, name), name, self.tasks, strict))

    @property
    def gains(self) -> Rows:
        """What a unit of each task is worth to each principal."""
        return self.benefits or diagonal(self.weights or (Fraction(1),) * self.principals)

    @property
    def tasks(self) -> int:
        """How many tasks there are."""
        return len(self.gains[0])

    @property
    def cost(self) -> Rows:
        """The matrix of costs of effort."""
        return self.costs or alike(self.tasks, Fraction(1), self.substitution)

    @property
    def variance(self) -> Rows:
        """The covariance of the noise."""
        return self.covariance or alike(self.tasks, self.noise, Fraction(0))
