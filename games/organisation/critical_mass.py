"""Neighbours who join in once enough others do: shares, thresholds, and the mass that tips them (ATLAS P12.4)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ..errors import InputError
from ..exact import Number
from ..parameters import amount, whole

MOST_SHAPE = 20


@dataclass(frozen=True)
class CriticalMass:
    """A share ``always`` of the households takes part whatever others do, ``never`` does not at all, and each of the others joins once
    the share taking part reaches a threshold of its own, distributed as Beta(``low``, ``high``) with whole parameters.

    ``start`` is the share that takes part today (Granovetter 1978; conditional co-operators: Fischbacher and Gaechter 2010). Raises
    :class:`InputError`.
    """

    always: Number = Fraction(1, 10)
    never: Number = Fraction(1, 5)
    low: int = 8
    high: int = 8
    start: Number = Fraction(0)

    def __post_init__(self) -> None:
        for name in ("always", "never", "start"):
            object.__setattr__(self, name, amount(getattr(self, name), name, least=0, most=1))
        for name in ("low", "high"):
            object.__setattr__(self, name, whole(getattr(self, name), name, 1, MOST_SHAPE))
        if self.always + self.never > 1:
            raise InputError(
                "the shares {always} and {never} must not be negative, nor sum to more than 1", always=self.always, never=self.never
            )
