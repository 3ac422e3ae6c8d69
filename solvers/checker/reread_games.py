"""Games of advice as a certificate writes them: their cells, what is paid there, and what each way to disobey adds.

Every form has ``heads`` (players of each voice), ``rows`` (ways to disobey, in the order of the dual), ``totals``, and for a cell
``total``, ``paid`` (by voice, all its players together) and ``added``. A row divided by its ``scale`` is what one player gains.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import permutations, product
from math import comb, factorial, lcm, prod
from typing import Any

from .reread import TOLERANCE, real, reals

Key = tuple[Any, ...]
Row = tuple[Any, ...]


def flatten(values: Any) -> list[Any]:
    """All numbers of nested lists, in order."""
    return [x for part in values for x in flatten(part)] if isinstance(values, list) else [values]


class Form:
    """What all forms share: the numbers, whether they are exact, and what counts as nothing."""

    def __init__(self, game: Mapping[str, Any]) -> None:
        self.flat = [flatten(values) for values in game["payoffs"]]
        self.denominator = int(game["denominator"])
        numbers = [x for values in self.flat for x in values]
        self.exact = not any(isinstance(x, float) for x in [*numbers, *flatten(game.get("prior", []))])
        self.size = max((abs(real(x)) for x in numbers), default=Fraction(0)) / abs(self.denominator)
        self.slack = Fraction(0) if self.exact else TOLERANCE * self.size
        self.totals = 1
        self.heads: list[int] = []
        self.rows: list[Row] = []

    def number(self, table: int, index: int) -> Fraction:
        """An entry as money."""
        return real(self.flat[table][index]) / self.denominator

    def total(self, cell: Key) -> int:
        """Which of the totals a cell belongs to."""
        return 0

    def scale(self, row: Row) -> Fraction:
        """What to divide a row by to get one player's gain."""
        return Fraction(1)


def _place(shape: Sequence[int], index: Sequence[int]) -> int:
    place = 0
    for size, k in zip(shape, index, strict=True):
        if not 0 <= k < size:
            raise IndexError("no such action or type")
        place = place * size + k
    return place


def _put(values: Sequence[int], place: int, value: int) -> tuple[int, ...]:
    return (*values[:place], value, *values[place + 1 :])


class Profiles(Form):
    """A normal form; cells are profiles of actions."""

    def __init__(self, game: Mapping[str, Any], coarse: bool) -> None:
        super().__init__(game)
        self.shape: list[int] = game["shape"]
        if any(len(values) != prod(self.shape) for values in self.flat) or len(self.flat) != len(self.shape):
            raise ValueError("the payoffs do not have the shape that is written")
        self.heads = [1] * len(self.shape)
        pairs = ((i, told, other) for i, k in enumerate(self.shape) for told, other in permutations(range(k), 2))
        self.rows = [(i, None, a) for i, k in enumerate(self.shape) for a in range(k)] if coarse else list(pairs)

    def cells(self) -> Iterator[Key]:
        """All cells."""
        return product(*map(range, self.shape))

    def key(self, part: Mapping[str, Any]) -> Key:
        """The cell that an entry of the device names."""
        return tuple(part["profile"])

    def paid(self, cell: Key) -> list[Fraction]:
        """Payoffs by voice."""
        place = _place(self.shape, cell)
        return [self.number(i, place) for i in range(len(self.shape))]

    def added(self, row: Row, cell: Key) -> Fraction:
        """What disobeying in the way of ``row`` adds in ``cell``."""
        i, told, other = row
        if told is not None and cell[i] != told:
            return Fraction(0)
        return self.number(i, _place(self.shape, _put(cell, i, other))) - self.number(i, _place(self.shape, cell))


def vectors(players: int, actions: int) -> Iterator[tuple[int, ...]]:
    """Ways to spread players over actions, by how many take actions 1, 2, ...; the rest take action 0."""
    for later in product(range(players + 1), repeat=actions - 1):
        if sum(later) <= players:
            yield (players - sum(later), *later)


class Counts(Form):
    """Players counted by role; cells are counts by role and action."""

    def __init__(self, game: Mapping[str, Any], coarse: bool) -> None:
        super().__init__(game)
        self.players: list[int] = game["players"]
        self.actions: list[int] = game["actions"]
        self.heads = self.players
        self.places: dict[tuple[int, int], dict[tuple[int, ...], int]] = {}
        if not len(self.flat) == len(self.players) == len(self.actions):
            raise ValueError("the payoffs do not have the shape that is written")
        for r, k in enumerate(self.actions):
            if len(self.flat[r]) != k * prod(comb(n - (s == r) + m - 1, m - 1) for s, (n, m) in enumerate(zip(self.players, self.actions))):
                raise ValueError("the payoffs do not have the shape that is written")
        pairs = ((r, told, other) for r, k in enumerate(self.actions) for told, other in permutations(range(k), 2))
        self.rows = [(r, None, a) for r, k in enumerate(self.actions) for a in range(k)] if coarse else list(pairs)

    def scale(self, row: Row) -> Fraction:
        """The players of the role."""
        return Fraction(self.players[row[0]])

    def cells(self) -> Iterator[Key]:
        """All cells."""
        return product(*(list(vectors(n, k)) for n, k in zip(self.players, self.actions)))

    def key(self, part: Mapping[str, Any]) -> Key:
        """The cell that an entry of the device names."""
        cell = tuple(map(tuple, part["counts"]))
        fits = all(sum(c) == n and len(c) == k and min(c) >= 0 for c, n, k in zip(cell, self.players, self.actions, strict=True))
        if not fits:
            raise ValueError("the counts are not those of the players")
        return cell

    def _index(self, players: int, counts: tuple[int, ...]) -> int:
        if len(counts) == 1:
            return 0
        if len(counts) == 2:
            return counts[1]
        if (players, len(counts)) not in self.places:
            self.places[players, len(counts)] = {v: k for k, v in enumerate(vectors(players, len(counts)))}
        return self.places[players, len(counts)][counts]

    def _gets(self, role: int, action: int, told: int, cell: Key) -> Fraction:
        """What a player of ``role`` who was told ``told`` gets for ``action``."""
        place = action
        for s, (n, k) in enumerate(zip(self.players, self.actions)):
            others = n - (s == role)
            counts = tuple(m - (s == role and a == told) for a, m in enumerate(cell[s]))
            place = place * comb(others + k - 1, k - 1) + self._index(others, counts)
        return self.number(role, place)

    def paid(self, cell: Key) -> list[Fraction]:
        """Payoffs by role, all its players together."""
        return [sum((k * self._gets(r, a, a, cell) for a, k in enumerate(c) if k), start=Fraction(0)) for r, c in enumerate(cell)]

    def added(self, row: Row, cell: Key) -> Fraction:
        """What disobeying in the way of ``row`` adds in ``cell``, over all players of the role."""
        r, told, other = row
        heard = [a for a, k in enumerate(cell[r]) if k and told in (None, a)]
        return sum((cell[r][a] * (self._gets(r, other, a, cell) - self._gets(r, a, a, cell)) for a in heard), start=Fraction(0))


class Types(Form):
    """Private types; cells are (reports, recommended actions)."""

    def __init__(self, game: Mapping[str, Any], coarse: bool) -> None:
        super().__init__(game)
        self.kinds: list[int] = game["types"]
        self.actions: list[int] = game["actions"]
        self.shape = [*self.kinds, *self.actions]
        self.prior = reals(flatten(game["prior"]))
        if not len(self.flat) == len(self.kinds) == len(self.actions):
            raise ValueError("the payoffs do not have the shape that is written")
        loose = Fraction(0) if self.exact else TOLERANCE
        if any(len(v) != prod(self.shape) for v in self.flat) or len(self.prior) != prod(self.kinds) or coarse:
            raise ValueError("the payoffs do not have the shape that is written")
        if min(self.prior) < 0 or abs(sum(self.prior) - 1) > loose:
            raise ValueError("the prior is no distribution")
        self.heads, self.totals = [1] * len(self.kinds), prod(self.kinds)
        self.rows = [
            (i, t, r, rule)
            for i, (kinds, k) in enumerate(zip(self.kinds, self.actions))
            for t, r, rule in product(range(kinds), range(kinds), product(range(k), repeat=k))
            if r != t or rule != tuple(range(k))
        ]

    def total(self, cell: Key) -> int:
        """The reports."""
        return _place(self.kinds, cell[0])

    def cells(self) -> Iterator[Key]:
        """All cells."""
        return product(product(*map(range, self.kinds)), product(*map(range, self.actions)))

    def key(self, part: Mapping[str, Any]) -> Key:
        """The cell that an entry of the device names."""
        return (tuple(part["reports"]), tuple(part["profile"]))

    def _worth(self, player: int, types: Sequence[int], actions: Sequence[int]) -> Fraction:
        chance = self.prior[_place(self.kinds, types)]
        return chance * self.number(player, _place(self.shape, [*types, *actions])) if chance else chance

    def paid(self, cell: Key) -> list[Fraction]:
        """Payoffs by player, weighted by the prior."""
        return [self._worth(i, *cell) for i in range(len(self.kinds))]

    def added(self, row: Row, cell: Key) -> Fraction:
        """What the lie ``row`` adds in ``cell``."""
        i, t, r, rule = row
        reports, actions = cell
        change = self._worth(i, _put(reports, i, t), _put(actions, i, rule[actions[i]])) if reports[i] == r else Fraction(0)
        return change - (self._worth(i, reports, actions) if reports[i] == t else 0)


class CountedTypes(Form):
    """Interchangeable players with private types; cells are (how many report each type, how many of them act)."""

    def __init__(self, game: Mapping[str, Any], coarse: bool) -> None:
        super().__init__(game)
        self.players: int = game["players"]
        self.prior = reals(game["prior"])
        kinds = len(self.prior)
        if any(len(v) != 2 * self.players for v in self.flat) or len(self.flat) != kinds or coarse:
            raise ValueError("the payoffs do not have the shape that is written")
        if min(self.prior) < 0 or abs(sum(self.prior) - 1) > (0 if self.exact else TOLERANCE):
            raise ValueError("the prior is no distribution")
        self.mass = lcm(*(p.denominator for p in self.prior))
        self.reports = {c: k for k, c in enumerate(vectors(self.players, kinds) if kinds > 1 else [(self.players,)])}
        self.heads, self.totals = [self.players], len(self.reports)
        rules = ((0, 1), (0, 0), (1, 1), (1, 0))
        self.rows = [row for row in product(range(kinds), range(kinds), rules) if row[0] != row[1] or row[2] != (0, 1)]

    def scale(self, row: Row) -> Fraction:
        """n prior_r, in the units of the row."""
        return self.mass * self.players * self.prior[row[1]]

    def total(self, cell: Key) -> int:
        """The reports."""
        return self.reports[cell[0]]

    def cells(self) -> Iterator[Key]:
        """All cells."""
        return ((c, m) for c in self.reports for m in product(*(range(k + 1) for k in c)))

    def key(self, part: Mapping[str, Any]) -> Key:
        """The cell that an entry of the device names."""
        c, m = tuple(part["reports"]), tuple(part["acting"])
        if c not in self.reports or not all(0 <= a <= k for a, k in zip(m, c, strict=True)):
            raise ValueError("the counts are not those of the players")
        return c, m

    def _value(self, kind: int, report: int, rule: Sequence[int], cell: Key) -> Fraction:
        c, m = cell
        chance = Fraction(factorial(self.players))
        for p, k in zip(self.prior, c):
            chance *= p**k / factorial(k)
        acting, parts = sum(m), Fraction(0)
        if m[report]:
            parts += m[report] * self.number(kind, rule[1] * self.players + acting - 1)
        if c[report] > m[report]:
            parts += (c[report] - m[report]) * self.number(kind, rule[0] * self.players + acting)
        return chance * parts

    def paid(self, cell: Key) -> list[Fraction]:
        """What all players get together, weighted by the probability of the reports."""
        return [sum((self._value(t, t, (0, 1), cell) for t in range(len(self.prior))), start=Fraction(0))]

    def added(self, row: Row, cell: Key) -> Fraction:
        """What the lie ``row`` adds in ``cell``."""
        t, r, rule = row
        lie, truth = self._value(t, r, rule, cell), self._value(t, t, (0, 1), cell)
        return self.mass * (self.prior[t] * lie - self.prior[r] * truth)


FORMS: dict[str, type[Profiles] | type[Counts] | type[Types] | type[CountedTypes]] = {
    "profiles": Profiles,
    "counts": Counts,
    "types": Types,
    "counted-types": CountedTypes,
}
