"""The equilibrium of actors who grab from what all produce: the share-function method, exact where no root is needed.

With L the guaranteed part, K = 1 - L the contested one and F the sum grabbed, actor i's payoff ``(L g_i + K f_i / F)(n - F)`` is strictly
concave in f_i as long as somebody else grabs, and its first-order condition reads

    f_i = F - a_i F^2 / n,     a_i = 1 + L g_i / K,

held between 0 and 1. So ``f_i / F`` falls strictly in F wherever it is positive, and the sum of these shares is 1 at one F only: the
equilibrium is unique (share functions: Cornes and Hartley 2005). Where nobody grabs, or one alone, there is none: a first grab however
small takes all that is contested, and a lone grabber would take less trouble. While no bound holds anybody, the sum of the conditions
gives ``F = n (n - 1) K / (1 + K (n - 1))`` whatever the g_i; by uniqueness that is so iff the f_i it leads to lie between 0 and 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from ...games.exact import Number, root
from ...games.organisation.shared_product import SharedProduct

STEPS = 90  # halvings of the interval (0, n] in which F is sought


def grabbing(model: SharedProduct) -> tuple[Number, ...]:
    """What each actor grabs; rational where the parameters are and F needs no root (nobody grabs with the whole effort), else floats.

    Where nothing is contested nobody grabs: the only equilibrium if every share is positive.
    """
    n, K = model.actors, model.contested
    if K == 0:
        return (Fraction(0),) * n
    a = [1 + model.encompassing * g / K for g in model.guaranteed]
    near = _near([Fraction(x) for x in a], n)
    held = [_held(Fraction(x), n, near) for x in a]
    F = _sum_grabbed([x for x, h in zip(a, held) if h is None], held.count(1), n)
    return tuple(_reply(x, n, F) if h is None else Fraction(h) for x, h in zip(a, held))


def _reply(a: Number, n: int, F: Number) -> Number:
    """What the first-order condition asks for, before it is held between 0 and 1."""
    return F - a * F * F / n


def _held(a: Fraction, n: int, F: Fraction) -> int | None:
    """0 or 1 where a bound holds the actor, None between."""
    wanted = _reply(a, n, F)
    return 0 if wanted <= 0 else 1 if wanted >= 1 else None


def _near(a: Sequence[Fraction], n: int) -> Fraction:
    """F up to a fraction of 2^-90 of n, by halving: replies sum to more than F below it and to less above."""
    low, high = Fraction(0), Fraction(n)
    for _ in range(STEPS):
        middle = (low + high) / 2
        if sum(min(Fraction(1), max(Fraction(0), _reply(x, n, middle))) for x in a) > middle:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _sum_grabbed(free: Sequence[Number], whole: int, n: int) -> Number:
    """F with ``sum over the free of (F - a F^2 / n) + whole = F``: its only positive root."""
    A, m = sum(free, start=Fraction(0)), len(free)
    if not free:
        return Fraction(whole)
    if not whole:
        return n * (m - 1) / A
    return ((m - 1) + root((m - 1) ** 2 + 4 * A * whole / n)) * n / (2 * A)


__all__ = ["grabbing"]
