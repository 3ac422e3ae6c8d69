"""The part of the checker for games in normal form: regrets, completeness by trying every profile, optimality by duality."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import permutations, product
from typing import Any

from ..games.message import Message, say
from .reread import TOLERANCE, real, reals

Claims = Iterator[tuple[Message, bool]]
Profile = tuple[int, ...]


class Table:
    """Payoffs as a certificate writes them: ``payoffs[i][a1]...[an]`` over one denominator."""

    def __init__(self, game: Mapping[str, Any]) -> None:
        self.shape: list[int] = game["shape"]
        self.players = range(len(self.shape))
        self.denominator = int(game["denominator"])
        self.flat = {i: _flatten(game["payoffs"][i], self.shape) for i in self.players}
        floats = any(isinstance(x, float) for values in self.flat.values() for x in values)
        self.slack = TOLERANCE * max((abs(real(x)) for v in self.flat.values() for x in v), default=Fraction(0)) if floats else Fraction(0)

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


def equilibria_claims(certificate: Mapping[str, Any]) -> Claims:
    """Every claim of a certificate about a game in normal form."""
    table = Table(certificate["game"])
    if certificate["concept"].startswith("correlated"):
        yield from _correlated(certificate, table)
        return
    profiles = [[reals(mix) for mix in entry["profile"]] for entry in certificate["equilibria"]]
    for entry, profile in zip(certificate["equilibria"], profiles):
        yield from _mixed(entry, profile, table)
    if certificate["complete"]:
        yield from _complete(certificate, profiles, table)


def _mixed(entry: Mapping[str, Any], profile: list[list[Fraction]], table: Table) -> Claims:
    shaped = [len(mix) for mix in profile] == table.shape
    loose = TOLERANCE if any(isinstance(p, float) for mix in entry["profile"] for p in mix) else Fraction(0)
    yield say("probabilities"), shaped and all(min(mix) >= 0 and abs(sum(mix) - 1) <= loose for mix in profile)
    support = [(a, _weight(profile, a)) for a in table.profiles() if _weight(profile, a)]
    payoffs = [sum(w * table.payoff(i, a) for a, w in support) for i in table.players]
    scale = max(table.slack, loose * (1 + max(map(abs, payoffs))))
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
    values = [Fraction(0)] * table.shape[player]
    for actions in table.profiles():
        weight = _weight(profile, actions, without=player)
        if weight:
            values[actions[player]] += weight * table.payoff(player, actions)
    return max(values)


def _complete(certificate: Mapping[str, Any], profiles: list[list[list[Fraction]]], table: Table) -> Claims:
    listed = {tuple(mix.index(Fraction(1)) for mix in profile) for profile in profiles if all(1 in mix for mix in profile)}
    if certificate["method"] == "strict-dominance":
        yield (
            say("iterated strict dominance leaves this profile alone"),
            _survivors(table) in [[[a] for a in profile] for profile in listed],
        )
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


def _put(profile: list[int], player: int, action: int) -> Profile:
    return (*profile[:player], action, *profile[player + 1 :])


def _correlated(certificate: Mapping[str, Any], table: Table) -> Claims:
    (entry,) = certificate["equilibria"]
    device = [(tuple(part["profile"]), real(part["probability"])) for part in entry["profile"]]
    loose = TOLERANCE if any(isinstance(part["probability"], float) for part in entry["profile"]) else Fraction(0)
    scale = max(table.slack, loose)
    yield say("a distribution over profiles"), all(p >= 0 for _, p in device) and abs(sum(p for _, p in device) - 1) <= loose
    payoffs = [sum((p * table.payoff(i, a) for a, p in device), start=Fraction(0)) for i in table.players]
    yield say("payoffs"), all(abs(real(x) - y) <= scale * (1 + abs(y)) for x, y in zip(entry["payoffs"], payoffs, strict=True))
    worst = max((g for i in table.players for g in _disobedience(table, device, i)), default=Fraction(0))
    yield say("regret"), abs(real(entry["regret"]) - worst) <= scale
    yield say("everybody is willing to follow"), worst <= max(scale, loose * 10**3)
    if certificate.get("proof"):
        yield say("welfare"), real(certificate["welfare"]) == sum(payoffs)
        yield say("no correlated equilibrium does better (dual weights)"), _bounded(certificate["proof"], table, payoffs)


def _disobedience(table: Table, device: list[tuple[Profile, Fraction]], player: int) -> list[Fraction]:
    """What ``player`` gains by answering each recommendation with each action."""
    gains: dict[tuple[int, int], Fraction] = {}
    for profile, p in device:
        for other in table.deviations(player, profile):
            key = (profile[player], other[player])
            gains[key] = gains.get(key, Fraction(0)) + p * (table.payoff(player, other) - table.payoff(player, profile))
    return list(gains.values())


def _bounded(proof: Mapping[str, Any], table: Table, payoffs: list[Fraction]) -> bool:
    """sign * sum_i z_i u_i(a) <= bound + sum_r y_r G_r(a) everywhere, z and y not negative, and the bound is attained."""
    sign, z, y, bound = int(proof["sign"]), reals(proof["players"]), reals(proof["obedience"]), real(proof["bound"])
    rows = [(i, told, other) for i in table.players for told, other in permutations(range(table.shape[i]), 2)]
    if min([*z, *y], default=Fraction(0)) < 0 or len(rows) != len(y) or abs(sign) != 1:
        return False
    for a in table.profiles():
        gain = sum(
            weight * (table.payoff(i, _put(list(a), i, other)) - table.payoff(i, a))
            for weight, (i, told, other) in zip(y, rows)
            if weight and a[i] == told
        )
        if sign * sum(w * table.payoff(i, a) for i, w in enumerate(z)) > bound + gain:
            return False
    return bound == sign * sum(z) * min(payoffs) if sum(z) == 1 and len(z) > 1 else bound == sign * sum(payoffs)
