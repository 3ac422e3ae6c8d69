"""Departments that all draw on one committee: every group they demand costs the others attention (ATLAS game 5a)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ..exact import Number
from ..parameters import amount, whole


@dataclass(frozen=True)
class AttentionCommons:
    """``departments`` each choose how many groups g_j >= 0 the committee keeps for them, worth ``worth * g_j (1 - load * G)`` to it.

    ``load`` is the share of the committee's time that a group takes, ``offloaded`` the share of a group's work that others do, G the
    sum of all groups, ``fee`` what a group costs its department, ``requests`` how many requests of residents arrive a period (the whole
    committee could serve one). Raises :class:`InputError`.
    """

    departments: int = 4
    load: Number = Fraction(1, 20)
    worth: Number = Fraction(1)
    offloaded: Number = Fraction(0)
    fee: Number = Fraction(0)
    requests: Number = Fraction(1, 10)

    def __post_init__(self) -> None:
        object.__setattr__(self, "departments", whole(self.departments, "departments"))
        object.__setattr__(self, "load", amount(self.load, "load", above=0))
        object.__setattr__(self, "worth", amount(self.worth, "worth", above=0))
        object.__setattr__(self, "offloaded", amount(self.offloaded, "offloaded", least=0, most=Fraction(99, 100)))
        object.__setattr__(self, "fee", amount(self.fee, "fee", least=0, most=self.worth))
        object.__setattr__(self, "requests", amount(self.requests, "requests", least=0, most=1))

    @property
    def share(self) -> Number:
        """The committee's time that a group takes in fact."""
        return self.load * (1 - self.offloaded)
