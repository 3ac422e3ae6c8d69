"""What rules about an ordered site share: which site, who can stop it, what comes of obeying and refusing (M-25 to M-27)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import prod
from typing import Any

from ..errors import EncompassError, NotApplicable
from ..exact import Number, is_exact, zeros
from ..message import Message, say
from ..normal_form import check_size
from ..outcome_game import OutcomeGame
from .mechanism import ONLY_OUTCOMES, Outcome

LARGEST = 100_000  # nodes or profiles of a game of obeying


def concerned_by(game: OutcomeGame) -> list[int]:
    """Who can stop the ordered site: those who hold a veto, or where nobody is asked, those who lose by it; nobody, if none is ordered."""
    if game.best == game.status_quo:
        return []
    if game.consented:
        return sorted(game.consent_set(game.best))
    return [i for i in range(game.rows) if game.utilities[i, game.best] < -game.slack]


def largest_loss(game: OutcomeGame) -> Number:
    """The most that anybody who can stop the ordered site loses by it; below 0: all gain."""
    demand(refuses_order(game))
    return max((-game.utilities[i, game.best] for i in concerned_by(game)), default=Fraction(0))


def refuses_order(game: Any) -> Message | None:
    """Why nothing can be ordered in ``game``, or None: residents must stand in memory, one a row."""
    if not isinstance(game, OutcomeGame):
        return ONLY_OUTCOMES
    if game.stream is not None:
        return say("needs every resident's gains in memory")
    if (game.counts != 1).any():
        return say("needs every resident in a row of its own")
    return None


def moves_of(game: OutcomeGame, row: int) -> int:
    """How many actions the resident of ``row`` has in the game of obeying."""
    return 2 if row in concerned_by(game) else 1


def refuses_profiles(game: OutcomeGame, sizes: Sequence[int]) -> Message | None:
    """Why a game of so many actions by player is not written out, or None."""
    try:
        check_size(sizes)
    except EncompassError as error:
        return error.message
    if prod(sizes) > LARGEST:
        return say(
            "{n} residents may refuse; the game of obeying has more than {limit} profiles", n=len(concerned_by(game)), limit=f"{LARGEST:,}"
        )
    return None


def refuses_stages(game: OutcomeGame, nodes: int) -> Message | None:
    """Why a game of so many ``nodes`` is not written out, or None."""
    if nodes > LARGEST:
        return say("the game of punishment among {n} residents has more than {limit} nodes", n=game.residents, limit=f"{LARGEST:,}")
    return None


def demand(reason: Message | None) -> None:
    """Raises :class:`NotApplicable` for a ``reason``."""
    if reason is not None:
        raise NotApplicable(reason)


def built(game: OutcomeGame) -> Outcome:
    """The ordered site, no money."""
    return certain(game, game.best)


def stopped(game: OutcomeGame, refusing: Sequence[int], penalty: Number) -> Outcome:
    """The status quo, everybody ``refusing`` having lost the ``penalty``."""
    reached = certain(game, game.status_quo)
    take(reached, refusing, penalty)
    return reached


def take(reached: Outcome, rows: Sequence[int], money: Number) -> None:
    """Take ``money`` from each of ``rows``, in an outcome that may still be written to."""
    reached.transfers[list(rows)] -= money if is_exact(reached.transfers) else float(money)


def certain(game: OutcomeGame, x: int) -> Outcome:
    """Alternative x for sure, no money; both arrays may still be written to."""
    lottery = game.certain(x)
    return Outcome(lottery, zeros(game.rows, like=game.utilities))


def worths(game: OutcomeGame, reached: Outcome) -> list[Number]:
    """What the outcome is worth to every row."""
    return (game.utilities @ reached.lottery + reached.transfers).tolist()


__all__ = [
    "LARGEST", "built", "certain", "concerned_by", "demand", "largest_loss", "moves_of", "refuses_order", "refuses_profiles",
    "refuses_stages", "stopped", "take", "worths",
]  # fmt: skip
