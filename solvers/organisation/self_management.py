"""How many found the self-management committee, what they and the others get, and what fairness changes (ATLAS P3.1, P3.3, P3.4)."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import Any

from ...games.exact import Number
from ...games.message import say
from ...games.organisation.self_management import SelfManagement
from ...games.participation import least_institution
from ..solution import Equilibrium, Solution
from ..solve import solve
from .analysis import Analysis, figure


class SelfManagementAnalysis(Analysis[SelfManagement]):
    """Equilibria by number of members are all pure ones of the joining game, by counting (:func:`encompass.solve`).

    Without felt inequality: beyond the least size that binds a member gains ``1 + organisation/s - share > 0`` by leaving, at that size
    leaving ends it, and one below it an outsider gains by joining; further below nothing depends on joining (Kosfeld, Okada and
    Riedl 2009, proposition 1; ATLAS F-P3.1).
    """

    @figure(say("fewest members whom it pays in money to bind themselves"))
    def least_size(self) -> int | None:
        """s*: the least s with ``share s > 1 + organisation / s``, whether or not there are so many; None if no size does."""
        return least_institution(self.model.share, self.model.organisation, strictly=True)

    @figure(say("numbers of members that bind themselves"))
    def binding_sizes(self) -> list[int]:
        """By what members feel, and with the minimum that the rules ask for."""
        return [m for m in range(1, self.model.residents + 1) if self.model.binds(m)]

    @cached_property
    def _pure(self) -> Solution:
        return solve(self.model.game(), "pure")

    @cached_property
    def _strict(self) -> Solution:
        return solve(self.model.game(), "strict")

    @figure(say("numbers of members in pure equilibria"))
    def sizes(self) -> list[int]:
        """All of them, rising."""
        return sorted({_members(e) for e in self._pure.equilibria})

    @figure(say("numbers of members in strict equilibria"))
    def strict_sizes(self) -> list[int]:
        """All of them, rising."""
        return sorted({_members(e) for e in self._strict.equilibria})

    @figure(say("numbers of members in equilibria without institution"))
    def idle_sizes(self) -> list[int]:
        """Those too few to bind themselves: nothing depends on anybody's joining, so they are weak."""
        return [m for m in self.sizes if not (m and self.model.binds(m))]

    @figure(say("members of the institution that forms"))
    def institution(self) -> int | None:
        """The smallest active size in a pure equilibrium; None if there is none."""
        return min((m for m in self.sizes if m and self.model.binds(m)), default=None)

    @figure(say("whether an institution forms in some equilibrium"))
    def forms(self) -> bool:
        """See ``institution``."""
        return self.institution is not None

    @figure(say("residents outside it who enjoy what it does"))
    def outsiders(self) -> int | None:
        """All but its members."""
        return None if self.institution is None else self.model.residents - self.institution

    @figure(say("what a member gains over no institution, in money"))
    def member_gain(self) -> Number | None:
        """share s - 1 - organisation / s."""
        return None if self.institution is None else self.model.member_money(self.institution) - 1

    @figure(say("what an outsider gains over no institution, in money"))
    def outsider_gain(self) -> Number | None:
        """share s; None where there is no outsider."""
        return None if not self.outsiders or self.institution is None else self.model.outsider_money(self.institution) - 1

    @figure(say("what all residents gain together, in money"))
    def total_gain(self) -> Number:
        """Members and outsiders; 0 without institution."""
        s = self.institution
        return Fraction(0) if s is None else self.total_at(s)

    def total_at(self, members: int) -> Number:
        """What all gain when so many are bound: n share s - s - organisation."""
        m = self.model
        return m.residents * m.share * members - members - m.organisation

    @figure(say("what all would gain together if everybody were bound, in money"))
    def full_gain(self) -> Number:
        """n (share n - 1) - organisation."""
        return self.total_at(self.model.residents)

    @figure(say("whether it survives that one of its members refuses"))
    def survives_refusal(self) -> bool | None:
        """Whether one member fewer would bind themselves; None without institution."""
        return None if self.institution is None else self.institution > 1 and self.model.binds(self.institution - 1)

    @figure(say("what everybody expects if its members are drawn by lot, in money"))
    def lot_gain(self) -> Number:
        """The total gain shared equally."""
        return self.total_gain / self.model.residents

    @figure(say("envy from which the least institution that pays in money is refused by its own members"))
    def envy_limit(self) -> Number | None:
        """(n - 1) (share s - 1 - organisation/s) / ((n - s) (1 + organisation/s)) at s*; None where s* leaves nobody out.

        A member has 1 + organisation/s less than each of the n - s outsiders, and feels ``envy / (n - 1)`` of each difference.
        """
        s, m = self.least_size, self.model
        if s is None or s >= m.residents:
            return None
        return (m.residents - 1) * (m.member_money(s) - 1) / ((m.residents - s) * (1 + m.organisation / s))

    @figure(say("probabilities of joining in symmetric mixed equilibria"))
    def joining_chances(self) -> list[Number]:
        """Between 0 and 1, all of them where the search is complete."""
        found = solve(self.model.game(), "symmetric").equilibria
        return [e.profile[0]["strategy"][1] for e in found if 0 < e.profile[0]["strategy"][1] < 1]

    @property
    def certificates(self) -> tuple[dict[str, Any], ...]:
        """All pure and all strict equilibria of joining."""
        return tuple(s.certificate for s in (self._pure, self._strict) if s.certificate is not None)


def _members(equilibrium: Equilibrium) -> int:
    """How many join in a pure equilibrium written by groups of players who do alike."""
    return sum(role["players"] for role in equilibrium.profile if role["strategy"][1] == 1)
