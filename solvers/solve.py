"""``solve``: one registry of methods. The first line of a concept that does not refuse the game solves it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ..games.errors import InputError, NotApplicable
from ..games.message import Message, say
from ..games.normal_form import NormalForm
from ..games.outcome_game import OutcomeGame
from ..games.siting import ConsentGame, consent
from . import bimatrix, correlated, pure
from .certificate import solution_certificate
from .solution import Solution

if TYPE_CHECKING:
    from ..cases.case import Case

Game = NormalForm | ConsentGame | OutcomeGame


@dataclass(frozen=True)
class Method:
    """One line of the registry: ``refuses`` gives the reason why a game is not for it, ``run`` solves."""

    name: str
    concept: str
    refuses: Callable[[Game], Message | None]
    run: Callable[..., Solution]
    source: str


def _not_normal(game: Game) -> Message | None:
    return None if isinstance(game, NormalForm) else say("needs a normal form")


def _not_consent(game: Game) -> Message | None:
    return None if isinstance(game, ConsentGame) else say("needs a consent game")


def _not_outcome(game: Game) -> Message | None:
    return None if isinstance(game, OutcomeGame) else say("needs a game over outcomes")


def _not_two(game: Game) -> Message | None:
    if not isinstance(game, NormalForm) or len(game.players) != 2:
        return say("mixed equilibria are computed for two players; this game has {n}", n=len(game.players))
    if game.exact and abs(game.table).max() > game.denominator * 10**300:
        return say("payoffs are too large for nashpy, which computes in floats")
    if bimatrix.too_large(game):
        return say("{rows} by {columns} actions have too many supports for enumeration", rows=game.shape[0], columns=game.shape[1])
    return None


METHODS: tuple[Method, ...] = (
    Method("pure profiles", "pure", _not_normal, pure.solve_normal_form, "Nash 1950"),
    Method("consent structure", "pure", _not_consent, pure.solve_consent, "derived in consent_equilibria"),
    Method("rights regime", "pure", _not_outcome, pure.solve_siting, "ATLAS 0.2"),
    Method("support enumeration", "nash", _not_two, bimatrix.solve_bimatrix, "Dickhaut and Kaplan 1991, through Nashpy"),
    Method("linear program", "correlated", _not_normal, correlated.solve_correlated, "Aumann 1974"),
)

CONCEPTS = tuple(dict.fromkeys(method.concept for method in METHODS))
OBJECTIVES = ("welfare", "maximin")


def solve(game: Game | Case, concept: str = "pure", objective: str = "welfare", sense: str = "max") -> Solution:
    """The equilibria of ``game`` (or of a case's game) under ``concept``: ``pure``, ``nash`` or ``correlated``.

    ``objective`` (``welfare``, ``maximin``) and ``sense`` (``max``, ``min``) choose among correlated equilibria.
    Raises :class:`InputError` for an unknown concept, :class:`NotApplicable` if no method takes the game,
    :class:`SizeError` if it does not fit.
    """
    _check("concept", concept, CONCEPTS)
    _check("objective", objective, OBJECTIVES)
    _check("sense", sense, ("max", "min"))
    case, game = _opened(game)
    game = _form(game, concept)
    options = {"objective": objective, "sense": sense} if concept == "correlated" else {}
    reasons: list[Message] = []
    for method in (m for m in METHODS if m.concept == concept):
        reason = method.refuses(game)
        if reason is None:
            answer = method.run(game, **options)
            return replace(answer, case=case, certificate=solution_certificate(game, answer))
        reasons.append(reason)
    raise NotApplicable(reasons[-1])


def _check(name: str, value: str, known: tuple[str, ...]) -> None:
    if value not in known:
        raise InputError("{name}={value!r} is not known; one of {known}", name=name, value=value, known=list(known))


def _opened(game: Any) -> tuple[str | None, Game]:
    """The case's id and game, or the game alone."""
    return (game.id, game.game) if hasattr(game, "game") and hasattr(game, "story") else (None, game)


def _form(game: Game, concept: str) -> Game:
    """The representation in which ``concept`` is solved: pure equilibria keep the structure, the others need the table."""
    if concept == "pure" or isinstance(game, NormalForm):
        return game
    if isinstance(game, OutcomeGame):
        if not game.consented:
            raise NotApplicable(
                "under {regime} nobody has a choice to mix or to be advised on; ask for concept 'pure'", regime=game.rights.id
            )
        game = consent(game)
    return game.normal_form()
