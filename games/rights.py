"""Who may say no: the five rights regimes of siting, always an explicit argument.

============  ==================================================  =================================
id            an alternative is feasible if                       law and economics
============  ==================================================  =================================
``R-HOST``    every member of its consent set agrees              property rule, host veto
``R-UNAN``    every resident agrees                               unanimity
``R-QUOTA``   enough residents vote yes, enough take part         supermajority
``R-IMPOSE``  the authority chooses it                            eminent power
``R-LIAB``    the authority chooses it and pays assessed damage   liability rule (Calabresi and
                                                                  Melamed 1972)
============  ==================================================  =================================
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import ClassVar

from .exact import Array


@dataclass(frozen=True)
class HostConsent:
    """``consent[x]``: the rows of residents (indices) who hold a veto over alternative ``x``; empty for the status quo."""

    id: ClassVar[str] = "R-HOST"
    consent: tuple[frozenset[int], ...]


@dataclass(frozen=True)
class Unanimity:
    """Everybody holds a veto over everything."""

    id: ClassVar[str] = "R-UNAN"


@dataclass(frozen=True)
class Quota:
    """Passes with at least ``quota`` yes votes and at least ``quorum`` votes cast.

    Both are shares of all residents when at most 1 and a :class:`~fractions.Fraction`, heads when integers. ``strict``
    asks for more than the share ("more than half"). ``of_votes`` takes the quota as a share of the votes cast.
    """

    id: ClassVar[str] = "R-QUOTA"
    quota: Fraction | int = Fraction(1, 2)
    quorum: Fraction | int = 0
    strict: bool = True
    of_votes: bool = False

    def needed(self, base: int) -> int:
        """Yes votes needed when the quota is counted on ``base`` heads."""
        if not isinstance(self.quota, Fraction):
            return int(self.quota)
        share = self.quota * base
        return max(int(share) + 1 if self.strict else ceil(share), 1)  # no votes at all never pass anything

    def turnout(self, residents: int) -> int:
        """Votes that must be cast."""
        return ceil(self.quorum * residents) if isinstance(self.quorum, Fraction) else int(self.quorum)


@dataclass(frozen=True)
class Imposition:
    """The authority chooses the alternative with the largest surplus."""

    id: ClassVar[str] = "R-IMPOSE"


@dataclass(frozen=True, eq=False)
class Liability:
    """The authority chooses and pays ``assessed[i, x]`` to resident ``i`` (money, shape of the utilities)."""

    id: ClassVar[str] = "R-LIAB"
    assessed: Array


Rights = HostConsent | Unanimity | Quota | Imposition | Liability
