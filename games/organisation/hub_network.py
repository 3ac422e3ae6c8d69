"""A committee in the middle of everything: outside suppliers and the leaders of stairwells, joined through it (ATLAS P2.4, D-21).

Node 0 is the committee, 1..``suppliers`` the outside network (police, urban management, property firm), the rest the leaders inside.
Everybody is tied to the committee; ``lateral`` ties join leaders k and k + 1 in a row, ``links`` are further ties by node number.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ..errors import InputError
from ..exact import Number
from ..networks import best_shot_graph
from ..normal_form import NormalForm
from ..parameters import amount, edges_of, whole

MOST_NODES = 40


@dataclass(frozen=True)
class HubNetwork:
    """``suppliers`` and ``leaders`` around a committee; a service is worth ``benefit`` to whoever has it next door and costs ``cost``.

    Raises :class:`InputError`.
    """

    suppliers: int = 3
    leaders: int = 6
    lateral: int = 0
    links: tuple[tuple[int, int], ...] = ()
    benefit: Number = Fraction(1)
    cost: Number = Fraction(1, 2)

    def __post_init__(self) -> None:
        object.__setattr__(self, "suppliers", whole(self.suppliers, "suppliers", 0, MOST_NODES))
        object.__setattr__(self, "leaders", whole(self.leaders, "leaders", 1, MOST_NODES))
        object.__setattr__(self, "lateral", whole(self.lateral, "lateral", 0, self.leaders - 1))
        object.__setattr__(self, "benefit", amount(self.benefit, "benefit", above=0))
        object.__setattr__(self, "cost", amount(self.cost, "cost", above=0))
        if self.cost >= self.benefit:  # otherwise nobody need provide where nobody near does
            raise InputError("{name}={value} must be less than {most}", name="cost", value=self.cost, most=self.benefit)
        links = tuple(tuple(sorted(whole(node, "links", 1, self.others) for node in pair)) for pair in self.links)
        object.__setattr__(self, "links", links)
        edges_of(self.others + 1, links)

    @property
    def others(self) -> int:
        """How many there are besides the committee: N of D-21."""
        return self.suppliers + self.leaders

    @property
    def side_ties(self) -> tuple[tuple[int, int], ...]:
        """The ties that do not pass through the committee."""
        first = self.suppliers + 1
        return tuple(sorted({*((first + k, first + k + 1) for k in range(self.lateral)), *self.links}))

    @property
    def ties(self) -> tuple[tuple[int, int], ...]:
        """All ties."""
        return (*((0, k) for k in range(1, self.others + 1)), *self.side_ties)

    def game(self) -> NormalForm:
        """Who provides a service that serves its neighbours too (Bramoulle and Kranton 2007). Raises :class:`SizeError`."""
        return best_shot_graph(self.others + 1, self.ties, self.benefit, self.cost)
