"""Which projects communities should run for themselves: those that matter little next door (ATLAS P13.4, Oates 1972, with P9.2)."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from ...games.exact import Number, root
from ...games.message import say
from ...games.organisation.release import Release
from .analysis import Analysis, figure
from .smooth import smooth_certificate


class ReleaseAnalysis(Analysis[Release]):
    """With r = sqrt(g) the worth ``2 (1 + spillover) theta r - r^2`` is strictly concave: best r is ``(1 + spillover) theta``, a community
    chooses ``theta``, a street office that knows only the mean ``(1 + spillover) mean``. What is lost is the mean squared distance.
    """

    @figure(say("worth lost by each project if it is released"))
    def released_loss(self) -> list[Number]:
        """spillover^2 times the mean of theta^2."""
        return [s**2 * self.model.mean_square for s in self.model.spillovers]

    @figure(say("worth lost by each project if the street office runs it"))
    def central_loss(self) -> list[Number]:
        """(1 + spillover)^2 times the variance of theta."""
        return [(1 + s) ** 2 * self.variance for s in self.model.spillovers]

    @figure(say("variance of what a project is worth at home"))
    def variance(self) -> Number:
        """mean of theta^2 less the square of the mean."""
        return self.model.mean_square - self.model.mean**2

    @figure(say("spillover up to which releasing is no worse"))
    def threshold(self) -> Number | None:
        """q / (1 - q) with q the standard deviation over the root mean square; None where every spillover is (nothing is ever worth it)."""
        if not self.model.mean_square:
            return None
        q = root(self.variance / self.model.mean_square)
        return q / (1 - q) if q < 1 else None

    @figure(say("which projects to release"))
    def released(self) -> list[bool]:
        """Those that lose no more by it."""
        return [a <= b for a, b in zip(self.released_loss, self.central_loss)]

    @figure(say("whether these are exactly the projects up to that spillover"))
    def by_threshold(self) -> bool:
        """The rule and the comparison of losses agree."""
        limit = self.threshold
        return all(out == (limit is None or s <= limit) for s, out in zip(self.model.spillovers, self.released))

    @figure(say("share of the cost left to the community at which it does what is best for all"))
    def best_share(self) -> list[Number]:
        """1 / (1 + spillover) for each project (P9.2)."""
        return [1 / (1 + s) for s in self.model.spillovers]

    @figure(say("worth lost by each project that is released with that share"))
    def matched_loss(self) -> list[Number]:
        """A community that pays the share m chooses r = theta / m: nothing is lost."""
        return [(1 / m - (1 + s)) ** 2 * self.model.mean_square for s, m in zip(self.model.spillovers, self.best_share)]

    @property
    def certificates(self) -> tuple[dict[str, Any], ...]:
        """That nobody gains by another level: communities of each value, alone and with the best share, and the street office."""
        m = self.model
        payoffs, constants, profile = dict[str, str](), dict[str, Number](), dict[str, Number]()
        for k, theta in enumerate(m.values):
            constants[f"theta{k}"] = theta
            payoffs[f"alone{k}"], profile[f"alone{k}"] = f"2 * theta{k} * alone{k} - alone{k}**2", theta
        for j, s in enumerate(m.spillovers):
            constants[f"s{j}"], constants["mean"] = s, m.mean
            payoffs[f"office{j}"], profile[f"office{j}"] = f"2 * (1 + s{j}) * mean * office{j} - office{j}**2", (1 + s) * m.mean
            for k, theta in enumerate(m.values):
                name = f"shared{j}x{k}"
                payoffs[name], profile[name] = f"2 * theta{k} * {name} - {name}**2 / (1 + s{j})", (1 + s) * theta
        return (smooth_certificate(payoffs, constants, profile, dict.fromkeys(payoffs, (Fraction(0), None))),)
