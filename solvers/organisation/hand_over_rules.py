"""The myopic and the patient committee: the static rule, the trap, the best policy and its path (ATLAS P4.1 to P4.4, P4.7).

The optimum is that of the problem on its grid, with a bound on what it can miss of *that* problem (:mod:`..control.optimal_control`);
finer grids move the reported controls by about a step. Paths are followed in the true state, the controls chosen from the grid of
controls by looking one period ahead with the value of the grid. They are floats.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from ...games.exact import Array, Number
from ...games.message import say
from ...games.organisation.hand_over import HandOver, Period, Rule
from ...games.stochastic_control import StochasticControl
from ..control.bellman_certificate import policy_levels, shape_of
from ..control.myopic_dynamics import extinction_from, myopic_limit, rest_points, resting_share, trap_threshold
from ..control.optimal_control import Controlled, optimal_control
from .analysis import Analysis, figure

REPORTED = tuple(Fraction(k, 10) for k in range(11))  # the states at which policies are tabled
PERIODS = 40  # of the paths that are shown
LONG = 1_500  # periods after which a path counts as at its limit


class HandOverRules(Analysis[HandOver]):
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
        return at_start(self.model, self.optimum.values)

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
        return settled(self._best_path)

    @figure(say("whether the best path leaves the trap: it ends above the threshold"))
    def escapes(self) -> bool:
        """P4.4."""
        return self.limit > self.threshold

    @figure(say("periods until the best path first stands back; none if it never does"))
    def hand_over_period(self) -> int | None:
        """The first period with a take-over of 0."""
        return next((t for t, period in enumerate(self._best_path) if period.a == 0), None)


def greedy(model: HandOver, values: Array, beta: float | None = None) -> Rule:
    """The rule that looks one period ahead with ``values`` of the grid, from any state."""
    plain = model.in_floats()
    a, v = model.levels

    def rule(t: int, s: Number) -> tuple[Number, Number]:
        best = int(ahead(plain, values, float(s), a, v, beta).argmax())
        return float(a[best]), float(v[best])

    return rule


def ahead(plain: HandOver, values: Array, s: float, a: Array, v: Array, beta: float | None = None) -> Array:
    """What each (a, v) is worth in state s, looking one period ahead."""
    following = np.clip(plain.drift(s, a, v), 0.0, 1.0)
    return plain.output(s, a, v) + float(plain.beta if beta is None else beta) * np.interp(following, plain.grid, values)


def at_start(model: HandOver, values: Array) -> float:
    """The value at the start, interpolated."""
    return float(np.interp(float(model.start), model.grid, values.astype(float)))


def settled(path: list[Period]) -> float:
    """The last state, 0 where next to nothing is left."""
    return 0.0 if path[-1].s < 1e-9 else path[-1].s


def present_worth(amounts: list[float], beta: Number) -> float:
    """The discounted sum."""
    return float(np.dot(amounts, float(beta) ** np.arange(len(amounts))))


def _retreat(model: HandOver, answer: Controlled) -> Fraction | None:
    zeros = np.flatnonzero(policy_levels(model, answer.policy)[0] == 0)
    return Fraction(int(zeros[0]), model.states - 1) if len(zeros) else None
