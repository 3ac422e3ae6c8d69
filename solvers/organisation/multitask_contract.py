"""The best linear pay for signals that do not show all that matters (Holmström and Milgrom 1991; Baker 2002; ATLAS P6.1, P6.2).

The agent answers bonuses b by e = K M'b, K the inverse of its costs. What both gain together,
``values . e - e'C e / 2 - risk b'S b / 2``, is concave in b: ``(M K M' + risk S) b = M K values`` is all that is needed.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import Any

from ...games.exact import Number
from ...games.message import say
from ...games.organisation.multitask_contract import MultitaskContract
from .analysis import Analysis, figure
from .common_agency import effort_certificate
from .exact_systems import Vector, added, dot, inverse, quadratic, rank, solved, times, transposed
from .formalism import cosine_distortion
from .smooth import smooth_certificate

MOST_WRITTEN = 12  # signals or tasks of a contract whose certificates are written


class ContractAnalysis(Analysis[MultitaskContract]):
    """Exact. Efforts below 0 are allowed, as in the model's source: a negative bonus is a charge on what draws attention away."""

    @cached_property
    def _K(self) -> list[Vector]:
        return inverse(self.model.cost)

    @cached_property
    def _answers(self) -> list[Vector]:
        """K M': how efforts answer to each bonus, tasks by signals."""
        return [[dot(row, signal) for signal in self.model.signals] for row in self._K]

    @cached_property
    def _gain(self) -> Vector:
        """M K values: what a unit of each bonus is worth to the principal at no pay."""
        return [dot(column, self.model.values) for column in transposed(self._answers)]

    @cached_property
    def _measured(self) -> list[Vector]:
        """M K M'."""
        return [[dot(signal, column) for column in transposed(self._answers)] for signal in self.model.signals]

    @cached_property
    def _system(self) -> list[Vector]:
        return added(self._measured, self.model.variance, self.model.risk)

    @figure(say("best bonus on each signal"))
    def bonuses(self) -> Vector:
        """(M K M' + risk S)^-1 M K values; 0 on signals that others make superfluous without risk."""
        found = solved(self._system, self._gain)
        assert found is not None  # M K values lies in the span of M K M'
        return found

    @figure(say("whether there is one best contract only"))
    def determined(self) -> bool:
        """Whether M K M' + risk S has an inverse: what both gain is then strictly concave in the bonuses."""
        return rank(self._system) == len(self._system)

    @figure(say("effort on each task under the best contract"))
    def efforts(self) -> Vector:
        """K M' b."""
        return times(self._answers, self.bonuses)

    @figure(say("effort on each task that would be best if efforts were seen"))
    def best_efforts(self) -> Vector:
        """K values."""
        return times(self._K, self.model.values)

    @figure(say("what both gain together under the best contract"))
    def surplus(self) -> Number:
        """values . e - e'C e / 2 - risk b'S b / 2, which is half of b . M K values there."""
        return dot(self.bonuses, self._gain) / 2

    @figure(say("what both would gain together if efforts were seen"))
    def best_surplus(self) -> Number:
        """values'K values / 2."""
        return quadratic(self.model.values, self._K) / 2

    @figure(say("share of that which the best contract reaches; none where nothing is to be gained"))
    def surplus_share(self) -> Number | None:
        """surplus / best_surplus: squared cosine between values and signal times |signal|^2 / (|signal|^2 + risk variance) (Baker 2002)."""
        return self.surplus / self.best_surplus if self.best_surplus else None

    @figure(say("what the risk costs the agent under the best contract"))
    def risk_premium(self) -> Number:
        """risk b'S b / 2."""
        return self.model.risk * quadratic(self.bonuses, self.model.variance) / 2

    @figure(say("fixed part of the pay that leaves the agent nothing over"))
    def fixed_pay(self) -> Number:
        """e'C e / 2 + risk b'S b / 2 - b . M e."""
        e = self.efforts
        return quadratic(e, self.model.cost) / 2 + self.risk_premium - dot(self.bonuses, times(self.model.signals, e))

    @figure(say("share of the gain that these signals miss even if noise cost nothing; none where nothing is to be gained"))
    def distortion(self) -> Number | None:
        """1 - squared cosine between values and what signals can steer, in the product x'K y."""
        if not self.best_surplus:
            return None
        found = solved(self._measured, self._gain)
        assert found is not None
        return 1 - dot(found, self._gain) / 2 / self.best_surplus

    @figure(say("cosine distortion of the first signal; none where values or signal are all 0"))
    def cosine(self) -> Number | None:
        """1 - squared cosine of the angle between values and signal (D-18)."""
        return cosine_distortion(self.model.values, self.model.signals[0])

    @figure(say("change of what the principal cares for, for each unit of each bonus"))
    def effect_of_bonus(self) -> Vector:
        """values . K M': negative where the bonus draws more attention away than it rewards."""
        return self._gain

    @figure(say("substitution between tasks at which the best bonus on the only signal is 0; none where there is no such"))
    def vanishing_substitution(self) -> Number | None:
        """c / (1 - (n - 1) c), n tasks, c = values . signal / (sum of values times sum of signal); signal_2 / signal_1 for (0, 1)."""
        m = self.model
        first = m.signals[0]
        both = sum(m.values, start=Fraction(0)) * sum(first, start=Fraction(0))
        if len(m.signals) > 1 or m.costs or not both:
            return None
        c = dot(m.values, first) / both
        below = 1 - (m.tasks - 1) * c
        return c / below if below > 0 and 0 <= c / below < 1 else None

    @property
    def certificates(self) -> tuple[dict[str, Any], ...]:
        """That the agent gains by no other effort on any task, and both together by no other bonus on any signal.

        Both are concave in all amounts at once, so that one by one is enough.
        """
        m = self.model
        if max(m.tasks, len(m.signals)) > MOST_WRITTEN:
            return ()
        paid = times(transposed(m.signals), self.bonuses)
        names = [f"b{k + 1}" for k in range(len(m.signals))]
        constants: dict[str, Number] = {f"g{k + 1}": x for k, x in enumerate(self._gain)}
        constants |= {f"q{j + 1}x{k + 1}": x for j, row in enumerate(self._system) for k, x in enumerate(row)}
        gain = " + ".join(f"g{k + 1} * {name}" for k, name in enumerate(names))
        spent = " + ".join(f"q{j + 1}x{k + 1} * {a} * {b}" for j, a in enumerate(names) for k, b in enumerate(names))
        payoffs = dict.fromkeys(names, f"{gain} - ({spent}) / 2")
        best = smooth_certificate(payoffs, constants, dict(zip(names, self.bonuses)), dict.fromkeys(names, (None, None)))
        return effort_certificate(paid, m.cost, self.efforts), best
