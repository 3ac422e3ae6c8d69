"""Games changed by what players feel about the others' money, or by a rule that pays for giving more than the others."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from .counted_game import SymmetricGame
from .exact import Array, Number
from .normal_form import NormalForm
from .parameters import amount, amounts, as_money, combined, counted, others_total, whole, whole_units


def fehr_schmidt(game: NormalForm, envy: object, guilt: object) -> NormalForm:
    """Inequity aversion (Fehr and Schmidt 1999): from money x player i has
    ``x_i - alpha_i / (n-1) sum_j max(x_j - x_i, 0) - beta_i / (n-1) sum_j max(x_i - x_j, 0)``; ``envy`` alpha, ``guilt`` beta by player.
    """
    n = whole(len(game.players), "players", 2)
    alpha, beta = (amounts(x, name, n, least=Fraction(0)) for x, name in ((envy, "envy"), (guilt, "guilt")))
    more = [_sum_over(game.table, i, 1) for i in range(n)]
    less = [_sum_over(game.table, i, -1) for i in range(n)]
    if not game.exact or any(isinstance(x, float) for x in (*alpha, *beta)):
        money = game.table.astype(float) / game.denominator
        felt = [
            money[i] - (float(alpha[i]) * more[i].astype(float) + float(beta[i]) * less[i].astype(float)) / ((n - 1) * game.denominator)
            for i in range(n)
        ]
        return NormalForm(np.stack(felt), game.players, game.actions)
    rows = [combined([(Fraction(n - 1), game.table[i]), (-alpha[i], more[i]), (-beta[i], less[i])]) for i in range(n)]
    common = int(np.lcm.reduce([d for _, d in rows], dtype=object))
    table = np.stack([t.astype(object) * (common // d) for t, d in rows])
    return NormalForm.from_integers(_machine(table), common * (n - 1) * game.denominator, game.players, game.actions)


def _sum_over(table: Array, i: int, sign: int) -> Array:
    """How much the others have more (``sign`` 1) or less (-1) than player i, summed over them, in every profile."""
    return np.asarray(sum(np.maximum(sign * (table[j] - table[i]), 0) for j in range(len(table)) if j != i))


def _machine(table: Array) -> Array:
    fits = max(abs(int(table.max())), abs(int(table.min()))) < 2**60 if table.size else True
    return table.astype(np.int64) if fits else table


def fehr_schmidt_alike(game: SymmetricGame, envy: object, guilt: object) -> SymmetricGame:
    """:func:`fehr_schmidt` in a game of players alike who all feel alike: it stays a counted game."""
    n = whole(game.n, "players", 2)
    alpha, beta = amount(envy, "envy", least=0), amount(guilt, "guilt", least=0)

    def felt(own: int, others: tuple[int, ...]) -> Number:
        counts = [k + (a == own) for a, k in enumerate(others)]
        mine = game.payoff(0, own, [others])
        gaps = [(k, x - mine) for k, x in zip(others, game.payoffs([counts])[0]) if k and x is not None]
        worse = sum((k * gap for k, gap in gaps if gap > 0), start=Fraction(0))
        better = sum((-k * gap for k, gap in gaps if gap < 0), start=Fraction(0))
        return mine - (alpha * worse + beta * better) / (n - 1)

    return SymmetricGame.of(felt, n, game.actions[0], game.roles[0])


def altruism(game: NormalForm, weight: object) -> NormalForm:
    """Everybody adds ``weight`` times the others' payoffs to the own (Ledyard 1995)."""
    a = amount(weight, "weight")
    table = game.table.astype(float) / game.denominator if not game.exact or isinstance(a, float) else None
    if table is not None:
        return NormalForm((1 - float(a)) * table + float(a) * table.sum(axis=0), game.players, game.actions)
    total = game.welfare
    rows = [combined([(1 - a, game.table[i]), (a, total)]) for i in range(len(game.players))]
    money = [as_money(t, d * game.denominator) for t, d in rows]
    return NormalForm(np.stack(money), game.players, game.actions)


def falkinger(game: SymmetricGame, contributions: object, beta: object) -> SymmetricGame:
    """Each is paid ``beta`` for every unit given above the others' mean, and pays as much below (Falkinger 1996).

    ``contributions[a]`` is what action a gives. The transfers sum to zero: :func:`falkinger_transfers`.
    """
    n = whole(game.n, "players", 2)
    given, b = amounts(contributions, "contributions", len(game.actions[0])), amount(beta, "beta")
    units, unit = whole_units(given)
    others = others_total(n, units)
    if not game.exact:
        paid = np.stack([float(b) * (float(g) - others.astype(float) * float(unit) / (n - 1)) for g in given])
        return SymmetricGame(game.table + paid, n, game.actions[0], game.roles[0])
    scale, one = Fraction(1, game.denominator), np.ones_like(others)
    rows = [[(scale, game.table[a]), (b * g, one), (-b * unit / (n - 1), others)] for a, g in enumerate(given)]
    return counted(rows, n, game.actions[0], game.roles[0])


def falkinger_transfers(contributions: object, beta: object) -> tuple[Number, ...]:
    """What everybody is paid (or pays, negative) at ``contributions``: ``beta * (g_i - mean of the others')``."""
    g, b = amounts(contributions, "contributions"), amount(beta, "beta")
    n = whole(len(g), "players", 2)
    total = sum(g, start=Fraction(0))
    return tuple(b * (x - (total - x) / (n - 1)) for x in g)
