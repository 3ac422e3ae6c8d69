"""Sites offered one after the other: who is asked accepts, and it is built there, or vetoes, and the next site is offered.

With host consent every member of a site's consent set is asked at once and all must accept. When all sites are vetoed the status quo
stays. Everybody sees what went before, so that each thinks of who comes after: a host may veto because the next one will not.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .errors import NotApplicable
from .outcome_game import OutcomeGame
from .siting import consent
from .staged_game import End, History, Node, StagedGame, move

ACCEPT, VETO = "accept", "veto"


def offers_in_turn(game: OutcomeGame, order: Sequence[int] | None = None) -> StagedGame:
    """The sites of ``game`` offered in ``order`` (columns; default: as they stand), as a staged game between its residents.

    Raises :class:`NotApplicable` where no consent is asked or a row stands for several residents, :class:`InputError` for an order that
    does not list every site once, :class:`SizeError` if the tree does not fit.
    """
    line = consent(game, game.sites if order is None else order).priority
    if (game.counts != 1).any():
        raise NotApplicable("needs every resident in a row of its own")

    def rules(history: History) -> Node | Sequence[Any]:
        if history and all(word == ACCEPT for word in history[-1]):
            return End(tuple(game.payoffs(line[len(history) - 1])))
        if len(history) == len(line):
            return End(tuple(game.payoffs(game.status_quo)))
        asked = sorted(game.consent_set(line[len(history)]))
        return move(asked, [(ACCEPT, VETO)] * len(asked))

    return StagedGame.from_function(game.players, rules)


def site_of_path(game: OutcomeGame, path: Sequence[dict[str, Any]], order: Sequence[int] | None = None) -> int:
    """The alternative (column) in which a ``path`` of play ends: what :func:`.solve` gives as the profile of an equilibrium."""
    line = game.sites if order is None else tuple(order)
    accepted = [k for k, stage in enumerate(path) if all(word == ACCEPT for word in stage["moves"].values())]
    return line[accepted[0]] if accepted else game.status_quo
