"""Would anybody rather be in another's place, and could any group do better alone?"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np

from ...games.exact import Array, Number
from ...games.mechanisms.mechanism import Outcome
from ...games.outcome_game import OutcomeGame


def envy(game: OutcomeGame, outcome: Outcome) -> Number | None:
    """The most anybody would gain by another's chance of hosting and transfer, in money; at most 0 means envy-free.

    j's position is (probability that j's own site is chosen, j's transfer); i values it as a_i - d_i p_j + t_j (ATLAS P1.10;
    for lotteries before the draw). None unless every site has one host who alone is damaged.
    """
    hosts = game.hosts
    if hosts is None or game.parts is None:
        return None
    own, chance = np.zeros(len(hosts), dtype=object), np.zeros(len(hosts), dtype=object)
    for site, host in zip(game.sites, hosts):
        own[host], chance[host] = game.parts.damages[host, site], outcome.lottery[site]
    value = outcome.transfers[None, :] - own[:, None] * chance[None, :]
    return (value - np.diag(value)[:, None]).max()


def blocking_gain(game: OutcomeGame, payoffs: Array) -> Number | None:
    """The most any group short of everybody could gain together by building alone at a site it controls; at most 0 is stable.

    A group holding all consents of s, paying what the funder does not, gets sum_S (b_i(s) - d_i(s)) - (K_s - G_s). For each
    site the best group is its consent set and everybody who gains by joining (ATLAS H-3); where everybody must consent there
    is none. None without benefits and costs, or where no consent is asked.
    """
    if game.parts is None or not game.consented:
        return None
    parts, worst = game.parts, None
    for site in game.sites:
        members = game.consent_set(site)
        if len(members) == len(payoffs):
            continue
        gain = parts.benefits[:, site] - parts.damages[:, site] - payoffs
        excess = _best_group(gain, game.counts, members) - parts.costs[site] + parts.grants[site]
        worst = excess if worst is None else max(worst, excess)
    return Fraction(0) if worst is None else worst


def _best_group(gain: Array, counts: Array, members: frozenset[int]) -> Any:
    """The largest total gain of a group that contains ``members`` and is neither empty nor everybody."""
    forced = np.zeros(len(gain), dtype=bool)
    forced[list(members)] = True
    joins = forced | (gain > 0)
    if not joins.any():
        return gain.max()
    total = counts[joins] @ gain[joins]
    return total - gain[~forced].min() if joins.all() else total
