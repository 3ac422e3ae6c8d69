"""Talk with a mediator who keeps secrets (DL-2) and without one (DL-3): rules that only recommend, nobody is bound.

DL-2: a mediator hears everybody's type in confidence and recommends an action to each. What it can achieve are the communication
equilibria (Forges 1986; Myerson 1986), the concept ``communication`` of ``solve``.

DL-3: people talk among themselves before they act. With five or more they need no mediator: any correlated or communication equilibrium
with rational probabilities comes from plain conversation, the latter where every profile of types is possible (Gerardi 2004, read in
abstract only [C]). With fewer, and public messages, each message opens a game that all play knowing the same, so that of complete
information nothing but averages of Nash equilibria comes (Aumann and Hart 2003); private types are solved by enumeration in
``encompass.solvers.deliberation.talk``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar

from ..bayesian_game import BayesianGame
from ..exact import Number, zeros
from ..mechanisms.mechanism import ONLY_OUTCOMES, Claim, Form, Knowledge, Outcome
from ..message import Message, say
from ..outcome_game import OutcomeGame
from ..parameters import amount, amounts, whole
from ..siting import consent
from ..symmetric_bayesian_game import SymmetricBayesianGame
from .mediator import Mediator

ENOUGH = 5  # people who need no mediator (Gerardi 2004)


def volunteers(benefit: object, costs: Sequence[object], players: int = 2, chances: Sequence[object] = ()) -> SymmetricBayesianGame:
    """One volunteer is enough for everybody's ``benefit``; each alone knows its cost, ``costs[t]`` with ``chances[t]`` (default: even)."""
    b, c = amount(benefit, "benefit"), amounts(costs, "costs")
    shares: list[Number] = list(amounts(chances, "chances", len(c), Fraction(0))) if len(chances) else [Fraction(1, len(c))] * len(c)

    def payoff(kind: int, action: int, others: int) -> Number:
        return (b if action or others else 0 * b) - (c[kind] if action else 0 * b)

    return SymmetricBayesianGame.from_function(payoff, shares, whole(players, "players", 2), [f"cost {x}" for x in c], ["wait", "act"])


@dataclass(frozen=True)
class ConfidentialMediator:
    """DL-2: the mediator hears types in confidence and recommends; telling the truth and following must pay."""

    concept: ClassVar[str] = "communication"

    @property
    def id(self) -> str:
        """The identifier."""
        return "DL-2"

    @property
    def title(self) -> Message:
        """What it is called."""
        return say("a mediator hears everybody in confidence and recommends, nobody is bound")

    @property
    def requires(self) -> tuple[Knowledge, ...]:
        """Only the prior: types are told to the mediator, and telling them must pay."""
        return (Knowledge.PRIOR,)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """As in ATLAS DL-2."""
        return (Claim("budget-balanced", True, "no money moves"),)

    def refuses(self, game: Any) -> Message | None:
        """It needs a game with private types."""
        if isinstance(game, BayesianGame | SymmetricBayesianGame):
            return None
        return say("nothing is private here: a mediator who hears everybody in confidence can do what one who only recommends can (DL-1)")

    def advise(self, game: BayesianGame) -> BayesianGame:
        """The game on which advice is given: the game itself, solved for ``communication``."""
        return game


@dataclass(frozen=True)
class DirectTalk:
    """DL-3 among five or more: plain conversation does what a mediator can (Gerardi 2004)."""

    @property
    def id(self) -> str:
        """The identifier."""
        return "DL-3"

    @property
    def title(self) -> Message:
        """What it is called."""
        return say("the residents talk among themselves before they act, nobody is bound")

    @property
    def requires(self) -> tuple[Knowledge, ...]:
        """Everybody knows all utilities."""
        return (Knowledge.UTILITIES,)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """As in ATLAS DL-3."""
        return (Claim("budget-balanced", True, "no money moves"),)

    def refuses(self, game: Any) -> Message | None:
        """It needs five residents or more, and a consent game small enough to write out."""
        if not isinstance(game, OutcomeGame):
            return ONLY_OUTCOMES
        if game.residents < ENOUGH:
            return say("fewer than {n} residents cannot replace a mediator by plain talk (Gerardi 2004); see public talk", n=ENOUGH)
        return Mediator().refuses(game)

    def advise(self, game: OutcomeGame) -> Any:
        """The game on which the residents agree what to do: as DL-1."""
        return Mediator().advise(game)


@dataclass(frozen=True)
class PublicTalk:
    """DL-3 with public messages only: the residents can agree on a pure equilibrium of the consent game, or draw lots among several.

    The ends are the pure equilibria; lots drawn together (Aumann and Maschler 1995) give their averages, see
    ``encompass.solvers.deliberation.talk.best_public_talk`` for averages with mixed ones.
    """

    @property
    def id(self) -> str:
        """The identifier."""
        return "DL-3:public"

    @property
    def title(self) -> Message:
        """What it is called."""
        return say("one round of public messages before acting, nobody is bound")

    @property
    def requires(self) -> tuple[Knowledge, ...]:
        """Everybody knows all utilities."""
        return (Knowledge.UTILITIES,)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """As in ATLAS DL-3."""
        return (Claim("budget-balanced", True, "no money moves"),)

    def refuses(self, game: Any) -> Message | None:
        """It needs a consent game small enough to write out."""
        return Mediator().refuses(game) if isinstance(game, OutcomeGame) else ONLY_OUTCOMES

    def form(self, game: OutcomeGame) -> Form:
        """The consent game, for pure equilibria; a play ends in the site that it builds."""
        play = consent(game)
        rows = [row for row, count in enumerate(game.counts) for _ in range(count)]

        def outcome(profile: Sequence[int]) -> Outcome:
            lottery = game.certain(play.ending(profile, rows))
            return Outcome(lottery, zeros(len(game.players), like=game.utilities))

        return Form(play.normal_form(), "pure", outcome)
