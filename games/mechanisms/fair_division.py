"""Fair division with money, for a burden that somebody must bear and for rooms that everybody wants.

Knaster's procedure (Steinhaus 1948) for a bad; payments that leave no envy (Foley 1967; Svensson 1983; Alkan, Demange and Gale 1991);
packages of a site and a compensation that everybody accepts; rents without envy that are best for whoever gains least (value-Rawlsian:
Alkan, Demange and Gale 1991; maximin: Gal, Mash, Procaccia and Zick 2016).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import inf

import numpy as np

from ..errors import InputError, NotApplicable, SizeError
from ..exact import Array, Number, array, frozen
from ..linear_program import maximise
from ..outcome_game import OutcomeGame
from ..siting import why_not_one_host
from .own_sites import Hosting, low_bid_outcome

MOST_ROOMS = 40

Interval = tuple[Number, Number]


def knaster(costs: object) -> Hosting:
    """Knaster's procedure for a bad: the least cost hosts; everybody owes its cost/n, the host is credited its own cost, and what is
    left over is shared equally.

    It is the low-bid auction (M-02) at max-min bids with the surplus returned. Burdens are :func:`burdens`, the leftover
    :func:`leftover`.
    """
    return low_bid_outcome(costs, rebate=True)


def leftover(costs: object) -> Number:
    """What Knaster's procedure shares out equally: the sum of cost/n less the least cost."""
    return low_bid_outcome(costs).surplus


def burdens(costs: object, hosting: Hosting) -> Array:
    """The cost that everybody bears in the end, money counted."""
    c = array(costs, "costs")
    return frozen(-hosting.gains(0 * c, c))


def envy_free_payments(costs: object, host: int) -> Interval | None:
    """The equal payments t by each of the others to ``host`` at which nobody would change places; None if there are none.

    The host does not envy iff (n-1)t - c_h >= -t, another not iff -t >= (n-1)t - c_j: t from c_h/n to the least other c_j/n.
    """
    c = array(costs, "costs")
    n = len(c)
    if n < 2 or not 0 <= host < n:
        raise InputError("host={value} is not a resident from 0 to {last}", value=host, last=n - 1)
    low, high = c[host] / n, np.delete(c, host).min() / n
    return (low, high) if low <= high else None


def accepted_compensations(game: OutcomeGame, site: int) -> Interval | None:
    """The sums T, paid to the host of ``site`` (column) in equal shares by the others, at which everybody gains or loses nothing
    against the status quo; None if there are none. Negative sums are paid by the host.

    Raises :class:`NotApplicable` unless every site has one host who alone is damaged by it.
    """
    reason = why_not_one_host(game)
    if reason is not None:
        raise NotApplicable(reason)
    if site not in game.sites:
        raise InputError("site={value} is not one of the sites {known}", value=site, known=list(game.sites))
    host = (game.hosts or ())[game.sites.index(site)]
    u = game.utilities[:, site]
    low, high = -u[host], (len(u) - 1) * np.delete(u, host).min()
    return (low, high) if low <= high + game.slack else None


@dataclass(frozen=True)
class RentDivision:
    """``room_of[i]`` is i's room and ``rents[j]`` what room j costs; ``value`` is what the assignment is worth in all."""

    room_of: tuple[int, ...]
    rents: tuple[Fraction, ...]
    utilities: tuple[Fraction, ...]
    value: Fraction

    @property
    def least(self) -> Fraction:
        """What whoever gains least gains."""
        return min(self.utilities)


def rent_division(values: object, rent: object) -> RentDivision:
    """Rooms and rents without envy that give most to whoever gains least, then to the next, and so on; exact.

    ``values[i][j]`` is what room j is worth to tenant i; rents sum to ``rent`` and may be negative. The assignment is one of largest
    value, as it must be without envy (Svensson 1983), and any such will do. Floats are taken for the binary fractions they are.
    Raises :class:`InputError` unless the table is square, :class:`SizeError` above 40 rooms.
    """
    given = array(values, "values")
    if given.ndim != 2 or given.shape[0] != given.shape[1] or not given.size:
        raise InputError("{name} of shape {given} must be of shape {shape}", name="values", given=given.shape, shape="(n, n)")
    n = len(given)
    if n > MOST_ROOMS:
        raise SizeError("rents for {n} rooms; at most {limit} are divided exactly", n=n, limit=MOST_ROOMS)
    v = np.array([[Fraction(x) for x in row] for row in given.tolist()], dtype=object)
    total = Fraction(array([rent], "rent")[0])
    rooms, prices = assignment(v)
    rents = prices + (total - prices.sum()) / n
    rents = _fairest(v, rooms, rents)
    gains = v[range(n), list(rooms)] - rents[list(rooms)]
    return RentDivision(rooms, tuple(rents), tuple(gains), sum((v[i, j] for i, j in enumerate(rooms)), start=Fraction(0)))


def assignment(values: Array) -> tuple[tuple[int, ...], Array]:
    """An assignment of largest value of rows to columns of a square table, and prices of the columns at which nobody envies.

    The method of Kuhn (1955) and Munkres (1957) in the arithmetic of ``values``: rows enter one by one along a shortest path.
    """
    n = len(values)
    zero = 0 * values[0, 0]
    row_price, column_price = [zero] * (n + 1), [zero] * (n + 1)
    holder = [0] * (n + 1)  # the row (from 1) that holds each column; column 0 is the row that enters
    for entering in range(1, n + 1):
        holder[0], column = entering, 0
        gap: list[Number] = [inf] * (n + 1)
        before, seen = [0] * (n + 1), [False] * (n + 1)
        while holder[column]:
            seen[column] = True
            row, nearest = holder[column], 0
            step: Number = inf
            for j in range(1, n + 1):
                if seen[j]:
                    continue
                slack = -values[row - 1, j - 1] - row_price[row] - column_price[j]
                if slack < gap[j]:
                    gap[j], before[j] = slack, column
                if gap[j] < step:
                    step, nearest = gap[j], j
            for j in range(n + 1):
                if seen[j]:
                    row_price[holder[j]] += step
                    column_price[j] -= step
                else:
                    gap[j] -= step
            column = nearest
        while column:
            holder[column], column = holder[before[column]], before[column]
    rooms = [0] * n
    for j in range(1, n + 1):
        rooms[holder[j] - 1] = j - 1
    return tuple(rooms), np.array([-price for price in column_price[1:]], dtype=values.dtype)


def _fairest(v: Array, rooms: Sequence[int], rents: Array) -> Array:
    """From rents without envy to those whose least utilities are largest, one level after the other.

    Each program moves the rents by changes delta of sum 0 that keep envy away and the settled utilities, and raises the least of the
    rest by mu. Whoever has a positive dual there can get no more in any optimum, and is settled.
    """
    n = len(rents)
    own = list(rooms)
    open_rows = set(range(n))
    while open_rows:
        gains = v[range(n), own] - rents[own]
        rows: list[tuple[dict[int, int], int, Fraction]] = []  # coefficients of delta, of mu, and the bound
        for i in range(n):
            rows.append(({own[i]: 1}, int(i in open_rows), gains[i] - (min(gains[k] for k in open_rows) if i in open_rows else gains[i])))
        for i in range(n):
            rows += [({own[i]: 1, j: -1}, 0, gains[i] - v[i, j] + rents[j]) for j in range(n) if j != own[i]]
        rows += [(dict.fromkeys(range(n), sign), 0, Fraction(0)) for sign in (1, -1)]
        A = np.full((len(rows), 2 * n + 1), Fraction(0), dtype=object)
        for k, (delta, mu, _) in enumerate(rows):
            for j, sign in delta.items():
                A[k, j], A[k, n + j] = Fraction(sign), Fraction(-sign)
            A[k, 2 * n] = Fraction(mu)
        c = np.array([Fraction(0)] * (2 * n) + [Fraction(1)], dtype=object)
        best = maximise(c, A, np.array([bound for *_, bound in rows], dtype=object))
        rents = rents + np.array(best.x[:n], dtype=object) - np.array(best.x[n : 2 * n], dtype=object)
        open_rows -= {i for i in open_rows if best.y[i] > 0}
    return rents
