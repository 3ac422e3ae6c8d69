"""What a mechanism is: rules without preferences, what they must know, and what they claim.

Every mechanism is a frozen dataclass of parameters with ``id``, ``title``, ``requires``, ``claims``, ``refuses(game)`` (the
reason why it does not act on a game, or None) and at least one way to act:

* ``transform(game) -> game``: a contract or a change of rights; the game it makes is then solved;
* ``outcome(game) -> Outcome``: a direct rule, from the game that the reports describe to an alternative and transfers (or a lottery);
* ``form(game) -> Form``: a game of its own, of bids or pledges or moves, whose equilibria are then found;
* ``advise(game) -> NormalForm``: words only; the game stays, a mediator recommends.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from ..errors import NotApplicable
from ..exact import Array
from ..message import Message, say
from ..outcome_game import OutcomeGame

ONLY_OUTCOMES = say("acts on games over outcomes: residents by alternatives, in money over the status quo")


class Knowledge(StrEnum):
    """What must be known, or must be there, for a mechanism to run (ATLAS Part 3)."""

    UTILITIES = "KN-U"
    DAMAGES = "KN-D"
    PRIOR = "KN-PRIOR"
    ORDINAL = "KN-ORD"
    VERIFIABLE = "KN-VERIF"
    NONE = "KN-NONE"
    COMMITMENT = "COMMIT"
    ENFORCEMENT = "ENF"
    OUTSIDE_MONEY = "EXT"


@dataclass(frozen=True)
class Claim:
    """That a mechanism has (``holds``) or lacks a ``property``, under a ``condition`` if any, and who showed it."""

    property: str
    holds: bool
    source: str
    condition: str = ""


@dataclass(frozen=True, eq=False)
class Outcome:
    """What a direct mechanism decides: probabilities over alternatives and each row's transfer (money received, per resident)."""

    lottery: Array
    transfers: Array

    @property
    def alternative(self) -> int | None:
        """The alternative chosen for sure, or None if it is a lottery."""
        return next((x for x, p in enumerate(self.lottery) if p == 1), None)


@dataclass(frozen=True, eq=False)
class Form:
    """A mechanism that is itself a game: ``game`` is solved for ``concept``; ``outcome(play)`` is what a pure play comes to.

    A play is a profile (the index of each player's action) of a game in normal form, or the path of actions of a staged one. Payoffs
    of ``game`` are what the residents get from the outcome, transfers included.
    """

    game: Any
    concept: str
    outcome: Callable[[Any], Any]


def accept(reason: Message | None) -> None:
    """Raise :class:`NotApplicable` with the ``reason`` why a mechanism refuses a game, if there is one."""
    if reason is not None:
        raise NotApplicable(reason)


class Mechanism(Protocol):
    """What the registry holds."""

    @property
    def id(self) -> str:
        """The identifier, as in ATLAS Part 3, with the variant after a colon."""
        ...

    @property
    def title(self) -> Message:
        """What it is called."""
        ...

    @property
    def requires(self) -> tuple[Knowledge, ...]:
        """What it must know or have."""
        ...

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Which properties it says it has and lacks."""
        ...

    def refuses(self, game: OutcomeGame) -> Message | None:
        """Why it does not act on ``game``, or None."""
        ...
