"""Regret: the most a player gains by deviating alone, recomputed from the game and from nothing else."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

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
    game, order = play.game, list(play.priority)
    rows, held, alone = play.vetoes
    if not len(rows):
        return Fraction(0)
    open_now = np.array([site in accepted for site in order])
    kept = open_now & ~held  # what somebody else keeps open ends the reach
    reach = (open_now | alone) & (np.cumsum(kept, axis=1) - kept == 0)
    gains = game.utilities[rows]
    now = next((site for site in order if site in accepted), game.status_quo)
    best = np.where(reach, gains[:, order], gains[:, [now]]).max(axis=1)
    fallback = np.where(kept.any(axis=1), gains[:, now], gains[:, game.status_quo])
    return max(Fraction(0), (np.maximum(best, fallback) - gains[:, now]).max())
