"""encompass: games of collective action, their equilibria, and proofs of which rule makes them positive-sum.

The public names are loaded when first used, so that the terminal starts fast::

    import encompass as ec
    case = ec.load_case("public-toilet")
    ec.compare(case)["M-01:EQ"].tau_strong  # Fraction(8, 5)
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # what type checkers and editors see
    from .cases.catalogue import case_names
    from .cases.check import check_case
    from .cases.game_file import read_game, write_game
    from .cases.load import load_case
    from .games.bayesian_game import BayesianGame
    from .games.coalitional_game import CoalitionalGame, least_core, nucleolus
    from .games.counted_game import RoleSymmetricGame, SymmetricGame
    from .games.environment import Environment
    from .games.errors import EncompassError
    from .games.mechanisms.composition import mechanism_named
    from .games.mechanisms.registry import MECHANISMS
    from .games.normal_form import NormalForm, two_player
    from .games.outcome_game import OutcomeGame
    from .games.ranking_profile import RankingProfile
    from .games.simple_game import quota_game, weighted_game
    from .games.siting import consent, vote
    from .games.staged_game import StagedGame
    from .solvers.audit.audit import audit
    from .solvers.checker.verify import verify
    from .solvers.coalitions.coalitions import least_coalition
    from .solvers.coalitions.counted_coalitions import least_profitable
    from .solvers.coalitions.dominance import dominant_actions, iterated_elimination
    from .solvers.coalitions.security import security
    from .solvers.coalitions.sharing import shapley
    from .solvers.deliberation.absorption import deliberate
    from .solvers.deliberation.agendas import romer_rosenthal
    from .solvers.deliberation.bargains import stationary
    from .solvers.deliberation.cheap_talk import best_cheap_talk
    from .solvers.deliberation.juries import truthful_poll
    from .solvers.deliberation.line_rules import check_rule
    from .solvers.deliberation.majority import impartial_culture
    from .solvers.deliberation.power import nakamura_number, power
    from .solvers.deliberation.talk import best_public_talk
    from .solvers.design.direct_mechanism import best_mechanism, least_subsidy
    from .solvers.dynamics.automata import tit_for_tat_discount
    from .solvers.dynamics.cascade import cascade
    from .solvers.dynamics.evolution import replicator_rest_points
    from .solvers.dynamics.evolutionary_stability import evolutionarily_stable, risk_dominance
    from .solvers.dynamics.fixation import fixation
    from .solvers.dynamics.long_run import long_run
    from .solvers.dynamics.repeated import cartel_discount, critical_discount, critical_discount_counted
    from .solvers.dynamics.repeated_payoffs import subgame_perfect_payoffs
    from .solvers.dynamics.rotation import rotation
    from .solvers.organisation.registry import analyse
    from .solvers.quantal.level_k import cognitive_hierarchy, level_k
    from .solvers.quantal.quantal_response import quantal, quantal_path
    from .solvers.solve import solve
    from .solvers.standoff.compare import compare
    from .solvers.standoff.diagnose import diagnose
    from .solvers.structure.decompose import decompose
    from .solvers.structure.potential import find_potential
    from .solvers.structure.price_of_anarchy import price_of_anarchy
    from .solvers.structure.selfishness import selfishness
    from .solvers.structure.two_by_two import classify
    from .solvers.structure.values import coco_value, kohlberg_neyman_value
    from .solvers.two_player.extreme_equilibria import extreme_equilibria
    from .views.json_schema import json_schema

__version__ = "0.1.0"

_HOME = {
    "case_names": "cases.catalogue",
    "check_case": "cases.check",
    "read_game": "cases.game_file",
    "write_game": "cases.game_file",
    "load_case": "cases.load",
    "BayesianGame": "games.bayesian_game",
    "RoleSymmetricGame": "games.counted_game",
    "SymmetricGame": "games.counted_game",
    "EncompassError": "games.errors",
    "NormalForm": "games.normal_form",
    "two_player": "games.normal_form",
    "OutcomeGame": "games.outcome_game",
    "consent": "games.siting",
    "vote": "games.siting",
    "StagedGame": "games.staged_game",
    "tit_for_tat_discount": "solvers.dynamics.automata",
    "cascade": "solvers.dynamics.cascade",
    "least_coalition": "solvers.coalitions.coalitions",
    "compare": "solvers.standoff.compare",
    "least_profitable": "solvers.coalitions.counted_coalitions",
    "decompose": "solvers.structure.decompose",
    "diagnose": "solvers.standoff.diagnose",
    "dominant_actions": "solvers.coalitions.dominance",
    "iterated_elimination": "solvers.coalitions.dominance",
    "replicator_rest_points": "solvers.dynamics.evolution",
    "evolutionarily_stable": "solvers.dynamics.evolutionary_stability",
    "risk_dominance": "solvers.dynamics.evolutionary_stability",
    "extreme_equilibria": "solvers.two_player.extreme_equilibria",
    "fixation": "solvers.dynamics.fixation",
    "analyse": "solvers.organisation.registry",
    "cognitive_hierarchy": "solvers.quantal.level_k",
    "level_k": "solvers.quantal.level_k",
    "long_run": "solvers.dynamics.long_run",
    "find_potential": "solvers.structure.potential",
    "price_of_anarchy": "solvers.structure.price_of_anarchy",
    "quantal": "solvers.quantal.quantal_response",
    "quantal_path": "solvers.quantal.quantal_response",
    "cartel_discount": "solvers.dynamics.repeated",
    "critical_discount": "solvers.dynamics.repeated",
    "critical_discount_counted": "solvers.dynamics.repeated",
    "subgame_perfect_payoffs": "solvers.dynamics.repeated_payoffs",
    "rotation": "solvers.dynamics.rotation",
    "security": "solvers.coalitions.security",
    "selfishness": "solvers.structure.selfishness",
    "solve": "solvers.solve",
    "classify": "solvers.structure.two_by_two",
    "coco_value": "solvers.structure.values",
    "kohlberg_neyman_value": "solvers.structure.values",
    "verify": "solvers.checker.verify",
    "audit": "solvers.audit.audit",
    "mechanism_named": "games.mechanisms.composition",
    "MECHANISMS": "games.mechanisms.registry",
    "Environment": "games.environment",
    "CoalitionalGame": "games.coalitional_game",
    "shapley": "solvers.coalitions.sharing",
    "nucleolus": "games.coalitional_game",
    "least_core": "games.coalitional_game",
    "deliberate": "solvers.deliberation.absorption",
    "check_rule": "solvers.deliberation.line_rules",
    "stationary": "solvers.deliberation.bargains",
    "truthful_poll": "solvers.deliberation.juries",
    "best_public_talk": "solvers.deliberation.talk",
    "best_cheap_talk": "solvers.deliberation.cheap_talk",
    "best_mechanism": "solvers.design.direct_mechanism",
    "least_subsidy": "solvers.design.direct_mechanism",
    "power": "solvers.deliberation.power",
    "nakamura_number": "solvers.deliberation.power",
    "RankingProfile": "games.ranking_profile",
    "romer_rosenthal": "solvers.deliberation.agendas",
    "impartial_culture": "solvers.deliberation.majority",
    "weighted_game": "games.simple_game",
    "quota_game": "games.simple_game",
    "json_schema": "views.json_schema",
}

__all__ = [
    "quota_game",
    "weighted_game",
    "impartial_culture",
    "romer_rosenthal",
    "RankingProfile",
    "nakamura_number",
    "power",
    "least_subsidy",
    "best_mechanism",
    "best_cheap_talk",
    "best_public_talk",
    "truthful_poll",
    "stationary",
    "check_rule",
    "deliberate",
    "least_core",
    "nucleolus",
    "shapley",
    "CoalitionalGame",
    "Environment",
    "MECHANISMS",
    "mechanism_named",
    "analyse",
    "audit",
    "BayesianGame",
    "EncompassError",
    "NormalForm",
    "OutcomeGame",
    "RoleSymmetricGame",
    "StagedGame",
    "SymmetricGame",
    "__version__",
    "cartel_discount",
    "cascade",
    "case_names",
    "check_case",
    "classify",
    "coco_value",
    "cognitive_hierarchy",
    "compare",
    "consent",
    "critical_discount",
    "critical_discount_counted",
    "decompose",
    "diagnose",
    "dominant_actions",
    "evolutionarily_stable",
    "extreme_equilibria",
    "find_potential",
    "fixation",
    "iterated_elimination",
    "json_schema",
    "kohlberg_neyman_value",
    "least_coalition",
    "least_profitable",
    "level_k",
    "load_case",
    "long_run",
    "price_of_anarchy",
    "quantal",
    "quantal_path",
    "read_game",
    "replicator_rest_points",
    "risk_dominance",
    "rotation",
    "security",
    "selfishness",
    "solve",
    "subgame_perfect_payoffs",
    "tit_for_tat_discount",
    "two_player",
    "verify",
    "vote",
    "write_game",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'encompass' has no attribute {name!r}")
    if "IPython" in sys.modules:  # in a notebook answers show themselves
        import_module(".views.notebook", __name__).register()
    value = globals()[name] = getattr(import_module(f".{_HOME[name]}", __name__), name)
    return value


def __dir__() -> list[str]:
    return __all__
