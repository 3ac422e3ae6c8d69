"""Departments that all draw on one committee: every group they demand costs the others attention (ATLAS game 5a)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ..errors import InputError
from ..exact import Number
from ..parameters import amount, amounts, whole

MOST_DEPARTMENTS = 1_000


@dataclass(frozen=True)
class AttentionCommons:
    """``departments`` each choose how many groups g_j >= 0 the committee keeps for them, worth ``worth * g_j (1 - X)`` to it.

    A group takes the share ``load`` of the committee's time, less the part ``offloaded`` that others do for it; X is the time that all
    groups take. ``worths`` and ``loads`` list them by department where they are not alike. ``fee`` is what a group costs its department,
    ``cap`` the most groups that one may have (None: no cap), ``requests`` how many requests of residents arrive a period (the whole
    committee could serve one). Raises :class:`InputError`.
    """

    departments: int = 4
    load: Number = Fraction(1, 20)
    worth: Number = Fraction(1)
    offloaded: Number = Fraction(0)
    fee: Number = Fraction(0)
    requests: Number = Fraction(1, 10)
    worths: tuple[Number, ...] = ()
    loads: tuple[Number, ...] = ()
    cap: Number | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "departments", whole(self.departments, "departments", 1, MOST_DEPARTMENTS))
        object.__setattr__(self, "load", amount(self.load, "load", above=0))
        object.__setattr__(self, "worth", amount(self.worth, "worth", above=0))
        object.__setattr__(self, "offloaded", amount(self.offloaded, "offloaded", least=0, most=Fraction(99, 100)))
        object.__setattr__(self, "fee", amount(self.fee, "fee", least=0))
        object.__setattr__(self, "requests", amount(self.requests, "requests", least=0, most=1))
        for name in ("worths", "loads"):
            if getattr(self, name):
                listed = amounts(getattr(self, name), name, self.departments, least=0)
                if min(listed) <= 0:
                    raise InputError("{name}={value} must be more than {least}", name=name, value=min(listed), least=0)
                object.__setattr__(self, name, listed)
        if self.cap is not None:
            object.__setattr__(self, "cap", amount(self.cap, "cap", least=0))

    @property
    def values(self) -> tuple[Number, ...]:
        """What a group of each department is worth to it while the committee has all its time."""
        return self.worths or (self.worth,) * self.departments

    @property
    def shares(self) -> tuple[Number, ...]:
        """The committee's time that a group of each department takes in fact."""
        return tuple(load * (1 - self.offloaded) for load in self.loads or (self.load,) * self.departments)

    def payoffs(self, demands: tuple[Number, ...]) -> tuple[Number, ...]:
        """What each department has of these numbers of groups, after the fee."""
        free = 1 - sum((s * g for s, g in zip(self.shares, demands)), start=Fraction(0))
        return tuple(g * (v * free - self.fee) for v, g in zip(self.values, demands))
