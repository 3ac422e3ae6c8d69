"""Certificates that nobody gains by another amount, in games whose players each choose a number."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from ...games.errors import InputError
from ...games.exact import Number, as_json
from ...games.expression import Expression
from ..certificate import sealed

LONGEST = 900  # characters of a formula whose value is written as well; of longer ones only the checker computes it


def smooth_certificate(
    payoffs: Mapping[str, str],
    constants: Mapping[str, Number],
    profile: Mapping[str, Number],
    bounds: Mapping[str, tuple[Number | None, Number | None]],
    above: Collection[str] = (),
) -> dict[str, Any]:
    """A certificate of kind ``smooth``: each player's amount in ``profile`` is a best response within its ``bounds``.

    ``payoffs`` holds one formula a player (the player's name is the name of its amount) over all amounts and ``constants``: a polynomial
    or a quotient of polynomials in the own amount, so that the checker can decide exactly whether any amount does better. Other names may
    stand in powers only as whole numbers; functions are not read. ``bounds`` are (least, most), None without one; the players in ``above``
    choose amounts strictly above the least. Everything exact is decided exactly; with a float anywhere, up to a billionth of the payoffs.
    Raises :class:`InputError` for names that do not fit and payoffs that cannot be computed.
    """
    players = set(payoffs)
    if not players or players != set(profile) or players != set(bounds) or not set(above) <= players or players & set(constants):
        raise InputError("payoffs, amounts and bounds must name the same players, and constants others")
    known = {**constants, **profile}
    values = {name: None if len(text) > LONGEST else Expression(text)(known) for name, text in payoffs.items()}
    return sealed(
        {
            "kind": "smooth",
            "payoffs": dict(payoffs),
            "constants": as_json(dict(constants)),
            "profile": as_json(dict(profile)),
            "bounds": {name: [as_json(low), as_json(high)] for name, (low, high) in bounds.items()},
            "open": sorted(above),
            "values": as_json(values),
        }
    )
