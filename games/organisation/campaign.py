"""A campaign: a committee that must reach a target presses residents, who comply for reasons of their own or under pressure.

A resident with cost c complies iff ``motivation (1 - crowding a) + enforcement a >= c`` at intensity a of the campaign: pressure is
worth ``enforcement`` (probability of being found times fine) and crowds out what people do of their own accord, or crowds it in where
``crowding < 0`` (Bowles and Polania-Reyes 2012). Costs are uniform between ``lowest_cost`` and ``highest_cost``. After the period
motivation has worn off in proportion to the campaign and grown back where there was none (ATLAS CASE-02)::

    motivation' = motivation (1 - erosion a) + recovery (1 - a) (1 - motivation)
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from ..exact import Number
from ..parameters import amount, label, whole
from ..staged_game import End, Node, Stage, StagedGame

ZERO, ONE = Fraction(0), Fraction(1)
MOST_PERIODS = 8  # a plan is a branch of a tree of 2^periods
MOST_RESIDENTS = 8


@dataclass(frozen=True)
class Campaign:
    """The committee chooses a in [0, 1] and gets ``reward`` if at least the share ``target`` complies, less ``effort_cost a^2 / 2``.

    ``intensity`` is that of a campaign looked at by itself; ``periods`` and ``discount`` are for a committee that stays in office;
    ``residents`` (named, with the middle costs of as many equal parts) and ``steps`` of intensity make the finite :meth:`game`.
    Raises :class:`InputError`.
    """

    motivation: Number = Fraction(3, 10)
    crowding: Number = Fraction(1, 2)
    enforcement: Number = Fraction(9, 10)
    erosion: Number = Fraction(1, 2)
    recovery: Number = Fraction(1, 20)
    effort_cost: Number = ONE
    target: Number = Fraction(4, 5)
    reward: Number = Fraction(2, 5)
    lowest_cost: Number = ZERO
    highest_cost: Number = ONE
    intensity: Number = ONE
    periods: int = 6
    discount: Number = Fraction(9, 10)
    residents: int = 5
    steps: int = 3

    def __post_init__(self) -> None:
        for name in ("motivation", "erosion", "recovery", "target", "intensity", "discount"):
            object.__setattr__(self, name, amount(getattr(self, name), name, least=0, most=1))
        object.__setattr__(self, "crowding", amount(self.crowding, "crowding", least=-1, most=1))
        for name in ("enforcement", "reward", "lowest_cost"):
            object.__setattr__(self, name, amount(getattr(self, name), name, least=0))
        object.__setattr__(self, "effort_cost", amount(self.effort_cost, "effort_cost", above=0))
        object.__setattr__(self, "highest_cost", amount(self.highest_cost, "highest_cost", above=self.lowest_cost))
        object.__setattr__(self, "periods", whole(self.periods, "periods", most=MOST_PERIODS))
        object.__setattr__(self, "residents", whole(self.residents, "residents", most=MOST_RESIDENTS))
        object.__setattr__(self, "steps", whole(self.steps, "steps", most=20))

    def drive(self, intensity: Number, motivation: Number) -> Number:
        """The highest cost that a resident bears."""
        return motivation * (1 - self.crowding * intensity) + intensity * self.enforcement

    def participation(self, intensity: Number, motivation: Number) -> Number:
        """The share of residents who comply: F of :meth:`drive`."""
        share = (self.drive(intensity, motivation) - self.lowest_cost) / (self.highest_cost - self.lowest_cost)
        return min(max(share, ZERO), ONE)

    def next_motivation(self, intensity: Number, motivation: Number) -> Number:
        """Motivation in the period after."""
        return motivation * (1 - self.erosion * intensity) + self.recovery * (1 - intensity) * (1 - motivation)

    def least_intensity(self, motivation: Number) -> Number | None:
        """The least a at which the target is met; None if none in [0, 1] does."""
        needed = self.lowest_cost + self.target * (self.highest_cost - self.lowest_cost) if self.target else ZERO
        slope = self.enforcement - self.crowding * motivation
        if motivation >= needed:
            return ZERO
        return (needed - motivation) / slope if slope > 0 and motivation + slope >= needed else None

    def expense(self, intensity: Number) -> Number:
        """What the campaign costs the committee."""
        return self.effort_cost * intensity * intensity / 2

    def costs(self) -> tuple[Number, ...]:
        """The costs of the residents of the finite game."""
        width, n = self.highest_cost - self.lowest_cost, self.residents
        return tuple(self.lowest_cost + width * Fraction(2 * i + 1, 2 * n) for i in range(n))

    def game(self) -> StagedGame:
        """The committee chooses one of ``steps + 1`` intensities, the residents see it and comply or not."""
        grid, costs = [Fraction(k, self.steps) for k in range(self.steps + 1)], self.costs()

        def after(a: Number) -> Node:
            moves = product((0, 1), repeat=len(costs))
            ends = tuple(self._end(a, costs, chosen) for chosen in moves)
            return Stage(tuple(range(1, len(costs) + 1)), (("refuse", "comply"),) * len(costs), ends)

        names = ("committee", *(f"resident {i + 1}" for i in range(len(costs))))
        return StagedGame(names, Stage((0,), (tuple(label(a) for a in grid),), tuple(after(a) for a in grid)))

    def _end(self, a: Number, costs: tuple[Number, ...], chosen: tuple[int, ...]) -> End:
        bears = self.drive(a, self.motivation)
        paid = self.reward if Fraction(sum(chosen), len(costs)) >= self.target else ZERO
        return End((paid - self.expense(a), *((bears - c) * x for c, x in zip(costs, chosen))))

    def office(self) -> StagedGame:
        """The committee alone over ``periods``: in each it waits, or drives at the least intensity that meets the target then.

        No other intensity is worth a thought: the value of the periods to come does not fall in motivation (more of it lowers the
        intensity needed now and leaves more for later, since ``erosion a + recovery (1 - a) <= 1``), and both the expense and the
        wear rise in a, so that below the least intensity zero is best and above it the least one.
        """

        def build(period: int, motivation: Number, earned: Number) -> Node:
            if period == self.periods:
                return End((earned,))
            needed = self.least_intensity(motivation)
            options = [("wait", ZERO)] + ([("drive", needed)] if needed else [])
            children: list[Node] = []
            for _, a in options:
                paid = self.reward if needed is not None and a >= needed else ZERO
                worth = self.discount**period * (paid - self.expense(a))
                children.append(build(period + 1, self.next_motivation(a, motivation), earned + worth))
            return Stage((0,), (tuple(name for name, _ in options),), tuple(children))

        return StagedGame(("committee",), build(0, self.motivation, ZERO))
