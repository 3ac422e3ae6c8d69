"""``solve``: the first method of a concept that does not refuse the game solves it (:mod:`.methods`)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ..games.counted_game import RoleSymmetricGame
from ..games.errors import InputError, NotApplicable
from ..games.message import Message, say
from ..games.normal_form import NormalForm
from ..games.outcome_game import OutcomeGame
from ..games.siting import ConsentGame, consent
from ..games.staged_game import StagedGame
from .describe import describe
from .methods import CONCEPTS, METHODS, Method
from .solution import Solution
from .time_limit import TimeIsUp
from .time_limit import time_limit as limited

if TYPE_CHECKING:
    from ..cases.case import Case
    from ..games.bayesian_game import BayesianGame
    from ..games.symmetric_bayesian_game import SymmetricBayesianGame

    Game = NormalForm | RoleSymmetricGame | StagedGame | BayesianGame | SymmetricBayesianGame | ConsentGame | OutcomeGame


def solve(
    game: Game | Case,
    concept: str = "pure",
    objective: str | None = None,
    sense: str | None = None,
    time_limit: float | None = None,
    **options: Any,
) -> Solution:
    """The equilibria of ``game`` (or of a case's game) under ``concept``, one of :data:`.methods.CONCEPTS`.

    ``objective`` and ``sense`` choose among correlated equilibria; the registry :data:`.methods.METHODS` says which further
    options a concept takes. After ``time_limit`` seconds, or an interrupt, the answer holds what was found until then and says so.
    Raises :class:`InputError` for an unknown concept or option, :class:`NotApplicable` if no method takes the game,
    :class:`SizeError` if it does not fit.
    """
    if concept not in CONCEPTS:
        raise InputError("{name}={value!r} is not known; one of {known}", name="concept", value=concept, known=list(CONCEPTS))
    methods = [method for method in METHODS if method.concept == concept]
    given = {name: value for name, value in {"objective": objective, "sense": sense, **options}.items() if value is not None}
    known = dict.fromkeys(name for method in methods for name in method.options)
    for name in given:
        if name not in known:
            raise InputError("concept {concept!r} has no option {name!r}; it takes {known}", concept=concept, name=name, known=list(known))
    case, game = _opened(game)
    reasons: list[Message] = []
    for form in _forms(game, concept):
        for method in methods:
            reason = method.reason(form)
            if reason is None:
                with limited(time_limit):
                    answer = _solved(method, form, {name: value for name, value in given.items() if name in method.options})
                nothing = answer.limited and not answer.equilibria
                return replace(answer, case=case, certificate=None if nothing else method.certificate(form, answer))
            reasons.append(reason)
    raise NotApplicable(reasons[-1])


def _solved(method: Method, game: Game, options: dict[str, Any]) -> Solution:
    """The answer of ``method``; an empty one where the time was up before it found anything."""
    try:
        return method.solve(game, options)
    except TimeIsUp:
        stop = say("limit: the time was up before anything was found")
        return Solution(describe(game), method.concept, method.name, False, stop, (), limited=True)


def _opened(game: Any) -> tuple[str | None, Game]:
    """The case's id and game, or the game alone."""
    return (game.id, game.game) if hasattr(game, "game") and hasattr(game, "story") else (None, game)


def _forms(game: Game, concept: str) -> Iterator[Game]:
    """The game as it is, which keeps its structure, and then with every player and profile written out."""
    if concept == "pure" or not isinstance(game, OutcomeGame):
        yield game
    if isinstance(game, OutcomeGame) and concept != "pure":
        if not game.consented:
            raise NotApplicable(
                "under {regime} nobody has a choice to mix or to be advised on; ask for concept 'pure'", regime=game.rights.id
            )
        game = consent(game)
    if isinstance(game, (RoleSymmetricGame, StagedGame, ConsentGame)):
        yield game.normal_form()
