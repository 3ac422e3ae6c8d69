"""What is collected for: a good of given cost, or the compensation of those who lose by a facility.

In a siting the collection is for the site of the largest surplus. Its hosts do not pledge: they are whoever may refuse it, or where nobody
or everybody may, whoever loses by it. The cost is their damage (their loss where that is larger, or alone asked for); once it is reached
the site is built, and what is collected goes to the hosts. Whatever is paid out but not collected comes from player 0.

Whether a cost is reached is decided for the rational numbers that floats are; payoffs of a game given in floats are floats.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from ..exact import Array, Number, array
from ..fund import Fund, Provision, transfers_of
from ..message import Message, say
from ..normal_form import NormalForm
from ..outcome_game import OutcomeGame
from ..rights import HostConsent, Liability
from ..siting import by_surplus
from .mechanism import Form, Outcome

COMPENSATIONS = ("damage", "loss")
ZERO, ONE = Fraction(0), Fraction(1)


@dataclass(frozen=True, eq=False)
class Drive:
    """What is collected for in ``game``: ``payers`` (rows), who value it at ``values``, and its ``cost``.

    In a siting ``site`` is the column that is built if the cost is reached, and ``shares[i]`` the part of the money that goes to row i.
    """

    game: Any  # Fund | OutcomeGame
    payers: tuple[int, ...]
    values: tuple[Fraction, ...]
    cost: Fraction
    site: int = 0
    shares: tuple[Fraction, ...] = ()

    @property
    def exact(self) -> bool:
        """Whether the game is given in rational numbers."""
        if isinstance(self.game, Fund):
            return all(isinstance(x, Fraction) for x in (*self.game.values, self.game.cost))
        return self.game.exact

    @classmethod
    def of(cls, game: Any, compensate: str) -> Drive:
        """For a fund its good; for a siting its best site. See :func:`why_no_drive` for what is refused."""
        if isinstance(game, Fund):
            return cls(game, tuple(range(len(game.values))), tuple(Fraction(v) for v in game.values), Fraction(game.cost))
        site = by_surplus(game)[0]
        hosts = _hosts(game, site)
        owed = [Fraction(part) for part in _owed(game, site, hosts, compensate)]
        total = sum(owed, start=ZERO)
        payers = tuple(i for i in range(game.rows) if i not in hosts)
        shares = [ZERO] * game.rows
        for host, part in zip(hosts, owed):
            shares[host] = part / total
        return cls(game, payers, tuple(Fraction(game.utilities[i, site]) for i in payers), total, site, tuple(shares))

    def outcome(self, made: bool, paid: Sequence[Fraction]) -> Any:
        """What comes of it when each payer ``paid`` so much (received, if negative)."""
        given = [ZERO] * len(self.game.players)
        for i, money in zip(self.payers, paid):
            given[i] = -money
        if isinstance(self.game, Fund):
            served = array([Fraction(int(made))] * len(given))
            return Provision(served, self._money(given), self.game.cost if made else ZERO)
        if made:
            collected = sum(paid, start=ZERO)
            given = [money + share * collected for money, share in zip(given, self.shares)]
        lottery = self.game.certain(self.site if made else self.game.status_quo)
        return Outcome(lottery, self._money(given))

    def _money(self, given: Sequence[Fraction]) -> Array:
        return transfers_of(given if self.exact else list(map(float, given)))

    def form(self, small: NormalForm, made: Array, concept: str) -> Form:
        """The exact game ``small`` of the payers with everybody in it; ``made[profile of the payers]``: where the cost is reached."""

        def outcome(play: Sequence[int]) -> Any:
            own = tuple(play[i] for i in self.payers)
            there = bool(made[own])
            return self.outcome(there, [(v if there else ZERO) - Fraction(u) for v, u in zip(self.values, small.payoffs(own))])

        return Form(self._with_hosts(small, made), concept, outcome)

    def _with_hosts(self, small: NormalForm, made: Array) -> NormalForm:
        """The hosts have nothing to decide: one action, ``wait``."""
        players = self.game.players
        if self.exact and len(self.payers) == len(players):
            return NormalForm.from_integers(small.table, small.denominator, players, small.actions)
        payoffs = small.table.astype(object) * Fraction(1, small.denominator)
        collected = sum(self.values, start=ZERO) - payoffs.sum(axis=0)
        rows = dict(zip(self.payers, payoffs))
        for i in range(len(players)):
            if i not in rows:  # the status quo is worth nothing
                rows[i] = (Fraction(self.game.utilities[i, self.site]) + self.shares[i] * collected) * made.astype(int)
        names = dict(zip(self.payers, small.actions))
        actions = [names.get(i, ("wait",)) for i in range(len(players))]
        table = np.stack([rows[i] for i in range(len(players))]).reshape(len(players), *map(len, actions))
        return NormalForm(table if self.exact else table.astype(np.float64), players, actions)


def why_no_drive(game: Any, compensate: str) -> Message | None:
    """Why nothing can be collected for in ``game``, or None."""
    if isinstance(game, Fund):
        return None
    if not isinstance(game, OutcomeGame):
        return say("acts on a fund for a good of given cost, or on a siting, where it compensates the hosts of the best site")
    if game.stream is not None or (game.counts != 1).any():
        return say("needs every resident in a row of its own")
    if isinstance(game.rights, Liability):
        return say("the liability rule already compensates the host")
    if compensate == "damage" and game.parts is None:
        return say("needs the damages, and this case gives only total gains")
    site = by_surplus(game)[0]
    hosts = _hosts(game, site)
    if len(hosts) == game.rows:
        return say("needs somebody who is not a host to pay")
    if sum(_owed(game, site, hosts, compensate), start=ZERO) <= game.slack:
        return say("nobody has to be compensated at the best site, so there is nothing to collect for")
    if any(game.utilities[i, site] < -game.slack for i in range(game.rows) if i not in hosts):
        return say("somebody loses by the best site who cannot refuse it, and the collection would not compensate them")
    return None


def _hosts(game: OutcomeGame, site: int) -> tuple[int, ...]:
    """Who is compensated: whoever may refuse the site; where nobody or everybody may, whoever loses by it."""
    members = game.consent_set(site) if isinstance(game.rights, HostConsent) else frozenset[int]()
    return tuple(sorted(members)) or tuple(i for i in range(game.rows) if game.utilities[i, site] < -game.slack)


def _owed(game: OutcomeGame, site: int, hosts: Sequence[int], compensate: str) -> list[Number]:
    if compensate == "damage":
        return [max(game.parts.damages[i, site], -game.utilities[i, site]) for i in hosts]  # type: ignore[union-attr]
    return [max(-game.utilities[i, site], ZERO) for i in hosts]
