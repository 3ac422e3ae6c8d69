"""Rules on vectors, for sitings in which every resident has one site of its own: who hosts, and who pays whom.

A siting of a million residents with a million sites is never written out as a table: everything follows from the damages d (each
resident's from its own site), the bids x or the reports r, in O(n). n residents; ties go to the first in ``order`` (by default the
lowest index). Something is built in any case. The rules of :mod:`.auctions` call these.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from ..errors import InputError
from ..exact import Array, Number, array, frozen


@dataclass(frozen=True, eq=False)
class Hosting:
    """``host`` builds; resident i receives ``transfers[i]``; ``surplus`` is paid in and not paid out (negative: outside money)."""

    host: int
    transfers: Array
    surplus: Number

    def gains(self, benefits: object, damages: object) -> Array:
        """What everybody gains over the status quo, when it is worth ``benefits[i]`` to i wherever it is built."""
        gained = array(benefits, "benefits") + self.transfers
        gained[self.host] = gained[self.host] - array(damages, "damages")[self.host]
        return frozen(gained)


def max_min_bids(damages: object) -> Array:
    """The bids (n-1)d/n of the low-bid auction, which guarantee everybody a loss of at most d/n (ATLAS F-KK)."""
    d = _vector(damages, "damages")
    return frozen(_times(d, len(d) - 1, len(d)))


def low_bid_outcome(damages: object, bids: object = None, rebate: bool = False, order: Sequence[int] = ()) -> Hosting:
    """M-02: the lowest bid hosts and receives its bid, everybody else pays its own bid/(n-1); max-min bids unless ``bids`` are given."""
    x = max_min_bids(damages) if bids is None else _vector(bids, "bids")
    n, host = len(x), int(lowest(x, order))
    paid = low_bid_payments(x, np.array(host), rebate, 1)
    kept = 0 * x[host] if rebate else (x.sum() - n * x[host]) / (n - 1)
    return Hosting(host, frozen(paid), kept)


def second_price_outcome(bids: object, highest: bool = False, order: Sequence[int] = ()) -> Hosting:
    """M-03: the lowest bid hosts and receives the second-lowest bid (the ``highest`` one), all others paying equal shares of it."""
    x = _vector(bids, "bids")
    host = int(lowest(x, order))
    return Hosting(host, frozen(second_price_payments(x, np.array(host), highest, 1)), 0 * x[0])


def fair_imposition(reports: object, order: Sequence[int] = ()) -> Hosting:
    """M-04: a Groves rule for one chore with Bailey-Cavallo charges. Host h = argmin r; t_i = [i = h] min_{j != i} r_j - r2_-i/n,
    with r2_-i the second-lowest report of the others, and no charge for n = 2.
    """
    r = _vector(reports, "reports")
    n, first = len(r), int(lowest(r, order))
    rest = np.delete(r, first)
    runner = int(np.argmin(rest))
    second = rest[runner]
    third = np.delete(rest, runner).min() if n > 2 else second
    charge, of_lowest = (second / n, third / n) if n > 2 else (0 * second, 0 * second)
    transfers = np.full(n, -charge, dtype=r.dtype)  # the second-lowest of the others is the second-lowest of all
    transfers[[first, runner + (runner >= first)]] = -of_lowest  # except for the two lowest themselves
    transfers[first] = transfers[first] + second
    return Hosting(first, frozen(transfers), 2 * of_lowest + (n - 2) * charge - second)


def equal_damage(damages: object) -> Hosting:
    """M-01:EQ at the site of least damage: everybody bears d_h/n."""
    return _shared(_vector(damages, "damages"), lambda d, n: (d * (n - 1) / n, -d / n))


def full_compensation(damages: object) -> Hosting:
    """M-01:FC at the site of least damage: the host receives d_h, everybody else pays d_h/(n-1)."""
    return _shared(_vector(damages, "damages"), lambda d, n: (d, -d / (n - 1)))


def equal_surplus(benefits: object, damages: object) -> Hosting:
    """M-01:ES at the site of least damage: everybody ends with the same gain, (sum of ``benefits`` - d_h)/n."""
    a, d = _vector(benefits, "benefits"), _vector(damages, "damages")
    if len(a) != len(d):
        raise InputError("{name} of shape {given} must be of shape {shape}", name="benefits", given=a.shape, shape=d.shape)
    host = int(np.argmin(d))
    transfers = (a.sum() - d[host]) / len(d) - a
    transfers[host] = transfers[host] + d[host]
    return Hosting(host, frozen(transfers), 0 * d[host])


# The rules themselves, for one vector or for many side by side: residents along axis 0, the host by place in the other axes.
# Payments come out ``unit`` times as large: with n(n-1) those of bids in whole numbers are whole.


def lowest(bids: Array, order: Sequence[int] = ()) -> Array:
    """Who bids least, the first in ``order`` among equals."""
    if not order:
        return np.asarray(np.argmin(bids, axis=0))
    line = np.array(order)
    return line[np.argmin(bids[line], axis=0)]


def low_bid_payments(bids: Array, host: Array, rebate: bool, unit: int) -> Array:
    """What everybody receives when the host is paid its own bid and everybody else pays its own bid/(n-1)."""
    n = len(bids)
    won = _at(bids, host)
    paid = _times(bids, -unit, n - 1)
    np.put_along_axis(paid, host[None], _times(won, unit, 1), axis=0)
    return paid + _times(bids.sum(axis=0, keepdims=True) - n * won, unit, n * (n - 1)) if rebate else paid


def second_price_payments(bids: Array, host: Array, highest: bool, unit: int) -> Array:
    """What everybody receives when the host is paid the second-lowest or the ``highest`` bid, in equal shares by all others."""
    n = len(bids)
    most = bids.max(axis=0, keepdims=True)
    price = most if highest else _without(bids, host, most).min(axis=0, keepdims=True)
    paid = np.repeat(_times(price, -unit, n - 1), n, axis=0)
    np.put_along_axis(paid, host[None], _times(price, unit, 1), axis=0)
    return paid


def _without(bids: Array, host: Array, most: Array) -> Array:
    others = bids.copy()
    np.put_along_axis(others, host[None], most, axis=0)  # out of the way of a minimum
    return others


def _times(values: Array, p: int, q: int) -> Array:
    """``values * p / q``; whole numbers stay whole where q divides p."""
    if values.dtype == np.float64:
        return values * (p / q)
    return values * (p // q if p % q == 0 else Fraction(p, q))


def _at(values: Array, host: Array) -> Array:
    return np.take_along_axis(values, host[None], axis=0)


def _shared(d: Array, terms: Any) -> Hosting:
    host = int(np.argmin(d))
    received, paid = terms(d[host], len(d))
    transfers = np.full(len(d), paid, dtype=d.dtype)
    transfers[host] = received
    return Hosting(host, frozen(transfers), 0 * d[host])


def _vector(values: object, name: str) -> Array:
    """``values`` as a vector of two numbers at least."""
    x = array(values, name)
    if x.ndim != 1 or len(x) < 2:
        raise InputError("{name} of shape {given} must be one number for each of two residents or more", name=name, given=x.shape)
    return x
