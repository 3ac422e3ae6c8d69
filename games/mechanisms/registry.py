"""The registry of mechanisms: a line each, its id and the class that it is; a module is loaded when its mechanism is asked for.

A new mechanism is one file with a frozen dataclass (see :mod:`.mechanism` for what it must have) and one line here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from typing import Any

from ..errors import InputError
from .mechanism import Mechanism

_LINES: dict[str, tuple[str, dict[str, Any]]] = {
    "M-01:EQ": ("compensation:EqualShare", {"variant": "EQ"}),
    "M-01:FC": ("compensation:EqualShare", {"variant": "FC"}),
    "M-01:ES": ("compensation:EqualShare", {"variant": "ES"}),
    "M-02": ("auctions:LowBid", {}),
    "M-02:rebate": ("auctions:LowBid", {"rebate": True}),
    "M-03": ("auctions:SecondPrice", {}),
    "M-03:highest": ("auctions:SecondPrice", {"price": "highest"}),
    "M-04": ("auctions:FairImposition", {}),
    "M-05": ("multibidding:Multibidding", {}),
    "M-05:sites": ("multibidding:Multibidding", {"status_quo": False}),
    "M-06:veto": ("pivotal:Pivotal", {"veto": True}),
    "M-06:imposition": ("pivotal:Pivotal", {"veto": False}),
    "M-06:rebate": ("pivotal:Redistribution", {}),
    "M-07": ("expected_externality:ExpectedExternality", {}),
    "M-08": ("lindahl:Lindahl", {}),
    "M-09": ("price_announcements:PriceAnnouncements", {}),
    "M-10": ("side_payments:SidePayments", {}),
    "M-10:staged": ("side_payments:StagedCommitment", {}),
    "M-11": ("promises:KImplementation", {}),
    "M-12": ("side_contracts:SidePaymentContract", {}),
    "M-13": ("core_compensation:CoreCompensation", {}),
    "M-14": ("divide_and_conquer:DivideAndConquer", {}),
    "M-15": ("assurance:ProvisionPoint", {}),
    "M-16": ("assurance:ProvisionPoint", {"rebate": "proportional"}),
    "M-17": ("assurance:DominantAssurance", {}),
    "M-18": ("assurance:ProvisionPoint", {"bonus_share": "1/2"}),
    "M-19": ("matching:MatchingGrant", {}),
    "M-19:levels": ("matching:MatchedLevels", {}),
    "M-19:projects": ("matching:MatchedProjects", {}),
    "M-20": ("quadratic_funding:QuadraticFunding", {}),
    "M-21:maxmin": ("lottery:SiteLottery", {"kind": "maxmin"}),
    "M-21:uniform": ("lottery:SiteLottery", {"kind": "uniform"}),
    "M-21:nash": ("lottery:SiteLottery", {"kind": "nash"}),
    "M-21:welfare": ("lottery:SiteLottery", {"kind": "welfare"}),
    "M-22": ("turns:Rotation", {}),
    "M-22:fine": ("turns:Rotation", {"fine": 30}),
    "M-23": ("package:PackageDeal", {}),
    "M-23:hosts": ("package:PackageDeal", {"rule": "hosts"}),
    "M-23:majority": ("package:PackageDeal", {"rule": "majority"}),
    "M-24(M-21:uniform)": ("binding_petition:BindingPetition", {}),
    "M-25": ("enforcement:Mandate", {}),
    "M-26": ("enforcement:PeerPunishment", {}),
    "M-27": ("enforcement:PoolPunishment", {}),
    "M-28": ("agreement:CompensationAgreement", {}),
    "M-29": ("stakes:EncompassingShare", {}),
    "M-29:dividend": ("stakes:EncompassingShare", {"alpha": "3/4", "kind": "dividend"}),
    "M-30": ("insurance:Insurance", {}),
    "M-31": ("mitigation:Mitigation", {}),
    "M-32": ("liability:LiabilityRule", {}),
    "M-32:levied": ("liability:LiabilityRule", {"levied": True}),
    "M-33": ("budget_division:UniformRule", {}),
    "M-34": ("turns:BurdenPoints", {}),
    "M-35:proportional": ("budget_division:ProportionalRationing", {}),
    "M-35:priority": ("budget_division:PriorityRationing", {}),
    "M-35:largest-first": ("budget_division:PriorityRationing", {"largest_first": True}),
    "M-36": ("equal_shares:EqualShares", {}),
    "M-36:greedy": ("equal_shares:EqualShares", {"completion": "greedy"}),
    "M-37": ("hub:MatchingHub", {}),
    "M-37:shared": ("hub:MatchingHub", {"credit": "shared"}),
    "CS-1": ("cost_sharing:SerialCostSharing", {}),
    "CS-2": ("cost_sharing:EqualAccess", {}),
    "DL-1": ("..deliberation.mediator:Mediator", {}),
    "DL-2": ("..deliberation.mediation:ConfidentialMediator", {}),
    "DL-3": ("..deliberation.mediation:DirectTalk", {}),
    "DL-3:public": ("..deliberation.mediation:PublicTalk", {}),
    "DL-4": ("..deliberation.pairwise:PairwiseDeliberation", {}),
    "DL-5:constructive": ("..deliberation.arguments:ArgumentDiscussion", {}),
    "DL-6": ("..deliberation.coalition_formation:CoalitionDeliberation", {}),
    "DL-6:sites": ("..deliberation.coalition_formation:CoalitionDeliberation", {"kind": "sites"}),
    "DL-6:lotteries": ("..deliberation.coalition_formation:CoalitionDeliberation", {"kind": "lotteries"}),
    "DL-7": ("..deliberation.opinions:Persuasion", {}),
    "DL-8": ("..deliberation.quota:QuotaVote", {}),
    "DL-8:two-thirds": ("..deliberation.quota:QuotaVote", {"quota": "2/3", "strict": False, "name": "two-thirds"}),
    "DL-8:unanimity": ("..deliberation.quota:QuotaVote", {"quota": "1", "strict": False, "name": "unanimity"}),
    "DL-8:veto": ("..deliberation.quota:VetoVote", {}),
    "DL-9": ("..deliberation.agenda:Agenda", {}),
    "DL-9:sincere": ("..deliberation.agenda:Agenda", {"sophisticated": False}),
    "DL-10": ("..deliberation.bargaining:BaronFerejohn", {}),
    "DL-10:unanimity": ("..deliberation.bargaining:BaronFerejohn", {"quota": "1", "strict": False, "name": "unanimity"}),
    "DL-11": ("..deliberation.disclosure:EvidencePooling", {"low": 12, "high": 30}),
    "DL-12": ("..deliberation.straw_poll:StrawPoll", {}),
    "DL-13": ("..deliberation.sortition:Sortition", {}),
    "DL-14": ("..deliberation.single_text:SingleText", {}),
    "DL-14:money": ("..deliberation.single_text:SingleText", {"kind": "money"}),
    "DL-14:kalai-smorodinsky": ("..deliberation.single_text:SingleText", {"kind": "kalai-smorodinsky"}),
}

USUAL = (
    "M-01:EQ", "M-01:FC", "M-01:ES", "M-02", "M-02:rebate", "M-04", "M-06:veto", "M-06:imposition", "M-21:maxmin", "M-21:uniform",
    "M-21:nash", "DL-1", "DL-8", "DL-8:two-thirds", "DL-8:unanimity",
)  # fmt: skip
"""What is tried on a case that names no rules: those whose ends the checker derives anew."""

LISTED = frozenset(_LINES)  # the ids that are not compositions


@cache
def _composed(text: str) -> Mechanism | None:
    """``A+B`` or ``M-24(A)`` out of known parts (see :mod:`.composition`); None if a part is not known."""
    from .composition import mechanism_named

    if not set("+(") & set(text):
        return None
    try:
        return mechanism_named(text)
    except InputError:
        return None


@cache
def _made(name: str) -> Mechanism:
    home, parameters = _LINES[name]
    module, kind = home.split(":")
    return getattr(import_module(module if module.startswith(".") else f".{module}", __package__), kind)(**parameters)


class Registry(Mapping[str, Mechanism]):
    """All mechanisms by id, each made when first asked for; compositions of them are found too, but not listed."""

    def __getitem__(self, name: str) -> Mechanism:
        if name in _LINES:
            return _made(name)
        found = _composed(name)
        if found is None:
            raise KeyError(name)
        return found

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and (name in _LINES or _composed(name) is not None)

    def __iter__(self) -> Iterator[str]:
        return iter(_LINES)

    def __len__(self) -> int:
        return len(_LINES)


MECHANISMS = Registry()
