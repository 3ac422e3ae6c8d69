"""The part of the checker for quantal responses: every profile answers itself, and, where claimed, there is no other.

Worths are recomputed in fractions from the probabilities as they are written; the exponentials of the logit are floats.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import combinations, pairwise, permutations, product
from math import exp, factorial, log, prod
from typing import Any

from ...games.message import say
from .reread import TOLERANCE, Claims, real, reals

CLOSE = 1e-9  # how far a probability may be from the logit answer to the profile
Counts = tuple[int, ...]


class Counted:
    """A game as the certificate writes it: for role r its payoffs by own action and by how the others of every role spread.

    A normal form is the case of one player a role, except that a player's own role has no axis of its own.
    """

    def __init__(self, game: Mapping[str, Any]) -> None:
        self.players: list[int] = game["players"]
        self.actions: list[int] = game["actions"]
        self.counted: bool = game["counted"]
        self.roles = range(len(self.players))
        self.denominator = int(game["denominator"])
        self.flat = [[real(x) / self.denominator for x in _flatten(values)] for values in game["payoffs"]]
        if len(self.actions) != len(self.players) or len(self.flat) != len(self.players) or min(self.players) < 1:
            raise ValueError("players, actions and payoffs do not fit")
        for r in self.roles:
            if len(self.flat[r]) != self.actions[r] * prod(len(self.spreads(r, s)) for s in self.roles):
                raise ValueError("the payoffs do not have the shape that is written")
        self.size = max((abs(x) for values in self.flat for x in values), default=Fraction(0))

    def spreads(self, r: int, s: int) -> list[Counts]:
        """How the others of role s can spread, seen by a player of role r; in the order of the table."""
        return list(_ways(self.players[s] - (r == s), self.actions[s]))

    def payoffs(self, r: int) -> Iterator[tuple[int, tuple[Counts, ...], Fraction]]:
        """Own action, spreads of the others by role, payoff."""
        if self.counted:
            places = product(*(self.spreads(r, s) for s in self.roles))
            keys = ((own, others) for own, others in product(range(self.actions[r]), places))
            for (own, others), value in zip(keys, self.flat[r], strict=True):
                yield own, others, value
            return
        for profile, value in zip(product(*map(range, self.actions)), self.flat[r], strict=True):
            others = [tuple(int(b == a and s != r) for b in range(self.actions[s])) for s, a in enumerate(profile)]
            yield profile[r], tuple(others), value

    def worths(self, r: int, profile: list[list[Fraction]]) -> list[Fraction]:
        """What each action of a player of role r is worth when all others mix as in ``profile``."""
        chances = [{c: _chance(c, profile[s]) for c in self.spreads(r, s)} for s in self.roles]
        result = [Fraction(0)] * self.actions[r]
        for own, others, value in self.payoffs(r):
            result[own] += value * prod(chances[s][c] for s, c in enumerate(others))
        return result

    def influence(self) -> Fraction:
        """The largest sum, over the others of a player, of the most that each can change the player's gain from one action to another."""
        worst = Fraction(0)
        for r in self.roles:
            table = {(own, others): value for own, others, value in self.payoffs(r)}
            spreads = [others for own, others in table if own == 0]
            for a, b in combinations(range(self.actions[r]), 2):
                gain = {others: table[b, others] - table[a, others] for others in spreads}
                total = Fraction(0)
                for s in self.roles:
                    most = max((abs(gain[c] - gain[moved]) for c in spreads for moved in _moved(c, s)), default=Fraction(0))
                    total += (self.players[s] - (r == s)) * most
                worst = max(worst, total)
        return worst


def quantal_claims(certificate: Mapping[str, Any]) -> Claims:
    """Every claim of a certificate of quantal responses."""
    game, rationality = Counted(certificate["game"]), real(certificate["rationality"])
    yield say("rationality is not negative"), rationality >= 0
    found = certificate["equilibria"]
    profiles = [[reals(mix) for mix in entry["profile"]] for entry in found]
    for entry, profile in zip(found, profiles):
        yield from _answers_itself(game, rationality, entry, profile)
    yield say("no equilibrium is listed twice"), all(profiles.count(profile) == 1 for profile in profiles)
    if certificate["complete"]:
        yield (
            say("one quantal response is listed, and the response contracts, so that there is no other"),
            (len(found) == 1 and rationality * game.influence() < 4),
        )
    if certificate["alike"]:
        yield say("the sign changes allow no other at which like players answer alike"), _no_other(game, rationality, profiles)


def _answers_itself(game: Counted, rationality: Fraction, entry: Mapping[str, Any], profile: list[list[Fraction]]) -> Claims:
    shaped = [len(mix) for mix in profile] == list(game.actions)
    yield say("probabilities"), shaped and all(min(mix) >= 0 and abs(sum(mix) - 1) <= TOLERANCE for mix in profile)
    if not shaped:
        return
    worths = [game.worths(r, profile) for r in game.roles]
    close, slack = True, TOLERANCE * game.size
    for mix, values in zip(profile, worths):
        best = max(values)
        weights = [exp(max(-745.0, float(rationality * (v - best)))) for v in values]
        close = close and all(abs(float(p) - w / sum(weights)) <= CLOSE for p, w in zip(mix, weights))
    yield say("the profile is the logit answer to itself"), close
    payoffs = [sum(p * v for p, v in zip(mix, values)) for mix, values in zip(profile, worths)]
    stated = reals(entry["payoffs"])
    same = len(stated) == len(payoffs) and all(abs(a - b) <= slack for a, b in zip(stated, payoffs))
    yield say("the payoffs, recomputed"), same
    regret = max(sum(p * (max(values) - v) for p, v in zip(mix, values)) for mix, values in zip(profile, worths))
    yield say("the regret, recomputed"), abs(regret - real(entry["regret"])) <= slack


def _no_other(game: Counted, rationality: Fraction, profiles: list[list[list[Fraction]]]) -> bool:
    """For like players with two actions: as many listed, all different, as Rolle and Descartes allow."""
    if not game.counted or len(game.players) != 1 or game.actions != [2]:
        return False
    n = game.players[0]
    gain = [game.flat[0][n + k] - game.flat[0][k] for k in range(n)]
    bound = [Fraction(1), *(1 - rationality * (gain[k] - gain[k - 1]) * k * (n - k) / n for k in range(1, n)), Fraction(1)]
    signs = [b > 0 for b in bound if b]
    least = _crossings(gain, rationality, sorted(profile[0][1] for profile in profiles))
    return least and len(profiles) == 1 + sum(a != b for a, b in pairwise(signs))


def _crossings(gain: list[Fraction], rationality: Fraction, listed: list[Fraction]) -> bool:
    """Whether t - L G(t) has the other sign between any two neighbours among ``listed``, so that each stands for a zero of its own."""
    m = len(gain) - 1
    for place, (p, q) in enumerate(pairwise(listed)):
        middle = (p + q) / 2
        if not 0 < middle < 1:
            return False
        G = sum(g * _chance((m - k, k), [1 - middle, middle]) for k, g in enumerate(gain))
        f = log(middle) - log(1 - middle) - float(rationality * G)
        if abs(f) <= CLOSE * (1 + float(rationality * abs(G))) or (f > 0) == (place % 2 == 1):
            return False
    return len(listed) % 2 == 1


def _ways(players: int, actions: int) -> Iterator[Counts]:
    """All ways to spread ``players`` over ``actions``, ordered by how many take actions 1, 2, ..."""
    if actions == 1:
        yield (players,)
        return
    for second in range(players + 1):
        for first, *rest in _ways(players - second, actions - 1):
            yield (first, second, *rest)


def _chance(counts: Counts, mix: list[Fraction]) -> Fraction:
    ways = factorial(sum(counts)) // prod(map(factorial, counts))
    return ways * prod((p**k for p, k in zip(mix, counts, strict=True)), start=Fraction(1))


def _moved(others: tuple[Counts, ...], s: int) -> Iterator[tuple[Counts, ...]]:
    """The same with one other of role s at another action."""
    for a, b in permutations(range(len(others[s])), 2):
        if others[s][a]:
            moved = tuple(c - (j == a) + (j == b) for j, c in enumerate(others[s]))
            yield (*others[:s], moved, *others[s + 1 :])


def _flatten(values: Any) -> list[Any]:
    return [x for part in values for x in _flatten(part)] if isinstance(values, list) else [values]
