"""The part of the checker for audits: from the decisions written down, the size of the worst violation of every property anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from itertools import product
from typing import Any

from ...games.message import say
from .reread import TOLERANCE, Claims, real, reals

Places = tuple[int, ...]
Found = tuple[Fraction, Places | None, Places | None, tuple[int, ...]]  # size, types, reports, players; None where averaged over
ZERO = Fraction(0)
_TOGETHER = ("group-strategy-proof", "weakly-group-strategy-proof", "coalition-strategy-proof")


class Decisions:
    """What is decided on every profile of reports, and what that is worth to every type of every player."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.kinds: list[int] = [len(kinds) for kinds in data["types"]]
        self.types = data["types"]
        self.n = len(self.kinds)
        self.profiles: list[Places] = list(product(*map(range, self.kinds)))
        self.true: list[Places] = self.profiles if data["true"] is None else [tuple(types) for types in data["true"]]
        self.prior = None if data["prior"] is None else reals(data["prior"])
        self.floors = None if data["floors"] is None else [reals(row) for row in data["floors"]]
        self.written: list[Mapping[str, Any]] = data["decisions"]
        self.place: dict[Places, int] = {tuple(d["reports"]): k for k, d in enumerate(self.written)}
        self.over_outcomes = data["form"] == "outcomes"
        self.floats = any(_has_float(data.get(part)) for part in ("decisions", "gains", "grants", "prior", "floors"))
        self.names: list[str] = data["players"]
        self.kept: dict[tuple[int, int, int], Fraction] = {}
        if self.over_outcomes:
            self.gains = [[reals(row) for row in kinds] for kinds in data["gains"]]
            self.grants = reals(data["grants"])
            self.lotteries = [[(x, real(p)) for x, p in enumerate(d["lottery"]) if real(p) != 0] for d in self.written]
            self.transfers = [reals(d["transfers"]) for d in self.written]

    def well_formed(self) -> bool:
        """Shapes agree, chances and beliefs are chances and beliefs."""
        loose = TOLERANCE if self.floats else ZERO
        if (
            len(self.names) != self.n
            or len(self.place) != len(self.written)
            or not {*self.true, *self.place} <= set(self.profiles)
            or not self.true
        ):
            return False
        if self.prior is not None and not (
            len(self.prior) == len(self.profiles) and min(self.prior) >= 0 and abs(sum(self.prior) - 1) <= loose
        ):
            return False
        if self.floors is not None and (len(self.floors) != len(self.written) or any(len(row) != self.n for row in self.floors)):
            return False
        if not self.over_outcomes:
            return all([len(row) for row in d["worth"]] == self.kinds and len(d["worst"]) == self.n for d in self.written) and self.bounds()
        width = len(self.grants)
        rows = [len(kinds) for kinds in self.gains] == self.kinds and all(len(row) == width for kinds in self.gains for row in kinds)
        chances = all(abs(sum(p for _, p in q) - 1) <= loose and min(p for _, p in q) >= -loose for q in self.lotteries)
        lengths = all(len(d["lottery"]) == width and len(d["transfers"]) == self.n for d in self.written)
        return rows and chances and lengths

    def bounds(self) -> bool:
        """Whether no draw is worse than the worst, and no decision better than the best."""
        loose = self.slack(wide=True)
        for types in self.true:
            d = self.written[self.place[types]]
            if real(d["welfare"]) > real(d["most"]) + loose:
                return False
            if any(self.worst(i, types) > self.worth(i, kind, types) + loose for i, kind in enumerate(types)):
                return False
        return True

    def worth(self, player: int, kind: int, reports: Places) -> Fraction:
        """What the decision on ``reports`` is worth to ``player`` of its type ``kind``."""
        k = self.place[reports]
        found = self.kept.get((player, kind, k))
        if found is None:
            if self.over_outcomes:
                row = self.gains[player][kind]
                found = sum((p * row[x] for x, p in self.lotteries[k]), start=self.transfers[k][player])
            else:
                found = real(self.written[k]["worth"][player][kind])
            self.kept[player, kind, k] = found
        return found

    def worst(self, player: int, types: Places) -> Fraction:
        """The same at the truth, after the draw."""
        k = self.place[types]
        if not self.over_outcomes:
            return real(self.written[k]["worst"][player])
        return min(self.gains[player][types[player]][x] for x, _ in self.lotteries[k]) + self.transfers[k][player]

    def floor(self, player: int, types: Places) -> Fraction:
        """What the player keeps by refusing."""
        return ZERO if self.floors is None else self.floors[self.place[types]][player]

    def paid(self, types: Places) -> Fraction:
        """Outside money."""
        k = self.place[types]
        return sum(self.transfers[k], start=ZERO) if self.over_outcomes else real(self.written[k]["paid"])

    def surplus(self, types: Places) -> list[Fraction]:
        """W(x) for every alternative, at ``types``."""
        rows = [self.gains[i][kind] for i, kind in enumerate(types)]
        return [sum((row[x] for row in rows), start=-grant) for x, grant in enumerate(self.grants)]

    def best(self, types: Places) -> Fraction:
        """The largest welfare possible."""
        return max(self.surplus(types)) if self.over_outcomes else real(self.written[self.place[types]]["most"])

    def missed(self, types: Places) -> Fraction:
        """How much of it the decision on the truth misses."""
        k = self.place[types]
        if not self.over_outcomes:
            return self.best(types) - real(self.written[k]["welfare"])
        W = self.surplus(types)
        return max(W) - sum((p * W[x] for x, p in self.lotteries[k]), start=ZERO)

    def slack(self, wide: bool = False) -> Fraction:
        """What counts as nothing: 0 if all numbers are rational. ``wide`` where welfare is compared with the best."""
        if not self.floats:
            return ZERO
        if self.over_outcomes:
            sizes = [abs(u) for kinds in self.gains for row in kinds for u in row]
        else:
            sizes = [abs(real(x)) for d in self.written for row in d["worth"] for x in row] + [Fraction(1)]
        return TOLERANCE * max([*sizes, *(abs(self.best(types)) for types in self.true if wide)]) * self.n

    def beliefs(self) -> list[Fraction]:
        """The prior. Raises :class:`ValueError` where there is none, because nothing can then be said on average."""
        if self.prior is None or self.true != self.profiles:
            raise ValueError("no prior over all profiles")
        return self.prior

    def chance(self, player: int, kind: int) -> Iterator[tuple[Fraction, Places]]:
        """The profiles in which ``player`` has its type ``kind``, with their probabilities given that."""
        cells = [(p, types) for p, types in zip(self.beliefs(), self.profiles) if types[player] == kind and p]
        total = sum((p for p, _ in cells), start=ZERO)
        return ((p / total, types) for p, types in cells)


def _has_float(values: object) -> bool:
    if isinstance(values, dict):
        return any(map(_has_float, values.values()))
    return isinstance(values, float) or (isinstance(values, list) and any(map(_has_float, values)))


def audit_claims(certificate: Mapping[str, Any]) -> Claims:
    """Every verdict of an audit certificate."""
    table = Decisions(certificate)
    yield say("the environment and the decisions are well-formed"), table.well_formed()
    for entry in certificate["results"]:
        name, proved = entry["property"], entry["verdict"] == "proved"
        slack = table.slack(wide=name in ("efficient", "pareto-improving"))
        yield say("{property}: it is proved or refuted", property=name), entry["verdict"] in ("proved", "refuted")
        found = list(_PROPERTIES[name](table))
        worst = max((size for size, *_ in found), default=ZERO)
        yield say("{property}: the worst violation is {size}", property=name, size=str(entry["size"])), _sized(entry, worst, slack, proved)
        if proved:
            yield say("{property}: nothing violates it", property=name), worst <= slack
            continue
        told = {(types, reports, players): size for size, types, reports, players in found}
        sizes = [_group_size(table, name, entry[w]) if name in _TOGETHER else told.get(_key(entry[w])) for w in ("witness", "smallest")]
        yield say("{property}: the witness violates it by what is said", property=name), _violates(sizes[0], entry["witness"], slack)
        yield say("{property}: so does the smallest witness", property=name), _violates(sizes[1], entry["smallest"], slack)


def _group_size(table: Decisions, name: str, entry: Mapping[str, Any]) -> Fraction | None:
    """By how much a group violates a property, from its definition: who belongs to it besides liars may turn on rounding."""
    types, reports, members = _key(entry)
    slack, liars = table.slack(), {i for i in range(table.n) if reports[i] != types[i]}
    if types not in table.true or not liars <= set(members) or len(set(members)) != len(members):
        return None
    gains = [table.worth(i, types[i], reports) - table.worth(i, types[i], types) for i in members]
    if name == "coalition-strategy-proof":
        return sum(gains, start=ZERO)
    least = slack if name.startswith("weakly") else -slack
    return None if min(gains) < least or (name.startswith("weakly") and min(gains) == least) else max(gains)


def _violates(size: Fraction | None, entry: Mapping[str, Any], slack: Fraction) -> bool:
    return size is not None and size > slack and abs(size - real(entry["size"])) <= slack


def _sized(entry: Mapping[str, Any], worst: Fraction, slack: Fraction, proved: bool) -> bool:
    if proved:
        return entry["witness"] is None and entry["smallest"] is None and real(entry["size"]) == 0
    return abs(real(entry["size"]) - worst) <= slack and abs(real(entry["witness"]["size"]) - worst) <= slack


def _key(entry: Mapping[str, Any]) -> tuple[Any, Any, tuple[int, ...]]:
    types, reports = entry["types"], entry["reports"]
    return tuple(types), None if reports is None else tuple(reports), tuple(entry["players"])


def _lies(table: Decisions) -> Iterator[Any]:
    for types in table.true:
        for i, kind in enumerate(types):
            now = table.worth(i, kind, types)
            for lie in range(table.kinds[i]):
                reports = (*types[:i], lie, *types[i + 1 :])
                if lie != kind:
                    yield table.worth(i, kind, reports) - now, types, reports, (i,)


def _mean_lies(table: Decisions) -> Iterator[Any]:
    for i, kinds in enumerate(table.kinds):
        for kind in range(kinds):
            cells = list(table.chance(i, kind))
            for lie in range(kinds) if cells else ():
                told = [(p, types, (*types[:i], lie, *types[i + 1 :])) for p, types in cells]
                gain = sum((p * (table.worth(i, kind, r) - table.worth(i, kind, t)) for p, t, r in told), start=ZERO)
                if lie != kind:
                    yield gain, _only(table, i, kind), _only(table, i, lie), (i,)


def _only(table: Decisions, i: int, kind: int) -> tuple[int | None, ...]:
    return tuple(kind if j == i else None for j in range(table.n))


def _together(table: Decisions) -> Iterator[tuple[Places, Places, list[int], list[Fraction]]]:
    for types in table.true:
        now = [table.worth(i, kind, types) for i, kind in enumerate(types)]
        for reports in table.profiles:
            if reports != types:
                liars = [i for i in range(table.n) if reports[i] != types[i]]
                yield types, reports, liars, [table.worth(i, kind, reports) - w for (i, kind), w in zip(enumerate(types), now)]


def _groups(table: Decisions, all_gain: bool) -> Iterator[Any]:
    slack = table.slack()
    for types, reports, liars, gains in _together(table):
        least, top = min(gains[i] for i in liars), max(gains)
        if least < -slack or top <= slack or (all_gain and least <= slack):
            continue
        inside = max(gains[i] for i in liars)
        members = [*liars, gains.index(top)] if top > inside + slack else liars
        yield max(gains[i] for i in members), types, reports, tuple(sorted(members))


def _sums(table: Decisions) -> Iterator[Any]:
    for types, reports, liars, gains in _together(table):
        members = tuple(i for i in range(table.n) if i in liars or gains[i] > 0)
        yield sum((gains[i] for i in members), start=ZERO), types, reports, members


def _losses(table: Decisions) -> Iterator[Any]:
    for types in table.true:
        for i in range(table.n):
            yield table.floor(i, types) - table.worst(i, types), types, None, (i,)


def _mean_losses(table: Decisions) -> Iterator[Any]:
    for i, kinds in enumerate(table.kinds):
        for kind in range(kinds):
            cells = list(table.chance(i, kind))
            if cells:
                short = sum((p * (table.floor(i, types) - table.worth(i, kind, types)) for p, types in cells), start=ZERO)
                yield short, _only(table, i, kind), None, (i,)


def _losses_before(table: Decisions) -> Iterator[Any]:
    if table.prior is None:
        for types in table.true:
            for i, kind in enumerate(types):
                yield table.floor(i, types) - table.worth(i, kind, types), types, None, (i,)
        return
    for i in range(table.n):
        cells = zip(table.beliefs(), table.profiles)
        short = sum((p * (table.floor(i, types) - table.worth(i, types[i], types)) for p, types in cells), start=ZERO)
        yield short, (None,) * table.n, None, (i,)


def _money(table: Decisions) -> Iterator[Any]:
    return ((table.paid(types), types, None, ()) for types in table.true)


def _money_either_way(table: Decisions) -> Iterator[Any]:
    return ((abs(table.paid(types)), types, None, ()) for types in table.true)


def _mean_money(table: Decisions) -> Iterator[Any]:
    paid = sum((p * table.paid(types) for p, types in zip(table.beliefs(), table.profiles)), start=ZERO)
    yield abs(paid), (None,) * table.n, None, ()


def _missed(table: Decisions) -> Iterator[Any]:
    return ((table.missed(types), types, None, ()) for types in table.true)


def _exchanges(table: Decisions) -> Iterator[Any]:
    if any(kinds != table.types[0] for kinds in table.types):
        raise ValueError("players are not alike")
    for types in table.true:
        for i in range(table.n - 1):
            if types[i] == types[i + 1]:
                continue
            swapped = (*types[:i], types[i + 1], types[i], *types[i + 2 :])
            there = {i: i + 1, i + 1: i}
            gaps = (abs(table.worth(there.get(j, j), types[j], swapped) - table.worth(j, types[j], types)) for j in range(table.n))
            yield max(gaps), types, swapped, (i, i + 1)


def _no_better(table: Decisions) -> Iterator[Any]:
    slack = table.slack(wide=True)
    for types in table.true:
        gains = [table.worth(i, kind, types) - table.floor(i, types) for i, kind in enumerate(types)]
        possible = table.best(types) - sum((table.floor(i, types) for i in range(table.n)), start=ZERO)
        if min(gains) < -slack:
            yield -min(gains), types, None, (gains.index(min(gains)),)
        elif max(gains) <= slack < possible:
            yield possible, types, None, ()


_PROPERTIES: dict[str, Callable[[Decisions], Iterator[Any]]] = {
    "strategy-proof": _lies,
    "ex-post-incentive-compatible": _lies,
    "bayes-incentive-compatible": _mean_lies,
    "group-strategy-proof": lambda table: _groups(table, False),
    "weakly-group-strategy-proof": lambda table: _groups(table, True),
    "coalition-strategy-proof": _sums,
    "efficient": _missed,
    "individually-rational": _losses,
    "interim-individually-rational": _mean_losses,
    "ex-ante-individually-rational": _losses_before,
    "budget-balanced": _money_either_way,
    "no-deficit": _money,
    "budget-balanced-in-expectation": _mean_money,
    "anonymous": _exchanges,
    "pareto-improving": _no_better,
}
