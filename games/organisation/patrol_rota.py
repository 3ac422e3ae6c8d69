"""Residents who patrol in turn, where a turn that is skipped may be seen (ATLAS CASE-11 repeated; M-22, M-26)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ..exact import Number
from ..parameters import amount, whole

MOST_RESIDENTS = 1000


@dataclass(frozen=True)
class PatrolRota:
    """In every period one of ``residents`` patrols, which costs it ``cost`` and is worth ``worth`` to each. A skipped turn is seen with
    probability ``seen``: the rota then ends for good, and whoever skipped pays ``fine``. The next period counts ``discount``.
    Raises :class:`InputError`.
    """

    residents: int = 12
    worth: Number = Fraction(1)
    cost: Number = Fraction(4)
    discount: Number = Fraction(9, 10)
    seen: Number = Fraction(1)
    fine: Number = Fraction(0)

    def __post_init__(self) -> None:
        object.__setattr__(self, "residents", whole(self.residents, "residents", 2, MOST_RESIDENTS))
        for name in ("worth", "cost", "fine"):
            object.__setattr__(self, name, amount(getattr(self, name), name, least=0))
        object.__setattr__(self, "seen", amount(self.seen, "seen", least=0, most=1))
        object.__setattr__(self, "discount", amount(self.discount, "discount", least=0, most=Fraction(999, 1000)))
