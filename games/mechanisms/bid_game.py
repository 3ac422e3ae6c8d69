"""Sitings with one site a resident as games of bids: everybody bids an amount of a grid for hosting at its own site."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from ..errors import SizeError
from ..exact import Array, Number, array, scaled, zeros
from ..normal_form import NormalForm
from ..outcome_game import OutcomeGame
from ..parameters import labels
from .own_sites import lowest, max_min_bids

LARGEST_FORM = 12_000_000  # payoffs of a game of bids


def own_damages(game: OutcomeGame) -> Array:
    """d_i: what each resident suffers from its own site, shape ``(residents,)``. For games with one host a site."""
    own = zeros(len(game.players), like=game.utilities)
    for site, host in zip(game.sites, game.hosts or ()):
        own[host] = game.parts.damages[host, site]  # type: ignore[union-attr]
    return own


def own_site_of(game: OutcomeGame) -> Array:
    """The site (column) of each resident."""
    own = np.zeros(len(game.players), dtype=np.int64)
    own[list(game.hosts or ())] = game.sites
    return own


def bid_grid(game: OutcomeGame) -> tuple[Number, ...]:
    """0, every max-min bid (n-1)d_i/n and every damage: a grid that holds both ends of the interval of equilibrium bids."""
    d = own_damages(game)
    return tuple(sorted({0 * d[0], *max_min_bids(d), *d}))


def bid_game(game: OutcomeGame, grid: Sequence[Number], order: Sequence[int], payments: Callable[[Array, Array, int], Array]) -> NormalForm:
    """Everybody bids an amount of ``grid`` for its own site; ``payments`` as in :mod:`.own_sites`. Raises :class:`SizeError`."""
    n, k = len(game.players), len(grid)
    if n * k**n > LARGEST_FORM:
        cells = f"{n * k**n:.3g}" if n * k**n < 10**300 else "1e300"
        raise SizeError(
            "the game of bids of {n} residents on {k} amounts has {cells} payoffs; at most {limit} fit",
            n=n, k=k, cells=cells, limit=f"{LARGEST_FORM:,}",
        )  # fmt: skip
    values, denominator = scaled(array([*grid, *game.utilities[:, own_site_of(game)].ravel()]), 4 * n * n)
    bids = values[:k][np.indices([k] * n)]
    host = lowest(bids, order)
    unit = 1 if values.dtype == np.float64 else n * (n - 1)
    table = unit * values[k:].reshape(n, n)[:, host] + payments(bids, host, unit)
    return NormalForm.from_integers(table, denominator * unit, game.players, [labels(grid)] * n)
