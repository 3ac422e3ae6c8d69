"""Punishment: linear public goods whose defectors lose money to their peers' anger or to a common fund, and inspections of one rule.

M-25 mandate with monitoring, M-26 peer punishment, M-27 pool punishment; the laboratory game of Fehr and Gaechter 2000.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import product

import numpy as np

from .counted_game import SymmetricGame
from .errors import InputError
from .exact import Number
from .normal_form import NormalForm
from .parameters import amount, amounts, as_money, counted, grid_of, labels, others_total, whole
from .staged_game import End, Node, Stage, StagedGame

COSTS = (0, 1, 2, 4, 6, 9, 12, 16, 20, 25, 30)  # of 0..10 points, Fehr and Gaechter 2000, table 2
ZERO, TENTH = Fraction(0), Fraction(1, 10)


def first_stage(contributions: object, mpcr: object, endowment: object) -> tuple[Number, ...]:
    """Incomes ``E - g_i + mpcr * G`` before any punishment."""
    g, r, E = amounts(contributions, "contributions"), amount(mpcr, "mpcr"), amount(endowment, "endowment")
    G = sum(g, start=ZERO)
    return tuple(E - x + r * G for x in g)


def incomes(first: object, points: Sequence[Sequence[int]], cost_table: object = COSTS, cut: object = TENTH) -> tuple[Number, ...]:
    """Final incomes when i buys ``points[i][j]`` points against j at ``cost_table[points]``: every point received takes the share
    ``cut`` of the first-stage income, all of it at most (Fehr and Gaechter 2000).
    """
    before, costs, share = amounts(first, "first"), amounts(cost_table, "cost_table"), amount(cut, "cut", least=0, most=1)
    n = len(before)
    if len(points) != n or any(len(row) != n or row[i] for i, row in enumerate(points)):
        raise InputError("points must be {n} rows of {n} numbers, none against oneself", n=n)
    bought = [[whole(p, "points", 0, len(costs) - 1) for p in row] for row in points]
    received = [sum(row[j] for row in bought) for j in range(n)]
    paid = [sum((costs[p] for p in row), start=ZERO) for row in bought]
    return tuple(before[i] * (1 - min(Fraction(1), share * received[i])) - paid[i] for i in range(n))


def least_points(income: object, target: object, cut: object = TENTH) -> int | None:
    """The fewest points that bring ``income`` down to ``target`` or below; None if even losing all of it does not."""
    before, after, share = amount(income, "income"), amount(target, "target"), amount(cut, "cut", above=0, most=1)
    if before <= after:
        return 0
    return next((p for p in range(1, int(1 / share) + 2) if before * (1 - min(Fraction(1), share * p)) <= after), None)


def contribute_then_punish(
    n: int,
    mpcr: object,
    endowment: object,
    grid: object,
    most_points: int = 1,
    cost_table: object = COSTS,
    cut: object = TENTH,
) -> StagedGame:
    """The game of Fehr and Gaechter in two stages: everybody contributes an amount of ``grid``; then, having seen it, everybody buys
    0..``most_points`` points against each of the others.
    """
    n, given = whole(n, "n", 2), grid_of(grid, most=amount(endowment, "endowment"))
    costs, share = amounts(cost_table, "cost_table"), amount(cut, "cut", least=0, most=1)
    spend = [tuple(p) for p in product(range(whole(most_points, "most_points", 1, len(costs) - 1) + 1), repeat=n - 1)]
    against = [[(*p[:i], 0, *p[i:]) for p in spend] for i in range(n)]
    names = [tuple(",".join(map(str, p)) for p in spend)] * n
    paid = [sum((costs[p] for p in row), start=ZERO) for row in spend]

    def punish(first: Sequence[Number]) -> Node:
        levels = range((n - 1) * most_points + 1)
        left = [[x * (1 - min(Fraction(1), share * p)) for p in levels] for x in first]
        net = [[[money - spent for spent in paid] for money in row] for row in left]  # by player, points received, own purchase
        ends: list[Node] = []
        for choice in product(range(len(spend)), repeat=n):
            received = map(sum, zip(*(against[i][k] for i, k in enumerate(choice))))
            ends.append(End(tuple(net[j][p][choice[j]] for j, p in enumerate(received))))
        return Stage(tuple(range(n)), tuple(names), tuple(ends))

    StagedGame.forecast(len(given) ** n * (1 + len(spend) ** n))
    children = tuple(punish(first_stage(g, mpcr, endowment)) for g in product(given, repeat=n))
    return StagedGame([str(i + 1) for i in range(n)], Stage(tuple(range(n)), (labels(given),) * n, children))


def peer(n: int, mpcr: object, cost: object, harm: object) -> SymmetricGame:
    """Defect, contribute (1 unit), or contribute and punish: a punisher pays ``cost`` for every defector, who loses ``harm`` to every
    punisher (M-26; Boyd and Richerson 1992). k punishers sustain contributing iff ``k harm >= 1 - mpcr``.
    """
    n, r, c, h = whole(n, "n", 2), amount(mpcr, "mpcr"), amount(cost, "cost", least=0), amount(harm, "harm", least=0)
    defectors, punishers = (others_total(n, np.array(unit)) for unit in ([1, 0, 0], [0, 0, 1]))
    one = np.ones_like(defectors)
    givers = n - 1 - defectors
    stay = [(r, givers), (-h, punishers)]
    give = [(r, givers + 1), (Fraction(-1), one)]
    return counted([stay, give, [*give, (-c, defectors)]], n, ("defect", "contribute", "punish"))


def pool(n: int, ratio: object, fee: object, fine: object, second_order: bool = False) -> SymmetricGame:
    """Defect, contribute, or contribute and pay ``fee`` into a pool. Contributions are multiplied by ``ratio`` and shared by all; once
    somebody has paid, the pool takes ``fine`` from every defector, and with ``second_order`` from those who only contribute too
    (M-27; Sigmund and others 2010).
    """
    n, R, f, B = whole(n, "n", 2), amount(ratio, "ratio"), amount(fee, "fee", least=0), amount(fine, "fine", least=0)
    defectors, payers = (others_total(n, np.array(unit)) for unit in ([1, 0, 0], [0, 0, 1]))
    one, fined = np.ones_like(defectors), (payers > 0).astype(np.int64)
    givers = n - 1 - defectors
    give: list[tuple[Number, np.ndarray]] = [(R / n, givers + 1), (Fraction(-1), one)]
    dodge = [*give, (-B, fined)] if second_order else give
    return counted([[(R / n, givers), (-B, fined)], dodge, [*give, (-f, one)]], n, ("defect", "contribute", "pay"))


def enforced(game: NormalForm, penalty: object, accuracy: object = 1, obey: int = 0) -> NormalForm:
    """The game with an authority that fines ``penalty``: whoever does not take action ``obey`` with probability ``accuracy``, and by
    mistake whoever does with probability ``1 - accuracy`` (Ostrom 1990, games 2 and 3).
    """
    p, y = amount(penalty, "penalty", least=0), amount(accuracy, "accuracy", least=0, most=1)
    profiles = np.indices(game.shape)
    fines = [(profiles[i] == obey) * (p * (1 - y)) + (profiles[i] != obey) * (p * y) for i in range(len(game.players))]
    return NormalForm([as_money(game.table[i], game.denominator) - f for i, f in enumerate(fines)], game.players, game.actions)


def accuracy_needed(game: NormalForm, penalty: object, obey: int = 0) -> Number:
    """The infimum of accuracies at which ``obey`` is strictly dominant for everybody under :func:`enforced`; 1 or more: none is.

    Disobeying must never gain as much as the difference of expected fines, ``penalty (2 y - 1)``: y > (1 + gain / penalty) / 2.
    """
    p = amount(penalty, "penalty", above=0)
    gains = [game.money((np.delete(t, obey, axis=i) - np.take(t, [obey], axis=i)).max()) for i, t in enumerate(game.table)]
    return max(Fraction(0), (1 + max(gains) / p) / 2)


def obeys(gain: object, detection: object, fine: object) -> bool:
    """Whether a mandate is obeyed: the expected fine ``detection * fine`` is at least the ``gain`` from disobeying (M-25)."""
    return amount(detection, "detection", least=0, most=1) * amount(fine, "fine", least=0) >= amount(gain, "gain")


__all__ = [
    "COSTS", "accuracy_needed", "contribute_then_punish", "enforced", "first_stage", "incomes", "least_points", "obeys", "peer", "pool",
]  # fmt: skip
