"""DL-1, a mediator's recommendation that nobody is bound to follow.

Words alone help only where the failure is one of co-ordination: if refusing is weakly dominant and strictly better when
chosen, no recommendation changes the outcome (P1.3).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import prod

from ..errors import EncompassError
from ..mechanisms.mechanism import ONLY_OUTCOMES, Claim, Knowledge
from ..message import Message, say
from ..normal_form import NormalForm
from ..outcome_game import OutcomeGame
from ..siting import consent

LARGEST_ADVICE = 4096  # profiles of the game a mediator gives advice on


@dataclass(frozen=True)
class Mediator:
    """DL-1: a mediator recommends actions; everybody follows only if following pays (correlated equilibrium, Aumann 1974)."""

    @property
    def id(self) -> str:
        """The identifier."""
        return "DL-1"

    @property
    def title(self) -> Message:
        """What it is called."""
        return say("a mediator recommends, nobody is bound")

    @property
    def requires(self) -> tuple[Knowledge, ...]:
        """The mediator must know all utilities."""
        return (Knowledge.UTILITIES,)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """As in ATLAS DL-1."""
        return (Claim("budget-balanced", True, "no money moves"),)

    def refuses(self, game: OutcomeGame) -> Message | None:
        """It needs a consent game small enough to write out."""
        if not isinstance(game, OutcomeGame):  # pyright: ignore[reportUnnecessaryIsInstance]
            return ONLY_OUTCOMES
        if not game.consented or game.stream is not None:
            return say("needs a game in which residents choose, and {regime} leaves them no choice to advise on", regime=game.rights.id)
        n = game.residents
        if n >= LARGEST_ADVICE.bit_length():
            return say("the game has 2^{n} profiles or more; advice is computed for at most {limit}", n=n, limit=LARGEST_ADVICE)
        try:
            profiles = prod(consent(game).sizes())
        except EncompassError as error:
            return error.message
        if profiles > LARGEST_ADVICE:
            return say("the game has {n} profiles; advice is computed for at most {limit}", n=profiles, limit=LARGEST_ADVICE)
        return None

    def advise(self, game: OutcomeGame) -> NormalForm:
        """The game on which advice is given: the consent game, written out."""
        return consent(game).normal_form()
