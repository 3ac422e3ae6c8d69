"""Regret: the most a player gains by deviating alone, recomputed from the game and from nothing else."""

from __future__ import annotations

from fractions import Fraction

from ..games.exact import Number
from ..games.normal_form import MixedProfile, NormalForm
from ..games.siting import ConsentGame


def regrets(game: NormalForm, profile: MixedProfile) -> tuple[Number, ...]:
    """Each player's regret in a mixed ``profile`` (probabilities by player): 0 for all means a Nash equilibrium."""
    result: list[Number] = []
    for player, mix in enumerate(profile):
        values = game.mixed_payoffs(player, profile)
        result.append(max(values) - sum(p * v for p, v in zip(mix, values)))
    return tuple(result)


def consent_regret(play: ConsentGame, accepted: frozenset[int]) -> Number:
    """The largest regret when exactly the sites ``accepted`` have everybody's consent and all others are refused by all.

    A resident can withdraw a consent it holds, and grant one that nobody else refuses (a site it holds alone). So the
    sites within reach are those not preceded by an accepted site that somebody else keeps open.
    """
    game, worst = play.game, Fraction(0)
    now = next((site for site in play.priority if site in accepted), game.status_quo)
    for row, held in play.holdings.items():
        reach = _within_reach(play, accepted, row, frozenset(held))
        gains = game.utilities[row]
        worst = max(worst, max(gains[x] for x in reach) - gains[now])
    return worst


def _within_reach(play: ConsentGame, accepted: frozenset[int], row: int, held: frozenset[int]) -> list[int]:
    """The outcomes that one resident of ``row`` can bring about alone."""
    game, reach = play.game, []
    for site in play.priority:
        alone = game.consent_set(site) == frozenset([row]) and game.counts[row] == 1
        if site in accepted or alone:
            reach.append(site)
        if site in accepted and site not in held:
            return reach
    return [*reach, game.status_quo]
