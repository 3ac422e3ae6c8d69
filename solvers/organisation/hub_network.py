"""How much hangs on the committee in the middle: what falls apart without it, and who provides (ATLAS P2.4, D-21)."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import Any

from ...games.exact import Number
from ...games.message import say
from ...games.networks import specialised
from ...games.normal_form import Profile
from ...games.organisation.hub_network import HubNetwork
from ..solve import solve
from .analysis import Analysis, figure
from .written import certified

LARGEST_WRITTEN = 10  # nodes of a game whose certificate is written


class HubAnalysis(Analysis[HubNetwork]):
    """Components are those of the network without node 0. The equilibria in which everybody provides all or nothing are the maximal
    independent sets of the whole network (Bramoulle and Kranton 2007, best-shot version).
    """

    @cached_property
    def _components(self) -> list[int]:
        """Sizes of the components without the committee, largest first."""
        root = list(range(self.model.others + 1))

        def top(k: int) -> int:
            while root[k] != k:
                root[k] = k = root[root[k]]
            return k

        for i, j in self.model.side_ties:
            root[top(i)] = top(j)
        tops = [top(k) for k in range(1, len(root))]
        return sorted((tops.count(k) for k in set(tops)), reverse=True)

    @figure(say("bodies around the committee"))
    def others(self) -> int:
        """Suppliers and leaders."""
        return self.model.others

    @figure(say("pieces that are left when the committee is taken out"))
    def pieces(self) -> int:
        """Components without node 0."""
        return len(self._components)

    @figure(say("bodies in the largest piece"))
    def largest_piece(self) -> int:
        """Nodes of the largest component without node 0."""
        return self._components[0]

    @figure(say("hub dependence"))
    def dependence(self) -> Number:
        """1 - largest piece / N (D-21): 1 - 1/N in the star."""
        return 1 - Fraction(self.largest_piece, self.model.others)

    @figure(say("share of pairs of bodies that reach one another through the committee only"))
    def pairs_through_hub(self) -> Number:
        """1 - sum_c c (c - 1) / (N (N - 1)); 0 where there is one body only."""
        n = self.model.others
        return 1 - Fraction(sum(c * (c - 1) for c in self._components), n * (n - 1)) if n > 1 else Fraction(0)

    @cached_property
    def _equilibria(self) -> tuple[Profile, ...]:
        return specialised(self.model.others + 1, self.model.ties)

    @figure(say("equilibria of providing"))
    def equilibria(self) -> int:
        """How many maximal independent sets there are."""
        return len(self._equilibria)

    @figure(say("whether it is an equilibrium that the committee provides alone"))
    def committee_alone(self) -> bool:
        """It always is: everybody is next to it."""
        return (1, *[0] * self.model.others) in self._equilibria

    @figure(say("fewest bodies that provide where the committee does not"))
    def fewest_without(self) -> int:
        """The smallest maximal independent set without node 0."""
        return min(sum(chosen) for chosen in self._equilibria if not chosen[0])

    @property
    def certificates(self) -> tuple[dict[str, Any], ...]:
        """All pure equilibria of small networks, and their regrets."""
        if self.model.others + 1 > LARGEST_WRITTEN:
            return ()
        return certified(solve(self.model.game(), "pure"))
