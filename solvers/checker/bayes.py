"""The part of the checker for equilibria of games with private types: payoffs, regrets, and that no other plans are equilibria."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import product
from math import comb
from typing import Any

from ...games.message import say
from .reread import TOLERANCE, Claims, real, reals
from .reread_games import CountedTypes, Types

Strategies = Sequence[Sequence[Sequence[Fraction]]]  # by player, type, action


def bayes_claims(certificate: Mapping[str, Any]) -> Claims:
    """Every claim of a certificate about Bayesian Nash equilibria."""
    forms = {"bayes-nash": "types", "symmetric-bayes-nash": "counted-types"}
    game, concept = certificate["game"], certificate["concept"]
    yield say("the concept is known to the checker"), concept in forms and game["form"] == forms[concept]
    if concept == "symmetric-bayes-nash":
        yield from _counted(certificate, CountedTypes(game, coarse=False))
        return
    form = Types(game, coarse=False)
    found: list[tuple[tuple[int, ...], ...]] = []
    for entry in certificate["equilibria"]:
        plans = [[reals(mix) for mix in plan] for plan in entry["profile"]]
        shaped = [[len(mix) for mix in plan] for plan in plans] == [[k] * kinds for k, kinds in zip(form.actions, form.kinds)]
        pure = all(max(mix) == 1 == sum(mix) and min(mix) >= 0 for plan in plans for mix in plan)
        yield say("the profile is pure"), shaped and pure
        payoffs, regret = _against(form, plans)
        yield say("payoffs"), all(abs(real(x) - y) <= form.slack for x, y in zip(entry["payoffs"], payoffs, strict=True))
        yield say("regret"), abs(real(entry["regret"]) - regret) <= form.slack
        yield say("nobody gains by deviating"), regret <= form.slack
        found.append(tuple(tuple(mix.index(Fraction(1)) for mix in plan) for plan in plans))
    yield say("no equilibrium is listed twice"), len(set(found)) == len(found)
    if certificate["complete"]:
        yield say("no other plans are an equilibrium"), set(found) == _all(form)


def _all(form: Types) -> set[tuple[tuple[int, ...], ...]]:
    choices = (product(range(k), repeat=kinds) for k, kinds in zip(form.actions, form.kinds))
    return {plans for plans in product(*choices) if _stable(form, plans)}


def _stable(form: Types, plans: Sequence[Sequence[int]]) -> bool:
    values = _values(form, [[[Fraction(int(a == b)) for b in range(k)] for a in plan] for plan, k in zip(plans, form.actions)])
    return all(max(row) - row[a] <= form.slack for own, plan in zip(values, plans) for row, a in zip(own, plan))


def _against(form: Types, plans: Strategies) -> tuple[list[Fraction], Fraction]:
    """Expected payoffs, and the most a player gains by another plan."""
    values = _values(form, plans)
    payoffs = [sum((p * v for row, mix in zip(own, plan) for v, p in zip(row, mix)), start=Fraction(0)) for own, plan in zip(values, plans)]
    best = [sum((max(row) for row in own), start=Fraction(0)) for own in values]
    return payoffs, max(b - u for b, u in zip(best, payoffs))


def _values(form: Types, plans: Strategies) -> list[list[list[Fraction]]]:
    """By player, type and action: what it is worth against the others' plans, weighted by the prior."""
    values = [[[Fraction(0)] * k for _ in range(kinds)] for k, kinds in zip(form.actions, form.kinds)]
    for types, actions in form.cells():
        paid = form.paid((types, actions))
        for i, u in enumerate(paid):
            weight = Fraction(1)
            for j, plan in enumerate(plans):
                weight *= plan[types[j]][actions[j]] if j != i else 1
            if weight:
                values[i][types[i]][actions[i]] += weight * u
    return values


def _counted(certificate: Mapping[str, Any], form: CountedTypes) -> Claims:
    yield say("that these are all is not claimed here"), not certificate["complete"]
    n, found = form.players, list[Any]()
    for entry in certificate["equilibria"]:
        floats = any(isinstance(p, float) for part in entry["profile"] for p in part["strategy"])
        mixes = [reals(part["strategy"]) for part in entry["profile"]]
        loose = TOLERANCE if floats else Fraction(0)
        scale = max(form.slack, loose * form.size)
        shaped = len(mixes) == len(form.prior) and all(len(mix) == 2 for mix in mixes)
        yield say("probabilities"), shaped and all(min(m) >= 0 and abs(sum(m) - 1) <= loose for m in mixes)
        yield say("every player is in one group"), all(part["players"] == n for part in entry["profile"])
        found.append([part["strategy"] for part in entry["profile"]])
        q = sum((p * mix[1] for p, mix in zip(form.prior, mixes)), start=Fraction(0))
        a, b = q.numerator, q.denominator
        chances = [comb(n - 1, k) * a**k * (b - a) ** (n - 1 - k) for k in range(n)]
        values = [[_mean(form, t, action, chances) / b ** (n - 1) for action in range(2)] for t in range(len(mixes))]
        payoffs = [sum((p * v for p, v in zip(mix, row)), start=Fraction(0)) for mix, row in zip(mixes, values)]
        yield say("payoffs"), all(abs(real(x) - y) <= scale for x, y in zip(entry["payoffs"], payoffs, strict=True))
        regret = max(max(row) - u for row, u in zip(values, payoffs))
        yield say("regret"), abs(real(entry["regret"]) - regret) <= scale
        yield say("nobody gains by deviating"), regret <= scale
    yield say("no equilibrium is listed twice"), all(found.count(one) == 1 for one in found)


def _mean(form: CountedTypes, kind: int, action: int, chances: Sequence[int]) -> Fraction:
    return sum((c * form.number(kind, action * form.players + k) for k, c in enumerate(chances)), start=Fraction(0))
