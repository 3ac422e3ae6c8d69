"""``verify``: the separate checker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Check:
    """One thing that must hold, and whether it does."""

    what: str
    holds: bool


@dataclass(frozen=True)
class Verdict:
    """``kind`` of certificate, whether it is ``valid``, and every check made."""

    kind: str
    checks: tuple[Check, ...]

    @property
    def valid(self) -> bool:
        """Whether every check holds (and there is one)."""
        return bool(self.checks) and all(check.holds for check in self.checks)

    def to_dict(self) -> dict[str, Any]:
        """The JSON form, schema ``encompass/verify/1``."""
        checks = [{"what": check.what, "holds": check.holds} for check in self.checks]
        return {"schema": "encompass/verify/1", "kind": self.kind, "valid": self.valid, "checks": checks}
