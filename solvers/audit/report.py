"""What ``audit`` returns: for every property a verdict, the size of the worst violation, and two witnesses, each with its story."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ...games.environment import Types
from ...games.exact import Number, as_json
from ...games.message import Message


def plain(value: object) -> Any:
    """``value`` for JSON; types that have no form there as text."""
    return json.loads(json.dumps(as_json(value), default=str))


@dataclass(frozen=True, eq=False)
class Witness:
    """One violation told: ``types`` are true, ``reports`` are told (None: the truth), ``who`` are the names of those it is about.

    ``size`` is the gain, loss or sum missing; ``decision`` and ``decision_after`` say what is decided, ``payoffs`` and ``payoffs_after``
    what everybody gets (None where an average is meant). ``"*"`` stands for types that were averaged over.
    """

    size: Number
    types: Types
    reports: Types | None
    who: tuple[str, ...]
    story: Message
    decision: str | None = None
    decision_after: str | None = None
    payoffs: tuple[Number, ...] | None = None
    payoffs_after: tuple[Number, ...] | None = None
    note: str = ""

    def to_dict(self, read: Callable[[object], str] = str) -> dict[str, Any]:
        """The JSON form."""
        fields = ("size", "types", "reports", "who", "decision", "decision_after", "payoffs", "payoffs_after", "note")
        return {name: plain(getattr(self, name)) for name in fields} | {"story": read(self.story)}


@dataclass(frozen=True, eq=False)
class Result:
    """The verdict on one property.

    ``verdict``: ``proved`` (all ``tries`` profiles of types were gone through, under ``assumes``), ``refuted`` (by ``witness``, the most
    profitable violation found, and ``smallest``, the simplest), ``not-refuted`` (in ``tries`` tries), ``not-applicable`` (``reason``).
    ``claimed`` is what the mechanism says of itself (None: nothing), by ``source`` and under ``condition``.
    """

    property: str
    verdict: str
    size: Number | None = None
    witness: Witness | None = None
    smallest: Witness | None = None
    tries: int = 0
    source: str = ""
    claimed: bool | None = None
    condition: str = ""
    assumes: tuple[Message, ...] = ()
    reason: Message | None = None

    def to_dict(self, read: Callable[[object], str] = str) -> dict[str, Any]:
        """The JSON form."""
        return {
            "property": self.property,
            "verdict": self.verdict,
            "size": as_json(self.size),
            "witness": None if self.witness is None else self.witness.to_dict(read),
            "smallest": None if self.smallest is None else self.smallest.to_dict(read),
            "tries": self.tries,
            "source": self.source,
            "claimed": self.claimed,
            "condition": self.condition,
            "assumes": [read(what) for what in self.assumes],
            "reason": None if self.reason is None else read(self.reason),
        }


@dataclass(frozen=True, eq=False)
class Audit:
    """What ``audit`` returns: the ``results`` in the order asked, for ``mechanism`` (its id) in ``environment`` (described)."""

    mechanism: str
    environment: dict[str, Any]
    results: tuple[Result, ...]
    certificate: dict[str, Any] | None = None

    def __getitem__(self, name: str) -> Result:
        """The result for the property ``name``."""
        return next(result for result in self.results if result.property == name)

    @property
    def refuted_claims(self) -> tuple[Result, ...]:
        """What the mechanism claims to have, and was refuted."""
        return tuple(r for r in self.results if r.claimed and r.verdict == "refuted")

    @property
    def unwitnessed(self) -> tuple[Result, ...]:
        """What the mechanism says it lacks, and no witness was found for: the environment may be too small."""
        return tuple(r for r in self.results if r.claimed is False and r.verdict in ("proved", "not-refuted"))

    def to_dict(self, read: Callable[[object], str] = str) -> dict[str, Any]:
        """The JSON form, schema ``encompass/audit/1``; ``read`` turns sentences into text."""
        return {
            "schema": "encompass/audit/1",
            "mechanism": self.mechanism,
            "environment": plain(self.environment),
            "results": [result.to_dict(read) for result in self.results],
            "certificate": self.certificate,
        }

    def __repr__(self) -> str:
        return f"Audit({self.mechanism}: " + ", ".join(f"{r.property} {r.verdict}" for r in self.results) + ")"
