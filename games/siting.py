"""Siting as approvals: everybody says which sites they accept; the first site with enough acceptances is built.

*Consent game* (form 1a): site s needs every member of its consent set H(s). *Vote* (form 1d): it needs a quota of all
residents. Sites are taken in order of priority: largest surplus first, lowest index among equals, which for a facility
that serves everybody alike is the site of least damage. No site with enough acceptances leaves the status quo.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np

from .errors import InputError, NotApplicable
from .exact import Array, scaled
from .message import Message, say
from .normal_form import NormalForm, check_size
from .outcome_game import OutcomeGame
from .rights import Quota


@dataclass(frozen=True, eq=False)
class ConsentGame:
    """The consent game of ``game``: ``priority`` lists its sites (columns) in the order in which they are taken.

    A profile is the set of sites each row accepts among those it holds a veto over (``holdings``).
    """

    game: OutcomeGame
    priority: tuple[int, ...]

    @property
    def players(self) -> tuple[str, ...]:
        """The rows of the outcome game; a row of several residents stands for all of them."""
        return self.game.players

    @cached_property
    def holdings(self) -> dict[int, tuple[int, ...]]:
        """The sites over which each row holds a veto, for the rows that hold any."""
        held: dict[int, list[int]] = {}
        for site in self.priority:
            for row in self.game.consent_set(site):
                held.setdefault(row, []).append(site)
        return {row: tuple(held[row]) for row in sorted(held)}

    @cached_property
    def vetoes(self) -> tuple[Array, Array, Array]:
        """The rows that hold a veto; by row and site (in order of priority) whether it holds one, and whether it alone does."""
        rows = np.array(list(self.holdings), dtype=np.int64)
        held = np.zeros((len(rows), len(self.priority)), dtype=bool)
        place = {row: k for k, row in enumerate(rows.tolist())}
        for j, site in enumerate(self.priority):
            held[[place[row] for row in self.game.consent_set(site)], j] = True
        sole = (held.sum(axis=0) == 1)[None, :] & (self.game.counts[rows] == 1)[:, None]
        return rows, held, held & sole

    @cached_property
    def roles(self) -> tuple[tuple[str, int, tuple[int, ...]], ...]:
        """Name, number of residents and sites of everybody who holds a veto; rows with the same sites are one role."""
        alike: dict[tuple[int, ...], list[int]] = {}
        for row, sites in self.holdings.items():
            alike.setdefault(sites, []).append(row)
        counts, names = self.game.counts, self.game.alternatives
        return tuple(
            (self.game.players[rows[0]] if len(rows) == 1 else "+".join(names[x] for x in sites), int(counts[rows].sum()), sites)
            for sites, rows in alike.items()
        )

    @property
    def actions(self) -> dict[int, int]:
        """How many actions each row with a veto has: the subsets of its holdings."""
        return {row: 2 ** len(sites) for row, sites in self.holdings.items()}

    def outcome(self, accepted: Sequence[frozenset[int]]) -> int:
        """The site built when row i accepts ``accepted[i]``."""
        for site in self.priority:
            if all(site in accepted[row] for row in self.game.consent_set(site)):
                return site
        return self.game.status_quo

    def payoffs(self, accepted: Sequence[frozenset[int]]) -> Array:
        """Each row's gain when row i accepts ``accepted[i]``."""
        return self.game.payoffs(self.outcome(accepted))

    def ending(self, profile: Sequence[int], rows: Sequence[int]) -> int:
        """The site built in a profile of the normal form; ``rows[k]`` is the row of its player k."""
        holdings = self.holdings
        accepted = [subsets(holdings.get(row, ()))[action] for row, action in zip(rows, profile)]
        for site in self.priority:
            members = self.game.consent_set(site)
            if all(site in accepted[k] for k, row in enumerate(rows) if row in members):
                return site
        return self.game.status_quo

    def sizes(self) -> list[int]:
        """Actions of every single resident, in the order of the rows: what the normal form would have."""
        actions = self.actions
        return [actions.get(row, 1) for row, count in enumerate(self.game.counts) for _ in range(count)]

    def normal_form(self) -> NormalForm:
        """The same game written out, each resident a player. Raises :class:`SizeError` before anything is expanded."""
        return _expand(self)

    @property
    def one_host(self) -> bool:
        """Whether every site has one resident to ask, and every resident at most one site (form 1a)."""
        single = all(len(H) == 1 and self.game.counts[min(H)] == 1 for H in map(self.game.consent_set, self.priority))
        return single and all(len(sites) == 1 for sites in self.holdings.values())


def by_surplus(game: OutcomeGame) -> tuple[int, ...]:
    """The sites in order of falling surplus, lowest index first among equals."""
    order = sorted(game.sites, key=lambda x: (-game.surplus[x], x))
    slack, groups = game.slack * game.residents, list[list[int]]()
    for x in order:
        if groups and game.surplus[groups[-1][0]] - game.surplus[x] <= slack:
            groups[-1].append(x)
        else:
            groups.append([x])
    return tuple(x for group in groups for x in sorted(group))


def consent(game: OutcomeGame, priority: Sequence[int] | None = None) -> ConsentGame:
    """The consent game (form 1a) of a siting under host consent or unanimity.

    Raises :class:`NotApplicable` under other regimes, :class:`InputError` if a site has nobody to ask.
    """
    if not game.consented:
        raise NotApplicable("the consent game needs the regime R-HOST or R-UNAN, this case has {regime}", regime=game.rights.id)
    if priority is not None and sorted(priority) != sorted(game.sites):
        raise InputError("priority={given} must list every site once: {sites}", given=tuple(priority), sites=game.sites)
    for site in game.sites:
        if not game.consent_set(site):
            raise InputError("nobody can consent to site {site}: its consent set is empty", site=game.alternatives[site])
    return ConsentGame(game, by_surplus(game) if priority is None else tuple(priority))


def subsets(sites: tuple[int, ...]) -> list[frozenset[int]]:
    """Acceptances of a resident: all of its sites first, none last, so that one site reads accept, refuse."""
    return [frozenset(chosen) for k in range(len(sites), -1, -1) for chosen in combinations(sites, k)]


def _expand(play: ConsentGame) -> NormalForm:
    game, sizes = play.game, play.sizes()
    check_size(sizes)
    holdings = play.holdings
    rows = [row for row, count in enumerate(game.counts) for _ in range(count)]
    choices = [subsets(holdings.get(row, ())) for row in rows]
    built = np.full(sizes, game.status_quo)
    for site in reversed(play.priority):  # the first in priority is written last
        open_here = np.ones(sizes, dtype=bool)
        for axis, row in enumerate(rows):
            if row in game.consent_set(site):
                accepts = np.array([site in choice for choice in choices[axis]])
                open_here &= accepts.reshape([-1 if k == axis else 1 for k in range(len(sizes))])
        built[open_here] = site
    integers, denominator = scaled(game.utilities)
    names = [
        game.players[row] if game.counts[row] == 1 else f"{game.players[row]}.{rows[:axis].count(row) + 1}" for axis, row in enumerate(rows)
    ]
    labels = [[_label(choice, holdings.get(row, ()), game) for choice in choices[axis]] for axis, row in enumerate(rows)]
    return NormalForm.from_integers(integers[rows][:, built], denominator, names, labels)


def _label(choice: frozenset[int], held: tuple[int, ...], game: OutcomeGame) -> str:
    if len(held) <= 1:
        return "accept" if choice else "refuse" if held else "wait"
    return "accept " + "+".join(game.alternatives[x] for x in sorted(choice)) if choice else "refuse"


@dataclass(frozen=True)
class Tally:
    """The vote on one alternative against the status quo: heads for, against, and indifferent, and whether it ``passes``."""

    alternative: int
    yes: int
    no: int
    abstain: int
    needed: int
    passes: bool


def vote(game: OutcomeGame, rule: Quota, vetoes: Sequence[int] = ()) -> tuple[Tally, ...]:
    """The sincere vote on every site against the status quo, in order of priority.

    Voting for a site exactly when it is worth more than the status quo is weakly dominant in a vote between the two;
    the indifferent stay away. ``vetoes`` are rows whose "no" blocks. The size never exceeds rows x sites.
    """
    yes = np.zeros(len(game.alternatives), dtype=np.int64)
    no = np.zeros_like(yes)
    for counts, gains in game.blocks():
        yes += counts @ (gains > game.slack).astype(np.int64)
        no += counts @ (gains < -game.slack).astype(np.int64)
    blocked = {x for row in vetoes for x in game.sites if game.utilities[row, x] < -game.slack}
    return tuple(_tally(x, int(yes[x]), int(no[x]), game.residents, rule, x in blocked) for x in by_surplus(game))


def _tally(site: int, yes: int, no: int, residents: int, rule: Quota, blocked: bool) -> Tally:
    needed = rule.needed(yes + no if rule.of_votes else residents)
    enough = yes >= needed and yes + no >= rule.turnout(residents)
    return Tally(site, yes, no, residents - yes - no, needed, enough and not blocked)


def vote_game(game: OutcomeGame, site: int, rule: Quota) -> NormalForm:
    """The vote on one ``site`` as a game, each resident choosing yes, no or to stay away. Raises :class:`SizeError`."""
    rows = [row for row, count in enumerate(game.counts) for _ in range(count)]
    sizes = [3] * len(rows)
    check_size(sizes)
    ballots = np.indices(sizes)
    yes, no = (ballots == 0).sum(axis=0), (ballots == 1).sum(axis=0)
    needed = np.vectorize(rule.needed)(yes + no) if rule.of_votes else rule.needed(len(rows))
    passes = (yes >= needed) & (yes + no >= rule.turnout(len(rows)))
    built = np.where(passes, site, game.status_quo)
    integers, denominator = scaled(game.utilities)
    names = [f"{game.players[row]}" if game.counts[row] == 1 else f"{game.players[row]}.{k}" for k, row in enumerate(rows)]
    return NormalForm.from_integers(integers[rows][:, built], denominator, names, [["yes", "no", "stay away"]] * len(rows))


def in_window(game: OutcomeGame) -> tuple[int, int] | None:
    """How many of how many hosts stand in the standoff window 1 < d/a < m (P1.1): they sign, and refuse at home.

    a is the gain from a facility elsewhere, d the damage at home, m the number of sites. None unless every site has one
    host who alone is damaged and to whom all other sites are alike.
    """
    hosts = game.hosts
    if hosts is None:
        return None
    inside = 0
    for site, host in zip(game.sites, hosts):
        elsewhere = [game.utilities[host, x] for x in game.sites if x != site]
        if not elsewhere or max(elsewhere) - min(elsewhere) > game.slack:
            return None
        a = elsewhere[0]
        d = a - game.utilities[host, site]
        inside += bool(d - a > game.slack and len(game.sites) * a - d > game.slack)
    return inside, len(hosts)


def why_not_one_host(game: OutcomeGame) -> Message | None:
    """Why the rules for one host a site do not act on ``game``, or None if they do."""
    if game.parts is None:
        return say("needs the damages, and this case gives only total gains")
    if game.residents < 2:
        return say("needs somebody who is not a host to pay")
    if game.hosts is None:
        return say("needs one host for every site who alone is damaged by it, and one site for every resident")
    return None
