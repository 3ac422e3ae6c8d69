"""Petition, then siting (Gamma_PS): everybody signs at a cost, then each decides whether to host at a private damage (P1.7).

Stage 2 with m units: a unit hosts if its damage is at most its benefit a, so it succeeds with pi(m) = 1 - (1 - F(a))^m. A unit that
would not host itself signs if and only if a (1 - (1 - F(a))^(m-1)) >= epsilon: what the others may do must be worth the signature.
"""

from __future__ import annotations

from dataclasses import dataclass

from .errors import InputError
from .exact import Number, number


@dataclass(frozen=True)
class Petition:
    """``units`` m, the ``benefit`` a of the facility to each, the probability ``willing`` = F(a) that a unit would host it, and the
    ``cost`` epsilon of a signature (money).
    """

    units: int
    benefit: Number
    willing: Number
    cost: Number

    def __post_init__(self) -> None:
        for name in ("benefit", "willing", "cost"):
            object.__setattr__(self, name, number(getattr(self, name), name))
        if self.units < 1:
            raise InputError("units={value!r} must be a whole number, at least 1", value=self.units)
        if not 0 <= self.willing <= 1:
            raise InputError("willing={value} must be a probability", value=self.willing)
        if self.cost < 0 or self.benefit < 0:
            raise InputError("benefit={benefit} and cost={cost} must not be negative", benefit=self.benefit, cost=self.cost)

    @property
    def success(self) -> Number:
        """pi: the probability that some unit hosts."""
        return 1 - self.unlucky

    @property
    def unlucky(self) -> Number:
        """The probability that nobody is willing although everybody signed."""
        return (1 - self.willing) ** self.units

    @property
    def worth(self) -> Number:
        """What a unit that would not host expects from the others' hosting."""
        return self.benefit * (1 - (1 - self.willing) ** (self.units - 1))

    @property
    def unwilling_sign(self) -> bool:
        """Whether a unit that would not host signs in a sequential equilibrium."""
        return self.worth >= self.cost

    @property
    def readings(self) -> tuple[str, ...]:
        """What "all signed, nobody hosts" can mean: ``naive beliefs`` if rational units would not have signed, else ``free
        signatures`` and ``bad luck`` where they are possible.
        """
        if not self.unwilling_sign:
            return ("naive beliefs",)
        return ("free signatures",) * (self.cost == 0) + ("bad luck",) * (self.willing > 0)
