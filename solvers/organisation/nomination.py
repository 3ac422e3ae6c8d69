"""Who is blamed when everybody must name a site (ATLAS CASE-01, form 1b)."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from ...games.exact import Number
from ...games.message import say
from ...games.normal_form import NormalForm, Profile
from ...games.organisation.nomination import Nomination
from ..solution import Solution
from ..solve import solve
from ..structure.decomposition import hwang_rey_bellet
from .analysis import Analysis, figure

MOST_SOLVED = 5  # units whose n^n profiles are all tried


class NominationAnalysis(Analysis[Nomination]):
    """Which sites can be built for sure in a pure equilibrium: if any such equilibrium ends at s, so does the one in which everybody else
    names s. For a unit that is not the host has the most it can get, and with three units or more the host alone cannot help being named
    most often. So each site is tried with that profile and every answer of its host, and the regret of all is computed."""

    @figure(say("sites that are built for sure in some equilibrium"))
    def scapegoats(self) -> list[int]:
        """Numbered from 1."""
        return [site + 1 for site in range(self.model.units) if self._piling_on(site) is not None]

    @figure(say("surplus of all units, by site"))
    def surplus(self) -> list[Number]:
        """W(s) = sum a - d_s."""
        return [sum(self.model.gain) - d for d in self.model.damage]

    @figure(say("largest surplus in an equilibrium that builds one site for sure"))
    def best_surplus(self) -> Number | None:
        """None where there is none."""
        return max((self.surplus[k - 1] for k in self.scapegoats), default=None)

    @figure(say("least surplus in an equilibrium that builds one site for sure"))
    def worst_surplus(self) -> Number | None:
        """Below 0 where something is built that is worth less than nothing."""
        return min((self.surplus[k - 1] for k in self.scapegoats), default=None)

    @figure(say("most that the one blamed loses"))
    def largest_loss(self) -> Number | None:
        """d_s - a_s over those that can be built for sure."""
        m = self.model
        return max((m.damage[k - 1] - m.gain[k - 1] for k in self.scapegoats), default=None)

    @figure(say("whether the surplus is the same wherever it is built"))
    def constant_sum(self) -> bool:
        """All damages alike: what one is spared another bears."""
        return len(set(self.model.damage)) == 1

    @figure(say("number of pure equilibria; none where there are too many profiles to try"))
    def equilibria(self) -> int | None:
        """All of them, draws among several sites included."""
        if self._all is None or not self._all.complete:
            return None
        return len(self._all.equilibria)

    @figure(say("zero-sum part of the strategic game; none where it is too large"))
    def cyclic_conflict(self) -> Number | None:
        """zeta of ATLAS D-01, of incentives only: not the headline share of conflict over outcomes."""
        return hwang_rey_bellet(self._form).zeta if self.model.units <= MOST_SOLVED else None

    @property
    def certificates(self) -> tuple[dict[str, Any], ...]:
        """All pure equilibria, where they were tried."""
        return () if self._all is None or self._all.certificate is None else (self._all.certificate,)

    @cached_property
    def _form(self) -> NormalForm:
        return self.model.game()

    @cached_property
    def _all(self) -> Solution | None:
        return solve(self._form) if self.model.units <= MOST_SOLVED else None

    def _piling_on(self, site: int) -> Profile | None:
        """An equilibrium in which all others name ``site`` and nothing else can be built; None if there is none."""
        n = self.model.units
        for answer in range(n):
            named = tuple(answer if i == site else site for i in range(n))
            if self.model.chosen(named) == [site] and self._regret(named) <= 0:
                return named
        return None

    def _regret(self, named: Profile) -> Number:
        """The most that anybody gains by naming another site."""
        now, others = self.model.payoffs(named), range(self.model.units)
        return max(self.model.payoffs((*named[:i], other, *named[i + 1 :]))[i] - now[i] for i in others for other in others)
