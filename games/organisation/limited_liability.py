"""Pay for results where nobody can be fined (Laffont and Martimort 2002, chapter 4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from ..errors import InputError
from ..exact import Number
from ..normal_form import NormalForm
from ..parameters import amount, amounts
from ..quadratic import Rows, table

NEARLY = 1e-9  # by how far chances given as floats may miss 1


@dataclass(frozen=True)
class LimitedLiability:
    """``chances`` of every result by effort (a row each, adding up to 1), what efforts ``costs``, what results are worth (``values``).

    Efforts are not seen, results are; pay is at least 0 whatever comes out, and the agent may walk away with ``outside``.
    Raises :class:`InputError` or :class:`SizeError`.
    """

    chances: Rows = ((Fraction(3, 4), Fraction(1, 4)), (Fraction(1, 4), Fraction(3, 4)))
    costs: tuple[Number, ...] = (Fraction(0), Fraction(1))
    values: tuple[Number, ...] = (Fraction(0), Fraction(10))
    outside: Number = Fraction(0)

    def __post_init__(self) -> None:
        object.__setattr__(self, "chances", table(self.chances, "chances"))
        for row in self.chances:
            near = NEARLY if any(isinstance(x, float) for x in row) else 0
            if min(row) < 0 or abs(sum(row, start=Fraction(0)) - 1) > near:
                raise InputError("chances {row} must not be negative and must add up to 1", row=list(row))
        object.__setattr__(self, "costs", amounts(self.costs, "costs", len(self.chances), least=0))
        object.__setattr__(self, "values", amounts(self.values, "values", len(self.chances[0])))
        object.__setattr__(self, "outside", amount(self.outside, "outside", least=0))

    @classmethod
    def of_success(cls, with_effort: object, without: object, cost: object, value: object = 0, outside: object = 0) -> LimitedLiability:
        """Success or failure, effort or none: the chance of success ``with_effort`` and ``without``, the ``cost`` of effort."""
        high = amount(with_effort, "with_effort", least=0, most=1)
        low = amount(without, "without", least=0, most=high)
        gain = amount(value, "value")
        return cls(((1 - low, low), (1 - high, high)), (Fraction(0), amount(cost, "cost")), (Fraction(0), gain), amount(outside, "outside"))

    def expected(self, amounts_by_result: Sequence[Number], effort: int) -> Number:
        """The mean over results at an effort."""
        return sum((p * x for p, x in zip(self.chances[effort], amounts_by_result)), start=Fraction(0))

    def game(self, pay: Sequence[Number]) -> NormalForm:
        """The agent's choice of effort at this pay by result."""
        efforts = range(len(self.costs))
        names = tuple(str(k) for k in efforts)
        return NormalForm([[self.expected(pay, k) - self.costs[k] for k in efforts]], ("agent",), (names,))
