"""DL-6, what can be proposed in a siting: sites, sites with a compensation that all others pay alike, lotteries of sites."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

import numpy as np

from ..errors import InputError
from ..exact import Array, Number, array, number, zeros
from ..maximin import maximin_lottery
from ..outcome_game import OutcomeGame

CHARGES = 64  # compensations tried at each site
MOST_SUBSETS = 10  # sites up to which every subset makes a lottery


@dataclass(frozen=True, eq=False)
class Proposal:
    """A ``lottery`` over alternatives with ``transfers`` by resident, and what each resident ``gains`` by it over the status quo."""

    name: str
    lottery: Array
    transfers: Array
    gains: Array


def _proposal(game: OutcomeGame, name: str, lottery: Array, transfers: Array) -> Proposal:
    return Proposal(name, lottery, transfers, game.utilities @ lottery + transfers)


def sure(game: OutcomeGame, site: int) -> Array:
    """The lottery that gives ``site`` for sure."""
    lottery = game.certain(site)
    return lottery


def site_proposals(game: OutcomeGame) -> tuple[Proposal, ...]:
    """Every site, without money."""
    nothing = zeros(len(game.players), like=game.utilities)
    return tuple(_proposal(game, game.alternatives[x], sure(game, x), nothing) for x in game.sites)


def compensation_proposals(game: OutcomeGame, charges: int | Sequence[object] = CHARGES) -> tuple[Proposal, ...]:
    """Every site with a compensation c to its host, paid by all others in equal parts (:attr:`OutcomeGame.hosts` must not be None).

    ``charges``: how many values of c, evenly up to what nobody could gain by paying; or the values. c = 0 is among them.
    """
    hosts, n = game.hosts, len(game.players)
    if hosts is None or n < 2:
        raise InputError("compensation is proposed where every site has one host, and somebody else pays")
    if isinstance(charges, int):
        top = (n - 1) * max(game.utilities.max(), 0)
        offers: list[Number] = [top * Fraction(k, charges) if game.exact else float(top) * k / charges for k in range(charges + 1)]
    else:
        offers = [number(c, "charges") for c in charges]
    found: list[Proposal] = []
    for site, host in zip(game.sites, hosts):
        for c in offers:
            transfers = zeros(n, like=game.utilities) - c / (n - 1)
            transfers[host] = c
            found.append(_proposal(game, f"{game.alternatives[site]} + {c}", sure(game, site), transfers))
    return tuple(found)


def lottery_proposals(game: OutcomeGame) -> tuple[Proposal, ...]:
    """Every site, equal chances among the sites of every larger subset (of all sites only, if there are more than ten), and the lottery
    best for whoever gains least."""
    sites, nothing = game.sites, zeros(len(game.players), like=game.utilities)
    sizes = range(1, len(sites) + 1) if len(sites) <= MOST_SUBSETS else (1, len(sites))
    found: list[Proposal] = []
    for size in sizes:
        for chosen in combinations(sites, size):
            lottery = sum(sure(game, x) for x in chosen) / size
            found.append(_proposal(game, "/".join(game.alternatives[x] for x in chosen), np.asarray(lottery), nothing))
    best = array(list(maximin_lottery(game).p))
    found.append(_proposal(game, "maxmin", best if game.exact else best.astype(float), nothing))
    return tuple(found)
