"""The part of the checker for decompositions: each is recognised by what defines it, in rational arithmetic.

A component is not recomputed by the solver's formula but tested: sums, constancy, zero averages, orthogonality, gains equal
to differences of the potential, flows that balance. The defining properties admit one decomposition only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from itertools import combinations, product
from typing import Any

from ...games.message import say
from .reread import Claims, real, reals
from .values import efficiency_claims, selfishness_claims, value_claims

Profile = tuple[int, ...]
Values = dict[Profile, Fraction]


class Payoffs:
    """``u[i][profile]`` of a certificate's game, read once."""

    def __init__(self, game: Mapping[str, Any]) -> None:
        self.shape: list[int] = [int(k) for k in game["shape"]]
        self.players = range(len(self.shape))
        self.profiles: list[Profile] = list(product(*map(range, self.shape)))
        denominator = int(game["denominator"])
        if denominator <= 0 or len(game["payoffs"]) != len(self.shape) or len(game["players"]) != len(self.shape) or min(self.shape) < 1:
            raise ValueError("the game is not well-formed")
        self.u = [{a: x / denominator for a, x in self.read(values).items()} for values in game["payoffs"]]
        self.W = {a: sum((u[a] for u in self.u), start=Fraction(0)) for a in self.profiles}

    def read(self, values: Any) -> Values:
        """A table of one number a profile."""
        flat = _flat(values, self.shape)
        if any(isinstance(x, float) for x in flat):
            raise TypeError("a decomposition is certified in exact numbers")
        return dict(zip(self.profiles, reals(flat), strict=True))

    def all(self, tables: Sequence[Any]) -> list[Values]:
        """One table a player."""
        if len(tables) != len(self.shape):
            raise ValueError("not one table a player")
        return [self.read(values) for values in tables]

    def fibre(self, i: int, a: Profile) -> list[Profile]:
        """The profiles that player i alone can turn ``a`` into, ``a`` among them."""
        return [(*a[:i], b, *a[i + 1 :]) for b in range(self.shape[i])]

    @cached_property
    def fibres(self) -> list[list[list[Profile]]]:
        """By player, the sets of profiles within which it chooses."""
        return [[self.fibre(i, a) for a in self.profiles if a[i] == 0] for i in self.players]

    def deviations(self) -> Iterable[tuple[int, Profile, Profile]]:
        """Player, profile, and another that the player can turn it into."""
        return ((i, a, b) for i in self.players for fibre in self.fibres[i] for a in fibre for b in fibre if a != b)

    @cached_property
    def equilibria(self) -> set[Profile]:
        """The pure equilibria."""
        return set(self.profiles) - {a for i, a, b in self.deviations() if self.u[i][b] > self.u[i][a]}

    def constant(self, i: int, values: Values) -> bool:
        """Whether ``values`` does not depend on player i's action."""
        return all(len({values[a] for a in fibre}) == 1 for fibre in self.fibres[i])

    def centred(self, i: int, values: Values) -> bool:
        """Whether ``values`` averages 0 over player i's actions."""
        return all(sum(values[a] for a in fibre) == 0 for fibre in self.fibres[i])

    def is_potential(self, P: Values, tables: Sequence[Values]) -> bool:
        """Whether every deviation changes P as it changes the deviator's entry of ``tables``."""
        return all(self.constant(i, {a: u[a] - P[a] for a in self.profiles}) for i, u in enumerate(tables))


def _flat(values: Any, shape: Sequence[int]) -> list[Any]:
    if not isinstance(values, list) or len(values) != shape[0]:
        raise ValueError("a table does not have the shape of the game")
    return list(values) if len(shape) == 1 else [x for part in values for x in _flat(part, shape[1:])]


def decomposition_claims(certificate: Mapping[str, Any]) -> Claims:
    """Every claim of a certificate about a decomposition."""
    game = Payoffs(certificate["game"])
    yield from _potential_claims(certificate, game)
    yield from _path_claims(certificate["paths"], game)
    yield from _component_claims(certificate, game)
    yield from _flow_claims(certificate["flow"], game)
    yield say("the conflict share over all profiles"), real(certificate["conflict_share"]) == _conflict(game)
    if certificate["value"] is not None:
        yield from value_claims(certificate["value"], game)
    yield from selfishness_claims(certificate["selfishness"], game)
    yield from efficiency_claims(certificate["efficiency"], game)


def _potential_claims(certificate: Mapping[str, Any], game: Payoffs) -> Claims:
    if certificate["potential"] is not None:
        P = game.read(certificate["potential"])
        yield say("every deviation changes the potential by what the deviator gains"), game.is_potential(P, game.u)
        yield say("the potential is 0 at the first actions"), P[(0,) * len(game.shape)] == 0
        return
    cycle = certificate["cycle"]
    (i, j), (x, y), start = cycle["players"], cycle["actions"], tuple(cycle["profile"])
    gains = Fraction(0)
    a = start
    for player, action in ((i, x), (j, y), (i, start[i]), (j, start[j])):
        b = (*a[:player], action, *a[player + 1 :])
        gains += game.u[player][b] - game.u[player][a]
        a = b
    holds = i != j and a == start and gains == real(cycle["sum"]) != 0
    yield say("gains around the cycle do not sum to zero, so there is no exact potential"), holds
    if certificate["weighted"] is not None:
        weights, P = reals(certificate["weighted"]["weights"]), game.read(certificate["weighted"]["values"])
        weighed = [{a: u[a] / w for a in game.profiles} for u, w in zip(game.u, weights, strict=True)]
        yield say("weights are positive, and the weighted potential fits"), min(weights) > 0 and game.is_potential(P, weighed)
    else:
        yield say("there is no weighted potential"), not _has_weights(game)


def _has_weights(game: Payoffs) -> bool:
    """Whether some positive weights leave no cycle of two players' deviations whose weighed gains do not sum to zero."""
    first = (0,) * len(game.shape)

    def together(i: int, j: int, k: int) -> Values:
        """What the actions of i and j do together to k's payoff, from their first actions."""
        u = game.u[k]

        def back(a: Profile, *players: int) -> Profile:
            return tuple(first[p] if p in players else x for p, x in enumerate(a))

        return {a: u[a] - u[back(a, i)] - u[back(a, j)] + u[back(a, i, j)] for a in game.profiles}

    pairs = {(i, j): (together(i, j, i), together(i, j, j)) for i, j in combinations(game.players, 2)}
    weights: dict[int, Fraction] = {}
    for start in game.players:
        weights.setdefault(start, Fraction(1))
        waiting = [start]
        while waiting:
            k = waiting.pop()
            for (i, j), (mine, theirs) in pairs.items():
                other = j if k == i else i
                where = next((a for a in game.profiles if mine[a] and theirs[a]), None)
                if k in (i, j) and other not in weights and where is not None:
                    ratio = theirs[where] / mine[where] if k == i else mine[where] / theirs[where]
                    weights[other] = weights[k] * ratio
                    waiting.append(other)
    fits = all(mine[a] * weights[j] == theirs[a] * weights[i] for (i, j), (mine, theirs) in pairs.items() for a in game.profiles)
    return fits and min(weights.values()) > 0


def _path_claims(paths: Mapping[str, Any], game: Payoffs) -> Claims:
    better = [(a, b) for i, a, b in game.deviations() if game.u[i][b] > game.u[i][a]]
    if paths["finite"] is not None:
        yield say("whether every improvement path ends"), paths["finite"] == (not _has_cycle(better, game.profiles))
    if paths["weakly"] is not None:
        everywhere = len(_backwards(better, game.equilibria)) == len(game.profiles)
        yield say("whether some improvement path leads to an equilibrium from everywhere"), paths["weakly"] == everywhere
    if paths["ordinal"] is not None:
        same = [(a, b) for i, a, b in game.deviations() if game.u[i][b] == game.u[i][a]]
        yield say("whether an ordinal potential exists"), paths["ordinal"] == (not _cycle_through(better, same, game.profiles))


def _backwards(edges: Iterable[tuple[Profile, Profile]], ends: Iterable[Profile]) -> set[Profile]:
    """The profiles from which ``edges`` lead into ``ends``."""
    into: dict[Profile, list[Profile]] = {}
    for a, b in edges:
        into.setdefault(b, []).append(a)
    reached, waiting = set(ends), list(ends)
    while waiting:
        for a in into.get(waiting.pop(), ()):
            if a not in reached:
                reached.add(a)
                waiting.append(a)
    return reached


def _has_cycle(edges: Sequence[tuple[Any, Any]], nodes: Iterable[Any]) -> bool:
    """Whether ``edges`` go round somewhere: nodes without an incoming edge are taken away until none is left."""
    out: dict[Any, list[Any]] = {}
    incoming = dict.fromkeys(nodes, 0)
    for a, b in edges:
        out.setdefault(a, []).append(b)
        incoming[b] += 1
    free = [a for a, count in incoming.items() if count == 0]
    taken = 0
    while free:
        taken += 1
        for b in out.get(free.pop(), ()):
            incoming[b] -= 1
            if incoming[b] == 0:
                free.append(b)
    return taken < len(incoming)


def _cycle_through(better: Sequence[tuple[Profile, Profile]], same: Sequence[tuple[Profile, Profile]], nodes: Iterable[Profile]) -> bool:
    """Whether a cycle of ``better`` and ``same`` has a ``better`` step. ``same`` goes both ways, so what it joins is one node."""
    root: dict[Profile, Profile] = {}
    neighbours: dict[Profile, list[Profile]] = {}
    for a, b in same:
        neighbours.setdefault(a, []).append(b)
    for a in nodes:
        if a not in root:
            waiting = [a]
            while waiting:
                b = waiting.pop()
                if b not in root:
                    root[b] = a
                    waiting += neighbours.get(b, ())
    return _has_cycle([(root[a], root[b]) for a, b in better], set(root.values()))


def _component_claims(certificate: Mapping[str, Any], game: Payoffs) -> Claims:
    names = ("nonstrategic", "zero_sum", "identical_interest", "potential")
    E, Z, I, B = (game.all(certificate["components"][name]) for name in names)
    N, all_of = game.players, game.profiles
    adds_up = all(E[i][a] + Z[i][a] + I[i][a] + B[i][a] == game.u[i][a] for i in N for a in all_of)
    yield say("the four components sum to the payoffs"), adds_up
    yield say("the nonstrategic part does not depend on own actions"), all(game.constant(i, E[i]) for i in N)
    strategic = all(game.centred(i, part[i]) for part in (Z, I, B) for i in N)
    yield say("the other parts average zero over own actions"), strategic
    yield say("the zero-sum part sums to zero"), all(sum(Z[i][a] for i in N) == 0 for a in all_of)
    common = all(I[i] == I[0] for i in N) and all(game.centred(i, I[0]) for i in N)
    yield say("the identical-interest part is the same for all and averages zero over everybody's actions"), common
    yield say("the last part is a potential game without joint interaction of all"), _is_potential_equivalent(B, game)
    parts = dict(zip(names, (E, Z, I, B)))
    yield say("the components are orthogonal"), all(_dot(x, y, game) == 0 for x, y in combinations(parts.values(), 2))
    norms = {name: _dot(x, x, game) for name, x in parts.items()}
    yield say("their squared norms"), norms == {name: real(x) for name, x in certificate["norms"].items()}
    whole = norms["zero_sum"] + norms["identical_interest"] + norms["potential"]
    yield say("the zero-sum share of what is strategic"), real(certificate["zeta"]) == (norms["zero_sum"] / whole if whole else 0)


def _dot(x: Sequence[Values], y: Sequence[Values], game: Payoffs) -> Fraction:
    return sum((x[i][a] * y[i][a] for i in game.players for a in game.profiles), start=Fraction(0))


def _is_potential_equivalent(B: Sequence[Values], game: Payoffs) -> bool:
    """Whether B has an exact potential, and no player's entry an interaction of all players at once."""
    P: Values = {}
    for a in game.profiles:  # the last move on the way from the first actions
        i = next((i for i in reversed(game.players) if a[i]), None)
        b = a if i is None else (*a[:i], 0, *a[i + 1 :])
        P[a] = Fraction(0) if i is None else P[b] + B[i][a] - B[i][b]
    return game.is_potential(P, B) and all(not any(_all_centred(values, game).values()) for values in B)


def _all_centred(values: Values, game: Payoffs) -> Values:
    for i in game.players:
        values = _less_average(values, i, game)
    return values


def _less_average(values: Values, i: int, game: Payoffs) -> Values:
    result: Values = {}
    for fibre in game.fibres[i]:
        mean = sum((values[a] for a in fibre), start=Fraction(0)) / len(fibre)
        result |= {a: values[a] - mean for a in fibre}
    return result


def _flow_claims(flow: Mapping[str, Any], game: Payoffs) -> Claims:
    phi, H, E = game.read(flow["phi"]), game.all(flow["harmonic"]), game.all(flow["nonstrategic"])
    N = game.players
    yield (
        say("the nonstrategic part is the average over own actions"),
        all(game.constant(i, E[i]) and game.centred(i, {a: game.u[i][a] - E[i][a] for a in game.profiles}) for i in N),
    )
    rest = [{a: game.u[i][a] - E[i][a] - H[i][a] for a in game.profiles} for i in N]
    fits = game.is_potential(phi, rest) and all(game.centred(i, H[i]) for i in N)
    yield say("what is neither nonstrategic nor harmonic has the potential that is written"), fits and sum(phi.values()) == 0
    balanced = all(sum(k * H[i][a] for i, k in enumerate(game.shape)) == 0 for a in game.profiles)
    yield say("the harmonic flow balances in every profile"), balanced
    own = {"flow2": game.u, "potential2": [phi] * len(game.shape), "harmonic2": H}
    squares = {name: _squares(tables, game) for name, tables in own.items()}
    yield say("the squared flows"), squares == {name: real(flow[name]) for name in squares}
    share = squares["harmonic2"] / squares["flow2"] if squares["flow2"] else 0
    yield say("the harmonic share"), real(flow["harmonic_share"]) == share
    distance = max((H[i][b] - H[i][a] for i, a, b in game.deviations()), default=Fraction(0))
    yield say("the distance to the potential game"), real(flow["distance"]) == distance
    summit = tuple(flow["summit"])
    regret = max(game.u[i][b] - game.u[i][summit] for i in N for b in game.fibre(i, summit))
    yield say("the summit of the potential and its regret"), phi[summit] == max(phi.values()) and real(flow["summit_regret"]) == regret


def _squares(tables: Sequence[Values], game: Payoffs) -> Fraction:
    return sum(((tables[i][b] - tables[i][a]) ** 2 for i, a, b in game.deviations() if a < b), start=Fraction(0))


def _conflict(game: Payoffs) -> Fraction:
    n, cells = len(game.shape), len(game.profiles)

    def variance(values: Values) -> Fraction:
        mean = sum(values.values(), start=Fraction(0)) / cells
        return sum(((x - mean) ** 2 for x in values.values()), start=Fraction(0)) / cells

    spread = sum(map(variance, game.u), start=Fraction(0))
    return 1 - variance(game.W) / (n * spread) if spread else Fraction(0)
