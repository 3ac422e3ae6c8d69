"""What other committees, other payers and projects make of the hand-over, and what they leave behind (ATLAS P4.3 to P4.7).

Everything on the grid is said of the problem on that grid (:mod:`.hand_over_rules`).
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np

from ...games.exact import Number
from ...games.message import say
from ...games.organisation.hand_over import HandOver, Period, Rule
from ..control.bellman_certificate import hand_over_certificate, policy_levels, shape_of
from ..control.horizon import planned_control
from ..control.myopic_dynamics import myopic_limit, resting_share
from ..control.optimal_control import Controlled, optimal_control
from .analysis import figure
from .hand_over_rules import LONG, PERIODS, REPORTED, HandOverRules, ahead, at_start, greedy, present_worth, settled

AFTER = 12  # periods shown after a project
ZERO = Fraction(0)


class HandOverAnalysis(HandOverRules):
    """With several patiences, cultivation paid by others, payments to a myopic committee, projects and pure logics."""

    # several committees, more or less patient

    @property
    def _others(self) -> list[tuple[HandOver, Controlled]]:
        if "others" not in self.known:
            models = [replace(self.model, beta=beta) for beta in self.model.betas]
            self.known["others"] = [(m, optimal_control(replace(self.chain, discount=float(m.beta)))) for m in models]
        return self.known["others"]

    @figure(say("self-organisation in the long run, for each of the other discount factors"))
    def limits_by_patience(self) -> list[float]:
        """From ``start``, by ``betas``."""
        return [settled(m.path(greedy(m, answer.values), LONG, settles=True)) for m, answer in self._others]

    @figure(say("whether the best take-over never rises with self-organisation, for each of them"))
    def falls_by_patience(self) -> list[bool]:
        """P4.3 by ``betas``."""
        return [shape_of(m, answer.policy)["intervention"] for m, answer in self._others]

    @figure(say("self-organisation from which the committee stands back, of 0, 0.1, ..., 1, for each of them"))
    def retreats_by_patience(self) -> list[Number | None]:
        """P4.7 by ``betas``."""
        found: list[Number | None] = []
        for m, answer in self._others:
            a = policy_levels(m, answer.policy)[0]
            found.append(next((s for s in REPORTED if a[round(s * (m.states - 1))] == 0), None))
        return found

    # without cultivation, and with cultivation that somebody else pays for

    @figure(say("self-organisation in the long run if the patient committee may not cultivate"))
    def limit_without_cultivation(self) -> float:
        """The optimum with v = 0: patience alone can lead out of the trap, by taking over less."""
        return settled(self._bare)

    @figure(say("best take-over at the start if the patient committee may not cultivate"))
    def takeover_without_cultivation(self) -> float:
        """The first step of that path: less than the myopic one where the future counts."""
        return self._bare[0].a

    @property
    def _bare(self) -> list[Period]:
        if "bare" not in self.known:
            bare = replace(self.model, funds=0, cultivations=2)
            self.known["bare"] = bare.path(greedy(bare, optimal_control(bare.game()).values), LONG, settles=True)
        return self.known["bare"]

    @property
    def _funded(self) -> Controlled:
        if "funded" not in self.known:
            self.known["funded"] = optimal_control(self.model.game("myopic"))
        return self.known["funded"]

    @figure(say("self-organisation in the long run if the street office pays for cultivation and the committee stays myopic"))
    def funded_limit(self) -> float:
        """The patient street office chooses v and pays for it, the committee its myopic take-over."""
        return settled(self.model.path(self._funded_rule, LONG, settles=True))

    def _funded_rule(self, t: int, s: Number) -> tuple[Number, Number]:
        plain = self.model.in_floats()
        a, v = plain.myopic(s), np.linspace(0.0, float(plain.funds), plain.cultivations)
        worth = ahead(plain, self._funded.values, float(s), np.full(len(v), float(a)), v)
        return float(a), float(v[worth.argmax()])

    @figure(say("discounted output if the street office pays for cultivation and the committee stays myopic"))
    def funded_value(self) -> float:
        """Net of what cultivation costs whoever pays."""
        return at_start(self.model, self._funded.values)

    # a myopic committee and a patient street office

    @figure(say("discounted output of the myopic committee from the start"))
    def myopic_value(self) -> float:
        """Without cultivation."""
        m = self.model.in_floats()
        return present_worth([p.output for p in m.path(lambda t, s: (m.myopic(s), 0.0), LONG, settles=True)], m.beta)

    @figure(say("least payments that make the myopic committee follow the best path, period by period"))
    def payments(self) -> list[float]:
        """What today's best take-over without cultivation would give it over what the path asks; indifferent, it follows."""
        return [max(0.0, x) for x in self._payments[:PERIODS]]

    @property
    def _payments(self) -> list[float]:
        m = self.model.in_floats()
        return [float(m.output(p.s, m.myopic(p.s), 0.0)) - p.output for p in self._best_path]

    @figure(say("discounted sum of the payments that make the myopic committee follow the best path"))
    def payments_worth(self) -> float:
        """At ``beta``."""
        return present_worth(self._payments, float(self.model.beta))

    @figure(say("discounted output that the best path has more than the myopic one"))
    def patience_gain(self) -> float:
        """Of the paths followed, net of all costs; payments are transfers and cancel."""
        return present_worth([p.output for p in self._best_path], float(self.model.beta)) - self.myopic_value

    @figure(say("whether the gain from the best path covers the payments"))
    def pays_for_itself(self) -> bool:
        """If the street office values output as the committee does, it gains by paying."""
        return self.patience_gain >= self.payments_worth

    # a project of so many periods

    @property
    def _plan(self) -> list[Period]:
        if "plan" not in self.known:
            planned = planned_control(self.chain, self.model.project, float(self.model.project_beta))
            m, beta = self.model, float(self.model.project_beta)

            def rule(t: int, s: Number) -> tuple[Number, Number]:
                return greedy(m, planned.values[m.project - t - 1], beta)(t, s)

            self.known["plan"] = m.path(rule, m.project)
        return self.known["plan"]

    @figure(say("best take-over in the first period of the project"))
    def project_takeover(self) -> float:
        """P4.5, for a project of ``project`` periods whose outputs are added up."""
        return self._plan[0].a

    @figure(say("best cultivation in the first period of the project"))
    def project_cultivation(self) -> float:
        """P4.5."""
        return self._plan[0].v

    @figure(say("best take-over in each period of the project"))
    def project_takeovers(self) -> list[float]:
        """The open-loop plan: nothing is random, so that it is the policy's path."""
        return [period.a for period in self._plan]

    @figure(say("best cultivation in each period of the project"))
    def project_cultivations(self) -> list[float]:
        """The same."""
        return [period.v for period in self._plan]

    # the two pure logics, and what they leave behind

    def _logic(self, pair: tuple[Number, ...], after: Rule, periods: int) -> list[Period]:
        return self.model.path(lambda t, s: (pair[0], pair[1]) if t < self.model.project else after(t, s), periods)

    def _outputs(self, pair: tuple[Number, ...]) -> list[float]:
        return [p.gross for p in self._logic(pair, lambda t, s: (ZERO, ZERO), self.model.project + AFTER)]

    @figure(say("gross output under the administrative logic: during the project, then after withdrawal"))
    def admin_outputs(self) -> list[float]:
        """P4.6: ``admin`` for ``project`` periods, then (0, 0)."""
        return self._outputs(self.model.admin)

    @figure(say("gross output under the autonomous logic: during the project, then after withdrawal"))
    def autonomous_outputs(self) -> list[float]:
        """P4.6: ``autonomous`` for ``project`` periods, then (0, 0)."""
        return self._outputs(self.model.autonomous)

    @figure(say("gross output in the last period of the administrative project"))
    def admin_last(self) -> float:
        """Before withdrawal."""
        return self.admin_outputs[self.model.project - 1]

    @figure(say("gross output in the period after the administrative project"))
    def admin_after(self) -> float:
        """P4.6: rho s, nobody taking over."""
        return self.admin_outputs[self.model.project]

    @figure(say("gross output in the last period of the autonomous project"))
    def autonomous_last(self) -> float:
        """Before withdrawal."""
        return self.autonomous_outputs[self.model.project - 1]

    @figure(say("gross output in the period after the autonomous project"))
    def autonomous_after(self) -> float:
        """P4.6."""
        return self.autonomous_outputs[self.model.project]

    @figure(say("self-organisation in the long run if the committee stays away for good after the administrative project"))
    def admin_away_limit(self) -> Number:
        """The resting share at a = 0: that of both logics, if anything is left."""
        left = self._logic(self.model.admin, lambda t, s: (ZERO, ZERO), self.model.project + 1)[-1].s
        return resting_share(replace(self.model, start=left), ZERO) if left > 0 else ZERO

    @figure(say("self-organisation in the long run if a myopic committee takes over again after the administrative project"))
    def admin_myopic_limit(self) -> Number:
        """Where it sinks to, from what the project leaves."""
        return myopic_limit(self.model, self._logic(self.model.admin, lambda t, s: (ZERO, ZERO), self.model.project + 1)[-1].s)

    @figure(say("self-organisation in the long run if a myopic committee takes over again after the autonomous project"))
    def autonomous_myopic_limit(self) -> Number:
        """From what that project leaves."""
        return myopic_limit(self.model, self._logic(self.model.autonomous, lambda t, s: (ZERO, ZERO), self.model.project + 1)[-1].s)

    @property
    def certificates(self) -> tuple[dict[str, Any], ...]:
        """The values and the policy on the grid; those of the arrangement with paid cultivation too, where it was asked for."""
        own = hand_over_certificate(self.model, self.optimum)
        return (own, hand_over_certificate(self.model, self._funded, "myopic")) if "funded" in self.known else (own,)
