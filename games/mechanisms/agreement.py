"""M-28, the agreement with minimum participation: it is in force once enough have joined, and binds those who have.

For a siting the agreement is to pay: those whom the best site does not damage join or stay out; once ``minimum`` have joined, they pay
its whole damage to the hosts in equal shares. With exactly so many members each of them is pivotal (Carraro, Marchiori and Oreffice
2009; Kosfeld, Okada and Riedl 2009), so that joining is strictly best if a share of the damage is worth less than the facility.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..counted_game import SymmetricGame
from ..exact import Number, zeros
from ..message import Message, say
from ..normal_form import NormalForm, Profile
from ..outcome_game import OutcomeGame
from ..parameters import whole
from ..participation import institution
from .mechanism import ONLY_OUTCOMES, Claim, Form, Knowledge, Outcome, accept

MOST_PAYERS = 14


@dataclass(frozen=True)
class CompensationAgreement:
    """M-28 among the residents whom the best site does not damage; ``minimum`` members are needed (None: all of them)."""

    minimum: int | None = None

    def __post_init__(self) -> None:
        if self.minimum is not None:
            whole(self.minimum, "minimum")

    @property
    def id(self) -> str:
        """The identifier."""
        return "M-28" if self.minimum is None else f"M-28:{self.minimum}"

    @property
    def title(self) -> Message:
        """What it is called."""
        if self.minimum is None:
            return say("all others agree to pay for the damage, or nobody does")
        return say("those who join pay for the damage, once {n} have joined", n=self.minimum)

    @property
    def requires(self) -> tuple[Knowledge, ...]:
        """The damages must be known; the agreement binds its members."""
        return (Knowledge.DAMAGES, Knowledge.COMMITMENT)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """As in ATLAS M-28: the members pay the hosts, and nobody has to join."""
        return (
            Claim("budget-balanced", True, "the members pay what the hosts receive"),
            Claim("some-equilibrium-efficient", True, "ATLAS M-28", "no member's share of the damage is above its benefit"),
            Claim("equilibria-efficient", False, "nobody joins if two others do not"),
        )

    def refuses(self, game: Any) -> Message | None:
        """It needs damages at the best site, enough residents without any, and few enough of them to list who joins."""
        if not isinstance(game, OutcomeGame):
            return ONLY_OUTCOMES
        if game.stream is not None:
            return say("needs every resident's gains in memory")
        if game.parts is None:
            return say("needs the damages, and this case gives only total gains")
        if (game.counts != 1).any():
            return say("needs every resident in a row of its own")
        if game.best == game.status_quo:
            return say("no site has a surplus over the status quo")
        payers = len(self.payers(game))
        if payers == game.rows:
            return say("nobody is damaged by the best site, so there is nothing to agree on")
        if payers < max(1, self.minimum or 1):
            return say(
                "only {n} residents are not damaged by the best site; {needed} must join", n=payers, needed=max(1, self.minimum or 1)
            )
        if payers > MOST_PAYERS:
            return say("who joins is written out for at most {limit} residents, not {n}", limit=MOST_PAYERS, n=payers)
        return None

    def payers(self, game: OutcomeGame) -> list[int]:
        """The rows whom the best site does not damage."""
        return np.flatnonzero(game.parts.damages[:, game.best] <= 0).tolist()  # type: ignore[union-attr]

    def form(self, game: OutcomeGame) -> Form:
        """Those not damaged stay out or join, all at once.

        With ``minimum`` members each is needed: the strict equilibria (concept ``strict``). Nobody joining is one that is not strict.
        """
        accept(self.refuses(game))
        payers, needed = self.payers(game), self.minimum or len(self.payers(game))

        def outcome(profile: Profile) -> Outcome:
            members = [i for i in payers if profile[i] == 1]
            return self._reached(game, members if len(members) >= needed else [])

        def payoff(profile: Profile) -> Sequence[Number]:
            reached = outcome(profile)
            return (game.utilities @ reached.lottery + reached.transfers).tolist()

        actions = [("out", "join") if i in payers else ("wait",) for i in range(game.rows)]
        return Form(NormalForm.from_function(payoff, actions, game.players), "pure", outcome)

    def _reached(self, game: OutcomeGame, members: list[int]) -> Outcome:
        """The best site, its damage paid by the ``members``; the status quo if there are none."""
        site = game.best if members else game.status_quo
        lottery, transfers = game.certain(site), zeros(game.rows, like=game.utilities)
        if members:
            transfers = np.maximum(game.parts.damages[:, site], 0 * transfers)  # type: ignore[union-attr]
            transfers[members] = -transfers.sum() / len(members)
        return Outcome(lottery, transfers)

    def public_good(self, n: int, mpcr: object, endowment: object = 1, cost: object = 0) -> SymmetricGame:
        """Joining an institution that makes its members contribute to a linear public good, once the minimum has joined (P3.3)."""
        return institution(n, mpcr, endowment, cost, n if self.minimum is None else self.minimum)


__all__ = ["CompensationAgreement"]
