"""The part of the checker for values by threats, selfishness levels, and prices of anarchy: recomputed from their definitions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import combinations, product
from math import factorial, inf
from typing import TYPE_CHECKING, Any

from ...games.message import say
from .reread import Claims, real, reals

if TYPE_CHECKING:
    from .decomposition import Payoffs

Profile = tuple[int, ...]


def _number(value: Any) -> Fraction | float | None:
    return None if value is None else inf if value == "inf" else real(value)


def value_claims(value: Mapping[str, Any], game: Payoffs) -> Claims:
    """The value of every player follows from threats, each proved by mixtures of both sides."""
    classes, n = list(value["classes"]), len(game.shape)
    yield (
        say("players of one class are interchangeable"),
        len(classes) == n and all(_interchangeable(i, j, game) for i, j in combinations(range(n), 2) if classes[i] == classes[j]),
    )
    deltas: dict[tuple[int, ...], Fraction] = {}
    for threat in value["threats"]:
        S = tuple(threat["coalition"])
        yield say("the threat of coalition {members}", members=list(S)), _is_value(S, threat, game)
        deltas[_kind(S, classes)] = real(threat["value"])
    coalitions = [S for k in range(1, n + 1) for S in combinations(range(n), k)]
    listed = {_kind(S, classes) for S in coalitions} == set(deltas)
    yield say("every kind of coalition has its threat"), listed
    if listed:
        weight = {k: Fraction(factorial(k - 1) * factorial(n - k), factorial(n)) for k in range(1, n + 1)}
        shares = [sum((weight[len(S)] * deltas[_kind(S, classes)] for S in coalitions if i in S), start=Fraction(0)) for i in range(n)]
        yield say("the value is the average threat of the players up to each"), shares == reals(value["value"])
    yield say("values sum to the largest total"), real(value["total"]) == max(game.W.values()) == sum(reals(value["value"]))


def _interchangeable(i: int, j: int, game: Payoffs) -> bool:
    order = list(game.players)
    order[i], order[j] = j, i
    if game.shape[i] != game.shape[j]:
        return False
    return all(game.u[k][a] == game.u[order[k]][tuple(a[order[m]] for m in game.players)] for k in game.players for a in game.profiles)


def _kind(S: Iterable[int], classes: Sequence[int]) -> tuple[int, ...]:
    return tuple(sorted(classes[i] for i in S))


def _is_value(S: Profile, threat: Mapping[str, Any], game: Payoffs) -> bool:
    """Whether the two mixtures guarantee the same value to both sides: S gets at least, and at most, that beyond the others."""
    rest = tuple(i for i in game.players if i not in S)
    value = real(threat["value"])
    mix, reply = ([(tuple(joint), real(p)) for joint, p in threat[side]] for side in ("mix", "reply"))
    proper = sorted(S) == list(S) and len(set(S)) == len(S) and bool(S)
    for side, mixture in ((S, mix), (rest, reply)):
        joints = set(product(*(range(game.shape[i]) for i in side)))
        proper &= all(joint in joints and p >= 0 for joint, p in mixture) and sum(p for _, p in mixture) == 1
    if not proper:
        return False

    def gap(mine: Profile, theirs: Profile) -> Fraction:
        chosen = dict(zip((*S, *rest), (*mine, *theirs)))
        a = tuple(chosen[i] for i in game.players)
        return 2 * sum((game.u[i][a] for i in S), start=Fraction(0)) - game.W[a]

    floor = all(sum(p * gap(x, y) for x, p in mix) >= value for y in product(*(range(game.shape[i]) for i in rest)))
    return floor and all(sum(q * gap(x, y) for y, q in reply) <= value for x in product(*(range(game.shape[i]) for i in S)))


def selfishness_claims(claim: Mapping[str, Any], game: Payoffs) -> Claims:
    """The selfishness level, and where all equilibria are optimal, from the interval of alpha of every profile."""
    best = max(game.W.values())
    spans = {a: _span(a, game) for a in game.profiles}
    able = {a: span for a, span in spans.items() if span is not None}
    level = min((low for a, (low, _) in able.items() if game.W[a] == best), default=inf)
    yield say("the selfishness level"), _number(claim["level"]) == level
    a = None if claim["optimum"] is None else tuple(claim["optimum"])
    holds = level == inf if a is None else game.W[a] == best and a in able and able[a][0] == level
    yield say("the optimum is an equilibrium from that level on"), holds
    bad = [span for a, span in able.items() if game.W[a] != best]
    start, attained = _number(claim["unique_level"]), claim["unique_attained"]
    yield say("from where all equilibria are optimal"), _begins(start, attained, level, bad)
    until = min((low for low, _ in bad if start is not None and low > start), default=inf)
    yield say("up to where all equilibria are optimal"), _number(claim["unique_until"]) == until
    share = 1 if level == inf else Fraction(level) / (1 + Fraction(level))
    yield say("the weight on others that has the same effect"), real(claim["altruism"]) == share


def _span(a: Profile, game: Payoffs) -> tuple[Fraction, Fraction | float] | None:
    """The least and the largest alpha >= 0 for which ``a`` is an equilibrium of u_i + alpha W; None if for none."""
    low, high = Fraction(0), inf
    for i in game.players:
        for b in game.fibre(i, a):
            gain, whole = game.u[i][b] - game.u[i][a], game.W[b] - game.W[a]
            if whole == 0 and gain > 0:
                return None
            if whole < 0:
                low = max(low, gain / -whole)
            elif whole > 0:
                high = min(high, -gain / whole)
    return (low, high) if low <= high else None


def _begins(start: Any, attained: Any, level: Any, bad: Sequence[tuple[Any, Any]]) -> bool:
    """Whether the alphas >= ``level`` in none of the closed intervals ``bad`` begin at ``start`` (with it if ``attained``)."""
    points = sorted({level, *(end for _, end in bad if end >= level)} - {inf})

    def free(alpha: Any) -> bool:
        return not any(low <= alpha <= high for low, high in bad)

    for point in points:  # the set begins at the level or just above the end of an interval
        if free(point):
            return start == point and attained is True
        if not any(low <= point < high for low, high in bad):
            return start == point and attained is False
    return start == inf and attained is False


def efficiency_claims(claim: Mapping[str, Any], game: Payoffs) -> Claims:
    """Optimum, worst and best pure equilibrium, and the prices."""
    worth = [game.W[a] for a in game.equilibria]
    best = max(game.W.values())
    yield say("the social optimum"), real(claim["optimum"]) == best
    yield say("how many pure equilibria there are"), claim["equilibria"] == len(worth)
    worst, dearest = (min(worth), _price(best, min(worth))) if worth else (None, None)
    fine, cheapest = (max(worth), _price(best, max(worth))) if worth else (None, None)
    yield say("the worst equilibrium and the price of anarchy"), [_number(claim[x]) for x in ("worst", "poa")] == [worst, dearest]
    yield say("the best equilibrium and the price of stability"), [_number(claim[x]) for x in ("best", "pos")] == [fine, cheapest]


def _price(best: Fraction, end: Fraction) -> Fraction | float | None:
    """Optimum over equilibrium; None where it has no meaning."""
    return None if best <= 0 or end < 0 else best / end if end else inf
