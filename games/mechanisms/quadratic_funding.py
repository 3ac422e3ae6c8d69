"""M-20 quadratic funding: a good gets F = (sum sqrt(c_i))^2 from contributions c_i (Buterin, Hitzig and Weyl 2019).

With gains of 2 theta_i sqrt(F) giving c_i = theta_i^2 is dominant and F = (sum theta)^2 efficient; the subsidy F - sum c comes from
player 0. Whoever comes under several names is matched with itself. Where the match is capped, F = alpha (sum sqrt c)^2 + (1 - alpha) sum c
(their section 4.4), this breaks down.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from ..errors import NotApplicable
from ..exact import Number, root
from ..fund import Funding, RootGood, transfers_of
from ..message import Message, say
from ..normal_form import NormalForm, Profile
from ..parameters import amount, amounts, grid_of, labels
from .mechanism import Claim, Form, Knowledge, accept

MOST_PROFILES = 50_000
ZERO, ONE = Fraction(0), Fraction(1)
_ONLY = say("acts on a good of any size, worth twice a weight times the root of its size")


@dataclass(frozen=True)
class QuadraticFunding:
    """M-20 with everybody giving what is dominant."""

    @property
    def id(self) -> str:
        """The identifier."""
        return "M-20"

    @property
    def title(self) -> Message:
        """What it is called."""
        return say("quadratic funding: many small contributions are matched more than one large")

    @property
    def requires(self) -> tuple[Knowledge, ...]:
        """No knowledge of what the good is worth, but outside money, and that nobody comes under two names."""
        return (Knowledge.NONE, Knowledge.OUTSIDE_MONEY, Knowledge.VERIFIABLE)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """As in ATLAS M-20 and 3G."""
        return (
            Claim("strategy-proof", True, "Buterin, Hitzig and Weyl 2019"),
            Claim("efficient", True, "Buterin, Hitzig and Weyl 2019"),
            Claim("individually-rational", True, "ATLAS 3G"),
            Claim("anonymous", True, "by construction"),
            Claim("participation", True, "giving is dominant"),
            Claim("budget-balanced", False, "ATLAS 3G", "two who gain, or more"),
            Claim("no-deficit", False, "ATLAS M-20: the subsidy", "two who gain, or more"),
            Claim("false-name-proof", False, "ATLAS M-20"),
            Claim("group-strategy-proof", False, "ATLAS M-20: collusion", "two who gain, or more"),
            Claim("coalition-strategy-proof", False, "ATLAS M-20: collusion", "two who gain, or more"),
        )

    def refuses(self, game: Any) -> Message | None:
        """It acts on a good of any size."""
        return None if isinstance(game, RootGood) else _ONLY

    def outcome(self, game: RootGood) -> Funding:
        """The good, and what everybody gives to it."""
        if not isinstance(game, RootGood):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise NotApplicable(_ONLY)
        return Funding(sum(game.weights, start=ZERO), transfers_of([-theta * theta for theta in game.weights]))


@dataclass(frozen=True)
class QuadraticGiving:
    """M-20 as a game: everybody gives the square of an amount of ``grid``; ``match`` is alpha, 1 if money for the match is not short."""

    grid: tuple[Number, ...]
    match: Number = ONE

    def __post_init__(self) -> None:
        object.__setattr__(self, "grid", grid_of(self.grid))
        object.__setattr__(self, "match", amount(self.match, "match", least=ZERO, most=ONE))

    @property
    def id(self) -> str:
        """The identifier."""
        return "M-20:giving" if self.match == 1 else "M-20:capped"

    @property
    def title(self) -> Message:
        """What it is called."""
        return say("quadratic funding as a game of contributions, {match} of the match paid", match=str(self.match))

    @property
    def requires(self) -> tuple[Knowledge, ...]:
        """See :attr:`QuadraticFunding.requires`."""
        return QuadraticFunding().requires

    @property
    def claims(self) -> tuple[Claim, ...]:
        """As in ATLAS M-20."""
        full = self.match == 1
        source = "Buterin, Hitzig and Weyl 2019"
        return (
            Claim("equilibria-efficient", full, source, "weights on the grid" if full else "two who gain, or more, and a fine grid"),
            *((Claim("unique-equilibrium-outcome", True, source, "weights on the grid"),) if full else ()),
            Claim("individually-rational", True, "nothing may be given", "0 on the grid"),
        )

    def refuses(self, game: Any) -> Message | None:
        """It acts on a good of any size, for few who give."""
        if not isinstance(game, RootGood):
            return _ONLY
        n = len(game.weights)
        if len(self.grid) ** n > MOST_PROFILES:
            return say(
                "{n} contributors with {k} amounts each do not fit; at most {limit} profiles", n=n, k=len(self.grid), limit=MOST_PROFILES
            )
        return None

    def form(self, game: RootGood) -> Form:
        """The game of contributions: exact where all roots are; by dominance where everybody's best is on the grid."""
        accept(self.refuses(game))

        def outcome(profile: Sequence[int]) -> Any:
            given = [self.grid[a] for a in profile]
            return Funding(self._root(given), transfers_of([-s * s for s in given]))

        def payoff(profile: Profile) -> list[Number]:
            given = [self.grid[a] for a in profile]
            made = self._root(given)
            return [2 * theta * made - s * s for theta, s in zip(game.weights, given)]

        dominant = self.match == 1 and all(theta in self.grid for theta in game.weights)
        played = NormalForm.from_function(payoff, [labels([s * s for s in self.grid])] * len(game.weights), game.players)
        return Form(played, "dominance" if dominant else "pure", outcome)

    def _root(self, given: Sequence[Number]) -> Number:
        """sqrt(F) when everybody gives the square of ``given``."""
        total = sum(given, start=ZERO)
        if self.match == 1:
            return total
        return root(self.match * total * total + (1 - self.match) * sum((s * s for s in given), start=ZERO))


@dataclass(frozen=True)
class Contributions:
    """What each gives (``contributions``) and what the good gets (``funding``)."""

    contributions: tuple[Number, ...]
    funding: Number

    @property
    def subsidy(self) -> Number:
        """What player 0 adds."""
        return self.funding - sum(self.contributions, start=ZERO)


def quadratic_funding(contributions: object) -> Contributions:
    """F = (sum sqrt(c_i))^2: rational where it can be (all c_i / c_j squares), else a float. Names of one person count apart."""
    c = amounts(contributions, "contributions", least=ZERO)
    first = next((x for x in c if x > 0), None)
    if first is None:
        return Contributions(c, ZERO)
    total = sum((root(x / first) for x in c), start=ZERO)
    return Contributions(c, first * total * total)


def log_equilibrium(weights: object) -> Contributions:
    """The equilibrium when u_i = a_i ln F - c_i: sqrt(c_i) = a_i / sqrt(F), so F = sum a and c_i = a_i^2 / F, which is efficient.

    Each payoff is concave in sqrt(c_i), so that these first-order conditions have one solution and it is the only equilibrium with F > 0.
    """
    a = amounts(weights, "weights", least=ZERO)
    F = sum(a, start=ZERO)
    return Contributions(tuple(x * x / F if F else ZERO for x in a), F)


def capped_equilibrium(n: int, weight: object, match: object) -> Contributions:
    """The symmetric equilibrium of ``n`` alike when F = alpha (sum sqrt c)^2 + (1 - alpha) sum c and u = 2 theta sqrt(F) - c.

    The first-order condition gives c = theta^2 (1 + alpha (n - 1)) / n and F = theta^2 (1 + alpha (n - 1))^2, efficient only for alpha = 1.
    """
    theta, alpha = amount(weight, "weight", least=ZERO), amount(match, "match", least=ZERO, most=ONE)
    factor = 1 + alpha * (n - 1)
    return Contributions((theta * theta * factor / n,) * n, theta * theta * factor * factor)
