"""Would anybody rather be in another's place, and could any group do better alone?"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..games.exact import Array, Number
from ..games.mechanisms.mechanism import Outcome
from ..games.outcome_game import OutcomeGame


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
    site the best group is its consent set and everybody who gains by joining (ATLAS H-3). None without benefits and costs.
    """
    if game.parts is None:
        return None
    parts, worst = game.parts, None
    for site in game.sites:
        members = game.consent_set(site)
        gain = parts.benefits[:, site] - parts.damages[:, site] - payoffs
        excess = _best_group(gain, game.counts, members) - parts.costs[site] + parts.grants[site]
        worst = excess if worst is None else max(worst, excess)
    return worst


def _best_group(gain: Array, counts: Array, members: frozenset[int]) -> Any:
    """The largest total gain of a group that contains ``members`` and is neither empty nor everybody."""
    forced = np.array([row in members for row in range(len(gain))])
    joins = forced | (gain > 0)
    if not joins.any():
        return gain.max()
    total = counts[joins] @ gain[joins]
    if joins.all():
        free = [g for g, held in zip(gain, forced) if not held]
        if not free:
            return total - min(gain) if counts.sum() > 1 else total
        return total - min(free)
    return total
