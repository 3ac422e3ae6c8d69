"""Contributing in turn: leaders give first, the others see it and follow (Varian 1994; Romano and Yildirim 2001)."""

from __future__ import annotations

from collections.abc import Sequence

from .exact import Number
from .normal_form import NormalForm
from .parameters import whole
from .public_goods import best_shot_units, linear, quadratic
from .staged_game import StagedGame, in_turn


def leaders_first(game: NormalForm, leaders: Sequence[int]) -> StagedGame:
    """``game`` in two stages: the ``leaders`` move at once, then everybody else at once, having seen what they did."""
    rest = [i for i in range(len(game.players)) if i not in set(leaders)]
    return in_turn(game, [list(leaders), rest] if rest else [list(leaders)])


def one_by_one(game: NormalForm, order: Sequence[int] | None = None) -> StagedGame:
    """``game`` with the players moving one after the other in ``order``, each seeing all earlier moves."""
    return in_turn(game, [[i] for i in (range(len(game.players)) if order is None else order)])


def leading_by_example(n: int, mpcr: object, endowment: object = 1, grid: object = None, leader: int = 0) -> StagedGame:
    """The linear public good in which one ``leader`` gives first (Hermalin 1998 without private information)."""
    return leaders_first(linear(n, mpcr, endowment, grid).normal_form(), [whole(leader, "leader", 0, n - 1)])


def quadratic_in_turn(peaks: Sequence[object], most: int, first: int = 0) -> StagedGame:
    """:func:`.public_goods.quadratic` with player ``first`` giving before the others do (Varian 1994)."""
    return leaders_first(quadratic(peaks, most), [whole(first, "first", 0, len(peaks) - 1)])


def best_shot_in_turn(marginal_values: Sequence[Number | str], unit_cost: object, n: int = 2) -> StagedGame:
    """:func:`.public_goods.best_shot_units` with the players buying one after the other (Harrison and Hirshleifer 1989)."""
    return one_by_one(best_shot_units(n, marginal_values, unit_cost).normal_form())


__all__ = ["best_shot_in_turn", "leaders_first", "leading_by_example", "one_by_one", "quadratic_in_turn"]
