"""Contests: efforts that win a prize or push a burden away, and are spent either way."""

from __future__ import annotations

from fractions import Fraction

from .exact import Number
from .normal_form import NormalForm, Profile
from .parameters import amount, amounts, grid_of, labels


def tullock(values: object, grid: object) -> NormalForm:
    """The lottery contest: i wins ``values[i]`` with probability x_i / X and pays x_i; all at zero win alike (Tullock 1980).

    Efforts on ``grid``; continuous ones are in :func:`encompass.solvers.moves.continuous_goods.tullock`.
    """
    V, x = amounts(values, "values", least=Fraction(0)), grid_of(grid)
    n = len(V)

    def payoff(a: Profile) -> list[Number]:
        X = sum((x[k] for k in a), start=Fraction(0))
        return [V[i] * (x[k] / X if X else Fraction(1, n)) - x[k] for i, k in enumerate(a)]

    return NormalForm.from_function(payoff, [labels(x)] * n)


def avoidance(damages: object, grid: object) -> NormalForm:
    """Lobbying against hosting: i hosts with probability ``(1 - e_i / E) / (n - 1)``, loses ``damages[i]`` then, and pays e_i
    (ATLAS game 1h, P1.14). Without any effort all host alike.
    """
    d, e = amounts(damages, "damages", least=Fraction(0)), grid_of(grid)
    n = len(d)
    amount(n, "players", least=2)

    def payoff(a: Profile) -> list[Number]:
        E = sum((e[k] for k in a), start=Fraction(0))
        hosts = [(1 - e[k] / E) / (n - 1) if E else Fraction(1, n) for k in a]
        return [-d[i] * hosts[i] - e[k] for i, k in enumerate(a)]

    return NormalForm.from_function(payoff, [labels(e)] * n)


__all__ = ["avoidance", "tullock"]
