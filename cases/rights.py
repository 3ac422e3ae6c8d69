"""The rights regime of a case file as the games know it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from ..games.exact import Array, is_exact
from ..games.message import say
from ..games.rights import HostConsent, Imposition, Liability, Quota, Rights, Unanimity
from .faults import Faults, key
from .schema import RightsTable

PRESETS = {  # parameters, not legal advice; the article and its date are named in the schema
    "PRC-RC-1989": Quota(Fraction(1, 2), Fraction(1, 2), strict=True, of_votes=True),
}
_GOES_WITH = {"quota": "R-QUOTA", "quorum": "R-QUOTA", "preset": "R-QUOTA", "assessed": "R-LIAB"}


def rights_of(
    spec: RightsTable, case_file: Path, faults: Faults, consent: Sequence[frozenset[int]] | None, damages: Callable[[], Array | None]
) -> Rights | None:
    """The regime, or None with faults. ``consent`` are the consent sets by site, ``damages()`` the true damages by alternative."""
    before = len(faults)
    for name, regime in _GOES_WITH.items():
        if getattr(spec, name) is not None and spec.regime != regime:
            faults.add(case_file, key("game", "rights", name), say("goes with regime {regime} only", regime=regime))
    for name in ("quota", "quorum"):
        if spec.preset is not None and getattr(spec, name) is not None:
            faults.add(
                case_file, key("game", "rights", name), say("is set by the preset {preset}; leave one of them out", preset=spec.preset)
            )
    if len(faults) > before:
        return None
    if spec.regime == "R-HOST":
        return None if consent is None else HostConsent((frozenset(), *consent))
    if spec.regime == "R-QUOTA":
        return _quota(spec, case_file, faults)
    if spec.regime == "R-LIAB":
        return _liability(spec, case_file, faults, damages())
    return Unanimity() if spec.regime == "R-UNAN" else Imposition()


def _quota(spec: RightsTable, case_file: Path, faults: Faults) -> Quota | None:
    if spec.preset is not None:
        return PRESETS[spec.preset]
    values = {"quota": Fraction(1, 2) if spec.quota is None else spec.quota, "quorum": Fraction(0) if spec.quorum is None else spec.quorum}
    heads: dict[str, Any] = {}
    for name, value in values.items():
        if value < 0 or (name == "quota" and value == 0) or (value > 1 and Fraction(value).denominator != 1):
            faults.add(case_file, key("game", "rights", name), say("{value} must be a share from 0 to 1 or a number of heads", value=value))
        heads[name] = int(value) if value > 1 else Fraction(value)
    return Quota(**heads, strict=spec.strict and heads["quota"] != 1, of_votes=spec.of_votes)


def _liability(spec: RightsTable, case_file: Path, faults: Faults, damages: Array | None) -> Liability | None:
    if damages is None:
        faults.add(case_file, key("game", "rights"), say("R-LIAB needs the damages, and this case gives only total gains"))
        return None
    share = Fraction(1) if spec.assessed is None else spec.assessed
    if isinstance(share, list) or share < 0:
        faults.add(
            case_file,
            key("game", "rights", "assessed"),
            say("{value} must be the share of the damage that is paid, not negative", value=share),
        )
        return None
    return Liability(damages * (share if is_exact(damages) else np.float64(share)))
