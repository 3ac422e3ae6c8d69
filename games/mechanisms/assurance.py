"""Collections for a good, or for the compensation of hosts: M-15 to M-18, each a game of pledges (:mod:`.drive`).

Values v_i, cost C, pledges g_i with sum G. The games are those of :mod:`..provision_point`; a bonus comes from player 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from ..errors import InputError
from ..exact import Number, array
from ..message import Message, say
from ..parameters import amount, grid_of, whole
from ..provision_point import REBATES, provision_point, unequal_assurance
from .drive import COMPENSATIONS, Drive, why_no_drive
from .mechanism import Claim, Form, Knowledge, accept

MOST_PROFILES = 50_000  # of pledges
PARTS = 12  # of the cost, pledged in the default grid
ZERO, ONE = Fraction(0), Fraction(1)


@dataclass(frozen=True)
class ProvisionPoint:
    """M-15 (Bagnoli and Lipman 1989), M-16 with ``rebate="proportional"`` (Marks and Croson 1998), M-18 with ``bonus`` (Zubrickas 2014).

    Made iff G >= C, else everything is refunded, with ``bonus`` g_i / G on top. Without a rebate what exceeds C stays with the fund, or in
    a siting goes to the hosts. ``bonus_share`` sets the bonus to that part of the net value, sum v - C, instead. Pledges are those of
    ``grid``, by default the twelfths of C that are not above everybody's value. ``compensate`` is the hosts' ``damage`` or ``loss``.
    """

    rebate: str = "none"
    bonus: Number = ZERO
    bonus_share: Number = ZERO
    grid: tuple[Number, ...] | None = None
    compensate: str = "damage"

    def __post_init__(self) -> None:
        _check("rebate", self.rebate, REBATES)
        _check("compensate", self.compensate, COMPENSATIONS)
        object.__setattr__(self, "bonus", amount(self.bonus, "bonus", least=ZERO))
        object.__setattr__(self, "bonus_share", amount(self.bonus_share, "bonus_share", least=ZERO))
        if self.grid is not None:
            object.__setattr__(self, "grid", grid_of(self.grid))

    @property
    def _pays(self) -> bool:
        return bool(self.bonus or self.bonus_share)

    @property
    def id(self) -> str:
        """The identifier."""
        return "M-18" if self._pays else "M-15" if self.rebate == "none" else "M-16"

    @property
    def title(self) -> Message:
        """What it is called."""
        if self._pays:
            return say("pledges for the good, refunded with a bonus if it fails")
        if self.rebate == "none":
            return say("pledges for the good, refunded if they fall short")
        return say("pledges for the good, refunded if they fall short, the excess returned in proportion")

    @property
    def requires(self) -> tuple[Knowledge, ...]:
        """Binding pledges; for a bonus, money that backs it, and what the good is worth to all if it is set as a share of that."""
        known = Knowledge.UTILITIES if self.bonus_share else Knowledge.NONE
        return (known, Knowledge.COMMITMENT, *((Knowledge.OUTSIDE_MONEY,) if self._pays else ()))

    @property
    def claims(self) -> tuple[Claim, ...]:
        """As in ATLAS M-15, M-16, M-18 and 3G."""
        fine = "even grid from 0 to the largest value, cost on it; hosts compensated for their loss"
        below = f"{fine}; bonus below net value less one step for every payer but one"
        return (
            Claim("some-equilibrium-efficient", True, "Bagnoli and Lipman 1989", f"{fine}, values on it, no bonus")
            if not self._pays
            else Claim("equilibria-efficient", True, "Zubrickas 2014", below),
            *((Claim("equilibria-efficient", False, "ATLAS M-15: nobody alone bridges the gap"),) if not self._pays else ()),
            Claim("unique-equilibrium-outcome", False, "ATLAS M-15: shares differ"),
            Claim("individually-rational", True, "pledging nothing is never worse than the status quo", "nobody is harmed by the good"),
            *((Claim("no-deficit", True, "by construction"),) if not self._pays else ()),
            *((Claim("budget-balanced", True, "by construction"),) if self.rebate != "none" and not self._pays else ()),
        )

    def refuses(self, game: Any) -> Message | None:
        """It needs somebody to pay, something to pay for, and a game of pledges that fits."""
        reason = why_no_drive(game, self.compensate)
        if reason is not None:
            return reason
        drive = Drive.of(game, self.compensate)
        return _too_many(len(self.pledges(drive)), len(drive.payers))

    def pledges(self, drive: Drive) -> tuple[Fraction, ...]:
        """What each may pledge."""
        if self.grid is not None:
            return tuple(Fraction(g) for g in self.grid)
        top = max(drive.values)
        parts = [drive.cost * k / PARTS for k in range(PARTS + 1)]
        return tuple(g for k, g in enumerate(parts) if k < 2 or g <= top)

    def bonus_of(self, drive: Drive) -> Number:
        """R, shared among those who pledged if the collection fails."""
        net = sum(drive.values, start=ZERO) - drive.cost
        return Fraction(self.bonus) + Fraction(self.bonus_share) * max(net, ZERO)

    def form(self, game: Any) -> Form:
        """The game of pledges, solved for its pure equilibria. Raises :class:`NotApplicable`."""
        accept(self.refuses(game))
        drive = Drive.of(game, self.compensate)
        grid = self.pledges(drive)
        small = provision_point(drive.values, drive.cost, grid, rebate=self.rebate, bonus=self.bonus_of(drive))
        total = sum(np.ix_(*[array(grid)] * len(drive.payers)), start=ZERO)
        return drive.form(small, np.asarray(total >= drive.cost), "pure")


@dataclass(frozen=True)
class DominantAssurance:
    """M-17, the dominant assurance contract (Tabarrok 1998): accept to pay ``price`` if ``needed`` accept; else ``bonus`` for accepting.

    With everybody ``needed`` (None) accepting is dominant where the price is below one's value. By default ``needed`` payers cover the cost
    and ``margin`` of it more, and the bonus is a tenth of a payer's share of the cost.
    """

    price: Number | None = None
    bonus: Number | None = None
    needed: int | None = None
    margin: Number = Fraction(1, 20)
    compensate: str = "loss"

    def __post_init__(self) -> None:
        _check("compensate", self.compensate, COMPENSATIONS)
        object.__setattr__(self, "margin", amount(self.margin, "margin", least=ZERO))
        for name in ("price", "bonus"):
            if getattr(self, name) is not None:
                object.__setattr__(self, name, amount(getattr(self, name), name, least=ZERO))
        if self.needed is not None:
            whole(self.needed, "needed")

    @property
    def id(self) -> str:
        """The identifier."""
        return "M-17" if self.needed is None else f"M-17:{self.needed}"

    @property
    def title(self) -> Message:
        """What it is called."""
        if self.needed is None:
            return say("everybody is asked for the same amount, and paid a bonus if others refuse")
        return say("{k} must accept to pay the same amount, and are paid a bonus if too few do", k=self.needed)

    @property
    def requires(self) -> tuple[Knowledge, ...]:
        """Binding pledges, and money that backs the bonus."""
        return (Knowledge.NONE, Knowledge.COMMITMENT, Knowledge.OUTSIDE_MONEY)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """As in ATLAS M-17 and 3G."""
        below = "price below everybody's value, bonus above 0"
        return (
            Claim("equilibria-efficient", True, "Tabarrok 1998", below),
            Claim("unique-equilibrium-outcome", True, "Tabarrok 1998", below)
            if self.needed is None
            else Claim("unique-equilibrium-outcome", False, "ATLAS M-17: free-riding returns", "more payers than needed"),
            Claim("individually-rational", True, "Tabarrok 1998", below),
            Claim("no-deficit", True, "Tabarrok 1998: the bonus is never paid", below),
        )

    def refuses(self, game: Any) -> Message | None:
        """It needs somebody to pay, something to pay for, and a price that covers it."""
        reason = why_no_drive(game, self.compensate)
        if reason is not None:
            return reason
        drive = Drive.of(game, self.compensate)
        k = self._terms(drive)
        if k.needed > len(drive.payers):
            return say("{k} must accept, and there are only {n} payers", k=k.needed, n=len(drive.payers))
        if k.price * k.needed < drive.cost:
            return say("{k} times {price} does not cover the cost of {cost}", k=k.needed, price=k.price, cost=drive.cost)
        return _too_many(2, len(drive.payers))

    def _terms(self, drive: Drive) -> Terms:
        k = len(drive.payers) if self.needed is None else self.needed
        share = drive.cost / k
        price = share * (1 + Fraction(self.margin)) if self.price is None else Fraction(self.price)
        return Terms(k, price, share / 10 if self.bonus is None else Fraction(self.bonus))

    def form(self, game: Any) -> Form:
        """The game of acceptances. It is solved by dominance where that singles out one profile, else for its pure equilibria."""
        accept(self.refuses(game))
        drive = Drive.of(game, self.compensate)
        terms = self._terms(drive)
        small = unequal_assurance(drive.values, terms.needed, terms.price, terms.bonus)
        n = len(drive.payers)
        dominant = terms.needed == n and terms.bonus > 0 and min(drive.values) > terms.price
        return drive.form(small, np.indices((2,) * n).sum(axis=0) >= terms.needed, "dominance" if dominant else "pure")


@dataclass(frozen=True)
class Terms:
    """How many are ``needed``, the ``price`` each pays, the ``bonus`` if they are too few."""

    needed: int
    price: Fraction
    bonus: Fraction


def _check(name: str, value: str, known: Sequence[str]) -> None:
    if value not in known:
        raise InputError("{name}={value!r} is not known; one of {known}", name=name, value=value, known=list(known))


def _too_many(actions: int, payers: int) -> Message | None:
    profiles = actions**payers
    if profiles <= MOST_PROFILES:
        return None
    shown = f"{profiles:,}" if profiles < 10**15 else "over 1e15"
    return say(
        "{n} payers have {profiles} profiles of pledges; at most {limit} are written out",
        n=payers,
        profiles=shown,
        limit=f"{MOST_PROFILES:,}",
    )
