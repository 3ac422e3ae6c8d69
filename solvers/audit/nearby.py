"""The environment around one siting: its own types are true, and everybody may lie with what is true of its neighbours in damage."""

from __future__ import annotations

from dataclasses import replace

from ...games.environment import Environment, Types
from ...games.errors import NotApplicable
from ...games.exact import Number
from ...games.mechanisms.auctions import own_damages
from ...games.outcome_game import OutcomeGame
from ...games.siting import why_not_one_host


def around(game: OutcomeGame) -> tuple[Environment, Types]:
    """``game`` told apart by the own damage of each host, and the true damages.

    A host may report its damage, the next lower of any host (or none at all) and the next higher; everything else is common knowledge.
    Raises :class:`NotApplicable` for games without one host a site.
    """
    reason = why_not_one_host(game)
    if reason is not None:
        raise NotApplicable(reason)
    own = tuple(own_damages(game))
    known = sorted({own[0] * 0, *own})

    def near(damage: Number) -> tuple[Number, ...]:
        place = known.index(damage)
        return (damage, *known[max(place - 1, 0) : place], *known[place + 1 : place + 2])

    def problem(types: Types) -> OutcomeGame:
        return _with_damages(game, types)

    return Environment(tuple(map(near, own)), problem), own


def _with_damages(game: OutcomeGame, own: Types) -> OutcomeGame:
    """The same siting, where resident i suffers ``own[i]`` from its own site."""
    assert game.parts is not None and game.hosts is not None
    damages = game.parts.damages.copy()
    for site, host in zip(game.sites, game.hosts):
        damages[host, site] = own[host]
    return OutcomeGame.from_parts(
        replace(game.parts, damages=damages),
        alternatives=game.alternatives,
        status_quo=game.status_quo,
        rights=game.rights,
        players=game.players,
        funder_weight=game.funder_weight,
    )
