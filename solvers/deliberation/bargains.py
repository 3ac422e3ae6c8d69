"""Equilibria of bargaining (DL-10): stationary and finite ones of a council, and of offers in turn.

Members who differ in nothing expect pie/n each, so that a vote costs delta pie/n and a proposer keeps pie (1 - delta (q - 1)/n) with
floors and disagreement at 0 (Baron and Ferejohn 1989); members who differ are solved in :mod:`.unlike_members`.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ...games.deliberation.bargaining import AlternatingOffers, Council
from ...games.errors import InputError, SizeError
from ...games.message import Message, say
from ...games.parameters import whole
from .unlike_members import solve_exactly, unlike_members
from .votes_bought import Bargain, Shares, cheapest_offers, reservation_of

LARGEST_UNLIKE = 12  # members who differ
_NONE = say("no stationary equilibrium in which every offer passes was found")


@dataclass(frozen=True, eq=False)
class Search:
    """The equilibrium found, or None and why."""

    bargain: Bargain | None
    stop: Message | None


def stationary(council: Council) -> Search:
    """A stationary equilibrium in which every offer passes, exact. Raises :class:`SizeError` for too many members who differ.

    With floors and disagreement at 0 its values are the only stationary ones (Eraslan 2002); in general there may be others.
    """
    n = council.members
    if council.alike:
        v = (council.pie / n,) * n
        bargain = cheapest_offers(council, reservation_of(council, v), rotating=True)
        passes = bargain.regret == 0 and all(bargain.agreed) and bargain.values == v
        return Search(bargain, None) if passes else Search(None, _NONE)
    if n > LARGEST_UNLIKE:
        raise SizeError("a bargain of {n} members who differ does not fit; at most {limit} do", n=n, limit=LARGEST_UNLIKE)
    bargain = unlike_members(council)
    return Search(bargain, None if bargain is not None else _NONE)


def finite(council: Council, sessions: int) -> tuple[Bargain, ...]:
    """The equilibrium of ``sessions`` sessions, after which everybody gets its disagreement payoff: a bargain each, the first first.

    Voters agree when indifferent, a proposer makes an offer that passes when indifferent, equally cheap votes are bought equally often:
    other rules may give other equilibria where members differ. Exact.
    """
    whole(sessions, "sessions", 1, 10_000)
    after, found = council.disagreement, list[Bargain]()
    for _ in range(sessions):
        bargain = cheapest_offers(council, reservation_of(council, after), rotating=council.alike)
        found.append(bargain)
        after = bargain.values
    return tuple(reversed(found))


def offers_in_turn(game: AlternatingOffers, sessions: int | None = None) -> tuple[Shares, ...]:
    """``shares[k][j]``: what j gets when player k offers, in the stationary equilibrium; or, by session k, in the one of finitely many.

    Stationary: who offers keeps a_k, player j agrees to delta_j to the power of the sessions until its own turn times a_j, and these sum
    to the pie: sum over j of delta_j^((j - k) mod n) a_j = pie. For two players it is the only subgame-perfect equilibrium (Rubinstein
    1982); three or more have others, not stationary (Herrero 1985; Sutton 1986). After finitely many sessions everybody gets nothing.
    Raises :class:`InputError` where nobody loses by delay.
    """
    n, delta = len(game.discounts), game.discounts
    if sessions is not None:
        return _finite_offers(game, whole(sessions, "sessions", 1, 100_000))
    a = solve_exactly([[*(delta[j] ** ((j - k) % n) for j in range(n)), game.pie] for k in range(n)])
    if a is None:
        raise InputError("discounts={value}: bargaining has an end only where somebody loses by delay", value=list(delta))
    return tuple(tuple(delta[j] ** ((j - k) % n) * a[j] for j in range(n)) for k in range(n))


def _finite_offers(game: AlternatingOffers, sessions: int) -> tuple[Shares, ...]:
    n, after, found = len(game.discounts), (Fraction(0),) * len(game.discounts), list[Shares]()
    for session in reversed(range(sessions)):
        shares = [d * v for d, v in zip(game.discounts, after)]
        proposer = session % n
        shares[proposer] = Fraction(0)
        shares[proposer] = game.pie - sum(shares)
        after = tuple(shares)
        found.append(after)
    return tuple(reversed(found))
