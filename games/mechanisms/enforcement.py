"""Orders with teeth: a mandate that the committee monitors (M-25), peers who punish (M-26), a fund that pays for punishment (M-27).

The site of the largest surplus is ordered. Those who may refuse it obey or refuse; one refusal stops it. What a refusal costs is an
expected fine (M-25), the harm that punishing neighbours do (M-26), or the fine of a fund that somebody has paid into (M-27). Fines and
fees go to the funder (player 0); harm done by peers is lost.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from ..counted_game import SymmetricGame
from ..exact import Number
from ..message import Message, say
from ..normal_form import NormalForm, Profile
from ..outcome_game import OutcomeGame
from ..parameters import amount
from ..punishment import obeys, peer, pool
from ..staged_game import History, StagedGame, move
from .mechanism import Claim, Form, Knowledge, Outcome
from .orders import (
    LARGEST,
    built,
    concerned_by,
    demand,
    largest_loss,
    moves_of,
    refuses_order,
    refuses_profiles,
    refuses_stages,
    stopped,
    take,
    worths,
)

OBEY, REFUSE = "obey", "refuse"
PUNISH, SPARE = "punish", "spare"
PAY, DODGE = "pay", "dodge"


@dataclass(frozen=True)
class Mandate:
    """M-25: the best site is ordered; who refuses is found out with probability ``detection`` and fined ``fine``."""

    detection: Number = Fraction(2, 5)
    fine: Number = Fraction(20)

    def __post_init__(self) -> None:
        object.__setattr__(self, "detection", amount(self.detection, "detection", least=Fraction(0), most=Fraction(1)))
        object.__setattr__(self, "fine", amount(self.fine, "fine", least=Fraction(0)))

    @property
    def id(self) -> str:
        """The identifier."""
        return "M-25"

    @property
    def title(self) -> Message:
        """What it is called."""
        return say("the best site is ordered, refusals are fined")

    @property
    def requires(self) -> tuple[Knowledge, ...]:
        """The committee must know all utilities, find out who refuses, and collect the fine."""
        return (Knowledge.UTILITIES, Knowledge.ENFORCEMENT)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """As in ATLAS M-25."""
        return (
            Claim("efficient", True, "ATLAS M-25", "nobody loses more than the expected fine, and told the truth"),
            Claim("individually-rational", False, "ATLAS M-25"),
            Claim("strategy-proof", False, "the host over-reports its damage"),
            Claim("no-deficit", True, "fines only come in"),
        )

    def refuses(self, game: Any) -> Message | None:
        """It acts on every game over outcomes in memory."""
        return refuses_order(game)

    def detection_needed(self, game: OutcomeGame) -> Number:
        """The least probability of detection with which all obey; above 1: the fine is too small."""
        loss = largest_loss(game)
        return loss / amount(self.fine, "fine", above=Fraction(0)) if loss > 0 else Fraction(0)

    def outcome(self, game: OutcomeGame) -> Outcome:
        """The ordered site if everybody obeys; otherwise the status quo, the first who refuses paying the expected fine."""
        demand(self.refuses(game))
        refusing = next(
            (i for i in concerned_by(game) if not obeys(-game.utilities[i, game.best] - game.slack, self.detection, self.fine)), None
        )
        if refusing is None:
            return built(game)
        return stopped(game, [refusing], self.detection * self.fine)

    def form(self, game: OutcomeGame) -> Form:
        """Everybody who may refuse obeys or refuses, all at once; the others have nothing to choose."""
        demand(self.refuses(game) or refuses_profiles(game, [moves_of(game, i) for i in range(game.rows)]))
        concerned = concerned_by(game)

        def outcome(profile: Profile) -> Outcome:
            refusing = [i for i in concerned if profile[i] == 1]
            return stopped(game, refusing, self.detection * self.fine) if refusing else built(game)

        actions = [(OBEY, REFUSE) if i in concerned else ("wait",) for i in range(game.rows)]
        return Form(NormalForm.from_function(lambda a: worths(game, outcome(a)), actions, game.players), "pure", outcome)


@dataclass(frozen=True)
class PeerPunishment:
    """M-26: having seen a refusal, every other resident may spend ``cost`` on each who refused to take ``harm`` from it.

    Punishing costs and mends nothing: in one round nobody does it (the form shows it). ``harm_needed`` is what k peers who are bound to
    punish must each do.
    """

    harm: Number = Fraction(2)
    cost: Number = Fraction(1, 2)

    def __post_init__(self) -> None:
        for name in ("harm", "cost"):
            object.__setattr__(self, name, amount(getattr(self, name), name, least=Fraction(0)))

    @property
    def id(self) -> str:
        """The identifier."""
        return "M-26"

    @property
    def title(self) -> Message:
        """What it is called."""
        return say("the best site is agreed, neighbours may punish who refuses it")

    @property
    def requires(self) -> tuple[Knowledge, ...]:
        """Peers must see who refuses."""
        return (Knowledge.UTILITIES, Knowledge.VERIFIABLE)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """As in ATLAS M-26."""
        return (Claim("no-deficit", True, "nobody is paid"),)

    def refuses(self, game: Any) -> Message | None:
        """It acts where the game of the peers can be written out."""
        return refuses_order(game) or refuses_stages(game, self._nodes(game))

    def _nodes(self, game: OutcomeGame) -> int:
        concerned = len(concerned_by(game))
        return (
            sum(1 + 2 ** (game.rows - k) for k in range(1, concerned + 1)) * 2**concerned
            if concerned < 20 and game.rows < 40
            else LARGEST + 1
        )

    def harm_needed(self, game: OutcomeGame, punishers: int | None = None) -> Number:
        """The least harm with which ``punishers`` peers (None: all others) who are bound to punish make everybody obey."""
        k = game.residents - 1 if punishers is None else punishers
        loss = largest_loss(game)
        return loss / k if loss > 0 else Fraction(0)

    def form(self, game: OutcomeGame) -> Form:
        """Those who may refuse obey or refuse; after a refusal all who did not refuse punish or spare, all at once."""
        demand(self.refuses(game))
        concerned = concerned_by(game)

        def outcome(history: History) -> Outcome:
            refusing = [i for i, taken in zip(concerned, history[0]) if taken == REFUSE] if concerned else []
            if not refusing:
                return built(game)
            peers = [i for i in range(game.rows) if i not in refusing]
            punishing = [i for i, taken in zip(peers, history[1]) if taken == PUNISH] if peers else []
            reached = stopped(game, refusing, self.harm * len(punishing))
            take(reached, punishing, self.cost * len(refusing))
            return reached

        def rules(history: History) -> Any:
            if not history and concerned:
                return move(concerned, [(OBEY, REFUSE)] * len(concerned))
            if len(history) == 1 and REFUSE in history[0]:
                peers = [i for i in range(game.rows) if not (i in concerned and history[0][concerned.index(i)] == REFUSE)]
                if peers:
                    return move(peers, [(PUNISH, SPARE)] * len(peers))
            return worths(game, outcome(history))

        return Form(StagedGame.from_function(game.players, rules), "subgame-perfect", outcome)

    def public_good(self, n: int, mpcr: object) -> SymmetricGame:
        """The linear public good in which contributors may be bound to punish (see :func:`~encompass.games.punishment.peer`)."""
        return peer(n, mpcr, self.cost, self.harm)


@dataclass(frozen=True)
class PoolPunishment:
    """M-27: everybody may pay ``fee`` into a fund before the order is given; if anybody has, the fund fines who refuses ``fine``.

    With ``second_order`` it fines those who paid nothing too; without, one payer is enough, and each would rather it were another.
    """

    fee: Number = Fraction(1, 10)
    fine: Number = Fraction(8)
    second_order: bool = True

    def __post_init__(self) -> None:
        for name in ("fee", "fine"):
            object.__setattr__(self, name, amount(getattr(self, name), name, least=Fraction(0)))

    @property
    def id(self) -> str:
        """The identifier."""
        return "M-27" if self.second_order else "M-27:first-order"

    @property
    def title(self) -> Message:
        """What it is called."""
        if self.second_order:
            return say("a fund fines who refuses the best site, and who did not pay into it")
        return say("a fund fines who refuses the best site")

    @property
    def requires(self) -> tuple[Knowledge, ...]:
        """The fund must see who refuses, and collect."""
        return (Knowledge.UTILITIES, Knowledge.ENFORCEMENT)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """As in ATLAS M-27."""
        return (
            Claim("no-deficit", True, "fees and fines only come in"),
            Claim("individually-rational", False, "ATLAS M-27"),
        )

    def refuses(self, game: Any) -> Message | None:
        """It acts where the game of payments and moves can be written out."""
        reason = refuses_order(game)
        if reason is not None:
            return reason
        moves = game.rows + len(concerned_by(game))
        return refuses_stages(game, 2 ** (moves + 1) if moves < 40 else LARGEST + 1)

    def fine_needed(self, game: OutcomeGame) -> Number:
        """The least fine with which all obey once somebody has paid."""
        return max(largest_loss(game), Fraction(0))

    def form(self, game: OutcomeGame) -> Form:
        """Everybody pays or dodges, all at once; having seen it, those who may refuse obey or refuse."""
        demand(self.refuses(game))
        concerned, everybody = concerned_by(game), range(game.rows)

        def outcome(history: History) -> Outcome:
            paying = [i for i in everybody if history[0][i] == PAY]
            refusing = [i for i, taken in zip(concerned, history[1]) if taken == REFUSE] if concerned else []
            fine = self.fine if paying else Fraction(0)
            reached = stopped(game, refusing, fine) if refusing else built(game)
            take(reached, paying, self.fee)
            if self.second_order:
                take(reached, [i for i in everybody if i not in paying], fine)
            return reached

        def rules(history: History) -> Any:
            if not history:
                return move(everybody, [(PAY, DODGE)] * game.rows)
            if len(history) == 1 and concerned:
                return move(concerned, [(OBEY, REFUSE)] * len(concerned))
            return worths(game, outcome(history))

        return Form(StagedGame.from_function(game.players, rules), "subgame-perfect", outcome)

    def public_good(self, n: int, ratio: object) -> SymmetricGame:
        """The linear public good with such a fund (see :func:`~encompass.games.punishment.pool`)."""
        return pool(n, ratio, self.fee, self.fine, self.second_order)


def crowding(motivation: object, chi: object, expected_fine: object) -> Number:
    """How much an order raises the willingness to comply, per unit of its intensity: pi f - chi omega (P2.1).

    Negative: the order drives out more ``motivation`` (omega, by the share ``chi``) than its ``expected_fine`` brings in.
    """
    omega, driven_out = amount(motivation, "motivation", least=Fraction(0)), amount(chi, "chi")
    return amount(expected_fine, "expected_fine", least=Fraction(0)) - driven_out * omega


def complying(motivation: object, chi: object, expected_fine: object, intensity: object, cdf: Callable[[Number], Number]) -> Number:
    """The share of residents who comply under an order of ``intensity`` alpha, costs distributed by ``cdf``:
    F(omega (1 - chi alpha) + alpha pi f).
    """
    omega, alpha = amount(motivation, "motivation"), amount(intensity, "intensity", least=Fraction(0), most=Fraction(1))
    return cdf(omega + alpha * crowding(motivation, chi, expected_fine))


__all__ = ["Mandate", "PeerPunishment", "PoolPunishment", "complying", "crowding"]
