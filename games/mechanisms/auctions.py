"""Rules that find the host by bids or reports of damage: the low-bid auction (M-02), second-price siting (M-03), fair imposition (M-04).

All act where every site has one host who alone is damaged by it, one site a resident; the decision to build is taken. What the rules
decide stands in :mod:`.own_sites`; here they meet games, and the auctions become games of bids.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from ..errors import InputError, NotApplicable
from ..exact import Array, Number, array
from ..message import Message, say
from ..outcome_game import OutcomeGame
from ..parameters import grid_of
from ..siting import why_not_one_host
from .bid_game import bid_game, bid_grid, own_damages, own_site_of
from .mechanism import ONLY_OUTCOMES, Claim, Form, Knowledge, Outcome
from .own_sites import (
    Hosting,
    fair_imposition,
    low_bid_outcome,
    low_bid_payments,
    max_min_bids,
    second_price_outcome,
    second_price_payments,
)

_BUILT = "something is built in any case, and benefits are alike everywhere"
_ON_GRID = f"{_BUILT}; every max-min bid is on the grid"


def refuses_own_sites(game: object, order: Sequence[int] = ()) -> Message | None:
    """Why a rule for one host a site does not act on ``game``; the ``order`` of ties must list everybody."""
    if not isinstance(game, OutcomeGame):
        return ONLY_OUTCOMES
    if order and sorted(order) != list(range(game.rows)):
        return say("the order of ties must list every resident 0 to {last} once", last=game.rows - 1)
    return why_not_one_host(game)


def _checked(game: OutcomeGame, order: Sequence[int] = ()) -> None:
    reason = refuses_own_sites(game, order)
    if reason is not None:
        raise NotApplicable(reason)


def _reports(reports: object, default: Array) -> Array:
    if reports is None:
        return default
    given = array(reports)
    if given.shape != default.shape or (given < 0).any():
        raise InputError("reports must be {n} numbers, none negative", n=len(default))
    return given


def _outcome(game: OutcomeGame, decided: Hosting) -> Outcome:
    lottery = game.certain(own_site_of(game)[decided.host])
    return Outcome(lottery, decided.transfers)


@dataclass(frozen=True)
class LowBid:
    """M-02, Kunreuther and Kleindorfer (1986): the lowest bid hosts and receives its bid, everybody else pays its own bid/(n-1).

    Played by max-min bids x_i = (n-1)d_i/n, which guarantee what a uniform lottery gives. What is paid in beyond the
    host's bid is kept, or with ``rebate`` returned in equal shares. Ties go to the first in ``order`` (a list of residents; by default
    the lowest index). As a game, bids come from ``grid`` (by default :func:`bid_grid`): where the first in order is the least damaged
    resident, and both ends are on the grid, common bids are equilibria exactly from (n-1)d_1/n to (n-1)d_2/n, d_1 <= d_2 the two
    least damages; and in every pure equilibrium a resident of least damage hosts, if every max-min bid is on the grid.
    """

    rebate: bool = False
    grid: tuple[Number, ...] = ()
    order: tuple[int, ...] = ()
    played: ClassVar[str] = "max-min"

    def __post_init__(self) -> None:
        object.__setattr__(self, "grid", grid_of(self.grid) if self.grid else ())
        object.__setattr__(self, "order", tuple(map(int, self.order)))

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
            Claim("efficient", True, "Kunreuther and Kleindorfer 1986", f"max-min bids; {_BUILT}"),
            Claim("budget-balanced", self.rebate, "ATLAS M-02"),
            Claim("no-deficit", True, "ATLAS M-02", "any bids"),
            Claim("strategy-proof", False, "ATLAS M-02"),
            Claim("individually-rational", False, "ATLAS M-02", "somebody gains less than d_i/n elsewhere"),
            Claim("envy-free", False, "ATLAS Appendix B", "max-min bids, three residents or more"),
            Claim("anonymous", True, "by construction", "no two bids alike"),
            Claim("equilibria-efficient", True, "ATLAS F-KK, on a grid: see the tests", _ON_GRID),
            Claim("unique-equilibrium-outcome", False, "ATLAS P1.10"),
        )

    def refuses(self, game: OutcomeGame) -> Message | None:
        """It needs one host a site."""
        return refuses_own_sites(game, self.order)

    def bids(self, game: OutcomeGame) -> Array:
        """The max-min bids (n-1)d_i/n."""
        return max_min_bids(own_damages(game))

    def outcome(self, game: OutcomeGame, reports: object = None) -> Outcome:
        """Host, site and transfers for the bids ``reports`` (default: max-min bids)."""
        _checked(game, self.order)
        damages = own_damages(game)
        return _outcome(game, low_bid_outcome(damages, _reports(reports, max_min_bids(damages)), self.rebate, self.order))

    def form(self, game: OutcomeGame) -> Form:
        """The game of bids with complete information, for pure equilibria. Raises :class:`SizeError`."""
        _checked(game, self.order)
        grid = self.grid or bid_grid(game)
        bids = bid_game(game, grid, self.order, lambda x, host, unit: low_bid_payments(x, host, self.rebate, unit))
        return Form(bids, "pure", lambda play: self.outcome(game, [grid[k] for k in play]))


@dataclass(frozen=True)
class SecondPrice:
    """M-03: the lowest bid hosts and receives the second-lowest bid, financed equally by the others; or the highest bid.

    ``price="second"`` is our rendering of the siting procedure of Minehart and Neeman (2002), whose original rule was not re-read [U];
    ``price="highest"`` that of O'Sullivan (1993), of which only the abstract was read (its Bayesian equilibria are efficient, voluntary
    and need no money [C]). Bidding the truth is efficient but no equilibrium: who bids second-lowest sets its own payment. With the second
    price two lowest bids are equal in equilibrium and lie in the interval of :class:`LowBid`; other bids above them change nothing.
    """

    price: str = "second"
    grid: tuple[Number, ...] = ()
    order: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if self.price not in ("second", "highest"):
            raise InputError("{name}={value!r} is not known; one of {known}", name="price", value=self.price, known=["second", "highest"])
        object.__setattr__(self, "grid", grid_of(self.grid) if self.grid else ())
        object.__setattr__(self, "order", tuple(map(int, self.order)))

    @property
    def id(self) -> str:
        """The identifier."""
        return "M-03" if self.price == "second" else "M-03:highest"

    @property
    def title(self) -> Message:
        """What it is called."""
        if self.price == "second":
            return say("second-price siting: the lowest bid hosts for the second-lowest bid")
        return say("second-price siting: the lowest bid hosts for the highest bid")

    @property
    def requires(self) -> tuple[Knowledge, ...]:
        """No knowledge of utilities, but binding bids."""
        return (Knowledge.NONE, Knowledge.COMMITMENT)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """As in ATLAS M-03 and 3G; those of equilibria hold for the second price."""
        return (
            Claim("efficient", True, "ATLAS M-03", f"true bids; {_BUILT}"),
            Claim("budget-balanced", True, "sums to zero by construction"),
            Claim("strategy-proof", False, "ATLAS M-03: who bids second-lowest sets its own payment"),
            Claim("individually-rational", False, "ATLAS 3G"),
            Claim("envy-free", False, "ATLAS Appendix B"),
            Claim("anonymous", True, "by construction", "no two bids alike"),
            Claim(
                "equilibria-efficient",
                self.price == "second",
                "ATLAS M-03, on a grid: see the tests" if self.price == "second" else "found by solving the game of bids",
                _ON_GRID if self.price == "second" else "three residents or more",
            ),
        )

    def refuses(self, game: OutcomeGame) -> Message | None:
        """It needs one host a site."""
        return refuses_own_sites(game, self.order)

    def outcome(self, game: OutcomeGame, reports: object = None) -> Outcome:
        """Host, site and transfers for the bids ``reports`` (default: the true damages)."""
        _checked(game, self.order)
        bids = _reports(reports, own_damages(game))
        return _outcome(game, second_price_outcome(bids, self.price == "highest", self.order))

    def form(self, game: OutcomeGame) -> Form:
        """The game of bids with complete information, for pure equilibria. Raises :class:`SizeError`."""
        _checked(game, self.order)
        grid = self.grid or bid_grid(game)
        bids = bid_game(game, grid, self.order, lambda x, host, unit: second_price_payments(x, host, self.price == "highest", unit))
        return Form(bids, "pure", lambda play: self.outcome(game, [grid[k] for k in play]))


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
            Claim("efficient", True, "Groves 1973", _BUILT),
            Claim("no-deficit", True, "Bailey 1997; Cavallo 2006", "three residents or more"),
            Claim("budget-balanced", False, "Green and Laffont 1979"),
            Claim("individually-rational", False, "ATLAS M-04"),
            Claim("anonymous", True, "by construction", "no two reports alike"),
            Claim("envy-free", False, "ATLAS 3G"),
            Claim("group-strategy-proof", False, "ATLAS M-04", "four residents or more"),
            Claim("coalition-strategy-proof", False, "ATLAS M-04", "three residents or more"),
        )

    def refuses(self, game: OutcomeGame) -> Message | None:
        """It needs one host a site."""
        return refuses_own_sites(game)

    def outcome(self, game: OutcomeGame, reports: object = None) -> Outcome:
        """Host, site and transfers for reported damages (default: the true ones); ties to the lowest index."""
        _checked(game)
        return _outcome(game, fair_imposition(_reports(reports, own_damages(game))))
