"""Deliberation rules: a mediator's recommendation (DL-1) and a vote with quota and quorum (DL-8).

Words alone help only where the failure is one of co-ordination: if refusing is weakly dominant and strictly better when
chosen, no recommendation changes the outcome (P1.3). A quota changes rights instead, and may impose a loss on the host.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import prod

from ..errors import EncompassError
from ..exact import number
from ..message import Message, say
from ..normal_form import NormalForm
from ..outcome_game import OutcomeGame
from ..rights import Quota
from ..siting import consent
from .mechanism import Claim, Knowledge

LARGEST_ADVICE = 4096  # profiles of the game a mediator gives advice on


@dataclass(frozen=True)
class Mediator:
    """DL-1: a mediator recommends actions; everybody follows only if following pays (correlated equilibrium, Aumann 1974)."""

    @property
    def id(self) -> str:
        """The identifier."""
        return "DL-1"

    @property
    def title(self) -> Message:
        """What it is called."""
        return say("a mediator recommends, nobody is bound")

    @property
    def requires(self) -> tuple[Knowledge, ...]:
        """The mediator must know all utilities."""
        return (Knowledge.UTILITIES,)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """As in ATLAS DL-1."""
        return (Claim("budget-balanced", True, "no money moves"),)

    def refuses(self, game: OutcomeGame) -> Message | None:
        """It needs a consent game small enough to write out."""
        if not game.consented or game.stream is not None:
            return say("needs a game in which residents choose, and {regime} leaves them no choice to advise on", regime=game.rights.id)
        n = game.residents
        if n >= LARGEST_ADVICE.bit_length():
            return say("the game has 2^{n} profiles or more; advice is computed for at most {limit}", n=n, limit=LARGEST_ADVICE)
        try:
            profiles = prod(consent(game).sizes())
        except EncompassError as error:
            return error.message
        if profiles > LARGEST_ADVICE:
            return say("the game has {n} profiles; advice is computed for at most {limit}", n=profiles, limit=LARGEST_ADVICE)
        return None

    def advise(self, game: OutcomeGame) -> NormalForm:
        """The game on which advice is given: the consent game, written out."""
        return consent(game).normal_form()


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

    def refuses(self, game: OutcomeGame) -> Message | None:
        """It acts on every game over outcomes."""
        return None

    def transform(self, game: OutcomeGame) -> OutcomeGame:
        """The same residents and gains under the quota."""
        rule = Quota(self.quota, self.quorum, self.strict and self.quota < 1)
        return game.with_rights(rule)
