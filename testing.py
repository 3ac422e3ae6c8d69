"""The kit for testing solvers and mechanisms: Hypothesis strategies for what encompass plays on, and ``check_mechanism``.

Numbers are small integers, so that ties, where collective action hides its difficulties, are common and shrink well. Hypothesis is
loaded when a strategy is asked for.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np

from .games.counted_game import SymmetricGame, count_vectors
from .games.environment import Environment, Types
from .games.exact import array
from .games.normal_form import NormalForm
from .games.outcome_game import OutcomeGame, Parts
from .games.rights import HostConsent, Imposition, Quota, Rights, Unanimity
from .solvers.audit.kit import check_mechanism
from .solvers.audit.search import Situation, hostings, types_of, votes_on_projects

if TYPE_CHECKING:
    from hypothesis import strategies as st
    from hypothesis.strategies import SearchStrategy

__all__ = [
    "check_mechanism",
    "coalitions",
    "environments",
    "hostings",
    "layouts",
    "networks",
    "normal_forms",
    "outcome_games",
    "quotas",
    "siting",
    "sitings",
    "symmetric_games",
    "type_profiles",
    "valuations",
    "votes_on_projects",
]

Network = tuple[tuple[int, int], ...]  # edges between players numbered from 0, each once


def normal_forms(min_players: int = 2, max_players: int = 3, max_actions: int = 3, largest: int = 3) -> SearchStrategy[NormalForm]:
    """Normal forms with integer payoffs from ``-largest`` to ``largest``."""
    from hypothesis import strategies as st

    @st.composite
    def build(draw: st.DrawFn) -> NormalForm:
        shape = draw(st.lists(st.integers(1, max_actions), min_size=min_players, max_size=max_players))
        n_payoffs = len(shape) * int(np.prod(shape))
        payoffs = draw(st.lists(st.integers(-largest, largest), min_size=n_payoffs, max_size=n_payoffs))
        return NormalForm(np.array(payoffs, dtype=np.int64).reshape(len(shape), *shape))

    return build()


def symmetric_games(min_players: int = 2, max_players: int = 5, max_actions: int = 2, largest: int = 3) -> SearchStrategy[SymmetricGame]:
    """Games of like players with integer payoffs: for every own action and every count of the others' actions."""
    from hypothesis import strategies as st

    @st.composite
    def build(draw: st.DrawFn) -> SymmetricGame:
        n, k = draw(st.integers(min_players, max_players)), draw(st.integers(2, max_actions))
        rows = [draw(st.lists(st.integers(-largest, largest), min_size=k, max_size=k)) for _ in count_vectors(n - 1, k)]
        paid = {tuple(int(c) for c in others): row for others, row in zip(count_vectors(n - 1, k), rows)}
        return SymmetricGame.of(
            lambda action, others: paid[tuple(int(c) for c in others)][action], players=n, actions=[str(a + 1) for a in range(k)]
        )

    return build()


def sitings(min_residents: int = 2, max_residents: int = 5, standoff: bool = False) -> SearchStrategy[OutcomeGame]:
    """One site a resident, damage at one's own site only, host consent; with ``standoff`` every host loses (a < d)."""
    from hypothesis import strategies as st

    @st.composite
    def build(draw: st.DrawFn) -> OutcomeGame:
        n = draw(st.integers(min_residents, max_residents))
        a = draw(st.lists(st.integers(1, 10), min_size=n, max_size=n))
        d = [draw(st.integers(gain + 1 if standoff else 1, 40)) for gain in a]
        return siting(a, d)

    return build()


def siting(a: list[int], d: list[int], rights: object = None) -> OutcomeGame:
    """Resident i gains ``a[i]`` from a facility anywhere, and loses ``d[i]`` when it stands at its own site, site i."""
    return _laid_out(a, d, [{i} for i in range(len(a))], rights)


def _laid_out(a: list[int], d: list[int], damaged: list[set[int]], rights: Any = None) -> OutcomeGame:
    n, m = len(a), len(damaged)
    zero = [0] * (m + 1)
    parts = Parts(
        benefits=array([[0, *[gain] * m] for gain in a]),
        damages=array([[0, *[d[i] if i in near else 0 for near in damaged]] for i in range(n)]),
        fees=array([zero] * n),
        costs=array(zero),
        grants=array(zero),
    )
    hosts = HostConsent((frozenset(), *map(frozenset, damaged)))
    return OutcomeGame.from_parts(parts, rights=hosts if rights is None else rights)


def layouts(max_residents: int = 5, max_sites: int = 4, shared: bool = True) -> SearchStrategy[OutcomeGame]:
    """Sitings in which a site damages those who live beside it, one resident or (``shared``) several, who must all consent."""
    from hypothesis import strategies as st

    @st.composite
    def build(draw: st.DrawFn) -> OutcomeGame:
        n, m = draw(st.integers(2, max_residents)), draw(st.integers(1, max_sites))
        a = draw(st.lists(st.integers(1, 10), min_size=n, max_size=n))
        d = draw(st.lists(st.integers(1, 40), min_size=n, max_size=n))
        near = st.frozensets(st.integers(0, n - 1), min_size=1, max_size=n if shared else 1)
        return _laid_out(a, d, [set(draw(near)) for _ in range(m)])

    return build()


def outcome_games(max_rows: int = 5, max_sites: int = 4, max_count: int = 3, consent: bool = False) -> SearchStrategy[OutcomeGame]:
    """Arbitrary gains over some sites, rows of several residents alike, and a rights regime (``consent``: host consent)."""
    from hypothesis import strategies as st

    @st.composite
    def build(draw: st.DrawFn) -> OutcomeGame:
        rows, sites = draw(st.integers(1, max_rows)), draw(st.integers(1, max_sites))
        gains = [[0, *draw(st.lists(st.integers(-6, 6), min_size=sites, max_size=sites))] for _ in range(rows)]
        counts = draw(st.lists(st.integers(1, max_count), min_size=rows, max_size=rows))
        members = [draw(st.frozensets(st.integers(0, rows - 1), min_size=1)) for _ in range(sites)]
        host = HostConsent((frozenset(), *members))
        rights: Rights = host if consent else draw(st.sampled_from([host, Unanimity(), Imposition(), Quota()]))
        return OutcomeGame(gains, rights=rights, counts=counts)

    return build()


def valuations(players: int, options: int, least: int = -9, largest: int = 9) -> SearchStrategy[tuple[tuple[int, ...], ...]]:
    """What each of ``options`` is worth to each player, one row a player."""
    from hypothesis import strategies as st

    return st.tuples(*[st.tuples(*[st.integers(least, largest)] * options)] * players)


def type_profiles(environment: Environment) -> SearchStrategy[Types]:
    """One type of each player; in an interval whole numbers, then fractions."""
    from hypothesis import strategies as st

    return st.tuples(*map(types_of, environment.types))


def environments(**bounds: Any) -> SearchStrategy[Environment]:
    """Finite environments with few players and types: sitings and choices among projects. ``bounds``: of both families."""
    return (hostings(**bounds) | votes_on_projects(**bounds)).map(_environment)


def _environment(situation: Situation) -> Environment:
    return situation[0]


def networks(min_players: int = 2, max_players: int = 6) -> SearchStrategy[tuple[int, Network]]:
    """How many players there are, and who is the neighbour of whom."""
    from hypothesis import strategies as st

    def edges(n: int) -> SearchStrategy[tuple[int, Network]]:
        pairs = list(combinations(range(n), 2))
        chosen = st.lists(st.sampled_from(pairs), unique=True) if pairs else st.just([])
        return chosen.map(lambda found: (n, tuple(sorted(found))))

    return st.integers(min_players, max_players).flatmap(edges)


def coalitions(players: int, least: int = 1) -> SearchStrategy[frozenset[int]]:
    """Groups of players numbered from 0."""
    from hypothesis import strategies as st

    return st.frozensets(st.integers(0, players - 1), min_size=least)


def quotas(residents: int) -> SearchStrategy[Quota]:
    """Votes needed to pass and votes that must be cast, in heads."""
    from hypothesis import strategies as st

    return st.builds(Quota, st.integers(1, residents), st.integers(0, residents))
