"""Which projects are asked for at each local share, which should be built, and what rules for choosing them do (ATLAS P9.3, O-13)."""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction
from functools import cached_property
from typing import Any

from ...games.exact import Number
from ...games.mechanisms.equal_shares import CommonBudget, EqualShares
from ...games.message import say
from ...games.organisation.grant_round import ProjectRound
from ..design.grant_knapsack import BestGrants, best_grants
from ..design.grant_problem import GrantProblem, grant_problem
from ..linear_certificate import linear_program
from .analysis import Analysis, figure

ZERO = Fraction(0)
MOST_CERTIFIED = 40  # projects whose relaxation a certificate writes out


class RoundAnalysis(Analysis[ProjectRound]):
    """A community asks for a project iff it is worth what it pays of it, its part of the taxes included, whatever others ask: that is
    dominant (where it is worth just that, it is taken to ask). What should be built is an integer program, solved with a proof.
    Projects and communities are numbered from 1.
    """

    def __init__(self, model: ProjectRound) -> None:
        super().__init__(model)
        self._costs, self._values, self._owners = model.project_costs, model.project_values, model.project_owners
        self._social = model.round.social

    def _net(self, projects: Collection[int]) -> Number:
        return sum((self._social[j - 1] for j in projects), start=ZERO)

    def _cost(self, projects: Collection[int]) -> Number:
        return sum((self._costs[j - 1] for j in projects), start=ZERO)

    def _served(self, projects: Collection[int]) -> int:
        return len({self._owners[j - 1] for j in projects})

    @figure(say("what a community pays of the cost of its project, taxes for the grant included"))
    def own_share(self) -> Number:
        """share + (1 - share) (1 - foundation) tax / n."""
        return self.model.own_share

    @figure(say("what all projects cost together"))
    def total_cost(self) -> Number:
        """The sum of costs."""
        return sum(self._costs, start=ZERO)

    @figure(say("budget for each project, on average"))
    def budget_a_project(self) -> Number:
        """budget / projects."""
        return self.model.budget / self.model.projects

    @figure(say("budget for each community, on average"))
    def budget_a_community(self) -> Number:
        """budget / communities."""
        return self.model.budget / self.model.communities

    @figure(say("what each project is worth to all, less its cost"))
    def worths(self) -> list[Number]:
        """(1 + spill) v - K."""
        return list(self._social)

    @figure(say("projects that are asked for"))
    def applicants(self) -> list[int]:
        """v >= own_share K."""
        return [j + 1 for j, (v, K) in enumerate(zip(self._values, self._costs)) if v >= self.own_share * K]

    @figure(say("how many projects are asked for"))
    def applied(self) -> int:
        """Their number."""
        return len(self.applicants)

    @figure(say("of those asked for, how many cost all together more than they are worth to all"))
    def bad(self) -> int:
        """Negative worth."""
        return sum(self._social[j - 1] < 0 for j in self.applicants)

    @figure(say("of those asked for, how many are worth to all just what they cost"))
    def break_even(self) -> int:
        """Worth 0."""
        return sum(self._social[j - 1] == 0 for j in self.applicants)

    @figure(say("how many projects worth more to all than they cost are not asked for"))
    def missed(self) -> int:
        """Positive worth, not asked for."""
        return sum(s > 0 for s in self._social) - sum(self._social[j - 1] > 0 for j in self.applicants)

    @figure(say("what all projects asked for are worth to all, less their cost"))
    def net(self) -> Number:
        """If every one is granted, whatever the budget."""
        return self._net(self.applicants)

    @figure(say("grants that are asked for"))
    def demand(self) -> Number:
        """(1 - share) of the costs."""
        return (1 - self.model.share) * self._cost(self.applicants)

    @figure(say("what the foundation would pay of them"))
    def foundation_pays(self) -> Number:
        """Its part."""
        return self.model.foundation * self.demand

    @figure(say("whether the office's budget suffices for its part of all grants asked for"))
    def within_budget(self) -> bool:
        """demand - foundation_pays <= budget."""
        return self.demand - self.foundation_pays <= self.model.budget

    @figure(say("projects that are granted if they come first served until the budget is used up"))
    def first_served(self) -> list[int]:
        """In the order of the projects; what no longer fits is passed over."""
        left, granted = self.model.budget, list[int]()
        for j in self.applicants:
            grant = self.model.office_share * self._costs[j - 1]
            if grant <= left:
                granted.append(j)
                left = left - grant
        return granted

    @figure(say("what those are worth to all, less their cost"))
    def first_served_net(self) -> Number:
        """Net worth."""
        return self._net(self.first_served)

    @figure(say("the most that any set of projects is worth to all, less their cost, if no budget is short"))
    def best_net(self) -> Number:
        """The sum of positive worths."""
        return self.model.round.most

    @figure(say("whether what is asked for is just as good as the best set"))
    def screens(self) -> bool:
        """net = best_net: at share 1 / (1 + spill), without taxes, exactly what is not bad is asked for (P9.3)."""
        return self.net == self.best_net

    @figure(say("local share at which just the projects that are not bad are asked for"))
    def best_share(self) -> Number | None:
        """(1 / (1 + spill) - t) / (1 - t) where a community feels t = (1 - foundation) tax / n of a grant; None where taxes alone are too
        much already, or make it pay all.
        """
        felt = (1 - self.model.foundation) * self.model.tax / self.model.communities
        needed = 1 / (1 + self.model.spill) - felt
        return needed / (1 - felt) if needed >= 0 and felt < 1 else None

    @cached_property
    def plan(self) -> BestGrants:
        """The best choice of the office among all projects, within its budget, minima and quotas, with its proof."""
        return best_grants(self.problem)

    @cached_property
    def problem(self) -> GrantProblem:
        """What the office chooses from; draws are grants."""
        m = self.model
        subjects = m.project_subjects if m.quota else None
        paid = 1 - m.office_share  # by others than the office
        return grant_problem(self._values, self._costs, m.spill, paid, m.budget, self._owners, m.least, subjects, m.quota or None)

    @figure(say("whether some set of projects meets all minima and quotas within the budget"))
    def possible(self) -> bool | None:
        """None where that was not decided within the declared limit."""
        return True if self.plan.chosen is not None else False if self.plan.complete else None

    @figure(say("projects that the office would best choose itself"))
    def planned(self) -> list[int] | None:
        """None where there is no choice."""
        return None if self.plan.chosen is None else [j + 1 for j in self.plan.chosen]

    @figure(say("how many those are"))
    def planned_count(self) -> int | None:
        """Their number."""
        return None if self.planned is None else len(self.planned)

    @figure(say("what those cost"))
    def planned_cost(self) -> Number | None:
        """Their cost, whoever pays."""
        return None if self.planned is None else self._cost(self.planned)

    @figure(say("grants that those take from the budget"))
    def planned_grants(self) -> Number | None:
        """The office's part of the cost."""
        return self.plan.drawn

    @figure(say("what those are worth to all, less their cost"))
    def planned_net(self) -> Number | None:
        """Net worth."""
        return self.plan.worth

    @figure(say("what no choice of projects is worth more than, proved by prices"))
    def planned_bound(self) -> Number | None:
        """Equal to planned_net where that is proved best."""
        return self.plan.bound

    @figure(say("whether that choice is proved best"))
    def planned_proved(self) -> bool:
        """Complete."""
        return self.plan.complete

    @figure(say("how many projects would be built in part if they could be divided"))
    def divided(self) -> int:
        """At most one under a budget alone (Dantzig 1957)."""
        return self.plan.fractional

    @figure(say("communities that get a project by that choice"))
    def planned_served(self) -> int | None:
        """Their number."""
        return None if self.planned is None else self._served(self.planned)

    @cached_property
    def _truthful(self) -> BestGrants:
        """The best choice without minima and quotas."""
        return best_grants(GrantProblem(self._social, self.problem.draws, self.model.budget))

    @figure(say("what each community pays under the pivotal rule for the projects it gets"))
    def pivotal_payments(self) -> list[Number] | None:
        """What its projects cost the others, over 1 + spill: an affine maximiser (Roberts 1979) with weight 1 + spill on what communities
        report of their own projects, so that truth is dominant for who cares for its own projects and payment; without minima and quotas.
        With a budget that is not short that is K / (1 + spill) for what is built. None where the proofs did not end.
        """
        factor, found = 1 + self.model.spill, list[Number]()
        if not self._truthful.complete or self._truthful.chosen is None:
            return None
        for c in range(1, self.model.communities + 1):
            others = [s if owner != c else -K for s, owner, K in zip(self._social, self._owners, self._costs)]
            if c not in self._owners:
                found.append(ZERO)
                continue
            without = best_grants(GrantProblem(tuple(others), self.problem.draws, self.model.budget))
            if not without.complete or without.worth is None:
                return None
            with_it = sum((others[j] for j in self._truthful.chosen), start=ZERO)
            found.append((without.worth - with_it) / factor)
        return found

    @figure(say("projects bought if every community has an equal part of the budget to spend, in order"))
    def equal_shares(self) -> list[int]:
        """The method of equal shares (Peters and Skowron 2020), by what projects are worth to each community, spill included."""
        round_ = self.model.round
        outcome = EqualShares().outcome(CommonBudget(round_.utilities, self._costs, self.model.budget))
        return [j + 1 for j in outcome.chosen]

    @figure(say("what those are worth to all, less their cost"))
    def equal_net(self) -> Number:
        """Net worth."""
        return self._net(self.equal_shares)

    @figure(say("communities that get a project by equal shares"))
    def equal_served(self) -> int:
        """Their number."""
        return self._served(self.equal_shares)

    @property
    def certificates(self) -> tuple[dict[str, Any], ...]:
        """The choice of the office with its whole proof, and the relaxation in which projects can be divided: no choice is worth more."""
        whole = () if self.plan.certificate is None else (self.plan.certificate,)
        p, n = self.problem, len(self._costs)
        if n > MOST_CERTIFIED:
            return whole
        units = [[int(j == k) for k in range(n)] for j in range(n)]
        most = [[int(j in group.members) for j in range(n)] for group in p.groups]
        quotas = [len(group.members) if group.most is None else group.most for group in p.groups]
        rows = [list(p.draws), *units, *most, *([-x for x in row] for row in most)]
        bounds = [ZERO if p.budget is None else p.budget, *[1] * n, *quotas, *(-group.least for group in p.groups)]
        return (*whole, linear_program(p.worths, rows, bounds).certificate)
