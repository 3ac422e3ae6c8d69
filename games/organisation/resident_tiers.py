"""Residents in tiers: stairwell leaders, group leaders, a head, each leading a span of the tier below (ATLAS D-20)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ..errors import InputError
from ..exact import Number
from ..parameters import amount, whole

MOST_RESIDENTS = 10**12
MOST_TIERS = 12


@dataclass(frozen=True)
class ResidentTiers:
    """``spans`` from the bottom up: how many residents a stairwell leader has, how many of these a group leader, and so on to the one
    on top. A message passes each tier unchanged with probability ``fidelity``. Raises :class:`InputError`.
    """

    spans: tuple[int, ...] = (10, 10, 10)
    fidelity: Number = Fraction(9, 10)

    def __post_init__(self) -> None:
        if not isinstance(self.spans, (tuple, list)) or not 1 <= len(self.spans) <= MOST_TIERS:  # pyright: ignore[reportUnnecessaryIsInstance]
            raise InputError("{name}={value!r} must be a list of 1 to {most} spans", name="spans", value=self.spans, most=MOST_TIERS)
        object.__setattr__(self, "spans", tuple(whole(span, "spans") for span in self.spans))
        object.__setattr__(self, "fidelity", amount(self.fidelity, "fidelity", least=0, most=1))
        if self.residents > MOST_RESIDENTS:
            raise InputError("{name}={value} must be at most {most}", name="residents", value=f"{self.residents:.2e}", most=MOST_RESIDENTS)

    @property
    def residents(self) -> int:
        """How many residents stand under the top."""
        total = 1
        for span in self.spans:
            total *= span
        return total
