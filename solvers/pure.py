"""Pure equilibria: of a normal form by comparing payoffs, of a consent game by its structure, of other regimes by rule."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import prod

import numpy as np

from ..games.exact import Array, Number
from ..games.message import Message, say
from ..games.normal_form import NormalForm, Profile
from ..games.outcome_game import OutcomeGame
from ..games.rights import Liability, Quota
from ..games.siting import ConsentGame, Tally, consent, vote
from .describe import describe
from .regret import consent_regret
from .solution import Equilibrium, Solution
from .standoff.consent_equilibria import class_size, supporting_sets

LARGEST_LISTING = 4096  # profiles of a consent game that are listed one by one
MOST_EQUILIBRIA = 100_000


def pure_profiles(game: NormalForm) -> list[Profile]:
    """All pure Nash equilibria (action indices), found by marking every best response. Complete; exact if the game is."""
    best = np.ones(game.shape, dtype=bool)
    for player in range(len(game.players)):
        best &= game.table[player] >= game.table[player].max(axis=player, keepdims=True) - game.slack
    return [tuple(map(int, profile)) for profile in np.argwhere(best)]


def pure_regret(game: NormalForm, profile: Profile) -> Number:
    """The largest gain of any player from deviating alone from a pure ``profile``."""
    worst = 0
    for player in range(len(game.players)):
        own = (player, *(slice(None) if k == player else a for k, a in enumerate(profile)))
        worst = max(worst, game.table[own].max() - game.table[(player, *profile)])
    return game.money(worst)


def solve_normal_form(game: NormalForm) -> Solution:
    """Every pure equilibrium of ``game``, up to a stated number."""
    profiles = pure_profiles(game)
    kept = profiles[:MOST_EQUILIBRIA]
    stop = None if len(kept) == len(profiles) else say("limit: {kept} of {all} equilibria are listed", kept=len(kept), all=len(profiles))
    equilibria = tuple(Equilibrium(game.pure(a), game.payoffs(a), pure_regret(game, a)) for a in kept)
    return Solution(describe(game), "pure", "enumeration", stop is None, stop, equilibria, limited=stop is not None)


def solve_consent(play: ConsentGame) -> Solution:
    """Every pure equilibrium of a consent game: profile by profile if few, by outcome otherwise. Complete either way."""
    if play.game.residents < LARGEST_LISTING.bit_length() and prod(play.sizes()) <= LARGEST_LISTING:
        return _listed(play)
    return consent_outcomes(play)


def _listed(play: ConsentGame) -> Solution:
    game = play.normal_form()
    rows = [row for row, count in enumerate(play.game.counts) for _ in range(count)]
    found = solve_normal_form(game)
    names = [play.game.alternatives[play.ending(profile, rows)] for profile in pure_profiles(game)]
    equilibria = tuple(replace(equilibrium, outcome=name) for equilibrium, name in zip(found.equilibria, names))
    return replace(found, game=found.game | {"representation": "consent"}, equilibria=equilibria)


def consent_outcomes(play: ConsentGame) -> Solution:
    """One equilibrium for every outcome that any pure equilibrium ends in; each stands for all that end there."""
    game = play.game
    equilibria = [
        Equilibrium(_roles(play, F), game.payoffs(o), consent_regret(play, F), class_size(play, o), game.alternatives[o])
        for o, F in supporting_sets(play).items()
    ]
    return Solution(describe(play), "pure", "consent-structure", True, None, tuple(equilibria))


def _roles(play: ConsentGame, accepted: frozenset[int]) -> list[dict[str, object]]:
    names = play.game.alternatives
    return [{"role": role, "players": count, "strategy": [names[x] for x in held if x in accepted]} for role, count, held in play.roles]


def solve_siting(game: OutcomeGame) -> Solution:
    """What the rights regime of ``game`` ends in: consent equilibria, the sincere vote, or the authority's choice."""
    if game.consented:
        return solve_consent(consent(game))
    return _one_outcome(game, *rule_outcome(game))


def siting_outcomes(game: OutcomeGame) -> Solution:
    """As :func:`solve_siting`, one equilibrium an outcome even where profiles could be listed: what comparisons need."""
    if game.consented:
        return consent_outcomes(consent(game))
    return _one_outcome(game, *rule_outcome(game))


def rule_outcome(game: OutcomeGame) -> tuple[int, str, Number, Message | None]:
    """Outcome, method, regret, and a caveat, where no consent is asked: the sincere vote, or the authority's choice."""
    if isinstance(game.rights, Quota):
        tallies = vote(game, game.rights)
        chosen = next((t.alternative for t in tallies if t.passes), game.status_quo)
        caveat = say("sincere votes only: under a quota almost every outcome is some equilibrium, since one vote rarely counts")
        return chosen, "sincere-vote", vote_regret(game, game.rights, tallies, chosen), caveat
    if isinstance(game.rights, Liability):
        owed = game.counts @ game.rights.assessed
        worth = game.counts @ (game.utilities + damages(game)) - owed - game.grants
        return game.largest(worth, game.slack * game.residents), "authority", Fraction(0), None
    return game.best, "authority", Fraction(0), None


def damages(game: OutcomeGame) -> Array:
    """The damage of every alternative to every row: as given, or where only gains are known, the losses."""
    return game.parts.damages if game.parts is not None else -np.minimum(game.utilities, 0)


def _one_outcome(game: OutcomeGame, chosen: int, method: str, regret: Number, stop: Message | None) -> Solution:
    payoffs = game.payoffs(chosen)
    if isinstance(game.rights, Liability):
        payoffs = payoffs + game.rights.assessed[:, chosen]
    equilibrium = Equilibrium([], payoffs, regret, 1, game.alternatives[chosen])
    return Solution(describe(game), "pure", method, stop is None, stop, (equilibrium,))


def vote_regret(game: OutcomeGame, rule: Quota, tallies: tuple[Tally, ...], chosen: int) -> Number:
    """The most one resident gains by voting otherwise than sincerely, everybody else sincere.

    Sincerity is dominant in one vote against the status quo; with several sites in turn a voter may block one to get the next.
    """
    worst: Number = Fraction(0)
    if not any(abs(t.yes - t.needed) <= 1 or abs(t.yes + t.no - rule.turnout(game.residents)) <= 1 for t in tallies):
        return worst  # nobody is pivotal on any site
    for counts, gains in game.blocks():
        for row in range(len(counts)):
            worst = max(worst, _best_deviation(game, rule, tallies, gains[row]) - gains[row][chosen])
    return worst


def _best_deviation(game: OutcomeGame, rule: Quota, tallies: tuple[Tally, ...], mine: object) -> Number:
    """The best outcome one voter with gains ``mine`` can reach by changing its votes."""
    reach: list[Number] = []
    for tally in tallies:
        options = {_passes(game, rule, tally, mine[tally.alternative], ballot) for ballot in (1, 0, -1)}  # type: ignore[index]
        if True in options:
            reach.append(mine[tally.alternative])  # type: ignore[index]
        if options == {True}:
            return max(reach)
    return max([*reach, Fraction(0)])


def _passes(game: OutcomeGame, rule: Quota, tally: Tally, gain: Number, ballot: int) -> bool:
    yes = tally.yes - (gain > game.slack) + (ballot > 0)
    no = tally.no - (gain < -game.slack) + (ballot < 0)
    needed = rule.needed(yes + no if rule.of_votes else game.residents)
    return bool(yes >= needed and yes + no >= rule.turnout(game.residents))
