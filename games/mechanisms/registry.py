"""The registry of mechanisms: a line each, its id and the class that it is; a module is loaded when its mechanism is asked for.

A new mechanism is one file with a frozen dataclass (see :mod:`.mechanism` for what it must have) and one line here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from typing import Any

from .mechanism import Mechanism

_LINES: dict[str, tuple[str, dict[str, Any]]] = {
    "M-01:EQ": ("compensation:EqualShare", {"variant": "EQ"}),
    "M-01:FC": ("compensation:EqualShare", {"variant": "FC"}),
    "M-01:ES": ("compensation:EqualShare", {"variant": "ES"}),
    "M-02": ("auctions:LowBid", {}),
    "M-02:rebate": ("auctions:LowBid", {"rebate": True}),
    "M-04": ("auctions:FairImposition", {}),
    "M-06:veto": ("pivotal:Pivotal", {"veto": True}),
    "M-06:imposition": ("pivotal:Pivotal", {"veto": False}),
    "M-21:maxmin": ("lottery:SiteLottery", {"kind": "maxmin"}),
    "M-21:uniform": ("lottery:SiteLottery", {"kind": "uniform"}),
    "M-21:nash": ("lottery:SiteLottery", {"kind": "nash"}),
    "DL-1": ("deliberation:Mediator", {}),
    "DL-8": ("deliberation:QuotaVote", {}),
    "DL-8:two-thirds": ("deliberation:QuotaVote", {"quota": "2/3", "strict": False, "name": "two-thirds"}),
    "DL-8:unanimity": ("deliberation:QuotaVote", {"quota": "1", "strict": False, "name": "unanimity"}),
}


@cache
def _made(name: str) -> Mechanism:
    home, parameters = _LINES[name]
    module, kind = home.split(":")
    return getattr(import_module(f".{module}", __package__), kind)(**parameters)


class Registry(Mapping[str, Mechanism]):
    """All mechanisms by id, each made when first asked for."""

    def __getitem__(self, name: str) -> Mechanism:
        return _made(name)

    def __iter__(self) -> Iterator[str]:
        return iter(_LINES)

    def __len__(self) -> int:
        return len(_LINES)


MECHANISMS = Registry()
