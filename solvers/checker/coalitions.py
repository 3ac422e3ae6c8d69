"""The part of the checker for dominance and coalitions: every step repeated, every coalition tried, in plain fractions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cache
from itertools import combinations, product
from math import comb
from typing import Any

from ...games.message import say
from .equilibria import Profile, Table
from .reread import TOLERANCE, Claims, real, reals

Coalition = tuple[int, ...]


def coalitions_claims(certificate: Mapping[str, Any]) -> Claims:
    """Strict, strong, k-strong and coalition-proof equilibria of a normal form."""
    table, concept = Table(certificate["game"]), certificate["concept"]
    known = concept in ("strict", "strong", "k-strong", "coalition-proof")
    yield say("the concept is known to the checker"), known
    if not known:
        return
    n = len(table.shape)
    most = {"strict": 1, "k-strong": certificate.get("k", n)}.get(concept, n)
    yield say("the size of coalitions is a number of players"), type(most) is int and 1 <= most <= n
    play = _Coalitions(table, concept, most)
    listed = [_pure(entry["profile"], table) for entry in certificate["equilibria"]]
    yield say("there is no profile twice"), len(set(listed)) == len(listed)
    for entry, a in zip(certificate["equilibria"], listed):
        yield (
            say("payoffs"),
            all(abs(real(x) - table.payoff(i, a)) <= table.slack for i, x in zip(table.players, entry["payoffs"], strict=True)),
        )
        regret = max(table.payoff(i, b) - table.payoff(i, a) for i in table.players for b in table.deviations(i, a))
        yield say("regret"), abs(real(entry["regret"]) - regret) <= table.slack
        yield say("no coalition leaves this profile"), play.holds(a)
    for move in certificate["left"]:
        yield say("every member of the coalition gains by leaving"), play.leaves(move) and tuple(move["profile"]) not in listed
    if certificate["complete"]:
        left = {tuple(move["profile"]) for move in certificate["left"]}
        others = (a for a in table.profiles() if a not in listed and a not in left)
        yield say("no other profile is an equilibrium of this kind"), not any(play.holds(a) for a in others)


def _pure(profile: Sequence[Sequence[object]], table: Table) -> Profile:
    mixes = [reals(mix) for mix in profile]
    if [len(mix) for mix in mixes] != table.shape or any(sorted(mix) != [0] * (len(mix) - 1) + [1] for mix in mixes):
        raise ValueError("a profile is not pure")
    return tuple(mix.index(Fraction(1)) for mix in mixes)


class _Coalitions:
    """The definitions, read off a table of payoffs."""

    def __init__(self, table: Table, concept: str, most: int) -> None:
        self.table, self.concept, self.most = table, concept, most
        self.everybody = tuple(table.players)
        self.is_proof = cache(self._is_proof)

    def holds(self, a: Profile) -> bool:
        """Whether ``a`` is an equilibrium under the concept; the cheapest coalitions first."""
        if any(self.all_gain((i,), a, b) for i in self.everybody for b in self.joint((i,), a)):
            return False
        if self.concept == "strict":
            others = ((i, b) for i in self.everybody for b in self.joint((i,), a) if b != a)
            return all(self.table.payoff(i, b) < self.table.payoff(i, a) - self.table.slack for i, b in others)
        if self.concept == "coalition-proof":
            return self.is_proof(self.everybody, a)
        sizes = range(2, self.most + 1)
        return not any(self.all_gain(S, a, b) for s in sizes for S in combinations(self.everybody, s) for b in self.joint(S, a))

    def joint(self, S: Coalition, a: Profile) -> Iterator[Profile]:
        """The profiles that S together can turn ``a`` into."""
        return product(*(range(k) if i in S else (a[i],) for i, k in enumerate(self.table.shape)))

    def all_gain(self, S: Coalition, a: Profile, b: Profile) -> bool:
        """Whether every member of S is better off in b."""
        return all(self.table.payoff(i, b) > self.table.payoff(i, a) + self.table.slack for i in S)

    def _is_proof(self, S: Coalition, a: Profile) -> bool:
        if not self.enforcing(S, a):
            return False
        return not any(self.all_gain(S, a, b) and self.enforcing(S, b) for b in self.joint(S, a))

    def enforcing(self, S: Coalition, a: Profile) -> bool:
        """Whether a is self-enforcing among S: coalition-proof among every part of S, the others at a."""
        return all(self.is_proof(J, a) for size in range(1, len(S)) for J in combinations(S, size))

    def leaves(self, move: Mapping[str, Any]) -> bool:
        """Whether a written joint move is one that the concept counts, with the gains it says."""
        a, S, moves, gains = (tuple(move[name]) for name in ("profile", "coalition", "moves", "gains"))
        within = len(a) == len(self.everybody) and all(type(x) is int and 0 <= x < k for x, k in zip(a, self.table.shape))
        if not within or not S or sorted(set(S)) != list(S) or not set(S) <= set(self.everybody) or not len(S) == len(moves) == len(gains):
            return False
        b = tuple(moves[S.index(i)] if i in S else x for i, x in enumerate(a))
        right = all(abs(real(g) - self.table.payoff(i, b) + self.table.payoff(i, a)) <= self.table.slack for i, g in zip(S, gains))
        counts = self.enforcing(S, b) if self.concept == "coalition-proof" else len(S) <= self.most
        return right and counts and b in set(self.joint(S, a)) and self.all_gain(S, a, b)


def counted_coalitions_claims(certificate: Mapping[str, Any]) -> Claims:
    """The same concepts for n like players with two actions, by the number m at the second action."""
    concept = certificate["concept"]
    known = concept in ("strict", "strong", "k-strong", "coalition-proof")
    yield say("the concept is known to the checker"), known
    if not known:
        return
    play = _Counted(certificate["game"])
    most = {"strict": 1, "k-strong": certificate.get("k", play.n)}.get(concept, play.n)
    yield say("the size of coalitions is a number of players"), type(most) is int and 1 <= most <= play.n
    test = {"strict": play.strict, "coalition-proof": play.proof}.get(concept, lambda m: play.strong(m, most))
    listed = [play.count(entry["profile"]) for entry in certificate["equilibria"]]
    yield say("there is no profile twice"), len(set(listed)) == len(listed)
    for entry, m in zip(certificate["equilibria"], listed):
        true = [play.u[a][m - a] for a, there in ((0, m < play.n), (1, m > 0)) if there]
        yield say("payoffs"), all(abs(real(x) - y) <= play.slack for x, y in zip(entry["payoffs"], true, strict=True))
        yield say("regret"), abs(real(entry["regret"]) - play.regret(m)) <= play.slack
        yield say("the number of profiles that differ only in who does it"), entry["orbit_size"] in (None, comb(play.n, m))
        yield say("no coalition leaves this profile"), test(m)
    for move in certificate["left"]:
        yield say("every member of the coalition gains by leaving"), play.leaves(move, most) and move["count"] not in listed
    if certificate["complete"]:
        others = (m for m in range(play.n + 1) if m not in listed)
        yield say("no other profile is an equilibrium of this kind"), not any(test(m) for m in others)


class _Counted:
    """``u[a][c]``: what action a pays when c others take the second."""

    def __init__(self, game: Mapping[str, Any]) -> None:
        self.n: int = game["players"]
        self.u = [[real(x) / game["denominator"] for x in row] for row in game["payoffs"]]
        if [len(row) for row in self.u] != [self.n, self.n]:
            raise ValueError("the payoffs do not have the shape that is written")
        floats = any(isinstance(x, float) for row in game["payoffs"] for x in row)
        self.slack = TOLERANCE * max(abs(x) for row in self.u for x in row) if floats else Fraction(0)
        self.enforcing = cache(self._enforcing)
        self.is_proof = cache(self._is_proof)

    def count(self, groups: Sequence[Mapping[str, Any]]) -> int:
        """How many players take the second action; every group acts as one."""
        sizes = [0, 0]
        for group in groups:
            mix = reals(group["strategy"])
            if mix not in ([1, 0], [0, 1]) or group["players"] < 1:
                raise ValueError("a profile is not pure")
            sizes[mix.index(Fraction(1))] += group["players"]
        if sum(sizes) != self.n:
            raise ValueError("the players of a profile are not all")
        return sizes[1]

    def gain(self, m: int, d: int) -> Fraction | None:
        """What d players who go to the second action together (d < 0: to the first) gain each; None if there are not so many."""
        if d > 0:
            return self.u[1][m + d - 1] - self.u[0][m] if d <= self.n - m else None
        return self.u[0][m + d] - self.u[1][m - 1] if -d <= m else None

    def gains(self, m: int, most: int) -> Iterator[Fraction]:
        """Gains of all coalitions that move one way."""
        found = (self.gain(m, sign * d) for d in range(1, most + 1) for sign in (1, -1))
        return (x for x in found if x is not None)

    def regret(self, m: int) -> Fraction:
        """The most one player gains alone."""
        return max([Fraction(0), *self.gains(m, 1)])

    def strong(self, m: int, most: int) -> bool:
        """Whether no coalition of at most ``most`` leaves."""
        return all(x <= self.slack for x in self.gains(m, most))

    def strict(self, m: int) -> bool:
        """Whether whoever moves alone loses."""
        return all(x < -self.slack for x in self.gains(m, 1))

    def proof(self, m: int) -> bool:
        """Whether m is coalition-proof."""
        return self.is_proof(self.n, 0, m)

    def _enforcing(self, t: int, o: int, m: int) -> bool:
        return t == 1 or ((m == t or self.is_proof(t - 1, o, m)) and (m == 0 or self.is_proof(t - 1, o + 1, m - 1)))

    def _is_proof(self, t: int, o: int, m: int) -> bool:
        return self.enforcing(t, o, m) and not any(self._beats(t, o, m, q) for q in range(t + 1) if q != m and self.enforcing(t, o, q))

    def _beats(self, t: int, o: int, m: int, q: int) -> bool:
        """Whether t players, m of them at the second action, can become q so that each gains, o others being there."""

        def better(before: int, after: int) -> bool:
            return self.u[after][o + q - after] > self.u[before][o + m - before] + self.slack

        for back in range(max(0, m - q), min(m, t - q) + 1):
            forth = q - m + back
            kinds = {(0, 0): t - m - forth, (0, 1): forth, (1, 0): back, (1, 1): m - back}
            if all(better(*kind) for kind, number in kinds.items() if number):
                return True
        return False

    def leaves(self, move: Mapping[str, Any], most: int) -> bool:
        """Whether a written move is possible and pays what it says."""
        movers, to = move["movers"], move["to"]
        if type(movers) is not int or not 1 <= movers <= most or to not in (0, 1) or not 0 <= move["count"] <= self.n:
            return False
        gain = self.gain(move["count"], movers if to else -movers)
        return gain is not None and gain > self.slack and abs(real(move["gain"]) - gain) <= self.slack


def dominance_claims(certificate: Mapping[str, Any]) -> Claims:
    """Every step of an elimination, that it ends where it says, and the profile it leaves."""
    table, steps = Table(certificate["game"]), certificate["elimination"]
    kind = steps["kind"]
    yield say("the kind of dominance is known to the checker"), kind in ("strict", "strict-mixed", "weak")
    alive = [list(range(k)) for k in table.shape]
    rounds = sorted({step["round"] for step in steps["removed"]})
    yield say("rounds are numbered from 1"), rounds == list(range(1, len(rounds) + 1))
    for number in rounds:
        now = [step for step in steps["removed"] if step["round"] == number]
        for step in now:
            by = reals(step["by"])
            fits = step["action"] in alive[step["player"]] and len(by) == table.shape[step["player"]]
            mixture = min(by) >= 0 and sum(by) == 1 and {a for a, p in enumerate(by) if p} <= set(alive[step["player"]])
            single = kind == "strict-mixed" or sorted(by)[-1] == 1
            what = say("what beats an action is a mixture of actions that are left")
            yield what, fits and mixture and single and by[step["action"]] != 1
            yield say("a removed action is beaten by what is written"), _beats(table, alive, step["player"], by, step["action"], kind)
        if kind != "strict-mixed":
            yield say("a round removes every beaten action"), {(s["player"], s["action"]) for s in now} == set(_beaten(table, alive, kind))
        for step in now:
            alive[step["player"]].remove(step["action"])
    yield say("the actions left are those written"), [list(left) for left in steps["survivors"]] == alive and all(alive)
    yield say("no action left is beaten by another"), not _beaten(table, alive, kind)
    if kind == "strict-mixed" and table.exact:
        yield say("no action left is beaten by a mixture (beliefs)"), len(steps["beliefs"]) == len(alive)
    for player, beliefs in enumerate(steps.get("beliefs", ())):
        shown = all(_best_against(table, alive, player, a, reals(beliefs[str(a)])) for a in alive[player])
        yield say("no action left is beaten by a mixture (beliefs)"), shown
    single = [[[a] for a in (_pure(entry["profile"], table))] for entry in certificate["equilibria"]]
    if single:
        yield say("the profile is what elimination leaves alone"), single == [alive]
    else:
        several = any(len(left) > 1 for left in alive) and certificate["complete"] is False
        yield say("no profile is singled out where several are left"), several
    proved = kind != "weak"
    yield say("a single profile is claimed to be all only by strict dominance"), proved or certificate["complete"] is False
    for entry in certificate["equilibria"]:
        a = tuple(left[0] for left in alive)
        yield (
            say("payoffs"),
            all(abs(real(x) - table.payoff(i, a)) <= table.slack for i, x in zip(table.players, entry["payoffs"], strict=True)),
        )
        regret = max(table.payoff(i, b) - table.payoff(i, a) for i in table.players for b in table.deviations(i, a))
        yield say("regret"), abs(real(entry["regret"]) - regret) <= table.slack


def _cases(alive: Sequence[Sequence[int]], player: int) -> list[Profile]:
    return list(product(*([0] if i == player else left for i, left in enumerate(alive))))


def _worth(table: Table, player: int, action: int, case: Profile) -> Fraction:
    return table.payoff(player, (*case[:player], action, *case[player + 1 :]))


def _beats(table: Table, alive: Sequence[Sequence[int]], player: int, by: Sequence[Fraction], action: int, kind: str) -> bool:
    gains = [
        sum((p * _worth(table, player, a, case) for a, p in enumerate(by) if p), start=Fraction(0)) - _worth(table, player, action, case)
        for case in _cases(alive, player)
    ]
    if kind == "weak":
        return min(gains) >= -table.slack and max(gains) > table.slack
    return min(gains) > table.slack


def _beaten(table: Table, alive: Sequence[Sequence[int]], kind: str) -> list[tuple[int, int]]:
    """The players' actions that another single action beats, itself unbeaten (as rounding may turn beating into a circle)."""
    found: list[tuple[int, int]] = []
    for i, left in enumerate(alive):
        sure = {b: [Fraction(int(b == k)) for k in range(table.shape[i])] for b in left}
        beaten = {a: [b for b in left if b != a and _beats(table, alive, i, sure[b], a, kind)] for a in left}
        found += [(i, a) for a in left if any(not beaten[b] for b in beaten[a])]
    return found


def _best_against(table: Table, alive: Sequence[Sequence[int]], player: int, action: int, belief: Sequence[Fraction]) -> bool:
    cases = _cases(alive, player)
    if len(cases) != len(belief) or min(belief) < 0 or sum(belief) != 1:
        return False
    worth = {a: sum((w * _worth(table, player, a, c) for w, c in zip(belief, cases) if w), start=Fraction(0)) for a in alive[player]}
    return worth[action] == max(worth.values())
