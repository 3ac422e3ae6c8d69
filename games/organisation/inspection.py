"""Patrols against a landlord who may sublet to groups, while residents may tell (ATLAS CASE-11; :mod:`..inspection`)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ..exact import Number
from ..inspection import deterring, inspection_game
from ..normal_form import NormalForm
from ..parameters import amount


@dataclass(frozen=True)
class ReportedInspection:
    """A violation earns ``gain`` unless it is detected and then costs ``fine``; a patrol costs ``cost`` and always detects, residents
    report with probability ``reports``; a violation that stands undetected costs the inspector ``loss``. ``left``: the probability of
    reports once the patrol has been withdrawn. Raises :class:`InputError`.
    """

    gain: Number = Fraction(3)
    fine: Number = Fraction(9)
    cost: Number = Fraction(1)
    loss: Number = Fraction(4)
    reports: Number = Fraction(1, 10)
    left: Number = Fraction(0)

    def __post_init__(self) -> None:
        for name in ("gain", "fine", "cost", "loss"):
            object.__setattr__(self, name, amount(getattr(self, name), name, above=0))
        for name in ("reports", "left"):
            object.__setattr__(self, name, amount(getattr(self, name), name, least=0, most=1))

    @property
    def deterring(self) -> Number:
        """The probability of detection at which breaking the rule stops to pay: gain / (gain + fine)."""
        return deterring(self.gain, self.fine)

    def game(self) -> NormalForm:
        """Inspector (inspect, wait) against landlord (violate, comply)."""
        return inspection_game(self.gain, self.fine, self.cost, self.loss, self.reports)
