"""One facility on a line, wanted near or wanted far, and the rules that place it from reported addresses (no money).

*Near* (a bench, a lamp): the cost of a resident is its expected distance; the objective is the ``sum`` of costs, or the ``max``
(Procaccia and Tennenholtz 2009). *Far* (a nuisance): the distance is its utility; the objective is the ``sum`` of utilities, or the least,
``min`` (Cheng, Yu and Zhang 2013). The facility may stand anywhere on [low, high]; addresses are points of a finite grid.

Rules, from the reports in rising order (ties in a rule go to the lower point):

===============  =============================================================================================================
``median``       the middle report, the lower of two
``leftmost``     the lowest report; ``rightmost``: the highest
``dictator``     the report of resident 1
``random-dictator``  the report of a random resident
``midpoint``     half-way between the lowest and the highest report
``mean``         the mean report
``lrm``          lowest 1/4, highest 1/4, midpoint 1/2 (left-right-middle)
``majority``     the end of the line that is farther for more residents: n1 report less than half-way, n2 not less; low end iff n1 <= n2
``random``       low end with probability (2 n1 n2 + n2^2) / (n1^2 + n2^2 + 4 n1 n2), else the high end
``optimal``      the end with the larger reported total distance
===============  =============================================================================================================

Strategy-proof: nobody gains by a false report. Group strategy-proof: no coalition has false reports by which *all* its members gain, as
in these papers (where it is enough that some gain and none loses, a resident exactly half-way upsets ``majority`` and ``random``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from math import inf
from typing import Any

from .environment import Environment, Types
from .errors import InputError
from .exact import Array, Number, array
from .mechanisms.mechanism import Claim, Knowledge
from .message import Message, say
from .parameters import amount, amounts, grid_of, whole

Spots = tuple[tuple[Number, Number], ...]  # (probability, point)
Profile = tuple[Number, ...]

OBJECTIVES = ("sum", "max", "min")

_HALF, _QUARTER = Fraction(1, 2), Fraction(1, 4)


def _sure(point: Number) -> Spots:
    return ((Fraction(1), point),)


def _median(x: Profile, low: Number, high: Number) -> Spots:
    return _sure(sorted(x)[(len(x) - 1) // 2])


def _lrm(x: Profile, low: Number, high: Number) -> Spots:
    return (_QUARTER, min(x)), (_HALF, (min(x) + max(x)) / 2), (_QUARTER, max(x))


def _split(x: Profile, low: Number, high: Number) -> tuple[int, int]:
    near_low = sum(2 * address < low + high for address in x)
    return near_low, len(x) - near_low


def _majority(x: Profile, low: Number, high: Number) -> Spots:
    n1, n2 = _split(x, low, high)
    return _sure(low if n1 <= n2 else high)


def _random(x: Profile, low: Number, high: Number) -> Spots:
    n1, n2 = _split(x, low, high)
    p = Fraction(2 * n1 * n2 + n2**2, n1**2 + n2**2 + 4 * n1 * n2)
    return (p, low), (1 - p, high)


def _optimal(x: Profile, low: Number, high: Number) -> Spots:
    return _sure(low if sum(a - low for a in x) >= sum(high - a for a in x) else high)


_RULES: dict[str, Callable[[Profile, Number, Number], Spots]] = {
    "median": _median,
    "leftmost": lambda x, low, high: _sure(min(x)),
    "rightmost": lambda x, low, high: _sure(max(x)),
    "dictator": lambda x, low, high: _sure(x[0]),
    "random-dictator": lambda x, low, high: tuple((Fraction(1, len(x)), a) for a in x),
    "midpoint": lambda x, low, high: _sure((min(x) + max(x)) / 2),
    "mean": lambda x, low, high: _sure(sum(x) / len(x)),
    "lrm": _lrm,
    "majority": _majority,
    "random": _random,
    "optimal": _optimal,
}
RULES = tuple(_RULES)


@dataclass(frozen=True)
class Addresses:
    """The problem: where everybody lives, whether the facility is wanted ``far``, on which line, and the ``objective``."""

    places: Profile
    far: bool = False
    low: Number = Fraction(0)
    high: Number = Fraction(1)
    objective: str = "sum"

    def __post_init__(self) -> None:
        for name in ("low", "high"):
            object.__setattr__(self, name, amount(getattr(self, name), name))
        if self.low >= self.high:
            raise InputError("low={low} must be less than high={high}", low=self.low, high=self.high)
        places = tuple(amount(x, "places", self.low, self.high) for x in amounts(self.places, "places"))
        object.__setattr__(self, "places", places)
        if self.objective not in (("sum", "min") if self.far else ("sum", "max")):
            raise InputError("objective={value!r} must be sum, max (wanted near) or min (wanted far)", value=self.objective)

    @property
    def players(self) -> tuple[str, ...]:
        """Numbered from 1."""
        return tuple(str(i + 1) for i in range(len(self.places)))

    def distance(self, player: int, spots: Spots) -> Number:
        """The expected distance of a resident from the facility."""
        return sum((p * abs(x - self.places[player]) for p, x in spots), start=Fraction(0))

    def value(self, spots: Spots) -> Number:
        """The objective: the expected total (or largest, or least) distance. A cost if the facility is wanted near."""
        pick: Callable[[list[Number]], Number] = {"sum": sum, "max": max, "min": min}[self.objective]  # type: ignore[assignment]
        return sum((p * pick([abs(x - place) for place in self.places]) for p, x in spots), start=Fraction(0))

    @cached_property
    def best(self) -> Number:
        """The objective at the best point of the line."""
        x = sorted(self.places)
        if not self.far:
            point = x[(len(x) - 1) // 2] if self.objective == "sum" else (x[0] + x[-1]) / 2
            return self.value(_sure(point))
        ends = [self.low, self.high]  # the sum is convex, so it is largest at an end; the least distance also half-way between two
        between = [(a + b) / 2 for a, b in pairwise(x)] if self.objective == "min" else []
        return max(self.value(_sure(point)) for point in (*ends, *between))

    @property
    def most(self) -> Number:
        """The largest welfare of any point."""
        return self.best if self.far else -self.best

    def worth(self, player: int, outcome: Any) -> Number:
        """The expected distance (minus it, if wanted near) and what the resident receives."""
        away = self.distance(player, outcome.spots)
        return (away if self.far else -away) + outcome.transfers[player]

    def welfare(self, outcome: Any) -> Number:
        """The objective, as a good."""
        return self.value(outcome.spots) * (1 if self.far else -1)

    def ratio(self, spots: Spots) -> Number:
        """How many times worse than the best point: cost over least cost, or largest utility over utility; 1 if both are 0."""
        cost, least = (self.best, self.value(spots)) if self.far else (self.value(spots), self.best)
        return Fraction(1) if cost == least else cost / least if least else inf


def addresses(grid: Sequence[object], n: int, far: bool = False, objective: str = "sum", low: object = 0, high: object = 1) -> Environment:
    """The environment of ``n`` residents, each of whom may live at any point of ``grid``."""
    points = grid_of(grid, "grid", least=None)
    ends = amount(low, "low"), amount(high, "high")

    def problem(types: Types) -> Addresses:
        return Addresses(tuple(types), far, *ends, objective)

    return Environment((points,) * whole(n, "n"), problem, alike=True)


@dataclass(frozen=True, eq=False)
class Placed:
    """Where the facility is placed: ``spots`` of (probability, point), and transfers (none)."""

    spots: Spots
    transfers: Array


FAR = ("majority", "random", "optimal")
_MOULIN = "Moulin 1980"
_ALL_GAIN = "wanted far, and nobody lives exactly half-way (who does can help others at no loss)"
_CLAIMS: dict[str, tuple[Claim, ...]] = {
    "median": (
        Claim("strategy-proof", True, _MOULIN, "wanted near"),
        Claim("group-strategy-proof", True, _MOULIN, "wanted near"),
        Claim("efficient", True, "Procaccia and Tennenholtz 2009", "wanted near, objective sum"),
    ),
    "leftmost": (Claim("strategy-proof", True, _MOULIN, "wanted near"), Claim("group-strategy-proof", True, _MOULIN, "wanted near")),
    "rightmost": (Claim("strategy-proof", True, _MOULIN, "wanted near"), Claim("group-strategy-proof", True, _MOULIN, "wanted near")),
    "dictator": (Claim("strategy-proof", True, "nobody else is asked", "wanted near"),),
    "random-dictator": (Claim("strategy-proof", True, "a report counts only for oneself", "wanted near"),),
    "midpoint": (
        Claim("strategy-proof", False, "Procaccia and Tennenholtz 2009", "wanted near"),
        Claim("efficient", True, "Procaccia and Tennenholtz 2009", "wanted near, objective max"),
    ),
    "mean": (Claim("strategy-proof", False, "an extreme report moves the mean", "wanted near"),),
    "lrm": (Claim("strategy-proof", True, "Procaccia and Tennenholtz 2009", "wanted near"),),
    "majority": (
        Claim("strategy-proof", True, "Cheng, Yu and Zhang 2013", "wanted far"),
        Claim("group-strategy-proof", True, "Cheng, Yu and Zhang 2013", _ALL_GAIN),
    ),
    "random": (
        Claim("strategy-proof", True, "Cheng, Yu and Zhang 2013", "wanted far"),
        Claim("group-strategy-proof", True, "Cheng, Yu and Zhang 2013", _ALL_GAIN),
    ),
    "optimal": (
        Claim("efficient", True, "the total distance is convex", "wanted far, objective sum"),
        Claim("strategy-proof", False, "Cheng, Yu and Zhang 2013", "wanted far"),
    ),
}


@dataclass(frozen=True)
class LineRule:
    """A rule for placing a facility on a line, by ``name``."""

    name: str = "median"

    def __post_init__(self) -> None:
        if self.name not in _RULES:
            raise InputError("rule {name!r} is not known; one of {known}", name=self.name, known=list(RULES))

    @property
    def id(self) -> str:
        """The identifier."""
        return f"line:{self.name}"

    @property
    def title(self) -> Message:
        """What it is called."""
        return say("a facility on a line, placed by the rule {name}", name=self.name)

    @property
    def requires(self) -> tuple[Knowledge, ...]:
        """Residents say where they live."""
        return (Knowledge.NONE,)

    @property
    def anonymous(self) -> bool:
        """Whether only the reports count, not who made them."""
        return self.name != "dictator"

    @property
    def claims(self) -> tuple[Claim, ...]:
        """As published; all are decided on grids by :func:`encompass.solvers.deliberation.line_rules.check_rule`."""
        return (
            *_CLAIMS[self.name],
            Claim("budget-balanced", True, "no money moves"),
            Claim("anonymous", self.anonymous, "reports are sorted or counted" if self.anonymous else "one resident decides"),
        )

    def refuses(self, game: object) -> Message | None:
        """It places facilities on a line; rules for a nuisance place no other."""
        if not isinstance(game, Addresses):
            return say("needs a line on which everybody has an address")
        if game.far != (self.name in FAR):
            return say("the rule {name} is not for a facility that is wanted far", name=self.name) if game.far else _only_far(self.name)
        return None

    def spots(self, game: Addresses) -> Spots:
        """Where the facility is placed if the addresses are reported as they are in ``game``."""
        return _RULES[self.name](game.places, game.low, game.high)

    def outcome(self, game: Addresses) -> Placed:
        """The same, with transfers (none)."""
        return Placed(self.spots(game), array([0] * len(game.places)))


def _only_far(name: str) -> Message:
    return say("the rule {name} is for a facility that is wanted far", name=name)
