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

import numpy as np

from .errors import InputError
from .exact import Array, array, number


@dataclass(frozen=True)
class HostConsent:
    """``consent[x]``: the rows of residents (indices) who hold a veto over alternative ``x``; empty for the status quo."""

    id: ClassVar[str] = "R-HOST"
    consent: tuple[frozenset[int], ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "consent", tuple(frozenset(map(int, members)) for members in self.consent))


@dataclass(frozen=True)
class Unanimity:
    """Everybody holds a veto over everything."""

    id: ClassVar[str] = "R-UNAN"


@dataclass(frozen=True)
class Quota:
    """Passes with at least ``quota`` yes votes and at least ``quorum`` votes cast.

    Both are heads when integers, otherwise shares of all residents: fractions, decimals, texts such as ``"1/2"``. ``strict``
    asks for more than the share ("more than half"). ``of_votes`` takes the quota as a share of the votes cast.
    """

    id: ClassVar[str] = "R-QUOTA"
    quota: Fraction | int = Fraction(1, 2)
    quorum: Fraction | int = 0
    strict: bool = True
    of_votes: bool = False

    def __post_init__(self) -> None:
        for name in ("quota", "quorum"):
            value = getattr(self, name)
            exact = int(value) if isinstance(value, (int, np.integer)) else Fraction(number(value, name))
            if exact < 0 or (name == "quota" and exact == 0) or (isinstance(exact, Fraction) and exact > 1):
                raise InputError("{name}={value} must be a share up to 1 or a number of heads, and a quota above 0", name=name, value=exact)
            object.__setattr__(self, name, exact)

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

    def __post_init__(self) -> None:
        object.__setattr__(self, "assessed", array(self.assessed, "assessed"))


Rights = HostConsent | Unanimity | Quota | Imposition | Liability
