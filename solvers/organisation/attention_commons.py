"""What departments make of one committee's attention, and what would be best (ATLAS P5.1 to P5.5)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from math import ceil
from typing import Any

from ...games.exact import Number
from ...games.message import say
from ...games.organisation.attention_commons import AttentionCommons
from .analysis import Analysis, figure
from .smooth import smooth_certificate

ZERO, HALF = Fraction(0), Fraction(1, 2)
MOST_WRITTEN = 150  # departments of a game whose certificate is written


class AttentionAnalysis(Analysis[AttentionCommons]):
    """With x_j the time that the groups of j take and X the sum, the best answer is ``x_j = 1 - X - fee / worth_j`` between 0 and the cap.

    It falls in X, so that exactly one X is the sum of the answers to it: the only equilibrium, whatever worths and loads are
    (a Cournot commons with linear costs; Cournot 1838, Gordon 1954; aggregative games: Selten 1970).
    """

    @cached_property
    def _ceilings(self) -> list[Number | None]:
        """The most time that the groups of each may take; None without a cap."""
        cap = self.model.cap
        return [None if cap is None else s * cap for s in self.model.shares]

    def _answers(self, free: Number, fee: Number) -> list[Number]:
        """The best x_j of each where ``free`` is 1 - X."""
        best = [max(free - fee / v, ZERO) for v in self.model.values]
        return [x if most is None else min(x, most) for x, most in zip(best, self._ceilings)]

    @cached_property
    def _times(self) -> list[Number]:
        """x of the equilibrium: 1 - X balances what is answered to it; both sides are linear between the kinks."""
        floors = [self.model.fee / v for v in self.model.values]
        kinks = [*floors, *(c + most for c, most in zip(floors, self._ceilings) if most is not None), ZERO, Fraction(1)]
        free = _crossing(lambda y: y + sum(self._answers(y, self.model.fee), start=ZERO) - 1, [y for y in kinks if 0 <= y <= 1])
        return self._answers(free, self.model.fee)

    @figure(say("groups that each department demands in equilibrium"))
    def demands(self) -> list[Number]:
        """g_j = x_j / share_j."""
        return [x / s for x, s in zip(self._times, self.model.shares)]

    @figure(say("groups that one department demands in equilibrium, on the mean"))
    def each(self) -> Number:
        """(1 - fee / worth) / (share (m + 1)) where departments are alike and no cap binds."""
        return self.total / self.model.departments

    @figure(say("groups that all departments demand together in equilibrium"))
    def total(self) -> Number:
        """G = sum of g_j: m / (share (m + 1)) where they are alike, without fee and cap."""
        return sum(self.demands, start=ZERO)

    @cached_property
    def _best(self) -> int:
        """The department whose groups are worth most for the time they take; the first of several."""
        worth = [v / s for v, s in zip(self.model.values, self.model.shares)]
        return worth.index(max(worth))

    @figure(say("groups that would be worth most to all departments together"))
    def best_total(self) -> Number:
        """Half the time, all for the department whose groups are worth most for it: 1 / (2 share) where they are alike."""
        return 1 / (2 * self.model.shares[self._best])

    @figure(say("share of the committee's time left for its own task"))
    def residual(self) -> Number:
        """1 - X: 1 / (m + 1) without fee and cap."""
        return 1 - sum(self._times, start=ZERO)

    @figure(say("share that would be left at the best number of groups"))
    def best_residual(self) -> Number:
        """One half: X (1 - X) is largest there."""
        return HALF

    @figure(say("share that would be left if departments kept the groups they demanded before work was moved to others"))
    def residual_at_old_demand(self) -> Number:
        """P5.4: 1 - (1 - offloaded) X, X being the same with and without offloading where no cap binds."""
        from dataclasses import replace

        m = self.model
        before = sum(AttentionAnalysis(replace(m, offloaded=ZERO))._times, start=ZERO)
        return 1 - (1 - m.offloaded) * before

    @figure(say("worth of the equilibrium to all departments, fees not counted"))
    def worth_reached(self) -> Number:
        """The sum of worth_j g_j (1 - X); a fee goes from one hand to another."""
        return sum((v * g for v, g in zip(self.model.values, self.demands)), start=ZERO) * self.residual

    @figure(say("most that groups could be worth to all departments together"))
    def best_worth(self) -> Number:
        """max worth_j / share_j, over 4."""
        return self.model.values[self._best] / self.model.shares[self._best] / 4

    @figure(say("worth of the best number of groups over that of the equilibrium"))
    def price_of_anarchy(self) -> Number | None:
        """(m + 1)^2 / (4 m) where departments are alike, without fee and cap; None where nothing is demanded."""
        return self.best_worth / self.worth_reached if self.worth_reached else None

    @figure(say("fee a group at which departments leave half of the committee's time"))
    def best_fee(self) -> Number:
        """The least fee at which the answers to X = 1/2 take no more than 1/2: worth (m - 1) / (2 m) where departments are alike."""
        kinks = [ZERO, *(v / 2 for v in self.model.values)]
        kinks += [v * (HALF - most) for v, most in zip(self.model.values, self._ceilings) if most is not None and most < HALF]
        over = lambda fee: HALF - sum(self._answers(HALF, fee), start=ZERO)  # noqa: E731
        return ZERO if over(ZERO) >= 0 else _crossing(over, kinks)

    @figure(say("cap on the groups of each department at which half of the committee's time is left, without a fee"))
    def best_cap(self) -> Number:
        """1 / (2 sum of shares): below what each would demand then, so that each stands at it."""
        return 1 / (2 * sum(self.model.shares, start=ZERO))

    @figure(say("mean time a resident's request waits and is served, in services of a free committee"))
    def delay(self) -> Number | None:
        """1 / (residual - requests), an M/M/1 queue; None where requests arrive as fast as they are served, or faster."""
        free = self.residual - self.model.requests
        return 1 / free if free > 0 else None

    @figure(say("share of requests that find the committee busy with another"))
    def busy(self) -> Number:
        """requests / residual in an M/M/1 queue, and all from overload on."""
        m = self.model
        return min(m.requests / self.residual, Fraction(1)) if self.residual else Fraction(1)

    @figure(say("number of departments from which requests pile up without end, where nothing is charged or capped"))
    def overload_from(self) -> int | None:
        """The least whole m >= 1 / requests - 1; None where nothing is requested."""
        return ceil(1 / self.model.requests - 1) if self.model.requests else None

    @property
    def certificates(self) -> tuple[dict[str, Any], ...]:
        """That no department gains by any other number of groups it may have."""
        m = self.model
        if m.departments > MOST_WRITTEN:
            return ()
        names = [f"g{k + 1}" for k in range(m.departments)]
        worths, shares = _named("worth", m.values), _named("share", m.shares)
        if len(set(m.shares)) == 1:
            used = f"share * ({' + '.join(names)})"
        else:
            used = " + ".join(f"{share} * {name}" for share, name in zip(shares, names))
        payoffs = {name: f"{name} * ({worth} * (1 - ({used})) - fee)" for name, worth in zip(names, worths)}
        constants = {**dict(zip(worths, m.values)), **dict(zip(shares, m.shares)), "fee": m.fee}
        bounds: dict[str, tuple[Number | None, Number | None]] = dict.fromkeys(names, (ZERO, m.cap))
        return (smooth_certificate(payoffs, constants, dict(zip(names, self.demands)), bounds),)


def _named(name: str, values: Sequence[Number]) -> list[str]:
    """A name for each entry: one for all if they are alike."""
    return [name] * len(values) if len(set(values)) == 1 else [f"{name}{k + 1}" for k in range(len(values))]


def _crossing(f: Callable[[Number], Number], kinks: Sequence[Number]) -> Number:
    """The least zero of a rising ``f`` that is linear between ``kinks``, at most 0 at the first of them and at least 0 at the last."""
    points = sorted(set(kinks))
    for a, b in pairwise(points):
        below, above = f(a), f(b)
        if below >= 0:
            return a
        if above >= 0:
            return a + (b - a) * (-below) / (above - below)
    return points[-1]
