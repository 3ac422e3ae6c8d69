"""Turnout as strategy: with a quorum, voting no can pass what staying away would stop (the quorum paradox; Herrera and Mattozzi 2010).

The vote of ``yes`` supporters and ``no`` opponents on one motion is a game of its own: everybody votes as they like or stays away.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ...games.errors import InputError
from ...games.normal_form import NormalForm, Profile, check_size
from ...games.parameters import amount, whole
from ...games.rights import Quota
from ..solution import Solution
from ..solve import solve

ACTIONS = ("vote", "stay away")


@dataclass(frozen=True)
class Paradox:
    """With everybody voting the motion passes; if ``away`` opponents stay away it fails. Heads."""

    yes: int
    no: int
    quorum: int
    away: int


def passes(yes: int, no: int, rule: Quota, residents: int) -> bool:
    """Whether a motion with so many votes passes among ``residents``."""
    return yes >= rule.needed(yes + no if rule.of_votes else residents) and yes + no >= rule.turnout(residents)


def quorum_paradoxes(residents: int, rule: Quota) -> tuple[Paradox, ...]:
    """All votes of ``residents`` (some may be indifferent and stay away) that pass, and fail if fewer opponents vote: by search.

    ``away`` is the least number of opponents whose staying away stops the motion.
    """
    n = whole(residents, "residents")
    found: list[Paradox] = []
    for yes in range(1, n + 1):
        for no in range(1, n - yes + 1):
            if passes(yes, no, rule, n):
                away = next((k for k in range(1, no + 1) if not passes(yes, no - k, rule, n)), None)
                found += [] if away is None else [Paradox(yes, no, rule.turnout(n), away)]
    return tuple(found)


def turnout_game(yes: int, no: int, rule: Quota, stake: object = 1, cost: object = 0) -> NormalForm:
    """Supporters (first) gain ``stake`` if the motion passes, opponents lose it; a vote costs ``cost``. Action 0 votes, 1 stays away."""
    s, c = whole(yes, "yes", 0), amount(cost, "cost", least=Fraction(0))
    n, worth = s + whole(no, "no", 0), amount(stake, "stake", above=Fraction(0))
    if n == 0:
        raise InputError("somebody must have a vote")
    check_size([2] * n)

    def payoff(profile: Profile) -> list[Fraction | float]:
        cast = [int(a == 0) for a in profile]
        passed = passes(sum(cast[:s]), sum(cast[s:]), rule, n)
        return [(worth if i < s else -worth) * passed - c * cast[i] for i in range(n)]

    names = [f"for {i + 1}" for i in range(s)] + [f"against {i + 1}" for i in range(n - s)]
    return NormalForm.from_function(payoff, [ACTIONS] * n, names)


def turnout_equilibria(yes: int, no: int, rule: Quota, stake: object = 1, cost: object = 0) -> Solution:
    """The pure equilibria of :func:`turnout_game`."""
    return solve(turnout_game(yes, no, rule, stake, cost), "pure")
