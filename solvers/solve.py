"""``solve``: one registry of methods. The first line of a concept that does not refuse the game solves it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ..games.counted_game import RoleSymmetricGame
from ..games.errors import InputError, NotApplicable
from ..games.message import Message, say
from ..games.normal_form import NormalForm
from ..games.outcome_game import OutcomeGame
from ..games.siting import ConsentGame, consent
from ..games.staged_game import StagedGame
from . import bimatrix, correlated, pure, stackelberg, stochastic_stability, subgame_perfect
from . import time_limit as limits
from .certificate import solution_certificate
from .describe import describe
from .solution import Solution

if TYPE_CHECKING:
    from ..cases.case import Case

Game = NormalForm | RoleSymmetricGame | StagedGame | ConsentGame | OutcomeGame


@dataclass(frozen=True)
class Method:
    """One line of the registry: ``refuses`` gives the reason why a game is not for it, ``run`` solves, ``certify`` writes down
    what :func:`.verify.verify` needs, ``options`` are the keywords that ``run`` takes.
    """

    name: str
    concept: str
    refuses: Callable[[Any], Message | None]
    run: Callable[..., Solution]
    source: str
    options: tuple[str, ...] = ()
    certify: Callable[[Any, Solution], dict[str, Any] | None] = solution_certificate


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


ADVICE = ("objective", "sense")

METHODS: tuple[Method, ...] = (
    Method("pure profiles", "pure", _not_normal, pure.solve_normal_form, "Nash 1950"),
    Method("consent structure", "pure", _not_consent, pure.solve_consent, "derived in consent_equilibria"),
    Method("rights regime", "pure", _not_outcome, pure.solve_siting, "ATLAS 0.2"),
    Method("support enumeration", "nash", _not_two, bimatrix.solve_bimatrix, "Dickhaut and Kaplan 1991, through Nashpy"),
    Method(
        "backward induction",
        "subgame-perfect",
        subgame_perfect.refuses_staged,
        subgame_perfect.solve_subgame_perfect,
        "Selten 1965",
        ("most",),
        subgame_perfect.staged_certificate,
    ),
    Method(
        "linear programs",
        "stackelberg",
        stackelberg.refuses_stackelberg,
        stackelberg.solve_stackelberg,
        "Conitzer and Sandholm 2006",
        ("leader", "commitment", "follower"),
        stackelberg.stackelberg_certificate,
    ),
    Method(
        "resistance trees",
        "stochastically-stable",
        stochastic_stability.refuses_stochastically_stable,
        stochastic_stability.solve_stochastically_stable,
        "Young 1993; Blume 1993",
        ("dynamics",),
        stochastic_stability.stability_certificate,
    ),
    Method("linear program", "correlated", _not_normal, correlated.solve_correlated, "Aumann 1974", ADVICE),
)

CONCEPTS = tuple(dict.fromkeys(method.concept for method in METHODS))


def solve(
    game: Game | Case,
    concept: str = "pure",
    objective: str | None = None,
    sense: str | None = None,
    time_limit: float | None = None,
    **options: Any,
) -> Solution:
    """The equilibria of ``game`` (or of a case's game) under ``concept``, one of :data:`CONCEPTS`.

    ``objective`` (``welfare``, ``maximin``) and ``sense`` (``max``, ``min``) choose among correlated equilibria; the registry
    :data:`METHODS` says which further options a concept takes. After ``time_limit`` seconds, or an interrupt, the answer holds
    what was found until then and says so.
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
            reason = method.refuses(form)
            if reason is None:
                with limits.time_limit(time_limit):
                    answer = _run(method, form, {name: value for name, value in given.items() if name in method.options})
                return replace(
                    answer, case=case, certificate=None if answer.limited and not answer.equilibria else method.certify(form, answer)
                )
            reasons.append(reason)
    raise NotApplicable(reasons[-1])


def _run(method: Method, game: Game, options: dict[str, Any]) -> Solution:
    """The answer of ``method``; an empty one where the time was up before it found anything."""
    try:
        return method.run(game, **options)
    except limits.TimeIsUp:
        stop = say("limit: the time was up before anything was found")
        return Solution(describe(game), method.concept, method.name, False, stop, (), limited=True)


def _opened(game: Any) -> tuple[str | None, Game]:
    """The case's id and game, or the game alone."""
    return (game.id, game.game) if hasattr(game, "game") and hasattr(game, "story") else (None, game)


def _forms(game: Game, concept: str) -> Iterator[Game]:
    """The game as it is, which keeps its structure, and then with every player and profile written out."""
    if concept == "pure" or not isinstance(game, OutcomeGame):
        yield game
    if (concept == "pure" and not isinstance(game, RoleSymmetricGame)) or isinstance(game, NormalForm):
        return
    if isinstance(game, OutcomeGame):
        if not game.consented:
            raise NotApplicable(
                "under {regime} nobody has a choice to mix or to be advised on; ask for concept 'pure'", regime=game.rights.id
            )
        game = consent(game)
    yield game.normal_form()
