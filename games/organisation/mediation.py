"""Two neighbours in dispute, each of private strength: settle, or fight over what is left (ATLAS game 10; Hoerner et al. 2015).

A pie of 1. Each is strong with probability ``strong``, independently, and knows only its own strength. Open conflict leaves ``remains`` of
the pie, of which the neighbours' sanctions take the share ``ties``; a strong one beats a weak one with probability ``wins``, equals split.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ..bayesian_game import BayesianGame, independent
from ..exact import Number
from ..parameters import amount, amounts, labels, whole

KINDS = ("strong", "weak")


@dataclass(frozen=True)
class Mediation:
    """``steps``: into how many parts demands divide the pie where nobody mediates; ``cases``: mediated disputes on record, of which the
    share ``reported`` was settled; ``tail``: how unlikely such a record may be before it refutes a success rate; ``disputes``: what
    conflict leaves, dispute by dispute, of those that somebody could accept for mediation. Raises :class:`InputError`.
    """

    remains: Number = Fraction(4, 5)
    wins: Number = Fraction(7, 10)
    strong: Number = Fraction(3, 10)
    ties: Number = Fraction(0)
    steps: int = 4
    cases: int = 30
    reported: Number = Fraction(1)
    tail: Number = Fraction(1, 20)
    disputes: tuple[Number, ...] = tuple(Fraction(k, 20) for k in range(12, 20))

    def __post_init__(self) -> None:
        for name, least, most in (
            ("remains", 0, 1),
            ("wins", Fraction(1, 2), 1),
            ("strong", 0, 1),
            ("ties", 0, 1),
            ("reported", 0, 1),
            ("tail", 0, 1),
        ):
            value = amount(getattr(self, name), name, least=Fraction(least), most=Fraction(most))
            object.__setattr__(self, name, Fraction(value))
        for name in ("strong", "tail"):
            amount(getattr(self, name), name, above=0)
        object.__setattr__(self, "steps", whole(self.steps, "steps", 2, 8))
        object.__setattr__(self, "cases", whole(self.cases, "cases"))
        shares = amounts(self.disputes, "disputes", least=Fraction(0))
        object.__setattr__(self, "disputes", tuple(Fraction(amount(x, "disputes", most=Fraction(1))) for x in shares))

    @property
    def left(self) -> Fraction:
        """What conflict leaves of the pie after sanctions."""
        return Fraction(self.remains) * (1 - Fraction(self.ties))

    @property
    def prior(self) -> tuple[Fraction, Fraction]:
        """The probability of being strong, and of being weak."""
        return Fraction(self.strong), 1 - Fraction(self.strong)

    def conflict(self, left: Number | None = None) -> tuple[tuple[Fraction, ...], ...]:
        """What conflict is worth to one of each strength (row) against one of each (column), where it leaves ``left``."""
        size = self.left if left is None else Fraction(left)
        half, wins = Fraction(1, 2), Fraction(self.wins)
        return (half * size, wins * size), ((1 - wins) * size, half * size)

    def game(self) -> BayesianGame:
        """Nobody mediates: both demand a share at once; demands that fit together are met, others end in conflict (Nash 1953)."""
        demands, war = [Fraction(k, self.steps) for k in range(self.steps + 1)], self.conflict()

        def payoff(types: tuple[int, ...], profile: tuple[int, ...]) -> tuple[Number, Number]:
            (s, t), (a, b) = types, profile
            return (demands[a], demands[b]) if demands[a] + demands[b] <= 1 else (war[s][t], war[t][s])

        names = labels(demands)
        return BayesianGame.from_function(payoff, independent(self.prior, self.prior), [KINDS, KINDS], [names, names], ("1", "2"))
