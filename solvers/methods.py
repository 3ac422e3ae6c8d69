"""The registry of methods: which concepts there are, who solves them, on which games, with which options, by which source.

The first line of a concept that does not refuse a game solves it. A method's module is loaded when it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from ..games.bayesian_game import BayesianGame
from ..games.counted_game import RoleSymmetricGame
from ..games.message import Message, say
from ..games.normal_form import NormalForm
from ..games.outcome_game import OutcomeGame
from ..games.siting import ConsentGame
from ..games.symmetric_bayesian_game import SymmetricBayesianGame
from .solution import Solution


@dataclass(frozen=True)
class Method:
    """One line of the registry.

    ``run`` names the function that solves, as ``module:function`` within this room, ``certify`` the one that writes down what
    :func:`.checker.verify.verify` needs; ``refuses`` gives the reason why a game is not for it, ``options`` are the keywords ``run`` takes.
    """

    name: str
    concept: str
    refuses: Callable[[Any], Message | None] | str
    run: str
    source: str
    options: tuple[str, ...] = ()
    certify: str = "certificate:solution_certificate"

    def reason(self, game: Any) -> Message | None:
        """Why ``game`` is not for this method; None if it is."""
        return (found(self.refuses) if isinstance(self.refuses, str) else self.refuses)(game)

    def solve(self, game: Any, options: dict[str, Any]) -> Solution:
        """The answer for ``game``."""
        return found(self.run)(game, **options)

    def certificate(self, game: Any, answer: Solution) -> dict[str, Any] | None:
        """What proves ``answer``, to be read without this method; None where it would be too large."""
        return found(self.certify)(game, answer)


def found(home: str) -> Callable[..., Any]:
    """The function that ``module:function`` names."""
    module, name = home.split(":")
    return getattr(import_module(f".{module}", __package__), name)


def _only(kind: type, reason: Message) -> Callable[[Any], Message | None]:
    return lambda game: None if isinstance(game, kind) else reason


_NORMAL = _only(NormalForm, say("needs a normal form"))
_COUNTED = _only(RoleSymmetricGame, say("needs a game of players who are counted"))
_CONSENT = _only(ConsentGame, say("needs a consent game"))
_OUTCOME = _only(OutcomeGame, say("needs a game over outcomes"))
_TYPES = _only(BayesianGame, say("needs a game with private types"))
_LIKE_TYPES = _only(SymmetricBayesianGame, say("needs a game of like players with private types"))

_ADVICE = ("objective", "sense", "player", "disagreement")
_BY_ADVICE = "advice.advice_certificate:advice_certificate"
_BY_COUNTS = "counted.counted_certificate:counted_certificate"
_BY_TYPES = "advice.advice_certificate:bayes_certificate"
_BY_COALITIONS = "coalitions.coalitions:coalitions_certificate"
_BY_LIKE_COALITIONS = "coalitions.counted_coalitions:counted_coalitions_certificate"
_LIKE = "coalitions.counted_coalitions:refuses_counted_coalitions"

METHODS: tuple[Method, ...] = (
    Method("pure profiles", "pure", _NORMAL, "pure:solve_normal_form", "Nash 1950"),
    Method("pure counts", "pure", _COUNTED, "counted.role_equilibria:solve_counted_pure", "Nash 1950", certify=_BY_COUNTS),
    Method("consent structure", "pure", _CONSENT, "pure:solve_consent", "derived in consent_equilibria"),
    Method("rights regime", "pure", _OUTCOME, "pure:solve_siting", "ATLAS 0.2"),
    Method(
        "sign changes",
        "nash",
        "counted.symmetric_equilibria:refuses_symmetric",
        "counted.symmetric_equilibria:solve_symmetric",
        "Nash 1951; Schoenberg 1930",
        certify=_BY_COUNTS,
    ),
    Method(
        "roles", "nash", "counted.role_equilibria:refuses_roles", "counted.role_equilibria:solve_roles", "Nash 1951", certify=_BY_COUNTS
    ),
    Method(
        "vertex enumeration",
        "nash",
        "two_player.bimatrix:refuses_bimatrix",
        "two_player.bimatrix:solve_bimatrix",
        "Mangasarian 1964; Avis, Rosenberg, Savani and von Stengel 2010",
        certify="two_player.bimatrix:bimatrix_certificate",
    ),
    Method(
        "support enumeration",
        "nash",
        "mixed.support_systems:refuses_mixed",
        "mixed.support_systems:solve_mixed",
        "Dickhaut and Kaplan 1991; Krawczyk 1969",
        certify="mixed.support_systems:mixed_certificate",
    ),
    Method(
        "complementary paths",
        "one-nash",
        "two_player.bimatrix:refuses_bimatrix",
        "two_player.lemke_howson:solve_lemke_howson",
        "Lemke and Howson 1964, through Nashpy",
    ),
    Method(
        "homotopy",
        "one-nash",
        "mixed.homotopy:refuses_homotopy",
        "mixed.homotopy:solve_homotopy",
        "McKelvey and Palfrey 1995; Turocy 2005",
        certify="mixed.support_systems:mixed_certificate",
    ),
    Method(
        "sign changes",
        "symmetric",
        "counted.symmetric_equilibria:refuses_symmetric_only",
        "counted.symmetric_equilibria:solve_symmetric_only",
        "Nash 1951",
        certify=_BY_COUNTS,
    ),
    Method(
        "like players", "strict", _LIKE, "coalitions.counted_coalitions:solve_counted_strict", "Harsanyi 1973", certify=_BY_LIKE_COALITIONS
    ),
    Method("all profiles", "strict", _NORMAL, "coalitions.coalitions:solve_strict", "Harsanyi 1973", certify=_BY_COALITIONS),
    Method(
        "like players", "strong", _LIKE, "coalitions.counted_coalitions:solve_counted_strong", "Aumann 1959", certify=_BY_LIKE_COALITIONS
    ),
    Method("all coalitions", "strong", _NORMAL, "coalitions.coalitions:solve_strong", "Aumann 1959", certify=_BY_COALITIONS),
    Method(
        "like players",
        "k-strong",
        _LIKE,
        "coalitions.counted_coalitions:solve_counted_k_strong",
        "Aumann 1959",
        ("k",),
        _BY_LIKE_COALITIONS,
    ),
    Method("all coalitions", "k-strong", _NORMAL, "coalitions.coalitions:solve_k_strong", "Aumann 1959", ("k",), _BY_COALITIONS),
    Method(
        "like players",
        "coalition-proof",
        _LIKE,
        "coalitions.counted_coalitions:solve_counted_coalition_proof",
        "Bernheim, Peleg and Whinston 1987",
        certify=_BY_LIKE_COALITIONS,
    ),
    Method(
        "recursion",
        "coalition-proof",
        _NORMAL,
        "coalitions.coalition_proof:solve_coalition_proof",
        "Bernheim, Peleg and Whinston 1987",
        certify=_BY_COALITIONS,
    ),
    Method(
        "elimination",
        "dominance",
        _NORMAL,
        "coalitions.dominance:solve_dominance",
        "Moulin 1979; Pearce 1984",
        ("kind",),
        "coalitions.dominance:dominance_certificate",
    ),
    Method(
        "linear program over counts",
        "correlated",
        _COUNTED,
        "advice.counted_correlated:solve_counted_correlated",
        "Aumann 1974",
        _ADVICE,
        _BY_ADVICE,
    ),
    Method("linear program", "correlated", _NORMAL, "advice.correlated:solve_correlated", "Aumann 1974", _ADVICE, _BY_ADVICE),
    Method(
        "linear program over counts",
        "coarse-correlated",
        _COUNTED,
        "advice.counted_correlated:solve_counted_coarse",
        "Moulin and Vial 1978",
        _ADVICE,
        _BY_ADVICE,
    ),
    Method(
        "linear program",
        "coarse-correlated",
        _NORMAL,
        "advice.coarse_correlated:solve_coarse_correlated",
        "Moulin and Vial 1978",
        _ADVICE,
        _BY_ADVICE,
    ),
    Method(
        "linear program",
        "communication",
        _TYPES,
        "advice.communication:solve_communication",
        "Forges 1986; Myerson 1986",
        _ADVICE,
        _BY_ADVICE,
    ),
    Method(
        "linear program over counts",
        "communication",
        _LIKE_TYPES,
        "advice.counted_communication:solve_counted_communication",
        "Forges 1986; Myerson 1986",
        ("objective", "sense"),
        _BY_ADVICE,
    ),
    Method("all plans", "bayes-nash", _TYPES, "advice.bayes_nash:solve_bayes_nash", "Harsanyi 1967", certify=_BY_TYPES),
    Method("cut-offs", "bayes-nash", _LIKE_TYPES, "advice.bayes_nash:solve_symmetric_bayes_nash", "Harsanyi 1967", certify=_BY_TYPES),
    Method(
        "logit path",
        "quantal",
        "quantal.quantal_response:refuses_quantal",
        "quantal.quantal_response:solve_quantal",
        "McKelvey and Palfrey 1995",
        ("rationality",),
        "quantal.quantal_certificate:quantal_certificate",
    ),
    Method(
        "linear programs",
        "stackelberg",
        "moves.stackelberg:refuses_stackelberg",
        "moves.stackelberg:solve_stackelberg",
        "Conitzer and Sandholm 2006",
        ("leader", "commitment", "follower"),
        "moves.stackelberg:stackelberg_certificate",
    ),
    Method(
        "backward induction",
        "subgame-perfect",
        "moves.subgame_perfect:refuses_staged",
        "moves.subgame_perfect:solve_subgame_perfect",
        "Selten 1965",
        ("most",),
        "moves.subgame_perfect:staged_certificate",
    ),
    Method(
        "resistance trees",
        "stochastically-stable",
        "dynamics.stochastic_stability:refuses_stochastically_stable",
        "dynamics.stochastic_stability:solve_stochastically_stable",
        "Young 1993; Blume 1993",
        ("dynamics",),
        "dynamics.stochastic_stability:stability_certificate",
    ),
)

CONCEPTS = tuple(dict.fromkeys(method.concept for method in METHODS))
