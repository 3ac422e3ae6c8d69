"""The registry of models: a line each, the name by which case files ask for a family and the class that it is.

A model is a frozen dataclass whose fields are its parameters (numbers, or tuples of numbers); it raises :class:`InputError` on
construction for values that make no sense. A module is loaded when its model is asked for.
"""

from __future__ import annotations

from dataclasses import fields
from importlib import import_module
from typing import Any

from ..errors import InputError

LINES: dict[str, str] = {
    "mediation": "mediation:Mediation",
    "grant-budget": "grant_budget:GrantBudget",
    "grant-round": "grant_round:ProjectRound",
    "grant-or-match": "grant_or_match:GrantOrMatch",
    "budget-claims": "budget_claims:BudgetClaims",
    "inspection": "inspection:ReportedInspection",
    "sequential-inspection": "sequential_inspection:SequentialInspection",
    "clean-record": "clean_record:CleanRecord",
    "patrol-rota": "patrol_rota:PatrolRota",
    "shell-audit": "shell_audit:ShellAudit",
    "rosters": "rosters:Rosters",
    "multitask-contract": "multitask_contract:MultitaskContract",
    "limited-liability": "limited_liability:LimitedLiability",
    "ledgers": "ledgers:Ledgers",
    "event-booking": "event_booking:EventBooking",
    "division-of-labour": "division_of_labour:DivisionOfLabour",
    "common-agency": "common_agency:CommonAgency",
    "publicity": "publicity:Publicity",
    "agenda-setter": "agenda_setter:AgendaSetter",
    "scope": "scope:Scope",
    "participation-spiral": "participation_spiral:ParticipationSpiral",
    "participation-hours": "participation_hours:ParticipationHours",
    "resonance": "resonance:Resonance",
    "factions": "factions:Factions",
    "group-contest": "group_contest:GroupContest",
    "electoral-capture": "electoral_capture:ElectoralCapture",
    "uncertain-reform": "uncertain_reform:UncertainReform",
    "anticommons": "anticommons:Anticommons",
    "differing-needs": "needs:DifferingNeeds",
    "duplication": "duplication:Duplication",
    "shared-capacity": "shared_capacity:SharedCapacity",
    "belief-threshold": "belief_threshold:BeliefThreshold",
    "stairwell-threshold": "stairwell_threshold:StairwellThreshold",
    "critical-mass": "critical_mass:CriticalMass",
    "stairwell-sanctions": "stairwell_sanctions:StairwellSanctions",
    "shared-product": "shared_product:SharedProduct",
    "public-good-funder": "public_good_funder:PublicGoodFunder",
    "majority-tax": "majority_tax:MajorityTax",
    "alignment": "alignment:Alignment",
    "team": "team:Team",
    "joint-team": "team:JointTeam",
    "campaign": "campaign:Campaign",
    "delegation": "delegation:Delegation",
    "evaluator": "evaluator:Evaluator",
    "hub-network": "hub_network:HubNetwork",
    "release": "release:Release",
    "repeated-unit": "repeated_unit:RepeatedUnit",
    "resident-tiers": "resident_tiers:ResidentTiers",
    "self-management": "self_management:SelfManagement",
    "hand-over": "hand_over:HandOver",
    "unit-design": "unit_design:UnitDesign",
    "favour-exchange": "favour_exchange:FavourExchange",
    "pairing": "pairing:Pairing",
    "attention-commons": "attention_commons:AttentionCommons",
    "candidate-sites": "private_siting:CandidateSites",
    "lobbying": "lobbying:Lobbying",
    "nomination": "nomination:Nomination",
    "private-hosts": "private_siting:PrivateHosts",
    "rota": "rota:Rota",
    "signing": "signing:Signing",
    "standoff": "standoff:Standoff",
    "waiting": "waiting:Waiting",
}


def model_class(name: str) -> type[Any]:
    """The class of the family ``name``. Raises :class:`InputError` for one that is not known."""
    if name not in LINES:
        raise InputError("{name}={value!r} is not known; one of {known}", name="family", value=name, known=list(LINES))
    module, _, kind = LINES[name].partition(":")
    return getattr(import_module(f".{module}", __package__), kind)


def parameters_of(name: str) -> tuple[str, ...]:
    """The names of the parameters of the family ``name``."""
    return tuple(field.name for field in fields(model_class(name)))


__all__ = ["LINES", "model_class", "parameters_of"]
