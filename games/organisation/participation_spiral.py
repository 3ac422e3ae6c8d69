"""Those who come set the agenda, and the agenda decides who comes next time (ATLAS game 7c)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from ..errors import InputError, SizeError
from ..exact import Number
from ..normal_form import NormalForm, Profile
from ..parameters import amount, amounts, whole

MOST_RESIDENTS = 200
MOST_ISSUES = 12

_F = Fraction
_ONE = _F(1)
_ZERO = _F(0)
_ISSUE_ONE, _ISSUE_TWO = (_F(3), _ZERO), (_ZERO, _F(5, 2))


@dataclass(frozen=True)
class ParticipationSpiral:
    """Resident i has ``stakes[i][k]`` in issue k and comes next time if what is on the agenda is worth its cost: the sum of its stakes
    there and of ``link`` for each issue (what projects closer to everybody's interest add), and ``paid`` for coming, at least ``costs[i]``.

    The agenda are the ``capacity`` issues with most at stake among those who are there: those who came and those who hold ``seats``
    (numbers from 1), who are there whatever they like. Of issues with equal stakes the first ones; nobody is there: the first issues.
    ``start``: who comes at first; ``elite``: who is counted as the elite. Raises :class:`InputError`, :class:`SizeError`.
    """

    stakes: tuple[tuple[Number, ...], ...] = (_ISSUE_ONE, _ISSUE_ONE, _ISSUE_TWO, _ISSUE_TWO, _ISSUE_TWO)
    costs: tuple[Number, ...] = (_ONE,) * 5
    capacity: int = 1
    start: tuple[int, ...] = (1, 2)
    elite: tuple[int, ...] = (1, 2)
    seats: tuple[int, ...] = ()
    paid: Number = _ZERO
    link: Number = _ZERO

    def __post_init__(self) -> None:
        table = _table(self.stakes)
        object.__setattr__(self, "stakes", table)
        object.__setattr__(self, "costs", amounts(self.costs, "costs", len(table)))
        object.__setattr__(self, "capacity", whole(self.capacity, "capacity"))
        if self.capacity > len(table[0]):
            raise InputError("{name}={value} must be at most {most}", name="capacity", value=self.capacity, most=len(table[0]))
        for name in ("start", "elite", "seats"):
            object.__setattr__(self, name, tuple(sorted({whole(i, name, 1, len(table)) for i in getattr(self, name)})))
        for name in ("paid", "link"):
            object.__setattr__(self, name, amount(getattr(self, name), name, least=0))

    @property
    def residents(self) -> int:
        """How many there are."""
        return len(self.stakes)

    @property
    def issues(self) -> int:
        """How many issues there are."""
        return len(self.stakes[0])

    @property
    def mass(self) -> tuple[int, ...]:
        """Who is not of the elite, numbers from 1."""
        return tuple(i for i in range(1, self.residents + 1) if i not in self.elite)

    def top(self, members: Collection[int], seats: Collection[int] = ()) -> tuple[int, ...]:
        """The agenda that ``members`` set, together with ``seats``: issues, numbers from 1."""
        present = {*members, *seats}
        totals = [sum((self.stakes[i - 1][k] for i in present), start=_ZERO) for k in range(self.issues)]
        return tuple(sorted(k + 1 for k in sorted(range(self.issues), key=lambda k: (-totals[k], k))[: self.capacity]))

    def worth(self, resident: int, agenda: Collection[int]) -> Number:
        """What coming is worth to a resident, the cost not taken off."""
        return sum((self.stakes[resident - 1][k - 1] + self.link for k in agenda), start=_ZERO) + self.paid

    def comes(self, agenda: Collection[int]) -> frozenset[int]:
        """Who comes of their own accord when this is on the agenda."""
        return frozenset(i for i in range(1, self.residents + 1) if self.worth(i, agenda) >= self.costs[i - 1])

    def after(self, active: Collection[int]) -> frozenset[int]:
        """Who comes next time."""
        return self.comes(self.top(active, self.seats))

    def game(self) -> NormalForm:
        """One meeting as a game: each comes ("come", worth as above less the cost) or stays away ("stay", worth 0).

        Here residents foresee that their own coming may change the agenda; along the spiral they go by the last agenda.
        """

        def payoff(profile: Profile) -> list[Number]:
            there = [i + 1 for i, a in enumerate(profile) if a]
            agenda = self.top(there, self.seats)
            return [self.worth(i + 1, agenda) - self.costs[i] if a else _ZERO for i, a in enumerate(profile)]

        return NormalForm.from_function(payoff, [("stay", "come")] * self.residents)


def _table(rows: Any) -> tuple[tuple[Number, ...], ...]:
    if isinstance(rows, (str, bytes)) or not hasattr(rows, "__iter__"):
        raise InputError("{name} must be a list of rows of equal length", name="stakes")
    found = tuple(amounts(row, "stakes", least=_ZERO) for row in rows)
    if not found or any(len(row) != len(found[0]) for row in found):
        raise InputError("{name} must be a list of rows of equal length", name="stakes")
    if len(found) > MOST_RESIDENTS or len(found[0]) > MOST_ISSUES:
        raise SizeError(
            "{n} residents and {k} issues; at most {residents} and {issues} fit",
            n=len(found), k=len(found[0]), residents=MOST_RESIDENTS, issues=MOST_ISSUES,
        )  # fmt: skip
    return found


__all__ = ["ParticipationSpiral"]
