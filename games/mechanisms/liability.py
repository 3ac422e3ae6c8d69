"""M-32, the liability rule: the authority chooses the site and owes the damage as it is assessed (Calabresi and Melamed 1972)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from ..exact import Array, Number, array, frozen, is_exact, zeros
from ..message import Message, say
from ..outcome_game import OutcomeGame, Parts
from ..parameters import amount
from ..rights import Liability
from .mechanism import Claim, Knowledge
from .mitigation import parts_of, refuses_damages, same_residents


@dataclass(frozen=True)
class LiabilityRule:
    """M-32 (Calabresi and Melamed 1972): the authority chooses the site and pays the damage as it is assessed.

    ``assessed`` is the share of the true damage that is paid, or a table of money by row and alternative. With ``levied`` the residents who
    are paid nothing bear the bill in equal shares; otherwise the authority (player 0) does.
    """

    assessed: Number | tuple[tuple[Number, ...], ...] = Fraction(1)
    levied: bool = False

    def __post_init__(self) -> None:
        if isinstance(self.assessed, tuple):
            table = tuple(tuple(amount(x, "assessed", least=Fraction(0)) for x in row) for row in self.assessed)
            object.__setattr__(self, "assessed", table)
        else:
            object.__setattr__(self, "assessed", amount(self.assessed, "assessed", least=Fraction(0)))

    @property
    def id(self) -> str:
        """The identifier."""
        return "M-32:levied" if self.levied else "M-32"

    @property
    def title(self) -> Message:
        """What it is called."""
        if self.levied:
            return say("the authority chooses, the others pay the assessed damage")
        return say("the authority chooses and pays the assessed damage")

    @property
    def requires(self) -> tuple[Knowledge, ...]:
        """An assessment, and somebody who enforces it."""
        return (Knowledge.DAMAGES, Knowledge.ENFORCEMENT, *(() if self.levied else (Knowledge.OUTSIDE_MONEY,)))

    @property
    def claims(self) -> tuple[Claim, ...]:
        """As in ATLAS M-32."""
        full = self.assessed == 1
        return (
            *(
                (
                    Claim(
                        "efficient",
                        True,
                        "ATLAS M-32",
                        "fees cover what the funder does not bear, and no site does anybody good by its damage",
                    ),
                )
                if full
                else ()
            ),
            Claim("budget-balanced", self.levied, "ATLAS 3E'"),
            *((Claim("individually-rational", False, "ATLAS M-32: damage assessed too low"),) if not full else ()),
        )

    def refuses(self, game: Any) -> Message | None:
        """It needs damages to assess, or a table that fits, and with a levy somebody who pays."""
        reason = refuses_damages(game)
        if reason is not None:
            return reason
        if isinstance(game.rights, Liability):
            return say("the liability rule already compensates the host")
        if isinstance(self.assessed, tuple) and array(self.assessed).shape != game.utilities.shape:
            return say(
                "the assessment is a table of {given}, and gains are one of {shape}",
                given=array(self.assessed).shape,
                shape=game.utilities.shape,
            )
        if self.levied and any((self._assessed(game)[:, x] > 0).all() for x in game.sites):
            return say("needs somebody who is not a host to pay")
        return None

    def _assessed(self, game: OutcomeGame) -> Array:
        if isinstance(self.assessed, tuple):
            table = array(self.assessed)
            return table if game.exact else table.astype(float)
        share = self.assessed if game.exact else float(self.assessed)
        return np.maximum(game.parts.damages, 0 * game.utilities) * share  # type: ignore[union-attr]

    def _levy(self, game: OutcomeGame) -> Array:
        """What every row pays per resident under every alternative."""
        owed = self._assessed(game)
        levy = zeros(owed.shape, like=owed)
        if self.levied:
            for x in game.sites:
                payers = owed[:, x] <= 0
                if not payers.all():
                    levy[payers, x] = (game.counts @ owed[:, x]) / int(game.counts[payers].sum())
        return levy

    def transfers(self, game: OutcomeGame) -> Array:
        """The assessed damage less the levy."""
        parts_of(self, game)
        return frozen(self._assessed(game) - self._levy(game))

    def transform(self, game: OutcomeGame) -> OutcomeGame:
        """The game under the liability rule; the levy is a fee, and what it brings in relieves the funder."""
        parts = parts_of(self, game)
        assessed, levy = self._assessed(game), self._levy(game)
        kinds = all(is_exact(values) for values in (assessed, parts.fees))
        fees = parts.fees + levy if kinds else parts.fees.astype(float) + levy.astype(float)
        relieved = Parts(parts.benefits, parts.damages, frozen(fees), parts.costs, frozen(parts.grants - game.counts @ levy))
        return OutcomeGame.from_parts(relieved, rights=Liability(frozen(assessed)), **same_residents(game))


__all__ = ["LiabilityRule"]
