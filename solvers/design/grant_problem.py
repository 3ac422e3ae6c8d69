"""A grant round as an integer program: which projects, worth what, drawing how much, under which minima and quotas (ATLAS O-13)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ...games.errors import InputError
from ...games.exact import Number
from ...games.parameters import amount, amounts, whole

ZERO = Fraction(0)


@dataclass(frozen=True)
class Group:
    """Of the projects ``members`` at least ``least`` are to be chosen and at most ``most`` (None: any number)."""

    members: tuple[int, ...]
    least: int = 0
    most: int | None = None


@dataclass(frozen=True, eq=False)
class GrantProblem:
    """Projects j worth ``worths[j]`` that draw ``draws[j]`` on the ``budget`` (None: as much as is drawn), in ``groups``.

    Raises :class:`InputError` for lists that do not fit and groups that name what is not there.
    """

    worths: tuple[Number, ...]
    draws: tuple[Number, ...]
    budget: Number | None = None
    groups: tuple[Group, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "worths", amounts(self.worths, "worths"))
        object.__setattr__(self, "draws", amounts(self.draws, "draws", len(self.worths), least=ZERO))
        if self.budget is not None:
            object.__setattr__(self, "budget", amount(self.budget, "budget", least=ZERO))
        for group in self.groups:
            fits = len(set(group.members)) == len(group.members) and set(group.members) <= set(range(len(self.worths)))
            if not fits or group.least < 0 or (group.most is not None and group.most < 0):
                raise InputError("a group must name different projects from 0 to {last}, and no negative number", last=len(self.worths) - 1)


def grant_problem(
    values: Sequence[object],
    costs: Sequence[object],
    spill: object = 0,
    share: object = 0,
    budget: object = None,
    owners: Sequence[int] | None = None,
    minima: int | Mapping[int, int] = 0,
    categories: Sequence[int] | None = None,
    quotas: int | Mapping[int, int] | None = None,
) -> GrantProblem:
    """The problem of a grant round: worths ``(1 + spill) v - K``, draws ``(1 - share) K``; ``spill`` and ``share`` one number or a list.

    ``minima``: how many projects of each community (of ``owners``) there must be, one number for all, who owns fewer being owed those; or
    by community. ``quotas``: how many of each of ``categories`` there may be. Raises :class:`InputError`.
    """
    v, n = amounts(values, "values"), len(tuple(values))
    K, sigma, m = amounts(costs, "costs", n, least=ZERO), _each(spill, "spill", n), _each(share, "share", n)
    for part in m:
        amount(part, "share", most=1)
    groups: list[Group] = []
    for name, labels, bounds in (("owners", owners, minima), ("categories", categories, quotas)):
        if labels is None:
            continue
        if len(labels) != n:
            raise InputError("{name} lists {n} numbers; {size} are needed", name=name, n=len(labels), size=n)
        for label in dict.fromkeys(labels):
            members = tuple(j for j in range(n) if labels[j] == label)
            bound = bounds.get(label) if isinstance(bounds, Mapping) else bounds
            if bound is None or (name == "owners" and not bound):
                continue
            whole(bound, "minima" if name == "owners" else "quotas", 0)
            least = min(bound, len(members)) if isinstance(bounds, int) else bound
            groups.append(Group(members, least) if name == "owners" else Group(members, 0, bound))
    worths = tuple((1 + s) * x - c for s, x, c in zip(sigma, v, K))
    draws = tuple((1 - part) * c for part, c in zip(m, K))
    return GrantProblem(worths, draws, None if budget is None else amount(budget, "budget", least=ZERO), tuple(groups))


def _each(value: object, name: str, n: int) -> tuple[Number, ...]:
    return amounts(value, name, n, ZERO) if isinstance(value, (list, tuple)) else (amount(value, name, least=ZERO),) * n


__all__ = ["GrantProblem", "Group", "grant_problem"]
