"""M-30, insurance and performance bonds: the risk of a bad state is taken from the host, the operator answers for neglect.

At constant absolute risk aversion rho a damage d that may come is felt as the sure damage (1 / rho) log E exp(rho d) (Pratt 1964).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import exp, expm1, log, log1p
from typing import Any, ClassVar

import numpy as np

from ..errors import InputError
from ..exact import Array, Number, zeros
from ..message import Message, say
from ..normal_form import NormalForm
from ..outcome_game import OutcomeGame
from ..parameters import amount, amounts
from .mechanism import Claim, Knowledge
from .mitigation import parts_of, rebuilt, refuses_damages


def certainty_equivalent(damages: Sequence[object], probabilities: Sequence[object], aversion: object) -> Number:
    """The sure damage that is felt as bad as ``damages`` with these ``probabilities``, at constant absolute risk ``aversion`` rho (per unit
    of money): (1 / rho) log E exp(rho d) (Pratt 1964). The mean, exactly, at rho = 0. Raises :class:`InputError` for no distribution.
    """
    d, p = amounts(damages, "damages"), amounts(probabilities, "probabilities", len(damages), least=Fraction(0))
    rho, total = amount(aversion, "aversion", least=Fraction(0)), sum(p)
    if abs(total - 1) > (0 if isinstance(total, Fraction) else 1e-9):
        raise InputError("{name} must sum to one", name="probabilities")
    if rho == 0:
        return sum((x * q for x, q in zip(d, p)), start=Fraction(0))
    top = max(float(x) for x, q in zip(d, p) if q)  # taken out, so that no exponential is too large
    return top + log(sum(float(q) * exp(float(rho) * (float(x) - top)) for x, q in zip(d, p) if q)) / float(rho)


def insurance_surplus(damages: Sequence[object], probabilities: Sequence[object], aversion: object) -> Number:
    """What insuring the damage at its mean is worth to who bears it: the certainty equivalent less the mean."""
    return certainty_equivalent(damages, probabilities, aversion) - certainty_equivalent(damages, probabilities, 0)


@dataclass(frozen=True)
class Insurance:
    """M-30: damage that comes with probability ``chance``, and is as bad as the game says to hosts of risk ``aversion`` rho, is insured
    at its mean, which is all that is left of it.

    With d the damage as felt today, the damage in the bad state is b = log(1 + (exp(rho d) - 1) / chance) / rho and its mean
    chance * b <= d. The insurer (player 0) takes in the mean and pays out as much in expectation.
    """

    alters: ClassVar[str] = "world"

    chance: Number = Fraction(2, 5)
    aversion: Number = Fraction(1, 20)

    def __post_init__(self) -> None:
        object.__setattr__(self, "chance", amount(self.chance, "chance", above=Fraction(0), most=Fraction(1)))
        object.__setattr__(self, "aversion", amount(self.aversion, "aversion", least=Fraction(0)))

    @property
    def id(self) -> str:
        """The identifier."""
        return "M-30"

    @property
    def title(self) -> Message:
        """What it is called."""
        return say("the damage is insured at its mean")

    @property
    def requires(self) -> tuple[Knowledge, ...]:
        """The damage must be seen when it comes; the insurer must pay."""
        return (Knowledge.DAMAGES, Knowledge.VERIFIABLE, Knowledge.COMMITMENT)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """As in ATLAS M-30."""
        return (
            Claim("budget-balanced-in-expectation", True, "premiums are the mean"),
            Claim("budget-balanced", False, "the insurer gains or loses with the draw", "state by state, where the game has the mean"),
        )

    def refuses(self, game: Any) -> Message | None:
        """It needs the damages."""
        return refuses_damages(game)

    def bad_state(self, felt: object) -> Number:
        """The damage in the bad state that is felt today as a sure damage ``felt``."""
        d, rho, q = amount(felt, "felt", least=Fraction(0)), float(self.aversion), float(self.chance)
        if rho == 0 or self.chance == 1 or d == 0:
            return d / self.chance
        x = rho * float(d)
        if x > 500:  # exp(x) would not fit, and the 1 beside it does not count
            return (x - log(q)) / rho
        return log1p(expm1(x) / q) / rho

    def transfers(self, game: OutcomeGame) -> Array:
        """None in expectation: premium and indemnity cancel."""
        return zeros(game.utilities.shape, like=game.utilities)

    def transform(self, game: OutcomeGame) -> OutcomeGame:
        """The game in which only the mean of the damage is left."""
        parts = parts_of(self, game)
        left = np.array([[self._mean(d) for d in row] for row in parts.damages])
        exact = all(isinstance(x, Fraction) for x in left.ravel())
        return rebuilt(game, parts, left if exact else left.astype(float), parts.fees)

    def _mean(self, felt: Number) -> Number:
        return self.chance * self.bad_state(felt) if felt > 0 else felt


def operator_game(upkeep: object, damage: object, bond: object, detection: object = 1) -> NormalForm:
    """Operator (maintain, neglect) against host (watch, look away): neglect saves ``upkeep`` and does ``damage`` to the host, who if it
    watches is paid the operator's ``bond`` with probability ``detection``. Maintaining is an equilibrium iff detection * bond >= upkeep;
    a bond of the damage suffices wherever upkeep is worth while and neglect is always found out.
    """
    c, d, b = (amount(x, name, least=Fraction(0)) for x, name in ((upkeep, "upkeep"), (damage, "damage"), (bond, "bond")))
    paid = amount(detection, "detection", least=Fraction(0), most=Fraction(1)) * b
    zero = Fraction(0)
    names = (("maintain", "neglect"), ("watch", "look away"))
    return NormalForm.from_arrays([[-c, -c], [-paid, zero]], [[zero, zero], [paid - d, -d]], players=("operator", "host"), actions=names)


def takes_care(effort: object, lowers: object, damage: object, cover: object = 0) -> bool:
    """Whether a host itself prevents damage when a share ``cover`` of it is insured (moral hazard): (1 - cover) * ``lowers`` *
    ``damage`` must be worth the ``effort``, ``lowers`` being by how much that lowers the probability.
    """
    rest = 1 - amount(cover, "cover", least=Fraction(0), most=Fraction(1))
    return rest * amount(lowers, "lowers", least=Fraction(0)) * amount(damage, "damage", least=Fraction(0)) >= amount(effort, "effort")


__all__ = ["Insurance", "certainty_equivalent", "insurance_surplus", "operator_game", "takes_care"]
