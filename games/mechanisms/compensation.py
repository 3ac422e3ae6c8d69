"""M-01 equal-share compensation: a contract on every site, so that hosting is paid for wherever the facility goes.

With D(s) the whole damage at s, n residents, and t_i(s) the money resident i receives if s is built:

* EQ: everybody bears an equal share of the damage, t_i = d_i(s) - D(s)/n;
* FC: the hosts are fully indemnified, t_i = d_i(s), the others share the bill equally;
* ES: everybody gains the same, t_i = (sum_j u_j(s))/n - u_i(s).

Exact budget balance at every site. EQ and FC are the two ends of the fair-price interval (P1.10).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..exact import Array, frozen, zeros
from ..message import Message, say
from ..outcome_game import OutcomeGame
from ..rights import HostConsent, Liability
from .mechanism import ONLY_OUTCOMES, Claim, Knowledge, accept

_TITLES = {
    "EQ": say("everybody bears an equal share of the damage"),
    "FC": say("the host is fully indemnified by the others"),
    "ES": say("the whole gain is shared equally"),
}

_FAIR = {"FC": "one host a site, one site a resident, and the least damage at most (n-1)/n of the next"}


@dataclass(frozen=True)
class EqualShare:
    """M-01 in its ``variant`` EQ, FC or ES."""

    variant: str

    @property
    def id(self) -> str:
        """The identifier."""
        return f"M-01:{self.variant}"

    @property
    def title(self) -> Message:
        """What it is called."""
        return _TITLES[self.variant]

    @property
    def requires(self) -> tuple[Knowledge, ...]:
        """EQ and FC must know the damages, ES all utilities; all need binding contracts."""
        return (Knowledge.UTILITIES if self.variant == "ES" else Knowledge.DAMAGES, Knowledge.COMMITMENT)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """As in ATLAS M-01 and 3G."""
        one_host = "one host a site, one site a resident, all benefits alike everywhere"
        return (
            Claim("budget-balanced", True, "sums to zero by construction"),
            Claim("efficient", True, "ATLAS P1.17", f"{one_host}, and everybody gains at the best site"),
            Claim("strategy-proof", False, "ATLAS M-01: the host over-reports"),
            Claim("envy-free", self.variant != "ES", "ATLAS P1.10", _FAIR.get(self.variant, one_host)),
            Claim("anonymous", True, "by construction"),
        )

    def refuses(self, game: OutcomeGame) -> Message | None:
        """EQ and FC need the damages; FC somebody who is not a host."""
        if not isinstance(game, OutcomeGame):  # pyright: ignore[reportUnnecessaryIsInstance]
            return ONLY_OUTCOMES
        if game.stream is not None:
            return say("needs every resident's gains in memory")
        if isinstance(game.rights, Liability):
            return say("the liability rule already compensates the host")
        if self.variant != "ES" and game.parts is None:
            return say("needs the damages, and this case gives only total gains")
        if self.variant == "FC" and any(len(_hosts(game, site)) == len(game.players) for site in game.sites):
            return say("needs somebody who is not a host to pay")
        return None

    def transfers(self, game: OutcomeGame) -> Array:
        """t_i(x) for every row and alternative, shape of the utilities: money received per resident; columns balance."""
        accept(self.refuses(game))
        if self.variant == "ES":
            return game.counts @ game.utilities / game.residents - game.utilities
        damages = game.parts.damages  # type: ignore[union-attr]
        if self.variant == "EQ":
            return damages - game.counts @ damages / game.residents
        return _full_compensation(game, damages)

    def transform(self, game: OutcomeGame) -> OutcomeGame:
        """The game after the transfers."""
        return game.with_utilities(frozen(game.utilities + self.transfers(game)))


def _hosts(game: OutcomeGame, site: int) -> list[int]:
    """The rows to be indemnified: who alone can refuse the site, or where nobody or everybody can, who is damaged by it."""
    members = game.consent_set(site) if isinstance(game.rights, HostConsent) else frozenset[int]()
    return sorted(members) if members else np.flatnonzero(game.parts.damages[:, site] > 0).tolist()  # type: ignore[union-attr]


def _full_compensation(game: OutcomeGame, damages: Array) -> Array:
    transfers = zeros(damages.shape, like=damages)
    for site in game.sites:
        hosts = np.zeros(len(damages), dtype=bool)
        hosts[_hosts(game, site)] = True
        if not hosts.any():
            continue  # nobody to indemnify
        owed = game.counts[hosts] @ damages[hosts, site]
        transfers[:, site] = np.where(hosts, damages[:, site], -owed / int(game.counts[~hosts].sum()))
    return transfers
