"""What shares of the whole do to conflict: rankings, incidence, and which way the argument runs (ATLAS P15.4)."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import Any

from ...games.exact import TOLERANCE, Array, Number
from ...games.message import say
from ...games.organisation.alignment import Alignment
from ...games.outcome_game import OutcomeGame
from ..standoff.diagnose import diagnose
from ..standoff.diagnosis import Diagnosis
from .analysis import Analysis, figure


def constant_differences(game: OutcomeGame) -> bool:
    """Whether u_i - u_j is the same at every site, for all residents i and j."""
    u: Array = game.utilities[:, list(game.sites)]
    gaps: Any = u - u[:1]
    return bool((abs(gaps - gaps[:, :1]) <= game.slack).all())


class AlignmentAnalysis(Analysis[Alignment]):
    """With gains beta_i + a_i W everybody ranks sites by W if all a_i > 0. The conflict share is ``1 - 1 / (n sum a_i^2)``, because
    ``sum_i Var(u_i) - n Var(mean u) = sum_i Var(u_i - mean u)``: it is 0 iff all differences u_i - u_j are constant, which for shares that
    sum to 1 means a_i = 1/n (Cauchy).
    """

    @cached_property
    def _before(self) -> Diagnosis:
        return diagnose(self.model.before())

    @cached_property
    def _after(self) -> Diagnosis:
        return diagnose(self.model.after())

    @figure(say("share of conflict in where to build, before"))
    def conflict_before(self) -> Number | None:
        """zeta over the sites."""
        return self._before.conflict_share["where"]

    @figure(say("share of conflict in where to build, after"))
    def conflict_after(self) -> Number | None:
        """zeta over the sites."""
        return self._after.conflict_share["where"]

    @figure(say("what the shares alone say it is"))
    def conflict_of_shares(self) -> Number:
        """1 - 1 / (n sum a_i^2); 0 where the surplus does not vary."""
        weights = self.model.parts
        if self._after.encompassing is None:
            return Fraction(0)
        return 1 - 1 / (len(weights) * sum(a * a for a in weights))

    @figure(say("share of opposed pairs of residents over the sites, before"))
    def opposition_before(self) -> Number:
        """omega: pairs that rank two sites against each other."""
        return self._before.opposition["where"]

    @figure(say("share of opposed pairs of residents over the sites, after"))
    def opposition_after(self) -> Number:
        """omega."""
        return self._after.opposition["where"]

    @figure(say("how far each resident gains with the whole, before"))
    def shares_before(self) -> list[Number] | None:
        """Cov(u_i, W) / Var(W); None where W does not vary."""
        return None if self._before.encompassing is None else list(self._before.encompassing)

    @figure(say("how far each resident gains with the whole, after"))
    def shares_after(self) -> list[Number] | None:
        """The weights, where W varies."""
        return None if self._after.encompassing is None else list(self._after.encompassing)

    @figure(say("least share of the whole"))
    def least_share(self) -> Number:
        """Positive shares align everybody's ranking."""
        return min(self.model.parts)

    @figure(say("whether all have the same share"))
    def equal(self) -> bool:
        """a_i = 1/n."""
        weights = self.model.parts
        loose = TOLERANCE if any(isinstance(a, float) for a in weights) else 0
        return max(weights) - min(weights) <= loose

    @figure(say("whether differences between residents are the same at every site, before"))
    def constant_before(self) -> bool:
        """u_i - u_j."""
        return constant_differences(self.model.before())

    @figure(say("whether differences between residents are the same at every site, after"))
    def constant_after(self) -> bool:
        """u_i - u_j."""
        return constant_differences(self.model.after())

    @figure(say("whether the surplus of the sites varies"))
    def varies(self) -> bool:
        """Otherwise there is no whole to share in."""
        return self._after.encompassing is not None

    @figure(say("money that comes from outside, at any site"))
    def outside_money(self) -> Number:
        """The largest sum of what is paid, over the sites: 0 by construction."""
        return max(abs(self.model.transfers().sum(axis=0)))

    @figure(say("where hosts who may refuse end up, before"))
    def ends_before(self) -> list[str]:
        """Outcomes of consent equilibria."""
        return list(self._before.equilibrium_outcomes)

    @figure(say("where hosts who may refuse end up, after"))
    def ends_after(self) -> list[str]:
        """Outcomes of consent equilibria."""
        return list(self._after.equilibrium_outcomes)

    @property
    def certificates(self) -> tuple[dict[str, Any], ...]:
        """Both diagnoses."""
        return tuple(d.certificate for d in (self._before, self._after) if d.certificate is not None)
