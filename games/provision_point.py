"""Provision points: the good is made if the contributions reach its cost, otherwise they are refunded, or not, or with a bonus.

M-15 Bagnoli and Lipman 1989, M-16 Marks and Croson 1998, M-17 Tabarrok 1998, M-18 Zubrickas 2014. Symbols: v_i values, C cost,
g_i contributions, G their sum, F or R bonus for failure.
"""

from __future__ import annotations

from fractions import Fraction

from .counted_game import SymmetricGame
from .errors import InputError
from .exact import Number
from .normal_form import NormalForm, Profile
from .parameters import amount, amounts, counted, grid_of, labels, others_acting, reaches, whole

REBATES = ("none", "proportional")
ZERO = Fraction(0)


def provision_point(values: object, cost: object, grid: object, refund: bool = True, rebate: str = "none", bonus: object = 0) -> NormalForm:
    """The good is made iff G >= C: then i gets ``v_i - g_i``; else its contribution back (``refund``) or not.

    ``rebate="proportional"`` returns what exceeds the cost in proportion, so that i pays ``g_i C / G``; ``bonus`` is shared among
    those who gave, in proportion, when the good fails: ``bonus * g_i / G`` (Zubrickas 2014), nobody having given anything, nothing.
    """
    v, C, g = amounts(values, "values"), amount(cost, "cost", above=0), grid_of(grid)
    R = amount(bonus, "bonus", least=0)
    if rebate not in REBATES:
        raise InputError("{name}={value!r} is not known; one of {known}", name="rebate", value=rebate, known=list(REBATES))

    def payoff(a: Profile) -> list[Number]:
        given = [g[x] for x in a]
        G = sum(given, start=ZERO)
        if C <= G:
            return [v_i - (g_i * C / G if rebate == "proportional" else g_i) for v_i, g_i in zip(v, given)]
        return [(R * g_i / G if G else ZERO) - (0 if refund else g_i) for g_i in given]

    return NormalForm.from_function(payoff, [labels(g)] * len(v))


def assurance_contract(n: int, k: int, value: object, price: object, bonus: object = 0) -> SymmetricGame:
    """Accept or reject a contract to pay ``price``: in force, and the good there for all, if ``k`` accept; otherwise those who did
    pay nothing and get ``bonus`` (Tabarrok 1998; no bonus: a plain assurance contract).
    """
    n, V, S, F = whole(n, "n"), amount(value, "value"), amount(price, "price"), amount(bonus, "bonus", least=0)
    k = whole(k, "k", 1, n)
    others = others_acting(n)
    with_me = reaches(others + 1, k)
    return counted([[(V, reaches(others, k))], [(V - S, with_me), (F, 1 - with_me)]], n, ("reject", "accept"))


def unequal_assurance(values: object, k: int, price: object, bonus: object = 0) -> NormalForm:
    """:func:`assurance_contract` among players who value the good differently, ``values[i]``."""
    v, S, F = amounts(values, "values"), amount(price, "price"), amount(bonus, "bonus", least=0)
    k = whole(k, "k", 1, len(v))

    def payoff(a: Profile) -> list[Number]:
        if sum(a) >= k:
            return [v_i - (S if accepts else 0) for v_i, accepts in zip(v, a)]
        return [F if accepts else ZERO for accepts in a]

    return NormalForm.from_function(payoff, [("reject", "accept")] * len(v))


__all__ = ["REBATES", "assurance_contract", "provision_point", "unequal_assurance"]
