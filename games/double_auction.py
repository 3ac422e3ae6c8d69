"""The double auction of Chatterjee and Samuelson (1983): value and cost are private, independent and uniform on [0, 1].

The buyer bids p, the seller asks q, and if p >= q they trade at k p + (1 - k) q. In the equilibrium with linear strategies they trade when
the value exceeds the cost by a margin; with k = 1/2 no incentive-compatible rule without outside money does better (Myerson and
Satterthwaite 1983). A hosting contract between one host and one beneficiary is such a trade.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from .exact import Number, number
from .parameters import amount

ONE = Fraction(1)


@dataclass(frozen=True)
class LinearTrade:
    """``buyer`` and ``seller`` bid ``slope * type + intercept``; ``gains`` are expected, ``margin`` is what value must exceed cost by."""

    buyer: tuple[Number, Number]
    seller: tuple[Number, Number]
    margin: Number
    gains: Number


def gains_beyond(margin: Number) -> Number:
    """E[(v - c) 1(v - c >= margin)] for independent uniform v and c: the integral of z (1 - z) over z from ``margin`` to 1."""
    m = amount(margin, "margin", least=Fraction(0), most=ONE)
    return Fraction(1, 6) - (m**2 / 2 - m**3 / 3)


def least_subsidy() -> Fraction:
    """The least expected outside money with which trade is efficient, truthful and voluntary: the deficit of the pivotal rule.

    The pivotal rule pays each side the whole gain of trade and leaves the lowest types with nothing, so that no rule with the same
    decisions costs less (Myerson and Satterthwaite 1983, corollary 1); its deficit is the gain of trade itself.
    """
    gains = gains_beyond(Fraction(0))
    return Fraction(2 * gains - gains)


def linear_trade(k: object = Fraction(1, 2)) -> LinearTrade:
    """The equilibrium in linear strategies when the price is ``k`` times the bid plus 1 - k times the ask.

    Each side's first-order condition against the other's line gives a line again; slopes follow at once, intercepts from two equations.
    Raises :class:`InputError` unless 0 <= k <= 1.
    """
    share = amount(number(k, "k"), "k", least=Fraction(0), most=ONE)
    # against asks a(c) = alpha c + beta the buyer maximises int_{beta}^{p} (v - k p - (1-k) q) dq, hence v - p = k (p - beta)
    # against bids of slope s and intercept i the seller finds q - c = (1-k) (s + i - q)
    buyer_slope, seller_slope = 1 / (1 + share), 1 / (2 - share)
    # seller intercept = (1-k)(s_b + i_b)/(2-k); buyer intercept = k seller_intercept/(1+k)
    pull = (1 - share) / (2 - share)
    seller_intercept = pull * buyer_slope / (1 - pull * share / (1 + share))
    buyer_intercept = share * seller_intercept / (1 + share)
    # both slopes are alike only at k = 1/2; in general trade happens where the lines cross
    return LinearTrade(
        (buyer_slope, buyer_intercept),
        (seller_slope, seller_intercept),
        (seller_intercept - buyer_intercept) / buyer_slope,
        _gains(buyer_slope, buyer_intercept, seller_slope, seller_intercept),
    )


def _gains(s: Number, i: Number, a: Number, b: Number) -> Number:
    """E[(v - c) 1(s v + i >= a c + b)]: for each cost c, values from v0(c) = (a c + b - i)/s up to 1, as far as v0(c) <= 1."""
    top = min((s + i - b) / a, ONE)  # the highest cost that still trades
    slope, start = a / s, (b - i) / s

    # int_0^top [ (1 - v0^2)/2 - c (1 - v0) ] dc with v0 = slope c + start, term by term
    def power(n: int) -> Number:
        return top ** (n + 1) / (n + 1)

    squared = slope**2 * power(2) + 2 * slope * start * power(1) + start**2 * power(0)
    return (power(0) - squared) / 2 - ((1 - start) * power(1) - slope * power(2))
