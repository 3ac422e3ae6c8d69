"""How far a count has come away from what it counts (ATLAS D-18), and what standing in many bodies costs (D-20)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

import numpy as np

from ...games.errors import InputError
from ...games.exact import Number
from ...games.parameters import amount, amounts


def formalism_index(indicator: object, effect: object, indicator_before: object, effect_before: object) -> Number:
    """1 - (effect / effect_before) / (indicator / indicator_before), between 0 and 1: 0 where effect keeps up with the indicator, 1 where
    nothing is left behind it. Raises :class:`InputError` for an indicator or a reference of 0.
    """
    E, E0 = amount(effect, "effect", least=0), amount(effect_before, "effect_before", above=0)
    ratio = (E / E0) / (amount(indicator, "indicator", above=0) / amount(indicator_before, "indicator_before", above=0))
    return min(max(1 - ratio, Fraction(0)), Fraction(1))


def cosine_distortion(values: object, weights: object) -> Number | None:
    """1 - squared cosine of the angle between what matters and what is measured (Baker 2002); None where one of them is 0 throughout."""
    f = amounts(values, "values")
    g = amounts(weights, "weights", len(f))
    lengths = sum((x * x for x in f), start=Fraction(0)) * sum((x * x for x in g), start=Fraction(0))
    return 1 - sum((x * y for x, y in zip(f, g)), start=Fraction(0)) ** 2 / lengths if lengths else None


@dataclass(frozen=True)
class CoordinationLoad:
    """``switching``: pairs of bodies, for each person in both; ``overlap``: persons in common, for each pair of bodies: the same number.

    ``reports``: how many there are. ``load`` weighs them, ``share`` is it over the hours there are (None without hours).
    """

    switching: int
    overlap: int
    reports: int
    load: Number
    share: Number | None


def coordination_load(
    membership: object,
    reporting: object = (),
    switching: object = 1,
    reports: object = 1,
    overlap: object = 0,
    hours: object | None = None,
) -> CoordinationLoad:
    """D-20 of a table of persons by bodies (1: is in it) and one of bodies by lines (1: reports to it).

    Counted by person, sum of k (k - 1) / 2 over people in k bodies, and by pair of bodies, members in common, the pairs are the same, so
    that weighing both counts each of them twice; ``overlap`` is therefore 0 unless given. Raises :class:`InputError`.
    """
    M = _zeros_and_ones(membership, "membership")
    R = (
        _zeros_and_ones(reporting, "reporting")
        if np.size(np.asarray(reporting, dtype=object))
        else np.zeros((M.shape[1], 0), dtype=np.int64)
    )
    if len(R) != M.shape[1]:
        raise InputError("membership has {n} bodies, reporting {m}", n=M.shape[1], m=len(R))
    bodies = M.sum(axis=1)
    by_person = int((bodies * (bodies - 1) // 2).sum())
    by_pair = sum(int(M[:, j] @ M[:, k]) for j, k in combinations(range(M.shape[1]), 2))
    weights = [amount(x, name, least=0) for x, name in ((switching, "switching"), (reports, "reports"), (overlap, "overlap"))]
    counts = (by_person, int(R.sum()), by_pair)
    load = sum((w * n for w, n in zip(weights, counts)), start=Fraction(0))
    share = None if hours is None else load / amount(hours, "hours", above=0)
    return CoordinationLoad(by_person, by_pair, counts[1], load, share)


def _zeros_and_ones(values: object, name: str) -> np.ndarray:
    try:
        table = np.array(values, dtype=np.int64)
    except (TypeError, ValueError, OverflowError):
        raise InputError("{name} must be a table of 0 and 1", name=name) from None
    if table.ndim != 2 or not np.isin(table, (0, 1)).all() or not np.array_equal(table, np.asarray(values, dtype=object)):
        raise InputError("{name} must be a table of 0 and 1", name=name)
    return table


def overlap_index(rosters: Sequence[Sequence[object]]) -> Number:
    """1 - distinct names / names on all rosters (D-18); 0 where there are none."""
    names = [name for roster in rosters for name in roster]
    return 1 - Fraction(len(set(names)), len(names)) if names else Fraction(0)


__all__ = ["CoordinationLoad", "coordination_load", "cosine_distortion", "formalism_index", "overlap_index"]
