"""DL-8, votes with quota, quorum and veto players: each site against the status quo, in order of surplus; the first to pass is built.

A quota changes rights, and may impose a loss on the host (P1.4): each site of the toilet standoff has everybody but its host behind it.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from ..errors import InputError
from ..exact import number, zeros
from ..mechanisms.mechanism import ONLY_OUTCOMES, Claim, Knowledge, Outcome
from ..message import Message, say
from ..outcome_game import OutcomeGame
from ..parameters import whole
from ..rights import Quota
from ..simple_game import WeightedGame, quota_game
from ..siting import vote


@dataclass(frozen=True)
class QuotaVote:
    """DL-8: sites are voted on against the status quo in order of surplus; the first to reach the quota is built.

    ``quota`` and ``quorum`` are shares of all residents; ``strict`` asks for more than the share. ``name`` marks the variant.
    """

    quota: Fraction = Fraction(1, 2)
    quorum: Fraction = Fraction(1, 2)
    strict: bool = True
    name: str = ""

    def __post_init__(self) -> None:
        for share in ("quota", "quorum"):
            object.__setattr__(self, share, number(getattr(self, share), share))
        _ = self.rule  # raises for shares that are none

    @property
    def rule(self) -> Quota:
        """The quota as a right."""
        return Quota(self.quota, self.quorum, self.strict and self.quota < 1)

    @property
    def id(self) -> str:
        """The identifier."""
        return f"DL-8:{self.name}" if self.name else "DL-8"

    @property
    def title(self) -> Message:
        """What it is called."""
        if self.quota == 1:
            return say("vote, everybody must agree")
        if not self.strict:
            return say("vote, {quota} of all residents decide", quota=str(self.quota))
        return say("vote, more than {quota} of all residents decide", quota=str(self.quota))

    @property
    def requires(self) -> tuple[Knowledge, ...]:
        """Only how residents rank a site against the status quo."""
        return (Knowledge.ORDINAL,)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """As in ATLAS DL-8 and P1.4."""
        return (
            Claim("budget-balanced", True, "no money moves"),
            Claim("anonymous", True, "heads are counted"),
            Claim("individually-rational", self.quota == 1, "ATLAS P1.4"),
        )

    def refuses(self, game: object) -> Message | None:
        """It acts on every game over outcomes."""
        return None if isinstance(game, OutcomeGame) else ONLY_OUTCOMES

    def transform(self, game: OutcomeGame) -> OutcomeGame:
        """The same residents and gains under the quota."""
        return game.with_rights(self.rule)

    def winning(self, residents: int) -> WeightedGame:
        """Which coalitions of so many residents can pass a site, when everybody votes."""
        return quota_game(residents, self.rule.needed(residents))


@dataclass(frozen=True)
class VetoVote:
    """DL-8 with veto players: as :class:`QuotaVote`, and no row of ``vetoes`` (None: of the site's consent set) may be against it.

    The indifferent stay away, which blocks nothing.
    """

    quota: Fraction = Fraction(1, 2)
    quorum: Fraction = Fraction(1, 2)
    strict: bool = True
    vetoes: tuple[int, ...] | None = None

    def __post_init__(self) -> None:
        plain = QuotaVote(self.quota, self.quorum, self.strict)
        object.__setattr__(self, "quota", plain.quota)
        object.__setattr__(self, "quorum", plain.quorum)
        if self.vetoes is not None:
            object.__setattr__(self, "vetoes", tuple(whole(row, "vetoes", 0) for row in self.vetoes))

    @property
    def id(self) -> str:
        """The identifier."""
        return "DL-8:veto"

    @property
    def title(self) -> Message:
        """What it is called."""
        return say("vote in which some residents can also say no alone")

    @property
    def requires(self) -> tuple[Knowledge, ...]:
        """Only how residents rank a site against the status quo."""
        return (Knowledge.ORDINAL,)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Sites are taken in order of the surplus that is told, so gains that are overstated can change which comes first."""
        return (Claim("budget-balanced", True, "no money moves"),)

    def refuses(self, game: object) -> Message | None:
        """It needs rows in memory, those of the veto players among them."""
        if not isinstance(game, OutcomeGame):
            return ONLY_OUTCOMES
        if game.stream is not None:
            return say("a vote with vetoes needs every resident's gains in memory")
        if self.vetoes is None and not game.consented:
            return say("nobody holds a veto under {regime}: name the rows that do", regime=game.rights.id)
        if any(row >= game.rows for row in self.vetoes or ()):
            return say("the vetoes name row {row}; there are rows 0 to {last}", row=max(self.vetoes or (0,)), last=game.rows - 1)
        return None

    def outcome(self, game: OutcomeGame, reports: object = None) -> Outcome:
        """The first site that passes and that no veto player is against; no transfers."""
        del reports  # audits of reports come with the game they are played in
        rule = QuotaVote(self.quota, self.quorum, self.strict).rule
        passed = (tally.alternative for tally in vote(game, rule) if tally.passes and not self._blocked(game, tally.alternative))
        lottery = zeros(len(game.alternatives), like=game.surplus)
        lottery[next(passed, game.status_quo)] = Fraction(1) if game.exact else 1.0
        return Outcome(lottery, zeros(game.rows, like=lottery))

    def _blocked(self, game: OutcomeGame, site: int) -> bool:
        holders: Any = game.consent_set(site) if self.vetoes is None else self.vetoes
        return any(game.utilities[row, site] < -game.slack for row in holders)


def all_consent(chance: object, members: int) -> Fraction | float:
    """The chance that ``members`` independent consents all come, each with ``chance``: unanimity with noise."""
    p = number(chance, "chance")
    if not 0 <= p <= 1:
        raise InputError("chance={value} must be a probability", value=p)
    return p ** whole(members, "members", 0)
