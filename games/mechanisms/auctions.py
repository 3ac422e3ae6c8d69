"""Rules that find the host by bids or reports of damage: the low-bid auction (M-02) and fair imposition (M-04).

Both act where every site has one host who alone is damaged by it, one site a resident; the decision to build is taken.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from ..errors import InputError
from ..exact import Array, array, zeros
from ..message import Message, say
from ..outcome_game import OutcomeGame
from ..siting import why_not_one_host
from .mechanism import Claim, Knowledge, Outcome


def own_damages(game: OutcomeGame) -> Array:
    """d_i: what each resident suffers from its own site, shape ``(residents,)``. For games with one host a site."""
    own = zeros(len(game.players), like=game.utilities)
    for site, host in zip(game.sites, game.hosts or ()):
        own[host] = game.parts.damages[host, site]  # type: ignore[union-attr]
    return own


def _site_of(game: OutcomeGame, host: int) -> int:
    return game.sites[(game.hosts or ()).index(host)]


def _reports(game: OutcomeGame, reports: object, default: Array) -> Array:
    if reports is None:
        return default
    given = array(reports)
    if given.shape != default.shape or (given < 0).any():
        raise InputError("reports must be {n} numbers, none negative", n=len(default))
    return given


def _build(game: OutcomeGame, host: int) -> Array:
    lottery = zeros(len(game.alternatives), like=game.utilities)
    lottery[_site_of(game, host)] = Fraction(1) if lottery.dtype == object else 1.0
    return lottery


@dataclass(frozen=True)
class LowBid:
    """M-02, Kunreuther and Kleindorfer (1986): the lowest bid hosts and receives its bid, everybody else pays its own bid/(n-1).

    Played by max-min bids x_i = (n-1)d_i/n, which guarantee what a uniform lottery gives. What is paid in beyond the
    host's bid is kept, or with ``rebate`` returned in equal shares.
    """

    rebate: bool = False

    @property
    def id(self) -> str:
        """The identifier."""
        return "M-02:rebate" if self.rebate else "M-02"

    @property
    def title(self) -> Message:
        """What it is called."""
        return say("low-bid auction, the surplus returned in equal shares") if self.rebate else say("low-bid auction")

    @property
    def requires(self) -> tuple[Knowledge, ...]:
        """No knowledge of utilities, but binding bids."""
        return (Knowledge.NONE, Knowledge.COMMITMENT)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """As in ATLAS M-02 and 3G."""
        return (
            Claim("efficient", True, "Kunreuther and Kleindorfer 1986", "max-min bids"),
            Claim("budget-balanced", self.rebate, "ATLAS M-02"),
            Claim("no-deficit", True, "ATLAS M-02"),
            Claim("strategy-proof", False, "ATLAS M-02"),
            Claim("anonymous", True, "by construction, ties aside"),
        )

    def refuses(self, game: OutcomeGame) -> Message | None:
        """It needs one host a site."""
        return why_not_one_host(game)

    def bids(self, game: OutcomeGame) -> Array:
        """The max-min bids (n-1)d_i/n."""
        n = len(game.players)
        return own_damages(game) * (n - 1) / n

    def outcome(self, game: OutcomeGame, reports: object = None) -> Outcome:
        """Host, site and transfers for the bids ``reports`` (default: max-min bids); ties to the lowest index."""
        bids = _reports(game, reports, self.bids(game))
        n = len(bids)
        host = int(np.argmin(bids))
        transfers = -bids / (n - 1)
        transfers[host] = bids[host]
        if self.rebate:
            transfers = transfers - transfers.sum() / n
        return Outcome(_build(game, host), transfers)


@dataclass(frozen=True)
class FairImposition:
    """M-04: a Groves rule for one chore with Bailey-Cavallo charges (Bailey 1997; Cavallo 2006; Porter, Shoham, Tennenholtz 2004).

    Reports r of damage; host = argmin r; t_i = [i hosts] min_{j != i} r_j - r2_{-i}/n, where r2_{-i} is the second-lowest
    report of the others (0 for n = 2). Telling the truth is dominant; what is left over is not paid out.
    """

    @property
    def id(self) -> str:
        """The identifier."""
        return "M-04"

    @property
    def title(self) -> Message:
        """What it is called."""
        return say("fair imposition: the least-damaged host is paid by all, truth is dominant")

    @property
    def requires(self) -> tuple[Knowledge, ...]:
        """No knowledge of damages; authority to impose the result."""
        return (Knowledge.NONE, Knowledge.COMMITMENT)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """As in ATLAS M-04 and 3G."""
        return (
            Claim("strategy-proof", True, "Groves 1973"),
            Claim("efficient", True, "Groves 1973"),
            Claim("no-deficit", True, "Bailey 1997; Cavallo 2006", "three residents or more"),
            Claim("budget-balanced", False, "Green and Laffont 1979"),
            Claim("individually-rational", False, "ATLAS M-04"),
            Claim("anonymous", True, "by construction, ties aside"),
            Claim("envy-free", False, "ATLAS 3G"),
        )

    def refuses(self, game: OutcomeGame) -> Message | None:
        """It needs one host a site."""
        return why_not_one_host(game)

    def outcome(self, game: OutcomeGame, reports: object = None) -> Outcome:
        """Host, site and transfers for reported damages (default: the true ones); ties to the lowest index."""
        r = _reports(game, reports, own_damages(game))
        n = len(r)
        host = int(np.argmin(r))
        order = np.argsort(r, kind="stable")
        transfers = zeros(n, like=r)
        for i in range(n):
            others = [r[j] for j in order[:3] if j != i]  # the lowest reports of the others
            charge = others[1] / n if n > 2 else 0
            transfers[i] = (others[0] if i == host else 0) - charge
        return Outcome(_build(game, host), transfers)
