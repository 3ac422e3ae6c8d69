"""Suppliers who each choose which need to serve (ATLAS game 8c; Rosenthal 1973; Vetta 2002)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ..congestion import crowding
from ..counted_game import SymmetricGame
from ..exact import Number
from ..parameters import amount, amounts, whole

MOST_SUPPLIERS = 10_000


@dataclass(frozen=True)
class Duplication:
    """Need k is worth ``values[k]`` to the residents once somebody serves it; ``suppliers`` choose one each. Raises :class:`InputError`."""

    values: tuple[Number, ...] = (Fraction(10), Fraction(4))
    suppliers: int = 2

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", amounts(self.values, "values", least=Fraction(0)))
        amount(max(self.values), "max(values)", above=0)
        object.__setattr__(self, "suppliers", whole(self.suppliers, "suppliers", 1, MOST_SUPPLIERS))

    def game(self, hub: bool = False) -> SymmetricGame:
        """Those who serve a need share the credit for it; with a ``hub`` each is credited with what it adds, the need's value if it
        serves it alone. A congestion game. Raises :class:`SizeError`."""
        n = self.suppliers
        if hub:
            return crowding(n, [[v, *(Fraction(0),) * (n - 1)] for v in self.values])
        return crowding(n, [[v / k for k in range(1, n + 1)] for v in self.values])

    def served(self, counts: tuple[int, ...]) -> Number:
        """The value of the needs that are served when need k has ``counts[k]`` suppliers."""
        return sum((v for v, c in zip(self.values, counts) if c), start=Fraction(0))


__all__ = ["Duplication"]
