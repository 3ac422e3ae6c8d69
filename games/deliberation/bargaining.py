"""DL-10, bargaining over a surplus: Baron and Ferejohn (1989) by a drawn proposer and a quota, Rubinstein (1982) by offers in turn.

In a :class:`Council` of n members a proposer, i with probability ``recognition[i]``, offers shares x with sum x = ``pie`` and x_j >=
``floors[j]``; the offer stands if ``quota`` members, the proposer among them, agree (closed rule). Otherwise the next session begins, and
member j discounts by delta_j = ``discounts[j]``. While nothing is agreed it gets ``disagreement[j]`` a session, so that turning down an
offer is worth (1 - delta_j) disagreement_j + delta_j v_j, with v_j what it expects from the next session (Banks and Duggan 2000).

The floors are no detail: without them a majority takes from the others whatever they have, and there is no equilibrium. They are a
required argument. Equilibria are found in ``encompass.solvers.deliberation.bargains``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import comb
from typing import ClassVar

import numpy as np

from ..errors import InputError
from ..exact import Array, Number, number, zeros
from ..mechanisms.mechanism import ONLY_OUTCOMES, Claim, Knowledge, Outcome, accept
from ..message import Message, say
from ..outcome_game import OutcomeGame
from ..parameters import amount, amounts, whole
from ..rights import Quota
from ..staged_game import History, Node, StagedGame, chance, move

LARGEST_COUNCIL = 400  # members whose shares are listed for every proposer
YES, NO = "yes", "no"


def _exact(values: Sequence[object], name: str, size: int) -> tuple[Fraction, ...]:
    """Numbers as fractions; floats are the binary fractions they are."""
    return tuple(Fraction(x) for x in amounts(values, name, size))


@dataclass(frozen=True)
class Council:
    """See the head of the file. Raises :class:`InputError` for unequal lists, chances that do not sum to 1, a pie below the floors.

    All numbers are kept as fractions; floats are taken for the binary fractions they are.
    """

    pie: Fraction
    floors: tuple[Fraction, ...]
    quota: int
    recognition: tuple[Fraction, ...]
    discounts: tuple[Fraction, ...]
    disagreement: tuple[Fraction, ...]

    def __post_init__(self) -> None:
        n = len(amounts(self.floors, "floors"))
        if n > LARGEST_COUNCIL:
            raise InputError("{name}={value} must be at most {most}", name="members", value=n, most=LARGEST_COUNCIL)
        object.__setattr__(self, "pie", Fraction(number(self.pie, "pie")))
        for name in ("floors", "recognition", "discounts", "disagreement"):
            object.__setattr__(self, name, _exact(getattr(self, name), name, n))
        whole(self.quota, "quota", 1, n)
        if sum(self.recognition) != 1 or min(self.recognition) < 0:
            raise InputError("recognition: probabilities that sum to {total} are no distribution", total=sum(self.recognition))
        for delta in self.discounts:
            amount(delta, "discount", Fraction(0), Fraction(1))
        if sum(self.floors) > self.pie:
            raise InputError("the floors sum to {total}, more than the pie of {pie}", total=sum(self.floors), pie=self.pie)

    @property
    def members(self) -> int:
        """How many members there are."""
        return len(self.floors)

    @property
    def alike(self) -> bool:
        """Whether the members differ in nothing."""
        return all(len(set(own)) == 1 for own in (self.floors, self.recognition, self.discounts, self.disagreement))


def even_council(members: int, quota: int, discount: object, *, floor: object, pie: object = 1, disagreement: object = 0) -> Council:
    """Members who differ in nothing, each as likely to propose, none to be left below ``floor`` (a required argument)."""
    n = whole(members, "members", 1, LARGEST_COUNCIL)
    each = tuple(Fraction(number(x, name)) for x, name in ((floor, "floor"), (discount, "discount"), (disagreement, "disagreement")))
    return Council(Fraction(number(pie, "pie")), (each[0],) * n, quota, (Fraction(1, n),) * n, (each[1],) * n, (each[2],) * n)


def council_game(council: Council, sessions: int, units: int) -> StagedGame:
    """The bargaining over ``sessions`` sessions, shares being floors and whole numbers of ``units`` equal parts of what is above them.

    The proposer is drawn, offers, and the others vote one after the other in the order of the list until the vote is decided.
    Raises :class:`SizeError`, with the figure, where the tree does not fit.
    """
    n, above = council.members, council.pie - sum(council.floors)
    whole(sessions, "sessions")
    whole(units, "units")
    StagedGame.forecast(_nodes(n, comb(units + n - 1, n - 1), council.quota, sessions))
    offers = [tuple(b - a - 1 for a, b in zip((-1, *bars), (*bars, units + n - 1))) for bars in combinations(range(units + n - 1), n - 1)]
    named = {",".join(map(str, offer)): offer for offer in offers}

    def shares(label: str) -> tuple[Fraction, ...]:
        return tuple(f + above * x / units for f, x in zip(council.floors, named[label]))

    def paid(session: int, x: Sequence[Fraction]) -> tuple[Fraction, ...]:
        return tuple(d**session * y + (1 - d**session) * r for d, y, r in zip(council.discounts, x, council.disagreement))

    def rules(history: History) -> Node | Sequence[Number]:
        session = 0
        at = list(history)
        while True:
            if session == sessions:
                return council.disagreement
            if not at:
                return chance([str(i + 1) for i in range(n)], council.recognition)
            proposer = int(at.pop(0)[0]) - 1
            if not at:
                return move([proposer], [tuple(named)])
            label = at.pop(0)[0]
            voters = [j for j in range(n) if j != proposer]
            yes, no = 1, 0
            while yes < council.quota and no <= n - council.quota:
                if not at:
                    return move([voters[yes - 1 + no]], [(YES, NO)])
                word = at.pop(0)[0]
                yes, no = yes + (word == YES), no + (word == NO)
            if yes >= council.quota:
                return paid(session, shares(label))
            session += 1

    return StagedGame.from_function([str(i + 1) for i in range(n)], rules)


def _nodes(n: int, offers: int, quota: int, sessions: int) -> int:
    """How many nodes the tree of :func:`council_game` has: a vote that fails opens the next session."""

    def vote(after: int) -> int:
        below = [1] * (n - quota + 2)  # with enough votes for it, by those against it
        for _ in range(quota - 1):  # one vote for it fewer each time
            here = [after]  # one against it too many
            for no in reversed(range(n - quota + 1)):
                here.append(1 + below[no] + here[-1])
            below = here[::-1]
        return below[0]

    total = 1
    for _ in range(sessions):
        total = 1 + n * (1 + offers * vote(total))
        if total > 10**15:
            break
    return total


@dataclass(frozen=True)
class AlternatingOffers:
    """Rubinstein (1982): players offer in turn, 1, 2, ..., n, 1, ..., and all must agree; player j discounts by ``discounts[j]``."""

    discounts: tuple[Fraction, ...]
    pie: Fraction = Fraction(1)

    def __post_init__(self) -> None:
        n = len(amounts(self.discounts, "discounts"))
        if not 2 <= n <= LARGEST_COUNCIL:
            raise InputError("offers in turn are made by 2 to {most} players, not {n}", most=LARGEST_COUNCIL, n=n)
        object.__setattr__(self, "discounts", tuple(Fraction(amount(d, "discount", Fraction(0), Fraction(1))) for d in self.discounts))
        object.__setattr__(self, "pie", Fraction(amount(self.pie, "pie", Fraction(0))))


@dataclass(frozen=True)
class BaronFerejohn:
    """DL-10: residents bargain over the whole gain of the best site; proposers are drawn, ``quota`` (a share of all) must agree.

    Nobody may be left below the status quo: the bound that keeps the majority from taking everything. In the stationary equilibrium
    the first offer stands, so each resident expects W*/n before the draw (:meth:`outcome`); afterwards the proposer holds
    W* (1 - delta (q-1)/n), the q - 1 who come after it in the list hold delta W*/n each, the others nothing (:meth:`ends`).
    """

    quota: Fraction = Fraction(1, 2)
    strict: bool = True
    discount: Fraction = Fraction(9, 10)
    name: str = ""
    played: ClassVar[str] = "stationary-equilibrium"

    def __post_init__(self) -> None:
        object.__setattr__(self, "quota", Fraction(amount(self.quota, "quota", above=Fraction(0), most=Fraction(1))))
        object.__setattr__(self, "discount", Fraction(amount(self.discount, "discount", Fraction(0), Fraction(1))))

    @property
    def id(self) -> str:
        """The identifier."""
        return f"DL-10:{self.name}" if self.name else "DL-10"

    @property
    def title(self) -> Message:
        """What it is called."""
        if self.quota == 1:
            return say("bargaining over the surplus, proposers drawn by lot, all must agree")
        return say("bargaining over the surplus, proposers drawn by lot, a majority decides")

    @property
    def requires(self) -> tuple[Knowledge, ...]:
        """Everybody knows all utilities; what is agreed binds."""
        return (Knowledge.UTILITIES, Knowledge.COMMITMENT)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """As in ATLAS DL-10; what a resident expects before the proposer is drawn is the equal share of M-01:ES."""
        known = "stationary equilibrium, utilities known to all"
        return (
            Claim("efficient", True, "Baron and Ferejohn 1989", known),
            Claim("budget-balanced", True, "the shares sum to the gain"),
            Claim("individually-rational", True, "ATLAS DL-10", "no share below the status quo"),
            Claim("pareto-improving", True, "ATLAS DL-10", "no share below the status quo"),
            Claim("anonymous", True, "by construction", "before the proposer is drawn; no two sites tie"),
            Claim("strategy-proof", False, "gains are taken as told: who tells less of them is paid more"),
            Claim("envy-free", False, "as M-01:ES, ATLAS P1.10", "unequal benefits"),
        )

    def refuses(self, game: OutcomeGame) -> Message | None:
        """It needs residents one by one, not too many."""
        if not isinstance(game, OutcomeGame):  # pyright: ignore[reportUnnecessaryIsInstance]
            return ONLY_OUTCOMES
        if game.stream is not None:
            return say("needs every resident's gains in memory")
        if (game.counts != 1).any():
            return say("needs every resident in a row of its own")
        if game.residents > LARGEST_COUNCIL:
            return say("bargaining is worked out for at most {most} residents, not {n}", most=LARGEST_COUNCIL, n=game.residents)
        return None

    def needed(self, residents: int) -> int:
        """How many must agree, the proposer among them."""
        return min(residents, Quota(self.quota, 0, self.strict and self.quota < 1).needed(residents))

    def outcome(self, game: OutcomeGame) -> Outcome:
        """The best site and each resident's expected transfer, the proposer not yet drawn."""
        gains = self._gains(game)
        return _site(game, np.array([sum(gains) / len(gains)] * len(gains), dtype=gains.dtype) - gains)

    def ends(self, game: OutcomeGame) -> tuple[Outcome, ...]:
        """The best site and the transfers after the draw, one end for each proposer."""
        gains, n = self._gains(game), game.residents
        pie, bought = sum(gains), self.needed(n) - 1
        price = self.discount * pie / n if gains.dtype == object else float(self.discount) * pie / n
        found: list[Outcome] = []
        for proposer in range(n):
            shares = zeros(n, like=gains)
            shares[[(proposer + k) % n for k in range(1, bought + 1)]] = price
            shares[proposer] = pie - bought * price
            found.append(_site(game, shares - gains))
        return tuple(found)

    def _gains(self, game: OutcomeGame) -> Array:
        accept(self.refuses(game))
        return game.utilities[:, game.best]


def _site(game: OutcomeGame, transfers: Array) -> Outcome:
    lottery = game.certain(game.best)
    return Outcome(lottery, transfers)


def imposed_council(game: OutcomeGame, quota: int, discount: object) -> Council:
    """The bargaining under imposition: transfers are never negative for those left out, so that a host left out bears its whole loss.

    The floor of a resident is min(u_i, 0) at the best site. Raises :class:`NotApplicable` where rows stand for several residents.
    """
    gains = BaronFerejohn()._gains(game)  # pyright: ignore[reportPrivateUsage]
    n, delta = game.residents, Fraction(number(discount, "discount"))
    floors = tuple(min(Fraction(x), Fraction(0)) for x in gains)
    return Council(sum(map(Fraction, gains), start=Fraction(0)), floors, quota, (Fraction(1, n),) * n, (delta,) * n, (Fraction(0),) * n)
