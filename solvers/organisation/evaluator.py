"""Whether a helper that also evaluates passes what is bad, what that does to its help, and which audit stops it (ATLAS P14.1, P14.2)."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import Any

from ...games.exact import Number, number
from ...games.message import say
from ...games.organisation.evaluator import Evaluator
from ..solution import Solution
from ..solve import solve
from .analysis import Analysis, figure
from .smooth import smooth_certificate

ZERO = Fraction(0)


class EvaluatorAnalysis(Analysis[Evaluator]):
    """Backward induction. A bad organisation is passed iff evaluator and organisation together gain by it; the organisation offers just
    what is needed, so that the evaluator gets ``max(own - fear, 0)`` from a bad one whether it is paid or not. Where an evaluator is
    indifferent and nobody pays, it is taken to be honest.
    """

    @figure(say("what a pass is worth to the evaluator"))
    def own(self) -> Number:
        """bonus, and reputation if it helped itself."""
        return self.model.own

    @figure(say("what passing a bad organisation costs it in expectation"))
    def fear(self) -> Number:
        """audit * penalty."""
        return self.model.fear

    @figure(say("whether it passes bad organisations of its own accord"))
    def inflates(self) -> bool:
        """own > fear (P14.1)."""
        return self.own > self.fear

    @figure(say("least probability of audit at which it does not"))
    def least_audit(self) -> Number | None:
        """own / penalty; None where no penalty could do it. Above 1 no audit suffices."""
        return _needed(self.own, self.model.penalty)

    @figure(say("whether an organisation that pays no more than its stake cannot buy a pass"))
    def collusion_proof(self) -> bool:
        """fear >= own + side_efficiency * stake; with own = 0 that is P14.2."""
        return self.fear >= self.own + self.model.side_efficiency * self.model.stake

    @figure(say("least probability of audit at which it cannot"))
    def collusion_audit(self) -> Number | None:
        """(own + side_efficiency * stake) / penalty; None where no penalty could do it."""
        return _needed(self.own + self.model.side_efficiency * self.model.stake, self.model.penalty)

    @figure(say("whether bad organisations pass"))
    def passes_bad(self) -> bool:
        """Of the evaluator's own accord, or bought."""
        return not self.collusion_proof

    @figure(say("what a bad organisation pays for its pass"))
    def payment(self) -> Number | None:
        """(fear - own) / side_efficiency, or nothing if it need not; None where it does not pass."""
        if not self.passes_bad:
            return None
        return (self.fear - self.own) / self.model.side_efficiency if self.fear > self.own else ZERO

    @figure(say("what a good organisation is worth to the helper over a bad one"))
    def stake_in_help(self) -> Number:
        """min(own, fear) for a helper that evaluates itself: what inflating spares it to lose, it does not work for. For a helper
        apart: its reputation where bad ones fail, nothing where they pass.
        """
        if self.model.separated:
            return ZERO if self.passes_bad else self.model.reputation
        return min(self.own, self.fear)

    @figure(say("help given"))
    def help_given(self) -> Number:
        """productivity * stake_in_help, at most what can still improve anything."""
        return min(self.model.productivity * self.stake_in_help, self.model.most_help)

    @figure(say("probability that the organisation is good"))
    def quality(self) -> Number:
        """start + productivity * help."""
        return self.model.good(self.help_given)

    @figure(say("share of organisations that pass"))
    def passes(self) -> Number:
        """All, or the good ones."""
        return Fraction(1) if self.passes_bad else self.quality

    @figure(say("share of passes that an outcome survey would not confirm"))
    def unconfirmed(self) -> Number | None:
        """(1 - quality) where bad ones pass, else 0; None where none passes."""
        if not self.passes:
            return None
        return 1 - self.quality if self.passes_bad else ZERO

    @cached_property
    def _finite(self) -> Solution:
        return solve(self.model.game(), "subgame-perfect")

    @figure(say("help in subgame-perfect equilibria of the game with a few levels of help"))
    def finite_help(self) -> list[Number]:
        """From the tree, solved backward."""
        helper = "helper" if self.model.separated else "evaluator"
        return sorted({number(e.profile[0]["moves"][helper]) for e in self._finite.equilibria})

    @figure(say("whether bad organisations pass in its equilibria: yes, no, or both where somebody is indifferent"))
    def finite_passes(self) -> list[bool]:
        """What the evaluator answers to the offer that a bad organisation makes."""
        found: set[bool] = set()
        for e in self._finite.equilibria:
            reports = [s for s in e.profile if "evaluator" in s["moves"] and s["history"][1:2] == [["bad"]]]
            found |= {s["moves"]["evaluator"] == "pass" for s in reports}
        return sorted(found)

    @property
    def certificates(self) -> tuple[dict[str, Any], ...]:
        """That no other help is better, and the tree."""
        m = self.model
        good, bad = (m.reputation, m.reputation * self.passes_bad) if m.separated else (self.own, max(self.own - self.fear, ZERO))
        formula = "(start + rate * h) * good + (1 - start - rate * h) * bad - h**2 / 2"
        constants = {"start": m.start, "rate": m.productivity, "good": good, "bad": bad}
        smooth = smooth_certificate({"h": formula}, constants, {"h": self.help_given}, {"h": (ZERO, m.most_help)})
        return (smooth,) if self._finite.certificate is None else (smooth, self._finite.certificate)


def _needed(gain: Number, penalty: Number) -> Number | None:
    """The probability of a penalty that outweighs ``gain``."""
    if gain == 0:
        return ZERO
    return gain / penalty if penalty else None
