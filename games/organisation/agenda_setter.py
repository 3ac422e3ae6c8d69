"""One who alone proposes, and voters who can only take it or leave it (ATLAS game 7a; Romer and Rosenthal 1978)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import floor

from ..exact import Number
from ..parameters import amount, amounts, label, whole
from ..staged_game import History, Node, StagedGame, move

MOST_VOTERS = 1_000

_TENTH = Fraction(1, 10)


@dataclass(frozen=True)
class AgendaSetter:
    """Policies lie on a line; everybody likes a policy the better the nearer it is to the own ideal.

    ``setter`` is the ideal of the one who proposes, ``voters`` those of the voters. The proposal passes with more than ``share`` of the
    votes (with all of them where there are no more); otherwise ``status_quo`` stays. Raises :class:`InputError`.
    """

    setter: Number = 9 * _TENTH
    voters: tuple[Number, ...] = (_TENTH, 3 * _TENTH, 5 * _TENTH, 7 * _TENTH, 9 * _TENTH)
    status_quo: Number = 3 * _TENTH
    share: Number = Fraction(1, 2)

    def __post_init__(self) -> None:
        object.__setattr__(self, "setter", amount(self.setter, "setter"))
        object.__setattr__(self, "voters", tuple(sorted(amounts(self.voters, "voters"))))
        whole(len(self.voters), "len(voters)", 1, MOST_VOTERS)
        object.__setattr__(self, "status_quo", amount(self.status_quo, "status_quo"))
        object.__setattr__(self, "share", amount(self.share, "share", least=0, most=1))

    @property
    def needed(self) -> int:
        """Votes that a proposal needs."""
        n = len(self.voters)
        return min(n, floor(self.share * n) + 1)

    @property
    def pivots(self) -> tuple[int, int]:
        """The voters (from 0, by rising ideal) whose vote decides on proposals below and above the status quo."""
        return self.needed - 1, len(self.voters) - self.needed

    def points(self, steps: int = 20) -> tuple[Number, ...]:
        """Policies that the written-out game has: 0 to 1 in equal steps, the status quo, the setter's ideal, and those that a voter who
        decides likes as well as the status quo."""
        mirrored = {2 * self.voters[k] - self.status_quo for k in self.pivots}
        return tuple(sorted({Fraction(k, whole(steps, "steps")) for k in range(steps + 1)} | {self.status_quo, self.setter} | mirrored))

    def game(self, steps: int = 20) -> StagedGame:
        """The setter proposes one of :meth:`points`, then the voter who decides says yes or no.

        The others vote for what they like better, which is never worse for them; with the needed number of them on one side, the vote of
        the needed-th nearest to the proposal's side settles it. Payoffs are minus distances, the setter's first.
        """
        points = self.points(steps)
        of = {label(x): x for x in points}
        below, above = self.pivots

        def rules(history: History) -> Node | list[Number]:
            if not history:
                return move([0], [tuple(of)])
            x = of[history[0][0]]
            if len(history) == 1 and x != self.status_quo:
                return move([1 + (above if x > self.status_quo else below)], [("yes", "no")])
            kept = x if x == self.status_quo or history[-1][0] == "yes" else self.status_quo
            return [-abs(kept - ideal) for ideal in (self.setter, *self.voters)]

        return StagedGame.from_function(("setter", *(f"voter {k + 1}" for k in range(len(self.voters)))), rules)


__all__ = ["AgendaSetter"]
