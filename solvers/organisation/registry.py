"""Which analysis answers for which model: a line each, by the name of the family. A module is loaded when it is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from ...games.errors import NotApplicable
from ...games.organisation.registry import LINES as MODELS
from .analysis import Analysis

if TYPE_CHECKING:
    from ...cases.case import Case

LINES: dict[str, str] = {
    "mediation": "mediation:MediationAnalysis",
    "grant-budget": "grant_budget:BudgetAnalysis",
    "grant-round": "grant_round:RoundAnalysis",
    "grant-or-match": "grant_or_match:GrantOrMatchAnalysis",
    "budget-claims": "budget_claims:ClaimsAnalysis",
    "inspection": "inspection:InspectionAnalysis",
    "sequential-inspection": "sequential_inspection:SequentialAnalysis",
    "clean-record": "clean_record:RecordAnalysis",
    "patrol-rota": "patrol_rota:PatrolAnalysis",
    "shell-audit": "shell_audit:ShellAuditAnalysis",
    "rosters": "rosters:RostersAnalysis",
    "multitask-contract": "multitask_contract:ContractAnalysis",
    "limited-liability": "limited_liability:LiabilityAnalysis",
    "ledgers": "ledgers:LedgersAnalysis",
    "event-booking": "event_booking:EventBookingAnalysis",
    "division-of-labour": "division_of_labour:DivisionAnalysis",
    "common-agency": "common_agency:CommonAgencyAnalysis",
    "publicity": "publicity:PublicityAnalysis",
    "agenda-setter": "agenda_setter:AgendaSetterAnalysis",
    "scope": "scope:ScopeAnalysis",
    "participation-spiral": "participation_spiral:SpiralAnalysis",
    "participation-hours": "participation_hours:HoursAnalysis",
    "resonance": "resonance:ResonanceAnalysis",
    "factions": "factions:FactionsAnalysis",
    "group-contest": "group_contest:GroupContestAnalysis",
    "electoral-capture": "electoral_capture:ElectoralCaptureAnalysis",
    "uncertain-reform": "uncertain_reform:ReformAnalysis",
    "anticommons": "anticommons:AnticommonsAnalysis",
    "differing-needs": "needs:NeedsAnalysis",
    "duplication": "duplication:DuplicationAnalysis",
    "shared-capacity": "shared_capacity:CapacityAnalysis",
    "belief-threshold": "belief_threshold:BeliefAnalysis",
    "stairwell-threshold": "stairwell_threshold:StairwellAnalysis",
    "critical-mass": "critical_mass:CriticalMassAnalysis",
    "stairwell-sanctions": "stairwell_sanctions:SanctionsAnalysis",
    "shared-product": "shared_product:SharedProductAnalysis",
    "public-good-funder": "public_good_funder:FunderAnalysis",
    "majority-tax": "majority_tax:MajorityAnalysis",
    "alignment": "alignment:AlignmentAnalysis",
    "team": "team:TeamAnalysis",
    "joint-team": "joint_team:JointTeamAnalysis",
    "campaign": "campaign:CampaignAnalysis",
    "delegation": "delegation:DelegationAnalysis",
    "evaluator": "evaluator:EvaluatorAnalysis",
    "hub-network": "hub_network:HubAnalysis",
    "release": "release:ReleaseAnalysis",
    "repeated-unit": "repeated_unit:RepeatedUnitAnalysis",
    "resident-tiers": "resident_tiers:TiersAnalysis",
    "self-management": "self_management:SelfManagementAnalysis",
    "hand-over": "hand_over:HandOverAnalysis",
    "unit-design": "unit_design:UnitDesignAnalysis",
    "favour-exchange": "favour_exchange:FavourAnalysis",
    "pairing": "pairing:PairingAnalysis",
    "attention-commons": "attention_commons:AttentionAnalysis",
    "candidate-sites": "private_siting:CandidateSitesAnalysis",
    "lobbying": "lobbying:LobbyingAnalysis",
    "nomination": "nomination:NominationAnalysis",
    "private-hosts": "private_siting:PrivateHostsAnalysis",
    "rota": "rota:RotaAnalysis",
    "signing": "signing:SigningAnalysis",
    "standoff": "standoff:StandoffAnalysis",
    "waiting": "waiting:WaitingAnalysis",
}


def analyse(model: Any | Case) -> Analysis:
    """What can be said about ``model`` (one of :mod:`encompass.games.organisation`, or a case of that kind), figure by figure.

    Figures are computed when asked for. Raises :class:`NotApplicable` for other games.
    """
    game = model.game if hasattr(model, "game") and hasattr(model, "story") else model
    name = next((name for name, line in MODELS.items() if line.partition(":")[2] == type(game).__name__), None)
    if name is None or name not in LINES:
        raise NotApplicable("there is no analysis of {kind}; ask solve or diagnose", kind=type(game).__name__)
    module, _, kind = LINES[name].partition(":")
    return getattr(import_module(f".{module}", __package__), kind)(game)
