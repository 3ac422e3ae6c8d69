"""Inspection: somebody may break a rule, somebody may look, neighbours may tell (Avenhaus, von Stengel and Zamir 2002; ATLAS CASE-11)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from .exact import Number
from .normal_form import NormalForm
from .parameters import amount


@dataclass(frozen=True, eq=False)
class Balance:
    """The mixed equilibrium: probability ``inspect`` of looking and ``violate`` of breaking the rule."""

    inspect: Number
    violate: Number


def inspection_game(gain: object, fine: object, cost: object, loss: object, reports: object = 0) -> NormalForm:
    """Inspector (inspect, wait) against landlord (violate, comply).

    A violation earns ``gain`` if undetected and costs ``fine`` if detected; looking costs ``cost`` and always detects; without it the
    neighbours detect with probability ``reports``; an undetected violation costs the inspector ``loss``.
    """
    g, f, k, l, r = _parameters(gain, fine, cost, loss, reports)
    zero = Fraction(0)
    inspector = [[-k, -k], [-(1 - r) * l, zero]]
    landlord = [[-f, zero], [(1 - r) * g - r * f, zero]]
    names = {"players": ("inspector", "landlord"), "actions": (("inspect", "wait"), ("violate", "comply"))}
    return NormalForm.from_arrays(inspector, landlord, players=names["players"], actions=names["actions"])  # type: ignore[arg-type]


def balance(gain: object, fine: object, cost: object, loss: object, reports: object = 0) -> Balance | None:
    """P11.1 and P11.2 in closed form: ``inspect = max(0, (g / (g + f) - r) / (1 - r))``, ``violate = k / (l (1 - r))``.

    None where nobody need look, ``r >= g / (g + f)``, or looking never pays, ``k >= l (1 - r)``: then there is no mixed balance.
    """
    g, f, k, l, r = _parameters(gain, fine, cost, loss, reports)
    if r >= deterring(g, f) or k >= l * (1 - r):
        return None
    return Balance((deterring(g, f) - r) / (1 - r), k / (l * (1 - r)))


def deterring(gain: object, fine: object) -> Number:
    """The least probability of detection at which breaking the rule does not pay: ``g / (g + f)`` (P11.1, P11.3)."""
    g, f = amount(gain, "gain", least=0), amount(fine, "fine", above=0)
    return g / (g + f)


def patrol_needed(gain: object, fine: object, reports: object) -> Number:
    """The least probability of patrol that deters when neighbours report with probability ``reports`` (P11.2)."""
    r = amount(reports, "reports", least=0, most=1)
    return max(Fraction(0), (deterring(gain, fine) - r) / (1 - r)) if r < 1 else Fraction(0)


def _parameters(*given: object) -> tuple[Number, Number, Number, Number, Number]:
    g, f, k, l = (amount(x, name, least=0) for x, name in zip(given, ("gain", "fine", "cost", "loss")))
    return g, f, k, l, amount(given[4], "reports", least=0, most=1)


__all__ = ["Balance", "balance", "deterring", "inspection_game", "patrol_needed"]
