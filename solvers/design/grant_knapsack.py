"""Which projects a budget should pay for: the best choice with a proof (ATLAS O-13).

    maximise  sum_j w_j x_j  over x_j in {0, 1}:   sum_j c_j x_j <= B,   least_g <= sum_{j in g} x_j <= most_g for every group g

w_j = (1 + sigma_j) v_j - K_j is what project j is worth to all, c_j = (1 - m_j) K_j what it draws on the budget; groups are communities
with a minimum and categories with a quota, and may overlap. For any prices lambda, alpha_g, beta_g >= 0 nothing feasible is worth more than

    lambda B + sum_g (alpha_g most_g - beta_g least_g) + sum_j max(0, w_j - lambda c_j - sum_{g of j} (alpha_g - beta_g))

(weak duality; for a project that is decided its own term stands without the max). Branch and bound (Land and Doig 1960): prices are those
of the relaxation, by sorting for a budget alone (Dantzig 1957), else by HiGHS in floats; they are made rational and the bound is computed
exactly, so that no float is believed. Worths are multiples of some 1/D: so are bounds, rounded down. Any branch closed by its prices is
written down, and :func:`encompass.verify` can re-read the tree. Where the declared number of branchings does not suffice, the answer holds
the best choice found and the proved bound; for a budget alone the gap is less than the worth of one project.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from heapq import heappop, heappush
from typing import Any

from ...games.exact import Number, as_json
from ...games.message import Message, say
from ...games.parameters import whole
from ..certificate import LARGEST, sealed
from .grant_bounds import Prices, Programs, Scaled, sorted_out
from .grant_problem import GrantProblem

ZERO = Fraction(0)
STEPS = 40_000  # projects looked at in all branchings together, from which their declared number follows
MOST_BRANCHINGS = 2_500
Progress = Callable[[int, int, str], None]
Chosen = tuple[int, ...]


@dataclass(frozen=True, eq=False)
class BestGrants:
    """The projects ``chosen``, what they are worth and draw together; None where no choice was found that meets the groups in the budget,
    which is proved if the answer is ``complete``.

    No choice is worth more than ``bound``; ``complete`` if that is what was found. ``relaxation`` is the bound before any branching, at
    which ``fractional`` projects would be built in part; ``branchings`` were looked at, and ``stop`` says why no more.
    """

    chosen: Chosen | None
    worth: Number | None
    drawn: Number | None
    bound: Number | None
    complete: bool
    relaxation: Number | None
    fractional: int
    branchings: int
    stop: Message | None
    certificate: dict[str, Any] | None

    @property
    def gap(self) -> Number | None:
        """By how much at most a choice could be better."""
        return None if self.worth is None or self.bound is None else self.bound - self.worth

    def to_dict(self, read: Callable[[object], str] = str) -> dict[str, Any]:
        """The JSON form, schema ``encompass/grants/1``."""
        numbers = {name: value for name, value in vars(self).items() if name not in ("stop", "certificate")}
        stop = None if self.stop is None else read(self.stop)
        return {"schema": "encompass/grants/1", **as_json(numbers), "gap": as_json(self.gap), "stop": stop, "certificate": self.certificate}


def best_grants(problem: GrantProblem, branchings: int | None = None, progress: Progress | None = None) -> BestGrants:
    """The best choice of projects, proved; or the best found in so many ``branchings`` and the proved bound.

    Exact: floats are the binary fractions they are, and there a choice counts as best within a billionth of the largest worth. Of several
    best choices one is given; it holds no project worth nothing that no minimum asks for. Raises :class:`InputError` for a bad limit.
    """
    scaled = Scaled(problem)
    usual = min(MOST_BRANCHINGS, max(1, STEPS // len(problem.worths)))
    limit = usual if branchings is None else whole(branchings, "branchings", 0)
    return _Search(scaled, limit, progress).answer()


class _Search:
    """Best bound first. ``tree[k]``: a leaf with its prices, or the project it branches on and its two children."""

    def __init__(self, scaled: Scaled, limit: int, progress: Progress | None) -> None:
        self.scaled, self.limit, self.progress = scaled, limit, progress
        programs = Programs(scaled) if scaled.groups else None
        self.relaxed = programs if programs is not None else lambda fixed: sorted_out(scaled, fixed)
        self.best: Chosen | None = None
        self.tree: list[dict[str, Any]] = []
        self.leaves: dict[int, int] = {}  # the bound of every leaf
        self.waiting: list[tuple[int, int, int, dict[int, int], dict[int, Fraction]]] = []
        self.fractional = self.done = 0

    @property
    def worth(self) -> int:
        """Of the best choice found; less than any without one."""
        return self.scaled.floor - 1 if self.best is None else sum(self.scaled.W[j] for j in self.best)

    def answer(self) -> BestGrants:
        """The search, and what came of it."""
        self._enter({})
        relaxation = self.scaled.bound(self.tree[0]["prices"], {})
        while self.waiting and self.done < self.limit and -self.waiting[0][0] > self.worth + self.scaled.slack:
            _, _, place, fixed, taken = heappop(self.waiting)
            self.done += 1
            if self.progress is not None:
                self.progress(self.done, self.limit, "branchings")
            j = self._split(fixed, taken)
            self.tree[place] = {"on": j, "children": [self._enter({**fixed, j: x}) for x in (0, 1)]}
            del self.leaves[place]
        return self._told(relaxation)

    def _enter(self, fixed: dict[int, int]) -> int:
        """A new leaf: its prices and bound, a choice near its relaxation; its place in the tree."""
        place, open_yet = len(self.tree), len(fixed) < self.scaled.n
        prices, taken = self.relaxed(fixed) if open_yet else (self.scaled.decided(fixed), dict[int, Fraction]())
        bound = self.scaled.bound(prices, fixed)
        self.tree.append({"prices": prices})
        self.leaves[place] = bound.numerator // bound.denominator
        if self.leaves[place] > self.worth:
            self._round(fixed, taken)
        if place == 0:
            self.fractional = sum(x < 1 for x in taken.values())
        if open_yet:
            heappush(self.waiting, (-self.leaves[place], -len(fixed), place, fixed, taken))
        return place

    def _split(self, fixed: Mapping[int, int], taken: Mapping[int, Fraction]) -> int:
        """The project to branch on: the one built most nearly by half; else the first that is open."""
        parts = [(abs(x - Fraction(1, 2)), j) for j, x in taken.items() if x < 1]
        return min(parts)[1] if parts else next(j for j in range(self.scaled.n) if j not in fixed)

    def _round(self, fixed: Mapping[int, int], taken: Mapping[int, Fraction]) -> None:
        """A choice from the relaxation: what it builds whole, what minima ask for, then whatever is worth something and still fits."""
        s = self.scaled
        chosen = {j for j, x in fixed.items() if x} | {j for j, x in taken.items() if x == 1}
        spent, counts = sum(s.C[j] for j in chosen), s.counts(tuple(chosen))

        def add(j: int) -> None:
            nonlocal spent
            inside = s.of[j] if s.groups else ()
            if j in chosen or fixed.get(j) == 0 or spent + s.C[j] > s.B or any(counts[g] >= s.most(g) for g in inside):
                return
            chosen.add(j)
            spent += s.C[j]
            for g in inside:
                counts[g] += 1

        for g, group in enumerate(s.groups):
            for j in sorted(group.members, key=lambda j: (-taken.get(j, ZERO), s.C[j], -s.W[j], j)):
                if counts[g] < group.least:
                    add(j)
        for j in s.order:
            add(j)
        for j in sorted(chosen, key=lambda j: (s.W[j], j)):  # worth nothing, or less, and asked for by no minimum
            inside = s.of[j] if s.groups else ()
            if s.W[j] <= 0 and j not in fixed and all(counts[g] > s.groups[g].least for g in inside):
                chosen.remove(j)
                for g in inside:
                    counts[g] -= 1
        found = tuple(sorted(chosen))
        if s.feasible(found) and sum(s.W[j] for j in found) > self.worth:
            self.best = found

    def _told(self, relaxation: Fraction) -> BestGrants:
        s = self.scaled
        top = max(self.leaves.values())
        none = self.best is None and top < s.floor
        complete = none or (self.best is not None and top <= self.worth + s.slack)
        bound: Number | None = None if none else Fraction(max(top, self.worth) if self.best is not None else top, s.D)
        worth = None if self.best is None else sum((s.problem.worths[j] for j in self.best), start=ZERO)
        drawn = None if self.best is None else sum((s.problem.draws[j] for j in self.best), start=ZERO)
        if complete and not s.slack and worth is not None:
            bound = worth
        stop = None if complete else say("limit: {n} branchings; no choice is worth more than {bound}", n=self.done, bound=bound)
        certificate = _certificate(s, self.tree, self.best, worth, bound)
        before: Number | None = None if none else relaxation / s.D
        if s.slack and bound is not None and before is not None:
            bound, before = float(bound), float(before)
        return BestGrants(self.best, worth, drawn, bound, complete, before, self.fractional, self.done, stop, certificate)


def _certificate(
    s: Scaled, tree: list[dict[str, Any]], best: Chosen | None, worth: Number | None, bound: Number | None
) -> dict[str, Any] | None:
    """The problem, the choice, and the tree with the prices that close its leaves, in money; None where too large to be read."""
    G = len(s.groups)
    if 2 * s.n + len(tree) * (2 * G + 2) > LARGEST or len(tree) * s.n > 20 * LARGEST:
        return None

    def leaf(entry: Mapping[str, Any]) -> dict[str, Any]:
        p: Prices = entry["prices"]
        per = [Fraction(x, p.unit * s.D) for x in (*p.most, *p.least)]
        return {"money": str(Fraction(p.money, p.unit * s.D) * s.parts), "most": list(map(str, per[:G])), "least": list(map(str, per[G:]))}

    p = s.problem
    groups = [{"members": list(g.members), "least": g.least, "most": g.most} for g in s.groups]
    return sealed(
        {
            "kind": "grants",
            **as_json({"worths": p.worths, "draws": p.draws, "budget": p.budget}),
            "groups": groups,
            **as_json({"chosen": None if best is None else list(best), "worth": worth, "bound": bound}),
            "tree": [entry if "on" in entry else leaf(entry) for entry in tree],
        }
    )


__all__ = ["BestGrants", "best_grants"]
