"""The part of the checker for games in normal form: regrets, completeness by trying every profile, optimality by duality."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import permutations, product
from math import prod
from typing import Any, Protocol

from ...games.message import say
from .reread import TOLERANCE, Claims, real, reals

SOLVER_TOLERANCE = Fraction(1, 10**6)  # of the largest payoff, to which HiGHS meets constraints, with room
PROVABLE = 60_000  # obedience constraints x profiles
Profile = tuple[int, ...]


class Table:
    """Payoffs as a certificate writes them: ``payoffs[i][a1]...[an]`` over one denominator."""

    def __init__(self, game: Mapping[str, Any]) -> None:
        self.shape: list[int] = game["shape"]
        self.players = range(len(self.shape))
        if not len(game["payoffs"]) == len(game["players"]) == len(self.shape):
            raise ValueError("the payoffs do not have the shape that is written")
        self.denominator = int(game["denominator"])
        self.flat = {i: _flatten(game["payoffs"][i], self.shape) for i in self.players}
        floats = any(isinstance(x, float) for values in self.flat.values() for x in values)
        self.size = max((abs(real(x)) for v in self.flat.values() for x in v), default=Fraction(0)) / abs(self.denominator)
        self.exact = not floats
        self.slack = TOLERANCE * self.size if floats else Fraction(0)

    def payoff(self, player: int, profile: Profile) -> Fraction:
        """What ``player`` gets in a pure profile."""
        index = 0
        for action, size in zip(profile, self.shape, strict=True):
            index = index * size + action
        return real(self.flat[player][index]) / self.denominator

    def profiles(self) -> Iterator[Profile]:
        """All pure profiles."""
        return product(*map(range, self.shape))

    def deviations(self, player: int, profile: Profile) -> Iterator[Profile]:
        """The profiles that ``player`` alone can turn ``profile`` into."""
        return ((*profile[:player], a, *profile[player + 1 :]) for a in range(self.shape[player]))


def _flatten(values: Any, shape: Sequence[int]) -> list[Any]:
    if len(values) != shape[0]:
        raise ValueError("the payoffs do not have the shape that is written")
    return list(values) if len(shape) == 1 else [x for part in values for x in _flatten(part, shape[1:])]


_CORRELATED = {  # objective and sense of every concept that a device can be best for
    "correlated (max welfare)": (False, 1),
    "correlated (min welfare)": (False, -1),
    "correlated (max maximin)": (True, 1),
}


def equilibria_claims(certificate: Mapping[str, Any]) -> Claims:
    """Every claim of a certificate about a game in normal form."""
    table, concept = Table(certificate["game"]), certificate["concept"]
    yield say("the concept is known to the checker"), concept in ("pure", "nash", *_CORRELATED)
    if concept in _CORRELATED:
        yield from _correlated(certificate, table, *_CORRELATED[concept])
        return
    profiles = [[reals(mix) for mix in entry["profile"]] for entry in certificate["equilibria"]]
    for entry, profile in zip(certificate["equilibria"], profiles):
        if concept == "pure":
            yield say("the profile is pure"), all(1 in mix for mix in profile)
        yield from _mixed(entry, profile, table)
    if certificate["complete"]:
        yield from _complete(certificate, profiles, table)


def _mixed(entry: Mapping[str, Any], profile: list[list[Fraction]], table: Table) -> Claims:
    shaped = [len(mix) for mix in profile] == table.shape
    loose = TOLERANCE if any(isinstance(p, float) for mix in entry["profile"] for p in mix) else Fraction(0)
    yield say("probabilities"), shaped and all(min(mix) >= 0 and abs(sum(mix) - 1) <= loose for mix in profile)
    support = [(a, _weight(profile, a)) for a in product(*([k for k, p in enumerate(mix) if p] for mix in profile))]
    payoffs = [sum(w * table.payoff(i, a) for a, w in support) for i in table.players]
    scale = max(table.slack, loose * table.size)
    yield say("payoffs"), all(abs(real(x) - y) <= scale for x, y in zip(entry["payoffs"], payoffs, strict=True))
    regret = max(_best_reply(table, profile, i) - payoffs[i] for i in table.players)
    yield say("regret"), abs(real(entry["regret"]) - regret) <= scale
    yield say("nobody gains by deviating"), regret <= scale


def _weight(profile: list[list[Fraction]], actions: Profile, without: int = -1) -> Fraction:
    weight = Fraction(1)
    for i, a in enumerate(actions):
        if i != without:
            weight *= profile[i][a]
    return weight


def _best_reply(table: Table, profile: list[list[Fraction]], player: int) -> Fraction:
    """The most ``player`` can get against what the others play."""
    supports = [range(table.shape[i]) if i == player else [k for k, p in enumerate(mix) if p] for i, mix in enumerate(profile)]
    values = [Fraction(0)] * table.shape[player]
    for actions in product(*supports):
        values[actions[player]] += _weight(profile, actions, without=player) * table.payoff(player, actions)
    return max(values)


def _complete(certificate: Mapping[str, Any], profiles: list[list[list[Fraction]]], table: Table) -> Claims:
    listed = {tuple(mix.index(Fraction(1)) for mix in profile) for profile in profiles if all(1 in mix for mix in profile)}
    if certificate["method"] == "strict-dominance":
        yield (
            say("iterated strict dominance leaves this profile alone"),
            _survivors(table) in [[[a] for a in profile] for profile in listed],
        )
    elif certificate["concept"] == "nash":
        yield say("mixed equilibria are claimed to be all only by strict dominance"), False
    else:
        pure = {a for a in table.profiles() if _is_equilibrium(table, a)}
        yield say("no other pure profile is an equilibrium"), pure == listed


def _is_equilibrium(table: Table, profile: Profile) -> bool:
    return all(table.payoff(i, b) <= table.payoff(i, profile) + table.slack for i in table.players for b in table.deviations(i, profile))


def _survivors(table: Table) -> list[list[int]]:
    alive = [list(range(k)) for k in table.shape]
    while True:
        lost = next(((i, a) for i in table.players for a, b in permutations(alive[i], 2) if _beats(table, alive, i, b, a)), None)
        if lost is None:
            return alive
        alive[lost[0]].remove(lost[1])


def _beats(table: Table, alive: list[list[int]], player: int, better: int, worse: int) -> bool:
    others = [[0] if i == player else actions for i, actions in enumerate(alive)]
    cases = [list(a) for a in product(*others)]
    return all(table.payoff(player, _put(a, player, better)) > table.payoff(player, _put(a, player, worse)) for a in cases)


def _put(profile: Sequence[int], player: int, action: int) -> Profile:
    return (*profile[:player], action, *profile[player + 1 :])


class Payoffs(Protocol):
    """A game as the checks of advice need it."""

    shape: list[int]
    players: range
    size: Fraction
    slack: Fraction

    def payoff(self, player: int, profile: Profile) -> Fraction:
        """What ``player`` gets in a pure profile."""
        ...

    def profiles(self) -> Iterator[Profile]:
        """All pure profiles."""
        ...


Device = list[tuple[Profile, Fraction]]


def _correlated(certificate: Mapping[str, Any], table: Table, maximin: bool, sign: int) -> Claims:
    (entry,) = certificate["equilibria"]
    device = [(tuple(part["profile"]), real(part["probability"])) for part in entry["profile"]]
    floats = any(isinstance(part["probability"], float) for part in entry["profile"])
    loose = TOLERANCE if floats else Fraction(0)
    scale = max(table.slack, loose * table.size)
    yield say("a distribution over profiles"), all(p >= 0 for _, p in device) and abs(sum(p for _, p in device) - 1) <= loose
    payoffs = [sum((p * table.payoff(i, a) for a, p in device), start=Fraction(0)) for i in table.players]
    yield say("payoffs"), all(abs(real(x) - y) <= scale for x, y in zip(entry["payoffs"], payoffs, strict=True))
    worst = max((g for i in table.players for g in disobedience(table, device, i)), default=Fraction(0))
    yield say("regret"), abs(real(entry["regret"]) - worst) <= scale
    proof = certificate.get("proof")
    yield say("everybody is willing to follow"), obedient(table, device, exactly=bool(proof))
    proved = bool(proof) or not (certificate["complete"] or provable(table.shape, table.exact))
    yield say("the best is claimed only with its proof"), proved
    yield say("welfare"), abs(real(certificate["welfare"]) - sum(payoffs)) <= scale * len(payoffs)
    if proof:
        value = min(payoffs) if maximin else sum(payoffs, start=Fraction(0))
        right = int(proof["sign"]) == sign and dual_bound(proof, table, sign * value, maximin)
        yield say("no correlated equilibrium does better (dual weights)"), right


def disobedience(table: Payoffs, device: Device, player: int) -> list[Fraction]:
    """What ``player`` gains by answering each recommendation with each action."""
    gains: dict[tuple[int, int], Fraction] = {}
    for profile, p in device:
        now = table.payoff(player, profile)
        for other in range(table.shape[player]):
            key = (profile[player], other)
            gains[key] = gains.get(key, Fraction(0)) + p * (table.payoff(player, _put(profile, player, other)) - now)
    return list(gains.values())


def obedient(table: Payoffs, device: Device, exactly: bool) -> bool:
    """Whether following pays for everybody: exactly, or up to what a solver in floats can tell."""
    loose = max(table.slack, Fraction(0) if exactly else SOLVER_TOLERANCE * table.size)
    return all(gain <= loose for i in table.players for gain in disobedience(table, device, i))


def provable(shape: Sequence[int], exact: bool) -> bool:
    """Whether a correlated equilibrium of such a game is small enough to be solved, and so proved, in exact arithmetic."""
    return exact and sum(k * (k - 1) for k in shape) * prod(shape) <= PROVABLE


def dual_bound(proof: Mapping[str, Any], table: Payoffs, value: Fraction, maximin: bool) -> bool:
    """sign * sum_i z_i u_i(a) <= bound + sum_r y_r G_r(a) in every profile, z and y not negative, and ``value`` is the bound.

    z weighs players by shares for the maximin, all by 1 for welfare; r runs over (player, told, other), G_r over gains.
    """
    sign, z, y, bound = int(proof["sign"]), reals(proof["players"]), reals(proof["obedience"]), real(proof["bound"])
    rows = [(i, told, other) for i in table.players for told, other in permutations(range(table.shape[i]), 2)]
    weights = sum(z) == 1 and min(z) >= 0 if maximin else z == [Fraction(1)] * len(table.shape)
    if not weights or len(z) != len(table.shape) or min(y, default=Fraction(0)) < 0 or len(rows) != len(y) or abs(sign) != 1:
        return False
    used = [(weight, row) for weight, row in zip(y, rows) if weight]
    for a in table.profiles():
        gain = sum(w * (table.payoff(i, _put(a, i, other)) - table.payoff(i, a)) for w, (i, told, other) in used if a[i] == told)
        if sign * sum(w * table.payoff(i, a) for i, w in enumerate(z) if w) > bound + gain:
            return False
    return bound == value
