"""Continuous contributions, efforts and demands: equilibria that are unique and in closed form, rational where the parameters are.

Payoffs are concave in the own amount, so that the first-order conditions decide; the formulas solve them exactly.

- Private provision with Cobb-Douglas or logarithmic tastes: Bergstrom, Blume and Varian 1986 (neutrality: Warr 1983).
- Lottery contests: Tullock 1980; unequal prizes: Hillman and Riley 1989, Stein 2002. Avoidance: ATLAS P1.14.
- Commons: Cournot shares of attention, ATLAS P5.1 to P5.5.
- Local goods on a network: :mod:`.network_efforts`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from ...games.errors import InputError
from ...games.exact import TOLERANCE, Number, as_json
from ...games.parameters import amount, amounts, whole

ZERO, ONE = Fraction(0), Fraction(1)


@dataclass(frozen=True, eq=False)
class Provision:
    """What everybody gives (``gifts``), the good there is in all (``total``, the government's part ``public`` included), the
    ``efficient`` amount where it does not depend on who has what (else None), and their ratio. ``unique`` as proved in the source.
    """

    gifts: tuple[Number, ...]
    total: Number
    public: Number
    efficient: Number | None
    unique: bool = True

    @property
    def ratio(self) -> Number | None:
        """The amount provided over the efficient amount."""
        return None if not self.efficient else self.total / self.efficient

    @property
    def contributors(self) -> tuple[int, ...]:
        """Those who give something."""
        return tuple(i for i, g in enumerate(self.gifts) if g > 0)

    def to_dict(self) -> dict[str, Any]:
        """The JSON form, schema ``encompass/provision/1``."""
        return _json("provision", self) | as_json({"ratio": self.ratio})


@dataclass(frozen=True, eq=False)
class Contest:
    """Equilibrium ``efforts``, their ``total``, everybody's probability of winning (or, to avoid a burden, the share of effort), and the
    payoffs.
    """

    efforts: tuple[Number, ...]
    total: Number
    shares: tuple[Number, ...]
    payoffs: tuple[Number, ...]
    unique: bool = True

    def dissipation(self, prize: object) -> Number:
        """The part of a ``prize`` that is spent on winning it."""
        return self.total / amount(prize, "prize", above=0)

    def to_dict(self) -> dict[str, Any]:
        """The JSON form, schema ``encompass/contest/1``."""
        return _json("contest", self)


@dataclass(frozen=True, eq=False)
class Commons:
    """What each demands (``each``), the ``total``, the ``efficient`` total, the surplus of both, what capacity is left, and the fee a unit
    that would make the equilibrium efficient.
    """

    each: Number
    total: Number
    efficient: Number
    surplus: Number
    most: Number
    residual: Number
    fee: Number
    unique: bool = True

    @property
    def price_of_anarchy(self) -> Number:
        """Largest over equilibrium surplus."""
        return self.most / self.surplus

    def to_dict(self) -> dict[str, Any]:
        """The JSON form, schema ``encompass/commons/1``."""
        return _json("commons", self) | as_json({"price_of_anarchy": self.price_of_anarchy})


def _json(noun: str, answer: Any) -> dict[str, Any]:
    return {"schema": f"encompass/{noun}/1", **{name: as_json(value) for name, value in vars(answer).items()}}


def private_provision(share: object, wealth: object, government: object = 0, taxes: object = None) -> Provision:
    """The equilibrium of ``u_i = (1 - a_i) ln x_i + a_i ln G`` with x_i = wealth_i - tax_i - g_i, G = sum g + ``government``.

    ``share`` is a, one number or one for each; the government's part is paid by equal taxes unless ``taxes`` lists them (their sum must
    be it). A contributor has x_i = k_i G with k_i = (1 - a_i) / a_i, others x_i <= k_i G; so G is the one root of the falling
    function ``government + sum_i max(0, x_i - k_i G) - G``, found by taking contributors in order of x_i / k_i. Efficient (Samuelson,
    with equal a): a times all wealth. Raises :class:`InputError`, also where a tax exceeds somebody's wealth.
    """
    w = amounts(wealth, "wealth", least=ZERO)
    n = len(w)
    a = amounts(share, "share", n) if isinstance(share, (list, tuple)) else (amount(share, "share"),) * n
    for x in a:
        amount(x, "share", above=0)
        if x >= 1:
            raise InputError("{name}={value} must be less than {most}", name="share", value=x, most=1)
    g0 = amount(government, "government", least=0)
    tax = (g0 / n,) * n if taxes is None else amounts(taxes, "taxes", n)
    if abs(sum(tax) - g0) > _slack(w, tax):
        raise InputError("the taxes sum to {sum}; the government provides {value}", sum=sum(tax), value=g0)
    left = [x - t for x, t in zip(w, tax)]
    if min(left) < 0:
        raise InputError("a tax of {value} is more than the wealth it is taken from", value=max(t for t, x in zip(tax, left) if x < 0))
    k = [(1 - x) / x for x in a]
    G = _root(g0, left, k)
    gifts = tuple(max(ZERO, x - k_i * G) for x, k_i in zip(left, k))
    efficient = a[0] * sum(w) if len(set(a)) == 1 else None
    return Provision(gifts, G, g0, efficient)


def _root(base: Number, money: Sequence[Number], k: Sequence[Number]) -> Number:
    """The G with ``G = base + sum_i max(0, money_i - k_i G)``: contributors join in order of the G up to which they would give."""
    order = sorted(range(len(money)), key=lambda i: -(money[i] / k[i]))
    total, weight, G = base, ONE, base
    for i in order:
        if money[i] / k[i] <= G:  # already enough for everybody who is left
            break
        total, weight = total + money[i], weight + k[i]
        G = total / weight
    return G


def log_provision(stakes: object) -> Provision:
    """The equilibrium of ``u_i = theta_i ln Q - g_i``: only those with the largest stake give, Q = max theta; efficient sum theta (P7.2).

    Where several have the largest stake they may share Q in any way (``unique`` False); the equal sharing is returned.
    """
    theta = amounts(stakes, "stakes", least=ZERO)
    top = amount(max(theta), "stakes", above=0)
    givers = [i for i, x in enumerate(theta) if x == top]
    gifts = tuple(top / len(givers) if i in givers else ZERO for i in range(len(theta)))
    return Provision(gifts, top, ZERO, sum(theta, start=ZERO), unique=len(givers) == 1)


def tullock(values: object) -> Contest:
    """The equilibrium of ``V_i x_i / X - x_i``: X = (m - 1) / sum_{active} 1 / V_i, x_i = X (1 - X / V_i), active iff V_i > X.

    The m active are those with the largest prizes, taken in while a prize exceeds X. Unique (Cornes and Hartley 2005).
    """
    V = amounts(values, "values", least=ZERO)
    order = sorted(range(len(V)), key=lambda i: -V[i])
    whole(sum(v > 0 for v in V), "players with a prize", 2)
    active, inverse, X = 0, ZERO, ZERO
    for i in order:
        if (active >= 2 and V[i] <= X) or V[i] == 0:
            break
        active, inverse = active + 1, inverse + 1 / V[i]
        X = (active - 1) / inverse
    efforts = tuple(X * (1 - X / v) if v > X else ZERO for v in V)
    shares = tuple(x / X for x in efforts)
    return Contest(efforts, X, shares, tuple(v * s - x for v, s, x in zip(V, shares, efforts)))


def tullock_alike(n: int, prize: object, decisiveness: object = 1) -> Contest:
    """The symmetric equilibrium of ``V x_i^r / sum x^r - x_i``: each spends r (n - 1) V / n^2, for r <= n / (n - 1) (Tullock 1980).

    Raises :class:`InputError` for a larger r, where this is no equilibrium.
    """
    n, V, r = whole(n, "n", 2), amount(prize, "prize", above=0), amount(decisiveness, "decisiveness", above=0)
    amount(r, "decisiveness", most=Fraction(n, n - 1))
    x = r * (n - 1) * V / n**2
    share = Fraction(1, n)
    return Contest((x,) * n, x * n, (share,) * n, (V * share - x,) * n)


def avoidance(damages: object) -> Contest:
    """Lobbying a facility away: i hosts with probability ``(1 - e_i / E) / (n - 1)``; a contest for prizes d_i / (n - 1) (P1.14).

    With equal damages each spends d / n^2. ``payoffs`` are the losses, hosting included.
    """
    d = amounts(damages, "damages", least=ZERO)
    n = whole(len(d), "players", 2)
    found = tullock([x / (n - 1) for x in d])
    losses = tuple(p - x / (n - 1) for p, x in zip(found.payoffs, d))
    return Contest(found.efforts, found.total, found.shares, losses)


def attention_commons(m: int, load: object, value: object = 1, offloaded: object = 0) -> Commons:
    """``m`` departments demand g_j from one committee, ``v g_j (1 - l G)``: g = 1 / (l (m + 1)) each (P5.1). ``offloaded`` is the share of
    the load that others carry, l = load (1 - offloaded): the residual stays 1 / (m + 1) (P5.4). The fee is v (m - 1) / (2 m) (P5.5).
    """
    m, v = whole(m, "m"), amount(value, "value", above=0)
    off = amount(offloaded, "offloaded", least=0)
    if off >= 1:
        raise InputError("{name}={value} must be less than {most}", name="offloaded", value=off, most=1)
    l = amount(load, "load", above=0) * (1 - off)
    return cournot_commons(m, v, v * l)


def cournot_commons(n: int, A: object, B: object, w: object = 0) -> Commons:
    """``n`` users take x_i, each worth ``A - B X - w``: x = (A - w) / (B (n + 1)); efficient X = (A - w) / (2 B) (Gordon 1954).

    ``residual`` is the part of the average net yield that is left, 1 / (n + 1).
    """
    n, b = whole(n, "n"), amount(B, "B", above=0)
    a = amount(amount(A, "A") - amount(w, "w"), "A - w", above=0)
    each, efficient = a / (b * (n + 1)), a / (2 * b)
    X = each * n
    return Commons(each, X, efficient, X * (a - b * X), efficient * (a - b * efficient), 1 - b * X / a, a * (n - 1) / (2 * n))


def _slack(*lists: Sequence[Number]) -> Number:
    values = [x for numbers in lists for x in numbers]
    return TOLERANCE * max(abs(float(x)) for x in values) if any(isinstance(x, float) for x in values) else ZERO


__all__ = [
    "Commons", "Contest", "Provision", "attention_commons", "avoidance", "cournot_commons", "log_provision",
    "private_provision", "tullock", "tullock_alike",
]  # fmt: skip
