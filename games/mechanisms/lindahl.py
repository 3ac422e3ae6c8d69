"""M-08, Lindahl prices for a siting: everybody pays its own price for each site, and at these prices wants the same one.

Personal charges p_i(s) with sum_i p_i(s) <= 0 everywhere and = 0 at the chosen s*; everybody picks what is best for it at its prices.
The payoffs that such equilibria reach are exactly x >= 0 with sum W* (take p_i(s) = u_i(s) - x_i), so that a rule must choose among
them: in proportion to benefits, x_i = W* b_i / sum b, which divides the whole cost K + d by benefits as the ratio equilibrium of Kaneko
(1977) does. That choice is in the core where benefits are alike everywhere and only hosts are damaged: a group S can get at most
b(S) - (K + d), and has b(S) - (K + d) b(S)/b(N). Other choices need not be: all of W* to one resident leaves the rest to build alone.

Also the textbook case, Lindahl (1919) in the form of Samuelson (1954): u_i = a_i ln G + x_i.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from ..errors import InputError
from ..exact import Array, Number, array, frozen, zeros
from ..message import Message, say
from ..outcome_game import OutcomeGame, Parts
from ..parameters import amount, amounts
from .mechanism import ONLY_OUTCOMES, Claim, Knowledge, Outcome, accept


@dataclass(frozen=True)
class Lindahl:
    """M-08. ``shares`` says how residents share the surplus, by row and resident (any scale); by default their benefits."""

    shares: tuple[Number, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "shares", amounts(self.shares, "shares", least=Fraction(0)) if self.shares else ())
        if self.shares and not any(self.shares):
            raise InputError("shares must not all be zero")

    @property
    def id(self) -> str:
        """The identifier."""
        return "M-08"

    @property
    def title(self) -> Message:
        """What it is called."""
        if self.shares:
            return say("personal prices at which everybody wants the same site, the gain shared as given")
        return say("personal prices at which everybody wants the same site, the gain shared by benefits")

    @property
    def requires(self) -> tuple[Knowledge, ...]:
        """All utilities, and binding payments."""
        return (Knowledge.UTILITIES, Knowledge.COMMITMENT)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """As in ATLAS M-08 and 3G; in the core only when shared by benefits."""
        return (
            Claim("efficient", True, "Lindahl 1919", "all utilities are known"),
            Claim("budget-balanced", True, "sums to zero by construction"),
            Claim("individually-rational", True, "Lindahl 1919"),
            Claim("strategy-proof", False, "Samuelson 1954: report less and ride free"),
            Claim("envy-free", False, "ATLAS Appendix B"),
            Claim("anonymous", not self.shares, "by construction", "" if self.shares else "no two sites of the largest surplus"),
            *self._core,
        )

    @property
    def _core(self) -> tuple[Claim, ...]:
        alone = "benefits are alike everywhere, and only hosts are damaged"
        return () if self.shares else (Claim("coalition-stable", True, "Kaneko 1977; ATLAS P1.11", alone),)

    def refuses(self, game: OutcomeGame) -> Message | None:
        """It needs residents' benefits, or their shares, and nobody else who pays."""
        if not isinstance(game, OutcomeGame):  # pyright: ignore[reportUnnecessaryIsInstance]
            return ONLY_OUTCOMES
        if game.stream is not None:
            return say("needs every resident's gains in memory")
        if game.grants.any():
            return say("needs residents who bear all costs: the prices do not pay the funder")
        if self.shares:
            return None if len(self.shares) == game.rows else say("{given} shares for {rows} rows", given=len(self.shares), rows=game.rows)
        if game.parts is None:
            return say("needs the benefits, and this case gives only total gains")
        b = game.parts.benefits[:, game.best]
        if (b < 0).any() or (game.best != game.status_quo and not b.any()):
            return say("needs benefits that are not negative, and somebody who benefits")
        return None

    def payoffs(self, game: OutcomeGame) -> Array:
        """x_i: what everybody gains, by row and resident. Raises :class:`NotApplicable`."""
        accept(self.refuses(game))
        if game.best == game.status_quo:
            return zeros(game.rows, like=game.utilities)
        weights = array(self.shares, "shares") if self.shares else game.parts.benefits[:, game.best]  # type: ignore[union-attr]
        weights = weights if game.exact else weights.astype(np.float64)
        return game.surplus[game.best] * weights / (game.counts @ weights)

    def prices(self, game: OutcomeGame) -> Array:
        """p_i(s), what a resident of row i is charged at alternative s: shape of the utilities, nothing at the status quo.

        Columns sum to W(s) - W*: nothing is left over at the chosen site, and outside money would be needed nowhere.
        """
        charged = game.utilities - self.payoffs(game)[:, None]
        charged[:, game.status_quo] = 0 * charged[:, game.status_quo]
        return frozen(charged)

    def outcome(self, game: OutcomeGame, reports: object = None) -> Outcome:
        """The site of the largest surplus (the status quo, then the lowest index, wins ties), and what everybody receives there.

        ``reports`` may give benefits other than the true ones, by row, alike everywhere.
        """
        told = game if reports is None else _told(game, reports)
        paid = self.prices(told)[:, told.best]
        lottery = told.certain(told.best)
        return Outcome(lottery, frozen(-paid))


def _told(game: OutcomeGame, reports: object) -> OutcomeGame:
    b, parts = array(reports, "reports"), game.parts
    if parts is None or b.shape != (game.rows,):
        raise InputError("reports must be {n} numbers, none negative", n=game.rows)
    benefits = parts.benefits + (b[:, None] - parts.benefits)
    benefits[:, game.status_quo] = 0 * benefits[:, game.status_quo]
    told = Parts(benefits, parts.damages, parts.fees, parts.costs, parts.grants)
    return OutcomeGame.from_parts(
        told, alternatives=game.alternatives, status_quo=game.status_quo, rights=game.rights, players=game.players, counts=game.counts
    )


@dataclass(frozen=True)
class LogLindahl:
    """The ``level`` of a good at the personal ``prices`` a unit, and the level ``voluntary`` giving reaches."""

    level: Number
    prices: tuple[Number, ...]
    voluntary: Number


def log_lindahl(a: object, cost: object = 1) -> LogLindahl:
    """Lindahl prices where u_i = a_i ln G + x_i and a unit of G takes ``cost``; exact.

    At price p_i player i wants a_i/p_i; all want the same G and pay its cost iff G = sum a / cost and p_i = cost a_i / sum a. Giving
    freely, everybody stops where a_i/G falls below the cost, so the keenest alone decides: G = max a / cost.
    """
    keen, unit = amounts(a, "a", least=Fraction(0)), amount(cost, "cost", above=Fraction(0))
    total = sum(keen, start=Fraction(0))
    if not total:
        raise InputError("a={value} must be more than 0 for somebody", value=keen)
    return LogLindahl(total / unit, tuple(unit * k / total for k in keen), max(keen) / unit)
