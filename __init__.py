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
    from .games.formula_game import formula_game, formula_game_of
    from .games.mechanisms.composition import mechanism_named
    from .games.mechanisms.registry import MECHANISMS
    from .games.normal_form import NormalForm, two_player
    from .games.outcome_game import OutcomeGame
    from .games.ranking_profile import RankingProfile
    from .games.simple_game import quota_game, weighted_game
    from .games.siting import consent, vote
    from .games.staged_game import StagedGame
    from .games.stochastic_control import StochasticControl
    from .solvers.audit.audit import audit
    from .solvers.checker.verify import verify
    from .solvers.coalitions.coalitions import least_coalition
    from .solvers.coalitions.counted_coalitions import least_profitable
    from .solvers.coalitions.dominance import dominant_actions, iterated_elimination
    from .solvers.coalitions.security import security
    from .solvers.coalitions.sharing import shapley
    from .solvers.control.optimal_control import optimal_control
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
    from .solvers.design.grant_knapsack import best_grants
    from .solvers.design.grant_problem import grant_problem
    from .solvers.dynamics.automata import tit_for_tat_discount
    from .solvers.dynamics.cascade import cascade
    from .solvers.dynamics.evolution import replicator_rest_points
    from .solvers.dynamics.evolutionary_stability import evolutionarily_stable, risk_dominance
    from .solvers.dynamics.fixation import fixation
    from .solvers.dynamics.long_run import long_run
    from .solvers.dynamics.repeated import cartel_discount, critical_discount, critical_discount_counted
    from .solvers.dynamics.repeated_payoffs import subgame_perfect_payoffs
    from .solvers.dynamics.rotation import rotation
    from .solvers.linear_certificate import linear_program
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
    "analyse": "solvers.organisation.registry",
    "audit": "solvers.audit.audit",
    "BayesianGame": "games.bayesian_game",
    "best_cheap_talk": "solvers.deliberation.cheap_talk",
    "best_grants": "solvers.design.grant_knapsack",
    "best_mechanism": "solvers.design.direct_mechanism",
    "best_public_talk": "solvers.deliberation.talk",
    "cartel_discount": "solvers.dynamics.repeated",
    "cascade": "solvers.dynamics.cascade",
    "case_names": "cases.catalogue",
    "check_case": "cases.check",
    "check_rule": "solvers.deliberation.line_rules",
    "classify": "solvers.structure.two_by_two",
    "CoalitionalGame": "games.coalitional_game",
    "coco_value": "solvers.structure.values",
    "cognitive_hierarchy": "solvers.quantal.level_k",
    "compare": "solvers.standoff.compare",
    "consent": "games.siting",
    "critical_discount": "solvers.dynamics.repeated",
    "critical_discount_counted": "solvers.dynamics.repeated",
    "decompose": "solvers.structure.decompose",
    "deliberate": "solvers.deliberation.absorption",
    "diagnose": "solvers.standoff.diagnose",
    "dominant_actions": "solvers.coalitions.dominance",
    "EncompassError": "games.errors",
    "Environment": "games.environment",
    "evolutionarily_stable": "solvers.dynamics.evolutionary_stability",
    "extreme_equilibria": "solvers.two_player.extreme_equilibria",
    "find_potential": "solvers.structure.potential",
    "fixation": "solvers.dynamics.fixation",
    "formula_game": "games.formula_game",
    "formula_game_of": "games.formula_game",
    "grant_problem": "solvers.design.grant_problem",
    "impartial_culture": "solvers.deliberation.majority",
    "iterated_elimination": "solvers.coalitions.dominance",
    "json_schema": "views.json_schema",
    "kohlberg_neyman_value": "solvers.structure.values",
    "least_coalition": "solvers.coalitions.coalitions",
    "least_core": "games.coalitional_game",
    "least_profitable": "solvers.coalitions.counted_coalitions",
    "least_subsidy": "solvers.design.direct_mechanism",
    "level_k": "solvers.quantal.level_k",
    "linear_program": "solvers.linear_certificate",
    "load_case": "cases.load",
    "long_run": "solvers.dynamics.long_run",
    "mechanism_named": "games.mechanisms.composition",
    "MECHANISMS": "games.mechanisms.registry",
    "nakamura_number": "solvers.deliberation.power",
    "NormalForm": "games.normal_form",
    "nucleolus": "games.coalitional_game",
    "optimal_control": "solvers.control.optimal_control",
    "OutcomeGame": "games.outcome_game",
    "power": "solvers.deliberation.power",
    "price_of_anarchy": "solvers.structure.price_of_anarchy",
    "quantal": "solvers.quantal.quantal_response",
    "quantal_path": "solvers.quantal.quantal_response",
    "quota_game": "games.simple_game",
    "RankingProfile": "games.ranking_profile",
    "read_game": "cases.game_file",
    "replicator_rest_points": "solvers.dynamics.evolution",
    "risk_dominance": "solvers.dynamics.evolutionary_stability",
    "RoleSymmetricGame": "games.counted_game",
    "romer_rosenthal": "solvers.deliberation.agendas",
    "rotation": "solvers.dynamics.rotation",
    "security": "solvers.coalitions.security",
    "selfishness": "solvers.structure.selfishness",
    "shapley": "solvers.coalitions.sharing",
    "solve": "solvers.solve",
    "StagedGame": "games.staged_game",
    "stationary": "solvers.deliberation.bargains",
    "StochasticControl": "games.stochastic_control",
    "subgame_perfect_payoffs": "solvers.dynamics.repeated_payoffs",
    "SymmetricGame": "games.counted_game",
    "tit_for_tat_discount": "solvers.dynamics.automata",
    "truthful_poll": "solvers.deliberation.juries",
    "two_player": "games.normal_form",
    "verify": "solvers.checker.verify",
    "vote": "games.siting",
    "weighted_game": "games.simple_game",
    "write_game": "cases.game_file",
}

__all__ = [
    "__version__",
    "analyse",
    "audit",
    "BayesianGame",
    "best_cheap_talk",
    "best_grants",
    "best_mechanism",
    "best_public_talk",
    "cartel_discount",
    "cascade",
    "case_names",
    "check_case",
    "check_rule",
    "classify",
    "CoalitionalGame",
    "coco_value",
    "cognitive_hierarchy",
    "compare",
    "consent",
    "critical_discount",
    "critical_discount_counted",
    "decompose",
    "deliberate",
    "diagnose",
    "dominant_actions",
    "EncompassError",
    "Environment",
    "evolutionarily_stable",
    "extreme_equilibria",
    "find_potential",
    "fixation",
    "formula_game",
    "formula_game_of",
    "grant_problem",
    "impartial_culture",
    "iterated_elimination",
    "json_schema",
    "kohlberg_neyman_value",
    "least_coalition",
    "least_core",
    "least_profitable",
    "least_subsidy",
    "level_k",
    "linear_program",
    "load_case",
    "long_run",
    "mechanism_named",
    "MECHANISMS",
    "nakamura_number",
    "NormalForm",
    "nucleolus",
    "optimal_control",
    "OutcomeGame",
    "power",
    "price_of_anarchy",
    "quantal",
    "quantal_path",
    "quota_game",
    "RankingProfile",
    "read_game",
    "replicator_rest_points",
    "risk_dominance",
    "RoleSymmetricGame",
    "romer_rosenthal",
    "rotation",
    "security",
    "selfishness",
    "shapley",
    "solve",
    "StagedGame",
    "stationary",
    "StochasticControl",
    "subgame_perfect_payoffs",
    "SymmetricGame",
    "tit_for_tat_discount",
    "truthful_poll",
    "two_player",
    "verify",
    "vote",
    "weighted_game",
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
