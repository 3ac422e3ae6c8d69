"""Rules that change a standoff: the registry of all mechanisms by id."""

from __future__ import annotations

from fractions import Fraction

from .auctions import FairImposition, LowBid
from .compensation import EqualShare
from .deliberation import Mediator, QuotaVote
from .lottery import SiteLottery
from .mechanism import Claim, Knowledge, Mechanism, Outcome
from .pivotal import Pivotal

__all__ = ["MECHANISMS", "Claim", "Knowledge", "Mechanism", "Outcome"]

_ALL: tuple[Mechanism, ...] = (
    EqualShare("EQ"),
    EqualShare("FC"),
    EqualShare("ES"),
    LowBid(),
    LowBid(rebate=True),
    FairImposition(),
    Pivotal(veto=True),
    Pivotal(veto=False),
    SiteLottery("maxmin"),
    SiteLottery("uniform"),
    SiteLottery("nash"),
    Mediator(),
    QuotaVote(),
    QuotaVote(Fraction(2, 3), strict=False, name="two-thirds"),
    QuotaVote(Fraction(1), strict=False, name="unanimity"),
)

MECHANISMS: dict[str, Mechanism] = {mechanism.id: mechanism for mechanism in _ALL}
