"""A round of grants: communities ask for projects of given cost, an office pays a part of them (ATLAS CASE-09).

Project j costs K_j, is worth v_j to its community and ``spill`` times that to all others together. A community whose project is granted
pays the ``share`` of its cost; of the grant for the rest a ``foundation`` pays its part and the office what is left, and of the office's
grants together ``tax`` is raised from the communities in equal parts.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ..errors import InputError
from ..exact import Number
from ..grant_round import GrantRound
from ..parameters import amount, amounts, whole

MOST_PROJECTS = 1000


@dataclass(frozen=True)
class ProjectRound:
    """``costs``, ``values``, ``owners`` and ``subjects`` list the user's own projects (owners and subjects numbered from 1); empty lists
    stand for the synthetic ones of :func:`synthetic`. ``least``: projects that every community gets at least, as far as it has asked for
    so many; ``quota``: projects of one subject that are granted at most, 0 for any number. Raises :class:`InputError`.
    """

    communities: int = 12
    projects: int = 16
    spill: Number = Fraction(1, 4)
    share: Number = Fraction(4, 5)
    tax: Number = Fraction(0)
    foundation: Number = Fraction(0)
    budget: Number = Fraction(500)
    fields: int = 5
    least: int = 0
    quota: int = 0
    costs: tuple[Number, ...] = ()
    values: tuple[Number, ...] = ()
    owners: tuple[int, ...] = ()
    subjects: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "projects", whole(self.projects, "projects", 1, MOST_PROJECTS))
        for name, most in (("communities", MOST_PROJECTS), ("fields", MOST_PROJECTS)):
            object.__setattr__(self, name, whole(getattr(self, name), name, 1, most))
        for name in ("least", "quota"):
            object.__setattr__(self, name, whole(getattr(self, name), name, 0))
        object.__setattr__(self, "spill", amount(self.spill, "spill", least=0))
        object.__setattr__(self, "budget", amount(self.budget, "budget", least=0))
        for name in ("share", "tax", "foundation"):
            object.__setattr__(self, name, amount(getattr(self, name), name, least=0, most=1))
        if bool(self.costs) != bool(self.values):
            raise InputError("costs and values belong together; give both or none")
        if self.costs:
            object.__setattr__(self, "costs", amounts(self.costs, "costs", self.projects))
            object.__setattr__(self, "values", amounts(self.values, "values", self.projects, least=Fraction(0)))
            for cost in self.costs:
                amount(cost, "costs", above=0)
        for name, most in (("owners", self.communities), ("subjects", self.fields)):
            given = getattr(self, name)
            if given and len(given) != self.projects:
                raise InputError("{name} lists {n} numbers; {size} are needed", name=name, n=len(given), size=self.projects)
            object.__setattr__(self, name, tuple(whole(x, name, 1, most) for x in given))

    @property
    def office_share(self) -> Number:
        """What the office pays of the cost of a project."""
        return (1 - self.share) * (1 - self.foundation)

    @property
    def own_share(self) -> Number:
        """What a community pays of the cost of its project: its share, and its part of the taxes for the grant."""
        return self.share + self.office_share * self.tax / self.communities

    @property
    def project_costs(self) -> tuple[Number, ...]:
        """K_j."""
        return self.costs or synthetic(self.projects)[0]

    @property
    def project_values(self) -> tuple[Number, ...]:
        """v_j."""
        return self.values or synthetic(self.projects)[1]

    @property
    def project_owners(self) -> tuple[int, ...]:
        """The community of every project, from 1: the communities in turn, then every third one."""
        n = self.communities
        return self.owners or tuple(j + 1 if j < n else 3 * (j - n) % n + 1 for j in range(self.projects))

    @property
    def project_subjects(self) -> tuple[int, ...]:
        """The field of every project, from 1: the fields in turn."""
        return self.subjects or tuple(j % self.fields + 1 for j in range(self.projects))

    @property
    def round(self) -> GrantRound:
        """The round as mechanisms take it; communities that ask for nothing are left out."""
        asking = sorted(set(self.project_owners))
        owners = tuple(asking.index(c) for c in self.project_owners)
        return GrantRound(self.project_values, self.project_costs, owners, self.spill, self.budget)


def synthetic(projects: int) -> tuple[tuple[Number, ...], tuple[Number, ...]]:
    """Costs ``18 + 3 (7j mod 13)`` and values ``K_j (1/2 + (5j mod 12) / 10)`` of projects j = 1, 2, ...: S16 of ATLAS CASE-09 for 16."""
    costs = tuple(Fraction(18 + 3 * (7 * j % 13)) for j in range(1, projects + 1))
    return costs, tuple(K * (Fraction(1, 2) + Fraction(5 * j % 12, 10)) for j, K in enumerate(costs, 1))
