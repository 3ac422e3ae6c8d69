"""A self-management committee forms: residents join, members bind themselves, all contribute or not (ATLAS CASE-03).

Stage 1: each joins or not. Stage 2: the members bind themselves to contribute everything iff every one of them is better off by it
and there are ``minimum`` of them (M-28); they share the cost ``organisation``. Stage 3: who is not bound contributes nothing, which is
dominant for ``share < 1`` (Kosfeld, Okada and Riedl 2009). With ``envy`` and ``guilt`` everybody feels the inequality of money as Fehr
and Schmidt (1999) have it, at joining and at binding; contributing nothing stays dominant for outsiders while ``guilt <= 1 - share``
(their proposition 4; at equality weakly).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from ..counted_game import SymmetricGame
from ..errors import SizeError
from ..exact import Number
from ..parameters import amount, whole
from ..participation import joining
from ..social_preferences import fehr_schmidt_alike
from ..staged_game import History, Node, StagedGame, move

ZERO, ONE = Fraction(0), Fraction(1)
MOST_RESIDENTS = 200
MOST_WRITTEN = 4  # residents whose stages are written out


@dataclass(frozen=True)
class SelfManagement:
    """``residents`` with one unit each; a unit contributed is worth ``share`` to every resident. Raises :class:`InputError`."""

    residents: int = 5
    share: Number = Fraction(2, 5)
    organisation: Number = ZERO
    minimum: int = 1
    envy: Number = ZERO
    guilt: Number = ZERO

    def __post_init__(self) -> None:
        object.__setattr__(self, "residents", whole(self.residents, "residents", 2, MOST_RESIDENTS))
        object.__setattr__(self, "share", amount(self.share, "share", least=0, most=Fraction(99, 100)))
        object.__setattr__(self, "organisation", amount(self.organisation, "organisation", least=0))
        object.__setattr__(self, "minimum", whole(self.minimum, "minimum", 1, self.residents))
        object.__setattr__(self, "envy", amount(self.envy, "envy", least=0))
        object.__setattr__(self, "guilt", amount(self.guilt, "guilt", least=0, most=1 - self.share))

    def member_money(self, members: int) -> Number:
        """What a member of an institution of that size has."""
        return self.share * members - self.organisation / members

    def outsider_money(self, members: int) -> Number:
        """What an outsider has beside it."""
        return 1 + self.share * members

    @cached_property
    def felt(self) -> SymmetricGame:
        """The joining game if members bound themselves at every size: money less felt inequality."""
        n = self.residents
        money = joining([self.member_money(m) for m in range(1, n + 1)], [self.outsider_money(m) for m in range(n)])
        return fehr_schmidt_alike(money, self.envy, self.guilt) if self.envy or self.guilt else money

    def as_member(self, members: int) -> Number:
        """What membership is worth as felt when ``members`` are bound."""
        return self.felt.payoff(0, 1, [(self.residents - members, members - 1)])

    def as_outsider(self, members: int) -> Number:
        """What staying out is worth as felt when ``members`` others are bound."""
        return self.felt.payoff(0, 0, [(self.residents - 1 - members, members)])

    def binds(self, members: int) -> bool:
        """Whether that many members bind themselves."""
        return members >= self.minimum and self.as_member(members) > 1

    def game(self) -> SymmetricGame:
        """Joining ("in") or not, what follows folded in."""
        n = self.residents
        binds = [m > 0 and self.binds(m) for m in range(n + 1)]
        inside = [self.as_member(m) if binds[m] else ONE for m in range(1, n + 1)]
        return joining(inside, [self.as_outsider(m) if binds[m] else ONE for m in range(n)])

    def stages(self) -> StagedGame:
        """All three stages with every resident named: members say yes or no in turn, one no dissolves; then who is free contributes or
        not. Without felt inequality, which is a taste over ends. Raises :class:`SizeError` beyond a few residents.
        """
        n = self.residents
        if n > MOST_WRITTEN:
            raise SizeError("the stages of an institution are written out for at most {most} residents, not {n}", most=MOST_WRITTEN, n=n)

        def rules(history: History) -> Node | list[Number]:
            if not history:
                return move(range(n), [("out", "in")] * n)
            members = [i for i, choice in enumerate(history[0]) if choice == "in"]
            votes = [taken[0] for taken in history[1 : 1 + len(members)] if taken[0] in ("yes", "no")]
            if len(members) >= self.minimum and members and "no" not in votes and len(votes) < len(members):
                return move([members[len(votes)]], [("yes", "no")])
            bound = members if len(votes) == len(members) >= self.minimum and members and "no" not in votes else []
            free = [i for i in range(n) if i not in bound]
            if free and len(history) == 1 + len(votes):
                return move(free, [("0", "1")] * len(free))
            gives = {*bound, *(i for i, choice in zip(free, history[-1]) if choice == "1" and free)}
            cost = self.organisation / len(bound) if bound else ZERO
            return [(i not in gives) + self.share * len(gives) - (cost if i in bound else ZERO) for i in range(n)]

        return StagedGame.from_function([f"resident {i + 1}" for i in range(n)], rules)
