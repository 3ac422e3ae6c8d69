"""M-06, the pivotal mechanism (Clarke 1971) for choosing a site: everybody pays what its report costs the others.

Reports v over all alternatives; x* maximises sum_i v_i; t_i = sum_{j != i} v_j(x*) - max_{x in X_-i} sum_{j != i} v_j(x).
What remains possible in i's absence, X_-i, must be declared: all alternatives (*imposition*) or all but the sites over
which i holds a veto (*veto*), the default, because in i's absence its land is not free.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

import numpy as np

from ..errors import InputError
from ..exact import Array, Number, array
from ..message import Message, say
from ..outcome_game import OutcomeGame
from .mechanism import ONLY_OUTCOMES, Claim, Knowledge, Outcome


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
            Claim("coalition-strategy-proof", False, "ATLAS M-06"),
        )

    def refuses(self, game: OutcomeGame) -> Message | None:
        """With veto rights it needs somebody who holds one."""
        if not isinstance(game, OutcomeGame):  # pyright: ignore[reportUnnecessaryIsInstance]
            return ONLY_OUTCOMES
        if self.veto and not any(game.consent_set(site) for site in game.sites):
            return say("nobody holds a veto under {regime}", regime=game.rights.id)
        return None

    def outcome(self, game: OutcomeGame, reports: object = None) -> Outcome:
        """Alternative and transfers for reported gains of shape ``(rows, alternatives)`` (default: the true ones).

        The residents are gone through in blocks, twice, so that a million of them need not stand in memory.
        """
        told = game if reports is None else _told(game, reports)
        total = told.surplus
        chosen = told.largest(total, told.slack * told.residents)
        vetoes = [(x, np.array(sorted(told.consent_set(x)), dtype=np.int64)) for x in told.sites] if self.veto else []
        transfers: list[Array] = []
        first = 0
        for _, v in told.blocks():
            others = total - v
            now = others[:, chosen].copy()
            for x, holders in vetoes:
                here = holders[(holders >= first) & (holders < first + len(v))] - first
                others[here, x] = -inf  # not possible in i's absence
            transfers.append(now - others.max(axis=1))
            first += len(v)
        return Outcome(told.certain(chosen), np.concatenate(transfers))


def _told(game: OutcomeGame, reports: object) -> OutcomeGame:
    v = array(reports, "reports")
    if v.shape != game.utilities.shape:
        raise InputError("{name} of shape {given} must be of shape {shape}", name="reports", given=v.shape, shape=game.utilities.shape)
    return game.with_utilities(v)


def taxes(values: object) -> tuple[int, Array]:
    """The pivotal choice among ``values`` of shape ``(players, options)``, one of which must be taken: the option, and what each pays.

    Ties go to the first option. There is no status quo: for a choice that is made in any case, such as who hosts.
    """
    v = array(values, "values")
    if v.ndim != 2 or not v.size:
        raise InputError("{name} of shape {given} must be of shape {shape}", name="values", given=v.shape, shape="(players, options)")
    total = v.sum(axis=0)
    chosen = max(range(len(total)), key=lambda x: (total[x], -x))
    others = total - v
    return chosen, others.max(axis=1) - others[:, chosen]


@dataclass(frozen=True)
class Redistribution:
    """M-06 by imposition with rebates: everybody gets 1/n of the least that the pivotal rule could collect, whatever it had reported.

    ``domain`` lists the rows (one gain an alternative) that a resident may report. A rebate does not depend on one's own report, so
    truth stays dominant, and all rebates together never exceed what is collected (Bailey 1997; Cavallo 2006).
    """

    domain: tuple[tuple[Number, ...], ...] = ()

    @property
    def id(self) -> str:
        """The identifier."""
        return "M-06:rebate"

    @property
    def title(self) -> Message:
        """What it is called."""
        return say("pivotal mechanism by imposition, the taxes returned as far as truth allows")

    @property
    def requires(self) -> tuple[Knowledge, ...]:
        """No knowledge of utilities, only of what may be reported."""
        return (Knowledge.NONE,)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """As in ATLAS M-06."""
        return (
            Claim("strategy-proof", True, "Cavallo 2006"),
            Claim("efficient", True, "Groves 1973"),
            Claim("no-deficit", True, "Cavallo 2006"),
        )

    def refuses(self, game: OutcomeGame) -> Message | None:
        """It must know what may be reported, and asks everybody."""
        if not isinstance(game, OutcomeGame):  # pyright: ignore[reportUnnecessaryIsInstance]
            return ONLY_OUTCOMES
        if not self.domain:
            return say("must be told which gains may be reported")
        if game.stream is not None or (game.counts != 1).any():
            return say("needs every resident in a row of its own")
        if any(len(row) != len(game.alternatives) for row in self.domain):
            return say("reports must give a gain for each of {n} alternatives", n=len(game.alternatives))
        if not {tuple(row) for row in game.utilities.tolist()} <= set(self.domain):
            return say("somebody gains what may not be reported")
        return None

    def outcome(self, game: OutcomeGame, reports: object = None) -> Outcome:
        """Alternative and transfers for reported gains (default: the true ones), of shape ``(rows, alternatives)``."""
        v = game.utilities if reports is None else _told(game, reports).utilities
        rule = Pivotal(veto=False)
        now = rule.outcome(game, v)
        n = len(game.players)
        rebates = [min(-sum(rule.outcome(game, _with(v, i, row)).transfers) for row in self.domain) / n for i in range(n)]
        return Outcome(now.lottery, now.transfers + np.array(rebates, dtype=now.transfers.dtype))


def _with(v: Array, row: int, report: object) -> Array:
    changed = v.copy()
    changed[row] = np.array(report, dtype=v.dtype)
    return changed
