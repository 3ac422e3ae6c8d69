"""Hypothesis strategies for the games of encompass, for property-based tests of solvers and mechanisms.

Numbers are small integers, so that ties, where collective action hides its difficulties, are common and shrink well.
"""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from .games.exact import array
from .games.normal_form import NormalForm
from .games.outcome_game import OutcomeGame, Parts
from .games.rights import HostConsent, Imposition, Quota, Unanimity


@st.composite
def normal_forms(draw: st.DrawFn, min_players: int = 2, max_players: int = 3, max_actions: int = 3, largest: int = 3) -> NormalForm:
    """Normal forms with integer payoffs from ``-largest`` to ``largest``."""
    shape = draw(st.lists(st.integers(1, max_actions), min_size=min_players, max_size=max_players))
    n_payoffs = len(shape) * int(np.prod(shape))
    payoffs = draw(st.lists(st.integers(-largest, largest), min_size=n_payoffs, max_size=n_payoffs))
    return NormalForm(np.array(payoffs, dtype=np.int64).reshape(len(shape), *shape))


@st.composite
def sitings(draw: st.DrawFn, min_residents: int = 2, max_residents: int = 5, standoff: bool = False) -> OutcomeGame:
    """One site a resident, damage at one's own site only, host consent; with ``standoff`` every host loses (a < d)."""
    n = draw(st.integers(min_residents, max_residents))
    a = draw(st.lists(st.integers(1, 10), min_size=n, max_size=n))
    d = [draw(st.integers(gain + 1 if standoff else 1, 40)) for gain in a]
    return siting(a, d)


def siting(a: list[int], d: list[int], rights: object = None) -> OutcomeGame:
    """Resident i gains ``a[i]`` from a facility anywhere, and loses ``d[i]`` when it stands at its own site, site i."""
    n = len(a)
    zero = [0] * (n + 1)
    parts = Parts(
        benefits=array([[0, *[gain] * n] for gain in a]),
        damages=array([[0, *[d[i] if i == j else 0 for j in range(n)]] for i in range(n)]),
        fees=array([zero] * n),
        costs=array(zero),
        grants=array(zero),
    )
    hosts = HostConsent((frozenset(), *(frozenset([i]) for i in range(n))))
    return OutcomeGame.from_parts(parts, rights=hosts if rights is None else rights)


@st.composite
def outcome_games(draw: st.DrawFn, max_rows: int = 5, max_sites: int = 4, max_count: int = 3, consent: bool = False) -> OutcomeGame:
    """Arbitrary gains over some sites, rows of several residents alike, and a rights regime (``consent``: host consent)."""
    rows, sites = draw(st.integers(1, max_rows)), draw(st.integers(1, max_sites))
    gains = [[0, *draw(st.lists(st.integers(-6, 6), min_size=sites, max_size=sites))] for _ in range(rows)]
    counts = draw(st.lists(st.integers(1, max_count), min_size=rows, max_size=rows))
    members = [draw(st.frozensets(st.integers(0, rows - 1), min_size=1)) for _ in range(sites)]
    host = HostConsent((frozenset(), *members))
    rights = host if consent else draw(st.sampled_from([host, Unanimity(), Imposition(), Quota()]))
    return OutcomeGame(gains, rights=rights, counts=counts)
