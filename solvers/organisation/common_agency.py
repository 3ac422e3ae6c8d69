"""What several principals of one committee pay, and what one in their place would (Bernheim and Whinston 1986; Dixit 1996; ATLAS 5c).

The committee answers a total b by e = K b, K the inverse of its costs. Principal i and the committee together gain
``(benefits_i + b_-i) . K b - b'K b / 2 - risk b'S b / 2`` with b = b_i + b_-i: strictly concave in b, so the first-order condition
``b_i = benefits_i - risk C S b`` is enough and has one answer. Summed over P principals: ``(I + P risk C S) b = sum of benefits``,
as if the committee were P times as averse to risk. I + P risk C S has eigenvalues from 1 on, so there is one linear equilibrium.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import Any

from ...games.exact import Number
from ...games.message import say
from ...games.organisation.common_agency import CommonAgency
from .analysis import Analysis, figure
from .exact_systems import Vector, added, dot, inverse, quadratic, solved, times
from .smooth import smooth_certificate

MOST_WRITTEN = 40  # amounts (principals times tasks) of an equilibrium whose certificate is written


class CommonAgencyAnalysis(Analysis[CommonAgency]):
    """Exact. ``single`` is a principal with the benefits of all; ``own`` what comes out if each may reward its own tasks only."""

    @cached_property
    def _sum(self) -> Vector:
        """What a unit of each task is worth to all principals together."""
        return [sum(column, start=Fraction(0)) for column in zip(*self.model.gains)]

    @cached_property
    def _K(self) -> list[Vector]:
        return inverse(self.model.cost)

    def _shrunk(self, principals: int) -> Vector:
        """b of ``(I + P risk C S) b = sum of benefits``, multiplied by K so that the matrix stays symmetric."""
        m = self.model
        found = solved(added(self._K, m.variance, principals * m.risk), times(self._K, self._sum))
        assert found is not None  # K is positive definite
        return found

    @figure(say("bonus on each task, of all principals together, in equilibrium"))
    def incentives(self) -> Vector:
        """(I + P risk C S)^-1 times the sum of benefits."""
        return self._shrunk(self.model.principals)

    @figure(say("bonus on each task that one principal with the benefits of all would pay"))
    def single_incentives(self) -> Vector:
        """(I + risk C S)^-1 times the sum of benefits (Holmström and Milgrom 1991)."""
        return self._shrunk(1)

    @figure(say("bonus of each principal on each task in equilibrium; below 0 it pays the committee to leave a task alone"))
    def contracts(self) -> list[Vector]:
        """b_i = benefits_i - risk C S b."""
        m = self.model
        held = [m.risk * x for x in times(m.cost, times(m.variance, self.incentives))]
        return [[gain - less for gain, less in zip(row, held)] for row in m.gains]

    @figure(say("most that a principal pays for a unit of a task that is worth nothing to it; none where every task is worth something"))
    def for_others_tasks(self) -> Number | None:
        """Below 0 it pays the committee to leave them alone: -(benefits - b) / P on each, so below 0 where less is paid than the task is
        worth to all."""
        paid = [x for row, gains in zip(self.contracts, self.model.gains) for x, gain in zip(row, gains) if not gain]
        return max(paid, default=None)

    @figure(say("effort on each task in equilibrium"))
    def efforts(self) -> Vector:
        """K b."""
        return times(self._K, self.incentives)

    @figure(say("effort on each task under one principal"))
    def single_efforts(self) -> Vector:
        """K b of one principal."""
        return times(self._K, self.single_incentives)

    @figure(say("effort on each task that would be best if noise cost nothing"))
    def best_efforts(self) -> Vector:
        """K times the sum of benefits."""
        return times(self._K, self._sum)

    @figure(say("total strength of incentives in equilibrium, over that under one principal; none where nothing is paid"))
    def strength(self) -> Number | None:
        """The ratio of b'K b: below 1 where risk and noise are not zero.

        C S is self-adjoint for the product x'K y, so that each of its eigenvectors is shrunk by 1 + P risk s instead of 1 + risk s, s >= 0.
        """
        most = quadratic(self.single_incentives, self._K)
        return quadratic(self.incentives, self._K) / most if most else None

    def _surplus(self, b: Vector) -> Number:
        return dot(self._sum, times(self._K, b)) - quadratic(b, self._K) / 2 - self.model.risk * quadratic(b, self.model.variance) / 2

    @figure(say("gain of all principals and the committee together in equilibrium"))
    def surplus(self) -> Number:
        """sum of benefits . e - e'C e / 2 - risk b'S b / 2."""
        return self._surplus(self.incentives)

    @figure(say("gain of all together under one principal, the most that pay by what is seen can reach"))
    def single_surplus(self) -> Number:
        """The maximum of the same over b."""
        return self._surplus(self.single_incentives)

    @figure(say("what is lost by having several principals"))
    def loss(self) -> Number:
        """single_surplus - surplus."""
        return self.single_surplus - self.surplus

    @cached_property
    def _own(self) -> list[Vector]:
        """Contracts where principal i rewards only tasks that matter to it: first-order conditions on those alone.

        The matrix is K within each principal's tasks plus risk S between all: positive definite, so there is one equilibrium.
        """
        m = self.model
        places = [(i, j) for i, row in enumerate(m.gains) for j, gain in enumerate(row) if gain != 0]
        if not places:
            return [[Fraction(0)] * m.tasks for _ in m.gains]
        M = [[(self._K[j][k] if i == h else Fraction(0)) + m.risk * m.variance[j][k] for h, k in places] for i, j in places]
        found = solved(M, [dot(self._K[j], m.gains[i]) for i, j in places])
        assert found is not None
        paid = dict(zip(places, found))
        return [[paid.get((i, j), Fraction(0)) for j in range(m.tasks)] for i in range(m.principals)]

    @figure(say("bonus on each task where principals may reward their own tasks only"))
    def own_incentives(self) -> Vector:
        """The sum over principals."""
        return [sum(column, start=Fraction(0)) for column in zip(*self._own)]

    @figure(say("gain of all together where principals may reward their own tasks only"))
    def own_surplus(self) -> Number:
        """At those bonuses."""
        return self._surplus(self.own_incentives)

    @property
    def certificates(self) -> tuple[dict[str, Any], ...]:
        """That no principal gains by another bonus on any task, and the committee by no other effort on any.

        One name for each amount; what an owner gains is strictly concave in all its amounts at once, so that one by one is enough.
        """
        m = self.model
        if m.principals * m.tasks > MOST_WRITTEN or m.tasks**2 * m.principals > 200:
            return ()
        return self._principals(), self._committee()

    def _principals(self) -> dict[str, Any]:
        m = self.model
        tasks, principals = range(m.tasks), range(m.principals)
        names = [[f"b{i + 1}x{j + 1}" for j in tasks] for i in principals]
        total = [" + ".join(names[i][j] for i in principals) for j in tasks]
        constants: dict[str, Number] = {"risk": m.risk}
        constants |= {f"k{j + 1}x{k + 1}": self._K[j][k] for j in tasks for k in tasks}
        constants |= {f"s{j + 1}x{k + 1}": m.variance[j][k] for j in tasks for k in tasks}
        constants |= {f"v{i + 1}x{j + 1}": m.gains[i][j] for i in principals for j in tasks}
        payoffs: dict[str, str] = {}
        for i in principals:
            terms: list[str] = []
            for j in tasks:
                others = " + ".join([f"v{i + 1}x{j + 1}", *(names[h][j] for h in principals if h != i)])
                worth = " + ".join(f"(2 * ({others}) - ({total[j]})) * k{j + 1}x{k + 1} * ({total[k]})" for k in tasks)
                risk = " + ".join(f"({total[j]}) * s{j + 1}x{k + 1} * ({total[k]})" for k in tasks if m.variance[j][k])
                terms.append(f"{worth} - risk * ({risk})" if risk else worth)
            payoffs |= dict.fromkeys(names[i], f"({' + '.join(terms)}) / 2")
        profile = {name: x for row, paid in zip(names, self.contracts) for name, x in zip(row, paid)}
        return smooth_certificate(payoffs, constants, profile, dict.fromkeys(payoffs, (None, None)))

    def _committee(self) -> dict[str, Any]:
        return effort_certificate(self.incentives, self.model.cost, self.efforts)


def effort_certificate(pay: Vector, cost: Any, efforts: Vector) -> dict[str, Any]:
    """That an agent paid ``pay`` for each unit of the tasks gains by no other effort on any of them.

    Pay less cost is strictly concave in all efforts at once, so that one by one is enough.
    """
    names = [f"e{j + 1}" for j in range(len(pay))]
    constants: dict[str, Number] = {f"p{j + 1}": x for j, x in enumerate(pay)}
    constants |= {f"c{j + 1}x{k + 1}": x for j, row in enumerate(cost) for k, x in enumerate(row)}
    paid = " + ".join(f"p{j + 1} * {name}" for j, name in enumerate(names))
    spent = " + ".join(f"c{j + 1}x{k + 1} * {a} * {b}" for j, a in enumerate(names) for k, b in enumerate(names) if cost[j][k])
    payoffs = dict.fromkeys(names, f"{paid} - ({spent}) / 2")
    return smooth_certificate(payoffs, constants, dict(zip(names, efforts)), dict.fromkeys(names, (None, None)))


__all__ = ["CommonAgencyAnalysis", "effort_certificate"]
