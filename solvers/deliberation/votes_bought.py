"""Offers of a council (DL-10): whose votes a proposer buys, what everybody then expects, and whether anybody would do otherwise.

Member j agrees to what is worth at least w_j to it, so that its vote costs c_j = max(0, w_j - floor_j) above its floor. A proposer buys
the quota - 1 cheapest votes of the others and keeps the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from ...games.deliberation.bargaining import Council
from ...games.exact import as_json

Shares = tuple[Fraction, ...]
Offers = tuple[tuple[tuple[Fraction, Shares], ...], ...]  # by proposer: how often, and the shares


@dataclass(frozen=True, eq=False)
class Bargain:
    """An equilibrium: ``values`` before the proposer is drawn, ``reservation`` (what each member agrees to), ``offers`` by proposer.

    ``agreed[i]`` says whether the offers of proposer i pass; where not, everybody gets its reservation. ``regret`` is the most that a
    member gains by one deviation, recomputed from the offers.
    """

    council: Council
    values: Shares
    reservation: Shares
    offers: Offers
    agreed: tuple[bool, ...]
    regret: Fraction

    def keeps(self, proposer: int) -> Fraction:
        """What ``proposer`` keeps of its own offers, on average."""
        if not self.agreed[proposer]:
            return self.reservation[proposer]
        return sum((p * x[proposer] for p, x in self.offers[proposer]), start=Fraction(0))

    def bought(self, member: int) -> Fraction:
        """How often ``member`` is among those whose vote another proposer pays for."""
        chance = Fraction(0)
        for i, offers in enumerate(self.offers):
            if i != member:
                chance += self.council.recognition[i] * sum((p for p, x in offers if x[member] > self.council.floors[member]), Fraction(0))
        return chance

    def to_dict(self) -> dict[str, Any]:
        """The JSON form."""
        offers = [[{"probability": p, "shares": x} for p, x in made] for made in self.offers]
        return as_json({"values": self.values, "reservation": self.reservation, "offers": offers, "regret": self.regret})


def reservation_of(council: Council, after: Sequence[Fraction]) -> Shares:
    """What an offer must be worth to each member, who expects ``after`` from the next session."""
    return tuple((1 - d) * r + d * v for d, r, v in zip(council.discounts, council.disagreement, after))


def costs_of(council: Council, reservation: Sequence[Fraction]) -> list[Fraction]:
    """What each vote costs above the floor of its member."""
    return [max(Fraction(0), w - f) for w, f in zip(reservation, council.floors)]


def deviation_gain(council: Council, offers: Offers, reservation: Sequence[Fraction], agreed: Sequence[bool]) -> Fraction:
    """The most a proposer gains by another offer, or by one that fails, than those it makes; and how short an offer falls of passing.

    Voters who agree exactly to what is worth their reservation gain nothing by voting otherwise.
    """
    costs, above, worst = costs_of(council, reservation), council.pie - sum(council.floors), Fraction(0)
    for i, (made, passes) in enumerate(zip(offers, agreed)):
        cheapest = sorted(c for j, c in enumerate(costs) if j != i)[: council.quota - 1]
        best = max(council.floors[i] + above - sum(cheapest), reservation[i])
        if sum(cheapest) > above:  # what is there does not buy a majority
            best = reservation[i]
        if not passes:
            worst = max(worst, best - reservation[i])
            continue
        for _, x in made:
            short = sorted(max(Fraction(0), w - y) for j, (w, y) in enumerate(zip(reservation, x)) if j != i)[: council.quota - 1]
            low = max(f - y for f, y in zip(council.floors, x))
            worst = max(worst, best - x[i], sum(short, start=Fraction(0)), low, abs(sum(x) - council.pie))
    return worst


def expected_shares(council: Council, offers: Offers, reservation: Sequence[Fraction], agreed: Sequence[bool]) -> Shares:
    """What everybody expects before the proposer is drawn, from the offers."""
    total = [Fraction(0)] * council.members
    for p, made, passes in zip(council.recognition, offers, agreed):
        for q, x in made if passes else ((Fraction(1), tuple(reservation)),):
            total = [t + p * q * y for t, y in zip(total, x)]
    return tuple(total)


def cheapest_offers(council: Council, reservation: Shares, rotating: bool) -> Bargain:
    """The cheapest offers at the given reservations: those who come next in the list, or equally cheap ones equally often."""
    n, q = council.members, council.quota
    costs = costs_of(council, reservation)
    chances: list[list[Fraction]] = []
    for i in range(n):
        if rotating:
            bought = {(i + k) % n for k in range(1, q)}
            chances.append([Fraction(int(j in bought)) for j in range(n)])
        else:
            chances.append(_evenly(costs, i, q - 1))
    return assembled(council, reservation, chances)


def _evenly(costs: Sequence[Fraction], proposer: int, votes: int) -> list[Fraction]:
    """How often each is bought when equally cheap votes are bought equally often."""
    others = [c for j, c in enumerate(costs) if j != proposer]
    if not votes:
        return [Fraction(0)] * len(costs)
    edge = sorted(others)[votes - 1]
    sure, tied = sum(c < edge for c in others), sum(c == edge for c in others)
    share = Fraction(votes - sure, tied)
    return [Fraction(0) if j == proposer or c > edge else Fraction(1) if c < edge else share for j, c in enumerate(costs)]


def assembled(council: Council, reservation: Shares, chances: Sequence[Sequence[Fraction]]) -> Bargain:
    """The offers in which each proposer buys j with probability ``chances[i][j]``, with values and regret recomputed from them."""
    costs, above = costs_of(council, reservation), council.pie - sum(council.floors)
    offers: list[tuple[tuple[Fraction, Shares], ...]] = []
    agreed: list[bool] = []
    for i, own in enumerate(chances):
        made: list[tuple[Fraction, Shares]] = []
        for p, coalition in coalitions(own):
            shares = [f + (costs[j] if j in coalition else 0) for j, f in enumerate(council.floors)]
            shares[i] = council.floors[i] + above - sum((costs[j] for j in coalition), start=Fraction(0))
            made.append((p, tuple(shares)))
        offers.append(tuple(made))
        agreed.append(all(x[i] >= max(reservation[i], council.floors[i]) for _, x in made))
    values = expected_shares(council, tuple(offers), reservation, agreed)
    regret = deviation_gain(council, tuple(offers), reservation, agreed)
    return Bargain(council, values, reservation, tuple(offers), tuple(agreed), regret)


def coalitions(chances: Sequence[Fraction]) -> list[tuple[Fraction, frozenset[int]]]:
    """Coalitions of one size, with probabilities, in which j is with probability ``chances[j]``; their sum must be whole.

    Systematic sampling (Madow 1949): a comb of teeth at distance 1 is laid on the chances put end to end.
    """
    if all(p in (0, 1) for p in chances):
        return [(Fraction(1), frozenset(j for j, p in enumerate(chances) if p))]
    ends: list[Fraction] = [Fraction(0)]
    for p in chances:
        ends.append(ends[-1] + p)
    cuts = sorted({end % 1 for end in ends} | {Fraction(0)})
    found: dict[frozenset[int], Fraction] = {}
    for low, high in zip(cuts, [*cuts[1:], Fraction(1)]):
        at = [low + k for k in range(int(ends[-1]))]
        members = frozenset(next(j for j in range(len(chances)) if ends[j] <= t < ends[j + 1]) for t in at)
        found[members] = found.get(members, Fraction(0)) + high - low
    return [(p, members) for members, p in found.items()]
