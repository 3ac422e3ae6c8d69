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

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from heapq import heappop, heappush
from math import lcm
from typing import Any

import numpy as np

from ...games.errors import InputError
from ...games.exact import TOLERANCE, Array, Number, as_json
from ...games.message import Message, say
from ...games.parameters import amount, amounts, whole
from ..certificate import LARGEST, sealed

ZERO = Fraction(0)
STEPS = 40_000  # projects looked at in all branchings together, from which their declared number follows
MOST_BRANCHINGS = 2_500
PRICE_UNIT = 2**40
Progress = Callable[[int, int, str], None]
Chosen = tuple[int, ...]


@dataclass(frozen=True)
class Group:
    """Of the projects ``members`` at least ``least`` are to be chosen and at most ``most`` (None: any number)."""

    members: tuple[int, ...]
    least: int = 0
    most: int | None = None


@dataclass(frozen=True, eq=False)
class GrantProblem:
    """Projects j worth ``worths[j]`` that draw ``draws[j]`` on the ``budget`` (None: as much as is drawn), in ``groups``.

    Raises :class:`InputError` for lists that do not fit and groups that name what is not there.
    """

    worths: tuple[Number, ...]
    draws: tuple[Number, ...]
    budget: Number | None = None
    groups: tuple[Group, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "worths", amounts(self.worths, "worths"))
        object.__setattr__(self, "draws", amounts(self.draws, "draws", len(self.worths), least=ZERO))
        if self.budget is not None:
            object.__setattr__(self, "budget", amount(self.budget, "budget", least=ZERO))
        for group in self.groups:
            fits = len(set(group.members)) == len(group.members) and set(group.members) <= set(range(len(self.worths)))
            if not fits or group.least < 0 or (group.most is not None and group.most < 0):
                raise InputError("a group must name different projects from 0 to {last}, and no negative number", last=len(self.worths) - 1)


@dataclass(frozen=True, eq=False)
class BestGrants:
    """The projects ``chosen`` (None: no choice meets the groups within the budget), what they are worth and draw together.

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


def grant_problem(
    values: Sequence[object],
    costs: Sequence[object],
    spill: object = 0,
    share: object = 0,
    budget: object = None,
    owners: Sequence[int] | None = None,
    minima: int | Mapping[int, int] = 0,
    categories: Sequence[int] | None = None,
    quotas: int | Mapping[int, int] | None = None,
) -> GrantProblem:
    """The problem of a grant round: worths ``(1 + spill) v - K``, draws ``(1 - share) K``; ``spill`` and ``share`` one number or a list.

    ``minima``: how many projects of each community (of ``owners``) there must be, one number for all, who owns fewer being owed those; or
    by community. ``quotas``: how many of each of ``categories`` there may be. Raises :class:`InputError`.
    """
    v, n = amounts(values, "values"), len(tuple(values))
    K, sigma, m = amounts(costs, "costs", n, least=ZERO), _each(spill, "spill", n), _each(share, "share", n)
    for part in m:
        amount(part, "share", most=1)
    groups: list[Group] = []
    for name, labels, bounds in (("owners", owners, minima), ("categories", categories, quotas)):
        if labels is None:
            continue
        if len(labels) != n:
            raise InputError("{name} lists {n} numbers; {size} are needed", name=name, n=len(labels), size=n)
        for label in dict.fromkeys(labels):
            members = tuple(j for j in range(n) if labels[j] == label)
            bound = bounds.get(label) if isinstance(bounds, Mapping) else bounds
            if bound is None or (name == "owners" and not bound):
                continue
            whole(bound, "minima" if name == "owners" else "quotas", 0)
            least = min(bound, len(members)) if isinstance(bounds, int) else bound
            groups.append(Group(members, least) if name == "owners" else Group(members, 0, bound))
    worths = tuple((1 + s) * x - c for s, x, c in zip(sigma, v, K))
    draws = tuple((1 - part) * c for part, c in zip(m, K))
    return GrantProblem(worths, draws, None if budget is None else amount(budget, "budget", least=ZERO), tuple(groups))


def _each(value: object, name: str, n: int) -> tuple[Number, ...]:
    return amounts(value, name, n, ZERO) if isinstance(value, (list, tuple)) else (amount(value, name, least=ZERO),) * n


def best_grants(problem: GrantProblem, branchings: int | None = None, progress: Progress | None = None) -> BestGrants:
    """The best choice of projects, proved; or the best found in so many ``branchings`` and the proved bound.

    Exact: floats are the binary fractions they are, and there a choice counts as best within a billionth of the largest worth. Of several
    best choices one is given; it holds no project worth nothing that no minimum asks for. Raises :class:`InputError` for a bad limit.
    """
    scaled = _Scaled(problem)
    usual = min(MOST_BRANCHINGS, max(1, STEPS // len(problem.worths)))
    limit = usual if branchings is None else whole(branchings, "branchings", 0)
    return _Search(scaled, limit, progress).answer()


@dataclass(frozen=True)
class _Prices:
    """Of money, of a place under each quota, of a place owed to each group: whole numbers over ``unit``."""

    money: int
    most: tuple[int, ...]
    least: tuple[int, ...]
    unit: int


class _Scaled:
    """The problem in whole numbers: worths over ``D``, draws and budget over ``parts``."""

    def __init__(self, problem: GrantProblem) -> None:
        self.problem, self.n, self.groups = problem, len(problem.worths), problem.groups
        worths, draws = [Fraction(w) for w in problem.worths], [Fraction(c) for c in problem.draws]
        budget = sum(draws, start=ZERO) if problem.budget is None else Fraction(problem.budget)
        self.D, self.parts = lcm(*(w.denominator for w in worths)), lcm(budget.denominator, *(c.denominator for c in draws))
        self.W, self.C, self.B = [int(w * self.D) for w in worths], [int(c * self.parts) for c in draws], int(budget * self.parts)
        self.of: list[list[int]] = [[] for _ in range(self.n if self.groups else 0)]
        for g, group in enumerate(self.groups):
            for j in group.members:
                self.of[j].append(g)
        floats = any(isinstance(x, float) for x in problem.worths)
        self.slack = int(TOLERANCE * max(abs(w) for w in self.W)) if floats else 0
        self.floor = sum(min(w, 0) for w in self.W)  # no choice is worth less
        self.order = sorted((j for j in range(self.n) if self.W[j] > 0), key=self._first)
        self.huge = 2 * sum(abs(w) for w in self.W) + 1

    def _first(self, j: int) -> tuple[bool, Fraction, int]:
        return (self.C[j] > 0, -Fraction(self.W[j], self.C[j]) if self.C[j] else ZERO, j)

    def most(self, g: int) -> int:
        """The quota of the group."""
        group = self.groups[g]
        return len(group.members) if group.most is None else group.most

    def feasible(self, chosen: Sequence[int]) -> bool:
        """Whether ``chosen`` keeps to the budget and to every group."""
        if sum(self.C[j] for j in chosen) > self.B:
            return False
        counts = self.counts(chosen)
        return all(group.least <= counts[g] <= self.most(g) for g, group in enumerate(self.groups))

    def counts(self, chosen: Sequence[int]) -> list[int]:
        """How many of ``chosen`` are in each group."""
        counts = [0] * len(self.groups)
        for j in chosen if self.groups else ():
            for g in self.of[j]:
                counts[g] += 1
        return counts

    def bound(self, prices: _Prices, fixed: Mapping[int, int]) -> Fraction:
        """What nothing that keeps to ``fixed`` is worth more than, in parts of 1/D."""
        q = prices.unit
        total = prices.money * self.B
        total += sum(a * self.most(g) - b * group.least for g, (a, b, group) in enumerate(zip(prices.most, prices.least, self.groups)))
        for j in range(self.n):
            left = q * self.W[j] - prices.money * self.C[j]
            if self.groups:
                left -= sum(prices.most[g] - prices.least[g] for g in self.of[j])
            total += left * fixed[j] if j in fixed else max(left, 0)
        return Fraction(total, q)

    def decided(self, fixed: Mapping[int, int]) -> _Prices:
        """Prices where every project is decided: none, or a huge one for what is violated."""
        chosen = [j for j, x in fixed.items() if x]
        counts = self.counts(chosen)
        money = self.huge if sum(self.C[j] for j in chosen) > self.B else 0
        most = tuple(self.huge * (counts[g] > self.most(g)) for g in range(len(self.groups)))
        least = tuple(self.huge * (counts[g] < group.least) for g, group in enumerate(self.groups))
        return _Prices(money, most, least, 1)


def _sorted_out(scaled: _Scaled, fixed: Mapping[int, int]) -> tuple[_Prices, dict[int, Fraction]]:
    """The relaxation of a budget alone: projects in the order of worth for money until it is used up; the price is where it ends."""
    room = scaled.B - sum(scaled.C[j] for j, x in fixed.items() if x)
    if room < 0:
        return _Prices(scaled.huge, (), (), 1), {}
    taken: dict[int, Fraction] = {}
    for j in scaled.order:
        if j in fixed:
            continue
        if scaled.C[j] > room:
            taken[j] = Fraction(room, scaled.C[j])
            return _Prices(scaled.W[j], (), (), scaled.C[j]), taken
        taken[j], room = Fraction(1), room - scaled.C[j]
    return _Prices(0, (), (), 1), taken


class _Programs:
    """The relaxation with groups, by HiGHS; every row may be broken at a high price, so that it always has a solution and prices."""

    def __init__(self, scaled: _Scaled) -> None:
        from scipy.sparse import csr_array, eye_array, hstack

        self.scaled = scaled
        self.worth = float(max(1, max(abs(w) for w in scaled.W)))
        self.money = float(max(1, max(scaled.C)))
        rows, columns, entries = [0] * scaled.n, list(range(scaled.n)), [c / self.money for c in scaled.C]
        limits, k = [scaled.B / self.money], 1
        for sign in (1, -1):
            for g, group in enumerate(scaled.groups):
                rows, columns = rows + [k] * len(group.members), columns + list(group.members)
                entries = entries + [float(sign)] * len(group.members)
                limits, k = [*limits, float(scaled.most(g) if sign == 1 else -group.least)], k + 1
        table = csr_array((entries, (rows, columns)), shape=(k, scaled.n))
        self.A, self.b = hstack([table, -eye_array(k)]).tocsr(), np.array(limits)
        self.c = np.concatenate([-np.array([w / self.worth for w in scaled.W]), np.full(k, 2.0 * scaled.n + 2)])

    def __call__(self, fixed: Mapping[int, int]) -> tuple[_Prices, dict[int, Fraction]]:
        from scipy.optimize import linprog

        n, scaled = self.scaled.n, self.scaled
        bounds: Array = np.array([(0.0, 1.0)] * n + [(0.0, np.inf)] * len(self.b))
        for j, x in fixed.items():
            bounds[j] = x, x
        found = linprog(self.c, A_ub=self.A, b_ub=self.b, bounds=bounds, method="highs")
        if found.status != 0:
            return scaled.decided(fixed), dict.fromkeys(range(n), Fraction(1, 2))
        prices = np.maximum(-found.ineqlin.marginals, 0) * self.worth
        whole_prices = [round(x * PRICE_UNIT) for x in [prices[0] / self.money, *prices[1:].tolist()]]
        G = len(scaled.groups)
        taken = {j: Fraction(float(x)) for j, x in enumerate(found.x[:n]) if j not in fixed and x > TOLERANCE}
        taken = {j: Fraction(1) if x > 1 - TOLERANCE else x for j, x in taken.items()}
        return _Prices(whole_prices[0], tuple(whole_prices[1 : G + 1]), tuple(whole_prices[G + 1 :]), PRICE_UNIT), taken


class _Search:
    """Best bound first. ``tree[k]``: a leaf with its prices, or the project it branches on and its two children."""

    def __init__(self, scaled: _Scaled, limit: int, progress: Progress | None) -> None:
        self.scaled, self.limit, self.progress = scaled, limit, progress
        programs = _Programs(scaled) if scaled.groups else None
        self.relaxed = programs if programs is not None else lambda fixed: _sorted_out(scaled, fixed)
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
        bound = None if none else Fraction(max(top, self.worth) if self.best is not None else top, s.D)
        worth = None if self.best is None else sum((s.problem.worths[j] for j in self.best), start=ZERO)
        drawn = None if self.best is None else sum((s.problem.draws[j] for j in self.best), start=ZERO)
        if complete and not s.slack and worth is not None:
            bound = worth
        stop = None if complete else say("limit: {n} branchings; no choice is worth more than {bound}", n=self.done, bound=bound)
        certificate = _certificate(s, self.tree, self.best, worth, bound)
        before = None if none else relaxation / s.D
        return BestGrants(self.best, worth, drawn, bound, complete, before, self.fractional, self.done, stop, certificate)


def _certificate(
    s: _Scaled, tree: list[dict[str, Any]], best: Chosen | None, worth: Number | None, bound: Number | None
) -> dict[str, Any] | None:
    """The problem, the choice, and the tree with the prices that close its leaves, in money; None where too large to be read."""
    G = len(s.groups)
    if 2 * s.n + len(tree) * (2 * G + 2) > LARGEST or len(tree) * s.n > 20 * LARGEST:
        return None

    def leaf(entry: Mapping[str, Any]) -> dict[str, Any]:
        p: _Prices = entry["prices"]
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


__all__ = ["BestGrants", "GrantProblem", "Group", "best_grants", "grant_problem"]
