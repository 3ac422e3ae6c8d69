"""M-06, the pivotal mechanism (Clarke 1971) for choosing a site: everybody pays what its report costs the others.

Reports v over all alternatives; x* maximises sum_i v_i; t_i = sum_{j != i} v_j(x*) - max_{x in X_-i} sum_{j != i} v_j(x).
What remains possible in i's absence, X_-i, must be declared: all alternatives (*imposition*) or all but the sites over
which i holds a veto (*veto*), the default, because in i's absence its land is not free.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import inf

import numpy as np

from ..errors import InputError
from ..exact import Array, array, zeros
from ..message import Message, say
from ..outcome_game import OutcomeGame
from .mechanism import Claim, Knowledge, Outcome


@dataclass(frozen=True)
class Pivotal:
    """M-06 with ``veto`` rights, or by imposition."""

    veto: bool = True

    @property
    def id(self) -> str:
        """The identifier."""
        return "M-06:veto" if self.veto else "M-06:imposition"

    @property
    def title(self) -> Message:
        """What it is called."""
        return say("pivotal mechanism, hosts keep their veto") if self.veto else say("pivotal mechanism by imposition")

    @property
    def requires(self) -> tuple[Knowledge, ...]:
        """No knowledge of utilities; with veto rights outside money."""
        return (Knowledge.NONE, Knowledge.OUTSIDE_MONEY) if self.veto else (Knowledge.NONE,)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """As in ATLAS M-06 and 3G."""
        return (
            Claim("strategy-proof", True, "Clarke 1971; Groves 1973"),
            Claim("efficient", True, "Groves 1973"),
            Claim("no-deficit", not self.veto, "ATLAS M-06"),
            Claim("budget-balanced", False, "Green and Laffont 1979"),
            Claim("individually-rational", self.veto, "ATLAS 3G", "nobody without a veto is damaged" if self.veto else ""),
            Claim("coalition-proof", False, "ATLAS M-06"),
        )

    def refuses(self, game: OutcomeGame) -> Message | None:
        """It needs every resident's report; with veto rights somebody who holds one."""
        if game.stream is not None:
            return say("needs every resident's gains in memory")
        if self.veto and not any(game.consent_set(site) for site in game.sites):
            return say("nobody holds a veto under {regime}", regime=game.rights.id)
        return None

    def outcome(self, game: OutcomeGame, reports: object = None) -> Outcome:
        """Alternative and transfers for reported gains of shape ``(rows, alternatives)`` (default: the true ones)."""
        v = game.utilities if reports is None else array(reports, "reports")
        if v.shape != game.utilities.shape:
            raise InputError("{name} of shape {given} must be of shape {shape}", name="reports", given=v.shape, shape=game.utilities.shape)
        total = game.counts @ v - game.grants
        chosen = game.largest(total, game.slack * game.residents)
        others = total - v
        now = others[:, chosen].copy()
        for x in game.sites if self.veto else ():
            others[list(game.consent_set(x)), x] = -inf  # not possible in i's absence
        return Outcome(_certain(chosen, total), now - others.max(axis=1))


def _certain(chosen: int, like: Array) -> Array:
    lottery = zeros(len(like), like=like)
    lottery[chosen] = Fraction(1) if like.dtype == object else np.float64(1)
    return lottery
