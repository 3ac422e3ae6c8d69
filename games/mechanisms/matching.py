"""M-19 matching grants: the funder pays mu for every unit that is paid locally, so that the local share is m = 1/(1 + mu).

Efficient where others gain sigma of what the community gains, iff m = 1/(1 + sigma) (ATLAS P9.2, P9.3). On a siting a grant for the
building only lowers fees, and does not bring a host to accept (P1.16). The funder is player 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from ..exact import Number, frozen
from ..fund import transfers_of
from ..grant_round import GrantRound, Grants, Levels, LocalGoods
from ..message import Message, say
from ..outcome_game import OutcomeGame, Parts
from ..parameters import amount, amounts
from .mechanism import ONLY_OUTCOMES, Claim, Knowledge, accept

ZERO, ONE = Fraction(0), Fraction(1)


@dataclass(frozen=True)
class MatchingGrant:
    """M-19 on a siting: the funder bears all but the local ``share`` of what residents would pay for the building."""

    share: Number = Fraction(1, 2)

    def __post_init__(self) -> None:
        object.__setattr__(self, "share", amount(self.share, "share", least=ZERO, most=ONE))

    @property
    def id(self) -> str:
        """The identifier."""
        return "M-19"

    @property
    def title(self) -> Message:
        """What it is called."""
        return say("matching grant, residents pay {share} of the building", share=str(self.share))

    @property
    def requires(self) -> tuple[Knowledge, ...]:
        """Outside money, and costs that are known."""
        return (Knowledge.VERIFIABLE, Knowledge.OUTSIDE_MONEY)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """As in ATLAS M-19 and P1.16."""
        return (
            Claim("no-deficit", False, "the funder pays", "fees, and a share below 1"),
            Claim("individually-rational", False, "ATLAS P1.16: the host still loses", "hosts whose damage exceeds their benefit"),
        )

    def refuses(self, game: Any) -> Message | None:
        """It needs fees to match."""
        if not isinstance(game, OutcomeGame):
            return ONLY_OUTCOMES
        if game.stream is not None:
            return say("needs every resident's gains in memory")
        if game.parts is None:
            return say("needs the fees, and this case gives only total gains")
        if not (game.parts.fees > 0).any():
            return say("residents pay no fees for the building, so there is nothing to match")
        return None

    def transform(self, game: OutcomeGame) -> OutcomeGame:
        """The same siting with lower fees and higher grants."""
        accept(self.refuses(game))
        parts = game.parts
        assert parts is not None
        fees = frozen(parts.fees * self.share)
        grants = frozen(game.grants + game.counts @ (parts.fees - fees))
        return OutcomeGame.from_parts(
            Parts(parts.benefits, parts.damages, fees, parts.costs, grants),
            alternatives=game.alternatives,
            status_quo=game.status_quo,
            rights=game.rights,
            players=game.players,
            counts=game.counts.tolist(),
            funder_weight=game.funder_weight,
        )


@dataclass(frozen=True)
class MatchedLevels:
    """M-19 on goods of any size: each community pays the ``share`` m of its own good and chooses its size, (theta/m)^2."""

    share: Number = Fraction(1, 2)

    def __post_init__(self) -> None:
        object.__setattr__(self, "share", amount(self.share, "share", above=ZERO, most=ONE))

    @property
    def id(self) -> str:
        """The identifier."""
        return "M-19:levels"

    @property
    def title(self) -> Message:
        """What it is called."""
        return say("matching grant, communities pay {share} of a good whose size they choose", share=str(self.share))

    @property
    def requires(self) -> tuple[Knowledge, ...]:
        """Outside money, and costs that are known."""
        return (Knowledge.VERIFIABLE, Knowledge.OUTSIDE_MONEY)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """As in ATLAS M-19 and P9.2."""
        return (
            Claim("strategy-proof", True, "everybody gets what it would choose"),
            Claim("efficient", True, "ATLAS P9.2", "share = 1/(1 + spill)"),
            Claim("individually-rational", True, "nothing may be chosen"),
            Claim("anonymous", True, "by construction"),
            *((Claim("no-deficit", False, "the funder pays"),) if self.share < 1 else ()),
        )

    def refuses(self, game: Any) -> Message | None:
        """It acts on goods of any size."""
        return None if isinstance(game, LocalGoods) else say("acts on communities that choose the size of a good of their own")

    def outcome(self, game: LocalGoods) -> Levels:
        """The sizes chosen, and the grants."""
        accept(self.refuses(game))
        roots = tuple(theta / self.share for theta in game.weights)
        return Levels(roots, transfers_of([(1 - self.share) * r * r for r in roots]))


@dataclass(frozen=True)
class MatchedProjects:
    """M-19 on given projects: a community applies for a project iff it is worth its ``share`` m of the cost, v_j >= m K_j (P9.3).

    Applications are granted in the order of the projects as long as the budget lasts; what no longer fits is passed over.
    """

    share: Number = Fraction(1, 2)

    def __post_init__(self) -> None:
        object.__setattr__(self, "share", amount(self.share, "share", least=ZERO, most=ONE))

    @property
    def id(self) -> str:
        """The identifier."""
        return "M-19:projects"

    @property
    def title(self) -> Message:
        """What it is called."""
        return say("matching grant, communities pay {share} of the projects they apply for", share=str(self.share))

    @property
    def requires(self) -> tuple[Knowledge, ...]:
        """Outside money, and costs that are known."""
        return (Knowledge.VERIFIABLE, Knowledge.OUTSIDE_MONEY)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """As in ATLAS M-19 and P9.3."""
        return (
            Claim("strategy-proof", True, "ATLAS P9.3", "a budget for all projects"),
            Claim("efficient", True, "ATLAS P9.3", "share = 1/(1 + spill), a budget for all projects"),
            Claim("individually-rational", True, "nothing need be applied for", "no project harms others"),
            *((Claim("no-deficit", False, "the funder pays"),) if self.share < 1 else ()),
        )

    def refuses(self, game: Any) -> Message | None:
        """It acts on given projects."""
        return None if isinstance(game, GrantRound) else say("acts on projects of given cost that communities apply for")

    def applications(self, game: GrantRound) -> tuple[int, ...]:
        """The projects applied for."""
        return tuple(j for j, (v, K) in enumerate(zip(game.values, game.costs)) if v >= self.share * K)

    def outcome(self, game: GrantRound) -> Grants:
        """What is built, and the grants."""
        accept(self.refuses(game))
        left, built = game.budget, [False] * len(game.values)
        money: list[Number] = [ZERO] * len(game.players)
        for j in self.applications(game):
            grant = (1 - self.share) * game.costs[j]
            if left is None or grant <= left:
                built[j] = True
                money[game.owners[j]] += grant
                left = None if left is None else left - grant
        return Grants(tuple(built), transfers_of(money))


def efficient_share(spill: object) -> Number:
    """m* = 1/(1 + sigma): the local share at which communities choose what is best for all (P9.2)."""
    return 1 / (1 + amount(spill, "spill", least=ZERO))


def contributed_level(weights: object, match: object = 0, grant: object = 0) -> Number:
    """Q in equilibrium when u_i = theta_i ln Q - c_i and Q = (1 + ``match``) sum c + ``grant`` (Bergstrom, Blume and Varian 1986).

    Only the largest theta gives, until (1 + match) theta = Q: matching multiplies the good, a lump sum only takes the place of
    contributions until it is larger than what they would be (P9.5).
    """
    largest = max(amounts(weights, "weights", least=ZERO))
    return max((1 + amount(match, "match", least=ZERO)) * largest, amount(grant, "grant", least=ZERO))
