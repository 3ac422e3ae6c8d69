"""The part of the checker for counted players: payoffs, regrets and orbits again, and that no equilibrium is missing.

Mixed equilibria of like players with two actions are found again in :mod:`.mixers`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product
from math import comb, prod
from typing import Any

from ...games.message import say
from .mixers import mixer_claims, whole
from .reread import TOLERANCE, Claims, real, reals

Counts = tuple[int, ...]
Group = tuple[int, int, list[Fraction]]  # role, players, strategy


class CountedTable:
    """Payoffs as a certificate writes them, by role, own action and the counts of the others."""

    def __init__(self, game: Mapping[str, Any]) -> None:
        self.roles: list[str] = list(game["roles"])
        self.players: list[int] = [int(n) for n in game["players"]]
        self.actions: list[int] = [int(k) for k in game["actions"]]
        self.denominator = int(game["denominator"])
        sizes = {len(part) for part in (self.roles, self.players, self.actions, game["payoffs"])}
        if self.denominator < 1 or min(self.players) < 1 or len(sizes) != 1:
            raise ValueError("the roles do not fit")
        self.values: list[dict[tuple[Any, ...], Fraction]] = []
        for r, k in enumerate(self.actions):
            spaces = [vectors(n - (s == r), kinds) for s, (n, kinds) in enumerate(zip(self.players, self.actions))]
            values: dict[tuple[Any, ...], Fraction] = {}
            if not _has_shape(game["payoffs"][r], [k, *map(len, spaces)]):
                raise ValueError("the payoffs do not have the shape that is written")
            for a in range(k):
                for place in product(*(range(len(space)) for space in spaces)):
                    entry = game["payoffs"][r][a]
                    for c in place:
                        entry = entry[c]
                    values[(a, *(space[c] for space, c in zip(spaces, place)))] = real(entry) / self.denominator
            self.values.append(values)
        self.size = max(abs(x) for values in self.values for x in values.values())

    def worth(self, role: int, groups: Sequence[Group]) -> list[Fraction]:
        """What each action of ``role`` is worth when the others act as ``groups``."""
        spreads: list[dict[Counts, Fraction]] = []
        for s, k in enumerate(self.actions):
            spread: dict[Counts, Fraction] = {(0,) * k: Fraction(1)}
            for r, m, mix in groups:
                if r == s and m:
                    spread = _joined(spread, _multinomial(m, mix))
            spreads.append(spread)
        result: list[Fraction] = []
        for a in range(self.actions[role]):
            total = Fraction(0)
            for parts in product(*(spread.items() for spread in spreads)):
                total += prod(p for _, p in parts) * self.values[role][(a, *(counts for counts, _ in parts))]
            result.append(total)
        return result


def _has_shape(values: Any, shape: Sequence[int]) -> bool:
    """Whether nested lists are an array of the ``shape``."""
    if not shape:
        return not isinstance(values, list)
    return isinstance(values, list) and len(values) == shape[0] and all(_has_shape(part, shape[1:]) for part in values)


def vectors(players: int, actions: int) -> list[Counts]:
    """All ways to spread, ordered by how many take actions 1, 2, ...; the rest take action 0."""
    ways = [c for c in product(range(players + 1), repeat=actions - 1) if sum(c) <= players]
    return [(players - sum(c), *c) for c in ways]


def _multinomial(m: int, mix: Sequence[Fraction]) -> dict[Counts, Fraction]:
    """The distribution of the counts of ``m`` players who mix alike."""
    used = [a for a, p in enumerate(mix) if p]
    result: dict[Counts, Fraction] = {}
    for counts in vectors(m, len(used)):
        weight, left = Fraction(1), m
        full = [0] * len(mix)
        for a, c in zip(used, counts):
            weight *= comb(left, c) * mix[a] ** c
            left -= c
            full[a] = c
        result[tuple(full)] = weight
    return result


def _joined(x: Mapping[Counts, Fraction], y: Mapping[Counts, Fraction]) -> dict[Counts, Fraction]:
    result: dict[Counts, Fraction] = {}
    for (c, p), (d, q) in product(x.items(), y.items()):
        key = tuple(i + j for i, j in zip(c, d))
        result[key] = result.get(key, Fraction(0)) + p * q
    return result


def counted_claims(certificate: Mapping[str, Any]) -> Claims:
    """Every claim of a certificate about counted players."""
    table, concept = CountedTable(certificate["game"]), certificate["concept"]
    yield say("the concept is known to the checker"), concept in ("pure", "nash", "symmetric")
    for entry in certificate["equilibria"]:
        yield from _entry(table, entry, concept)
    listed = [_key(table, entry) for entry in certificate["equilibria"]]
    yield say("no equilibrium is listed twice"), all(listed.count(key) == 1 for key in listed)
    for component in certificate["components"]:
        yield say("a continuum consists of equilibria"), _is_continuum(table, component)
    if certificate["complete"]:
        if concept == "pure":
            pure = [_orderly([(r, m, a) for r, c in enumerate(counts) for a, m in enumerate(c)]) for counts in _pure(table)]
            given = [_orderly([(r, m, mix.index(Fraction(1))) for r, m, mix in _groups(table, e)]) for e in certificate["equilibria"]]
            yield say("no other pure profile is an equilibrium"), sorted(pure) == sorted(given)
        else:
            binary = concept == "nash" and table.actions == [2]
            yield say("all equilibria are claimed only where the checker can find them again"), binary
            if binary:
                yield from mixer_claims(_gain(table), certificate)


def _gain(table: CountedTable) -> list[Fraction]:
    """What the second of two actions gains, by how many others take it."""
    n, values = table.players[0], table.values[0]
    return [values[(1, (n - 1 - j, j))] - values[(0, (n - 1 - j, j))] for j in range(n)]


def _groups(table: CountedTable, entry: Mapping[str, Any]) -> list[Group]:
    return [(table.roles.index(g["role"]), int(g["players"]), whole(g["strategy"])) for g in entry["profile"]]


def _key(table: CountedTable, entry: Mapping[str, Any]) -> list[Any]:
    return sorted((r, m, tuple(mix)) for r, m, mix in _groups(table, entry))


def _orderly(groups: Sequence[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    return sorted((r, a, m) for r, m, a in groups if m)


def _entry(table: CountedTable, entry: Mapping[str, Any], concept: str) -> Claims:
    groups = _groups(table, entry)
    loose = TOLERANCE if any(isinstance(p, float) for g in entry["profile"] for p in g["strategy"]) else Fraction(0)
    sizes = [sum(m for r, m, _ in groups if r == s) for s in range(len(table.roles))]
    written = all(abs(sum(reals(g["strategy"])) - 1) <= loose for g in entry["profile"])
    shaped = all(len(mix) == table.actions[r] and m >= 1 and min(mix) >= 0 and sum(mix) == 1 for r, m, mix in groups)
    yield say("probabilities"), shaped and written
    yield say("every player is in one group"), sizes == table.players
    if concept == "pure":
        yield say("the profile is pure"), all(1 in mix for _, _, mix in groups)
    if concept == "symmetric":
        yield say("all act alike"), len(groups) == len(table.roles)
    orbit = prod(multinomial([m for r, m, _ in groups if r == s]) for s in range(len(table.roles)))
    yield say("how many profiles it stands for"), entry["orbit_size"] == orbit
    payoffs: list[Fraction] = []
    regret = Fraction(0)
    for i, (r, _, mix) in enumerate(groups):
        values = table.worth(r, [(s, m - (i == j), other) for j, (s, m, other) in enumerate(groups)])
        payoffs.append(sum((p * v for p, v in zip(mix, values)), start=Fraction(0)))
        regret = max(regret, max(values) - payoffs[-1])
    scale = loose * table.size
    rounded = TOLERANCE * table.size  # of figures in floats, though the probabilities may be exact
    pairs = [(real(x), y, rounded if isinstance(x, float) else scale) for x, y in zip(entry["payoffs"], payoffs, strict=True)]
    yield say("payoffs"), all(abs(x - y) <= room for x, y, room in pairs)
    yield say("regret"), regret <= real(entry["regret"]) <= regret + (rounded if isinstance(entry["regret"], float) else scale)
    yield say("nobody gains by deviating"), regret <= scale


def multinomial(sizes: Sequence[int]) -> int:
    """In how many ways players can be put into groups of such sizes."""
    return prod(comb(sum(sizes[: i + 1]), m) for i, m in enumerate(sizes))


def _is_continuum(table: CountedTable, component: Mapping[str, Any]) -> bool:
    """Whether every profile of a continuum is an equilibrium: it suffices to try a grid that determines the polynomials' signs.

    The free players' probabilities enter the gains one by one (multilinearly), so the corners 0 and 1 decide; with two actions.
    """
    if table.actions != [2]:
        return False
    if "alike" in component:  # all mix alike, as they please
        return component["fixed"] == [] and int(component["alike"]["players"]) == table.players[0] and not any(_gain(table))
    fixed, free = _groups(table, {"profile": component["fixed"]}), int(component["free"]["players"])
    proper = all(m >= 1 and len(mix) == 2 and min(mix) >= 0 and sum(mix) == 1 for _, m, mix in fixed)
    if not proper or free < 1 or sum(m for _, m, _ in fixed) + free != table.players[0]:
        return False
    for ones in range(free + 1):
        corner = [*fixed, (0, free - ones, [Fraction(1), Fraction(0)]), (0, ones, [Fraction(0), Fraction(1)])]
        for i, (_, m, mix) in enumerate(corner):
            values = table.worth(0, [(s, size - (i == j), other) for j, (s, size, other) in enumerate(corner)]) if m else [Fraction(0)] * 2
            if max(values) > sum(p * v for p, v in zip(mix, values)):
                return False
    return True


def _pure(table: CountedTable) -> Iterator[tuple[Counts, ...]]:
    """The pure equilibria, by trying all counts."""
    for counts in product(*(vectors(n, k) for n, k in zip(table.players, table.actions))):
        if all(_stays(table, counts, r, a) for r, taken in enumerate(counts) for a, m in enumerate(taken) if m):
            yield counts


def _stays(table: CountedTable, counts: Sequence[Counts], role: int, action: int) -> bool:
    seen = [tuple(m - (s == role and a == action) for a, m in enumerate(taken)) for s, taken in enumerate(counts)]
    values = [table.values[role][(a, *seen)] for a in range(table.actions[role])]
    return max(values) == values[action]
