"""The myopic and the patient committee, the trap, the hand-over, and what a project leaves behind (ATLAS P4.1 to P4.7).

The optimum is that of the problem on its grid, with a bound on what it can miss of *that* problem (:mod:`..control.optimal_control`);
finer grids move the reported controls by about a step. Paths are followed in the true state, the controls chosen from the grid of
controls by looking one period ahead with the value of the grid. They are floats.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np

from ...games.exact import Array, Number
from ...games.message import say
from ...games.organisation.hand_over import HandOver, Period, Rule
from ...games.stochastic_control import StochasticControl
from ..control.bellman_certificate import hand_over_certificate, policy_levels, shape_of
from ..control.horizon import planned_control
from ..control.myopic_dynamics import extinction_from, myopic_limit, rest_points, resting_share, trap_threshold
from ..control.optimal_control import Controlled, optimal_control
from .analysis import Analysis, figure

REPORTED = tuple(Fraction(k, 10) for k in range(11))  # the states at which policies are tabled
PERIODS = 40  # of the paths that are shown
AFTER = 12  # periods shown after a project
LONG = 1_500  # periods after which a path counts as at its limit
ZERO = Fraction(0)


class HandOverAnalysis(Analysis[HandOver]):
    """Rules and thresholds are exact; the optimum and the paths come from the grid and carry the certificate of its residual."""

    # the static rule

    @figure(say("take-over that is best for today alone, at the start"))
    def myopic(self) -> Number:
        """P4.1: (A - rho s) / k kept within its limits, the maximum of a concave function of a."""
        return self.model.myopic(self.model.start)

    @figure(say("take-over that is best for today alone, at self-organisation 0, 0.1, ..., 1"))
    def myopic_rule(self) -> list[Number]:
        """P4.1 at the reported states."""
        return [self.model.myopic(s) for s in REPORTED]

    @figure(say("change of that take-over for each unit of self-organisation, between its limits"))
    def myopic_slope(self) -> Number:
        """- rho / k."""
        return -self.model.autonomy / self.model.strain

    @figure(say("constant take-over from which self-organisation dies out without cultivation; none if it never does"))
    def extinction_from(self) -> Number | None:
        """P4.2: (1 - decay / eta) / chi."""
        return extinction_from(self.model)

    @figure(say("self-organisation in the long run under the constant take-over, without cultivation"))
    def held_limit(self) -> Number:
        """P4.2: max(0, 1 - decay / (eta (1 - chi a)))."""
        return resting_share(self.model, self.model.held)

    @figure(say("self-organisation in the long run if today's take-over is kept for good, without cultivation"))
    def inert_limit(self) -> Number:
        """A committee that does not look at self-organisation any more (inertia)."""
        return resting_share(self.model, self.myopic)

    # the trap

    @figure(say("self-organisation below which the myopic committee lets it sink; 0 if never, 1 if always"))
    def threshold(self) -> Number:
        """P4.4: the rest point at which growth turns from minus to plus."""
        return trap_threshold(self.model)

    @figure(say("states at rest under the myopic committee that does not cultivate"))
    def rests(self) -> list[Number]:
        """All rest points."""
        return [point.s for point in rest_points(self.model)]

    @figure(say("states at rest under that committee which states nearby move towards"))
    def stable_rests(self) -> list[Number]:
        """The stable rest points."""
        return [point.s for point in rest_points(self.model) if point.stable]

    @figure(say("self-organisation in the long run under the myopic committee that does not cultivate"))
    def myopic_limit(self) -> Number:
        """From ``start``."""
        return myopic_limit(self.model, self.model.start)

    # the optimum for ever

    @property
    def chain(self) -> StochasticControl:
        """The problem on its grid."""
        if "chain" not in self.known:
            self.known["chain"] = self.model.game()
        return self.known["chain"]

    @property
    def optimum(self) -> Controlled:
        """The best policy at ``beta``."""
        if "optimum" not in self.known:
            self.known["optimum"] = optimal_control(self.chain)
        return self.known["optimum"]

    @figure(say("discounted output of the best policy from the start"))
    def value(self) -> float:
        """V at the start, interpolated on the grid."""
        return _at(self.model, self.optimum.values, self.model.start)

    @figure(say("residual of the Bellman equation on the grid"))
    def residual(self) -> float:
        """max |T V - V|, rounded up."""
        return float(self.optimum.residual)

    @figure(say("what the values can miss at most, on the grid"))
    def error(self) -> float:
        """residual / (1 - beta)."""
        return float(self.optimum.error)

    @figure(say("what the policy can lose at most, on the grid"))
    def loss(self) -> float:
        """(2 beta residual + gap) / (1 - beta)."""
        return float(self.optimum.loss)

    @figure(say("share of the grid's states in which no other control can be best"))
    def decided(self) -> Fraction:
        """1: the policy is the only best one of the problem on the grid."""
        return Fraction(self.optimum.decided, self.model.states)

    @figure(say("best take-over at self-organisation 0, 0.1, ..., 1"))
    def involvement(self) -> list[Number]:
        """P4.3; controls of the grid, at the grid point that is nearest."""
        m = self.model
        return [m.cap * Fraction(u // m.cultivations, m.interventions - 1) for u in self._reported]

    @figure(say("best cultivation at self-organisation 0, 0.1, ..., 1"))
    def cultivation(self) -> list[Number]:
        """P4.3."""
        m = self.model
        return [m.funds * Fraction(u % m.cultivations, m.cultivations - 1) for u in self._reported]

    @property
    def _reported(self) -> list[int]:
        return [self.optimum.policy[round(s * (self.model.states - 1))] for s in REPORTED]

    @figure(say("whether the best take-over never rises with self-organisation, on the whole grid"))
    def involvement_falls(self) -> bool:
        """P4.3: found on this grid at these numbers; no theorem."""
        return shape_of(self.model, self.optimum.policy)["intervention"]

    @figure(say("whether the best cultivation never rises with self-organisation, on the whole grid"))
    def cultivation_falls(self) -> bool:
        """P4.3."""
        return shape_of(self.model, self.optimum.policy)["cultivation"]

    @figure(say("self-organisation from which the committee stands back, of 0, 0.1, ..., 1; none if it never does"))
    def retreat(self) -> Number | None:
        """P4.7: the least reported state with a best take-over of 0."""
        return next((s for s, a in zip(REPORTED, self.involvement) if a == 0), None)

    @figure(say("self-organisation from which the committee stands back, on the grid of states; none if it never does"))
    def retreat_fine(self) -> Number | None:
        """P4.7 on the grid."""
        return _retreat(self.model, self.optimum)

    @property
    def _best_path(self) -> list[Period]:
        if "best_path" not in self.known:
            self.known["best_path"] = self.model.path(greedy(self.model, self.optimum.values), LONG, settles=True)
        return self.known["best_path"]

    @figure(say("self-organisation along the best path, period by period"))
    def path(self) -> list[float]:
        """The first 40 periods."""
        return [period.s for period in self._best_path[:PERIODS]]

    @figure(say("take-over along the best path"))
    def takeover_path(self) -> list[float]:
        """a, period by period."""
        return [period.a for period in self._best_path[:PERIODS]]

    @figure(say("cultivation along the best path"))
    def cultivation_path(self) -> list[float]:
        """v, period by period."""
        return [period.v for period in self._best_path[:PERIODS]]

    @figure(say("output along the best path, net of what it costs the committee"))
    def output_path(self) -> list[float]:
        """y, period by period."""
        return [period.output for period in self._best_path[:PERIODS]]

    @figure(say("self-organisation in the long run on the best path"))
    def limit(self) -> float:
        """After 1500 periods."""
        return _settled(self._best_path)

    @figure(say("whether the best path leaves the trap: it ends above the threshold"))
    def escapes(self) -> bool:
        """P4.4."""
        return self.limit > self.threshold

    @figure(say("periods until the best path first stands back; none if it never does"))
    def hand_over_period(self) -> int | None:
        """The first period with a take-over of 0."""
        return next((t for t, period in enumerate(self._best_path) if period.a == 0), None)

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
        return [_settled(m.path(greedy(m, answer.values), LONG, settles=True)) for m, answer in self._others]

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
        bare = replace(self.model, funds=0, cultivations=2)
        return _settled(bare.path(greedy(bare, optimal_control(bare.game()).values), LONG, settles=True))

    @property
    def _funded(self) -> Controlled:
        if "funded" not in self.known:
            self.known["funded"] = optimal_control(self.model.game("myopic"))
        return self.known["funded"]

    @figure(say("self-organisation in the long run if the street office pays for cultivation and the committee stays myopic"))
    def funded_limit(self) -> float:
        """The patient street office chooses v and pays for it, the committee its myopic take-over."""
        return _settled(self.model.path(self._funded_rule, LONG, settles=True))

    def _funded_rule(self, t: int, s: Number) -> tuple[Number, Number]:
        plain = self.model.in_floats()
        a, v = plain.myopic(s), np.linspace(0.0, float(plain.funds), plain.cultivations)
        worth = _ahead(plain, self._funded.values, float(s), np.full(len(v), float(a)), v)
        return float(a), float(v[worth.argmax()])

    @figure(say("discounted output if the street office pays for cultivation and the committee stays myopic"))
    def funded_value(self) -> float:
        """Net of what cultivation costs whoever pays."""
        return _at(self.model, self._funded.values, self.model.start)

    # a myopic committee and a patient street office

    @figure(say("discounted output of the myopic committee from the start"))
    def myopic_value(self) -> float:
        """Without cultivation."""
        m = self.model.in_floats()
        return _worth([p.output for p in m.path(lambda t, s: (m.myopic(s), 0.0), LONG, settles=True)], m.beta)

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
        return _worth(self._payments, float(self.model.beta))

    @figure(say("discounted output that the best path has more than the myopic one"))
    def patience_gain(self) -> float:
        """Of the paths followed, net of all costs; payments are transfers and cancel."""
        return _worth([p.output for p in self._best_path], float(self.model.beta)) - self.myopic_value

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


def greedy(model: HandOver, values: Array, beta: float | None = None) -> Rule:
    """The rule that looks one period ahead with ``values`` of the grid, from any state."""
    plain = model.in_floats()
    a, v = model.levels

    def rule(t: int, s: Number) -> tuple[Number, Number]:
        best = int(_ahead(plain, values, float(s), a, v, beta).argmax())
        return float(a[best]), float(v[best])

    return rule


def _ahead(plain: HandOver, values: Array, s: float, a: Array, v: Array, beta: float | None = None) -> Array:
    following = np.clip(plain.drift(s, a, v), 0.0, 1.0)
    return plain.output(s, a, v) + float(plain.beta if beta is None else beta) * np.interp(following, plain.grid, values)


def _at(model: HandOver, values: Array, s: Number) -> float:
    return float(np.interp(float(s), model.grid, values.astype(float)))


def _settled(path: list[Period]) -> float:
    """The last state, 0 where next to nothing is left."""
    return 0.0 if path[-1].s < 1e-9 else path[-1].s


def _worth(amounts: list[float], beta: Number) -> float:
    return float(np.dot(amounts, float(beta) ** np.arange(len(amounts))))


def _retreat(model: HandOver, answer: Controlled) -> Fraction | None:
    zeros = np.flatnonzero(policy_levels(model, answer.policy)[0] == 0)
    return Fraction(int(zeros[0]), model.states - 1) if len(zeros) else None
