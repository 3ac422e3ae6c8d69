"""The war of attrition over who hosts (Gamma_W; Bliss and Nalebuff 1984): everybody waits for somebody else to bear the cost.

n players, a ``benefit`` b to each once somebody concedes, discounted at ``rate`` rho; the first to concede pays its private cost c.
"""

from __future__ import annotations

from dataclasses import dataclass

from .errors import InputError
from .exact import Number, number
from .private_costs import Costs


@dataclass(frozen=True)
class WarOfAttrition:
    """``players`` n, ``benefit`` b (money), ``rate`` rho (per unit of time), and the distribution of ``costs`` (money)."""

    players: int
    benefit: Number
    rate: Number
    costs: Costs

    def __post_init__(self) -> None:
        object.__setattr__(self, "benefit", number(self.benefit, "benefit"))
        object.__setattr__(self, "rate", number(self.rate, "rate"))
        if isinstance(self.players, bool) or not isinstance(self.players, int) or self.players < 1:  # pyright: ignore[reportUnnecessaryIsInstance]
            raise InputError("players={value!r} must be a whole number, at least 1", value=self.players)
        if self.rate <= 0:
            raise InputError("rate={value} must be positive", value=self.rate)
        if self.costs.low < 0:
            raise InputError("the least cost {value} must not be negative", value=self.costs.low)
