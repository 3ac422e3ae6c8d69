"""The hand-over from administration to self-government: take over, cultivate, or stand back (ATLAS CASE-04).

How well residents organise themselves is a number s in [0, 1]. Each period the committee takes over a share a of the work and
cultivates with effort v:

    output  y = A a + rho s (1 - a) - k a^2 / 2 - l v^2 / 2
    next    s' = s + eta s (1 - s) (1 - chi a) + nu v (1 - s) - decay s,  kept within [0, 1].
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np

from ..errors import InputError
from ..exact import Array, Number
from ..parameters import amount, amounts, whole
from ..stochastic_control import StochasticControl, check_room, on_grid

_ONE = Fraction(1)
REST = 1e-15  # a change of s that counts as none
_TENTHS = (Fraction(3, 10), Fraction(1, 2), Fraction(7, 10), Fraction(4, 5), Fraction(9, 10), Fraction(19, 20), Fraction(49, 50))

Rule = Callable[[int, Number], tuple[Number, Number]]  # (period, s) -> (a, v)


class Period(NamedTuple):
    """One period: self-organisation before it, take-over, cultivation, output net of both costs, and gross of them."""

    s: float
    a: float
    v: float
    output: float
    gross: float


@dataclass(frozen=True)
class HandOver:
    """The letters above: ``administration`` A, ``autonomy`` rho, ``strain`` k, ``training`` l, ``growth`` eta, ``crowding`` chi,
    ``teaching`` nu, ``decay``.

    ``beta`` is the discount factor of who decides, ``betas`` others to compare; ``start`` is s today, ``cap`` the largest a allowed,
    ``funds`` the largest v that is paid for, ``held`` a constant take-over to look at. ``project`` is a number of periods, whose outputs
    count with ``project_beta`` each period; ``admin`` and ``autonomous`` are the constant (a, v) of the two pure logics during it.
    ``states``, ``interventions``, ``cultivations``: points of the grid that the optimum is computed on. Raises :class:`InputError`.
    """

    administration: Number = _ONE
    autonomy: Number = Fraction(3, 2)
    strain: Number = _ONE
    training: Number = _ONE
    growth: Number = Fraction(1, 2)
    crowding: Number = _ONE
    teaching: Number = Fraction(3, 20)
    decay: Number = Fraction(1, 10)
    beta: Number = Fraction(9, 10)
    betas: tuple[Number, ...] = _TENTHS
    start: Number = Fraction(1, 20)
    cap: Number = _ONE
    funds: Number = _ONE
    held: Number = Fraction(0)
    project: int = 4
    project_beta: Number = _ONE
    admin: tuple[Number, ...] = (_ONE, Fraction(0))
    autonomous: tuple[Number, ...] = (Fraction(1, 5), Fraction(3, 5))
    states: int = 401
    interventions: int = 41
    cultivations: int = 21

    def __post_init__(self) -> None:
        for name in ("administration", "autonomy"):
            object.__setattr__(self, name, amount(getattr(self, name), name, least=0))
        for name in ("strain", "training"):
            object.__setattr__(self, name, amount(getattr(self, name), name, above=0))
        for name in ("growth", "crowding", "teaching", "decay", "start", "cap", "funds", "held", "project_beta"):
            object.__setattr__(self, name, amount(getattr(self, name), name, least=0, most=1))
        object.__setattr__(self, "betas", tuple(_discount(b, "betas") for b in amounts(self.betas, "betas")))
        object.__setattr__(self, "beta", _discount(self.beta, "beta"))
        object.__setattr__(self, "project", whole(self.project, "project", 1, 200))
        for name in ("admin", "autonomous"):
            pair = amounts(getattr(self, name), name, 2, least=0)
            object.__setattr__(self, name, tuple(amount(x, name, most=1) for x in pair))
        for name in ("states", "interventions", "cultivations"):
            object.__setattr__(self, name, whole(getattr(self, name), name, 2, 5_000))
        check_room(self.states, self.interventions * self.cultivations, 2)

    def gross(self, s: Any, a: Any) -> Any:
        """A a + rho s (1 - a): what is done for residents, whatever it costs the committee."""
        return self.administration * a + self.autonomy * s * (1 - a)

    def output(self, s: Any, a: Any, v: Any) -> Any:
        """y, net of the costs of taking over and of cultivating."""
        return self.gross(s, a) - self.strain * a**2 / 2 - self.training * v**2 / 2

    def drift(self, s: Any, a: Any, v: Any) -> Any:
        """s' before it is kept within [0, 1]; for numbers and arrays."""
        return s + self.growth * s * (1 - s) * (1 - self.crowding * a) + self.teaching * v * (1 - s) - self.decay * s

    def following(self, s: Number, a: Number, v: Number) -> Number:
        """s'."""
        return max(min(self.drift(s, a, v), _ONE), Fraction(0))

    def myopic(self, s: Number) -> Number:
        """P4.1: the take-over that is best for this period alone, (A - rho s) / k kept within [0, cap]."""
        return max(min((self.administration - self.autonomy * s) / self.strain, self.cap), Fraction(0))

    def path(self, rule: Rule, periods: int, start: Number | None = None, settles: bool = False) -> list[Period]:
        """What happens in ``periods`` periods where ``rule(t, s)`` says (a, v).

        ``settles``: the rule looks at s alone, so that once s stays as it is the rest is the same again. In floats: exact numbers would
        double in length each period.
        """
        s, past = float(self.start if start is None else start), list[Period]()
        plain = self.in_floats()
        for t in range(periods):
            a, v = (float(x) for x in rule(t, s))
            past.append(Period(s, a, v, plain.output(s, a, v), plain.gross(s, a)))
            before, s = s, min(max(plain.drift(s, a, v), 0.0), 1.0)
            if settles and abs(s - before) < REST:
                return past + [past[-1]] * (periods - t - 1)
        return past

    def in_floats(self) -> HandOver:
        """The same numbers as floats, unchecked, for long computations."""
        plain = object.__new__(HandOver)
        for name in self.__dataclass_fields__:
            value = getattr(self, name)
            object.__setattr__(plain, name, float(value) if isinstance(value, Fraction) else value)
        return plain

    @property
    def grid(self) -> Array:
        """The points of s, of a and of v (a list of three)."""
        return np.linspace(0.0, 1.0, self.states)

    @property
    def levels(self) -> tuple[Array, Array]:
        """a and v of every control, in the order of a, then of v."""
        a = np.linspace(0.0, float(self.cap), self.interventions)
        v = np.linspace(0.0, float(self.funds), self.cultivations)
        return np.repeat(a, self.cultivations), np.tile(v, self.interventions)

    def game(self, intervention: str = "free") -> StochasticControl:
        """The problem on its grid, the value interpolated between points; in floats.

        ``intervention="myopic"``: a is the myopic one in every state, and v alone is controlled.
        """
        plain, s = self.in_floats(), self.grid[:, None]
        if intervention == "myopic":
            today = (float(self.administration) - float(self.autonomy) * s) / float(self.strain)
            a = np.minimum(np.maximum(today, 0.0), float(self.cap))
            v = np.linspace(0.0, float(self.funds), self.cultivations)[None, :]
        else:
            a, v = (levels[None, :] for levels in self.levels)
        return on_grid(self.grid, plain.output(s, a, v), plain.drift(s, a, v), float(self.beta))


def _discount(value: object, name: str) -> Number:
    found = amount(value, name, least=0)
    if found > Fraction(99, 100):
        raise InputError("{name}={value} must be at most {most}", name=name, value=found, most=Fraction(99, 100))
    return found
